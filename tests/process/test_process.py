"""Starting, stopping and staying connected, and what the process says while it does."""

import asyncio
import json
import re
import signal
import socket
import sqlite3

import aiohttp
import pytest

from bot.storage.installation import key_path

from .loopback import Loopback
from .loopback.server import Ordered
from .running import PATIENCE, SECRET_KEY, STOP_LIMIT, WORDS, Bot, Place, told, until

pytestmark = pytest.mark.traced

HELD = 60.0  # seconds that a held request hangs: longer than any test
GUILDS_AND_MESSAGES = 1 << 0 | 1 << 9


async def port_of(bot: Bot) -> int:
    """Return the port of /healthz and /metrics, as logged."""
    line = json.loads(await bot.logged('"event": "health"'))
    assert line["host"] == "127.0.0.1"
    return int(line["port"])


async def got(port: int, path: str) -> tuple[int, str]:
    """Return the status and the text of what the bot serves."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def test_sigterm_ends_an_idle_bot_with_code_0(bot: Bot, place: Place) -> None:
    assert await bot.stop() == 0
    await place.discord.disconnected()


async def test_sigterm_lets_what_was_acknowledged_be_finished(bot: Bot, discord: Loopback, place: Place) -> None:
    aki = place.member("aki")
    opened = await place.form(aki)
    slow = discord.fail("POST", "/channels/*/messages", latency=1.0)
    assert told(await place.submit(aki, opened, now="I fix old radios"), "introductions.written")
    await discord.wait_for(lambda: slow.hits, PATIENCE, "request of the card")
    assert await bot.stop() == 0
    assert len(place.cards(aki)) == 1
    assert bot.rows("SELECT state FROM effects WHERE key LIKE 'send:introductions:card:%'") == [("done",)]
    await bot.start()
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


async def test_sigterm_lets_an_answer_be_finished(bot: Bot, discord: Loopback, place: Place) -> None:
    aki = place.member("aki")
    opened = await place.form(aki)
    assert opened.modal is not None
    act = discord.submit(aki, opened.modal, {"now": "I fix old radios"})
    slow = discord.fail("POST", f"/interactions/{act.id}/*", latency=1.0)
    await discord.wait_for(lambda: slow.hits, PATIENCE, "answer")
    assert await bot.stop() == 0
    assert told(act, "introductions.written")
    await bot.start()
    await place.card(aki)


async def test_sigterm_while_rest_hangs(bot: Bot, discord: Loopback, place: Place) -> None:
    aki = place.member("aki")
    opened = await place.form(aki)
    held = discord.fail("POST", "/channels/*/messages", cut=True, latency=HELD)
    assert told(await place.submit(aki, opened, now="I fix old radios"), "introductions.written")
    await discord.wait_for(lambda: held.hits, PATIENCE, "request of the card")
    late = discord.slash(aki, place.moderators, "guide")
    discord.fail("POST", f"/interactions/{late.id}/*", cut=True, latency=HELD, times=None)
    assert await bot.stop() == 0
    await bot.start()
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


@pytest.mark.parametrize("fault", [{"cut": True}, {"status": 429, "retry_after": 600, "is_global": True}])
@pytest.mark.parametrize("path", ["/users/@me", "/gateway/bot"])
async def test_sigterm_while_discord_cannot_be_reached(path: str, fault: Ordered, bot: Bot, discord: Loopback) -> None:
    discord.fail("GET", path, **fault).times = None
    await bot.launch()
    await bot.logged("can't be reached")
    assert await bot.stop() == 0


async def test_sigint_is_taken_as_sigterm_is(bot: Bot, place: Place) -> None:
    assert bot.process is not None
    bot.process.send_signal(signal.SIGINT)
    async with asyncio.timeout(STOP_LIMIT):
        assert await bot.ended() == 0


async def test_discord_out_of_reach_at_the_start_is_tried_again(bot: Bot, discord: Loopback) -> None:
    place = Place.made(discord)
    faults = [
        discord.fail("GET", "/users/@me", cut=True),
        discord.fail("GET", "/gateway/bot", status=503),
        discord.fail("PUT", "/applications/*/commands", cut=True),
    ]
    await bot.start()
    assert all(fault.hits for fault in faults)
    await place.set_up()


async def test_a_token_that_discord_refuses_ends_the_process_in_words(bot: Bot) -> None:
    bot.expect(WORDS("en", "host.bad_token"))
    await bot.launch(DISCORD_TOKEN="not-the-token")
    assert await bot.ended() == 1
    assert bot.lines[-1] == WORDS("en", "host.bad_token")


async def test_a_second_process_on_the_same_database_is_refused_in_words(bot: Bot, place: Place) -> None:
    second = Bot(place.discord, bot.database)
    await second.launch()
    assert await second.ended() == 1
    assert second.lines[-1] == WORDS("en", "host.second_process", path=bot.database)
    assert not any("Traceback" in line for line in second.lines)
    assert len(place.discord.gateway.identifies) == 1
    await place.written(place.member("aki"), "The first one goes on")


async def test_a_newer_schema_is_refused_in_words(bot: Bot) -> None:
    bot.rows("UPDATE alembic_version SET version_num = '9999'")
    bot.expect("9999")
    await bot.launch()
    assert await bot.ended() == 1
    assert "9999" in bot.lines[-1]
    assert not any("Traceback" in line for line in bot.lines)


async def test_a_host_key_that_cannot_be_read_is_refused_in_words(bot: Bot) -> None:
    key_path(bot.database).mkdir()
    bot.expect(str(key_path(bot.database)))
    await bot.launch(GOEN_SECRET_KEY="")
    assert await bot.ended() == 1
    assert str(key_path(bot.database)) in bot.lines[-1]


async def test_a_cut_gateway_is_resumed_and_else_identified_anew(bot: Bot, discord: Loopback) -> None:
    """With a shard count, with which the library itself would go to Discord's own gateway."""
    place = Place.made(discord)
    aki = place.member("aki")
    await bot.start(SHARD_COUNT="1")
    await place.set_up()
    card = await place.written(aki, "I fix old radios")
    discord.drop_gateway()
    discord.delete_message(card)  # while the bot is away: it hears of it when it resumes
    await until(lambda: bot.rows("SELECT state FROM introductions") == [("draft",)], "deletion noticed")
    assert (discord.gateway.resumes, len(discord.gateway.identifies)) == (1, 1)
    discord.drop_gateway(resumable=False)
    await discord.identified(PATIENCE, times=2)
    await place.written(aki, "I fix old clocks")
    assert {identify["intents"] for identify in discord.gateway.identifies} == {GUILDS_AND_MESSAGES}


