"""Generated histories of schedules, told to the real services and worker, and what must have come of each time.

When prompts are due is computed by :mod:`tests.storage.walls` from what moderators planned and when the bot looked;
that what did not come is excused by what happened meanwhile, and noted, is said by :meth:`History.check`.
"""

import contextlib
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.features.check_ins.model import Planned
from bot.features.check_ins.posts import Asked
from bot.features.check_ins.store import CheckInStore
from bot.kernel.errors import PlaceGone, Refusal
from bot.kernel.ids import ChannelId
from bot.settings import Secret
from bot.storage.database import Database
from bot.storage.effects import Effect, Effects, Outgoing, Verb
from tests.storage.house import BENI, ONE, HandClock
from tests.storage.pocket import BUSY, FORBIDDEN, LOST
from tests.storage.power import Power, Wired
from tests.storage.roundtable import DAY, HOUR, MINUTE, Roundtable, TableDiscord
from tests.storage.walls import wall

BEGINS = (datetime(2026, 10, 2, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC))  # before clocks change
SPAN = 150  # days that a history may take, at most
ZONES = ("Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia")
HOLIDAYS = {  # in the months of these histories
    "": set[date](),
    "JP": {date(2026, 10, 12), date(2026, 11, 3), date(2026, 11, 23), date(2027, 1, 1), date(2027, 1, 11)}
    | {date(2027, 2, 11), date(2027, 2, 23), date(2027, 3, 21), date(2027, 3, 22)},
}
LATE = 2 * HOUR
LONGEST_PAUSE = 20 * MINUTE  # between two tries
FIRST = 3  # schedules, to begin with
STEPS = 60  # within which a kill strikes
REFUSED = PlaceGone("trouble.refused", FORBIDDEN, "missing permissions")
FAULTS = ((BUSY, False), (LOST, False), (LOST, True), (REFUSED, False))  # and whether it was done nevertheless


@dataclass
class Story:
    """What the test itself knows of a schedule: its plan, up to when it was looked at, and what it came to."""

    schedule_id: int
    planned: Planned
    looked_at: datetime
    revision: int = 1
    is_removed: bool = False
    came: dict[datetime, tuple[datetime, Planned, int]] = field(default_factory=dict)  # by the local time

    def look(self, begin: datetime, now: datetime) -> None:
        """Note what the schedule came to up to ``now``: each local time once."""
        plan = self.planned
        clock = wall(plan.zone.key, begin - 3 * DAY, SPAN)
        for local, due in clock.occurrences(plan.days, plan.at, self.looked_at, now):
            if local.date() not in HOLIDAYS[plan.country]:
                self.came.setdefault(local, (due, plan, self.revision))
        self.looked_at = max(self.looked_at, now)


@dataclass(frozen=True)
class Sent:
    """A prompt as Discord got it."""

    check_in_id: int
    channel_id: int
    sent_at: datetime


