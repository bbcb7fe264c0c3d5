"""Sets that thank mostly each other: found with the few who let them in, told truly, and ended by one reversal."""

from collections import Counter
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.reputation.graph import Graph, Move, account_of
from bot.features.reputation.rings import (
    CUT_LIMIT,
    INSIDE_LEAST,
    MEMBERS_LEAST,
    PART_OF_ALL,
    SOURCES_LIMIT,
    STAYING_PERCENT,
    Ring,
    find_rings,
)

ZONE = ZoneInfo("UTC")
DAY = 86_400_000_000  # microseconds
SOURCES = range(1, 6)
HONEST = range(6, 46)
TOWNSPEOPLE = range(6, 126)  # enough that fifty are no third of all
ALTS = range(201, 251)
NEWCOMERS = range(301, 309)
FOUR = ALTS[:4]

Pair = tuple[int, int]


def circle(accounts: Sequence[int], steps: int = 5) -> list[Pair]:
    """Return that each of some accounts thanks the next few."""
    others = range(1, min(steps + 1, len(accounts)))
    return [(each, accounts[(n + step) % len(accounts)]) for n, each in enumerate(accounts) for step in others]


def community(honest: Sequence[int]) -> list[Pair]:
    """Return what honest members thanked each other, and what sources thanked each of them."""
    return [*circle(honest), *((SOURCES[member % len(SOURCES)], member) for member in honest)]


VILLAGE, TOWN = community(HONEST), community(TOWNSPEOPLE)


def moves_of(thanks: Iterable[Pair], sources: Iterable[int] = SOURCES) -> list[Move]:
    grants = [("source_granted", 0, source) for source in sources]
    entries = [*grants, *(("thanks", giver, receiver) for giver, receiver in thanks)]
    return [Move(number, *entry, None, number) for number, entry in enumerate(entries, 1)]


def rings_beside(community: Iterable[Pair], *thanks: Pair) -> list[Ring]:
    return find_rings(Graph(moves_of([*community, *thanks]), ZONE))


def reverse(moves: list[Move], rings: Iterable[Ring]) -> Graph:
    """Return the graph without any thanks from the cuts into the sets."""
    pairs = {pair for ring in rings for pair in ring.entering}
    taken = [move for move in moves if move.kind == "thanks" and (move.giver_id, move.receiver_id) in pairs]
    numbered = enumerate(taken, moves[-1].sequence + 1)
    more = [move._replace(sequence=number, kind="reversal", about=move.sequence) for number, move in numbered]
    return Graph([*moves, *more], ZONE)


# ── What is found ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("thanked_back", [False, True])
@pytest.mark.parametrize("newcomers", [NEWCOMERS[:0], NEWCOMERS])
def test_fifty_alts_of_a_polite_moderator_are_found_with_the_moderator(newcomers: range, thanked_back: bool) -> None:
    """Newcomers whom only the same moderator thanked are left alone."""
    polite = [(1, each) for each in (*ALTS, *newcomers)]
    back = [(alt, 1) for alt in ALTS if thanked_back]
    (ring,) = rings_beside(TOWN, *polite, *back, *circle(ALTS), *circle(newcomers, 1))
    assert (ring.cut, ring.members) == ((1,), tuple(ALTS))
    assert ring.entering == tuple((1, alt) for alt in ALTS)
    assert (ring.inside, ring.given) == (250, 250 + len(back))


@pytest.mark.parametrize("sources", [SOURCES, SOURCES[:2], SOURCES[:1]])
def test_fifty_alts_behind_two_members_are_found_with_the_two(sources: range) -> None:
    """Even where all that the two have, and everybody has, comes from one source."""
    thanks = [(giver, alt) for giver in (7, 8) for alt in ALTS]
    (ring,) = find_rings(Graph(moves_of([*TOWN, *thanks, *circle(ALTS)], sources), ZONE))
    assert (ring.cut, ring.members) == ((7, 8), tuple(ALTS))
    assert ring.entering == tuple(thanks)


def test_a_ring_of_eight_is_found_with_those_who_thanked_two_of_it() -> None:
    eight = ALTS[:8]
    (ring,) = rings_beside(VILLAGE, (7, eight[0]), (8, eight[1]), *circle(eight, 7))
    assert ring == Ring((7, 8), tuple(eight), ((7, eight[0]), (8, eight[1])), 56, 56)


