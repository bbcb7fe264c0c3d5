"""What members do with introductions: write, show, withdraw, greet, find."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.features.introductions.model import (
    HELLO_LIMIT,
    PAGE,
    PAGES_LIMIT,
    READY_HELLOS,
    TRADE_LINE_LIMIT,
    TRADES_LIMIT,
    WORDS_LIMIT,
    Introduction,
    Page,
    Search,
    Side,
    State,
    Written,
    complaint_about,
)
from bot.features.introductions.posts import FEATURE, HELLO, follow, lose_card, lose_thread, withdraw
from bot.features.introductions.store import IntroductionStore
from bot.features.members.model import TOPICS, TRADES
from bot.features.members.service import Members
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.i18n import LOCALES, Texts
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import is_visible, search_query
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb


class Introductions:
    """One method for each thing that a member can do with introductions."""

    def __init__(self, database: Database, texts: Texts, setup: Setup, members: Members) -> None:
        self._database = database
        self._texts = texts
        self._setup = setup
        self._members = members

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics to choose from."""
        return TOPICS

    @property
    def trades(self) -> tuple[str, ...]:
        """The trades to choose from."""
        return TRADES

    async def has_promised(self, server_id: ServerId, member_id: MemberId) -> bool:
        """Return whether the member has given the first-time promise."""
        return await self._members.has_promised(server_id, member_id)

    async def promise(self, server_id: ServerId, member_id: MemberId) -> None:
        """Record the member's first-time promise."""
        await self._members.promise(server_id, member_id)

    async def begin(self, server_id: ServerId, member_id: MemberId) -> Introduction:
        """Return a member's introduction, an empty one if there is none yet.

        Raises:
            Refusal: the server has no channel for introductions yet.
        """
        if (await self._setup.server(server_id)).introductions_channel_id is None:
            raise Refusal("introductions.not_set_up")
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            await store.begin(member_id)
            return await _own(store, member_id)

    async def write(
        self, server_id: ServerId, member_id: MemberId, name: str, written: Written, interaction_id: InteractionId
    ) -> Introduction:
        """Publish what a member wrote, or bring their card up to date with it.

        Args:
            server_id: the server.
            member_id: who writes.
            name: their display name, for the card's thread.
            written: the form.
            interaction_id: the submission; repeated, it changes nothing.

        Raises:
            Refusal: the form can't be taken as it is, or the server has no channel for it.
        """
        complaint = complaint_about(written) if is_visible(written.now) else "introductions.now_missing"
        if complaint is not None:
            raise Refusal(complaint)
        channel_id = (await self._setup.server(server_id)).introductions_channel_id
        if channel_id is None:
            raise Refusal("introductions.not_set_up")
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            await store.begin(member_id)
            before = await _own(store, member_id)
            if (before.interaction_id or 0) >= interaction_id:  # told again by Discord, or overtaken by a newer one
                return before
            after = replace(
                before,
                revision=before.revision + 1,
                name=name,
                now=written.now.strip(),
                note=written.note.strip(),
                link=written.link.strip(),
                choices=before.chosen(_known(written)),
                interaction_id=interaction_id,
            )
            if not before.is_published:
                after = _published(after, transaction, channel_id)
            await self._keep(transaction, store, after)
            return after

    async def choose_trades(
        self, server_id: ServerId, member_id: MemberId, trades: Iterable[str], line: str
    ) -> Introduction:
        """Choose up to five trades, and one free line about them.

        Raises:
            Refusal: too many or too long, or there is no introduction.
        """
        wanted = set(trades)
        chosen = tuple(trade for trade in TRADES if trade in wanted)
        if len(chosen) > TRADES_LIMIT or len(line) > TRADE_LINE_LIMIT:
            raise Refusal("introductions.too_long")
        return await self._change(server_id, member_id, trades=chosen, trade_line=line.strip())

    async def choose_discreet(
        self, server_id: ServerId, member_id: MemberId, topics: Mapping[Side, Collection[str]]
    ) -> Introduction:
        """Keep the named ``topics`` of each side off the card, for matching only, and show all others.

        Raises:
            Refusal: there is no introduction.
        """
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            before = await _written(store, member_id)
            choices = tuple(
                replace(choice, on_card=choice.topic not in topics.get(choice.side, ())) for choice in before.choices
            )
            after = replace(before, revision=before.revision + 1, choices=choices)
            await self._keep(transaction, store, after)
            return after

    async def choose_greets(self, server_id: ServerId, member_id: MemberId, *, greets: bool) -> Introduction:
        """Choose whether to be asked to say hello to newcomers.

        Raises:
            Refusal: there is no introduction.
        """
        return await self._change(server_id, member_id, greets=greets)

    async def show(self, server_id: ServerId, member_id: MemberId) -> Introduction | None:
        """Return a member's introduction, published or not, or None if nothing was written."""
        async with self._database.read() as transaction:
            introduction = await IntroductionStore(transaction, server_id).of_member(member_id)
        return introduction if introduction is not None and introduction.now else None

    async def withdraw(self, server_id: ServerId, member_id: MemberId) -> Introduction:
        """Take a member's card back: its text goes, its thread closes.

        Raises:
            Refusal: nothing is published.
        """
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            introduction = await store.of_member(member_id)
            if introduction is None or not introduction.is_published:
                raise Refusal("introductions.none_published")
            return await withdraw(transaction, store, introduction)

    async def greetable(
        self, server_id: ServerId, member_id: MemberId, introduction_id: int, message_id: int | None = None
    ) -> Introduction:
        """Return the introduction that a member is about to greet, by a button of the message ``message_id`` if any.

        Raises:
            Refusal: it is gone, the member's own, greeted by them before, or its thread was deleted.
        """
        async with self._database.read() as transaction:
            store = IntroductionStore(transaction, server_id)
            introduction = await _greetable(store, member_id, introduction_id)
            if message_id is not None and introduction.message_id not in {None, message_id}:
                raise Refusal("introductions.gone")  # an old card, whose number somebody else has after a restore
            if await store.hello_interaction(introduction_id, member_id) is not None:
                raise Refusal("introductions.greeted_before")
            return introduction

    async def say_hello(
        self,
        server_id: ServerId,
        member_id: MemberId,
        introduction_id: int,
        ready: str,
        words: str,
        interaction_id: InteractionId,
    ) -> Introduction:
        """Say hello in a card's thread, with a ready-made greeting, own words, or both.

        Args:
            server_id: the server.
            member_id: who greets.
            introduction_id: whose card.
            ready: one of :data:`READY_HELLOS`, or empty.
            words: own words, or empty.
            interaction_id: the submission; repeated, it changes nothing.

        Raises:
            Refusal: nothing was said, or it can't be said there (see :meth:`greetable`).
        """
        words = words.strip()
        if ready not in READY_HELLOS:
            ready = ""
        if not ready and not is_visible(words):
            raise Refusal("introductions.hello_empty")
        if len(words) > HELLO_LIMIT:
            raise Refusal("introductions.too_long")
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            introduction = await _greetable(store, member_id, introduction_id)
            hello_id = await store.say_hello(introduction_id, member_id, ready, words, interaction_id)
            if hello_id is None:
                if await store.hello_interaction(introduction_id, member_id) != interaction_id:
                    raise Refusal("introductions.greeted_before")
            elif introduction.thread_id is not None:
                await Effects(transaction).put(Verb.SEND, FEATURE, HELLO, hello_id, server_id=server_id)
            return introduction

    async def search(self, server_id: ServerId, member_id: MemberId, topic: str, trade: str, words: str) -> Page:
        """Find introductions by an offered topic, a trade, and words; return the first page.

        Raises:
            Refusal: the words are too long.
        """
        if len(words) > WORDS_LIMIT:
            raise Refusal("introductions.too_long")
        if words.strip() and search_query(words) is None:
            raise Refusal("introductions.no_words")
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            known_topic, known_trade = topic if topic in TOPICS else "", trade if trade in TRADES else ""
            search = await store.keep_search(member_id, known_topic, known_trade, words.strip())
        async with self._database.read() as transaction:
            return await _page(IntroductionStore(transaction, server_id), search, 0)

    async def page(self, server_id: ServerId, member_id: MemberId, search_id: int, number: int) -> Page:
        """Return page ``number``, from 0, of a member's own search, as things are now.

        Raises:
            Refusal: the search is too old.
        """
        async with self._database.read() as transaction:
            store = IntroductionStore(transaction, server_id)
            search = await store.search(search_id, member_id)
            if search is None:
                raise Refusal("introductions.search_gone")
            return await _page(store, search, number)

    async def searched(self, server_id: ServerId, member_id: MemberId, search_id: int) -> Search | None:
        """Return a member's own search, or None when it is too old or none of theirs."""
        async with self._database.read() as transaction:
            return await IntroductionStore(transaction, server_id).search(search_id, member_id)

    async def messages_deleted(self, server_id: ServerId, message_ids: Collection[int]) -> None:
        """Note that messages were deleted; a card among them is not published any more."""
        async with self._database.read() as transaction:
            lost = await IntroductionStore(transaction, server_id).cards_among(message_ids)
        for message_id in lost:
            async with self._database.write() as transaction:
                store = IntroductionStore(transaction, server_id)
                introduction = await store.by_message(message_id)
                if introduction is not None:
                    await lose_card(store, introduction)

    async def thread_deleted(self, server_id: ServerId, thread_id: int) -> None:
        """Note that a thread was deleted; a card that it hung on can't be greeted any more."""
        async with self._database.read() as transaction:
            if await IntroductionStore(transaction, server_id).by_thread(thread_id) is None:
                return  # as for most threads of a server, which are none of ours
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            introduction = await store.by_thread(thread_id)
            if introduction is not None:
                await lose_thread(transaction, store, introduction)

    async def channel_deleted(self, server_id: ServerId, channel_id: int) -> None:
        """Note that a channel was deleted, and all cards in it."""
        async with self._database.read() as transaction:
            lost = await IntroductionStore(transaction, server_id).cards_in(channel_id)
        await self.messages_deleted(server_id, lost)

    async def _change(self, server_id: ServerId, member_id: MemberId, **changes: object) -> Introduction:
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            before = await _written(store, member_id)
            after = replace(before, revision=before.revision + 1, **changes)  # type: ignore[arg-type]  # fields by name
            await self._keep(transaction, store, after)
            return after

    async def _keep(self, transaction: Transaction, store: IntroductionStore, after: Introduction) -> None:
        await store.keep(after)
        await store.keep_choices(after)
        await store.index(after.introduction_id, self._findable(after) if after.is_published else None)
        await follow(transaction, after)

    def _findable(self, introduction: Introduction) -> str:
        shown = [f"topic.{topic}" for side in Side for topic in introduction.topics(side, on_card=True)]
        shown += [f"trade.{trade}" for trade in introduction.trades]
        labels = [self._texts(locale, key) for key in shown for locale in LOCALES]
        return "\n".join([introduction.now, introduction.note, *labels])


