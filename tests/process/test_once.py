"""What was acknowledged happens once, wherever the process is killed."""

import asyncio
import random

import pytest

from .loopback import Loopback, Member, NotPossible
from .private import check_told_once, greet, wants_word, welcomes
from .running import PATIENCE, Bot, Place, told

HELD = 60.0  # seconds that a held request hangs: longer than any test


async def killed_before(bot: Bot, discord: Loopback, path: str, method: str = "POST") -> None:
    """Kill the bot while its request hangs, which Discord then never carries out."""
    held = discord.fail(method, path, cut=True, latency=HELD)
    await discord.wait_for(lambda: held.hits, 10, f"request of {path}")
    await bot.kill()


async def killed_after(
    bot: Bot, discord: Loopback, ending: str, method: str = "POST", beginning: str = "/channels/"
) -> None:
    """Kill the bot when Discord has done what it asked, and before it hears of that."""
    happened = asyncio.Event()

    async def hook(moment: str, asked: str, path: str) -> None:
        if (moment, asked) == ("after", method) and path.endswith(ending) and path.startswith(beginning):
            await bot.kill()
            happened.set()

    discord.on_request = hook
    async with asyncio.timeout(PATIENCE):
        await happened.wait()
    discord.on_request = None


@pytest.mark.parametrize("forgotten", [False, True], ids=["nonces", "nonces forgotten"])
@pytest.mark.parametrize("ending", ["/messages", "/threads"])
async def test_killed_between_sent_and_marked(
    ending: str, forgotten: bool, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki = place.member("aki")
    opened = await place.form(aki)
    killing = asyncio.create_task(killed_after(bot, discord, ending))
    assert told(await place.submit(aki, opened, now="I fix old radios"), "introductions.written")
    await killing
    if forgotten:
        discord.forget_nonces()
    await bot.start()
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


@pytest.mark.parametrize("path", ["/channels/*/messages", "/channels/*/threads"], ids=["claimed", "marked"])
async def test_killed_before_it_is_sent(path: str, bot: Bot, discord: Loopback, place: Place) -> None:
    aki = place.member("aki")
    opened = await place.form(aki)
    killing = asyncio.create_task(killed_before(bot, discord, path))
    assert told(await place.submit(aki, opened, now="I fix old radios"), "introductions.written")
    await killing
    await bot.start()
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


async def test_a_hello_killed_between_sent_and_marked(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    card = await place.written(aki, "I fix old radios")
    opened = await place.open_hello(beni, card)
    killing = asyncio.create_task(killed_after(bot, discord, f"/{card.id}/messages"))
    assert told(await place.submit(beni, opened, words="Radios, lovely"), "introductions.greeted")
    await killing
    discord.forget_nonces()
    await bot.start()
    await bot.settled()
    assert [text for text in place.hellos(card) if "Radios, lovely" in text] == place.hellos(card)
    assert len(place.hellos(card)) == 1


@pytest.mark.parametrize("path", ["/users/@me/channels", "/channels/{dm}/messages"], ids=["claimed", "opened"])
async def test_a_private_message_killed_before_it_is_sent(path: str, bot: Bot, discord: Loopback, place: Place) -> None:
    aki, form = await wants_word(place)
    killing = asyncio.create_task(killed_before(bot, discord, path.format(dm=discord.dm_of(aki).id)))
    await greet(place, form)
    await killing
    assert not discord.dms(aki)
    await bot.start()
    await check_told_once(place, bot, aki)


@pytest.mark.parametrize("forgotten", [False, True], ids=["nonces", "nonces forgotten"])
async def test_a_private_message_killed_between_sent_and_marked(
    forgotten: bool, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, form = await wants_word(place)
    killing = asyncio.create_task(killed_after(bot, discord, f"/{discord.dm_of(aki).id}/messages"))
    await greet(place, form)
    await killing
    if forgotten:
        discord.forget_nonces()
    await bot.start()
    await check_told_once(place, bot, aki)


async def test_a_private_message_killed_after_it_is_marked(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, form = await wants_word(place)
    await greet(place, form)
    await check_told_once(place, bot, aki)
    discord.forget_nonces()
    await bot.restart()
    await place.wake()
    await check_told_once(place, bot, aki)


@pytest.mark.parametrize("moment", ["looked up", "sent"])
async def test_a_welcomer_is_asked_once_wherever_it_is_killed(
    moment: str, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    await welcomes(place, aki)
    form = await place.form(beni)
    if moment == "looked up":
        killing = asyncio.create_task(killed_before(bot, discord, f"/guilds/*/members/{beni.id}", "GET"))
    else:
        killing = asyncio.create_task(killed_after(bot, discord, f"/{discord.dm_of(aki).id}/messages"))
    assert told(await place.submit(beni, form, now="I am new", seek_topics=["health"]), "introductions.written")
    await killing
    discord.forget_nonces()
    await bot.start()
    await check_told_once(place, bot, aki)


@pytest.mark.parametrize("moment", ["looked up", "claimed", "sent", "sent, nonces forgotten"])
async def test_a_report_killed_on_its_way_to_moderators(moment: str, bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    desk = f"/channels/{place.moderators.id}/messages"
    if moment == "looked up":
        killing = asyncio.create_task(killed_before(bot, discord, "/guilds/*/members/*", "GET"))
    elif moment == "claimed":
        killing = asyncio.create_task(killed_before(bot, discord, desk))
    else:
        killing = asyncio.create_task(killed_after(bot, discord, desk))
    sent = await place.command(aki, "report", member=beni, reason="selling", details="Buy my course")
    assert told(sent, "safety.reported")
    await killing
    if "forgotten" in moment:
        discord.forget_nonces()
    await bot.start()
    await discord.wait_for(lambda: discord.bot_messages(place.moderators), PATIENCE, "post for moderators")
    await bot.settled()
    (post,) = discord.bot_messages(place.moderators)
    case = await place.press(place.owner, post, "case")
    assert case.message is not None
    assert "Buy my course" in case.message.text


async def test_a_card_changed_while_it_is_being_sent_is_sent_once(bot: Bot, discord: Loopback, place: Place) -> None:
    aki = place.member("aki")
    opened = await place.form(aki)
    assert opened.modal is not None
    slow = discord.fail("POST", f"/channels/{place.introductions.id}/messages", latency=1.0)
    await place.submit(aki, opened, now="I fix old radios")
    await discord.wait_for(lambda: slow.hits, PATIENCE, "request of the card")
    for words in ("I fix old clocks", "I fix old bikes"):
        await place.submit(aki, opened, now=words)
    assert not place.cards(aki)
    card = await place.card(aki)
    await bot.settled()
    assert "I fix old bikes" in card.text
    place.check_once(aki)


async def test_hellos_said_before_the_thread_is_there_are_said_once(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    lost = discord.fail("POST", "/channels/*/threads", cut=True, after_doing=True)
    await place.write(aki, "I fix old radios")
    await discord.wait_for(lambda: lost.hits and place.cards(aki), PATIENCE, "card")
    card = place.cards(aki)[0]
    await place.hello(beni, card, "Radios, lovely")
    await discord.wait_for(lambda: place.hellos(card), PATIENCE, "hello")
    await bot.settled()
    discord.forget_nonces()
    await place.hello(place.member("chie"), card, "How lovely")
    await discord.wait_for(lambda: len(place.hellos(card)) > 1, PATIENCE, "second hello")
    await bot.restart()
    await place.write(aki, "I fix old clocks")
    await discord.wait_for(lambda: "clocks" in card.text, PATIENCE, "change")
    await bot.settled()
    assert len(place.hellos(card)) == 2


async def writes_until_told(place: Place, member: Member) -> bool:
    """Write an introduction; return whether the member was told that it is done, False when the bot went away."""
    try:
        return told(await place.write(member, f"I am {member.name}"), "introductions.written")
    except (NotPossible, TimeoutError):
        return False


async def one_kill(bot: Bot, place: Place, writers: list[Member], chance: random.Random) -> list[Member]:
    """Let all write at once, kill the bot at a random moment; return those who were told that it is done."""
    discord = place.discord
    after = len(discord.requests) + chance.randrange(1, 6 * len(writers))
    writing = [asyncio.create_task(writes_until_told(place, writer)) for writer in writers]
    everybody = asyncio.gather(*writing)
    await discord.wait_for(lambda: len(discord.requests) >= after or everybody.done(), 30, "moment to kill")
    await asyncio.sleep(chance.uniform(0, 0.03))  # between two requests, too
    await bot.kill()
    acknowledged = [act for act in discord.interactions.all if act.settled]
    for task in writing:
        task.cancel()
    await asyncio.gather(*writing, return_exceptions=True)
    people = {act.person for act in acknowledged if told(act, "introductions.written")}
    return [writer for writer in writers if writer.user in people]


async def kills(bot: Bot, place: Place, times: int, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged: list[Member] = []
    writers: list[Member] = []
    for kill in range(times):
        new = [place.member(f"writer {kill}-{number}") for number in range(20)]
        writers += new
        acknowledged += await one_kill(bot, place, new, chance)
        if chance.random() < 0.5:
            place.discord.forget_nonces()
        await bot.start()
    await bot.settled()
    assert acknowledged, f"seed {seed} killed before anything was acknowledged"
    place.check_once(*acknowledged)
    for writer in writers:
        assert len(place.cards(writer)) <= 1, f"seed {seed}: {writer.name}"


async def test_five_kills_under_twenty_writers(bot: Bot, place: Place) -> None:
    await kills(bot, place, times=5, seed=20)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(5))
async def test_fifty_kills_under_twenty_writers(seed: int, bot: Bot, place: Place) -> None:
    await kills(bot, place, times=10, seed=seed)
