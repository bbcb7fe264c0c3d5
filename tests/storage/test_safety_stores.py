"""What is kept for safety is one server's, and what concerns a moderator is none of theirs."""

import inspect
import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.features.members.inbox import Inbox
from bot.features.members.store import MemberStore
from bot.features.safety.case_store import CaseStore
from bot.features.safety.columns import PERSONAL_COLUMNS
from bot.features.safety.crisis_store import CrisisStore
from bot.features.safety.holder import SafetyHolder
from bot.features.safety.model import (
    CASES_KEPT,
    LET_THROUGH_KEPT,
    Case,
    CaseKind,
    CaseState,
    Complaint,
    HoldOrder,
    Outcome,
    ReportReason,
)
from bot.features.safety.store import SafetyStore
from bot.features.setup.service import Setup
from bot.features.setup.store import SetupStore
from bot.kernel.ids import ChannelId, InteractionId, MessageId, ServerId
from bot.storage.acts import Acts
from bot.storage.database import Database
from tests.storage.house import AKI, BENI, ONE, TWO, HandClock, dump
from tests.storage.safety_house import MODERATOR, settle_safety

THREE = ServerId(100000000000000003)  # known, and nothing in it
NOTHING: tuple[object, ...] = (None, [], 0, False)
COMPLAINT = Complaint(AKI, ReportReason.OTHER, "words")
ORDER = HoldOrder(AKI, 1, "why")
Call = Callable[[Any, Case], Awaitable[object]]

SAFETY: dict[str, Call] = {
    "own_rules": lambda store, _: store.own_rules(),
    "forget_clearance": lambda store, _: store.forget_clearance(AKI, "digest of aki's words"),
    "clearance": lambda store, _: store.clearance(AKI, "digest of aki's words"),
    "hold_on": lambda store, _: store.hold_on(AKI),
    "held_members": lambda store, _: store.held_members(),
    "hold": lambda store, _: store.hold(1),
    "holds": lambda store, case: store.holds(case.case_id),
    "case": lambda store, case: store.case(case.case_id),
    "case_about": lambda store, _: store.case_about(AKI),
    "open_about": lambda store, _: store.open_about(AKI),
    "reported": lambda store, _: store.reported(),
    "case_of_text": lambda store, _: store.case_of_text(AKI, "digest of aki's words"),
    "case_of_report": lambda store, _: store.case_of_report(InteractionId(720)),
    "begun": lambda store, _: store.begun(AKI, 1),
    "drop_begun": lambda store, _: store.drop_begun(AKI, 1),
    "add_report": lambda store, case: store.add_report(case.case_id, BENI, COMPLAINT, None, InteractionId(9)),
    "report": lambda store, _: store.report(1),
    "reports": lambda store, case: store.reports(case.case_id),
    "is_loud": lambda store, case: store.is_loud(case),
    "set_discreet": lambda store, case: store.set_discreet(case.case_id, is_discreet=True),
    "reopen": lambda store, case: store.reopen(case.case_id),
    "place": lambda store, case: store.place(case.case_id, ChannelId(1), MessageId(2)),
    "waiting": lambda store, _: store.waiting(),
    "list_day": lambda store, _: store.list_day(),
    "list_message": lambda store, _: store.list_message(),
    "list_posted": lambda store, _: store.list_posted(MessageId(9)),
    "moderator_seen_at": lambda store, _: store.moderator_seen_at(AKI),
    "moderators": lambda store, _: store.moderators(),
    "forget": lambda store, _: store.forget(AKI),
    "forget_expired": lambda store, _: store.forget_expired(),
}
DESK: dict[str, Call] = {
    "find": lambda store, case: store.find(case.case_id),
    "count": lambda store, _: store.count(),
    "page": lambda store, _: store.page(10, 0),
    "take": lambda store, case: store.take(case.case_id),
    "close": lambda store, case: store.close(case.case_id, Outcome.ACTED, "told"),
    "begin_hold": lambda store, case: store.begin_hold(case.case_id, ORDER, InteractionId(9)),
    "hold_of_interaction": lambda store, _: store.hold_of_interaction(InteractionId(9)),
    "lift": lambda store, _: store.lift(1),
}
CRISES: dict[str, Call] = {
    "case_of_text": lambda store, _: store.case_of_text(AKI, [], "cry of aki's words"),
    "sealed_cases_of": lambda store, _: store.sealed_cases_of(AKI),
    "write": lambda store, case: store.write(case.case_id, "words", InteractionId(9)),
    "letter_of_interaction": lambda store, _: store.letter_of_interaction(InteractionId(780)),
    "letter": lambda store, _: store.letter(1),
    "letters": lambda store, case: store.letters(case.case_id),
    "answer": lambda store, _: store.answer(1, "words"),
    "forget": lambda store, _: store.forget(AKI),
    "forget_expired": lambda store, _: store.forget_expired(),
    "lines": lambda store, _: store.lines(),
}
# These make something of this server's own, or are handed what they change.
MAKERS = {"keep_own_rules", "clear", "answer", "open_case", "open_held", "begin_report", "begin_list", "see_moderator"}
CRISIS_MAKERS = {"open_case", "words", "keep_words", "keep_lines"}


