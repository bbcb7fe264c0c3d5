"""The effect worker and its alarm clock.

The database is the schedule. The worker claims what is due, has it sent, and marks it in the
transaction that also updates the feature's rows. APScheduler only wakes it.
"""

import asyncio
import random  # noqa: TID251 - spreads retries
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot.features.setup.service import Setup
from bot.kernel.clock import Clock, SystemClock
from bot.kernel.errors import (
    DiscordTrouble,
    DmRefused,
    MemberGone,
    ObjectGone,
    PlaceGone,
    ServerGone,
    TryLater,
)
from bot.kernel.ids import ChannelId
from bot.kernel.logs import get_logger
from bot.kernel.metrics import Metrics
from bot.outbound import Outbound
from bot.storage.database import Database, Transaction
from bot.storage.effects import LONGEST_RETRY, Effect, Effects, Jobs, Outgoing, Posts, Verb

ATTEMPT_LIMIT = timedelta(minutes=2)  # for one attempt; well below the lease, so that no other takes over meanwhile
AT_ONCE = 8  # attempts under way: enough to hide latency, far below Discord's 50 requests a second
AT_ONCE_EACH = 2  # of them in one server: its slow channel leaves room for the others
LONGEST_SLEEP = timedelta(minutes=1)
SHORTEST_SLEEP = timedelta(seconds=1)  # what is due and can't be claimed yet shall not keep the worker spinning
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)
TRIES = 60  # with the pauses above about 13 hours: longer than Discord's outages have lasted
TRIES_OF_FAULTS = 10  # of our own, a full disk among them: about a quarter of an hour

_ALARM = "wake"
_log = get_logger(__name__)


