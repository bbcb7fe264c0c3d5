"""How help lines look: those that are open now first, each with its hours, whatever the reader's zone."""

from collections.abc import Iterator, Mapping

import babel.dates

from bot.features.safety.help_lines import DAY, WEEK, HelpLine, HelpNow, Opening, by_opening
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, moment, said_in_a_line
from cogs._ui.controls import button
from cogs._ui.custom_ids import CustomId
from cogs.safety.render import FEATURE


class HelpRender:
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def sentence(self, locale: Locale, key: str) -> Card:
        """Return the sentence ``key``."""
        return Card().text(self._texts(locale, key))

    def lists(self, server_id: int, locale: Locale) -> Card:
        """Return the lists that a server can change, each with its button."""
        card = Card(colour=WARM)
        for action in ("rules", "crisis_words", "crisis_lines"):
            way = button(self._texts(locale, f"safety.{action}"), CustomId(FEATURE, action, server_id))
            card.section(self._texts(locale, f"safety.about_{action}"), way)
        return card

    def told(self, help_now: HelpNow, locale: Locale, key: str) -> Card:
        """Return the sentence ``key`` with the help lines below it."""
        return self.sentence(locale, key).text(self.lines(help_now, locale))

    def lines(self, help_now: HelpNow, locale: Locale) -> str:
        """Return the help lines, as they are to be named now."""
        lines = by_opening(help_now.lines, help_now.now)
        is_open = [line.is_open(help_now.now) for line in lines]
        parts = []
        for state, title in ((True, "safety.help_open"), (False, "safety.help_later")):
            some = [line for line, opened in zip(lines, is_open, strict=True) if opened is state]
            if some:
                parts.append(self._texts(locale, title))
                parts += [f"- {self._line(line, help_now, locale)}" for line in some]
        checked = min(line.checked for line in lines)
        return "\n".join([*parts, f"-# {self._texts(locale, 'safety.help_checked', date=checked.isoformat())}"])

    def _line(self, line: HelpLine, help_now: HelpNow, locale: Locale) -> str:
        name = said_in_a_line(line.names[0 if locale == "ja" else 1])
        shown = f"[{name}]({line.page})" if line.page else name
        reach = "" if line.reach.startswith("http") else f"**{said_in_a_line(line.reach)}**"
        hours = "　".join(filter(None, (self._hours(line, locale), self._next(line, help_now, locale))))
        return "　".join(filter(None, (shown, reach, hours)))

    def _hours(self, line: HelpLine, locale: Locale) -> str:
        if line.is_always_open:
            return self._texts(locale, "safety.help_always")
        if not line.openings:
            return self._texts(locale, "safety.help_varies")
        hours = self._texts.listing(locale, [_opening(each, locale) for each in line.openings])
        zone = babel.dates.get_timezone_name(line.zone, width="long", locale=locale, zone_variant="standard")
        return self._texts(locale, "safety.help_hours", hours=hours, zone=zone)

    def _next(self, line: HelpLine, help_now: HelpNow, locale: Locale) -> str:
        """Return when a line that is closed opens, as Discord shows it to each reader in their own zone."""
        opens_at = line.opens_at(help_now.now)
        if opens_at is None or opens_at <= help_now.now:
            return ""
        return self._texts(locale, "safety.help_opens", when=moment(opens_at, "R"))


def _opening(opening: Opening, locale: Locale) -> str:
    names = babel.dates.get_day_names("abbreviated", locale=locale)
    days = "" if len(opening.days) == WEEK else _ENUMERATION[locale].join(_stretches(sorted(opening.days), names))
    hours = f"{_clock(opening.begin)}–{_clock(opening.end if opening.end <= DAY else opening.end - DAY)}"
    return f"{days} {hours}".strip()


_ENUMERATION: dict[Locale, str] = {"ja": "・", "en": ", "}


def _stretches(days: list[int], names: Mapping[int, str]) -> Iterator[str]:
    """Yield the days by name, neighbours as one stretch."""
    for day in days:
        if day - 1 not in days:
            last = next(each for each in range(day, WEEK) if each + 1 not in days)
            yield names[day] if last == day else f"{names[day]}–{names[last]}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
