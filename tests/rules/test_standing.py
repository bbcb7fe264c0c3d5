"""Standing: what chains of thanks come to, however a history was written down, and what nobody can farm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.reputation.graph import CHAINS_EACH, CHAINS_LIMIT, Flow, Graph, Move, end_of_day

TOKYO, BERLIN, HAVANA = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/Havana")
ZONES = st.sampled_from((TOKYO, BERLIN, HAVANA, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
FIRST_DAY = date(2026, 10, 23)  # clocks change in each of the zones within some days, but in Tokyo
ACCOUNTS = range(1, 9)
ANY = 100  # chains: more than there are

T = TypeVar("T")
accounts = st.sampled_from(ACCOUNTS)
pairs = st.tuples(accounts, accounts).filter(lambda pair: pair[0] != pair[1])


@dataclass(frozen=True)
class Event:
    """An entry before it has a number: ``about`` is the place in the history of the one that it is about."""

    day: int
    kind: str
    giver: int
    receiver: int
    about: int | None = None


def micros(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def day_of(micros: int, zone: ZoneInfo) -> date:
    return (EPOCH + micros * MICROSECOND).astimezone(zone).date()


def moves_of(events: Sequence[Event], zone: ZoneInfo, order: Sequence[int] | None = None) -> list[Move]:
    """Write events down in an ``order``, those of a day spread over all of it."""
    order = range(len(events)) if order is None else order
    begins = [micros(datetime.combine(FIRST_DAY + timedelta(days=day), time(), zone)) for day in range(70)]
    moves: dict[int, Move] = {}
    for number, place in enumerate(order, 1):
        event = events[place]
        begin, end = begins[event.day : event.day + 2]
        at = begin + (end - begin) * number // (len(events) + 1)
        subject = None if event.about is None else moves[event.about]
        if event.kind == "reversal" and subject is not None:
            at = subject.given_at
        about = None if subject is None else subject.sequence
        moves[place] = Move(number, event.kind, event.giver, event.receiver, about, at)
    return list(moves.values())


def many(each: st.SearchStrategy[T]) -> st.SearchStrategy[list[T]]:
    """Draw as many as a graph needs to have something to say; by itself, hypothesis draws half a dozen."""
    return st.sampled_from((40, 60, 20, 5)).flatmap(lambda size: st.lists(each, min_size=size, max_size=size))


@st.composite
def histories(draw: st.DrawFn, *, without: Iterable[str] = ()) -> list[Event]:
    """Draw what may happen in a server over some days; events of a kind in ``without`` don't."""
    kinds = [*["thanks"] * 20, "source_granted", "reversal", "source_ended", "source_annulled"]
    kinds = [kind for kind in kinds if kind not in without]
    events = [Event(0, "source_granted", 0, source) for source in draw(st.lists(accounts, max_size=4, unique=True))]
    steps = st.tuples(st.sampled_from(kinds), pairs, st.sampled_from((0, 0, 0, 1)), st.integers(0, 99))
    for kind, (giver, receiver), days, which in draw(many(steps)):
        day = (events[-1].day if events else 0) + days
        if kind == "source_granted":
            events.append(Event(day, kind, 0, receiver))
        elif kind == "thanks":
            events.append(Event(day, kind, giver, receiver))
        elif subjects := open_subjects(events, kind):
            about = subjects[which % len(subjects)]
            events.append(Event(day, kind, events[about].giver, events[about].receiver, about))
    return events


def open_subjects(events: Sequence[Event], kind: str) -> list[int]:
    """Return which events one of a kind can be about: each is reversed, ended and annulled once."""
    of = "thanks" if kind == "reversal" else "source_granted"
    taken = {event.about for event in events if event.kind == kind}
    return [place for place, event in enumerate(events) if event.kind == of and place not in taken]


def graph_of(sources: Iterable[int], thanks: Iterable[tuple[int, int]]) -> Graph:
    """Return the graph of some sources and thanks of one day."""
    events = [Event(0, "source_granted", 0, source) for source in sources]
    return Graph(moves_of([*events, *(Event(0, "thanks", *pair) for pair in thanks)], TOKYO), TOKYO)


def standing(graph: Graph) -> dict[int, int]:
    return {account: graph.chains(account, ANY) for account in ACCOUNTS}


Node = tuple[str, int]


