"""Days and times of day, as people type them on a phone."""

import re
import unicodedata
from datetime import date, time

_LONGEST = 50  # characters: more than any spelling of a day has
_LEAP = 8  # years that February 29 stays away at most
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august"]
_MONTHS += ["september", "october", "november", "december"]
_SHORT_MONTHS = [month[:3] for month in _MONTHS]
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|sept|{'|'.join(_SHORT_MONTHS)})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})[-/.年]\s?(?P<month>\d{1,2})[-/.月]\s?(?P<day>\d{1,2})日?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<month>\d{1,2})[-/.月]\s?(?P<day>\d{1,2})日?",
        rf"{_MONTH}\s?{_DAY}(?:(?:,|,?\s)(?P<year>\d{{4}}))?",
        rf"{_DAY}\s?(?:of\s)?{_MONTH}(?:(?:,|,?\s)(?P<year>\d{{4}}))?",
    )
)
_ENGLISH = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_JAPANESE = r"[月火水木金土日](?:曜日?)?(?:・?祝)?"
_WEEKDAY = re.compile(rf"\s?\((?:{_JAPANESE}|{_ENGLISH})\)$|^{_ENGLISH}(?:,\s?|\s)")  # as in 12/6(日) and Sun, Dec 6


_TIME = re.compile(
    r"(?P<first>午前|午後)?\s?(?P<hour>\d{1,2})"
    r"(?:[:.h]\s?(?P<minute>\d{2})?|時\s?(?:(?P<minutes>\d{1,2})分?|(?P<thirty>半))?)?"
    r"\s?(?P<half>am|pm|a\.m\.|p\.m\.)?"
)
_TIME_IN_FOUR = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})")
_NOON = 12
_AFTER_NOON = {"午後", "pm", "p.m."}


def typed_time(text: str) -> time | None:
    """Return the time of day that ``text`` names, or None if it names none.

    Taken are ``20:30``, ``2030``, ``20時30分``, ``8:30 pm``, ``午後8時半`` and hours alone, full-width characters too.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    found = _TIME_IN_FOUR.fullmatch(plain) or _TIME.fullmatch(plain)
    if found is None:
        return None
    said = found.groupdict("")
    hour, half = int(said["hour"]), said.get("first") or said.get("half")
    minute = 30 if said.get("thirty") else int(said["minute"] or said.get("minutes") or 0)
    if half and not (0 if said.get("first") else 1) <= hour <= _NOON:  # 午後0時 is noon; nobody says 0 am
        return None
    if half:
        hour = hour % _NOON + (_NOON if half in _AFTER_NOON else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def typed_date(text: str, today: date) -> date | None:
    """Return the day that ``text`` names, or None if it names none.

    Taken are the year, month and day, or the month and the day, in numbers or as in ``12月6日``, ``Dec 6`` and ``6
    December 2026``; a weekday beside them is not looked at. Without a year, it is the first such day from ``today`` on.
    """
    if len(text) > _LONGEST:
        return None
    plain = _WEEKDAY.sub("", " ".join(unicodedata.normalize("NFKC", text).casefold().split()))
    found = next(filter(None, (shape.fullmatch(plain) for shape in _SHAPES)), None)
    if found is None:
        return None
    month = int(found["month"]) if found["month"].isdecimal() else _SHORT_MONTHS.index(found["month"][:3]) + 1
    year = found.groupdict().get("year")
    years = (int(year),) if year else range(today.year, today.year + _LEAP + 1)
    days = (_day(each, month, int(found["day"])) for each in years)
    return next((day for day in days if day is not None and (year or day >= today)), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
