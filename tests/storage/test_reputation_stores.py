"""The ledger and what is kept beside it are one server's, and who was forgotten is in neither."""

import inspect
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from bot.features.members.store import MemberStore
from bot.features.reputation.columns import PERSONAL_COLUMNS
from bot.features.reputation.model import (
    Cause,
    CauseKind,
    Flag,
    Openness,
    PublicationState,
    Record,
    RoleTrouble,
    Source,
    Thanks,
    Tie,
    Word,
    WordRole,
)
from bot.features.reputation.openness_store import OpennessStore
from bot.features.reputation.store import ReputationStore
from bot.features.setup.store import SetupStore
from bot.kernel.ids import AccountId, ChannelId, MessageId, RoleId, ServerId
from bot.storage.database import Database
from bot.storage.ledger import EntryKind, Ledger
from tests.storage.house import AKI, BENI, ONE, START, TWO, HandClock, dump
from tests.storage.reputation_house import CAUSE, HOST_KEY, MODERATOR, settle_reputation

THREE = ServerId(100000000000000003)  # known, and nothing in it
NOTHING: tuple[object, ...] = (None, [], 0, False, {}, set(), Openness())
WORDS = "words about aki"
MINE, OTHER = AccountId(1), AccountId(2)  # Aki's and the moderator's in the first server
FLAG = Flag(0, ONE, (2,), (1,), (2,), 1, 1, START, START)
FAR = START + timedelta(days=9999)
Call = Callable[[Any], Awaitable[object]]

REPUTATION: dict[str, Call] = {
    "account": lambda store: store.account(AKI),
    "members_of": lambda store: store.members_of([MINE, OTHER]),
    "here": lambda store: store.here(),
    "free_given": lambda store: store.free_given(MINE, START - timedelta(days=1)),
    "thanked_for": lambda store: store.thanked_for(Cause(CauseKind.INTRO, 7)),
    "thanks": lambda store: store.thanks(1),
    "thanks_among": lambda store: store.thanks_among([1, 2]),
    "given_with": lambda store: store.given_with(MINE, 1),
    "ties": lambda store: store.ties(MINE),
    "history": lambda store: store.history(MINE, 10, 0),
    "history_count": lambda store: store.history_count(MINE),
    "sources": lambda store: store.sources(),
    "publication": lambda store: store.publication(1),
    "publication_of": lambda store: store.publication_of(1),
    "publications_of": lambda store: store.publications_of(MINE),
    "set_publication": lambda store: store.set_publication(1, PublicationState.HIDDEN),
    "place_publication": lambda store: store.place_publication(1, ChannelId(1), MessageId(2)),
    "published_between": lambda store: store.published_between(
        datetime(2015, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    ),
    "are_published": lambda store: store.are_published({860}),
    "lose_messages": lambda store: store.lose_messages({860}),
    "entries_between": lambda store: store.entries_between(MINE, OTHER, 99),
    "flag": lambda store: store.flag(1),
    "forget_flags": lambda store: store.forget_flags(FAR),
    "forget": lambda store: store.forget(AKI),
}
OPENNESS: dict[str, Call] = {
    "openness": lambda store: store.openness(AKI),
    "wearing": lambda store: store.wearing(),
    "word_roles": lambda store: store.word_roles(),
    "role_troubles": lambda store: store.role_troubles(),
    "round": lambda store: store.round(),
    "worn": lambda store: store.worn(),
    "take_off": lambda store: store.take_off(AKI, RoleId(870)),
    "forget": lambda store: store.forget(AKI),
}
LEDGER: dict[str, Call] = {
    "find": lambda ledger: ledger.find(1),
    "by_key": lambda ledger: ledger.by_key("800:1"),
    "about": lambda ledger: ledger.about(2),
    "head": lambda ledger: ledger.head(),
    "moves": lambda ledger: ledger.moves(0, 100),
}
# These make something of this server's own, and can't be told from it by what they return; see the tests below.
MAKERS: dict[type[object], set[str]] = {
    ReputationStore: {"open_account", "open_pseudonym", "keep_reason", "publish", "keep_flag", "span"},
    OpennessStore: {"keep_openness", "set_word_role", "keep_role_troubles", "keep_round", "wear"},
    Ledger: {"add"},
}
CALLS: dict[type[object], dict[str, Call]] = {ReputationStore: REPUTATION, OpennessStore: OPENNESS, Ledger: LEDGER}


def public(kind: type[object]) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}


