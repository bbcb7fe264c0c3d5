"""Who can be reached, when, and who is asked first: the same rules for whatever the bot asks of members."""

import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.kernel.hours import Hours, is_within, next_hour

WEEK = timedelta(days=7)
WEEKLY_NUMBER = 2  # unless the member chose another, of
WEEKLY_NUMBERS = range(8)
QUIET = (0, 7)  # the hours in which most sleep, unless the member chose others
ON_TIME = timedelta(hours=2)  # held up for longer, what comes at an hour of the member's own waits until they are awake
INBOX_FRESH = timedelta(days=7)  # whoever has not looked for longer is not taken for somebody who will


class Kind(StrEnum):
    """A kind of message from the bot. Members agree to each by itself, and stop each by itself."""

    HELP = "help"  # somebody asks about a topic that I offer
    NAMED = "named"  # somebody asks me by name
    GREET = "greet"  # a newcomer waits for a hello
    REVIEW = "review"  # something waits to be read
    HELPING = "helping"  # how it goes on with what I said I can answer
    READING = "reading"  # how it goes on with what I said I would read
    CHECK_IN = "check_in"  # what I wish to be asked at times of my own
    ANSWERS = "answers"  # somebody answered what I wrote
    THANKS = "thanks"  # somebody thanked me
    MODERATORS = "moderators"  # what moderators decided about something of mine

    @property
    def asks(self) -> bool:
        """Whether it asks something of the member: it needs their consent, and counts towards their number."""
        return self in {Kind.HELP, Kind.NAMED, Kind.GREET, Kind.REVIEW}

    @property
    def follows(self) -> "Kind | None":
        """The question after which it is told how it goes on, if it is: on the same way, unless another was chosen."""
        return {Kind.HELPING: Kind.HELP, Kind.READING: Kind.REVIEW}.get(self)

    @property
    def keeps_time(self) -> bool:
        """Whether the member chose the hour themselves: it comes then, also where they are quiet otherwise."""
        return self is Kind.CHECK_IN

    def way(self, consents: "Mapping[Kind, Way]") -> "Way | None":
        """Return how messages of this kind come to a member who gave these ``consents``; None where they do not.

        Who agreed to be asked hears on the same way how it goes on, unless they chose another.
        """
        if self.asks:
            return consents.get(self)
        return consents.get(self, Way.INBOX if self.follows is None else consents.get(self.follows, Way.INBOX))


class Way(StrEnum):
    """On which way a message comes: into the inbox alone, or as a private message, too."""

    INBOX = "inbox"
    DM = "dm"


class Part(StrEnum):
    """The part of the day in which a member likes to be asked."""

    ANY = "any"
    MORNING = "morning"
    LUNCH = "lunch"
    EVENING = "evening"


_PART_HOURS = {Part.ANY: (0, 24), Part.MORNING: (6, 10), Part.LUNCH: (11, 14), Part.EVENING: (18, 23)}


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a member chose; times of day are in ``zone``, the server's unless they have their own.

    ``language`` is None where it follows Discord's. ``weekly_number`` is how often in any 7 days the bot may ask
    something of them, over all kinds.
    """

    zone: ZoneInfo
    has_own_zone: bool = False
    language: str | None = None
    quiet_from: int = QUIET[0]
    quiet_to: int = QUIET[1]
    days_off: frozenset[int] = frozenset()
    asked_when: Part = Part.ANY
    weekly_number: int = WEEKLY_NUMBER
    rests_until: datetime | None = None

    @property
    def hours(self) -> Hours:
        """The member's day."""
        return Hours(self.zone, self.quiet_from, self.quiet_to, self.days_off)

    def rests(self, now: datetime) -> bool:
        """Return whether the member takes a rest at ``now``."""
        return self.rests_until is not None and now < self.rests_until

    def likes_to_be_asked_at(self, moment: datetime) -> bool:
        """Return whether ``moment`` is in the member's waking hours, and in the part of the day that they chose."""
        begin, end = _PART_HOURS[self.asked_when]
        local = moment.astimezone(self.zone)
        return self.hours.is_awake(moment) and (self.asked_when is Part.ANY or is_within(local.hour, begin, end))

    def first_moment_to_ask(self, moment: datetime) -> datetime | None:
        """Return the first moment, at ``moment`` or later, at which they like to be asked; None if there is none."""
        return _first_moment_to_ask(self.hours, self.asked_when, moment)


