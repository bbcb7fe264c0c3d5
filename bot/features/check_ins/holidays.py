"""Public holidays, by the package ``holidays``: loaded when a schedule leaves some out, and beside the event loop."""

import asyncio
from collections.abc import Mapping
from datetime import date

from bot.features.check_ins.times import Skips

_YEARS = 3  # the last, this and the next: as far ahead as a schedule is looked at


class Holidays:
    """The public holidays of countries, as they were asked for last."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Mapping[date, str]] = {}

    async def countries(self) -> list[str]:
        """Return the ISO codes of the countries that are known."""
        return await asyncio.to_thread(_countries)

    async def skips(self, country: str, today: date) -> Skips:
        """Return which days are public holidays in a ``country``, by its ISO code; none is where it is empty."""
        if not country:
            return lambda _: False
        asked = country, today.year
        if asked not in self._known:
            self._known[asked] = await asyncio.to_thread(_days, *asked)
        days = self._known[asked]
        return lambda day: day in days


def _days(country: str, year: int) -> Mapping[date, str]:
    import holidays

    if country not in holidays.list_supported_countries():
        return {}  # it was known once, as schedules keep no other; without its holidays, they go on
    return dict(holidays.country_holidays(country, years=range(year - 1, year - 1 + _YEARS)))


def _countries() -> list[str]:
    import holidays

    return sorted(holidays.list_supported_countries(include_aliases=False))  # which are the same in three letters
