"""What the bot knows of members: who they are here, their promise, their drafts, and that they left."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from bot.features.members.model import (
    LEFT_KEPT,
    SWEEP_EVERY,
    SWEEP_PAUSE,
    SWEEP_STEP,
    Draft,
    Member,
    Sweep,
    Waiting,
    is_suspicious,
)
from bot.features.members.store import MemberStore
from bot.features.setup.service import Setup
from bot.kernel.errors import DiscordTrouble, Refusal
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, InteractionId, MemberId, ServerId
from bot.kernel.logs import get_logger
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb

FEATURE = "members"
_log = get_logger(__name__)


class Directory(Protocol):
    """Who is in a server, asked of Discord itself."""

    async def is_member(self, server_id: ServerId, member_id: MemberId) -> bool:
        """Return whether the person is in the server.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        ...


class Holder(Protocol):
    """A feature that shows or keeps something of members."""

    async def shown_members(self, server_id: ServerId) -> list[MemberId]:
        """Return the members of whom something is published."""
        ...

    async def member_left(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """Take back what is published of somebody who left."""
        ...

    async def forget_member(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """Remove all that is kept about somebody."""
        ...

    async def waiting(self, server_id: ServerId, member_id: MemberId) -> list[Waiting]:
        """Return what waits for a member, most urgent first."""
        ...


class Members:
    """One method for each thing that happens to a member as such."""

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._setup = setup
        self._holders: Sequence[Holder] = ()
        self._directory: Directory | None = None

    def attach(self, holders: Sequence[Holder], directory: Directory) -> None:
        """Hand in the features that hold something of members, and the way to look members up."""
        self._holders = holders
        self._directory = directory

    async def seen(self, server_id: ServerId, member_id: MemberId, language: Locale) -> Member:
        """Note that a member is here, speaking ``language``, and return what is kept about them."""
        async with self._database.read() as transaction:
            member = await MemberStore(transaction, server_id).find(member_id)
            if member is not None and not member.is_news(language, transaction.now):
                return member
        async with self._database.write() as transaction:
            store = MemberStore(transaction, server_id)
            await store.see(member_id, language)
            member = await store.find(member_id)
        assert member is not None  # noqa: S101 - written in this very transaction
        return member

    async def has_promised(self, server_id: ServerId, member_id: MemberId) -> bool:
        """Return whether the member has given the first-time promise."""
        async with self._database.read() as transaction:
            member = await MemberStore(transaction, server_id).find(member_id)
        return member is not None and member.promised_at is not None

    async def promise(self, server_id: ServerId, member_id: MemberId) -> None:
        """Record the first-time promise; a second one changes nothing."""
        async with self._database.write() as transaction:
            await MemberStore(transaction, server_id).promise(member_id)

    async def keep_draft(
        self,
        server_id: ServerId,
        member_id: MemberId,
        form: str,
        fields: Mapping[str, str | tuple[str, ...]],
        interaction_id: InteractionId,
    ) -> int:
        """Keep a form that failed, for 24 hours; return the draft's id."""
        async with self._database.write() as transaction:
            return await MemberStore(transaction, server_id).keep_draft(member_id, form, fields, interaction_id)

    async def form_done(self, server_id: ServerId, member_id: MemberId, form: str) -> None:
        """Forget a member's drafts of the form whose custom id begins with ``form``: it went through."""
        async with self._database.read() as transaction:
            drafts = await MemberStore(transaction, server_id).drafts(member_id)
        if not any(draft.form.startswith(form) for draft in drafts):
            return
        async with self._database.write() as transaction:
            for draft in drafts:
                if draft.form.startswith(form):
                    await MemberStore(transaction, server_id).drop_draft(draft.draft_id)

    async def draft(self, server_id: ServerId, member_id: MemberId, draft_id: int) -> Draft:
        """Return a member's own open draft.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        async with self._database.read() as transaction:
            draft = await MemberStore(transaction, server_id).draft(draft_id)
        if draft is None or draft.member_id != member_id or not draft.is_open(transaction.now):
            raise Refusal("members.draft_gone")
        return draft

    async def welcome(self, server_id: ServerId, member_id: MemberId, channel_id: ChannelId) -> None:
        """Let a newcomer be greeted by one public line in ``channel_id``, once."""
        async with self._database.write() as transaction:
            newcomer_id = await MemberStore(transaction, server_id).welcome(member_id, channel_id)
            await Effects(transaction).put(Verb.SEND, FEATURE, "welcome", newcomer_id, server_id=server_id)

    async def waiting(self, server_id: ServerId, member_id: MemberId) -> list[Waiting]:
        """Return all that waits for a member, drafts first."""
        async with self._database.read() as transaction:
            drafts = await MemberStore(transaction, server_id).drafts(member_id)
        found = [Waiting("members.waiting_draft", FEATURE, "draft", draft.draft_id) for draft in drafts[:1]]
        for holder in self._holders:
            found += await holder.waiting(server_id, member_id)
        return found

    async def tend(self, server_id: ServerId) -> None:
        """See to it that a server's daily sweep goes on."""
        async with self._database.write() as transaction:
            await self._tend_again(transaction, server_id, SWEEP_EVERY)

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return the public line that greets a newcomer."""
        assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
        async with self._database.read() as transaction:
            newcomer = await MemberStore(transaction, effect.server_id).newcomer(effect.object_id)
        if newcomer is None:
            return None
        server = await self._setup.server(effect.server_id)
        pings = (MemberId(newcomer.member_id),)
        return Outgoing(ChannelId(newcomer.channel_id), None, server.language, newcomer, pings)

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Nothing to note: a greeting is never edited."""

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Let a greeting that can't be posted go: a later one would greet nobody new."""
        return True

    async def run(self, effect: Effect) -> None:
        """Go on with the sweep over those of whom something is published; forget who is long gone."""
        assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
        server_id = effect.server_id
        async with self._database.read() as transaction:
            sweep = await MemberStore(transaction, server_id).sweep()
        ahead = [member_id for member_id in await self._shown(server_id) if member_id > sweep.after_member_id]
        missing = [member_id for member_id in ahead[:SWEEP_STEP] if not await self._is_here(server_id, member_id)]
        async with self._database.write() as transaction:
            store = MemberStore(transaction, server_id)
            for member_id in missing:
                await store.miss(member_id)
            if len(ahead) > SWEEP_STEP:
                await store.keep_sweep(Sweep(sweep.looked_up + SWEEP_STEP, ahead[SWEEP_STEP - 1]))
                await self._tend_again(transaction, server_id, SWEEP_PAUSE)
                return
            await self._finish_sweep(transaction, store, server_id, sweep.looked_up + len(ahead))
            await self._forget_long_gone(transaction, store, server_id)
            await store.drop_expired_drafts()
            await self._tend_again(transaction, server_id, SWEEP_EVERY)

    async def _shown(self, server_id: ServerId) -> list[MemberId]:
        shown = [await holder.shown_members(server_id) for holder in self._holders]
        return sorted({member_id for members in shown for member_id in members})

    async def _is_here(self, server_id: ServerId, member_id: MemberId) -> bool:
        assert self._directory is not None  # noqa: S101 - handed in when the bot is put together
        return await self._directory.is_member(server_id, member_id)

    async def _finish_sweep(
        self, transaction: Transaction, store: MemberStore, server_id: ServerId, looked_up: int
    ) -> None:
        gone = await store.missing()
        if is_suspicious(len(gone), looked_up):
            _log.error("sweep stopped: too many would count as left", server=server_id, gone=len(gone), of=looked_up)
        else:
            for member_id in gone:
                await store.leave(member_id)
                for holder in self._holders:
                    await holder.member_left(transaction, server_id, member_id)
        await store.forget_missing()
        await store.keep_sweep(Sweep())

    async def _forget_long_gone(self, transaction: Transaction, store: MemberStore, server_id: ServerId) -> None:
        for member_id in await store.left_before(transaction.now - LEFT_KEPT):
            for holder in self._holders:
                await holder.forget_member(transaction, server_id, member_id)
            await store.forget(member_id)

    @staticmethod
    async def _tend_again(transaction: Transaction, server_id: ServerId, after: timedelta) -> None:
        await Effects(transaction).put(
            Verb.JOB, FEATURE, "tend", server_id, server_id=server_id, due_at=transaction.now + after
        )
