"""What a member leaves in the tables of asks, and of whom they help."""

from dataclasses import replace

from bot.features.peer_help.help_store import HelpChannel, HelpStore
from bot.features.peer_help.model import Ask, State, Wants, Written
from bot.features.peer_help.store import AskStore
from bot.kernel.ids import ChannelId, MemberId, MessageId, ServerId
from bot.storage.database import Transaction
from tests.storage.circle import MODERATOR


async def settle_help(
    transaction: Transaction, server_id: ServerId, member_id: MemberId, words: str, serial: int
) -> tuple[Ask, Ask, Ask]:
    """Let a member ask by name and under a pseudonym, help a moderator, and be asked by name by them.

    Returns:
        Their ask, their anonymous one, and the moderator's.
    """
    asks, helping = AskStore(transaction, server_id), HelpStore(transaction, server_id)
    written = Written("parenting", Wants.LISTEN, words, words)
    await asks.begin(member_id, written, f"named {serial}")
    await asks.begin(member_id, written, f"sealed {serial}", pseudonym=f"Quiet Owl {serial}")
    theirs = replace(written, title="another's", details="")
    await asks.begin(MODERATOR, theirs, f"theirs {serial}", first_id=member_id)
    keys = {f"{key} {serial}": 900 + 10 * serial + number for number, key in enumerate(("named", "sealed", "theirs"))}
    mine, sealed, other = [await _posted(transaction, asks, key, message_id) for key, message_id in keys.items()]
    await _take_part(transaction, helping, other, member_id)
    await helping.me_too(other.ask_id, member_id)
    for ask in (mine, sealed):
        await _take_part(transaction, helping, ask, MODERATOR)
        reply_id = await helping.reply(ask.ask_id, words, f"reply {ask.ask_id}", is_after=ask is mine)
        await helping.replied(reply_id or 0, MessageId(930 + serial))
        await helping.reply(ask.ask_id, words, f"waiting reply {ask.ask_id}", is_after=False)
    await helping.opened_by_hand(940 + serial, member_id, words)
    await helping.keep_help_channel(HelpChannel(ChannelId(950 + serial), is_forum=True, trouble="full"))
    await helping.keep_tags(950 + serial, {"other": 960 + serial})
    await helping.keep_search(member_id, words)
    await helping.want_unmasking(sealed.ask_id, MODERATOR, f"why: {words}")
    await _want_to_know(helping, other, member_id, words)
    return mine, sealed, other


async def _posted(transaction: Transaction, asks: AskStore, key: str, message_id: int) -> Ask:
    ask = await asks.by_key(key)
    assert ask is not None
    now = transaction.now
    climb = replace(ask.climb, round_at=now, listed_at=now)
    posted = replace(
        ask,
        state=State.WAITING,
        channel_id=950,
        message_id=message_id,
        thread_id=message_id,
        posted_at=now,
        answered_at=now,
        helped=ask.details,
        is_findable=True,
        climb=climb,
        step_at=now,
    )
    await asks.keep(posted)
    await asks.index(ask.ask_id, ask.title)
    return posted


async def _take_part(transaction: Transaction, helping: HelpStore, ask: Ask, member_id: MemberId) -> None:
    part, now = await helping.part_of(ask.ask_id, member_id), transaction.now
    await helping.keep(replace(part, came_at=now, spoke_at=now, nudged_at=now))


async def _want_to_know(helping: HelpStore, ask: Ask, member_id: MemberId, words: str) -> None:
    """Let the member be a moderator once who wanted to know who asked, and had another agree."""
    unmasking_id = await helping.want_unmasking(ask.ask_id, member_id, words)
    assert unmasking_id is not None
    await helping.unmask(unmasking_id, member_id)
