"""The inbox: what the bot tells members and asks of them, once, on the way that each of them wishes."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.features.members.model import NOTICES_PAGE, Notice, Told
from bot.features.members.reach import Candidate, Kind, Way, first_moment, whom_to_ask
from bot.features.members.reach_store import ReachStore, server_of_notice
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb

FEATURE = "members"
NOTICE = "notice"

Keep = Callable[..., Awaitable[int | None]]  # of a store: keeps a notice, and says its id
Held = Callable[[Transaction, ServerId], Awaitable[set[MemberId]]]


class Teller(Protocol):
    """A feature that tells members something, or asks something of them."""

    async def tell(self, notice: Notice) -> Told | None:
        """Return what ``notice`` says now; None when it is over."""
        ...

    async def passed(self, transaction: Transaction, notice: Notice, *, was_last: bool) -> None:
        """Go on to whoever is asked next: somebody who was asked passes, rests, or can't be reached.

        Args:
            transaction: the one in which that is noted.
            notice: what they were asked.
            was_last: whether nobody was asked the same after them.
        """
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked just now, and from when on another may be; None where nobody is in sight."""

    members: tuple[MemberId, ...]
    again_at: datetime | None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of an inbox, newest first: each notice with what it says now. ``number`` counts from 0."""

    shown: tuple[tuple[Notice, Told], ...]
    number: int
    pages: int


class Inbox:
    """What features say to members goes through here; so does what members answer to being asked."""

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._setup = setup
        self._tellers: Mapping[str, Teller] = {}
        self._held: Held = _nobody

    def attach(self, tellers: Mapping[str, Teller], held: Held) -> None:
        """Hand in the features that tell something, by name, and who is on hold: they are asked nothing."""
        self._tellers = tellers
        self._held = held

    async def tell(
        self,
        transaction: Transaction,
        server_id: ServerId,
        member_id: MemberId,
        kind: Kind,
        subject: tuple[str, str, int],
        person_id: MemberId | None = None,
        *,
        again: bool = False,
    ) -> None:
        """Tell a member something, once, as part of a ``transaction``.

        It waits in their inbox; who agreed gets it as a private message, too, in their first waking minute.

        Args:
            transaction: the one in which it came about.
            server_id: where.
            member_id: whom; whoever is not known here, or left, is told nothing.
            kind: what kind of message it is.
            subject: feature, card and object; the same is told once.
            person_id: who it is about; nothing is told across a distance.
            again: whether what they were told and have done nothing about is told anew.
        """
        keep = partial((await self._store(transaction, server_id)).tell, again=again)
        await self._tell(transaction, server_id, (member_id, person_id), kind, subject, keep, again=again)

    async def whisper(
        self,
        transaction: Transaction,
        server_id: ServerId,
        member_id: MemberId,
        kind: Kind,
        subject: tuple[str, str, int],
        person_id: MemberId | None = None,
        *,
        again: bool = False,
    ) -> None:
        """Tell a member something like :meth:`tell`, and keep nowhere in the clear that it is they who were told.

        What somebody hears of what they do under a pseudonym would otherwise say who they are. Of one subject, there is
        one member who can be told so.
        """
        keep = partial((await self._store(transaction, server_id)).whisper, again=again)
        await self._tell(transaction, server_id, (member_id, person_id), kind, subject, keep, again=again)

    async def _tell(
        self,
        transaction: Transaction,
        server_id: ServerId,
        people: tuple[MemberId, MemberId | None],
        kind: Kind,
        subject: tuple[str, str, int],
        keep: Keep,
        *,
        again: bool,
    ) -> None:
        member_id, person_id = people
        store = await self._store(transaction, server_id)
        for candidate in await store.candidates([member_id], kind):
            if person_id not in candidate.distant:
                now, hours = transaction.now, candidate.preferences.hours
                wakes = now if kind.keeps_time else hours.first_awake(now)
                by_dm = candidate.way is Way.DM and candidate.takes_dms
                if wakes is None or candidate.preferences.rests(now):
                    by_dm = False
                due_at = wakes if by_dm else None
                notice_id = await keep(member_id, kind, subject, _way(due_at))
                await _send(transaction, server_id, notice_id, due_at, again=again)

    async def has_whispers(self, server_id: ServerId, member_id: MemberId) -> bool:
        """Return whether something waits in a member's inbox that was whispered, and that they have not seen."""
        async with self._database.read() as transaction:
            return await (await self._store(transaction, server_id)).has_whispers(member_id)

    async def forget_whispers(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """Remove what was whispered to a member, as part of a ``transaction``."""
        await (await self._store(transaction, server_id)).forget_whispers(member_id)

    async def came_as_message(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId, subject: tuple[str, str, int]
    ) -> bool:
        """Return whether a member was told something by a private message that arrived."""
        notice = await (await self._store(transaction, server_id)).notice_about(member_id, subject)
        return notice is not None and notice.message_id is not None

    async def correct(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId, subject: tuple[str, str, int]
    ) -> None:
        """Tell a member anew what they were told, as it changed since, as part of a ``transaction``.

        Who can't have seen it yet is not told twice: it says by itself what it has come to.
        """
        store = await self._store(transaction, server_id)
        notice = await store.notice_about(member_id, subject)
        if notice is None:
            return
        for candidate in await store.candidates([member_id], Kind(notice.kind)):
            opened_at = candidate.inbox_opened_at
            if notice.message_id is not None or (opened_at is not None and opened_at >= notice.told_at):
                await self.tell(transaction, server_id, member_id, Kind(notice.kind), subject, again=True)

    async def ask(
        self,
        transaction: Transaction,
        server_id: ServerId,
        kind: Kind,
        subject: tuple[str, str, int],
        waiting_id: MemberId,
        among: Collection[MemberId],
        most: int,
    ) -> Asked:
        """Ask up to ``most`` members something, by the one rule of whom to ask, as part of a ``transaction``.

        Args:
            transaction: the one in which it is noted who was asked.
            server_id: where.
            kind: what is asked; only who agreed to it is.
            subject: feature, card and object; nobody is asked twice about the same.
            waiting_id: who waits for it; nobody is asked across a distance.
            among: who comes into question.
            most: how many to ask.
        """
        store = await self._store(transaction, server_id)
        before = await store.asked_about(*subject)
        candidates = await self.candidates(transaction, server_id, among, kind)
        chosen = whom_to_ask(candidates, waiting_id, transaction.now, most, before)
        for candidate in chosen:
            due_at = transaction.now if candidate.way_now(transaction.now) is Way.DM else None
            notice_id = await store.tell(MemberId(candidate.member_id), kind, subject, _way(due_at))
            await _send(transaction, server_id, notice_id, due_at)
        asked = tuple(MemberId(candidate.member_id) for candidate in chosen)
        again_at = first_moment(candidates, waiting_id, transaction.now, {*before, *asked})
        return Asked(asked, again_at)

    async def asked_since(
        self,
        transaction: Transaction,
        server_id: ServerId,
        subjects: Collection[tuple[str, str, int]],
        since: datetime | None,
    ) -> list[MemberId]:
        """Return who was asked about any of some ``subjects`` since a moment, and has not passed."""
        store = await self._store(transaction, server_id)
        return [each for subject in subjects for each in await store.still_asked(*subject, since)]

    async def candidates(
        self, transaction: Transaction, server_id: ServerId, among: Collection[MemberId], kind: Kind
    ) -> list[Candidate]:
        """Return whoever of some members is known here and has not left, with all that decides about asking them."""
        held = await self._held(transaction, server_id) if kind.asks else ()
        found = await (await self._store(transaction, server_id)).candidates(among, kind)
        return [replace(each, is_held=each.member_id in held) for each in found] if held else found

    async def page(self, server_id: ServerId, member_id: MemberId, number: int) -> InboxPage:
        """Return page ``number``, from 0, of a member's inbox, and note that they look into it."""
        async with self._database.write() as transaction:
            store = await self._store(transaction, server_id)
            await store.inbox_opened(member_id)
            notices = await store.notices(member_id)
            (me,) = await store.candidates([member_id], Kind.ANSWERS)
        told = [(notice, await self.told(notice)) for notice in notices]
        shown = [(notice, now) for notice, now in told if now and (notice.is_sealed or now.person_id not in me.distant)]
        pages = max(1, -(-len(shown) // NOTICES_PAGE))
        number = min(max(number, 0), pages - 1)
        return InboxPage(tuple(shown[number * NOTICES_PAGE :][:NOTICES_PAGE]), number, pages)

    async def told(self, notice: Notice) -> Told | None:
        """Return what a notice says now; None when it is over."""
        teller = self._tellers.get(notice.feature)
        return None if teller is None else await teller.tell(notice)

    async def notice(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Notice:
        """Return a member's own notice.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        async with self._database.read() as transaction:
            found = await (await self._store(transaction, server_id)).notice(notice_id)
        if found is None or found.member_id != member_id:
            raise Refusal("members.notice_gone")
        return found

    async def take(self, transaction: Transaction, notice: Notice) -> None:
        """Note that a member took up what they were told, as part of a ``transaction``."""
        server_id = ServerId(notice.server_id)
        await (await self._store(transaction, server_id)).settle(notice.notice_id, "taken")

    async def pass_on(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> None:
        """Let a member pass: whoever is next is asked. A second press changes nothing.

        Raises:
            Refusal: it is gone, somebody else's, or asks nothing.
        """
        notice = await self.notice(server_id, member_id, notice_id)
        if not Kind(notice.kind).asks:
            raise Refusal("members.notice_gone")
        async with self._database.write() as transaction:
            store = await self._store(transaction, server_id)
            now = await store.notice(notice_id)
            if now is None or not now.is_open:
                return
            await store.settle(notice_id, "passed")
            await self.go_on(transaction, notice)

    async def go_on(self, transaction: Transaction, notice: Notice) -> None:
        """Let whoever is next be asked, as part of a ``transaction``."""
        store = await self._store(transaction, ServerId(notice.server_id))
        was_last = not await store.asked_since(notice.notice_id)
        await self._tellers[notice.feature].passed(transaction, notice, was_last=was_last)

    async def server_of(self, member_id: MemberId, notice_id: int) -> ServerId | None:
        """Return the server of a member's own notice, so that a press in a private message finds it; else None."""
        async with self._database.read() as transaction:
            return await server_of_notice(transaction, notice_id, member_id)

    async def _store(self, transaction: Transaction, server_id: ServerId) -> ReachStore:
        return ReachStore(transaction, server_id, await self._setup.zone(transaction, server_id))


def _way(due_at: datetime | None) -> Way:
    return Way.INBOX if due_at is None else Way.DM


async def _send(
    transaction: Transaction,
    server_id: ServerId,
    notice_id: int | None,
    due_at: datetime | None,
    *,
    again: bool = False,
) -> None:
    """Let a notice come as a private message at ``due_at``, if it is a new one and to come so.

    Told ``again``, it is another message: under the name of the first, Discord would return that for some minutes.
    """
    if notice_id is None or due_at is None:
        return
    effects, serial = Effects(transaction), 0
    if again and not await effects.is_under_way(Verb.DM, FEATURE, NOTICE, notice_id):
        serial = int(transaction.now.timestamp())
    await effects.put(Verb.DM, FEATURE, NOTICE, notice_id, server_id=server_id, serial=serial, due_at=due_at)


async def _nobody(_transaction: Transaction, _server_id: ServerId) -> set[MemberId]:
    return set()
