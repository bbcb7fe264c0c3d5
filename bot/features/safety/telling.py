"""What members and moderators are told of safety in their inboxes."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.features.members.inbox import Inbox
from bot.features.members.model import Notice, Told
from bot.features.members.reach import Kind
from bot.features.safety.crisis_store import CrisisStore, seal_of
from bot.features.safety.model import Case, CaseState, Outcome
from bot.features.safety.posts import ANSWER, CASE, FEATURE, LETTER_ANSWER
from bot.features.safety.store import SafetyStore
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction

HOLD = "hold"
LIFTED = "lifted"
CLOSED = "closed"
NOBODY = "nobody"
LETTER = "letter"
UNHEARD = "unheard"

DISCORD_HELP = "https://support.discord.com"
ALL_COUNTRIES = "https://findahelpline.com/"
_CLOSED = {
    Outcome.ACTED: "safety.told_acted",
    Outcome.WATCHED: "safety.told_watched",
    Outcome.NOTHING: "safety.told_nothing",
    None: "safety.told_gone",  # whom it was about was forgotten
}


async def tell_writer(inbox: Inbox, transaction: Transaction, case: Case, card: str, object_id: int) -> None:
    """Tell whoever wrote the text of a case something; where they did so anonymously, without noting whom."""
    server_id, subject = ServerId(case.server_id), (FEATURE, card, object_id)
    if case.sealed is not None:
        writer_id = transaction.seals.open(case.sealed, seal_of(case.case_id))
        if writer_id is not None:  # else the host lost the key: nobody can tell any more
            await inbox.whisper(transaction, server_id, writer_id, Kind.MODERATORS, subject)
    elif case.about_id is not None:
        await inbox.tell(transaction, server_id, MemberId(case.about_id), Kind.MODERATORS, subject)


class SafetyTeller:
    """Says what each notice of this feature says now."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cards: dict[str, Callable[[SafetyStore, Notice, datetime], Awaitable[Told | None]]] = {
            CASE: _case,
            ANSWER: _answer,
            HOLD: _hold,
            LIFTED: _lifted,
            Outcome.LET_THROUGH: _let_through,
            Outcome.KEEP_BACK: _kept_back,
            CLOSED: _closed,
            NOBODY: _nobody,
            UNHEARD: _unheard,
        }
        self._letters: dict[str, Callable[[CrisisStore, Notice], Awaitable[Told | None]]] = {
            LETTER: _letter,
            LETTER_ANSWER: _letter_answer,
        }

    async def tell(self, notice: Notice) -> Told | None:
        """Return what ``notice`` says now; None when it is over."""
        card, letter = self._cards.get(notice.card), self._letters.get(notice.card)
        async with self._database.read() as transaction:
            if letter is not None:
                return await letter(CrisisStore(transaction, ServerId(notice.server_id)), notice)
            if card is None:
                return None
            return await card(SafetyStore(transaction, ServerId(notice.server_id)), notice, transaction.now)

    async def passed(self, transaction: Transaction, notice: Notice, *, was_last: bool) -> None:
        """Do nothing: nothing of this feature is asked of members."""


async def _case(store: SafetyStore, notice: Notice, _now: datetime) -> Told | None:
    """Moderators are told of a case where the moderators' channel is not the place for it."""
    case = await store.case(notice.object_id)
    return None if case is None or case.is_closed else Told("safety.notice_case", words=str(case.case_id))


async def _answer(store: SafetyStore, notice: Notice, _now: datetime) -> Told | None:
    hold = await store.hold(notice.object_id)
    return None if hold is None else Told("safety.notice_answer", words=str(hold.case_id))


async def _hold(store: SafetyStore, notice: Notice, now: datetime) -> Told | None:
    hold = await store.hold(notice.object_id)
    if hold is None or not hold.is_in_force(now):
        return None
    ways = ("answer",) if hold.answered_at is None else ()
    return Told("safety.notice_hold", ways, words=hold.reason, ends_at=hold.ends_at)


async def _lifted(store: SafetyStore, notice: Notice, _now: datetime) -> Told | None:
    hold = await store.hold(notice.object_id)
    return None if hold is None else Told("safety.notice_lifted")


async def _let_through(store: SafetyStore, notice: Notice, _now: datetime) -> Told | None:
    case = await store.case(notice.object_id)
    return None if case is None or not case.form else Told("safety.notice_let_through", ("post_it",))


async def _kept_back(store: SafetyStore, notice: Notice, _now: datetime) -> Told | None:
    case = await store.case(notice.object_id)
    if case is None:
        return None
    return Told("safety.notice_keep_back", ("change",) if case.form else (), words=case.told)


async def _closed(store: SafetyStore, notice: Notice, _now: datetime) -> Told | None:
    """Who reported hears how it ended, and nothing of what was done to whom."""
    report = await store.report(notice.object_id)
    case = None if report is None else await store.case(report.case_id)
    if case is None or case.state is not CaseState.CLOSED or case.outcome not in _CLOSED:
        return None
    return Told(_CLOSED[case.outcome], words=case.told)


async def _nobody(store: SafetyStore, notice: Notice, _now: datetime) -> Told | None:
    report = await store.report(notice.object_id)
    return None if report is None else Told("safety.notice_nobody", url=DISCORD_HELP)


async def _unheard(store: SafetyStore, notice: Notice, _now: datetime) -> Told | None:
    """Who asked moderators to write hears that there is nobody who could."""
    case = await store.case(notice.object_id)
    return None if case is None or case.is_closed else Told("safety.notice_unheard", url=ALL_COUNTRIES)


async def _letter(store: CrisisStore, notice: Notice) -> Told | None:
    letter = await store.letter(notice.object_id)
    if letter is None or not letter.words:
        return None
    return Told("safety.notice_letter", ("answer",) if letter.answered_at is None else (), words=letter.words)


async def _letter_answer(store: CrisisStore, notice: Notice) -> Told | None:
    letter = await store.letter(notice.object_id)
    return None if letter is None else Told("safety.notice_letter_answer", words=str(letter.case_id))
