"""Reversals: how a mistake in the ledger is answered. Whoever is concerned hears of it, and what is public follows."""

from collections.abc import Iterable

from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind
from bot.features.reputation.model import PublicationState, Thanks
from bot.features.reputation.posts import FEATURE, follow
from bot.features.reputation.store import ReputationStore
from bot.features.reputation.teller import BY_GIVER, BY_MODERATORS, REVERSED, THANKED
from bot.kernel.ids import AccountId, InteractionId, MemberId, ServerId
from bot.storage.database import Transaction
from bot.storage.installation import Installation
from bot.storage.ledger import EntryKind, Ledger


class Reversals:
    """Adds reversals, each with what follows from it, as part of a transaction."""

    def __init__(self, installation: Installation, inbox: Inbox) -> None:
        self._installation = installation
        self._inbox = inbox

    async def by_giver(self, transaction: Transaction, thanks: Thanks, interaction_id: InteractionId) -> Thanks:
        """Reverse a thanks that its giver takes back; the receiver hears of it only if they had heard of the thanks."""
        reversed_now = await self._reverse(transaction, thanks, BY_GIVER, interaction_id)
        if thanks.receiver_id is not None:
            server_id, receiver_id = ServerId(thanks.server_id), MemberId(thanks.receiver_id)
            await self._inbox.correct(transaction, server_id, receiver_id, (FEATURE, THANKED, thanks.sequence))
        return reversed_now

    async def by_moderators(
        self, transaction: Transaction, all_thanks: Iterable[Thanks], reason: str, interaction_id: InteractionId
    ) -> int:
        """Reverse thanks for a ``reason``, told to both sides of each; return how many that same act reversed."""
        count = 0
        for thanks in all_thanks:
            if thanks.reversed_at is None:
                await self._reverse(transaction, thanks, BY_MODERATORS, interaction_id, reason)
                await self._tell_both(transaction, thanks)
                count += 1
            elif await self.is_by(transaction, thanks, interaction_id):
                count += 1  # told again
        return count

    async def is_by(self, transaction: Transaction, thanks: Thanks, interaction_id: InteractionId) -> bool:
        """Return whether a thanks was reversed by this very interaction, which Discord told again."""
        ledger = Ledger(transaction, ServerId(thanks.server_id))
        return await ledger.by_key(_key(interaction_id, thanks.sequence)) is not None

    async def _reverse(
        self, transaction: Transaction, thanks: Thanks, by: str, interaction_id: InteractionId, reason: str = ""
    ) -> Thanks:
        server_id = ServerId(thanks.server_id)
        store, ledger = (
            ReputationStore(transaction, server_id),
            Ledger(transaction, server_id, self._installation.host_key),
        )
        entry = await ledger.find(thanks.sequence)
        assert entry is not None  # noqa: S101 - entries are never removed
        accounts = AccountId(entry.giver_id), AccountId(entry.receiver_id)
        key = _key(interaction_id, thanks.sequence)
        reversal = await ledger.add(EntryKind.REVERSAL, *accounts, by, key, thanks.sequence)
        if reason:
            await store.keep_reason(reversal.sequence, reason)
        publication = await store.publication_of(thanks.sequence)
        if publication is not None:
            await store.set_publication(publication.publication_id, PublicationState.HIDDEN)
            await follow(transaction, publication)
        found = await store.thanks(thanks.sequence)
        assert found is not None  # noqa: S101 - it was there a moment ago
        return found

    async def _tell_both(self, transaction: Transaction, thanks: Thanks) -> None:
        server_id = ServerId(thanks.server_id)
        giver, receiver = _member(thanks.giver_id), _member(thanks.receiver_id)
        if receiver is not None:
            subject = FEATURE, THANKED, thanks.sequence
            await self._inbox.tell(transaction, server_id, receiver, Kind.THANKS, subject, person_id=giver, again=True)
        if giver is not None:
            subject = FEATURE, REVERSED, thanks.sequence
            await self._inbox.tell(transaction, server_id, giver, Kind.MODERATORS, subject, person_id=receiver)


def _member(member_id: int | None) -> MemberId | None:
    return None if member_id is None else MemberId(member_id)


def _key(interaction_id: InteractionId, sequence: int) -> str:
    return f"{interaction_id}:reversal:{sequence}"
