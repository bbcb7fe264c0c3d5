"""What is said of a member's standing is what the entries say, however it was come by and in which process."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from bot.features.reputation import standings as standings_module
from bot.features.reputation.graph import Graph
from bot.features.reputation.model import FACTS_PAGE, Cause, CauseKind, Standing
from bot.features.reputation.standings import Standings
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database
from tests.storage.circle import DAY, MODERATOR, chains, people, record_each, thank
from tests.storage.house import AKI, BENI, ONE, TWO, HandClock
from tests.storage.pocket import Pocket, opened

PEOPLE = [MemberId(500 + number) for number in range(9)]
ZONES = ("UTC", "Asia/Tokyo", "Pacific/Auckland", "America/Los_Angeles")
Doing = Callable[[ServerId], Awaitable[None]]


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        await pocket.setup.server(TWO, "ja")
        yield pocket


class Life:
    """Whatever can happen to a ledger, at random."""

    def __init__(self, pocket: Pocket, seed: int) -> None:
        self.pocket = pocket
        self.chance = random.Random(seed)
        self._causes = 0
        self._doings: dict[Doing, int] = {
            self._thank: 12,
            self._reverse: 4,
            self._grant: 3,
            self._end: 2,
            self._annul: 1,
            self._move: 1,
            self._sleep: 4,
        }

    async def go_on(self, server_id: ServerId) -> None:
        (doing,) = self.chance.choices(list(self._doings), list(self._doings.values()))
        await doing(server_id)

    async def _thank(self, server_id: ServerId) -> None:
        giver, receiver = self.chance.sample(PEOPLE, 2)
        self._causes += 1
        await thank(self.pocket, giver, receiver, cause=Cause(CauseKind.INTRO, self._causes), server_id=server_id)

    async def _reverse(self, server_id: ServerId) -> None:
        standing = "SELECT sequence FROM thanks WHERE server_id = ? AND reversed_at IS NULL"
        given = await self.pocket.rows(standing, server_id)
        if given:
            sequence = self.chance.choice(given)[0]
            await self.pocket.corrections.reverse(server_id, MODERATOR, sequence, "why", self.pocket.act())

    async def _grant(self, server_id: ServerId) -> None:
        chosen = self.chance.sample(PEOPLE, self.chance.randint(1, 2))
        await self.pocket.sources.grant(server_id, MODERATOR, chosen, self.pocket.act())

    async def _end(self, server_id: ServerId) -> None:
        for source in (await self.pocket.sources.all(server_id))[-1:]:
            await self.pocket.sources.end(server_id, MODERATOR, source.grant, self.pocket.act())

    async def _annul(self, server_id: ServerId) -> None:
        for source in (await self.pocket.sources.all(server_id))[:1]:
            await self.pocket.sources.annul(server_id, MODERATOR, source.grant, self.pocket.act())

    async def _move(self, server_id: ServerId) -> None:
        await self.pocket.setup.choose_zone(server_id, MODERATOR, self.chance.choice(ZONES))

    async def _sleep(self, _server_id: ServerId) -> None:
        self.pocket.clock.push(timedelta(hours=self.chance.randint(1, 30)))


async def folded(pocket: Pocket, server_id: ServerId, member_id: MemberId) -> Standing:
    """Return what somebody's standing is by all entries, read from the first to the last."""
    return await Standings(pocket.database, pocket.setup, pocket.choices).chains(server_id, member_id)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("room", [4_000_000, 3], ids=["room for all", "room for hardly one"])
async def test_a_standing_is_the_same_as_read_anew_after_whatever_happened(
    pocket: Pocket, monkeypatch: pytest.MonkeyPatch, seed: int, room: int
) -> None:
    monkeypatch.setattr(standings_module, "ARROWS_HELD", room)
    monkeypatch.setattr(standings_module, "_READ_AT_ONCE", 7)
    here = pocket.standings
    there = Standings(pocket.database, pocket.setup, pocket.choices)  # as another process on the same database
    life = Life(pocket, seed)
    seen: set[int] = set()
    for _ in range(60):
        server_id = life.chance.choice((ONE, ONE, TWO))
        await life.go_on(server_id)
        for standings in life.chance.sample((here, there), life.chance.randint(0, 2)):
            asked = life.chance.choice(PEOPLE)
            found = await standings.chains(server_id, asked)
            assert found == await folded(pocket, server_id, asked)
            seen.add(found.chains)
    for server_id in (ONE, TWO):
        for each in PEOPLE:
            expected = await folded(pocket, server_id, each)
            assert [await standings.chains(server_id, each) for standings in (here, there)] == [expected] * 2
    assert len(seen) > 1


