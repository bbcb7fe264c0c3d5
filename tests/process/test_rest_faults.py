"""What Discord's REST does wrong on each call of the flow loses nothing and doubles nothing."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.features.members.reach import Kind

from .loopback import BOT_USUALLY, ChannelType, Interaction, Loopback, Member, Permission
from .loopback.server import Ordered
from .private import agree, asked_to_greet, check_told_once, greet, newest_dm, wants_word, welcomes
from .running import PATIENCE, WORDS, Bot, Place, told, until
from .thankful import REASON, is_recorded, open_wall, thank, wish

FAULTS: dict[str, Ordered] = {
    "429": {"status": 429},
    "500": {"status": 500},
    "502": {"status": 502},
    "503": {"status": 503},
    "cut": {"cut": True},
    "slow": {"latency": 2.5},
    "done, then 500": {"status": 500, "after_doing": True},
    "done, then cut": {"cut": True, "after_doing": True},
}
WAITING = "SELECT attempts FROM effects WHERE state = 'waiting' AND attempts > 0"


async def answered(discord: Loopback, act: Interaction, fault: Ordered) -> Interaction:
    """Wait for the answer to an act whose callback meets the fault; it is there before Discord gives the bot up."""
    ordered = discord.fail("POST", f"/interactions/{act.id}/*", **fault)
    await act.answered(PATIENCE)
    assert ordered.hits
    return act


async def write_through(place: Place, fault: Ordered) -> None:
    """Write an introduction and change it, with the fault on every call that this takes."""
    discord, aki, channel = place.discord, place.member("aki"), place.introductions
    on_calls = [
        discord.fail("POST", f"/channels/{channel.id}/messages", **fault),
        discord.fail("POST", f"/channels/{channel.id}/messages/*/threads", **fault),
        discord.fail("PATCH", f"/channels/{channel.id}/messages/*", **fault),
    ]
    asked = await answered(discord, discord.slash(aki, place.moderators, "intro write"), fault)
    assert asked.message is not None
    opened = await answered(discord, discord.press(aki, asked.message, "promise_write"), fault)
    assert opened.modal is not None
    first = await answered(discord, discord.submit(aki, opened.modal, {"now": "I fix old radios"}), fault)
    assert told(first, "introductions.written")
    card = await place.card(aki)
    assert told(await place.write(aki, "I fix old clocks"), "introductions.changed")
    await discord.wait_for(lambda: "I fix old clocks" in card.text, PATIENCE, "the change on the card")
    assert all(ordered.hits for ordered in on_calls)
    place.check_once(aki)


async def greet_and_withdraw(place: Place, fault: Ordered) -> None:
    """Greet somebody who then withdraws, with the fault on every call that this takes."""
    discord, aki, beni = place.discord, place.member("aki"), place.member("beni")
    card = await place.written(aki, "I fix old radios")
    thread = card.thread
    assert thread is not None
    on_calls = [
        discord.fail("POST", f"/channels/{thread.id}/messages", **fault),
        discord.fail("PATCH", f"/channels/{thread.id}", **fault),
        discord.fail("PATCH", f"/channels/{place.introductions.id}/messages/*", **fault),
    ]
    opened = await place.open_hello(beni, card)
    assert opened.modal is not None
    said = await answered(discord, discord.submit(beni, opened.modal, {"words": "Hello there"}), fault)
    assert told(said, "introductions.greeted")
    await discord.wait_for(lambda: place.hellos(card), PATIENCE, "hello")
    asked = await place.command(aki, "intro withdraw")
    assert asked.message is not None
    await answered(discord, discord.press(aki, asked.message, "withdraw_confirm"), fault)
    await discord.wait_for(lambda: "old radios" not in card.text and thread.archived, PATIENCE, "withdrawal")
    assert all(ordered.hits for ordered in on_calls)


async def test_every_fault_on_a_hello_and_a_withdrawal(bot: Bot, discord: Loopback) -> None:
    places = {name: Place.made(discord) for name in FAULTS}
    await bot.start()
    await asyncio.gather(*(place.set_up() for place in places.values()))
    outcomes = await asyncio.gather(
        *(greet_and_withdraw(place, FAULTS[name]) for name, place in places.items()), return_exceptions=True
    )
    assert {name: outcome for name, outcome in zip(places, outcomes, strict=True) if outcome is not None} == {}
    await bot.settled()
    for place in places.values():
        (card,) = (each for each in discord.bot_messages(place.introductions) if each.thread is not None)
        assert len(place.hellos(card)) == 1


async def test_every_fault_on_every_call(bot: Bot, discord: Loopback) -> None:
    places = {name: Place.made(discord) for name in FAULTS}
    await bot.start()
    await asyncio.gather(*(place.set_up() for place in places.values()))
    outcomes = await asyncio.gather(
        *(write_through(place, FAULTS[name]) for name, place in places.items()), return_exceptions=True
    )
    assert {name: outcome for name, outcome in zip(places, outcomes, strict=True) if outcome is not None} == {}
    await bot.settled()
    for place in places.values():
        place.check_once(*(member for member in place.guild.members.values() if member.name == "aki"))


async def thank_and_take_back(place: Place, fault: Ordered) -> None:
    """Thank somebody in public and take it back, with the fault on every call that this takes."""
    discord, aki, beni = place.discord, await place.promised("aki"), place.member("beni")
    wall = await open_wall(place)
    await wish(place, beni, "posts_thanks_on")
    on_calls = [
        discord.fail("POST", f"/channels/{wall.id}/messages", **fault),
        discord.fail("PATCH", f"/channels/{wall.id}/messages/*", **fault),
    ]
    act = discord.slash(aki, place.moderators, "thanks", member=beni, reason=REASON, public=True)
    given = await answered(discord, act, fault)
    assert is_recorded(given, beni)
    assert given.message is not None
    (post,) = await discord.wait_for(lambda: discord.bot_messages(wall), PATIENCE, "post")
    assert REASON in post.text
    taken = await answered(discord, discord.press(aki, given.message, "take_back"), fault)
    assert told(taken, "reputation.took_back")
    await discord.wait_for(lambda: post.text == WORDS("en", "reputation.post_hidden"), PATIENCE, "post taken down")
    assert all(ordered.hits for ordered in on_calls)


async def test_every_fault_on_a_thanks_and_on_its_post(bot: Bot, discord: Loopback) -> None:
    places = {name: Place.made(discord) for name in FAULTS}
    await bot.start()
    await asyncio.gather(*(place.set_up() for place in places.values()))
    outcomes = await asyncio.gather(
        *(thank_and_take_back(place, FAULTS[name]) for name, place in places.items()), return_exceptions=True
    )
    assert {name: outcome for name, outcome in zip(places, outcomes, strict=True) if outcome is not None} == {}
    await bot.settled()
    walls = [each for each in discord.world.channels.values() if each.name == "thanks"]
    shown = [(post.id,) for wall in walls for post in discord.bot_messages(wall)]
    assert len(shown) == len(FAULTS)
    assert set(shown) == set(bot.rows("SELECT message_id FROM publications"))
    assert bot.rows("SELECT kind, count(*) FROM entries GROUP BY kind ORDER BY kind") == [
        ("reversal", len(FAULTS)),
        ("thanks", len(FAULTS)),
    ]


@pytest.mark.parametrize("fault", ["429", "503", "cut"])
async def test_a_form_for_a_thanks_opens_though_discord_stumbles_over_who_they_are(
    fault: str, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    card = await place.written(beni, "I fix old radios")
    ordered = discord.fail("GET", f"/guilds/*/members/{beni.id}", **FAULTS[fault])
    opened = await place.press(aki, card, "thanks")
    assert ordered.hits
    assert is_recorded(await place.submit(aki, opened, reason=REASON), beni)


async def test_two_faults_in_a_row_on_the_answer_leave_one_thanks(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = await place.promised("aki"), place.member("beni")
    lost = discord.slash(aki, place.moderators, "thanks", member=beni, reason=REASON)
    discord.fail("POST", f"/interactions/{lost.id}/*", status=500, times=2)
    await discord.wait_for(lambda: lost.refused, PATIENCE, "answer that comes too late")
    (gone,) = bot.rows("SELECT sequence FROM thanks")
    assert told(await thank(place, aki, beni), "reputation.recorded", name=f"<@{beni.id}>") is False
    assert bot.rows("SELECT sequence FROM thanks") == [gone]


async def told_privately(bot: Bot, discord: Loopback) -> dict[str, tuple[Place, Member, Interaction]]:
    """Return a server for each fault, with somebody who wants private messages, and a form that makes one come."""
    places = {name: Place.made(discord) for name in FAULTS}
    await bot.start()
    await asyncio.gather(*(place.set_up() for place in places.values()))
    waiting = await asyncio.gather(*(wants_word(place) for place in places.values()))
    return {name: (place, *pair) for (name, place), pair in zip(places.items(), waiting, strict=True)}


@pytest.mark.parametrize("path", ["/users/@me/channels", "/channels/{dm}/messages"], ids=["opened", "sent"])
async def test_every_fault_on_a_private_message(path: str, bot: Bot, discord: Loopback) -> None:
    waiting = await told_privately(bot, discord)
    ordered = [
        discord.fail("POST", path.format(dm=discord.dm_of(person).id), **FAULTS[name])
        for name, (_, person, _) in waiting.items()
    ]
    await asyncio.gather(*(greet(place, form) for place, _, form in waiting.values()))
    for place, person, _ in waiting.values():
        await check_told_once(place, bot, person)
    assert all(each.hits for each in ordered)


@pytest.mark.parametrize("path", ["/users/@me/channels", "/channels/{dm}/messages"], ids=["opened", "sent"])
@pytest.mark.parametrize("code", [50007, 50278, 50001])
async def test_a_private_message_that_is_refused_waits_in_the_inbox(
    path: str, code: int, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, form = await wants_word(place)
    await bot.settled()
    public = shown_in_public(place)
    refused = discord.fail("POST", path.format(dm=discord.dm_of(aki).id), status=403, code=code, times=None)
    await greet(place, form)
    await discord.wait_for(lambda: refused.hits, PATIENCE, "refusal")
    await bot.settled()
    await bot.restart()
    assert not discord.dms(aki)
    assert shown_in_public(place) == public + 1  # the hello itself
    assert told(await place.command(aki, "guide"), "errors.news")
    inbox = await place.command(aki, "inbox")
    assert told(inbox, "introductions.hello_came", name=f"<@{form.person.id}>")
    consents = await place.press(aki, await place.command(aki, "preferences"), "consents")
    assert told(consents, "members.dms_refused") is (code in {50007, 50278})


async def test_closed_private_messages_are_tried_again_when_their_member_says_so(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, form = await wants_word(place)
    discord.close_dms(aki)
    await greet(place, form)
    await until(lambda: bot.rows("SELECT 1 FROM members WHERE dms_refused_at IS NOT NULL"), "refusal noted")
    tries = len([each for each in discord.requests if each.path == "/users/@me/channels"])
    card = await place.card(aki)
    await place.hello(place.member("chie"), card, "Lovely clocks")
    await bot.settled()
    assert len([each for each in discord.requests if each.path == "/users/@me/channels"]) == tries
    aki.user.dms_open = True
    await agree(place, aki, Kind.ANSWERS)
    dai = place.member("dai")
    await place.hello(dai, card, "Lovely bikes")
    message = await newest_dm(place, aki, "stop")
    await bot.settled()
    assert discord.dms(aki) == [message]
    assert f"<@{dai.id}>" in message.text


@pytest.mark.parametrize("fault", ["500", "503", "cut"])
async def test_a_private_message_is_answered_though_discord_stumbles_over_who_they_are(
    fault: str, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    await welcomes(place, aki)
    message = await asked_to_greet(place, aki, beni, "health")
    opened = await place.press(aki, message, "greet_asked")
    ordered = discord.fail("GET", f"/guilds/*/members/{aki.id}", **FAULTS[fault])
    sent = await place.submit(aki, opened, words="Welcome")
    assert ordered.hits
    assert told(sent, "introductions.greeted")
    await bot.settled()
    assert len(place.hellos(await place.card(beni))) == 1


def shown_in_public(place: Place) -> int:
    """Return how many messages of the bot's everybody sees."""
    channels = [each for each in place.discord.world.channels.values() if each.guild is place.guild]
    return sum(len(place.discord.bot_messages(channel)) for channel in channels)


