"""The simulated Discord that the demo plays in, and what a person can do in it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import simcord
from simcord.backend.access import message_accessible
from simcord.components import walk_components

from bot.demo.people import Language
from bot.demo.wire import Json, Wire

_LOCALES: Final[Mapping[Language, str]] = {"ja": "ja", "en": "en-US"}

Hand = simcord.MemberActor | simcord.UserHandle


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody whom the visitor of the demo can be."""

    actor: simcord.MemberActor
    caption: Mapping[Language, str]
    """Who that is in a few words, by language of the page."""


@dataclass(frozen=True, slots=True)
class Place:
    """Who acts, and in which channel, thread or private conversation."""

    member_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot did about an interaction."""

    place: Place
    result: simcord.InteractionResult = field(repr=False)

    @property
    def messages(self) -> list[simcord.ResponseMessage]:
        """The bot's replies to this interaction, oldest first."""
        first = self.result.response
        return ([first] if first else []) + self.result.followups


class World:
    """One server with its residents, in which one thing happens at a time, because simcord refuses overlaps.

    Whatever Discord's client would not let a person do raises `simcord.SetupError` or `simcord.BackendError`; a bot
    that does not come to rest raises `TimeoutError`.
    """

    def __init__(
        self,
        env: simcord.Env,
        run_due: Callable[[datetime], Awaitable[object]],
        locales: dict[int, str],
        name: str,
        language: Language,
    ) -> None:
        """Found the server `name`, whose people speak `language`, without channels.

        `env` is running; `run_due` does at once what the bot has due; `locales` is filled as people move in.
        """
        self.env = env
        self.guild = env.create_guild(name, preferred_locale=_LOCALES[language])
        self.wire = Wire(env, self.guild)
        self.residents: dict[int, Resident] = {}
        self._language: Language = language
        self._locales = locales
        self._run_due = run_due
        self._turn = asyncio.Lock()

    async def move_in(
        self, name: str, caption: Mapping[Language, str], role: simcord.RoleHandle | None = None
    ) -> Resident:
        """Let somebody join the server; Discord announces it in the system channel, where the server has one."""
        async with self._alone():
            user = self.env.create_user(name, global_name=name)
            self.speak(user.id, self._language)
            actor = self.guild.add_member(user, roles=[role] if role else [])
            resident = self.residents[user.id] = Resident(actor, caption)
            await self.env.settle()
        return resident

    def speak(self, member_id: int, language: Language) -> None:
        """The member has their Discord in `language` from now on."""
        self._locales[member_id] = _LOCALES[language]

    async def send(self, place: Place, text: str) -> None:
        """The member writes a message; in a private conversation, to the bot."""
        async with self._alone():
            actor, channel = self.residents[place.member_id].actor, self.wire.channel(place.channel_id)
            await (actor.send(channel, text) if channel.guild else actor.send_dm(text))

    async def post(self, place: Place, title: str, text: str) -> None:
        """The member opens a post of their own in a forum. simcord lets only bots do so, hence the backend's calls."""
        async with self._alone():
            backend = self.env.backend
            thread = backend.create_thread(place.channel_id, title, place.member_id, broadcast=False)
            backend.announce_thread_create(thread)
            await self.residents[place.member_id].actor.send(self.wire.channel(thread.id), text)

    async def slash(self, place: Place, name: str, raw: Mapping[str, str]) -> Answer:
        """The member runs the command `name` (`intro write`), with options as a browser has them.

        Raises LookupError when this member has no such command here.
        """
        async with self._alone():
            options = self.wire.options(self.wire.command(place.member_id, place.channel_id, name), raw)
            actor, channel = self.residents[place.member_id].actor, self.wire.channel(place.channel_id)
            if channel.guild:
                return Answer(place, await actor.slash(channel, name, **options))
            return Answer(place, await actor.user.slash(name, **options))

    async def suggest(self, place: Place, name: str, option: str, text: str, filled: Mapping[str, str]) -> list[Json]:
        """What the bot offers while the member types `text` into an option, beside what is `filled` in already."""
        async with self._alone():
            others = self.wire.options(self.wire.command(place.member_id, place.channel_id, name), filled)
            actor, channel = self.residents[place.member_id].actor, self.wire.channel(place.channel_id)
            if channel.guild:
                return await actor.autocomplete(channel, name, option, text, **others)
            return await actor.user.autocomplete(name, option, text, **others)

    async def on_member(self, place: Place, name: str, user_id: int) -> Answer:
        """The member chooses `name`, as the bot calls it without translation, from the menu of somebody."""
        async with self._alone():
            return await self._menu(place, name, self.wire.member(user_id))

    async def on_message(self, place: Place, name: str, message_id: int) -> Answer:
        """The member chooses `name`, as the bot calls it without translation, from the menu of a message."""
        async with self._alone():
            return await self._menu(place, name, self.message(place.channel_id, message_id))

    async def press(self, place: Place, message_id: int, custom_id: str) -> Answer:
        """The member presses a button."""
        async with self._alone():
            message = self.message(place.channel_id, message_id)
            return Answer(place, await self._hand(place).click(message, custom_id=custom_id))

    async def choose(self, place: Place, message_id: int, custom_id: str, values: Sequence[str]) -> Answer:
        """The member chooses in a select menu; `values` are its own, or ids of members, channels or roles."""
        async with self._alone():
            message = self.message(place.channel_id, message_id)
            menu = next(part for part in walk_components(message.components) if part.get("custom_id") == custom_id)
            chosen = self.wire.chosen(menu, values)
            return Answer(place, await self._hand(place).select(message, chosen, custom_id=custom_id))

    async def submit(self, opened: Answer, raw: Mapping[str, Any]) -> Answer:
        """The member sends the form that `opened` showed; `raw` holds text, lists of values, yes or no by field."""
        async with self._alone():
            values = self.wire.form(opened.result.modal or {}, raw)
            return Answer(opened.place, await self._hand(opened.place).submit_modal(opened.result, values))

    async def pass_time(self, seconds: float, halt_every: int = 1) -> None:
        """Move Discord and the bot on together; what has become due by then is done on return.

        It halts at every full hour, or at each that `halt_every` divides in UTC, so that what comes in the morning has
        come in the morning; in between the bot sleeps, and each of its alarms rings once, not once a minute.
        """
        while True:
            async with self._alone():
                step = min(seconds, _until_full_hour(self.env.now(), halt_every))
                self.env.backend.advance_clock(step)
                await self._run_due(self.env.now())
                await self.env.settle()
            seconds -= step
            if seconds <= 0:
                return

    def message(self, channel_id: int, message_id: int) -> simcord.ResponseMessage:
        """The message as it stands now; raises BackendError when it is gone."""
        return simcord.ResponseMessage(self.env, self.env.backend.get_message(channel_id, message_id))

    def messages(self, place: Place) -> list[simcord.ResponseMessage]:
        """What the member sees there, newest first."""
        backend = self.env.backend
        stored = sorted(backend.messages.get(place.channel_id, {}).values(), key=lambda each: each.id, reverse=True)
        seen = [each for each in stored if message_accessible(backend, place.channel_id, each, place.member_id)]
        return [simcord.ResponseMessage(self.env, each) for each in seen]

    def file(self, address: str) -> bytes | None:
        """What was attached to a message under this address of the simulated Discord, or None."""
        return self.env.backend.cdn.get(address)

    def private(self, member_id: int) -> int:
        """The id of the member's private conversation with the bot."""
        return self.residents[member_id].actor.user.dm_channel.id

    async def _menu(self, place: Place, name: str, target: simcord.MemberActor | simcord.ResponseMessage) -> Answer:
        actor, channel = self.residents[place.member_id].actor, self.wire.channel(place.channel_id)
        return Answer(place, await actor.context_menu(channel, name, target))

    def _hand(self, place: Place) -> Hand:
        actor = self.residents[place.member_id].actor
        return actor if self.wire.channel(place.channel_id).guild else actor.user

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        async with self._turn:
            with self.env.time_context():
                yield


def _until_full_hour(now: datetime, halt_every: int) -> float:
    ahead = halt_every - now.hour % halt_every
    return 3600.0 * ahead - (now.minute * 60 + now.second + now.microsecond / 1e6)
