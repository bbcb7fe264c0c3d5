"""What has to happen in Discord when an ask changes: written in the transaction that changes it."""

from datetime import datetime

from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.model import Ask, End, Helper, State
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.turns import ended
from bot.kernel.ids import ServerId
from bot.storage.database import Transaction
from bot.storage.effects import Effects, Verb

FEATURE = "peer_help"
ASK = "ask"
CAME = "came"  # somebody can answer, said in the thread
REPLY = "reply"  # what is relayed into the thread
CALL = "call"  # to all helpers, in their channel
OFFER = "offer"  # in a thread that was opened by hand
UNMASK = "unmask"  # what moderators are asked about a pseudonym
STEP = "step"  # the job that looks who is next
PLACE = "place"  # the job that looks after the channel and its tags


async def publish(transaction: Transaction, ask: Ask) -> None:
    """Let an open ask be posted as soon as it may, in the channel that is chosen by then."""
    server_id = ServerId(ask.server_id)
    if ask.thread_id is not None:  # opened by hand, or its card was deleted
        await want(transaction, Verb.SEND, ask, due_at=ask.posts_at)
        return
    channel = await HelpStore(transaction, server_id).help_channel()
    if channel is None:
        await want_place(transaction, server_id)  # which has it posted, once it knows what channel it is
    else:
        await want(transaction, Verb.POST if channel.is_forum else Verb.SEND, ask, due_at=ask.posts_at)


async def follow(transaction: Transaction, ask: Ask, *, shows: bool = True, due_at: datetime | None = None) -> None:
    """Let it be seen who is next; and, where it ``shows``, let what stands in Discord come to what is kept of it.

    What stands there is changed at ``due_at``, or at once.
    """
    await want_step(transaction, ask)
    if not shows:
        return
    if ask.call_message_id is not None:
        await want(transaction, Verb.EDIT, ask, CALL, due_at)
    if ask.message_id is not None:
        await want(transaction, Verb.EDIT, ask, due_at=due_at)
    elif ask.state.is_open:
        await publish(transaction, ask)
    if ask.thread_id is not None:
        if not ask.is_by_hand:
            await want(transaction, Verb.EDIT_THREAD, ask, due_at=due_at)
        await _want_said(transaction, ask)
    elif ask.message_id is not None and ask.state.is_open:
        await want(transaction, Verb.THREAD, ask)


async def want(transaction: Transaction, verb: Verb, ask: Ask, card: str = ASK, due_at: datetime | None = None) -> None:
    """Let ``verb`` happen to a card of an ask."""
    is_new = verb in {Verb.SEND, Verb.POST, Verb.THREAD}
    serial = (ask.call_serial if card == CALL else ask.serial) if is_new else 0
    await Effects(transaction).put(
        verb, FEATURE, card, ask.ask_id, server_id=ServerId(ask.server_id), serial=serial, due_at=due_at
    )


async def want_step(transaction: Transaction, ask: Ask) -> None:
    """Let it be looked who is next, when it is time."""
    if ask.step_at is not None:
        await Effects(transaction).put(
            Verb.JOB, FEATURE, STEP, ask.ask_id, server_id=ServerId(ask.server_id), due_at=ask.step_at
        )


async def want_place(transaction: Transaction, server_id: ServerId, due_at: datetime | None = None) -> None:
    """Let the channel for asks be looked after."""
    await Effects(transaction).put(Verb.JOB, FEATURE, PLACE, server_id, server_id=server_id, due_at=due_at)


async def erase_replies(transaction: Transaction, ask: Ask, due_at: datetime | None = None) -> None:
    """Let nothing be left of what was relayed for an asker, from ``due_at`` on or at once."""
    server_id = ServerId(ask.server_id)
    for reply in await HelpStore(transaction, server_id).empty_replies(ask.ask_id):
        await Effects(transaction).put(Verb.EDIT, FEATURE, REPLY, reply.reply_id, server_id=server_id, due_at=due_at)


async def close(transaction: Transaction, ask: Ask, ending: End) -> Ask:
    """End an open ask for a reason that is not its asker's."""
    closed = ended(ask, State.CLOSED, transaction.now, ending)
    await AskStore(transaction, ServerId(ask.server_id)).keep(closed)
    await follow(transaction, closed)
    return closed


async def want_came(transaction: Transaction, ask: Ask, helper: Helper) -> None:
    """Let it be said in an ask's thread that somebody came; each time that they do."""
    assert helper.came_at is not None  # noqa: S101 - they did
    serial = int(helper.came_at.timestamp())
    await Effects(transaction).put(
        Verb.SEND, FEATURE, CAME, helper.helper_id, server_id=ServerId(ask.server_id), serial=serial
    )


async def _want_said(transaction: Transaction, ask: Ask) -> None:
    """Let be said in an ask's thread what waited for it."""
    server_id = ServerId(ask.server_id)
    helping = HelpStore(transaction, server_id)
    if ask.may_be_heard:
        for reply_id in await helping.waiting_replies(ask.ask_id):
            await Effects(transaction).put(Verb.SEND, FEATURE, REPLY, reply_id, server_id=server_id)
    for helper in await helping.helpers(ask.ask_id):
        if helper.is_here and helper.message_id is None:
            await want_came(transaction, ask, helper)