@pytest.mark.parametrize("kind", CALLS, ids=lambda kind: kind.__name__)
def test_no_method_is_left_out_here(kind: type[object]) -> None:
    assert public(kind) == CALLS[kind].keys() | MAKERS[kind]


@pytest.fixture
async def lived_in(database: Database) -> Database:
    """Aki and a moderator have thanked each other in two servers; a third one has nothing."""
    async with database.write() as transaction:
        for serial, server_id in enumerate((ONE, TWO)):
            await SetupStore(transaction, server_id).ensure("ja")
            for member_id in (AKI, MODERATOR):
                await MemberStore(transaction, server_id).see(member_id, "ja")
            await settle_reputation(transaction, server_id, AKI, WORDS, serial)
        await SetupStore(transaction, THREE).ensure("ja")
        await MemberStore(transaction, THREE).see(BENI, "ja")
    return database


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, calls in CALLS.items() for name in calls], ids=str)
async def test_another_servers_rows_are_neither_returned_nor_changed(
    kind: Any,  # noqa: ANN401 - one of the stores
    name: str,
    lived_in: Database,
    clock: HandClock,
) -> None:
    clock.push(timedelta(hours=1))
    before = dump(lived_in.path)
    async with lived_in.write() as transaction:
        returned = await CALLS[kind][name](kind(transaction, THREE))
    assert returned in NOTHING
    assert dump(lived_in.path) == before


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, calls in CALLS.items() for name in calls if "forget" not in name and "lose" not in name],
    ids=str,
)
async def test_the_same_call_finds_or_changes_something_where_it_is(
    kind: Any,  # noqa: ANN401 - one of the stores
    name: str,
    lived_in: Database,
) -> None:
    """Else the test above would ask for what is nowhere."""
    before = dump(lived_in.path)
    async with lived_in.write() as transaction:
        returned = await CALLS[kind][name](kind(transaction, ONE))
    assert returned not in NOTHING or dump(lived_in.path) != before


async def test_what_is_made_in_one_server_is_not_the_others(lived_in: Database) -> None:
    before = {name: [row for row in rows if THREE not in row] for name, rows in dump(lived_in.path).items()}
    async with lived_in.write() as transaction:
        store, openness = ReputationStore(transaction, THREE), OpennessStore(transaction, THREE)
        ledger = Ledger(transaction, THREE, HOST_KEY)
        account_id = await store.open_account(AKI)
        assert account_id not in {MINE, OTHER}
        assert account_id == await store.open_account(AKI)
        entry = await ledger.add(EntryKind.THANKS, account_id, await store.open_account(BENI), CAUSE, "own key")
        assert entry.sequence == 1
        await store.keep_reason(1, "own words")
        first = await store.publish(1, PublicationState.WISHED)
        assert (first is not None, await store.publish(1, PublicationState.AGREED)) == (True, None)
        assert await store.keep_flag(FLAG) not in {1, 2}
        with pytest.raises(TypeError):  # of another server's accounts there is no first time
            await store.span([OTHER], [MINE], 99)
        await openness.keep_openness(BENI, Openness(shows_word=True))
        await openness.set_word_role(Word.FAMILIAR, RoleId(5))
        await openness.set_word_role(Word.FAMILIAR, None)
        await openness.set_word_role(Word.WELL_TIED, RoleId(6))
        await openness.keep_role_troubles({})
        await openness.keep_role_troubles({6: "gone"})
        await openness.keep_round(7)
        await openness.wear(BENI, RoleId(6))
    after = dump(lived_in.path)
    assert {name: [row for row in rows if THREE not in row] for name, rows in after.items() if name in before} == {
        name: rows if name != "sqlite_sequence" else after[name] for name, rows in before.items()
    }


