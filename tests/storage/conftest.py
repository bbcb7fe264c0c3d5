"""A migrated database, made once and copied for each test."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage import schema
from bot.storage.database import Database
from tests.storage.house import HandClock
from tests.storage.ledgers import Ledgers, copied_from, settle_ledgers


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "goen.db"
    asyncio.run(schema.bring_up_to_date(path))
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "goen.db"))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def database(path: Path, clock: HandClock) -> AsyncIterator[Database]:
    database = Database(path, clock)
    await database.open()
    database.unlock(b"the key of the tests")
    yield database
    async with asyncio.timeout(10):  # waits for readers that are not given back: says so, instead of hanging
        await database.close()


@pytest.fixture(scope="session")
def two_ledgers(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(template, tmp_path_factory.mktemp("ledgers") / "goen.db"))
    asyncio.run(settle_ledgers(path))
    return path


@pytest.fixture
def ledgers(two_ledgers: Path, tmp_path: Path) -> Ledgers:
    return copied_from(two_ledgers, tmp_path / "goen.db")