def as_told(events: Sequence[Event]) -> tuple[set[Node], set[tuple[Node, Node]]]:
    """Return sources and arrows as the specification tells of them, day by day; who stepped down is two."""
    subjects = {(event.kind, event.about): event.day for event in events if event.about is not None}
    grants = {
        place: (event.receiver, subjects.get(("source_ended", place)))
        for place, event in enumerate(events)
        if event.kind == "source_granted" and ("source_annulled", place) not in subjects
    }
    active = {account for account, ended in grants.values() if ended is None}
    was: dict[int, int] = {}
    for account, ended in grants.values():
        if ended is not None and account not in active:
            was[account] = max(ended, was.get(account, 0))

    def node(account: int, day: int) -> Node:
        return ("source that was", account) if day <= was.get(account, -1) else ("account", account)

    arrows = {
        (node(event.giver, event.day), node(event.receiver, event.day))
        for place, event in enumerate(events)
        if event.kind == "thanks" and ("reversal", place) not in subjects
    }
    return {("account", each) for each in active} | {("source that was", each) for each in was}, arrows


def most_by_networkx(sources: set[Node], arrows: set[tuple[Node, Node]], target: int) -> int:
    """Return the maximum flow to a target, everybody on the way with room for one chain, and a source for two."""
    net, end = nx.DiGraph(), ("account", target)
    for node in {each for arrow in arrows for each in arrow} | sources:
        net.add_edge((node, "in"), (node, "out"), capacity=CHAINS_EACH if node in sources else 1)
    net.add_edges_from((("all", (node, "in")) for node in sources), capacity=CHAINS_EACH)
    net.add_edges_from((((giver, "out"), (receiver, "in")) for giver, receiver in arrows), capacity=1)
    net.add_nodes_from(("all", (end, "in")))
    if end in sources:
        net.remove_edge("all", (end, "in"))
    value: int = nx.maximum_flow_value(net, "all", (end, "in"))
    return value


# ── What chains are ────────────────────────────────────────────────────────────────────────────────────────────────


@given(histories(), ZONES, accounts)
def test_the_number_is_the_maximum_flow(events: list[Event], zone: ZoneInfo, target: int) -> None:
    graph = Graph(moves_of(events, zone), zone)
    most = most_by_networkx(*as_told(events), target)
    assert graph.chains(target, ANY) == most
    assert graph.chains(target) == min(most, CHAINS_LIMIT)


@given(histories(), ZONES, accounts)
def test_the_last_givers_thanked_one_and_are_as_many_as_the_chains(
    events: list[Event], zone: ZoneInfo, target: int
) -> None:
    graph = Graph(moves_of(events, zone), zone)
    last = graph.last_givers(target)
    _, arrows = as_told(events)
    assert len(last) == graph.chains(target)
    assert set(last) <= {giver[1] for giver, receiver in arrows if receiver == ("account", target)}


@given(st.frozensets(accounts, max_size=4), many(pairs), accounts)
def test_a_cut_has_one_account_for_each_chain_and_parts_who_is_behind_it(
    sources: frozenset[int], thanks: list[tuple[int, int]], target: int
) -> None:
    graph = graph_of(sources - {target}, thanks)
    flow = Flow(graph.givers, dict.fromkeys(graph.sources, 1), (target,))
    while flow.augment():
        pass
    assert len(flow.cut()) == flow.count
    assert target in flow.behind()
    assert flow.behind().isdisjoint(sources - {target})
    givers = {giver for giver, receiver in thanks if receiver in flow.behind()}
    assert givers <= flow.behind() | flow.cut()