def public(kind: type[object]) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}


def test_no_method_is_left_out_here() -> None:
    assert public(SafetyStore) == SAFETY.keys() | MAKERS
    assert public(CaseStore) == DESK.keys()
    assert public(CrisisStore) == CRISES.keys() | CRISIS_MAKERS


@pytest.fixture
async def case(database: Database) -> Case:
    """The case about Aki in the first server; another server has the same, a third one nothing."""
    async with database.write() as transaction:
        cases = {}
        for serial, server_id in enumerate((ONE, TWO)):
            await SetupStore(transaction, server_id).ensure("ja")
            for member_id in (AKI, MODERATOR):
                await MemberStore(transaction, server_id).see(member_id, "ja")
            settled = await settle_safety(transaction, server_id, AKI, "aki's words", serial)
            cases[server_id] = await SafetyStore(transaction, server_id).case(settled[0])
        await SetupStore(transaction, THREE).ensure("ja")
        await MemberStore(transaction, THREE).see(BENI, "ja")
        found = cases[ONE]
    assert found is not None
    return found


@pytest.mark.parametrize("name", SAFETY)
async def test_another_servers_rows_are_neither_returned_nor_changed(
    name: str, database: Database, case: Case, clock: HandClock
) -> None:
    clock.push(timedelta(hours=1))
    before = dump(database.path)
    async with database.write() as transaction:
        returned = await SAFETY[name](SafetyStore(transaction, THREE), case)
    assert returned in NOTHING
    assert dump(database.path) == before


@pytest.mark.parametrize("name", CRISES)
async def test_another_servers_crises_are_neither_returned_nor_changed(
    name: str, database: Database, case: Case, clock: HandClock
) -> None:
    clock.push(timedelta(hours=1))
    async with database.write() as transaction:
        await transaction.connection.execute("UPDATE letters SET answered_at = NULL")
    before = dump(database.path)
    async with database.write() as transaction:
        returned = await CRISES[name](CrisisStore(transaction, THREE), case)
    assert returned in NOTHING
    assert dump(database.path) == before


@pytest.mark.parametrize("name", DESK)
@pytest.mark.parametrize("where", ["another server", "about the one who looks"])
async def test_what_a_moderator_may_not_see_is_neither_returned_nor_changed(
    name: str, where: str, database: Database, case: Case
) -> None:
    async with database.write() as transaction:
        await transaction.connection.execute(
            "UPDATE cases SET about_id = ?, sealed = NULL WHERE server_id = ?", (AKI, ONE)
        )
        await transaction.connection.execute("UPDATE holds SET lifted_at = NULL")
    before = dump(database.path)
    async with database.write() as transaction:
        store = CaseStore(transaction, THREE if where == "another server" else ONE, AKI)
        returned = await DESK[name](store, case)
    assert returned in NOTHING
    assert dump(database.path) == before


async def test_something_is_left_in_every_declared_column(database: Database, case: Case) -> None:
    """Else a column could be forgotten by the test instead of by the bot."""
    async with database.read() as transaction:
        for column in PERSONAL_COLUMNS:
            query = f"SELECT count(*) FROM {column.table} WHERE {column.column} <> ''"
            async with transaction.connection.execute(query) as cursor:
                (count,) = cast("Any", await cursor.fetchone())
            assert count, f"{column.table}.{column.column}"


async def test_numbers_of_cases_leave_gaps_and_are_never_used_again(database: Database, case: Case) -> None:
    numbers = []
    for serial in range(60):
        async with database.write() as transaction:
            store = SafetyStore(transaction, ONE)
            number = await store.open_case(CaseKind.HOLD, BENI, InteractionId(5000 + serial), waits=False)
            await Acts(transaction).note(ONE, MODERATOR, "hold.begin", case_id=number)
            await transaction.connection.execute("DELETE FROM cases WHERE case_id = ?", (number,))
            numbers.append(number)
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    assert min(steps) >= 1
    assert len(set(steps)) > 3


async def test_who_waits_comes_first_and_the_longest_at_the_top(
    database: Database, case: Case, clock: HandClock
) -> None:
    async with database.write() as transaction:
        await transaction.connection.execute("DELETE FROM holds")
        await transaction.connection.execute("DELETE FROM reports")
        await transaction.connection.execute("DELETE FROM cases")
    opened = []
    for serial in range(4):
        clock.push(timedelta(hours=1))
        async with database.write() as transaction:
            opened.append(
                await SafetyStore(transaction, ONE).open_case(CaseKind.REPORT, BENI, InteractionId(6000 + serial))
            )
    async with database.write() as transaction:
        desk = CaseStore(transaction, ONE, MODERATOR)
        await desk.take(opened[0])
        await desk.close(opened[1], Outcome.NOTHING, "")
        found = [each.case_id for each in await desk.page(10, 0)]
        assert found == [opened[2], opened[3], opened[0], opened[1]]
        assert [each.case_id for each in await desk.page(2, 1)] == found[1:3]


