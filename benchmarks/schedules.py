"""A thousand prompts due in one minute, over sockets with Discord's limits, and what waking for many members costs."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from benchmarks.figures import Figure, Series
from benchmarks.processes import GOEN, PATIENCE, migrated, started
from bot.features.check_ins.follow import want_look
from bot.features.check_ins.holidays import Holidays
from bot.features.check_ins.looking import ScheduleLooks
from bot.features.check_ins.model import Planned
from bot.features.check_ins.store import CheckInStore
from bot.features.check_ins.times import Plan, next_due
from bot.features.members.inbox import Inbox
from bot.features.members.store import MemberStore
from bot.features.setup.service import Setup
from bot.features.setup.store import SetupStore
from bot.kernel.clock import SystemClock
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.storage.database import Database
from bot.storage.effects import Effects, Verb
from tests.process.loopback import Guild, Loopback
from tests.process.running import Place

SERVERS, EACH = 100, 10  # a thousand schedules
ALLOWED = 50  # requests a second, of one bot
SLOWER_MOST = 1.2  # times what the allowed requests take
ACKNOWLEDGED_MOST = 100.0  # ms, while they are posted
PRESS_EVERY = 0.2  # seconds
DUE_IN = timedelta(seconds=20)  # for the start, at least
DONE_WITHIN = 120.0  # seconds

OWN, OWN_LONG = 10_000, 100_000
A_DAY = 86_400.0  # seconds
CORE_MOST = 1.0  # % of one core, for 100,000


@dataclass(frozen=True)
class Posted:
    """How a thousand prompts came: seconds after they were due, requests in that time, refusals, answers in ms."""

    seconds: float
    requests: int
    refused: int
    acknowledged: list[float]


async def measure(folder: Path, own: int) -> list[Figure]:
    """Measure both; ``own`` is how many members are asked alone, once in the simulated day."""
    posted, cost = await _post(_made(folder, "posted")), await _wake(_made(folder, "own"), own)
    slower = posted.seconds / (posted.requests / ALLOWED)
    slow = Series.of(posted.acknowledged).quantile(0.99)
    share = cost / A_DAY * 100 * OWN_LONG / own
    return [
        Figure(
            f"{SERVERS * EACH:,} prompts due in one minute, beside {ALLOWED} requests a second",
            f"{posted.seconds:.1f} s, {posted.requests:,} requests",
            slower,
            SLOWER_MOST,
            "×",
        ),
        Figure("requests refused meanwhile for being too many", f"{posted.refused}", posted.refused, 0, ""),
        Figure(
            "a command is answered meanwhile",
            f"p50 {Series.of(posted.acknowledged).median:.1f}, p99 {slow:.1f} ms",
            slow,
            ACKNOWLEDGED_MOST,
            "ms",
        ),
        Figure(
            f"{OWN_LONG:,} members asked alone once a day, in all zones, by {own:,} of them",
            f"{cost:.1f} s of work, {share:.2f} % of a core",
            share,
            CORE_MOST,
            "%",
        ),
    ]


def _made(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


async def _post(folder: Path) -> Posted:
    database = await migrated(folder)
    async with Loopback() as discord:
        place = Place.made(discord)
        guest = place.member("guest")
        guilds = [
            discord.create_guild(f"server {number}", channels=[f"prompts-{each}" for each in range(EACH)])
            for number in range(SERVERS)
        ]
        due_at = (datetime.now(UTC) + DUE_IN + timedelta(minutes=1)).replace(second=0, microsecond=0)
        await _plan(database, guilds, due_at)
        async with started(discord, database, *GOEN):
            await discord.wait_for(lambda: discord.world.commands.get(None), PATIENCE, "commands")
            await discord.identified(PATIENCE)
            await place.command(guest, "guide")
            await asyncio.sleep(max(0.0, (due_at - datetime.now(UTC)).total_seconds() - 1))
            discord.settings.global_per_second = ALLOWED
            first, refused = len(discord.requests), discord.limits.refused
            presses = asyncio.create_task(_press(place))
            wanted = SERVERS * EACH
            channels = [channel for guild in guilds for channel in guild.channels.values()]
            await discord.wait_for(
                lambda: sum(m.thread is not None for c in channels for m in c.messages.values()) >= wanted,
                DONE_WITHIN,
                "all prompts and threads",
            )
            seconds = (datetime.now(UTC) - due_at).total_seconds()
            counted = [each for each in discord.requests[first:] if _is_counted(each.path)]
            presses.cancel()
            with suppress(asyncio.CancelledError):
                await presses
        times = [(act.acknowledged_after or float("inf")) * 1000 for act in discord.interactions.all[1:]]
        return Posted(seconds, len(counted), discord.limits.refused - refused, times)


def _is_counted(path: str) -> bool:
    return "/interactions/" not in path and "/webhooks/" not in path


async def _press(place: Place) -> None:
    guest = place.member("another guest")
    while True:
        await place.command(guest, "guide")
        await asyncio.sleep(PRESS_EVERY)


async def _plan(path: Path, guilds: list[Guild], due_at: datetime) -> None:
    """Let each server have its schedules, all due at the same minute."""
    database, number = Database(path, SystemClock()), 0
    await database.open()
    for guild in guilds:
        server_id = ServerId(guild.id)
        async with database.write() as transaction:
            await SetupStore(transaction, server_id).ensure("en")
            store = CheckInStore(transaction, server_id)
            for channel in list(guild.channels.values())[:EACH]:
                number += 1
                planned = Planned(frozenset({due_at.weekday()}), due_at.time(), ZoneInfo("UTC"), channel.id)
                await store.add_schedule(planned, due_at, InteractionId(number))
            for schedule in await store.schedules():
                await want_look(transaction, schedule)
    await database.close()


class _Moved:
    """A clock that is moved through a day."""

    def __init__(self) -> None:
        self.present = datetime(2026, 11, 26, tzinfo=UTC)

    def now(self) -> datetime:
        return self.present


async def _wake(folder: Path, own: int) -> float:
    """Return how much time of a core it takes to ask so many members alone, hour by hour of a day, in seconds."""
    clock = _Moved()
    database = Database(folder / "own.db", clock)
    await database.open()
    setup = Setup(database)
    inbox = Inbox(database, setup)
    inbox.attach({}, _nobody_held)
    server_id, zones = ServerId(1), [ZoneInfo(name) for name in sorted(available_timezones())]
    await setup.server(server_id, "en")
    async with database.write() as transaction:
        members, store = MemberStore(transaction, server_id), CheckInStore(transaction, server_id)
        for number in range(1, own + 1):
            member_id, zone = MemberId(number), zones[number % len(zones)]
            await members.see(member_id, "en")
            at = wall_time(*divmod(number % 1440, 60))
            planned = Planned(frozenset(range(7)), at, zone, None)
            due = next_due(Plan(planned.days, at, zone), transaction.now)
            assert due is not None
            await store.add_schedule(planned, due.due_at, InteractionId(number), member_id)
            schedule = await store.own_schedule(member_id)
            assert schedule is not None
            await want_look(transaction, schedule)
    looks = ScheduleLooks(database, Holidays(), inbox)
    began = time.process_time()
    for _ in range(24):
        clock.present += timedelta(hours=1)
        while True:
            async with database.write() as transaction:
                due_now = await Effects(transaction).claim(clock.present, 8, 8)
            if not due_now:
                break
            for effect in due_now:
                if effect.verb is Verb.JOB:
                    await looks.run(effect)
                async with database.write() as transaction:
                    await Effects(transaction).mark_done(effect, None)
    spent = time.process_time() - began
    await database.close()
    return spent


async def _nobody_held(_transaction: object, _server_id: ServerId) -> set[MemberId]:
    return set()
