"""The ledger is only ever added to: nothing that stands in it changes, none is left out, none comes twice."""

import asyncio
import itertools
import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from bot.features.reputation.store import ReputationStore
from bot.features.setup.store import SetupStore
from bot.kernel.clock import to_micros
from bot.kernel.ids import AccountId, ServerId
from bot.storage.database import Database
from bot.storage.ledger import BEGINNING, Entry, EntryKind, Ledger, mac_of, seal_of
from tests.storage.house import AKI, BENI, ONE, START, TWO, HandClock, dump

KEY = b"the key of this host"
FACTS = "server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac"
ROW = (7, 3, "thanks", 11, 12, "free", None, 1_700_000_000_000_000, "99:12")


class Book:
    """The ledgers of two servers, and Aki's and Beni's accounts in each."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.accounts: dict[ServerId, tuple[AccountId, AccountId]] = {}
        self._keys = itertools.count(1)

    async def add(
        self,
        server_id: ServerId = ONE,
        kind: EntryKind = EntryKind.THANKS,
        *,
        cause: str = "free",
        key: str = "",
        about: int | None = None,
        host_key: bytes = KEY,
    ) -> Entry:
        async with self.database.write() as transaction:
            ledger = Ledger(transaction, server_id, host_key)
            return await ledger.add(kind, *self.accounts[server_id], cause, key or f"key {next(self._keys)}", about)

    async def execute(self, statement: str, *values: object) -> None:
        """Do something to the tables through the bot's own writer."""
        async with self.database.write() as transaction:
            await transaction.connection.execute(statement, values)

    def rows(self, table: str = "entries") -> list[tuple[Any, ...]]:
        return dump(self.database.path)[table]


@pytest.fixture
async def book(database: Database) -> Book:
    book = Book(database)
    async with database.write() as transaction:
        for server_id in (ONE, TWO):
            await SetupStore(transaction, server_id).ensure("en")
            store = ReputationStore(transaction, server_id)
            book.accounts[server_id] = await store.open_account(AKI), await store.open_account(BENI)
    return book


async def test_entries_are_numbered_without_gaps_in_each_server_by_itself(book: Book) -> None:
    added = [await book.add(server_id) for server_id in (ONE, ONE, TWO, ONE, TWO)]
    assert [(entry.server_id, entry.sequence) for entry in added] == [(ONE, 1), (ONE, 2), (TWO, 1), (ONE, 3), (TWO, 2)]
    async with book.database.read() as transaction:
        assert [await Ledger(transaction, each).head() for each in (ONE, TWO, ServerId(3))] == [3, 2, 0]
        assert await Ledger(transaction, ONE).find(2) == added[1]
        assert await Ledger(transaction, ONE).find(4) is None


async def test_an_entry_holds_what_was_entered_and_when(book: Book, clock: HandClock) -> None:
    clock.push(timedelta(microseconds=1))
    await book.add()
    entry = await book.add(kind=EntryKind.REVERSAL, cause="giver", key="what it came from", about=1)
    giver_id, receiver_id = book.accounts[ONE]
    assert entry == Entry(
        *(ONE, 2, EntryKind.REVERSAL, giver_id, receiver_id, "giver", 1),
        entered_at=START + timedelta(microseconds=1),
        key="what it came from",
    )
    async with book.database.read() as transaction:
        assert await Ledger(transaction, ONE).about(1) == [entry]
        assert await Ledger(transaction, ONE).by_key("what it came from") == entry
        assert await Ledger(transaction, TWO).by_key("what it came from") is None


