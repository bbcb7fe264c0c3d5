"""What must hold of a queue of requests at any time, whatever happens: looked at after each step of a history."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.features.blog_reviews.model import UNREAD_LIMIT, End, Review, State
from bot.features.blog_reviews.store import ReviewStore
from bot.features.blog_reviews.telling import INVITE
from bot.kernel.clock import from_micros
from bot.kernel.ids import MemberId
from bot.storage.effects import LONGEST_RETRY
from tests.storage.bookclub import DAY, Bookclub, BookDiscord
from tests.storage.house import ONE
from tests.storage.killing import MortalDiscord
from tests.storage.review_stories import Story, in_turn

HANGS_ON = timedelta(days=3)  # no waiting request is looked at later: a day, and where members sleep, their next one
WATCHER = MemberId(499)  # who looks into the queue, and keeps a distance from nobody


class BookCut(MortalDiscord, BookDiscord):
    """One that the bot may be killed in the middle of."""


@dataclass(frozen=True)
class Job:
    """An effect as it stands in the database."""

    verb: str
    card: str
    review_id: int  # of the part, where it is one
    state: str
    due_at: datetime
    attempts: int

    @property
    def is_hampered(self) -> bool:
        """Whether something stopped it: it is tried again in a while, or when moderators have mended that."""
        return self.state == "parked" or (self.state == "waiting" and self.attempts > 0)


class Promises:
    """Some requests of one club, and what must hold of each."""

    def __init__(self, club: Bookclub, seed: int) -> None:
        assert isinstance(club.discord, BookCut)
        self.club, self.discord, self.draw = club, club.discord, random.Random(seed)
        self.people = [MemberId(500 + number) for number in range(7)]
        self.stories: list[Story] = []
        self.apart: set[tuple[MemberId, MemberId]] = set()

    async def check(self) -> None:
        """See that everything holds."""
        found, jobs, now = await self.found(), await self.jobs(), self.club.clock.now()
        for story, review in found:
            self._catch_up(story, review, now)
            assert story.is_like(review), (story, review)
        self._see_limits()
        posted = {review.review_id for _, review in found if review.is_posted}
        line = in_turn(self.stories, posted)
        assert await self.queue(WATCHER) == line
        looks = self.draw.choice(self.people)
        hidden = {story.review_id for story in self.stories if (looks, story.author) in self.apart}
        if looks in self.discord.members:
            assert await self.queue(looks) == [each for each in line if each not in hidden]
        for story, review in found:
            mine = [job for job in jobs if job.review_id == story.review_id and job.card != "part"]
            is_quiet = not any(job.is_hampered for job in jobs)
            self._see_posts(story, review, is_quiet=is_quiet)
            self._see_next_step(review, mine, now)
            if story.state is State.WAITING:
                outlook = await self.club.reviews.outlook(ONE, review)
                assert review.review_id not in line or outlook.ahead == line.index(review.review_id)
        await self._see_invitations()

    def _catch_up(self, story: Story, review: Review, now: datetime) -> None:
        """Follow what time has brought about, and what the bot found out by itself, if it is true."""
        discord = self.discord
        if story.begun_at is None and review.is_posted:
            story.begun_at = now
        if story.has_lapsed(now):
            story.returned(lapsed=True)
        elif story.reader is not None and review.claim is None and story.reader not in discord.members:
            story.returned(lapsed=False)
        if story.state.is_open and review.ending is End.LEFT and story.author not in discord.members:
            story.ended(End.LEFT)
        is_gone = review.message_id not in discord.posts or review.thread_id not in discord.threads
        if story.state.is_open and review.ending is End.GONE and is_gone:
            story.ended(End.GONE)

    def _see_limits(self) -> None:
        """See that nobody waits for more, or reads more, than they may; and each page waits once."""
        unread = [story for story in self.stories if story.state.is_unread]
        assert len({story.page for story in unread}) == len(unread)
        for member_id in self.people:
            assert sum(story.author == member_id for story in unread) <= UNREAD_LIMIT

    def _see_posts(self, story: Story, review: Review, *, is_quiet: bool) -> None:
        """See that a request stands there once, and what was written to it, whole and in order."""
        cards, title = self.discord.cards(review), "" if story.state is State.WITHDRAWN else story.title
        assert len(cards) <= 1
        if review.message_id in self.discord.posts and is_quiet:
            assert cards == [f"{story.state} {title}"]
        if review.thread_id in self.discord.threads:
            all_of_it = is_quiet and story.ending is not End.LOCKED  # else it waits to be unlocked
            assert self.discord.names[review.thread_id or 0] == title or not all_of_it
            assert story.stands_as_written(self.discord.written(review), all_of_it=all_of_it), story

    async def _see_invitations(self) -> None:
        """See that nobody is asked twice to be the same reader, nor to read what they wrote."""
        query = "SELECT object_id, member_id, card FROM notices WHERE feature = 'blog_reviews' AND card LIKE ?"
        invited = await self.club.rows(query, f"{INVITE}%")
        assert len(set(invited)) == len(invited)
        authors = {(story.review_id, story.author) for story in self.stories}
        assert not authors & {(review_id, member_id) for review_id, member_id, _ in invited}

    @staticmethod
    def _see_next_step(review: Review, jobs: list[Job], now: datetime) -> None:
        """See that a request goes on if nobody does anything."""
        if not review.state.is_open:
            return
        if not review.is_posted:
            assert [job for job in jobs if job.verb == "send" and job.is_hampered], "nobody will ever post it"
        if review.state is State.CLAIMED or (review.state is State.WAITING and review.is_posted):
            (step,) = [job for job in jobs if job.card == "step"]
            latest = now + HANGS_ON if review.claim is None else review.claim.due_at + DAY
            assert step.state == "waiting"
            assert review.step_at is not None
            if step.attempts:  # the bot was killed in it
                assert step.due_at <= now + LONGEST_RETRY
            else:
                assert now < step.due_at <= review.step_at <= latest, "nothing follows"

    async def found(self) -> list[tuple[Story, Review]]:
        """Return all requests as the bot knows them."""
        async with self.club.database.read() as transaction:
            store = ReviewStore(transaction, ONE)
            found = [(story, await store.find(story.review_id)) for story in self.stories]
        return [(story, review) for story, review in found if review is not None]

    async def review(self, story: Story) -> Review:
        """Return a request as the bot knows it."""
        return next(review for each, review in await self.found() if each is story)

    async def jobs(self) -> list[Job]:
        """Return what is to happen for requests."""
        found = await self.club.rows(
            "SELECT verb, card, object_id, state, due_at, attempts FROM effects WHERE feature = 'blog_reviews'"
        )
        return [
            Job(verb, card, review_id, state, from_micros(due_at), attempts)
            for verb, card, review_id, state, due_at, attempts in found
        ]

    async def queue(self, member_id: MemberId) -> list[int]:
        """Return what waits, page by page, as a member sees it."""
        pages = [await self.club.finding_reviews.queue(ONE, member_id)]
        while len(pages) < pages[0].pages:
            pages.append(await self.club.finding_reviews.queue(ONE, member_id, len(pages)))
        return [review.review_id for page in pages for review in page.reviews]
