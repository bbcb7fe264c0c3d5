"""What members do with thanks: give one, take it back, let it be public or not, choose what others see."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind
from bot.features.members.service import Members
from bot.features.reputation.model import (
    RECEIVERS_LIMIT,
    WEEK,
    Cause,
    CauseKind,
    Openness,
    Publication,
    PublicationState,
    Thanks,
    Wish,
    complaint_about,
    free_from,
)
from bot.features.reputation.openness_store import OpennessStore
from bot.features.reputation.posts import FEATURE, is_removed, publish
from bot.features.reputation.reversal import Reversals
from bot.features.reputation.roles import look_again
from bot.features.reputation.store import ReputationStore
from bot.features.reputation.teller import BY_GIVER, THANKED
from bot.features.safety.service import Safety
from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.ids import AccountId, InteractionId, MemberId, ServerId
from bot.kernel.people import Person
from bot.kernel.text import is_visible
from bot.storage.database import Database, Transaction
from bot.storage.installation import Installation
from bot.storage.ledger import EntryKind, Ledger

_OWN_LINKS = 1  # a thanks may point to what it is for


class Directory(Protocol):
    """Who is in a server, asked of Discord itself."""

    async def person(self, server_id: ServerId, member_id: MemberId) -> Person | None:
        """Return who somebody is in a server; None if they are not in it.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        ...


