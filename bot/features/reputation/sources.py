"""Sources: the moderators and founding members at whom chains of thanks begin, named by who manages the server."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.features.members.service import Members
from bot.features.reputation.graph import Graph, Move, account_of
from bot.features.reputation.model import SOURCES_LEAST, Source
from bot.features.reputation.posts import FEATURE
from bot.features.reputation.roles import look_again
from bot.features.reputation.standings import Standings
from bot.features.reputation.store import ReputationStore
from bot.features.setup.model import Finding, Server
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.ids import AccountId, InteractionId, MemberId, ServerId
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction
from bot.storage.installation import Installation
from bot.storage.ledger import EntryKind, Ledger

SOURCES_LIMIT = 25  # options that Discord takes in the menu that opens one
_CAUSE = "panel"


@dataclass(frozen=True, slots=True)
class Annulment:
    """What it comes to if a source is annulled: how many thanks of theirs begin no chain any more, and for whom.

    ``fewer`` is the number of members to whom fewer chains lead then.
    """

    source: Source
    given: int
    given_to: int
    fewer: int


class Sources:
    """One method for each thing that can be done about sources. Each is an entry, and noted with who did it."""

    def __init__(
        self, database: Database, installation: Installation, setup: Setup, members: Members, standings: Standings
    ) -> None:
        self._database = database
        self._installation = installation
        self._setup = setup
        self._members = members
        self._standings = standings

    async def all(self, server_id: ServerId) -> list[Source]:
        """Return who is a source now, in the order in which they were named."""
        async with self._database.read() as transaction:
            return _active(await ReputationStore(transaction, server_id).sources())

    async def former(self, server_id: ServerId) -> list[Source]:
        """Return who stepped down and is no source now, the latest first: what they gave still has its force."""
        async with self._database.read() as transaction:
            return _former(await ReputationStore(transaction, server_id).sources())

    async def source(self, server_id: ServerId, grant: int) -> Source:
        """Return the source that the entry ``grant`` named, one who stepped down among them.

        Raises:
            Refusal: they were annulled, or never named.
        """
        async with self._database.read() as transaction:
            return _found(await ReputationStore(transaction, server_id).sources(), grant)

    async def grant(
        self, server_id: ServerId, by: MemberId, member_ids: Collection[MemberId], interaction_id: InteractionId
    ) -> list[Source]:
        """Name some members as sources; who is one stays one.

        Raises:
            Refusal: there would be too many.
        """
        async with self._database.write() as transaction:
            store, ledger = ReputationStore(transaction, server_id), self._ledger(transaction, server_id)
            active = [source.member_id for source in _active(await store.sources())]
            new = [member_id for member_id in dict.fromkeys(member_ids) if member_id not in active]
            if len(active) + len(new) > SOURCES_LIMIT:
                raise Refusal("reputation.too_many_sources", most=SOURCES_LIMIT)
            language = (await self._setup.server(server_id)).language
            for member_id in new:
                await self._members.meet(transaction, server_id, member_id, language)  # else nobody sees that they left
                accounts = await store.open_account(by), await store.open_account(member_id)
                key = f"{interaction_id}:{accounts[1]}"
                if await ledger.by_key(key) is None:
                    await ledger.add(EntryKind.SOURCE_GRANTED, *accounts, _CAUSE, key)
                    act, words = f"{FEATURE}.source_granted", str(member_id)
                    await Acts(transaction).note(server_id, by, act, about_id=member_id, words=words)
            await look_again(transaction, server_id)
            return _active(await store.sources())

    async def end(self, server_id: ServerId, by: MemberId, grant: int, interaction_id: InteractionId) -> list[Source]:
        """Let a source step down at the end of today: what they gave until then keeps its force.

        Raises:
            Refusal: they are none any more.
        """
        async with self._database.write() as transaction:
            store = ReputationStore(transaction, server_id)
            if await self._ledger(transaction, server_id).by_key(_key(interaction_id, grant)) is None:
                source = _found(_active(await store.sources()), grant)
                await self._close(transaction, by, [source], EntryKind.SOURCE_ENDED, interaction_id)
            return _active(await store.sources())

    async def annul(self, server_id: ServerId, by: MemberId, grant: int, interaction_id: InteractionId) -> list[Source]:
        """Annul a source, for cause, one who stepped down too: as if they had never been one, however often named.

        Raises:
            Refusal: they were annulled before, or never named.
        """
        async with self._database.write() as transaction:
            store = ReputationStore(transaction, server_id)
            if await self._ledger(transaction, server_id).by_key(_key(interaction_id, grant)) is None:
                sources = await store.sources()
                named = _all_of(sources, _found(sources, grant))
                await self._close(transaction, by, named, EntryKind.SOURCE_ANNULLED, interaction_id)
            return _active(await store.sources())

    async def preview(self, server_id: ServerId, grant: int) -> Annulment:
        """Return what it would come to if a source were annulled.

        Raises:
            Refusal: they were annulled before, or never named.
        """
        async with self._database.read() as transaction:
            sources = await ReputationStore(transaction, server_id).sources()
        source = _found(sources, grant)
        zone = (await self._setup.server(server_id)).zone
        moves = await self._standings.moves(server_id)
        annulled = moves + [
            Move(len(moves) + number, EntryKind.SOURCE_ANNULLED, 0, source.account_id, each.grant, 0)
            for number, each in enumerate(_all_of(sources, source), 1)
        ]

        def compare() -> tuple[int, int, int]:
            before, after = Graph(moves, zone), Graph(annulled, zone)
            given = [count for giver, _, count in before.arrows() if account_of(giver) == source.account_id]
            receivers = {account_of(receiver) for _, receiver, _ in before.arrows()}
            fewer = sum(before.chains(each) > after.chains(each) for each in receivers)
            return sum(given), len(given), fewer

        return Annulment(source, *await asyncio.to_thread(compare))

    async def _close(
        self,
        transaction: Transaction,
        by: MemberId,
        sources: Sequence[Source],
        kind: EntryKind,
        interaction_id: InteractionId,
    ) -> None:
        """End or annul all grants of one source."""
        server_id, member_id = ServerId(sources[0].server_id), sources[0].member_id
        store, ledger = ReputationStore(transaction, server_id), self._ledger(transaction, server_id)
        for source in sources:
            accounts = await store.open_account(by), AccountId(source.account_id)
            await ledger.add(kind, *accounts, _CAUSE, _key(interaction_id, source.grant), source.grant)
        about_id = None if member_id is None else MemberId(member_id)
        words = str(about_id or "")
        await Acts(transaction).note(server_id, by, f"{FEATURE}.{kind}", about_id=about_id, words=words)
        await look_again(transaction, server_id)

    def _ledger(self, transaction: Transaction, server_id: ServerId) -> Ledger:
        return Ledger(transaction, server_id, self._installation.host_key)


async def findings(transaction: Transaction, server: Server) -> list[Finding]:
    """Return whether a server named enough sources, for its check."""
    count = len(_active(await ReputationStore(transaction, ServerId(server.server_id)).sources()))
    if count >= SOURCES_LEAST:
        return [Finding(good=True, text="reputation.check_sources", count=count)]
    if count:
        return [Finding(good=False, text="reputation.check_few_sources", count=count)]
    return [Finding(good=False, text="reputation.check_no_sources")]


def _active(sources: list[Source]) -> list[Source]:
    return [source for source in sources if source.ended_at is None]


def _former(sources: list[Source]) -> list[Source]:
    """Return the last grant of each account that has ended ones only."""
    now = {source.account_id for source in _active(sources)}
    ended = {source.account_id: source for source in sources if source.account_id not in now}
    return sorted(ended.values(), key=lambda source: -source.grant)


def _all_of(sources: list[Source], one: Source) -> list[Source]:
    return [source for source in sources if source.account_id == one.account_id]


def _found(sources: list[Source], grant: int) -> Source:
    found = next((source for source in sources if source.grant == grant), None)
    if found is None:
        raise Refusal("reputation.no_source")
    return found


def _key(interaction_id: InteractionId, grant: int) -> str:
    return f"{interaction_id}:source:{grant}"
