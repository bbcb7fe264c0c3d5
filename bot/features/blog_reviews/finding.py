"""Finding what waits to be read, and what is one's own to read or to have read."""

from bot.features.blog_reviews.model import MINE_LIMIT, PAGE, PAGES_LIMIT, Mine, QueuePage
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.service import usual_time
from bot.features.blog_reviews.store import ReviewStore
from bot.features.members.choices import Choices
from bot.features.members.reach import Kind
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database


class FindingReviews:
    """One method for each way to look at requests."""

    def __init__(self, database: Database, choices: Choices) -> None:
        self._database = database
        self._choices = choices

    async def queue(self, server_id: ServerId, member_id: MemberId, number: int = 0) -> QueuePage:
        """Return page ``number``, from 0, of what waits; nothing of whom the member keeps a distance from."""
        asks_consent = Kind.REVIEW not in (await self._choices.of(server_id, member_id)).consents
        async with self._database.read() as transaction:
            store = ReviewStore(transaction, server_id)
            waiting = await store.waiting(await self._choices.distances(transaction, server_id, member_id))
            usual = await usual_time(store, transaction)
        pages = min(max(1, -(-len(waiting) // PAGE)), PAGES_LIMIT)
        number = min(max(number, 0), pages - 1)
        shown = tuple(waiting[number * PAGE :][:PAGE])
        return QueuePage(server_id, shown, number, pages, len(waiting), usual, asks_consent)

    async def mine(self, server_id: ServerId, member_id: MemberId) -> Mine:
        """Return what a member has to read, what is due first before the others, and what they asked to be read."""
        async with self._database.read() as transaction:
            store = ReviewStore(transaction, server_id)
            reading, own = await store.read_by(member_id), await store.of_member(member_id)
            claims_limit = await ReadingStore(transaction, server_id).claims_limit(member_id)
        own = sorted(own, key=lambda review: not review.state.is_open)[: MINE_LIMIT - len(reading)]
        return Mine(server_id, member_id, tuple(own), tuple(reading), claims_limit)
