"""What of asks stands in Discord: their cards and threads, who came, what is relayed, and the call to all helpers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.features.members.topics import Topics
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.model import Ask, End, HandPost, Helper, Reply, State, Unmasking
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.turns import ended, lost, posted
from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from bot.kernel.errors import UNKNOWN_CHANNEL, DiscordTrouble, ObjectGone, PlaceGone
from bot.kernel.ids import ChannelId, MemberId, MessageId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb

_Part = TypeVar("_Part")

FEATURE = "peer_help"
ASK = "ask"
CAME = "came"  # somebody can answer, said in the thread
REPLY = "reply"  # what is relayed into the thread
CALL = "call"  # to all helpers, in their channel
OFFER = "offer"  # in a thread that was opened by hand
UNMASK = "unmask"  # what moderators are asked about a pseudonym
STEP = "step"  # the job that looks who is next
PLACE = "place"  # the job that looks after the channel and its tags

TAGGED_TOPICS = 13  # the first ones of the moderators' list; with the four states, and others, 18 of a forum's 20
OTHER = "other"
TAGGED_STATES = (State.WAITING, State.TALKING, State.RESOLVED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Came:
    """Who came to answer, and whose ask it is."""

    ask: Ask
    helper: Helper


@dataclass(frozen=True, slots=True)
class Relayed:
    """What is posted for an asker, and whose ask it is."""

    ask: Ask
    reply: Reply


@dataclass(frozen=True, slots=True)
class Wanted:
    """What two moderators need to agree on, and about which ask."""

    ask: Ask
    unmasking: Unmasking


async def publish(transaction: Transaction, ask: Ask) -> None:
    """Let an open ask be posted as soon as it may, in the channel that is chosen by then."""
    server_id = ServerId(ask.server_id)
    if ask.is_by_hand and ask.thread_id is not None:
        await want(transaction, Verb.SEND, ask, due_at=ask.posts_at)
        return
    channel = await HelpStore(transaction, server_id).help_channel()
    if channel is None:
        await want_place(transaction, server_id)  # which has it posted, once it knows what channel it is
    else:
        await want(transaction, Verb.POST if channel.is_forum else Verb.SEND, ask, due_at=ask.posts_at)


async def follow(transaction: Transaction, ask: Ask) -> None:
    """Let all that stands in Discord come to what is kept of ``ask``, and let it be seen who is next."""
    await want_step(transaction, ask)
    if ask.call_message_id is not None:
        await want(transaction, Verb.EDIT, ask, CALL)
    if ask.message_id is None:
        if ask.state.is_open:
            await publish(transaction, ask)
        return
    await want(transaction, Verb.EDIT, ask)
    if ask.thread_id is None:
        if ask.state.is_open:
            await want(transaction, Verb.THREAD, ask)
        return
    if not ask.is_by_hand:
        await want(transaction, Verb.EDIT_THREAD, ask)
    await _want_replies(transaction, ask)


async def want(transaction: Transaction, verb: Verb, ask: Ask, card: str = ASK, due_at: datetime | None = None) -> None:
    """Let ``verb`` happen to a card of an ask."""
    is_new = verb in {Verb.SEND, Verb.POST, Verb.THREAD}
    serial = (ask.call_serial if card == CALL else ask.serial) if is_new else 0
    await Effects(transaction).put(
        verb, FEATURE, card, ask.ask_id, server_id=ServerId(ask.server_id), serial=serial, due_at=due_at
    )


async def want_step(transaction: Transaction, ask: Ask) -> None:
    """Let it be looked who is next, when it is time."""
    if ask.step_at is not None:
        await Effects(transaction).put(
            Verb.JOB, FEATURE, STEP, ask.ask_id, server_id=ServerId(ask.server_id), due_at=ask.step_at
        )


async def want_place(transaction: Transaction, server_id: ServerId, due_at: datetime | None = None) -> None:
    """Let the channel for asks be looked after."""
    await Effects(transaction).put(Verb.JOB, FEATURE, PLACE, server_id, server_id=server_id, due_at=due_at)


async def close(transaction: Transaction, ask: Ask, ending: End) -> Ask:
    """End an open ask for a reason that is not its asker's."""
    closed = ended(ask, State.CLOSED, transaction.now, ending)
    await AskStore(transaction, ServerId(ask.server_id)).keep(closed)
    await follow(transaction, closed)
    return closed


