"""Being told and asked: in the inbox or by DM, with the same buttons; nothing private is ever public."""

from datetime import timedelta

from bot.features.members.choices import Choices
from bot.features.members.reach import Kind, Way
from bot.kernel.ids import MemberId
from tests.flows.messages import controls, words
from tests.flows.people import Answer, Person
from tests.flows.village import Village


async def agree(village: Village, person: Person, kind: Kind, way: Way) -> None:
    """Agree by the buttons of the preferences."""
    overview = await person.press(await person.slash("preferences"), "consents")
    await person.press(await person.press(overview, f"consent_{kind}"), f"{way}_{kind}")


async def greeted(village: Village, owner: Person, giver: Person, text: str = "はじめまして") -> None:
    """Let somebody write, and somebody else say hello."""
    await owner.write("一行")
    await giver.greet(village.cards()[-1], words=text)
    await village.env.settle()


async def test_an_empty_inbox_says_so(village: Village, aki: Person) -> None:
    assert aki.text("members.inbox_empty") in (await aki.slash("inbox")).text


async def test_a_hello_waits_in_the_inbox_and_a_line_says_so_until_it_is_opened(
    village: Village, aki: Person, beni: Person
) -> None:
    await greeted(village, aki, beni)
    assert aki.text("errors.news") in (await aki.slash("guide")).text
    inbox = await aki.press(await aki.slash("guide"), "inbox")
    assert f"<@{beni.id}>" in inbox.text
    assert aki.text("errors.news") not in inbox.text
    assert aki.text("errors.news") not in (await aki.slash("guide")).text
    assert not aki.dms()


async def test_who_agreed_gets_it_as_a_private_message_with_why_and_stop(
    village: Village, aki: Person, beni: Person
) -> None:
    await village.noon()
    await agree(village, aki, Kind.ANSWERS, Way.DM)
    await greeted(village, aki, beni)
    (message,) = aki.dms()
    assert f"<@{beni.id}>" in words(message)
    assert aki.text("members.kind_answers") in words(message)
    answer = await aki.press(message, "stop")
    assert aki.text("members.stopped_telling", kind=aki.text("members.kind_answers")) in answer.text
    chie = village.move_in("Chie")
    await chie.greet(village.cards()[-1], words="こんにちは")
    assert len(aki.dms()) == 1
    assert f"<@{chie.id}>" in (await aki.slash("inbox")).text


async def test_closed_private_messages_fall_back_to_the_inbox_and_nowhere_else(
    village: Village, aki: Person, beni: Person
) -> None:
    await village.noon()
    await agree(village, aki, Kind.ANSWERS, Way.DM)
    aki.close_dms()
    before = len(village.cards(village.door)) + len(village.cards())
    await greeted(village, aki, beni)
    assert not aki.dms()
    assert f"<@{beni.id}>" in (await aki.slash("inbox")).text
    shown = await aki.press(await aki.slash("preferences"), "consents")
    assert aki.text("members.dms_refused") in shown.text
    assert len(village.cards(village.door)) + len(village.cards()) == before + 1  # the card itself


async def test_at_night_nothing_comes_before_the_morning(village: Village, aki: Person, beni: Person) -> None:
    await agree(village, aki, Kind.ANSWERS, Way.DM)
    zone = (await village.bot.service(Choices).of(village.server_id, MemberId(aki.id))).preferences.zone
    local = village.env.now().astimezone(zone)
    midnight = (local + timedelta(days=1)).replace(hour=1, minute=0, second=0, microsecond=0)
    await village.pass_time(midnight - local)
    await greeted(village, aki, beni)
    assert not aki.dms()
    await village.pass_time(timedelta(hours=5, minutes=59))
    assert not aki.dms()
    await village.pass_time(timedelta(minutes=2))
    assert len(aki.dms()) == 1


async def asked_by_dm(village: Village, aki: Person, beni: Person) -> Answer:
    """Let Aki be a welcomer who is asked by DM to greet Beni, and return what came."""
    await agree(village, aki, Kind.GREET, Way.DM)
    await aki.write("古株です", offer_topics=["health"])
    await beni.write("はじめてです", seek_topics=["health"])
    await village.noon()
    (message,) = aki.dms()
    assert f"<@{beni.id}>" in words(message)
    assert message.channel.id == aki.actor.user.dm_channel.id
    return message  # type: ignore[return-value]  # a message stands for its answer


async def test_passing_is_answered_kindly_in_the_private_message(village: Village, aki: Person, beni: Person) -> None:
    message = await asked_by_dm(village, aki, beni)
    assert {"pass", "rest", "stop"} <= {name.split(":")[2] for name in controls(message)}  # type: ignore[arg-type]  # as above
    assert aki.text("members.passed") in (await aki.press(message, "pass")).text
    assert aki.text("members.notice_passed") in (await aki.slash("inbox")).text


async def test_resting_from_a_private_message_asks_for_how_long(village: Village, aki: Person, beni: Person) -> None:
    message = await asked_by_dm(village, aki, beni)
    asked = await aki.press(message, "rest")
    assert aki.text("members.rest_asked") in asked.text
    rested = await aki.choose(asked, "resting", ["30"])
    assert aki.text("members.rests") in rested.text
    assert (await village.bot.service(Choices).of(village.server_id, MemberId(aki.id))).rests


async def test_a_press_on_somebody_elses_private_message_reaches_nothing(
    village: Village, aki: Person, beni: Person
) -> None:
    message = await asked_by_dm(village, aki, beni)
    chie = village.move_in("Chie")
    await chie.slash("guide")
    for custom_id in controls(message):  # type: ignore[arg-type]  # as above
        answer = await chie.forge_in_dm(custom_id)
        assert chie.text("errors.servers_only") in answer
        assert chie.text("members.notice_gone") == (await chie.forge(custom_id)).text


async def test_who_left_the_server_can_do_nothing_from_old_private_messages(
    village: Village, aki: Person, beni: Person
) -> None:
    message = await asked_by_dm(village, aki, beni)
    village.env.backend.remove_member(village.guild.id, aki.id)
    for custom_id in controls(message):  # type: ignore[arg-type]  # as above
        assert aki.text("errors.servers_only") in await aki.forge_in_dm(custom_id)
