"""Private messages: opened, sent, refused, and what can be done in them, as a bare discord.py bot meets them."""

import discord
import pytest

from .bare import Bare, Scene, heard, path, posted_panel, refused
from .errors import NotPossible
from .interactions import Answer
from .server import Loopback


async def opened(bot: Bare, user_id: int) -> str:
    """Open the conversation with somebody; return the path to its messages."""
    channel = await bot.raw("POST", "/users/@me/channels", {"recipient_id": str(user_id)})
    assert [each["id"] for each in channel["recipients"]] == [str(user_id)]
    return f"/channels/{channel['id']}/messages"


async def test_a_conversation_is_one_channel_and_its_messages_are_once(
    scene: Scene, server: Loopback, bot: Bare
) -> None:
    messages = await opened(bot, scene.aki.id)
    assert await opened(bot, scene.aki.id) == messages
    beni = server.add_member(scene.guild, "beni")
    assert await opened(bot, beni.id) != messages
    body = {"content": "once", "nonce": "n" * 22, "enforce_nonce": True}
    first, again = await bot.raw("POST", messages, body), await bot.raw("POST", messages, body)
    assert (first["id"], first["nonce"]) == (again["id"], "n" * 22)
    await bot.raw("POST", await opened(bot, beni.id), body)
    server.forget_nonces()
    await bot.raw("POST", messages, {**body, "content": "twice"})
    await bot.raw("PATCH", f"{messages}/{first['id']}", {"content": "first"})
    assert [message.text for message in server.dms(scene.aki)] == ["first", "twice"]
    assert [message.text for message in server.dms(beni.user)] == ["once"]
    assert [message["content"] for message in await bot.raw("GET", messages)] == ["twice", "first"]
    server.assert_clean()


async def test_closed_dms_open_and_take_nothing(scene: Scene, server: Loopback, bot: Bare) -> None:
    user = await bot.fetch_user(scene.aki.id)
    await user.send("open")
    server.close_dms(scene.aki)
    assert await refused(user.send("closed")) == 50007
    assert [message["content"] for message in await bot.raw("GET", await opened(bot, scene.aki.id))] == ["open"]


async def test_nobody_is_written_to_who_is_in_none_of_the_bots_servers(
    scene: Scene, server: Loopback, bot: Bare
) -> None:
    assert await refused(bot.raw("POST", await opened(bot, server.create_user("eve").id), {"content": "hi"})) == 50278
    messages = await opened(bot, scene.aki.id)
    server.remove_member(scene.aki)
    assert await refused(bot.raw("POST", messages, {"content": "hi"})) == 50278
    server.add_member(server.create_guild("elsewhere"), scene.aki.user)
    await bot.raw("POST", messages, {"content": "hi"})


async def test_the_gateway_tells_nothing_of_them(scene: Scene, server: Loopback, bot: Bare) -> None:
    user = await bot.fetch_user(scene.aki.id)
    message = await user.send("private")
    await message.edit(content="still private")
    await message.delete()
    server.member_message(scene.aki, server.dm_of(scene.aki), "my answer")
    await bot.raw("POST", path(scene.channel), {"content": "public"})
    (public,) = await heard(bot, "message")
    assert public.content == "public"
    told = {"message", "private_channel_create", "raw_message_edit", "raw_message_delete"}
    assert [name for name in bot.names() if name in told] == ["message"]


async def test_what_is_pressed_in_one_comes_from_a_user_and_is_answered_there(
    scene: Scene, server: Loopback, bot: Bare
) -> None:
    panel = await posted_panel(bot, server, server.dm_of(scene.aki))
    later = server.press(scene.aki, panel, "later")
    assert (await later.answered()).type is Answer.DEFERRED_UPDATE
    (got,) = await heard(bot, "interaction")
    assert (got.guild_id, got.guild_locale, str(got.locale), got.user.id) == (None, None, "ja", scene.aki.id)
    assert got.context.dm_channel
    assert isinstance(got.user, discord.User)
    assert later.message is not None
    assert (later.message.text, later.ephemeral, later.message.channel) == ("Here it is", True, panel.channel)
    chosen = server.select(scene.aki.user, panel, "pick", ["b"])
    await chosen.answered()
    assert chosen.message is not None
    assert (chosen.message.text, chosen.ephemeral) == ("picked ['b']", True)
    updated = server.press(scene.aki, panel, "update")
    assert (await updated.answered()).type is Answer.UPDATE
    assert [message.text for message in server.dms(scene.aki)] == ["Updated"]
    server.assert_clean()


async def test_a_form_that_is_opened_in_one_is_sent_from_there(scene: Scene, server: Loopback, bot: Bare) -> None:
    panel = await posted_panel(bot, server, server.dm_of(scene.aki))
    act = server.press(scene.aki, panel, "form")
    await act.answered()
    assert act.modal is not None
    sent = server.submit(scene.aki, act.modal, {"now": "at home", "friend": [scene.aki]})
    await sent.answered()
    (got,) = await heard(bot, "interaction", times=2)
    assert "members" not in got.data["resolved"]
    assert sent.message is not None
    assert (sent.message.text, sent.ephemeral) == ("at home [] ['aki']", True)
    server.assert_clean()


async def test_commands_and_menus_are_used_in_one_where_they_are_allowed(
    scene: Scene, server: Loopback, bot: Bare
) -> None:
    private = server.dm_of(scene.aki)
    act = server.slash(scene.aki, private, "say later")
    await act.answered()
    assert act.message is not None
    assert (act.message.text, act.ephemeral, act.message.channel) == ("later", True, private)
    panel = await posted_panel(bot, server, private)
    menu = server.context_menu(scene.aki.user, "Read", panel, private)
    await menu.answered()
    assert (menu.ephemeral, menu.channel) == (True, private)
    with pytest.raises(NotPossible, match="not there"):
        server.context_menu(scene.aki, "Look", scene.aki, private)


async def test_nobody_acts_in_somebody_elses(scene: Scene, server: Loopback, bot: Bare) -> None:
    beni = server.add_member(scene.guild, "beni")
    panel = await posted_panel(bot, server, server.dm_of(scene.aki))
    with pytest.raises(NotPossible, match="somebody else's"):
        server.press(beni, panel, "later")
    with pytest.raises(NotPossible, match="somebody else's"):
        server.slash(beni.user, panel.channel, "say later")
