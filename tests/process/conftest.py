"""The loopback Discord and the bot as a process; what no process may do is checked after each test."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.kernel.clock import SystemClock
from bot.storage.database import Database

from .loopback import Channel, Loopback
from .reviewing import open_shelf
from .running import SECRET_KEY, Bot, Place, check_bodies, copied
from .visitor import CHROMIUM, FLAGS


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and no rows."""
    path = tmp_path_factory.mktemp("template") / "goen.db"

    async def make() -> None:
        database = Database(path, SystemClock())
        await database.open()
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
async def discord() -> AsyncIterator[Loopback]:
    async with Loopback() as running:
        yield running
        running.assert_clean()
        check_bodies(running)


@pytest.fixture
async def bot(discord: Loopback, template: Path, tmp_path: Path) -> AsyncIterator[Bot]:
    """An installation, not started; at the end its log may hold no error and no secret."""
    installation = Bot(discord, copied(template, tmp_path))
    try:
        yield installation
        if installation.process is not None and installation.process.returncode is None:
            assert await installation.stop() == 0
    finally:
        await installation.clean_up()
    assert installation.complaints() == []
    log = "\n".join(installation.lines)
    assert discord.settings.token not in log
    assert SECRET_KEY not in log


@pytest.fixture
async def place(discord: Loopback, bot: Bot) -> Place:
    """A server that is set up; the bot runs."""
    made = Place.made(discord)
    await bot.start()
    return await made.set_up()


@pytest.fixture
async def shelf(place: Place) -> Channel:
    """A channel in which members ask to be read."""
    return await open_shelf(place)
