"""The picture of `/standing`: a year of thanks, received above and given below, by what they were for.

It names nobody, and holds only what the member's own ledger says.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import babel.dates

from bot.features.reputation.model import CauseKind, Month
from bot.kernel.i18n import Locale, Texts
from cogs._ui.pictures import FAINT, GROUND, HUES, INK, QUIET, WIDTH, Box, Canvas, step_for

COLOURS = dict(zip(CauseKind, HUES, strict=False))

# All in points; what is at a height is a baseline or an edge.
_MARGIN = 24
_TITLE, _HEADING, _FIGURE, _TEXT, _LABEL = 22, 16, 23, 15, 14  # sizes of letters
_TITLE_AT, _RECEIVED_AT = 44, 88
_COLUMNS_LEFT, _COLUMNS_RIGHT = 58, WIDTH - _MARGIN  # left of them the figures of the scale
_COLUMNS_AT = 120  # the end of the upper half
_TALLEST = 168  # both halves together
_BAND = 48  # between them, for months and years
_GIVEN_AT = _COLUMNS_AT + _TALLEST + _BAND + 44
_LEGEND_AT, _LEGEND_ROW = _GIVEN_AT + 42, 26
_BAR, _ROUND = 22, 7
_GAP = 2  # before each part of a bar, so that they stay apart for everybody
_LEAST = 5  # how tall one thanks is at least, whatever the scale
_STEP, _LINES = 2, 4  # of the scale: at least so many thanks a line, at most so many lines in the taller half
_BEADS = 8  # on a scale up to this, each thanks is a bead of its own

_QUIET_HEIGHT, _QUIET_DOTS_AT, _QUIET_WORDS_AT = 208, 112, 168


def year_of_ties(texts: Texts, locale: Locale, months: Sequence[Month]) -> bytes:
    """Return a picture of ``months``, of which there is at least one, oldest first, as PNG.

    Takes tens of milliseconds: call it in a thread.
    """
    return _Year(texts, locale, months).drawn() if _by_kind(months) else _quiet_year(texts, locale, months)


def described(texts: Texts, locale: Locale, months: Sequence[Month]) -> str:
    """Return what the picture of ``months`` shows, in words, for who does not see it."""

    def times(count: int) -> str:
        return texts.plural(locale, "reputation.times", count)

    if not _by_kind(months):
        return texts(locale, "reputation.picture_quiet")
    received, given = _sums(months)
    kinds = [f"{texts(locale, f'reputation.cause_{kind}')} {times(count)}" for kind, count in _by_kind(months).items()]
    return texts(
        locale,
        "reputation.picture_described",
        span=_span(locale, months),
        received=times(received.total()),
        given=times(given.total()),
        kinds=texts.listing(locale, kinds),
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale for both halves: the distance of its lines, and where each half ends, as numbers of thanks."""

    step: int
    up: int
    down: int

    @classmethod
    def reaching(cls, received: int, given: int) -> "Scale":
        """Return the scale for months of so many thanks at most. The half that needs less room gets less."""
        step = max(_STEP, step_for(max(received, given), _LINES))
        up, down = -(-received // step), -(-given // step)
        taller = max(up, down, 2)
        least = -(-taller // 3)
        up, down = (taller, max(down, least)) if up >= down else (max(up, least), taller)
        return cls(step, up * step, down * step)

    def points(self, thanks: float) -> float:
        """Return how tall so many thanks are."""
        return _TALLEST * thanks / (self.up + self.down)


class _Year:
    """A year with thanks in it."""

    def __init__(self, texts: Texts, locale: Locale, months: Sequence[Month]) -> None:
        self._texts, self._locale, self._months = texts, locale, months
        self._received, self._given = _sums(months)
        self._kinds = list(_by_kind(months))
        self._legend_columns = 2 if len(self._kinds) in {1, 2, 4} else 3
        rows = -(-len(self._kinds) // self._legend_columns)
        self._canvas = _titled(texts, locale, months, _LEGEND_AT + _LEGEND_ROW * (rows - 1) + _MARGIN)
        self._scale = Scale.reaching(
            max(sum(month.received.values()) for month in months), max(sum(month.given.values()) for month in months)
        )
        self._up_from = _COLUMNS_AT + self._scale.points(self._scale.up)  # where bars of received thanks begin
        self._down_from = self._up_from + _BAND
        self._column = (_COLUMNS_RIGHT - _COLUMNS_LEFT) / len(months)

    def drawn(self) -> bytes:
        """Return the picture."""
        self._heading(_RECEIVED_AT, "reputation.picture_received", self._received.total())
        self._heading(_GIVEN_AT, "reputation.picture_given", self._given.total())
        self._lines(self._up_from, -1, self._scale.up)
        self._lines(self._down_from, 1, self._scale.down)
        for number, month in enumerate(self._months):
            x = _COLUMNS_LEFT + self._column * (number + 0.5)
            self._bar(x, self._up_from, -1, month.received)
            self._bar(x, self._down_from, 1, month.given)
            self._date(x, month, is_year_named=number == 0 or month.first.month == 1)
        self._legend()
        return self._canvas.png()

    def _heading(self, y: float, key: str, total: int) -> None:
        """Write what one half shows, and how many thanks that are."""
        words = self._texts(self._locale, key)
        width = self._canvas.text((_MARGIN, y), words, _HEADING, room=WIDTH * 0.6)
        self._canvas.text((_MARGIN + width + 10, y), f"{total:,}", _FIGURE)

    def _lines(self, start: float, way: Literal[1, -1], top: int) -> None:
        """Draw the lines of the scale from ``start`` upwards (-1) or downwards (1), with their figures."""
        for value in range(0, top + 1, self._scale.step):
            y = start + way * self._scale.points(value)
            self._canvas.bar(Box(_COLUMNS_LEFT, y - 0.25, _COLUMNS_RIGHT, y + 0.25), FAINT)
            if value:
                x = _COLUMNS_LEFT - 7
                self._canvas.text((x, y + 5), f"{value:,}", _LABEL, QUIET, side="r", room=x - _MARGIN)

    def _bar(self, x: float, start: float, way: Literal[1, -1], counts: Mapping[CauseKind, int]) -> None:
        """Draw one month's thanks from ``start`` upwards (-1) or downwards (1), with their number at the end."""
        end = start
        for colour, height in self._parts(counts):
            near, end = end + way * _GAP, end + way * height
            self._canvas.bar(Box(x - _BAR / 2, min(near, end), x + _BAR / 2, max(near, end)), colour, _ROUND)
        if end != start:
            figure, baseline = f"{sum(counts.values()):,}", end - 5 if way < 0 else end + 15
            half = self._canvas.width(figure, _LABEL) / 2 + 2
            self._canvas.bar(Box(x - half, baseline - 12, x + half, baseline + 1), GROUND)  # no line runs through it
            self._canvas.text((x, baseline), figure, _LABEL, side="m", room=self._column)

    def _parts(self, counts: Mapping[CauseKind, int]) -> list[tuple[str, float]]:
        """Return the parts of a bar, from its beginning: colours, and heights with the gap before."""
        parts = [(COLOURS[kind], counts[kind]) for kind in self._kinds if counts.get(kind)]
        if max(self._scale.up, self._scale.down) <= _BEADS:
            parts = [(colour, 1) for colour, count in parts for _ in range(count)]
        heights = [max(_LEAST, self._scale.points(count)) for _, count in parts]
        if heights:  # what small parts have too much, the tallest one gives
            tallest, over = heights.index(max(heights)), sum(heights) - self._scale.points(sum(counts.values()))
            heights[tallest] = max(_LEAST, heights[tallest] - over)
        return [(colour, height) for (colour, _), height in zip(parts, heights, strict=True)]

    def _date(self, x: float, month: Month, *, is_year_named: bool) -> None:
        """Write a month's name, the calmer if nothing was in it, and its year where that is new."""
        name = babel.dates.format_date(month.first, "LLL", locale=self._locale)
        colour = INK if any(month.received.values()) or any(month.given.values()) else QUIET
        room = self._column - 2
        self._canvas.text((x, self._up_from + 21), name, _LABEL, colour, side="m", room=room)
        if is_year_named:
            self._canvas.text((x, self._up_from + 39), str(month.first.year), _LABEL, QUIET, side="m", room=room)

    def _legend(self) -> None:
        """Write what each colour is for."""
        width = (WIDTH - 2 * _MARGIN) / self._legend_columns
        for number, kind in enumerate(self._kinds):
            row, column = divmod(number, self._legend_columns)
            x, y = _MARGIN + column * width, _LEGEND_AT + row * _LEGEND_ROW
            self._canvas.bar(Box(x, y - 11, x + 12, y + 1), COLOURS[kind], 4)
            name = self._texts(self._locale, f"reputation.cause_{kind}")
            self._canvas.text((x + 20, y), name, _TEXT, room=width - 34)


def _titled(texts: Texts, locale: Locale, months: Sequence[Month], height: int) -> Canvas:
    """Return a picture that says what it is and of which time, and nothing else yet."""
    canvas = Canvas(height)
    width = canvas.text((WIDTH - _MARGIN, _TITLE_AT), _span(locale, months), _TEXT, QUIET, side="r")
    title = texts(locale, "reputation.picture_title")
    canvas.text((_MARGIN, _TITLE_AT), title, _TITLE, room=WIDTH - 3 * _MARGIN - width)
    return canvas


def _quiet_year(texts: Texts, locale: Locale, months: Sequence[Month]) -> bytes:
    """Return the picture of a year in which nothing was recorded: a thread of lights, of which the last one is on."""
    canvas, apart = _titled(texts, locale, months, _QUIET_HEIGHT), (WIDTH - 4 * _MARGIN) / len(months)
    canvas.bar(Box(2 * _MARGIN, _QUIET_DOTS_AT - 0.25, WIDTH - 2 * _MARGIN, _QUIET_DOTS_AT + 0.25), FAINT)
    for number in range(len(months)):
        x, is_last = 2 * _MARGIN + apart * (number + 0.5), number == len(months) - 1
        reach = 7 if is_last else 4
        dot = Box(x - reach, _QUIET_DOTS_AT - reach, x + reach, _QUIET_DOTS_AT + reach)
        canvas.bar(dot, HUES[0] if is_last else FAINT, reach)
    words = texts(locale, "reputation.picture_quiet")
    canvas.text((WIDTH / 2, _QUIET_WORDS_AT), words, _HEADING, side="m", room=WIDTH - 2 * _MARGIN)
    return canvas.png()


def _sums(months: Sequence[Month]) -> tuple[Counter[CauseKind], Counter[CauseKind]]:
    """Return how many thanks were received and given in all ``months``, by kind."""
    received, given = Counter[CauseKind](), Counter[CauseKind]()
    for month in months:
        received.update(month.received)
        given.update(month.given)
    return received, given


def _by_kind(months: Sequence[Month]) -> dict[CauseKind, int]:
    """Return how many thanks there are of each kind that occurs, in the order of the kinds."""
    received, given = _sums(months)
    return {kind: received[kind] + given[kind] for kind in CauseKind if received[kind] + given[kind]}


def _span(locale: Locale, months: Sequence[Month]) -> str:
    """Return from which month to which, with plain spaces only."""
    span = babel.dates.format_interval(months[0].first, months[-1].first, "yMMM", locale=locale)
    return " ".join(span.split())
