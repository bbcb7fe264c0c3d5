"""What a giver was told is recorded survives any kill: it is in the ledger once, and told and posted once."""

import asyncio
import random
from dataclasses import dataclass, field

import pytest

from bot.features.members.reach import Kind

from .loopback import Channel, Interaction, Loopback, Member, NotPossible
from .private import agree
from .running import PATIENCE, WORDS, Bot, Place, told
from .test_once import killed_after, killed_before
from .thankful import REASON, is_recorded, open_wall, thank, thanked, verified, wish

GIVERS = 8  # at once
CALLS = 30  # about as many as they make the bot send
GONE = WORDS("en", "reputation.post_hidden")


@dataclass
class Evening:
    """One who lets thanks to her be public, one who is written to, one who does neither, and all that was done."""

    place: Place
    wall: Channel
    public: Member
    written_to: Member
    quiet: Member
    given: list[tuple[str, Member, Interaction]] = field(default_factory=list)
    taken: list[tuple[str, Interaction]] = field(default_factory=list)

    @classmethod
    async def begun(cls, place: Place) -> "Evening":
        """Let the three choose."""
        public, written_to, quiet = (place.member(name) for name in ("aki", "beni", "chie"))
        await wish(place, public, "posts_thanks_on")
        await agree(place, written_to, Kind.THANKS)
        return cls(place, await open_wall(place), public, written_to, quiet)

    async def thank_all(self, giver: Member, *, slips: bool) -> None:
        """Let a giver thank the three, one after the other; who slips takes the first one back."""
        discord = self.place.discord
        for receiver in (self.public, self.written_to, self.quiet):
            reason = f"{giver.name} owes {receiver.name} a dinner"
            options = {"public": True} if receiver is self.public else {}
            act = discord.slash(giver, self.place.moderators, "thanks", member=receiver, reason=reason, **options)
            self.given.append((reason, receiver, act))
            await act.answered(PATIENCE)
            if slips and receiver is self.public and act.message is not None:
                taken = discord.press(giver, act.message, "take_back")
                self.taken.append((reason, taken))
                await taken.answered(PATIENCE)

    async def check(self, bot: Bot, seed: int) -> None:
        """Check that all that was acknowledged is so, once; and so is what the bot had not come to say."""
        acknowledged = {reason for reason, receiver, act in self.given if act.settled and is_recorded(act, receiver)}
        taken_back = {reason for reason, act in self.taken if act.settled and told(act, "reputation.took_back")}
        assert acknowledged, f"seed {seed} killed before anything was acknowledged"
        entries = {reason: stands for _, _, reason, stands in thanked(bot)}
        assert len(entries) == len(thanked(bot)), f"seed {seed}: recorded twice"
        assert acknowledged <= set(entries), f"seed {seed}: lost"
        assert taken_back <= {reason for reason, stands in entries.items() if not stands}, f"seed {seed}: not reversed"
        assert bot.rows("SELECT count(*) FROM entries") == [(sum(1 if stands else 2 for stands in entries.values()),)]
        self.check_told_once(bot, entries, seed)

    def check_told_once(self, bot: Bot, entries: dict[str, bool], seed: int) -> None:
        """Check that each thanks was posted once, and told once, as its receiver wished."""
        discord = self.place.discord
        posts, letters = discord.bot_messages(self.wall), discord.dms(self.written_to)
        for reason, stands in entries.items():
            posted = sum(reason in post.text for post in posts)
            written = sum(reason in letter.text for letter in letters)
            assert posted == (stands and self.public.name in reason), f"seed {seed}: {reason} posted {posted} times"
            assert written == (self.written_to.name in reason), f"seed {seed}: {reason} written {written} times"
        assert {post.id for post in posts} == {id_ for (id_,) in bot.rows("SELECT message_id FROM publications") if id_}
        taken_down = [post for post in posts if post.text == GONE]
        assert len(posts) == len(taken_down) + sum(self.public.name in each for each in entries if entries[each])
        assert bot.rows("SELECT DISTINCT count(*) FROM notices GROUP BY object_id, card") == [(1,)]


async def one_kill(bot: Bot, evening: Evening, givers: list[Member], chance: random.Random) -> None:
    """Let all thank at once, and kill the bot at a random moment."""
    discord = evening.place.discord
    after = len(discord.requests) + chance.randrange(1, CALLS)
    tasks = [asyncio.create_task(evening.thank_all(giver, slips=chance.random() < 0.3)) for giver in givers]
    everybody = asyncio.gather(*tasks, return_exceptions=True)
    await discord.wait_for(lambda: len(discord.requests) >= after or everybody.done(), 30, "moment to kill")
    await asyncio.sleep(chance.uniform(0, 0.05))  # between two requests, too
    await bot.kill()
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        assert outcome is None or isinstance(outcome, NotPossible | asyncio.CancelledError), outcome


