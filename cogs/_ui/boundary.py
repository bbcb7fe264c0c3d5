"""The one boundary: whatever happens inside, the member gets one sentence and loses no text."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.kernel.errors import Refusal
from bot.kernel.i18n import Locale, locale_of
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.logs import get_logger
from cogs._ui.cards import Card, said_in_a_line
from cogs._ui.custom_ids import CustomId
from cogs._ui.host import Fields, Host
from cogs._ui.request import NOBODY, Interaction, Request

Handler = Callable[[Request], Awaitable[None]]
Ways = tuple[tuple[str, str], ...]  # controls, as feature and action

ACKNOWLEDGE_AFTER = 1.5  # seconds: half of what Discord allows, so that a slow line has the other half
_CODE_BITS = 20
_COUNTER_BITS = 12  # the lowest of an id: nearly always zero
_log = get_logger(__name__)


class Boundary:
    """Runs handlers; explains refusals and faults; keeps what was typed."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._faces: dict[type[object], Callable[[Any, Locale], str]] = {}

    def show(self, kind: type[object], face: Callable[[Any, Locale], str]) -> None:
        """Draw what refusals of a ``kind`` bring along by ``face``."""
        self._faces[kind] = face

    def brought(self, thing: object, locale: Locale) -> str:
        """Return the words for what a refusal or an answer brings along; none where no face draws it."""
        face = self._faces.get(type(thing))
        return "" if face is None else face(thing, locale)

    async def run(
        self,
        interaction: Interaction,
        handler: Handler,
        *,
        control: CustomId | None = None,
        found_by: str = "",
        values: tuple[str, ...] = (),
        fields: Fields | None = None,
    ) -> None:
        """Let ``handler`` answer ``interaction``; nothing that it raises gets any further.

        ``found_by`` says what the number in ``control`` is, by which a private message finds its server.
        """
        locale = locale_of(interaction.locale.value)
        request = Request(
            interaction=interaction,
            server_id=ServerId(interaction.guild_id or 0),
            member_id=MemberId(interaction.user.id),
            locale=locale,
            control=control,
            values=values,
            fields=fields or {},
        )
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - coroutines run in tasks
        self._host.under_way.add(task)
        task.add_done_callback(self._host.under_way.discard)
        patience = asyncio.create_task(_acknowledge_late(request))
        outcome = "failed"
        try:
            outcome = await self._guarded(request, handler, found_by)
        finally:
            patience.cancel()
            self._host.metrics.interactions.labels(_kind(request), outcome).inc()
            if request.answered_after is not None:
                self._host.metrics.acknowledged.observe(request.answered_after)

    async def _guarded(self, request: Request, handler: Handler, found_by: str) -> str:
        try:
            await self._arrive(request, found_by)
            await handler(request)
            await request.acknowledge()
        except Refusal as refusal:
            await self._explain(request, self._refused(refusal, request.locale), refusal.ways)
            return "refused"
        except Exception:  # noqa: BLE001 - the boundary itself: whatever it is, the member is told and the host can find it
            code = format((request.interaction.id >> _COUNTER_BITS) % (1 << _CODE_BITS), "05X")
            _log.exception("request failed", code=code, control=str(request.control or _command(request)))
            await self._explain(request, Card().text(self._host.texts(request.locale, "errors.unexpected", code=code)))
            return "failed"
        if request.control is not None and request.control.revision is not None:
            await self._forget_draft(request, request.control)
        return "done"

    async def _arrive(self, request: Request, found_by: str) -> None:
        if self._host.is_closing:
            raise Refusal("errors.restarting")
        if not request.server_id:
            found = await self._host.server_of(found_by, request.object_id, request.member_id)
            if found is None:
                raise Refusal("errors.servers_only")
            request.server_id, request.name = found
        server_locale = locale_of(getattr(request.interaction.guild_locale, "value", None))
        arrival = await self._host.arrive(request.server_id, request.member_id, request.locale, server_locale)
        if arrival.chosen_language is not None:
            request.locale = locale_of(arrival.chosen_language)
        request.has_promised = arrival.has_promised
        if arrival.has_news:
            request.badge = self._host.texts(request.locale, "errors.news")

    def _refused(self, refusal: Refusal, locale: Locale) -> Card:
        shown = {name: _shown(value) for name, value in refusal.values.items()}
        return Card().text(self._host.texts(locale, refusal.key, **shown)).text(self.brought(refusal.brings, locale))

    async def _explain(self, request: Request, card: Card, ways: Ways = ()) -> None:
        """Tell the member, with ways to go on with what they typed; if even that fails, the log has it."""
        try:
            if request.fields:
                await self._offer_draft(request, card, ways)
            else:
                await request.reply(card)
        except Exception:  # noqa: BLE001 - the boundary's own floor: there is nobody left to tell
            _log.exception("explanation failed")

    async def _offer_draft(self, request: Request, card: Card, ways: Ways) -> None:
        if request.control is None or not request.server_id:
            await self._give_back(request, card)
            return
        try:
            draft_id = await self._host.drafts.keep_draft(
                request.server_id, request.member_id, str(request.control), request.fields, request.interaction_id
            )
        except Exception:  # noqa: BLE001 - the database itself may be what failed: then the text goes back as a file
            _log.exception("draft not kept")
            await self._give_back(request, card)
            return
        texts, locale = self._host.texts, request.locale
        further = [_way(texts(locale, f"{feature}.{action}"), feature, action, draft_id) for feature, action in ways]
        await request.reply(card.row(draft_button(texts(locale, "errors.edit_draft"), draft_id), *further))

    @staticmethod
    async def _give_back(request: Request, card: Card) -> None:
        """Answer with ``card``, and hand what was typed back as a file."""
        await request.reply(card)
        await request.interaction.followup.send(file=_as_file(request.fields), ephemeral=True, allowed_mentions=NOBODY)

    async def _forget_draft(self, request: Request, form: CustomId) -> None:
        try:
            await self._host.drafts.form_done(request.server_id, request.member_id, _form_name(form))
        except Exception:  # noqa: BLE001 - done is done: a draft too many harms nobody
            _log.exception("draft not forgotten")


def draft_button(label: str, draft_id: int) -> discord.ui.Button[Card]:
    """Return the button that opens a kept draft again."""
    custom_id = str(CustomId("members", "draft", draft_id))
    return discord.ui.Button(label=label, style=discord.ButtonStyle.primary, custom_id=custom_id)


def _way(label: str, feature: str, action: str, draft_id: int) -> discord.ui.Button[Card]:
    return discord.ui.Button(label=label, custom_id=str(CustomId(feature, action, draft_id)))


async def _acknowledge_late(request: Request) -> None:
    await asyncio.sleep(ACKNOWLEDGE_AFTER)
    try:
        await request.acknowledge()
    except discord.HTTPException:
        _log.warning("late acknowledgement failed", exc_info=True)


def _shown(value: object) -> object:
    return said_in_a_line(value) if isinstance(value, str) else value  # it may be what somebody typed


def _form_name(form: CustomId) -> str:
    return f"v1:{form.feature}:form-{form.action}:{form.object_id}:"


def _kind(request: Request) -> str:
    if request.interaction.type is discord.InteractionType.application_command:
        return "command"
    return "press" if request.control is not None and request.control.revision is None else "form"


def _command(request: Request) -> str:
    command = request.interaction.command
    return "" if command is None else command.qualified_name


def _as_file(fields: Fields) -> discord.File:
    lines = [f"{name}: {value if isinstance(value, str) else ', '.join(value)}" for name, value in fields.items()]
    return discord.File(io.BytesIO("\n\n".join(lines).encode()), filename="draft.txt")
