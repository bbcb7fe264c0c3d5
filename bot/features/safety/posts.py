"""What of safety stands in Discord: posts about cases and the daily list, all in the moderators' channel."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.members.model import ServerWaiting
from bot.features.members.service import Holder
from bot.features.safety.crisis_store import CrisisStore
from bot.features.safety.model import Case
from bot.features.safety.store import SafetyStore
from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from bot.kernel.errors import UNKNOWN_CHANNEL, DiscordTrouble, ObjectGone, PlaceGone
from bot.kernel.ids import ChannelId, MessageId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb

FEATURE = "safety"
CASE = "case"
ANSWER = "answer"
LETTER_ANSWER = "letter_answer"
DAILY = "daily"
ASIDE = "aside"  # of a case whose post found no place: moderators are told in their inboxes


@dataclass(frozen=True, slots=True)
class DailyList:
    """What waits in a server, the longest first: by post, never by person."""

    server_id: int
    waiting: tuple[ServerWaiting, ...]


async def follow(transaction: Transaction, case: Case) -> None:
    """Let the post about a case come to what is kept of it; what concerns a moderator shows in no post."""
    if case.message_id is not None and not case.is_discreet:
        await _want(transaction, Verb.EDIT, case)


async def set_discreet(transaction: Transaction, case: Case, *, is_discreet: bool) -> None:
    """Keep a case out of the moderators' channel, or not any more; what stands there of it says nothing from then on.

    Nothing else shows there that such a case goes on, or ends.
    """
    store = SafetyStore(transaction, ServerId(case.server_id))
    await store.set_discreet(case.case_id, is_discreet=is_discreet)
    if is_discreet and not case.is_discreet and case.message_id is not None:
        await _want(transaction, Verb.EDIT, case)


async def look_after(transaction: Transaction, server_id: ServerId, case_id: int) -> None:
    """Let it be found out who is to be told of a case, and tell them."""
    await Effects(transaction).put(Verb.JOB, FEATURE, CASE, case_id, server_id=server_id)


async def announce(transaction: Transaction, case: Case, channel_id: ChannelId) -> None:
    """Let a case be posted in the moderators' channel, or its post come to what is kept of it."""
    if case.message_id is not None:
        await follow(transaction, case)
        return
    await SafetyStore(transaction, ServerId(case.server_id)).place(case.case_id, channel_id, None)
    await _want(transaction, Verb.SEND, case)


class SafetyPosts:
    """Tells the worker what to post now, and notes what was posted."""

    def __init__(self, database: Database, setup: Setup, holders: Sequence[Holder]) -> None:
        self._database = database
        self._setup = setup
        self._holders = holders

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return what ``effect`` comes to now.

        Raises:
            PlaceGone: there is no channel for moderators any more.
        """
        server = await self._setup.server(_server_of(effect))
        if effect.card == DAILY:
            return await self._daily(server)
        async with self._database.read() as transaction:
            store = SafetyStore(transaction, _server_of(effect))
            if effect.card == ANSWER:
                hold = await store.hold(effect.object_id)
                return None if hold is None else Outgoing(_desk(server), None, server.language, hold)
            if effect.card == LETTER_ANSWER:
                letter = await CrisisStore(transaction, _server_of(effect)).letter(effect.object_id)
                return None if letter is None else Outgoing(_desk(server), None, server.language, letter)
            case = await store.case(effect.object_id)
        return None if case is None else _case(effect, case, server)

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note what was posted; a case that changed meanwhile is brought up to date."""
        if result_id is None:
            return
        store = SafetyStore(transaction, _server_of(effect))
        if effect.card == DAILY:
            await store.list_posted(MessageId(result_id))
        elif effect.card == CASE:
            await store.place(effect.object_id, outgoing.channel_id, MessageId(result_id))
            posted, now = outgoing.subject, await store.case(effect.object_id)
            assert isinstance(posted, Case)  # noqa: S101 - as made below
            is_stale = effect.uncertain_since is not None  # what an interrupted attempt posted was drawn before
            if now is not None and (is_stale or _shown(now) != _shown(posted)):
                await _want(transaction, Verb.EDIT, now)

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Note a post that is gone; let a case that can't be posted go where moderators point."""
        store = SafetyStore(transaction, _server_of(effect))
        case = await store.case(effect.object_id) if effect.card == CASE else None
        if case is None:
            return isinstance(trouble, ObjectGone)
        if effect.verb is Verb.EDIT:
            is_gone = isinstance(trouble, ObjectGone) or trouble.code == UNKNOWN_CHANNEL
            if is_gone and case.message_id == trouble.message_id:  # else it is another post by now
                await store.place(case.case_id, None, None)
            return is_gone
        if effect.uncertain_since is not None and trouble.code != UNKNOWN_CHANNEL:
            return False  # it may stand there already: to post it elsewhere would double it
        await store.place(case.case_id, None, None)
        chosen = (await self._setup.server(_server_of(effect))).places.get(Place.MODERATORS)
        if chosen in {None, trouble.channel_id}:
            await Effects(transaction).put(Verb.JOB, FEATURE, ASIDE, case.case_id, server_id=_server_of(effect))
            return False
        await announce(transaction, case, ChannelId(chosen or 0))
        return True

    async def _daily(self, server: Server) -> Outgoing | None:
        async with self._database.read() as transaction:
            if await SafetyStore(transaction, ServerId(server.server_id)).list_message() is not None:
                return None
        found = [await holder.server_waiting(ServerId(server.server_id)) for holder in self._holders]
        waiting = sorted((one for some in found for one in some), key=lambda one: one.since)
        if not waiting:
            return None
        return Outgoing(_desk(server), None, server.language, DailyList(server.server_id, tuple(waiting)))


def _shown(case: Case) -> tuple[object, ...]:
    return case.state, case.reports, case.is_discreet


async def _want(transaction: Transaction, verb: Verb, case: Case) -> None:
    await Effects(transaction).put(verb, FEATURE, CASE, case.case_id, server_id=ServerId(case.server_id))


def _server_of(effect: Effect) -> ServerId:
    assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
    return effect.server_id


def _desk(server: Server) -> ChannelId:
    channel_id = server.places.get(Place.MODERATORS)
    if channel_id is None:
        raise PlaceGone("trouble.refused", UNKNOWN_CHANNEL, "no channel for moderators")
    return ChannelId(channel_id)


def _case(effect: Effect, case: Case, server: Server) -> Outgoing | None:
    channel_id = _desk(server) if case.channel_id is None else ChannelId(case.channel_id)
    if effect.verb is Verb.EDIT:
        if case.message_id is None:
            return None
        return Outgoing(channel_id, MessageId(case.message_id), server.language, case)
    is_wanted = not (case.is_closed or case.is_discreet)
    # What an interrupted attempt may have posted is looked for, also when it is not wanted any more.
    if case.message_id is not None or not (is_wanted or effect.uncertain_since is not None):
        return None
    return Outgoing(channel_id, None, server.language, case, is_wanted=is_wanted)