@functools.lru_cache(maxsize=1024)  # of a thousand people who are looked at together, most wish the same
def _first_moment_to_ask(hours: Hours, part: Part, moment: datetime) -> datetime | None:
    if part is Part.ANY:
        return hours.first_awake(moment)
    begin, end = _PART_HOURS[part]
    wished = Hours(hours.zone, end, begin, hours.days_off)
    latest = moment + WEEK + timedelta(days=1)
    while (first := wished.first_awake(moment)) is not None and first < latest:
        if hours.is_awake(first):
            return first
        moment = next_hour(first, hours.zone)
    return None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who might be asked, with all that decides it.

    Attributes:
        member_id: who it is.
        preferences: what they chose.
        way: how they agreed to be asked things of this kind; None if they did not.
        takes_dms: False when Discord refused us their private messages.
        inbox_opened_at: when they last looked into their inbox.
        asked_at: when they were asked, over all kinds, within the time for which that is kept.
        distant: everybody with whom they keep a distance, or who keep one with them.
        is_held: whether moderators keep them from posting.
    """

    member_id: int
    preferences: Preferences
    way: Way | None
    takes_dms: bool = True
    inbox_opened_at: datetime | None = None
    asked_at: tuple[datetime, ...] = ()
    distant: frozenset[int] = frozenset()
    is_held: bool = False

    def way_now(self, now: datetime) -> Way | None:
        """Return the way on which an invitation reaches them at ``now``; None if there is none."""
        if self.way is Way.DM and self.takes_dms:
            return Way.DM
        looked = self.inbox_opened_at is not None and now - self.inbox_opened_at < INBOX_FRESH
        return Way.INBOX if self.way is not None and looked else None

    def has_room(self, now: datetime) -> bool:
        """Return whether they were asked less often within a week than they allow."""
        return sum(now - asked < WEEK for asked in self.asked_at) < self.preferences.weekly_number

    def room_from(self, now: datetime) -> datetime | None:
        """Return from when on they have room for one more; None if they want to be asked nothing."""
        if not self.preferences.weekly_number:
            return None
        lately = sorted(asked for asked in self.asked_at if now - asked < WEEK)
        taken = len(lately) - self.preferences.weekly_number
        return now if taken < 0 else lately[taken] + WEEK

    def is_apart_from(self, waiting_id: int) -> bool:
        """Return whether they are never to be brought together with ``waiting_id``: it is them, or at a distance."""
        return waiting_id == self.member_id or waiting_id in self.distant

    def has_time_for(self, waiting_id: int, now: datetime) -> bool:
        """Return whether they could be asked for ``waiting_id`` as things are, if only they were awake."""
        return (
            self.way_now(now) is not None
            and not self.is_held
            and not self.is_apart_from(waiting_id)
            and not self.preferences.rests(now)
            and self.has_room(now)
        )

    def may_be_asked(self, waiting_id: int, now: datetime) -> bool:
        """Return whether they may be asked at ``now`` for something that ``waiting_id`` waits for."""
        return self.has_time_for(waiting_id, now) and self.preferences.likes_to_be_asked_at(now)

    def first_moment(self, waiting_id: int, now: datetime) -> datetime | None:
        """Return from when on they may be asked, as things are at ``now``; None if not within sight."""
        if self.way_now(now) is None or self.is_held or self.is_apart_from(waiting_id):
            return None
        room = self.room_from(now)
        if room is None:
            return None
        rested = self.preferences.rests_until
        begin = max(now, room) if rested is None else max(now, room, rested)
        return self.preferences.first_moment_to_ask(begin)


def whom_to_ask(
    candidates: Iterable[Candidate], waiting_id: int, now: datetime, most: int, asked: Collection[int] = ()
) -> list[Candidate]:
    """Return up to ``most`` of the ``candidates`` to ask at ``now`` for something that ``waiting_id`` waits for.

    Whoever has been asked least comes first, then whoever was asked longest ago; nobody in ``asked`` is asked again.
    """
    possible = [each for each in candidates if each.member_id not in asked and each.may_be_asked(waiting_id, now)]
    return sorted(possible, key=_turn)[:most]


def first_moment(
    candidates: Iterable[Candidate], waiting_id: int, now: datetime, asked: Collection[int] = ()
) -> datetime | None:
    """Return when the first of the ``candidates`` may be asked, as things are at ``now``; None if nobody may."""
    moments = [each.first_moment(waiting_id, now) for each in candidates if each.member_id not in asked]
    return min((moment for moment in moments if moment is not None), default=None)


def _turn(candidate: Candidate) -> tuple[int, float, int]:
    latest = max((asked.timestamp() for asked in candidate.asked_at), default=0.0)
    return len(candidate.asked_at), latest, candidate.member_id
