"""What others do for an asker: say that they can answer, step back, write, know it too; and threads opened by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.model import Notice
from bot.features.members.service import Members
from bot.features.peer_help import ladder, turns
from bot.features.peer_help.follow import FEATURE, OFFER, close, follow, want_came
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.losing import lose_card, lose_channel, lose_thread
from bot.features.peer_help.model import TITLE_LIMIT, Ask, End, HandPost, Helper, State, Turn, is_exclusive
from bot.features.peer_help.own import again
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.telling import ENDED, HERE, INVITATIONS, NUDGE, SPOKE, tell_asker
from bot.features.safety.service import Safety
from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.text import is_visible
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb

_NAMELESS = "💬"  # what a thread is called by whose name shows nothing


@dataclass(frozen=True, slots=True)
class Part:
    """An ask, and the part that somebody takes in it; ``is_new`` if they have begun to just now."""

    ask: Ask
    helper: Helper
    is_new: bool


class Helping:
    """One method for each thing that somebody else does about an ask, or that happens to its thread."""

    def __init__(
        self, database: Database, setup: Setup, members: Members, inbox: Inbox, choices: Choices, safety: Safety
    ) -> None:
        self._database = database
        self._setup = setup
        self._members = members
        self._inbox = inbox
        self._choices = choices
        self._safety = safety

    async def come(self, server_id: ServerId, member_id: MemberId, ask_id: int) -> Part:
        """Say that one can answer; a second press changes nothing.

        Raises:
            Refusal: it is gone or over, the member's own, or somebody answers already who does it alone.
        """
        async with self._database.write() as transaction:
            return await self._come(transaction, server_id, member_id, ask_id)

    async def come_asked(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Part:
        """Say that one can answer, as one was asked to; that takes the notice up.

        Raises:
            Refusal: the notice is gone or somebody else's, or nobody is needed any more (see :meth:`come`).
        """
        notice = await self._notice(server_id, member_id, notice_id, INVITATIONS)
        async with self._database.write() as transaction:
            part = await self._come(transaction, server_id, member_id, notice.object_id)
            await self._inbox.take(transaction, notice)
            return part

    async def step_back(self, server_id: ServerId, member_id: MemberId, ask_id: int) -> Ask:
        """Let others be asked in one's place; nobody is told so. A second press changes nothing.

        Raises:
            Refusal: the ask is gone, or the member has never come.
        """
        async with self._database.write() as transaction:
            ask = await AskStore(transaction, server_id).find(ask_id)
            helpers = await HelpStore(transaction, server_id).helpers(ask_id)
            helper = next((each for each in helpers if each.member_id == member_id and each.came_at), None)
            if ask is None or helper is None:
                raise Refusal("peer_help.not_here")
            return await step_back(transaction, ask, helper)

    async def step_back_asked(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Ask:
        """Step back, as one was asked whether one likes to.

        Raises:
            Refusal: the notice is gone or somebody else's.
        """
        notice = await self._notice(server_id, member_id, notice_id, {NUDGE})
        async with self._database.read() as transaction:
            helper = await HelpStore(transaction, server_id).helper(notice.object_id)
        return await self.step_back(server_id, member_id, 0 if helper is None else helper.ask_id)

    async def me_too(self, server_id: ServerId, member_id: MemberId, ask_id: int) -> Ask:
        """Say that one knows the same: it is counted, without a name, and once.

        Raises:
            Refusal: it is gone or over, or the member's own.
        """
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            ask = await _open(store, ask_id)
            if ask.asker_id == member_id:
                raise Refusal("peer_help.own")
            await HelpStore(transaction, server_id).me_too(ask_id, member_id)
            after = await store.find(ask_id) or ask
            if after.me_too != ask.me_too:
                await follow(transaction, after)
            return after

    async def spoken(self, server_id: ServerId, thread_id: int, member_id: MemberId) -> None:
        """Note that somebody wrote in a thread: in an ask's, that turns whose word is next. What, nobody reads."""
        async with self._database.read() as transaction:
            if await AskStore(transaction, server_id).by_thread(thread_id) is None:
                return  # as nearly always: most threads are none of ours
        language = (await self._setup.server(server_id)).language
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            ask = await store.by_thread(thread_id)
            if ask is None or not ask.state.is_open:
                return
            if member_id == ask.shown_asker_id:
                await self._keep(transaction, ask, turns.asker_spoke(ask, transaction.now))
                return
            # Who asks under a pseudonym and writes under their own name is anybody, and is told so as of anybody.
            await self._members.meet(transaction, server_id, member_id, language)
            helping = HelpStore(transaction, server_id)
            is_news = _is_news(ask, await helping.helpers(ask.ask_id), member_id)
            part = await helping.part_of(ask.ask_id, member_id)
            await helping.keep(replace(part, spoke_at=transaction.now))
            if await self._is_apart(transaction, ask, member_id):
                return  # whom the asker keeps a distance from, or who keeps one, has not answered them
            await self._keep(transaction, ask, turns.helper_spoke(ask, transaction.now))
            if is_news:
                await tell_asker(self._inbox, transaction, ask, SPOKE, person_id=member_id, again=True)

    async def opened_by_hand(
        self, server_id: ServerId, channel_id: int, thread_id: int, member_id: MemberId, title: str
    ) -> None:
        """Offer in a thread that a member opened by hand in the help channel to let helpers know, once."""
        server = await self._setup.server(server_id)
        if server.places.get(Place.HELP) != channel_id:
            return
        async with self._database.write() as transaction:
            if await AskStore(transaction, server_id).by_thread(thread_id) is not None:
                return
            await self._members.meet(transaction, server_id, member_id, server.language)
            cut = " ".join(title.split())[:TITLE_LIMIT] if is_visible(title) else _NAMELESS
            post_id = await HelpStore(transaction, server_id).opened_by_hand(thread_id, member_id, cut)
            if post_id is not None:
                await Effects(transaction).put(Verb.SEND, FEATURE, OFFER, post_id, server_id=server_id)

    async def hand_post(self, server_id: ServerId, member_id: MemberId, post_id: int) -> HandPost:
        """Return a thread that a member opened by hand.

        Raises:
            Refusal: it is gone, somebody else's, or helpers know already.
        """
        async with self._database.read() as transaction:
            post = await HelpStore(transaction, server_id).hand_post(post_id)
            known = None if post is None else await AskStore(transaction, server_id).by_thread(post.thread_id)
        if post is None:
            raise Refusal("peer_help.gone")
        if post.member_id != member_id:
            raise Refusal("peer_help.opener_only")
        if known is not None:
            raise Refusal("peer_help.known_already")
        return post

    async def thread_changed(self, server_id: ServerId, thread_id: int, *, is_locked: bool) -> None:
        """Note that a thread was locked, which ends its ask, or unlocked, which opens it again."""
        async with self._database.read() as transaction:
            ask = await AskStore(transaction, server_id).by_thread(thread_id)
        if ask is None or is_locked is not ask.state.is_open:
            return
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            ask = await store.by_thread(thread_id)
            if ask is None:
                return
            if is_locked and ask.state.is_open:
                closed = await close(transaction, ask, End.LOCKED)
                await tell_asker(self._inbox, transaction, closed, ENDED, again=True)
            elif not is_locked and ask.ending is End.LOCKED and ask.asker_id is not None:
                await again(transaction, store, ask)

    async def thread_deleted(self, server_id: ServerId, thread_id: int) -> None:
        """Note that a thread was deleted: its ask ends, and its asker hears so."""
        async with self._database.write() as transaction:
            await HelpStore(transaction, server_id).drop_hand_post(thread_id)
            ask = await AskStore(transaction, server_id).by_thread(thread_id)
            if ask is not None:
                await lose_thread(self._inbox, transaction, ask)

    async def messages_deleted(self, server_id: ServerId, message_ids: set[int]) -> None:
        """Note that messages were deleted; an ask whose card was among them ends, and its asker hears so."""
        async with self._database.read() as transaction:
            lost = await AskStore(transaction, server_id).cards_among(message_ids)
        for ask_id in lost:
            async with self._database.write() as transaction:
                ask = await AskStore(transaction, server_id).find(ask_id)
                if ask is not None and ask.message_id in message_ids:
                    await lose_card(self._inbox, transaction, ask)

    async def channel_deleted(self, server_id: ServerId, channel_id: int) -> None:
        """Note that a channel was deleted: the open asks in it go on where moderators point next."""
        async with self._database.read() as transaction:
            lost = await AskStore(transaction, server_id).in_channel(channel_id)
        if not lost:
            return
        async with self._database.write() as transaction:
            await lose_channel(self._inbox, transaction, server_id, channel_id)

    async def _come(self, transaction: Transaction, server_id: ServerId, member_id: MemberId, ask_id: int) -> Part:
        asks, helping = AskStore(transaction, server_id), HelpStore(transaction, server_id)
        ask = await _open(asks, ask_id)
        if ask.asker_id == member_id:
            raise Refusal("peer_help.own")
        await self._safety.refuse_held(transaction, server_id, member_id)
        helpers = await helping.helpers(ask_id)
        mine = next((each for each in helpers if each.member_id == member_id and each.is_here), None)
        if mine is not None:
            return Part(ask, mine, is_new=False)
        others = sum(each.is_here for each in helpers)
        if is_exclusive(ask.wants, others) or await self._is_apart(transaction, ask, member_id):
            raise Refusal("peer_help.kept_for_another")  # across a distance, too: in the same words
        part = await helping.part_of(ask_id, member_id)
        now, left_at = transaction.now, part.left_at
        is_back = part.came_at is not None and left_at is not None and now - left_at < ladder.GRACE
        here = replace(part, left_at=None, nudged_at=None)
        if not is_back:
            here = replace(here, came_at=now, message_id=None)
        await helping.keep(here)
        after = turns.helper_came(ask, now)
        if not is_back:  # pressed to and fro, it is said once
            await want_came(transaction, ask, here)
            await tell_asker(self._inbox, transaction, ask, HERE, part.helper_id, person_id=member_id, again=True)
        await self._keep(transaction, ask, after)
        return Part(after, here, is_new=True)

    async def _is_apart(self, transaction: Transaction, ask: Ask, member_id: MemberId) -> bool:
        """Return whether a member and an asker keep a distance; never of an anonymous one, whom it would tell."""
        if ask.shown_asker_id is None:
            return False
        server_id = ServerId(ask.server_id)
        return await self._choices.keeps_apart(transaction, server_id, MemberId(ask.shown_asker_id), member_id)

    async def _keep(self, transaction: Transaction, before: Ask, after: Ask) -> None:
        """Keep what became of an ask; its card and thread follow where they show it."""
        if after == before:
            return
        await AskStore(transaction, ServerId(after.server_id)).keep(after)
        await follow(transaction, after, shows=after.state is not before.state)

    async def _notice(self, server_id: ServerId, member_id: MemberId, notice_id: int, cards: set[str]) -> Notice:
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        if notice.feature != FEATURE or notice.card not in cards:
            raise Refusal("members.notice_gone")
        return notice


