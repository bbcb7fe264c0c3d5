"""What members do about being asked alone, at times of their own: begin, change, pause, stop, answer, look back."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.features.check_ins.answer_store import AnswerStore
from bot.features.check_ins.follow import FEATURE, want_look
from bot.features.check_ins.model import LONGEST_PAUSE, MOOD_WEEKS, Mood, Planned, Schedule
from bot.features.check_ins.store import CheckInStore
from bot.features.check_ins.telling import GOES_ON, OWN
from bot.features.check_ins.times import Plan, next_due
from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind, Way
from bot.features.setup.model import zone_called
from bot.kernel.dates import typed_date
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.storage.database import Database, Transaction

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Week:
    """How often a member was in which mood, in the week that begins with the Monday ``first``."""

    first: date
    moods: Mapping[Mood, int]


class OwnCheckIns:
    """One method for each thing that a member can do."""

    def __init__(self, database: Database, inbox: Inbox, choices: Choices) -> None:
        self._database = database
        self._inbox = inbox
        self._choices = choices

    async def mine(self, server_id: ServerId, member_id: MemberId) -> Schedule | None:
        """Return when a member is asked alone; None where they are not. A pause that is over is none any more."""
        async with self._database.read() as transaction:
            found, now = await CheckInStore(transaction, server_id).own_schedule(member_id), transaction.now
        if found is None or found.is_removed:
            return None
        return found if found.is_paused(now) else replace(found, paused_until=None)

    async def plan(
        self,
        server_id: ServerId,
        member_id: MemberId,
        wish: tuple[frozenset[int], time, str],
        interaction_id: InteractionId,
    ) -> Schedule:
        """Choose days, a time and a zone's name, empty for the member's own, at which to be asked.

        Raises:
            Refusal: no day is chosen, or there is no such zone.
        """
        days, at, name = wish
        if not days:
            raise Refusal("check_ins.no_days")
        zone = await self._zone(server_id, member_id, name)
        planned = Planned(days, at, zone, channel_id=None)
        async with self._database.write() as transaction:
            store = CheckInStore(transaction, server_id)
            before = await store.own_schedule(member_id)
            due = next_due(Plan(days, at, zone), transaction.now)
            next_at = None if due is None else due.due_at
            if before is None or before.is_removed:  # later on, they may have chosen the inbox
                await self._choices.agree(transaction, server_id, member_id, Kind.CHECK_IN, Way.DM)
            if before is None:
                await store.add_schedule(planned, next_at, interaction_id, member_id)
                before = await store.own_schedule(member_id)
                assert before is not None  # noqa: S101 - just added
            if before.is_removed:  # begun anew: nothing of what was before holds any more
                before = replace(before, unreached=0, paused_until=None)
            before = await self._settled(transaction, before)
            chosen = replace(before, planned=planned, is_removed=False, looked_at=transaction.now, next_at=next_at)
            return await _kept(transaction, chosen)

    async def pause(self, server_id: ServerId, member_id: MemberId, typed: str) -> Schedule:
        """Be asked nothing until a day, as it is typed; an empty one ends the pause.

        Raises:
            Refusal: the member is not asked alone, or it can't be that day.
        """
        async with self._database.write() as transaction:
            schedule = await _own(transaction, server_id, member_id)
            until = None
            if typed.strip():
                zone = schedule.planned.zone
                today = transaction.now.astimezone(zone).date()
                day = typed_date(typed, today)
                if day is None or not today < day <= today + LONGEST_PAUSE:
                    raise Refusal("check_ins.no_such_day")
                until = datetime.combine(day, time.min, zone)
            schedule = await self._settled(transaction, schedule)
            return await _kept(transaction, replace(schedule, paused_until=until))

    async def stop(self, server_id: ServerId, member_id: MemberId) -> None:
        """Be asked alone no more; what was answered stays. A second press changes nothing."""
        async with self._database.write() as transaction:
            schedule = await CheckInStore(transaction, server_id).own_schedule(member_id)
            if schedule is not None:
                await _kept(transaction, replace(schedule, is_removed=True, next_at=None))

    async def go_on(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Schedule:
        """Go on being asked, in the inbox, as one was asked whether to; that takes the notice up.

        Raises:
            Refusal: the notice is gone or somebody else's, or the member is not asked alone any more.
        """
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        if (notice.feature, notice.card) != (FEATURE, GOES_ON):
            raise Refusal("members.notice_gone")
        async with self._database.write() as transaction:
            schedule = await _own(transaction, server_id, member_id)
            await self._inbox.take(transaction, notice)
            return await _kept(transaction, await self._settled(transaction, schedule))

    async def comes_by_dm(self, server_id: ServerId, member_id: MemberId) -> bool:
        """Return whether a member wishes to be asked alone by private message, not in their inbox only."""
        return await self._choices.way(server_id, member_id, Kind.CHECK_IN) is Way.DM

    async def asked(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> int:
        """Return the number of what a notice of a member's asks them.

        Raises:
            Refusal: the notice is gone, or somebody else's.
        """
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        if (notice.feature, notice.card) != (FEATURE, OWN):
            raise Refusal("members.notice_gone")
        return notice.object_id

    async def moods(self, server_id: ServerId, member_id: MemberId) -> list[Week]:
        """Return how a member was, week by week, the oldest first, on the clocks of their own zone."""
        async with self._database.read() as transaction:
            zone = (await self._choices.hours(transaction, server_id, member_id)).zone
            today = transaction.now.astimezone(zone).date()
            this_week = today - timedelta(days=today.weekday())
            since = datetime.combine(this_week - _WEEK * (MOOD_WEEKS - 1), time.min, zone)
            answers = await AnswerStore(transaction, server_id).all_of(member_id, since)
        counts: dict[date, Counter[Mood]] = {}
        for answer in answers:
            if answer.mood is not None:
                day = answer.answered_at.astimezone(zone).date()
                counts.setdefault(day - timedelta(days=day.weekday()), Counter())[answer.mood] += 1
        firsts = (this_week - _WEEK * number for number in reversed(range(MOOD_WEEKS)))
        return [Week(first, dict(counts.get(first, Counter()))) for first in firsts]

    async def _settled(self, transaction: Transaction, schedule: Schedule) -> Schedule:
        """Return a schedule about which there is no doubt any more: what does not arrive is not tried for ever."""
        if not schedule.is_in_doubt:
            return schedule
        whom = ServerId(schedule.server_id), MemberId(schedule.member_id or 0)
        await self._choices.agree(transaction, *whom, Kind.CHECK_IN, Way.INBOX)
        return replace(schedule, unreached=0)

    async def zone(self, server_id: ServerId, member_id: MemberId) -> ZoneInfo:
        """Return the zone in which a member is asked, unless they wish for another."""
        return (await self._choices.of(server_id, member_id)).preferences.zone

    async def _zone(self, server_id: ServerId, member_id: MemberId, name: str) -> ZoneInfo:
        if not name.strip():
            return await self.zone(server_id, member_id)
        known = zone_called(name, await asyncio.to_thread(available_timezones))
        if known is None:
            raise Refusal("setup.no_zone", name=name.strip()[:50])
        return ZoneInfo(known)


async def way_chosen(transaction: Transaction, server_id: ServerId, member_id: MemberId, kind: Kind) -> None:
    """Ask no more whether to go on: whoever chooses a way has said so."""
    store = CheckInStore(transaction, server_id)
    schedule = await store.own_schedule(member_id) if kind is Kind.CHECK_IN else None
    if schedule is not None and schedule.is_in_doubt:
        await store.keep_schedule(replace(schedule, unreached=0))


async def _own(transaction: Transaction, server_id: ServerId, member_id: MemberId) -> Schedule:
    schedule = await CheckInStore(transaction, server_id).own_schedule(member_id)
    if schedule is None or schedule.is_removed:
        raise Refusal("check_ins.not_asked_alone")
    return schedule


async def _kept(transaction: Transaction, schedule: Schedule) -> Schedule:
    await CheckInStore(transaction, ServerId(schedule.server_id)).keep_schedule(schedule)
    await want_look(transaction, schedule)
    return schedule
