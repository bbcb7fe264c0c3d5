"""What happens when a member presses a control of safety, or sends one of its forms."""

from collections.abc import Iterator
from typing import Any

import discord

from bot.features.safety.answers import Answers
from bot.features.safety.model import (
    EVIDENCE_LIMIT,
    WORDS_LIMIT,
    Complaint,
    Evidence,
    Outcome,
    ReportReason,
)
from bot.features.safety.reports import Reports
from bot.features.safety.service import Safety
from bot.kernel.errors import Refusal
from bot.kernel.i18n import Locale, Texts
from bot.kernel.text import storable
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, MenuField, PersonField, TextField, fixed
from cogs._ui.request import Request
from cogs._ui.rights import FoundBy
from cogs.safety.render import FEATURE, Render

_NAMES_SHOWN = 10  # of attachments, which are kept by their names alone


class Controls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, service: Safety, reports: Reports, answers: Answers, router: Router, render: Render) -> None:
        self._service = service
        self._reports = reports
        self._answers = answers
        self._router = router
        self._render = render

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        router = self._router
        router.control(FEATURE, "report", self.report)
        router.control(FEATURE, "anyway", self.anyway, found_by=FoundBy.DRAFT)
        router.control(FEATURE, "ask_moderators", self.ask_moderators, found_by=FoundBy.DRAFT)
        router.control(FEATURE, "post_it", self.post_it, found_by=FoundBy.NOTICE)
        router.control(FEATURE, "change", self.change, found_by=FoundBy.NOTICE)
        router.control(FEATURE, "answer", self.answer, found_by=FoundBy.NOTICE)
        report, tell, answer = plans(router.texts)
        router.form(report, self._reported, promised=False)
        router.form(tell, self._told, promised=False)
        router.form(answer, self._answered, found_by=FoundBy.NOTICE, promised=False)

    async def report(self, request: Request) -> None:
        """Open the form that tells moderators about somebody."""
        await self._router.open_form(request, CustomId(FEATURE, "report", 0, request.interaction_id))

    async def report_member(self, request: Request, user: discord.abc.User, reason: str, details: str) -> None:
        """Tell moderators about somebody, by the command."""
        if user.bot:
            raise Refusal("safety.report_bot")
        await self._send(request, Complaint(user.id, _reason(reason), storable(details).strip()))

    async def report_message(self, request: Request, message: discord.Message) -> None:
        """Open the form that tells moderators about a message; of a bot's message, it asks whom it is about."""
        evidence = Evidence(_words_of(message), message.author.id, message.channel.id, message.id)
        begun_id = await self._reports.begin(request.server_id, request.member_id, evidence, request.interaction_id)
        form = "report" if message.author.bot else "tell"
        await self._router.open_form(request, CustomId(FEATURE, form, begun_id, request.interaction_id))

    async def anyway(self, request: Request) -> None:
        """Post what was warned about: its writer has read the warning."""
        draft = await self._service.post_anyway(request.server_id, request.member_id, request.object_id)
        form = CustomId.decode(draft.form)
        if form is None:
            raise Refusal("members.draft_gone")
        await self._router.resubmit(request, form, draft.fields, draft.interaction_id)

    async def ask_moderators(self, request: Request) -> None:
        """Let moderators decide about what was held back."""
        await self._service.ask_moderators(
            request.server_id, request.member_id, request.object_id, request.interaction_id
        )
        await request.update(self._render.told(request.locale, "safety.asked"))

    async def post_it(self, request: Request) -> None:
        """Post what moderators let through."""
        notice, case = await self._service.decided(
            request.server_id, request.member_id, request.object_id, Outcome.LET_THROUGH
        )
        form = CustomId.decode(case.form)
        if form is None:
            raise Refusal("safety.text_gone")
        await self._router.resubmit(request, form, case.fields, case.interaction_id)
        await self._service.took_up(notice)

    async def change(self, request: Request) -> None:
        """Open again what moderators kept back, to be changed; where that can't be here, show the way to the server."""
        _, case = await self._service.decided(
            request.server_id, request.member_id, request.object_id, Outcome.KEEP_BACK
        )
        form = CustomId.decode(case.form)
        if form is None:
            raise Refusal("safety.text_gone")
        if not request.is_dm or self._router.is_sent_from_dms(form):
            await self._router.open_form(request, form.again(request.interaction_id), case.fields)
            return
        await self._service.keep_again(request.server_id, request.member_id, case, request.interaction_id)
        await request.reply(self._render.told(request.locale, "safety.change_elsewhere"))

    async def answer(self, request: Request) -> None:
        """Open the form in which somebody on hold, or who was written to, answers to moderators."""
        await self._answers.demand_answerable(request.server_id, request.member_id, request.object_id)
        await self._router.open_form(request, CustomId(FEATURE, "answer", request.object_id, 0))

    async def _reported(self, request: Request) -> None:
        about_id = _person(request)
        if about_id is None:
            raise Refusal("safety.report_nobody")
        await self._send_form(request, about_id)

    async def _told(self, request: Request) -> None:
        await self._send_form(request, None)

    async def _send_form(self, request: Request, about_id: int | None) -> None:
        reason = _reason(*request.chosen("reason")[:1])
        await self._send(request, Complaint(about_id, reason, request.text("details").strip()))

    async def _send(self, request: Request, complaint: Complaint) -> None:
        about_id = await self._reports.report(
            request.server_id, request.member_id, complaint, request.interaction_id, request.object_id
        )
        await request.reply(self._render.reported(about_id, request.locale))

    async def _answered(self, request: Request) -> None:
        words = request.text("answer")
        await self._answers.answer(request.server_id, request.member_id, request.object_id, words)
        await request.reply(self._render.told(request.locale, "safety.answered"))


