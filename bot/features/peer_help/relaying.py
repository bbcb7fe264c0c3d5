"""What the bot posts in an ask's thread in its asker's stead."""

from bot.features.peer_help.follow import FEATURE, REPLY
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.model import Ask
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, ServerId
from bot.kernel.text import is_visible
from bot.storage.database import Transaction
from bot.storage.effects import Effects, Verb


def relayable(words: str, limit: int) -> str:
    """Return ``words`` as they are kept.

    Raises:
        Refusal: they show nothing, or are more than ``limit`` characters.
    """
    words = words.strip()
    if not is_visible(words):
        raise Refusal("peer_help.says_nothing")
    if len(words) > limit:
        raise Refusal("peer_help.too_long")
    return words


async def relay(
    transaction: Transaction, ask: Ask, words: str, interaction_id: InteractionId, *, is_after: bool
) -> bool:
    """Let ``words`` be posted in an ask's thread; return False where the same submission has done so before."""
    server_id = ServerId(ask.server_id)
    key = transaction.seals.digest(f"reply:{interaction_id}")
    reply_id = await HelpStore(transaction, server_id).reply(ask.ask_id, words, key, is_after=is_after)
    if reply_id is not None:
        await Effects(transaction).put(Verb.SEND, FEATURE, REPLY, reply_id, server_id=server_id)
    return reply_id is not None
