"""What Discord tells the bot twice, or a member does many times at once, is done once, and each time answered."""

import asyncio

from bot.features.members.reach import Kind

from .loopback import Interaction, Loopback
from .private import (
    INVITE,
    agree,
    asked_moderators,
    asked_to_greet,
    let_through,
    open_all_day,
    told_moderators,
    welcomes,
)
from .running import PATIENCE, Bot, Place, told

AT_ONCE = 20


async def again(discord: Loopback, act: Interaction) -> None:
    """Let the gateway bring an act once more, as it may after a cut, and wait until the bot has dealt with it."""
    sent = [event for session in discord.gateway.sessions for event in session.sent]
    (event,) = [each["d"] for each in sent if each["t"] == "INTERACTION_CREATE" and each["d"]["id"] == str(act.id)]
    before = len(act.refused)
    discord.world.emit("INTERACTION_CREATE", act.channel.guild, event)
    await discord.wait_for(lambda: len(act.refused) > before, 10, f"second answer to {act!r}, which is refused")


async def test_a_report_that_comes_twice_is_one(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    await again(discord, await place.command(aki, "report", member=beni, reason="selling", details="Buy my course"))
    form = await place.press(aki, await place.command(aki, "guide"), "report")
    await again(discord, await place.submit(aki, form, member=[beni], reason=["other"]))
    await bot.settled()
    assert bot.rows("SELECT words FROM reports ORDER BY report_id") == [("Buy my course",), ("",)]
    assert len(discord.bot_messages(place.moderators)) == 1
    assert bot.rows("SELECT * FROM drafts") == []


async def test_a_hello_from_a_private_message_that_comes_twice_is_one(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    await welcomes(place, aki)
    message = await asked_to_greet(place, aki, beni, "health")
    pressed = await place.press(aki, message, "greet_asked")
    await again(discord, pressed)
    sent = await place.submit(aki, pressed, words="Welcome")
    await again(discord, sent)
    assert told(sent, "introductions.greeted")
    await bot.settled()
    assert len(place.hellos(await place.card(beni))) == 1
    assert bot.rows("SELECT state FROM notices WHERE member_id = ?", aki.id) == [("taken",)]
    assert bot.rows("SELECT * FROM drafts") == []


async def test_a_consent_that_comes_twice_is_one(bot: Bot, discord: Loopback, place: Place) -> None:
    aki = place.member("aki")
    overview = await place.press(aki, await place.command(aki, "preferences"), "consents")
    for way in ("dm", "off"):
        asked = await place.press(aki, overview, "consent_greet")
        await again(discord, asked)
        await again(discord, await place.press(aki, asked, f"{way}_greet"))
        wanted = [("dm",)] if way == "dm" else []
        assert bot.rows("SELECT way FROM consents WHERE member_id = ?", aki.id) == wanted


async def test_what_moderators_do_and_comes_twice_is_done_once(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni, chie = (place.member(name) for name in ("aki", "beni", "chie"))
    for person in (aki, beni, chie):
        await agree(place, person, Kind.MODERATORS)
    moderator = place.owner
    held = await place.command(moderator, "cases hold", member=aki, days=3, reason="Please wait")
    await again(discord, held)
    await again(discord, await place.press(moderator, held, "lift"))
    post = await told_moderators(place, chie, beni)
    case = await place.press(moderator, post, "case")
    await again(discord, await place.press(moderator, case, "take"))
    form = await place.press(moderator, await place.press(moderator, post, "case"), "hold")
    await again(discord, await place.submit(moderator, form, days=["3"], hold_reason="Please wait"))
    for action, fields in (("note", {"note": "Seen"}), ("close", {"told": ["acted"]})):
        form = await place.press(moderator, await place.press(moderator, post, "case"), action)
        await again(discord, await place.submit(moderator, form, **fields))
    judged = await asked_moderators(place, chie, INVITE)
    await again(discord, await place.press(moderator, await place.press(moderator, judged, "case"), "let_through"))
    judged = await asked_moderators(place, chie, f"{INVITE}2")
    form = await place.press(moderator, await place.press(moderator, judged, "case"), "keep_back")
    await again(discord, await place.submit(moderator, form))
    await bot.settled()
    acts = sorted(act for (act,) in bot.rows("SELECT act FROM acts WHERE act NOT LIKE 'setup%'"))
    done = ["case.close", "case.keep_back", "case.let_through", "case.note", "case.take"]
    assert acts == [*done, "hold.begin", "hold.begin", "hold.lift"]
    assert [len(discord.dms(person)) for person in (aki, beni, chie)] == [2, 1, 3]
    assert len(discord.bot_messages(place.moderators)) == 3
    assert bot.rows("SELECT form FROM drafts WHERE member_id = ?", moderator.id) == []


async def test_twenty_passes_at_once_ask_one_other_member(bot: Bot, discord: Loopback, place: Place) -> None:
    await open_all_day(place)
    welcomers = [place.member(f"welcomer {number}") for number in range(4)]
    for person in welcomers:
        await place.write(person, "I fix old radios", offer_topics=["health"])
    await bot.settled()  # nobody is asked to greet them themselves: nobody has agreed so far
    for person in welcomers:
        await agree(place, person, Kind.GREET)
    await place.write(place.member("beni"), "I am new here", seek_topics=["health"])
    await discord.wait_for(lambda: any(map(discord.dms, welcomers)), PATIENCE, "somebody asked")
    (asked,) = (person for person in welcomers if discord.dms(person))
    (message,) = discord.dms(asked)
    acts = [discord.press(asked, message, "pass") for _ in range(AT_ONCE)]
    for act in acts:
        await act.answered(PATIENCE)
        assert told(act, "members.passed")
    await discord.wait_for(lambda: sum(map(bool, map(discord.dms, welcomers))) > 1, PATIENCE, "somebody else asked")
    await bot.settled()
    assert sorted(len(discord.dms(person)) for person in welcomers) == [0, 0, 1, 1]
    assert bot.rows("SELECT state FROM notices WHERE member_id = ?", asked.id) == [("passed",)]


async def test_twenty_hellos_at_once_for_one_notice_are_one(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    await welcomes(place, aki)
    message = await asked_to_greet(place, aki, beni, "health")
    opened = [discord.press(aki, message, "greet_asked") for _ in range(AT_ONCE)]
    for act in opened:
        await act.answered(PATIENCE)
    sent = [discord.submit(aki, act.modal, {"words": f"Welcome {n}"}) for n, act in enumerate(opened) if act.modal]
    passes = [discord.press(aki, message, "pass") for _ in range(AT_ONCE)]
    for act in (*sent, *passes):
        await act.answered(PATIENCE)
    assert len(sent) == AT_ONCE
    assert [told(act, "introductions.greeted_before") for act in sent].count(True) == AT_ONCE - 1  # with their drafts
    await bot.settled()
    (said,) = place.hellos(await place.card(beni))
    assert "Welcome" in said
    assert len(discord.dms(aki)) == 1
    assert bot.rows("SELECT count(*) FROM hellos") == [(1,)]


async def test_twenty_reports_and_consents_at_once(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    form = await place.press(aki, await place.command(aki, "guide"), "report")
    overview = await place.press(aki, await place.command(aki, "preferences"), "consents")
    question = await place.press(aki, overview, "consent_greet")
    assert form.modal is not None
    assert question.message is not None
    reports = [
        discord.submit(aki, form.modal, {"member": [beni], "reason": ["selling"], "details": str(n)})
        for n in range(AT_ONCE)
    ]
    presses = [discord.press(aki, question.message, "dm_greet") for _ in range(AT_ONCE)]
    await asyncio.gather(*(act.answered(PATIENCE) for act in (*reports, *presses)))
    assert all(told(act, "safety.reported") for act in reports)
    await bot.settled()
    words = {words for (words,) in bot.rows("SELECT words FROM reports")}
    assert words == {str(n) for n in range(AT_ONCE)}
    assert bot.rows("SELECT kind, way FROM consents WHERE member_id = ?", aki.id) == [("greet", "dm")]
    assert len(discord.bot_messages(place.moderators)) == 1


async def test_a_text_that_was_let_through_and_is_posted_many_times_at_once_is_one(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki = place.member("aki")
    message = await let_through(place, aki)
    presses = [discord.press(aki, message, "post_it") for _ in range(AT_ONCE)]
    for act in presses:
        await act.answered(PATIENCE)
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)
    assert bot.rows("SELECT revision FROM introductions") == [(1,)]
    assert not told(await place.command(aki, "guide"), "members.waiting_draft")
