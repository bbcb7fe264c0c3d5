"""The picture of `/checkin me`: half a year of one's own moods, week by week. It names nobody, not even its owner."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import babel.dates

from bot.features.check_ins.model import Mood
from bot.features.check_ins.own import Week
from bot.kernel.i18n import Locale, Texts
from cogs._ui.pictures import FAINT, HUES, INK, QUIET, WIDTH, Box, Canvas

_COLOURS = dict(zip(Mood, HUES, strict=False))

# All in points; what is at a height is a baseline or an edge.
_MARGIN = 24
_TITLE, _TEXT, _LABEL = 22, 15, 14  # sizes of letters
_TITLE_AT, _ROWS_AT, _ROW = 44, 84, 38
_LEFT, _RIGHT = 118, WIDTH - _MARGIN  # of the weeks; left of them the moods' names
_MONTHS_AT = _ROWS_AT + _ROW * len(Mood) + 22
_HEIGHT = _MONTHS_AT + _MARGIN
_TALLEST = 26  # of a week in which a mood came as often as a day has it
_OFTEN = 7  # times in a week, from which on a bar is at its tallest
_TO_SUNDAY = timedelta(days=6)
_DOT = 2  # how far a week without a mood reaches


def half_a_year(texts: Texts, locale: Locale, weeks: Sequence[Week]) -> bytes:
    """Return a picture of ``weeks``, of which there is at least one, the oldest first, as PNG.

    Takes tens of milliseconds: call it in a thread.
    """
    canvas = Canvas(_HEIGHT)
    width = canvas.text((_RIGHT, _TITLE_AT), _span(locale, weeks), _TEXT, QUIET, side="r")
    canvas.text(
        (_MARGIN, _TITLE_AT), texts(locale, "check_ins.picture_title"), _TITLE, room=_RIGHT - 2 * _MARGIN - width
    )
    column = (_RIGHT - _LEFT) / len(weeks)
    for row, mood in enumerate(Mood):
        middle = _ROWS_AT + _ROW * row + _ROW / 2
        canvas.text((_MARGIN, middle + 5), _name(texts, locale, mood), _LABEL, INK, room=_LEFT - _MARGIN - 10)
        for number, week in enumerate(weeks):
            _bar(canvas, (_LEFT + column * (number + 0.5), middle), column, week.moods.get(mood, 0), _COLOURS[mood])
    for number, week in enumerate(weeks):
        if number == 0 or week.first.month != weeks[number - 1].first.month:
            name = babel.dates.format_date(week.first, "LLL", locale=locale)
            x = _LEFT + column * number
            if x + canvas.width(name, _LABEL) <= _RIGHT:
                canvas.text((x, _MONTHS_AT), name, _LABEL, QUIET)
    return canvas.png()


def described(texts: Texts, locale: Locale, weeks: Sequence[Week]) -> str:
    """Return what the picture of ``weeks`` shows, in words, for who does not see it: in all, and month by month."""
    by_month: dict[date, Counter[Mood]] = {}
    for week in weeks:
        by_month.setdefault(week.first.replace(day=1), Counter()).update(week.moods)
    months = [
        texts(
            locale,
            "check_ins.picture_month",
            month=babel.dates.format_date(month, "LLL", locale=locale),
            moods=_counted(texts, locale, moods),
        )
        for month, moods in by_month.items()
        if moods.total()
    ]
    every = _counted(texts, locale, sum(by_month.values(), Counter[Mood]()))
    span = _span(locale, weeks)
    return " ".join([texts(locale, "check_ins.picture_described", span=span, moods=every), *months])


def _counted(texts: Texts, locale: Locale, moods: Counter[Mood]) -> str:
    """Return how often each of ``moods`` came."""
    told = [
        texts(locale, "check_ins.picture_mood", mood=_name(texts, locale, mood), count=moods[mood])
        for mood in Mood
        if moods[mood]
    ]
    return texts.listing(locale, told)


def _bar(canvas: Canvas, at: tuple[float, float], column: float, count: int, colour: str) -> None:
    """Draw how often a mood came in a week: a bar that is the taller the oftener it did, a dot where it did not."""
    x, middle = at
    half, reach = column * 0.36, _DOT
    if count:
        reach = max(4, round(_TALLEST * min(count, _OFTEN) / _OFTEN / 2) + 2)
    half = half if count else _DOT
    canvas.bar(Box(x - half, middle - reach, x + half, middle + reach), colour if count else FAINT, 4)


def _name(texts: Texts, locale: Locale, mood: Mood) -> str:
    """Return what a mood is called, without its sign, which the font does not have."""
    return texts(locale, f"check_ins.mood_{mood}").split(maxsplit=1)[-1]


def _span(locale: Locale, weeks: Sequence[Week]) -> str:
    """Return from which month to which the weeks reach, with plain spaces only."""
    span = babel.dates.format_interval(weeks[0].first, weeks[-1].first + _TO_SUNDAY, "yMMM", locale=locale)
    return " ".join(span.split())
