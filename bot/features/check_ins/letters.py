"""The weekly letter: when it comes, what it tells, and the job that has it posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, zip_longest
from typing import Protocol

from bot.features.check_ins.follow import FEATURE
from bot.features.check_ins.letter_store import Letter, LetterPlan, LetterStore
from bot.features.check_ins.times import LATE_LIMIT, coming, counts_from, next_due, was_ahead
from bot.features.members.model import News
from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.i18n import Texts
from bot.kernel.ids import ChannelId, MemberId, ServerId
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb

__all__ = ["LETTER", "Letters", "News", "Written", "want_letter"]

LETTER = "letter"
WAITS_SHOWN = 6  # of what still waits: a letter is read in a minute
WEEK = timedelta(days=7)
_APART = WEEK / 2  # that letters are at least
_LONGEST = timedelta(days=31)  # that a letter tells of, where those before it were missed
_DAYS, _HOURS = range(7), range(24)


class Correspondent(Protocol):
    """A feature of which something stands in the letter."""

    async def news(self, server_id: ServerId, since: datetime, until: datetime) -> list[News]:
        """Return what happened later than ``since``, up to ``until``, and what still waits now."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it is drawn."""

    letter: Letter
    news: tuple[News, ...]
    has_more: bool = False  # that waits


class Letters:
    """When the letter comes, and what it tells."""

    def __init__(self, database: Database, setup: Setup, correspondents: Sequence[Correspondent]) -> None:
        self._database = database
        self._setup = setup
        self._correspondents = correspondents

    async def plan(self, server_id: ServerId) -> LetterPlan:
        """Return when a server's letter comes."""
        async with self._database.read() as transaction:
            return await LetterStore(transaction, server_id).plan()

    async def has_channel(self, server_id: ServerId) -> bool:
        """Return whether a channel is chosen for a server's letter: without, there is none."""
        return Place.LETTER in (await self._setup.server(server_id)).places

    async def choose(self, server_id: ServerId, by: MemberId, day: int, hour: int) -> LetterPlan:
        """Choose the day of the week, 0 for Monday, and the hour at which the letter comes.

        Raises:
            Refusal: it is no such day or hour.
        """
        if day not in _DAYS or hour not in _HOURS:
            raise Refusal("check_ins.no_letter_time")
        async with self._database.write() as transaction:
            store = LetterStore(transaction, server_id)
            before = await store.plan()
            if (before.day, before.hour) != (day, hour):
                await store.unnote()  # what a wrong clock leapt over is still to come
                await store.choose(day, hour)
                language = (await self._setup.server_in(transaction, server_id)).language
                words = f"{Texts.weekdays(language, [day])} {hour}:00"
                await Acts(transaction).note(server_id, by, f"{FEATURE}.letter_time", words=words)
            await want_letter(transaction, server_id)
            return await store.plan()

    async def written(self, letter: Letter) -> Written | None:
        """Return a letter about what happened since the one before; None where there is nothing to tell.

        What happens while it is late is told by the next one, and so is what a letter that was missed would have told.
        With another day or hour, one may be due soon after another: the next tells of both.
        """
        server_id = ServerId(letter.server_id)
        async with self._database.read() as transaction:
            before_at = await LetterStore(transaction, server_id).before(letter)
        if before_at is not None and letter.due_at - before_at < _APART:
            return None
        since = letter.due_at - WEEK if before_at is None else max(before_at, letter.due_at - _LONGEST)
        found = [await one.news(server_id, since, letter.due_at) for one in self._correspondents]
        told = [each for news in found for each in news if not each.waits]
        waiting = [[each for each in news if each.waits] for news in found]
        in_turn = [each for turn in zip_longest(*waiting) for each in turn if each is not None]
        if not (told or in_turn):
            return None
        # Each kind has its turn, so that many of one don't hide the others; shown, they stand together.
        shown = sorted(in_turn[:WAITS_SHOWN], key=list(chain(*waiting)).index)
        return Written(letter, (*told, *shown), has_more=len(in_turn) > WAITS_SHOWN)

    async def outgoing(self, effect: Effect, server: Server) -> Outgoing | None:
        """Return the letter that ``effect`` is about, as it is to be posted now."""
        async with self._database.read() as transaction:
            letter = await LetterStore(transaction, ServerId(server.server_id)).letter(effect.object_id)
            now = transaction.now
        if letter is None or letter.message_id is not None or letter.channel_id is None:
            return None
        written = await self.written(letter)
        is_wanted = written is not None and now - letter.due_at < LATE_LIMIT
        if not (is_wanted or effect.uncertain_since is not None):
            return None
        return Outgoing(ChannelId(letter.channel_id), None, server.language, written, is_wanted=is_wanted)

    async def run(self, effect: Effect) -> None:
        """Let the letter be posted that is due, and look again when the next one is."""
        assert effect.server_id is not None  # noqa: S101 - a letter is a server's
        server = await self._setup.server(effect.server_id)
        async with self._database.write() as transaction:
            await look(transaction, server)

    async def tend(self, server_id: ServerId) -> None:
        """See to it that it is looked whether a server's letter is due, when it is: rules of zones may have changed."""
        zone = (await self._setup.server(server_id)).zone
        async with self._database.read() as transaction:
            plan = await LetterStore(transaction, server_id).plan()
            waits_until = await Effects(transaction).waits_until(Verb.JOB, FEATURE, LETTER, server_id)
            due = next_due(plan.plan(zone), counts_from(plan.looked_at, transaction.now))
        if due is not None and due.due_at == waits_until:
            return  # all servers come at once at start: presses shall not queue behind writes for nothing
        async with self._database.write() as transaction:
            await want_letter(transaction, server_id)


async def zone_changed(transaction: Transaction, server: Server) -> None:
    """Let a server's letter come by its new clock, as part of a ``transaction``."""
    await want_letter(transaction, ServerId(server.server_id))


async def want_letter(transaction: Transaction, server_id: ServerId, due_at: datetime | None = None) -> None:
    """Let it be looked, at ``due_at`` or at once, whether a letter is due."""
    await Effects(transaction).put(Verb.JOB, FEATURE, LETTER, server_id, server_id=server_id, due_at=due_at)


async def look(transaction: Transaction, server: Server) -> None:
    """Keep each letter that came due, once; one that is too late, or has no channel, is only noted."""
    server_id, now = ServerId(server.server_id), transaction.now
    store = LetterStore(transaction, server_id)
    plan = await store.plan()
    if was_ahead(plan.looked_at, now):
        await store.unnote()  # what the clock leapt over is still to come
    since = counts_from(plan.looked_at, now)
    for due in coming(plan.plan(server.zone), since):
        if due.due_at > now:
            await want_letter(transaction, server_id, due.due_at)
            break
        channel_id = server.places.get(Place.LETTER)
        letter_id = await store.occur(due, channel_id)
        if letter_id is not None and channel_id is not None and now - due.due_at < LATE_LIMIT:
            await Effects(transaction).put(Verb.SEND, FEATURE, LETTER, letter_id, server_id=server_id)
    await store.looked(max(since, now))
