"""The picture: what is answered by week, and at each point, by the bot's rules and by pinging a role."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.simulation.asking.community import DAYS
from benchmarks.simulation.asking.summary import Point, Results, by_week
from benchmarks.simulation.asking.tables import NOBODY, OURS, ROLE, WAYS
from benchmarks.simulation.canvas import Canvas
from benchmarks.simulation.canvas import Point as Spot
from cogs._ui.pictures import HUES, QUIET

COLOURS = {OURS: HUES[0], ROLE: HUES[1], NOBODY: QUIET}
FAINT = "#50535f"
WIDTH, HEIGHT = 1130, 620
TOP, SIDE = 170, 380  # of both charts
LEFT, RIGHT = 84, 630
SHARES = (0, 0.25, 0.5, 0.75, 1)
DOT = 3


def draw(results: Results, path: Path) -> None:
    """Draw the picture into a PNG file."""
    canvas = Canvas(WIDTH, HEIGHT)
    canvas.write((36, 30), "Who gets an answer within 24 hours, by who is pinged", 28)
    canvas.write(
        (36, 68), f"{len(results.points)} points of the ranges, 500 members for {DAYS} days at each", 17, QUIET
    )
    _by_week(canvas, results.sample)
    _by_point(canvas, results)
    canvas.save(path)


def _by_week(canvas: Canvas, points: Sequence[Point]) -> None:
    left = 36.0
    for name, colour in COLOURS.items():
        canvas.box((left, 112), (left + 18, 130), colour)
        canvas.write((left + 26, 108), name, 17)
        left += 60 + canvas.width(name, 17)
    _frame(canvas, LEFT, "mean of the sample, by week")
    for name, colour in COLOURS.items():
        shares = by_week([WAYS[name](point) for point in points])
        step = SIDE / (len(shares) - 1)
        canvas.line([(LEFT + step * week, _height(share)) for week, share in enumerate(shares)], colour, 3)
    canvas.write((LEFT, TOP + SIDE + 6), "1", 14, QUIET, "ma")
    canvas.write((LEFT + SIDE, TOP + SIDE + 6), str(DAYS // 7 + 1), 14, QUIET, "ma")


def _by_point(canvas: Canvas, results: Results) -> None:
    _frame(canvas, RIGHT, "the role, across, and our rules, upwards; above the line, ours answer more")
    canvas.line([(RIGHT, TOP + SIDE), (RIGHT + SIDE, TOP)], QUIET)
    for points, colour in ((results.corners, HUES[2]), (results.sample, HUES[0])):
        for point in points:
            _dot(canvas, (RIGHT + SIDE * point.role.answered, _height(point.ours.answered)), colour)
    for share in SHARES:
        canvas.write((RIGHT + SIDE * share, TOP + SIDE + 6), f"{share:.0%}", 14, QUIET, "ma")
    canvas.box((RIGHT, 112), (RIGHT + 18, 130), HUES[0])
    canvas.write((RIGHT + 26, 108), "a point of the sample", 17)
    canvas.box((RIGHT + 240, 112), (RIGHT + 258, 130), HUES[2])
    canvas.write((RIGHT + 266, 108), "a corner", 17)


def _frame(canvas: Canvas, left: int, what: str) -> None:
    for share in SHARES:
        canvas.write((left - 10, _height(share)), f"{share:.0%}", 14, QUIET, "rm")
        canvas.line([(left, _height(share)), (left + SIDE, _height(share))], FAINT)
    canvas.write((left + SIDE / 2, TOP + SIDE + 28), what, 15, QUIET, "ma")


def _dot(canvas: Canvas, at: Spot, colour: str) -> None:
    canvas.box((at[0] - DOT, at[1] - DOT), (at[0] + DOT, at[1] + DOT), colour)


def _height(share: float) -> float:
    return TOP + SIDE * (1 - share)
