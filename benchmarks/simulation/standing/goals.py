"""What the rule promises, and whether the simulation bears it out."""

from collections.abc import Iterator

from benchmarks.simulation.report import Goal
from benchmarks.simulation.standing.attacks import CUT_OFF, FLAGGED_IN_TIME
from benchmarks.simulation.standing.helping import Share
from benchmarks.simulation.standing.history import DAYS
from benchmarks.simulation.standing.summary import Results
from bot.features.reputation.graph import CHAINS_EACH

IN_TIME = 7  # days until a set is shown


def goals(results: Results) -> list[Goal]:
    """Return all goals, in the order of the properties that they stand for."""
    return [*_cut_off(results), *_shown(results), _reversed(results), *_helped(results)]


def _cut_off(results: Results) -> Iterator[Goal]:
    for name in CUT_OFF:
        most = max(outcome.most_chains for outcome in results.course(name).outcomes)
        what = f"{name}: the most chains that anybody gets in {DAYS} days"
        yield Goal(what, f"≤ {CHAINS_EACH}", str(most), most <= CHAINS_EACH)


def _shown(results: Results) -> Iterator[Goal]:
    for name in FLAGGED_IN_TIME:
        course = results.course(name)
        days, of = course.first_days, len(course.outcomes)
        measured = f"day {days[-1]} at the latest, in {len(days)} of {of}" if days else f"in none of {of}"
        is_met = len(days) == of and days[-1] <= IN_TIME
        yield Goal(f"{name}: shown by /ledger flags", f"within {IN_TIME} days, in all", measured, is_met)


def _reversed(results: Results) -> Goal:
    left = max(outcome.flags.left for course in results.courses for outcome in course.outcomes)
    return Goal('the most chains in a set after "Reverse these"', "0", str(left), left == 0)


def _helped(results: Results) -> Iterator[Goal]:
    for share in results.shares:
        if (least := share.trial.least) is not None:
            yield Goal(named(share), f"≥ {least:.0%}", f"{share.mean:.0%}", not share.missed)


def named(share: Share) -> str:
    setting = share.trial.setting
    added = "" if setting.insists else ", refused ones lost"
    return f"{setting.members:,} members, {setting.sources} sources, {setting.thanks} thanks a day{added}"
