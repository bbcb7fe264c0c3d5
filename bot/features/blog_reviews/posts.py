"""What of reviews stands in Discord: cards, their threads, and what readers wrote in them."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.features.blog_reviews import turns
from bot.features.blog_reviews.course import tell_author
from bot.features.blog_reviews.follow import FEATURE, PART, follow, want_part
from bot.features.blog_reviews.losing import lose, lose_channel
from bot.features.blog_reviews.model import End, Feedback, Part, Review
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.service import usual_time
from bot.features.blog_reviews.store import ReviewStore
from bot.features.blog_reviews.telling import GIVEN
from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from bot.kernel.errors import UNKNOWN_CHANNEL, DiscordTrouble, ObjectGone, PlaceGone
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, MemberId, MessageId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as its card shows it, with how long feedback usually takes here."""

    review: Review
    usual: timedelta | None


@dataclass(frozen=True, slots=True)
class Said:
    """One message of what somebody wrote about a request."""

    review: Review
    feedback: Feedback
    part: Part


class ReviewPosts:
    """Tells the worker what to post now, and notes what was posted."""

    def __init__(self, database: Database, setup: Setup, choices: Choices, inbox: Inbox) -> None:
        self._database = database
        self._setup = setup
        self._choices = choices
        self._inbox = inbox

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return what ``effect`` comes to now.

        Raises:
            PlaceGone: there is no channel for it any more.
        """
        server = await self._setup.server(_server_of(effect))
        async with self._database.read() as transaction:
            if effect.card == PART:
                said = await _said(transaction, effect)
                return None if said is None else await self._part(transaction, effect, said, server.language)
            store = ReviewStore(transaction, _server_of(effect))
            review = await store.find(effect.object_id)
            usual = await usual_time(store, transaction)
        return None if review is None else _card(effect, Shown(review, usual), server)

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note what was posted, and let follow what waited for it."""
        if result_id is None:
            return
        if effect.card == PART:
            await self._part_posted(transaction, effect, outgoing, MessageId(result_id))
            return
        review = await ReviewStore(transaction, _server_of(effect)).find(effect.object_id)
        if review is None:
            return
        is_stale = _is_stale(effect, outgoing, review)
        if effect.verb is Verb.SEND:
            posted = replace(review, channel_id=outgoing.channel_id, message_id=result_id)
            posted = turns.posted(posted, transaction.now) if posted.state.is_open else posted
            await ReviewStore(transaction, _server_of(effect)).keep(posted)
            await follow(transaction, posted, shows=is_stale)
        elif effect.verb is Verb.THREAD and review.message_id == outgoing.message_id:  # else its card is gone
            started = replace(review, thread_id=result_id)
            await ReviewStore(transaction, _server_of(effect)).keep(started)
            if is_stale or not started.state.is_open:
                await follow(transaction, started, shows=False)
            else:
                await want_part(transaction, started)

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Note a card or a thread that is gone; let a card that can't be posted go where moderators point."""
        is_gone = isinstance(trouble, ObjectGone) or trouble.code == UNKNOWN_CHANNEL
        review = await _review_of(transaction, effect)
        if review is None or (effect.card == PART and effect.verb is Verb.EDIT and is_gone):
            return True
        if not is_gone or (effect.card != PART and effect.verb is Verb.SEND):
            return False
        if trouble.code == UNKNOWN_CHANNEL and trouble.channel_id == review.channel_id:
            await lose_channel(transaction, _server_of(effect), review.channel_id or 0)
        elif review.is_posted and (trouble.channel_id == review.thread_id or trouble.message_id == review.message_id):
            await lose(self._inbox, transaction, review)
        return True

    async def _part(self, transaction: Transaction, effect: Effect, said: Said, language: Locale) -> Outgoing | None:
        review, part = said.review, said.part
        if review.thread_id is None or (part.message_id is None) is (effect.verb is Verb.EDIT):
            return None
        thread_id = ChannelId(review.thread_id)
        if part.message_id is not None:
            is_edit = effect.verb is Verb.EDIT
            return Outgoing(thread_id, MessageId(part.message_id), language, said) if is_edit else None
        # Also of what its author took back meanwhile: these are the reader's words. In a locked thread, nothing new.
        is_wanted = bool(part.words) and review.ending is not End.LOCKED
        if not is_wanted and effect.uncertain_since is None:
            return None
        pings = () if part.number else await self._pings(transaction, said)
        return Outgoing(thread_id, None, language, said, pings, is_wanted=is_wanted)

    async def _part_posted(self, transaction: Transaction, effect: Effect, outgoing: Outgoing, made: MessageId) -> None:
        """Note where a message of feedback stands, and let the next one come; taken back on its way, it shows nothing.

        The author hears of feedback when its first message is there to be read.
        """
        server_id = _server_of(effect)
        said = await _said(transaction, effect)
        if said is None or said.review.thread_id != outgoing.channel_id:
            return  # the thread is gone in which it stands
        await ReadingStore(transaction, server_id).part_posted(effect.object_id, made)
        if not said.part.words:
            await Effects(transaction).put(Verb.EDIT, FEATURE, PART, effect.object_id, server_id=server_id)
        elif said.part.number == 0 and said.feedback.member_id is not None:
            writer_id = MemberId(said.feedback.member_id)
            await tell_author(self._inbox, transaction, said.review, GIVEN, said.feedback.feedback_id, writer_id)
        await want_part(transaction, said.review)

    async def _pings(self, transaction: Transaction, said: Said) -> tuple[MemberId, ...]:
        """Return the author, who is to hear of it; nobody across a distance."""
        author_id, writer_id = MemberId(said.review.author_id or 0), MemberId(said.feedback.member_id or 0)
        server_id = ServerId(said.review.server_id)
        is_apart = await self._choices.keeps_apart(transaction, server_id, author_id, writer_id)
        return (author_id,) if author_id and not is_apart else ()