@pytest.mark.parametrize("seed", range(3))
async def test_the_graph_that_is_held_is_the_one_that_all_entries_make(pocket: Pocket, seed: int) -> None:
    life = Life(pocket, seed)
    for _ in range(50):
        await life.go_on(ONE)
        await pocket.standings.chains(ONE, life.chance.choice(PEOPLE))
    await pocket.standings.chains(ONE, PEOPLE[0])
    held = pocket.standings._held[ONE]
    zone = (await pocket.setup.server(ONE)).zone
    made = Graph(await pocket.standings.moves(ONE), zone)
    assert held.graph is not None
    assert list(held.graph.arrows()) == list(made.arrows())
    assert (held.graph.sequence, held.graph.sources) == (made.sequence, made.sources)


async def test_many_who_ask_at_once_while_others_thank_are_told_the_same(pocket: Pocket) -> None:
    sources = people(pocket, 5)
    await pocket.sources.grant(ONE, MODERATOR, sources, pocket.act())
    asked = [pocket.standings.chains(ONE, BENI) for _ in range(20)]
    thanked = [thank(pocket, source, BENI) for source in sources]
    await asyncio.gather(*thanked, *asked)
    assert await chains(pocket, BENI) == 5


async def test_the_graphs_that_nobody_asked_about_for_longest_are_let_go(
    pocket: Pocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers = [ServerId(each) for each in range(11, 17)]
    for server_id in servers:
        await pocket.setup.server(server_id, "ja")
        for receiver in (BENI, *people(pocket, 2)):
            await thank(pocket, AKI, receiver, server_id=server_id)
    monkeypatch.setattr(standings_module, "ARROWS_HELD", 9)
    for server_id in (*servers, servers[3]):
        await pocket.standings.chains(server_id, BENI)
    assert list(pocket.standings._held) == [servers[4], servers[5], servers[3]]


# ── Facts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_facts_are_from_how_many_and_how_often_each_way(pocket: Pocket) -> None:
    (chie,) = people(pocket, 1)
    for _ in range(2):
        await thank(pocket)
        await thank(pocket, chie, BENI)
        pocket.clock.push(7 * DAY)
    await thank(pocket, BENI, chie)
    taken_back = await thank(pocket, BENI, AKI)
    await pocket.reputation.take_back(ONE, BENI, taken_back.sequence, pocket.act())
    facts = (await pocket.standings.of(ONE, BENI)).facts
    assert (facts.received_from, facts.received, facts.given_to, facts.given) == (2, 4, 1, 1)
    assert len(facts.days) == 2
    assert sum(sum(month.received.values()) for month in facts.months) == 4


async def test_what_was_said_comes_in_pages_newest_first_and_without_what_was_reversed(pocket: Pocket) -> None:
    givers = people(pocket, 7)
    await record_each(pocket, [(giver, BENI) for giver in givers])
    await pocket.corrections.reverse(ONE, MODERATOR, 7, "why", pocket.act())
    for asked, number, shown in (
        (0, 0, givers[5:0:-1]),
        (1, 1, givers[:1]),
        (9, 1, givers[:1]),
        (-1, 0, givers[5:0:-1]),
    ):
        page = await pocket.standings.of(ONE, BENI, asked)
        assert (page.number, page.pages) == (number, 2)
        assert [thanks.giver_id for thanks in page.shown] == shown
    assert len((await pocket.standings.of(ONE, BENI)).shown) == FACTS_PAGE


async def test_of_who_was_never_thanked_nothing_is_said_and_no_account_comes_of_asking(pocket: Pocket) -> None:
    page = await pocket.standings.of(ONE, BENI)
    assert (page.facts.received, page.facts.given, page.shown, page.pages) == (0, 0, (), 1)
    assert await pocket.standings.chains(ONE, BENI) == Standing(0, (), None)
    assert await pocket.rows("SELECT * FROM accounts") == []
