"""Fixtures: a whole bot in a simulated server, in each language."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.kernel.i18n import LOCALES, Locale
from bot.storage.migrate import migrate
from tests.flows.hostility import SEEDS, Attacker
from tests.flows.people import Person
from tests.flows.village import Village, founded


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest schema: migrating one for each test would take most of its time."""
    path = tmp_path_factory.mktemp("template") / "goen.db"
    migrate(path)
    return path


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> Locale:
    chosen: Locale = request.param
    return chosen


@pytest.fixture
async def bare(tmp_path: Path, template: Path, locale: Locale) -> AsyncIterator[Village]:
    """A server that the bot has just come to."""
    async with founded(tmp_path, template, locale) as village:
        yield village


@pytest.fixture
async def village(bare: Village) -> Village:
    """A server with a channel for introductions."""
    await bare.set_up()
    return bare


@pytest.fixture
def aki(village: Village) -> Person:
    return village.move_in("Aki")


@pytest.fixture
def beni(village: Village) -> Person:
    return village.move_in("Beni")


@pytest.fixture(params=SEEDS)
def attacker(village: Village, request: pytest.FixtureRequest) -> Attacker:
    return Attacker(village, request.node.name)
