"""Thanks over sockets: many at once are one, every way to give one works, and it is taken back once."""

import re
from datetime import timedelta

import pytest

from bot.features.members.reach import Kind
from bot.features.reputation.model import DAILY, PAIR_PAUSE
from bot.kernel.clock import from_micros
from bot.kernel.i18n import Locale

from .loopback import Interaction, Loopback, Member
from .private import agree
from .running import PATIENCE, WORDS, Bot, Place, told
from .test_told_twice import again
from .thankful import REASON, is_recorded, thank, thanked, verified

AT_ONCE = 50
MENU = "Say thanks"


async def opened_form(place: Place, giver: Member, receiver: Member) -> Interaction:
    """Open the form for a thanks by the menu on somebody."""
    act = place.discord.context_menu(giver, MENU, receiver, place.moderators)
    await act.answered(PATIENCE)
    return act


async def ask_at_once(place: Place, giver: Member, receiver: Member, way: str) -> list[Interaction]:
    """Thank somebody many times in one moment, each time with other words."""
    discord = place.discord
    reasons = [f"{REASON}, and {number} times more" for number in range(AT_ONCE)]
    if way == "command":
        return [discord.slash(giver, place.moderators, "thanks", member=receiver, reason=reason) for reason in reasons]
    form = (await opened_form(place, giver, receiver)).modal
    assert form is not None
    return [discord.submit(giver, form, {"reason": reason}) for reason in reasons]


@pytest.mark.parametrize(("way", "locale"), [("command", "en"), ("form", "ja")])
async def test_of_fifty_thanks_of_one_pair_at_once_one_is_recorded_and_the_others_are_told_when(
    way: str, locale: Locale, bot: Bot, place: Place
) -> None:
    aki, beni = await place.promised("aki", locale), place.member("beni")
    acts = await ask_at_once(place, aki, beni, way)
    for act in acts:
        await act.answered(PATIENCE)
    (number,) = (number for number, act in enumerate(acts) if is_recorded(act, beni))
    assert thanked(bot) == [(aki.id, beni.id, f"{REASON}, and {number} times more", True)]
    ((given_at,),) = bot.rows("SELECT given_at FROM thanks")
    when = int((from_micros(given_at) + PAIR_PAUSE).timestamp()) + 1
    refused = [act for act in acts if told(act, "reputation.thanked_lately", locale, when=when)]
    assert len(refused) == AT_ONCE - 1
    for act in refused[:3]:  # nobody's words are lost
        draft = await place.press(aki, act, "draft")
        assert draft.modal is not None
        assert f"{REASON}, and {acts.index(act)} times more" in str(draft.modal.components)
    said = WORDS("en", "verify.whole", entries=1, servers=1)
    assert await verified(bot) == (0, said)


