"""What of introductions stands in Discord: cards, their threads, and the hellos in them."""

from dataclasses import replace
from datetime import datetime

from bot.features.introductions.model import Hello, Introduction, State
from bot.features.introductions.store import IntroductionStore
from bot.features.members.choices import Choices
from bot.features.members.reach import Kind
from bot.features.members.topics import Topics
from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from bot.kernel.errors import UNKNOWN_CHANNEL, DiscordTrouble, ObjectGone, PlaceGone
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, MemberId, MessageId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb

FEATURE = "introductions"
CARD = "card"
HELLO = "hello"
WELCOME = "welcome"  # the step of who is asked next to say hello


async def follow(transaction: Transaction, introduction: Introduction) -> None:
    """Let card, thread and hellos come to what is kept of ``introduction``.

    Whatever is wanted twice happens once: what has happened by then stands in the rows, and is not
    done again.
    """
    if introduction.message_id is not None:
        await _want(transaction, Verb.EDIT, introduction)
    elif introduction.is_published:
        await _want(transaction, Verb.SEND, introduction)
    if introduction.thread_id is not None:
        await _want(transaction, Verb.EDIT_THREAD, introduction)
        await _want_hellos(transaction, introduction)
    elif introduction.message_id is not None and introduction.is_published and not introduction.thread_gone:
        await _want(transaction, Verb.THREAD, introduction)


async def consent_changed(transaction: Transaction, server_id: ServerId, member_id: MemberId, kind: Kind) -> None:
    """Let a card show whether its owner may be asked by name."""
    introduction = await IntroductionStore(transaction, server_id).of_member(member_id)
    if kind is Kind.NAMED and introduction is not None and introduction.message_id is not None:
        await _want(transaction, Verb.EDIT, introduction)


async def withdraw(transaction: Transaction, store: IntroductionStore, introduction: Introduction) -> Introduction:
    """Take a published introduction back: nobody finds it any more, its text goes, its thread closes."""
    withdrawn = replace(introduction, state=State.WITHDRAWN, revision=introduction.revision + 1)
    await store.keep(withdrawn)
    await store.index(withdrawn.introduction_id, None)
    await follow(transaction, withdrawn)
    return withdrawn


async def lose_card(store: IntroductionStore, introduction: Introduction) -> None:
    """Note that the card is gone from Discord: a published introduction is a draft again."""
    lost = replace(
        introduction,
        state=State.DRAFT if introduction.is_published else introduction.state,
        published_revision=None,
        channel_id=None,
        message_id=None,
        thread_id=None,
        thread_gone=False,
        card_serial=introduction.card_serial + 1,
    )
    await store.keep(lost)
    await store.index(lost.introduction_id, None)


async def lose_thread(transaction: Transaction, store: IntroductionStore, introduction: Introduction) -> None:
    """Note that the card's thread was deleted: the card says so by losing its button."""
    lost = replace(introduction, thread_id=None, thread_gone=True)
    await store.keep(lost)
    await follow(transaction, lost)


async def want_welcome(transaction: Transaction, introduction: Introduction, server: Server) -> None:
    """Let others be asked to say hello, from the server's first waking minute on, if nobody has yet."""
    if introduction.waits_for_hello:
        first_at = server.hours.first_awake(transaction.now)
        await want_step(transaction, introduction, first_at or transaction.now)


async def want_step(transaction: Transaction, introduction: Introduction, due_at: datetime) -> None:
    """Let it be seen at ``due_at`` who is asked next to say hello."""
    await Effects(transaction).put(
        Verb.JOB,
        FEATURE,
        WELCOME,
        introduction.introduction_id,
        server_id=ServerId(introduction.server_id),
        due_at=due_at,
    )


