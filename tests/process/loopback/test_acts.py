"""Commands, menus, controls and forms, as a bare discord.py bot meets them."""

from typing import Any

import pytest

from .bare import Bare, Scene, heard, posted_panel, refused, started
from .entities import Member, User
from .errors import NotPossible
from .interactions import Answer, Asked
from .permissions import Permission
from .server import Loopback


async def test_slash_command_carries_locales_options_and_permissions(scene: Scene, server: Loopback, bot: Bare) -> None:
    act = server.slash(scene.aki, scene.channel, "say hello", to=scene.aki)
    await act.answered()
    assert act.message is not None
    assert act.message.text == "Hello aki ×1 ja ja True"
    assert not act.ephemeral
    assert act.acknowledged_after is not None
    assert act.acknowledged_after < 3
    assert server.bot_messages(scene.channel) == [act.message]
    server.assert_clean()


async def test_options_bring_people_as_users_and_who_is_there_as_members(
    scene: Scene, server: Loopback, bot: Bare
) -> None:
    gone, stranger = server.add_member(scene.guild, "gone"), server.create_user("stranger")
    server.remove_member(gone)
    people: list[Member | User] = [scene.aki, gone, stranger]
    for times, person in enumerate(people, 1):
        server.slash(scene.aki, scene.channel, "say hello", to=person)
        (got,) = await heard(bot, "interaction", times)
        resolved = got.data["resolved"]
        assert list(resolved["users"]) == [str(person.id)]
        assert list(resolved.get("members", ())) == ([str(person.id)] if person is scene.aki else [])


async def test_what_discords_app_would_not_let_one_do_is_refused(scene: Scene, server: Loopback, bot: Bare) -> None:
    for command, options in (("say", {}), ("say hello", {}), ("say hello", {"to": 3}), ("nope", {})):
        with pytest.raises(NotPossible):
            server.slash(scene.aki, scene.channel, command, **options)
    scene.channel.overwrite(scene.guild.id, deny=Permission.VIEW_CHANNEL)
    with pytest.raises(NotPossible, match="does not see"):
        server.slash(scene.aki, scene.channel, "say hello", to=scene.aki)


async def test_nobody_reaches_a_bot_that_is_not_connected(scene: Scene, server: Loopback) -> None:
    async with started(server):
        pass
    await server.disconnected()
    with pytest.raises(NotPossible, match="not connected"):
        server.slash(scene.aki, scene.channel, "say hello", to=scene.aki)


async def test_a_promised_answer_counts_once_it_is_there(scene: Scene, server: Loopback, bot: Bare) -> None:
    act = server.slash(scene.aki, scene.channel, "say later")
    assert (await act.acknowledged()).type is Answer.DEFERRED_MESSAGE
    await act.answered()
    await server.wait_for(lambda: act.followups)
    assert act.ephemeral
    assert [act.message.text if act.message else None, act.followups[0].text] == ["later", "and more"]
    assert server.bot_messages(scene.channel) == [act.followups[0]]


async def test_menus_hand_over_their_target_with_its_text(scene: Scene, server: Loopback, bot: Bare) -> None:
    message = server.member_message(scene.aki, scene.channel, "thank you all")
    on_message = server.context_menu(scene.aki, "Read", message, scene.channel)
    on_member = server.context_menu(scene.aki, "Look", scene.aki, scene.channel)
    for act in (on_message, on_member):
        await act.answered()
    assert on_message.message is not None
    assert on_message.message.text == "it says thank you all"
    assert on_member.message is not None
    assert on_member.message.text == "it is aki"
    (got,) = await heard(bot, "interaction", times=2)
    resolved = got.data["resolved"]
    assert (got.data["target_id"], *resolved["users"]) == (str(scene.aki.id), str(scene.aki.id))
    assert int(resolved["members"][str(scene.aki.id)]["permissions"]) & Permission.SEND_MESSAGES
    elsewhere = server.create_channel(scene.guild, "elsewhere")
    with pytest.raises(NotPossible, match="is not to be seen"):
        server.context_menu(scene.aki, "Read", message, elsewhere)


async def test_what_is_typed_is_completed(scene: Scene, server: Loopback, bot: Bare) -> None:
    act = server.autocomplete(scene.aki, scene.channel, "say topic", "topic", topic="co", to=scene.aki)
    choices = (await act.answered()).choices
    assert [choice["value"] for choice in choices] == ["code", "cooking"]
    (got,) = await heard(bot, "interaction")
    assert got.namespace.topic == "co"
    with pytest.raises(NotPossible, match="completes nothing"):
        server.autocomplete(scene.aki, scene.channel, "say hello", "to", to=scene.aki)
    server.assert_clean()


