"""What moderators do with schedules: add, change, remove and look at them."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from zoneinfo import available_timezones

from bot.features.check_ins.follow import FEATURE, want_look
from bot.features.check_ins.holidays import Holidays
from bot.features.check_ins.looking import look
from bot.features.check_ins.model import (
    NEEDED,
    OFTEN,
    PREVIEWED,
    SCHEDULES_LIMIT,
    CheckIn,
    Planned,
    Schedule,
    times_a_week,
)
from bot.features.check_ins.store import CheckInStore
from bot.features.check_ins.times import LATE_LIMIT, Due, Skips, counts_from, next_due, preview
from bot.features.members.model import Draft
from bot.features.members.service import Members
from bot.features.setup.model import ZONES, Finding, Server, zone_called
from bot.features.setup.service import Look, Setup
from bot.kernel.errors import Refusal
from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import fold
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction

_WEEK = timedelta(days=7)


class Schedules:
    """One method for each thing that can be done with schedules. ``by`` is who does it, for the audit trail."""

    def __init__(self, database: Database, setup: Setup, members: Members, holidays: Holidays) -> None:
        self._database = database
        self._setup = setup
        self._members = members
        self._holidays = holidays

    async def zone_called(self, server_id: ServerId, name: str) -> str:
        """Return the IANA name of the zone that is meant by ``name``; the server's where nothing is.

        Raises:
            Refusal: there is no zone of that name.
        """
        if not name.strip():
            return (await self._setup.server(server_id)).zone.key
        known = zone_called(name, await asyncio.to_thread(available_timezones))
        if known is None:
            raise Refusal("setup.no_zone", name=name.strip()[:50])
        return known

    async def zones_like(self, typed: str, most: int) -> list[str]:
        """Return up to ``most`` IANA names of zones that ``typed`` may mean."""
        wanted = fold(typed).replace(" ", "_")
        zones = await asyncio.to_thread(available_timezones)
        found = sorted(zone for zone in zones if wanted in zone.casefold())
        return sorted(found, key=lambda zone: zone not in ZONES)[:most]

    async def draft(self, server_id: ServerId, member_id: MemberId, draft_id: int) -> Draft:
        """Return a moderator's own form that failed, as they typed it.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        return await self._members.draft(server_id, member_id, draft_id)

    async def country_called(self, code: str) -> str:
        """Return the ISO code of the country that is meant by ``code``, full-width letters too, empty where none is.

        Raises:
            Refusal: no public holidays are known by that code.
        """
        meant = fold(code).upper()
        if meant and meant not in await self._holidays.countries():
            raise Refusal("check_ins.no_country", country=code.strip()[:50])
        return meant

    async def countries(self) -> list[str]:
        """Return the ISO codes of the countries whose public holidays are known."""
        return await self._holidays.countries()

    async def add(
        self, server_id: ServerId, by: MemberId, planned: Planned, interaction_id: InteractionId, *, often: bool = False
    ) -> Schedule:
        """Add a schedule, once for each interaction; ``often`` lets prompts come more than twice a week.

        Raises:
            Refusal: there are enough, it names no day or no known country, or prompts would come too often.
        """
        await self._demand_possible(planned)
        skips = await self._skips(planned)
        async with self._database.write() as transaction:
            store = CheckInStore(transaction, server_id)
            before = await store.schedule_of(interaction_id)
            if before is not None:
                return before
            others = await store.schedules()
            if len(others) >= SCHEDULES_LIMIT:
                raise Refusal("check_ins.enough_schedules", most=SCHEDULES_LIMIT)
            _demand_seldom([*(each.planned for each in others), planned], often=often)
            due = next_due(planned.plan, transaction.now, skips)
            await store.ship()  # so that moderators can choose among what will be asked
            await store.add_schedule(planned, None if due is None else due.due_at, interaction_id)
            schedule = await store.schedule_of(interaction_id)
            assert schedule is not None  # noqa: S101 - just added
            await want_look(transaction, schedule)
            await self._note(transaction, server_id, by, "schedule_add", planned)
            return schedule

    async def edit(
        self, server_id: ServerId, by: MemberId, schedule_id: int, planned: Planned, *, often: bool = False
    ) -> Schedule:
        """Change a schedule from now on: what it came to before stays as it is.

        Raises:
            Refusal: it is gone, or see :meth:`add`.
        """
        await self._demand_possible(planned)
        skips_before = await self._skips((await self.one(server_id, schedule_id)).planned)
        skips = await self._skips(planned)
        async with self._database.write() as transaction:
            store = CheckInStore(transaction, server_id)
            before = await _found(store, schedule_id)
            if planned == before.planned:
                return before
            others = [each.planned for each in await store.schedules() if each.schedule_id != schedule_id]
            is_oftener = len(planned.days) > len(before.planned.days)  # else it was agreed to that it is so often
            _demand_seldom([*others, planned], often=often or not is_oftener)
            await self._note(transaction, server_id, by, "schedule_edit", planned)
            looked = await look(transaction, before, skips_before)  # what it came to just now is still to be posted
            edited = replace(looked, planned=planned, revision=before.revision + 1, looked_at=transaction.now)
            return await look(transaction, edited, skips)

    async def remove(self, server_id: ServerId, by: MemberId, schedule_id: int) -> Schedule:
        """Remove a schedule; what was posted stays. A second press changes nothing.

        Raises:
            Refusal: it is gone.
        """
        async with self._database.write() as transaction:
            store = CheckInStore(transaction, server_id)
            before = await store.schedule(schedule_id)
            if before is None or before.member_id is not None:
                raise Refusal("check_ins.schedule_gone")
            if before.is_removed:
                return before
            removed = replace(before, is_removed=True, next_at=None)
            await store.keep_schedule(removed)
            await self._note(transaction, server_id, by, "schedule_remove", removed.planned)
            return removed

    async def listed(self, server_id: ServerId) -> list[Schedule]:
        """Return a server's schedules, the oldest first."""
        async with self._database.read() as transaction:
            return await CheckInStore(transaction, server_id).schedules()

    async def one(self, server_id: ServerId, schedule_id: int) -> Schedule:
        """Return a schedule.

        Raises:
            Refusal: it is gone.
        """
        async with self._database.read() as transaction:
            return await _found(CheckInStore(transaction, server_id), schedule_id)

    async def previewed(self, server_id: ServerId, schedule_id: int) -> tuple[Schedule, list[Due]]:
        """Return a schedule, and the next times that it comes to.

        Raises:
            Refusal: it is gone.
        """
        schedule = await self.one(server_id, schedule_id)
        skips = await self._skips(schedule.planned)
        async with self._database.read() as transaction:
            since = max(counts_from(schedule.looked_at, transaction.now), transaction.now)
            known = await CheckInStore(transaction, server_id).came_to(schedule_id)
        return schedule, preview(schedule.planned.plan, since, skips, PREVIEWED, known)

    async def missed(self, server_id: ServerId) -> list[CheckIn]:
        """Return what was due within a week and was not posted."""
        async with self._database.read() as transaction:
            now = transaction.now
            return await CheckInStore(transaction, server_id).missed(now - _WEEK, now - LATE_LIMIT)

    async def _note(self, transaction: Transaction, server_id: ServerId, by: MemberId, act: str, what: Planned) -> None:
        words = line(what, (await self._setup.server_in(transaction, server_id)).language)
        await Acts(transaction).note(server_id, by, f"{FEATURE}.{act}", words=words)

    async def _skips(self, planned: Planned) -> Skips:
        async with self._database.read() as transaction:
            today = transaction.now.astimezone(planned.zone).date()
        return await self._holidays.skips(planned.country, today)

    async def _demand_possible(self, planned: Planned) -> None:
        if not planned.days:
            raise Refusal("check_ins.no_days")
        await self.country_called(planned.country)


