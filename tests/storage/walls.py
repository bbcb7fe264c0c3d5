"""When clocks on walls show a time, found by looking at them minute by minute: nothing of the bot's own rules."""

from bisect import bisect_left
from datetime import datetime, time, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

Occurrence = tuple[datetime, datetime]  # the local time, naive, and the instant at which it is due


class Wall:
    """A clock on a wall in a zone, from a moment on for some days."""

    def __init__(self, zone: ZoneInfo, begin: datetime, days: int) -> None:
        self._instants = [begin + number * MINUTE for number in range(days * 24 * 60)]
        shown = (instant.astimezone(zone).replace(tzinfo=None) for instant in self._instants)
        self._latest = list(accumulate(shown, max))  # that was shown so far

    def due_at(self, local: datetime) -> datetime:
        """Return the first instant at which the clock shows a time or, where it leaves that out, a later one."""
        return self._instants[bisect_left(self._latest, local)]

    def occurrences(self, days: frozenset[int], at: time, after: datetime, until: datetime) -> list[Occurrence]:
        """Return all times that are due on some days of the week later than ``after``, up to ``until``."""
        first = after.date() - 2 * DAY  # clocks differ from UTC by less than a day, and a gap may be one
        dates = (first + number * DAY for number in range((until.date() - first).days + 2))
        found = [datetime.combine(day, at) for day in dates if day.weekday() in days]
        return [(local, due) for local in found if after < (due := self.due_at(local)) <= until]


@cache
def wall(name: str, begin: datetime, days: int) -> Wall:
    """Return the clock on a wall in the zone of that name."""
    return Wall(ZoneInfo(name), begin, days)
