"""One's own asks: whose they are, how many may be open, and how one is taken back or waits again."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from bot.features.peer_help import turns
from bot.features.peer_help.follow import erase_replies, follow
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.model import DELAY, OPEN_LIMIT, Ask, State
from bot.features.peer_help.store import AskStore
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Transaction


async def own(store: AskStore, member_id: MemberId, ask_id: int) -> Ask:
    """Return a member's own ask.

    Raises:
        Refusal: it is gone, or somebody else's.
    """
    ask = await store.find(ask_id)
    if ask is None or ask.state is State.WITHDRAWN:
        raise Refusal("peer_help.gone")
    if ask.asker_id != member_id:
        raise Refusal("peer_help.gone" if ask.state is State.PREVIEW else "peer_help.asker_only")
    return ask


async def withdraw(transaction: Transaction, store: AskStore, ask: Ask, *, with_others: bool = False) -> Ask:
    """Take an ask back, as part of a ``transaction``: nothing that its asker wrote is left.

    Where all of somebody's asks go, this one ``with_others``, an anonymous one is emptied at a moment of its own: cards
    that change at once would show to everybody whose they were.
    """
    if ask.state is State.PREVIEW:
        await store.drop(ask.ask_id)
        return turns.withdrawn(ask, transaction.now)
    ended_at = transaction.now
    if ask.is_anonymous:  # all of somebody's asks may go at once, and would share that moment for ever
        ended_at -= timedelta(seconds=secrets.randbelow(3600), microseconds=secrets.randbelow(1_000_000))
    withdrawn = turns.withdrawn(ask, ended_at)
    await store.keep(withdrawn)
    await store.index(ask.ask_id, None)
    due_at = _by_lot(transaction.now) if ask.is_anonymous and with_others else None
    await follow(transaction, withdrawn, due_at=due_at)
    await erase_replies(transaction, withdrawn, due_at)
    return withdrawn


async def again(transaction: Transaction, store: AskStore, ask: Ask) -> Ask:
    """Let an ask wait for a helper from the beginning, as part of a ``transaction``."""
    waiting = turns.waits(ask, transaction.now)
    if ask.is_anonymous and not ask.is_posted:  # posted anew, at a time that does not tell when the button was pressed
        waiting = under_pseudonym(ask, transaction.now)
    await HelpStore(transaction, ServerId(ask.server_id)).let_go(ask.ask_id)
    await store.keep(waiting)
    await follow(transaction, waiting)
    return waiting


def under_pseudonym(ask: Ask, now: datetime) -> Ask:
    """Return an ask that is posted after a time drawn by lot; nothing that is kept of it says when that began."""
    posts_at = _by_lot(now)
    return replace(turns.waits(ask, posts_at), asked_at=posts_at, posts_at=posts_at)


def _by_lot(now: datetime) -> datetime:
    first, last = (60 * minutes for minutes in DELAY)
    return now + timedelta(seconds=first + secrets.randbelow(last - first + 1))


async def demand_room(store: AskStore, member_id: MemberId) -> None:
    """Let a member have one more open ask.

    Raises:
        Refusal: they have enough.
    """
    if sum(ask.state.is_open for ask in await store.of_member(member_id)) >= OPEN_LIMIT:
        raise Refusal("peer_help.enough_open", most=OPEN_LIMIT)