@pytest.mark.parametrize(
    ("sources", "thanks", "target", "expected"),
    [
        ([], [(1, 2), (2, 3)], 3, 0),
        ([1], [(1, 2)], 2, 1),  # direct
        ([1], [(1, 2), (1, 2), (1, 2)], 2, 1),
        ([1], [(1, 2), (2, 3), (3, 4)], 4, 1),
        ([1], [(1, 2), (1, 3), (3, 2)], 2, 2),  # directly, and by somebody else
        ([1], [(1, 2), (1, 3), (1, 4), (2, 5), (3, 5), (4, 5)], 5, 2),  # two at most begin at one source
        ([1, 2], [(1, 3), (2, 3), (3, 4)], 4, 1),  # all pass through 3
        ([1, 2], [(1, 2), (2, 3)], 3, 1),  # a chain through another source is one of that source
        ([1, 2], [(1, 3), (2, 3), (2, 4), (4, 3)], 3, 3),
        ([1, 2, 3], [(1, 4), (1, 5), (2, 5), (2, 6), (4, 9), (5, 9), (6, 9), (3, 9)], 9, 4),
        ([1], [(2, 1), (1, 2)], 1, 0),  # none leads back to where it began
        ([1, 2], [(2, 1)], 1, 1),
        ([1, 2], [(1, 3), (1, 4), (3, 5), (4, 6), (3, 6), (2, 3), (5, 9), (6, 9)], 9, 2),  # the first is led elsewhere
        (
            [1, 2],  # the first passes 3, 4 and 5: it is led off at 3, and the second comes in at 5
            [(1, 3), (3, 4), (4, 5), (5, 9), (3, 6), (6, 7), (7, 8), (8, 9), (2, 11), (11, 12), (12, 13), (13, 5)],
            9,
            2,
        ),
        ([1, 2, 3, 4, 5, 6], [(1, 9), (2, 9), (3, 9), (4, 9), (5, 9), (6, 9)], 9, 5),
    ],
)
def test_chains_are_separate_and_begin_at_sources(
    sources: list[int], thanks: list[tuple[int, int]], target: int, expected: int
) -> None:
    assert graph_of(sources, thanks).chains(target) == expected


# ── What nobody can farm ───────────────────────────────────────────────────────────────────────────────────────────


@given(histories(), ZONES, st.frozensets(accounts, min_size=1))
def test_no_group_raises_one_of_its_own_beyond_those_whom_others_thanked(
    events: list[Event], zone: ZoneInfo, group: frozenset[int]
) -> None:
    sources, arrows = as_told(events)
    group -= {account for _, account in sources}
    let_in = {receiver[1] for giver, receiver in arrows if receiver[1] in group and giver[1] not in group}
    graph = Graph(moves_of(events, zone), zone)
    assert all(graph.chains(account, ANY) <= len(let_in) for account in group - let_in)


@given(st.integers(1, 3), st.integers(5, 12))
def test_alts_reach_as_many_as_let_them_in_and_two_behind_one_moderator(entered: int, size: int) -> None:
    alts = range(100, 100 + size)
    among = [(giver, receiver) for giver in alts for receiver in alts if giver != receiver]
    known = [(1, 11), (2, 12), (3, 13), *zip(range(11, 11 + entered), alts, strict=False)]
    assert {graph_of([1, 2, 3], [*known, *among]).chains(alt, ANY) for alt in alts} == {entered}
    by_moderator = [(1, alt) for alt in alts]
    assert {graph_of([1, 2, 3], [*by_moderator, *among]).chains(alt, ANY) for alt in alts} == {CHAINS_EACH}


@given(histories(without=["source_ended"]), ZONES, st.integers(0, 99))
def test_a_second_thanks_of_the_same_giver_changes_nothing(events: list[Event], zone: ZoneInfo, which: int) -> None:
    reversed_ones = {event.about for event in events if event.kind == "reversal"}
    standing_ones = [
        event for place, event in enumerate(events) if event.kind == "thanks" and place not in reversed_ones
    ]
    if standing_ones:
        again = replace(standing_ones[which % len(standing_ones)], day=events[-1].day)
        graphs = Graph(moves_of(events, zone), zone), Graph(moves_of([*events, again], zone), zone)
        assert standing(graphs[0]) == standing(graphs[1])


@given(histories(), ZONES, pairs)
def test_a_further_giver_lowers_nobody(events: list[Event], zone: ZoneInfo, pair: tuple[int, int]) -> None:
    day = events[-1].day if events else 0
    before = standing(Graph(moves_of(events, zone), zone))
    after = standing(Graph(moves_of([*events, Event(day, "thanks", *pair)], zone), zone))
    assert all(after[account] >= before[account] for account in ACCOUNTS)


# ── What makes no difference ───────────────────────────────────────────────────────────────────────────────────────


@given(histories(), ZONES, st.data())
def test_the_order_of_the_entries_of_a_day_makes_no_difference(
    events: list[Event], zone: ZoneInfo, data: st.DataObject
) -> None:
    drawn = data.draw(st.lists(st.integers(0, 9), min_size=len(events), max_size=len(events)))
    keys: list[tuple[int, int]] = []
    for event, key in zip(events, drawn, strict=True):  # what is about another entry of the day comes after it
        keys.append(max((event.day, key), keys[event.about] if event.about is not None else (0, 0)))
    order = sorted(range(len(events)), key=lambda place: (keys[place], place))
    graphs = [Graph(moves_of(events, zone, each), zone) for each in (None, order)]
    assert standing(graphs[0]) == standing(graphs[1])
    assert list(graphs[0].arrows()) == list(graphs[1].arrows())
    assert graphs[0].sources == graphs[1].sources


