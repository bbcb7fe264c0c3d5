"""Every time that a schedule comes to is posted once, in time and in order, or is missed for a reason and noted."""

import random

import pytest

from bot.storage.database import Database
from tests.storage.check_in_histories import History
from tests.storage.house import HandClock

pytestmark = pytest.mark.untraced

STEPS = 30
SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(3, 200))]


@pytest.mark.untraced
@pytest.mark.parametrize("seed", SEEDS)
async def test_every_time_comes_once_or_is_missed_and_noted(database: Database, clock: HandClock, seed: int) -> None:
    random.seed(seed)
    assert database._writer is not None
    await (await database._writer.execute("PRAGMA synchronous = OFF")).close()  # what is killed here is no machine
    history = History(database, clock, seed)
    await history.move_in()
    for _ in range(STEPS):
        await history.go_on()
    await history.settle()
    await history.check()
    came = sum(len(story.came) for story in history.stories)
    assert came > 10
    assert len(history.discord.log) > came // 5
    await history.move_out()
