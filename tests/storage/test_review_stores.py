"""Reviews and all that hangs on them are one server's, and who was forgotten is in none of it."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.features.blog_reviews.columns import PERSONAL_COLUMNS
from bot.features.blog_reviews.holder import ReviewHolder
from bot.features.blog_reviews.model import CLAIMS_LIMIT, End, Field, Outcome, Review, State, Wants, Written
from bot.features.blog_reviews.reading_store import ReadingStore
from bot.features.blog_reviews.store import ReviewStore
from bot.features.members.inbox import Inbox
from bot.features.members.store import MemberStore
from bot.features.setup.service import Setup
from bot.features.setup.store import SetupStore
from bot.kernel.ids import InteractionId, MessageId, ServerId
from bot.storage.database import Database
from bot.storage.effects import Effects, Verb
from tests.storage.circle import MODERATOR
from tests.storage.house import AKI, BENI, ONE, START, TWO, HandClock, dump
from tests.storage.review_house import SHELF, settle_reviews

THREE = ServerId(100000000000000003)  # known, and nothing in it
NOTHING: tuple[object, ...] = (None, [], 0, False)
WORDS = "the words of aki"
FAR = START + timedelta(days=9999)
PAGE = f"https://1000.example.com/{WORDS}"
OWN = Written("https://own.example.com", "own.example.com", "own.example.com", "own", Wants.ANYTHING)
TABLES = ("reviews", "review_claims", "review_feedback", "review_parts", "review_readers")
QUICK = [((Field.QUICK, "own words"),)]
Settled = tuple[Review, Review]
Call = Callable[[Any, Settled], Awaitable[object]]

REVIEWS: dict[str, Call] = {
    "find": lambda store, settled: store.find(settled[0].review_id),
    "by_interaction": lambda store, _: store.by_interaction(InteractionId(1000)),
    "by_thread": lambda store, settled: store.by_thread(settled[0].thread_id),
    "unread_at": lambda store, _: store.unread_at(PAGE),
    "cards_among": lambda store, settled: store.cards_among({settled[0].message_id}),
    "in_channel": lambda store, _: store.in_channel(SHELF),
    "of_member": lambda store, _: store.of_member(AKI),
    "requested_since": lambda store, _: store.requested_since(AKI, START - timedelta(days=1)),
    "all_of_member": lambda store, _: store.all_of_member(AKI),
    "read_by": lambda store, _: store.read_by(AKI),
    "waiting": lambda store, _: store.waiting(),
    "answered_between": lambda store, _: store.answered_between(
        START - timedelta(days=1), START + timedelta(days=9999)
    ),
    "listed": lambda store, _: store.listed(FAR, FAR),
    "waits": lambda store, _: store.waits(START - timedelta(days=1), FAR),
    "keep": lambda store, settled: store.keep(replace(settled[0], title="somebody else's words")),
    "shown_members": lambda store, _: store.shown_members(),
    "forget": lambda store, settled: store.forget(settled[0].review_id),
}
READING: dict[str, Call] = {
    "find": lambda store, _: store.find(1),
    "claims": lambda store, settled: store.claims(settled[0].review_id),
    "open_claims": lambda store, _: store.open_claims(AKI),
    "busy": lambda store, _: store.busy(),
    "end_claim": lambda store, settled: store.end_claim(settled[1].review_id, Outcome.RELEASED),
    "remind": lambda store, _: store.remind(1),
    "redate": lambda store, _: store.redate(3, FAR),
    "write": lambda store, settled: store.write(settled[0].review_id, BENI, QUICK, InteractionId(9), is_quick=True),
    "has_written": lambda store, _: store.has_written(InteractionId(1020)),
    "feedback": lambda store, _: store.feedback(1),
    "feedback_of": lambda store, settled: store.feedback_of(settled[0].review_id),
    "feedback_by": lambda store, _: store.feedback_by(AKI),
    "part": lambda store, _: store.part(1),
    "parts_of": lambda store, _: store.parts_of(1),
    "next_part": lambda store, settled: store.next_part(settled[0].review_id),
    "part_posted": lambda store, _: store.part_posted(2, MessageId(9)),
    "parts_lost": lambda store, settled: store.parts_lost(settled[1].review_id),
    "empty_parts": lambda store, _: store.empty_parts(1),
    "forget": lambda store, _: store.forget(AKI),
}
# These make something of this server's own, or say what holds where nothing was chosen; see the tests below.
MAKERS: dict[type[object], set[str]] = {
    ReviewStore: {"begin"},
    ReadingStore: {"claim", "claims_limit", "keep_claims_limit"},
}
CALLS: dict[type[object], dict[str, Call]] = {ReviewStore: REVIEWS, ReadingStore: READING}
EACH = [(kind, name) for kind, calls in CALLS.items() for name in calls]


@pytest.fixture
async def settled(database: Database) -> Settled:
    """Aki and a moderator read each other in two servers; a third one has nothing. Returns the first one's."""
    async with database.write() as transaction:
        found = []
        for serial, server_id in enumerate((ONE, TWO)):
            await SetupStore(transaction, server_id).ensure("ja")
            for member_id in (AKI, BENI, MODERATOR):
                await MemberStore(transaction, server_id).see(member_id, "ja")
            found.append(await settle_reviews(transaction, server_id, AKI, WORDS, serial))
        await SetupStore(transaction, THREE).ensure("ja")
        for member_id in (AKI, BENI):
            await MemberStore(transaction, THREE).see(member_id, "ja")
    return found[0]


