"""Reviews over sockets: many at once, what is told twice, restarts, and a week off-line."""

import time
from datetime import timedelta

import pytest

from bot.features.blog_reviews.model import Field
from bot.features.members.reach import Kind
from bot.kernel.i18n import Locale, locale_of

from .loopback import Channel, Interaction, Loopback, Member
from .private import agree, newest_dm, open_all_day
from .reviewing import (
    DAY,
    card,
    cards,
    claim,
    deliver,
    due,
    later,
    let_pass,
    manage,
    request,
    requested,
    written,
)
from .running import PATIENCE, WORDS, Bot, Place, told, until
from .test_told_twice import again

AT_ONCE = 30
WORKED = [(Field.WORKED, "It is clear")]

Fields = dict[str, str | list[str]]


# ── At once, and twice ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_of_thirty_who_would_read_one_does_and_the_others_hear_who_and_by_when(
    bot: Bot, discord: Loopback, place: Place, shelf: Channel
) -> None:
    aki = place.member("aki")
    await agree(place, aki, Kind.ANSWERS)
    shown = await requested(place, shelf, aki, "a post")
    readers = [await place.promised(f"reader {number}", ("ja", "en-US")[number % 2]) for number in range(AT_ONCE)]
    pressed = [discord.press(each, shown, "claim") for each in readers]
    for act in pressed:
        await act.answered(PATIENCE)
    forms = [(reader, act.modal) for reader, act in zip(readers, pressed, strict=True) if act.modal is not None]
    assert len(forms) == AT_ONCE
    acts = [discord.submit(reader, form, {"by": ["week"]}) for reader, form in forms]
    for act in acts:
        await act.answered(PATIENCE)
        assert act.ephemeral
    (held,) = (act for act in acts if told(act, "blog_reviews.you_read", locale_of(act.person.locale), when=day(act)))
    for act in acts:
        words = {"reader": held.person.id, "until": due(held)}
        assert act is held or told(act, "blog_reviews.read_by", locale_of(act.person.locale), **words)
    await bot.settled()
    state = WORDS("en", "blog_reviews.state_claimed", reader=f"<@{held.person.id}>", when=day(held))
    assert state in shown.text
    for act in dict.fromkeys((held, acts[0], acts[-1])):
        await again(discord, act)
    await bot.settled()
    (word,) = discord.dms(aki)
    values = {"name": f"<@{held.person.id}>", "words": "a post", "when": day(held)}
    inbox = await place.command(aki, "inbox")
    assert inbox.message is not None
    assert [
        text.count(WORDS("en", "blog_reviews.told_taken", **values)) for text in (word.text, inbox.message.text)
    ] == [1, 1]
    assert bot.rows("SELECT count(*) FROM notices") == [(1,)]
    assert bot.rows("SELECT member_id FROM review_claims") == [(held.person.id,)]


def day(act: Interaction) -> str:
    """Return the day that an answer names, as it is written there."""
    return f"<t:{due(act)}:D>"


async def test_what_comes_twice_is_done_once(bot: Bot, discord: Loopback, place: Place, shelf: Channel) -> None:
    aki, beni, chie = (place.member(name) for name in ("aki", "beni", "chie"))
    await again(discord, await request(place, aki, "a post"))
    shown = await card(discord, shelf, "a post")
    form = await place.press(chie, shown, "quick")
    await again(discord, await place.submit(chie, form, quick="Lovely"))
    await again(discord, await claim(place, beni, shown))
    form = await place.press(beni, await manage(place, beni, shown), "redate")
    await again(discord, await place.submit(beni, form, by=["two_weeks"]))
    await again(discord, await deliver(place, beni, shown, WORKED))
    form = await place.press(aki, await manage(place, aki, shown), "thank")
    await again(discord, await place.submit(aki, form, reason="It helped"))
    await again(discord, await place.press(aki, await manage(place, aki, shown), "another"))
    asked = await place.press(aki, await manage(place, aki, shown), "close")
    await again(discord, await place.press(aki, asked, "close_confirm"))
    await bot.settled()
    assert len(cards(discord, shelf, "a post")) == 1
    assert len(written(discord, shown)) == 2
    assert bot.rows("SELECT count(*) FROM thanks") == [(2,)]  # to both who wrote
    assert bot.rows("SELECT count(*) FROM drafts") == [(0,)]


# ── After a restart ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("locale", ["ja", "en"])
async def test_forms_of_reviews_opened_before_a_restart_are_sent_after_it(
    locale: Locale, bot: Bot, discord: Loopback, place: Place, shelf: Channel
) -> None:
    aki, beni, chie, dai = (place.member(name, locale) for name in ("aki", "beni", "chie", "dai"))
    first, second = [await requested(place, shelf, aki, title) for title in ("the first", "the second")]
    third = await requested(place, shelf, dai, "the third")
    for shown in (second, third):
        await claim(place, beni, shown)
    await deliver(place, beni, third, WORKED)
    looked_at = ((aki, first), (beni, second), (dai, third))
    own, reading, read = [await manage(place, person, shown) for person, shown in looked_at]
    begun: list[tuple[Member, Interaction, str, Fields]] = [
        (
            chie,
            await place.command(chie, "review request"),
            "asked",
            {"url": "https://example.com/4", "title": "the fourth"},
        ),
        (aki, await place.press(aki, own, "edit"), "changed", {"title": "the newest"}),
        (chie, await place.press(chie, first, "claim"), "you_read", {"by": ["two_weeks"]}),
        (chie, await place.press(chie, first, "quick"), "reacted", {"quick": "すてき"}),
        (beni, await place.press(beni, reading, "redate"), "redated", {"by": ["two_weeks"]}),
        (beni, await place.press(beni, reading, "deliver"), "delivered", {"worked": "わかりやすい"}),
        (dai, await place.press(dai, read, "thank"), "thanked", {"reason": "よくわかりました"}),
    ]
    await bot.restart()
    for person, form, key, fields in begun:
        act = await place.submit(person, form, **fields)
        values = {"when": day(act)} if "by" in fields else {}
        assert told(act, f"blog_reviews.{key}", locale, **values)
    await card(discord, shelf, "the fourth")
    await bot.settled()
    assert cards(discord, shelf, "the newest") == [first]
    assert [len(written(discord, shown)) for shown in (first, second, third)] == [1, 1, 1]


