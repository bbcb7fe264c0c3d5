"""Who is awake when: quiet hours over midnight, days off, and the nights on which clocks are changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.hours import Hours, is_within

TOKYO, BERLIN, LORD_HOWE = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")
ZONES = (TOKYO, BERLIN, LORD_HOWE, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Apia"))
MINUTE = timedelta(minutes=1)


def in_tokyo(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026, whose 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO).astimezone(UTC)


def days() -> st.SearchStrategy[Hours]:
    hour = st.integers(0, 23)
    off = st.frozensets(st.integers(0, 6), max_size=6)
    return st.builds(Hours, st.sampled_from(ZONES), hour, hour, off)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive by contract


@pytest.mark.parametrize(
    ("begin", "end", "quiet"),
    [(0, 7, {0, 6}), (22, 6, {22, 23, 0, 5}), (9, 17, {9, 12, 16}), (23, 0, {23})],
)
def test_quiet_hours_reach_over_midnight(begin: int, end: int, quiet: set[int]) -> None:
    found = {hour for hour in range(24) if is_within(hour, begin, end)}
    assert quiet <= found
    assert len(found) == (end - begin) % 24
    assert end not in found


def test_the_same_hour_twice_is_no_quiet_hour() -> None:
    assert not any(is_within(hour, 7, 7) for hour in range(24))


def test_the_first_waking_minute_is_when_quiet_ends() -> None:
    hours = Hours(TOKYO, 0, 7)
    assert hours.first_awake(in_tokyo(24, 3, 20)) == in_tokyo(24, 7)
    assert hours.first_awake(in_tokyo(24, 7)) == in_tokyo(24, 7)
    assert hours.first_awake(in_tokyo(24, 23, 59)) == in_tokyo(24, 23, 59)


def test_a_day_off_is_quiet_from_midnight_to_midnight() -> None:
    hours = Hours(TOKYO, 0, 7, frozenset({5, 6}))
    assert hours.first_awake(in_tokyo(27, 23, 59)) == in_tokyo(27, 23, 59)
    assert hours.first_awake(in_tokyo(28, 0)) == in_tokyo(30, 7)


def test_whoever_has_every_day_off_never_wakes() -> None:
    hours = Hours(TOKYO, 0, 7, frozenset(range(7)))
    assert hours.first_awake(in_tokyo(24, 12)) is None
    assert hours.after(in_tokyo(24, 12), timedelta(hours=2)) is None


def test_waking_time_stands_still_at_night() -> None:
    hours = Hours(TOKYO, 0, 7)
    assert hours.after(in_tokyo(24, 23, 30), timedelta(hours=2)) == in_tokyo(25, 8, 30)
    assert hours.after(in_tokyo(24, 3), timedelta(hours=2)) == in_tokyo(24, 9)
    assert hours.after(in_tokyo(24, 12), timedelta(hours=24)) == in_tokyo(25, 19)


def test_an_hour_that_does_not_exist_is_skipped_and_one_that_exists_twice_counts_twice() -> None:
    gap = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 1:30 in Berlin; at 2 it is 3
    assert Hours(BERLIN, 0, 2).first_awake(gap) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    overlap = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2:30 in Berlin, for the first time
    assert Hours(BERLIN, 2, 3).first_awake(overlap) == datetime(2026, 10, 25, 2, tzinfo=UTC)


@given(days(), moments)
def test_the_first_waking_moment_is_one_and_nothing_before_it_is(hours: Hours, moment: datetime) -> None:
    first = hours.first_awake(moment)
    assert first is not None
    assert first >= moment
    assert hours.is_awake(first)
    before = moment
    while before < first:
        assert not hours.is_awake(before)
        before += timedelta(minutes=15)
    assert first == moment or not hours.is_awake(first - MINUTE)


@given(days(), moments, st.integers(1, 40))
def test_as_much_waking_time_passes_as_was_asked_for(hours: Hours, moment: datetime, quarters: int) -> None:
    span = timedelta(minutes=15) * quarters
    moment = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
    end = hours.after(moment, span)
    assert end is not None
    awake = 0
    while moment < end:
        awake += hours.is_awake(moment)
        moment += timedelta(minutes=15)
    assert awake == quarters
