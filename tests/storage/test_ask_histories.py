"""No ask ends in a state without an owner and a next step, and nobody is reminded whose turn it is not."""

import pytest

from bot.storage.database import Database
from tests.storage.ask_histories import Cut, History
from tests.storage.helpline import opened
from tests.storage.house import HandClock

ASKS, STEPS = 6, 120  # asks in each world, and what happens to them in all
SEEDS = [*range(12), *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(12, 180))]


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_ask_is_always_in_somebodys_hands(database: Database, clock: HandClock, seed: int) -> None:
    async with opened(database, clock, discord=Cut()) as line:
        history = History(line, seed)
        await history.move_in()
        for number in range(ASKS):
            await history.begin(number)
        for _ in range(STEPS):
            await history.go_on()
        await history.settle()
