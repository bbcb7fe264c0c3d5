"""Rate limits, ordered faults, and what a bot must not ask."""

import asyncio
import os
import signal
import sys

import aiohttp
import discord
import pytest

from tests.openapi import check_request, reason_to_skip

from .bare import Bare, Scene, path, refused
from .server import Loopback
from .test_bodies import button, row, v2


async def test_a_buckets_headers_keep_discord_py_within_it(scene: Scene, server: Loopback, bot: Bare) -> None:
    server.limits.set("POST /channels/{channel}/messages", 2, 0.2)
    target = bot.get_partial_messageable(scene.channel.id)
    await asyncio.gather(*(target.send(str(n)) for n in range(5)))
    assert len(server.bot_messages(scene.channel)) == 5
    assert server.limits.refused == 0


async def test_beyond_a_limit_there_is_429(scene: Scene, server: Loopback, bot: Bare) -> None:
    server.settings.global_per_second = 3
    for n in range(4):
        await bot.raw("POST", path(scene.channel), {"content": str(n)})
    assert server.limits.refused >= 1
    assert 429 in [request.status for request in server.requests]
    assert [message.text for message in server.bot_messages(scene.channel)] == ["0", "1", "2", "3"]


async def test_plain_refusals_and_ordered_429s(scene: Scene, server: Loopback, bot: Bare) -> None:
    fault = server.fail("POST", "/channels/*/messages", status=503, times=2)
    for _ in range(2):
        with pytest.raises(discord.DiscordServerError):
            await bot.raw("POST", path(scene.channel), {"content": "x"})
    slow_down = server.fail("*", "/channels/*", status=429, retry_after=0.01)
    await bot.raw("POST", path(scene.channel), {"content": "through"})
    assert [len(fault.hits), len(slow_down.hits), len(server.bot_messages(scene.channel))] == [2, 1, 1]


async def test_done_and_then_lost(scene: Scene, server: Loopback, bot: Bare) -> None:
    server.fail("POST", "/channels/*/messages", cut=True)
    server.fail("POST", "/channels/*/messages", cut=True, after_doing=True)
    server.fail("POST", "/channels/*/messages", status=503, after_doing=True)
    server.fail("POST", "/channels/*/messages", status=400, code=50083)
    body = {"content": "x", "nonce": "same", "enforce_nonce": True}
    done = []
    cut = aiohttp.ClientConnectionError
    for expected in (cut, cut, discord.DiscordServerError, discord.HTTPException):
        with pytest.raises(expected):
            await bot.raw("POST", path(scene.channel), body)
        done.append(len(server.bot_messages(scene.channel)))
    assert done == [0, 1, 1, 1]
    assert [request.status for request in server.requests][-4:] == [None, None, 503, 400]


async def test_latency_and_the_hook_around_doing(scene: Scene, server: Loopback, bot: Bare) -> None:
    moments: list[tuple[str, int]] = []

    async def hook(moment: str, method: str, asked: str) -> None:
        assert (method, asked) == ("POST", path(scene.channel))
        moments.append((moment, len(server.bot_messages(scene.channel))))

    server.on_request = hook
    server.fail("POST", "/channels/*", latency=0.05)
    begun = asyncio.get_running_loop().time()
    await bot.raw("POST", path(scene.channel), {"content": "x"})
    assert asyncio.get_running_loop().time() - begun >= 0.05
    assert moments == [("before", 0), ("after", 1)]


SENDER = """
import discord, os

discord.http.Route.BASE = os.environ["URL"]
client = discord.AutoShardedClient(intents=discord.Intents(guilds=True))

@client.event
async def on_connect():
    await client.get_partial_messageable(int(os.environ["CHANNEL"])).send("sent", nonce="same")

client.run(os.environ["TOKEN"], log_handler=None)
"""


async def test_a_process_can_be_killed_between_sent_and_known(scene: Scene, server: Loopback) -> None:
    environment = {"URL": server.url, "CHANNEL": str(scene.channel.id), "TOKEN": server.settings.token}

    async def run() -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(sys.executable, "-c", SENDER, env={**os.environ, **environment})

    async def kill(moment: str, method: str, asked: str) -> None:
        if (moment, method, asked) == ("after", "POST", path(scene.channel)):
            process.kill()
            await process.wait()

    server.on_request = kill
    for times in (1, 2):
        process = await run()
        await server.identified(20, times)
        await server.disconnected()
        assert await process.wait() == -signal.SIGKILL
    assert [message.text for message in server.bot_messages(scene.channel)] == ["sent"]
    assert len(server.gateway.identifies) == 2


async def test_unknown_routes_fail_the_test(scene: Scene, server: Loopback, bot: Bare) -> None:
    assert await refused(bot.raw("POST", path(scene.channel, "/typing"))) == 0
    with pytest.raises(AssertionError, match="does not know POST"):
        server.assert_clean()


async def test_bodies_are_held_to_discords_openapi_file(scene: Scene, server: Loopback, bot: Bare) -> None:
    if (reason := reason_to_skip()) is not None:
        pytest.skip(reason)
    await bot.raw("POST", path(scene.channel), {"content": "x", "tts": "maybe"})
    with pytest.raises(AssertionError, match="tts"):
        server.assert_clean()


def test_known_false_alarms_are_no_violations() -> None:
    if (reason := reason_to_skip()) is not None:
        pytest.skip(reason)
    pick = {"type": 8, "custom_id": "x", "channel_types": [0, 15, 16]}
    message = v2(row(pick), attachments=[{"id": 0, "filename": "x.png"}])
    assert check_request("POST", "/channels/1/messages", message) == []
    assert check_request("POST", "/users/@me/channels", {"recipient_id": 12}) == []
    assert check_request("POST", "/channels/1/messages", v2(row(button("x", style=9)))) != []
    assert check_request("GET", "/channels/1/nothing", None) != []
