"""A request to be read, and somebody's word to read it, as tests of rules begin with."""

from datetime import UTC, datetime

from bot.features.blog_reviews.model import Claim, Review, State, Wants

BEGUN = datetime(2026, 11, 23, tzinfo=UTC)  # a Monday
REVIEW = Review(
    review_id=7,
    server_id=1,
    author_id=2,
    state=State.WAITING,
    url="https://example.com/post",
    host="example.com",
    address="example.com/post",
    title="a post",
    wants=Wants.ANYTHING,
    question="Is it clear?",
    wish_on=BEGUN.date(),
    revision=1,
    channel_id=None,
    message_id=None,
    thread_id=None,
    serial=0,
    requested_at=BEGUN,
    posted_at=None,
    begun_at=BEGUN,
    is_lapsed=False,
    invited_at=None,
    declined=0,
    answered_at=None,
    ended_at=None,
    ending=None,
    step_at=None,
)
READER = 3


def claim(claimed_at: datetime, due_at: datetime, reminded_at: datetime | None = None) -> Claim:
    """Return the word of the reader."""
    return Claim(5, REVIEW.review_id, READER, claimed_at, due_at, reminded_at)
