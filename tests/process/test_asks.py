"""Asks over sockets: two helpers in one moment, what is sent twice, and kills on the way into the forum."""

import asyncio
import random

import pytest

from bot.kernel.i18n import Locale

from .asking import pose, post_now
from .loopback import Channel, Interaction, Loopback, Member, Message, NotPossible
from .running import PATIENCE, WORDS, Bot, Place, told
from .test_once import killed_after, killed_before
from .test_told_twice import again

REPLY = "That helps me a lot"


@pytest.fixture
async def forum(place: Place) -> Channel:
    """A forum in which members ask."""
    made = place.discord.create_forum(place.guild, "asks")
    await place.choose("help_channel", made)
    return made


async def ask(place: Place, person: Member, *, wants: str = "advice", anonymous: bool = False) -> Interaction:
    """Ask something, from the command to the answer."""
    return await pose(place, person, f"{person.name} asks", wants=wants, anonymous=anonymous)


def posts(discord: Loopback, forum: Channel, person: Member) -> list[Channel]:
    """Return the posts in which somebody's ask stands."""
    threads = [each for each in discord.world.channels.values() if each.parent is forum]
    return [thread for thread in threads if f"{person.name} asks" in thread.name]


async def card(discord: Loopback, forum: Channel, person: Member) -> Message:
    """Wait for the card of somebody's ask."""
    (post,) = await discord.wait_for(lambda: posts(discord, forum, person), PATIENCE, f"post of {person.name}")
    return (await discord.wait_for(lambda: discord.bot_messages(post), PATIENCE, "card"))[0]


def relayed(discord: Loopback, card: Message) -> list[str]:
    """Return what the bot wrote in an ask's thread below its card."""
    return [message.text for message in discord.bot_messages(card.channel) if message is not card]


@pytest.mark.parametrize(("wants", "come"), [("advice", 1), ("listen", 2)])
@pytest.mark.parametrize("locale", ["ja", "en"])
async def test_two_press_here_in_the_same_moment(
    wants: str, come: int, locale: Locale, bot: Bot, discord: Loopback, place: Place, forum: Channel
) -> None:
    aki, *helpers = (place.member(name, locale) for name in ("aki", "beni", "chie"))
    assert told(await ask(place, aki, wants=wants), "peer_help.asked", locale)
    shown = await card(discord, forum, aki)
    acts = [discord.press(helper, shown, "here") for helper in helpers]
    for act in acts:
        await act.answered(PATIENCE)
    assert sum(told(act, f"peer_help.you_are_here_{wants}", locale) for act in acts) == come
    assert sum(told(act, "peer_help.kept_for_another", locale) for act in acts) == 2 - come
    await bot.settled()
    said = relayed(discord, shown)
    assert len(said) == come
    came = [
        helper
        for helper, act in zip(helpers, acts, strict=True)
        if told(act, f"peer_help.you_are_here_{wants}", locale)
    ]
    assert all(any(f"<@{helper.id}>" in text for text in said) for helper in came)


@pytest.mark.parametrize("anonymous", [False, True], ids=["by name", "anonymously"])
async def test_a_form_that_comes_twice_is_one_ask(
    anonymous: bool, bot: Bot, discord: Loopback, place: Place, forum: Channel
) -> None:
    aki = place.member("aki")
    act = await ask(place, aki, anonymous=anonymous)
    await again(discord, act)
    if anonymous:
        await post_now(bot, place, act, aki)
    await card(discord, forum, aki)
    await bot.settled()
    assert len(posts(discord, forum, aki)) == 1
    assert bot.rows("SELECT count(*) FROM asks") == [(1,)]


@pytest.mark.parametrize("anonymous", [False, True], ids=["by name", "anonymously"])
@pytest.mark.parametrize("moment", ["claimed", "sent"])
async def test_a_post_in_the_forum_is_made_once_wherever_it_is_killed(
    moment: str, anonymous: bool, bot: Bot, discord: Loopback, place: Place, forum: Channel
) -> None:
    aki = place.member("aki")
    path = f"/channels/{forum.id}/threads"
    await bot.settled()
    preview = await ask(place, aki, anonymous=True) if anonymous else None
    killing = asyncio.create_task(
        killed_before(bot, discord, path) if moment == "claimed" else killed_after(bot, discord, path)
    )
    asking = asyncio.create_task(asks_until_told(place, aki) if preview is None else post_now(bot, place, preview, aki))
    await killing
    asking.cancel()  # it may have been killed before it could answer
    await asyncio.gather(asking, return_exceptions=True)
    await bot.start()
    await card(discord, forum, aki)
    await bot.settled()
    assert len(posts(discord, forum, aki)) == 1


