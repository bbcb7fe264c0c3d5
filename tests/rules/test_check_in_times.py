"""Every local time that is planned comes once, in order, whatever clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.check_ins.times import Plan, coming, due_at, next_due

EVERY_DAY = frozenset(range(7))
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
# Zone, first day, and how many of the gaps and overlaps of its 400 days a clock time of every quarter of an hour meets.
SPANS = [
    ("Asia/Tokyo", date(2026, 1, 1), 0, 0),
    ("Europe/Berlin", date(2026, 1, 1), 4, 4),
    ("America/New_York", date(2026, 1, 1), 4, 4),
    ("Australia/Lord_Howe", date(2026, 1, 1), 2, 2),
    ("Africa/Casablanca", date(2026, 1, 1), 4, 4),
    ("Pacific/Apia", date(2011, 3, 1), 96 + 4, 8),
]


def instants(local: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return all instants at which clocks show a time, found by looking at every minute around it."""
    around = local.replace(tzinfo=UTC)
    minutes = (around + number * MINUTE for number in range(-16 * 60, 16 * 60))
    return [each for each in minutes if each.astimezone(zone).replace(tzinfo=None) == local]


@pytest.mark.parametrize(("name", "first", "gaps", "overlaps"), SPANS, ids=[span[0] for span in SPANS])
def test_400_days_come_once_and_in_order(name: str, first: date, gaps: int, overlaps: int) -> None:
    zone = ZoneInfo(name)
    met_gaps = met_overlaps = 0
    for quarter in range(96):
        at = time(quarter // 4, quarter % 4 * 15)
        begin = datetime.combine(first, at, zone).astimezone(UTC) - MINUTE
        wanted = [datetime.combine(first + number * DAY, at) for number in range(400)]
        found = [due for due in islice(coming(Plan(EVERY_DAY, at, zone), begin), 402) if due.local in wanted]
        assert [due.local for due in found] == wanted
        # At midnight, a day that never was and the next one come at the same instant.
        assert all(one.due_at <= other.due_at for one, other in pairwise(found))
        for due in found:
            first_shown = due.due_at.astimezone(zone).replace(tzinfo=None)
            if first_shown != due.local:  # a gap: the instant before still shows an earlier time, this one a later
                met_gaps += 1
                before = (due.due_at - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
                assert before < due.local < first_shown
                assert not instants(due.local, zone)
            elif _changes_near(due.due_at, zone) and len(shown := _near(due.due_at, due.local, zone)) > 1:
                met_overlaps += 1
                assert due.due_at == min(shown)
    assert (met_gaps, met_overlaps) == (gaps, overlaps)


def _changes_near(moment: datetime, zone: ZoneInfo) -> bool:
    return (moment - DAY).astimezone(zone).utcoffset() != (moment + DAY).astimezone(zone).utcoffset()


def _near(moment: datetime, local: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the instants within a day of one at which clocks show the same time: one, or two in an overlap."""
    steps = [timedelta(minutes=15) * number for number in range(-96, 97)]
    return [moment + step for step in steps if (moment + step).astimezone(zone).replace(tzinfo=None) == local]


@pytest.mark.parametrize(
    ("name", "local", "expected"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00"),  # gap: three o'clock
        ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00"),  # exists
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),  # twice: the first
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),  # by half an hour
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
        ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30"),  # Ramadan: clocks go back
        ("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:00"),
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T10:00"),  # a day that never was
        ("Pacific/Apia", "2011-12-31T09:00", "2011-12-30T19:00"),
        ("Asia/Beirut", "2026-03-29T00:00", "2026-03-28T22:00"),  # midnight itself is missing
        ("Asia/Tokyo", "2026-11-29T00:00", "2026-11-28T15:00"),
    ],
)
def test_gaps_and_overlaps(name: str, local: str, expected: str) -> None:
    moment = due_at(datetime.fromisoformat(local), ZoneInfo(name))
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_holidays_and_other_days_are_left_out() -> None:
    plan = Plan(frozenset({0, 3}), time(20), ZoneInfo("Asia/Tokyo"))
    after = datetime(2026, 11, 22, 12, tzinfo=UTC)
    found = coming(plan, after, lambda day: day == date(2026, 11, 23))
    assert [next(found).local.date().day for _ in range(3)] == [26, 30, 3]
    assert next_due(plan, after, lambda _: True) is None
    assert next_due(Plan(frozenset(), time(20), plan.zone), after) is None


@given(
    st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Chatham"]),
    st.times().map(lambda at: at.replace(microsecond=0, fold=0)),
    st.integers(0, 37 * 366).map(lambda days: datetime(2000, 1, 1, 11, 30, tzinfo=UTC) + days * DAY),
)
def test_the_next_one_is_later_and_within_two_days(name: str, at: time, after: datetime) -> None:
    due = next_due(Plan(EVERY_DAY, at, ZoneInfo(name)), after)
    assert due is not None
    assert after < due.due_at <= after + timedelta(hours=26)
