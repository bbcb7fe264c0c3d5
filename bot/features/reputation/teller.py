"""What notices about thanks say: that somebody thanked, and that a thanks was reversed."""

from bot.features.members.model import Notice, Told
from bot.features.reputation.model import Publication, PublicationState, Thanks
from bot.features.reputation.posts import is_removed
from bot.features.reputation.store import ReputationStore
from bot.kernel.ids import ServerId
from bot.storage.database import Database, Transaction

THANKED = "thanked"  # to the receiver; its object is the entry
REVERSED = "reversed"  # to the giver, by moderators
BY_GIVER, BY_MODERATORS = "giver", "moderators"


class ReputationTeller:
    """Says what a notice says now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tell(self, notice: Notice) -> Told | None:
        """Return what ``notice`` says now; None when there is nothing to be told of it any more."""
        async with self._database.read() as transaction:
            store = ReputationStore(transaction, ServerId(notice.server_id))
            thanks = await store.thanks(notice.object_id)
            publication = await store.publication_of(notice.object_id)
        if thanks is None:
            return None
        if notice.card == REVERSED:
            return Told("reputation.yours_reversed", person_id=thanks.receiver_id, words=thanks.reversed_why)
        return _thanked(notice, thanks, publication)

    async def passed(self, transaction: Transaction, notice: Notice, *, was_last: bool) -> None:
        """Do nothing: nothing is asked here."""


def _thanked(notice: Notice, thanks: Thanks, publication: Publication | None) -> Told | None:
    if thanks.reversed_at is None:
        words, ways = " ".join(thanks.reason.split()), _ways(publication)  # a quotation is one line
        if thanks.giver_pseudonym:
            return Told("reputation.thanked_you", words=words, name=thanks.giver_pseudonym)
        key = "reputation.thanked_you_public" if ways == ("agree",) else "reputation.thanked_you"
        return Told(key, ways, person_id=thanks.giver_id, words=words) if thanks.giver_id is not None else None
    if thanks.reversed_by == BY_MODERATORS:
        who = thanks.giver_id, thanks.giver_pseudonym
        return Told("reputation.thanks_reversed", person_id=who[0], words=thanks.reversed_why, name=who[1])
    # Who had not heard of it hears nothing of a slip of the finger; who had is told anew (Reversals.by_giver).
    return Told("reputation.taken_back", person_id=thanks.giver_id) if notice.told_at >= thanks.reversed_at else None


def _ways(publication: Publication | None) -> tuple[str, ...]:
    """Return what a receiver can do about a thanks being public."""
    if publication is None or is_removed(publication):
        return ()
    return ("hide",) if publication.state is PublicationState.AGREED else ("agree",)
