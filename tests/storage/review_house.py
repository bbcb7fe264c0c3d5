"""What a member leaves in the tables of reviews, as an author and as a reader."""

from dataclasses import replace
from datetime import timedelta

from bot.features.blog_reviews.model import Field, Outcome, Review, State, Wants, Written
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.store import ReviewStore
from bot.kernel.ids import InteractionId, MemberId, MessageId, ServerId
from bot.storage.database import Transaction
from tests.storage.circle import MODERATOR

SHELF = 1050


async def settle_reviews(
    transaction: Transaction, server_id: ServerId, member_id: MemberId, words: str, serial: int
) -> tuple[Review, Review]:
    """Let a member ask to be read, and read what a moderator asked for; both write.

    Returns:
        The member's request, which lapsed and waits again, and the moderator's, which the member reads once more.
    """
    store, reading = ReviewStore(transaction, server_id), ReadingStore(transaction, server_id)
    mine = await _requested(transaction, store, (member_id, words), 1000 + serial, State.WAITING)
    other = await _requested(transaction, store, (MODERATOR, "another's"), 1010 + serial, State.CLAIMED)
    due_at = transaction.now + timedelta(days=7)
    for review, reader_id, outcome in ((mine, MODERATOR, Outcome.LAPSED), (other, member_id, Outcome.RELEASED)):
        await reading.claim(review.review_id, reader_id, due_at)
        await reading.end_claim(review.review_id, outcome)
    await reading.keep_claims_limit(member_id, 1)
    claim = await reading.claim(other.review_id, member_id, due_at)
    await reading.remind(claim.claim_id)
    await _written(reading, other, member_id, (Field.WORKED, words), 1020 + serial)
    await _written(reading, other, member_id, (Field.QUICK, words), 1030 + serial)
    await _written(reading, mine, MODERATOR, (Field.TRY, "shorter"), 1040 + serial)
    found = [await store.find(review.review_id) for review in (mine, other)]
    return found[0] or mine, found[1] or other


async def _requested(
    transaction: Transaction, store: ReviewStore, whose: tuple[MemberId, str], number: int, state: State
) -> Review:
    """Let somebody ask to be read; it was posted, and readers were asked."""
    author_id, words = whose
    now, page = transaction.now, f"https://{number}.example.com/{words}"
    wish_on = (now + timedelta(days=20)).date()
    written = Written(page, f"{words}.example.com", page, words, Wants.CLARITY, words, wish_on)
    await store.begin(author_id, written, InteractionId(number))
    review = await store.by_interaction(InteractionId(number))
    assert review is not None
    place = {"channel_id": SHELF, "message_id": number + 100, "thread_id": number + 100}
    moments = dict.fromkeys(("posted_at", "invited_at", "answered_at", "step_at"), now)
    is_lapsed = state is State.WAITING
    review = replace(review, state=state, is_lapsed=is_lapsed, declined=1, **place, **moments)  # type: ignore[arg-type]  # by the lines above
    await store.keep(review)
    return review


async def _written(
    reading: ReadingStore, review: Review, member_id: MemberId, said: tuple[Field, str], number: int
) -> None:
    """Let somebody write two messages, of which the first is posted."""
    field, words = said
    messages = [((field, f"{words} {each}"),) for each in range(2)]
    is_quick = field is Field.QUICK
    given = await reading.write(review.review_id, member_id, messages, InteractionId(number), is_quick=is_quick)
    first, _ = await reading.parts_of(given or 0)
    await reading.part_posted(first.part_id, MessageId(number + 100))
