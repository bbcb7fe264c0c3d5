"""What members do with their own requests: ask to be read, change it, ask for another reader, bring it to an end."""

import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import unquote

from bot.features.blog_reviews import turns
from bot.features.blog_reviews.course import close, found, keep, withdraw
from bot.features.blog_reviews.follow import FEATURE
from bot.features.blog_reviews.links import is_draft_link, is_redirect
from bot.features.blog_reviews.model import (
    QUESTION_LIMIT,
    REQUESTS_LIMIT,
    TITLE_LIMIT,
    UNREAD_LIMIT,
    End,
    Outlook,
    Review,
    State,
    Typed,
    Written,
)
from bot.features.blog_reviews.queue import LISTED, asked_from, in_line, wished_day
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.store import ReviewStore
from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.model import Draft
from bot.features.members.reach import Kind
from bot.features.members.service import Members
from bot.features.safety.service import Safety, Screened
from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.kernel.addresses import Address, BadAddress, read_address
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import is_visible
from bot.kernel.waits import USUAL_SINCE, usual_wait
from bot.storage.database import Database, Transaction

__all__ = ["Kind", "Reviews", "usual_time"]

_DAY = timedelta(days=1)
_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:/{1,3}[^\s]+")  # that Discord makes one of, and what looks like one
LINKS = 3  # that a request may hold: to the page, and to what the question is about
# What is said of an address that is not taken, by why it is not: as it is no public page's, or by what it leads to.
_NOT_TAKEN = {
    "too_long": "blog_reviews.address_too_long",
    "scheme": "blog_reviews.address_scheme",
    "broken": "blog_reviews.address_broken",
    "user": "blog_reviews.address_user",
    "private": "blog_reviews.address_private",
    "look_alike": "blog_reviews.address_look_alike",
    "invite": "blog_reviews.address_invite",
    "messenger": "blog_reviews.address_invite",
    "shortener": "blog_reviews.address_shortener",
    "affiliate": "blog_reviews.address_affiliate",
}