async def test_one_of_two_shards_serves_its_servers(bot: Bot, discord: Loopback) -> None:
    place = Place.made(discord)
    while place.guild.id >> 22 & 1 == 0:
        place = Place.made(discord)
    await bot.start(SHARD_IDS="1", SHARD_COUNT="2")
    assert discord.gateway.identifies[0]["shard"] == [1, 2]
    await place.set_up()
    await place.written(place.member("aki"), "I fix old radios")


async def test_health_and_metrics_tell_how_it_is_and_no_secret(bot: Bot, discord: Loopback, place: Place) -> None:
    port = await port_of(bot)
    async with asyncio.timeout(PATIENCE):
        while (await got(port, "/healthz"))[0] != 200:
            await asyncio.sleep(0.05)
    _, health = await got(port, "/healthz")
    assert json.loads(health) == {"gateway": True, "database": True, "oldest_overdue_seconds": 0.0}
    await place.written(place.member("aki"), "I fix old radios")
    await bot.settled()
    status, metrics = await got(port, "/metrics")
    assert status == 200
    done = re.search(r'^goen_effects_total\{outcome="done",verb="send"\} (\S+)$', metrics, re.MULTILINE)
    assert done is not None, metrics
    assert float(done[1]) == 2  # the card, and the hint where to begin
    assert not any(secret in health + metrics for secret in (SECRET_KEY, discord.settings.token, "radios", "aki"))
    bot.rows("UPDATE effects SET wanted_at = 1 WHERE state = 'waiting'")
    status, health = await got(port, "/healthz")
    assert status == 503
    assert json.loads(health)["oldest_overdue_seconds"] > 1000


async def test_a_taken_health_port_is_logged_and_done_without(bot: Bot, discord: Loopback) -> None:
    place = Place.made(discord)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        await bot.start(HEALTH_PORT=str(port))
        line = json.loads(await bot.logged("health port taken"))
        assert (line["level"], line["port"]) == ("warning", port)
        await place.set_up()


async def test_a_host_key_made_on_the_first_run_is_kept_and_told_to_nobody(bot: Bot, discord: Loopback) -> None:
    place = Place.made(discord)
    await bot.start(GOEN_SECRET_KEY="")
    await place.set_up()
    key = key_path(bot.database).read_text().strip()
    assert len(key) > 30
    assert key_path(bot.database).stat().st_mode & 0o777 == 0o600
    _, metrics = await got(await port_of(bot), "/metrics")
    await bot.restart(GOEN_SECRET_KEY="")
    assert key_path(bot.database).read_text().strip() == key
    assert key not in metrics + "\n".join(bot.lines)
    with sqlite3.connect(bot.database) as connection:
        assert key not in "\n".join(connection.iterdump())
    connection.close()


async def test_commands_are_told_to_discord_only_when_they_changed(bot: Bot, discord: Loopback, place: Place) -> None:
    def puts() -> int:
        return sum(request.method == "PUT" and "/commands" in request.path for request in discord.requests)

    assert puts() == 1
    await bot.settled()
    await bot.restart()
    await place.command(place.member("aki"), "guide")
    await bot.settled()
    assert puts() == 1
    await bot.kill()
    bot.rows("UPDATE installation SET value = 'another' WHERE name = 'commands'")
    await bot.start()
    await discord.wait_for(lambda: puts() == 2, PATIENCE, "commands told anew")


async def test_plain_logs_are_plain(bot: Bot, discord: Loopback) -> None:
    await bot.start(LOG_FORMAT="plain")
    assert await bot.stop() == 0
    assert not any(line.startswith("{") for line in bot.lines)
    assert any("health" in line for line in bot.lines)
    assert not any("[error" in line or "Traceback" in line or discord.settings.token in line for line in bot.lines)
    bot.lines.clear()
