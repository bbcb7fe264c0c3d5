"""The queue: who comes first, by when somebody reads, when they are reminded, and when members are asked to."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.features.blog_reviews.model import Claim, Review, State
from bot.kernel.dates import typed_date
from bot.kernel.hours import Hours

ASKED = timedelta(hours=24)  # after which members are asked to read it; and once more, so long after that
ROUND = 3  # members who are asked at a time
LISTED = timedelta(days=7)  # after which moderators see it in their list
GRACE = timedelta(days=1)  # after the day that the reader chose, until somebody else may read it
LONGEST = timedelta(days=31)  # from the day of their word on, also with another day chosen later
WISH_LONGEST = timedelta(days=365)

_SUNDAY = 6


class By(StrEnum):
    """The days that are offered to a reader."""

    WEEKEND = "weekend"
    WEEK = "week"
    TWO_WEEKS = "two_weeks"

    def on(self, today: date) -> date:
        """Return which day that is, ``today``."""
        if self is By.WEEKEND:
            return today + timedelta(days=_SUNDAY - today.weekday())
        return today + timedelta(weeks=1 if self is By.WEEK else 2)


def in_line(reviews: Iterable[Review]) -> list[Review]:
    """Return what waits, in the order in which it is to be read: what lapsed first, then what has waited longest."""
    waiting = [each for each in reviews if each.state is State.WAITING]
    return sorted(waiting, key=lambda each: (not each.is_lapsed, each.begun_at, each.review_id))


def day_chosen(by: str, typed: str, today: date, claimed_on: date) -> date | None:
    """Return the day by which a reader will have read, None if it can't be one.

    Args:
        by: one of :class:`By`, if that was chosen.
        typed: a day in own words, which goes before it.
        today: where the reader lives.
        claimed_on: the day on which they gave their word.
    """
    chosen = typed_date(typed, today) if typed.strip() else next((each.on(today) for each in By if each == by), None)
    return chosen if chosen is not None and today <= chosen <= claimed_on + LONGEST else None


def wished_day(typed: str, today: date) -> date | None:
    """Return the day by which an author would like to hear; None if it can't be one."""
    day = typed_date(typed, today)
    return day if day is not None and today <= day <= today + WISH_LONGEST else None


def due_at(day: date, zone: ZoneInfo) -> datetime:
    """Return the last minute of a ``day`` in a ``zone``: it is shown as that day there.

    Counted back from the next day: where clocks change around midnight, 23:59 comes twice, or not at all.
    """
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC) - timedelta(minutes=1)


def lapses_at(claim: Claim) -> datetime:
    """Return when somebody else may read what the reader has not."""
    return claim.due_at + GRACE


def reminders(claim: Claim, zone: ZoneInfo) -> list[datetime]:
    """Return when a reader is reminded: as the day before begins where they live, and as the day does.

    Neither of a day that had begun when they gave their word, or chose that day.
    """
    day = claim.due_at.astimezone(zone).date()
    begins = (datetime.combine(each, time.min, zone) for each in (day - timedelta(days=1), day))
    return [each for each in begins if each > claim.claimed_at]


def next_step(claim: Claim, zone: ZoneInfo) -> datetime:
    """Return when there is to be looked at a reader next: to remind them, or to let others read."""
    since = claim.reminded_at or claim.claimed_at
    return min((each for each in reminders(claim, zone) if each > since), default=lapses_at(claim))


def asked_from(review: Review, day: Hours) -> datetime:
    """Return when members are asked next to read what waits: in the server's waking hours."""
    if review.declined and review.invited_at is not None:
        return review.invited_at  # in the place of who passed: at once
    moment = review.begun_at if review.invited_at is None else review.invited_at
    return day.first_awake(moment + ASKED) or moment + ASKED
