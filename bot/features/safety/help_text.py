"""A list of help lines as text, one a line, as moderators read and change it."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.features.safety.help_lines import ALWAYS, DAY, SHIPPED, WEEK, HelpLine, Opening
from bot.kernel.text import is_visible

LINES_LIMIT = 10  # as many as fit into one message, each at its longest
NAME_LIMIT = 50  # characters
PHONE_LIMIT = 30
PAGE_LIMIT = 90
_OPENINGS_LIMIT = 4
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KANJI = "月火水木金土日"
_ALWAYS = ("24h", "24時間")
_UNKNOWN = "?"
_PHONE = re.compile(r"[0-9#*+][0-9 ()*#-]{2,}")
_PAGE = re.compile(r"https?://[^\s<>()|\[\]\\`]+")
_ANY_DAY = f"(?:{'|'.join(_DAYS)}|[{_KANJI}])"
_OPENING = re.compile(
    rf"(?:(?P<first>{_ANY_DAY})(?:-(?P<last>{_ANY_DAY}))? )?"
    r"(?P<begin>[0-9]{1,2}:[0-9]{2})-(?P<end>[0-9]{1,2}:[0-9]{2})"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑–—−〜~", "-"))


class BadLine(ValueError):
    """A line that can't be read, or the first of too many: its number, from 1."""

    def __init__(self, line: int, *, too_many: bool = False) -> None:
        super().__init__(line)
        self.line = line
        self.too_many = too_many


def as_text(lines: Sequence[HelpLine], zone: ZoneInfo) -> str:
    """Return ``lines`` as they can be typed in a server in ``zone``: name / name | number or page | hours."""
    return "\n".join(_typed(line, zone) for line in lines)


def read(typed: str, zone: ZoneInfo, today: date) -> tuple[HelpLine, ...]:
    """Return the help lines of a server in ``zone``, as ``typed``; hours are in ``zone`` unless a line names another.

    A shipped line that was left as it is stays one, with its source; the others were checked ``today``.

    Raises:
        BadLine: one can't be read, or there are too many.
    """
    shipped = {(line.names, line.reach): line for line in SHIPPED}
    numbered = [(number, line) for number, line in enumerate(typed.splitlines(), start=1) if line.strip()]
    if len(numbered) > LINES_LIMIT:
        raise BadLine(numbered[LINES_LIMIT][0], too_many=True)
    found = []
    for number, line in numbered:
        read_line = _read(number, line, zone, today)
        known = shipped.get((read_line.names, read_line.reach))
        is_known = known is not None and (known.openings, known.zone) == (read_line.openings, read_line.zone)
        found.append(known if known is not None and is_known else read_line)
    return tuple(found)


def _typed(line: HelpLine, zone: ZoneInfo) -> str:
    names = " / ".join(dict.fromkeys(line.names))
    hours = _ALWAYS[0] if line.is_always_open else ", ".join(map(_opening, line.openings)) or _UNKNOWN
    named = f" {line.zone.key}" if line.openings and not line.is_always_open and line.zone.key != zone.key else ""
    return f"{names} | {line.reach} | {hours}{named}"


def _opening(opening: Opening) -> str:
    """Return an opening as it can be typed, each stretch of days by itself."""
    hours = f"{_clock(opening.begin)}-{_clock(opening.end if opening.end <= DAY else opening.end - DAY)}"
    return ", ".join(f"{days} {hours}".strip() for days in _stretches(opening.days))


def _stretches(days: frozenset[int]) -> list[str]:
    if len(days) == WEEK:
        return [""]
    firsts = [day for day in sorted(days) if day - 1 not in days]
    lasts = [day for day in sorted(days) if day + 1 not in days]
    return [
        _DAYS[first] if first == last else f"{_DAYS[first]}-{_DAYS[last]}"
        for first, last in zip(firsts, lasts, strict=True)
    ]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _read(number: int, line: str, zone: ZoneInfo, today: date) -> HelpLine:
    parts = [" ".join(part.split()) for part in line.replace("｜", "|").split("|")]
    if len(parts) != 3:  # noqa: PLR2004 - name, number or page, hours
        raise BadLine(number)
    named, reach, hours = parts
    japanese, _, english = named.partition(" / ")
    names = japanese.strip(), english.strip() or japanese.strip()
    is_phone = len(reach) <= PHONE_LIMIT and _PHONE.fullmatch(reach)
    is_page = len(reach) <= PAGE_LIMIT and _PAGE.fullmatch(reach)
    if not (is_phone or is_page) or not all(is_visible(name) and len(name) <= NAME_LIMIT for name in names):
        raise BadLine(number)
    openings, hours_zone = _hours(number, unicodedata.normalize("NFKC", hours), zone)
    return HelpLine(names, reach, openings, hours_zone, "", today)


def _hours(number: int, hours: str, zone: ZoneInfo) -> tuple[tuple[Opening, ...], ZoneInfo]:
    *begun, last = hours.split(" ")
    if "/" in last:
        hours, zone = " ".join(begun), _zone(number, last)
    if hours.casefold() in _ALWAYS:
        return (ALWAYS,), SHIPPED[0].zone
    if hours == _UNKNOWN:
        return (), SHIPPED[0].zone
    pieces = hours.casefold().translate(_DASHES).replace("、", ",").split(",")
    openings = [_read_opening(number, piece.strip()) for piece in pieces]
    joined = [
        Opening(frozenset().union(*(each.days for each in openings if _times(each) == times)), *times)
        for times in dict.fromkeys(map(_times, openings))
    ]
    if len(joined) > _OPENINGS_LIMIT:
        raise BadLine(number)
    return tuple(joined), zone


def _times(opening: Opening) -> tuple[int, int]:
    return opening.begin, opening.end


def _zone(number: int, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # no zone, no name of one, or a folder of them
        raise BadLine(number) from error


def _read_opening(number: int, typed: str) -> Opening:
    found = _OPENING.fullmatch(typed)
    if found is None:
        raise BadLine(number)
    begin, end = (_minutes(found[name]) for name in ("begin", "end"))
    if begin is None or end is None or begin == DAY:
        raise BadLine(number)
    first, last = _day(found["first"]), _day(found["last"] or found["first"])
    days = frozenset((first + each) % WEEK for each in range((last - first) % WEEK + 1))
    return Opening(days if found["first"] else ALWAYS.days, begin, end if begin < end else end + DAY)


def _minutes(clock: str) -> int | None:
    hour, minute = map(int, clock.split(":"))
    minutes = hour * 60 + minute
    return minutes if minute < 60 and minutes <= DAY else None  # noqa: PLR2004 - minutes of an hour


def _day(name: str | None) -> int:
    return 0 if name is None else _KANJI.find(name) if name in _KANJI else _DAYS.index(name)