async def kills(bot: Bot, place: Place, times: int, seed: int) -> None:
    """Kill the bot so many times under people who thank one another; the ledger verifies after each."""
    chance = random.Random(seed)
    evening = await Evening.begun(place)
    for kill in range(times):
        givers = [await place.promised(f"giver {kill}-{number}") for number in range(GIVERS)]
        await one_kill(bot, evening, givers, chance)
        code, said = await verified(bot)
        assert code == 0, f"seed {seed}, kill {kill}: {said}"
        if chance.random() < 0.5:
            place.discord.forget_nonces()
        await bot.start()
    await bot.settled()
    await evening.check(bot, seed)
    ((entries,),) = bot.rows("SELECT count(*) FROM entries")
    assert await verified(bot) == (0, WORDS("en", "verify.whole", entries=entries, servers=1))


async def test_four_kills_under_thanks(bot: Bot, place: Place) -> None:
    await kills(bot, place, times=4, seed=4)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(4))
async def test_hundred_kills_under_thanks(seed: int, bot: Bot, place: Place) -> None:
    await kills(bot, place, times=25, seed=100 + seed)


@pytest.mark.parametrize("moment", ["claimed", "sent", "sent, nonces forgotten"])
async def test_a_public_thanks_is_posted_once_wherever_it_is_killed(
    moment: str, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni, wall = await place.promised("aki"), place.member("beni"), await open_wall(place)
    await wish(place, beni, "posts_thanks_on")
    path = f"/channels/{wall.id}/messages"
    coming = killed_before(bot, discord, path) if moment == "claimed" else killed_after(bot, discord, path)
    killing = asyncio.create_task(coming)
    given = discord.slash(aki, place.moderators, "thanks", member=beni, reason=REASON, public=True)
    await killing
    if "forgotten" in moment:
        discord.forget_nonces()
    await bot.start()
    await discord.wait_for(lambda: discord.bot_messages(wall), PATIENCE, "post")
    await bot.settled()
    (post,) = discord.bot_messages(wall)
    assert REASON in post.text
    assert bot.rows("SELECT message_id FROM publications") == [(post.id,)]
    assert given.message is None or is_recorded(given, beni)
    assert told(await thank(place, aki, beni), "reputation.recorded", name=f"<@{beni.id}>") is False
    assert len(thanked(bot)) == 1


@pytest.mark.parametrize("moment", ["claimed", "done"])
async def test_a_post_is_taken_down_wherever_it_is_killed(
    moment: str, bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni, wall = place.member("aki"), place.member("beni"), await open_wall(place)
    await wish(place, beni, "posts_thanks_on")
    given = await thank(place, aki, beni, public=True)
    (post,) = await discord.wait_for(lambda: discord.bot_messages(wall), PATIENCE, "post")
    await bot.settled()
    path = f"/channels/{wall.id}/messages/{post.id}"
    if moment == "claimed":
        killing = asyncio.create_task(killed_before(bot, discord, path, "PATCH"))
    else:
        killing = asyncio.create_task(killed_after(bot, discord, path, "PATCH"))
    assert given.message is not None
    discord.press(aki, given.message, "take_back")
    await killing
    await bot.start()
    await discord.wait_for(lambda: post.text == GONE, PATIENCE, "post taken down")
    await bot.settled()
    assert discord.bot_messages(wall) == [post]
    assert await verified(bot) == (0, WORDS("en", "verify.whole", entries=2, servers=1))


async def test_the_answer_that_a_kill_kept_back_is_not_given_twice(bot: Bot, discord: Loopback, place: Place) -> None:
    """Who was told nothing can thank again: the words are there once, or were never recorded."""
    aki, beni = await place.promised("aki"), place.member("beni")
    killing = asyncio.create_task(killed_before(bot, discord, "/interactions/*/callback"))
    lost = discord.slash(aki, place.moderators, "thanks", member=beni, reason=REASON)
    await killing
    assert lost.response is None
    assert [reason for _, _, reason, _ in thanked(bot)] == [REASON]
    await bot.start()
    again = await thank(place, aki, beni)
    assert not is_recorded(again, beni)
    assert len(thanked(bot)) == 1
    assert (await verified(bot))[0] == 0
