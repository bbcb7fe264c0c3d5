"""How fast the bot asks things of Discord, over sockets: held up, cancelled, and refused for the whole bot."""

import asyncio
import time
from collections.abc import AsyncIterator

import discord as dpy
import pytest
from discord.http import Route

from bot.pace import paced

from .loopback import Loopback

MANY = 40
QUICKLY = 0.5  # seconds, in which no queue of so many has had its turn


@pytest.fixture
async def client(discord: Loopback, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[dpy.Client]:
    """A client that is held up as the bot is, and that has never been at the gateway."""
    monkeypatch.setattr(Route, "BASE", discord.url)
    async with dpy.Client(intents=dpy.Intents.none(), max_ratelimit_timeout=30, http_trace=paced()) as client:
        await client.login(discord.settings.token)
        yield client


def asking(client: dpy.Client, count: int = MANY) -> list[asyncio.Task[object]]:
    """Let a client ask for something many times at once, each as if it were about another channel."""
    return [asyncio.create_task(client.http.request(Route("GET", f"/channels/{n + 1}"))) for n in range(count)]


async def test_who_is_cancelled_gives_up_their_turn(discord: Loopback, client: dpy.Client) -> None:
    began, tasks = time.monotonic(), asking(client)
    await asyncio.sleep(0.05)
    for task in tasks[: MANY - 10]:
        task.cancel()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert 10 <= sum(isinstance(each, dpy.NotFound) for each in found) < MANY // 2
    assert time.monotonic() - began < QUICKLY


@pytest.mark.parametrize("seconds", [60, 1800])
async def test_refused_for_the_whole_bot_and_for_long_nothing_more_is_asked(
    discord: Loopback, client: dpy.Client, seconds: int
) -> None:
    """Ten thousand refusals in ten minutes, and Discord hears nothing more of this machine."""
    refused = discord.fail("*", "*", status=429, retry_after=seconds, is_global=True, times=None)
    found = await asyncio.gather(*asking(client), return_exceptions=True)
    assert all(isinstance(each, dpy.RateLimited) and seconds - 5 < each.retry_after <= seconds for each in found)
    assert len(refused.hits) < MANY // 2  # what was on its way, for however long a busy machine took


async def test_refused_for_the_whole_bot_and_for_a_moment_all_wait(discord: Loopback, client: dpy.Client) -> None:
    refused = discord.fail("*", "*", status=429, retry_after=1.0, is_global=True, times=None)
    tasks = asking(client)
    await asyncio.sleep(0.9)
    assert len(refused.hits) < MANY // 2
    refused.times = 0
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(each, dpy.NotFound) for each in found)


async def test_who_waits_for_that_can_be_cancelled(discord: Loopback, client: dpy.Client) -> None:
    discord.fail("*", "*", status=429, retry_after=20, is_global=True, times=None)
    tasks = asking(client)
    await asyncio.sleep(QUICKLY)
    began = time.monotonic()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert time.monotonic() - began < QUICKLY


async def test_refused_in_one_place_others_are_asked(discord: Loopback, client: dpy.Client) -> None:
    discord.fail("*", "/channels/1", status=429, retry_after=60, times=None)
    found = await asyncio.gather(*asking(client, 5), return_exceptions=True)
    assert [type(each) for each in found] == [dpy.RateLimited, *([dpy.NotFound] * 4)]
