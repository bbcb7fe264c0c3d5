"""How a member's home, their inbox, its private messages, and the greeting of newcomers look."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import discord

from bot.features.members.inbox import InboxPage
from bot.features.members.model import Newcomer, Notice, Told, Waiting
from bot.features.members.reach import Kind, Way
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, link_button, moment, said, said_in_a_line, shortened
from cogs._ui.controls import button
from cogs._ui.custom_ids import CustomId
from cogs._ui.paging import page_menu
from cogs.members.preferences import rest_menu

FEATURE = "members"
_PRIMARY = discord.ButtonStyle.primary
_SECONDARY = discord.ButtonStyle.secondary
_WORDS_IN_INBOX = 300  # characters of each notice, escaped up to twice as many: a page of them fits into a message


class Render:
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def welcome(self, newcomer: Newcomer, locale: Locale, mark: int) -> Card:
        """Return the public line that greets a newcomer."""
        label = self._texts(locale, "members.guide")
        card = Card(mark, WARM).text(self._texts(locale, "members.welcome", name=f"<@{newcomer.member_id}>"))
        return card.row(button(label, CustomId(FEATURE, "guide", newcomer.newcomer_id), _PRIMARY))

    def notice(self, shown: tuple[Notice, Told], locale: Locale, mark: int) -> Card:
        """Return a notice as a private message: what it says, why it came, what to do about it."""
        card = Card(mark, WARM)
        self._notice(card, *shown, locale)
        return card

    def inbox(self, server_id: int, page: InboxPage, locale: Locale) -> Card:
        """Return one page of a member's inbox."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "members.inbox_title"))
        card.text("" if page.shown else texts(locale, "members.inbox_empty"))
        for notice, told in page.shown:
            words = shortened(told.words_in(locale), _WORDS_IN_INBOX)
            self._notice(card, notice, replace(told, words=words, by_language={}), locale)
        if page.pages > 1:
            card.row(page_menu(texts, locale, CustomId(FEATURE, "inbox_page", server_id), page.number, page.pages))
        label = texts(locale, "members.preferences")
        return card.row(button(label, CustomId(FEATURE, "preferences", server_id)))

    def resting(self, notice_id: int, locale: Locale) -> Card:
        """Return the question for how long to rest, to whoever was asked something."""
        card = Card().text(self._texts(locale, "members.rest_asked"))
        return card.row(rest_menu(self._texts, notice_id, locale, ends=False))

    def told(self, locale: Locale, key: str, kind: Kind | None = None) -> Card:
        """Return the sentence ``key``, which may name a ``kind`` of message."""
        what = "" if kind is None else self._texts(locale, f"members.kind_{kind}")
        return Card().text(self._texts(locale, key, kind=what))

    def guide(self, server_id: int, waiting: Sequence[Waiting], locale: Locale) -> Card:
        """Return a member's home: what waits for them, and what they can do."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "members.guide_title"))
        offered = set()
        for wait in waiting:
            custom_id = CustomId(wait.feature, wait.action, wait.object_id)
            offered.add(custom_id)
            card.section(texts(locale, wait.text), button(texts(locale, f"{wait.text}_button"), custom_id, _PRIMARY))
        if not waiting:
            card.text(texts(locale, "members.nothing_waits"))
        card.divider().text(texts(locale, "members.guide_can"))
        people = {
            CustomId("introductions", "write", server_id): ("members.write_again", "✏️"),  # a first one waits above
            CustomId("introductions", "show", server_id): ("introductions.mine", "🪪"),
            CustomId("introductions", "search", server_id): ("introductions.search", "🔎"),
            CustomId("reputation", "thank", server_id): ("reputation.thank", "🙏"),
            CustomId("reputation", "standing", server_id): ("reputation.standing", "🌱"),
        }
        asks = {
            CustomId("peer_help", "new", server_id): ("peer_help.new", "💬"),
            CustomId("peer_help", "mine", server_id): ("peer_help.mine", "📂"),
            CustomId("peer_help", "open", server_id): ("peer_help.open", "🙋"),
        }
        reviews = {
            CustomId("blog_reviews", "request", server_id): ("blog_reviews.request", "📖"),
            CustomId("blog_reviews", "mine", server_id): ("blog_reviews.mine", "🔖"),
            CustomId("blog_reviews", "queue", server_id): ("blog_reviews.queue", "🗂️"),
        }
        check_ins = {
            CustomId("check_ins", "today", server_id): ("check_ins.today", "🌿"),
            CustomId("check_ins", "me", server_id): ("check_ins.me", "🌙"),
        }
        own = {
            CustomId(FEATURE, "inbox", server_id): ("members.inbox", "📮"),
            CustomId(FEATURE, "preferences", server_id): ("members.preferences", "⚙️"),
            CustomId("safety", "report", server_id): ("safety.report", "🛟"),
        }
        for ways in (people, asks, reviews, check_ins, own):
            # Discord takes each custom id once in a message.
            card.row(
                *(
                    button(texts(locale, label), custom_id, emoji=emoji)
                    for custom_id, (label, emoji) in ways.items()
                    if custom_id not in offered
                )
            )
        return card

    def _notice(self, card: Card, notice: Notice, told: Told, locale: Locale) -> None:
        texts, kind = self._texts, Kind(notice.kind)
        said_now = texts(
            locale,
            told.text,
            name=said_in_a_line(told.name) if told.person_id is None else f"<@{told.person_id}>",
            words=said(told.words_in(locale)),
            when="" if told.ends_at is None else moment(told.ends_at, "D" if told.is_day else "f"),
        )
        came = "asked" if kind.asks else "told" if notice.way == Way.DM else "kept"
        why = texts(locale, f"members.why_{came}", kind=self._kind(kind, locale))
        card.text(f"{said_now}\n-# {moment(notice.told_at)}　{why}")
        if notice.is_open:
            card.row(*self._answers(notice, told, kind, locale))
        else:
            card.text(f"-# {texts(locale, f'members.notice_{notice.state}')}")

    def _answers(self, notice: Notice, told: Told, kind: Kind, locale: Locale) -> Iterator[discord.ui.Button[Card]]:
        for place, way in enumerate(told.ways):
            label, style = self._texts(locale, f"{notice.feature}.{way}"), _SECONDARY if place else _PRIMARY
            yield button(label, CustomId(notice.feature, way, notice.notice_id), style)
        if told.url:
            yield link_button(self._texts(locale, "members.to_place"), told.url)
        for action in ("pass", "rest", "stop") if kind.asks else ("stop",):
            label = self._texts(locale, f"members.{action}" if kind.asks else f"members.{action}_telling")
            yield button(label, CustomId(FEATURE, action, notice.notice_id))

    def _kind(self, kind: Kind, locale: Locale) -> str:
        return self._texts(locale, f"members.kind_{kind}")
