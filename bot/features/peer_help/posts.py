"""What of asks stands in Discord: their cards and threads, who came, what is relayed, and the call to all helpers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.features.members.inbox import Inbox
from bot.features.members.topics import Topics
from bot.features.peer_help.follow import ASK, CALL, CAME, FEATURE, OFFER, REPLY, UNMASK, follow, want, want_step
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.losing import lose_card, lose_channel, lose_thread
from bot.features.peer_help.model import Ask, HandPost, Helper, Reply, State, Unmasking
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.tags import applied
from bot.features.peer_help.turns import posted
from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from bot.kernel.errors import UNKNOWN_CHANNEL, DiscordTrouble, ObjectGone, PlaceGone
from bot.kernel.ids import ChannelId, MemberId, MessageId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb

_Part = TypeVar("_Part")


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


class PeerHelpPosts:
    """Tells the worker what to post now, and notes what was posted."""

    def __init__(self, database: Database, setup: Setup, topics: Topics, inbox: Inbox) -> None:
        self._database = database
        self._setup = setup
        self._topics = topics
        self._inbox = inbox

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return what ``effect`` comes to now.

        Raises:
            PlaceGone: there is no channel for it any more.
        """
        server_id = _server_of(effect)
        server, topics = await self._setup.server(server_id), await self._topics.of(server_id)
        async with self._database.read() as transaction:
            helping = HelpStore(transaction, server_id)
            post = await helping.hand_post(effect.object_id) if effect.card == OFFER else None
            found = await _found(transaction, effect)
            channel = await helping.help_channel()
            forum_id = (found and found[0].channel_id) or (channel and channel.channel_id) or 0
            tags = await helping.tags(forum_id)
        if post is not None:
            return _offer(post, server)
        if found is None:
            return None
        ask, part = found
        if effect.card != ASK:
            return _OTHERS[effect.card](effect, ask, part, server)
        tagged = applied(ask, topics, tags)
        if effect.verb in {Verb.SEND, Verb.POST}:
            # Where another kind of channel was chosen since, it is posted there by another effect.
            is_moot = channel is not None and channel.is_forum is not (effect.verb is Verb.POST)
            outgoing = _new(effect, ask, server, tagged, is_moot=is_moot and ask.thread_id is None)
        else:
            outgoing = _standing(effect, ask, server, tagged)
        return None if outgoing is None else replace(outgoing, own_tags=frozenset(tags.values()))

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note what was posted, and let follow what waited for it."""
        if result_id is None:
            return
        server_id, message_id = _server_of(effect), MessageId(result_id)
        helping = HelpStore(transaction, server_id)
        if effect.card == OFFER:
            await helping.offered(effect.object_id, message_id)
        elif effect.card == CAME:
            helper = await helping.helper(effect.object_id)
            if helper is not None:
                await helping.keep(replace(helper, message_id=message_id))
        elif effect.card == REPLY:
            await _relayed(transaction, server_id, effect.object_id, message_id)
        elif effect.card == UNMASK:
            await helping.unmasking_posted(effect.object_id, outgoing.channel_id, message_id)
        else:
            ask = await AskStore(transaction, server_id).find(effect.object_id)
            if ask is not None:
                await _posted(transaction, effect, outgoing, ask, message_id)

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Note an ask whose post is gone; let one that can't be posted go where moderators point."""
        is_gone = isinstance(trouble, ObjectGone) or trouble.code == UNKNOWN_CHANNEL
        if effect.card == OFFER:
            return is_gone
        found = await _found(transaction, effect)
        if found is None:
            return True
        if not is_gone or (effect.card in {CALL, UNMASK} and effect.verb is not Verb.EDIT):
            return False
        if effect.card == CALL:  # the next one is a new message
            ask = replace(found[0], call_serial=found[0].call_serial + 1, call_channel_id=None, call_message_id=None)
            await AskStore(transaction, ServerId(ask.server_id)).keep(ask)
        if effect.card in {CALL, UNMASK}:
            return True
        return await self._lost(transaction, effect, found[0], trouble)

    async def _lost(self, transaction: Transaction, effect: Effect, ask: Ask, trouble: DiscordTrouble) -> bool:
        """Note what of an ask is gone; return whether its effect is over, or waits for another channel."""
        channel_id = trouble.channel_id
        if trouble.code == UNKNOWN_CHANNEL and channel_id == ask.thread_id:
            await lose_thread(self._inbox, transaction, ask)
        elif effect.card == ASK and effect.verb in {Verb.SEND, Verb.POST}:
            await HelpStore(transaction, ServerId(ask.server_id)).keep_help_channel(None)
            return False
        elif effect.card == ASK and ask.is_posted and channel_id is not None and channel_id == ask.place_id:
            if isinstance(trouble, ObjectGone):
                await lose_card(self._inbox, transaction, ask)
            else:
                await lose_channel(self._inbox, transaction, ServerId(ask.server_id), channel_id)
        return True


