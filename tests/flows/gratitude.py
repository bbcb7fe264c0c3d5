"""Thanks in a simulated server: who gives one, who is a source, and messages that hold every control of all this."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import discord
import simcord

from bot.features.reputation.holder import ReputationHolder
from bot.features.reputation.model import FACTS_PAGE, Cause, CauseKind, Wish
from bot.features.reputation.service import Reputation
from bot.features.reputation.standings import Standings
from bot.kernel.ids import InteractionId, MemberId
from tests.flows.messages import words
from tests.flows.people import Answer, Person
from tests.flows.village import Village

REASON = "下書きを二度も読んでくれました"
WHY = "送り間違いとのことでした"
_TIME = re.compile(r"<t:(\d+):([ft])>")
_acts = itertools.count(1)  # ids of interactions that nobody sees


async def open_wall(village: Village) -> simcord.ChannelHandle:
    """Choose a channel for thanks that both like to be public."""
    wall = village.guild.create_text_channel("wall")
    await village.env.settle()
    await village.choose("thanks_channel", wall)
    return wall


async def thank(giver: Person, receiver: Person, reason: str = REASON, *, public: bool = False) -> Answer:
    """Let somebody thank another by the command."""
    answer = await giver.slash("thanks", member=receiver, reason=reason, public=public)
    await giver.village.env.settle()
    return answer


def crowd(village: Village, many: int, name: str = "Person") -> list[Person]:
    return [village.move_in(f"{name}{number}") for number in range(many)]


def thanked(receiver: Person, giver: Person, reason: str = REASON) -> str:
    """Return what a receiver reads of a thanks."""
    return receiver.text("reputation.thanked_you", name=f"<@{giver.id}>", words=reason)


def named(reader: Person, person: Person) -> str:
    """Return how moderators read somebody's name."""
    return reader.text("reputation.named", name=f"<@{person.id}>")


def said_time(answer: Answer) -> datetime:
    """Return the one moment that an answer names."""
    ((seconds, _),) = _TIME.findall(answer.text)
    return datetime.fromtimestamp(int(seconds), UTC)


async def wait_until(village: Village, moment: datetime) -> None:
    await village.pass_time(moment - village.env.now())


async def choose(person: Person, *actions: str) -> Answer:
    """Let somebody choose what others see, by the buttons in their preferences."""
    card = await person.press(await person.slash("preferences"), "openness")
    for action in actions:
        card = await person.press(card, action)
    return card


async def record(village: Village, pairs: Iterable[tuple[Person, Person]], reason: str = REASON) -> list[int]:
    """Let one thank another, a pair after the other, each for a cause of its own so that nothing limits them."""
    numbers = []
    async with village.bot.database.write() as transaction:
        for giver, receiver in pairs:
            number = next(_acts)
            wish = Wish(giver.id, receiver.id, reason, cause=Cause(CauseKind.INTRO, 10**6 + number))
            service = village.bot.service(Reputation)
            thanks = await service.record(transaction, village.server_id, wish, InteractionId(number))
            numbers.append(thanks.sequence)
    return numbers


async def open_sources(village: Village) -> Answer:
    """Open what the panel says about sources."""
    return await village.moderator.press(await village.moderator.slash("setup panel"), "sources")


async def name_sources(village: Village, people: Sequence[Person]) -> Answer:
    """Choose who is a source, and nobody else."""
    return await village.moderator.choose(await open_sources(village), "sources_set", people)


async def chains(village: Village, person: Person) -> int:
    return (await village.bot.service(Standings).chains(village.server_id, MemberId(person.id))).chains


async def leave(village: Village, person: Person) -> None:
    """Let somebody go who used the bot."""
    village.env.backend.remove_member(village.guild.id, person.id)
    await village.env.settle()


async def be_forgotten(village: Village, person: Person) -> None:
    """Let the ledger forget who somebody is."""
    async with village.bot.database.write() as transaction:
        holder = ReputationHolder(village.bot.database)
        assert await holder.forget_member(transaction, village.server_id, MemberId(person.id))


@dataclass(frozen=True, slots=True)
class Town:
    """A server in which four thank each other all round, whom nobody but one polite source thanked."""

    sources: list[Person]
    neighbours: list[Person]
    ring: list[Person]
    entering: list[int]


async def a_ring(village: Village) -> Town:
    sources, neighbours, ring = (
        crowd(village, many, name) for name, many in (("Source", 5), ("Neighbour", 8), ("Ring", 4))
    )
    await village.env.settle()
    await name_sources(village, sources)
    everybody = [*sources, *neighbours]
    for step in (1, 3, 4):
        await record(village, [(each, everybody[(i + step) % len(everybody)]) for i, each in enumerate(everybody)])
    entering = await record(village, [(sources[0], each) for each in ring])
    await record(village, itertools.permutations(ring, 2))
    return Town(sources, neighbours, ring, entering)


async def every_thanks(village: Village) -> list[tuple[Person, Answer | discord.Message]]:
    """Return messages that hold every control of thanks and of the ledger, with who is to operate them."""
    wall, moderator = await open_wall(village), village.moderator
    found: list[tuple[Person, Answer | discord.Message]] = [*await _as_members(village)]
    nao = found[0][0]
    found += [(nao, card) for card in village.cards(wall)]
    found.append(await _own_card(village))
    town = await a_ring(village)
    flags = await moderator.slash("ledger flags")
    found += [(moderator, await moderator.slash("ledger history", member=nao)), (moderator, flags)]
    found.append((moderator, await moderator.press(flags, "flag")))
    return [*found, *await _as_managers(village, town.sources)]


async def _as_members(village: Village) -> list[tuple[Person, Answer]]:
    nao, oto, rei, sui = (village.move_in(name) for name in ("Nao", "Oto", "Rei", "Sui"))
    sui.promises = False
    givers = crowd(village, FACTS_PAGE, "G")
    await record(village, [(giver, nao) for giver in givers])
    mine = await choose(oto, "posts_thanks_on", "shows_word_on", "wears_role_on")
    recorded = await thank(rei, givers[0])
    for receiver in (nao, oto):
        await thank(rei, receiver, public=True)
    standing = await nao.slash("standing")
    more = await nao.press(standing, "more")
    shown = [standing, more, await nao.press(more, "openness"), await nao.slash("inbox")]
    return [
        *((nao, answer) for answer in shown),
        (oto, mine),
        (oto, await oto.slash("inbox")),
        (rei, recorded),
        (sui, await thank(sui, nao)),
    ]


async def _own_card(village: Village) -> tuple[Person, discord.Message]:
    sae, tomo = village.move_in("Sae"), village.move_in("Tomo")
    await sae.write("お礼を言いたいです")
    (card,) = (card for card in village.cards() if "お礼を言いたいです" in words(card))
    await tomo.greet(card, ready=["welcome"])
    await village.env.settle()
    return sae, card


async def _as_managers(village: Village, sources: Sequence[Person]) -> list[tuple[Person, Answer]]:
    moderator, gone = village.moderator, village.move_in("Gone")
    await name_sources(village, [*sources, gone])
    await be_forgotten(village, gone)
    leaving = await name_sources(village, sources[1:])
    annulled = await moderator.press(await name_sources(village, [sources[0], *sources[2:]]), "source_annul")
    return [(moderator, answer) for answer in (await open_sources(village), leaving, annulled)]
