"""What members do with their own asks: ask, change, take back, say that they still wait, open again."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.model import Notice
from bot.features.members.reach import Kind
from bot.features.members.service import Members
from bot.features.members.topics import Topics
from bot.features.peer_help import turns
from bot.features.peer_help.follow import FEATURE, follow, publish, want_step
from bot.features.peer_help.ladder import LIST
from bot.features.peer_help.model import (
    Ask,
    Outlook,
    State,
    Written,
    complaint_about,
)
from bot.features.peer_help.own import again, demand_room, own, withdraw
from bot.features.peer_help.store import AskStore
from bot.features.safety.service import Safety
from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import is_visible
from bot.kernel.waits import USUAL_SINCE, usual_wait
from bot.storage.database import Database, Transaction

LINKS = 3  # that an ask may hold: to what it is about

Offering = Callable[[Transaction, ServerId, str], Awaitable[list[MemberId]]]


class Asks:
    """One method for each thing that an asker can do."""

    def __init__(
        self,
        database: Database,
        setup: Setup,
        members: Members,
        inbox: Inbox,
        choices: Choices,
        topics: Topics,
        safety: Safety,
    ) -> None:
        self._database = database
        self._setup = setup
        self._members = members
        self._inbox = inbox
        self._choices = choices
        self._topics = topics
        self._safety = safety
        self._offering: Offering = _nobody

    def attach(self, offering: Offering) -> None:
        """Hand in who knows which members can speak about a topic."""
        self._offering = offering

    async def topics(self, server_id: ServerId) -> tuple[str, ...]:
        """Return the topics to choose from, in the moderators' order."""
        return await self._topics.of(server_id)

    async def demand_room(self, server_id: ServerId, member_id: MemberId) -> None:
        """Let a form be opened in which a member asks something.

        Raises:
            Refusal: there is no channel for it, or they have enough open asks.
        """
        if Place.HELP not in (await self._setup.server(server_id)).places:
            raise Refusal("peer_help.not_set_up")
        async with self._database.read() as transaction:
            await demand_room(AskStore(transaction, server_id), member_id)

    async def demand_named(self, server_id: ServerId, member_id: MemberId, first_id: MemberId) -> None:
        """Let a form be opened in which a member asks somebody by name.

        Raises:
            Refusal: nobody can ask now (see :meth:`demand_room`), or that one can't be asked by name.
        """
        await self.demand_room(server_id, member_id)
        if first_id == member_id:
            raise Refusal("peer_help.ask_oneself")
        async with self._database.read() as transaction:
            found = await self._inbox.candidates(transaction, server_id, [first_id], Kind.NAMED)
        # Across a distance the same is said as of who takes no such questions.
        if not any(each.way is not None and not each.is_apart_from(member_id) for each in found):
            raise Refusal("peer_help.not_by_name")

    async def ask(
        self,
        server_id: ServerId,
        member_id: MemberId,
        written: Written,
        interaction_id: InteractionId,
        first_id: MemberId | None = None,
    ) -> Ask:
        """Ask something, once for each interaction; ``first_id`` is whom to ask before all others.

        Raises:
            Refusal: the form can't be taken or posted as it is, or nobody can ask now (see :meth:`demand_room`).
        """
        written = await self.checked(server_id, written)
        await (
            self.demand_room(server_id, member_id)
            if first_id is None
            else self.demand_named(server_id, member_id, first_id)
        )
        screened = await self._safety.screened(server_id, (written.title, written.details), links=LINKS)
        async with self._database.write() as transaction:
            store, key = AskStore(transaction, server_id), transaction.seals.digest(f"ask:{interaction_id}")
            before = await store.by_key(key)
            if before is not None:
                return before
            await demand_room(store, member_id)
            await self._safety.check(transaction, server_id, member_id, screened)
            await store.begin(member_id, written, key, first_id=first_id)
            ask = await store.by_key(key)
            assert ask is not None  # noqa: S101 - just begun
            return await self._published(transaction, store, ask)

    async def ask_by_hand(
        self,
        server_id: ServerId,
        member_id: MemberId,
        written: Written,
        interaction_id: InteractionId,
        thread_id: int,
    ) -> Ask:
        """Let an ask be made of a thread that a member opened by hand; once for each interaction.

        Raises:
            Refusal: nobody can ask now, or the form can't be taken as it is.
        """
        written = await self.checked(server_id, written)
        await self.demand_room(server_id, member_id)
        channel_id = (await self._setup.server(server_id)).places[Place.HELP]
        screened = await self._safety.screened(server_id, (written.title,), links=LINKS)
        async with self._database.write() as transaction:
            store, key = AskStore(transaction, server_id), transaction.seals.digest(f"ask:{interaction_id}")
            before = await store.by_key(key) or await store.by_thread(thread_id)
            if before is not None:
                return before
            await self._safety.check(transaction, server_id, member_id, screened)
            await store.begin(member_id, written, key, by_hand_in=(channel_id, thread_id))
            ask = await store.by_key(key)
            assert ask is not None  # noqa: S101 - just begun
            return await self._published(transaction, store, ask)

    async def edit(self, server_id: ServerId, member_id: MemberId, ask_id: int, written: Written) -> Ask:
        """Change what is asked, also of an anonymous ask that is still looked at.

        Raises:
            Refusal: it is gone, somebody else's or has ended, or the form can't be taken or posted as it is.
        """
        written = await self.checked(server_id, written)
        texts = (written.title, written.details)
        screened = await self._safety.screened(server_id, texts, links=LINKS)
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            before = await own(store, member_id, ask_id)
            if not (before.state.is_open or before.state is State.PREVIEW):
                raise Refusal("peer_help.ended")
            await self._safety.check(
                transaction,
                server_id,
                member_id,
                screened,
                anonymous=before.is_anonymous,
                posts=before.state.is_open,
            )
            if before.is_anonymous:
                await self._safety.forget_clearance(transaction, server_id, member_id, screened)
            after = replace(
                before,
                topic=written.topic,
                wants=written.wants,
                title=written.title,
                details=written.details,
                revision=before.revision + 1,
            )
            if after.topic != before.topic and after.state is State.WAITING and after.is_posted:
                after = turns.waits(after, transaction.now)  # others know about this one
            await store.keep(after)
            if after.state.is_open:
                await store.index(ask_id, after.found_by)
                await follow(transaction, after)
            return after

    async def own(self, server_id: ServerId, member_id: MemberId, ask_id: int) -> Ask:
        """Return a member's own ask.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        async with self._database.read() as transaction:
            return await own(AskStore(transaction, server_id), member_id, ask_id)

    async def told(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Ask:
        """Return the own ask that a notice of a member's is about.

        Raises:
            Refusal: the notice or the ask is gone, or somebody else's.
        """
        notice = await self._notice(server_id, member_id, notice_id)
        return await self.own(server_id, member_id, notice.object_id)

    async def withdraw(self, server_id: ServerId, member_id: MemberId, ask_id: int) -> Ask:
        """Take an ask back: its text goes at once, its thread closes. A second press changes nothing.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            ask = await store.find(ask_id)
            if ask is None or ask.asker_id != member_id:
                raise Refusal("peer_help.gone")
            return ask if ask.state is State.WITHDRAWN else await withdraw(transaction, store, ask)

    async def still_waiting(self, server_id: ServerId, member_id: MemberId, ask_id: int) -> tuple[Ask, bool]:
        """Let others be asked again; return the ask, and whether that begins anew or was under way already.

        Raises:
            Refusal: it is gone, somebody else's, or has ended.
        """
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            ask = await own(store, member_id, ask_id)
            if not ask.state.is_open:
                raise Refusal("peer_help.ended")
            if ask.state is State.WAITING:
                return ask, False
            return await again(transaction, store, ask), True

    async def still_open(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Ask:
        """Let an ask stay open, as its asker was asked whether it is; a second press changes nothing.

        Raises:
            Refusal: the notice or the ask is gone or somebody else's, or the ask has ended.
        """
        notice = await self._notice(server_id, member_id, notice_id)
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            ask = await own(store, member_id, notice.object_id)
            if not ask.state.is_open:
                raise Refusal("peer_help.ended")
            if ask.checked_at is not None:
                ask = turns.still_open(ask, transaction.now)
                await store.keep(ask)
                await want_step(transaction, ask)
            return ask

    async def reopen(self, server_id: ServerId, member_id: MemberId, ask_id: int) -> Ask:
        """Open an ask again that had ended; one whose post is gone is posted anew. A second press changes nothing.

        Raises:
            Refusal: it is gone or somebody else's, was stopped by moderators, or the asker may post nothing now.
        """
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            ask = await own(store, member_id, ask_id)
            if ask.state.is_open:
                return ask
            if not ask.state.has_ended or ask.is_stopped:
                raise Refusal("peer_help.not_again")
            await self._safety.refuse_held(transaction, server_id, member_id)
            await demand_room(store, member_id)
            return await again(transaction, store, ask)

    async def outlook(self, server_id: ServerId, ask: Ask) -> Outlook:
        """Return what an asker can be told: when others are asked, whether any are, and how long it usually takes."""
        hours = (await self._setup.server(server_id)).hours
        asker_id = MemberId(ask.asker_id or 0)
        async with self._database.read() as transaction:
            now = transaction.now
            waits = await AskStore(transaction, server_id).waits(now - USUAL_SINCE, now - LIST)
            among = await self._offering(transaction, server_id, ask.topic)
            found = await self._inbox.candidates(transaction, server_id, among, Kind.HELP)
        posted_at = max(now, ask.posts_at)
        first = hours.first_awake(posted_at)
        return Outlook(
            asked_from=first if first is not None and first > posted_at else None,
            usual=usual_wait(waits),
            has_helpers=any(each.way is not None and each.member_id != asker_id for each in found),
        )

    async def wants_consent(self, server_id: ServerId, member_id: MemberId) -> bool:
        """Return whether to ask a member if answers may come as private messages: not who has chosen already."""
        return Kind.ANSWERS not in (await self._choices.of(server_id, member_id)).consents

    async def checked(self, server_id: ServerId, written: Written) -> Written:
        """Return a form as it is kept.

        Raises:
            Refusal: it can't be taken as it is.
        """
        topics = await self._topics.of(server_id)
        complaint = complaint_about(written) if is_visible(written.title) else "peer_help.title_missing"
        if complaint is not None:
            raise Refusal(complaint)
        if written.topic not in topics:
            raise Refusal("peer_help.topic_gone")
        title = " ".join(written.title.split())
        return replace(written, title=title, details=written.details.strip())

    async def _published(self, transaction: Transaction, store: AskStore, ask: Ask) -> Ask:
        await store.index(ask.ask_id, ask.title)
        await publish(transaction, ask)
        await want_step(transaction, ask)
        return ask

    async def _notice(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Notice:
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        if notice.feature != FEATURE:
            raise Refusal("members.notice_gone")
        return notice


async def _nobody(_transaction: Transaction, _server_id: ServerId, _topic: str) -> list[MemberId]:
    return []