def test_a_set_that_three_let_in_is_found_and_one_that_four_let_in_is_not() -> None:
    entries = [(giver, alt) for giver in (7, 8, 9) for alt in FOUR]
    assert [ring.cut for ring in rings_beside(VILLAGE, *entries, *circle(FOUR))] == [(7, 8, 9)]
    assert rings_beside(VILLAGE, *entries, *((10, alt) for alt in FOUR), *circle(FOUR)) == []


@pytest.mark.parametrize(("sources", "is_found"), [(0, True), (1, True), (2, False), (3, False)])
def test_no_more_than_one_of_those_who_let_a_set_in_is_a_source(sources: int, is_found: bool) -> None:
    givers = [*SOURCES[:sources], *HONEST[sources:CUT_LIMIT]]
    rings = rings_beside(VILLAGE, *((giver, alt) for giver in givers for alt in FOUR), *circle(FOUR))
    assert [ring.cut for ring in rings] == ([tuple(givers)] if is_found else [])


@pytest.mark.parametrize("honest_ones", [0, 1])
def test_who_belongs_to_a_set_may_be_thanked_by_it(honest_ones: int) -> None:
    """Two whom many thanked lead it, and thank nobody else; once they thank others enough, they are outside."""
    leaders, alts = (95, 96), ALTS[:10]
    known = [(giver, leader) for giver in HONEST[:6] for leader in leaders]
    mutual = [pair for leader in leaders for alt in alts for pair in ((leader, alt), (alt, leader))]
    others = [(leader, member) for leader in leaders for member in HONEST[: 8 * honest_ones]]
    rings = rings_beside([*VILLAGE, *known], *mutual, *circle(alts, 1), *others)
    if honest_ones:
        assert rings == []
    else:
        assert [(ring.cut, ring.members) for ring in rings] == [(leaders, tuple(alts))]
        assert (rings[0].inside, rings[0].given) == (30, 30)


def test_whoever_was_thanked_by_an_alt_and_by_nobody_else_is_not_shown_with_them() -> None:
    (ring,) = rings_beside(TOWN, *((1, alt) for alt in ALTS), *circle(ALTS), (ALTS[0], 301), (301, 7))
    assert ring.members == tuple(ALTS)
    assert (ring.inside, ring.given) == (250, 251)


def test_honest_members_who_touch_a_ring_are_not_shown_with_it() -> None:
    """All that the four have comes from one member, and so all that the ring has; but they mostly thank others."""
    eight, four = ALTS[:8], NEWCOMERS[:4]
    ways = [
        (7, four[0]),
        (four[0], four[1]),
        (four[1], eight[0]),
        (7, four[2]),
        (four[2], four[3]),
        (four[3], eight[1]),
    ]
    others = [(each, 8 + step) for each in four for step in (1, 2)]
    (ring,) = rings_beside(VILLAGE, *ways, *others, *circle(eight, 7))
    assert (ring.cut, ring.members) == ((four[1], four[3]), tuple(eight))


def test_several_sets_are_told_apart_the_largest_first() -> None:
    small, large = ALTS[:5], ALTS[10:18]
    rings = rings_beside(
        VILLAGE, *((1, alt) for alt in small), *((1, alt) for alt in large), *circle(small), *circle(large)
    )
    assert [ring.members for ring in rings] == [tuple(large), tuple(small)]


@pytest.mark.parametrize(
    ("moves", "entered"),
    [
        ([("thanks", 5, alt, None, 0) for alt in FOUR], [(5, alt) for alt in FOUR]),
        ([("thanks", 5, alt, None, 3) for alt in FOUR], []),  # by the member whom the source became, and nobody thanked
        (
            [
                *(("thanks", 5, alt, None, 0) for alt in FOUR[:2]),
                ("thanks", 6, 5, None, 3),
                ("thanks", 5, FOUR[2], None, 4),
            ],
            [(5, alt) for alt in FOUR[:3]],
        ),
    ],
)
def test_a_source_that_stepped_down_is_cut_whole(
    moves: list[tuple[str, int, int, None, int]], entered: list[Pair]
) -> None:
    entries = [*moves_of([*VILLAGE, *circle(FOUR)])]
    ended = Move(len(entries) + 1, "source_ended", 0, 5, 5, DAY)
    entries.append(ended)
    for kind, giver, receiver, about, day in moves:
        entries.append(Move(len(entries) + 1, kind, giver, receiver, about, day * DAY))
    rings = find_rings(Graph(entries, ZONE))
    assert [(ring.cut, list(ring.entering)) for ring in rings] == ([((5,), entered)] if entered else [])
    assert all(reverse(entries, rings).chains(alt) == 0 for alt in FOUR)


