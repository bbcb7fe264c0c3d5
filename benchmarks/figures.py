"""One measured figure, and how all of them are printed."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

WIDTH = 132  # columns, also where the output is no terminal


@dataclass(frozen=True)
class Series:
    """Repeated measurements of one thing, all in the same unit."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float]) -> "Series":
        return cls(tuple(sorted(values)))

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def quantile(self, share: float) -> float:
        """Return the smallest value that at least ``share`` of all values do not exceed."""
        return self.values[min(len(self.values) - 1, max(0, -int(-share * len(self.values) // 1) - 1))]

    def shown(self, unit: str, digits: int = 0) -> str:
        spread = f"{self.values[0]:,.{digits}f}-{self.values[-1]:,.{digits}f}"
        return f"{self.median:,.{digits}f} {unit} ({spread})"


@dataclass(frozen=True)
class Figure:
    """One line: what, measured, beside the bare client, and whether it is below its goal. No goal: only told."""

    what: str
    measured: str
    value: float | None = None
    most: float | None = None
    unit: str = ""
    bare: str = ""

    @property
    def missed(self) -> bool:
        return self.most is not None and (self.value is None or self.value > self.most)

    @property
    def verdict(self) -> str:
        if self.most is None:
            return ""
        return "missed" if self.missed else "met"

    @property
    def ratio(self) -> str:
        return f"{self.value:.2f} ×" if self.bare and self.value is not None else ""

    @property
    def goal(self) -> str:
        return "" if self.most is None else f"≤ {self.most:,g} {self.unit}"


def compared(what: str, unit: str, ours: Series, bare: Series, most: float | None = None, digits: int = 0) -> Figure:
    """Return the line that sets the medians of both in relation."""
    ratio = ours.median / bare.median
    return Figure(what, ours.shown(unit, digits), ratio, most, "×", bare.shown(unit, digits))


def show(figures: Sequence[Figure]) -> bool:
    """Print all lines; return whether every goal is met."""
    table = Table("what", "measured", "bare", "ratio", "goal", "", title="median (least-most)", title_justify="left")
    for figure in figures:
        table.add_row(figure.what, figure.measured, figure.bare, figure.ratio, figure.goal, figure.verdict)
    Console(width=WIDTH).print(table)
    return not any(figure.missed for figure in figures)
