"""How lists of reviews look."""

from datetime import timedelta

import discord

from bot.features.blog_reviews.model import CLAIMS_LIMITS, Mine, QueuePage, Review, State
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, moment, plain_title, said_in_a_line
from cogs._ui.controls import Drawer, button
from cogs._ui.custom_ids import CustomId
from cogs._ui.paging import page_menu
from cogs.blog_reviews.forms import FEATURE

_LABEL_LIMIT = 100  # characters of an option in a menu
_PRIMARY = discord.ButtonStyle.primary


class ListRender(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def queue(self, page: QueuePage, member_id: int, locale: Locale) -> Card:
        """Return one page of what waits to be read, as a member sees it."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "blog_reviews.queue_title"))
        if page.total:
            usual = usual_line(texts, page.usual, locale)
            card.text(f"{texts.plural(locale, 'blog_reviews.queue_count', page.total)}\n-# {usual}")
        else:
            card.text(texts(locale, "blog_reviews.queue_empty"))
        for review in page.reviews:
            own = button(texts(locale, "blog_reviews.your_own"), CustomId(FEATURE, "manage", review.review_id))
            way = own if review.author_id == member_id else self._button(locale, "claim", review.review_id)
            card.section(self._line(review, locale), way)
        if page.pages > 1:
            pages = CustomId(FEATURE, "queue_page", page.server_id)
            card.row(page_menu(texts, locale, pages, page.number, page.pages))
        ways = [
            self._button(locale, "request", page.server_id, _PRIMARY, emoji="📖"),
            self._button(locale, "mine", page.server_id, emoji="🔖"),
        ]
        if page.asks_consent:
            consent = CustomId("members", "consent_review", page.server_id)
            ways.append(button(texts(locale, "blog_reviews.be_asked"), consent, emoji="🔔"))
        return card.row(*ways)

    def mine(self, mine: Mine, locale: Locale, news: str = "") -> Card:
        """Return what is a member's own to read and to have read, below the sentence ``news``."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "blog_reviews.mine_title"))
        card.text(texts(locale, news) if news else "")
        options = [self._option(review, locale, "blog_reviews.option_reading") for review in mine.reading]
        options += [self._option(review, locale, f"blog_reviews.option_{review.state}") for review in mine.own]
        if options:
            menu: discord.ui.Select[Card] = discord.ui.Select(
                custom_id=str(CustomId(FEATURE, "mine_one", mine.server_id)),
                options=options,
                placeholder=texts(locale, "blog_reviews.mine_choose"),
            )
            card.row(menu)
        else:
            card.text(texts(locale, "blog_reviews.mine_none"))
        card.divider().text(texts(locale, "blog_reviews.claims_limit_is")).row(self._limits(mine, locale))
        return card.row(
            self._button(locale, "request", mine.server_id, _PRIMARY, emoji="📖"),
            self._button(locale, "queue", mine.server_id, emoji="🗂️"),
        )

    def _line(self, review: Review, locale: Locale) -> str:
        texts = self._texts
        title = f"[{said_in_a_line(review.title)}]({review.card_url})"
        about = f"<@{review.author_id}>　{texts(locale, f'blog_reviews.wants_{review.wants}')}"
        since = texts(locale, "blog_reviews.waits_since", since=moment(review.begun_at, "R"))
        first = f"\n-# {texts(locale, 'blog_reviews.comes_first')}" if review.is_lapsed else ""
        return f"**{title}**\n-# {about}\n-# {since}　{said_in_a_line(review.host)}{first}"

    def _option(self, review: Review, locale: Locale, key: str) -> discord.SelectOption:
        return discord.SelectOption(
            label=plain_title(review.title, _LABEL_LIMIT),
            value=str(review.review_id),
            description=self._texts(locale, key),
            emoji="📖" if key.endswith("reading") else "✅" if review.state is State.DELIVERED else None,
        )

    def _limits(self, mine: Mine, locale: Locale) -> discord.ui.Select[Card]:
        options = [
            discord.SelectOption(
                label=self._texts.plural(locale, "blog_reviews.claims", each),
                value=str(each),
                default=each == mine.claims_limit,
            )
            for each in CLAIMS_LIMITS
        ]
        return discord.ui.Select(custom_id=str(CustomId(FEATURE, "claims_limit", mine.server_id)), options=options)


def usual_line(texts: Texts, usual: timedelta | None, locale: Locale) -> str:
    """Return how long feedback usually takes here; or that too little is known to say."""
    if usual is None:
        return texts(locale, "blog_reviews.usual_unknown")
    return texts(locale, "blog_reviews.usual", span=texts.duration(locale, usual))
