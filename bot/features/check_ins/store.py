"""Prompts, schedules and what they came to, of one server, in one transaction."""

import json
from collections.abc import Collection
from datetime import datetime, time
from pathlib import Path
from typing import Any

from bot.features.check_ins.columns import PERSONAL_COLUMNS
from bot.features.check_ins.model import CheckIn, Planned, Prompt, Schedule, Why
from bot.features.check_ins.shipped import SHIPPED
from bot.features.check_ins.times import LATE_LIMIT, Due
from bot.kernel.clock import from_micros, micros_or_none, moment_or_none, to_micros
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.zones import zone_kept
from bot.storage.database import Row, Transaction, queries_in, rows

__all__ = ["PERSONAL_COLUMNS", "CheckInStore"]

_DAYS = range(7)
_HOUR = 60
_TWO_DAYS = 2 * 24 * 3600 * 10**6  # microseconds: the clocks of two zones differ by less


class CheckInStore:
    """What is asked in one server, when, and what has been."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._connection = transaction.connection
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def prompts(self) -> list[Prompt]:
        """Return all prompts: what was not asked yet first, then what was asked longest ago, retired ones last."""
        found = await rows(self._queries.prompts(self._connection, server_id=self._server_id))
        return [_prompt(row) for row in found]

    async def ship(self) -> None:
        """Let a server have the shipped prompts."""
        await self._queries.ship(self._connection, server_id=self._server_id, codes=json.dumps(SHIPPED))

    async def prompt(self, prompt_id: int) -> Prompt | None:
        """Return the prompt, or None."""
        row = await self._queries.prompt(self._connection, server_id=self._server_id, prompt_id=prompt_id)
        return None if row is None else _prompt(row)

    async def own_prompts(self) -> int:
        """Return how many prompts of its own a server has, retired ones among them."""
        count: int = await self._queries.own_count(self._connection, server_id=self._server_id)
        return count

    async def add_prompt(self, words: dict[str, str], interaction_id: InteractionId) -> None:
        """Keep a prompt of a server's own, once for each interaction."""
        await self._queries.add_prompt(
            self._connection,
            server_id=self._server_id,
            ja=words.get("ja", ""),
            en=words.get("en", ""),
            interaction_id=interaction_id,
        )

    async def word_prompt(self, prompt_id: int, words: dict[str, str]) -> None:
        """Keep other words of a prompt."""
        await self._queries.word_prompt(
            self._connection,
            server_id=self._server_id,
            prompt_id=prompt_id,
            ja=words.get("ja", ""),
            en=words.get("en", ""),
        )

    async def retire_prompt(self, prompt_id: int, *, is_retired: bool) -> None:
        """Let a prompt be asked no more, or again."""
        await self._queries.retire_prompt(
            self._connection, server_id=self._server_id, prompt_id=prompt_id, is_retired=is_retired
        )

    async def use_prompt(self, prompt_id: int) -> None:
        """Note that a prompt is asked now."""
        await self._queries.use_prompt(self._connection, server_id=self._server_id, prompt_id=prompt_id, now=self._now)

    async def add_schedule(
        self,
        planned: Planned,
        next_at: datetime | None,
        interaction_id: InteractionId,
        member_id: MemberId | None = None,
    ) -> int | None:
        """Keep a schedule; return its id, or None where the same interaction has made one before.

        Of a member's own, there is one: it has to be changed where there is.
        """
        schedule_id: int | None = await self._queries.add_schedule(
            self._connection,
            **_kept(planned),
            server_id=self._server_id,
            interaction_id=interaction_id,
            member_id=member_id,
            now=self._now,
            next_at=micros_or_none(next_at),
        )
        return schedule_id

    async def schedule_of(self, interaction_id: InteractionId) -> Schedule | None:
        """Return the schedule that an interaction made, or None."""
        found = self._queries.schedule_of(self._connection, server_id=self._server_id, interaction_id=interaction_id)
        row = await found
        return None if row is None else _schedule(row)

    async def schedule(self, schedule_id: int) -> Schedule | None:
        """Return the schedule, or None."""
        row = await self._queries.schedule(self._connection, server_id=self._server_id, schedule_id=schedule_id)
        return None if row is None else _schedule(row)

    async def own_schedule(self, member_id: MemberId) -> Schedule | None:
        """Return when a member is asked alone, also where that was stopped; None where it never was."""
        row = await self._queries.own_schedule(self._connection, server_id=self._server_id, member_id=member_id)
        return None if row is None else _schedule(row)

    async def asked_alone(self) -> list[MemberId]:
        """Return who is asked alone."""
        found = await rows(self._queries.asked_alone(self._connection, server_id=self._server_id))
        return [MemberId(row["member_id"]) for row in found]

    async def latest_own(self, member_id: MemberId) -> int | None:
        """Return the id of the last time that a member's own schedule came to; None where it came to none."""
        check_in_id: int | None = await self._queries.latest_own(
            self._connection, server_id=self._server_id, member_id=member_id
        )
        return check_in_id

    async def latest_asked_alone(self, member_id: MemberId) -> int | None:
        """Return the id of the last time that a member's own schedule asked them a prompt; None where it asked none."""
        check_in_id: int | None = await self._queries.latest_asked_alone(
            self._connection, server_id=self._server_id, member_id=member_id
        )
        return check_in_id

    async def own_astray(self) -> list[Schedule]:
        """Return the schedules of members that are not looked at in time by themselves: the clock was far ahead."""
        found = self._queries.own_astray(self._connection, server_id=self._server_id, now=self._now)
        return [_schedule(row) for row in await rows(found)]

    async def forget_own(self, member_id: MemberId) -> None:
        """Let nobody be able to tell when a member was asked alone."""
        of_theirs = {"server_id": self._server_id, "member_id": member_id}
        await self._queries.forget_own_check_ins(self._connection, **of_theirs)
        await self._queries.forget_own_schedule(self._connection, **of_theirs)

    async def least_asked(self, schedule_id: int) -> list[Prompt]:
        """Return the prompts that are in use, what was not asked by a schedule yet first, then what was longest ago."""
        found = self._queries.least_asked(self._connection, server_id=self._server_id, schedule_id=schedule_id)
        return [_prompt(row) for row in await rows(found)]

    async def schedules(self) -> list[Schedule]:
        """Return all schedules that are kept to, the oldest first."""
        found = await rows(self._queries.schedules(self._connection, server_id=self._server_id))
        return [_schedule(row) for row in found]

    async def keep_schedule(self, schedule: Schedule) -> None:
        """Keep what a schedule has come to."""
        await self._queries.keep_schedule(
            self._connection,
            **_kept(schedule.planned),
            server_id=self._server_id,
            schedule_id=schedule.schedule_id,
            revision=schedule.revision,
            is_removed=schedule.is_removed,
            looked_at=to_micros(schedule.looked_at),
            next_at=micros_or_none(schedule.next_at),
            paused_until=micros_or_none(schedule.paused_until),
            unreached=schedule.unreached,
        )

    async def occur(self, schedule_id: int, due: Due, prompt_id: int | None, why: Why = Why.HELD_UP) -> int | None:
        """Keep that a schedule comes to a time, and ``why`` if nothing is posted; its id, or None if known."""
        check_in_id: int | None = await self._queries.occur(
            self._connection,
            server_id=self._server_id,
            schedule_id=schedule_id,
            local=due.local.isoformat(timespec="minutes"),
            due_at=to_micros(due.due_at),
            missed_at=max(self._now, to_micros(due.due_at + LATE_LIMIT)),
            prompt_id=prompt_id,
            why=why,
        )
        return check_in_id

    async def came_to(self, schedule_id: int) -> list[datetime]:
        """Return the local times, of those that some clock may still show, that a schedule came to."""
        since = self._now - _TWO_DAYS
        found = self._queries.came_to(self._connection, server_id=self._server_id, schedule_id=schedule_id, since=since)
        return [datetime.fromisoformat(row["local"]) for row in await rows(found)]

    async def unnote(self, schedule_id: int) -> None:
        """Forget the times to come that a schedule is noted to have missed."""
        await self._queries.unnote(self._connection, server_id=self._server_id, schedule_id=schedule_id, now=self._now)

    async def check_in(self, check_in_id: int) -> CheckIn | None:
        """Return what a schedule came to, or None."""
        row = await self._queries.check_in(self._connection, server_id=self._server_id, check_in_id=check_in_id)
        return None if row is None else _check_in(row)

    async def of_threads(self, thread_ids: Collection[int]) -> list[CheckIn]:
        """Return what was asked whose threads are among some."""
        listed = json.dumps(sorted(thread_ids))
        found = self._queries.of_threads(self._connection, server_id=self._server_id, thread_ids=listed)
        return [_check_in(row) for row in await rows(found)]

    async def in_channel(self, channel_id: int) -> list[CheckIn]:
        """Return what was asked that stands in a channel."""
        found = self._queries.in_channel(self._connection, server_id=self._server_id, channel_id=channel_id)
        return [_check_in(row) for row in await rows(found)]

    async def latest(self, since: datetime) -> list[CheckIn]:
        """Return the prompts that were posted after ``since``, the last first."""
        found = self._queries.latest(self._connection, server_id=self._server_id, since=to_micros(since))
        return [_check_in(row) for row in await rows(found)]

    async def missed(self, since: datetime, until: datetime) -> list[CheckIn]:
        """Return what was due after ``since``, up to ``until``, and was not posted."""
        moments = {"since": to_micros(since), "until": to_micros(until)}
        found = self._queries.missed(self._connection, server_id=self._server_id, **moments)
        return [_check_in(row) for row in await rows(found)]

    async def newly_missed(self, since: datetime, until: datetime) -> list[CheckIn]:
        """Return what has counted as missed from later than ``since`` on, or from ``until``, in the order it was due.

        That is two hours after it was due, or as soon as it was seen to, where the bot was away for longer.
        """
        moments = {"since": to_micros(since), "until": to_micros(until)}
        found = self._queries.newly_missed(self._connection, server_id=self._server_id, **moments)
        return [_check_in(row) for row in await rows(found)]

    async def keep_check_in(self, check_in: CheckIn) -> None:
        """Keep where a prompt stands."""
        await self._queries.keep_check_in(
            self._connection,
            server_id=self._server_id,
            check_in_id=check_in.check_in_id,
            channel_id=check_in.channel_id,
            message_id=check_in.message_id,
            thread_id=check_in.thread_id,
            posted_at=micros_or_none(check_in.posted_at),
            is_locked=check_in.is_locked,
            why=check_in.why,
        )


