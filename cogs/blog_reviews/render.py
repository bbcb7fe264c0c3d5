"""How reviews look: the public cards and threads, and the private replies about one's own."""

import discord

from bot.features.blog_reviews.model import Outlook, Review, State
from bot.features.blog_reviews.posts import Said, Shown
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, link_button, moment, plain_title, said, said_in_a_line
from cogs._ui.controls import Drawer, button
from cogs._ui.custom_ids import CustomId
from cogs.blog_reviews.forms import FEATURE
from cogs.blog_reviews.listing import usual_line

THREAD_NAME_LIMIT = 100
_PRIMARY = discord.ButtonStyle.primary
_SECONDARY = discord.ButtonStyle.secondary
_DANGER = discord.ButtonStyle.danger


class Render(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def card(self, shown: Shown, locale: Locale, mark: int) -> Card:
        """Return the public card, as it is to look now; once it has ended, without buttons."""
        review, card = shown.review, Card(mark, WARM)
        if review.state is State.WITHDRAWN:
            return card.text(self._texts(locale, "blog_reviews.card_withdrawn"))
        self._body(card, review, locale)
        if review.state.is_unread:
            card.text(f"-# {usual_line(self._texts, shown.usual, locale)}")
        if not review.state.is_open:
            return card
        ways = [self._page(review, locale)]
        if review.state is State.WAITING:
            ways.append(self._button(locale, "claim", review.review_id, _PRIMARY))
        ways.append(self._button(locale, "quick", review.review_id, emoji="💬"))
        return card.row(*ways, self._button(locale, "manage", review.review_id))

    def thread(self, shown: Shown, locale: Locale) -> str:
        """Return the name of a request's thread: its title, never how it stands."""
        if shown.review.state is State.WITHDRAWN:
            return self._texts(locale, "blog_reviews.thread_withdrawn")
        return plain_title(shown.review.title, THREAD_NAME_LIMIT)

    def part(self, said_now: Said, locale: Locale, mark: int) -> Card:
        """Return one message of what somebody wrote; nothing of it once they took it back."""
        part, given = said_now.part, said_now.feedback
        if not part.words:
            return Card(mark).text(self._texts(locale, "blog_reviews.feedback_removed"))
        card = Card(mark, WARM)
        if part.number == 0:
            key = "blog_reviews.quick_from" if given.is_quick else "blog_reviews.feedback_from"
            card.text(self._texts(locale, key, reader=f"<@{given.member_id}>"))
        else:
            card.text(f"-# {self._texts(locale, 'blog_reviews.goes_on')}")
        for field, text in part.words:
            if not given.is_quick:
                card.text(f"**{self._texts(locale, f'blog_reviews.field_{field}')}**")
            card.text(said(text) if text.strip() else "")  # Discord takes no paragraph of nothing but space
        return card

    def brought(self, review: Review, locale: Locale) -> str:
        """Return the way to the card of a page that waits already."""
        where = f"[{said_in_a_line(review.title)}]({review.card_url})" if review.card_url else ""
        return where or self._texts(locale, "blog_reviews.posted_soon")

    def asked(self, review: Review, outlook: Outlook, locale: Locale, *, to_read: int, asks_consent: bool) -> Card:
        """Return the truth to somebody who asked to be read, and the wish that they might read one, too."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "blog_reviews.asked"))
        card.text(self._outlook(outlook, locale))
        if to_read:
            wish = texts.plural(locale, "blog_reviews.read_one_first", to_read)
            card.text(wish).row(self._button(locale, "queue", review.server_id, emoji="🗂️"))
        if asks_consent:
            self._consent(card, review.server_id, "answers", locale)
        return self._managed(card, review, locale)

    def mine(self, review: Review, outlook: Outlook, locale: Locale, news: str = "", *, can_thank: bool) -> Card:
        """Return one's own request with all that one can do to it, below the sentence ``news``."""
        card = Card(colour=WARM).text(self._texts(locale, news) if news else "")
        self._body(card, review, locale)
        if review.state is State.WAITING:
            card.text(self._outlook(outlook, locale))
        return self._managed(card, review, locale, can_thank=can_thank)

    def reading(
        self,
        review: Review,
        member_id: int,
        locale: Locale,
        news: str = "",
        *,
        asks_consent: bool = False,
        notice_id: int | None = None,
    ) -> Card:
        """Return what somebody reads, or was to, with all that they can do about it, below the sentence ``news``.

        Below a notice, it is done by way of that: so it can be in a private message.
        """
        texts, card = self._texts, Card(colour=WARM)
        if news and review.claim is not None:
            card.text(texts(locale, news, when=moment(review.claim.due_at, "D")))
        self._body(card, review, locale)
        if asks_consent:
            self._consent(card, review.server_id, "reading", locale)
        by, object_id = ("", review.review_id) if notice_id is None else ("_asked", notice_id)
        ways = [self._button(locale, f"deliver{by}", object_id, _PRIMARY)]
        if review.is_read_by(member_id):
            ways += [self._button(locale, f"{action}{by}", object_id) for action in ("redate", "release")]
        else:
            card.text(texts(locale, "blog_reviews.never_too_late"))
        return card.row(*ways).row(self._page(review, locale), *self._way_to(review, locale))

    def closing(self, review: Review, locale: Locale) -> Card:
        """Return the question whether to bring a request to an end."""
        key = "blog_reviews.close_asked_read" if review.state is State.CLAIMED else "blog_reviews.close_asked"
        card = Card().text(self._texts(locale, key))
        return card.row(self._button(locale, "close_confirm", review.review_id, _PRIMARY))

    def withdrawal(self, review: Review, locale: Locale) -> Card:
        """Return the question whether to take a request back."""
        card = Card().text(self._texts(locale, "blog_reviews.withdraw_asked"))
        return card.row(self._button(locale, "withdraw_confirm", review.review_id, _DANGER))

    def written(self, review: Review, locale: Locale, key: str, *, asks_consent: bool = False) -> Card:
        """Return the sentence ``key`` about what was written, with the way to the thread."""
        card = Card(colour=WARM).text(self._texts(locale, key))
        if asks_consent:
            self._consent(card, review.server_id, "review", locale)
        return card.row(*self._way_to(review, locale))

    def told(self, locale: Locale, key: str) -> Card:
        """Return the sentence ``key``."""
        return Card().text(self._texts(locale, key))

    def _body(self, card: Card, review: Review, locale: Locale) -> None:
        texts = self._texts
        author = "" if review.author_id is None else f"<@{review.author_id}>　"
        about = f"{author}{texts(locale, f'blog_reviews.wants_{review.wants}')}"
        card.text(f"### {said_in_a_line(review.title)}\n-# {about}\n-# 🔗 {said_in_a_line(review.host)}")
        card.text(said(review.question))
        card.text("\n".join(f"-# {line}" for line in self._lines(review, locale)))

    def _lines(self, review: Review, locale: Locale) -> list[str]:
        """Return how a request stands, by when its author would like to hear, and what came so far."""
        texts = self._texts
        if review.claim is not None:
            reader, when = f"<@{review.claim.member_id}>", moment(review.claim.due_at, "D")
            lines = [texts(locale, "blog_reviews.state_claimed", reader=reader, when=when)]
        elif review.state is State.CLOSED:
            lines = [texts(locale, f"blog_reviews.state_closed_{review.ending}")]
        else:
            lines = [texts(locale, f"blog_reviews.state_{review.state}")]
        if review.wish_on is not None and review.state.is_unread:
            day = texts.day(locale, review.wish_on)
            lines.append(texts(locale, "blog_reviews.wished_by", day=day))
        if review.read_count:
            lines.append(texts.plural(locale, "blog_reviews.read_count", review.read_count))
        if review.quick_count:
            lines.append(texts.plural(locale, "blog_reviews.quick_count", review.quick_count))
        return lines

    def _managed(self, card: Card, review: Review, locale: Locale, *, can_thank: bool = False) -> Card:
        """Add all that an author can do to their own request, as it stands."""
        actions: list[tuple[str, discord.ButtonStyle]] = [("thank", _PRIMARY)] if can_thank else []
        if review.state.is_unread:
            actions.append(("edit", _SECONDARY))
        elif review.state is State.DELIVERED:
            actions.append(("another", _SECONDARY))
        actions += [("close", _SECONDARY)] if review.state.is_open else []
        actions.append(("withdraw", _DANGER))
        card.divider().row(*(self._button(locale, action, review.review_id, style) for action, style in actions))
        return card.row(*self._way_to(review, locale))

    def _outlook(self, outlook: Outlook, locale: Locale) -> str:
        texts = self._texts
        place = texts(locale, "blog_reviews.is_first")
        if outlook.ahead:
            place = texts.plural(locale, "blog_reviews.ahead", outlook.ahead)
        if not outlook.has_readers:
            asked = texts(locale, "blog_reviews.asked_nobody")
        elif outlook.asked_from is None:
            asked = texts(locale, "blog_reviews.asked_now")
        else:
            asked = texts(locale, "blog_reviews.asked_from", when=moment(outlook.asked_from))
        return "\n".join((place, usual_line(texts, outlook.usual, locale), asked))

    def _consent(self, card: Card, server_id: int, kind: str, locale: Locale) -> None:
        consent = CustomId("members", f"consent_{kind}", server_id)
        label = self._texts(locale, f"blog_reviews.consent_{kind}_button")
        card.section(self._texts(locale, f"blog_reviews.consent_{kind}"), button(label, consent))

    def _page(self, review: Review, locale: Locale) -> discord.ui.Button[Card]:
        return link_button(self._texts(locale, "blog_reviews.to_page"), review.url)

    def _way_to(self, review: Review, locale: Locale) -> list[discord.ui.Button[Card]]:
        url = review.thread_url
        return [link_button(self._texts(locale, "blog_reviews.to_thread"), url)] if url else []
