"""When who is asked next, and when whose silence is too long: rules that are handed the present.

Waits before anybody is asked count the server's waking hours; after that, those of who was asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from operator import itemgetter

from bot.kernel.hours import Hours

ROUND = 3  # members who are invited at a time
ROUNDS = 2  # of invitations, before the helpers' channel hears of it
NEXT_ROUND = timedelta(hours=2)
CALL = timedelta(hours=12)
LIST = timedelta(hours=24)  # by the clock: the moderators' list comes once a day in any case
DAILY = timedelta(hours=24)  # from then on, so often whoever can be asked by now is

FIRST_WORD = timedelta(hours=3)  # of who said that they can answer; then they are asked whether they still can
NEXT_WORD = timedelta(hours=24)  # of who has written before
GRACE = timedelta(hours=3)  # after that question
STILL_OPEN = timedelta(days=5)  # of the asker's silence at their turn; then they are asked
CLOSES = timedelta(days=5)  # after that question


class Rung(StrEnum):
    """What happens next for an ask that nobody has answered."""

    FIRST = "first"  # one member whom the asker named
    INVITE = "invite"
    REPLACE = "replace"  # who passed
    CALL = "call"  # into the helpers' channel
    LIST = "list"  # for moderators


@dataclass(frozen=True, slots=True)
class Climb:
    """How far an ask has come on the ladder.

    Attributes:
        begun_at: when it began to wait.
        names_one: whether somebody named by the asker is still to be asked, before all others.
        rounds: how many rounds of invitations were begun.
        round_at: when the last one was, or when the one who was named was asked.
        invited: how many members were asked in that round, those who replace others among them.
        declined: how many of them passed, or could not be reached after all,
        replaced: and for how many of those others were looked for.
        hurries: whether nobody is left to be asked, so that the next step comes at once.
        called_at: when the helpers' channel heard of it.
        listed_at: since when it is on the moderators' list.
    """

    begun_at: datetime
    names_one: bool = False
    rounds: int = 0
    round_at: datetime | None = None
    invited: int = 0
    declined: int = 0
    replaced: int = 0
    hurries: bool = False
    called_at: datetime | None = None
    listed_at: datetime | None = None

    @property
    def missing(self) -> int:
        """How many of this round are still to be replaced."""
        return self.declined - self.replaced


def next_rung(
    climb: Climb, day: Hours, asked: Sequence[Hours] = (), again_at: datetime | None = None
) -> tuple[Rung, datetime]:
    """Return what happens next, and when.

    Args:
        climb: how far it has come.
        day: the server's day.
        asked: the days of those who were invited in the last round.
        again_at: when somebody can be asked who was looked for, and can't be at present.
    """
    if climb.missing and climb.round_at is not None:
        return Rung.REPLACE, climb.round_at
    steps = list(_steps(climb, day, asked, again_at))
    if steps:
        return min(steps, key=itemgetter(1))
    latest = max(filter(None, (climb.round_at, climb.listed_at)))
    return Rung.INVITE, _awake(day, latest + DAILY)


def after_asking(climb: Climb, now: datetime, asked: int, again_at: datetime | None, day: Hours) -> Climb:
    """Return how far it has come once members to ask were looked for at ``now``; as it was if they are to be again.

    Args:
        climb: how far it had come.
        now: the present.
        asked: how many were found and asked.
        again_at: when the next one can be, of those who come into question; None if nobody can.
        day: the server's day.
    """
    comes_soon = again_at is not None and again_at < _call_at(climb, day)
    if climb.names_one and (asked or not comes_soon):
        named = replace(climb, names_one=False)
        return replace(named, round_at=now, invited=asked) if asked else named
    if asked:
        return replace(climb, rounds=climb.rounds + 1, round_at=now, invited=asked, declined=0, replaced=0)
    if climb.names_one:
        return climb
    if climb.listed_at is not None:
        return replace(climb, round_at=now)  # looked for again tomorrow
    return climb if comes_soon else replace(climb, hurries=True)


def after_replacing(climb: Climb, asked: int) -> Climb:
    """Return how far it has come once others were looked for in the place of those who passed."""
    nobody_left = not asked and climb.declined >= climb.invited
    return replace(climb, invited=climb.invited + asked, replaced=climb.declined, hurries=climb.hurries or nobody_left)


def after_calling(climb: Climb, now: datetime, *, is_heard: bool) -> Climb:
    """Return how far it has come once the helpers' channel heard of it; without one, moderators are next at once."""
    return replace(climb, called_at=now, listed_at=climb.listed_at if is_heard else now)


def silent_from(came_at: datetime | None, spoke_at: datetime | None, turn_since: datetime, day: Hours) -> datetime:
    """Return when a helper, at the helper's turn, has been silent for so long that they are asked about it."""
    since = turn_since if came_at is None else max(came_at, turn_since)
    span = FIRST_WORD if spoke_at is None or (came_at is not None and spoke_at < came_at) else NEXT_WORD
    return day.after(since, span) or since + span


def given_up_from(nudged_at: datetime, day: Hours) -> datetime:
    """Return when the ladder goes on without a helper who was asked at ``nudged_at``."""
    return day.after(nudged_at, GRACE) or nudged_at + GRACE


def _steps(
    climb: Climb, day: Hours, asked: Iterable[Hours], again_at: datetime | None
) -> Iterator[tuple[Rung, datetime]]:
    """Yield what is to come before the ask is listed, and when; none of it waits for another."""
    if climb.names_one:
        yield Rung.FIRST, max(_awake(day, climb.begun_at), again_at or climb.begun_at)
    elif climb.listed_at is None and climb.rounds < ROUNDS and not climb.hurries:
        yield Rung.INVITE, max(_round_at(climb, day, asked), again_at or climb.begun_at)
    if climb.called_at is None:
        yield Rung.CALL, _awake(day, climb.begun_at) if climb.hurries else _call_at(climb, day)
    if climb.listed_at is None:
        yield Rung.LIST, climb.begun_at + LIST


def _round_at(climb: Climb, day: Hours, asked: Iterable[Hours]) -> datetime:
    """Return when the next round is: once the first of those who were asked has been awake for a while."""
    if climb.round_at is None:
        return _awake(day, climb.begun_at)
    moments = (hours.after(climb.round_at, NEXT_ROUND) for hours in asked)
    return min((moment for moment in moments if moment is not None), default=climb.round_at + NEXT_ROUND)


def _call_at(climb: Climb, day: Hours) -> datetime:
    return day.after(climb.begun_at, CALL) or climb.begun_at + CALL


def _awake(day: Hours, moment: datetime) -> datetime:
    return day.first_awake(moment) or moment