CHANGES = {
    "server_id": TWO,
    "sequence": 4,
    "kind": "source_granted",
    "giver_id": 2,
    "receiver_id": 1,
    "cause": "intro:1",
    "about": 1,
    "entered_at": 0,
    "key": "another",
    "mac": b"another",
}
COPY = "SELECT server_id, sequence + {}, kind, giver_id, receiver_id, {}, about, entered_at, {}, mac FROM entries"
INSERT = f"INSERT INTO entries ({FACTS}) "
FORBIDDEN = {
    "entries are never changed": {
        f"change {column}": f"UPDATE entries SET {column} = ? WHERE sequence = 2" for column in CHANGES
    },
    "entries are never removed": {
        "remove one": "DELETE FROM entries WHERE sequence = 2",
        "remove the last": "DELETE FROM entries WHERE sequence = 3",
        "remove all": "DELETE FROM entries",
        "replace by the next with its key": f"REPLACE INTO entries ({FACTS}) {COPY.format(2, 'cause', 'key')}"
        " WHERE sequence = 2",
        "replace by the next for its cause": f"REPLACE INTO entries ({FACTS}) {COPY.format(1, 'cause', 'hex(key)')}"
        " WHERE sequence = 3",
    },
    "entries are numbered without gaps": {
        "replace one": f"REPLACE INTO entries ({FACTS}) {COPY.format(0, 'cause', 'key')} WHERE sequence = 2",
        "insert or replace": f"INSERT OR REPLACE INTO entries ({FACTS}) {COPY.format(0, 'cause', 'key')}",
        "insert or ignore": f"INSERT OR IGNORE INTO entries ({FACTS}) {COPY.format(0, 'cause', 'key')}",
        "put in its place": INSERT
        + COPY.format(0, "cause", "key")
        + " WHERE sequence = 2 ON CONFLICT DO UPDATE SET cause = 'asked'",
        "use a number again": INSERT + COPY.format(0, "hex(cause)", "hex(key)"),
        "leave a number out": INSERT + COPY.format(2, "hex(cause)", "hex(key)") + " WHERE sequence = 3",
        "number from nothing": INSERT + COPY.format(-3, "hex(cause)", "hex(key)"),
    },
    "the head of a ledger is never removed": {
        "remove a head": "DELETE FROM ledger_heads",
        "replace a head": "REPLACE INTO ledger_heads SELECT server_id, sequence + 1, mac, seal FROM ledger_heads",
    },
    "the head of a ledger only goes on": {
        "move a head back": "UPDATE ledger_heads SET sequence = sequence - 1",
        "move a head too far": "UPDATE ledger_heads SET sequence = sequence + 2",
        "change a head alone": "UPDATE ledger_heads SET mac = x'00'",
        "move a head away": f"UPDATE ledger_heads SET server_id = {TWO}, sequence = sequence + 1",
    },
    "FOREIGN KEY constraint failed": {
        "remove an account": "DELETE FROM accounts",
        "remove the server": "DELETE FROM servers",
    },
}


@pytest.mark.parametrize(
    ("why", "statement"),
    [
        pytest.param(why, statement, id=name)
        for why, statements in FORBIDDEN.items()
        for name, statement in statements.items()
    ],
)
async def test_the_bot_itself_can_neither_change_nor_remove_what_was_entered(
    book: Book, why: str, statement: str
) -> None:
    for cause in ("free", "free", "ask:7"):
        await book.add(cause=cause)
    before = dump(book.database.path)
    column = statement.removeprefix("UPDATE entries SET ").partition(" ")[0]
    with pytest.raises(sqlite3.IntegrityError, match=why):
        await book.execute(statement, *([CHANGES[column]] if "?" in statement else []))
    assert dump(book.database.path) == before
    assert (await book.add()).sequence == 4


@pytest.mark.parametrize("where", [ONE, TWO])
async def test_nothing_comes_twice_in_any_server_and_what_is_refused_takes_no_number(
    book: Book, where: ServerId
) -> None:
    await book.add(key="the same")
    with pytest.raises(sqlite3.IntegrityError):
        await book.add(where, key="the same")
    assert len(book.rows()) == 1
    assert (await book.add()).sequence == 2


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (EntryKind.THANKS, 1),
        (EntryKind.SOURCE_GRANTED, 1),
        (EntryKind.REVERSAL, None),
        (EntryKind.SOURCE_ENDED, None),
        (EntryKind.SOURCE_ANNULLED, None),
    ],
)
async def test_what_reverses_or_ends_something_says_what_and_nothing_else_does(
    book: Book, kind: EntryKind, about: int | None
) -> None:
    await book.add()
    with pytest.raises(sqlite3.IntegrityError):
        await book.add(kind=kind, about=about)


async def test_an_entry_is_reversed_once(book: Book) -> None:
    await book.add()
    await book.add(kind=EntryKind.REVERSAL, about=1)
    with pytest.raises(sqlite3.IntegrityError):
        await book.add(kind=EntryKind.REVERSAL, about=1)


async def test_nothing_can_be_added_without_the_key(book: Book) -> None:
    with pytest.raises(AssertionError):
        await book.add(host_key=b"")
    assert (book.rows(), book.rows("ledger_heads")) == ([], [])


