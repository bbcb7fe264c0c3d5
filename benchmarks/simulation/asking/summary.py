"""Every point of the ranges that is looked at, and what came of each way of asking there."""

import random
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.simulation.asking.community import Community
from benchmarks.simulation.asking.others import ask_everybody, ping_nobody, ping_the_role
from benchmarks.simulation.asking.ours import ask_by_the_rules, ask_in_more_rounds
from benchmarks.simulation.asking.outcome import Outcome
from benchmarks.simulation.asking.rates import Rates, corners, sample

COMMUNITIES = 2  # at each point


@dataclass(frozen=True, slots=True)
class Way:
    """What came of one way of asking in all communities of a point."""

    outcomes: tuple[Outcome, ...]

    @property
    def answered(self) -> float:
        """Share of the asks that were answered within 24 hours."""
        return statistics.fmean(is_in_time for outcome in self.outcomes for is_in_time in outcome.in_time)

    @property
    def wait(self) -> float:
        """Median hours until an ask was answered; infinite where most were not."""
        return statistics.median(wait for outcome in self.outcomes for wait in outcome.waits)

    @property
    def pings(self) -> int:
        return sum(outcome.pings for outcome in self.outcomes)

    @property
    def stopped(self) -> float:
        """Share of the helpers who switched pings off."""
        return statistics.fmean(outcome.stopped for outcome in self.outcomes)

    def weekly(self, share: float) -> int:
        """Return how often helpers were asked in a week, at most, in that ``share`` of all their weeks."""
        weeks = sorted(count for outcome in self.outcomes for count in outcome.weekly)
        return weeks[round(share * (len(weeks) - 1))]


@dataclass(frozen=True, slots=True)
class Point:
    """One choice of rates; ``upper`` are, at a corner, the bundles at their upper end."""

    rates: Rates
    upper: frozenset[str]
    ours: Way
    more_rounds: Way
    role: Way
    nobody: Way
    everybody: Way

    @property
    def gain(self) -> float:
        """How much more is answered by our rules than by pinging the role, as a share of all asks."""
        return self.ours.answered - self.role.answered

    @property
    def pinged(self) -> float:
        """Our pings, as a share of those of the role."""
        return self.ours.pings / self.role.pings


@dataclass(frozen=True, slots=True)
class Results:
    sample: tuple[Point, ...]
    corners: tuple[Point, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        return self.sample + self.corners


def run(points: int, tell: Callable[[str], None]) -> Results:
    """Simulate a sample of so many ``points``, and as many corners, drawn from all where there are more."""
    tell(f"a sample of {points} points of all ranges")
    sampled = [measure(rates, frozenset(), _seeds(point)) for point, rates in enumerate(sample(points))]
    ends = list(corners())
    chosen = sorted(random.Random(points).sample(range(len(ends)), min(points, len(ends))))
    tell(f"{len(chosen)} of {len(ends)} corners")
    return Results(tuple(sampled), tuple(measure(ends[each][1], ends[each][0], _seeds(each)) for each in chosen))


def measure(rates: Rates, upper: frozenset[str], seeds: Iterable[int], *size: int) -> Point:
    """Ask in every way in each community, one for each seed; ``size`` is how many members live for how many days."""
    communities = [Community(rates, seed, *size) for seed in seeds]
    ways = (ask_by_the_rules, ask_in_more_rounds, ping_the_role, ping_nobody, ask_everybody)
    return Point(rates, upper, *(Way(tuple(ask(community) for community in communities)) for ask in ways))


def by_week(ways: Sequence[Way]) -> list[float]:
    """Return which share of the asks of each week was answered in time, over all points alike."""
    asks = [
        (week, is_in_time)
        for way in ways
        for outcome in way.outcomes
        for week, is_in_time in zip(outcome.weeks, outcome.in_time, strict=True)
    ]
    weeks = range(max(week for week, _ in asks) + 1)
    return [statistics.fmean(is_in_time for week, is_in_time in asks if week == each) for each in weeks]


def _seeds(point: int) -> range:
    return range(COMMUNITIES * point, COMMUNITIES * (point + 1))
