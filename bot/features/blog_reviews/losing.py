"""What becomes of a request whose card, thread or channel somebody deleted."""

from bot.features.blog_reviews import turns
from bot.features.blog_reviews.course import close, keep
from bot.features.blog_reviews.model import UNREAD_LIMIT, End, Review
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.store import ReviewStore
from bot.features.members.inbox import Inbox
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction


class LostReviews:
    """One method for each thing that happens to requests behind the bot's back."""

    def __init__(self, database: Database, inbox: Inbox) -> None:
        self._database = database
        self._inbox = inbox

    async def thread_gone(self, server_id: ServerId, thread_id: int) -> None:
        """Note that a thread was deleted: a request in it ends."""
        if await self._of_thread(server_id, thread_id) is None:
            return  # as nearly always: most threads are none of ours
        async with self._database.write() as transaction:
            review = await ReviewStore(transaction, server_id).by_thread(thread_id)
            if review is not None:
                await lose(self._inbox, transaction, review)

    async def thread_changed(self, server_id: ServerId, thread_id: int, *, is_locked: bool) -> None:
        """Note that moderators locked a thread, which ends its request, or unlocked it: then it goes on, if it may."""
        review = await self._of_thread(server_id, thread_id)
        if review is None or is_locked is not review.state.is_open:
            return
        async with self._database.write() as transaction:
            review = await ReviewStore(transaction, server_id).by_thread(thread_id)
            if review is None:
                return
            if is_locked and review.state.is_open:
                await close(self._inbox, transaction, review, End.LOCKED)
            elif not is_locked and review.ending is End.LOCKED and await _may_go_on(transaction, review):
                await keep(transaction, turns.reopened(review, transaction.now))

    async def _of_thread(self, server_id: ServerId, thread_id: int) -> Review | None:
        async with self._database.read() as transaction:
            return await ReviewStore(transaction, server_id).by_thread(thread_id)

    async def messages_deleted(self, server_id: ServerId, message_ids: set[int]) -> None:
        """Note that messages were deleted; a request whose card was among them ends."""
        async with self._database.read() as transaction:
            lost = await ReviewStore(transaction, server_id).cards_among(message_ids)
        for review_id in lost:
            async with self._database.write() as transaction:
                review = await ReviewStore(transaction, server_id).find(review_id)
                if review is not None and review.message_id in message_ids:
                    await lose(self._inbox, transaction, review)

    async def channel_deleted(self, server_id: ServerId, channel_id: int) -> None:
        """Note that a channel was deleted: what stood in it comes anew where moderators point next."""
        async with self._database.read() as transaction:
            lost = await ReviewStore(transaction, server_id).in_channel(channel_id)
        if lost:
            async with self._database.write() as transaction:
                await lose_channel(transaction, server_id, channel_id)


async def _may_go_on(transaction: Transaction, review: Review) -> bool:
    """Return whether a request was read, or can wait once more: no page waits twice, and no author for too many."""
    store = ReviewStore(transaction, ServerId(review.server_id))
    own = [] if review.author_id is None else await store.of_member(MemberId(review.author_id))
    has_room = sum(each.state.is_unread for each in own) < UNREAD_LIMIT
    return review.read_count > 0 or (has_room and await store.unread_at(review.address, review.review_id) is None)


async def lose(inbox: Inbox, transaction: Transaction, review: Review) -> None:
    """Note that a card or its thread is gone: the request ends, and its author hears so."""
    if review.state.is_open:
        await close(inbox, transaction, review, End.GONE)


async def lose_channel(transaction: Transaction, server_id: ServerId, channel_id: int) -> None:
    """Note that a channel is gone: what stood in it comes anew, with all that was written, where moderators point."""
    store = ReviewStore(transaction, server_id)
    for review_id in await store.in_channel(channel_id):
        review = await store.find(review_id)
        if review is not None:
            await ReadingStore(transaction, server_id).parts_lost(review_id)
            await keep(transaction, turns.lost(review))
