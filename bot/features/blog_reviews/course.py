"""How a request goes on, as part of a transaction: it is kept, Discord follows, and whom it concerns hears of it."""

from datetime import datetime

from bot.features.blog_reviews import turns
from bot.features.blog_reviews.follow import FEATURE, follow
from bot.features.blog_reviews.model import RELEASES_LIMIT, Claim, End, Outcome, Review, State
from bot.features.blog_reviews.queue import lapses_at
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.store import ReviewStore
from bot.features.blog_reviews.telling import BACK, GONE, MISSED, OVER, TAKEN
from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Transaction


async def keep(transaction: Transaction, review: Review) -> Review:
    """Keep what a request has come to, and let it be seen."""
    await ReviewStore(transaction, ServerId(review.server_id)).keep(review)
    await follow(transaction, review)
    return review


async def take(inbox: Inbox, transaction: Transaction, review: Review, reader_id: MemberId, due_at: datetime) -> Review:
    """Let a member read what waits, and its author hear so."""
    server_id = ServerId(review.server_id)
    reading = ReadingStore(transaction, server_id)
    before = await _words_of(transaction, review, reader_id)
    claim = await reading.claim(review.review_id, reader_id, due_at)
    if not before:  # given to and fro, it is said once
        await tell_author(inbox, transaction, review, TAKEN, claim.claim_id, reader_id)
    return await keep(transaction, turns.claimed(review, claim, transaction.now))


async def give_back(inbox: Inbox, transaction: Transaction, review: Review, outcome: Outcome) -> Review:
    """Let others read what somebody does not: its author hears so without blame, and who was to read without shame.

    Of who left after their day went by, that is what counts: its author has waited in vain.
    """
    if review.claim is None:
        return review
    if outcome is Outcome.LEFT and lapses_at(review.claim) <= transaction.now:
        outcome = Outcome.LAPSED
    await ReadingStore(transaction, ServerId(review.server_id)).end_claim(review.review_id, outcome)
    words = await _words_of(transaction, review, MemberId(review.claim.member_id))
    if len(words) == 1 or outcome is not Outcome.RELEASED:
        await tell_author(inbox, transaction, review, BACK, review.claim.claim_id)
    if outcome is Outcome.LAPSED:
        await tell_reader(inbox, transaction, review, MISSED)
    return await keep(transaction, turns.returned(review, transaction.now, lapsed=outcome is Outcome.LAPSED))


async def close(inbox: Inbox, transaction: Transaction, review: Review, ending: End) -> Review:
    """Bring a request to an end; who reads it hears that they need not any more."""
    await stop_reading(inbox, transaction, review)
    if ending in {End.GONE, End.LOCKED}:
        await tell_author(inbox, transaction, review, GONE, review.review_id)
    return await keep(transaction, turns.closed(review, transaction.now, ending))


async def withdraw(inbox: Inbox, transaction: Transaction, review: Review) -> Review:
    """Take a request back: nothing that its author wrote is left."""
    await stop_reading(inbox, transaction, review)
    return await keep(transaction, turns.withdrawn(review, transaction.now))


async def stop_reading(inbox: Inbox, transaction: Transaction, review: Review) -> None:
    """Let whoever reads hear that they need not any more."""
    if review.claim is not None:
        await ReadingStore(transaction, ServerId(review.server_id)).end_claim(review.review_id, Outcome.CLOSED)
        await tell_reader(inbox, transaction, review, OVER)


async def tell_author(
    inbox: Inbox,
    transaction: Transaction,
    review: Review,
    card: str,
    object_id: int,
    person_id: MemberId | None = None,
) -> None:
    """Let an author hear of something, and nothing across a distance."""
    if review.author_id is not None:
        whom, subject = MemberId(review.author_id), (FEATURE, card, object_id)
        await inbox.tell(transaction, ServerId(review.server_id), whom, Kind.ANSWERS, subject, person_id)


async def tell_reader(
    inbox: Inbox, transaction: Transaction, review: Review, card: str, *, again: bool = False
) -> None:
    """Let whoever reads hear of something about their word; ``again``, of what they were told before."""
    claim: Claim | None = review.claim
    if claim is not None:
        whom, subject = MemberId(claim.member_id), (FEATURE, card, claim.claim_id)
        await inbox.tell(transaction, ServerId(review.server_id), whom, Kind.READING, subject, again=again)


async def found(store: ReviewStore, review_id: int) -> Review:
    """Return a request that is not withdrawn.

    Raises:
        Refusal: it is gone.
    """
    review = await store.find(review_id)
    if review is None or review.state is State.WITHDRAWN:
        raise Refusal("blog_reviews.gone")
    return review


async def demand_fresh(transaction: Transaction, review: Review, member_id: MemberId) -> None:
    """Let a member give their word to read something who did not let others wait for it before.

    Raises:
        Refusal: they let it lapse, or gave it back twice; they may still write.
    """
    outcomes = [claim.outcome for claim in await _words_of(transaction, review, member_id)]
    if Outcome.LAPSED in outcomes or outcomes.count(Outcome.RELEASED) >= RELEASES_LIMIT:
        raise Refusal("blog_reviews.not_again")


async def _words_of(transaction: Transaction, review: Review, member_id: MemberId) -> list[Claim]:
    """Return each time that a member gave their word to read something."""
    claims = await ReadingStore(transaction, ServerId(review.server_id)).claims(review.review_id)
    return [claim for claim in claims if claim.member_id == member_id]


async def has_written(transaction: Transaction, review: Review, member_id: MemberId) -> bool:
    """Return whether a member has given feedback on something; a first reaction is none."""
    given = await ReadingStore(transaction, ServerId(review.server_id)).feedback_of(review.review_id)
    return any(each.member_id == member_id and not each.is_quick for each in given)


async def demand_word(transaction: Transaction, review: Review, member_id: MemberId) -> None:
    """Let go on who gave their word once to read something.

    Raises:
        Refusal: they never did.
    """
    if not await _words_of(transaction, review, member_id):
        raise Refusal("blog_reviews.not_reading")
