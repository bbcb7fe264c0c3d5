"""A month of prompts, and the process killed at random moments of it: none is lost, none comes twice.

No process can live through a month in a test, as it has the machine's clock. So the month is that of a clock in the
hand, from one moment at which something is due to the next, with the bot's real services, worker and database file; and
what ``kill -9`` does to those is that at any one step of the database or of Discord everything ends, and begins anew
with what the file holds (:mod:`tests.storage.power`). Real processes are killed in ``tests/process/test_check_ins.py``.
"""

import asyncio
import faulthandler
import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.check_ins.model import SCHEDULES_LIMIT, Planned
from bot.kernel.ids import ChannelId, InteractionId, ServerId
from bot.settings import Secret
from bot.storage.database import Database
from bot.storage.effects import Effects, Verb
from tests.storage.house import BENI, HandClock
from tests.storage.pocket import BUSY, LOST
from tests.storage.power import Power, Wired
from tests.storage.roundtable import Roundtable, TableDiscord
from tests.storage.walls import DAY, MINUTE, wall

BEGIN = datetime(2026, 10, 3, tzinfo=UTC)  # in this month, clocks go forward in one of the zones, and back in two
ZONES = ("Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia")
LONGEST = 30 * 60  # seconds, until a month counts as hung
STEPS = 80  # within which a kill strikes that is to come: as many as a few prompts take
DOWN = timedelta(minutes=20)  # at most, until it is started again: no prompt is two hours late for that alone
FAULTS = ((BUSY, False), (LOST, False), (LOST, True))  # and whether it was done nevertheless


class CutDiscord(Wired, TableDiscord):
    """One whose calls are steps."""


