"""Private messages: sent once, looked for after a doubt, and handed back to their feature when they are refused."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

import pytest

from bot.features.setup.service import Setup
from bot.kernel.errors import DiscordTrouble, DmRefused, MemberGone
from bot.kernel.ids import ChannelId
from bot.kernel.metrics import Metrics
from bot.outbound import Outbound
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb
from bot.worker import Worker
from tests.storage.house import AKI, BENI, HandClock
from tests.storage.pocket import DM_REFUSED, HALL, LOST, PATIENCE, PocketDiscord

FEATURE, LETTER = "letters", "letter"
GONE = MemberGone("trouble.refused", 10007, "unknown member")


@dataclass
class Letters:
    """A feature that writes to Aki. What comes of it is kept as the feature hears of it."""

    is_wanted: bool = True
    takes_back: bool = True
    sent: list[int | None] = field(default_factory=list)
    troubles: list[DiscordTrouble] = field(default_factory=list)

    async def outgoing(self, effect: Effect) -> Outgoing:
        if effect.verb is Verb.SEND:
            return Outgoing(HALL, None, "en")
        return Outgoing(ChannelId(0), None, "en", member_id=AKI, is_wanted=self.is_wanted)

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        self.sent.append(result_id)

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        self.troubles.append(trouble)
        return self.takes_back


class Mail:
    """The worker of a bot that does nothing but write to Aki; it works when a test says so."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database, self.clock = database, clock
        self.discord, self.letters = PocketDiscord(), Letters()
        outbound = cast("Outbound", self.discord)
        posts = {FEATURE: self.letters}
        self.worker = Worker(database, clock, outbound, Setup(database), posts, {}, Metrics())

    async def want(self, verb: Verb = Verb.DM) -> None:
        async with self.database.write() as transaction:
            await Effects(transaction).put(verb, FEATURE, LETTER, 1, server_id=None)

    async def later(self) -> None:
        """Let the longest pause after a failure pass, and do what is due."""
        self.clock.push(timedelta(hours=1))
        async with asyncio.timeout(PATIENCE):
            await self.worker.run_due(self.clock.now())

    async def state(self, verb: Verb = Verb.DM) -> str | None:
        async with self.database.read() as transaction:
            return await Effects(transaction).state(verb, FEATURE, LETTER, 1)


@pytest.fixture
async def mail(database: Database, clock: HandClock) -> AsyncIterator[Mail]:
    mail = Mail(database, clock)
    await mail.worker.start()
    database.on_effects_written(lambda: None)
    await mail.later()
    yield mail
    await mail.worker.stop()


async def test_a_private_message_comes_once_and_to_nobody_else(mail: Mail) -> None:
    for _ in range(3):
        await mail.want()
    await mail.later()
    await mail.later()
    assert mail.discord.texts(AKI) == [LETTER]
    assert mail.discord.texts(BENI) == mail.discord.texts(HALL) == []
    assert mail.letters.sent == [*mail.discord.posts]
    assert await mail.state() == "done"


@pytest.mark.parametrize("done", [False, True])
async def test_one_that_may_have_come_is_looked_for_before_it_is_sent_again(mail: Mail, done: bool) -> None:
    mail.discord.fail(Verb.DM, LOST, done=done)
    await mail.want()
    await mail.later()
    assert mail.letters.sent == []
    mail.discord.mend()
    await mail.later()
    assert mail.discord.texts(AKI) == [LETTER]
    assert mail.letters.sent == [*mail.discord.posts]


async def test_a_refused_one_is_its_features_and_is_not_tried_again(mail: Mail) -> None:
    mail.discord.close_dms(AKI)
    await mail.want()
    for _ in range(3):
        await mail.later()
    (trouble,) = mail.letters.troubles
    assert isinstance(trouble, DmRefused)
    assert trouble.code == DM_REFUSED
    assert (mail.discord.texts(), mail.letters.sent, await mail.state()) == ([], [], "done")


async def test_one_that_came_before_its_member_refused_us_has_come(mail: Mail) -> None:
    mail.discord.fail(Verb.DM, LOST, done=True)
    await mail.want()
    await mail.later()
    mail.discord.mend()
    mail.discord.close_dms(AKI)
    await mail.later()
    assert mail.letters.sent == [*mail.discord.posts]
    assert mail.letters.troubles == []


async def test_one_that_is_not_wanted_any_more_is_only_looked_for(mail: Mail) -> None:
    mail.discord.fail(Verb.DM, LOST)
    await mail.want()
    await mail.later()
    mail.discord.mend()
    mail.letters.is_wanted = False
    await mail.later()
    assert (mail.discord.texts(), mail.letters.sent) == ([], [None])


async def test_a_refused_one_that_its_feature_does_not_take_back_waits_for_the_host(mail: Mail) -> None:
    mail.letters.takes_back = False
    mail.discord.close_dms(AKI)
    await mail.want()
    await mail.later()
    assert await mail.state() == "parked"


async def test_somebody_gone_ends_a_private_message_and_nothing_public(mail: Mail) -> None:
    for verb in (Verb.DM, Verb.SEND):
        mail.discord.fail(verb, GONE)
        await mail.want(verb)
    await mail.later()
    assert mail.letters.troubles == [GONE]
    assert [await mail.state(verb) for verb in (Verb.DM, Verb.SEND)] == ["done", "parked"]
