"""What becomes of an ask when somebody does something: pure, and handed the present."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.features.peer_help.ladder import Climb
from bot.features.peer_help.model import Ask, End, Helper, State, Turn


def waits(ask: Ask, now: datetime) -> Ask:
    """Return an ask that waits for a helper, from the bottom of the ladder on."""
    return replace(
        ask,
        state=State.WAITING,
        turn=Turn.HELPER,
        turn_since=now,
        checked_at=None,
        ended_at=None,
        ending=None,
        climb=Climb(now, names_one=ask.first_id is not None and ask.climb.names_one),
        step_at=now,
    )


def left_alone(ask: Ask, helpers: Iterable[Helper], now: datetime) -> Ask:
    """Return an ask that waits again, as nobody is here any more.

    While none of ``helpers`` has written anything, it has waited all the time: the helpers' channel and moderators hear
    of it no later, however often somebody comes and says nothing.
    """
    begun_at, waiting = ask.climb.begun_at, waits(ask, now)
    if any(helper.spoke_at is not None and helper.spoke_at >= begun_at for helper in helpers):
        return waiting
    return replace(waiting, climb=replace(waiting.climb, begun_at=begun_at))


def posted(ask: Ask, now: datetime) -> Ask:
    """Return an ask that others can see from ``now`` on: until then nobody has waited for anybody's word."""
    if not ask.state.is_open:
        return ask
    if ask.state is State.TALKING:
        return replace(ask, posted_at=ask.posted_at or now, turn_since=now, checked_at=None, step_at=now)
    climb = Climb(now, names_one=ask.climb.names_one)
    return replace(ask, posted_at=ask.posted_at or now, climb=climb, turn_since=now, step_at=now)


def helper_came(ask: Ask, now: datetime) -> Ask:
    """Return an ask that somebody said they can answer: theirs is the next word, unless it is the asker's."""
    if ask.state is State.TALKING:
        return replace(ask, step_at=now)
    answered_at = ask.answered_at or now
    return replace(
        ask,
        state=State.TALKING,
        turn=Turn.HELPER,
        turn_since=now,
        answered_at=answered_at,
        checked_at=None,
        step_at=now,
    )


def helper_spoke(ask: Ask, now: datetime) -> Ask:
    """Return an ask in whose thread somebody else wrote: the next word is the asker's."""
    if not ask.state.is_open:
        return ask
    return replace(
        ask,
        state=State.TALKING,
        turn=Turn.ASKER,
        turn_since=now,
        answered_at=ask.answered_at or now,
        checked_at=None,
        step_at=now,
    )


def asker_spoke(ask: Ask, now: datetime) -> Ask:
    """Return an ask in whose thread its asker wrote; who waits for a first answer goes on waiting."""
    if ask.state is not State.TALKING or ask.turn is Turn.HELPER:
        return ask
    return replace(ask, turn=Turn.HELPER, turn_since=now, checked_at=None, step_at=now)


def still_open(ask: Ask, now: datetime) -> Ask:
    """Return an ask whose asker says that it goes on, and is not asked again for a while."""
    if ask.state is not State.TALKING or ask.turn is not Turn.ASKER:
        return ask
    return replace(ask, turn_since=now, checked_at=None, step_at=now)


def ended(ask: Ask, state: State, now: datetime, ending: End | None = None) -> Ask:
    """Return an ask that has come to an end."""
    return replace(ask, state=state, ended_at=now, ending=ending, checked_at=None, step_at=now)


def withdrawn(ask: Ask, now: datetime) -> Ask:
    """Return an ask of which nothing is left to be read."""
    gone = ended(ask, State.WITHDRAWN, now)
    return replace(gone, title="", details="", helped="", is_findable=False, revision=ask.revision + 1)


def lost(ask: Ask) -> Ask:
    """Return an ask whose post is gone from Discord; the next one is the bot's, whoever opened the first."""
    return replace(card_lost(ask), channel_id=None, thread_id=None, is_in_forum=False, is_by_hand=False)


def thread_lost(ask: Ask) -> Ask:
    """Return an ask whose card stands, and whose thread is gone."""
    return replace(ask, thread_id=None)


def card_lost(ask: Ask) -> Ask:
    """Return an ask whose thread stands, and whose card is gone."""
    return replace(ask, message_id=None, serial=ask.serial + 1)