# ── What is left alone ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_community_is_left_alone() -> None:
    assert rings_beside(VILLAGE) == []
    assert rings_beside([]) == []


def test_a_set_that_nobody_outside_thanked_has_no_chains_and_is_left_alone() -> None:
    assert rings_beside(VILLAGE, *circle(ALTS), (ALTS[0], 7)) == []


@given(
    st.lists(st.sampled_from(HONEST), min_size=1, max_size=3, unique=True),
    st.lists(
        st.lists(st.sampled_from((*SOURCES, *HONEST)), min_size=2, max_size=6, unique=True), min_size=6, max_size=6
    ),
    st.lists(st.integers(0, 5), min_size=1, max_size=8),
)
def test_six_friends_who_also_thank_others_are_left_alone(
    known_by: list[int], others: list[list[int]], friends: list[int]
) -> None:
    six = ALTS[:6]
    entries = [(giver, six[friend]) for giver in known_by for friend in friends]
    leaving = [(six[n], other) for n, each in enumerate(others) for other in each]
    assert rings_beside(VILLAGE, *entries, *circle(six), *leaving) == []


@pytest.mark.parametrize(
    ("members", "thanks", "is_found"),
    [
        (FOUR, [*circle(FOUR, 2), (201, 202), (202, 203)], True),
        (FOUR, [*circle(FOUR, 2), (201, 202)], False),  # nine inside
        (FOUR, [*circle(FOUR), (201, 6), (202, 7), (203, 8)], True),  # 12 of 15
        (FOUR, [*circle(FOUR), (201, 6), (202, 7), (203, 8), (204, 9)], False),  # 12 of 16
        (FOUR[:3], circle(FOUR[:3]) * 4, False),
        (ALTS[:22], circle(ALTS[:22]), True),  # of 67 accounts
        (ALTS[:26], circle(ALTS[:26]), False),  # of 71, and still too many if two of them count as part of the cut
    ],
)
def test_what_is_a_set_keeps_to_the_limits(members: Sequence[int], thanks: list[Pair], is_found: bool) -> None:
    rings = rings_beside(VILLAGE, *((1, each) for each in members), *thanks)
    assert [ring.members for ring in rings] == ([tuple(members)] if is_found else [])


# ── What holds whatever happened ───────────────────────────────────────────────────────────────────────────────────


