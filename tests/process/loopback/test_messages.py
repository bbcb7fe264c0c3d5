"""Messages, threads, channels, people and permissions, as a bare discord.py bot meets them."""

import io

import discord
from discord import ui

from .bare import V2, Bare, Panel, Scene, heard, path, refused
from .permissions import BOT_USUALLY, Permission
from .server import Loopback


async def test_an_enforced_nonce_makes_one_message(scene: Scene, server: Loopback, bot: Bare) -> None:
    body = {"content": "once", "nonce": "n" * 22, "enforce_nonce": True}
    first = await bot.raw("POST", path(scene.channel), body)
    again = await bot.raw("POST", path(scene.channel), body)
    assert (first["id"], first["nonce"]) == (again["id"], "n" * 22)
    assert "nonce" not in await bot.raw("GET", path(scene.channel, f"/messages/{first['id']}"))
    await bot.raw("POST", path(scene.channel), {**body, "enforce_nonce": False})
    assert len(server.bot_messages(scene.channel)) == 2
    server.forget_nonces()
    await bot.raw("POST", path(scene.channel), body)
    server.messages.nonce_seconds = 0
    await bot.raw("POST", path(scene.channel), body)
    assert len(server.bot_messages(scene.channel)) == 4


async def test_threads_have_the_messages_id_and_close(scene: Scene, server: Loopback, bot: Bare) -> None:
    card = await bot.raw("POST", path(scene.channel), {"content": "card"})
    start = path(scene.channel, f"/messages/{card['id']}/threads")
    thread = await bot.raw("POST", start, {"name": "aki"})
    assert thread["id"] == card["id"]
    assert await refused(bot.raw("POST", start, {"name": "aki"})) == 160004
    assert (await bot.raw("GET", path(scene.channel, f"/messages/{card['id']}")))["thread"]["id"] == thread["id"]
    own = server.world.channels[int(thread["id"])]
    await bot.raw("POST", path(own), {"content": "in it"})
    assert [message.content for message in server.bot_messages(own)] == ["in it"]
    active, archived = f"/guilds/{scene.guild.id}/threads/active", path(scene.channel, "/threads/archived/public")
    assert [each["id"] for each in (await bot.raw("GET", active))["threads"]] == [thread["id"]]
    server.set_thread(own, archived=True)
    assert await refused(bot.raw("POST", path(own), {"content": "too late"})) == 50083
    assert await refused(bot.raw("PATCH", path(own, ""), {"name": "new"})) == 50083
    assert [each["id"] for each in (await bot.raw("GET", archived))["threads"]] == [thread["id"]]
    await bot.raw("PATCH", path(own, ""), {"archived": False, "locked": False})
    await bot.raw("POST", path(own), {"content": "again"})
    server.set_bot_permissions(scene.channel, BOT_USUALLY & ~Permission.MANAGE_THREADS)
    server.set_thread(own, locked=True)
    assert await refused(bot.raw("POST", path(own), {"content": "locked"})) == 160005
    server.set_thread(own, archived=True)
    assert await refused(bot.raw("PATCH", path(own, ""), {"archived": False})) == 50013
    server.assert_clean()


async def test_lists_go_newest_first_by_page(scene: Scene, server: Loopback, bot: Bare) -> None:
    ids = [(await bot.raw("POST", path(scene.channel), {"content": str(n)}))["id"] for n in range(5)]

    async def listed(query: str) -> list[str]:
        found = await bot.raw("GET", path(scene.channel, f"/messages?{query}"))
        return [message["content"] for message in found]

    assert await listed("limit=2") == ["4", "3"]
    assert await listed(f"before={ids[2]}") == ["1", "0"]
    assert await listed(f"after={ids[1]}&limit=2") == ["3", "2"]


