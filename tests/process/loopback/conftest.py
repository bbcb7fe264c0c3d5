"""Fixtures of the loopback's own tests."""

from collections.abc import AsyncIterator

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from .bare import Bare, Scene, started
from .server import Loopback


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    async with Loopback() as running:
        monkeypatch.setattr(Route, "BASE", running.url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(running.gateway.url))
        yield running


@pytest.fixture
def scene(server: Loopback) -> Scene:
    return Scene(server)


@pytest.fixture
async def bot(server: Loopback, scene: Scene) -> AsyncIterator[Bare]:
    async with started(server) as running:
        yield running