@st.composite
def planted(draw: st.DrawFn) -> tuple[Sequence[int], list[Pair]]:
    """Draw a set beside the community that one to three let in, with what it thanks inside and, a little, outside."""
    alts = ALTS[: draw(st.integers(MEMBERS_LEAST, 20))]
    alt, known = st.sampled_from(alts), st.sampled_from((*SOURCES, *HONEST))
    members = st.lists(st.sampled_from(HONEST), min_size=1, max_size=CUT_LIMIT - SOURCES_LIMIT, unique=True)
    givers = [*draw(members), *draw(st.lists(st.sampled_from(SOURCES), max_size=SOURCES_LIMIT))]
    entering = [(giver, each) for giver in givers for each in draw(st.lists(alt, min_size=1, unique=True))]
    inside = [*circle(alts, 3), *(pair for pair in draw(st.lists(st.tuples(alt, alt))) if pair[0] != pair[1])]
    leaving = draw(st.lists(st.tuples(alt, known), max_size=len(inside) // 4))
    return alts, draw(st.permutations([*entering, *inside, *leaving]))


@given(planted())
def test_a_set_is_found_whoever_let_it_in(case: tuple[Sequence[int], list[Pair]]) -> None:
    """Where all comes through some of its own, these may be the cut: they stand in it then, not in the set."""
    alts, thanks = case
    rings = rings_beside(VILLAGE, *thanks)
    assert rings
    assert {member for ring in rings for member in ring.members} <= set(alts)
    assert {each for ring in rings for each in (*ring.members, *ring.cut)} >= set(alts)


@given(planted(), st.data())
def test_the_order_of_the_thanks_makes_no_difference(
    case: tuple[Sequence[int], list[Pair]], data: st.DataObject
) -> None:
    _, thanks = case
    assert rings_beside(VILLAGE, *thanks) == rings_beside(data.draw(st.permutations(thanks)), *VILLAGE)


@st.composite
def loose_histories(draw: st.DrawFn) -> list[Move]:
    """Draw two or three circles that know each other a little, and sources of whom some step down on the way."""
    crowd = range(1, 25)
    circles = [crowd[:6], crowd[6:12], crowd[12:]]
    pairs = st.sampled_from(circles).flatmap(lambda each: st.tuples(st.sampled_from(each), st.sampled_from(each)))
    across = st.tuples(st.sampled_from(crowd), st.sampled_from(crowd))
    thanks = [*draw(st.lists(pairs, min_size=60, max_size=90)), *draw(st.lists(across, max_size=8))]
    sources = draw(st.lists(st.sampled_from(crowd), min_size=1, max_size=4, unique=True))
    moves = moves_of((pair for pair in draw(st.permutations(thanks)) if pair[0] != pair[1]), sources)
    for grant in draw(st.lists(st.integers(1, len(sources)), max_size=2, unique=True)):
        moves.append(Move(len(moves) + 1, "source_ended", 0, sources[grant - 1], grant, 30 * DAY))
    later = draw(st.lists(pairs, max_size=20))
    return [
        *moves,
        *(
            Move(len(moves) + n, "thanks", *pair, None, 40 * DAY)
            for n, pair in enumerate(later, 1)
            if pair[0] != pair[1]
        ),
    ]


@given(loose_histories())
def test_what_is_shown_is_true(moves: list[Move]) -> None:
    graph = Graph(moves, ZONE)
    rings = find_rings(graph)
    members = [member for ring in rings for member in ring.members]
    assert len(members) == len(set(members))
    assert [len(ring.members) for ring in rings] == sorted((len(ring.members) for ring in rings), reverse=True)
    assert all(graph.chains(member) for member in members)
    for ring in rings:
        assert_is_a_set(ring, graph)
        assert_is_entered_by_its_cut_alone(ring, graph)
        without = reverse(moves, [ring])
        assert not any(without.chains(member) for member in ring.members)


def assert_is_a_set(ring: Ring, graph: Graph) -> None:
    thanks: Counter[Pair] = Counter()
    for giver, receiver, count in graph.arrows():
        thanks[account_of(giver), account_of(receiver)] += count
    everybody = {each for pair in thanks for each in pair}.union(map(account_of, graph.sources))
    assert len(ring.members) >= MEMBERS_LEAST
    assert PART_OF_ALL * len(ring.members) < len(everybody)
    assert everybody.issuperset(ring.members)
    assert ring.given == sum(count for (giver, _), count in thanks.items() if giver in ring.members)
    own = {*ring.members, *belonging(ring, graph, thanks)}
    assert ring.inside == sum(thanks[pair] for pair in thanks if pair[0] in ring.members and pair[1] in own)
    assert ring.inside >= INSIDE_LEAST
    assert ring.inside * 100 >= ring.given * STAYING_PERCENT


def belonging(ring: Ring, graph: Graph, thanks: Counter[Pair]) -> set[int]:
    cut = set(ring.cut).difference(map(account_of, graph.sources))
    given = {each: sum(count for (giver, _), count in thanks.items() if giver == each) for each in cut}
    own = {each: sum(thanks[each, other] for other in (*ring.members, *cut)) for each in cut}
    return {each for each in cut if own[each] * 100 >= given[each] * STAYING_PERCENT}


def assert_is_entered_by_its_cut_alone(ring: Ring, graph: Graph) -> None:
    arrows = {(giver, account_of(receiver)) for giver, receiver, _ in graph.arrows()}
    let_in = {giver for giver, receiver in arrows if receiver in ring.members and account_of(giver) not in ring.members}
    assert {account_of(giver) for giver in let_in if giver in graph.sources or graph.chains(giver)} <= set(ring.cut)
    assert 1 <= len(ring.cut) <= CUT_LIMIT
    assert set(ring.cut).isdisjoint(ring.members)
    assert len(set(ring.cut).intersection(map(account_of, graph.sources))) <= SOURCES_LIMIT
    assert set(ring.entering) == {
        (account_of(giver), receiver)
        for giver, receiver in arrows
        if account_of(giver) in ring.cut and receiver in ring.members
    }
    assert {giver for giver, _ in ring.entering} == set(ring.cut)


def test_a_ring_that_comes_in_threes_behind_the_same_two_is_one() -> None:
    threes = [ALTS[first : first + 3] for first in range(0, 12, 3)]
    ways = [pair for three in threes for pair in ((7, three[0]), (8, three[1]), *circle(three))]
    (ring,) = rings_beside(TOWN, *ways)
    assert (ring.cut, ring.members) == ((7, 8), tuple(ALTS[:12]))
