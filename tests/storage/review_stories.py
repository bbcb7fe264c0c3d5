"""What the test itself knows of requests to be read: from what members did and were told, never from the bot's rows."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.features.blog_reviews.feedback import parts
from bot.features.blog_reviews.model import End, Field, Part, Review, State
from bot.kernel.ids import MemberId
from tests.storage.bookclub import said

AFTER_THE_DAY = timedelta(days=1)  # that a reader chose, until others may read


@dataclass
class Given:
    """What somebody wrote: it stands in the thread message by message, until they are forgotten."""

    writer: MemberId | None  # None once nobody can tell any more
    texts: list[tuple[Field, str]]
    is_quick: bool
    is_forgotten: bool = False

    @property
    def messages(self) -> list[str]:
        """Return the messages in which it is to stand."""
        return [said(Part(0, 0, 0, words, None)) for words in parts(self.texts)]


@dataclass
class Story:
    """One request, and what became of it."""

    review_id: int
    author: MemberId
    page: str
    title: str
    requested_at: datetime | None  # None once nobody can tell any more by whom
    state: State = State.WAITING
    ending: End | None = None
    begun_at: datetime | None = None  # since when others could see that it waits; None before
    is_lapsed: bool = False
    reader: MemberId | None = None
    due_at: datetime | None = None  # as the reader was told
    words: set[MemberId] = field(default_factory=set)  # whoever gave theirs once,
    lapsed: set[MemberId] = field(default_factory=set)  # whose day went by,
    released: list[MemberId] = field(default_factory=list)  # and who gave it back, each time
    given: list[Given] = field(default_factory=list)

    @property
    def is_read(self) -> bool:
        """Whether anybody wrote what they think of it."""
        return any(not each.is_quick for each in self.given)

    @property
    def is_seen(self) -> bool:
        """Whether others ever could see it."""
        return self.begun_at is not None

    def wrote(self, member_id: MemberId, *, is_quick: bool) -> bool:
        """Return whether somebody wrote to it."""
        return any(each.writer == member_id and each.is_quick is is_quick for each in self.given)

    def has_lapsed(self, now: datetime) -> bool:
        """Return whether the reader's day went by."""
        return self.due_at is not None and now >= self.due_at + AFTER_THE_DAY

    def claimed(self, reader: MemberId, due_at: datetime) -> None:
        """Let somebody read it."""
        self.state, self.reader, self.due_at = State.CLAIMED, reader, due_at
        self.words.add(reader)

    def returned(self, *, lapsed: bool) -> None:
        """Let it wait again where it waited, or before all others."""
        if lapsed and self.reader is not None:
            self.lapsed.add(self.reader)
        self.state, self.reader, self.due_at = State.WAITING, None, None
        self.is_lapsed = self.is_lapsed or lapsed

    def delivered(self, writer: MemberId) -> None:
        """Note that somebody wrote what they think of it."""
        if self.state.is_unread and self.reader in {None, writer}:
            self.state, self.reader, self.due_at, self.is_lapsed = State.DELIVERED, None, None, False

    def ended(self, ending: End | None) -> None:
        """Note that it ended; withdrawn, if there is no ``ending``."""
        self.state = State.WITHDRAWN if ending is None else State.CLOSED
        self.ending, self.reader, self.due_at = ending, None, None

    def forgets(self, who: MemberId, *, also_that_they_were: bool) -> None:
        """Let nothing be left that somebody wrote, and, once nothing of it stands any more, nor that they did."""
        if self.author == who:
            self.ended(None)
        for each in self.given:
            if each.writer == who:
                each.is_forgotten, each.writer = True, None if also_that_they_were else who
        if also_that_they_were:
            self.requested_at = None if self.author == who else self.requested_at
            self.words.discard(who)
            self.lapsed.discard(who)
            self.released = [each for each in self.released if each != who]

    def reopened(self) -> None:
        """Note that it goes on."""
        self.state, self.ending = State.DELIVERED if self.is_read else State.WAITING, None

    def is_like(self, review: Review) -> bool:
        """Return whether the bot knows the same of it."""
        reader, due_at = (review.claim.member_id, review.claim.due_at) if review.claim else (None, None)
        known = (review.state, review.ending, reader, due_at)
        return known == (self.state, self.ending, self.reader, self.due_at)

    def stands_as_written(self, messages: list[str], *, all_of_it: bool) -> bool:
        """Return whether what stands in its thread is what was written, once and in order, as far as it has come."""
        forgotten = {message for each in self.given if each.is_forgotten for message in each.messages}
        shown = [message for message in messages if message and message not in forgotten]
        expected = [message for each in self.given if not each.is_forgotten for message in each.messages]
        return shown == (expected if all_of_it else expected[: len(shown)])


def in_turn(stories: Collection[Story], posted: Collection[int]) -> list[int]:
    """Return which of the ``posted`` requests are to be read, in turn: what lapsed, then the others, by their age."""
    waiting = [each for each in stories if each.state is State.WAITING and each.review_id in posted]
    by_age = sorted(waiting, key=lambda each: (each.begun_at, each.review_id))
    return [each.review_id for lapsed in (True, False) for each in by_age if each.is_lapsed is lapsed]