def plans(texts: Texts) -> tuple[FormPlan, ...]:
    """Return members' forms: report, tell (of a message), answer."""

    def reasons(locale: Locale) -> list[tuple[str, str]]:
        return [(reason, texts(locale, f"safety.reason_{reason}")) for reason in ReportReason]

    why = MenuField("reason", fixed(reasons), required=True), TextField("details", WORDS_LIMIT, long=True)
    return (
        FormPlan(FEATURE, "report", (PersonField("member", required=True), *why)),
        FormPlan(FEATURE, "tell", why),
        FormPlan(FEATURE, "answer", (TextField("answer", WORDS_LIMIT, required=True, long=True),)),
    )


def _reason(chosen: str = "") -> ReportReason:
    """Return the chosen reason; a report is not lost for one that there is not."""
    return ReportReason(chosen) if chosen in set(ReportReason) else ReportReason.OTHER


def _person(request: Request) -> int | None:
    """Return whom a form names, or None.

    Raises:
        Refusal: it is a bot, as far as Discord says so.
    """
    person_id = request.number("member")
    data: Any = request.interaction.data or {}
    if data.get("resolved", {}).get("users", {}).get(str(person_id), {}).get("bot"):
        raise Refusal("safety.report_bot")
    return person_id or None


def _words_of(message: discord.Message) -> str:
    """Return all that a message says, and the names of what hangs on it."""
    parts = [message.content, *(snapshot.content for snapshot in message.message_snapshots)]
    parts += _texts_in(message.components)
    parts += [text for embed in message.embeds for text in (embed.title, embed.description) if text]
    parts += [sticker.name for sticker in message.stickers]
    parts += [message.poll.question] if message.poll is not None else []
    names = [attachment.filename for attachment in message.attachments[:_NAMES_SHOWN]]
    parts.append(f"📎 {len(message.attachments)}: {', '.join(names)}" if names else "")
    return storable("\n\n".join(filter(None, parts)))[:EVIDENCE_LIMIT]


def _texts_in(components: Any) -> Iterator[str]:  # noqa: ANN401 - the library's union of all kinds of components
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _texts_in(getattr(component, "children", None) or ())
