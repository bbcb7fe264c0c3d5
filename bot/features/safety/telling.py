"""What members and moderators are told of safety in their inboxes."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.features.members.model import Notice, Told
from bot.features.safety.model import CaseState, Outcome
from bot.features.safety.posts import ANSWER, CASE
from bot.features.safety.store import SafetyStore
from bot.kernel.ids import ServerId
from bot.storage.database import Database, Transaction

HOLD = "hold"
LIFTED = "lifted"
CLOSED = "closed"
NOBODY = "nobody"

DISCORD_HELP = "https://support.discord.com"
_CLOSED = {
    Outcome.ACTED: "safety.told_acted",
    Outcome.WATCHED: "safety.told_watched",
    Outcome.NOTHING: "safety.told_nothing",
    None: "safety.told_gone",  # whom it was about was forgotten
}


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
        }

    async def tell(self, notice: Notice) -> Told | None:
        """Return what ``notice`` says now; None when it is over."""
        card = self._cards.get(notice.card)
        if card is None:
            return None
        async with self._database.read() as transaction:
            return await card(SafetyStore(transaction, ServerId(notice.server_id)), notice, transaction.now)

    async def passed(self, transaction: Transaction, notice: Notice, *, is_newest: bool) -> None:
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
