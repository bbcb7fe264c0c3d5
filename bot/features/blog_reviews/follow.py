"""What has to happen in Discord when a request changes: written in the transaction that changes it."""

from bot.features.blog_reviews.model import Review
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.kernel.ids import ServerId
from bot.storage.database import Transaction
from bot.storage.effects import Effects, Verb

FEATURE = "blog_reviews"
REVIEW = "review"
PART = "part"  # one message of feedback
STEP = "step"  # the job that looks who can be asked, and whom to remind


async def follow(transaction: Transaction, review: Review, *, shows: bool = True) -> None:
    """Let it be seen who is next, and what stands in Discord come to what is kept of a request.

    The card is drawn anew where a change ``shows`` in it.
    """
    await want_step(transaction, review)
    if review.message_id is not None and shows:
        await _want(transaction, Verb.EDIT, review)
    elif review.message_id is None and review.state.is_open:
        await _want(transaction, Verb.SEND, review)
    if review.thread_id is not None:
        await _want(transaction, Verb.EDIT_THREAD, review)
        await want_part(transaction, review)
    elif review.message_id is not None and review.state.is_open:
        await _want(transaction, Verb.THREAD, review)


async def want_step(transaction: Transaction, review: Review) -> None:
    """Let it be looked who is next, when it is time."""
    if review.step_at is not None:
        await Effects(transaction).put(
            Verb.JOB, FEATURE, STEP, review.review_id, server_id=ServerId(review.server_id), due_at=review.step_at
        )


async def want_part(transaction: Transaction, review: Review) -> None:
    """Let what readers wrote come into the thread, one message after another; it closes again behind the last."""
    if review.thread_id is None:
        return
    server_id = ServerId(review.server_id)
    part = await ReadingStore(transaction, server_id).next_part(review.review_id)
    if part is not None:
        await Effects(transaction).put(
            Verb.SEND, FEATURE, PART, part.part_id, server_id=server_id, serial=review.serial
        )
    elif not review.state.is_open:
        await _want(transaction, Verb.EDIT_THREAD, review)


async def want_emptied(transaction: Transaction, server_id: ServerId, feedback_id: int) -> None:
    """Let nothing be left of what somebody wrote."""
    for part in await ReadingStore(transaction, server_id).empty_parts(feedback_id):
        await Effects(transaction).put(Verb.EDIT, FEATURE, PART, part.part_id, server_id=server_id)


async def _want(transaction: Transaction, verb: Verb, review: Review) -> None:
    serial = review.serial if verb in {Verb.SEND, Verb.THREAD} else 0
    await Effects(transaction).put(
        verb, FEATURE, REVIEW, review.review_id, server_id=ServerId(review.server_id), serial=serial
    )