@given(histories(), ZONES)
def test_reversed_thanks_and_annulled_grants_are_as_if_they_had_not_been(events: list[Event], zone: ZoneInfo) -> None:
    undone = {event.about for event in events if event.kind in {"reversal", "source_annulled"}}
    moves = moves_of(events, zone)
    gone = {moves[place].sequence for place in undone if place is not None}
    left = [move for move in moves if move.sequence not in gone and move.about not in gone]
    graphs = Graph(moves, zone), Graph(left, zone)
    assert standing(graphs[0]) == standing(graphs[1])
    assert list(graphs[0].arrows()) == list(graphs[1].arrows())


@given(histories(), ZONES, st.lists(st.integers(0, 60)))
def test_following_comes_to_the_same_as_folding_anew(events: list[Event], zone: ZoneInfo, stops: list[int]) -> None:
    moves = moves_of(events, zone)
    graph = Graph((), zone)
    for _, stop in pairwise([0, *sorted(stops), len(moves)]):
        if not graph.follow(moves[:stop]):  # those that it knows are left out
            assert any(move.kind.startswith("source") for move in moves[graph.sequence : stop])
            graph = Graph(moves[:stop], zone)
        anew = Graph(moves[:stop], zone)
        assert list(graph.arrows()) == list(anew.arrows())
        assert (graph.sources, graph.sequence, len(graph)) == (anew.sources, anew.sequence, len(anew))


@given(histories(), ZONES)
def test_arrows_count_the_thanks_that_stand(events: list[Event], zone: ZoneInfo) -> None:
    kinds = [event.kind for event in events]
    assert sum(count for *_, count in Graph(moves_of(events, zone), zone).arrows()) == kinds.count(
        "thanks"
    ) - kinds.count("reversal")


# ── Sources that come and go ───────────────────────────────────────────────────────────────────────────────────────


def at(text: str, zone: ZoneInfo) -> int:
    return micros(datetime.fromisoformat(text).replace(tzinfo=zone))


def granted(number: int, account: int) -> Move:
    return Move(number, "source_granted", 0, account, None, 0)


def thanked(number: int, giver: int, receiver: int, when: int) -> Move:
    return Move(number, "thanks", giver, receiver, None, when)


@pytest.mark.parametrize(
    ("zone", "stepped_down", "last", "first"),
    [
        (TOKYO, "2026-11-24T09:00", "2026-11-24T23:59:59.999999", "2026-11-25T00:00"),
        (BERLIN, "2026-03-29T01:30", "2026-03-29T23:59:59.999999", "2026-03-30T00:00"),  # 23 hours
        (BERLIN, "2026-10-25T02:30", "2026-10-25T23:59:59.999999", "2026-10-26T00:00"),  # 25 hours
        (HAVANA, "2026-03-07T12:00", "2026-03-07T23:59:59.999999", "2026-03-08T01:00"),  # there is no midnight
        (HAVANA, "2026-10-31T12:00", "2026-10-31T23:59:59.999999", "2026-11-01T00:00"),  # there are two
    ],
)
def test_what_a_source_gave_keeps_its_force_until_the_end_of_the_day_on_which_it_stepped_down(
    zone: ZoneInfo, stepped_down: str, last: str, first: str
) -> None:
    end = at(stepped_down, zone)
    assert end_of_day(end, zone) == at(last, zone)
    assert at(first, zone) == at(last, zone) + 1
    beginning = [granted(1, 1), thanked(2, 1, 2, end - 1), Move(3, "source_ended", 0, 1, 1, end)]
    graph = Graph([*beginning, thanked(4, 1, 3, at(last, zone)), thanked(5, 1, 4, at(first, zone))], zone)
    assert [graph.chains(account) for account in (2, 3, 4)] == [1, 1, 0]
    assert not graph.is_source(1)


