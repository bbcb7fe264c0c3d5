"""Thanks to those who read."""

from collections.abc import Sequence

from bot.features.blog_reviews.follow import FEATURE
from bot.features.blog_reviews.model import THANKED_LIMIT, Review
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.service import Reviews
from bot.features.blog_reviews.telling import GIVEN
from bot.features.members.inbox import Inbox
from bot.features.reputation.model import REASON_LIMIT, Cause, CauseKind, Wish
from bot.features.reputation.service import Reputation
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.people import Person
from bot.storage.database import Database

__all__ = ["REASON_LIMIT", "ThankingReaders"]


class ThankingReaders:
    """One method for each way in which an author thanks."""

    def __init__(self, database: Database, inbox: Inbox, reviews: Reviews, reputation: Reputation) -> None:
        self._database = database
        self._inbox = inbox
        self._reviews = reviews
        self._reputation = reputation

    async def can_thank_publicly(self, server_id: ServerId) -> bool:
        """Return whether there is a channel in which thanks can be posted."""
        return await self._reputation.can_be_public(server_id)

    async def thankable(
        self, server_id: ServerId, member_id: MemberId, review_id: int
    ) -> tuple[Review, tuple[MemberId, ...]]:
        """Return an own request, and whom of those who wrote nobody has thanked for it yet, as far as there is room.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        review = await self._reviews.own(server_id, member_id, review_id)
        thanked = await self._reputation.thanked_for(server_id, _cause(review_id))
        left = [each for each in await self._wrote(server_id, review_id) if each not in thanked]
        return review, tuple(left[: max(0, THANKED_LIMIT - len(thanked))])

    async def told(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> tuple[Review, MemberId]:
        """Return the own request that a notice of feedback is about, and who wrote that.

        Raises:
            Refusal: the notice is gone or somebody else's, they were thanked, or nobody can tell any more who wrote.
        """
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        if (notice.feature, notice.card) != (FEATURE, GIVEN):
            raise Refusal("members.notice_gone")
        async with self._database.read() as transaction:
            given = await ReadingStore(transaction, server_id).feedback(notice.object_id)
        if given is None or given.member_id is None:
            raise Refusal("members.notice_gone")
        review, left = await self.thankable(server_id, member_id, given.review_id)
        if given.member_id not in left:
            raise Refusal("blog_reviews.all_thanked")
        return review, MemberId(given.member_id)

    async def person(self, server_id: ServerId, reader_id: MemberId, named: Person | None = None) -> Person:
        """Return somebody whom an author would like to thank, as Discord ``named`` them with the request or knows them.

        Raises:
            Refusal: they are not in the server any more, or a bot.
        """
        return await self._reputation.receiver(server_id, reader_id, named)

    async def thank(
        self,
        server_id: ServerId,
        member_id: MemberId,
        review_id: int,
        wish: tuple[Sequence[Person], str, bool],
        interaction_id: InteractionId,
    ) -> Review:
        """Thank some of those who wrote, all or none, and each of them once.

        Args:
            server_id: the server.
            member_id: whose request it is.
            review_id: the request.
            wish: whom, why, and whether it may be public.
            interaction_id: the submission; repeated, it changes nothing.

        Raises:
            Refusal: it is gone or somebody else's, somebody did not write, or it can't be recorded.
        """
        people, reason, is_public = wish
        review = await self._reviews.own(server_id, member_id, review_id)
        wrote = set(await self._wrote(server_id, review_id))
        if not people or not {MemberId(person.member_id) for person in people} <= wrote:
            raise Refusal("blog_reviews.did_not_write")
        wishes = [Wish(member_id, each.member_id, reason, each.names, is_public, _cause(review_id)) for each in people]
        await self._reputation.thank_all(server_id, wishes, interaction_id)
        return review

    async def thank_told(
        self,
        server_id: ServerId,
        member_id: MemberId,
        notice_id: int,
        wish: tuple[str, bool],
        interaction_id: InteractionId,
    ) -> Review:
        """Thank the one of whom a notice tells; that takes the notice up.

        Args:
            server_id: the server.
            member_id: whose notice it is.
            notice_id: the notice.
            wish: why, and whether it may be public.
            interaction_id: the submission; repeated, it changes nothing.

        Raises:
            Refusal: see :meth:`told`, :meth:`person` and :meth:`thank`.
        """
        review, reader_id = await self.told(server_id, member_id, notice_id)
        people = [await self.person(server_id, reader_id)]
        await self.thank(server_id, member_id, review.review_id, (people, *wish), interaction_id)
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        async with self._database.write() as transaction:
            await self._inbox.take(transaction, notice)
        return review

    async def _wrote(self, server_id: ServerId, review_id: int) -> list[MemberId]:
        async with self._database.read() as transaction:
            given = await ReadingStore(transaction, server_id).feedback_of(review_id)
        return list(dict.fromkeys(MemberId(each.member_id) for each in given if each.member_id is not None))


def _cause(review_id: int) -> Cause:
    return Cause(CauseKind.REVIEW, review_id)