async def test_each_entry_is_sealed_with_the_one_before_it_and_the_last_once_more(book: Book, clock: HandClock) -> None:
    for server_id in (ONE, TWO, ONE, ONE, TWO):
        clock.push(timedelta(hours=1))
        await book.add(server_id)
    heads = {row[0]: row[1:] for row in book.rows("ledger_heads")}
    for server_id in (ONE, TWO):
        last, before = 0, BEGINNING
        for row in sorted(row for row in book.rows() if row[0] == server_id):
            assert row[9] == mac_of(KEY, before, row[:9])
            assert len(row[9]) == 32
            last, before = row[1], row[9]
        assert heads[server_id] == (last, before, seal_of(KEY, server_id, last, before))
    assert len({row[9] for row in book.rows()}) == 5


@pytest.mark.parametrize(
    "changed",
    [
        (8, *ROW[1:]),
        (*ROW[:1], 4, *ROW[2:]),
        (*ROW[:2], "reversal", *ROW[3:]),
        (*ROW[:3], 12, *ROW[4:]),
        (*ROW[:4], 11, *ROW[5:]),
        (*ROW[:3], 12, 11, *ROW[5:]),
        (*ROW[:5], "freed", *ROW[6:]),
        (*ROW[:6], 0, *ROW[7:]),
        (*ROW[:6], -1, *ROW[7:]),
        (*ROW[:6], 3, *ROW[7:]),
        (*ROW[:7], ROW[7] + 1, ROW[8]),
        (*ROW[:8], "99:13"),
        (*ROW[:2], "thanksfree", *ROW[3:5], "", *ROW[6:]),
        (*ROW[:5], "fre", *ROW[6:8], "e99:12"),
    ],
    ids=str,
)
def test_a_mac_says_something_about_everything_in_the_row(changed: Any) -> None:  # noqa: ANN401 - a row as the table may hold it
    mac = mac_of(KEY, BEGINNING, ROW)
    assert mac_of(KEY, BEGINNING, changed) != mac
    assert mac_of(KEY, mac, ROW) != mac
    assert mac_of(KEY + b"x", BEGINNING, ROW) != mac


def test_a_seal_names_the_server_the_number_and_the_mac() -> None:
    mac = mac_of(KEY, BEGINNING, ROW)
    seal = seal_of(KEY, 7, 3, mac)
    others = [seal_of(KEY, 8, 3, mac), seal_of(KEY, 7, 2, mac), seal_of(KEY, 7, 3, seal), seal_of(b"x", 7, 3, mac)]
    assert len({seal, *others, mac}) == 6


async def test_what_fails_halfway_leaves_no_entry_and_no_gap(book: Book) -> None:
    await book.add()

    async def fail() -> None:
        async with book.database.write() as transaction:
            await Ledger(transaction, ONE, KEY).add(EntryKind.THANKS, *book.accounts[ONE], "free", "lost")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert [row[1] for row in book.rows()] == [1]
    assert (await book.add(key="lost")).sequence == 2


async def test_of_many_at_once_each_has_a_number_of_its_own(book: Book) -> None:
    added = await asyncio.gather(*(book.add(server_id) for server_id in (ONE, TWO) * 20))
    for server_id in (ONE, TWO):
        assert sorted(entry.sequence for entry in added if entry.server_id == server_id) == list(range(1, 21))


async def test_what_entries_do_to_the_graph_is_read_in_pages_and_a_reversal_counts_from_what_it_reverses(
    book: Book, clock: HandClock
) -> None:
    giver_id, receiver_id = book.accounts[ONE]
    await book.add()
    clock.push(timedelta(days=3))
    await book.add(kind=EntryKind.SOURCE_GRANTED)
    await book.add(kind=EntryKind.REVERSAL, about=1)
    await book.add(TWO)
    await book.add(TWO, kind=EntryKind.REVERSAL, about=1)
    first, third_day = to_micros(START), to_micros(START + timedelta(days=3))
    moves = [
        (1, "thanks", giver_id, receiver_id, None, first),
        (2, "source_granted", giver_id, receiver_id, None, third_day),
        (3, "reversal", giver_id, receiver_id, 1, first),
    ]
    async with book.database.read() as transaction:
        ledger = Ledger(transaction, ONE)
        assert [tuple(move) for move in await ledger.moves(0, 10)] == moves
        assert [tuple(move) for move in await ledger.moves(0, 2)] == moves[:2]
        assert [tuple(move) for move in await ledger.moves(2, 2)] == moves[2:]
        assert await ledger.moves(3, 2) == []
        assert [move[5] for move in await Ledger(transaction, TWO).moves(0, 10)] == [third_day, third_day]
