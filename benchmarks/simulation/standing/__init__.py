"""What the rule of standing gives honest communities, and what it leaves to those who try to farm it."""

from collections.abc import Callable
from functools import partial

from benchmarks.simulation.report import Report
from benchmarks.simulation.standing import picture, summary
from benchmarks.simulation.standing.goals import goals
from benchmarks.simulation.standing.tables import tables

SEEDS, ATTACKED = 100, 20  # communities for each setting, and for each attack


def simulate(seeds: int | None, tell: Callable[[str], None]) -> Report:
    """Run everything, with as many communities as usual or with ``seeds`` of them."""
    results = summary.run(seeds or SEEDS, min(seeds or ATTACKED, ATTACKED), tell)
    return Report(goals(results), tables(results), partial(picture.draw, results))
