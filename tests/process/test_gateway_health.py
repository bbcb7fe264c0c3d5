"""What ``/healthz`` says of a gateway that comes and goes."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from .loopback import Loopback
from .loopback.gateway import Connection
from .running import PATIENCE, Bot, Place

pytestmark = pytest.mark.traced


async def _says_nothing(_connection: Connection) -> None:
    await asyncio.Event().wait()


async def _health(port: int, status: int) -> dict[str, Any]:
    """Return what is said of the bot's health, once it is said with ``status``."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
                if response.status == status:
                    found: dict[str, Any] = await response.json()
                    return found
            await asyncio.sleep(0.05)


async def test_health_tells_of_a_gateway_that_is_gone_and_of_its_return(
    bot: Bot, discord: Loopback, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = json.loads(await bot.logged('"event": "health"'))["port"]
    assert (await _health(port, 200))["gateway"] is True
    with monkeypatch.context() as silent:
        silent.setattr(Connection, "write", _says_nothing)
        discord.drop_gateway()
        assert await _health(port, 503) == {"gateway": False, "database": True, "oldest_overdue_seconds": 0.0}
    discord.drop_gateway()
    assert (await _health(port, 200))["gateway"] is True
