"""What becomes of an ask whose post is gone from Discord, or a part of it: somebody deleted it."""

from bot.features.members.inbox import Inbox
from bot.features.peer_help import turns
from bot.features.peer_help.follow import close, follow
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.model import Ask, End
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.telling import ENDED, tell_asker
from bot.kernel.ids import ServerId
from bot.storage.database import Transaction


async def lose_thread(inbox: Inbox, transaction: Transaction, ask: Ask) -> None:
    """Note that an ask's thread is gone: it ends, and its asker hears so and can open it again."""
    await _end(inbox, transaction, turns.lost(ask) if ask.is_inside else turns.thread_lost(ask))


async def lose_card(inbox: Inbox, transaction: Transaction, ask: Ask) -> None:
    """Note that an ask's card is gone: it ends like that, and would go on in its thread."""
    await _end(inbox, transaction, turns.lost(ask) if ask.thread_id is None else turns.card_lost(ask))


async def lose_channel(inbox: Inbox, transaction: Transaction, server_id: ServerId, channel_id: int) -> None:
    """Note that a channel is gone: the open asks in it go on where moderators point next."""
    await HelpStore(transaction, server_id).keep_help_channel(None)
    asks = AskStore(transaction, server_id)
    for ask_id in await asks.in_channel(channel_id):
        ask = await asks.find(ask_id)
        if ask is not None:
            await (_end(inbox, transaction, turns.lost(ask)) if ask.is_by_hand else _keep(transaction, turns.lost(ask)))


async def _end(inbox: Inbox, transaction: Transaction, gone: Ask) -> None:
    if gone.state.is_open:
        closed = await close(transaction, gone, End.THREAD_GONE)
        await tell_asker(inbox, transaction, closed, ENDED, again=True)
    else:
        await _keep(transaction, gone)


async def _keep(transaction: Transaction, gone: Ask) -> None:
    await AskStore(transaction, ServerId(gone.server_id)).keep(gone)
    await follow(transaction, gone)