@pytest.mark.parametrize("locale", ["ja", "en"])
async def test_forms_of_reviews_opened_in_private_messages_are_sent_after_a_restart(
    locale: Locale, bot: Bot, discord: Loopback, place: Place, shelf: Channel
) -> None:
    await open_all_day(place)
    aki, beni, chie = (place.member(name, locale) for name in ("aki", "beni", "chie"))
    for person, kind in ((aki, Kind.ANSWERS), (beni, Kind.READING), (chie, Kind.REVIEW)):
        await agree(place, person, kind)
    await requested(place, shelf, aki, "the first")
    await later(bot, place, "the first", DAY * 1.5)
    claiming = await place.press(chie, await newest_dm(place, chie, "claim_asked"), "claim_asked")
    second, third = [await requested(place, shelf, place.member(name), name) for name in ("dai", "emi")]
    for shown in (second, third):
        await claim(place, beni, shown)
        await later(bot, place, shown.text.partition("\n")[0].removeprefix("### "), DAY * 6)
        await newest_dm(place, beni, "release_asked")
        await bot.settled()
    await discord.wait_for(lambda: len(discord.dms(beni)) == 2, PATIENCE, "two reminders")
    to_second, to_third = discord.dms(beni)
    redating = await place.press(beni, to_second, "redate_asked")
    delivering = await place.press(beni, to_second, "deliver_asked")
    await place.submit(chie, await place.press(chie, await card(discord, shelf, "the first"), "quick"), quick="すてき")
    thanking = await place.press(aki, await newest_dm(place, aki, "thank_asked"), "thank_asked")
    await bot.restart()
    act = await place.submit(chie, claiming, by=["week"])
    assert told(act, "blog_reviews.you_read", locale, when=day(act))
    act = await place.submit(beni, redating, by=["two_weeks"])
    assert told(act, "blog_reviews.redated", locale, when=day(act))
    assert told(await place.submit(beni, delivering, worked="わかりやすい"), "blog_reviews.delivered", locale)
    assert told(await place.press(beni, to_third, "release_asked"), "blog_reviews.released", locale)
    assert told(await place.submit(aki, thanking, reason="よくわかりました"), "blog_reviews.thanked", locale)
    await bot.settled()
    assert len(written(discord, second)) == 1
    assert WORDS("en", "blog_reviews.state_waiting") in third.text


# ── From the lapse to being first ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("off_for", [timedelta(0), timedelta(days=7)], ids=["running", "a week off-line"])
async def test_what_lapsed_is_first_within_a_minute(
    off_for: timedelta, bot: Bot, discord: Loopback, place: Place, shelf: Channel
) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    titles = ("waits long", "lapses", "waits longest")
    older, lapsing, oldest = [await requested(place, shelf, place.member(title), title) for title in titles]
    await claim(place, beni, lapsing)
    await bot.settled()
    let_pass(bot, "waits longest", DAY)
    assert await in_line(place, aki) == [oldest, older]
    ((due_at,),) = bot.rows("SELECT due_at FROM review_claims")
    left = timedelta(microseconds=due_at - time.time_ns() // 1000) + DAY - timedelta(seconds=2)  # to the lapse, nearly
    if off_for:
        await bot.kill()
    for title in titles:
        let_pass(bot, title, left + off_for)
    if off_for:
        await bot.start()
    else:
        await place.wake()
    begins = time.monotonic()
    await until(lambda: bot.rows("SELECT is_lapsed FROM reviews WHERE title = 'lapses'") == [(1,)], "lapsed")
    assert await in_line(place, aki) == [lapsing, oldest, older]
    assert time.monotonic() - begins < 60
    await bot.settled()
    told_of = {card for (card,) in bot.rows("SELECT card FROM notices")}
    assert told_of - (set() if off_for else {"remind"}) == {"back", "missed", "taken"}  # of a day gone by, no reminder
    assert WORDS("en", "blog_reviews.state_waiting") in lapsing.text
    assert lapsing.control("claim")


async def in_line(place: Place, person: Member) -> list[object]:
    """Return the cards that the queue shows, in its order."""
    shown = await place.command(person, "review queue")
    assert shown.message is not None
    text = shown.message.text
    listed = [each for channel in place.discord.world.channels.values() for each in place.discord.bot_messages(channel)]
    found = {text.find(f"/{each.channel.id}/{each.id})"): each for each in listed}
    return [found[at] for at in sorted(found) if at >= 0]
