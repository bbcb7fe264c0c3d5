"""Who gets asked: the bot's rules beside pinging a role of all helpers, and beside pinging nobody."""

from collections.abc import Callable
from functools import partial

from benchmarks.simulation.asking import picture, summary
from benchmarks.simulation.asking.goals import goals
from benchmarks.simulation.asking.tables import tables
from benchmarks.simulation.report import Report

SEEDS = 128  # points of the sample, with a community of its own each, and as many corners


def simulate(seeds: int | None, tell: Callable[[str], None]) -> Report:
    """Run everything, at as many points as usual or at ``seeds`` of the sample and of the corners."""
    results = summary.run(seeds or SEEDS, tell)
    return Report(goals(results), tables(results), partial(picture.draw, results))