class Month:
    """Servers with many schedules, and one process after the other that looks after them."""

    def __init__(self, database: Database, clock: HandClock, seed: int) -> None:
        self.database, self.clock, self.chance = database, clock, random.Random(seed)
        self.discord, self.power = CutDiscord(), Power(database)
        self.discord.power = self.power
        self.planned: dict[ServerId, list[Planned]] = {}
        self.kills = 0
        self.table = Roundtable(database, clock, self.discord)

    async def move_in(self, schedules: int) -> None:
        """Let moderators of as many servers as it takes plan so many schedules, each with a channel of its own."""
        self.clock.present = BEGIN
        await self.table.installation.keep_host_key(Secret(""))
        for number in range(schedules):
            server_id, channel_id = ServerId(1 + number // SCHEDULES_LIMIT), ChannelId(10_000 + number)
            if server_id not in self.planned:
                await self.table.setup.server(server_id, "ja")
                await self.table.members.seen(server_id, BENI, "ja")
            self.discord.channels.add(channel_id)
            planned = self._plan(channel_id)
            self.planned.setdefault(server_id, []).append(planned)
            await self.table.schedules.add(server_id, BENI, planned, InteractionId(number + 1), often=True)
        await self._begin()

    def _plan(self, channel_id: ChannelId) -> Planned:
        chance = self.chance
        days = frozenset(chance.sample(range(7), chance.choice([1, 1, 2, 3, 7])))
        at = time(chance.choice([0, 1, 2, 2, 3, 9, 12, 20, 23]), chance.choice([0, 0, 15, 30, 45, 59]))
        return Planned(days, at, ZoneInfo(chance.choice(ZONES)), channel_id)

    async def live(self, days: int, kills: int) -> None:
        """Let time go by, from one thing that is due to the next; kill the process so often meanwhile."""
        end = BEGIN + days * DAY
        strikes = sorted((BEGIN + self.chance.random() * 0.95 * days * DAY for _ in range(kills)), reverse=True)
        while (moment := await self._next()) <= end:
            self.clock.present = max(moment, self.clock.now())
            while strikes and strikes[-1] <= self.clock.now():
                strikes.pop()
                await self._kill_in_the_next_rounds()
            self._maybe_fail()
            await self.table.worker.run_due(self.clock.now())
        self.discord.mend()
        self.clock.present = max(self.clock.now(), end)  # the last one may strike later on

    async def _kill_in_the_next_rounds(self) -> None:
        """Let the process end within the next steps, however many rounds these take, and begin again a while later."""
        self.power.cut_in(self.chance.randrange(STEPS), after=self.chance.random() < 0.5)
        while not await self.power.cuts(self.table.worker.run_due(self.clock.now())):
            self.clock.present = max(await self._next(), self.clock.now())
        while not await self._restart():
            pass

    async def _restart(self) -> bool:
        """Start a process; return whether it came to an end of its beginning, and was not killed even there."""
        self.kills += 1
        self.power.restore()
        self.clock.push(self.chance.random() * DOWN)
        if self.chance.random() < 0.2:
            self.power.cut_in(self.chance.randrange(STEPS), after=self.chance.random() < 0.5)
        is_cut = await self.power.cuts(self._begin())
        if not is_cut:
            self.power.restore()
        return not is_cut

    async def _begin(self) -> None:
        """Begin as a process does: take back what a former one had claimed, and see to each server."""
        await self.table.worker.stop()
        self.table = Roundtable(self.database, self.clock, self.discord)
        worker = self.table.worker
        await worker.start()
        self.database.on_effects_written(lambda: None)  # nothing wakes it but the test
        for server_id in self.planned:
            for job in (self.table.looks, self.table.letters):
                await job.tend(server_id)
        await worker.run_due(self.clock.now())

    async def _next(self) -> datetime:
        """Return when something is due; to look into the file is no step of the process."""
        with self.power.unwatched():
            async with self.database.read() as transaction:
                moment = await Effects(transaction).next_due()
        assert moment is not None
        return moment

    def _maybe_fail(self) -> None:
        self.discord.mend()
        if self.chance.random() < 0.1:
            trouble, done = self.chance.choice(FAULTS)
            self.discord.fail(self.chance.choice([Verb.SEND, Verb.THREAD]), trouble, done=done)

    def check(self) -> int:
        """See that each time that came stands in its channel, once and in order, with a thread; return how many."""
        count, now = 0, self.clock.now()
        for planned in (each for plans in self.planned.values() for each in plans):
            clock = wall(planned.zone.key, BEGIN - 2 * DAY, (now - BEGIN).days + 5)
            due = clock.occurrences(planned.days, planned.at, BEGIN, now)
            posts = [(one, post) for one, post in self.discord.posts.items() if post.channel_id == planned.channel_id]
            texts = [post.text.removesuffix(" late") for _, post in posts]
            assert texts == [f"asked {local:%m-%d %H:%M}" for local, _ in due], planned
            assert all(message_id in self.discord.threads for message_id, _ in posts)
            count += len(posts)
        return count


async def lived(database: Database, clock: HandClock, seed: int, size: tuple[int, int, int]) -> Month:
    """Return what became of so many schedules in so many days with so many kills."""
    schedules, days, kills = size
    assert database._writer is not None
    await (await database._writer.execute("PRAGMA synchronous = OFF")).close()  # what is killed here is no machine
    month = Month(database, clock, seed)
    await month.move_in(schedules)
    await month.live(days, kills)
    async with asyncio.timeout(60):
        await month.table.worker.run_due(clock.now())
        await month.table.due(MINUTE)
    count = month.check()
    assert count > schedules * days // 7 // 2
    assert month.kills >= kills
    await month.table.worker.stop()
    return month


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(2))
async def test_a_week_with_ten_kills(database: Database, clock: HandClock, seed: int) -> None:
    await lived(database, clock, seed, (6, 7, 10))


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(2))
async def test_a_month_of_two_hundred_schedules_with_a_hundred_kills(
    database: Database, clock: HandClock, seed: int
) -> None:
    faulthandler.dump_traceback_later(LONGEST, exit=True)  # in place of the limit for all tests
    await lived(database, clock, seed, (200, 31, 100))
