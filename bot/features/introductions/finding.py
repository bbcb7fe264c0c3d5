"""Finding one another: by an offered topic, a trade, and words."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.introductions.model import PAGE, PAGES_LIMIT, WORDS_LIMIT, Introduction, Page, Search, Side
from bot.features.introductions.search_store import SearchStore
from bot.features.introductions.store import IntroductionStore
from bot.features.members.choices import Choices
from bot.features.members.model import TOPIC_LENGTH, TRADES
from bot.features.members.topics import Topics
from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.i18n import LOCALES, Locale, Texts
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.text import search_query
from bot.storage.database import Database, Transaction


class Finding:
    """One method for each thing that a member can do to find others."""

    def __init__(self, database: Database, setup: Setup, topics: Topics, choices: Choices) -> None:
        self._database = database
        self._setup = setup
        self._topics = topics
        self._choices = choices

    @property
    def trades(self) -> tuple[str, ...]:
        """The trades to choose from."""
        return TRADES

    async def topics_like(self, server_id: ServerId, typed: str, locale: Locale) -> list[tuple[str, str]]:
        """Return the topics to offer for what was ``typed`` so far: each with its label."""
        return await self._topics.like(server_id, typed, locale)

    async def offering(self, transaction: Transaction, server_id: ServerId, topic: str) -> list[MemberId]:
        """Return who can speak about a topic, whether their card shows it or not, as part of a ``transaction``."""
        return await IntroductionStore(transaction, server_id).offering(topic)

    async def search(self, server_id: ServerId, member_id: MemberId, topic: str, trade: str, words: str) -> Page:
        """Find introductions by an offered topic, a trade, and words; return the first page.

        Args:
            server_id: the server.
            member_id: who searches; they are not shown themselves, nor whom they keep a distance from.
            topic: a topic's code, or its label in either language; empty for any.
            trade: a trade's code; empty for any.
            words: what has to stand in the introduction; empty for anything.

        Raises:
            Refusal: there is no such topic, or the words are too long.
        """
        if len(words) > WORDS_LIMIT:
            raise Refusal("introductions.too_long")
        if words.strip() and search_query(words) is None:
            raise Refusal("introductions.no_words")
        topics = await self._topics.of(server_id)
        meant = self._topics.meant(topic, topics) if topic.strip() else ""
        if meant is None:
            raise Refusal("introductions.no_topic_called", topic=topic.strip()[:TOPIC_LENGTH])
        async with self._database.write() as transaction:
            known_trade = trade if trade in TRADES else ""
            search = await SearchStore(transaction, server_id).keep_search(member_id, meant, known_trade, words.strip())
        async with self._database.read() as transaction:
            return await self._page(transaction, server_id, search, 0, topics)

    async def page(self, server_id: ServerId, member_id: MemberId, search_id: int, number: int) -> Page:
        """Return page ``number``, from 0, of a member's own search, as things are now.

        Raises:
            Refusal: the search is too old.
        """
        topics = await self._topics.of(server_id)
        async with self._database.read() as transaction:
            search = await SearchStore(transaction, server_id).search(search_id, member_id)
            if search is None:
                raise Refusal("introductions.search_gone")
            return await self._page(transaction, server_id, search, number, topics)

    async def searched(self, server_id: ServerId, member_id: MemberId, search_id: int) -> Search | None:
        """Return a member's own search, or None when it is too old or none of theirs."""
        async with self._database.read() as transaction:
            return await SearchStore(transaction, server_id).search(search_id, member_id)

    async def _page(
        self, transaction: Transaction, server_id: ServerId, search: Search, number: int, topics: Sequence[str]
    ) -> Page:
        # Whom the others keep a distance from finds them as ever: not to be found would tell of it.
        hidden = await self._choices.distances(transaction, server_id, MemberId(search.member_id))
        found = await SearchStore(transaction, server_id).matching(search, PAGE * PAGES_LIMIT + 1, hidden)
        total = min(len(found), PAGE * PAGES_LIMIT)
        pages = max(1, -(-total // PAGE))
        number = min(max(number, 0), pages - 1)
        store = IntroductionStore(transaction, server_id)
        shown = [await store.find(introduction_id) for introduction_id in found[number * PAGE : number * PAGE + PAGE]]
        found_here = [introduction.ordered(topics) for introduction in shown if introduction is not None]
        owners = [MemberId(introduction.member_id) for introduction in found_here]
        askable = await self._choices.askable(transaction, server_id, MemberId(search.member_id), owners)
        can_ask = Place.HELP in (await self._setup.server_in(transaction, server_id)).places
        introductions = tuple(replace(each, is_askable=can_ask and each.member_id in askable) for each in found_here)
        return Page(search, introductions, number, pages, total, has_more=len(found) > total)


def findable(introduction: Introduction, texts: Texts, topics: Topics) -> str:
    """Return all words by which an introduction is to be found: its own, and the names of what its card shows."""
    shown = [topic for side in Side for topic in introduction.topics(side, on_card=True)]
    labels = [topics.label(locale, topic) for topic in shown for locale in LOCALES]
    labels += [texts(locale, f"trade.{trade}") for trade in introduction.trades for locale in LOCALES]
    return "\n".join([introduction.now, introduction.note, *labels])