async def test_what_happened_to_the_same_number_in_another_server_means_nothing_here(database: Database) -> None:
    async with database.write() as transaction:
        for server_id in (ONE, TWO):
            await SetupStore(transaction, server_id).ensure("ja")
            here = ReputationStore(transaction, server_id)
            accounts = await here.open_account(AKI), await here.open_account(BENI)
            ledger = Ledger(transaction, server_id, HOST_KEY)
            await ledger.add(EntryKind.SOURCE_GRANTED, *accounts, "panel", f"{server_id}:1")
            await ledger.add(EntryKind.THANKS, *accounts, "free", f"{server_id}:2")
        ledger, there = Ledger(transaction, TWO, HOST_KEY), ReputationStore(transaction, TWO)
        accounts = await there.open_account(AKI), await there.open_account(BENI)
        for about, kind in ((2, EntryKind.REVERSAL), (1, EntryKind.SOURCE_ENDED), (1, EntryKind.SOURCE_ANNULLED)):
            await ledger.add(kind, *accounts, "moderators", kind, about)
        for sequence in (2, 3):
            await there.keep_reason(sequence, WORDS)
        await there.publish(2, PublicationState.AGREED)

        here = ReputationStore(transaction, ONE)
        giver, receiver = await here.open_account(AKI), await here.open_account(BENI)
        thanks = Thanks(ONE, 2, AKI, BENI, "free", "", START)
        assert await here.sources() == [Source(ONE, 1, receiver, BENI, START, None)]
        assert await here.thanks(2) == thanks
        assert await here.thanks_among([1, 2, 3]) == await here.given_with(giver, 2) == [thanks]
        assert len(await here.ties(giver)) == len(await here.ties(receiver)) == 1
        assert [(each.reason, each.is_reversed) for each in await here.history(giver, 9, 0)] == [("", False)] * 2
        assert await here.entries_between(giver, receiver, 9) == [(2, START)]
        assert await here.publications_of(giver) == []
        for elsewhere in accounts:
            assert await here.ties(elsewhere) == []
            assert await here.history(elsewhere, 9, 0) == []
            assert await here.history_count(elsewhere) == 0
        assert await Ledger(transaction, ONE).about(2) == []
        await here.forget(AKI)
        reversed_there = await there.thanks(2)
        assert reversed_there is not None
        assert (reversed_there.giver_id, reversed_there.reason, reversed_there.reversed_why) == (AKI, WORDS, WORDS)


async def test_the_stores_return_what_they_were_given(lived_in: Database) -> None:
    async with lived_in.read() as transaction:
        store, openness = ReputationStore(transaction, ONE), OpennessStore(transaction, ONE)
        first = Thanks(ONE, 1, AKI, MODERATOR, "free", f"{WORDS} 1", START)
        second = Thanks(
            *(ONE, 2, MODERATOR, AKI, CAUSE, f"{WORDS} 2", START),
            reversed_at=START,
            reversed_by="moderators",
            reversed_why=f"{WORDS} 3",
        )
        assert [await store.thanks(number) for number in (1, 2, 3, 4)] == [first, second, None, None]
        assert await store.thanks_among([1, 2, 3]) == [second, first]
        assert await store.given_with(MINE, 1) == [first]
        assert await store.ties(MINE) == [Tie(1, is_received=False, other_id=OTHER, kind="free", given_at=START)]
        assert await store.ties(OTHER) == [Tie(1, is_received=True, other_id=MINE, kind="free", given_at=START)]
        assert await store.free_given(MINE, START - timedelta(seconds=1)) == [(START, OTHER)]
        assert await store.free_given(MINE, START) == []
        assert await store.free_given(OTHER, START - timedelta(seconds=1)) == []
        assert await store.thanked_for(Cause(CauseKind.INTRO, 7)) == {MINE}
        assert await store.thanked_for(Cause(CauseKind.FREE)) == set()
        assert await store.members_of([MINE, OTHER, 99]) == {MINE: AKI, OTHER: MODERATOR}
        assert await store.here() == [AKI, MODERATOR]
        assert await store.sources() == [Source(ONE, 4, MINE, AKI, START, START)]
        assert await store.history_count(MINE) == 5
        assert await store.history_count(OTHER) == 7
        assert await store.history(MINE, 2, 3) == [
            Record(2, "thanks", CAUSE, None, START, MODERATOR, AKI, f"{WORDS} 2", is_reversed=True),
            Record(1, "thanks", "free", None, START, AKI, MODERATOR, f"{WORDS} 1", is_reversed=False),
        ]
        assert await store.entries_between(MINE, OTHER, 1) == [(1, START)]
        assert await store.entries_between(MINE, OTHER, 0) == await store.entries_between(OTHER, MINE, 9) == []
        assert await store.span([OTHER], [MINE], 9) == (START, START)
        assert await store.flag(1) == Flag(1, ONE, (OTHER,), (MINE,), (2,), 1, 1, START, START)
        assert await store.are_published({1, 860})
        assert not await store.are_published({1, 861})
        assert await openness.openness(AKI) == Openness(posts_thanks=True, shows_word=True, wears_role=True)
        assert await openness.wearing() == [AKI]
        assert await openness.word_roles() == [WordRole(Word.FAMILIAR, 870)]
        assert await openness.role_troubles() == [RoleTrouble(870, "order", START)]
        assert (await openness.round(), await openness.worn()) == (AKI, {(AKI, 870)})


