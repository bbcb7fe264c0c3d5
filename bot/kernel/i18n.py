"""Words in Japanese and English. The language is always handed in, never ambient."""

import gettext
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo

import babel.dates
import babel.lists
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Locale = Literal["ja", "en"]
LOCALES: tuple[Locale, ...] = get_args(Locale)

_CATALOGUES = Path(__file__).parent.parent / "locales"


def locale_of(tag: str | None) -> Locale:
    """Return the language to speak for a language ``tag`` such as ``ja`` or ``en-GB``.

    Japanese for Japanese; English for everything else and for no tag at all.
    """
    return "ja" if tag is not None and tag.lower().startswith("ja") else "en"


class Texts:
    """Both catalogues. Keys are dotted names, the sentences are written in each language."""

    def __init__(self) -> None:
        self._catalogues = {locale: _load(locale) for locale in LOCALES}

    def __call__(self, locale: Locale, key: str, **values: object) -> str:
        """Return the sentence ``key`` in ``locale``, its ``{names}`` filled from ``values``."""
        return self._catalogues[locale].gettext(key).format(**values)

    def plural(self, locale: Locale, key: str, count: int, **values: object) -> str:
        """Return the sentence ``key`` in the form for ``count``, which fills ``{count}``."""
        return self._catalogues[locale].ngettext(key, key, count).format(count=count, **values)

    def has(self, locale: Locale, key: str) -> bool:
        """Return whether the catalogue of ``locale`` holds ``key``."""
        return self._catalogues[locale].gettext(key) != key

    @staticmethod
    def listing(locale: Locale, items: Sequence[str]) -> str:
        """Return ``items`` as one enumeration in ``locale``."""
        return babel.lists.format_list(items, style="standard", locale=locale) if items else ""

    @staticmethod
    def moment(locale: Locale, moment: datetime, zone: ZoneInfo) -> str:
        """Return the aware ``moment`` as weekday, date and time in ``zone``."""
        pattern = "M月d日(E) H:mm" if locale == "ja" else "EEE d MMM, HH:mm"
        return babel.dates.format_datetime(moment, pattern, tzinfo=zone, locale=locale)

    @staticmethod
    def day(locale: Locale, day: date) -> str:
        """Return a ``day`` as weekday and date."""
        return babel.dates.format_date(day, "M月d日(E)" if locale == "ja" else "EEE d MMM", locale=locale)

    @classmethod
    def weekdays(cls, locale: Locale, days: Iterable[int]) -> str:
        """Return ``days`` of the week, 0 for Monday, as one enumeration of their short names."""
        names = babel.dates.get_day_names("abbreviated", locale=locale)
        return cls.listing(locale, [names[day] for day in sorted(days)])

    @staticmethod
    def duration(locale: Locale, span: timedelta) -> str:
        """Return ``span`` in the largest unit that fits it."""
        told: str = babel.dates.format_timedelta(span, locale=locale)
        return told.replace(" ", "") if locale == "ja" else told


@cache
def _load(locale: Locale) -> gettext.GNUTranslations:
    with (_CATALOGUES / locale / "LC_MESSAGES" / "goen.po").open("rb") as source:
        catalogue = read_po(source, locale=locale, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
