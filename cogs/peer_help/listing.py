"""How lists of asks look, and what moderators see of those under a pseudonym."""

import discord

from bot.features.peer_help.model import Ask, AskPage, PseudonymPage, State
from bot.features.peer_help.posts import Wanted
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, link_button, moment, said, said_in_a_line, shortened
from cogs._ui.controls import Drawer
from cogs._ui.custom_ids import CustomId
from cogs._ui.paging import page_menu
from cogs._ui.topics import topic_label
from cogs.peer_help.forms import FEATURE

_PRIMARY = discord.ButtonStyle.primary
_SECONDARY = discord.ButtonStyle.secondary
_DANGER = discord.ButtonStyle.danger
_HELPED_LIMIT = 200  # characters of what helped, in a list


class ListRender(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def open_asks(self, page: AskPage, locale: Locale) -> Card:
        """Return one page of the open asks."""
        card = Card(colour=WARM).text(self._texts(locale, "peer_help.open_title"))
        return self._list(card, page, "peer_help.open_none", CustomId(FEATURE, "open_page", page.server_id), locale)

    def found(self, page: AskPage, locale: Locale) -> Card:
        """Return one page of a search."""
        title = self._texts.plural(locale, "peer_help.found", page.total, what=said_in_a_line(page.words))
        card = Card(colour=WARM).text(title)
        return self._list(card, page, "peer_help.found_none", CustomId(FEATURE, "search_page", page.search_id), locale)

    def pseudonyms(self, page: PseudonymPage, locale: Locale, *, can_unmask: bool) -> Card:
        """Return one page of the asks under a pseudonym, as moderators see them: never who asked."""
        texts = self._texts
        card = Card().text(texts(locale, "peer_help.anonymous_title"))
        card.text("" if page.shown else texts(locale, "peer_help.anonymous_none"))
        for ask, unmasking in page.shown:
            card.text(f"**{said_in_a_line(ask.pseudonym)}**　{said_in_a_line(ask.title)}")
            ways = [self._button(locale, "stop", ask.ask_id, _DANGER)] if ask.state.is_open else []
            if unmasking is not None:
                ways.append(self._button(locale, "unmask_agree", unmasking.unmasking_id))
            elif can_unmask:
                ways.append(self._button(locale, "unmask", ask.ask_id))
            card.row(*ways, *([link_button(texts(locale, "peer_help.to_thread"), ask.url)] if ask.url else []))
        if page.pages > 1:
            pages = CustomId(FEATURE, "anonymous_page", page.server_id)
            card.row(page_menu(texts, locale, pages, page.number, page.pages))
        return card.text("" if can_unmask else texts(locale, "peer_help.one_moderator"))

    def stopping(self, ask_id: int, locale: Locale) -> Card:
        """Return the question whether to stop a pseudonym."""
        card = Card().text(self._texts(locale, "peer_help.stop_asked"))
        return card.row(self._button(locale, "stop_confirm", ask_id, _DANGER))

    def wanted(self, wanted: Wanted, locale: Locale, mark: int) -> Card:
        """Return what the other moderators are asked in their channel: why, never who."""
        texts, unmasking = self._texts, wanted.unmasking
        asked_by = (
            texts(locale, "peer_help.a_moderator") if unmasking.asked_by_id is None else f"<@{unmasking.asked_by_id}>"
        )
        key = "peer_help.unmask_wanted" if unmasking.agreed_at is None else "peer_help.unmask_agreed"
        card = Card(mark).text(texts(locale, key, moderator=asked_by, name=said_in_a_line(wanted.ask.pseudonym)))
        card.text(said(unmasking.reason))
        return card.row(self._button(locale, "unmask_agree", unmasking.unmasking_id))

    def unmasked(self, ask: Ask, locale: Locale) -> Card:
        """Return who asked, to one of the two moderators who agreed to know."""
        name = said_in_a_line(ask.pseudonym)
        return Card().text(self._texts(locale, "peer_help.unmasked", name=name, member=f"<@{ask.asker_id}>"))

    def told(self, locale: Locale, key: str) -> Card:
        """Return the sentence ``key``."""
        return Card().text(self._texts(locale, key))

    def _list(self, card: Card, page: AskPage, none: str, pages: CustomId, locale: Locale) -> Card:
        card.text("" if page.asks else self._texts(locale, none))
        for ask in page.asks:
            self._line(card, ask, locale)
        if page.pages > 1:
            card.row(page_menu(self._texts, locale, pages, page.number, page.pages))
        return card.row(
            self._button(locale, "new", page.server_id, _PRIMARY, emoji="💬"),
            self._button(locale, "search", page.server_id, emoji="🔎"),
        )

    def _line(self, card: Card, ask: Ask, locale: Locale) -> None:
        texts = self._texts
        topic = said_in_a_line(topic_label(texts, locale, ask.topic))
        state = texts(locale, f"peer_help.tag_{ask.state}")
        lines = [f"**{said_in_a_line(ask.title)}**"]
        wants, since = texts(locale, f"peer_help.wants_{ask.wants}"), moment(ask.posted_at or ask.asked_at, "R")
        if ask.state is State.RESOLVED and ask.is_findable:
            lines.append(f"> {said_in_a_line(shortened(ask.helped, _HELPED_LIMIT))}")
        lines.append(f"-# {state}　{topic}　{wants}　{since}")
        if ask.url:
            card.section("\n".join(lines), link_button(texts(locale, "peer_help.to_thread"), ask.url))
        else:
            card.text("\n".join(lines))
