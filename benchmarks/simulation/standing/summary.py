"""Everything that is simulated, and what came of it on average over the communities."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.simulation.standing.attacks import ATTACKS, Begin, honest_newcomers, nobody
from benchmarks.simulation.standing.helping import TRIALS, Share, measure
from benchmarks.simulation.standing.history import Outcome, Tally, play

NOBODY, NEWCOMERS = "no attack", "ten honest newcomers"  # beside the attacks, to compare


@dataclass(frozen=True, slots=True)
class Means:
    """How many accounts of one side have which standing, on average."""

    accounts: float
    none: float  # no word: 0 or 1 chains
    some: float  # 2 to 4
    five: float
    well_tied: float  # of those with five

    @classmethod
    def of(cls, tallies: Sequence[Tally]) -> "Means":
        accounts, two, five, well_tied = (
            statistics.fmean(values)
            for values in zip(*((each.accounts, each.two, each.five, each.well_tied) for each in tallies), strict=True)
        )
        return cls(accounts, accounts - two, two - five, five, well_tied)


@dataclass(frozen=True, slots=True)
class Course:
    """One attack in several communities."""

    name: str
    outcomes: tuple[Outcome, ...]

    def honest(self, day: int) -> Means:
        return Means.of([outcome.honest[day] for outcome in self.outcomes])

    def attacking(self, day: int) -> Means:
        return Means.of([outcome.attacking[day] for outcome in self.outcomes])

    @property
    def first_days(self) -> list[int]:
        """The days on which the attack was first shown, in those communities in which it was."""
        return sorted(day for outcome in self.outcomes if (day := outcome.flags.first_day) is not None)


@dataclass(frozen=True, slots=True)
class Results:
    """All that the tables and the picture are made of."""

    shares: tuple[Share, ...]
    courses: tuple[Course, ...]

    def course(self, name: str) -> Course:
        return next(course for course in self.courses if course.name == name)


def run(seeds: int, attacked: int, tell: Callable[[str], None]) -> Results:
    """Run everything: property 5 with so many ``seeds``, each attack in so many ``attacked`` communities."""
    shares = []
    for trial in TRIALS:
        tell(f"{trial.setting.members} members, {trial.setting.sources} sources, {trial.setting.thanks} thanks a day")
        shares.append(measure(trial, range(seeds)))
    courses = []
    begins: dict[str, Begin] = {NOBODY: nobody, **ATTACKS, NEWCOMERS: honest_newcomers}
    for name, begin in begins.items():
        tell(name)
        courses.append(Course(name, tuple(play(begin, seed) for seed in range(attacked))))
    return Results(tuple(shares), tuple(courses))