async def lose(transaction: Transaction, ask: Ask, *, goes_on: bool) -> Ask:
    """Note that an ask's post is gone; one that ``goes_on`` is posted anew, any other has ended."""
    gone = lost(ask)
    if not goes_on and ask.state.is_open:
        return await close(transaction, gone, End.THREAD_GONE)
    await AskStore(transaction, ServerId(ask.server_id)).keep(gone)
    await follow(transaction, gone)
    return gone


class PeerHelpPosts:
    """Tells the worker what to post now, and notes what was posted."""

    def __init__(self, database: Database, setup: Setup, topics: Topics) -> None:
        self._database = database
        self._setup = setup
        self._topics = topics

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return what ``effect`` comes to now.

        Raises:
            PlaceGone: there is no channel for it any more.
        """
        server_id = _server_of(effect)
        server, topics = await self._setup.server(server_id), await self._topics.of(server_id)
        async with self._database.read() as transaction:
            helping = HelpStore(transaction, server_id)
            if effect.card == OFFER:
                post = await helping.hand_post(effect.object_id)
                return None if post is None or post.message_id is not None else _offer(post, server)
            found = await _found(transaction, effect)
            if found is None:
                return None
            ask, subject = found
            channel = await helping.help_channel()
            tags = await helping.tags(ask.channel_id or server.places.get(Place.HELP) or 0)
            now = transaction.now
        if effect.card == UNMASK:
            return _unmask(effect, Wanted(ask, _is(Unmasking, subject)), server)
        if effect.card == CALL:
            return _call(effect, ask, server)
        if effect.card in {CAME, REPLY}:
            return _in_thread(effect, ask, subject, server)
        if effect.verb in {Verb.SEND, Verb.POST}:
            if channel is not None and not ask.is_by_hand and channel.is_forum is not (effect.verb is Verb.POST):
                return None  # another kind of channel was chosen since: it is posted there by another effect
            return _new(effect, ask, server, now, _applied(ask, topics, tags))
        return _standing(effect, ask, server, _applied(ask, topics, tags))

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note what was posted, and let follow what waited for it."""
        if result_id is None:
            return
        server_id, message_id = _server_of(effect), MessageId(result_id)
        asks, helping = AskStore(transaction, server_id), HelpStore(transaction, server_id)
        if effect.card == OFFER:
            await helping.offered(effect.object_id, message_id)
        elif effect.card == CAME:
            helper = await helping.helper(effect.object_id)
            if helper is not None:
                await helping.keep(replace(helper, message_id=message_id))
        elif effect.card == REPLY:
            await helping.replied(effect.object_id, message_id)
        elif effect.card == UNMASK:
            await helping.unmasking_posted(effect.object_id, outgoing.channel_id, message_id)
        else:
            ask = await asks.find(effect.object_id)
            if ask is not None:
                await self._ask_happened(transaction, effect, outgoing, ask, message_id)

    async def _ask_happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, ask: Ask, made: MessageId
    ) -> None:
        if effect.card == CALL:
            if effect.verb is Verb.SEND:
                called = replace(ask, call_channel_id=outgoing.channel_id, call_message_id=made)
                await AskStore(transaction, ServerId(ask.server_id)).keep(called)
                await want(transaction, Verb.EDIT, called, CALL)
            return
        if effect.verb is Verb.THREAD:
            if ask.message_id != outgoing.message_id:
                return  # its card is gone
            now = replace(ask, thread_id=made)
        elif effect.verb is Verb.POST:
            place = {"channel_id": outgoing.channel_id, "message_id": made, "thread_id": made, "is_in_forum": True}
            now = posted(replace(ask, **place), transaction.now)  # type: ignore[arg-type]  # fields by name
        elif ask.is_by_hand:
            now = posted(replace(ask, message_id=made), transaction.now)
        else:
            now = posted(replace(ask, channel_id=outgoing.channel_id, message_id=made), transaction.now)
        await AskStore(transaction, ServerId(ask.server_id)).keep(now)
        drawn = outgoing.subject
        is_stale = effect.uncertain_since is not None or not isinstance(drawn, Ask) or drawn.revision != ask.revision
        if is_stale or not now.state.is_open or effect.verb is Verb.THREAD:
            await follow(transaction, now)
        else:
            await want_step(transaction, now)
            if now.thread_id is None:
                await want(transaction, Verb.THREAD, now)

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Note an ask whose post is gone; let one that can't be posted go where moderators point."""
        is_gone = isinstance(trouble, ObjectGone) or trouble.code == UNKNOWN_CHANNEL
        found = await _found(transaction, effect)
        if found is None:
            return True
        ask = found[0]
        if effect.card in {CALL, UNMASK}:
            return is_gone and effect.verb is Verb.EDIT
        if effect.card in {CAME, REPLY} or effect.verb in {Verb.EDIT_THREAD, Verb.EDIT, Verb.THREAD}:
            is_it = trouble.channel_id in {ask.thread_id, ask.place_id} and ask.is_posted
            if is_gone and is_it and (effect.card == ASK or ask.thread_id == trouble.channel_id):
                await lose(transaction, ask, goes_on=False)
            return is_gone
        if ask.is_by_hand and is_gone:
            await lose(transaction, ask, goes_on=False)
            return True
        if trouble.channel_id is not None and is_gone:
            await HelpStore(transaction, ServerId(ask.server_id)).keep_help_channel(None)
        return False


