"""What happens when a moderator presses a control of safety, or sends one of its forms."""

from functools import partial

import discord

from bot.features.safety.cases import CaseFile, Cases
from bot.features.safety.model import HOLD_DAYS, RULES_LIMIT, TOLD, TOLD_LIMIT, WORDS_LIMIT, HoldOrder, Outcome
from bot.features.safety.service import Safety
from bot.kernel.errors import Refusal
from bot.kernel.i18n import Locale, Texts
from bot.kernel.text import storable
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, MenuField, TextField, fixed
from cogs._ui.request import Request
from cogs._ui.rights import Right
from cogs.safety.render import FEATURE, Render


class Desk:
    """Reads a request, calls the service, renders, answers; all of it is for moderators."""

    def __init__(self, service: Safety, cases: Cases, router: Router, render: Render) -> None:
        self._service = service
        self._cases = cases
        self._router = router
        self._render = render

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "list": self.list,
            "list_page": self.list,
            "acts": self.acts,
            "acts_page": self.acts,
            "open": self.open,
            "case": self.show,
            "case_page": self.turn_page,
            "take": self.take,
            "let_through": self.let_through,
            "lift": self.lift,
            **{
                action: partial(self.open_form, action=action)
                for action in ("note", "close", "end", "write", "keep_back", "hold")
            },
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler, right=Right.MODERATOR)
        self._router.control(FEATURE, "rules", self.rules, right=Right.MANAGE_SERVER)
        note, close, end, write, keep_back, hold, rules = plans(self._router.texts)
        self._router.form(note, self._noted, right=Right.MODERATOR)
        self._router.form(close, self._closed, right=Right.MODERATOR)
        self._router.form(end, self._ended, right=Right.MODERATOR)
        self._router.form(write, self._written, right=Right.MODERATOR)
        self._router.form(keep_back, self._kept_back, right=Right.MODERATOR)
        self._router.form(hold, self._held, right=Right.MODERATOR)
        self._router.form(rules, self._rules_typed, right=Right.MANAGE_SERVER)

    async def list(self, request: Request) -> None:
        """Show a page of the cases."""
        page = await self._cases.page(request.server_id, request.member_id, request.number())
        await request.update(self._render.cases(page, request.server_id, request.locale))

    async def acts(self, request: Request) -> None:
        """Show a page of what moderators did."""
        trail = await self._cases.trail(request.server_id, request.member_id, request.number())
        await request.update(self._render.trail(trail, request.locale))

    async def open(self, request: Request) -> None:
        """Show the case that was chosen in the list."""
        await self._show(request, request.number())

    async def show(self, request: Request) -> None:
        """Show a case, by its button."""
        await self._show(request, request.object_id)

    async def show_number(self, request: Request, number: int) -> None:
        """Show a case, by its number."""
        await self._show(request, number)

    async def turn_page(self, request: Request) -> None:
        """Show another page of a case."""
        file = await self._cases.file(request.server_id, request.member_id, request.object_id)
        await request.update(self._render.file(file, request.locale, request.number()))

    async def take(self, request: Request) -> None:
        """Take care of a case."""
        file = await self._cases.take(request.server_id, request.member_id, request.object_id)
        await self._update(request, file, "safety.taken")

    async def let_through(self, request: Request) -> None:
        """Let a text through."""
        file = await self._cases.let_through(request.server_id, request.member_id, request.object_id)
        await self._update(request, file, "safety.decided")

    async def lift(self, request: Request) -> None:
        """End a hold."""
        file = await self._cases.lift(request.server_id, request.member_id, request.object_id)
        await self._update(request, file, "safety.lifted")

    async def open_form(self, request: Request, action: str) -> None:
        """Open one of the forms about a case."""
        await self._cases.file(request.server_id, request.member_id, request.object_id)
        custom_id = CustomId(FEATURE, action, request.object_id, request.interaction_id)
        await self._router.open_form(request, custom_id)

    async def rules(self, request: Request) -> None:
        """Open the server's own words and patterns."""
        typed = await self._service.rules(request.server_id)
        custom_id = CustomId(FEATURE, "rules", request.server_id, request.interaction_id)
        await self._router.open_form(request, custom_id, {"rules": typed})

    async def hold(self, request: Request, user: discord.abc.User, days: int, reason: str) -> None:
        """Put a member on hold, by the command."""
        if user.bot:
            raise Refusal("safety.hold_bot")
        await self._hold(request, HoldOrder(user.id, days, storable(reason)))

    async def _noted(self, request: Request) -> None:
        words = request.text("note")
        file = await self._cases.note(request.server_id, request.member_id, request.object_id, words)
        await self._update(request, file, "safety.noted")

    async def _closed(self, request: Request) -> None:
        chosen = request.chosen("told")
        if not chosen or chosen[0] not in set(TOLD):
            raise Refusal("safety.told_missing")
        file = await self._cases.close(
            request.server_id,
            request.member_id,
            request.object_id,
            Outcome(chosen[0]),
            request.text("told_words"),
            request.text("outcome"),
        )
        await self._update(request, file, "safety.closed")

    async def _ended(self, request: Request) -> None:
        words = request.text("outcome")
        file = await self._cases.end(request.server_id, request.member_id, request.object_id, words)
        await self._update(request, file, "safety.ended")

    async def _written(self, request: Request) -> None:
        file = await self._cases.write(
            request.server_id, request.member_id, request.object_id, request.text("letter"), request.interaction_id
        )
        await self._update(request, file, "safety.letter_sent")

    async def _kept_back(self, request: Request) -> None:
        words = request.text("told_words")
        file = await self._cases.keep_back(request.server_id, request.member_id, request.object_id, words)
        await self._update(request, file, "safety.decided")

    async def _held(self, request: Request) -> None:
        file = await self._cases.file(request.server_id, request.member_id, request.object_id)
        if file.case.about_id is None:
            raise Refusal("safety.no_case")
        order = HoldOrder(file.case.about_id, request.number("days"), request.text("hold_reason"))
        await self._hold(request, order)

    async def _hold(self, request: Request, order: HoldOrder) -> None:
        file = await self._cases.hold(request.server_id, request.member_id, order, request.interaction_id)
        await self._update(request, file, "safety.held")

    async def _rules_typed(self, request: Request) -> None:
        await self._service.choose_rules(request.server_id, request.member_id, request.text("rules"))
        await request.reply(self._render.told(request.locale, "safety.rules_kept"))

    async def _show(self, request: Request, case_id: int) -> None:
        file = await self._cases.file(request.server_id, request.member_id, case_id)
        await request.update(self._render.file(file, request.locale))

    async def _update(self, request: Request, file: CaseFile, news: str) -> None:
        await request.update(self._render.file(file, request.locale, news=news))


