"""Somebody's day: quiet hours and days off in their zone, and what is awake of a span of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAY = 24
_WEEK = frozenset(range(7))
_AHEAD = timedelta(days=8)  # a week repeats: whoever is not awake within it never is


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is awake.

    Attributes:
        zone: whose wall clock counts.
        quiet_from: the hour, 0 to 23, with which quiet begins.
        quiet_to: the hour, 0 to 23, with which it ends, on the next day where it is the earlier one; the same as
            ``quiet_from`` means that no hour is quiet.
        days_off: days of the week, 0 for Monday, that are quiet as a whole.
    """

    zone: ZoneInfo
    quiet_from: int = 0
    quiet_to: int = 0
    days_off: frozenset[int] = frozenset()

    def is_awake(self, moment: datetime) -> bool:
        """Return whether ``moment`` (aware) is in no quiet hour and on no day off."""
        return self._is_waking(moment.astimezone(self.zone))

    def _is_waking(self, local: datetime) -> bool:
        return local.weekday() not in self.days_off and not is_within(local.hour, self.quiet_from, self.quiet_to)

    def first_awake(self, moment: datetime) -> datetime | None:
        """Return the first waking minute at ``moment`` or later; None where no hour of the week is one."""
        return next((begin for begin, _ in self._waking(moment)), None)

    def after(self, moment: datetime, span: timedelta) -> datetime | None:
        """Return when ``span`` of waking time has passed since ``moment``; None where it never will have."""
        left = span
        while True:
            begin, end = next(self._waking(moment), (None, None))
            if begin is None or end is None:
                return None
            if end - begin >= left:
                return begin + left
            left -= end - begin
            moment = end

    def _waking(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the waking stretches from ``moment`` on, by local hours: their begin and their end."""
        if self.days_off >= _WEEK:
            return  # without looking at each hour of it
        end_of_search = moment + _AHEAD
        while moment < end_of_search:
            local = moment.astimezone(self.zone)
            following = moment + _rest_of_hour(local)
            if self._is_waking(local):
                yield moment, following
            moment = following


def next_hour(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return when the hour after the one of ``moment`` (aware) begins on the clocks of ``zone``."""
    return moment + _rest_of_hour(moment.astimezone(zone))


def _rest_of_hour(local: datetime) -> timedelta:
    return timedelta(hours=1) - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)


def is_within(hour: int, begin: int, end: int) -> bool:
    """Return whether ``hour`` lies from ``begin`` up to ``end``, over midnight where ``end`` is the earlier one."""
    return (hour - begin) % _DAY < (end - begin) % _DAY
