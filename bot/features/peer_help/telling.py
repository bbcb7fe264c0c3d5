"""What notices about asks say: to helpers, to askers; sealed where nobody is to know who asked."""

from bot.features.members.inbox import Inbox
from bot.features.members.model import Notice, Told
from bot.features.members.reach import Kind
from bot.features.peer_help.follow import FEATURE, want_step
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.model import Ask, Helper, State, Turn, is_exclusive
from bot.features.peer_help.store import AskStore
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction

INVITE = "invite"  # to members who know about the topic
NAMED = "named"  # to the one whom the asker would like to ask
NUDGE = "nudge"  # to a helper who has been silent; its object is the helper
OUTCOME = "outcome"  # to helpers: how it ended
HERE = "here"  # to the asker: somebody can answer; its object is the helper
SPOKE = "spoke"  # to the asker: somebody wrote
STILL_OPEN = "still_open"  # to the asker, at their turn
ENDED = "ended"  # to the asker: it was closed, and why
AFTER = "after"  # to the asker, a while after it was resolved
UNMASKED = "unmasked"  # to the asker: two moderators know who they are, and why

INVITATIONS = {INVITE, NAMED}


async def tell_asker(
    inbox: Inbox,
    transaction: Transaction,
    ask: Ask,
    card: str,
    object_id: int = 0,
    *,
    person_id: MemberId | None = None,
    again: bool = False,
) -> None:
    """Let an asker hear of something, as part of a ``transaction``; nowhere in the clear where they are anonymous."""
    if ask.asker_id is None:
        return
    subject = FEATURE, card, object_id or ask.ask_id
    tell = inbox.whisper if ask.is_anonymous else inbox.tell
    whom = ServerId(ask.server_id), MemberId(ask.asker_id)
    # Across a distance, an anonymous asker hears of it, too: nobody can know that it is theirs.
    about = None if ask.is_anonymous else person_id
    await tell(transaction, *whom, Kind.ANSWERS, subject, about, again=again)


class PeerHelpTeller:
    """Says what a notice says now, and goes on when somebody passes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tell(self, notice: Notice) -> Told | None:
        """Return what ``notice`` says now; None when there is nothing to be told of it any more."""
        async with self._database.read() as transaction:
            server_id = ServerId(notice.server_id)
            asks, helping = AskStore(transaction, server_id), HelpStore(transaction, server_id)
            helper = await helping.helper(notice.object_id) if notice.card in {NUDGE, HERE} else None
            ask = await asks.find(notice.object_id if helper is None else helper.ask_id)
            if ask is None or (notice.card in {NUDGE, HERE} and helper is None):
                return None
            if notice.card in INVITATIONS:
                here = [each for each in await helping.helpers(ask.ask_id) if each.is_here]
                return _invitation(notice, ask, here)
            if notice.card == UNMASKED:
                unmasking = await helping.unmasking_of(ask.ask_id)
                reason = "" if unmasking is None else " ".join(unmasking.reason.split())
                return Told("peer_help.told_unmasked", words=reason, url=ask.url)
        if helper is not None:
            return _about_helper(notice, ask, helper)
        return _about_ask(notice, ask)

    async def passed(self, transaction: Transaction, notice: Notice, *, was_last: bool) -> None:
        """Let somebody else be asked in the place of one of this round who passes, rests, or can't be reached."""
        store = AskStore(transaction, ServerId(notice.server_id))
        ask = await store.find(notice.object_id)
        if ask is None or notice.card not in INVITATIONS or ask.state is not State.WAITING:
            return
        if ask.climb.round_at is not None and notice.told_at >= ask.climb.round_at:
            await want_step(transaction, await store.declined(ask))


def _invitation(notice: Notice, ask: Ask, here: list[Helper]) -> Told | None:
    """Return an invitation; None once somebody answers who does it alone, or nobody waits any more."""
    is_wanted = ask.state is State.WAITING or (ask.state is State.TALKING and not is_exclusive(ask.wants, len(here)))
    if not is_wanted or not ask.is_posted or any(each.member_id == notice.member_id for each in here):
        return None
    if ask.asker_id == notice.member_id:  # of an anonymous ask: whoever was left out could be counted out
        return Told("peer_help.told_your_own", words=ask.title, url=ask.url)
    key = "anonymously" if ask.is_anonymous else notice.card
    return Told(
        f"peer_help.told_{key}_{ask.wants}",
        ("here_asked",),
        person_id=ask.shown_asker_id,
        words=ask.title,
        url=ask.url,
        name=ask.pseudonym,
    )


def _about_helper(notice: Notice, ask: Ask, helper: Helper) -> Told | None:
    if notice.card == HERE:
        return Told("peer_help.told_here", person_id=helper.member_id, words=ask.title, url=ask.url)
    is_silent = helper.is_here and ask.state is State.TALKING and ask.turn is Turn.HELPER
    if not is_silent:
        return None
    return Told("peer_help.told_nudge", ("step_back_asked",), words=ask.title, url=ask.url)


def _about_ask(notice: Notice, ask: Ask) -> Told | None:
    words, url = ask.title, ask.url
    if notice.card == SPOKE and ask.state.is_open:
        ways = ("reply_asked",) if ask.is_anonymous else ()
        return Told("peer_help.told_spoke", ways, words=words, url=url)
    if notice.card == STILL_OPEN and ask.state is State.TALKING and ask.checked_at is not None:
        return Told("peer_help.told_still_open", ("still_open", "resolve_asked"), words=words, url=url)
    if notice.card == ENDED and ask.state is State.CLOSED and ask.ending is not None:
        ways = () if ask.is_stopped else ("reopen_asked",)
        return Told(f"peer_help.told_ended_{ask.ending}", ways, words=words, url=url)
    if notice.card == AFTER and ask.state is State.RESOLVED:
        return Told("peer_help.told_after", ("after_asked",), words=words, url=url)
    if notice.card == OUTCOME and ask.state is State.RESOLVED:
        key = "peer_help.told_outcome" if ask.helped else "peer_help.told_resolved"
        helped = " ".join(ask.helped.split())  # a quotation is one line
        return Told(key, words=f"{words} — {helped}" if helped else words, url=url)
    return None
