"""What becomes of an ask whose post is gone from Discord: it ends, and its asker hears so, or is posted anew."""

from bot.features.members.inbox import Inbox
from bot.features.peer_help.follow import close, follow
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.model import Ask, End
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.telling import ENDED, tell_asker
from bot.features.peer_help.turns import lost, thread_lost
from bot.kernel.ids import ServerId
from bot.storage.database import Transaction


async def lose(inbox: Inbox, transaction: Transaction, ask: Ask, place_id: int | None = None) -> None:
    """Note that an ask's post is gone, or its thread alone where ``place_id`` is that and its card stands elsewhere."""
    is_thread_alone = place_id is not None and place_id == ask.thread_id != ask.place_id
    gone = thread_lost(ask) if is_thread_alone else lost(ask)
    if ask.state.is_open:
        gone = await close(transaction, gone, End.THREAD_GONE)
        await tell_asker(inbox, transaction, gone, ENDED, again=True)
        return
    await AskStore(transaction, ServerId(ask.server_id)).keep(gone)
    await follow(transaction, gone)


async def lose_channel(inbox: Inbox, transaction: Transaction, server_id: ServerId, channel_id: int) -> None:
    """Note that a channel is gone: the open asks in it go on where moderators point next."""
    await HelpStore(transaction, server_id).keep_help_channel(None)
    asks = AskStore(transaction, server_id)
    for ask_id in await asks.in_channel(channel_id):
        ask = await asks.find(ask_id)
        if ask is None:
            continue
        if ask.is_by_hand:
            await lose(inbox, transaction, ask)
            continue
        gone = lost(ask)
        await asks.keep(gone)
        await follow(transaction, gone)
