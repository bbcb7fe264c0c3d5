"""What the ledger holds of members: who is still looked after, what is public, what is forgotten."""

from bot.features.members.model import ServerWaiting, Waiting
from bot.features.reputation.model import FLAGS_KEPT, PublicationState
from bot.features.reputation.openness_store import OpennessStore
from bot.features.reputation.posts import FEATURE, POST, follow
from bot.features.reputation.store import ReputationStore
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects


class ReputationHolder:
    """Answers for the ledger when members are looked after as such."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shown_members(self, server_id: ServerId) -> list[MemberId]:
        """Return everybody in the ledger who has not left: nothing of it is lost by being away."""
        async with self._database.read() as transaction:
            return await ReputationStore(transaction, server_id).here()

    async def member_left(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """Leave everything as it is: what somebody gave and received goes on to count for the others."""

    async def forget_member(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> bool:
        """Let nobody be able to tell which account was theirs; not while a post may still name them."""
        store = ReputationStore(transaction, server_id)
        account_id = await store.account(member_id)
        publications = [] if account_id is None else await store.publications_of(account_id)
        for publication in publications:
            if publication.state is not PublicationState.HIDDEN:
                await store.set_publication(publication.publication_id, PublicationState.HIDDEN)
                await follow(transaction, publication)
        effects = Effects(transaction)
        for publication in publications:
            if not await effects.is_settled(FEATURE, POST, publication.publication_id, 0):
                return False
        await store.forget(member_id)
        await OpennessStore(transaction, server_id).forget(member_id)
        return True

    async def forget_expired(self, transaction: Transaction, server_id: ServerId) -> None:
        """Remove the sets that moderators were shown a while ago."""
        await ReputationStore(transaction, server_id).forget_flags(transaction.now - FLAGS_KEPT)

    async def waiting(self, server_id: ServerId, member_id: MemberId) -> list[Waiting]:
        """Return nothing: thanks wait in the inbox."""
        return []

    async def server_waiting(self, server_id: ServerId) -> list[ServerWaiting]:
        """Return that roles can't be given, and since when."""
        async with self._database.read() as transaction:
            troubles = await OpennessStore(transaction, server_id).role_troubles()
        return [ServerWaiting("reputation.role_trouble", troubles[0].since)] if troubles else []

    async def topic_renamed(self, transaction: Transaction, server_id: ServerId, old: str, new: str) -> None:
        """Do nothing: nothing here knows topics."""
