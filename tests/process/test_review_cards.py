"""Cards of requests to be read, and their threads, over kills: each is made once."""

import asyncio
import random

import pytest

from .loopback import Channel, Loopback, Member, Message, NotPossible
from .reviewing import card, cards, request
from .running import Bot, Place, told
from .test_once import killed_after, killed_before

MADE = ["card claimed", "card sent", "card sent, nonces forgotten", "thread claimed", "thread sent"]


@pytest.mark.parametrize("moment", MADE)
async def test_a_card_and_its_thread_are_made_once_wherever_it_is_killed(
    moment: str, bot: Bot, discord: Loopback, place: Place, shelf: Channel
) -> None:
    aki = place.member("aki")
    form = await place.command(aki, "review request")
    ending = "/messages" if "card" in moment else "/threads"
    killing = asyncio.create_task(
        killed_after(bot, discord, ending)
        if "sent" in moment
        else killed_before(bot, discord, f"/channels/{shelf.id}*{ending}")
    )
    asking = asyncio.create_task(place.submit(aki, form, url="https://example.com/1", title="a post"))
    await killing
    asking.cancel()  # it may have been killed before it could answer
    await asyncio.gather(asking, return_exceptions=True)
    if "forgotten" in moment:
        discord.forget_nonces()
    await bot.start()
    await check_once(bot, discord, shelf, await card(discord, shelf, "a post"))


async def check_once(bot: Bot, discord: Loopback, shelf: Channel, *shown: Message) -> None:
    """Check that nothing but these cards stands in a channel, each with one thread."""
    await bot.settled()
    assert discord.bot_messages(shelf) == list(shown)
    threads = [each for each in discord.world.channels.values() if each.parent is shelf]
    assert {each.id for each in threads} == {each.id for each in shown}
    assert len(threads) == len(shown)


async def asks_until_told(place: Place, person: Member) -> None:
    try:
        await request(place, person, f"post of {person.name}")
    except (NotPossible, TimeoutError):
        return  # the bot went away


async def kills(bot: Bot, discord: Loopback, place: Place, shelf: Channel, times: int, seed: int) -> None:
    """Let many ask at once, and kill the bot at random moments: what was acknowledged stands there, and once."""
    chance, everybody = random.Random(seed), list[Member]()
    for kill in range(times):
        people = [place.member(f"author {kill}-{number}") for number in range(4)]
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
    acts = [act for act in discord.interactions.all if act.settled and told(act, "blog_reviews.asked")]
    acknowledged = {act.person.id for act in acts}
    assert acknowledged, f"seed {seed} killed before anything was acknowledged"
    for person in everybody:
        made = len(cards(discord, shelf, f"post of {person.name}"))
        assert made == 1 or (made == 0 and person.id not in acknowledged), f"seed {seed}: {person.name} has {made}"
    await check_once(bot, discord, shelf, *discord.bot_messages(shelf))


async def test_two_kills_under_four_authors(bot: Bot, discord: Loopback, place: Place, shelf: Channel) -> None:
    await kills(bot, discord, place, shelf, times=2, seed=4)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(5))
async def test_twenty_kills_under_four_authors(
    seed: int, bot: Bot, discord: Loopback, place: Place, shelf: Channel
) -> None:
    await kills(bot, discord, place, shelf, times=20, seed=seed)
