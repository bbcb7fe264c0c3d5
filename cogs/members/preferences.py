"""How a member's preferences look: language, hours, rest, consents, distances."""

from collections.abc import Sequence

import babel.dates
import discord

from bot.features.members.choices import DISTANCES_LIMIT, RESTS, Chosen
from bot.features.members.reach import WEEKLY_NUMBERS, Kind, Part, Way
from bot.kernel.i18n import LOCALES, Locale, Texts
from cogs._ui.cards import WARM, Card, moment
from cogs._ui.controls import Drawer, button
from cogs._ui.custom_ids import CustomId

FEATURE = "members"
_PRIMARY = discord.ButtonStyle.primary
_SECONDARY = discord.ButtonStyle.secondary


class PreferencesRender(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def preferences(self, server_id: int, chosen: Chosen, locale: Locale, news: str = "") -> Card:
        """Return all that a member chose, below the sentence ``news``."""
        texts, wishes = self._texts, chosen.preferences
        card = Card(colour=WARM).text(texts(locale, "members.preferences_title"))
        card.text(texts(locale, news) if news else "")
        card.row(self._languages(server_id, chosen, locale))
        quiet = texts(locale, "members.quiet_is", begin=wishes.quiet_from, end=wishes.quiet_to)
        if wishes.quiet_from == wishes.quiet_to:
            quiet = texts(locale, "members.quiet_none")
        card.text(f"{texts(locale, 'members.zone_is', zone=wishes.zone.key)}\n{quiet}")
        card.row(self._button(locale, "zone", server_id), self._button(locale, "quiet", server_id))
        card.row(self._days(server_id, chosen, locale))
        card.row(self._numbers(server_id, chosen, locale)).row(self._parts(server_id, chosen, locale))
        card.text(self._rest_line(chosen, locale)).row(self._rests(server_id, locale, ends=chosen.rests))
        card.divider().text(texts(locale, "members.preferences_more"))
        return card.row(
            self._button(locale, "consents", server_id, _PRIMARY),
            self._button(locale, "distances", server_id),
            self._other("introductions", "write", server_id, locale, "members.my_topics"),
            self._other("introductions", "show", server_id, locale, "members.what_others_see"),
            self._other("reputation", "openness", server_id, locale, "reputation.openness"),
        )

    def consents(self, server_id: int, chosen: Chosen, locale: Locale) -> Card:
        """Return each kind of message, how it comes, and the way to change that."""
        card = Card(colour=WARM).text(self._texts(locale, "members.consents_title"))
        for kind in Kind:
            what = self._texts(locale, f"members.kind_{kind}")
            way = self._way(kind, chosen.way(kind), locale)
            label = self._texts(locale, "members.change")
            card.section(f"**{what}**\n{way}", button(label, CustomId(FEATURE, f"consent_{kind}", server_id)))
        card.text(self._texts(locale, "members.dms_refused") if not chosen.takes_dms else "")
        return card.row(self._button(locale, "back", server_id))

    def consent(self, server_id: int, chosen: Chosen, kind: Kind, locale: Locale, news: str = "") -> Card:
        """Return the question for the consent to one kind of message, with the answer as it stands."""
        texts, way = self._texts, chosen.way(kind)
        card = Card(colour=WARM).text(texts(locale, news) if news else "")
        card.text(f"### {texts(locale, f'members.kind_{kind}')}\n{texts(locale, f'members.consent_{kind}')}")
        card.text(self._way(kind, way, locale))
        card.text(texts(locale, "members.dms_refused") if not chosen.takes_dms and way is Way.DM else "")
        ways: tuple[Way | None, ...] = (Way.DM, Way.INBOX, None) if kind.asks else (Way.DM, Way.INBOX)
        card.row(
            *(
                button(
                    texts(locale, f"members.by_{each or 'off'}"),
                    CustomId(FEATURE, f"{each or 'off'}_{kind}", server_id),
                    _PRIMARY if each is not way else _SECONDARY,
                )
                for each in ways
            )
        )
        if kind.asks and way is not None:
            card.row(self._numbers(server_id, chosen, locale)).row(self._parts(server_id, chosen, locale))
        return card.row(self._button(locale, "back", server_id))

    def rested(self, chosen: Chosen, locale: Locale, news: str) -> Card:
        """Return, in a private message, for how long the member rests."""
        return Card().text(self._texts(locale, news)).text(self._rest_line(chosen, locale))

    def distances(self, server_id: int, chosen: Chosen, locale: Locale, news: str = "") -> Card:
        """Return from whom a member keeps a distance, to be changed."""
        card = Card(colour=WARM).text(self._texts(locale, "members.distances_title"))
        card.text(self._texts(locale, news) if news else "")
        menu: discord.ui.UserSelect[Card] = discord.ui.UserSelect(
            custom_id=_id("distance_set", server_id),
            placeholder=self._texts(locale, "members.distances_choose"),
            min_values=0,
            max_values=DISTANCES_LIMIT,
            default_values=[
                discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.user)
                for each in chosen.distances
            ],
        )
        return card.row(menu).row(self._button(locale, "back", server_id))

    def apart(self, other_id: int, locale: Locale) -> Card:
        """Return that a distance is kept now, and the way back."""
        label = self._texts(locale, "members.near_again")
        card = Card().text(self._texts(locale, "members.apart", name=f"<@{other_id}>"))
        return card.row(button(label, CustomId(FEATURE, "near", other_id)))

    def near(self, locale: Locale) -> Card:
        """Return that no distance is kept any more."""
        return Card().text(self._texts(locale, "members.near"))

    def hours(self, locale: Locale) -> Sequence[tuple[str, str]]:
        """Return the hours of a day, for a menu."""
        return [(str(hour), self._texts(locale, "members.hour", hour=hour)) for hour in range(24)]

    def _rest_line(self, chosen: Chosen, locale: Locale) -> str:
        until = chosen.preferences.rests_until
        if until is None or not chosen.rests:
            return ""
        return self._texts(locale, "members.rests_until", when=moment(until))

    def _languages(self, server_id: int, chosen: Chosen, locale: Locale) -> discord.ui.Select[Card]:
        now = chosen.preferences.language
        names = [("auto", self._texts(locale, "members.language_auto"))]
        names += [(each, self._texts(each, "setup.language_name")) for each in LOCALES]
        return _menu("language", server_id, names, {now or "auto"}, self._texts(locale, "members.language_choose"))

    def _days(self, server_id: int, chosen: Chosen, locale: Locale) -> discord.ui.Select[Card]:
        days = [(str(day), name) for day, name in babel.dates.get_day_names("wide", locale=locale).items()]
        held = {str(day) for day in chosen.preferences.days_off}
        placeholder = self._texts(locale, "members.days_off_choose")
        return _menu("days_off", server_id, days, held, placeholder, least=0, most=len(days))

    def _numbers(self, server_id: int, chosen: Chosen, locale: Locale) -> discord.ui.Select[Card]:
        names = [
            (str(each), self._texts.plural(locale, "members.number", each) if each else self._none(locale))
            for each in WEEKLY_NUMBERS
        ]
        now = {str(chosen.preferences.weekly_number)}
        return _menu("number", server_id, names, now, self._texts(locale, "members.number_choose"))

    def _none(self, locale: Locale) -> str:
        return self._texts(locale, "members.number_none")

    def _parts(self, server_id: int, chosen: Chosen, locale: Locale) -> discord.ui.Select[Card]:
        names = [(str(part), self._texts(locale, f"members.part_{part}")) for part in Part]
        return _menu(
            "part", server_id, names, {chosen.preferences.asked_when}, self._texts(locale, "members.part_choose")
        )

    def _rests(self, object_id: int, locale: Locale, *, ends: bool) -> discord.ui.Select[Card]:
        return rest_menu(self._texts, object_id, locale, ends=ends)

    def _way(self, kind: Kind, way: Way | None, locale: Locale) -> str:
        waits = "_asked" if kind.asks and way is Way.INBOX else ""
        return self._texts(locale, f"members.way_{way or 'off'}{waits}")

    def _other(self, feature: str, action: str, server_id: int, locale: Locale, label: str) -> discord.ui.Button[Card]:
        return button(self._texts(locale, label), CustomId(feature, action, server_id))


def rest_menu(texts: Texts, object_id: int, locale: Locale, *, ends: bool) -> discord.ui.Select[Card]:
    """Return the menu for a rest; ``ends`` offers to end the present one, too."""
    names = [(str(days), texts.plural(locale, "members.rest_days", days)) for days in RESTS]
    names += [("0", texts(locale, "members.rest_end"))] if ends else []
    return _menu("resting", object_id, names, set(), texts(locale, "members.rest_choose"))


def _menu(
    action: str,
    object_id: int,
    names: Sequence[tuple[str, str]],
    chosen: set[str],
    placeholder: str,
    *,
    least: int = 1,
    most: int = 1,
) -> discord.ui.Select[Card]:
    options = [discord.SelectOption(label=label, value=value, default=value in chosen) for value, label in names]
    return discord.ui.Select(
        custom_id=_id(action, object_id), options=options, placeholder=placeholder, min_values=least, max_values=most
    )


def _id(action: str, object_id: int) -> str:
    return str(CustomId(FEATURE, action, object_id))