class Reviews:
    """One method for each thing that an author can do."""

    def __init__(
        self, database: Database, setup: Setup, members: Members, inbox: Inbox, choices: Choices, safety: Safety
    ) -> None:
        self._database = database
        self._setup = setup
        self._members = members
        self._inbox = inbox
        self._choices = choices
        self._safety = safety

    async def demand_room(self, server_id: ServerId, member_id: MemberId) -> None:
        """Let a form be opened in which a member asks to be read.

        Raises:
            Refusal: there is no channel for it, or enough of theirs waits to be read.
        """
        if Place.REVIEWS not in (await self._setup.server(server_id)).places:
            raise Refusal("blog_reviews.not_set_up")
        async with self._database.read() as transaction:
            await _demand_room(ReviewStore(transaction, server_id), member_id)

    async def request(
        self, server_id: ServerId, member_id: MemberId, typed: Typed, interaction_id: InteractionId
    ) -> Review:
        """Ask to be read, once for each interaction.

        Raises:
            Refusal: the form can't be taken or posted as it is, its page waits already, or enough of theirs does.
        """
        if Place.REVIEWS not in (await self._setup.server(server_id)).places:
            raise Refusal("blog_reviews.not_set_up")
        written, screened = await self._checked(server_id, member_id, typed)
        async with self._database.write() as transaction:
            store = ReviewStore(transaction, server_id)
            before = await store.by_interaction(interaction_id)
            if before is not None:
                return before
            await _demand_room(store, member_id)
            if await store.requested_since(member_id, transaction.now - _DAY) >= REQUESTS_LIMIT:
                raise Refusal("blog_reviews.enough_today", most=REQUESTS_LIMIT)
            await _demand_unknown(store, written.address)
            await self._safety.check(transaction, server_id, member_id, screened)
            await store.begin(member_id, written, interaction_id)
            review = await store.by_interaction(interaction_id)
            assert review is not None  # noqa: S101 - just begun
            return await keep(transaction, review)

    async def edit(self, server_id: ServerId, member_id: MemberId, review_id: int, typed: Typed) -> Review:
        """Change what is to be read, as long as nobody has read it.

        Raises:
            Refusal: it is gone, somebody else's or was read, or the form can't be taken or posted as it is.
        """
        posted = await self.own(server_id, member_id, review_id)
        written, screened = await self._checked(server_id, member_id, typed, posted)
        async with self._database.write() as transaction:
            store = ReviewStore(transaction, server_id)
            before = await _own(store, member_id, review_id)
            if not before.state.is_unread:
                raise Refusal("blog_reviews.read_already")
            if written.address != before.address and (before.claim is not None or before.read_count):
                raise Refusal("blog_reviews.page_fixed")
            await _demand_unknown(store, written.address, review_id)
            await self._safety.check(transaction, server_id, member_id, screened)
            changed = replace(
                before,
                url=written.url,
                host=written.host,
                address=written.address,
                title=written.title,
                wants=written.wants,
                question=written.question,
                wish_on=written.wish_on,
                revision=before.revision + 1,
            )
            return await keep(transaction, changed)

    async def draft(self, server_id: ServerId, member_id: MemberId, draft_id: int) -> Draft:
        """Return a member's own form that failed, as they typed it.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        return await self._members.draft(server_id, member_id, draft_id)

    async def seen(self, server_id: ServerId, review_id: int) -> Review:
        """Return a request, whoever it is that looks at it.

        Raises:
            Refusal: it is gone.
        """
        async with self._database.read() as transaction:
            return await found(ReviewStore(transaction, server_id), review_id)

    async def own(self, server_id: ServerId, member_id: MemberId, review_id: int) -> Review:
        """Return a member's own request.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        async with self._database.read() as transaction:
            return await _own(ReviewStore(transaction, server_id), member_id, review_id)

    async def another(self, server_id: ServerId, member_id: MemberId, review_id: int) -> Review:
        """Wish for another reader of what was read; a second press changes nothing.

        Raises:
            Refusal: it is gone, somebody else's or was closed, or enough of theirs waits to be read.
        """
        async with self._database.write() as transaction:
            store = ReviewStore(transaction, server_id)
            review = await _own(store, member_id, review_id)
            if review.state.is_unread:
                return review
            if review.state is not State.DELIVERED:
                raise Refusal("blog_reviews.closed")
            await _demand_room(store, member_id)
            await _demand_unknown(store, review.address, review_id)
            await self._safety.refuse_held(transaction, server_id, member_id)
            return await keep(transaction, turns.another(review, transaction.now))

    async def close(self, server_id: ServerId, member_id: MemberId, review_id: int) -> Review:
        """Bring a request to an end; a second press changes nothing.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        async with self._database.write() as transaction:
            review = await _own(ReviewStore(transaction, server_id), member_id, review_id)
            return await close(self._inbox, transaction, review, End.AUTHOR) if review.state.is_open else review

    async def withdraw(self, server_id: ServerId, member_id: MemberId, review_id: int) -> Review:
        """Take a request back: its text and its address go at once. A second press changes nothing.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        async with self._database.write() as transaction:
            review = await ReviewStore(transaction, server_id).find(review_id)
            if review is None or review.author_id != member_id:
                raise Refusal("blog_reviews.gone")
            is_done = review.state is State.WITHDRAWN
            return review if is_done else await withdraw(self._inbox, transaction, review)

    async def outlook(self, server_id: ServerId, review: Review) -> Outlook:
        """Return what an author can be told: what is to be read before, when members are asked, how long it takes."""
        hours = (await self._setup.server(server_id)).hours
        async with self._database.read() as transaction:
            store = ReviewStore(transaction, server_id)
            waiting = [each for each in await store.waiting() if each.review_id != review.review_id]
            usual, now = await usual_time(store, transaction), transaction.now
            readers = await self._choices.willing(transaction, server_id, Kind.REVIEW)
        before = in_line([*waiting, replace(review, state=State.WAITING)])
        ahead = next(place for place, each in enumerate(before) if each.review_id == review.review_id)
        asked_at = asked_from(review, hours)
        has_readers = any(reader_id != review.author_id for reader_id in readers)
        return Outlook(ahead, asked_at if asked_at > now else None, has_readers, usual)

    async def to_read(self, server_id: ServerId, member_id: MemberId) -> int:
        """Return how many requests of others wait that a member could read: a wish that they might."""
        async with self._database.read() as transaction:
            hidden = await self._choices.distances(transaction, server_id, member_id)
            waiting = await ReviewStore(transaction, server_id).waiting([*hidden, member_id])
            given = await ReadingStore(transaction, server_id).feedback_by(member_id)
        read = {each.review_id for each in given if not each.is_quick}
        return sum(each.review_id not in read for each in waiting)

    async def wants_consent(self, server_id: ServerId, member_id: MemberId, kind: Kind) -> bool:
        """Return whether to ask a member about messages of a kind: not who has chosen already."""
        consents = (await self._choices.of(server_id, member_id)).consents
        return kind not in consents and kind.follows not in consents

    async def _checked(
        self, server_id: ServerId, member_id: MemberId, typed: Typed, posted: Review | None = None
    ) -> tuple[Written, Screened]:
        """Return a form as it is kept, and what the rules find in it; what stands in ``posted`` was taken before.

        Raises:
            Refusal: it can't be taken as it is.
        """
        _demand_readable(typed)
        page = _page(typed.url)
        # Also as the page's own server reads it: what stands there in percent signs leads to the same.
        finding = (await self._safety.screened(server_id, (page.url, unquote(page.url)), links=LINKS)).finding
        if finding is not None and finding.reason in _NOT_TAKEN:
            raise Refusal(_NOT_TAKEN[finding.reason])
        if is_redirect(page.url):
            raise Refusal(_NOT_TAKEN["shortener"])
        is_kept = posted is not None and posted.wish_on is not None and typed.wish_by == posted.wish_on.isoformat()
        wish_on = posted.wish_on if posted and is_kept else await self._wished(server_id, member_id, typed.wish_by)
        is_posted = posted is not None and page.url == posted.url
        if is_draft_link(page.url) and not (typed.knows_draft or is_posted):
            raise Refusal("blog_reviews.draft_link", ways=((FEATURE, "show_draft"),), host=page.host)
        texts = typed.url, typed.title, typed.question, typed.wish_by
        screened = await self._safety.screened(server_id, texts, links=LINKS)
        title = " ".join(typed.title.split())
        return Written(page.url, page.host, page.key, title, typed.wants, typed.question.strip(), wish_on), screened

    async def _wished(self, server_id: ServerId, member_id: MemberId, typed: str) -> date | None:
        if not typed.strip():
            return None
        async with self._database.read() as transaction:
            zone = (await self._choices.hours(transaction, server_id, member_id)).zone
            day = wished_day(typed, transaction.now.astimezone(zone).date())
        if day is None:
            raise Refusal("blog_reviews.no_such_day")
        return day


