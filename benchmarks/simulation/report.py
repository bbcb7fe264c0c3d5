"""What every simulation hands in, and where it is shown: goals, tables as Markdown that reads well in a terminal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- from here on by make simulate -->", "<!-- up to here by make simulate -->"
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Goal:
    what: str
    wanted: str
    measured: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What came out of a simulation: ``told`` is everything but the goals, and ``draw`` makes its picture."""

    goals: Sequence[Goal]
    told: Sequence[tuple[str, str]]
    draw: Callable[[Path], None]

    @property
    def text(self) -> str:
        rows = [(goal.what, goal.wanted, goal.measured, "met" if goal.is_met else "**missed**") for goal in self.goals]
        parts = (("Goals", table(("what", "wanted", "measured", ""), rows)), *self.told)
        return "\n\n".join(f"### {title}\n\n{body}" for title, body in parts)


def table(head: Row, rows: Sequence[Row]) -> str:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = (head, tuple("-" * width for width in widths), *rows)
    return "\n".join(f"| {' | '.join(map(str.ljust, line, widths))} |" for line in lines)


def write(told: str, document: Path) -> None:
    """Put the tables between their two marks, and leave what people wrote around them."""
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{document} has lost the marks between which the tables belong.")
    document.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{after}", encoding="utf-8")
