"""An ask that nobody answers is never without a next step, and none of its steps waits for another that is far away."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.peer_help.ladder import (
    CALL,
    DAILY,
    FIRST_WORD,
    GRACE,
    LIST,
    NEXT_ROUND,
    NEXT_WORD,
    ROUNDS,
    Climb,
    Rung,
    after_asking,
    after_calling,
    after_replacing,
    given_up_from,
    next_rung,
    silent_from,
)
from bot.kernel.hours import Hours

TOKYO = ZoneInfo("Asia/Tokyo")
DAY = Hours(TOKYO, 0, 7)
EVENING = datetime(2026, 3, 2, 22, tzinfo=TOKYO)  # a Monday
NOON = datetime(2026, 3, 2, 12, tzinfo=TOKYO)
HOUR = timedelta(hours=1)

hours = st.integers(0, 23)
zones = st.sampled_from((TOKYO, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")))
days = st.builds(Hours, zones, hours, hours)  # of a server: none of its days is off
wishes = st.builds(Hours, zones, hours, hours, st.frozensets(st.integers(0, 6)))
minutes = st.integers(0, 365 * 24 * 60)
moments = minutes.map(lambda into: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=into))  # a year with its DST

Search = tuple[int, timedelta | None, list[Hours], int]  # asked, when another can be, their hours, and who passes


@st.composite
def searches(draw: st.DrawFn) -> Search:
    """What comes of looking for helpers."""
    asked = draw(st.integers(0, 3))
    again = draw(st.none() | st.integers(1, 24 * 9).map(lambda later: later * HOUR))
    return asked, again, draw(st.lists(wishes, min_size=asked, max_size=asked)), draw(st.integers(0, asked))


def climbed(begun_at: datetime, day: Hours, found: list[Search]) -> list[tuple[Rung, datetime, Climb]]:
    """Return all steps of an ask that nobody answers, and how far each of them brought it."""
    climb, now, in_round, again_at = Climb(begun_at), begun_at, list[Hours](), None
    steps = []
    for asked, again, their_hours, passing in found:
        rung, moment = next_rung(climb, day, in_round, again_at)
        now = max(now, moment)
        before = climb
        if rung is Rung.CALL:
            climb = after_calling(climb, now, is_heard=True)
        elif rung is Rung.LIST:
            climb = replace(climb, listed_at=now)
        elif rung is Rung.REPLACE:
            climb, in_round = after_replacing(climb, asked), in_round + their_hours
        else:
            climb = after_asking(climb, now, asked, None if again is None else now + again, day)
            in_round = their_hours or in_round
            again_at = now + again if climb == before and again is not None else None
        steps.append((rung, now, climb))
        if rung is Rung.INVITE and asked:
            climb = replace(climb, declined=passing)
    return steps


histories = st.lists(searches(), min_size=36, max_size=36)


@given(moments, days, histories)
def test_the_channel_hears_in_time_and_moderators_after_a_day_by_the_clock(
    begun_at: datetime, day: Hours, found: list[Search]
) -> None:
    steps = climbed(begun_at, day, found)
    called = next(now for rung, now, _ in steps if rung is Rung.CALL)
    listed = next(now for rung, now, _ in steps if rung is Rung.LIST)
    assert called <= (day.after(begun_at, CALL) or begun_at + CALL)
    assert listed == begun_at + LIST


@given(moments, days, histories)
def test_nobody_is_asked_or_called_before_the_server_is_awake(
    begun_at: datetime, day: Hours, found: list[Search]
) -> None:
    awake_at = day.first_awake(begun_at) or begun_at
    for rung, now, _ in climbed(begun_at, day, found):
        assert now >= awake_at or rung is Rung.LIST


@given(moments, days, histories)
def test_no_step_takes_anything_back(begun_at: datetime, day: Hours, found: list[Search]) -> None:
    before = Climb(begun_at)
    for _, _, climb in climbed(begun_at, day, found):
        assert climb.rounds >= before.rounds
        assert climb.hurries >= before.hurries
        assert 0 <= climb.missing <= climb.invited
        assert before.called_at in {None, climb.called_at}
        assert before.listed_at in {None, climb.listed_at}
        before = climb


@given(moments, days, histories)
def test_once_listed_helpers_are_looked_for_about_once_a_day(
    begun_at: datetime, day: Hours, found: list[Search]
) -> None:
    steps = climbed(begun_at, day, found)
    settled = next(place for place, (_, _, climb) in enumerate(steps) if climb.listed_at and climb.called_at)
    rounds = [now for rung, now, _ in steps[settled + 1 :] if rung is Rung.INVITE]
    assert rounds
    for earlier, later in itertools.pairwise(rounds):
        assert DAILY <= later - earlier <= DAILY + timedelta(hours=25)  # of which one more on a DST night


def test_the_first_day_of_an_ask_in_the_evening() -> None:
    climb = Climb(EVENING)
    assert next_rung(climb, DAY) == (Rung.INVITE, EVENING)
    climb = after_asking(climb, EVENING, 3, None, DAY)
    early = Hours(TOKYO, 22, 6)
    assert next_rung(climb, DAY, [DAY, early]) == (Rung.INVITE, EVENING + NEXT_ROUND)
    assert next_rung(climb, DAY, [early]) == (Rung.INVITE, EVENING + 10 * HOUR)  # 8 in the morning
    climb = after_asking(climb, EVENING + 10 * HOUR, 3, None, DAY)
    assert climb.rounds == ROUNDS
    assert next_rung(climb, DAY, [DAY]) == (Rung.CALL, EVENING + 19 * HOUR)  # 12 waking hours: 2 and 10
    climb = after_calling(climb, EVENING + 19 * HOUR, is_heard=True)
    assert next_rung(climb, DAY, [DAY]) == (Rung.LIST, EVENING + LIST)
    climb = replace(climb, listed_at=EVENING + LIST)
    assert next_rung(climb, DAY, [DAY]) == (Rung.INVITE, EVENING + LIST + DAILY)


def test_the_channel_does_not_wait_for_a_helper_who_is_away_for_days() -> None:
    only_mondays = Hours(TOKYO, 23, 7, frozenset(range(1, 7)))
    climb = after_asking(Climb(EVENING), EVENING, 1, None, DAY)
    assert next_rung(climb, DAY, [only_mondays]) == (Rung.CALL, EVENING + 19 * HOUR)


def test_moderators_do_not_wait_for_a_server_that_is_awake_for_few_hours() -> None:
    office = Hours(TOKYO, 18, 9)
    climb = replace(Climb(NOON), rounds=ROUNDS, round_at=NOON)
    assert office.after(NOON, CALL) > NOON + LIST  # type: ignore[operator]  # it is awake at times
    assert next_rung(climb, office) == (Rung.LIST, NOON + LIST)


@pytest.mark.parametrize("again_at", [None, NOON + 13 * HOUR])
def test_where_nobody_can_be_asked_soon_the_channel_hears_at_once(again_at: datetime | None) -> None:
    climb = after_asking(Climb(NOON), NOON, 0, again_at, DAY)
    assert climb.hurries
    assert next_rung(climb, DAY) == (Rung.CALL, NOON)


def test_where_somebody_can_be_asked_soon_they_are_waited_for() -> None:
    assert after_asking(Climb(NOON), NOON, 0, NOON + HOUR, DAY) == Climb(NOON)


def test_who_is_named_comes_first_and_the_rounds_begin_after_them() -> None:
    climb = Climb(NOON, names_one=True)
    assert next_rung(climb, DAY) == (Rung.FIRST, NOON)
    asked = after_asking(climb, NOON, 1, None, DAY)
    assert next_rung(asked, DAY, [DAY]) == (Rung.INVITE, NOON + NEXT_ROUND)
    nobody = after_asking(climb, NOON, 0, None, DAY)
    assert next_rung(nobody, DAY) == (Rung.INVITE, NOON)


def test_who_passes_is_replaced_at_once_and_when_all_have_the_channel_hears() -> None:
    climb = replace(after_asking(Climb(NOON), NOON, 3, None, DAY), declined=1)
    assert next_rung(climb, DAY, [DAY]) == (Rung.REPLACE, NOON)
    climb = after_replacing(climb, 1)
    assert (climb.invited, climb.missing) == (4, 0)
    assert next_rung(climb, DAY, [DAY]) == (Rung.INVITE, NOON + NEXT_ROUND)
    climb = after_replacing(replace(climb, declined=4), 0)
    assert next_rung(climb, DAY, [DAY]) == (Rung.CALL, NOON)


def test_without_a_helpers_channel_moderators_are_next_at_once() -> None:
    assert after_calling(Climb(NOON), NOON, is_heard=False).listed_at == NOON
    assert after_calling(Climb(NOON), NOON, is_heard=True).listed_at is None


@given(moments, wishes, st.integers(0, 72), st.none() | st.integers(-72, 72))
def test_a_silence_is_counted_in_the_helpers_waking_hours(
    came_at: datetime, day: Hours, since: int, spoke: int | None
) -> None:
    turn_since, spoke_at = came_at + since * HOUR, None if spoke is None else came_at + spoke * HOUR
    silent = silent_from(came_at, spoke_at, turn_since, day)
    span = NEXT_WORD if spoke is not None and spoke >= 0 else FIRST_WORD
    assert silent == (day.after(turn_since, span) or turn_since + span)
    assert given_up_from(silent, day) >= silent + GRACE