def plans(texts: Texts) -> tuple[FormPlan, ...]:
    """Return moderators' forms: note, close, end, write, keep_back, hold, rules."""

    def sentences(locale: Locale) -> list[tuple[str, str]]:
        return [(outcome, texts(locale, f"safety.ended_{outcome}")) for outcome in TOLD]

    def days(locale: Locale) -> list[tuple[str, str]]:
        return [(str(each), texts.plural(locale, "safety.days", each)) for each in HOLD_DAYS]

    told_words, outcome = TextField("told_words", TOLD_LIMIT, long=True), TextField("outcome", WORDS_LIMIT, long=True)
    return (
        FormPlan(FEATURE, "note", (TextField("note", WORDS_LIMIT, required=True, long=True),)),
        FormPlan(FEATURE, "close", (MenuField("told", fixed(sentences), required=True), told_words, outcome)),
        FormPlan(FEATURE, "end", (outcome,)),
        FormPlan(FEATURE, "write", (TextField("letter", WORDS_LIMIT, required=True, long=True),)),
        FormPlan(FEATURE, "keep_back", (told_words,)),
        FormPlan(
            FEATURE,
            "hold",
            (
                MenuField("days", fixed(days), required=True),
                TextField("hold_reason", TOLD_LIMIT, required=True, long=True),
            ),
        ),
        FormPlan(FEATURE, "rules", (TextField("rules", RULES_LIMIT, long=True),)),
    )
