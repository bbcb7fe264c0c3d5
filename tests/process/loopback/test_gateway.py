"""Gateway sessions and events, as a bare discord.py bot meets them."""

from collections.abc import Callable

import discord
import pytest

from .bare import Bare, Scene, heard, path, refused, started
from .errors import NotPossible
from .server import Loopback


async def test_identify_and_heartbeat(server: Loopback, scene: Scene) -> None:
    server.settings.heartbeat_seconds = 0.02
    async with started(server) as bot:
        assert server.gateway.identifies[0]["intents"] == (1 << 0) | (1 << 9)
        await server.wait_for(lambda: server.gateway.heartbeats > 3, what="heartbeats")
        guild = await server.wait_for(lambda: bot.get_guild(scene.guild.id))
        assert guild is not None
        assert guild.me.guild_permissions.manage_threads
        assert str(guild.preferred_locale) == "ja"


async def test_a_wrong_token_is_refused(server: Loopback) -> None:
    bot = Bare()
    with pytest.raises(discord.LoginFailure):
        await bot.start("wrong")
    await bot.close()


async def test_a_cut_socket_is_resumed_and_misses_nothing(scene: Scene, server: Loopback, bot: Bare) -> None:
    server.drop_gateway()
    await server.disconnected()
    message = server.member_message(scene.aki, scene.channel, "while away")
    (got,) = await heard(bot, "message")
    assert got.id == message.id
    assert (server.gateway.resumes, len(server.gateway.identifies)) == (1, 1)


@pytest.mark.parametrize(
    ("happens", "resumes", "identifies"),
    [
        (lambda server: server.gateway.ask_to_reconnect(), 1, 1),
        (lambda server: server.gateway.invalidate(resumable=True), 1, 1),
        (lambda server: server.gateway.invalidate(resumable=False), 0, 2),
        (lambda server: server.drop_gateway(resumable=False), 0, 2),
    ],
    ids=["op 7", "op 9 resumable", "op 9", "cut and forgotten"],
)
async def test_ways_to_reconnect(
    happens: Callable[[Loopback], None], resumes: int, identifies: int, scene: Scene, server: Loopback, bot: Bare
) -> None:
    happens(server)
    await server.wait_for(lambda: server.gateway.resumes == resumes and len(server.gateway.identifies) == identifies)
    await server.identified()
    act = server.slash(scene.aki, scene.channel, "say hello", to=scene.aki)
    await act.answered()


async def test_events_follow_the_declared_intents(scene: Scene, server: Loopback, bot: Bare) -> None:
    await bot.raw("POST", path(scene.channel), {"content": "my own"})
    server.system_join(scene.aki, scene.channel)
    server.member_message(scene.aki, server.dm_of(scene.aki), "in private")
    server.add_member(scene.guild, "beni")
    others = server.member_message(scene.aki, scene.channel, "not for bots")
    await heard(bot, "message", times=3)
    messages = [args[0] for name, args in bot.heard if name == "message"]
    assert [(each.type.value, each.content) for each in messages] == [(0, "my own"), (7, ""), (0, "")]
    assert "raw_member_join" not in bot.names()
    assert "member_join" not in bot.names()
    assert (await bot.raw("GET", path(scene.channel, f"/messages/{others.id}")))["content"] == ""


async def test_deletions_and_outages_are_told(scene: Scene, server: Loopback, bot: Bare) -> None:
    card = await bot.raw("POST", path(scene.channel), {"content": "card"})
    await bot.raw("POST", path(scene.channel, f"/messages/{card['id']}/threads"), {"name": "aki"})
    thread = server.world.channels[int(card["id"])]
    server.delete_channel(thread)
    server.delete_message(scene.channel.messages[int(card["id"])])
    server.delete_channel(scene.channel)
    server.set_outage(scene.guild, out=True)
    with pytest.raises(NotPossible, match="out"):
        server.slash(scene.aki, scene.channel, "say later")
    server.set_outage(scene.guild, out=False)
    server.kick_bot(scene.guild)
    (gone,) = await heard(bot, "guild_remove")
    assert gone.id == scene.guild.id
    expected = ["raw_thread_delete", "raw_message_delete", "guild_channel_delete", "guild_unavailable"]
    assert [name for name in bot.names() if name in expected] == expected
    assert await refused(bot.raw("GET", f"/guilds/{scene.guild.id}")) == 10004
    server.bring_bot_back(scene.guild)
    server.delete_guild(scene.guild)
    await heard(bot, "guild_remove", times=2)


async def test_guilds_and_dms_go_to_their_shards(server: Loopback) -> None:
    server.settings.shards = 2
    scenes = [Scene(server), Scene(server)]
    while scenes[-1].guild.id >> 22 & 1 == scenes[0].guild.id >> 22 & 1:
        scenes.append(Scene(server))
    async with started(server) as bot:
        await server.wait_for(lambda: len(server.gateway.live) == 2, what="second shard")
        for each in (scenes[0], scenes[-1]):
            act = server.slash(each.aki, each.channel, "say hello", to=each.aki)
            await act.answered()
        assert len({guild.shard_id for guild in bot.guilds}) == 2
