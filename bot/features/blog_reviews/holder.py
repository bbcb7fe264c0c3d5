"""What reviews hold of members: who is shown, what ends when they leave, what is forgotten, what waits for them."""

from datetime import timedelta

from bot.features.blog_reviews.course import close, give_back, withdraw
from bot.features.blog_reviews.follow import FEATURE, PART, REVIEW, want_emptied
from bot.features.blog_reviews.model import End, Feedback, Outcome, Review, State
from bot.features.blog_reviews.queue import LISTED
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.store import ReviewStore
from bot.features.members.inbox import Inbox
from bot.features.members.model import ServerWaiting, Waiting
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects

_UNPOSTED = timedelta(days=1)  # without a channel, after which moderators see it in their list

_SHOWN_AS_READ = timedelta(days=14)  # after which an author who said nothing to it has read it


class ReviewHolder:
    """Answers for reviews when members are looked after as such."""

    def __init__(self, database: Database, inbox: Inbox) -> None:
        self._database = database
        self._inbox = inbox

    async def shown_members(self, server_id: ServerId) -> list[MemberId]:
        """Return who asks to be read, or reads."""
        async with self._database.read() as transaction:
            return await ReviewStore(transaction, server_id).shown_members()

    async def member_left(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """End what somebody who left asked to be read, and let others read what they were to."""
        store = ReviewStore(transaction, server_id)
        for review in await store.of_member(member_id):
            if review.state.is_open:
                await close(self._inbox, transaction, review, End.LEFT)
        for review in await store.read_by(member_id):
            await give_back(self._inbox, transaction, review, Outcome.LEFT)

    async def forget_member(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> bool:
        """Remove all that somebody asked to be read and wrote to others; not while a card may still show it."""
        store, reading = ReviewStore(transaction, server_id), ReadingStore(transaction, server_id)
        for review in await store.of_member(member_id):
            await withdraw(self._inbox, transaction, review)
        for review in await store.read_by(member_id):
            await give_back(self._inbox, transaction, review, Outcome.LEFT)
        asked, given = await store.all_of_member(member_id), await reading.feedback_by(member_id)
        settled = [await self._forget_review(transaction, review) for review in asked]
        settled += [await self._forget_feedback(transaction, server_id, each) for each in given]
        if all(settled):
            await reading.forget(member_id)
        return all(settled)

    async def forget_expired(self, _transaction: Transaction, _server_id: ServerId) -> None:
        """Nothing of reviews is kept for a time only."""

    async def waiting(self, server_id: ServerId, member_id: MemberId) -> list[Waiting]:
        """Return what a member has to read, and their own requests to which somebody wrote."""
        async with self._database.read() as transaction:
            store = ReviewStore(transaction, server_id)
            reads, own = await store.read_by(member_id), await store.of_member(member_id)
            lately = transaction.now - _SHOWN_AS_READ
        found = [Waiting("blog_reviews.waiting_reading", FEATURE, "manage", each.review_id) for each in reads[:1]]
        read = [each for each in own if each.state is State.DELIVERED and (each.answered_at or lately) > lately]
        return [*found, *(Waiting("blog_reviews.waiting_read", FEATURE, "mine", server_id) for _ in read[:1])]

    async def server_waiting(self, server_id: ServerId) -> list[ServerWaiting]:
        """Return what nobody has read for a week, and what finds no channel."""
        async with self._database.read() as transaction:
            now = transaction.now
            found = await ReviewStore(transaction, server_id).listed(now - LISTED, now - _UNPOSTED)
        return [ServerWaiting("blog_reviews.waits_for_reader", each.begun_at, each.card_url) for each in found]

    async def topic_renamed(self, _transaction: Transaction, _server_id: ServerId, _old: str, _new: str) -> None:
        """Nothing of reviews is about a topic."""

    @staticmethod
    async def _forget_review(transaction: Transaction, review: Review) -> bool:
        server_id = ServerId(review.server_id)
        is_settled = await Effects(transaction).is_settled(FEATURE, REVIEW, review.review_id, review.serial)
        if is_settled:
            await ReviewStore(transaction, server_id).forget(review.review_id)
        return is_settled

    @staticmethod
    async def _forget_feedback(transaction: Transaction, server_id: ServerId, given: Feedback) -> bool:
        parts = await ReadingStore(transaction, server_id).parts_of(given.feedback_id)
        if any(part.words for part in parts):
            await want_emptied(transaction, server_id, given.feedback_id)
        review, effects = await ReviewStore(transaction, server_id).find(given.review_id), Effects(transaction)
        serial = 0 if review is None else review.serial
        return all([await effects.is_settled(FEATURE, PART, part.part_id, serial) for part in parts])
