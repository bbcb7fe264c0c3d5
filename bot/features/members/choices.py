"""What members choose for themselves: language, hours, rest, what may be sent to them, and distances."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.features.members.reach import WEEKLY_NUMBERS, Kind, Part, Preferences, Way
from bot.features.members.reach_store import ReachStore
from bot.features.setup.model import zone_called
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.hours import Hours
from bot.kernel.i18n import LOCALES
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction

ConsentFollower = Callable[[Transaction, ServerId, MemberId, Kind], Awaitable[None]]

RESTS = (7, 30, 90)  # days that are offered for a rest
DISTANCES_LIMIT = 25  # options that Discord takes in the menu that ends one
_HOURS = range(24)
_DAYS = range(7)


@dataclass(frozen=True, slots=True)
class Chosen:
    """All that a member chose. ``rests`` says whether they take a rest now."""

    preferences: Preferences
    consents: dict[Kind, Way]
    takes_dms: bool
    distances: tuple[MemberId, ...]
    rests: bool

    def way(self, kind: Kind) -> Way | None:
        """Return how messages of a kind come to them; None where they do not."""
        return kind.way(self.consents)


class Choices:
    """One method for each thing that a member can choose about how the bot treats them."""

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._setup = setup
        self._followers: tuple[ConsentFollower, ...] = ()

    def attach(self, *followers: ConsentFollower) -> None:
        """Hand in what has to follow, within the transaction, when a member agrees to something, or stops it."""
        self._followers = followers

    async def of(self, server_id: ServerId, member_id: MemberId) -> Chosen:
        """Return all that a member chose."""
        async with self._database.read() as transaction:
            return await self._chosen(transaction, server_id, member_id)

    async def hours(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> Hours:
        """Return a member's day, as part of a ``transaction``."""
        return (await (await self._store(transaction, server_id)).preferences(member_id)).hours

    async def way(self, server_id: ServerId, member_id: MemberId, kind: Kind) -> Way | None:
        """Return how a member agreed to be asked things of a kind; None where they did not, or have not been asked."""
        return (await self.of(server_id, member_id)).way(kind)

    async def is_askable(self, server_id: ServerId, member_id: MemberId) -> bool:
        """Return whether a member agreed to be asked by name."""
        return await self.way(server_id, member_id, Kind.NAMED) is not None

    async def askable(
        self, transaction: Transaction, server_id: ServerId, viewer_id: MemberId, among: Collection[MemberId]
    ) -> set[int]:
        """Return which of some members another one may ask by name, and could now, as part of a ``transaction``."""
        found = await (await self._store(transaction, server_id)).candidates(among, Kind.NAMED)
        return {each.member_id for each in found if each.has_time_for(viewer_id, transaction.now)}

    async def has_agreed(self, server_id: ServerId, kind: Kind, but_id: MemberId) -> bool:
        """Return whether anybody but one member agreed to be asked things of a kind."""
        async with self._database.read() as transaction:
            return await (await self._store(transaction, server_id)).has_agreed(kind, but_id)

    async def willing(self, transaction: Transaction, server_id: ServerId, kind: Kind) -> list[MemberId]:
        """Return who agreed to be asked things of a kind, as part of a ``transaction``."""
        return await (await self._store(transaction, server_id)).willing(kind)

    async def consent(self, server_id: ServerId, member_id: MemberId, kind: Kind, way: Way | None) -> Chosen:
        """Agree to messages of a ``kind`` on a ``way``, or stop them."""
        async with self._database.write() as transaction:
            await self.agree(transaction, server_id, member_id, kind, way)
            return await self._chosen(transaction, server_id, member_id)

    async def agree(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId, kind: Kind, way: Way | None
    ) -> None:
        """Agree to messages of a ``kind`` on a ``way``, or stop them, as part of a ``transaction``.

        Whoever wants private messages is taken at their word: they are tried again.
        """
        store = await self._store(transaction, server_id)
        await store.consent(member_id, kind, way)
        if way is Way.DM:
            await store.dms_accepted(member_id)
        for follow in self._followers:
            await follow(transaction, server_id, member_id, kind)

    async def choose_language(self, server_id: ServerId, member_id: MemberId, language: str) -> Chosen:
        """Choose the language of private replies; anything but ``ja`` and ``en`` follows Discord's."""
        return await self._change(server_id, member_id, language=language if language in LOCALES else None)

    async def choose_zone(self, server_id: ServerId, member_id: MemberId, name: str) -> Chosen:
        """Choose an own time zone, by its IANA name; an empty one follows the server's.

        Raises:
            Refusal: there is no zone of that name.
        """
        if not name.strip():
            zone = (await self._setup.server(server_id)).zone
            return await self._change(server_id, member_id, zone=zone, has_own_zone=False)
        known = zone_called(name, await asyncio.to_thread(available_timezones))
        if known is None:
            raise Refusal("setup.no_zone", name=name.strip()[:50])
        return await self._change(server_id, member_id, zone=ZoneInfo(known), has_own_zone=True)

    async def choose_quiet(self, server_id: ServerId, member_id: MemberId, begin: int, end: int) -> Chosen:
        """Choose quiet hours, from the hour ``begin`` to the hour ``end``; the same twice means none.

        Raises:
            Refusal: one is no hour of the day.
        """
        if begin not in _HOURS or end not in _HOURS:
            raise Refusal("members.no_hour")
        return await self._change(server_id, member_id, quiet_from=begin, quiet_to=end)

    async def choose_days_off(self, server_id: ServerId, member_id: MemberId, days: Iterable[int]) -> Chosen:
        """Choose days of the week, 0 for Monday, on which nothing comes."""
        return await self._change(server_id, member_id, days_off=frozenset(days) & frozenset(_DAYS))

    async def choose_part(self, server_id: ServerId, member_id: MemberId, part: Part) -> Chosen:
        """Choose the part of the day for being asked."""
        return await self._change(server_id, member_id, asked_when=part)

    async def choose_number(self, server_id: ServerId, member_id: MemberId, number: int) -> Chosen:
        """Choose how often in any 7 days the bot may ask something, over all kinds.

        Raises:
            Refusal: it is not one of those offered.
        """
        if number not in WEEKLY_NUMBERS:
            raise Refusal("members.no_number")
        return await self._change(server_id, member_id, weekly_number=number)

    async def rest(self, server_id: ServerId, member_id: MemberId, days: int) -> Chosen:
        """Take a rest for some ``days`` of those offered; any other number ends it."""
        async with self._database.write() as transaction:
            until = transaction.now + timedelta(days=days) if days in RESTS else None
            return await self._keep(transaction, server_id, member_id, rests_until=until)

    async def keep_distance(self, server_id: ServerId, member_id: MemberId, other_id: MemberId) -> Chosen:
        """Keep a distance from another member, which they can't tell.

        Raises:
            Refusal: it is the member themselves, or the list is full.
        """
        if member_id == other_id:
            raise Refusal("members.distance_from_oneself")
        async with self._database.write() as transaction:
            store = await self._store(transaction, server_id)
            kept = await store.distances(member_id)
            if other_id not in kept and len(kept) >= DISTANCES_LIMIT:
                raise Refusal("members.distances_full")
            await store.keep_apart(member_id, other_id, apart=True)
            return await self._chosen(transaction, server_id, member_id)

    async def end_distance(self, server_id: ServerId, member_id: MemberId, other_ids: Iterable[MemberId]) -> Chosen:
        """Keep no distance from some members any more."""
        async with self._database.write() as transaction:
            store = await self._store(transaction, server_id)
            for other_id in other_ids:
                await store.keep_apart(member_id, other_id, apart=False)
            return await self._chosen(transaction, server_id, member_id)

    async def keeps_apart(
        self, transaction: Transaction, server_id: ServerId, one_id: MemberId, other_id: MemberId
    ) -> bool:
        """Return whether either of two members keeps a distance from the other."""
        return await (await self._store(transaction, server_id)).are_apart(one_id, other_id)

    async def hidden_since(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId
    ) -> dict[int, datetime | None]:
        """Return from whom nothing is shown to a member, and from when on: None for all times.

        From whom they keep a distance themselves, that is everything. Who keeps one from them is not to be told by it:
        what they were shown before it began stays.
        """
        store = await self._store(transaction, server_id)
        return {**await store.kept_from(member_id), **dict.fromkeys(await store.distances(member_id))}

    async def distances(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> list[MemberId]:
        """Return from whom a member keeps a distance themselves."""
        return await (await self._store(transaction, server_id)).distances(member_id)

    async def _change(self, server_id: ServerId, member_id: MemberId, **changes: object) -> Chosen:
        async with self._database.write() as transaction:
            return await self._keep(transaction, server_id, member_id, **changes)

    async def _keep(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId, **changes: object
    ) -> Chosen:
        store = await self._store(transaction, server_id)
        before = await store.preferences(member_id)
        await store.keep(member_id, replace(before, **changes))  # type: ignore[arg-type]  # fields by name
        return await self._chosen(transaction, server_id, member_id)

    async def _chosen(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> Chosen:
        store = await self._store(transaction, server_id)
        preferences = await store.preferences(member_id)
        return Chosen(
            preferences=preferences,
            consents=await store.consents(member_id),
            takes_dms=all(each.takes_dms for each in await store.candidates([member_id], Kind.ANSWERS)),
            distances=tuple(await store.distances(member_id)),
            rests=preferences.rests(transaction.now),
        )

    async def _store(self, transaction: Transaction, server_id: ServerId) -> ReachStore:
        return ReachStore(transaction, server_id, await self._setup.zone(transaction, server_id))
