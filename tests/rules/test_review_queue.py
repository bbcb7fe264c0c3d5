"""The queue: whose turn it is, by when somebody reads, wherever they live, and what becomes of a request."""

import itertools
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.blog_reviews import turns
from bot.features.blog_reviews.model import End, Review, State
from bot.features.blog_reviews.queue import (
    ASKED,
    GRACE,
    LONGEST,
    WISH_LONGEST,
    By,
    asked_from,
    day_chosen,
    due_at,
    in_line,
    lapses_at,
    next_step,
    reminders,
    wished_day,
)
from bot.kernel.hours import Hours
from tests.rules.bookshelf import BEGUN, READER, REVIEW, claim

MONDAY = BEGUN.date()
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
TOKYO = ZoneInfo("Asia/Tokyo")
ZONES = [
    ZoneInfo(name)
    for name in (
        *("Asia/Tokyo", "UTC", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Honolulu", "Europe/Berlin"),
        *("Asia/Beirut", "Africa/Cairo"),  # where midnight is skipped in spring, and 23:59 comes twice in autumn
        *("America/Nuuk", "America/Scoresbysund"),  # where the last hour of a Saturday is skipped
        *("America/Havana", "Atlantic/Azores", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca"),
    )
]
CHANGES = [  # days on which, or on whose eve, clocks are changed around midnight
    ("America/Sao_Paulo", date(2018, 11, 3)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2019, 2, 16)),
    ("America/Sao_Paulo", date(2019, 2, 17)),
    ("Asia/Beirut", date(2026, 3, 28)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Asia/Beirut", date(2026, 10, 24)),
    ("Asia/Beirut", date(2026, 10, 25)),
    ("America/Nuuk", date(2026, 3, 28)),
    ("America/Nuuk", date(2026, 10, 24)),
    ("America/Havana", date(2026, 3, 8)),
    ("America/Havana", date(2026, 11, 1)),
]
zones = st.sampled_from(ZONES)
days = st.dates(date(2017, 1, 1), date(2032, 12, 31))
moments = st.datetimes(datetime(2017, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive by contract


# ── Who comes first ───────────────────────────────────────────────────────────────────────────────────────────────


def requests() -> st.SearchStrategy[list[Review]]:
    one = st.tuples(st.sampled_from(State), st.booleans(), st.integers(0, 5))
    return st.lists(one, max_size=12).map(
        lambda drawn: [
            replace(REVIEW, review_id=number, state=state, is_lapsed=is_lapsed, begun_at=BEGUN - waited * DAY)
            for number, (state, is_lapsed, waited) in enumerate(drawn)
        ]
    )


@given(requests(), st.randoms())
def test_what_lapsed_comes_first_then_what_has_waited_longest(reviews: list[Review], draw: random.Random) -> None:
    line = in_line(reviews)
    assert {each.review_id for each in line} == {each.review_id for each in reviews if each.state is State.WAITING}
    for before, after in itertools.pairwise(line):
        assert before.is_lapsed >= after.is_lapsed
        if before.is_lapsed is after.is_lapsed:
            assert (before.begun_at, before.review_id) < (after.begun_at, after.review_id)
    draw.shuffle(reviews)
    assert in_line(reviews) == line == in_line(line)


# ── By when ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("weekday", range(7))
def test_the_days_that_are_offered(weekday: int) -> None:
    today = MONDAY + weekday * DAY
    assert By.WEEKEND.on(today) == date(2026, 11, 29)  # on a Sunday, the same day
    assert By.WEEK.on(today).weekday() == By.TWO_WEEKS.on(today).weekday() == weekday
    assert (By.WEEK.on(today) - today, By.TWO_WEEKS.on(today) - today) == (7 * DAY, 14 * DAY)


@pytest.mark.parametrize(
    ("by", "typed", "chosen"),
    [
        ("weekend", "", date(2026, 11, 29)),
        ("week", "  ", date(2026, 11, 30)),
        ("two_weeks", "", date(2026, 12, 7)),
        ("week", "12月6日", date(2026, 12, 6)),  # own words go before
        ("", "2026-11-23", MONDAY),
        ("", "11/22", None),  # of next year
        ("", "2026-11-22", None),
        ("", "2026-12-24", MONDAY + LONGEST),
        ("", "2026-12-25", None),
        ("week", "soon", None),
        ("", "", None),
        ("month", "", None),
    ],
)
def test_a_day_is_chosen_or_typed_within_a_month(by: str, typed: str, chosen: date | None) -> None:
    assert day_chosen(by, typed, MONDAY, MONDAY) == chosen


def test_chosen_anew_a_day_is_within_a_month_from_the_word_on() -> None:
    later = MONDAY + 20 * DAY
    assert day_chosen("week", "", later, MONDAY) == later + 7 * DAY
    assert day_chosen("two_weeks", "", later, MONDAY) is None
    assert day_chosen("", "2026-11-24", later, MONDAY) is None


@pytest.mark.parametrize(
    ("typed", "wished"),
    [
        ("2026-11-23", MONDAY),
        ("11/22", date(2027, 11, 22)),
        ("2027-11-23", MONDAY + WISH_LONGEST),
        ("2027-11-24", None),
        ("2026-11-22", None),
        ("", None),
        ("whenever", None),
    ],
)
def test_a_wish_is_a_day_within_a_year(typed: str, wished: date | None) -> None:
    assert wished_day(typed, MONDAY) == wished


def assert_ends_the_day(day: date, zone: ZoneInfo) -> None:
    due = due_at(day, zone).astimezone(UTC)  # as it is kept
    assert due.astimezone(zone).date() == day
    assert (due + MINUTE).astimezone(zone).date() == day + DAY


@given(days, zones)
def test_due_is_the_last_minute_of_a_day_where_the_reader_lives(day: date, zone: ZoneInfo) -> None:
    assert_ends_the_day(day, zone)


@pytest.mark.parametrize(("name", "day"), CHANGES)
def test_due_is_the_last_minute_also_of_the_days_on_which_clocks_change(name: str, day: date) -> None:
    assert_ends_the_day(day, ZoneInfo(name))


# ── Reminders, and what lapses ────────────────────────────────────────────────────────────────────────────────────


def assert_begins(moment: datetime, day: date, zone: ZoneInfo) -> None:
    begin = moment.astimezone(UTC)
    assert begin.astimezone(zone).date() == day
    assert (begin - MINUTE).astimezone(zone).date() == day - DAY


@given(days, zones)
def test_a_reader_is_reminded_as_the_day_before_begins_and_as_the_day_does(day: date, zone: ZoneInfo) -> None:
    eve, on_the_day = reminders(claim(due_at(day - 3 * DAY, zone), due_at(day, zone)), zone)
    assert_begins(eve, day - DAY, zone)
    assert_begins(on_the_day, day, zone)


@pytest.mark.parametrize(("name", "day"), CHANGES)
def test_reminders_come_also_where_midnight_is_skipped(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    eve, on_the_day = reminders(claim(due_at(day - 3 * DAY, zone), due_at(day, zone)), zone)
    assert_begins(eve, day - DAY, zone)
    assert_begins(on_the_day, day, zone)


@pytest.mark.parametrize(("hours_ahead", "count"), [(60, 2), (36, 1), (12, 0)])
def test_nobody_is_reminded_of_a_day_that_had_begun(hours_ahead: int, count: int) -> None:
    due = due_at(MONDAY, TOKYO)
    assert len(reminders(claim(due - hours_ahead * HOUR, due), TOKYO)) == count


@given(moments, st.integers(0, 31), st.lists(zones, min_size=1, max_size=4))
def test_steps_lead_to_the_lapse_wherever_the_reader_moves(now: datetime, ahead: int, moved: list[ZoneInfo]) -> None:
    """Reminded whenever a step comes; a day after the day, somebody else may read."""
    due = due_at(now.astimezone(moved[0]).date() + ahead * DAY, moved[0]).astimezone(UTC)
    word, steps = claim(now, due), [now]
    for zone in (*moved, moved[-1], moved[-1]):
        step = next_step(word, zone)
        assert step > steps[-1] or step == lapses_at(word)
        steps.append(step)
        word = replace(word, reminded_at=step)
    assert steps[-1] == lapses_at(word) == due + GRACE


def test_missed_reminders_are_made_up_for_by_one() -> None:
    due = due_at(MONDAY, TOKYO)
    word = claim(due - 9 * DAY, due)
    assert next_step(word, TOKYO) == reminders(word, TOKYO)[0]
    assert next_step(replace(word, reminded_at=due - HOUR), TOKYO) == lapses_at(word) == due + DAY


# ── When members are asked ────────────────────────────────────────────────────────────────────────────────────────


def servers() -> st.SearchStrategy[Hours]:
    hour = st.integers(0, 23)
    return st.builds(Hours, zones, hour, hour)


@given(servers(), moments)
def test_members_are_asked_in_the_first_waking_minute_after_a_day(day: Hours, begun: datetime) -> None:
    asked = asked_from(replace(REVIEW, begun_at=begun), day)
    assert day.is_awake(asked)
    assert begun + ASKED <= asked <= begun + ASKED + DAY
    assert asked == begun + ASKED or not day.is_awake(asked - MINUTE)
    invited = replace(REVIEW, begun_at=BEGUN, invited_at=begun)
    assert asked_from(invited, day) == asked  # once more, a day after
    assert asked_from(replace(invited, declined=1), day) == begun  # in the place of who passed


def test_where_no_hour_is_awake_a_day_is_waited_for() -> None:
    assert asked_from(REVIEW, Hours(TOKYO, days_off=frozenset(range(7)))) == BEGUN + ASKED


# ── What becomes of a request ─────────────────────────────────────────────────────────────────────────────────────

NOW = BEGUN + 2 * DAY
HELD = turns.claimed(REVIEW, claim(NOW, NOW + 7 * DAY), NOW)
Turn = Callable[[Review, datetime], Review]
TURNS: list[Turn] = [
    lambda review, now: turns.posted(review, now) if review.state.is_open else review,
    lambda review, now: turns.claimed(review, claim(now, now + DAY), now) if review.state is State.WAITING else review,
    lambda review, now: turns.returned(review, now, lapsed=True) if review.claim else review,
    lambda review, now: turns.returned(review, now, lapsed=False) if review.claim else review,
    lambda review, now: turns.delivered(review, now, READER),
    lambda review, now: turns.delivered(review, now, READER + 1),
    lambda review, now: turns.another(review, now) if review.state is State.DELIVERED else review,
    lambda review, now: turns.closed(review, now, End.AUTHOR) if review.state.is_open else review,
    lambda review, now: turns.reopened(review, now) if review.state is State.CLOSED else review,
    lambda review, _now: turns.lost(review),
]


@given(st.lists(st.sampled_from(TURNS), max_size=12))
def test_a_request_is_never_in_two_states_at_once(taken: list[Turn]) -> None:
    review, now = REVIEW, NOW
    for turn in taken:
        before, review, now = review, turn(review, now), now + HOUR
        assert (review.claim is not None) is (review.state is State.CLAIMED)
        assert (review.ended_at is not None) is (not review.state.is_open)
        assert review.state is not State.CLOSED or review.step_at is None
        assert review.state is not State.DELIVERED or not review.is_lapsed
        assert review.begun_at in {before.begun_at, now - HOUR}


def test_it_waits_from_when_others_can_see_it_and_that_is_never_lost() -> None:
    posted = turns.posted(REVIEW, NOW)
    assert (posted.posted_at, posted.begun_at, posted.step_at) == (NOW, NOW, NOW)
    anew = turns.posted(turns.lost(replace(posted, channel_id=1, message_id=2, thread_id=3)), NOW + DAY)
    assert (anew.posted_at, anew.begun_at, anew.step_at, anew.serial) == (NOW, NOW, NOW + DAY, 1)
    assert (anew.channel_id, anew.message_id, anew.thread_id) == (None, None, None)


def test_given_back_it_waits_where_it_waited_and_lapsed_before_all_others() -> None:
    held = replace(HELD, declined=2)
    released, lapsed = (turns.returned(held, NOW, lapsed=lapsed) for lapsed in (False, True))
    assert (released.state, released.begun_at, released.is_lapsed, released.declined) == (
        State.WAITING,
        BEGUN,
        False,
        0,
    )
    assert (lapsed.is_lapsed, lapsed.begun_at, lapsed.step_at) == (True, BEGUN, NOW)
    again = turns.returned(turns.claimed(lapsed, claim(NOW, NOW + DAY), NOW), NOW + HOUR, lapsed=False)
    assert again.is_lapsed  # no second reader takes its place from it


def test_feedback_of_another_leaves_who_reads_it_to_go_on() -> None:
    heard = turns.delivered(HELD, NOW, READER + 1)
    assert (heard.state, heard.claim, heard.answered_at) == (State.CLAIMED, HELD.claim, NOW)
    done = turns.delivered(heard, NOW + DAY, READER)
    assert (done.state, done.claim, done.answered_at, done.step_at) == (State.DELIVERED, None, NOW, None)
    late = turns.delivered(turns.returned(HELD, NOW, lapsed=True), NOW, READER)
    assert (late.state, late.is_lapsed) == (State.DELIVERED, False)
    assert turns.delivered(turns.closed(HELD, NOW, End.AUTHOR), NOW, READER).state is State.CLOSED


def test_for_another_reader_it_waits_behind_who_waits_for_a_first() -> None:
    again = turns.another(turns.delivered(replace(HELD, invited_at=NOW, declined=1), NOW, READER), NOW + DAY)
    assert (again.state, again.begun_at, again.is_lapsed) == (State.WAITING, NOW + DAY, False)
    assert (again.invited_at, again.declined, again.step_at) == (None, 0, NOW + DAY)


def test_ended_by_others_it_goes_on_where_it_was() -> None:
    lapsed = turns.returned(HELD, NOW, lapsed=True)
    waits = turns.reopened(turns.closed(lapsed, NOW, End.LOCKED), NOW + DAY)
    assert (waits.state, waits.ending, waits.ended_at, waits.step_at) == (State.WAITING, None, None, NOW + DAY)
    assert in_line([waits, replace(REVIEW, begun_at=BEGUN - DAY)])[0] == waits
    read = turns.reopened(turns.closed(replace(REVIEW, read_count=1), NOW, End.LOCKED), NOW + DAY)
    assert (read.state, read.ending, read.step_at) == (State.DELIVERED, None, None)


def test_withdrawn_nothing_of_it_is_left_to_be_read() -> None:
    gone = turns.withdrawn(HELD, NOW)
    assert (gone.state, gone.claim, gone.ending, gone.ended_at) == (State.WITHDRAWN, None, None, NOW)
    assert (gone.url, gone.host, gone.address, gone.title, gone.question, gone.wish_on) == ("", "", "", "", "", None)
    assert gone.revision == HELD.revision + 1