def _kept(planned: Planned) -> dict[str, Any]:
    return {
        "days": sum(1 << day for day in planned.days),
        "at_minute": planned.at.hour * _HOUR + planned.at.minute,
        "zone": planned.zone.key,
        "country": planned.country,
        "channel_id": planned.channel_id,
    }


def _prompt(row: Row) -> Prompt:
    words = {language: row[language] for language in ("ja", "en") if row[language]}
    is_retired, used_at = bool(row["is_retired"]), moment_or_none(row["used_at"])
    return Prompt(row["prompt_id"], row["server_id"], row["code"], words, is_retired, used_at)


def _schedule(row: Row) -> Schedule:
    planned = Planned(
        days=frozenset(day for day in _DAYS if row["days"] >> day & 1),
        at=time(*divmod(row["at_minute"], _HOUR)),
        zone=zone_kept(row["zone"]),
        channel_id=row["channel_id"],
        country=row["country"],
    )
    return Schedule(
        schedule_id=row["schedule_id"],
        server_id=row["server_id"],
        planned=planned,
        revision=row["revision"],
        is_removed=bool(row["is_removed"]),
        looked_at=from_micros(row["looked_at"]),
        next_at=moment_or_none(row["next_at"]),
        member_id=row["member_id"],
        paused_until=moment_or_none(row["paused_until"]),
        unreached=row["unreached"],
    )


def _check_in(row: Row) -> CheckIn:
    values: dict[str, Any] = dict(row)
    values |= {"local": datetime.fromisoformat(values["local"]), "due_at": from_micros(values["due_at"])}
    values |= {"posted_at": moment_or_none(values["posted_at"]), "is_locked": bool(values["is_locked"])}
    return CheckIn(**values | {"why": Why(values["why"])})
