"""A community as it might be. All of it is drawn before anybody is asked, so that ways of asking meet the same one."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.simulation.asking.people import BEGINNING, TOKYO, TOPICS, Helper, draw_helpers, draw_topic, pick
from benchmarks.simulation.asking.rates import Rates
from bot.features.members.reach import QUIET
from bot.features.peer_help.model import Wants
from bot.kernel.hours import Hours

MEMBERS, DAYS = 500, 90
SERVER_DAY = Hours(TOKYO, *QUIET)

ABOUT_OFFERED = 0.5  # of the asks are about topics as they are offered, the others about all topics alike
WANTS = {Wants.ADVICE: 50, Wants.LISTEN: 30, Wants.EITHER: 20}
HARD = 0.1  # how likely one has something to say to a hard ask, beside any other
BY_HOUR = (4, 2, 1, 1, 1, 1, 2, 4, 5, 4, 4, 4, 7, 5, 4, 4, 4, 5, 6, 7, 9, 11, 11, 8)  # asks, in Tokyo
ON_WEEKENDS = 1.2  # times as many

SPREAD = 1.2  # sigma of the log-normal times until something is read, and until it is answered then
WRITING = timedelta(minutes=30)  # median of the latter
NOTICED = timedelta(hours=8)  # mean of the server's waking hours until somebody writes who was not asked


@dataclass(frozen=True, slots=True)
class Ask:
    """An ask; ``unasked`` is when those write who happen to see it, ``called`` how long after a call others do."""

    number: int
    asked_at: datetime
    asker_id: int
    topic: int
    wants: Wants
    is_hard: bool
    unasked: tuple[datetime, ...]
    called: tuple[timedelta, ...]


@dataclass(frozen=True, slots=True)
class Mood:
    """What one helper would do about one ask, whoever turns to them; times count the hours awake."""

    reads: float
    answers: float
    passes: float
    silent: float
    tires: float
    lag: timedelta
    writing: timedelta


class Community:
    """Members who live for some ``days``.

    Attributes:
        helpers: the first of the members.
        agreed: for each topic, who offers it and agreed that the bot asks them.
    """

    def __init__(self, rates: Rates, seed: int, members: int = MEMBERS, days: int = DAYS) -> None:
        chance = random.Random(seed)
        self.rates, self.days = rates, days
        self.helpers = draw_helpers(chance, rates, round(members * rates.helpers), days)
        agreed = [helper for helper in self.helpers if helper.way is not None]
        self.agreed = [[helper for helper in agreed if topic in helper.topics] for topic in range(TOPICS)]
        moments = _moments(chance, round(rates.asks * days), days)
        self.asks = [_ask(chance, rates, number, moment, members) for number, moment in enumerate(moments)]
        self._moods = [[_mood(chance, rates) for _ in self.helpers] for _ in self.asks]

    @property
    def end(self) -> datetime:
        """When the last day is over."""
        return BEGINNING + timedelta(days=self.days)

    def mood(self, ask: Ask, helper: Helper) -> Mood:
        return self._moods[ask.number][helper.member_id]

    def reads(self, ask: Ask, helper: Helper) -> bool:
        """Return whether a helper who is told of an ask reads it."""
        return self.mood(ask, helper).reads < self.rates.reads

    def will_answer(self, ask: Ask, helper: Helper, *, with_all: bool) -> bool:
        """Return whether a helper who reads that they are asked, ``with_all`` others or not, says that they answer."""
        chance = 0.0 if helper.never_answers else self.rates.answers
        chance *= 1 if ask.topic in helper.topics else self.rates.off_topic
        chance *= HARD if ask.is_hard else 1
        chance *= self.rates.diffused if with_all else 1
        return self.mood(ask, helper).answers < chance

    def will_write(self, ask: Ask, helper: Helper) -> bool:
        """Return whether a helper who said that they will answer does."""
        return self.mood(ask, helper).silent >= self.rates.silent


def _moments(chance: random.Random, count: int, days: int) -> list[datetime]:
    """Return when asks are written."""
    hours = range(24 * days)
    weights = [BY_HOUR[hour % 24] * (ON_WEEKENDS if hour // 24 % 7 >= 5 else 1) for hour in hours]
    return sorted(
        BEGINNING + timedelta(hours=hour + chance.random()) for hour in chance.choices(hours, weights, k=count)
    )


def _ask(chance: random.Random, rates: Rates, number: int, moment: datetime, members: int) -> Ask:
    is_hard = chance.random() < rates.hard
    known = HARD if is_hard else 1
    return Ask(
        number=number,
        asked_at=moment,
        asker_id=chance.randrange(members),
        topic=draw_topic(chance) if chance.random() < ABOUT_OFFERED else chance.randrange(TOPICS),
        wants=pick(chance, WANTS),
        is_hard=is_hard,
        unasked=tuple(SERVER_DAY.after(moment, lag) or moment for lag in _noticed(chance, rates.unasked * known)),
        called=tuple(_noticed(chance, rates.called * known)),
    )


def _noticed(chance: random.Random, mean: float) -> Iterator[timedelta]:
    """Yield after which times somebody writes who sees an ask: as many as come by chance, ``mean`` on average."""
    left = chance.expovariate(1)
    while left < mean:
        yield NOTICED * chance.expovariate(1)
        left += chance.expovariate(1)


def _mood(chance: random.Random, rates: Rates) -> Mood:
    reads, answers, passes, silent, tires = (chance.random() for _ in range(5))
    lag = timedelta(hours=rates.lag) * math.exp(chance.gauss(0, SPREAD))
    return Mood(reads, answers, passes, silent, tires, lag, WRITING * math.exp(chance.gauss(0, SPREAD)))
