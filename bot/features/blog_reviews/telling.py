"""What notices about reviews say: to authors, to readers, and to those who are asked to read."""

from dataclasses import replace

from bot.features.blog_reviews.follow import want_step
from bot.features.blog_reviews.model import Claim, End, Feedback, Outcome, Review, State
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.store import ReviewStore
from bot.features.members.model import Notice, Told
from bot.kernel.ids import ServerId
from bot.storage.database import Database, Transaction

INVITE = "invite"  # to members who like to read: something has waited for a day
REMIND = "remind"  # to the reader; its object is their word, as of the next three
MISSED = "missed"  # to who was to read: others may, now
OVER = "over"  # to the reader: the author brought it to an end
TAKEN = "taken"  # to the author: somebody reads
BACK = "back"  # to the author: it waits again
GIVEN = "given"  # to the author: somebody wrote; its object is the feedback
GONE = "gone"  # to the author: the card was deleted

_ABOUT_CLAIMS = {REMIND, MISSED, OVER, TAKEN, BACK}


def invitation(review: Review) -> str:
    """Return by which card members are asked to read: for another reader, whoever was asked before may be again."""
    return f"{INVITE}{review.read_count or ''}"


def is_invitation(card: str) -> bool:
    """Return whether a card asks somebody to read."""
    return card.startswith(INVITE)


class ReviewTeller:
    """Says what a notice says now, and goes on when somebody passes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tell(self, notice: Notice) -> Told | None:
        """Return what ``notice`` says now; None when there is nothing to be told of it any more."""
        async with self._database.read() as transaction:
            server_id = ServerId(notice.server_id)
            reading = ReadingStore(transaction, server_id)
            claim = await reading.find(notice.object_id) if notice.card in _ABOUT_CLAIMS else None
            given = await reading.feedback(notice.object_id) if notice.card == GIVEN else None
            found = claim or given
            review_id = notice.object_id if found is None else found.review_id
            is_known = found is not None or is_invitation(notice.card) or notice.card == GONE
            review = await ReviewStore(transaction, server_id).find(review_id) if is_known else None
            has_written = claim is not None and await _has_written(reading, claim)
        if review is None:
            return None
        if review.state is State.WITHDRAWN:
            return Told("blog_reviews.told_withdrawn") if claim is not None and notice.card == OVER else None
        if claim is not None:
            is_over = _is_over(notice.card, review, claim, has_written=has_written)
            return None if is_over else _of_claim(notice.card, review, claim)
        return _of_feedback(review, given) if given is not None else _of_review(notice, review)

    async def passed(self, transaction: Transaction, notice: Notice, *, was_last: bool) -> None:
        """Let somebody else be asked in the place of one who passes, rests, or can't be reached."""
        store = ReviewStore(transaction, ServerId(notice.server_id))
        review = await store.find(notice.object_id)
        if review is None or review.state is not State.WAITING or review.invited_at is None:
            return
        if is_invitation(notice.card) and notice.told_at >= review.invited_at:
            again = replace(review, declined=review.declined + 1, step_at=transaction.now)
            await store.keep(again)
            await want_step(transaction, again)


async def _has_written(reading: ReadingStore, claim: Claim) -> bool:
    """Return whether a reader has given feedback on what they gave their word to read."""
    given = await reading.feedback_of(claim.review_id)
    return any(each.member_id == claim.member_id and not each.is_quick for each in given)


def _is_over(card: str, review: Review, claim: Claim, *, has_written: bool) -> bool:
    """Return whether what is told of a reader's word has passed: they read after all, or it waits for another one."""
    if card == MISSED:
        return has_written or review.is_read_by(claim.member_id)
    return card == BACK and claim.ended_at is not None and claim.ended_at < review.begun_at


def _of_claim(card: str, review: Review, claim: Claim) -> Told | None:
    words, url = review.title, review.thread_url
    is_present = review.claim is not None and review.claim.claim_id == claim.claim_id
    if card == REMIND and is_present:
        ways = ("deliver_asked", "redate_asked", "release_asked")
        return Told("blog_reviews.told_remind", ways, words=words, ends_at=claim.due_at, is_day=True, url=url)
    if card == MISSED and claim.outcome is Outcome.LAPSED:
        return Told("blog_reviews.told_missed", ("deliver_asked",), words=words, url=url)
    if card == OVER and claim.outcome is Outcome.CLOSED:
        key = "blog_reviews.told_over" if review.ending is End.AUTHOR else "blog_reviews.told_over_gone"
        return Told(key, words=words, url=url)
    if card == TAKEN and is_present:
        told = Told("blog_reviews.told_taken", person_id=claim.member_id, words=words, url=url)
        return replace(told, ends_at=claim.due_at, is_day=True)
    if card == BACK and review.state is State.WAITING and claim.outcome is not None:
        key = "lapsed" if claim.outcome is Outcome.LAPSED else "released"
        return Told(f"blog_reviews.told_back_{key}", words=words, url=url)
    return None


def _of_feedback(review: Review, given: Feedback) -> Told | None:
    if given.member_id is None:
        return None
    key = "blog_reviews.told_quick" if given.is_quick else "blog_reviews.told_given"
    return Told(key, ("thank_asked",), person_id=given.member_id, words=review.title, url=review.thread_url)


def _of_review(notice: Notice, review: Review) -> Told | None:
    if notice.card == GONE and review.ending in {End.GONE, End.LOCKED}:
        key = "blog_reviews.told_locked" if review.ending is End.LOCKED else "blog_reviews.told_gone"
        return Told(key, words=review.title)
    if notice.card == invitation(review) and review.state is State.WAITING and review.is_posted:
        author_id, url = review.author_id, review.card_url
        return Told("blog_reviews.told_invite", ("claim_asked",), person_id=author_id, words=review.title, url=url)
    return None
