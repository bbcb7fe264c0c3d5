"""What moderators do about the ledger: read it, reverse mistakes, look at sets that thank mostly each other."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.features.members.inbox import Inbox
from bot.features.reputation.graph import Graph
from bot.features.reputation.model import FLAGS_KEPT, HISTORY_PAGE, REASON_LIMIT, Flag, Record, Thanks
from bot.features.reputation.posts import FEATURE
from bot.features.reputation.reversal import Reversals
from bot.features.reputation.rings import Ring, find_rings
from bot.features.reputation.roles import look_again
from bot.features.reputation.standings import Standings
from bot.features.reputation.store import ReputationStore
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import is_visible
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction
from bot.storage.installation import Installation

FLAGS_LIMIT = 5  # sets shown at a time, the largest first: more fit into no message


@dataclass(frozen=True, slots=True)
class History:
    """One page of the entries that name a member, newest first; ``number`` counts from 0."""

    server_id: int
    member_id: int
    records: tuple[Record, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class FlagFile:
    """A set that was found, with the members in the cut and in the set who are still known."""

    flag: Flag
    cut: tuple[int, ...]
    members: tuple[int, ...]


class Corrections:
    """One method for each thing that a moderator can do. What changes something is noted with who did it."""

    def __init__(
        self, database: Database, installation: Installation, setup: Setup, inbox: Inbox, standings: Standings
    ) -> None:
        self._database = database
        self._setup = setup
        self._standings = standings
        self._reversals = Reversals(installation, inbox)

    async def history(self, server_id: ServerId, member_id: MemberId, number: int = 0) -> History:
        """Return page ``number``, from 0, of the entries that name a member."""
        async with self._database.read() as transaction:
            store = ReputationStore(transaction, server_id)
            account_id = await store.account(member_id)
            total = 0 if account_id is None else await store.history_count(account_id)
            pages = max(1, -(-total // HISTORY_PAGE))
            number = min(max(number, 0), pages - 1)
            records: list[Record] = []
            if account_id is not None:
                records = await store.history(account_id, HISTORY_PAGE, number * HISTORY_PAGE)
        return History(server_id, member_id, tuple(records), number, pages, total)

    async def reversible(self, server_id: ServerId, sequence: int) -> Thanks:
        """Return the thanks of that number, which stands.

        Raises:
            Refusal: there is none, or it was reversed.
        """
        async with self._database.read() as transaction:
            return await _reversible(ReputationStore(transaction, server_id), sequence)

    async def reverse(
        self, server_id: ServerId, by: MemberId, sequence: int, reason: str, interaction_id: InteractionId
    ) -> Thanks:
        """Reverse a thanks; both sides are told why.

        Raises:
            Refusal: there is none, it was reversed before, or no reason is given.
        """
        words = _reason(reason)
        async with self._database.write() as transaction:
            thanks = await ReputationStore(transaction, server_id).thanks(sequence)
            if thanks is None:
                raise Refusal("reputation.no_entry", number=sequence)
            if not await self._reverse(transaction, server_id, by, [thanks], words, interaction_id):
                raise Refusal("reputation.reversed_before", number=sequence)
            return thanks

    async def flags(self, server_id: ServerId) -> list[FlagFile]:
        """Find sets of accounts that thank mostly each other, keep them as they are now, and return the largest."""
        zone = (await self._setup.server(server_id)).zone
        moves = await self._standings.moves(server_id)
        until = moves[-1].sequence if moves else 0
        found = await asyncio.to_thread(lambda: find_rings(Graph(moves, zone)))
        async with self._database.write() as transaction:
            store = ReputationStore(transaction, server_id)
            await store.forget_flags(transaction.now - FLAGS_KEPT)
            flags = [await _keep(store, server_id, ring, until) for ring in found[:FLAGS_LIMIT]]
            return [await _file(store, flag) for flag in flags]

    async def flag(self, server_id: ServerId, flag_id: int) -> FlagFile:
        """Return a set as it was found.

        Raises:
            Refusal: that was too long ago.
        """
        async with self._database.read() as transaction:
            return await _flag(ReputationStore(transaction, server_id), flag_id)

    async def reverse_flag(
        self, server_id: ServerId, by: MemberId, flag_id: int, reason: str, interaction_id: InteractionId
    ) -> int:
        """Reverse all thanks by which anything came into a set, as it was shown; return how many still stood.

        Raises:
            Refusal: it was found too long ago, all were reversed before, or no reason is given.
        """
        words = _reason(reason)
        async with self._database.write() as transaction:
            store = ReputationStore(transaction, server_id)
            file = await _flag(store, flag_id)
            found = [await store.thanks(sequence) for sequence in file.flag.entries]
            all_thanks = [thanks for thanks in found if thanks is not None]
            count = await self._reverse(transaction, server_id, by, all_thanks, words, interaction_id)
            if not count:
                raise Refusal("reputation.all_reversed_before")
            return count

    async def _reverse(
        self,
        transaction: Transaction,
        server_id: ServerId,
        by: MemberId,
        all_thanks: list[Thanks],
        reason: str,
        interaction_id: InteractionId,
    ) -> int:
        standing = [thanks.sequence for thanks in all_thanks if thanks.reversed_at is None]
        count = await self._reversals.by_moderators(transaction, all_thanks, reason, interaction_id)
        if standing:
            words = ", ".join(f"#{sequence}" for sequence in standing)
            await Acts(transaction).note(server_id, by, f"{FEATURE}.reverse", words=words)
            await look_again(transaction, server_id)
        return count


async def _keep(store: ReputationStore, server_id: ServerId, ring: Ring, until: int) -> Flag:
    entries: list[tuple[int, datetime]] = []
    for giver_id, receiver_id in ring.entering:
        entries += await store.entries_between(giver_id, receiver_id, until)
    first_at, last_at = await store.span(ring.cut, ring.members, until)
    flag = Flag(
        flag_id=0,
        server_id=server_id,
        cut=ring.cut,
        accounts=ring.members,
        entries=tuple(sorted(sequence for sequence, _ in entries)),
        inside=ring.inside,
        given=ring.given,
        first_at=first_at,
        last_at=last_at,
    )
    kept = await store.flag(await store.keep_flag(flag))
    assert kept is not None  # noqa: S101 - just kept
    return kept


async def _flag(store: ReputationStore, flag_id: int) -> FlagFile:
    flag = await store.flag(flag_id)
    if flag is None:
        raise Refusal("reputation.flag_gone")
    return await _file(store, flag)


async def _file(store: ReputationStore, flag: Flag) -> FlagFile:
    known = await store.members_of((*flag.cut, *flag.accounts))
    named = [
        tuple(member for each in accounts if (member := known.get(each)) is not None)
        for accounts in (flag.cut, flag.accounts)
    ]
    return FlagFile(flag, *named)


async def _reversible(store: ReputationStore, sequence: int) -> Thanks:
    thanks = await store.thanks(sequence)
    if thanks is None:
        raise Refusal("reputation.no_entry", number=sequence)
    if thanks.reversed_at is not None:
        raise Refusal("reputation.reversed_before", number=sequence)
    return thanks


def _reason(reason: str) -> str:
    words = reason.strip()
    if not is_visible(words):
        raise Refusal("reputation.reversal_needs_reason")
    if len(words) > REASON_LIMIT:
        raise Refusal("reputation.reason_too_long")
    return words