async def usual_time(store: ReviewStore, transaction: Transaction) -> timedelta | None:
    """Return how long it usually takes until feedback comes."""
    return usual_wait(await store.waits(transaction.now - USUAL_SINCE, transaction.now - LISTED))


def _page(typed: str) -> Address:
    """Return the page at an address, as it was typed.

    Raises:
        Refusal: it is none that can be posted.
    """
    try:
        return read_address(typed)
    except BadAddress as bad:
        raise Refusal(_NOT_TAKEN[bad.why]) from bad


def _demand_readable(typed: Typed) -> None:
    """Let a form be taken that says what it is about, and leads nowhere else than it may.

    Raises:
        Refusal: it does not.
    """
    if not is_visible(typed.title):
        raise Refusal("blog_reviews.title_missing")
    if len(typed.title) > TITLE_LIMIT or len(typed.question) > QUESTION_LIMIT:
        raise Refusal("blog_reviews.too_long")
    if _LINK.search(typed.title):
        raise Refusal("blog_reviews.title_link")
    for link in _LINK.findall(typed.question):
        if is_redirect(_page(link.rstrip("。、.,!?)」』）")).url):
            raise Refusal(_NOT_TAKEN["shortener"])


async def _own(store: ReviewStore, member_id: MemberId, review_id: int) -> Review:
    review = await found(store, review_id)
    if review.author_id != member_id:
        raise Refusal("blog_reviews.author_only")
    return review


async def _demand_room(store: ReviewStore, member_id: MemberId) -> None:
    if sum(each.state.is_unread for each in await store.of_member(member_id)) >= UNREAD_LIMIT:
        raise Refusal("blog_reviews.enough_unread", most=UNREAD_LIMIT)


async def _demand_unknown(store: ReviewStore, address: str, but_id: int = 0) -> None:
    """Let a page be asked for that does not wait already: there is one card for each."""
    known = await store.unread_at(address, but_id)
    if known is not None:
        raise Refusal("blog_reviews.waits_already", brings=known)
