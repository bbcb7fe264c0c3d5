"""No ask ends in a state without an owner and a next step, and nobody is reminded whose turn it is not."""

import random
import secrets

import pytest

from bot.storage.database import Database
from tests.storage.ask_histories import Cut, History
from tests.storage.helpline import opened
from tests.storage.house import HandClock

pytestmark = pytest.mark.untraced

ASKS, STEPS = 6, 120  # asks in each world, and what happens to them in all
SEEDS = [*range(10), *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(10, 180))]


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_ask_is_always_in_somebodys_hands(
    database: Database, clock: HandClock, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here 60 histories; with those of ``make torture``, more than 1,000."""
    draw = random.Random(seed)
    random.seed(seed)
    for name, drawn in (("randbelow", draw.randrange), ("randbits", draw.getrandbits), ("choice", draw.choice)):
        monkeypatch.setattr(secrets, name, drawn)
    assert database._writer is not None
    await (await database._writer.execute("PRAGMA synchronous = OFF")).close()  # no power is cut here
    async with opened(database, clock, discord=Cut()) as line:
        history = History(line, seed)
        await history.move_in()
        for number in range(ASKS):
            await history.begin(number)
        for _ in range(STEPS):
            await history.go_on()
        await history.settle()
    assert len(history.owners) > 2