@given(
    st.datetimes(datetime(2012, 1, 1), datetime(2039, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are naive by contract
    st.sampled_from(sorted(available_timezones())).map(ZoneInfo),
)
def test_a_day_ends_where_the_next_date_begins(moment: datetime, zone: ZoneInfo) -> None:
    end = end_of_day(micros(moment), zone)
    assert end >= micros(moment)
    assert day_of(end, zone) == moment.astimezone(zone).date() < day_of(end + 1, zone)


def test_somebody_who_stepped_down_counts_as_two() -> None:
    day = at("2026-11-24T12:00", TOKYO)
    later = day + 24 * 3600 * 10**6
    moves = [
        granted(1, 1),
        granted(2, 2),
        thanked(3, 1, 9, day),
        Move(4, "source_ended", 0, 1, 1, day),
        thanked(5, 2, 1, later),
    ]
    graph = Graph([*moves, thanked(6, 1, 9, later)], TOKYO)
    assert graph.chains(9) == 2
    assert graph.last_givers(9) == [1, 1]
    assert graph.chains(1) == 1
    assert Graph(moves, TOKYO).chains(9) == 1


def test_what_a_source_received_does_not_go_to_the_member_whom_it_became() -> None:
    day = at("2026-11-24T12:00", TOKYO)
    moves = [granted(1, 1), granted(2, 2), thanked(3, 2, 1, day), Move(4, "source_ended", 0, 1, 1, day)]
    assert Graph(moves[:3], TOKYO).chains(1) == 1
    assert Graph(moves, TOKYO).chains(1) == 0


def test_thanks_from_before_count_as_those_of_the_source_that_one_became() -> None:
    moves = [thanked(1, 1, 2, 5), Move(2, "source_granted", 0, 1, None, 10)]
    assert Graph(moves[:1], TOKYO).chains(2) == 0
    assert Graph(moves, TOKYO).chains(2) == 1


def test_who_is_named_again_is_one_again() -> None:
    days = [at(f"2026-11-{day}T12:00", TOKYO) for day in range(20, 27)]
    moves = [
        granted(1, 1),
        thanked(2, 1, 9, days[0]),
        Move(3, "source_ended", 0, 1, 1, days[1]),
        thanked(4, 1, 8, days[3]),
    ]
    assert [Graph(moves, TOKYO).chains(each) for each in (9, 8)] == [1, 0]
    moves += [Move(5, "source_granted", 0, 1, None, days[4]), thanked(6, 1, 9, days[4])]
    again = Graph(moves, TOKYO)
    assert [again.chains(each) for each in (9, 8)] == [1, 1]
    assert again.is_source(1)
    moves += [Move(7, "source_ended", 0, 1, 5, days[5]), thanked(8, 1, 7, days[6])]
    assert [Graph(moves, TOKYO).chains(each) for each in (9, 8, 7)] == [1, 1, 0]
    moves.append(Move(9, "source_annulled", 0, 1, 5, days[6]))
    assert [Graph(moves, TOKYO).chains(each) for each in (9, 8, 7)] == [1, 0, 0]


@pytest.mark.parametrize("is_ended", [False, True])
def test_an_annulled_grant_never_was(is_ended: bool) -> None:
    moves = [granted(1, 1), thanked(2, 1, 2, 5)]
    if is_ended:
        moves.append(Move(3, "source_ended", 0, 1, 1, 10))
    assert Graph(moves, TOKYO).chains(2) == 1
    graph = Graph([*moves, Move(4, "source_annulled", 0, 1, 1, 20)], TOKYO)
    assert graph.chains(2) == 0
    assert not graph.sources


def test_a_reversal_takes_back_what_was_given_as_a_source_even_when_they_are_none_any_more() -> None:
    day = at("2026-11-24T12:00", TOKYO)
    moves = [granted(1, 1), thanked(2, 1, 2, day), Move(3, "source_ended", 0, 1, 1, day)]
    graph = Graph(moves, TOKYO)
    assert graph.chains(2) == 1
    assert graph.follow([Move(4, "reversal", 1, 2, 2, day)])
    assert graph.chains(2) == 0
    assert len(graph) == 0


@pytest.mark.parametrize("kind", ["source_granted", "source_ended", "source_annulled"])
def test_a_graph_does_not_follow_where_sources_come_or_go(kind: str) -> None:
    graph = Graph([granted(1, 1)], TOKYO)
    assert not graph.follow([thanked(2, 1, 2, 5), Move(3, kind, 0, 1, 1, 10), thanked(4, 1, 3, 11)])
    assert graph.sequence == 2
