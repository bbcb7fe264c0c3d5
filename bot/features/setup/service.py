"""What moderators do to set a server up, and what the bot tells them when something is in its way."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from zoneinfo import ZoneInfo, available_timezones

from bot.features.setup.model import (
    MADE,
    Finding,
    Language,
    Place,
    PlaceFacts,
    Problem,
    Server,
    are_waking_hours,
    examine,
    zone_called,
)
from bot.features.setup.store import SetupStore
from bot.kernel.errors import Refusal
from bot.kernel.ids import ChannelId, MemberId, RoleId, ServerId
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb

FEATURE = "setup"

Follower = Callable[[Transaction, Server], Awaitable[None]]
PlaceFollower = Callable[[Transaction, Server, Place], Awaitable[None]]
Examiner = Callable[[Transaction, Server], Awaitable[list[Finding]]]
Look = Callable[[int, Sequence[str]], PlaceFacts]  # what Discord says of a channel, and which permissions lack of some
ChannelExaminer = Callable[[Transaction, Server, Look], Awaitable[list[Finding]]]


class Setup:
    """One method for each thing a moderator can choose. ``by`` is who chooses, for the audit trail."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._zone_changed: Sequence[Follower] = ()
        self._place_changed: PlaceFollower = _nobody
        self._examiners: Sequence[Examiner] = ()
        self._channel_examiners: Sequence[ChannelExaminer] = ()

    def attach(
        self,
        zone_changed: Sequence[Follower],
        examiners: Sequence[Examiner],
        place_changed: PlaceFollower | None = None,
        channel_examiners: Sequence[ChannelExaminer] = (),
    ) -> None:
        """Hand in what has to follow, within the transaction, when a choice is made, and what else a check finds.

        ``place_changed`` is called with the place whenever a channel, or none, is chosen for it, also the same again.
        ``channel_examiners`` look at channels that are no place's.
        """
        self._zone_changed = zone_changed
        self._place_changed = place_changed or _nobody
        self._examiners = examiners
        self._channel_examiners = channel_examiners

    async def server(self, server_id: ServerId, guess: Language = "ja") -> Server:
        """Return what was chosen for a server; one never seen starts in the language ``guess``."""
        async with self._database.read() as transaction:
            server = await SetupStore(transaction, server_id).find()
        return server or await self._ensure(server_id, guess)

    async def server_in(self, transaction: Transaction, server_id: ServerId) -> Server:
        """Return what was chosen for a server where the bot has been, as part of a ``transaction``."""
        return await _found(SetupStore(transaction, server_id))

    async def zone(self, transaction: Transaction, server_id: ServerId) -> ZoneInfo:
        """Return a server's time zone, as part of a ``transaction``; UTC where the bot has never been."""
        server = await SetupStore(transaction, server_id).find()
        return ZoneInfo("UTC") if server is None else server.zone

    async def joined(self, server_id: ServerId, guess: Language, hint_channel_id: ChannelId | None) -> None:
        """Note that the bot came to a server, and let it say there where to begin, if nobody has begun yet."""
        server = await self._ensure(server_id, guess)
        if hint_channel_id is None or server.places:
            return
        async with self._database.write() as transaction:
            await SetupStore(transaction, server_id).set_hint_channel(hint_channel_id)
            await Effects(transaction).put(Verb.SEND, FEATURE, "hint", server_id, server_id=server_id)

    async def present(self, server_id: ServerId, guess: Language, hint_channel_id: ChannelId | None) -> None:
        """Note that the bot is in a server, and go on there if it had been away, or begin if it was never there."""
        async with self._database.read() as transaction:
            server = await SetupStore(transaction, server_id).find()
        if server is None:
            await self.joined(server_id, guess, hint_channel_id)
        elif server.paused_at is not None:
            await self._ensure(server_id, guess)

    async def gone(self, server_id: ServerId) -> None:
        """Note that the bot was taken out of a server: nothing happens there until it is back."""
        async with self._database.write() as transaction:
            await self.pause(transaction, server_id)

    async def pause(self, transaction: Transaction, server_id: ServerId) -> None:
        """Let nothing happen in a server, as part of a ``transaction``, until the bot is back in it."""
        await SetupStore(transaction, server_id).pause()

    async def choose_language(self, server_id: ServerId, by: MemberId, language: Language) -> Server:
        """Choose the language of public posts."""
        async with self._database.write() as transaction:
            store = SetupStore(transaction, server_id)
            before = await _found(store)
            await store.set_language(language)
            server = await _chosen(transaction, before, by, "language", language)
            if server.panel_message_id is not None:
                await Effects(transaction).put(Verb.EDIT, FEATURE, "panel", server_id, server_id=server_id)
            return server

    async def choose_zone(self, server_id: ServerId, by: MemberId, name: str) -> Server:
        """Choose the time zone, by its IANA name (see :func:`zone_called`).

        Raises:
            Refusal: there is no zone of that name.
        """
        known = zone_called(name, await asyncio.to_thread(available_timezones))
        if known is None:
            raise Refusal("setup.no_zone", name=name.strip()[:50])
        zone = ZoneInfo(known)
        async with self._database.write() as transaction:
            store = SetupStore(transaction, server_id)
            before = await _found(store)
            await store.set_zone(zone)
            server = await _chosen(transaction, before, by, "zone", known)
            for follow in self._zone_changed:
                await follow(transaction, server)
            return server

    async def choose_hours(self, server_id: ServerId, by: MemberId, begin: int, end: int) -> Server:
        """Choose when the server is awake: from the hour ``begin``, 0 to 23, to the hour ``end``, 1 to 24.

        Raises:
            Refusal: those are no such hours.
        """
        if not are_waking_hours(begin, end):
            raise Refusal("setup.no_hours")
        async with self._database.write() as transaction:
            store = SetupStore(transaction, server_id)
            before = await _found(store)
            await store.set_hours(begin, end)
            return await _chosen(transaction, before, by, "hours", f"{begin}:00–{end}:00")

    async def choose_place(
        self, server_id: ServerId, by: MemberId, place: Place, channel_id: ChannelId | None
    ) -> Server:
        """Choose a channel for a place, or none; whatever waited for one is tried again."""
        async with self._database.write() as transaction:
            store = SetupStore(transaction, server_id)
            before = await _found(store)
            await store.set_place(place, channel_id)
            server = await _found(store)
            tried, forgotten = await self._try_again(transaction, store, server_id)
            if server != before or tried or forgotten:
                await _note(transaction, server_id, by, place, str(channel_id or ""))
            await self._place_changed(transaction, server, place)
            return server

    async def place_made(
        self, transaction: Transaction, server_id: ServerId, place: Place, channel_id: ChannelId
    ) -> None:
        """Take the channel that the bot made for a place, as part of a ``transaction``, if none is chosen by now."""
        store = SetupStore(transaction, server_id)
        if place not in (await _found(store)).places:
            await store.set_place(place, channel_id)
            await self._place_changed(transaction, await _found(store), place)

    async def choose_moderators_role(self, server_id: ServerId, by: MemberId, role_id: RoleId | None) -> Server:
        """Choose the role that makes a moderator besides Manage Server, or none."""
        async with self._database.write() as transaction:
            store = SetupStore(transaction, server_id)
            before = await _found(store)
            await store.set_moderators_role(role_id)
            return await _chosen(transaction, before, by, "moderators_role", str(role_id or ""))

    async def make_channel(self, server_id: ServerId, by: MemberId, place: Place) -> None:
        """Let the bot make the channel for a place, one of :data:`~bot.features.setup.model.MADE`.

        Raises:
            Refusal: one is chosen already.
        """
        card = MADE[place]
        async with self._database.write() as transaction:
            if place in (await _found(SetupStore(transaction, server_id))).places:
                raise Refusal("setup.channel_chosen")
            effects = Effects(transaction)
            if not await effects.is_under_way(Verb.CHANNEL, FEATURE, card, server_id):
                await _note(transaction, server_id, by, f"make_{card}")
            await self._try_again(transaction, SetupStore(transaction, server_id), server_id)
            await effects.put(Verb.CHANNEL, FEATURE, card, server_id, server_id=server_id)

    async def post_panel(self, server_id: ServerId, by: MemberId) -> Server:
        """Post and pin the members' panel in the introductions channel, or bring it up to date there.

        Raises:
            Refusal: no introductions channel is chosen.
        """
        async with self._database.write() as transaction:
            store = SetupStore(transaction, server_id)
            server = await _found(store)
            channel_id = server.introductions_channel_id
            if channel_id is None:
                raise Refusal("setup.no_introductions_channel")
            verb, serial = Verb.EDIT, 0
            if server.panel_channel_id != channel_id or server.panel_message_id is None:
                # One posted elsewhere stays there; one that is still to be posted goes here instead.
                verb, serial = Verb.SEND, server.panel_serial + (server.panel_message_id is not None)
                await store.set_panel(ChannelId(channel_id), None, serial)
            effects, before, server = Effects(transaction), server, await _found(store)
            if server != before or not await effects.is_under_way(verb, FEATURE, "panel", server_id, serial=serial):
                await _note(transaction, server_id, by, "post_panel")
            await effects.put(verb, FEATURE, "panel", server_id, server_id=server_id, serial=serial)
            return server

    async def message_deleted(self, server_id: ServerId, message_ids: set[int]) -> None:
        """Note that messages were deleted; the members' panel may have been among them."""
        async with self._database.read() as transaction:
            server = await SetupStore(transaction, server_id).find()
        if server is None or server.panel_message_id not in message_ids:
            return
        async with self._database.write() as transaction:
            store = SetupStore(transaction, server_id)
            if (await _found(store)).panel_message_id in message_ids:
                await store.lose_panel()

    async def check(
        self, server_id: ServerId, facts: dict[Place, PlaceFacts], *, role_exists: bool, look: Look | None = None
    ) -> tuple[list[Finding], list[Problem]]:
        """Return all that can be said about a server's set-up, and the problems that were noticed.

        ``look`` says of any channel what ``facts`` say of places; without it, no other is looked at.
        """
        async with self._database.read() as transaction:
            store = SetupStore(transaction, server_id)
            server, parked = await _found(store), await Effects(transaction).parked(server_id)
            findings = examine(server, facts, role_exists=role_exists, parked=len(parked))
            for examiner in self._examiners:
                findings += await examiner(transaction, server)
            if look is not None:
                for channel_examiner in self._channel_examiners:
                    findings += await channel_examiner(transaction, server, look)
            why = dict.fromkeys((effect.feature, effect.trouble) for effect in parked)
            findings += [Finding(good=False, text="setup.check_stuck", feature=each, detail=what) for each, what in why]
            return findings, await store.problems()

    async def try_again(self, server_id: ServerId, by: MemberId) -> int:
        """Try everything again that was put aside; return how much that was."""
        async with self._database.write() as transaction:
            tried, forgotten = await self._try_again(transaction, SetupStore(transaction, server_id), server_id)
            if tried or forgotten:
                await _note(transaction, server_id, by, "try_again")
            return tried

    async def report(
        self, transaction: Transaction, server_id: ServerId, feature: str, channel_id: ChannelId, code: int
    ) -> None:
        """Note that a feature can't work in a channel, and tell the moderators, once."""
        store = SetupStore(transaction, server_id)
        problem_id = await store.note_problem(feature, channel_id, code)
        moderators_channel_id = (await _found(store)).places.get(Place.MODERATORS)
        if problem_id is not None and moderators_channel_id not in {None, channel_id}:
            await Effects(transaction).put(Verb.SEND, FEATURE, "problem", problem_id, server_id=server_id)

    async def _ensure(self, server_id: ServerId, guess: Language) -> Server:
        async with self._database.write() as transaction:
            store = SetupStore(transaction, server_id)
            await store.ensure(guess)
            transaction.has_new_effects = await store.resume()
            return await _found(store)

    @staticmethod
    async def _try_again(transaction: Transaction, store: SetupStore, server_id: ServerId) -> tuple[int, int]:
        """Return how much is tried again that was put aside, and how many problems are taken for mended."""
        forgotten = await store.forget_problems()
        return await Effects(transaction).unpark(server_id), forgotten


async def _found(store: SetupStore) -> Server:
    server = await store.find()
    if server is None:
        raise Refusal("setup.unknown_server")
    return server


async def _chosen(transaction: Transaction, before: Server, by: MemberId, act: str, words: str = "") -> Server:
    """Return a server as it is now; what changed it since ``before`` is noted: told again, once."""
    server_id = ServerId(before.server_id)
    now = await _found(SetupStore(transaction, server_id))
    if now != before:
        await _note(transaction, server_id, by, act, words)
    return now


async def _note(transaction: Transaction, server_id: ServerId, by: MemberId, act: str, words: str = "") -> None:
    await Acts(transaction).note(server_id, by, f"{FEATURE}.{act}", words=words)


async def _nobody(_transaction: Transaction, _server: Server, _place: Place | None = None) -> None:
    """Nobody follows."""