async def test_a_button_opens_a_form_whose_fields_arrive(scene: Scene, server: Loopback, bot: Bare) -> None:
    panel = await posted_panel(bot, server, scene.channel)
    act = server.press(scene.aki, panel, "form")
    await act.answered()
    assert act.modal is not None
    assert act.modal.title == "About you"
    fields: dict[str, Any] = {"topics": ["code", "blog"], "friend": [scene.aki]}
    submitted = server.submit(scene.aki, act.modal, fields)
    await submitted.answered()
    assert submitted.message is not None
    assert submitted.message.text == "nothing ['blog', 'code'] ['aki']"
    wrongs: tuple[dict[str, Any], ...] = ({"now": "x" * 21}, {"now": ""}, {"topics": ["cats"]}, {"nope": "x"})
    for wrong in wrongs:
        with pytest.raises(NotPossible):
            server.submit(scene.aki, act.modal, wrong)
    server.assert_clean()


async def test_people_whom_a_form_names_by_itself_arrive_like_others(scene: Scene, server: Loopback, bot: Bare) -> None:
    beni = server.add_member(scene.guild, "beni")
    act = server.press(scene.aki, await posted_panel(bot, server, scene.channel), "nothing")
    field = {"type": 5, "custom_id": "friend", "default_values": [{"id": str(beni.id), "type": "user"}]}
    form = {"title": "x", "custom_id": "x", "components": [{"type": 18, "label": "x", "component": field}]}
    await bot.raw("POST", f"/interactions/{act.id}/{act.token}/callback", {"type": 9, "data": form})
    assert act.modal is not None
    filled: tuple[dict[str, Any], ...] = ({}, {"friend": [scene.aki]})
    for times, (fields, person) in enumerate(zip(filled, (beni, scene.aki), strict=True), 2):
        server.submit(scene.aki, act.modal, fields)
        (got,) = await heard(bot, "interaction", times)
        assert got.data["components"][0]["component"]["values"] == [str(person.id)]
        assert list(got.data["resolved"]["members"]) == [str(person.id)]
    server.assert_clean()


async def test_updates_and_private_follow_ups(scene: Scene, server: Loopback, bot: Bare) -> None:
    panel = await posted_panel(bot, server, scene.channel)
    later = server.press(scene.aki, panel, "v1:test:later:1")
    assert (await later.answered()).type is Answer.DEFERRED_UPDATE
    assert later.message is not None
    assert (later.message.text, later.ephemeral) == ("Here it is", True)
    chosen = server.select(scene.aki, panel, "pick", ["b"])
    await chosen.answered()
    assert chosen.message is not None
    assert chosen.message.text == "picked ['b']"
    updated = server.press(scene.aki, panel, "update")
    await updated.answered()
    assert panel.text == "Updated"
    with pytest.raises(NotPossible, match="0 controls"):
        server.press(scene.aki, panel, "later")


async def test_callbacks_come_once_and_in_time(scene: Scene, server: Loopback, bot: Bare) -> None:
    panel = await posted_panel(bot, server, scene.channel)
    act = server.press(scene.aki, panel, "nothing")
    answer = f"/interactions/{act.id}/{act.token}/callback"
    follow_up = f"/webhooks/{server.world.application_id}/{act.token}"
    body = {"type": 4, "data": {"content": "hi"}}
    assert await refused(bot.raw("POST", follow_up, {"content": "too early"})) == 10015
    assert await refused(bot.raw("POST", answer, {"type": 8, "data": {"choices": []}})) == 50035
    await bot.raw("POST", answer, body)
    assert await refused(bot.raw("POST", answer, body)) == 40060
    assert act.refused == [40060]
    assert (await bot.raw("GET", f"{follow_up}/messages/@original"))["content"] == "hi"
    await bot.raw("DELETE", f"{follow_up}/messages/@original")
    assert await refused(bot.raw("GET", f"{follow_up}/messages/@original")) == 10008
    server.settings.token_seconds = 0
    assert await refused(bot.raw("POST", follow_up, {"content": "too late"})) == 50027
    server.settings.ack_seconds = 0
    late = server.press(scene.aki, panel, "nothing")
    assert await refused(bot.raw("POST", f"/interactions/{late.id}/{late.token}/callback", body)) == 10062
    assert late.response is None


async def test_forged_acts_reach_the_bot_as_they_are(scene: Scene, server: Loopback, bot: Bare) -> None:
    server.forge(Asked.MODAL_SUBMIT, scene.aki, scene.channel, {"custom_id": "\0" * 100, "components": []})
    (act,) = await heard(bot, "interaction")
    assert act.data["custom_id"] == "\0" * 100