def _published(introduction: Introduction, transaction: Transaction, channel_id: int) -> Introduction:
    return replace(
        introduction,
        state=State.PUBLISHED,
        published_revision=introduction.published_revision or introduction.revision,
        published_at=transaction.now,
        channel_id=introduction.channel_id or channel_id,
        thread_gone=False,  # written again, the card gets a new thread
    )


def _known(written: Written) -> Written:
    return replace(
        written,
        offer_topics=tuple(topic for topic in TOPICS if topic in written.offer_topics),
        seek_topics=tuple(topic for topic in TOPICS if topic in written.seek_topics),
    )


async def _own(store: IntroductionStore, member_id: MemberId) -> Introduction:
    introduction = await store.of_member(member_id)
    if introduction is None:
        raise Refusal("introductions.none_written")
    return introduction


async def _written(store: IntroductionStore, member_id: MemberId) -> Introduction:
    introduction = await _own(store, member_id)
    if not introduction.now:
        raise Refusal("introductions.none_written")
    return introduction


async def _greetable(store: IntroductionStore, member_id: MemberId, introduction_id: int) -> Introduction:
    introduction = await store.find(introduction_id)
    if introduction is None or not introduction.is_published:
        raise Refusal("introductions.gone")
    if introduction.member_id == member_id:
        raise Refusal("introductions.own_card")
    if introduction.thread_gone:
        raise Refusal("introductions.thread_gone")
    return introduction


async def _page(store: IntroductionStore, search: Search, number: int) -> Page:
    reach = PAGE * PAGES_LIMIT
    found = await store.matching(search, reach + 1)
    total = min(len(found), reach)
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 0), pages - 1)
    shown = [await store.find(introduction_id) for introduction_id in found[number * PAGE : number * PAGE + PAGE]]
    introductions = tuple(introduction for introduction in shown if introduction is not None)
    return Page(search, introductions, number, pages, total, has_more=len(found) > reach)
