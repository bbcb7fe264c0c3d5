"""What readers write: feedback on what they gave their word to read, or a first reaction without one."""

from collections.abc import Sequence

from bot.features.blog_reviews import turns
from bot.features.blog_reviews.course import demand_word, found, has_written, keep
from bot.features.blog_reviews.feedback import parts
from bot.features.blog_reviews.model import FIELD_LIMIT, QUICK_LIMIT, End, Field, Outcome, Review, State
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.store import ReviewStore
from bot.features.members.choices import Choices
from bot.features.safety.service import Safety
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import is_visible
from bot.storage.database import Database, Transaction

LINKS = 5  # that feedback may hold: to what might help


class Writing:
    """One method for each thing that a reader can write."""

    def __init__(self, database: Database, choices: Choices, safety: Safety) -> None:
        self._database = database
        self._choices = choices
        self._safety = safety

    async def deliverable(self, server_id: ServerId, member_id: MemberId, review_id: int) -> Review:
        """Return a request about which a member can write: who gave their word once is never too late.

        Raises:
            Refusal: it is gone, its thread is, or they never gave their word.
        """
        async with self._database.read() as transaction:
            return await _deliverable(transaction, server_id, member_id, review_id)

    async def deliver(
        self,
        server_id: ServerId,
        member_id: MemberId,
        review_id: int,
        texts: Sequence[tuple[Field, str]],
        interaction_id: InteractionId,
    ) -> Review:
        """Write what one thinks of what one has read, once for each interaction.

        Raises:
            Refusal: nothing is said, or it may not be posted, or see :meth:`deliverable`.
        """
        return await self._write(server_id, member_id, review_id, texts, interaction_id, is_quick=False)

    async def quick(
        self, server_id: ServerId, member_id: MemberId, review_id: int, words: str, interaction_id: InteractionId
    ) -> Review:
        """Write a first reaction, without a word given before: one for each member, once for each interaction.

        Raises:
            Refusal: nothing is said, it may not be posted, the request is gone, one's own or closed, or they wrote one.
        """
        texts = ((Field.QUICK, words),)
        return await self._write(server_id, member_id, review_id, texts, interaction_id, is_quick=True)

    async def demand_reactable(self, server_id: ServerId, member_id: MemberId, review_id: int) -> None:
        """Let a form be opened in which a member writes a first reaction.

        Raises:
            Refusal: they can't (see :meth:`quick`).
        """
        async with self._database.read() as transaction:
            await _reactable(transaction, server_id, member_id, review_id)

    async def _write(
        self,
        server_id: ServerId,
        member_id: MemberId,
        review_id: int,
        texts: Sequence[tuple[Field, str]],
        interaction_id: InteractionId,
        *,
        is_quick: bool,
    ) -> Review:
        told = [(field, text.strip()) for field, text in texts if is_visible(text)]
        if not told:
            raise Refusal("blog_reviews.says_nothing")
        if any(len(text) > (QUICK_LIMIT if is_quick else FIELD_LIMIT) for _, text in told):
            raise Refusal("blog_reviews.too_long")
        screened = await self._safety.screened(server_id, [text for _, text in texts], links=LINKS)
        async with self._database.write() as transaction:
            reading = ReadingStore(transaction, server_id)
            if await reading.has_written(interaction_id):
                return await found(ReviewStore(transaction, server_id), review_id)
            allowed = _reactable if is_quick else _deliverable
            review = await allowed(transaction, server_id, member_id, review_id)
            await self._safety.check(transaction, server_id, member_id, screened)
            feedback_id = await reading.write(review_id, member_id, parts(told), interaction_id, is_quick=is_quick)
            assert feedback_id is not None  # noqa: S101 - not written before
            if not is_quick:
                review = await self._delivered(transaction, review, member_id)
            return await keep(transaction, review)

    async def _delivered(self, transaction: Transaction, review: Review, member_id: MemberId) -> Review:
        """Return what a request comes to; across a distance its author has no feedback: it waits for another reader."""
        server_id, now, is_reader = ServerId(review.server_id), transaction.now, review.is_read_by(member_id)
        if is_reader:
            await ReadingStore(transaction, server_id).end_claim(review.review_id, Outcome.DELIVERED)
        author_id = MemberId(review.author_id or 0)
        if await self._choices.keeps_apart(transaction, server_id, author_id, member_id):
            return turns.returned(review, now, lapsed=False) if is_reader else review
        return turns.delivered(review, now, member_id)


async def _deliverable(transaction: Transaction, server_id: ServerId, member_id: MemberId, review_id: int) -> Review:
    review = await found(ReviewStore(transaction, server_id), review_id)
    await demand_word(transaction, review, member_id)
    if await has_written(transaction, review, member_id):
        raise Refusal("blog_reviews.delivered_before")
    is_heard = review.ending is End.AUTHOR and review.thread_id is not None  # else its thread, or its author, is gone
    if review.state is State.CLOSED and not is_heard:
        raise Refusal("blog_reviews.closed")
    return review


async def _reactable(transaction: Transaction, server_id: ServerId, member_id: MemberId, review_id: int) -> Review:
    review = await found(ReviewStore(transaction, server_id), review_id)
    if review.author_id == member_id:
        raise Refusal("blog_reviews.own")
    if not review.state.is_open:
        raise Refusal("blog_reviews.closed")
    written = await ReadingStore(transaction, server_id).feedback_of(review_id)
    if any(each.member_id == member_id and each.is_quick for each in written):
        raise Refusal("blog_reviews.quick_before")
    return review