async def test_evidence_is_kept_while_the_case_is_open(database: Database, case: Case) -> None:
    async with database.write() as transaction:
        store = SafetyStore(transaction, ONE)
        assert [report.evidence for report in await store.reports(case.case_id)] == ["aki's words"]
        await CaseStore(transaction, ONE, MODERATOR).close(case.case_id, Outcome.ACTED, "told\nin two lines")
        closed = await store.case(case.case_id)
        (report,) = await store.reports(case.case_id)
    assert closed is not None
    assert (closed.state, closed.outcome, closed.told) == (CaseState.CLOSED, Outcome.ACTED, "told\nin two lines")
    assert (report.evidence, report.words, report.author_id) == ("", "somebody's words", AKI)


async def test_times_of_keeping_end(database: Database, case: Case, clock: HandClock) -> None:
    async with database.write() as transaction:
        await CaseStore(transaction, ONE, MODERATOR).close(case.case_id, Outcome.ACTED, "")
    clock.push(LET_THROUGH_KEPT)
    async with database.write() as transaction:
        await SafetyStore(transaction, ONE).forget_expired()
    left = dump(database.path)
    assert {row[0] for row in left["clearances"]} == {TWO}
    assert {row[1] for row in left["begun_reports"]} == {TWO}
    assert {row[1] for row in left["cases"] if row[2] == "held" and row[9]} == {TWO}
    clock.push(CASES_KEPT)
    async with database.write() as transaction:
        await SafetyStore(transaction, ONE).forget_expired()
    left = dump(database.path)
    assert sorted(str(row[3]) for row in left["cases"] if row[1] == ONE) == ["open", "open", "taken"]
    assert {row[1] for row in left["holds"]} == {TWO}


async def test_who_is_forgotten_is_in_nothing_but_the_sums_of_others(database: Database, case: Case) -> None:
    async with database.write() as transaction:
        for server_id in (ONE, TWO):
            assert await SafetyHolder(database, Inbox(database, Setup(database))).forget_member(
                transaction, server_id, AKI
            )
    left = dump(database.path)
    safety = ("cases", "reports", "begun_reports", "holds", "clearances", "moderators", "acts", "letters")
    assert [name for name in safety if str(AKI) in str(left[name]) or "aki's words" in str(left[name])] == []
    assert (len(left["cases"]), len(left["reports"]), len(left["acts"])) == (10, 4, 4)


async def test_who_wrote_anonymously_shows_nowhere_and_is_forgotten_like_others(database: Database, case: Case) -> None:
    def sealed() -> list[tuple[object, ...]]:
        return [row for row in dump(database.path)["cases"] if row[2] == "crisis" and row[4] is None]

    before = sealed()
    assert len(before) == 2
    for row in before:
        assert (row[10], row[11]) == ("", None)  # neither digest nor interaction, which could lead to them
        assert not any(str(AKI) in str(value) for value in row)
    async with database.write() as transaction:
        store = CrisisStore(transaction, ONE)
        assert await store.sealed_cases_of(BENI) == []
        (number,) = await store.sealed_cases_of(AKI)
        holder = SafetyHolder(database, Inbox(database, Setup(database)))
        await holder.forget_member(transaction, ONE, AKI)
        assert await store.sealed_cases_of(AKI) == []
        left = await SafetyStore(transaction, ONE).case(number)
        assert left is not None
        assert (left.is_closed, left.fields, left.can_be_answered) == (True, {}, False)


async def test_words_of_a_crisis_are_kept_for_two_weeks_after_its_end(
    database: Database, case: Case, clock: HandClock
) -> None:
    async with database.write() as transaction:
        store = CrisisStore(transaction, ONE)
        (number,) = await store.sealed_cases_of(AKI)
        await CaseStore(transaction, ONE, MODERATOR).close(number, None, "")
    for span, words in ((LET_THROUGH_KEPT - timedelta(seconds=1), "aki's words"), (timedelta(seconds=1), "")):
        clock.push(span)
        async with database.write() as transaction:
            await CrisisStore(transaction, ONE).forget_expired()
            await SafetyStore(transaction, ONE).forget_expired()
            (letter,) = await CrisisStore(transaction, ONE).letters(number)
            kept = await SafetyStore(transaction, ONE).case(number)
        assert (letter.words, letter.answer) == (words, words)
        assert kept is not None
        assert (bool(kept.fields), kept.can_be_answered) == (bool(words), bool(words))