async def replying(bot: Bot, discord: Loopback, place: Place, forum: Channel) -> tuple[Member, Message, Interaction]:
    """Return an anonymous asker, their card, and the form of a reply in their hands."""
    aki = place.member("aki")
    await post_now(bot, place, await ask(place, aki, anonymous=True), aki)
    shown = await card(discord, forum, aki)
    await bot.settled()
    listed = await place.command(aki, "ask mine")
    ((ask_id,),) = bot.rows("SELECT ask_id FROM asks")
    assert listed.message is not None
    mine = discord.select(aki, listed.message, "mine_one", [str(ask_id)])
    await mine.answered(PATIENCE)
    return aki, shown, await place.press(aki, mine, "reply")


@pytest.mark.parametrize("moment", ["claimed", "sent", "sent, nonces forgotten"])
async def test_a_reply_is_relayed_once_wherever_it_is_killed(
    moment: str, bot: Bot, discord: Loopback, place: Place, forum: Channel
) -> None:
    aki, shown, form = await replying(bot, discord, place, forum)
    path = f"/channels/{shown.channel.id}/messages"
    killing = asyncio.create_task(
        killed_before(bot, discord, path) if moment == "claimed" else killed_after(bot, discord, path)
    )
    assert told(await place.submit(aki, form, reply=REPLY), "peer_help.relayed")
    await killing
    if "forgotten" in moment:
        discord.forget_nonces()
    await bot.start()
    await discord.wait_for(lambda: discord.bot_messages(shown.channel)[1:], PATIENCE, "reply")
    await bot.settled()
    (said,) = relayed(discord, shown)
    assert REPLY in said
    assert str(aki.id) not in said


async def test_a_reply_that_comes_twice_is_one(bot: Bot, discord: Loopback, place: Place, forum: Channel) -> None:
    aki, shown, form = await replying(bot, discord, place, forum)
    await again(discord, await place.submit(aki, form, reply=REPLY))
    await bot.settled()
    assert len(relayed(discord, shown)) == 1


async def asks_until_told(place: Place, person: Member) -> None:
    try:
        await ask(place, person)
    except (NotPossible, TimeoutError):
        return  # the bot went away


async def kills(bot: Bot, discord: Loopback, place: Place, forum: Channel, times: int, seed: int) -> None:
    """Let many ask at once, and kill the bot at random moments: what was acknowledged stands there, and once."""
    chance, everybody = random.Random(seed), list[Member]()
    for kill in range(times):
        people = [place.member(f"asker {kill}-{number}") for number in range(4)]
        everybody += people
        asking = [asyncio.create_task(asks_until_told(place, person)) for person in people]
        all_asked = asyncio.gather(*asking)
        after = len(discord.requests) + chance.randrange(1, 6 * len(people))
        await discord.wait_for(lambda: len(discord.requests) >= after or all_asked.done(), 30, "moment to kill")  # noqa: B023 - awaited here
        await asyncio.sleep(chance.uniform(0, 0.03))
        await bot.kill()
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        if chance.random() < 0.5:
            discord.forget_nonces()
        await bot.start()
    await bot.settled()
    sentence = WORDS("en", "peer_help.asked")
    acts = [act for act in discord.interactions.all if act.settled and act.message and sentence in act.message.text]
    acknowledged = {act.person.id for act in acts}
    assert acknowledged, f"seed {seed} killed before anything was acknowledged"
    for person in everybody:
        made = len(posts(discord, forum, person))
        assert made == 1 or (made == 0 and person.id not in acknowledged), f"seed {seed}: {person.name} has {made}"


async def test_two_kills_under_four_askers(bot: Bot, discord: Loopback, place: Place, forum: Channel) -> None:
    await kills(bot, discord, place, forum, times=2, seed=4)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(5))
async def test_twenty_kills_under_four_askers(
    seed: int, bot: Bot, discord: Loopback, place: Place, forum: Channel
) -> None:
    await kills(bot, discord, place, forum, times=20, seed=seed)
