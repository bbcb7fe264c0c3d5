"""Who is asked to read, who is reminded of their word, and what others may read again: one step whenever it is due."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.features.blog_reviews.course import close, give_back, tell_reader
from bot.features.blog_reviews.follow import FEATURE, want_step
from bot.features.blog_reviews.model import End, Outcome, Review, State
from bot.features.blog_reviews.queue import ASKED, ROUND, asked_from, lapses_at, next_step
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.store import ReviewStore
from bot.features.blog_reviews.telling import REMIND, invitation
from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind
from bot.features.members.sweep import Directory
from bot.features.setup.service import Setup
from bot.kernel.errors import TryLater
from bot.kernel.hours import Hours
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect

_SHORTEST_STEP = timedelta(minutes=1)  # whoever may be asked "now" and was not shall not keep the worker spinning


class ReviewSteps:
    """Takes one step of a request whenever it is due.

    When the next one is due stands in the request itself, and is written in the transaction of the step before: a job
    that is repeated, or comes from a clock ahead of ours, finds itself too early and does nothing.
    """

    def __init__(self, database: Database, setup: Setup, choices: Choices, inbox: Inbox, directory: Directory) -> None:
        self._database = database
        self._setup = setup
        self._choices = choices
        self._inbox = inbox
        self._directory = directory

    async def run(self, effect: Effect) -> None:
        """Take the step that is due, if any is, as long as whom it waits for is there."""
        assert effect.server_id is not None  # noqa: S101 - a request is a server's
        server_id = effect.server_id
        day = (await self._setup.server(server_id)).hours
        async with self._database.read() as transaction:
            review, now = await ReviewStore(transaction, server_id).find(effect.object_id), transaction.now
        if review is None or review.step_at is None:
            return
        awaited_id = _awaited(review)
        has_left = review.step_at <= now and awaited_id is not None and await self._has_left(server_id, awaited_id)
        async with self._database.write() as transaction:
            review = await ReviewStore(transaction, server_id).find(effect.object_id)
            if review is None or review.step_at is None:
                return
            if has_left and _awaited(review) == awaited_id:
                await self._without(transaction, review)
            elif review.step_at > transaction.now:
                await want_step(transaction, review)
            else:
                await self._step(transaction, review, day)

    async def _has_left(self, server_id: ServerId, member_id: MemberId) -> bool:
        """Return whether somebody is not in the server any more.

        While Discord does not say, they are there: a day goes by all the same, and the next step asks again.
        """
        try:
            return not await self._directory.is_member(server_id, member_id)
        except TryLater:
            return False

    async def _without(self, transaction: Transaction, review: Review) -> None:
        """Go on without who is not in the server any more."""
        if review.claim is not None:
            await give_back(self._inbox, transaction, review, Outcome.LEFT)
        else:
            await close(self._inbox, transaction, review, End.LEFT)

    async def _step(self, transaction: Transaction, review: Review, day: Hours) -> None:
        if review.state is State.CLAIMED:
            await self._watch(transaction, review)
            return
        step_at = None
        if review.state is State.WAITING and review.is_posted:
            review, step_at = await self._ask(transaction, review, day)
        await self._look_again(transaction, review, step_at)

    async def _watch(self, transaction: Transaction, review: Review) -> None:
        """Remind who reads of their word; let others read once it has lapsed."""
        claim, server_id, now = review.claim, ServerId(review.server_id), transaction.now
        assert claim is not None  # noqa: S101 - somebody reads it
        if lapses_at(claim) <= now:
            await give_back(self._inbox, transaction, review, Outcome.LAPSED)
            return
        zone = (await self._choices.hours(transaction, server_id, MemberId(claim.member_id))).zone
        step_at = next_step(claim, zone)
        if step_at <= now:
            await ReadingStore(transaction, server_id).remind(claim.claim_id)
            again = claim.reminded_at is not None
            await tell_reader(self._inbox, transaction, review, REMIND, again=again)
            step_at = next_step(replace(claim, reminded_at=now), zone)
        await self._look_again(transaction, review, step_at)

    async def _ask(self, transaction: Transaction, review: Review, day: Hours) -> tuple[Review, datetime]:
        """Ask members to read what has waited for a day; return what it comes to, and when to look again."""
        now = transaction.now
        if review.invited_at is not None and review.invited_at > now:  # by a clock that was ahead
            review = replace(review, invited_at=now)
        due_at = asked_from(review, day)
        awake_at = day.first_awake(max(due_at, now)) or max(due_at, now)
        if awake_at > now:
            return review, awake_at
        server_id, author_id = ServerId(review.server_id), MemberId(review.author_id or 0)
        among = await self._choices.willing(transaction, server_id, Kind.REVIEW)
        reading = ReadingStore(transaction, server_id)
        took_part = {each.member_id for each in await reading.feedback_of(review.review_id)}
        took_part |= {each.member_id for each in await reading.claims(review.review_id)}  # no time for it, once
        took_part |= set(await reading.busy())
        among = [each for each in among if each not in took_part]
        subject, most = (FEATURE, invitation(review), review.review_id), review.declined or ROUND
        asked = await self._inbox.ask(transaction, server_id, Kind.REVIEW, subject, author_id, among, most)
        if review.declined:  # the next round comes as if nobody had passed
            again = replace(review, declined=0)
            return again, max(asked_from(again, day), now + _SHORTEST_STEP)
        if asked.members:
            again = replace(review, invited_at=now)
            return again, asked_from(again, day)
        latest = now + ASKED  # somebody may have agreed to be asked by then
        return review, latest if asked.again_at is None else min(max(asked.again_at, now + _SHORTEST_STEP), latest)

    @staticmethod
    async def _look_again(transaction: Transaction, review: Review, step_at: datetime | None) -> None:
        again = replace(review, step_at=step_at)
        await ReviewStore(transaction, ServerId(review.server_id)).keep(again)
        await want_step(transaction, again)


def _awaited(review: Review) -> MemberId | None:
    """Return for whom a request waits: its reader, or its author while it has none."""
    found = review.author_id if review.claim is None else review.claim.member_id
    return None if found is None else MemberId(found)