def tag_codes(topics: tuple[str, ...]) -> list[str]:
    """Return the codes of the tags that the bot keeps in a forum: topics, others, states."""
    return [
        *(f"topic:{topic}" for topic in topics[:TAGGED_TOPICS]),
        OTHER,
        *(f"state:{state}" for state in TAGGED_STATES),
    ]


def _applied(ask: Ask, topics: tuple[str, ...], tags: Mapping[str, int]) -> tuple[int, ...]:
    topic = f"topic:{ask.topic}" if ask.topic in topics[:TAGGED_TOPICS] else OTHER
    return tuple(tags[code] for code in (topic, f"state:{ask.state}") if code in tags)


async def _found(transaction: Transaction, effect: Effect) -> tuple[Ask, object] | None:
    """Return the ask that an effect is about, and what of it; None where either is gone."""
    server_id = _server_of(effect)
    asks, helping = AskStore(transaction, server_id), HelpStore(transaction, server_id)
    part: Helper | Reply | Unmasking | None = None
    if effect.card == CAME:
        part = await helping.helper(effect.object_id)
    elif effect.card == REPLY:
        part = await helping.find_reply(effect.object_id)
    elif effect.card == UNMASK:
        part = await helping.unmasking(effect.object_id)
    else:
        ask = await asks.find(effect.object_id)
        return None if ask is None else (ask, ask)
    ask = None if part is None else await asks.find(part.ask_id)
    return None if ask is None else (ask, part)


async def _want_replies(transaction: Transaction, ask: Ask) -> None:
    server_id = ServerId(ask.server_id)
    if ask.state is not State.WITHDRAWN:
        for reply_id in await HelpStore(transaction, server_id).waiting_replies(ask.ask_id):
            await Effects(transaction).put(Verb.SEND, FEATURE, REPLY, reply_id, server_id=server_id)


def _is(kind: type[_Part], part: object) -> _Part:
    assert isinstance(part, kind)  # noqa: S101 - as the effect's card says
    return part


def _server_of(effect: Effect) -> ServerId:
    assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
    return effect.server_id


def _place(server: Server, place: Place) -> ChannelId:
    channel_id = server.places.get(place)
    if channel_id is None:
        raise PlaceGone("trouble.refused", UNKNOWN_CHANNEL, f"no {place.value.replace('_', ' ')}")
    return ChannelId(channel_id)


