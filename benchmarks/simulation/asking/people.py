"""Those who help: what they offer, when they are awake, what they chose, and what they put up with."""

import bisect
import itertools
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from benchmarks.simulation.asking.rates import Rates
from bot.features.members.reach import WEEK, WEEKLY_NUMBER, Candidate, Part, Preferences, Way
from bot.kernel.hours import Hours

BEGINNING = datetime(2026, 3, 1, 15, tzinfo=UTC)  # midnight in Tokyo, as Monday begins
TOKYO = ZoneInfo("Asia/Tokyo")

TOPICS = 16  # as many as are shipped
OFFERED = (1, 1, 2, 2, 2, 3, 3, 4)  # by one helper
CROWDED = 1.0  # exponent: the second most offered topic has half as many helpers as the first, the third a third …

# Weights of what people live by and choose. All of them are assumptions, but for the pings.
ZONES = {TOKYO: 92, ZoneInfo("America/Los_Angeles"): 3, ZoneInfo("Europe/Berlin"): 3, ZoneInfo("Australia/Sydney"): 2}
QUIET = {(0, 7): 60, (23, 7): 15, (22, 6): 15, (1, 8): 7, (2, 9): 3}
WEEKEND, WEEKDAYS = frozenset({5, 6}), frozenset(range(5))
DAYS_OFF = {frozenset[int](): 75, WEEKEND: 12, frozenset({6}): 8, WEEKDAYS: 5}
PARTS = {Part.ANY: 45, Part.EVENING: 35, Part.LUNCH: 12, Part.MORNING: 8}
OTHER_NUMBERS = {1: 60, 3: 20, 5: 10, 7: 5, 0: 5}  # a week, of those who chose one
TAKES_DMS = 0.9
LOOKS = (0.1, 1.0)  # into the inbox a day: between these
DISTANT = 0.01  # of all other helpers: between how many there is a distance
TOLERATED = {(1, 1): 10, (2, 5): 37, (6, 10): 33, (math.inf, math.inf): 20}  # pings a week that are too many

Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class Helper:
    """A member who offers topics.

    Attributes:
        way: how they agreed to be asked; None if they did not.
        openings: when they look into their inbox.
        too_many: pings in a week of which they tire.
        never_answers: whether they leave it to others whenever they are asked.
        is_muted: whether they would not get the pings of a role.
    """

    member_id: int
    topics: frozenset[int]
    preferences: Preferences
    way: Way | None
    takes_dms: bool
    distant: frozenset[int]
    openings: tuple[datetime, ...]
    too_many: float
    never_answers: bool
    is_muted: bool

    def candidate(self, now: datetime, asked_at: Sequence[datetime]) -> Candidate:
        """Return them as the bot sees them."""
        opened = bisect.bisect_right(self.openings, now)
        return Candidate(
            member_id=self.member_id,
            preferences=self.preferences,
            way=self.way,
            takes_dms=self.takes_dms,
            inbox_opened_at=self.openings[opened - 1],
            asked_at=tuple(asked_at),
            distant=self.distant,
        )

    def reads_at(self, way: Way | None, told_at: datetime, lag: timedelta) -> datetime:
        """Return when they read what came at ``told_at``: on opening their inbox, or after a ``lag`` awake."""
        if way is Way.INBOX:
            return self.openings[bisect.bisect_left(self.openings, told_at)]
        return self.after(told_at, lag)

    def after(self, moment: datetime, span: timedelta) -> datetime:
        """Return when they have been awake for a ``span``; on a day off they are, too."""
        wishes = self.preferences
        return Hours(wishes.zone, wishes.quiet_from, wishes.quiet_to).after(moment, span) or moment


def draw_helpers(chance: random.Random, rates: Rates, count: int, days: int) -> list[Helper]:
    """Draw helpers 0 to ``count`` - 1."""
    distant: list[set[int]] = [set() for _ in range(count)]
    for one, other in itertools.combinations(range(count), 2):
        if chance.random() < DISTANT:
            distant[one].add(other)
            distant[other].add(one)
    return [_draw(chance, rates, member, frozenset(distant[member]), days) for member in range(count)]


def draw_topic(chance: random.Random) -> int:
    """Draw a topic, each as often as it is offered."""
    return chance.choices(range(TOPICS), cum_weights=_OFFERS)[0]


def pick(chance: random.Random, weights: Mapping[Choice, float]) -> Choice:
    return chance.choices(list(weights), list(weights.values()))[0]


_OFFERS = list(itertools.accumulate(1 / rank**CROWDED for rank in range(1, TOPICS + 1)))


def _draw(chance: random.Random, rates: Rates, member: int, distant: frozenset[int], days: int) -> Helper:
    quiet_from, quiet_to = pick(chance, QUIET)
    preferences = Preferences(
        zone=pick(chance, ZONES),
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        days_off=pick(chance, DAYS_OFF),
        asked_when=pick(chance, PARTS),
        weekly_number=WEEKLY_NUMBER if chance.random() < rates.keep_two else pick(chance, OTHER_NUMBERS),
    )
    way = Way.DM if chance.random() < rates.by_dm else Way.INBOX
    return Helper(
        member_id=member,
        topics=frozenset(draw_topic(chance) for _ in range(chance.choice(OFFERED))),
        preferences=preferences,
        way=way if chance.random() < rates.agreed else None,
        takes_dms=chance.random() < TAKES_DMS,
        distant=distant,
        openings=tuple(_openings(chance, preferences.hours, days)),
        too_many=rates.tolerance * chance.uniform(*pick(chance, TOLERATED)),
        never_answers=chance.random() < rates.never,
        is_muted=chance.random() < rates.muted,
    )


def _openings(chance: random.Random, hours: Hours, days: int) -> Iterator[datetime]:
    """Yield when somebody looks into their inbox, from before the beginning until after the end."""
    a_day = chance.uniform(*LOOKS)
    moment, end = BEGINNING - WEEK, BEGINNING + timedelta(days=days) + WEEK
    yield moment
    while moment < end:
        moment += timedelta(days=chance.expovariate(a_day))
        yield hours.first_awake(moment) or moment
