"""What readers do before they write: give their word to read something, choose another day, give it back."""

from dataclasses import dataclass
from datetime import datetime

from bot.features.blog_reviews import turns
from bot.features.blog_reviews.course import demand_fresh, demand_word, found, give_back, has_written, keep, take
from bot.features.blog_reviews.follow import FEATURE
from bot.features.blog_reviews.model import CLAIMS_LIMITS, Outcome, Review, State
from bot.features.blog_reviews.queue import day_chosen, due_at
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.store import ReviewStore
from bot.features.blog_reviews.telling import INVITE, MISSED, REMIND, is_invitation
from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.model import Notice
from bot.features.safety.service import Safety
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Day:
    """The day that a reader chose: one of :class:`~bot.features.blog_reviews.queue.By`, or in own words."""

    by: str
    typed: str = ""


class Reading:
    """One method for each thing that a reader can do."""

    def __init__(self, database: Database, inbox: Inbox, choices: Choices, safety: Safety) -> None:
        self._database = database
        self._inbox = inbox
        self._choices = choices
        self._safety = safety

    async def claimable(self, server_id: ServerId, member_id: MemberId, review_id: int) -> Review:
        """Return a request that a member could read, before they choose a day; or the one that they read already.

        Raises:
            Refusal: they can't read it (see :meth:`claim`).
        """
        async with self._database.read() as transaction:
            return await self._claimable(transaction, server_id, member_id, review_id)

    async def claim(self, server_id: ServerId, member_id: MemberId, review_id: int, day: Day) -> Review:
        """Give one's word to read something by a day; who has given it changes nothing.

        Raises:
            Refusal: it is gone, one's own, or read by somebody; it was read by this member; they have enough to read,
                are on hold, or chose a day that it can't be.
        """
        async with self._database.write() as transaction:
            return await self._claim(transaction, server_id, member_id, review_id, day)

    async def of(self, server_id: ServerId, member_id: MemberId, review_id: int) -> Review:
        """Return a request that a member reads, or once gave their word to, and has not written about.

        Raises:
            Refusal: it is gone, they never did, or have written.
        """
        async with self._database.read() as transaction:
            review = await found(ReviewStore(transaction, server_id), review_id)
            await demand_word(transaction, review, member_id)
            if await has_written(transaction, review, member_id):
                raise Refusal("blog_reviews.delivered_before")
            return review

    async def asked(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Review:
        """Return what a member was asked to read by a notice of theirs.

        Raises:
            Refusal: the notice is gone or somebody else's, or they can't read it.
        """
        notice = await self._notice(server_id, member_id, notice_id, {INVITE})
        return await self.claimable(server_id, member_id, notice.object_id)

    async def claim_asked(self, server_id: ServerId, member_id: MemberId, notice_id: int, day: Day) -> Review:
        """Give one's word as one was asked to; that takes the notice up.

        Raises:
            Refusal: the notice is gone or somebody else's, or see :meth:`claim`.
        """
        notice = await self._notice(server_id, member_id, notice_id, {INVITE})
        async with self._database.write() as transaction:
            review = await self._claim(transaction, server_id, member_id, notice.object_id, day)
            await self._inbox.take(transaction, notice)
            return review

    async def told(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Review:
        """Return what a member has to read, or had, that a notice asked them to read or reminds them of.

        Raises:
            Refusal: the notice or the request is gone, or somebody else's.
        """
        notice = await self._notice(server_id, member_id, notice_id, {INVITE, REMIND, MISSED})
        async with self._database.read() as transaction:
            review_id = notice.object_id
            if not is_invitation(notice.card):
                claim = await ReadingStore(transaction, server_id).find(notice.object_id)
                review_id = 0 if claim is None else claim.review_id
            return await found(ReviewStore(transaction, server_id), review_id)

    async def redate(self, server_id: ServerId, member_id: MemberId, review_id: int, day: Day) -> Review:
        """Choose another day for what one reads.

        Raises:
            Refusal: the member does not read it, or it can't be that day.
        """
        async with self._database.write() as transaction:
            review = await found(ReviewStore(transaction, server_id), review_id)
            claim = review.claim
            if claim is None or claim.member_id != member_id:
                raise Refusal("blog_reviews.not_reading")
            due = await self._due(transaction, server_id, member_id, day, claim.claimed_at)
            await ReadingStore(transaction, server_id).redate(claim.claim_id, due)
            changed = await found(ReviewStore(transaction, server_id), review_id)
            return await keep(transaction, turns.claimed(changed, changed.claim or claim, transaction.now))

    async def release(self, server_id: ServerId, member_id: MemberId, review_id: int) -> Review:
        """Let others read what one has no time for; nothing follows from it. A second press changes nothing.

        Raises:
            Refusal: it is gone, or the member never gave their word.
        """
        async with self._database.write() as transaction:
            review = await found(ReviewStore(transaction, server_id), review_id)
            if review.is_read_by(member_id):
                return await give_back(self._inbox, transaction, review, Outcome.RELEASED)
            await demand_word(transaction, review, member_id)
            return review

    async def choose_limit(self, server_id: ServerId, member_id: MemberId, most: int) -> None:
        """Choose how many to have to read at a time.

        Raises:
            Refusal: it is not one of those offered.
        """
        if most not in CLAIMS_LIMITS:
            raise Refusal("blog_reviews.no_such_number")
        async with self._database.write() as transaction:
            await ReadingStore(transaction, server_id).keep_claims_limit(member_id, most)

    async def _claimable(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId, review_id: int
    ) -> Review:
        review, reading = (
            await found(ReviewStore(transaction, server_id), review_id),
            ReadingStore(transaction, server_id),
        )
        if review.author_id == member_id:
            raise Refusal("blog_reviews.own")
        if review.is_read_by(member_id):
            return review
        if review.claim is not None:
            until = int(review.claim.due_at.timestamp())
            raise Refusal("blog_reviews.read_by", reader=review.claim.member_id, until=until)
        if review.state is not State.WAITING:
            raise Refusal("blog_reviews.read_already" if review.state is State.DELIVERED else "blog_reviews.closed")
        await self._safety.refuse_held(transaction, server_id, member_id)
        if await has_written(transaction, review, member_id):
            raise Refusal("blog_reviews.read_before")
        await demand_fresh(transaction, review, member_id)
        most = await reading.claims_limit(member_id)
        if await reading.open_claims(member_id) >= most:
            raise Refusal("blog_reviews.enough_claims", most=most)
        if review.author_id is None or await self._is_apart(transaction, review, member_id):
            raise Refusal("blog_reviews.kept_for_another")  # as where somebody was asked before, in the same words
        return review

    async def _claim(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId, review_id: int, day: Day
    ) -> Review:
        review = await self._claimable(transaction, server_id, member_id, review_id)
        if review.is_read_by(member_id):
            return review
        due = await self._due(transaction, server_id, member_id, day, transaction.now)
        return await take(self._inbox, transaction, review, member_id, due)

    async def _due(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId, day: Day, since: datetime
    ) -> datetime:
        """Return the last minute of the day that a reader chose, who gave their word at ``since``."""
        zone = (await self._choices.hours(transaction, server_id, member_id)).zone
        today, claimed_on = (each.astimezone(zone).date() for each in (transaction.now, since))
        chosen = day_chosen(day.by, day.typed, today, claimed_on)
        if chosen is None:
            raise Refusal("blog_reviews.no_such_due_day")
        return due_at(chosen, zone)

    async def _is_apart(self, transaction: Transaction, review: Review, member_id: MemberId) -> bool:
        author_id = MemberId(review.author_id or 0)
        return await self._choices.keeps_apart(transaction, ServerId(review.server_id), author_id, member_id)

    async def _notice(self, server_id: ServerId, member_id: MemberId, notice_id: int, cards: set[str]) -> Notice:
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        card = INVITE if is_invitation(notice.card) else notice.card
        if notice.feature != FEATURE or card not in cards:
            raise Refusal("members.notice_gone")
        return notice