class IntroductionPosts:
    """Tells the worker what to post now, and notes what was posted."""

    def __init__(self, database: Database, setup: Setup, topics: Topics, choices: Choices) -> None:
        self._database = database
        self._setup = setup
        self._topics = topics
        self._choices = choices

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return what ``effect`` comes to now.

        Raises:
            PlaceGone: there is no channel for introductions any more.
        """
        server = await self._setup.server(_server_of(effect))
        async with self._database.read() as transaction:
            store = IntroductionStore(transaction, _server_of(effect))
            hello = await store.hello(effect.object_id) if effect.card == HELLO else None
            introduction = await store.find(await _introduction_of(store, effect))
            is_apart = hello is not None and await self._is_apart(transaction, effect, hello)
        if introduction is None:
            return None
        if hello is not None:
            return _hello(effect, hello, introduction, server.language, pings=not is_apart)
        if effect.verb is Verb.EDIT_THREAD:
            return _thread(introduction, server.language)
        channel_id = introduction.channel_id or server.introductions_channel_id
        if channel_id is None:
            raise PlaceGone("trouble.refused", UNKNOWN_CHANNEL, "no channel for introductions")
        ordered = introduction.ordered(await self._topics.of(_server_of(effect)))
        owner_id = MemberId(introduction.member_id)
        is_askable = Place.HELP in server.places and await self._choices.is_askable(_server_of(effect), owner_id)
        ordered = replace(ordered, is_askable=is_askable)
        return _card(effect, ordered, ChannelId(channel_id), server.language)

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note a card, a thread or a hello that was posted, and let follow what waited for it."""
        if result_id is None:
            return
        store = IntroductionStore(transaction, _server_of(effect))
        if effect.card == HELLO:
            await store.hello_posted(effect.object_id, MessageId(result_id))
            return
        introduction = await store.find(effect.object_id)
        if introduction is None:
            return
        if effect.verb is Verb.SEND:
            # From now on it is there for others: a card that waited for its channel has not waited for a hello.
            posted = replace(
                introduction,
                channel_id=outgoing.channel_id,
                message_id=result_id,
                published_at=transaction.now if introduction.is_published else introduction.published_at,
            )
            await store.keep(posted)
            await want_welcome(transaction, posted, await self._setup.server(_server_of(effect)))
            await _after_card(transaction, posted)
        elif effect.verb is Verb.THREAD and introduction.message_id == outgoing.message_id:  # else its card is gone
            started = replace(introduction, thread_id=result_id)
            await store.keep(started)
            await _after_thread(transaction, started)

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Note a card or a thread that is gone; let a card that can't be posted go where moderators point."""
        store = IntroductionStore(transaction, _server_of(effect))
        introduction = await store.find(await _introduction_of(store, effect))
        if introduction is None:
            return True
        is_gone = isinstance(trouble, ObjectGone) or trouble.code == UNKNOWN_CHANNEL
        if effect.card == HELLO or effect.verb is Verb.EDIT_THREAD:
            if is_gone and introduction.thread_id == trouble.channel_id:  # else it is another thread by now
                await lose_thread(transaction, store, introduction)
            return is_gone
        if effect.verb is Verb.SEND:
            if effect.uncertain_since is not None and not is_gone:
                return False  # a card may stand there already: to post another elsewhere would double it
            return await self._elsewhere(transaction, store, introduction, trouble)
        if is_gone and introduction.message_id == trouble.message_id:  # else it is another card by now
            await lose_card(store, introduction)
        return is_gone

    async def _is_apart(self, transaction: Transaction, effect: Effect, hello: Hello) -> bool:
        one_id, other_id = MemberId(hello.member_id), MemberId(hello.owner_id)
        return await self._choices.keeps_apart(transaction, _server_of(effect), one_id, other_id)

    async def _elsewhere(
        self, transaction: Transaction, store: IntroductionStore, introduction: Introduction, trouble: DiscordTrouble
    ) -> bool:
        """Let the card go to the channel that is chosen now; return whether that is another one."""
        unbound = replace(introduction, channel_id=None)
        await store.keep(unbound)
        chosen = (await self._setup.server(ServerId(introduction.server_id))).introductions_channel_id
        if chosen is None or chosen == trouble.channel_id or trouble.channel_id is None:
            return False
        await follow(transaction, unbound)
        return True


async def _want(transaction: Transaction, verb: Verb, introduction: Introduction) -> None:
    serial = introduction.card_serial if verb in {Verb.SEND, Verb.THREAD} else 0
    await Effects(transaction).put(
        verb,
        FEATURE,
        CARD,
        introduction.introduction_id,
        server_id=ServerId(introduction.server_id),
        serial=serial,
    )


async def _after_card(transaction: Transaction, introduction: Introduction) -> None:
    if introduction.revision == introduction.published_revision:
        await _want(transaction, Verb.THREAD, introduction)
    else:
        await follow(transaction, introduction)


async def _after_thread(transaction: Transaction, introduction: Introduction) -> None:
    if introduction.is_published:
        await _want_hellos(transaction, introduction)
    else:
        await follow(transaction, introduction)


async def _want_hellos(transaction: Transaction, introduction: Introduction) -> None:
    server_id = ServerId(introduction.server_id)
    if introduction.is_published:
        for hello_id in await IntroductionStore(transaction, server_id).waiting_hellos(introduction.introduction_id):
            await Effects(transaction).put(Verb.SEND, FEATURE, HELLO, hello_id, server_id=server_id)


def _server_of(effect: Effect) -> ServerId:
    assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
    return effect.server_id


async def _introduction_of(store: IntroductionStore, effect: Effect) -> int:
    if effect.card != HELLO:
        return effect.object_id
    hello = await store.hello(effect.object_id)
    return 0 if hello is None else hello.introduction_id


def _hello(
    effect: Effect, hello: Hello, introduction: Introduction, language: Locale, *, pings: bool
) -> Outgoing | None:
    if introduction.thread_id is None or hello.message_id is not None:
        return None
    if not introduction.is_published and effect.uncertain_since is None:
        return None
    pinged = (MemberId(hello.owner_id),) if pings else ()
    thread_id = ChannelId(introduction.thread_id)
    return Outgoing(thread_id, None, language, hello, pinged, is_wanted=introduction.is_published)


def _thread(introduction: Introduction, language: Locale) -> Outgoing | None:
    if introduction.thread_id is None:
        return None
    thread_id = ChannelId(introduction.thread_id)
    return Outgoing(thread_id, None, language, introduction, closed=not introduction.is_published)


def _card(effect: Effect, introduction: Introduction, channel_id: ChannelId, language: Locale) -> Outgoing | None:
    message_id = None if introduction.message_id is None else MessageId(introduction.message_id)
    if effect.verb is Verb.EDIT:
        return None if message_id is None else Outgoing(channel_id, message_id, language, introduction)
    if effect.verb is Verb.SEND:
        is_done = message_id is not None
    else:
        is_done = message_id is None or introduction.thread_id is not None or introduction.thread_gone
    # What an interrupted attempt may have posted is looked for, also when it is not wanted any more:
    # it would stay there for ever otherwise.
    if is_done or not (introduction.is_published or effect.uncertain_since is not None):
        return None
    return Outgoing(channel_id, message_id, language, introduction, is_wanted=introduction.is_published)