async def test_edits_pins_files_and_deletion(scene: Scene, server: Loopback, bot: Bare) -> None:
    target = bot.get_partial_messageable(scene.channel.id)
    view = ui.LayoutView()
    view.add_item(ui.MediaGallery(discord.MediaGalleryItem("attachment://seen.png")))
    message = await target.send(file=discord.File(io.BytesIO(b"picture"), "seen.png"), view=view)
    kept = scene.channel.messages[message.id]
    assert kept.files == {"seen.png": b"picture"}
    assert message.components[0].to_dict()["items"][0]["media"]["url"] == kept.attachments[0]["url"]  # type: ignore[typeddict-item] # a gallery
    await message.pin()
    assert scene.channel.pins == [kept]
    await message.edit(view=Panel(), attachments=[])
    assert (kept.text.splitlines()[0], kept.files) == ("Hello there", {})
    other = server.member_message(scene.aki, scene.channel, "mine")
    assert await refused(bot.raw("PATCH", path(scene.channel, f"/messages/{other.id}"), {"content": "x"})) == 50005
    await message.delete()
    assert kept.deleted
    assert await refused(message.edit(content="x")) == 10008
    server.assert_clean()


async def test_a_picture_follows_in_an_edit_of_the_answer(scene: Scene, server: Loopback, bot: Bare) -> None:
    act = server.slash(scene.aki, scene.channel, "say hello", to=scene.aki)
    await act.answered()
    (got,) = await heard(bot, "interaction")
    view = ui.LayoutView()
    view.add_item(ui.MediaGallery(discord.MediaGalleryItem("attachment://seen.png", description="A picture")))
    for content in (b"picture", b"another"):
        file = discord.File(io.BytesIO(content), "seen.png")
        await got.edit_original_response(content=None, view=view, attachments=[file])
        assert act.message is not None
        assert act.message.files == {"seen.png": content}
        (gallery,) = act.message.components
        assert gallery["items"][0]["media"]["url"] == act.message.attachments[0]["url"]
    server.assert_clean()


async def test_components_keep_their_ids_and_get_the_rest(scene: Scene, server: Loopback, bot: Bare) -> None:
    inner = [{"type": 10, "content": "a", "id": 2}, {"type": 10, "content": "b"}]
    body = {"flags": V2, "components": [{"type": 17, "id": 2**31 - 1, "components": inner}]}
    sent = await bot.raw("POST", path(scene.channel), body)
    container = sent["components"][0]
    assert [container["id"], *(child["id"] for child in container["components"])] == [2**31 - 1, 2, 1]


async def test_unknown_things_have_discords_codes(scene: Scene, server: Loopback, bot: Bare) -> None:
    stranger = server.create_user("stranger")
    members = f"/guilds/{scene.guild.id}/members"
    assert await refused(bot.raw("GET", f"{members}/{stranger.id}")) == 10007
    assert await refused(bot.raw("GET", f"{members}/1")) == 10013
    assert await refused(bot.raw("GET", "/guilds/1")) == 10004
    assert await refused(bot.raw("GET", "/channels/1")) == 10003
    assert await refused(bot.raw("GET", path(scene.channel, "/messages/1"))) == 10008
    assert await refused(bot.raw("POST", "/users/@me/channels", {"recipient_id": "1"})) == 50033
    assert (await bot.raw("GET", f"{members}/{scene.aki.id}"))["user"]["username"] == "aki"
    server.remove_member(scene.aki)
    assert await refused(bot.raw("GET", f"{members}/{scene.aki.id}")) == 10007


async def test_missing_permissions_are_told_apart(scene: Scene, server: Loopback, bot: Bare) -> None:
    hello = {"content": "x"}
    server.set_bot_permissions(scene.channel, BOT_USUALLY & ~Permission.SEND_MESSAGES)
    assert await refused(bot.raw("POST", path(scene.channel), hello)) == 50013
    server.set_bot_permissions(scene.channel, BOT_USUALLY & ~Permission.VIEW_CHANNEL)
    assert await refused(bot.raw("POST", path(scene.channel), hello)) == 50001
    new = {"name": "Job Change", "type": 0}
    made = await bot.raw("POST", f"/guilds/{scene.guild.id}/channels", new)
    assert made["name"] == "job-change"
    await bot.raw("POST", f"/channels/{made['id']}/messages", hello)
    server.set_bot_permissions(scene.guild, BOT_USUALLY & ~Permission.MANAGE_CHANNELS)
    assert await refused(bot.raw("POST", f"/guilds/{scene.guild.id}/channels", new)) == 50013
    assert len(await bot.raw("GET", f"/guilds/{scene.guild.id}/channels")) == 2
