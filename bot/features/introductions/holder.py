"""What introductions hold of members: who is shown, what is taken back, what is forgotten, what waits for them."""

from dataclasses import replace

from bot.features.introductions.finding import findable
from bot.features.introductions.model import LADDER, LISTED_FOR, State
from bot.features.introductions.posts import CARD, FEATURE, follow, withdraw
from bot.features.introductions.search_store import SearchStore
from bot.features.introductions.store import IntroductionStore
from bot.features.members.model import ServerWaiting, Waiting
from bot.features.members.topics import Topics
from bot.kernel.i18n import Texts
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects


class IntroductionHolder:
    """Answers for introductions when members are looked after as such."""

    def __init__(self, database: Database, texts: Texts, topics: Topics) -> None:
        self._database = database
        self._texts = texts
        self._topics = topics

    async def shown_members(self, server_id: ServerId) -> list[MemberId]:
        """Return the members who have a card."""
        async with self._database.read() as transaction:
            return await IntroductionStore(transaction, server_id).shown_members()

    async def member_left(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """Take back the card of somebody who left."""
        store = IntroductionStore(transaction, server_id)
        introduction = await store.of_member(member_id)
        if introduction is not None and introduction.is_published:
            await withdraw(transaction, store, introduction)

    async def forget_member(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> bool:
        """Remove all that is kept about somebody; not while their card or thread may still stand as it was."""
        store = IntroductionStore(transaction, server_id)
        introduction = await store.of_member(member_id)
        if introduction is not None:
            card = introduction.introduction_id, introduction.card_serial
            if not await Effects(transaction).is_settled(FEATURE, CARD, *card):
                return False
        await store.forget(member_id)
        return True

    async def forget_expired(self, transaction: Transaction, server_id: ServerId) -> None:
        """Remove searches whose time is over."""
        await SearchStore(transaction, server_id).drop_expired_searches()

    async def waiting(self, server_id: ServerId, member_id: MemberId) -> list[Waiting]:
        """Return the wish for a first line, from whoever has no card yet; who withdrew theirs is not urged."""
        async with self._database.read() as transaction:
            introduction = await IntroductionStore(transaction, server_id).of_member(member_id)
        if introduction is not None and introduction.state is not State.DRAFT:
            return []
        return [Waiting("introductions.waiting_first", FEATURE, "write", server_id)]

    async def server_waiting(self, server_id: ServerId) -> list[ServerWaiting]:
        """Return the cards that welcomers were asked about for a day, and that nobody has answered."""
        async with self._database.read() as transaction:
            since, until = transaction.now - LISTED_FOR, transaction.now - LADDER
            cards = await IntroductionStore(transaction, server_id).unanswered(since, until)
        return [
            ServerWaiting("introductions.waits_for_hello", card.published_at, card.card_url)
            for card in cards
            if card.published_at is not None
        ]

    async def topic_renamed(self, transaction: Transaction, server_id: ServerId, old: str, new: str) -> None:
        """Let whoever chose a topic have chosen it by its new name; cards and what finds them follow."""
        store = IntroductionStore(transaction, server_id)
        chosen_in = await store.with_topic(old)
        await store.rename_topic(old, new)
        for introduction_id in chosen_in:
            introduction = await store.find(introduction_id)
            if introduction is not None and introduction.is_published:
                renamed = replace(introduction, revision=introduction.revision + 1)
                await store.keep(renamed)
                await store.index(introduction_id, findable(renamed, self._texts, self._topics))
                await follow(transaction, renamed)
