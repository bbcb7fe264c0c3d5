"""Whom the bot asks, and when: never outside their hours, never beyond their number, never across a distance."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.members.reach import (
    INBOX_FRESH,
    WEEK,
    Candidate,
    Part,
    Preferences,
    Way,
    first_moment,
    whom_to_ask,
)

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 11, 24, 12, tzinfo=TOKYO).astimezone(UTC)  # a Tuesday
NEWCOMER = 1
HOUR = timedelta(hours=1)
ANYBODY = Candidate(7, Preferences(TOKYO), Way.DM)


def with_choice(**changes: object) -> Candidate:
    return replace(ANYBODY, preferences=replace(ANYBODY.preferences, **changes))  # type: ignore[arg-type]  # fields by name


def candidates(member_id: int) -> st.SearchStrategy[Candidate]:
    hour, ago = st.integers(0, 23), st.integers(0, 24 * 30)
    preferences = st.builds(
        Preferences,
        zone=st.sampled_from((TOKYO, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"))),
        quiet_from=hour,
        quiet_to=hour,
        days_off=st.frozensets(st.integers(0, 6)),
        asked_when=st.sampled_from(Part),
        weekly_number=st.integers(0, 7),
        rests_until=st.none() | st.integers(-48, 400).map(lambda hours: NOON + hours * HOUR),
    )
    return st.builds(
        Candidate,
        member_id=st.just(member_id),
        preferences=preferences,
        way=st.none() | st.sampled_from(Way),
        takes_dms=st.booleans(),
        inbox_opened_at=st.none() | ago.map(lambda hours: NOON - hours * HOUR),
        asked_at=st.lists(ago.map(lambda hours: NOON - hours * HOUR), max_size=9).map(tuple),
        distant=st.frozensets(st.integers(0, 5)),
        is_held=st.booleans(),
    )


crowds = st.integers(0, 12).flatmap(lambda size: st.tuples(*(candidates(10 + each) for each in range(size))))


@pytest.mark.parametrize(
    ("candidate", "may"),
    [
        (ANYBODY, True),
        (replace(ANYBODY, way=None), False),
        (replace(ANYBODY, takes_dms=False), False),
        (replace(ANYBODY, takes_dms=False, inbox_opened_at=NOON - INBOX_FRESH + HOUR), True),
        (replace(ANYBODY, way=Way.INBOX), False),
        (replace(ANYBODY, way=Way.INBOX, inbox_opened_at=NOON - HOUR), True),
        (replace(ANYBODY, way=Way.INBOX, inbox_opened_at=NOON - INBOX_FRESH), False),
        (replace(ANYBODY, distant=frozenset({NEWCOMER})), False),
        (replace(ANYBODY, distant=frozenset({3})), True),
        (replace(ANYBODY, is_held=True), False),
        (replace(ANYBODY, member_id=NEWCOMER), False),
        (replace(ANYBODY, asked_at=(NOON - HOUR, NOON - HOUR)), False),
        (replace(ANYBODY, asked_at=(NOON - HOUR, NOON - WEEK)), True),
        (with_choice(weekly_number=0), False),
        (with_choice(quiet_from=12, quiet_to=13), False),
        (with_choice(days_off=frozenset({1})), False),
        (with_choice(days_off=frozenset({0, 2})), True),
        (with_choice(asked_when=Part.LUNCH), True),
        (with_choice(asked_when=Part.EVENING), False),
        (with_choice(rests_until=NOON + HOUR), False),
        (with_choice(rests_until=NOON), True),
    ],
)
def test_who_may_be_asked_at_noon(candidate: Candidate, may: bool) -> None:
    assert candidate.may_be_asked(NEWCOMER, NOON) is may
    assert whom_to_ask([candidate], NEWCOMER, NOON, 1) == [candidate] * may


def test_the_least_asked_comes_first_and_then_who_was_asked_longest_ago() -> None:
    never, long_ago, lately, twice = (replace(ANYBODY, member_id=each) for each in (10, 11, 12, 13))
    long_ago = replace(long_ago, asked_at=(NOON - 30 * timedelta(days=1),))
    lately = replace(lately, asked_at=(NOON - HOUR,))
    twice = replace(twice, asked_at=(NOON - 40 * timedelta(days=1), NOON - 50 * timedelta(days=1)))
    assert whom_to_ask([twice, lately, long_ago, never], NEWCOMER, NOON, 3) == [never, long_ago, lately]


@pytest.mark.parametrize(
    ("candidate", "moment"),
    [
        (ANYBODY, NOON),
        (with_choice(quiet_from=9, quiet_to=15), NOON + 3 * HOUR),
        (with_choice(asked_when=Part.EVENING), NOON + 6 * HOUR),
        (with_choice(asked_when=Part.EVENING, quiet_from=18, quiet_to=20), NOON + 8 * HOUR),
        (with_choice(asked_when=Part.EVENING, quiet_from=17, quiet_to=23), None),
        (with_choice(rests_until=NOON + 24 * HOUR), NOON + 24 * HOUR),
        (with_choice(rests_until=NOON + 13 * HOUR), NOON + 19 * HOUR),  # at one in the morning
        (replace(ANYBODY, asked_at=(NOON - HOUR, NOON - 2 * HOUR)), NOON - 2 * HOUR + WEEK),
        (with_choice(weekly_number=0), None),
        (with_choice(days_off=frozenset(range(7))), None),
        (replace(ANYBODY, way=None), None),
        (replace(ANYBODY, distant=frozenset({NEWCOMER})), None),
    ],
)
def test_from_when_on_somebody_may_be_asked(candidate: Candidate, moment: datetime | None) -> None:
    assert candidate.first_moment(NEWCOMER, NOON) == moment
    assert first_moment([candidate], NEWCOMER, NOON) == moment


@given(crowds, st.integers(0, 5), st.sets(st.integers(10, 22)))
def test_nobody_is_asked_against_their_wishes(crowd: tuple[Candidate, ...], most: int, asked: set[int]) -> None:
    chosen = whom_to_ask(crowd, NEWCOMER, NOON, most, asked)
    assert len(chosen) <= most
    for each in chosen:
        wishes = each.preferences
        local = NOON.astimezone(wishes.zone)
        assert each.member_id not in asked
        assert not each.is_held
        assert NEWCOMER not in each.distant
        assert wishes.rests_until is None or wishes.rests_until <= NOON
        assert len([when for when in each.asked_at if when > NOON - WEEK]) < wishes.weekly_number
        assert local.weekday() not in wishes.days_off
        assert wishes.hours.is_awake(NOON)
        assert each.way is not None
        fresh = each.inbox_opened_at is not None and NOON - each.inbox_opened_at < INBOX_FRESH
        assert fresh or (each.way is Way.DM and each.takes_dms)


@given(crowds)
def test_where_somebody_may_be_asked_the_moment_is_now_and_else_later(crowd: tuple[Candidate, ...]) -> None:
    moment = first_moment(crowd, NEWCOMER, NOON)
    if whom_to_ask(crowd, NEWCOMER, NOON, 1):
        assert moment == NOON
    else:
        assert moment is None or moment > NOON


def test_zones_off_the_full_hour_are_asked_in_their_own_first_minute() -> None:
    zone = ZoneInfo("Asia/Kathmandu")
    wishes = Preferences(zone, quiet_from=18, quiet_to=19, asked_when=Part.EVENING)
    moment = replace(ANYBODY, preferences=wishes).first_moment(NEWCOMER, NOON)
    assert moment is not None
    assert moment.astimezone(zone).strftime("%H:%M") == "19:00"


@given(candidates(10))
def test_the_moment_that_is_named_is_one_at_which_they_like_to_be_asked(candidate: Candidate) -> None:
    moment = candidate.first_moment(NEWCOMER, NOON)
    if moment is not None:
        looks = replace(candidate, inbox_opened_at=moment - HOUR)
        assert looks.may_be_asked(NEWCOMER, moment)