def _is_stale(effect: Effect, outgoing: Outgoing, review: Review) -> bool:
    """Return whether what was made may show what was before: it was drawn then, or by an interrupted attempt."""
    drawn = outgoing.subject.review if isinstance(outgoing.subject, Shown) else None
    is_same = drawn is not None and replace(drawn, step_at=review.step_at) == review
    return effect.uncertain_since is not None or not is_same


async def _said(transaction: Transaction, effect: Effect) -> Said | None:
    """Return the message of feedback that an effect is about, or None."""
    reading = ReadingStore(transaction, _server_of(effect))
    part = await reading.part(effect.object_id)
    given = None if part is None else await reading.feedback(part.feedback_id)
    review = None if given is None else await ReviewStore(transaction, _server_of(effect)).find(given.review_id)
    return None if part is None or given is None or review is None else Said(review, given, part)


async def _review_of(transaction: Transaction, effect: Effect) -> Review | None:
    if effect.card != PART:
        return await ReviewStore(transaction, _server_of(effect)).find(effect.object_id)
    said = await _said(transaction, effect)
    return None if said is None else said.review


def _server_of(effect: Effect) -> ServerId:
    assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
    return effect.server_id


def _card(effect: Effect, shown: Shown, server: Server) -> Outgoing | None:
    review = shown.review
    if effect.verb is Verb.SEND:
        return _new(effect, shown, server)
    if effect.verb is Verb.EDIT_THREAD:
        if review.thread_id is None or review.ending is End.LOCKED:
            return None
        is_open = review.state.is_open
        return Outgoing(ChannelId(review.thread_id), None, server.language, shown, closed=not is_open, opened=is_open)
    if review.message_id is None or review.place_id is None:
        return None
    is_wanted = review.state.is_open or effect.verb is Verb.EDIT
    is_done = effect.verb is Verb.THREAD and review.thread_id is not None
    if is_done or not (is_wanted or effect.uncertain_since is not None):
        return None
    return Outgoing(review.place_id, MessageId(review.message_id), server.language, shown, is_wanted=is_wanted)


def _new(effect: Effect, shown: Shown, server: Server) -> Outgoing | None:
    """Return a card that is to be posted; what an interrupted attempt may have posted is looked for in any case."""
    review = shown.review
    if review.message_id is not None or not (review.state.is_open or effect.uncertain_since is not None):
        return None
    channel_id = server.places.get(Place.REVIEWS)
    if channel_id is None:
        raise PlaceGone("trouble.refused", UNKNOWN_CHANNEL, "no channel for reviews")
    return Outgoing(ChannelId(channel_id), None, server.language, shown, is_wanted=review.state.is_open)