async def step_back(transaction: Transaction, ask: Ask, helper: Helper) -> Ask:
    """Let others be asked in a helper's place, as part of a ``transaction``."""
    if not helper.is_here:
        return ask
    helping = HelpStore(transaction, ServerId(ask.server_id))
    await helping.keep(replace(helper, left_at=transaction.now))
    helpers = await helping.helpers(ask.ask_id)
    if ask.state is not State.TALKING or any(each.is_here for each in helpers):
        return ask
    waiting = turns.left_alone(ask, helpers, transaction.now)
    await AskStore(transaction, ServerId(ask.server_id)).keep(waiting)
    await follow(transaction, waiting)
    return waiting


def _is_news(ask: Ask, helpers: Sequence[Helper], member_id: MemberId) -> bool:
    """Return whether an asker is told of a word of ``member_id``'s: of the first one since their own.

    Discord tells an anonymous asker nothing of the thread: they hear whenever somebody else than before writes.
    """
    if ask.state is State.WAITING or ask.turn is Turn.HELPER:
        return True
    spoken = [(each.spoke_at, each.member_id) for each in helpers if each.spoke_at is not None]
    return ask.is_anonymous and max(spoken, default=(None, None))[1] != member_id


async def _open(store: AskStore, ask_id: int) -> Ask:
    ask = await store.find(ask_id)
    if ask is None or ask.state in {State.PREVIEW, State.WITHDRAWN}:
        raise Refusal("peer_help.gone")
    if not ask.state.is_open:
        raise Refusal("peer_help.ended")
    return ask
