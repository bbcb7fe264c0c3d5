"""The job that looks what a schedule has come to: prompts that are due are posted, those that are too late are not."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime

from bot.features.check_ins.follow import FEATURE, SCHEDULE, want_card, want_look
from bot.features.check_ins.holidays import Holidays
from bot.features.check_ins.letters import LETTER, Letters
from bot.features.check_ins.model import Prompt, Schedule, Why
from bot.features.check_ins.shipped import is_in_season
from bot.features.check_ins.store import CheckInStore
from bot.features.check_ins.telling import GOES_ON, OWN
from bot.features.check_ins.times import LATE_LIMIT, Due, Skips, coming, counts_from, preview, was_ahead
from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind, Way
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Verb

AsksOne = Callable[[Transaction, Schedule, Due], Awaitable[Schedule]]


class ScheduleLooks:
    """Looks after a schedule whenever it is due; after a server's also whenever the bot finds itself there.

    What counts is the wall clock's time, read by the zone's rules as they are now: the instant at which to look again
    is kept only as an alarm, and computed anew each time. Every local time is kept once, by a unique key, so that
    neither a job that is repeated nor a clock that is set back posts it twice.
    """

    def __init__(self, database: Database, holidays: Holidays, inbox: Inbox) -> None:
        self._database = database
        self._holidays = holidays
        self._inbox = inbox

    async def run(self, effect: Effect) -> None:
        """Let be posted what a schedule has come to."""
        assert effect.server_id is not None  # noqa: S101 - a schedule is a server's
        async with self._database.read() as transaction:
            before = await CheckInStore(transaction, effect.server_id).schedule(effect.object_id)
            today = transaction.now.date()
        if before is None or before.is_removed:
            return
        skips = await self._holidays.skips(before.planned.country, today)
        async with self._database.write() as transaction:
            schedule = await CheckInStore(transaction, effect.server_id).schedule(effect.object_id)
            if schedule is None or schedule.is_removed:
                return
            # Who edited it meanwhile, perhaps with other holidays, has had it looked at, by those.
            if schedule.revision == before.revision:
                await look(transaction, schedule, skips, self._ask)

    async def tend(self, server_id: ServerId) -> None:
        """See to it that each schedule of a server is looked at when it is due: rules of zones may have changed.

        Those of members are too many for that: of them, those that would be looked at no more by themselves.
        """
        async with self._database.read() as transaction:
            store, now = CheckInStore(transaction, server_id), transaction.now
            put_aside = [await store.schedule(each) for each in await _put_aside(transaction, server_id)]
            astray = [*await store.own_astray(), *filter(None, put_aside)]
            alarms = [await _alarm(transaction, each) for each in await store.schedules()]
        for schedule, known, waits_until in alarms:
            skips = await self._holidays.skips(schedule.planned.country, now.date())
            due = preview(schedule.planned.plan, counts_from(schedule.looked_at, now), skips, 1, known)
            is_right = [each.due_at for each in due] == [*filter(None, [waits_until])]
            if was_ahead(schedule.looked_at, now) or not is_right:
                astray.append(schedule)
        if not astray:
            return  # all servers come at once at start: presses shall not queue behind writes for nothing
        async with self._database.write() as transaction:
            for schedule in astray:
                await want_look(transaction, replace(schedule, next_at=transaction.now))

    async def _ask(self, transaction: Transaction, schedule: Schedule, due: Due) -> Schedule:
        """Ask a member alone; or, where private messages did not arrive for a while, only whether to go on."""
        server_id, member_id = ServerId(schedule.server_id), MemberId(schedule.member_id or 0)
        if schedule.is_in_doubt:
            return schedule
        store = CheckInStore(transaction, server_id)
        await store.ship()
        prompt = in_season(await store.least_asked(schedule.schedule_id), due.local.month)
        if prompt is None:
            return schedule
        after = replace(schedule, unreached=await self._unreached(transaction, schedule, member_id))
        card, prompt_id = (GOES_ON, None) if after.is_in_doubt else (OWN, prompt.prompt_id)
        check_in_id = await store.occur(schedule.schedule_id, due, prompt_id)
        if check_in_id is None:
            return schedule
        subject = FEATURE, card, check_in_id
        await self._inbox.tell(transaction, server_id, member_id, Kind.CHECK_IN, subject, again=True)
        return after

    async def _unreached(self, transaction: Transaction, schedule: Schedule, member_id: MemberId) -> int:
        """Return how many prompts in a row, up to the last one, did not come to a member who takes no messages."""
        server_id = ServerId(schedule.server_id)
        found = await self._inbox.candidates(transaction, server_id, [member_id], Kind.CHECK_IN)
        if any(each.way is not Way.DM or each.takes_dms for each in found):
            return 0
        if not schedule.unreached:  # the first to be refused was counted as one that comes
            last = await CheckInStore(transaction, server_id).latest_asked_alone(member_id)
            subject = FEATURE, OWN, last or 0
            if last is None or await self._inbox.came_as_message(transaction, server_id, member_id, subject):
                return 0
        return schedule.unreached + 1


class CheckInJobs:
    """The work of this feature at certain times."""

    def __init__(self, schedules: ScheduleLooks, letters: Letters) -> None:
        self._schedules = schedules
        self._letters = letters

    async def run(self, effect: Effect) -> None:
        """Do the work that ``effect`` names."""
        await (self._letters if effect.card == LETTER else self._schedules).run(effect)

    async def tend(self, server_id: ServerId) -> None:
        """See to it that schedules and the letter of a server are looked at."""
        await self._schedules.tend(server_id)
        await self._letters.tend(server_id)


async def look(transaction: Transaction, schedule: Schedule, skips: Skips, ask: AsksOne | None = None) -> Schedule:
    """Keep what a schedule has come to by now, and when to look again; who is asked alone hears by ``ask``."""
    store, now = CheckInStore(transaction, ServerId(schedule.server_id)), transaction.now
    following: Due | None = None
    if schedule.member_id is None and was_ahead(schedule.looked_at, now):
        await store.unnote(schedule.schedule_id)  # what the clock leapt over is still to come
    since, known = counts_from(schedule.looked_at, now), await store.came_to(schedule.schedule_id)
    for due in coming(schedule.planned.plan, since, skips):
        if due.local in known:  # on the clocks of another zone, this time was before
            continue
        if due.due_at > now:
            following = due
            break
        if schedule.member_id is None:
            await _post(transaction, store, schedule, due)
        elif ask is not None and not schedule.is_paused(due.due_at) and now - due.due_at < LATE_LIMIT:
            schedule = await ask(transaction, schedule, due)
    looked = replace(
        schedule,
        looked_at=max(since, now),
        next_at=None if following is None else following.due_at,
    )
    await store.keep_schedule(looked)
    await want_look(transaction, looked)
    return looked


async def _alarm(transaction: Transaction, schedule: Schedule) -> tuple[Schedule, list[datetime], datetime | None]:
    """Return a schedule with the local times that it came to lately, and when it will be looked at."""
    known = await CheckInStore(transaction, ServerId(schedule.server_id)).came_to(schedule.schedule_id)
    until = await Effects(transaction).waits_until(Verb.JOB, FEATURE, SCHEDULE, schedule.schedule_id)
    return schedule, known, until


async def _put_aside(transaction: Transaction, server_id: ServerId) -> list[int]:
    """Return the schedules that are looked at no more, as that failed too often."""
    found = await Effects(transaction).parked(server_id)
    return [each.object_id for each in found if (each.verb, each.feature, each.card) == (Verb.JOB, FEATURE, SCHEDULE)]


async def _post(transaction: Transaction, store: CheckInStore, schedule: Schedule, due: Due) -> None:
    """Let a prompt be posted, once; it is only noted where it is too late, or nothing is left to be asked."""
    prompt, why = None, Why.AWAY
    if transaction.now - due.due_at < LATE_LIMIT:
        await store.ship()
        prompt = in_season(await store.prompts(), due.local.month)
        why = Why.NO_PROMPT if prompt is None else Why.HELD_UP
    check_in_id = await store.occur(schedule.schedule_id, due, None if prompt is None else prompt.prompt_id, why)
    if prompt is not None and check_in_id is not None:
        await store.use_prompt(prompt.prompt_id)
        await want_card(transaction, ServerId(schedule.server_id), check_in_id, due.due_at)


def in_season(prompts: Iterable[Prompt], month: int) -> Prompt | None:
    """Return the first of some prompts that is asked in a ``month``."""
    return next((each for each in prompts if not each.is_retired and is_in_season(each.code, month)), None)
