"""What a text is known again by, holds that end, and when a day's list is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.safety.model import LIST_HOUR, Fields, Hold, digest_of, list_day, next_list_at, texts_in

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
MOMENTS = st.integers(0, 15 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


@given(st.lists(st.text()), st.randoms())
def test_a_text_is_known_again_in_whatever_order_and_room_around_it_it_comes(texts: list[str], chance: object) -> None:
    padded = [f" {text}\n" for text in reversed(texts)]
    assert digest_of([*padded, "", "  "]) == digest_of(texts)


@given(st.lists(st.text()), st.lists(st.text()))
def test_other_texts_are_not_taken_for_it(some: list[str], others: list[str]) -> None:
    kept = [sorted(text.strip() for text in texts if text.strip()) for texts in (some, others)]
    assert (digest_of(some) == digest_of(others)) is (kept[0] == kept[1])


def test_texts_are_not_taken_for_their_sum() -> None:
    assert digest_of(["ab", "c"]) != digest_of(["a", "bc"]) != digest_of(["abc"])


def test_what_was_chosen_in_a_form_is_no_text() -> None:
    fields: Fields = {"now": " いま ", "offer_topics": ("health",), "note": "", "link": "https://a.example"}
    assert texts_in(fields) == [" いま ", "https://a.example"]
    assert digest_of(texts_in(fields)) == digest_of(["いま", "", "https://a.example"])


def hold(lifted_at: datetime | None = None) -> Hold:
    return Hold(1, 1, 2, 3, "why", NOW, NOW + timedelta(days=3), lifted_at, "", None)


@pytest.mark.parametrize(
    ("subject", "after", "is_in_force"),
    [
        (hold(), timedelta(0), True),
        (hold(), timedelta(days=3, microseconds=-1), True),
        (hold(), timedelta(days=3), False),
        (hold(NOW), timedelta(0), False),
    ],
)
def test_a_hold_is_in_force_until_it_ends_or_is_lifted(subject: Hold, after: timedelta, is_in_force: bool) -> None:
    assert subject.is_in_force(NOW + after) is is_in_force


@given(MOMENTS, ZONES)
def test_the_next_list_is_due_at_its_hour_within_a_day_or_so(now: datetime, zone: ZoneInfo) -> None:
    due = next_list_at(now, zone)
    assert due > now
    assert due - now <= timedelta(hours=50)  # a zone that skips a day at the date line
    local = due.astimezone(UTC).astimezone(zone)
    assert local.time() == LIST_HOUR or local.utcoffset() != due.utcoffset()  # an hour that a clock change skips


@given(MOMENTS, ZONES)
def test_a_days_list_is_due_from_its_hour_on(now: datetime, zone: ZoneInfo) -> None:
    local = now.astimezone(zone)
    assert list_day(now, zone) == (local.toordinal() if local.hour >= 9 else None)


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("Asia/Tokyo", datetime(2026, 11, 22, 23, 59, tzinfo=UTC), datetime(2026, 11, 23, 0, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 11, 23, 0, tzinfo=UTC), datetime(2026, 11, 24, 0, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 11, 23, 0, tzinfo=UTC), datetime(2026, 11, 23, 3, 15, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 28, 9, tzinfo=UTC), datetime(2026, 3, 29, 7, tzinfo=UTC)),
    ],
)
def test_lists_follow_the_servers_clock(zone: str, now: datetime, due: datetime) -> None:
    assert next_list_at(now, ZoneInfo(zone)) == due
