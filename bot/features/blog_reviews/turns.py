"""What becomes of a request when somebody does something: pure, and handed the present."""

from dataclasses import replace
from datetime import datetime

from bot.features.blog_reviews.model import Claim, End, Review, State


def posted(review: Review, now: datetime) -> Review:
    """Return a request that others can see from ``now`` on: it has waited for no reader before."""
    first = review.posted_at is None
    return replace(review, posted_at=review.posted_at or now, begun_at=now if first else review.begun_at, step_at=now)


def claimed(review: Review, claim: Claim, now: datetime) -> Review:
    """Return a request that somebody reads."""
    return replace(review, state=State.CLAIMED, claim=claim, step_at=now)


def returned(review: Review, now: datetime, *, lapsed: bool) -> Review:
    """Return a request that waits again where it has waited before; before all others if its reader's day went by."""
    return replace(
        review, state=State.WAITING, claim=None, is_lapsed=review.is_lapsed or lapsed, declined=0, step_at=now
    )


def delivered(review: Review, now: datetime, reader_id: int) -> Review:
    """Return a request to which feedback came; who reads it meanwhile in another's place goes on."""
    heard = replace(review, answered_at=review.answered_at or now)
    if not review.state.is_unread or (review.claim is not None and review.claim.member_id != reader_id):
        return heard
    return replace(heard, state=State.DELIVERED, claim=None, is_lapsed=False, step_at=None)


def another(review: Review, now: datetime) -> Review:
    """Return a request whose author would like another reader: it waits from now on, behind who waits for a first."""
    return replace(review, state=State.WAITING, begun_at=now, is_lapsed=False, invited_at=None, declined=0, step_at=now)


def closed(review: Review, now: datetime, ending: End) -> Review:
    """Return a request that has come to an end."""
    return replace(review, state=State.CLOSED, claim=None, ended_at=now, ending=ending, step_at=None)


def reopened(review: Review, now: datetime) -> Review:
    """Return a request that goes on where it was ended by others: read, or waiting where it has waited before."""
    is_read = review.read_count > 0
    state, step_at = (State.DELIVERED, None) if is_read else (State.WAITING, now)
    return replace(review, state=state, ended_at=None, ending=None, step_at=step_at)


def withdrawn(review: Review, now: datetime) -> Review:
    """Return a request of which nothing is left to be read."""
    gone = replace(closed(review, now, End.AUTHOR), state=State.WITHDRAWN, ending=None)
    return replace(gone, url="", host="", address="", title="", question="", wish_on=None, revision=review.revision + 1)


def lost(review: Review) -> Review:
    """Return a request whose card is gone from Discord, and its thread with it."""
    return replace(review, channel_id=None, message_id=None, thread_id=None, serial=review.serial + 1)
