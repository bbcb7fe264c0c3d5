"""What a member leaves in the ledger and beside it."""

from bot.features.reputation.model import Flag, Openness, PublicationState, Word
from bot.features.reputation.openness_store import OpennessStore
from bot.features.reputation.store import ReputationStore
from bot.kernel.ids import ChannelId, MemberId, MessageId, RoleId, ServerId
from bot.storage.database import Transaction
from bot.storage.ledger import EntryKind, Ledger

HOST_KEY = b"the key of this host"
MODERATOR = MemberId(290000000000000001)
CAUSE = "intro:7"


async def settle_reputation(
    transaction: Transaction, server_id: ServerId, member_id: MemberId, words: str, serial: int
) -> None:
    """Let a member and a moderator thank each other, be sources, and choose what others see; both are known here.

    The entries are: 1 a thanks of the member's, 2 one to them, 3 its reversal, 4 and 5 the two named as sources,
    6 and 7 the end of either.
    """
    store, ledger = ReputationStore(transaction, server_id), Ledger(transaction, server_id, HOST_KEY)
    mine, other = await store.open_account(member_id), await store.open_account(MODERATOR)
    for number, (kind, giver, receiver, cause, about) in enumerate(
        (
            (EntryKind.THANKS, mine, other, "free", None),
            (EntryKind.THANKS, other, mine, CAUSE, None),
            (EntryKind.REVERSAL, other, mine, "moderators", 2),
            (EntryKind.SOURCE_GRANTED, other, mine, "panel", None),
            (EntryKind.SOURCE_GRANTED, other, other, "panel", None),
            (EntryKind.SOURCE_ENDED, other, mine, "panel", 4),
            (EntryKind.SOURCE_ANNULLED, other, other, "panel", 5),
        ),
        start=1,
    ):
        await ledger.add(kind, giver, receiver, cause, f"{800 + serial}:{number}", about)
    for sequence in (1, 2, 3):
        await store.keep_reason(sequence, f"{words} {sequence}")
    publication_id = await store.publish(1, PublicationState.AGREED)
    assert publication_id is not None
    await store.place_publication(publication_id, ChannelId(850 + serial), MessageId(860 + serial))
    now = transaction.now
    await store.keep_flag(Flag(0, server_id, (other,), (mine,), (2,), 1, 1, now, now))
    await _choose(OpennessStore(transaction, server_id), member_id, serial)


async def _choose(store: OpennessStore, member_id: MemberId, serial: int) -> None:
    await store.keep_openness(member_id, Openness(posts_thanks=True, shows_word=True, wears_role=True))
    await store.set_word_role(Word.FAMILIAR, RoleId(870 + serial))
    await store.keep_role_troubles({870 + serial: "order"})
    await store.keep_round(member_id)
    await store.wear(member_id, RoleId(870 + serial))