def _new(effect: Effect, ask: Ask, server: Server, now: datetime, tags: tuple[int, ...]) -> Outgoing | None:
    is_wanted = ask.state.is_open and now >= ask.posts_at
    # What an interrupted attempt may have posted is looked for, also when it is not wanted any more.
    if ask.message_id is not None or not (is_wanted or effect.uncertain_since is not None):
        return None
    pings = () if ask.shown_asker_id is None else (MemberId(ask.shown_asker_id),)
    if ask.is_by_hand:
        channel_id = ask.thread_id
        if channel_id is None:
            return None
    else:
        channel_id = _place(server, Place.HELP)
    return Outgoing(
        ChannelId(channel_id),
        None,
        server.language,
        ask,
        pings,
        is_wanted=is_wanted,
        tags=tags if effect.verb is Verb.POST else None,
    )


def _standing(effect: Effect, ask: Ask, server: Server, tags: tuple[int, ...]) -> Outgoing | None:
    if effect.verb is Verb.EDIT_THREAD:
        if ask.thread_id is None:
            return None
        is_closed = not ask.state.is_open
        return Outgoing(
            ChannelId(ask.thread_id),
            None,
            server.language,
            ask,
            closed=is_closed,
            tags=tags if ask.is_in_forum else None,
        )
    if ask.message_id is None or ask.place_id is None:
        return None
    if effect.verb is Verb.THREAD:
        is_wanted = ask.state.is_open
        if ask.thread_id is not None or not (is_wanted or effect.uncertain_since is not None):
            return None
        return Outgoing(ask.place_id, MessageId(ask.message_id), server.language, ask, is_wanted=is_wanted)
    return Outgoing(ask.place_id, MessageId(ask.message_id), server.language, ask)


def _in_thread(effect: Effect, ask: Ask, part: object, server: Server) -> Outgoing | None:
    """Return what is said in an ask's thread: that somebody came, or what is relayed."""
    if ask.thread_id is None or getattr(part, "message_id", None) is not None:
        return None
    pings: tuple[MemberId, ...] = ()
    subject: Came | Relayed
    if isinstance(part, Helper):
        is_wanted, subject = part.is_here and ask.state.is_open, Came(ask, part)
        pings = () if ask.shown_asker_id is None else (MemberId(ask.shown_asker_id),)
    else:
        reply = _is(Reply, part)
        is_wanted, subject = bool(reply.words) and ask.state is not State.WITHDRAWN, Relayed(ask, reply)
    if not is_wanted and effect.uncertain_since is None:
        return None
    return Outgoing(ChannelId(ask.thread_id), None, server.language, subject, pings, is_wanted=is_wanted)


def _call(effect: Effect, ask: Ask, server: Server) -> Outgoing | None:
    if effect.verb is Verb.EDIT:
        if ask.call_channel_id is None or ask.call_message_id is None:
            return None
        place = ChannelId(ask.call_channel_id), MessageId(ask.call_message_id)
        return Outgoing(*place, server.language, ask)
    is_wanted = ask.state is State.WAITING
    if ask.call_message_id is not None or not (is_wanted or effect.uncertain_since is not None):
        return None
    return Outgoing(_place(server, Place.HELPERS), None, server.language, ask, is_wanted=is_wanted)


def _offer(post: HandPost, server: Server) -> Outgoing:
    return Outgoing(ChannelId(post.thread_id), None, server.language, post)


def _unmask(effect: Effect, wanted: Wanted, server: Server) -> Outgoing | None:
    unmasking = wanted.unmasking
    if effect.verb is Verb.EDIT:
        if unmasking.channel_id is None or unmasking.message_id is None:
            return None
        place = ChannelId(unmasking.channel_id), MessageId(unmasking.message_id)
        return Outgoing(*place, server.language, wanted)
    if unmasking.message_id is not None:
        return None
    return Outgoing(_place(server, Place.MODERATORS), None, server.language, wanted)
