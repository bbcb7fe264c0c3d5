"""How set-up looks: the moderators' panel, channels and check, the members' panel, hints and problems."""

from collections.abc import Sequence

import discord

from bot.features.setup.model import FORUMS, MADE, PARKED, ZONES, Finding, Place, Problem, Server
from bot.kernel.i18n import LOCALES, Locale, Texts
from cogs._ui.cards import WARM, Card, said_in_a_line
from cogs._ui.controls import Drawer, button
from cogs._ui.custom_ids import CustomId

FEATURE = "setup"
_PRIMARY = discord.ButtonStyle.primary


class Render(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def panel(self, server: Server, locale: Locale, news: str = "") -> Card:
        """Return the moderators' panel with what is chosen so far, below the sentence ``news``."""
        texts = self._texts
        card = Card().text(texts(locale, "setup.panel_title"))
        card.text(texts(locale, news) if news else "")
        card.text(texts(locale, "setup.language_is")).row(self._languages(server))
        card.text(texts(locale, "setup.zone_is", zone=server.zone.key)).row(self._zones(server, locale))
        hours = texts(locale, "setup.hours_are", begin=server.waking_from, end=server.waking_to)
        card.section(hours, self._button(locale, "hours", server.server_id))
        is_begun = server.introductions_channel_id is not None
        style = discord.ButtonStyle.secondary if is_begun else _PRIMARY
        card.section(self._listed(server, locale), self._button(locale, "channels", server.server_id, style))
        card.text(texts(locale, "setup.moderators_role_is")).row(self._roles(server, locale))
        buttons = [
            self._button(locale, "zone_other", server.server_id),
            self._button(locale, "check", server.server_id),
        ]
        if is_begun:
            buttons.append(self._button(locale, "post_panel", server.server_id, _PRIMARY))
        lists = button(texts(locale, "safety.lists"), CustomId("safety", "lists", server.server_id))
        sources = button(texts(locale, "reputation.sources"), CustomId("reputation", "sources", server.server_id))
        letter = button(texts(locale, "check_ins.letter"), CustomId("check_ins", "letter", server.server_id))
        return card.divider().row(*buttons).row(lists, sources, letter)

    def channels(self, server: Server, locale: Locale, news: str = "") -> Card:
        """Return a menu for the channel of each place, below the sentence ``news``, and what the bot can make."""
        card = Card().text(self._texts(locale, "setup.channels_title"))
        card.text(self._texts(locale, news) if news else "")
        for place in Place:
            card.text(self._texts(locale, f"setup.{place}_is")).row(self._channels(server, place, locale))
        not_chosen = [made for place, made in MADE.items() if place not in server.places]
        card.divider().row(*(self._button(locale, f"make_{made}", server.server_id, _PRIMARY) for made in not_chosen))
        return card.row(self._button(locale, "panel", server.server_id))

    def checked(self, server: Server, findings: Sequence[Finding], problems: Sequence[Problem], locale: Locale) -> Card:
        """Return what a check found, each fault with its mend."""
        card = Card().text(self._texts(locale, "setup.check_title"))
        card.text("\n".join(self._finding(finding, locale) for finding in findings))
        card.text("\n".join(self._problem(problem, locale) for problem in problems))
        buttons = [self._button(locale, "panel", server.server_id)]
        if problems or any(finding.text == PARKED for finding in findings):
            buttons.append(self._button(locale, "try_again", server.server_id, _PRIMARY))
        return card.row(*buttons)

    def coming(self, server: Server, place: Place, locale: Locale) -> Card:
        """Return the news that a channel is being made, with the way on."""
        card = Card().text(self._texts(locale, f"setup.{MADE[place]}_coming"))
        return card.row(self._button(locale, "channels", server.server_id, _PRIMARY))

    def told(self, locale: Locale, key: str, **values: object) -> Card:
        """Return the sentence ``key``."""
        return Card().text(self._texts(locale, key, **values))

    def members_panel(self, server: Server, locale: Locale, mark: int) -> Card:
        """Return the panel that is pinned for members."""
        texts = self._texts
        card = Card(mark, WARM).text(texts(locale, "setup.members_panel"))
        return card.row(
            button(
                texts(locale, "introductions.write"),
                CustomId("introductions", "write", server.server_id),
                _PRIMARY,
                emoji="✏️",
            ),
            button(
                texts(locale, "introductions.search"),
                CustomId("introductions", "search", server.server_id),
                emoji="🔎",
            ),
            button(texts(locale, "peer_help.new"), CustomId("peer_help", "new", server.server_id), emoji="💬"),
            button(
                texts(locale, "blog_reviews.request"),
                CustomId("blog_reviews", "request", server.server_id),
                emoji="📖",
            ),
        ).row(
            button(texts(locale, "reputation.thank"), CustomId("reputation", "thank", server.server_id), emoji="🙏"),
            button(texts(locale, "members.guide"), CustomId("members", "guide", server.server_id), emoji="🏠"),
        )

    def hint(self, server: Server, locale: Locale, mark: int) -> Card:
        """Return what is said when the bot comes to a server."""
        card = Card(mark).text(self._texts(locale, "setup.hint"))
        return card.row(self._button(locale, "panel", server.server_id, _PRIMARY))

    def problem(self, problem: Problem, locale: Locale, mark: int) -> Card:
        """Return what moderators are told, once, about a channel in which a feature can't work."""
        return Card(mark).text(self._problem(problem, locale)).text(self._texts(locale, "setup.problem_mend"))

    def channel_name(self, _server: Server, locale: Locale) -> str:
        """Return the name of the channel that the bot makes for introductions."""
        return self._texts(locale, "setup.introductions_channel_name")

    def help_channel_name(self, _server: Server, locale: Locale) -> str:
        """Return the name of the channel that the bot makes for asking."""
        return self._texts(locale, "setup.help_channel_name")

    def reviews_channel_name(self, _server: Server, locale: Locale) -> str:
        """Return the name of the channel that the bot makes for posts that want to be read."""
        return self._texts(locale, "setup.reviews_channel_name")

    def _finding(self, finding: Finding, locale: Locale) -> str:
        texts = self._texts
        missing = texts.listing(locale, [texts(locale, f"permission.{name}") for name in finding.missing])
        place = texts(locale, f"setup.{finding.place}") if finding.place else ""
        mark = "✅" if finding.good else "⚠️"
        if finding.count:
            return f"{mark} {texts.plural(locale, finding.text, finding.count)}"
        feature = texts(locale, f"feature.{finding.feature}") if finding.feature else ""
        values = {"place": place, "missing": missing, "feature": feature, "detail": said_in_a_line(finding.detail)}
        values["mention"] = finding.mention
        return f"{mark} {texts(locale, finding.text, **values)}"

    def _problem(self, problem: Problem, locale: Locale) -> str:
        feature = self._texts(locale, f"feature.{problem.feature}")
        return self._texts(locale, "setup.problem", feature=feature, channel=f"<#{problem.channel_id}>")

    def _listed(self, server: Server, locale: Locale) -> str:
        """Return each place with its channel, a line each."""
        texts = self._texts
        lines = []
        for place in Place:
            chosen = server.places.get(place)
            channel = texts(locale, "setup.channels_none") if chosen is None else f"<#{chosen}>"
            lines.append(texts(locale, "setup.channels_line", place=texts(locale, f"setup.{place}"), channel=channel))
        return "\n".join((texts(locale, "setup.channels_are"), *lines))

    def _languages(self, server: Server) -> discord.ui.Select[Card]:
        options = [
            discord.SelectOption(
                label=self._texts(locale, "setup.language_name"), value=locale, default=locale == server.language
            )
            for locale in LOCALES
        ]
        return discord.ui.Select(custom_id=self._id(server, "language"), options=options)

    def _zones(self, server: Server, locale: Locale) -> discord.ui.Select[Card]:
        zones = list(dict.fromkeys((*ZONES, server.zone.key)))
        options = [discord.SelectOption(label=zone, value=zone, default=zone == server.zone.key) for zone in zones]
        placeholder = self._texts(locale, "setup.zone_choose")
        return discord.ui.Select(custom_id=self._id(server, "zone"), options=options, placeholder=placeholder)

    def _channels(self, server: Server, place: Place, locale: Locale) -> discord.ui.ChannelSelect[Card]:
        chosen = server.places.get(place)
        return discord.ui.ChannelSelect(
            custom_id=self._id(server, place),
            channel_types=[discord.ChannelType.text, *([discord.ChannelType.forum] if place in FORUMS else [])],
            placeholder=self._texts(locale, "setup.channel_choose"),
            min_values=0,
            default_values=[] if chosen is None else [discord.Object(chosen)],
        )

    def _roles(self, server: Server, locale: Locale) -> discord.ui.RoleSelect[Card]:
        chosen = server.moderators_role_id
        return discord.ui.RoleSelect(
            custom_id=self._id(server, "moderators_role"),
            placeholder=self._texts(locale, "setup.role_choose"),
            min_values=0,
            default_values=[] if chosen is None else [discord.Object(chosen)],
        )

    @staticmethod
    def _id(server: Server, action: str) -> str:
        return str(CustomId(FEATURE, action, server.server_id))
