"""What of members stands in Discord: the line that greets a newcomer, and the private messages to members."""

from datetime import datetime

from bot.features.members.inbox import FEATURE, NOTICE, Inbox
from bot.features.members.model import Notice, Told
from bot.features.members.reach import ON_TIME, Candidate, Kind, Way
from bot.features.members.reach_store import ReachStore
from bot.features.members.store import MemberStore
from bot.features.setup.service import Setup
from bot.kernel.errors import DMS_CLOSED, DiscordTrouble, MemberGone, PlaceGone
from bot.kernel.i18n import Locale, locale_of
from bot.kernel.ids import ChannelId, MemberId, MessageId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb

_NO_CHANNEL = ChannelId(0)


class MemberPosts:
    """Tells the worker what to post now, and notes what was posted."""

    def __init__(self, database: Database, setup: Setup, inbox: Inbox) -> None:
        self._database = database
        self._setup = setup
        self._inbox = inbox

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return the public line that greets a newcomer, or the private message of a notice, unless it was posted."""
        if effect.card == NOTICE:
            return await self._notice(effect)
        server_id = _server_of(effect)
        async with self._database.read() as transaction:
            newcomer = await MemberStore(transaction, server_id).newcomer(effect.object_id)
        if newcomer is None or newcomer.message_id is not None:
            return None
        server = await self._setup.server(server_id)
        pings = (MemberId(newcomer.member_id),)
        return Outgoing(ChannelId(newcomer.channel_id), None, server.language, newcomer, pings)

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note the greeting or the private message, so that nobody gets it twice."""
        server_id = _server_of(effect)
        if result_id is None:
            if effect.card == NOTICE:  # looked for and not found: now it may be sent, if it still is to be
                await Effects(transaction).put(Verb.DM, FEATURE, NOTICE, effect.object_id, server_id=server_id)
            return
        if outgoing.member_id is None:
            await MemberStore(transaction, server_id).welcomed(effect.object_id, MessageId(result_id))
            return
        store = await self._reach(transaction, server_id)
        await store.delivered(effect.object_id, MessageId(result_id))
        await store.dms_accepted(outgoing.member_id)

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Let a greeting that can't be posted go: a later one would greet nobody new. Moderators are told why.

        A private message that is refused waits in the inbox: it never goes anywhere else.
        """
        server_id = _server_of(effect)
        if effect.card == NOTICE:
            store = await self._reach(transaction, server_id)
            notice = await store.notice(effect.object_id)
            if notice is not None:
                await store.into_inbox(notice.notice_id)
                if trouble.code in DMS_CLOSED:
                    await store.dms_refused(_member_of(notice))
                if Kind(notice.kind).asks and not await self._reaches(transaction, notice):
                    await self._inbox.go_on(transaction, notice)
            # Whatever else Discord has against a message of ours is put aside for the host to see.
            return trouble.code in DMS_CLOSED or isinstance(trouble, MemberGone)
        if isinstance(trouble, PlaceGone) and trouble.channel_id is not None:
            channel_id = ChannelId(trouble.channel_id)
            await self._setup.report(transaction, server_id, effect.feature, channel_id, trouble.code)
        return True

    async def _notice(self, effect: Effect) -> Outgoing | None:
        """Return the private message of a notice, as long as its member wants it so, and only while they are awake."""
        server_id = _server_of(effect)
        async with self._database.read() as transaction:
            found = await self._found(transaction, server_id, effect.object_id)
            now = transaction.now
        if found is None:
            return None
        notice, candidate, language = found
        told = await self._inbox.told(notice)
        # Across a distance that came since, nothing is told, and nothing shows in the inbox; but what was whispered is,
        # as everybody would be told it.
        is_apart = not notice.is_sealed and told is not None and told.person_id in candidate.distant
        is_wanted = told is not None and notice.is_open and not (is_apart or told.is_quiet)
        is_sent_maybe = (
            effect.uncertain_since is not None
        )  # by an attempt that was interrupted: that is found out first
        if not is_wanted and not is_sent_maybe:
            return None
        comes_now = is_wanted and now == _first_moment(candidate, notice, now)
        if not comes_now and not is_sent_maybe:
            await self._put_off(notice, candidate, now)
            return None
        subject = notice, told or Told("")
        return Outgoing(_NO_CHANNEL, None, language, subject, member_id=_member_of(notice), is_wanted=comes_now)

    async def _found(
        self, transaction: Transaction, server_id: ServerId, notice_id: int
    ) -> tuple[Notice, Candidate, Locale] | None:
        notice = await (await self._reach(transaction, server_id)).notice(notice_id)
        if notice is None or notice.message_id is not None:
            return None
        candidates = await self._inbox.candidates(transaction, server_id, [_member_of(notice)], Kind(notice.kind))
        member = await MemberStore(transaction, server_id).find(_member_of(notice))
        if member is None or not candidates:
            return None
        return notice, candidates[0], locale_of(member.chosen_language or member.language)

    async def _put_off(self, notice: Notice, candidate: Candidate, now: datetime) -> None:
        """Let a private message come when its member likes it to, or wait in the inbox, as they chose since."""
        server_id, notice_id = ServerId(notice.server_id), notice.notice_id
        due_at = _first_moment(candidate, notice, now)
        async with self._database.write() as transaction:
            if due_at is not None:
                await Effects(transaction).put(Verb.DM, FEATURE, NOTICE, notice_id, server_id=server_id, due_at=due_at)
            else:
                await (await self._reach(transaction, server_id)).into_inbox(notice_id)

    async def _reaches(self, transaction: Transaction, notice: Notice) -> bool:
        """Return whether an invitation that did not come as a private message will be seen in the inbox."""
        server_id, kind = ServerId(notice.server_id), Kind(notice.kind)
        found = await self._inbox.candidates(transaction, server_id, [_member_of(notice)], kind)
        return any(each.way_now(transaction.now) is not None for each in found)

    async def _reach(self, transaction: Transaction, server_id: ServerId) -> ReachStore:
        return ReachStore(transaction, server_id, await self._setup.zone(transaction, server_id))


def _first_moment(candidate: Candidate, notice: Notice, now: datetime) -> datetime | None:
    """Return when a private message may come, at ``now`` or later; None where it is to wait in the inbox."""
    wishes, kind = candidate.preferences, Kind(notice.kind)
    if candidate.way is not Way.DM or not candidate.takes_dms or wishes.rests(now):
        return None
    if not kind.asks:
        is_on_time = kind.keeps_time and now - notice.told_at < ON_TIME
        return now if is_on_time else wishes.hours.first_awake(now)
    return None if candidate.is_held or not wishes.weekly_number else wishes.first_moment_to_ask(now)


def _member_of(notice: Notice) -> MemberId:
    return MemberId(notice.member_id)


def _server_of(effect: Effect) -> ServerId:
    assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
    return effect.server_id
