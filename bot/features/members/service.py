"""What the bot knows of members: who they are here, their promise, their drafts, and that they left."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.features.members.model import Draft, Member, ServerWaiting, Waiting
from bot.features.members.store import MemberStore, server_of_draft
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, InteractionId, MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb

FEATURE = "members"


class Holder(Protocol):
    """A feature that shows or keeps something of members."""

    async def shown_members(self, server_id: ServerId) -> list[MemberId]:
        """Return the members of whom something is published."""
        ...

    async def member_left(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """Take back what is published of somebody who left."""
        ...

    async def forget_member(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> bool:
        """Remove all that is kept about somebody; return False where that has to wait."""
        ...

    async def forget_expired(self, transaction: Transaction, server_id: ServerId) -> None:
        """Remove what is kept for a short time only, and is too old."""
        ...

    async def waiting(self, server_id: ServerId, member_id: MemberId) -> list[Waiting]:
        """Return what waits for a member, most urgent first."""
        ...

    async def server_waiting(self, server_id: ServerId) -> list[ServerWaiting]:
        """Return what waits in a server so long that moderators should look, longest first."""
        ...

    async def topic_renamed(self, transaction: Transaction, server_id: ServerId, old: str, new: str) -> None:
        """Follow a topic that moderators called something else."""
        ...


class Members:
    """One method for each thing that happens to a member as such."""

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._setup = setup
        self._holders: Sequence[Holder] = ()

    def attach(self, holders: Sequence[Holder]) -> None:
        """Hand in the features that hold something of members."""
        self._holders = holders

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

    async def meet(self, transaction: Transaction, server_id: ServerId, member_id: MemberId, language: Locale) -> None:
        """Make somebody known who never used the bot, so that they can be told something, in a ``transaction``."""
        await MemberStore(transaction, server_id).meet(member_id, language)

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

    async def extend_draft(self, transaction: Transaction, server_id: ServerId, draft_id: int, until: datetime) -> None:
        """Keep a draft until ``until`` at least, as part of a ``transaction``."""
        await MemberStore(transaction, server_id).extend_draft(draft_id, until)

    async def drop_draft(self, transaction: Transaction, server_id: ServerId, draft_id: int) -> None:
        """Remove a draft, as part of a ``transaction``."""
        await MemberStore(transaction, server_id).drop_draft(draft_id)

    async def server_of_draft(self, member_id: MemberId, draft_id: int) -> ServerId | None:
        """Return the server of a member's own draft, so that a press in a private message finds it; else None."""
        async with self._database.read() as transaction:
            return await server_of_draft(transaction, draft_id, member_id)

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
        """Let a newcomer be greeted by one public line in ``channel_id``, once, where there is something to do."""
        if (await self._setup.server(server_id)).introductions_channel_id is None:
            return
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
