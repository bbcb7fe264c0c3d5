"""The worker's rounds: ahead of the clock they end, and what keeps failing is seen by who watches."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.storage.database import Database
from bot.storage.effects import Verb
from bot.web import LATE
from tests.storage.house import AKI, ONE, HandClock
from tests.storage.pocket import BUSY, HALL, PATIENCE, Pocket, opened


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        yield pocket


def gauge(pocket: Pocket, name: str) -> float:
    value = pocket.metrics.registry.get_sample_value(name)
    assert value is not None
    return value


@pytest.mark.parametrize("days", [3, 400])
async def test_what_is_due_far_ahead_of_the_clock_is_done_once_and_comes_to_an_end(pocket: Pocket, days: int) -> None:
    await pocket.sweep.tend(ONE)
    await pocket.write("one")
    pocket.discord.fail(Verb.THREAD, BUSY)
    async with asyncio.timeout(PATIENCE):
        done = await pocket.worker.run_due(pocket.clock.now() + timedelta(days=days))
    assert done == 4  # the card, its thread in vain, the sweep, a look for a welcomer
    assert pocket.discord.texts(HALL) == ["one"]


async def test_what_keeps_failing_counts_as_late_since_it_was_wanted(pocket: Pocket) -> None:
    pocket.discord.fail(Verb.SEND, BUSY)
    await pocket.write("one")
    for _ in range(20):
        await pocket.due(timedelta(minutes=20))
    assert await pocket.worker.oldest_overdue() == timedelta(minutes=400) > LATE
    assert gauge(pocket, "goen_oldest_overdue_seconds") == 400 * 60
    pocket.discord.mend()
    await pocket.later()
    assert await pocket.worker.oldest_overdue() == timedelta(0)
    assert gauge(pocket, "goen_oldest_overdue_seconds") == 0


async def test_what_is_parked_is_counted_and_not_late(pocket: Pocket) -> None:
    pocket.discord.forbid(Verb.SEND)
    await pocket.write("one")
    await pocket.later()
    assert await pocket.worker.oldest_overdue() == timedelta(0)
    assert gauge(pocket, "goen_parked_effects") == 1
    pocket.discord.mend()
    await pocket.setup.try_again(ONE, AKI)
    await pocket.due()
    await pocket.worker.oldest_overdue()
    assert gauge(pocket, "goen_parked_effects") == 0
