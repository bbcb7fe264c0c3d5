"""The queue keeps its word: its order, one reader at a time, and no request without a next step."""

import random
import secrets

import pytest

from bot.storage.database import Database
from tests.storage.bookclub import opened
from tests.storage.house import HandClock
from tests.storage.review_histories import History, without_sync
from tests.storage.review_promises import BookCut

pytestmark = pytest.mark.untraced

REQUESTS, STEPS = 4, 90  # requests with which each world begins, of about eight, and what happens to them in all
SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(6, 130))]


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_queue_keeps_its_word(
    database: Database, clock: HandClock, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here about 60 histories; with those of ``make torture``, more than 1,000."""
    draw = random.Random(seed)
    random.seed(seed)
    for name, drawn in (("randbelow", draw.randrange), ("randbits", draw.getrandbits), ("choice", draw.choice)):
        monkeypatch.setattr(secrets, name, drawn)
    await without_sync(database)
    async with opened(database, clock, BookCut()) as club:
        history = History(club, seed)
        await history.move_in()
        while len(history.stories) < REQUESTS:
            await history.request()
        for _ in range(STEPS):
            await history.go_on()
        await history.settle()
