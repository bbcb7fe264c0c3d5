"""What the ledger says of one member: facts, separate chains, and the word for both. Nothing of it is stored."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.features.members.choices import Choices
from bot.features.reputation.graph import Graph, Move
from bot.features.reputation.model import FACTS_PAGE, Standing, StandingPage, Word, facts_of, word_for
from bot.features.reputation.openness_store import OpennessStore
from bot.features.reputation.store import ReputationStore
from bot.features.setup.service import Setup
from bot.kernel.ids import AccountId, MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.ledger import Ledger

ARROWS_HELD = 8_000_000  # 12 bytes each: about 100 MB, for some thousand servers of a few hundred members
_FOLLOWED = 500  # entries that are taken in on the event loop, in a few milliseconds; more are folded in a thread
_READ_AT_ONCE = 10_000  # entries: a few milliseconds on the event loop


class _Held:
    """The graph of one server in memory, used by one task at a time."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.graph: Graph | None = None
        self.zone: ZoneInfo | None = None


class Standings:
    """Answers from the graphs of the servers asked about lately; each is brought up to the last entry before."""

    def __init__(self, database: Database, setup: Setup, choices: Choices) -> None:
        self._database = database
        self._setup = setup
        self._choices = choices
        self._held: OrderedDict[ServerId, _Held] = OrderedDict()

    async def of(self, server_id: ServerId, member_id: MemberId, number: int = 0) -> StandingPage:
        """Return what the ledger says of a member, with page ``number``, from 0, of the thanks that they received.

        What came across a distance was not told, and so is not counted here either.
        """
        async with self._database.read() as transaction:
            store, zone = ReputationStore(transaction, server_id), await self._setup.zone(transaction, server_id)
            account_id = await store.account(member_id)
            hidden = await self._hidden(transaction, server_id, member_id)
            ties = [] if account_id is None else await store.ties(account_id)
            told = [tie for tie in ties if not tie.is_received or not _is_hidden(hidden, tie.other_id, tie.given_at)]
            facts = facts_of(told, zone, transaction.now)
            pages = max(1, -(-facts.received // FACTS_PAGE))
            number = min(max(number, 0), pages - 1)
            received = [tie.sequence for tie in reversed(told) if tie.is_received]
            shown = await store.thanks_among(received[number * FACTS_PAGE :][:FACTS_PAGE])
        return StandingPage(server_id, member_id, facts, tuple(shown), number, pages)

    async def chains(self, server_id: ServerId, member_id: MemberId) -> Standing:
        """Return how many separate chains lead to a member, who ends them, and the word that follows."""
        async with self._database.read() as transaction:
            store, zone = ReputationStore(transaction, server_id), await self._setup.zone(transaction, server_id)
            account_id = await store.account(member_id)
            ties = [] if account_id is None else await store.ties(account_id)
            days = facts_of(ties, zone, transaction.now).days
        last = [] if account_id is None else await self._last_givers(server_id, account_id, zone)
        async with self._database.read() as transaction:
            members = await ReputationStore(transaction, server_id).members_of(last)
            hidden = await self._hidden(transaction, server_id, member_id)
        found = dict.fromkeys(members[each] for each in last)
        # Names beside a larger number would tell that somebody is left out.
        named = () if hidden.keys() & set(last) else tuple(member for member in found if member is not None)
        return Standing(len(last), named, word_for(len(last), days))

    async def _hidden(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId
    ) -> dict[int, datetime | None]:
        """Return the accounts from which a member is shown nothing, and from when on: None for all times."""
        store, found = ReputationStore(transaction, server_id), {}
        for other_id, since in (await self._choices.hidden_since(transaction, server_id, member_id)).items():
            account_id = await store.account(MemberId(other_id))
            if account_id is not None:
                found[int(account_id)] = since
        return found

    async def shown_word(self, server_id: ServerId, member_id: MemberId) -> Word | None:
        """Return a member's word, if they have one and let others see it."""
        async with self._database.read() as transaction:
            openness = await OpennessStore(transaction, server_id).openness(member_id)
        if not openness.shows_word:
            return None
        return (await self.chains(server_id, member_id)).word

    async def _last_givers(self, server_id: ServerId, account_id: AccountId, zone: ZoneInfo) -> list[int]:
        held = self._held.setdefault(server_id, _Held())
        self._held.move_to_end(server_id)
        async with held.lock:
            graph = await self._up_to_date(server_id, held, zone)
            return await asyncio.to_thread(graph.last_givers, account_id)

    async def _up_to_date(self, server_id: ServerId, held: _Held, zone: ZoneInfo) -> Graph:
        graph = held.graph if held.zone == zone else None
        if graph is not None:
            moves = await self.moves(server_id, graph.sequence)
            if len(moves) <= _FOLLOWED and graph.follow(moves):
                return graph
        held.graph, held.zone = await asyncio.to_thread(Graph, await self.moves(server_id), zone), zone
        self._make_room()
        return held.graph

    async def moves(self, server_id: ServerId, after: int = 0) -> list[Move]:
        """Return what the entries of a server that come ``after`` that number do to its graph, in their order."""
        found: list[Move] = []
        while True:
            async with self._database.read() as transaction:
                page = await Ledger(transaction, server_id).moves(after, _READ_AT_ONCE)
            found += map(Move._make, page)
            if len(page) < _READ_AT_ONCE:
                return found
            after = found[-1].sequence

    def _make_room(self) -> None:
        """Let go of the graphs that nobody asked about for longest."""
        total = sum(len(held.graph) for held in self._held.values() if held.graph is not None)
        for server_id, held in list(self._held.items()):
            if total <= ARROWS_HELD:
                break
            if held.lock.locked():
                continue
            total -= 0 if held.graph is None else len(held.graph)
            del self._held[server_id]


def _is_hidden(hidden: Mapping[int, datetime | None], account_id: int, given_at: datetime) -> bool:
    since = hidden.get(account_id)
    return account_id in hidden and (since is None or given_at >= since)