async def _posted(transaction: Transaction, effect: Effect, outgoing: Outgoing, ask: Ask, made: MessageId) -> None:
    """Note an ask's card, thread or call that was made, and let follow what changed meanwhile."""
    asks = AskStore(transaction, ServerId(ask.server_id))
    if effect.card == CALL:
        called = replace(ask, call_channel_id=outgoing.channel_id, call_message_id=made)
        await asks.keep(called)
        await want(transaction, Verb.EDIT, called, CALL)  # somebody may have come meanwhile
        return
    if effect.verb is Verb.THREAD:
        if ask.message_id != outgoing.message_id:
            return  # its card is gone
        now = replace(ask, thread_id=made)
    else:
        now = posted(replace(ask, message_id=made), transaction.now)
        if not (ask.is_by_hand or ask.is_in_forum):
            now = replace(now, channel_id=outgoing.channel_id)
        if effect.verb is Verb.POST:
            now = replace(now, thread_id=made, is_in_forum=True)
    await asks.keep(now)
    is_stale = effect.uncertain_since is not None or getattr(outgoing.subject, "revision", None) != ask.revision
    if is_stale or not now.state.is_open or effect.verb is Verb.THREAD:
        await follow(transaction, now)
        return
    await want_step(transaction, now)
    if now.thread_id is None:
        await want(transaction, Verb.THREAD, now)


async def _relayed(transaction: Transaction, server_id: ServerId, reply_id: int, made: MessageId) -> None:
    """Note where a reply stands; withdrawn on its way, it shows nothing."""
    helping = HelpStore(transaction, server_id)
    await helping.replied(reply_id, made)
    reply = await helping.find_reply(reply_id)
    if reply is not None and not reply.words:
        await Effects(transaction).put(Verb.EDIT, FEATURE, REPLY, reply_id, server_id=server_id)


async def _found(transaction: Transaction, effect: Effect) -> tuple[Ask, object] | None:
    """Return the ask that an effect is about, and what of it; None where either is gone."""
    server_id = _server_of(effect)
    asks, helping = AskStore(transaction, server_id), HelpStore(transaction, server_id)
    part: Helper | Reply | Unmasking | None = None
    if effect.card == OFFER:
        return None
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


def _new(effect: Effect, ask: Ask, server: Server, tags: tuple[int, ...], *, is_moot: bool) -> Outgoing | None:
    is_wanted = ask.state.is_open and not is_moot
    # What an interrupted attempt may have posted is looked for, also when it is not wanted any more.
    if ask.message_id is not None or not (is_wanted or effect.uncertain_since is not None):
        return None
    pings = () if ask.shown_asker_id is None else (MemberId(ask.shown_asker_id),)
    return Outgoing(
        _place(server, Place.HELP) if ask.thread_id is None else ChannelId(ask.thread_id),
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
        return Outgoing(
            ChannelId(ask.thread_id),
            None,
            server.language,
            ask,
            closed=not ask.state.is_open,
            opened=ask.state.is_open,
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
    message_id = part.message_id if isinstance(part, Helper | Reply) else None
    if ask.thread_id is None or (message_id is None) is (effect.verb is Verb.EDIT):
        return None
    if message_id is not None:
        relayed = Relayed(ask, _is(Reply, part))
        return Outgoing(ChannelId(ask.thread_id), MessageId(message_id), server.language, relayed)
    pings: tuple[MemberId, ...] = ()
    subject: Came | Relayed
    if isinstance(part, Helper):
        is_wanted, subject = part.is_here and ask.state.is_open, Came(ask, part)
        pings = () if ask.shown_asker_id is None else (MemberId(ask.shown_asker_id),)
    else:
        reply = _is(Reply, part)
        is_wanted, subject = bool(reply.words) and ask.may_be_heard, Relayed(ask, reply)
    if not is_wanted and effect.uncertain_since is None:
        return None
    return Outgoing(ChannelId(ask.thread_id), None, server.language, subject, pings, is_wanted=is_wanted)


def _call(effect: Effect, ask: Ask, _part: object, server: Server) -> Outgoing | None:
    if effect.verb is Verb.EDIT:
        if ask.call_channel_id is None or ask.call_message_id is None:
            return None
        place = ChannelId(ask.call_channel_id), MessageId(ask.call_message_id)
        return Outgoing(*place, server.language, ask)
    is_wanted = ask.state is State.WAITING
    if ask.call_message_id is not None or not (is_wanted or effect.uncertain_since is not None):
        return None
    return Outgoing(_place(server, Place.HELPERS), None, server.language, ask, is_wanted=is_wanted)


def _offer(post: HandPost, server: Server) -> Outgoing | None:
    if post.message_id is not None:
        return None
    return Outgoing(ChannelId(post.thread_id), None, server.language, post)


def _unmask(effect: Effect, ask: Ask, part: object, server: Server) -> Outgoing | None:
    unmasking = _is(Unmasking, part)
    wanted = Wanted(ask, unmasking)
    if effect.verb is Verb.EDIT:
        if unmasking.channel_id is None or unmasking.message_id is None:
            return None
        place = ChannelId(unmasking.channel_id), MessageId(unmasking.message_id)
        return Outgoing(*place, server.language, wanted)
    if unmasking.message_id is not None:
        return None
    return Outgoing(_place(server, Place.MODERATORS), None, server.language, wanted)


_OTHERS: Mapping[str, Callable[[Effect, Ask, object, Server], Outgoing | None]] = {
    CALL: _call,
    CAME: _in_thread,
    REPLY: _in_thread,
    UNMASK: _unmask,
}
