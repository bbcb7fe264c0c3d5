"""Who is believed to have left, how long drafts are open, and which lists fit into Discord's menus."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.members.model import (
    ALWAYS_PLAUSIBLE,
    DRAFT_KEPT,
    SEEN_EVERY,
    TOPICS,
    TRADES,
    Draft,
    Member,
    is_suspicious,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gone", "looked_up", "suspicious"),
    [
        (0, 0, False),
        (3, 3, False),
        (4, 4, True),
        (4, 39, True),
        (4, 40, False),
        (5, 40, True),
        (100, 1000, False),
        (101, 1000, True),
    ],
)
def test_a_sweep_that_finds_over_a_tenth_gone_is_not_believed(gone: int, looked_up: int, suspicious: bool) -> None:
    assert is_suspicious(gone, looked_up) is suspicious


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_people_gone_are_never_less_suspicious(gone: int, looked_up: int) -> None:
    assert is_suspicious(gone, looked_up) <= is_suspicious(gone + 1, looked_up)
    assert not is_suspicious(min(gone, ALWAYS_PLAUSIBLE), looked_up)


def test_a_draft_is_open_until_its_time_is_over() -> None:
    draft = Draft(1, 2, "v1:introductions:form-write:1:0", {"now": "x"}, NOW + DRAFT_KEPT, 3)
    assert draft.is_open(NOW)
    assert draft.is_open(NOW + DRAFT_KEPT - timedelta(microseconds=1))
    assert not draft.is_open(NOW + DRAFT_KEPT)


def test_being_seen_is_written_down_when_it_says_something_new() -> None:
    member = Member(1, "ja", NOW, None, None)
    assert not member.is_news("ja", NOW + SEEN_EVERY - timedelta(seconds=1))
    assert member.is_news("ja", NOW + SEEN_EVERY)
    assert member.is_news("en", NOW)
    assert Member(1, "ja", NOW, None, NOW).is_news("ja", NOW)


@pytest.mark.parametrize("offered", [TOPICS, TRADES])
def test_a_list_fits_into_one_menu_and_names_nothing_twice(offered: tuple[str, ...]) -> None:
    assert len(offered) <= 25
    assert len(set(offered)) == len(offered)
