"""Names of effects, Discord's ids, and times as the database keeps them."""

import re
from datetime import UTC, datetime, timedelta, timezone

from discord.utils import snowflake_time
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.clock import SystemClock, from_micros, to_micros
from bot.kernel.ids import component_id, nonce, snowflake_at

KEYS = st.text(min_size=1)
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(9998, 12, 30), timezones=ZONES)  # noqa: DTZ001 - aware by `timezones`


@given(KEYS)
def test_a_nonce_is_within_discords_25_characters_and_always_the_same(key: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", nonce(key))
    assert nonce(key) == nonce(key)


@given(KEYS)
def test_a_mark_is_within_discords_bounds_and_always_the_same(key: str) -> None:
    assert 1 <= component_id(key) <= 2**31 - 1
    assert component_id(key) == component_id(key)


def test_names_and_marks_stay_what_they_were() -> None:
    """A later release must still know the messages of an earlier one."""
    key = "send:introductions:card:1:0"
    assert nonce(key) == "obpu74ZyGpDcbji2j1SqYd"
    assert component_id(key) == 1334148163


@given(KEYS, KEYS)
def test_other_effects_have_other_names(one: str, other: str) -> None:
    assert (nonce(one) == nonce(other)) is (one == other)


@given(st.datetimes(datetime(2015, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - aware by `timezones`
def test_an_id_made_at_a_moment_is_not_below_that_moments_least_id(moment: datetime) -> None:
    least = snowflake_at(moment)
    assert timedelta(0) <= moment - snowflake_time(least) < timedelta(milliseconds=1)
    assert least % (1 << 22) == 0


def test_before_discord_there_is_no_id_below_zero() -> None:
    assert snowflake_at(datetime(1999, 1, 1, tzinfo=UTC)) == 0


@given(MOMENTS)
def test_times_come_back_to_the_microsecond(moment: datetime) -> None:
    kept = from_micros(to_micros(moment))
    assert kept == moment
    assert kept.utcoffset() == timedelta(0)


@given(MOMENTS, MOMENTS)
def test_kept_times_have_the_order_of_the_real_ones(one: datetime, other: datetime) -> None:
    assert (to_micros(one) < to_micros(other)) is (one < other)


def test_the_machines_clock_is_aware_and_goes_on() -> None:
    clock = SystemClock()
    first = clock.now()
    assert first.utcoffset() == timedelta(0)
    assert clock.now() >= first
