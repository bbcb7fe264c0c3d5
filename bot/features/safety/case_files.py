"""A case as a moderator finds it, with all that belongs to it, in one transaction."""

from dataclasses import dataclass

from bot.features.safety.case_store import CaseStore
from bot.features.safety.crisis_store import CrisisStore
from bot.features.safety.model import Case, Hold, Letter, Outcome, Report
from bot.features.safety.posts import follow
from bot.features.safety.store import SafetyStore
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.text import is_visible
from bot.storage.acts import Act, Acts
from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with all that belongs to it, as ``viewer_id`` sees it. ``hold`` is the one that is in force."""

    case: Case
    reports: tuple[Report, ...]
    holds: tuple[Hold, ...]
    letters: tuple[Letter, ...]
    acts: tuple[Act, ...]
    hold: Hold | None
    viewer_id: int


async def find(transaction: Transaction, server_id: ServerId, by: MemberId, case_id: int) -> Case:
    """Return a case.

    Raises:
        Refusal: there is none, or none for who looks.
    """
    case = await CaseStore(transaction, server_id, by).find(case_id)
    if case is None:
        raise Refusal("safety.no_case")
    return case


async def find_open(transaction: Transaction, server_id: ServerId, by: MemberId, case_id: int) -> Case:
    """Return a case that is not closed.

    Raises:
        Refusal: there is none, or it is closed.
    """
    case = await find(transaction, server_id, by, case_id)
    if case.is_closed:
        raise Refusal("safety.case_closed")
    return case


async def has_ended_so(
    transaction: Transaction,
    server_id: ServerId,
    by: MemberId,
    case_id: int,
    outcome: Outcome | None,
    said: str,
    words: str,
) -> bool:
    """Return whether this very moderator ended a case so, with these words: Discord tells it again."""
    case = await find(transaction, server_id, by, case_id)
    acts = await Acts(transaction).of_case(server_id, case_id)
    ends = [(act.actor_id, act.words) for act in acts if act.act in {"case.close", f"case.{outcome}"}]
    return (case.is_closed, case.outcome, case.told, ends[-1:]) == (True, outcome, said, [(by, words)])


async def note(transaction: Transaction, case: Case, by: MemberId, act: str, words: str = "") -> None:
    """Note what a moderator did to a case."""
    about_id = None if case.about_id is None else MemberId(case.about_id)
    await Acts(transaction).note(
        ServerId(case.server_id), by, act, case_id=case.case_id, about_id=about_id, words=words
    )


async def file(
    transaction: Transaction, server_id: ServerId, by: MemberId, case_id: int, *, changed: bool = False
) -> CaseFile:
    """Return a case with all that belongs to it; one that ``changed`` is followed by its post."""
    case = await find(transaction, server_id, by, case_id)
    if changed:
        await follow(transaction, case)
    store = SafetyStore(transaction, server_id)
    reports, holds = await store.reports(case_id), await store.holds(case_id)
    letters = await CrisisStore(transaction, server_id).letters(case_id)
    acts = await Acts(transaction).of_case(server_id, case_id)
    hold = next((hold for hold in holds if hold.is_in_force(transaction.now)), None)
    return CaseFile(case, tuple(reports), tuple(holds), tuple(letters), tuple(acts), hold, by)


def told(words: str, limit: int) -> str:
    """Return ``words`` as they are kept; empty where they show nothing.

    Raises:
        Refusal: they are longer than ``limit``.
    """
    words = words.strip()
    if len(words) > limit:
        raise Refusal("safety.too_long")
    return words if is_visible(words) else ""
