"""The tables, as Markdown that also reads well in a terminal."""

import statistics
from collections.abc import Iterator, Sequence

from benchmarks.simulation.report import Row, table
from benchmarks.simulation.standing.attacks import ATTACKS
from benchmarks.simulation.standing.flags import Flags
from benchmarks.simulation.standing.goals import named
from benchmarks.simulation.standing.helping import KNOWN_GIVERS, Share
from benchmarks.simulation.standing.history import DAYS, EARLY
from benchmarks.simulation.standing.others import OTHER_RULES, OtherRule, ranks
from benchmarks.simulation.standing.summary import Course, Means, Results

SHOWN_DAYS = (30, 90, DAYS)


def tables(results: Results) -> list[tuple[str, str]]:
    """Return all tables, each with its title."""
    return [
        ("Members who helped", _helped(results)),
        ("Honest and attacking members by standing", _standing(results)),
        ("What is shown to moderators", _flags(results)),
        ("The same under the rules of two other bots", _others(results)),
    ]


def _helped(results: Results) -> str:
    compared = "unlimited chains", f"{KNOWN_GIVERS} known givers"
    head = ("community", "recorded a day", "had helped", "with 5 chains", "one in ten below", *compared)
    return table(head, [_helped_row(share) for share in results.shares])


def _helped_row(share: Share) -> Row:
    tenth = statistics.quantiles(share.shares, n=10, method="inclusive")[0] if len(share.shares) > 1 else share.mean
    figures = (share.mean, tenth, statistics.fmean(share.unlimited), statistics.fmean(share.by_known))
    return (named(share), f"{share.recorded:.0f}", f"{share.helpers:.0f}", *(f"{figure:.0%}" for figure in figures))


def _standing(results: Results) -> str:
    head = ("attack", "side", "accounts", *(f"day {day}" for day in SHOWN_DAYS), "well tied")
    return table(head, [row for course in results.courses for row in _standing_rows(course)])


def _standing_rows(course: Course) -> Iterator[Row]:
    for side, look, digits in (("honest", course.honest, 0), ("attacking", course.attacking, 1)):
        looks = [look(day) for day in SHOWN_DAYS]
        if looks[-1].accounts:
            bands = (_bands(means, digits) for means in looks)
            yield (course.name, side, f"{looks[-1].accounts:.0f}", *bands, f"{looks[-1].well_tied:.{digits}f}")


def _bands(means: Means, digits: int) -> str:
    return " / ".join(f"{count:.{digits}f}" for count in (means.none, means.some, means.five))


def _flags(results: Results) -> str:
    head = ("attack", "shown in", "first on day", "of its accounts", "chains once reversed", "honest members shown")
    return table(head, [_flags_row(course) for course in results.courses])


def _flags_row(course: Course) -> Row:
    days, flags = course.first_days, [outcome.flags for outcome in course.outcomes]
    first = f"{statistics.median_low(days)} ({days[0]}-{days[-1]})" if days else "–"
    shown = f"{statistics.fmean(each.shown for each in flags):.1f}" if days else "–"
    left = str(max(each.left for each in flags)) if days else "–"
    return (course.name, f"{len(days)} of {len(flags)}", first, shown, left, _honest(flags))


def _honest(flags: Sequence[Flags]) -> str:
    """Return how many honest members were ever shown in all communities, in how many of these, and until when."""
    until = [each.honest_until for each in flags if each.honest_until is not None]
    return f"{sum(len(each.honest) for each in flags)} in {len(until)}, until day {max(until)}" if until else "0"


def _others(results: Results) -> str:
    head = (
        "attack",
        "rule",
        *(f"day {day}: {what}" for day in (EARLY, DAYS) for what in ("in the top ten", "ahead of")),
    )
    return table(head, [_others_row(results.course(name), rule) for name in ATTACKS for rule in OTHER_RULES])


def _others_row(course: Course, rule: OtherRule) -> Row:
    found = [ranks(rule, course.outcomes, day) for day in (EARLY, DAYS)]
    figures = (figure for each in found for figure in (f"{each.on_top:.1f}", f"{each.ahead_of:.0%}"))
    return (course.name, rule.name, *figures)