async def test_a_message_that_is_gone_takes_what_stood_in_it_out_of_public(lived_in: Database) -> None:
    async with lived_in.write() as transaction:
        store = ReputationStore(transaction, ONE)
        await store.lose_messages({1, 860, 861})
        publication = await store.publication_of(1)
        assert publication is not None
        assert (publication.state, publication.channel_id, publication.message_id) == ("hidden", None, None)
        other = await ReputationStore(transaction, TWO).publication_of(1)
        assert other is not None
        assert (other.state, other.message_id) == ("agreed", 861)


async def test_who_left_is_not_here_and_wears_no_role(lived_in: Database) -> None:
    async with lived_in.write() as transaction:
        await MemberStore(transaction, ONE).leave(AKI)
        assert await ReputationStore(transaction, ONE).here() == [MODERATOR]
        assert await OpennessStore(transaction, ONE).wearing() == []


async def test_something_is_left_in_every_declared_column(lived_in: Database) -> None:
    """Else a column could be forgotten by the test instead of by the bot."""
    async with lived_in.read() as transaction:
        for column in PERSONAL_COLUMNS:
            query = f"SELECT count(*) FROM {column.table} WHERE {column.column} NOT IN ('', 0)"
            async with transaction.connection.execute(query) as cursor:
                (count,) = cast("Any", await cursor.fetchone())
            assert count, f"{column.table}.{column.column}"


async def test_who_is_forgotten_is_in_nothing_but_the_sums_of_others(lived_in: Database) -> None:
    before = dump(lived_in.path)
    async with lived_in.write() as transaction:
        await ReputationStore(transaction, ONE).forget(AKI)
        await OpennessStore(transaction, ONE).forget(AKI)
    left = {name: [row for row in rows if TWO not in row] for name, rows in dump(lived_in.path).items()}
    tables = {column.table for column in PERSONAL_COLUMNS} | {"entries", "publications", "flags", "ledger_heads"}
    assert [name for name in tables if str(AKI) in str(left[name]) or WORDS in str(left[name])] == []
    assert left["entries"] == [row for row in before["entries"] if TWO not in row]
    assert [row[2] for row in left["accounts"]] == [None, MODERATOR]
    async with lived_in.read() as transaction:
        assert await OpennessStore(transaction, TWO).openness(AKI) != Openness()
        assert await ReputationStore(transaction, TWO).account(AKI) is not None
        assert await ReputationStore(transaction, ONE).account(AKI) is None
        assert await ReputationStore(transaction, ONE).thanks(1) == Thanks(ONE, 1, None, MODERATOR, "free", "", START)