async def test_two_faults_in_a_row_are_too_many_for_the_answer_and_harm_nothing(bot: Bot, place: Place) -> None:
    aki = place.member("aki")
    opened = await place.form(aki)
    assert opened.modal is not None
    lost = place.discord.submit(aki, opened.modal, {"now": "I fix old radios"})
    place.discord.fail("POST", f"/interactions/{lost.id}/*", status=500, times=2)
    await place.card(aki)
    await place.discord.wait_for(lambda: lost.refused, PATIENCE, "answer that comes too late")
    assert told(await place.submit(aki, opened, now="I fix old radios"), "introductions.changed")
    await bot.settled()
    place.check_once(aki)


async def test_an_unknown_outcome_stays_unknown_through_a_refusal(bot: Bot, discord: Loopback, place: Place) -> None:
    """A card that was sent, was not known to be, and then could not be looked for is not sent again."""
    aki, channel = place.member("aki"), place.introductions
    opened = await place.form(aki)
    discord.fail("POST", f"/channels/{channel.id}/messages", cut=True, after_doing=True)
    refused = discord.fail("GET", f"/channels/{channel.id}/messages", status=400, code=30046)
    await place.submit(aki, opened, now="I fix old radios")
    for tries in (1, 2):
        await until(lambda: bot.rows(WAITING) == [(tries,)], f"try {tries} noted")  # noqa: B023 - awaited in the loop
        bot.skip_pauses()
        discord.forget_nonces()
        await place.wake()
    assert refused.hits
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


