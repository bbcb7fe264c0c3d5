"""When something is due that keeps a wall clock's time: pure, and the same on every machine.

- A local time that does not exist, in a gap as clocks go forward, is due at the first instant after the gap.
- One that exists twice, as clocks go back, is due at its first instant, and once.
- A day that does not exist at all (Apia had no 30 December 2011) is a gap like any other.

Zones keep their own history: what a zone's rules are by the time counts, not what they were when something was planned.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
LATE_LIMIT = timedelta(hours=2)  # by which something may come late; by more, it is left out
_LONGEST_AWAY = timedelta(days=31)  # what was due before is noted no more: nobody asks for it
_LONGEST_AHEAD = timedelta(days=7)  # by which a clock was wrong that is set back; by more, all it brought is void
_AHEAD = 2 * 366  # days: whoever leaves out public holidays has met an ordinary day by then

Skips = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Plan:
    """Days of the week, 0 for Monday, and the time on the clocks of a zone."""

    days: frozenset[int]
    at: time
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Due:
    """One time that a plan comes to: as it stands on the wall, naive, and the instant in UTC."""

    local: datetime
    due_at: datetime


def due_at(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which a naive ``local`` time is due in a ``zone``."""
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return first
    return _end_of_gap(local.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)


def was_ahead(looked_at: datetime, now: datetime) -> bool:
    """Return whether the clock by which something was looked at was so far ahead that it is not to be waited for."""
    return looked_at - now > _LONGEST_AHEAD


def counts_from(looked_at: datetime, now: datetime) -> datetime:
    """Return from when on it counts what a plan comes to that was ``looked_at`` then, as things are ``now``."""
    return now if was_ahead(looked_at, now) else max(looked_at, now - _LONGEST_AWAY)


def coming(plan: Plan, after: datetime, skips: Skips = lambda _: False) -> Iterator[Due]:
    """Yield what a ``plan`` comes to later than ``after`` (aware), in order.

    Args:
        plan: days and time.
        after: the latest moment that is past.
        skips: which days are left out: public holidays where the plan is kept.
    """
    # A day before: what falls into a gap of a whole day is due on the next.
    first = after.astimezone(plan.zone).date() - _DAY
    days = (first + number * _DAY for number in range(_AHEAD))
    for day in days:
        if day.weekday() in plan.days and not skips(day):
            local = datetime.combine(day, plan.at)
            moment = due_at(local, plan.zone)
            if moment > after:
                yield Due(local, moment)


def next_due(plan: Plan, after: datetime, skips: Skips = lambda _: False) -> Due | None:
    """Return the first of what is :func:`coming`; None where nothing ever is."""
    return next(coming(plan, after, skips), None)


def preview(plan: Plan, after: datetime, skips: Skips, count: int, known: Collection[datetime] = ()) -> list[Due]:
    """Return the next ``count`` times of a plan, but for the ``known`` local ones that it came to before."""
    return list(islice((due for due in coming(plan, after, skips) if due.local not in known), count))


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, later than ``before`` and up to ``after``, at which clocks go forward."""
    there = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        if middle <= before:
            break
        if middle.astimezone(zone).utcoffset() == there:
            after = middle
        else:
            before = middle
    return after