async def findings(transaction: Transaction, server: Server, look: Look) -> list[Finding]:
    """Return what stands in the way of prompts in their channels, for a server's check."""
    schedules = await CheckInStore(transaction, ServerId(server.server_id)).schedules()
    channel_ids = dict.fromkeys(each.planned.channel_id or 0 for each in schedules)
    troubles: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for channel_id in channel_ids:
        facts = look(channel_id, NEEDED)
        if facts.missing or not facts.exists:  # the same of several channels is one line
            key = "check_ins.check_missing" if facts.exists else "check_ins.check_gone"
            troubles.setdefault((key, facts.missing), []).append(f"<#{channel_id}>")
    return [
        Finding(good=False, text=key, missing=missing, mention=" ".join(mentions))
        for (key, missing), mentions in troubles.items()
    ]


def line(planned: Planned, locale: Locale) -> str:
    """Return days, time and zone of a schedule in one line."""
    return f"{Texts.weekdays(locale, planned.days)}　{planned.at:%H:%M}　{planned.zone.key}"


async def _found(store: CheckInStore, schedule_id: int) -> Schedule:
    """Return a schedule of the server's; when a member is asked alone is no business of moderators'."""
    schedule = await store.schedule(schedule_id)
    if schedule is None or schedule.is_removed or schedule.member_id is not None:
        raise Refusal("check_ins.schedule_gone")
    return schedule


def _demand_seldom(planned: list[Planned], *, often: bool) -> None:
    if not often and times_a_week(planned) > OFTEN:
        raise Refusal("check_ins.too_often", ways=((FEATURE, "often"),), most=OFTEN)
