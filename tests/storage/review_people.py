"""What members do to a queue of requests: each with what must come of it."""

import contextlib
from collections.abc import Awaitable

from bot.features.blog_reviews.model import (
    CLAIMS_LIMIT,
    FIELDS,
    RELEASES_LIMIT,
    REQUESTS_LIMIT,
    UNREAD_LIMIT,
    End,
    Field,
    Review,
    State,
    Typed,
)
from bot.features.blog_reviews.queue import By
from bot.features.blog_reviews.reading import Day
from bot.features.blog_reviews.telling import INVITE
from bot.kernel.errors import Refusal
from bot.kernel.ids import ChannelId, MemberId
from bot.kernel.people import Person
from tests.storage.bookclub import DAY, SHELF, Bookclub
from tests.storage.house import ONE
from tests.storage.review_promises import WATCHER, Promises
from tests.storage.review_stories import Given, Story


class People(Promises):
    """One method for each thing that some member does; what is refused has its reason, and nothing else is."""

    def __init__(self, club: Bookclub, seed: int) -> None:
        super().__init__(club, seed)
        self.limits: dict[MemberId, int] = {}
        self.forgetting: set[MemberId] = set()
        self.place: ChannelId | None = SHELF
        self.written = 0

    async def request(self) -> None:
        """Let somebody ask to be read, mostly for something new."""
        author = self.somebody()
        page = f"https://example.com/{len(self.stories)}"
        if self.stories and self.draw.random() < 0.3:  # again, or somebody else's
            read = [story for story in self.stories if story.state is State.DELIVERED]
            page = self.draw.choice(read or self.stories).page
        now = self.club.clock.now()
        today = [each for each in self.stories if each.requested_at is not None and each.requested_at > now - DAY]
        is_many = sum(story.author == author for story in today) >= REQUESTS_LIMIT
        refused = self.place is None or is_many or not self.has_room(author, page)
        typed, act = Typed(page, f"post {len(self.stories)}"), self.club.act()
        for _ in range(self.draw.choice([1, 2])):  # told twice
            review = await self._tried(self.club.reviews.request(ONE, author, typed, act), refused=refused)
            if review is not None and review.review_id not in {each.review_id for each in self.stories}:
                self.stories.append(Story(review.review_id, author, page, typed.title, now))

    async def claim(self, story: Story) -> None:
        """Let somebody give their word to read it."""
        reader = self.somebody()
        held = sum(each.reader == reader for each in self.stories)
        is_no_reader = (
            story.author == reader
            or story.wrote(reader, is_quick=False)
            or reader in story.lapsed
            or story.released.count(reader) >= RELEASES_LIMIT
            or held >= self.limits.get(reader, CLAIMS_LIMIT)
            or self.are_apart(story.author, reader)
        )
        refused = story.reader != reader and (story.state is not State.WAITING or is_no_reader)
        if not story.is_seen:
            return
        claim = self.club.reading.claim(ONE, reader, story.review_id, self._day())
        review = await self._tried(claim, refused=refused)
        if review is not None and story.reader is None:
            assert review.claim is not None
            story.claimed(reader, review.claim.due_at)
            assert self.club.clock.now() < review.claim.due_at

    async def redate(self, story: Story) -> None:
        """Let a reader choose another day."""
        reader = self.reader_of(story)
        with contextlib.suppress(Refusal):  # it may be too far from their word
            review = await self.club.reading.redate(ONE, reader, story.review_id, self._day())
            assert story.reader == reader
            assert review.claim is not None
            story.due_at = review.claim.due_at

    async def release(self, story: Story) -> None:
        """Let a reader give it back; twice, nothing follows."""
        reader = self.reader_of(story)
        refused = reader not in story.words or story.state is State.WITHDRAWN
        for _ in range(self.draw.choice([1, 2])):
            await self._tried(self.club.reading.release(ONE, reader, story.review_id), refused=refused)
        if story.reader == reader:
            story.released.append(reader)
            story.returned(lapsed=False)

    async def deliver(self, story: Story) -> None:
        """Let a reader write, mostly of something that is being read."""
        read = [each for each in self.stories if each.reader is not None]
        story = self.draw.choice(read) if read and self.draw.random() < 0.6 else story
        writer = self.reader_of(story)
        if story.wrote(writer, is_quick=False):
            return
        is_heard = story.ending is End.AUTHOR and (await self.review(story)).thread_id is not None
        is_over = story.state is State.WITHDRAWN or (story.state is State.CLOSED and not is_heard)
        texts = [(each, self._words()) for each in FIELDS if self.draw.random() < 0.6] or [(FIELDS[0], self._words())]
        act, refused = self.club.act(), is_over or writer not in story.words
        for _ in range(self.draw.choice([1, 2])):  # told twice
            deliver = self.club.writing.deliver(ONE, writer, story.review_id, texts, act)
            await self._tried(deliver, refused=refused)
        if not refused:
            story.given.append(Given(writer, texts, is_quick=False))
            if not self.are_apart(story.author, writer):
                story.delivered(writer)
            elif story.reader == writer:  # its author has nothing of it
                story.returned(lapsed=False)

    async def quick(self, story: Story) -> None:
        """Let somebody react."""
        writer, words, act = self.somebody(), self._words()[:400], self.club.act()
        refused = story.author == writer or not story.state.is_open or story.wrote(writer, is_quick=True)
        for _ in range(self.draw.choice([1, 2])):
            await self._tried(self.club.writing.quick(ONE, writer, story.review_id, words, act), refused=refused)
        if not refused:
            story.given.append(Given(writer, [(Field.QUICK, words)], is_quick=True))

    async def press_own(self, story: Story) -> None:
        """Let an author wish for another reader, or bring it to an end."""
        by, reviews = story.author, self.club.reviews
        if by not in self.discord.members:
            return
        press = self.draw.choice(["another", "another", "close", "withdraw"])
        if press == "another":
            await self._another(story)
        elif press == "close" and self.draw.random() < 0.5:
            await self._tried(reviews.close(ONE, by, story.review_id), refused=story.state is State.WITHDRAWN)
            if story.state.is_open:
                story.ended(End.AUTHOR)
        elif press == "withdraw" and self.draw.random() < 0.3:
            await self._tried(reviews.withdraw(ONE, by, story.review_id), refused=False)
            story.ended(None)

    async def _another(self, story: Story) -> None:
        is_over = story.state in {State.CLOSED, State.WITHDRAWN}
        refused = is_over or (story.state is State.DELIVERED and not self.has_room(story.author, story.page))
        await self._tried(self.club.reviews.another(ONE, story.author, story.review_id), refused=refused)
        if story.state is State.DELIVERED and not refused:
            story.state, story.is_lapsed = State.WAITING, False
            story.begun_at = self.club.clock.now() if story.is_seen else None

    async def edit(self, story: Story) -> None:
        """Let an author have something else read."""
        if story.author not in self.discord.members:
            return
        self.written += 1
        is_other, title = self.draw.random() < 0.5, f"edited {self.written}"
        page = f"https://example.com/edited/{self.written}" if is_other else story.page
        is_fixed = is_other and (story.reader is not None or story.is_read)
        edit = self.club.reviews.edit(ONE, story.author, story.review_id, Typed(page, title))
        await self._tried(edit, refused=not story.state.is_unread or is_fixed)
        if story.state.is_unread and not is_fixed:
            story.page, story.title = page, title

    async def thank(self, story: Story) -> None:
        """Let an author thank who wrote; that they can each once is held by tests of their own."""
        wrote = sorted({each.writer for each in story.given if each.writer is not None and not each.is_forgotten})
        if wrote and story.author in self.discord.members:
            wish = [Person(self.draw.choice(wrote), ())], "You read it with care.", False
            with contextlib.suppress(Refusal):
                await self.club.thanking.thank(ONE, story.author, story.review_id, wish, self.club.act())

    async def pass_on(self, story: Story) -> None:
        """Let somebody pass who was asked to read."""
        query = "SELECT notice_id, member_id FROM notices WHERE card LIKE ? AND object_id = ?"
        asked = await self.club.rows(query, f"{INVITE}%", story.review_id)
        if asked:
            notice_id, member_id = self.draw.choice(asked)
            await self.club.inbox.pass_on(ONE, MemberId(member_id), notice_id)

    async def choose_limit(self, _story: Story) -> None:
        """Let somebody choose how many they read at a time."""
        reader = self.somebody()
        self.limits[reader] = self.draw.choice([1, 2, 3, 5])
        await self.club.reading.choose_limit(ONE, reader, self.limits[reader])

    async def keep_distance(self, _story: Story) -> None:
        """Let somebody keep a distance from another, or end it."""
        one, other = self.draw.sample(self.people, 2)
        if one not in self.discord.members:
            return
        if (one, other) in self.apart:
            self.apart.remove((one, other))
            await self.club.choices.end_distance(ONE, one, [other])
        elif other not in self.forgetting:
            self.apart.add((one, other))
            await self.club.choices.keep_distance(ONE, one, other)

    async def _tried(self, doing: Awaitable[Review], *, refused: bool) -> Review | None:
        """Return what somebody did comes to; fails where it is refused without a reason, or not with one."""
        with contextlib.suppress(*([Refusal] if refused else [])):
            review = await doing
            assert not refused, review
            return review
        return None

    def are_apart(self, one: MemberId, other: MemberId) -> bool:
        """Return whether either of two keeps a distance from the other."""
        return (one, other) in self.apart or (other, one) in self.apart

    def has_room(self, author: MemberId, page: str) -> bool:
        """Return whether somebody may wait for one more, and for that page."""
        unread = [each for each in self.stories if each.state.is_unread]
        is_known = page in {each.page for each in unread}
        return not is_known and sum(each.author == author for each in unread) < UNREAD_LIMIT

    def somebody(self) -> MemberId:
        """Return somebody who is there."""
        return self.draw.choice([each for each in self.people if each in self.discord.members] or [WATCHER])

    def reader_of(self, story: Story) -> MemberId:
        """Return mostly who reads it, or did once."""
        known = [each for each in (*[story.reader] * 3, *sorted(story.words)) if each in self.discord.members]
        return self.draw.choice(known) if known and self.draw.random() < 0.9 else self.somebody()

    def _day(self) -> Day:
        """Return a day by which somebody likes to read, wherever they live."""
        if self.draw.random() < 0.7:
            return Day(self.draw.choice(list(By)))
        day = self.club.clock.now().date() + self.draw.randrange(2, 28) * DAY
        return Day("", day.isoformat())

    def _words(self) -> str:
        """Return what nobody wrote before, and mostly what fits into one message."""
        self.written += 1
        return (f"words {self.written}。" * self.draw.choice([1, 1, 1, 300, 900]))[:4000]
