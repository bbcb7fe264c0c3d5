"""The picture: both sides of each attack by standing, over 180 days."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.simulation.canvas import Canvas, Point
from benchmarks.simulation.standing.attacks import ATTACKS
from benchmarks.simulation.standing.history import DAYS, LOOKS
from benchmarks.simulation.standing.summary import Course, Means, Results
from cogs._ui.pictures import HUES, QUIET

NONE, SOME, FIVE = "#50535f", HUES[1], HUES[0]
LEGEND = ((NONE, "0 or 1 chain: no word"), (SOME, "2 to 4: familiar"), (FIVE, "5: well tied, given time"))

WIDTH, HEIGHT = 1280, 1020
LEFT, TOP = 84, 176  # of the first chart
CHART_WIDTH, CHART_HEIGHT = 240, 180
BESIDE, ACROSS, DOWN = 40, 620, 286  # from chart to chart of an attack, from attack to attack
TICKS = (0, 30, 90, DAYS)


def draw(results: Results, path: Path) -> None:
    """Draw the picture into a PNG file."""
    canvas = Canvas(WIDTH, HEIGHT)
    of = len(results.courses[0].outcomes)
    canvas.write((36, 30), "Who gets which standing: honest members and six attacks", 28)
    canvas.write(
        (36, 68), f"Share of accounts by separate chains of thanks, mean of {of} simulated communities", 17, QUIET
    )
    _legend(canvas)
    for number, name in enumerate(ATTACKS):
        _panel(canvas, (LEFT + number % 2 * ACROSS, TOP + number // 2 * DOWN), results.course(name))
    canvas.save(path)


def _legend(canvas: Canvas) -> None:
    left = 36.0
    for colour, what in LEGEND:
        canvas.box((left, 100), (left + 18, 118), colour)
        canvas.write((left + 26, 96), what, 17)
        left += 60 + canvas.width(what, 17)


def _panel(canvas: Canvas, corner: Point, course: Course) -> None:
    left, top = corner
    right = left + CHART_WIDTH + BESIDE
    canvas.write((left, top - 34), course.name.capitalize(), 20)
    canvas.write((right + CHART_WIDTH, top - 29), _told(course), 15, QUIET, "ra")
    for share in (0, 50, 100):
        canvas.write((left - 8, top + CHART_HEIGHT * (1 - share / 100)), f"{share} %", 14, QUIET, "rm")
    _chart(canvas, (left, top), course.honest, "honest members")
    _chart(canvas, (right, top), course.attacking, "attacking accounts")


def _told(course: Course) -> str:
    days = course.first_days
    most = max(outcome.most_chains for outcome in course.outcomes)
    shown = f"shown to moderators by day {days[-1]}" if len(days) == len(course.outcomes) else "not shown"
    return f"{most} chains at most; {shown}"


def _chart(canvas: Canvas, corner: Point, look: Callable[[int], Means], side: str) -> None:
    """Draw the shares of one side over the days, one upon the other, the highest standing at the bottom."""
    left, top = corner
    bottom = top + CHART_HEIGHT
    means = {left + CHART_WIDTH * day / DAYS: look(day) for day in LOOKS}
    canvas.box(corner, (left + CHART_WIDTH, bottom), NONE)
    for colour, share in ((SOME, _with_word), (FIVE, _with_five)):
        line = [(x, bottom - CHART_HEIGHT * share(each)) for x, each in means.items()]
        canvas.area([(left, bottom), *line, (left + CHART_WIDTH, bottom)], colour)
    for day in TICKS:
        canvas.write((left + CHART_WIDTH * day / DAYS, bottom + 6), str(day), 14, QUIET, "ma")
    accounts = f"{means[left].accounts:.0f} {side}, by day"
    canvas.write((left + CHART_WIDTH / 2, bottom + 26), accounts, 15, QUIET, "ma")


def _with_word(means: Means) -> float:
    return (means.some + means.five) / means.accounts


def _with_five(means: Means) -> float:
    return means.five / means.accounts
