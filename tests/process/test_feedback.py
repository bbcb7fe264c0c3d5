"""Long feedback over sockets: it comes whole, once and in order, whatever happens on its way."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bot.features.blog_reviews.model import FIELDS
from bot.features.members.reach import Kind

from .loopback import Channel, Loopback, Member, Message
from .loopback.faults import Fault
from .private import agree
from .reviewing import (
    Moment,
    claim,
    deliver,
    killed_at,
    long_texts,
    manage,
    open_shelf,
    put_together,
    requested,
    thread,
    written,
)
from .running import PATIENCE, WORDS, Bot, Place, told
from .test_rest_faults import FAULTS

TEXTS = long_texts()
MESSAGES = 10  # that these take
EACH = range(1, MESSAGES + 1)
MOMENTS: tuple[Moment, ...] = ("before", "after")
QUICK_FAULTS = {name: fault for name, fault in FAULTS.items() if "latency" not in fault}


@dataclass(frozen=True)
class Kill:
    """A kill at one message of feedback; whether Discord has forgotten nonces when the bot is back."""

    number: int
    moment: Moment
    forgotten: bool = True


@dataclass
class Reader:
    """Somebody who is about to write about what an author wants to be read."""

    place: Place
    author: Member
    reader: Member
    card: Message

    @classmethod
    async def begun(cls, place: Place, shelf: Channel) -> "Reader":
        """Let an author ask, who is told privately of what comes, and somebody give their word to read it."""
        author, reader = place.member("aki"), place.member("beni")
        await agree(place, author, Kind.ANSWERS)
        card = await requested(place, shelf, author, "a post")
        await claim(place, reader, card)
        return cls(place, author, reader, card)

    async def write(self) -> None:
        """Write, unless the bot goes away before it can answer."""
        assert told(await deliver(self.place, self.reader, self.card, TEXTS), "blog_reviews.delivered")

    async def check(self, bot: Bot) -> None:
        """Check that all of it stands in the thread once, in order, and that its author was told once."""
        discord = self.place.discord
        await discord.wait_for(lambda: len(written(discord, self.card)) >= MESSAGES, PATIENCE, "all messages")
        await bot.settled()
        messages = written(discord, self.card)
        assert put_together(messages) == TEXTS
        assert len(messages) == MESSAGES
        pinged = [(each.allowed_mentions or {}).get("users", []) for each in messages]
        assert pinged == [[self.author.id], *([[]] * (MESSAGES - 1))]
        assert WORDS("en", "blog_reviews.state_delivered") in self.card.text
        given = WORDS("en", "blog_reviews.told_given", name=f"<@{self.reader.id}>", words="a post")
        assert [given in each.text for each in discord.dms(self.author)].count(True) == 1


@pytest.fixture
async def reader(place: Place, shelf: Channel) -> Reader:
    return await Reader.begun(place, shelf)


async def test_four_long_texts_come_whole_and_in_order(bot: Bot, reader: Reader) -> None:
    assert [len(text) for _, text in TEXTS] == [4000] * len(FIELDS)
    await reader.write()
    await reader.check(bot)


@pytest.mark.parametrize("moment", ["before", "meanwhile"])
async def test_a_thread_that_its_author_closes_is_closed_behind_all_feedback(
    moment: str, bot: Bot, discord: Loopback, place: Place, reader: Reader
) -> None:
    form = await place.press(reader.reader, await manage(place, reader.reader, reader.card), "deliver")
    asked = await place.press(reader.author, await manage(place, reader.author, reader.card), "close")
    where = thread(reader.card)
    discord.fail("POST", f"/channels/{where.id}/messages", latency=0.5)
    for step in ("close", "write") if moment == "before" else ("write", "close"):
        if step == "close":
            await place.press(reader.author, asked, "close_confirm")
        else:
            assert told(await place.submit(reader.reader, form, **dict(TEXTS)), "blog_reviews.delivered")
    await discord.wait_for(lambda: len(written(discord, reader.card)) >= MESSAGES, PATIENCE, "all messages")
    await bot.settled()
    assert put_together(written(discord, reader.card)) == TEXTS
    assert where.archived


# ── Killed on the way ────────────────────────────────────────────────────────────────────────────────────────────────


async def write_through(bot: Bot, reader: Reader, kills: Sequence[Kill]) -> None:
    """Write while the bot is killed at some messages, and started again."""
    discord, writing = reader.place.discord, None
    for kill in kills:
        killing = asyncio.create_task(killed_at(bot, discord, thread(reader.card), kill.number, kill.moment))
        if writing is None:
            writing = asyncio.create_task(reader.write())
        else:
            await bot.start()
        await killing
        if kill.forgotten:
            discord.forget_nonces()
    if writing is not None:
        writing.cancel()  # it may have been killed before it could answer
        await asyncio.gather(writing, return_exceptions=True)
    await bot.start()
    await reader.check(bot)


@pytest.mark.parametrize("seed", range(2))
async def test_three_kills_under_long_feedback(seed: int, bot: Bot, reader: Reader) -> None:
    chance = random.Random(seed)
    kills = [Kill(number, chance.choice(MOMENTS), chance.random() < 0.5) for number in sorted(chance.sample(EACH, k=3))]
    await write_through(bot, reader, kills)


@pytest.mark.torture
@pytest.mark.parametrize("forgotten", [False, True], ids=["nonces", "nonces forgotten"])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("number", EACH)
async def test_a_kill_at_each_message(number: int, moment: Moment, forgotten: bool, bot: Bot, reader: Reader) -> None:
    await write_through(bot, reader, [Kill(number, moment, forgotten)])


@pytest.mark.torture
async def test_kills_at_all_messages_before_and_after_each(bot: Bot, reader: Reader) -> None:
    await write_through(bot, reader, [Kill(number, moment) for number in EACH for moment in MOMENTS])


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20))
async def test_kills_at_random_moments(seed: int, bot: Bot, discord: Loopback, reader: Reader) -> None:
    def is_there() -> bool:
        return len(written(discord, reader.card)) >= MESSAGES

    chance, writing = random.Random(seed), asyncio.create_task(reader.write())
    while not is_there():
        after = len(discord.requests) + chance.randrange(1, 8)
        await discord.wait_for(lambda: is_there() or len(discord.requests) >= after, PATIENCE, "moment to kill")  # noqa: B023 - awaited here
        await asyncio.sleep(chance.uniform(0, 0.03))  # between two requests, too
        await bot.kill()
        if chance.random() < 0.5:
            discord.forget_nonces()
        await bot.start()
        if not bot.rows("SELECT * FROM review_feedback"):  # it was killed before anything was kept: they send it again
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            writing = asyncio.create_task(reader.write())
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    await reader.check(bot)


# ── Refused, cut, and done although the answer was lost ──────────────────────────────────────────────────────────────


def order(readers: dict[str, Reader], numbers: Sequence[int]) -> dict[tuple[str, int], Fault]:
    """Let some messages of each reader's meet the fault that they are named after; return what was ordered so far."""
    ordered: dict[tuple[str, int], Fault] = {}
    (discord,) = {reader.place.discord for reader in readers.values()}

    async def hook(_when: Moment, _method: str, _path: str) -> None:
        for name, reader in readers.items():
            following = len(written(discord, reader.card)) + 1
            if following in numbers and (name, following) not in ordered:
                path = f"/channels/{thread(reader.card).id}/messages"
                ordered[name, following] = discord.fail("POST", path, **FAULTS[name])

    discord.on_request = hook
    return ordered


async def hurry(bot: Bot, place: Place) -> None:
    """Leave out the pauses after whatever fails, for ever."""
    while True:
        bot.skip_pauses()
        await place.wake()
        await asyncio.sleep(0.2)


async def test_every_fault_under_long_feedback(bot: Bot, discord: Loopback) -> None:
    places = {name: Place.made(discord) for name in QUICK_FAULTS}
    await bot.start()
    await asyncio.gather(*(place.set_up() for place in places.values()))
    shelves = [await open_shelf(place) for place in places.values()]
    begun = await asyncio.gather(*map(Reader.begun, places.values(), shelves))
    readers, numbers = dict(zip(places, begun, strict=True)), (1, MESSAGES // 2, MESSAGES)
    ordered = order(readers, numbers)
    hurrying = asyncio.create_task(hurry(bot, begun[0].place))
    await asyncio.gather(*(reader.write() for reader in begun))
    outcomes = await asyncio.gather(*(reader.check(bot) for reader in begun), return_exceptions=True)
    hurrying.cancel()
    assert dict(zip(places, outcomes, strict=True)) == dict.fromkeys(places)
    assert {each for each, fault in ordered.items() if fault.hits} == {(name, n) for name in places for n in numbers}
