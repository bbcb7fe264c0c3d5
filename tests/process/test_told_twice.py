"""What Discord tells the bot twice, or a member does many times at once, is done once, and each time answered."""

import asyncio

from bot.features.members.reach import Kind

from .asking import pose
from .loopback import Interaction, Loopback, Message, Permission
from .private import (
    CRY,
    INVITE,
    MONEY,
    agree,
    asked_moderators,
    asked_to_greet,
    let_through,
    newest_dm,
    open_all_day,
    told_moderators,
    welcomes,
)
from .prompting import EVERY_DAY, open_table, plan
from .running import PATIENCE, Bot, Place, told
from .test_controls import forged
from .thankful import make_ring, name_sources, open_sources, open_wall, thank, thanked, wish

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


async def test_what_receivers_decide_and_comes_twice_or_many_times_at_once_is_done_once(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    wall, aki, beni = await open_wall(place), place.member("aki"), place.member("beni")
    await agree(place, aki, Kind.THANKS)
    await thank(place, beni, aki, public=True)
    message = await newest_dm(place, aki, "agree")
    shown = message.components
    for control in ("agree", "hide", "agree"):  # as a phone may still show it
        message.components = shown
        named = shown_as(message, control)
        acts = [forged(discord, aki, message, named) for _ in range(AT_ONCE)]
        for act in acts:
            await act.answered(PATIENCE)
            assert told(act, "reputation.agreed" if control == "agree" else "reputation.hidden")
        await again(discord, acts[0])
        await bot.settled()
        (post,) = discord.bot_messages(wall)
        assert ("You read my draft" in post.text) is (control == "agree")
    assert len(discord.dms(aki)) == 1


async def test_what_members_let_others_see_and_comes_twice_is_so_once(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki = place.member("aki")
    for turned, kept in (("on", (1, 1, 1)), ("off", (0, 0, 0))):
        for what in ("posts_thanks", "shows_word", "wears_role"):
            await again(discord, await wish(place, aki, f"{what}_{turned}"))
        assert bot.rows("SELECT posts_thanks, shows_word, wears_role FROM openness") == [kept]


async def test_what_moderators_do_about_the_ledger_and_comes_twice_is_done_once(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    moderator, sources = place.owner, [place.member(f"source {number}") for number in range(5)]
    await again(discord, await name_sources(place, moderator, sources))
    await make_ring(place, sources)
    history = await place.command(moderator, "ledger history", member=sources[1])
    chosen = await choose_entry(place, history)
    await again(discord, await place.submit(moderator, chosen, reversal="It was a slip"))
    number = min(sequence for (sequence,) in bot.rows("SELECT sequence FROM thanks WHERE reversed_at IS NULL"))
    by_command = await place.command(moderator, "ledger reverse", number=number, reason="So was this")
    await again(discord, by_command)
    flag = await place.press(moderator, await place.command(moderator, "ledger flags"), "flag")
    form = await place.press(moderator, flag, "reverse_flag")
    await again(discord, await place.submit(moderator, form, reversal="They thank only each other"))
    assert sum(not stands for _, _, _, stands in thanked(bot)) == 2 + 4
    ending = await name_sources(place, moderator, sources[1:])
    await again(discord, await place.press(moderator, ending, "source_end"))
    annulling = await name_sources(place, moderator, sources[2:])
    preview = await place.press(moderator, annulling, "source_annul")
    await again(discord, await place.press(moderator, preview, "source_annul_confirm"))
    opened = await open_sources(place, moderator)
    assert opened.message is not None
    role = discord.select(moderator, opened.message, "well_tied_role", [discord.create_role(place.guild, "tied")])
    await role.answered(PATIENCE)
    await again(discord, role)
    await bot.settled()
    kinds = dict(bot.rows("SELECT kind, count(*) FROM entries WHERE kind <> 'thanks' GROUP BY kind"))
    assert kinds == {"reversal": 2 + 4, "source_granted": 5, "source_ended": 1, "source_annulled": 1}
    acts = dict(bot.rows("SELECT act, count(*) FROM acts WHERE act LIKE 'reputation%' GROUP BY act"))
    named = ("source_granted", "source_ended", "source_annulled", "reverse", "well_tied_role")
    assert acts == {f"reputation.{act}": count for act, count in zip(named, (5, 1, 1, 3, 1), strict=True)}
    assert bot.rows("SELECT form FROM drafts WHERE member_id = ?", moderator.id) == []


async def test_twenty_moderators_at_once_reverse_one_thanks_once_and_name_sources_once(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    moderators = [
        discord.add_member(place.guild, f"moderator {number}", permissions=Permission.MANAGE_GUILD)
        for number in range(AT_ONCE)
    ]
    for person in (aki, beni):
        await agree(place, person, Kind.THANKS, Kind.MODERATORS)
    await thank(place, aki, beni)
    await discord.wait_for(lambda: discord.dms(beni), PATIENCE, "word of the thanks")
    await bot.settled()
    discord.forget_nonces()
    acts = [
        discord.slash(each, place.moderators, "ledger reverse", number=1, reason=f"{each.name} says so")
        for each in moderators
    ]
    for act in acts:
        await act.answered(PATIENCE)
    assert [told(act, "reputation.reversed_before", number=1) for act in acts].count(False) == 1
    panels = [await open_sources(place, each) for each in moderators]
    menus = [(each, panel.message) for each, panel in zip(moderators, panels, strict=True) if panel.message]
    naming = [discord.select(each, message, "sources_set", [aki, beni]) for each, message in menus]
    for act in naming:
        await act.answered(PATIENCE)
        assert told(act, "members.saved")
    await bot.settled()
    assert bot.rows("SELECT kind, count(*) FROM entries GROUP BY kind ORDER BY kind") == [
        ("reversal", 1),
        ("source_granted", 2),
        ("thanks", 1),
    ]
    assert (len(discord.dms(aki)), len(discord.dms(beni))) == (1, 2)  # that it is reversed; the thanks, and that


async def choose_entry(place: Place, history: Interaction) -> Interaction:
    """Choose the newest thanks of a history, to reverse it."""
    assert history.message is not None
    (option, *_) = history.message.control("reverse_chosen")["options"]
    act = place.discord.select(place.owner, history.message, "reverse_chosen", [option["value"]])
    await act.answered(PATIENCE)
    return act


def shown_as(message: Message, control: str) -> str:
    """Return the custom id of one of the two controls of a thanks, whichever of them the message shows."""
    one, other = ("agree", "hide")
    shown = next(each for each in message.custom_ids if f":{one}:" in each or f":{other}:" in each)
    return shown.replace(one, control).replace(other, control)


async def test_a_schedule_that_is_taken_with_many_presses_at_once_is_one(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    table = await open_table(place)
    warned = await plan(place, table, days=EVERY_DAY)
    assert warned.message is not None
    acts = [discord.press(place.owner, warned.message, "often") for _ in range(AT_ONCE)]
    for act in acts:
        await act.answered(PATIENCE)
    assert told(acts[0], "check_ins.saved")
    assert bot.rows("SELECT count(*) FROM schedules") == [(1,)]


async def test_what_was_warned_about_and_is_posted_with_many_presses_at_once_is_one(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki = place.member("aki")
    await place.choose("help_channel", discord.create_forum(place.guild, "asks"))
    for words, way in ((MONEY, "anyway"), (CRY, "crisis_post")):
        warned = await pose(place, aki, words)
        assert warned.message is not None
        for act in [discord.press(aki, warned.message, way) for _ in range(AT_ONCE)]:
            await act.answered(PATIENCE)
    assert bot.rows("SELECT count(*) FROM asks") == [(2,)]
