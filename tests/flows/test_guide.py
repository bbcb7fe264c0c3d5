"""A member's home, drafts of forms that failed, and the greeting of newcomers."""

from datetime import timedelta

import pytest
from simcord.enums import MessageType

from bot.features.members.model import DRAFT_KEPT
from tests.flows.messages import controls, words
from tests.flows.people import Answer, Person
from tests.flows.village import Village

NOTE = "くわしい話 **太字** 「かぎ」"


async def refused(person: Person) -> Answer:
    """Send an introduction whose link can't be taken."""
    answer = await person.write("一行", note=NOTE, link="ftp://example.com", offer_topics=["health"])
    assert person.text("introductions.bad_link") in answer.text
    return answer


async def test_guide_of_a_newcomer_invites_to_one_line(village: Village, aki: Person) -> None:
    guide = await aki.slash("guide")
    assert aki.text("introductions.waiting_first") in guide.text
    assert (await aki.press(guide, "write")).form is not None


async def test_guide_says_when_nothing_waits(village: Village, aki: Person) -> None:
    await aki.write()
    guide = await aki.slash("guide")
    assert aki.text("members.nothing_waits") in guide.text
    assert aki.text("members.write_again") in str(guide.message.components)
    ways = {name.split(":")[2] for name in controls(guide.message)}
    everyday = {"write", "show", "search", "new", "mine", "open", "thank", "standing", "inbox", "preferences", "report"}
    assert ways == everyday | {"request", "queue", "today", "me"}


async def test_everything_is_done_from_the_guide_by_buttons(village: Village, aki: Person, beni: Person) -> None:
    guide = await aki.slash("guide")
    form = await aki.press(guide, "write")
    await aki.submit(form, now="育児の合間に")
    mine = await aki.press(guide, "show")
    assert "育児の合間に" in mine.text
    found = await beni.submit(await beni.press(await beni.slash("guide"), "search"), text="育児")
    assert f"<@{aki.id}>" in found.text
    done = await aki.press(await aki.press(mine, "withdraw"), "withdraw_confirm")
    assert aki.text("introductions.mine_withdrawn") in done.text


async def test_refused_form_comes_back_with_all_that_was_typed(village: Village, aki: Person) -> None:
    form = await aki.press(await refused(aki), "draft")
    assert form.filled == {
        "now": "一行",
        "offer_topics": ["health"],
        "seek_topics": [],
        "note": NOTE,
        "link": "ftp://example.com",
    }
    await aki.submit(form, now="一行", note=NOTE, link="https://example.com")
    assert (await village.introduction(aki)).note == NOTE


async def test_draft_waits_in_the_guide_and_goes_once_it_went_through(village: Village, aki: Person) -> None:
    await refused(aki)
    guide = await aki.slash("guide")
    assert aki.text("members.waiting_draft") in guide.text
    await aki.submit(await aki.press(guide, "draft"), now="一行", link="")
    after = await aki.press(guide, "draft")
    assert after.text == aki.text("members.draft_gone")
    assert aki.text("members.waiting_draft") not in (await aki.slash("guide")).text


async def test_draft_is_nobody_elses(village: Village, aki: Person, beni: Person) -> None:
    answer = await refused(aki)
    (button,) = controls(answer.message)
    other = await beni.forge(button)
    assert other.text == beni.text("members.draft_gone")


async def test_draft_is_gone_after_a_day(village: Village, aki: Person) -> None:
    answer = await refused(aki)
    await village.pass_time(DRAFT_KEPT - timedelta(minutes=1))
    assert (await aki.press(answer, "draft")).form is not None
    await village.pass_time(timedelta(minutes=2))
    assert (await aki.press(answer, "draft")).text == aki.text("members.draft_gone")
    assert aki.text("members.waiting_draft") not in (await aki.slash("guide")).text


async def test_form_that_fails_for_our_fault_keeps_the_text(
    village: Village, aki: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object) -> None:
        raise RuntimeError("made up")

    form = await aki.slash("intro write")
    with monkeypatch.context() as patch:
        patch.setattr("bot.features.introductions.service.Introductions.write", fail)
        answer = await aki.submit(form, now="大事な一行")
    assert "made up" not in answer.text
    assert answer.text.startswith(aki.text("errors.unexpected", code="|").partition("|")[0])
    (logged,) = village.complaints.take()
    assert "大事な一行" not in logged
    assert (await aki.press(answer, "draft")).filled["now"] == "大事な一行"


async def join(village: Village, person: Person) -> None:
    """Let Discord announce somebody in the door channel."""
    village.guild.create_system_message(village.door, MessageType.NEW_MEMBER, author=person.actor)
    await village.env.settle()


async def test_join_message_is_followed_by_one_public_line(village: Village, aki: Person) -> None:
    await join(village, aki)
    await join(village, aki)
    (line,) = village.cards(village.door)
    assert words(line) == village.text("members.welcome", name=f"<@{aki.id}>")
    guide = await aki.press(line, "guide")
    assert aki.text("members.guide_title") in guide.text


async def test_two_newcomers_get_a_line_each_also_after_one_came_twice(
    village: Village, aki: Person, beni: Person
) -> None:
    await aki.write()
    await join(village, aki)
    await join(village, aki)
    await join(village, beni)
    assert all(
        f"<@{person.id}>" in words(line) for person, line in zip((aki, beni), village.cards(village.door), strict=True)
    )


async def test_nobody_is_greeted_before_there_is_something_to_do(bare: Village) -> None:
    await join(bare, bare.move_in("Aki"))
    assert not bare.cards(bare.door)


async def test_guide_in_a_private_conversation_points_to_the_server(village: Village, aki: Person) -> None:
    await join(village, aki)
    payload = village.interaction(aki, 3, {"custom_id": f"v1:members:guide:{village.guild.id}", "component_type": 2})[1]
    for name in ("guild_id", "member", "guild_locale"):
        payload.pop(name)
    payload["user"] = {"id": str(aki.id), "username": "Aki", "discriminator": "0", "avatar": None}
    village.env.backend.emit("INTERACTION_CREATE", payload)
    await village.env.settle()
    assert aki.text("errors.servers_only") in str(village.sent(ending="/callback")[-1])
