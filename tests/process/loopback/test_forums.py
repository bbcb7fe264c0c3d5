"""Forums, their tags and their posts, as a bare discord.py bot meets them."""

from typing import Any

import discord
import pytest

from .bare import V2, Bare, Scene, heard, path, refused
from .entities import Channel
from .errors import NotPossible
from .permissions import BOT_USUALLY, Permission
from .server import Loopback

Json = dict[str, Any]
MESSAGE = {"flags": V2, "components": [{"type": 17, "id": 4711, "components": [{"type": 10, "content": "Hello"}]}]}
POST = {"name": "How do you sleep?", "message": MESSAGE}


@pytest.fixture
def forum(scene: Scene, server: Loopback) -> Channel:
    made = server.create_forum(scene.guild, "asks", "health", "work")
    server.set_tags(made, [*made.available_tags, {"name": "answered", "moderated": True}])
    return made


def ids(forum: Channel) -> list[str]:
    return [tag["id"] for tag in forum.available_tags]


async def test_a_post_is_a_thread_whose_first_message_has_its_id(
    scene: Scene, server: Loopback, bot: Bare, forum: Channel
) -> None:
    made = await bot.raw("POST", path(forum, "/threads"), {**POST, "applied_tags": ids(forum)})
    assert (made["id"], made["parent_id"], made["applied_tags"]) == (made["message"]["id"], str(forum.id), ids(forum))
    (first,) = server.bot_messages(server.world.channels[int(made["id"])])
    assert (first.id, first.text, first.components[0]["id"]) == (int(made["id"]), "Hello", 4711)
    await heard(bot, "message")
    (thread,) = await heard(bot, "thread_create")
    assert isinstance(thread.parent, discord.ForumChannel)
    assert [tag.name for tag in thread.applied_tags] == ["health", "work", "answered"]
    assert thread.parent.available_tags[-1].moderated
    active = await bot.raw("GET", f"/guilds/{scene.guild.id}/threads/active")
    assert [each["id"] for each in active["threads"]] == [made["id"]]
    server.set_bot_permissions(forum, BOT_USUALLY & ~Permission.VIEW_CHANNEL)
    assert (await bot.raw("GET", f"/guilds/{scene.guild.id}/threads/active"))["threads"] == []
    server.assert_clean()


async def test_tags_that_a_post_may_not_have(server: Loopback, bot: Bare, forum: Channel) -> None:
    health, _, answered = ids(forum)
    start = path(forum, "/threads")
    assert await refused(bot.raw("POST", start, {**POST, "applied_tags": ["1"]})) == 10087
    server.set_bot_permissions(forum, BOT_USUALLY & ~Permission.MANAGE_THREADS)
    assert await refused(bot.raw("POST", start, {**POST, "applied_tags": [answered]})) == 50013
    made = await bot.raw("POST", start, {**POST, "applied_tags": [health]})
    thread = server.world.channels[int(made["id"])]
    assert await refused(bot.raw("PATCH", path(thread, ""), {"applied_tags": [health, answered]})) == 50013
    await bot.raw("PATCH", path(thread, ""), {"applied_tags": []})
    assert thread.tag_names == []
    forum.requires_tag = True
    assert await refused(bot.raw("POST", start, POST)) == 40067
    server.set_bot_permissions(forum, BOT_USUALLY & ~Permission.SEND_MESSAGES)
    assert await refused(bot.raw("POST", start, POST)) == 50013
    server.assert_clean()


async def test_an_archived_post_takes_tags_when_it_is_open(
    scene: Scene, server: Loopback, bot: Bare, forum: Channel
) -> None:
    thread = server.open_post(scene.aki, forum, "Who sleeps?", "I don't")
    server.set_thread(thread, archived=True)
    tags = {"applied_tags": ids(forum)[:1]}
    assert await refused(bot.raw("PATCH", path(thread, ""), tags)) == 50083
    await bot.raw("PATCH", path(thread, ""), {"archived": False, **tags})
    assert thread.tag_names == ["health"]
    (changed,) = await heard(bot, "raw_thread_update", times=2)
    assert changed.data["applied_tags"] == tags["applied_tags"]
    server.delete_channel(thread)
    assert (await heard(bot, "raw_thread_delete"))[0].thread_id == thread.id
    server.assert_clean()


async def test_a_forums_tags_are_replaced_as_a_whole(server: Loopback, bot: Bare, forum: Channel) -> None:
    made = await bot.raw("POST", path(forum, "/threads"), {**POST, "applied_tags": ids(forum)})
    health, work, _ = forum.available_tags
    listed = {"available_tags": [work, {"name": "Money", "emoji_name": "💰"}, {**health, "name": "body"}]}
    changed = await bot.raw("PATCH", path(forum, ""), listed)
    assert [tag["name"] for tag in changed["available_tags"]] == ["work", "Money", "body"]
    assert server.world.channels[int(made["id"])].tag_names == ["body", "work"]
    twice = {"available_tags": [work, {"name": "WORK"}]}
    assert await refused(bot.raw("PATCH", path(forum, ""), twice)) == 40061
    assert await refused(bot.raw("PATCH", path(forum, ""), {"available_tags": [{"name": "x", "id": "1"}]})) == 10087
    server.set_bot_permissions(forum, BOT_USUALLY & ~Permission.MANAGE_CHANNELS)
    assert await refused(bot.raw("PATCH", path(forum, ""), listed)) == 50013
    server.assert_clean()


async def test_what_a_forum_is_not(scene: Scene, server: Loopback, bot: Bare, forum: Channel) -> None:
    assert await refused(bot.raw("POST", path(forum), {"content": "x"})) == 40058
    assert await refused(bot.raw("POST", path(scene.channel, "/threads"), POST)) == 50024
    new = {"name": "asks", "type": 15}
    assert (await bot.raw("POST", f"/guilds/{scene.guild.id}/channels", new))["type"] == 15
    plain = server.create_guild("Plain", is_community=False)
    assert await refused(bot.raw("POST", f"/guilds/{plain.id}/channels", new)) == 50024


async def test_who_writes_in_an_archived_thread_opens_it_unless_it_is_locked(
    scene: Scene, server: Loopback, bot: Bare, forum: Channel
) -> None:
    thread = server.open_post(scene.aki, forum, "Who sleeps?", "I don't")
    server.set_thread(thread, archived=True)
    server.member_message(scene.aki, thread, "still")
    assert not thread.archived
    await heard(bot, "message", times=2)
    server.set_thread(thread, locked=True)
    with pytest.raises(NotPossible):
        server.member_message(scene.aki, thread, "now?")