async def test_an_unknown_outcome_stays_unknown_while_it_is_put_aside(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, channel = place.member("aki"), place.introductions
    opened = await place.form(aki)
    discord.fail("POST", f"/channels/{channel.id}/messages", cut=True, after_doing=True)
    await place.submit(aki, opened, now="I fix old radios")
    await discord.wait_for(lambda: place.cards(aki), PATIENCE, "card")
    discord.set_bot_permissions(channel, BOT_USUALLY & ~Permission.VIEW_CHANNEL)
    await discord.wait_for(lambda: discord.bot_messages(place.moderators), PATIENCE, "word to the moderators")
    discord.forget_nonces()
    discord.set_bot_permissions(channel, BOT_USUALLY)
    await place.press(place.owner, await place.command(place.owner, "setup check"), "try_again")
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


@pytest.mark.parametrize(
    ("action", "is_community", "expected"),
    [
        ("make_channel", True, (ChannelType.TEXT, "introductions")),
        ("make_help_channel", True, (ChannelType.FORUM, "ask-for-help")),
        ("make_help_channel", False, (ChannelType.TEXT, "ask-for-help")),
        ("make_reviews_channel", True, (ChannelType.TEXT, "blog-reviews")),
    ],
)
async def test_the_channel_that_the_bot_makes_is_made_once(
    action: str, is_community: bool, expected: tuple[ChannelType, str], bot: Bot, discord: Loopback
) -> None:
    place = Place.made(discord)
    place.guild.is_community = is_community
    await bot.start()
    before = set(place.guild.channels)
    channels = await place.channels(place.owner)
    done = discord.fail("POST", "/guilds/*/channels", status=500, after_doing=True)
    await place.press(place.owner, channels, action)
    await discord.wait_for(lambda: done.hits, PATIENCE, "channel")
    await bot.settled()
    (made,) = (discord.world.channels[new] for new in set(place.guild.channels) - before)
    assert (made.type, made.name) == expected
    columns = "introductions_channel_id, help_channel_id, reviews_channel_id"
    chosen = bot.rows(f"SELECT coalesce({columns}) FROM servers")
    assert chosen == [(made.id,)]


async def test_a_slow_channel_holds_up_nobody_elsewhere(bot: Bot, discord: Loopback, place: Place) -> None:
    other = Place.made(discord)
    await other.set_up()
    people = [place.member(f"member {number}") for number in range(10)]
    gate = asyncio.Event()

    async def hook(moment: str, method: str, path: str) -> None:
        if (moment, method, path) == ("before", "POST", f"/channels/{place.introductions.id}/messages"):
            await gate.wait()

    discord.on_request = hook
    await asyncio.gather(*(place.write(person, "I fix old radios") for person in people))
    await other.written(other.member("beni"), "I fix old clocks")
    assert not any(place.cards(person) for person in people)
    gate.set()
    for person in people:
        await place.card(person)
    await bot.settled()
    place.check_once(*people)


async def database_fails(bot: Bot, statement: str, meanwhile: Callable[[], Awaitable[object]]) -> None:
    """Let one kind of write fail in the bot's database, as on a full disk, while something happens."""
    bot.rows(f"CREATE TRIGGER full_disk {statement} BEGIN SELECT raise(ABORT, 'disk full'); END")
    try:
        await meanwhile()
    finally:
        bot.rows("DROP TRIGGER full_disk")


async def test_a_card_that_could_not_be_marked_is_not_sent_again(bot: Bot, discord: Loopback, place: Place) -> None:
    bot.expect("effect failed", "disk full")
    aki = place.member("aki")
    opened = await place.form(aki)

    async def write() -> None:
        assert told(await place.submit(aki, opened, now="I fix old radios"), "introductions.written")
        await bot.logged("effect failed")

    await database_fails(bot, "BEFORE UPDATE ON effects WHEN NEW.state = 'done'", write)
    discord.forget_nonces()
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


async def test_a_round_survives_a_database_that_takes_no_claims(bot: Bot, place: Place) -> None:
    bot.expect("worker round failed", "disk full")
    aki = place.member("aki")
    opened = await place.form(aki)

    async def write() -> None:
        assert told(await place.submit(aki, opened, now="I fix old radios"), "introductions.written")
        await bot.logged("worker round failed")

    await database_fails(bot, "BEFORE UPDATE ON effects WHEN NEW.state = 'claimed'", write)
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


async def test_a_claim_that_nobody_could_give_back_runs_out(bot: Bot, discord: Loopback, place: Place) -> None:
    bot.expect("effect not marked", "effect failed", "disk full")
    aki = place.member("aki")
    opened = await place.form(aki)

    async def write() -> None:
        assert told(await place.submit(aki, opened, now="I fix old radios"), "introductions.written")
        await bot.logged("effect not marked")

    await database_fails(bot, "BEFORE UPDATE ON effects WHEN OLD.state = 'claimed'", write)
    discord.forget_nonces()
    bot.rows("UPDATE effects SET lease_until = 0 WHERE state = 'claimed'")  # five minutes later
    await place.wake()
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)