async def test_of_many_thanks_to_different_people_at_once_as_many_are_recorded_as_a_day_holds(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, others = await place.promised("aki"), [place.member(f"other {number}") for number in range(AT_ONCE // 2)]
    acts = [discord.slash(aki, place.moderators, "thanks", member=other, reason=REASON) for other in others]
    for act in acts:
        await act.answered(PATIENCE)
    recorded = [other.id for act, other in zip(acts, others, strict=True) if is_recorded(act, other)]
    assert len(recorded) == DAILY
    assert sorted(receiver for _, receiver, _, _ in thanked(bot)) == sorted(recorded)
    ((first,),) = bot.rows("SELECT min(given_at) FROM thanks")
    when = int((from_micros(first) + timedelta(days=1)).timestamp()) + 1
    assert sum(told(act, "reputation.enough_today", when=when) for act in acts) == len(others) - DAILY


async def test_two_who_thank_each_other_at_once_both_do(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = await place.promised("aki"), await place.promised("beni", "ja")
    pairs = [(aki, beni), (beni, aki)]
    acts = [discord.slash(one, place.moderators, "thanks", member=other, reason=REASON) for one, other in pairs]
    for act, (_, receiver) in zip(acts, pairs, strict=True):
        await act.answered(PATIENCE)
        assert is_recorded(act, receiver)
    assert len(thanked(bot)) == len(pairs)


async def test_a_thanks_that_comes_twice_is_one(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni, chie = (place.member(name) for name in ("aki", "beni", "chie"))
    by_command = await thank(place, aki, beni)
    await again(discord, by_command)
    by_form = await place.submit(aki, await opened_form(place, aki, chie), reason=REASON)
    await again(discord, by_form)
    assert is_recorded(by_command, beni)
    assert is_recorded(by_form, chie)
    assert thanked(bot) == [(aki.id, beni.id, REASON, True), (aki.id, chie.id, REASON, True)]
    assert bot.rows("SELECT * FROM drafts") == []
    assert bot.rows("SELECT member_id, kind FROM notices ORDER BY notice_id") == [
        (beni.id, "thanks"),
        (chie.id, "thanks"),
    ]


@pytest.mark.parametrize("locale", ["ja", "en"])
async def test_the_menus_open_the_form_with_whom_it_is_about(
    locale: Locale, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni, chie = await place.promised("aki", locale), place.member("beni"), place.member("chie")
    message = discord.member_message(beni, place.introductions, "Here is how to fix a radio")
    on_message = discord.context_menu(aki, MENU, message, place.introductions)
    await on_message.answered(PATIENCE)
    discord.delete_message(message)
    for act, receiver in ((on_message, beni), (await opened_form(place, aki, chie), chie)):
        assert act.modal is not None
        assert act.modal.title == WORDS(locale, "reputation.form_thank")
        assert is_recorded(await place.submit(aki, act, reason=REASON), receiver)
    assert [receiver for _, receiver, _, _ in thanked(bot)] == [beni.id, chie.id]


async def test_a_menu_opens_no_form_for_who_cannot_be_thanked(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni, gone = (place.member(name) for name in ("aki", "beni", "gone"))
    left = discord.member_message(gone, place.introductions, "I am leaving, bye")
    discord.remove_member(gone)
    own = discord.member_message(aki, place.introductions, "I fixed it myself")
    await place.written(beni, "I fix old radios")
    (card,) = place.cards(beni)
    await thank(place, aki, beni)
    lately = discord.member_message(beni, place.introductions, "You are welcome")
    refusals = {"not_here": left, "thank_oneself": own, "thank_bot": card}
    for why, message in refusals.items():
        act = discord.context_menu(aki, MENU, message, place.introductions)
        await act.answered(PATIENCE)
        assert told(act, f"reputation.{why}")
    for target in (lately, beni):
        act = discord.context_menu(aki, MENU, target, place.introductions)
        await act.answered(PATIENCE)
        ((given_at,),) = bot.rows("SELECT given_at FROM thanks")
        when = int((from_micros(given_at) + PAIR_PAUSE).timestamp()) + 1
        assert told(act, "reputation.thanked_lately", when=when)
    late = await place.command(aki, "thanks", member=gone, reason=REASON)
    assert told(late, "reputation.not_here")
    assert len(thanked(bot)) == 1


@pytest.mark.parametrize("locale", ["ja", "en"])
async def test_a_thanks_is_taken_back_once_also_after_a_restart(
    locale: Locale, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni = place.member("aki", locale), place.member("beni")
    given = await thank(place, aki, beni)
    assert told(await place.command(beni, "inbox"), "reputation.thanked_you", name=f"<@{aki.id}>", words=REASON)
    await bot.restart()
    assert given.message is not None
    button = given.message.control("take_back")["custom_id"]
    shown = given.message.components
    acts = [discord.press(aki, given.message, button) for _ in range(AT_ONCE)]
    for act in acts:
        await act.answered(PATIENCE)
        assert told(act, "reputation.took_back", locale)
    given.message.components = shown  # as another device may still show it
    await again(discord, await place.press(aki, given, "take_back"))
    assert bot.rows("SELECT kind, cause FROM entries ORDER BY sequence") == [("thanks", "free"), ("reversal", "giver")]
    assert told(await place.command(beni, "inbox"), "reputation.taken_back", name=f"<@{aki.id}>")
    assert told(await thank(place, aki, beni), "reputation.recorded", locale, name=f"<@{beni.id}>") is False
    assert await verified(bot) == (0, WORDS("en", "verify.whole", entries=2, servers=1))


@pytest.mark.parametrize("way", ["taken_back", "thanks_reversed"])
async def test_who_was_told_privately_of_a_thanks_is_told_privately_that_it_is_none_any_more(
    way: str, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    await agree(place, beni, Kind.THANKS)
    given = await thank(place, aki, beni)
    await discord.wait_for(lambda: discord.dms(beni), PATIENCE, "word of the thanks")
    await bot.settled()
    if way == "taken_back":
        await place.press(aki, given, "take_back")
    else:
        await place.command(place.owner, "ledger reverse", number=1, reason="It was a slip")
    await bot.settled()
    sentence = WORDS("en", f"reputation.{way}", name=f"<@{aki.id}>", words="It was a slip")
    assert sentence in discord.dms(beni)[-1].text  # a new one, or the one that was there


async def test_standing_shows_facts_first_and_its_picture_as_an_edit(bot: Bot, discord: Loopback, place: Place) -> None:
    members: dict[Locale, Member] = {"ja": place.member("aki", "ja"), "en": place.member("beni")}
    for locale, member in members.items():
        empty = await place.command(member, "standing")
        assert told(empty, "reputation.nothing_yet", locale)
        await thank(place, place.member(f"friend of {member.name}"), member)
        shown = await place.command(member, "standing")
        message = shown.message
        assert message is not None
        assert shown.ephemeral
        await discord.wait_for(lambda: message.files, PATIENCE, "picture")  # noqa: B023 - awaited in the loop
        (picture,) = message.files.values()
        assert picture.startswith(b"\x89PNG")
        assert REASON in message.text
        assert re.search(r"/[^/]+\.png$", message.attachments[0]["url"])
    await bot.settled()
