"""A request: a command, a press or a form, and the one way to answer it."""

import asyncio
import io
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord

from bot.kernel.errors import Refusal
from bot.kernel.i18n import Locale
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.people import Person, person_of
from cogs._ui.cards import Card
from cogs._ui.custom_ids import CustomId
from cogs._ui.host import Fields

NOBODY = discord.AllowedMentions.none()
# The token was never acknowledged in time, or was acknowledged by an attempt whose reply got lost.
_TOO_LATE_OR_DONE = {10062, 10015, 40060}
_DIGITS = re.compile("[0-9]{1,19}")
_HIGHEST = 2**63 - 1  # what the database takes
_PAUSES = (0.2, 0.6)  # seconds; both tries still fall within Discord's three

Interaction = discord.Interaction[Any]


@dataclass(slots=True)
class Request:
    """What somebody asked for.

    Attributes:
        interaction: Discord's own object; only for what is not said here.
        server_id: where it was asked.
        member_id: who asked.
        locale: the language in which they are answered.
        control: the control or form, None for a command.
        values: what was chosen in a menu.
        fields: what was typed and chosen in a form, by field code.
        name: how the server knows them, where Discord does not say it.
        acts_as: the interaction in whose stead this one came; None for itself.
        has_promised: whether they have given the first-time promise.
        badge: the line that says that something waits; whoever shows that anyway empties it.
        is_answered: whether an answer was begun.
        answered_after: seconds until Discord had the first answer; None when it has none.
    """

    interaction: Interaction
    server_id: ServerId
    member_id: MemberId
    locale: Locale
    control: CustomId | None = None
    values: tuple[str, ...] = ()
    fields: Fields = field(default_factory=dict)
    name: str = ""
    acts_as: InteractionId | None = None
    has_promised: bool = False
    badge: str = ""
    is_answered: bool = False
    answered_after: float | None = None
    _badge_shown: str = ""
    _is_deferred: bool = False
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _arrived: float = field(default_factory=time.monotonic)

    @property
    def interaction_id(self) -> InteractionId:
        """The id under which everything that this request writes is written once."""
        return self.acts_as or InteractionId(self.interaction.id)

    @property
    def is_dm(self) -> bool:
        """Whether it was asked in a private message."""
        return self.interaction.guild_id is None

    @property
    def object_id(self) -> int:
        """The object that the control is about."""
        return 0 if self.control is None else self.control.object_id

    @property
    def display_name(self) -> str:
        """The asking member's name in this server."""
        return self.name or self.interaction.user.display_name

    def text(self, name: str) -> str:
        """Return the text typed into the field ``name``; empty if none was."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return the values chosen in the field ``name``."""
        value = self.fields.get(name, ())
        return () if isinstance(value, str) else value

    def number(self, name: str = "", otherwise: int = 0) -> int:
        """Return the whole number chosen in the field ``name``, or in the menu that was used.

        Args:
            name: the field; empty for the menu.
            otherwise: what to return where none was chosen that the database takes.
        """
        chosen = self.chosen(name) if name else self.values
        number = int(chosen[0]) if chosen and _DIGITS.fullmatch(chosen[0]) else _HIGHEST + 1
        return number if number <= _HIGHEST else otherwise

    def person(self, person_id: int) -> Person | None:
        """Return who of the server somebody is that this request names; None where Discord does not say it."""
        data: Any = self.interaction.data or {}
        resolved = data.get("resolved", {})
        user, member = (resolved.get(name, {}).get(str(person_id)) for name in ("users", "members"))
        return None if user is None or member is None else person_of(user, member)

    async def reply(self, card: Card) -> None:
        """Answer privately with ``card``, as a message of its own."""
        card.text(self.badge)
        self._badge_shown, self.badge = self.badge, ""
        async with self._turn:
            if self._is_deferred:
                await _send(lambda: self.interaction.edit_original_response(view=card, allowed_mentions=NOBODY))
            elif self.is_answered:
                await _send(lambda: self.interaction.followup.send(view=card, ephemeral=True, allowed_mentions=NOBODY))
            else:
                await self._answer(
                    lambda: self.interaction.response.send_message(view=card, ephemeral=True, allowed_mentions=NOBODY)
                )
            self._is_deferred = False

    async def add_picture(self, card: Card, name: str, picture: bytes) -> None:
        """Let ``card``, which shows the ``picture`` called ``name``, take the place of the first answer."""

        def file() -> discord.File:
            return discord.File(io.BytesIO(picture), name)

        card.text(self._badge_shown)
        async with self._turn:
            await _send(
                lambda: self.interaction.edit_original_response(
                    view=card, attachments=[file()], allowed_mentions=NOBODY
                )
            )

    async def update(self, card: Card) -> None:
        """Answer by changing the private message that the control stands in; elsewhere by :meth:`reply`."""
        message = self.interaction.message
        if message is None or not (message.flags.ephemeral or self.is_dm) or self.is_answered:
            await self.reply(card)
            return
        async with self._turn:
            await self._answer(lambda: self.interaction.response.edit_message(view=card, allowed_mentions=NOBODY))

    async def open(self, form: discord.ui.Modal) -> None:
        """Answer by opening ``form``.

        Raises:
            Refusal: it took so long that the request was acknowledged already, after which Discord
                opens no form.
        """
        async with self._turn:
            if self.is_answered:
                raise Refusal("errors.too_slow_for_form")
            form.stop()  # else the library keeps it, by a custom id that others share
            await self._answer(lambda: self.interaction.response.send_modal(form))

    async def acknowledge(self) -> None:
        """Let Discord know that an answer is coming, if none has been begun."""
        if self._turn.locked() or self.is_answered:
            return
        async with self._turn:
            self.is_answered = self._is_deferred = True
            await _send(lambda: self.interaction.response.defer(ephemeral=True, thinking=True))
            self.answered_after = time.monotonic() - self._arrived

    async def _answer(self, answer: Callable[[], Awaitable[object]]) -> None:
        """Make the first answer. One that Discord rejects is none: what explains it has to be the first, then."""
        self.is_answered = True
        try:
            await _send(answer)
            self.answered_after = time.monotonic() - self._arrived
        except discord.HTTPException as error:
            self.is_answered = isinstance(error, discord.DiscordServerError)
            raise


def is_id(value: str) -> bool:
    """Return whether ``value`` is an id that the database takes."""
    return bool(_DIGITS.fullmatch(value)) and 0 < int(value) <= _HIGHEST


async def _send(answer: Callable[[], Awaitable[object]]) -> None:
    """Make the call ``answer``, twice again if Discord stumbles: the library retries neither 503 nor a cut line."""
    for pause in (*_PAUSES, None):
        try:
            await answer()
        except (discord.DiscordServerError, aiohttp.ClientError, OSError):
            if pause is None:
                raise
            await asyncio.sleep(pause)
        except discord.HTTPException as error:
            if error.code not in _TOO_LATE_OR_DONE:
                raise
            return
        else:
            return
