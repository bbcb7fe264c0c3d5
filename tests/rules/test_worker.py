"""How long the worker waits between tries, and what Discord's errors mean."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import worker
from bot.kernel.errors import (
    DiscordTrouble,
    MemberGone,
    ObjectGone,
    PlaceGone,
    Rejected,
    ServerGone,
    TryLater,
)
from bot.storage.effects import LEASE
from bot.troubles import trouble_of


def discords(status: int, code: int = 0, text: str = "no") -> discord.HTTPException:
    response = cast("Any", SimpleNamespace(status=status, reason="for a test"))
    return discord.HTTPException(response, {"code": code, "message": text})


@given(st.integers(1, 10_000))
def test_a_pause_is_never_shorter_than_a_moment_nor_longer_than_a_quarter_of_an_hour_and_a_bit(attempts: int) -> None:
    pause = worker._pause(attempts)
    assert worker.FIRST_PAUSE * 0.75 <= pause <= worker.LONGEST_PAUSE * 1.25


@given(st.integers(1, 8))
def test_pauses_double(attempts: int) -> None:
    meant = worker.FIRST_PAUSE * 2 ** (attempts - 1)
    assert meant * 0.75 <= worker._pause(attempts) <= meant * 1.25


def test_pauses_are_spread() -> None:
    assert len({worker._pause(5) for _ in range(20)}) > 1


def test_all_tries_together_outlast_discords_longest_outages() -> None:
    shortest = sum((worker.FIRST_PAUSE * 2 ** min(tried, 20) for tried in range(9)), timedelta(0))
    assert shortest + worker.LONGEST_PAUSE * (worker.TRIES - 10) > timedelta(hours=12)


def test_a_claim_outlives_the_longest_attempt() -> None:
    assert worker.ATTEMPT_LIMIT < LEASE


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (10008, ObjectGone),
        (10003, PlaceGone),
        (50001, PlaceGone),
        (50013, PlaceGone),
        (10004, ServerGone),
        (10007, MemberGone),
        (10013, MemberGone),
        (50035, Rejected),
        (0, Rejected),
    ],
)
@pytest.mark.parametrize("status", [400, 403, 404])
def test_failures_are_told_apart_by_discords_code_and_not_by_status(
    code: int, meaning: type[DiscordTrouble], status: int
) -> None:
    trouble = trouble_of(discords(status, code))
    assert type(trouble) is meaning
    assert trouble.code == code


@pytest.mark.parametrize(
    ("error", "uncertain"),
    [
        (discords(500), True),
        (discords(502), True),
        (discords(503), True),
        (discords(500, 10008), True),
        (discords(429), False),
        (discords(400, 30046), False),
        (aiohttp.ServerDisconnectedError(), True),
        (ConnectionResetError(), True),
        (TimeoutError(), True),
        (discord.RateLimited(5.0), False),
    ],
)
def test_what_may_succeed_later_says_whether_it_may_have_happened(error: Exception, uncertain: bool) -> None:
    trouble = trouble_of(error)
    assert isinstance(trouble, TryLater)
    assert trouble.uncertain is uncertain


def test_discords_own_wish_for_a_pause_is_kept() -> None:
    trouble = trouble_of(discord.RateLimited(5.0))
    assert isinstance(trouble, TryLater)
    assert trouble.after == timedelta(seconds=5)


def test_what_discord_said_is_kept_short() -> None:
    assert len(trouble_of(discords(400, 50035, "x" * 5000)).detail) <= 200
