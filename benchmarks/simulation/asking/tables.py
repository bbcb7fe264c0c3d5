"""The tables, as Markdown that also reads well in a terminal."""

import itertools
import math
import statistics
from collections.abc import Callable, Sequence

from benchmarks.simulation.asking.goals import MOST, PINGS
from benchmarks.simulation.asking.ours import MORE_ROUNDS
from benchmarks.simulation.asking.rates import BUNDLES, RANGES, Range
from benchmarks.simulation.asking.summary import Point, Results, Way
from benchmarks.simulation.report import Row, table

OURS, ROLE, NOBODY = "our rules", "a role of all helpers", "nobody"
MORE, EVERYBODY = f"our rules in {MORE_ROUNDS} rounds", "all who agreed, no limits"
WAYS: dict[str, Callable[[Point], Way]] = {
    OURS: lambda point: point.ours,
    ROLE: lambda point: point.role,
    NOBODY: lambda point: point.nobody,
    MORE: lambda point: point.more_rounds,
    EVERYBODY: lambda point: point.everybody,
}
SHOWN = 5  # corners at either end
HEAD = (OURS, "the role", "no fewer answered than by the role", f"at most {PINGS:.0%} of its pings", "both")


def tables(results: Results) -> list[tuple[str, str]]:
    """Return all tables, each with its title."""
    return [
        ("Over the ranges", _ways(results)),
        ("What decides, in the corners", _bundles(results)),
        ("The corners at either end", _ends(results.corners)),
        ("The ranges, and what decides in the sample", _rates(results.sample)),
    ]


def _ways(results: Results) -> str:
    asked = "asked a helper a week: median", "95th percentile"
    head = ("points", "who is pinged", "answered in 24 h", "median wait", "pings an ask", *asked, "switched off")
    places = (("sample", results.sample), ("corners", results.corners))
    return table(head, [_way_row(place, name, points) for place, points in places for name in WAYS])


def _way_row(place: str, name: str, points: Sequence[Point]) -> Row:
    ways = [WAYS[name](point) for point in points]
    asks = [sum(len(outcome.waits) for outcome in way.outcomes) for way in ways]
    return (
        place,
        name,
        _spread([way.answered for way in ways], ".0%"),
        _spread([way.wait for way in ways], ".1f") + " h",
        _spread([way.pings / count for way, count in zip(ways, asks, strict=True)], ".1f"),
        _spread([way.weekly(0.5) for way in ways], ".0f"),
        _spread([way.weekly(MOST) for way in ways], ".0f"),
        _spread([way.stopped for way in ways], ".0%"),
    )


def _spread(figures: Sequence[float], shape: str) -> str:
    """Return the median, and the least and the most."""
    least, middle, most = (
        "never" if math.isinf(figure) else format(figure, shape)
        for figure in (min(figures), statistics.median_low(figures), max(figures))
    )
    return f"{middle} ({least} to {most})"


def _bundles(results: Results) -> str:
    rows = [("sample", results.sample), ("corners", results.corners)]
    for name, is_upper in itertools.product(BUNDLES, (True, False)):
        chosen = [point for point in results.corners if (name in point.upper) is is_upper]
        rows.append((name if is_upper else f"not {name}", tuple(chosen)))
    counted = [(name, str(len(points)), *_compared(points)) for name, points in rows if points]
    return table(("points", "of them", *HEAD), counted)


def _ends(points: Sequence[Point]) -> str:
    ranked = sorted(points, key=lambda point: point.gain)
    chosen = ranked if len(ranked) <= 2 * SHOWN else (*ranked[:SHOWN], *ranked[-SHOWN:])
    head = ("at their upper end", OURS, "the role", "nobody", "our pings beside the role's", "switched the role off")
    return table(head, [_end_row(point) for point in chosen])


def _end_row(point: Point) -> Row:
    shares = point.ours.answered, point.role.answered, point.nobody.answered, point.pinged, point.role.stopped
    return (", ".join(name for name in BUNDLES if name in point.upper) or "none", *map("{:.0%}".format, shares))


def _rates(points: Sequence[Point]) -> str:
    """Return all ranges, with how much more our rules get answered than the role in either half of each."""
    head = ("rate", "", "from", "to", "source", "gain in the lower half", "in the upper half")
    return table(head, [_rate_row(name, its, points) for name, its in RANGES.items()])


def _rate_row(name: str, its: Range, points: Sequence[Point]) -> Row:
    halves: tuple[list[float], list[float]] = ([], [])
    for point in points:
        halves[getattr(point.rates, name) >= its.at(0.5)].append(point.gain)
    gains = [f"{statistics.fmean(half):+.0%}" for half in halves]
    return (name, its.what, f"{its.low:g}", f"{its.high:g}", its.source, *gains)


def _compared(points: Sequence[Point]) -> Row:
    """Return the mean shares that were answered, and the share of the points at which the goals are met."""
    figures = (
        [point.ours.answered for point in points],
        [point.role.answered for point in points],
        [point.gain >= 0 for point in points],
        [point.pinged <= PINGS for point in points],
        [point.gain >= 0 and point.pinged <= PINGS for point in points],
    )
    return tuple(f"{statistics.fmean(each):.0%}" for each in figures)