class Worker:
    """Carries effects out, each once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        outbound: Outbound,
        setup: Setup,
        posts: Mapping[str, Posts],
        jobs: Mapping[str, Jobs],
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._setup = setup
        self._clock = clock
        self._outbound = outbound
        self._posts = posts
        self._jobs = jobs
        self._metrics = metrics
        self._alarm = AsyncIOScheduler(timezone=UTC)
        self._rounds: asyncio.Task[None] | None = None
        self._running = asyncio.Lock()
        self._called = asyncio.Event()
        self._is_open = False

    async def start(self) -> None:
        """Take back what a former process had claimed, and begin."""
        async with self._database.write() as transaction:
            await Effects(transaction).recover(claims_before=datetime.max.replace(tzinfo=UTC))
        self._is_open = True
        self._alarm.start()
        self._database.on_effects_written(self.wake)
        self.wake()

    async def stop(self) -> None:
        """Take no more work, and finish what is under way; cancelled, it leaves that for the next start."""
        self._is_open = False
        if self._alarm.running:
            self._alarm.shutdown(wait=False)
        if self._rounds is not None:
            await asyncio.gather(self._rounds, return_exceptions=True)

    def wake(self) -> None:
        """Look at once for what is due."""
        self._called.set()
        if self._is_open and (self._rounds is None or self._rounds.done()):
            self._rounds = asyncio.create_task(self._work(), name="worker")

    async def run_due(self, now: datetime) -> int:
        """Do at once what is due at ``now`` (aware), and what follows from it; return how much that was."""
        return await self._run(lambda: now, ahead=True)

    async def oldest_overdue(self) -> timedelta:
        """Return for how long the oldest effect is late, pauses after failures included; zero when none is."""
        async with self._database.read() as transaction:
            effects = Effects(transaction)
            wanted_at, parked = await effects.oldest_wanted(), await effects.parked_count()
        overdue = timedelta(0) if wanted_at is None else max(timedelta(0), self._clock.now() - wanted_at)
        self._metrics.overdue.set(overdue.total_seconds())
        self._metrics.parked.set(parked)
        return overdue

    async def _work(self) -> None:
        try:
            while True:
                await self._run(self._clock.now)
                await self._set_alarm()
                if not self._called.is_set():
                    return
        except Exception:  # noqa: BLE001 - the boundary of background work: it is logged, and the alarm tries again
            _log.exception("worker round failed")
            self._ring_in(FIRST_PAUSE)

    async def _run(self, now: Callable[[], datetime], *, ahead: bool = False) -> int:
        """Keep up to :data:`AT_ONCE` attempts under way until nothing is due; a slow one holds up no other.

        Running ``ahead`` of the clock, what comes up again in the clock's future is done once only:
        jobs and pauses count from the clock, and would come up for ever.
        """
        started = 0
        passed: set[int] = set()
        under_way: set[asyncio.Task[Any]] = set()
        async with self._running:
            try:
                while True:
                    self._called.clear()
                    for effect in await self._claim(now(), AT_ONCE - len(under_way), passed):
                        if ahead:
                            passed.add(effect.effect_id)
                        under_way.add(asyncio.create_task(self._carry_out(effect), name=effect.key))
                        started += 1
                    if not under_way:
                        return started
                    under_way = await self._until_done_or_called(under_way)
            except Exception:
                if under_way:
                    await asyncio.wait(under_way)
                raise
            finally:
                for task in under_way:
                    task.cancel()  # nothing where they are done

    async def _until_done_or_called(self, under_way: set[asyncio.Task[Any]]) -> set[asyncio.Task[Any]]:
        call: asyncio.Task[Any] = asyncio.create_task(self._called.wait())
        try:
            _, waiting = await asyncio.wait({*under_way, call}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            call.cancel()
        return waiting & under_way

    async def _set_alarm(self) -> None:
        async with self._database.read() as transaction:
            due_at = await Effects(transaction).next_due()
        wait = LONGEST_SLEEP if due_at is None else due_at - self._clock.now()
        self._ring_in(min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP))

    def _ring_in(self, wait: timedelta) -> None:
        if not self._is_open:
            return
        at = SystemClock().now() + wait  # the alarm clock knows the machine's time only
        self._alarm.add_job(self._ring, DateTrigger(at), id=_ALARM, replace_existing=True, misfire_grace_time=None)

    async def _ring(self) -> None:
        self.wake()

    async def _claim(self, now: datetime, most: int, passed: Collection[int]) -> list[Effect]:
        if not self._is_open or not most:
            return []
        async with self._database.read() as transaction:
            due_at = await Effects(transaction).next_due()
        if due_at is None or due_at > now:
            return []
        async with self._database.write() as transaction:
            effects = Effects(transaction)
            await effects.recover(claims_before=transaction.now)
            return await effects.claim(now, most, AT_ONCE_EACH, passed)

    async def _carry_out(self, effect: Effect) -> None:
        try:
            outcome = await self._tried(effect)
        except Exception:  # noqa: BLE001 - the database failed: the claim runs out, and then it is found out what happened
            _log.exception("effect not marked", key=effect.key)
            outcome = "unmarked"
        self._metrics.effects.labels(effect.verb, outcome).inc()

    async def _tried(self, effect: Effect) -> str:
        try:
            async with asyncio.timeout(ATTEMPT_LIMIT.total_seconds()):
                return await self._attempt(effect)
        except (DiscordTrouble, TimeoutError) as error:
            trouble = error if isinstance(error, DiscordTrouble) else TryLater(detail="time-out", uncertain=True)
            return await self._fail(effect, trouble)
        except Exception as error:  # noqa: BLE001 - the boundary of one effect: the others go on, this one waits
            _log.exception("effect failed", key=effect.key)
            trouble = TryLater(detail=type(error).__name__, uncertain=True)
            return await self._fail(effect, trouble, tries=TRIES_OF_FAULTS)

    async def _attempt(self, effect: Effect) -> str:
        if effect.verb is Verb.JOB:
            await self._jobs[effect.feature].run(effect)
            async with self._database.write() as transaction:
                await Effects(transaction).mark_done(effect, None)
            return "done"
        posts = self._posts[effect.feature]
        outgoing = await posts.outgoing(effect)
        result_id = None if outgoing is None else await self._outbound.perform(effect, outgoing)
        await self._mark(posts, effect, outgoing, result_id)
        return "moot" if outgoing is None else "done"

    async def _mark(self, posts: Posts, effect: Effect, outgoing: Outgoing | None, result_id: int | None) -> None:
        async with self._database.write() as transaction:
            if outgoing is not None:
                await posts.happened(transaction, effect, outgoing, result_id)
            await Effects(transaction).mark_done(effect, result_id, "" if outgoing else "nothing to do any more")

    async def _fail(self, effect: Effect, trouble: DiscordTrouble, tries: int = TRIES) -> str:
        _log.warning(
            "effect did not happen", key=effect.key, code=trouble.code, detail=trouble.detail, attempt=effect.attempts
        )
        uncertain = trouble.uncertain if isinstance(trouble, TryLater) else False
        async with self._database.write() as transaction:
            effects = Effects(transaction)
            if isinstance(trouble, TryLater) and effect.attempts < tries:
                pause = min(max(trouble.after or timedelta(0), _pause(effect.attempts)), LONGEST_RETRY)
                await effects.release(effect, self._clock.now() + pause, trouble, uncertain=uncertain)
                return "later"
            if isinstance(trouble, ServerGone):
                await effects.release(effect, effect.due_at, trouble, uncertain=False)
                if effect.server_id is not None:
                    await self._setup.pause(transaction, effect.server_id)
                return "paused"
            if await self._is_over(transaction, effect, trouble):
                await effects.mark_done(effect, None, f"{trouble.code} gone")
                return "gone"
            await effects.park(effect, trouble, uncertain=uncertain)
            if isinstance(trouble, PlaceGone) and effect.server_id is not None and trouble.channel_id is not None:
                channel_id = ChannelId(trouble.channel_id)
                await self._setup.report(transaction, effect.server_id, effect.feature, channel_id, trouble.code)
        return "parked"

    async def _is_over(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        is_final = isinstance(trouble, PlaceGone | ObjectGone | DmRefused)
        has_left = effect.verb is Verb.DM and isinstance(trouble, MemberGone)
        if effect.verb is Verb.JOB or not (is_final or has_left):
            return False
        return await self._posts[effect.feature].failed(transaction, effect, trouble)


def _pause(attempts: int) -> timedelta:
    """Return the pause after the ``attempts``-th try: doubling, capped, and spread by a quarter either way."""
    pause: timedelta = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return pause * random.uniform(0.75, 1.25)  # noqa: S311 - spreads retries, protects nothing