def holder(database: Database) -> ReviewHolder:
    return ReviewHolder(database, Inbox(database, Setup(database)))


def test_every_public_method_is_called() -> None:
    for kind, calls in CALLS.items():
        named = {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}
        assert named == calls.keys() | MAKERS[kind]


@pytest.mark.parametrize(("kind", "name"), EACH, ids=str)
async def test_another_servers_rows_are_neither_returned_nor_changed(
    kind: Any,  # noqa: ANN401 - one of the stores
    name: str,
    database: Database,
    settled: Settled,
    clock: HandClock,
) -> None:
    clock.push(timedelta(minutes=1))
    before = dump(database.path)
    async with database.write() as transaction:
        returned = await CALLS[kind][name](kind(transaction, THREE), settled)
    assert returned in NOTHING
    assert dump(database.path) == before


@pytest.mark.parametrize(("kind", "name"), EACH, ids=str)
async def test_the_same_call_finds_or_changes_something_where_it_is(
    kind: Any,  # noqa: ANN401 - one of the stores
    name: str,
    database: Database,
    settled: Settled,
) -> None:
    """Else the test above would ask for what is nowhere."""
    before = dump(database.path)
    async with database.write() as transaction:
        returned = await CALLS[kind][name](kind(transaction, ONE), settled)
    assert returned not in NOTHING or dump(database.path) != before


async def test_what_is_made_in_one_server_is_not_the_others(database: Database, settled: Settled) -> None:
    before = {name: [row for row in rows if THREE not in row] for name, rows in dump(database.path).items()}
    async with database.write() as transaction:
        store, reading = ReviewStore(transaction, THREE), ReadingStore(transaction, THREE)
        assert await store.begin(BENI, OWN, InteractionId(1000)) is None  # another request's, wherever it was made
        assert await store.begin(AKI, replace(OWN, address=PAGE), InteractionId(8)) is not None
        own = await store.unread_at(PAGE)
        assert own is not None
        with pytest.raises(AssertionError):
            await reading.claim(settled[0].review_id, BENI, FAR)
        claim = await reading.claim(own.review_id, BENI, FAR)
        await reading.redate(claim.claim_id, START)
        assert await reading.write(own.review_id, AKI, QUICK, InteractionId(1020), is_quick=True) is None
        assert await reading.claims_limit(AKI) == CLAIMS_LIMIT
        await reading.keep_claims_limit(AKI, 5)
        assert await ReadingStore(transaction, ONE).claims_limit(AKI) == 1
    after = {name: [row for row in rows if THREE not in row] for name, rows in dump(database.path).items()}
    assert {name: after[name] for name in TABLES} == {name: before[name] for name in TABLES}


