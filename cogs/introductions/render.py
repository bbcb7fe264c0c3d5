"""How introductions look: the public card and thread, and the private replies about them."""

from collections.abc import Sequence

import discord

from bot.features.introductions.model import Hello, Introduction, Outlook, Page, Side, State
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, channel_url, link_button, message_url, plain_title, said, said_in_a_line
from cogs._ui.controls import Drawer, button
from cogs._ui.custom_ids import CustomId
from cogs._ui.paging import page_menu
from cogs._ui.topics import topic_label
from cogs.introductions.forms import FEATURE

THREAD_NAME_LIMIT = 100
_LABEL_LIMIT = 100  # characters of an option in a menu
_LINE_LIMIT = 160  # characters of topics in a line of a search, so that a page of people fits into a message
_PRIMARY = discord.ButtonStyle.primary


class Render(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def card(self, introduction: Introduction, locale: Locale, mark: int) -> Card:
        """Return the public card, as it is to look now."""
        card = Card(mark, WARM)
        if introduction.state is not State.PUBLISHED:
            return card.text(self._texts(locale, "introductions.card_withdrawn"))
        self._body(card, introduction, locale)
        if introduction.thread_gone:
            return card
        hello = CustomId(FEATURE, "hello", introduction.introduction_id)
        thanks = CustomId(FEATURE, "thanks", introduction.introduction_id)
        return card.row(
            button(self._texts(locale, "introductions.hello"), hello, _PRIMARY, emoji="👋"),
            button(self._texts(locale, "introductions.thanks"), thanks, emoji="🙏"),
            *self._ask_me(introduction, locale),
        )

    def thread(self, introduction: Introduction, locale: Locale) -> str:
        """Return the name of the card's thread."""
        if not introduction.is_published:
            return self._texts(locale, "introductions.thread_withdrawn")
        frame = self._texts(locale, "introductions.thread", name="")
        return self._texts(
            locale, "introductions.thread", name=plain_title(introduction.name, THREAD_NAME_LIMIT - len(frame))
        )

    def hello(self, hello: Hello, locale: Locale, mark: int) -> Card:
        """Return a greeting, as it stands in the card's thread."""
        ready = self._texts(locale, f"introductions.hello_{hello.ready}") if hello.ready else ""
        words = "\n".join(part for part in (ready, said(hello.words)) if part)
        frame = {"owner": f"<@{hello.owner_id}>", "giver": f"<@{hello.member_id}>"}
        return Card(mark).text(self._texts(locale, "introductions.hello_said", **frame)).text(words)

    def mine(
        self,
        introduction: Introduction,
        locale: Locale,
        news: str = "",
        *,
        outlook: Outlook | None = None,
        asks_consent: bool = False,
    ) -> Card:
        """Return a member's own introduction with all that they can do to it, below the sentence ``news``.

        Args:
            introduction: the member's own.
            locale: their language.
            news: the key of what just happened, if anything did.
            outlook: what to tell them of the hello that they wait for, if they do.
            asks_consent: whether to ask if they may be asked about their topics.
        """
        texts = self._texts
        card = Card(colour=WARM)
        card.text(texts(locale, news) if news else "")
        card.text("" if outlook is None else self._outlook(outlook, locale))
        if asks_consent:
            custom_id = CustomId("members", "consent_help", introduction.server_id)
            label = texts(locale, "introductions.consent_button")
            card.section(texts(locale, "introductions.consent_asked"), button(label, custom_id, _PRIMARY))
        if not introduction.is_published:
            card.text(texts(locale, f"introductions.mine_{introduction.state}"))
        self._body(card, introduction, locale)
        discreet = self._topics(introduction, locale, on_card=False)
        card.text(texts(locale, "introductions.discreet_are", topics=discreet) if discreet else "")
        card.text(texts(locale, "introductions.mine_unlisted") if introduction.unlisted and not news else "")
        card.text(texts(locale, "introductions.mine_thread_gone") if introduction.thread_gone else "")
        if introduction.is_published and introduction.message_id is None and not news:
            card.text(texts(locale, "introductions.mine_coming"))
        card.divider()
        card.row(*self._steps(introduction, locale))
        return card.row(*self._ends(introduction, locale))

    def of_another(self, introduction: Introduction, locale: Locale, word: str | None = None) -> Card:
        """Return somebody else's published introduction, privately, with the ``word`` that they let others see."""
        card = Card(colour=WARM)
        self._body(card, introduction, locale)
        card.text("" if word is None else f"-# 🌱 {self._texts(locale, f'reputation.word_{word}')}")
        thanks = CustomId("reputation", "thank_member", introduction.member_id)
        thank = button(self._texts(locale, "introductions.thanks"), thanks, emoji="🙏")
        return card.row(*self._way_to(introduction, locale), thank, *self._ask_me(introduction, locale))

    def none_yet(self, server_id: int, locale: Locale) -> Card:
        """Return the way to a first introduction."""
        label = self._texts(locale, "introductions.write")
        card = Card().text(self._texts(locale, "introductions.none_written"))
        return card.row(button(label, CustomId(FEATURE, "write", server_id), _PRIMARY, emoji="✏️"))

    def withdrawal(self, introduction: Introduction, locale: Locale) -> Card:
        """Return the question whether to withdraw."""
        label = self._texts(locale, "introductions.withdraw_confirm")
        custom_id = CustomId(FEATURE, "withdraw_confirm", introduction.introduction_id)
        card = Card().text(self._texts(locale, "introductions.withdraw_asked"))
        return card.row(button(label, custom_id, discord.ButtonStyle.danger))

    def thanked(self, sequences: Sequence[int], locale: Locale) -> Card:
        """Return that those are thanked who said hello, and the way to take that back for a while."""
        card = Card().text(self._texts.plural(locale, "introductions.thanked", len(sequences)))
        take_back = CustomId("reputation", "take_back", sequences[0])
        return card.row(button(self._texts(locale, "reputation.take_back"), take_back))

    def told(self, introduction: Introduction, locale: Locale, key: str) -> Card:
        """Return the sentence ``key`` with the way to the card's thread."""
        card = Card().text(self._texts(locale, key))
        if introduction.thread_id is None:
            return card.row(*self._way_to(introduction, locale))
        url = channel_url(introduction.server_id, introduction.thread_id)
        return card.row(link_button(self._texts(locale, "introductions.to_thread"), url))

    def found(self, page: Page, locale: Locale) -> Card:
        """Return one page of a search."""
        texts = self._texts
        card = Card(colour=WARM).text(self._wanted(page, locale))
        if not page.introductions:
            card.text(texts(locale, "introductions.found_none"))
        for introduction in page.introductions:
            self._line(card, introduction, locale)
        if page.has_more:
            card.text(texts(locale, "introductions.found_more"))
        if page.pages > 1:
            custom_id = CustomId(FEATURE, "find", page.search.search_id)
            card.row(page_menu(texts, locale, custom_id, page.number, page.pages))
        askable = [each for each in page.introductions if each.is_askable]
        if askable:
            card.row(self._ask_someone(askable, locale))
        again = CustomId(FEATURE, "search", page.search.search_id)
        return card.row(button(texts(locale, "introductions.search_again"), again))

    def _body(self, card: Card, introduction: Introduction, locale: Locale) -> None:
        texts = self._texts
        card.text(f"### {texts(locale, 'introductions.card_title', name=f'<@{introduction.member_id}>')}")
        card.text(said_in_a_line(introduction.now))
        for side in Side:
            topics = self._topics(introduction, locale, side, on_card=True)
            card.text(texts(locale, f"introductions.card_{side}", topics=topics) if topics else "")
        trades = texts.listing(locale, [texts(locale, f"trade.{trade}") for trade in introduction.trades])
        told = "\n".join(part for part in (trades, said_in_a_line(introduction.trade_line)) if part)
        card.text(texts(locale, "introductions.card_trades", trades=told) if told else "")
        card.text(said(introduction.note))
        card.text(f"🔗 <{introduction.link}>" if introduction.link else "")

    def _ask_me(self, introduction: Introduction, locale: Locale) -> list[discord.ui.Button[Card]]:
        if not introduction.is_askable:
            return []
        custom_id = CustomId("peer_help", "ask_me", introduction.member_id)
        return [button(self._texts(locale, "peer_help.ask_me"), custom_id, emoji="💬")]

    def _ask_someone(self, askable: Sequence[Introduction], locale: Locale) -> discord.ui.Select[Card]:
        options = [
            discord.SelectOption(label=plain_title(each.name, _LABEL_LIMIT) or "？", value=str(each.member_id))
            for each in askable
        ]
        placeholder = self._texts(locale, "peer_help.ask_someone")
        custom_id = CustomId("peer_help", "ask_someone", askable[0].server_id)
        return discord.ui.Select(custom_id=str(custom_id), options=options, placeholder=placeholder)

    def _topics(self, introduction: Introduction, locale: Locale, side: Side | None = None, *, on_card: bool) -> str:
        sides = Side if side is None else (side,)
        topics = dict.fromkeys(topic for each in sides for topic in introduction.topics(each, on_card=on_card))
        return self._texts.listing(locale, [self._topic(locale, topic) for topic in topics])

    def _topics_in_a_line(self, introduction: Introduction, locale: Locale) -> str:
        """Return the offered topics, the first ones and the number of the others where there are too many."""
        labels = [self._topic(locale, topic) for topic in introduction.topics(Side.OFFER, on_card=True)]
        shown = len(labels)
        while len(self._texts.listing(locale, labels[:shown])) > _LINE_LIMIT:
            shown -= 1
        rest = f" +{len(labels) - shown}" if shown < len(labels) else ""
        return self._texts.listing(locale, labels[:shown]) + rest

    def _topic(self, locale: Locale, topic: str) -> str:
        return said_in_a_line(topic_label(self._texts, locale, topic))  # it may be what a moderator typed

    def _outlook(self, outlook: Outlook, locale: Locale) -> str:
        texts = self._texts
        if not outlook.has_welcomers:
            asked = texts(locale, "introductions.asked_nobody")
        elif outlook.asked_from is None:
            asked = texts(locale, "introductions.asked_now")
        else:
            when = discord.utils.format_dt(outlook.asked_from, "f")
            asked = texts(locale, "introductions.asked_from", when=when)
        if outlook.usual is None:
            return f"{asked}\n{texts(locale, 'introductions.usual_unknown')}"
        span = texts.duration(locale, outlook.usual)
        return f"{asked}\n{texts(locale, 'introductions.usual', span=span)}"

    def _steps(self, introduction: Introduction, locale: Locale) -> Sequence[discord.ui.Button[Card]]:
        actions = ["trades"]
        if introduction.choices:
            actions.append("discreet")
        actions.append("listed" if introduction.unlisted else "unlisted")
        label = self._texts(locale, "introductions.write_again" if introduction.now else "introductions.write")
        write = button(label, CustomId(FEATURE, "write", introduction.introduction_id))
        greets = button(
            self._texts(locale, "introductions.greets"), CustomId("members", "consent_greet", introduction.server_id)
        )
        return [write, *(self._button(locale, action, introduction.introduction_id) for action in actions), greets]

    def _ends(self, introduction: Introduction, locale: Locale) -> Sequence[discord.ui.Button[Card]]:
        ways = self._way_to(introduction, locale)
        if introduction.is_published:
            ways.append(self._button(locale, "withdraw", introduction.introduction_id))
        return ways

    def _way_to(self, introduction: Introduction, locale: Locale) -> list[discord.ui.Button[Card]]:
        if introduction.channel_id is None or introduction.message_id is None:
            return []
        url = message_url(introduction.server_id, introduction.channel_id, introduction.message_id)
        return [link_button(self._texts(locale, "introductions.to_card"), url)]

    def _wanted(self, page: Page, locale: Locale) -> str:
        search, texts = page.search, self._texts
        wanted = [self._topic(locale, search.topic)] if search.topic else []
        wanted += [texts(locale, f"trade.{search.trade}")] if search.trade else []
        wanted += [said_in_a_line(search.words)] if search.words else []
        what = texts.listing(locale, wanted) or texts(locale, "introductions.everyone")
        return "### " + texts.plural(locale, "introductions.found", page.total, what=what)

    def _line(self, card: Card, introduction: Introduction, locale: Locale) -> None:
        topics = self._topics_in_a_line(introduction, locale)
        # Phones show a mention as a name only of people whom they have met: hence the name beside it.
        lines = [f"**{said_in_a_line(introduction.name)}** <@{introduction.member_id}>"]
        lines.append(said_in_a_line(introduction.now))
        lines += [f"-# {topics}"] if topics else []
        ways = self._way_to(introduction, locale)
        if ways:
            card.section("\n".join(lines), ways[0])
        else:
            card.text("\n".join(lines))
