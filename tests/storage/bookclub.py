"""A server in which members read each other's posts: the real services, steps and worker."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

from bot.features.blog_reviews.asking import ReviewSteps
from bot.features.blog_reviews.finding import FindingReviews
from bot.features.blog_reviews.holder import ReviewHolder
from bot.features.blog_reviews.losing import LostReviews
from bot.features.blog_reviews.model import Claim, Field, Part, Review, State, Typed
from bot.features.blog_reviews.posts import ReviewPosts, Said, Shown
from bot.features.blog_reviews.queue import By
from bot.features.blog_reviews.reading import Day, Reading
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.service import Reviews
from bot.features.blog_reviews.store import ReviewStore
from bot.features.blog_reviews.telling import ReviewTeller
from bot.features.blog_reviews.thanking import ThankingReaders
from bot.features.blog_reviews.writing import Writing
from bot.features.members.reach import Kind, Way
from bot.features.setup.model import Place
from bot.kernel.ids import ChannelId, MemberId
from bot.settings import Secret
from bot.storage.database import Database
from bot.storage.effects import Effect, Outgoing
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import Pocket, PocketDiscord

SHELF, OTHER_SHELF = ChannelId(80), ChannelId(81)
MIO, NAO = MemberId(200000000000000003), MemberId(200000000000000004)
READERS = (BENI, MIO, NAO)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WEEK = Day(By.WEEK)
PAGE = "https://example.com/post"


class BookDiscord(PocketDiscord):
    """One with two channels for reviews, which shows how each stands and what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.channels |= {SHELF, OTHER_SHELF}
        self.members |= {MIO, NAO}
        self.names: dict[int, str] = {}  # of threads: the titles that they show

    def cards(self, review: Review) -> list[str]:
        """Return the cards that stand of a request, wherever it is: each as the state that it shows, and its title."""
        begin = f"review {review.review_id} "
        return [text.removeprefix(begin) for text in self.texts() if text.startswith(begin)]

    def written(self, review: Review) -> list[str]:
        """Return what stands of feedback to a request, message by message."""
        begin = f"part {review.review_id} "
        return [text.removeprefix(begin) for text in self.texts() if text.startswith(begin)]

    def _start_thread(self, effect: Effect, outgoing: Outgoing) -> int | None:
        is_new = outgoing.message_id not in self.threads
        thread_id = super()._start_thread(effect, outgoing)
        return self._named(thread_id, outgoing) if is_new else thread_id

    def _edit_thread(self, effect: Effect, outgoing: Outgoing) -> None:
        super()._edit_thread(effect, outgoing)
        self._named(outgoing.channel_id, outgoing)

    def _named(self, thread_id: int | None, outgoing: Outgoing) -> int | None:
        if thread_id is not None and isinstance(outgoing.subject, Shown):
            self.names[thread_id] = outgoing.subject.review.title
        return thread_id

    def _drawn(self, effect: Effect, outgoing: Outgoing) -> str:
        match outgoing.subject:
            case Shown(review, _):
                return f"review {review.review_id} {review.state} {review.title}"
            case Said(review, _, part):
                return f"part {review.review_id} {said(part)}"
        return super()._drawn(effect, outgoing)