class Reputation:
    """One method for each thing that a member can do with thanks."""

    def __init__(
        self,
        database: Database,
        installation: Installation,
        setup: Setup,
        members: Members,
        inbox: Inbox,
        choices: Choices,
        safety: Safety,
    ) -> None:
        self._database = database
        self._installation = installation
        self._setup = setup
        self._members = members
        self._inbox = inbox
        self._choices = choices
        self._safety = safety
        self._reversals = Reversals(installation, inbox)
        self._directory: Directory | None = None

    def attach(self, directory: Directory) -> None:
        """Hand in who knows the people of a server."""
        self._directory = directory

    async def can_be_public(self, server_id: ServerId) -> bool:
        """Return whether there is a channel in which thanks can be posted."""
        return Place.THANKS in (await self._setup.server(server_id)).places

    async def receiver(self, server_id: ServerId, receiver_id: MemberId, named: Person | None) -> Person:
        """Return whom somebody wants to thank: as Discord ``named`` them with the request, or asked of it.

        Raises:
            Refusal: they are not in the server, or a bot.
            DiscordTrouble: Discord did not say.
        """
        assert self._directory is not None  # noqa: S101 - handed in before the first request
        person = named or await self._directory.person(server_id, receiver_id)
        if person is None:
            raise Refusal("reputation.not_here")
        if person.is_bot:
            raise Refusal("reputation.thank_bot")
        return person

    async def demand_room(self, server_id: ServerId, giver_id: MemberId) -> None:
        """Let a form be opened in which ``giver_id`` thanks anybody.

        Raises:
            Refusal: they have thanked as often as the limits allow.
        """
        await self.demand_receivable(server_id, giver_id, MemberId(0))

    async def thanked_for(self, server_id: ServerId, cause: Cause) -> set[int]:
        """Return the members who were thanked for one cause, as far as they are known."""
        async with self._database.read() as transaction:
            store = ReputationStore(transaction, server_id)
            found = await store.members_of(await store.thanked_for(cause))
        return {member_id for member_id in found.values() if member_id is not None}

    async def demand_receivable(self, server_id: ServerId, giver_id: MemberId, receiver_id: MemberId) -> None:
        """Let a form be opened in which ``giver_id`` thanks somebody.

        Raises:
            Refusal: it could not be recorded now, whatever the reason: nobody shall type in vain.
        """
        async with self._database.read() as transaction:
            await _refuse_free(ReputationStore(transaction, server_id), Wish(giver_id, receiver_id, ""), transaction)

    async def thank(self, server_id: ServerId, wish: Wish, interaction_id: InteractionId) -> Thanks:
        """Record a thanks, once for each interaction, and let its receiver hear of it as they wish.

        Raises:
            Refusal: it can't be recorded (see :meth:`record`), or the reason may not be told.
        """
        (recorded,) = await self.thank_all(server_id, [wish], interaction_id)
        return recorded

    async def thank_all(
        self, server_id: ServerId, wishes: Sequence[Wish], interaction_id: InteractionId
    ) -> list[Thanks]:
        """Record several thanks of one giver, all or none, like :meth:`thank`.

        Raises:
            Refusal: one of them can't be recorded.
        """
        for wish in wishes:
            complaint = complaint_about(wish.reason, wish.names)
            if complaint is None and not is_visible(wish.reason):
                complaint = "reputation.reason_says_nothing"
            if complaint is not None:
                raise Refusal(complaint)
        reasons = list(dict.fromkeys(wish.reason for wish in wishes))
        screened = await self._safety.screened(server_id, reasons, links=_OWN_LINKS)
        async with self._database.write() as transaction:
            for wish in wishes:
                await self._safety.check(transaction, server_id, MemberId(wish.giver_id), screened)
            return [await self.record(transaction, server_id, wish, interaction_id) for wish in wishes]

    async def record(
        self, transaction: Transaction, server_id: ServerId, wish: Wish, interaction_id: InteractionId
    ) -> Thanks:
        """Record a thanks whose reason was checked, as part of a ``transaction``; what it came to before, if it did.

        Raises:
            Refusal: the limits don't allow it (see :func:`~bot.features.reputation.model.free_from`), or the receiver
                was thanked for this cause, or is the giver.
        """
        store, ledger = ReputationStore(transaction, server_id), Ledger(transaction, server_id, self._key)
        giver_id, receiver_id = MemberId(wish.giver_id), MemberId(wish.receiver_id)
        if giver_id == receiver_id:
            raise Refusal("reputation.thank_oneself")
        giver = wish.account_id or await store.open_account(giver_id)
        accounts = giver, await store.open_account(receiver_id)
        # Of thanks under a pseudonym, no number of Discord's is kept.
        named = interaction_id if wish.account_id is None else transaction.seals.digest(f"thanks:{interaction_id}")
        key = f"{named}:{accounts[1]}"
        entry = await ledger.by_key(key)
        if entry is None:
            await _refuse(store, wish, accounts[1], transaction)
            entry = await ledger.add(EntryKind.THANKS, *accounts, str(wish.cause), key)
            await store.keep_reason(entry.sequence, wish.reason.strip())
            await self._tell(transaction, server_id, wish, entry.sequence)
        found = await store.thanks(entry.sequence)
        assert found is not None  # noqa: S101 - just recorded
        return found

    async def open_pseudonym(self, transaction: Transaction, server_id: ServerId, pseudonym: str) -> AccountId:
        """Return a new account for one pseudonym, as part of a ``transaction``: part of no chain."""
        return await ReputationStore(transaction, server_id).open_pseudonym(pseudonym)

    async def take_back(
        self, server_id: ServerId, member_id: MemberId, sequence: int, interaction_id: InteractionId
    ) -> Thanks:
        """Take a thanks back shortly after it was given, and all that one form gave; a second press changes nothing.

        Raises:
            Refusal: it is gone, somebody else's, or too old.
        """
        async with self._database.write() as transaction:
            store = ReputationStore(transaction, server_id)
            thanks = await store.thanks(sequence)
            if thanks is None or thanks.giver_id != member_id:
                raise Refusal("reputation.thanks_gone")
            if thanks.reversed_by == BY_GIVER:
                return thanks
            if thanks.reversed_at is not None:
                raise Refusal("reputation.thanks_gone")
            if not thanks.can_be_taken_back(transaction.now):
                raise Refusal("reputation.too_late")
            giver = await store.open_account(member_id)
            for each in await store.given_with(giver, sequence):
                if each.reversed_at is None:
                    await self._reversals.by_giver(transaction, each, interaction_id)
            return await store.thanks(sequence) or thanks

    async def agree(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Thanks:
        """Let a thanks that a member received be public, as its giver likes; a second press changes nothing.

        Raises:
            Refusal: the notice is gone or somebody else's, or nothing can be public of it any more.
        """
        return await self._decide(server_id, member_id, notice_id, is_public=True)

    async def hide(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Thanks:
        """Let a thanks that a member received not be public any more; a second press changes nothing.

        Raises:
            Refusal: the notice is gone or somebody else's, or it never was public.
        """
        return await self._decide(server_id, member_id, notice_id, is_public=False)

    async def openness(self, server_id: ServerId, member_id: MemberId) -> Openness:
        """Return what a member lets others see."""
        async with self._database.read() as transaction:
            return await OpennessStore(transaction, server_id).openness(member_id)

    async def choose(self, server_id: ServerId, member_id: MemberId, what: str, *, wanted: bool) -> Openness:
        """Choose whether others see ``what``: a field of :class:`Openness`."""
        async with self._database.write() as transaction:
            store = OpennessStore(transaction, server_id)
            chosen = replace(await store.openness(member_id), **{what: wanted})
            await store.keep_openness(member_id, chosen)
            await look_again(transaction, server_id)
            return chosen

    async def messages_deleted(self, server_id: ServerId, message_ids: set[int]) -> None:
        """Note that messages were deleted; thanks may have stood in them."""
        async with self._database.read() as transaction:
            if not await ReputationStore(transaction, server_id).are_published(message_ids):
                return
        async with self._database.write() as transaction:
            await ReputationStore(transaction, server_id).lose_messages(message_ids)

    @property
    def _key(self) -> bytes:
        return self._installation.host_key

    async def _tell(self, transaction: Transaction, server_id: ServerId, wish: Wish, sequence: int) -> None:
        """Let the receiver hear of a thanks, and let it be public if both wish so; across a distance nothing is."""
        giver_id, receiver_id = MemberId(wish.giver_id), MemberId(wish.receiver_id)
        subject = FEATURE, THANKED, sequence
        server = await self._setup.server(server_id)
        await self._members.meet(transaction, server_id, receiver_id, server.language)
        if wish.account_id is not None:  # across a distance, too: who hears nothing would know who it was
            await self._inbox.tell(transaction, server_id, receiver_id, Kind.THANKS, subject)
            return
        is_apart = await self._choices.keeps_apart(transaction, server_id, giver_id, receiver_id)
        if wish.is_public and Place.THANKS in server.places and not is_apart:
            agrees = (await OpennessStore(transaction, server_id).openness(receiver_id)).posts_thanks
            store = ReputationStore(transaction, server_id)
            await store.publish(sequence, PublicationState.WISHED)
            publication = await store.publication_of(sequence)
            if agrees and publication is not None:
                await self._set_public(transaction, publication, is_public=True)
        await self._inbox.tell(transaction, server_id, receiver_id, Kind.THANKS, subject, person_id=giver_id)

    async def _decide(self, server_id: ServerId, member_id: MemberId, notice_id: int, *, is_public: bool) -> Thanks:
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        is_one = (notice.feature, notice.card) == (FEATURE, THANKED)
        async with self._database.write() as transaction:
            store = ReputationStore(transaction, server_id)
            thanks = await store.thanks(notice.object_id) if is_one else None
            publication = await store.publication_of(notice.object_id) if is_one else None
            if thanks is None or publication is None or thanks.reversed_at is not None:
                raise Refusal("members.notice_gone")
            if is_public and (is_removed(publication) or await self._is_apart(transaction, thanks)):
                raise Refusal("members.notice_gone")  # pressed where the notice still shows it as it was
            await self._set_public(transaction, publication, is_public=is_public)
            return thanks

    async def _is_apart(self, transaction: Transaction, thanks: Thanks) -> bool:
        server_id, giver, receiver = ServerId(thanks.server_id), thanks.giver_id or 0, thanks.receiver_id or 0
        return await self._choices.keeps_apart(transaction, server_id, MemberId(giver), MemberId(receiver))

    async def _set_public(self, transaction: Transaction, publication: Publication, *, is_public: bool) -> None:
        state = PublicationState.AGREED if is_public else PublicationState.HIDDEN
        if publication.state is state:
            return
        server_id = ServerId(publication.server_id)
        await ReputationStore(transaction, server_id).set_publication(publication.publication_id, state)
        if is_public or publication.message_id is not None:
            await publish(transaction, publication, await self._setup.server(server_id))


async def _refuse(store: ReputationStore, wish: Wish, receiver: AccountId, transaction: Transaction) -> None:
    if wish.cause.kind is CauseKind.FREE:
        await _refuse_free(store, wish, transaction)
        return
    thanked = await store.thanked_for(wish.cause)
    if receiver in thanked:
        raise Refusal("reputation.thanked_for_it", member=wish.receiver_id)
    if len(thanked) >= RECEIVERS_LIMIT:
        raise Refusal("reputation.cause_full", most=RECEIVERS_LIMIT)


async def _refuse_free(store: ReputationStore, wish: Wish, transaction: Transaction) -> None:
    if wish.giver_id == wish.receiver_id:
        raise Refusal("reputation.thank_oneself")
    giver = await store.account(MemberId(wish.giver_id))
    receiver = await store.account(MemberId(wish.receiver_id))
    if giver is None:
        return
    given = await store.free_given(giver, transaction.now - WEEK)
    block = free_from([(moment, account_id == receiver) for moment, account_id in given], transaction.now)
    if block is not None:
        key, possible_at = block
        raise Refusal(key, when=int(possible_at.timestamp()) + 1)