async def test_the_stores_return_what_they_were_given(database: Database, settled: Settled) -> None:
    mine, other = settled
    async with database.read() as transaction:
        store, reading = ReviewStore(transaction, ONE), ReadingStore(transaction, ONE)
        assert (mine.author_id, mine.url, mine.address, mine.title, mine.question) == (AKI, PAGE, PAGE, WORDS, WORDS)
        assert (mine.wants, mine.wish_on, mine.claim) == (Wants.CLARITY, date(2026, 12, 13), None)
        assert (mine.state, mine.is_lapsed, mine.declined, mine.invited_at) == (State.WAITING, True, 1, START)
        assert (mine.quick_count, mine.read_count) == (0, 1)
        assert (other.quick_count, other.read_count) == (1, 1)
        assert await store.waiting() == [mine]
        assert await store.waiting([AKI]) == []
        assert await store.read_by(AKI) == [other]
        assert await store.unread_at(PAGE, mine.review_id) is None
        assert await store.shown_members() == sorted([AKI, MODERATOR])
        assert await store.waits(START - timedelta(days=1), START) == [timedelta(0)] * 2
        assert other.claim is not None
        claims = await reading.claims(other.review_id)
        assert [(each.member_id, each.outcome) for each in claims] == [(AKI, Outcome.RELEASED), (AKI, None)]
        assert claims[1] == other.claim
        assert (other.claim.due_at, other.claim.reminded_at) == (START + timedelta(days=7), START)
        worked, quick = await reading.feedback_by(AKI)
        assert (worked.is_quick, quick.is_quick, worked.given_at) == (False, True, START)
        posted, waits = await reading.parts_of(worked.feedback_id)
        assert (posted.words, posted.message_id) == (((Field.WORKED, f"{WORDS} 0"),), 1120)
        assert (waits.words, waits.message_id) == (((Field.WORKED, f"{WORDS} 1"),), None)
        assert await reading.next_part(other.review_id) == waits


async def test_one_reads_at_a_time(database: Database, settled: Settled) -> None:
    """Also where two writers overlook each other: the database lets nobody else in."""
    async with database.write() as transaction:
        with pytest.raises(Exception, match="UNIQUE"):
            await ReadingStore(transaction, ONE).claim(settled[1].review_id, BENI, FAR)


async def test_a_second_press_of_the_same_adds_nothing(database: Database, settled: Settled) -> None:
    before = dump(database.path)
    async with database.write() as transaction:
        store, reading = ReviewStore(transaction, ONE), ReadingStore(transaction, ONE)
        assert await store.begin(BENI, OWN, InteractionId(1000)) is None
        mine = settled[0].review_id
        assert await reading.write(mine, MODERATOR, QUICK, InteractionId(1040), is_quick=False) is None
        await reading.keep_claims_limit(AKI, 1)
    after = dump(database.path)
    assert {name: after[name] for name in TABLES} == {name: before[name] for name in TABLES}


async def test_something_is_left_in_every_declared_column(database: Database, settled: Settled) -> None:
    """Else a column could be forgotten by the test instead of by the bot."""
    async with database.read() as transaction:
        for column in PERSONAL_COLUMNS:
            query = f"SELECT count(*) FROM {column.table} WHERE {column.column} NOT IN ('', 0)"
            async with transaction.connection.execute(query) as cursor:
                row = await cursor.fetchone()
            assert row is not None
            assert row[0], f"{column.table}.{column.column}"


async def test_who_is_forgotten_is_in_nothing_of_reviews(database: Database, settled: Settled) -> None:
    async with database.write() as transaction:
        assert await holder(database).forget_member(transaction, ONE, AKI) is False  # cards have to be emptied first
        await transaction.connection.execute("UPDATE effects SET state = 'done'")
        assert await holder(database).forget_member(transaction, ONE, AKI)
    left = {name: [row for row in rows if TWO not in row] for name, rows in dump(database.path).items()}
    assert [name for name in TABLES if str(AKI) in str(left[name]) or WORDS in str(left[name])] == []
    async with database.read() as transaction:
        here, there = ReviewStore(transaction, ONE), ReviewStore(transaction, TWO)
        assert await here.all_of_member(AKI) == []
        other = await here.find(settled[1].review_id)
        assert other is not None
        assert (other.title, other.author_id, other.state, other.claim) == ("another's", MODERATOR, State.WAITING, None)
        assert [each.member_id for each in await ReadingStore(transaction, ONE).feedback_of(1)] == [MODERATOR]
        assert len(await there.all_of_member(AKI)) == 1
        assert len(await ReadingStore(transaction, TWO).feedback_by(AKI)) == 2


async def test_who_leaves_keeps_nobody_waiting(database: Database, settled: Settled) -> None:
    mine, other = settled
    async with database.write() as transaction:
        await holder(database).member_left(transaction, ONE, AKI)
        store, effects = ReviewStore(transaction, ONE), Effects(transaction)
        ended, waits = await store.find(mine.review_id), await store.find(other.review_id)
        assert ended is not None
        assert waits is not None
        assert (ended.state, ended.ending) == (State.CLOSED, End.LEFT)
        assert (waits.state, waits.is_lapsed, waits.step_at) == (State.WAITING, False, START)
        for review in settled:
            assert await effects.is_under_way(Verb.EDIT, "blog_reviews", "review", review.review_id)
        assert await effects.is_under_way(Verb.JOB, "blog_reviews", "step", other.review_id)
        assert await store.shown_members() == [MODERATOR]