class Bookclub(Pocket):
    """The pocket server with a channel for reviews, and members who like to be asked to read."""

    def __init__(self, database: Database, clock: HandClock, discord: BookDiscord | None = None) -> None:
        self.discord: BookDiscord = discord or BookDiscord()
        super().__init__(database, clock, self.discord)
        self.reviews = Reviews(database, self.setup, self.members, self.inbox, self.choices, self.safety)
        self.reading = Reading(database, self.inbox, self.choices, self.safety)
        self.writing = Writing(database, self.choices, self.safety)
        self.finding_reviews = FindingReviews(database, self.choices)
        self.lost = LostReviews(database, self.inbox)
        self.thanking = ThankingReaders(database, self.inbox, self.reviews, self.reputation)
        self.review_holder = ReviewHolder(database, self.inbox)
        self.holders = (self.review_holder, *self.holders)
        self.members.attach(self.holders)
        self.tellers["blog_reviews"] = ReviewTeller(database)
        self.posts["blog_reviews"] = ReviewPosts(database, self.setup, self.choices, self.inbox)
        self.jobs["blog_reviews"] = ReviewSteps(database, self.setup, self.choices, self.inbox, self.discord)

    async def request(self, member_id: MemberId = AKI, url: str = PAGE, title: str = "a post") -> Review:
        """Ask to be read."""
        return await self.reviews.request(ONE, member_id, Typed(url, title), self.act())

    async def claim(self, review: Review, member_id: MemberId = BENI, day: Day = WEEK) -> Review:
        """Let somebody give their word."""
        return await self.reading.claim(ONE, member_id, review.review_id, day)

    async def deliver(self, review: Review, member_id: MemberId = BENI, *texts: str) -> Review:
        """Let somebody write what worked, and so on."""
        fields = (Field.WORKED, Field.STOPPED, Field.TRY, Field.QUESTION)
        told = list(zip(fields, texts or ("it reads well",), strict=False))
        return await self.writing.deliver(ONE, member_id, review.review_id, told, self.act())

    async def quick(self, review: Review, member_id: MemberId = BENI, words: str = "I liked it") -> Review:
        """Let somebody react."""
        return await self.writing.quick(ONE, member_id, review.review_id, words, self.act())

    async def now(self, review: Review) -> Review:
        """Return what became of a request."""
        async with self.database.read() as transaction:
            found = await ReviewStore(transaction, ONE).find(review.review_id)
        assert found is not None
        return found

    async def claims(self, review: Review) -> list[Claim]:
        """Return all who gave their word to read something."""
        async with self.database.read() as transaction:
            return await ReadingStore(transaction, ONE).claims(review.review_id)

    async def queue(self, member_id: MemberId = NAO) -> list[str]:
        """Return the titles of what waits, in its order."""
        page = await self.finding_reviews.queue(ONE, member_id)
        return [review.title for review in page.reviews]

    async def notices(self, card: str) -> list[int]:
        """Return who has notices of a kind."""
        found = await self.rows(
            "SELECT member_id FROM notices WHERE feature = 'blog_reviews' AND card = ? ORDER BY notice_id", card
        )
        return [member_id for (member_id,) in found]


def said(part: Part) -> str:
    """Return what a message of feedback says: each text behind what it is about."""
    return "|".join(f"{field}:{text}" for field, text in part.words)


def whole(texts: Sequence[str]) -> dict[str, str]:
    """Return what messages of feedback say put together, by what it is about, in their order."""
    found: dict[str, str] = {}
    for text in texts:
        for piece in text.split("|"):
            field, _, words = piece.partition(":")
            found[field] = found.get(field, "") + words
    return found


@contextlib.asynccontextmanager
async def opened(database: Database, clock: HandClock, discord: BookDiscord | None = None) -> AsyncIterator[Bookclub]:
    """Set a server up that never sleeps, with a channel for reviews; readers may be asked by private message."""
    club = Bookclub(database, clock, discord)
    await club.installation.keep_host_key(Secret(""))
    await club.setup.server(ONE, "en")
    await club.setup.choose_hours(ONE, MIO, 0, 24)
    await club.setup.choose_place(ONE, MIO, Place.REVIEWS, SHELF)
    for member_id in (AKI, *READERS):
        await club.members.seen(ONE, member_id, "en")
        await club.choices.choose_quiet(ONE, member_id, 0, 0)
    for member_id in READERS:
        await club.choices.consent(ONE, member_id, Kind.REVIEW, Way.DM)
    await club.worker.start()
    database.on_effects_written(lambda: None)
    await club.due()
    yield club
    await club.worker.stop()


async def requested(club: Bookclub, member_id: MemberId = AKI, url: str = PAGE, title: str = "a post") -> Review:
    """Let a member ask to be read, and let it be posted."""
    review = await club.request(member_id, url, title)
    await club.due()
    found = await club.now(review)
    assert found.state is State.WAITING
    return found


async def mended(club: Bookclub) -> None:
    """Let moderators mend what stopped the bot, and time pass."""
    club.discord.mend()
    await club.setup.try_again(ONE, MIO)
    for _ in range(3):
        await club.later()