class WatchedDiscord(Wired, TableDiscord):
    """One that remembers what was sent, and when."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__()
        self.clock, self.log = clock, list[Sent]()

    def _send(self, effect: Effect, outgoing: Outgoing) -> int | None:
        before = self.sent
        result_id = super()._send(effect, outgoing)
        if self.sent > before and isinstance(outgoing.subject, Asked):
            self.log.append(Sent(effect.object_id, outgoing.channel_id, self.clock.now()))
        return result_id


class History:
    """A few schedules of one server, and what happens to them by lot."""

    def __init__(self, database: Database, clock: HandClock, seed: int) -> None:
        self.database, self.clock, self.draw = database, clock, random.Random(seed)
        self.discord, self.power = WatchedDiscord(clock), Power(database)
        self.discord.power = self.power
        self.table = Roundtable(database, clock, self.discord)
        self.begin = clock.present = self.draw.choice(BEGINS)
        self.stories: list[Story] = []
        self.hampered: list[tuple[datetime, datetime]] = []
        self.broken_at: datetime | None = None
        self.excused = self.kills = 0

    # ── What happens ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def move_in(self) -> None:
        """Let the first schedules be planned."""
        await self.table.installation.keep_host_key(Secret(""))
        await self.table.setup.server(ONE, "ja")
        await self.table.members.seen(ONE, BENI, "ja")
        await self._begin()
        for _ in range(FIRST):
            await self._add()

    async def move_out(self) -> None:
        """Let the last process end."""
        await self.table.worker.stop()

    async def go_on(self) -> None:
        """Let one thing happen, and then some time pass."""
        acts: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            *((4, self._add), (4, self._edit), (3, self._edit_late), (1, self._remove)),
            *((3, self._be_away), (2, self._turn_clock), (3, self._break), (1, self._delete_channel), (4, self._kill)),
        ]
        (act,) = self.draw.choices([each for _, each in acts], [weight for weight, _ in acts])
        await act()
        await self._live(self.draw.choice([MINUTE, HOUR, 5 * HOUR, DAY, 2 * DAY]))
        if self.broken_at is not None and self.draw.random() < 0.6:
            await self._mend()

    async def _add(self) -> None:
        with contextlib.suppress(Refusal):  # there are enough
            planned = self._plan()
            schedule = await self.table.plan(planned, often=True)
            self.stories.append(Story(schedule.schedule_id, planned, self.clock.now()))

    async def _edit(self) -> None:
        for story in self._some():
            planned, is_anew = story.planned, self.draw.random() < 0.5
            is_anew = is_anew or planned.channel_id not in self.discord.channels
            planned = self._plan() if is_anew else replace(planned, at=self._soon(planned))
            edited = await self.table.schedules.edit(ONE, BENI, story.schedule_id, planned, often=True)
            if planned != story.planned:
                story.look(self.begin, self.clock.now())  # what was due just now is still posted
                story.planned, story.revision = planned, edited.revision
                # From now on, unless the clock was ahead before, and the bot has looked at that time.
                assert self.clock.now() <= edited.looked_at <= story.looked_at
                story.looked_at = edited.looked_at

    async def _edit_late(self) -> None:
        """Change a schedule in the moment after it was due, before the bot has looked."""
        moment = await self._next()
        if moment is not None:
            self.clock.present = max(self.clock.now(), moment)
            await self._edit()

    async def _remove(self) -> None:
        for story in self._some():
            await self.table.schedules.remove(ONE, BENI, story.schedule_id)
            story.is_removed = True

    async def _be_away(self) -> None:
        """Let the bot be off-line for up to a week."""
        await self.table.worker.stop()
        self._jump(self.draw.choice([MINUTE, HOUR, LATE, 5 * HOUR, 7 * DAY]) * self.draw.uniform(0.5, 1))
        await self._begin()

    async def _turn_clock(self) -> None:
        """Let the clock be set back or forth while the bot runs."""
        self._jump(self.draw.choice([-20 * HOUR, -HOUR, -MINUTE, MINUTE, HOUR, 30 * HOUR]))
        await self._run()

    async def _break(self) -> None:
        trouble, done = self.draw.choice(FAULTS)
        self.discord.fail(self.draw.choice([Verb.SEND, Verb.THREAD]), trouble, done=done)
        self.broken_at = self.broken_at or self.clock.now()

    async def _mend(self) -> None:
        self.discord.mend()
        await self.table.setup.try_again(ONE, BENI)
        if self.broken_at is not None:
            self.hampered.append((self.broken_at, self.clock.now() + LONGEST_PAUSE))
        self.broken_at = None

    async def _delete_channel(self) -> None:
        for story in self._some():
            if story.planned.channel_id in self.discord.channels:
                self.discord.delete_channel(story.planned.channel_id or 0)

    async def _kill(self) -> None:
        """Let the process end within the next steps, and begin again a while later."""
        self.power.cut_in(self.draw.randrange(STEPS), after=self.draw.random() < 0.5)
        await self._live(2 * DAY)
        self.power.restore()

    # ── How time passes ───────────────────────────────────────────────────────────────────────────────────────────────

    async def _live(self, span: timedelta) -> None:
        """Let time go by, from one thing that is due to the next."""
        until = self.clock.now() + span
        while (moment := await self._next()) is not None and moment <= until:
            self.clock.present = max(moment, self.clock.now())
            await self._run()
        self.clock.present = max(until, self.clock.now())
        await self._run()

    async def _run(self) -> None:
        """Do what is due; where the power is cut meanwhile, the next process does."""
        if await self.power.cuts(self.table.worker.run_due(self.clock.now())):
            self.kills += 1
            self.power.restore()
            self._jump(self.draw.choice([timedelta(0), MINUTE, 30 * MINUTE, 3 * HOUR]))
            await self._begin()
            return
        for story in self.stories:
            if not story.is_removed:
                story.look(self.begin, self.clock.now())

    async def _begin(self) -> None:
        """Begin as a process does: take back what a former one had claimed, and see to the server."""
        await self.table.worker.stop()
        acts = self.table._acts
        self.table = Roundtable(self.database, self.clock, self.discord)
        self.table._acts = acts
        await self.table.worker.start()
        self.database.on_effects_written(lambda: None)  # nothing wakes it but the test
        await self.table.looks.tend(ONE)
        await self._run()

    async def _next(self) -> datetime | None:
        """Return when something is due; to look into the file is no step of the process."""
        with self.power.unwatched():
            async with self.database.read() as transaction:
                return await Effects(transaction).next_due()

    def _jump(self, span: timedelta) -> None:
        before = self.clock.now()
        self.clock.push(span)
        self.hampered.append((min(before, self.clock.now()), max(before, self.clock.now())))

    # ── What is drawn ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _plan(self) -> Planned:
        draw, channel_id = self.draw, ChannelId(20_000 + self.draw.randrange(10**6))
        self.discord.channels.add(channel_id)
        days = frozenset(draw.sample(range(7), draw.choice([1, 2, 3, 7, 7])))
        at = time(draw.choice([0, 1, 2, 2, 3, 9, 20, 23]), draw.choice([0, 15, 30, 59]))
        return Planned(days, at, ZoneInfo(draw.choice(ZONES)), channel_id, draw.choice(["", "", "JP"]))

    def _soon(self, planned: Planned) -> time:
        shown = (self.clock.now() + self.draw.choice([-30, -1, 1, 30]) * MINUTE).astimezone(planned.zone)
        return shown.time().replace(second=0, microsecond=0)

    def _some(self) -> list[Story]:
        """Return one of the schedules that are kept to, or none."""
        kept = [story for story in self.stories if not story.is_removed]
        return [self.draw.choice(kept)] if kept else []

    # ── What must hold ────────────────────────────────────────────────────────────────────────────────────────────────

    async def settle(self) -> None:
        """Mend everything, and let all that is under way come to its end."""
        await self._mend()
        self.power.restore()
        await self._begin()
        await self._live(3 * HOUR)

    async def check(self) -> None:
        """See that each time came once and in time, or did not for a reason, and is noted."""
        kept = await self.table.rows("SELECT schedule_id, local, check_in_id, message_id FROM check_ins")
        ids = {(schedule_id, datetime.fromisoformat(local)): one for schedule_id, local, one, _ in kept}
        assert ids.keys() == {(story.schedule_id, local) for story in self.stories for local in story.came}
        times = Counter(each.check_in_id for each in self.discord.log)
        assert not [one for one, count in times.items() if count > 1], "came twice"
        sent = {each.check_in_id: each for each in self.discord.log}
        async with self.database.read() as transaction:
            missed = await CheckInStore(transaction, ONE).missed(self.begin - DAY, self.clock.now() + SPAN * DAY)
        noted = {each.check_in_id for each in missed}
        for story in self.stories:
            for local, (due, plan, _) in story.came.items():
                came = sent.get(ids[story.schedule_id, local])
                if came is not None:
                    assert came.channel_id == plan.channel_id
                    assert came.sent_at < due + LATE, "came too late"
                else:
                    is_noted = ids[story.schedule_id, local] in noted
                    assert is_noted is not story.is_removed, "lost, and nobody knows; or noted, and nobody misses it"
                    assert self._is_excused(story, due, plan), f"did not come: {story.schedule_id} {local} {due}"
            self._check_order(story, {local: ids[story.schedule_id, local] for local in story.came})

    def _is_excused(self, story: Story, due: datetime, plan: Planned) -> bool:
        self.excused += 1
        is_hampered = any(begin < due + LATE and end > due for begin, end in self.hampered)
        return story.is_removed or is_hampered or plan.channel_id not in self.discord.channels

    def _check_order(self, story: Story, ids: dict[datetime, int]) -> None:
        """See that what a plan came to was posted in its order."""
        order = {each.check_in_id: number for number, each in enumerate(self.discord.log)}
        for revision in range(1, story.revision + 1):
            dues = sorted((due, local) for local, (due, _, planned) in story.came.items() if planned == revision)
            posted = [order[ids[local]] for _, local in dues if ids[local] in order]
            assert posted == sorted(posted), "out of order"
