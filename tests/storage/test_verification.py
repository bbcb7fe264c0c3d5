"""`goen verify` finds what was done to the ledger behind the bot's back, and where it begins."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing

import pytest

from bot.storage.ledger import seal_of
from bot.storage.verification import GUARDS, Fault, Verification
from tests.storage.house import ONE, TWO
from tests.storage.ledgers import COLUMNS, LAST, MIDDLE, REVERSAL, TRIGGERS, Ledgers, at, loosened, missing, wrong


def test_what_the_bot_wrote_is_whole(ledgers: Ledgers) -> None:
    assert ledgers.verified() == Verification(servers=2, entries=2 * LAST, faults=())


def test_the_ledgers_hold_every_kind_of_entry_and_guards_are_back_after_tampering(ledgers: Ledgers) -> None:
    """Else the tests below would find what they did not look for."""
    ledgers.tamper("UPDATE servers SET panel_serial = panel_serial")
    assert ledgers.faults() == []
    with closing(sqlite3.connect(ledgers.path)) as connection:
        kinds = {row[0] for row in connection.execute("SELECT kind FROM entries WHERE server_id = ?", (ONE,))}
        assert kinds == {"thanks", "reversal", "source_granted", "source_ended", "source_annulled"}
        assert {name for name, _ in connection.execute(TRIGGERS)} <= GUARDS


EDITED: dict[str, Iterable[str]] = {
    "kind": ("CASE kind WHEN 'thanks' THEN 'reversal' ELSE 'thanks' END", "'THANKS'", "kind || ' '", "''"),
    "giver_id": ("giver_id + 1", "receiver_id", "-giver_id"),
    "receiver_id": ("receiver_id + 1", "giver_id", "0"),
    "cause": ("'intro:1'", "cause || char(0)", "''"),
    "about": ("coalesce(about, 0) + 90", "-1", "0", "iif(about IS NULL, 1, NULL)"),
    "entered_at": ("entered_at + 1", "entered_at - 86400000000", "-1"),
    "key": ("key || '0'", "'99:1'", "''"),
    "mac": ("zeroblob(32)", "x''", "lower(hex(mac))", "CAST(mac AS TEXT)"),
}


@pytest.mark.parametrize("sequence", [1, MIDDLE, REVERSAL, LAST])
@pytest.mark.parametrize(
    ("column", "value"), [(column, value) for column, values in EDITED.items() for value in values]
)
def test_a_row_that_was_edited_is_found(ledgers: Ledgers, column: str, value: str, sequence: int) -> None:
    ledgers.tamper(f"UPDATE entries SET {column} = {value} WHERE {at(sequence)}")
    assert ledgers.faults() == [wrong(sequence)]


@pytest.mark.parametrize("sequence", [1, MIDDLE, LAST])
@pytest.mark.parametrize(
    ("number", "found"),
    [(99, missing), (0, lambda _: wrong(0)), (-2, lambda _: wrong(-2))],
    ids=["too high", "before the first", "negative"],
)
def test_a_row_whose_number_was_edited_is_found(
    ledgers: Ledgers, sequence: int, number: int, found: Callable[[int], Fault]
) -> None:
    ledgers.tamper(f"UPDATE entries SET sequence = {number} WHERE {at(sequence)}")
    assert ledgers.faults() == [found(sequence)]


def test_a_number_that_is_there_twice_is_found(ledgers: Ledgers) -> None:
    ledgers.tamper(*loosened("entries", COLUMNS), f"INSERT INTO entries SELECT * FROM strict WHERE {at(MIDDLE)}")
    assert ledgers.faults()[0] == wrong(MIDDLE)


def test_no_column_of_a_row_is_left_out_above(ledgers: Ledgers) -> None:
    with closing(sqlite3.connect(ledgers.path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(entries)")]
    assert {*EDITED, "server_id", "sequence"} == {*columns} == {*COLUMNS}  # those two: below, and above


def test_of_several_faults_in_one_server_the_first_is_named_and_those_of_all_servers(ledgers: Ledgers) -> None:
    ledgers.tamper(
        f"UPDATE entries SET cause = 'x' WHERE {at(9)}",
        f"UPDATE entries SET cause = 'x' WHERE {at(4)}",
        f"DELETE FROM entries WHERE {at(11)}",
        f"DELETE FROM entries WHERE {at(2, TWO)}",
    )
    assert ledgers.verified() == Verification(2, 2 * LAST - 2, (wrong(4), missing(2, TWO)))


@pytest.mark.parametrize("sequence", [1, MIDDLE, LAST])
def test_a_row_that_was_deleted_is_found(ledgers: Ledgers, sequence: int) -> None:
    ledgers.tamper(f"DELETE FROM entries WHERE {at(sequence)}")
    assert ledgers.faults() == [missing(sequence)]


@pytest.mark.parametrize("sequence", [1, MIDDLE])
def test_a_row_that_was_deleted_is_found_also_where_the_others_moved_up(ledgers: Ledgers, sequence: int) -> None:
    moved = [f"UPDATE entries SET sequence = {each - 1} WHERE {at(each)}" for each in range(sequence + 1, LAST + 1)]
    ledgers.tamper(f"DELETE FROM entries WHERE {at(sequence)}", *moved)
    assert ledgers.faults() == [wrong(sequence)]


LAST_OF_ONE = f"(SELECT {{}} FROM entries WHERE server_id = {ONE} ORDER BY sequence DESC LIMIT 1)"
HEAD_MATCHES = (
    f"UPDATE ledger_heads SET sequence = {LAST_OF_ONE.format('sequence')}, mac = {LAST_OF_ONE.format('mac')}"
    f" WHERE server_id = {ONE}"
)
NO_HEAD = f"DELETE FROM ledger_heads WHERE server_id = {ONE}"


@pytest.mark.parametrize("kept", [LAST - 1, LAST - 4, 1])
@pytest.mark.parametrize(
    ("to_the_head", "found"),
    [
        ("", lambda kept: missing(kept + 1)),
        (HEAD_MATCHES, lambda kept: Fault("verify.head", ONE, kept + 1)),
        (NO_HEAD, lambda kept: Fault("verify.no_head", ONE, kept)),
    ],
    ids=["head as it was", "head edited to match", "head deleted"],
)
def test_an_end_that_was_cut_off_is_found(
    ledgers: Ledgers, kept: int, to_the_head: str, found: Callable[[int], Fault]
) -> None:
    ledgers.tamper(f"DELETE FROM entries WHERE server_id = {ONE} AND sequence > {kept}", *filter(None, [to_the_head]))
    assert ledgers.faults() == [found(kept)]


def test_a_head_that_was_changed_is_found_where_all_entries_are_there(ledgers: Ledgers) -> None:
    for change in ("mac = zeroblob(32)", "seal = zeroblob(32)", "sequence = 7", "sequence = 99", "mac = seal"):
        copied = ledgers.path.read_bytes()
        ledgers.tamper(f"UPDATE ledger_heads SET {change} WHERE server_id = {TWO}")
        assert ledgers.faults() == [Fault("verify.head", TWO, LAST + 1)], change
        ledgers.path.write_bytes(copied)
    ledgers.tamper(f"DELETE FROM ledger_heads WHERE server_id = {TWO}")
    assert ledgers.faults() == [Fault("verify.no_head", TWO, LAST)]


def test_the_head_of_another_server_is_none(ledgers: Ledgers) -> None:
    taken = f"(SELECT mac, seal FROM ledger_heads WHERE server_id = {TWO})"
    ledgers.tamper(f"UPDATE ledger_heads SET (mac, seal) = {taken} WHERE server_id = {ONE}")
    assert ledgers.faults() == [Fault("verify.head", ONE, LAST + 1)]


def test_an_earlier_head_that_was_put_back_is_found_though_it_is_sealed(ledgers: Ledgers) -> None:
    """Such as one that was copied from a backup."""
    (mac,) = ledgers.rows(f"SELECT mac FROM entries WHERE {at(MIDDLE)}")[0]
    ledgers.tamper(head_of(ONE, MIDDLE, mac, ledgers.host_key))
    assert ledgers.faults() == [Fault("verify.head", ONE, MIDDLE + 1)]


def test_a_head_of_what_the_ledger_could_have_become_is_none(ledgers: Ledgers) -> None:
    """Such as one from before a backup was restored, from which the bot then went another way."""
    ledgers.tamper(head_of(ONE, LAST, b"the mac of another entry", ledgers.host_key))
    assert ledgers.faults() == [Fault("verify.head", ONE, LAST)]
    ledgers.tamper(head_of(ONE, LAST + 1, b"the mac of another entry", ledgers.host_key))
    assert ledgers.faults() == [missing(LAST + 1)]


def head_of(server_id: int, sequence: int, mac: bytes, host_key: bytes) -> str:
    """Return the statement that puts a head in place, as the bot itself would have sealed it."""
    seal = seal_of(host_key, server_id, sequence, mac)
    values = f"sequence = {sequence}, mac = x'{mac.hex()}', seal = x'{seal.hex()}'"
    return f"UPDATE ledger_heads SET {values} WHERE server_id = {server_id}"


def copied(changes: dict[str, str], sequence: int, server_id: int = ONE) -> str:
    """Return the statement that inserts a copy of an entry, with changes."""
    values = ", ".join(changes.get(column, column) for column in COLUMNS)
    return f"INSERT INTO entries SELECT {values} FROM entries WHERE {at(sequence, server_id)}"


@pytest.mark.parametrize("mac", ["mac", "zeroblob(32)"])
@pytest.mark.parametrize("to_the_head", ["", HEAD_MATCHES], ids=["head as it was", "head moved"])
def test_a_row_that_was_added_at_the_end_is_found(ledgers: Ledgers, mac: str, to_the_head: str) -> None:
    added = copied({"sequence": f"{LAST + 1}", "key": "'new'", "cause": "'free'", "mac": mac}, MIDDLE)
    ledgers.tamper(added, *filter(None, [to_the_head]))
    assert ledgers.faults() == [wrong(LAST + 1)]


@pytest.mark.parametrize("sequence", [1, MIDDLE, LAST])
def test_a_row_that_was_inserted_is_found(ledgers: Ledgers, sequence: int) -> None:
    moved = [f"UPDATE entries SET sequence = {each + 1} WHERE {at(each)}" for each in range(LAST, sequence - 1, -1)]
    new = {"sequence": f"{sequence}", "key": "'new'", "kind": "'thanks'", "about": "NULL"}
    ledgers.tamper(*moved, copied(new, 6 if sequence > 6 else 9), HEAD_MATCHES)
    assert ledgers.faults() == [wrong(sequence)]


def test_a_row_with_a_number_before_the_first_is_found(ledgers: Ledgers) -> None:
    ledgers.tamper(copied({"sequence": "0", "key": "'new'"}, 6))
    assert ledgers.faults() == [wrong(0)]


@pytest.mark.parametrize(("first", "second"), [(4, 5), (1, LAST), (5, 9), (LAST - 1, LAST)])
def test_two_rows_that_were_swapped_are_found(ledgers: Ledgers, first: int, second: int) -> None:
    ledgers.tamper(
        f"UPDATE entries SET sequence = 0 WHERE {at(first)}",
        f"UPDATE entries SET sequence = {first} WHERE {at(second)}",
        f"UPDATE entries SET sequence = {second} WHERE {at(0)}",
    )
    assert ledgers.faults() == [wrong(first)]


@pytest.mark.parametrize(("first", "second"), [(5, 6), (4, 9)])
def test_two_rows_of_which_all_but_number_and_mac_was_swapped_are_found(
    ledgers: Ledgers, first: int, second: int
) -> None:
    facts = ", ".join(column for column in COLUMNS if column not in {"server_id", "sequence", "mac"})
    taken = f"(SELECT {facts} FROM entries_before WHERE {{}})"
    ledgers.tamper(
        "CREATE TABLE entries_before AS SELECT * FROM entries",
        f"UPDATE entries SET key = 'x' WHERE {at(first)}",
        f"UPDATE entries SET ({facts}) = {taken.format(at(first))} WHERE {at(second)}",
        f"UPDATE entries SET ({facts}) = {taken.format(at(second))} WHERE {at(first)}",
        "DROP TABLE entries_before",
    )
    assert ledgers.faults() == [wrong(first)]


@pytest.mark.parametrize("sequence", [1, MIDDLE, LAST])
@pytest.mark.parametrize("moves_head", [False, True])
def test_a_row_that_was_moved_to_another_server_is_found_in_both(
    ledgers: Ledgers, sequence: int, moves_head: bool
) -> None:
    head = f"UPDATE ledger_heads SET sequence = sequence + 1 WHERE server_id = {TWO}"
    ledgers.tamper(
        f"UPDATE entries SET server_id = {TWO}, sequence = {LAST + 1}, about = about + 90 WHERE {at(sequence)}",
        *[head] * moves_head,
    )
    assert ledgers.faults() == [missing(sequence), wrong(LAST + 1, TWO)]


def test_two_servers_whose_ledgers_were_swapped_are_found(ledgers: Ledgers) -> None:
    ledgers.tamper(
        *(
            f"UPDATE {table} SET server_id = {after} WHERE server_id = {before}"
            for table in ("entries", "ledger_heads")
            for before, after in ((ONE, 3), (TWO, ONE), (3, TWO))
        )
    )
    assert ledgers.faults() == [wrong(1), wrong(1, TWO)]


def test_a_ledger_that_was_moved_to_a_server_that_had_none_is_found(ledgers: Ledgers) -> None:
    ledgers.tamper(
        *(f"UPDATE {table} SET server_id = 3 WHERE server_id = {ONE}" for table in ("entries", "ledger_heads"))
    )
    assert ledgers.faults() == [wrong(1, 3), missing(1)]


@pytest.mark.parametrize("and_head", ["", NO_HEAD], ids=["head kept", "head deleted"])
def test_a_whole_ledger_that_was_deleted_is_found(ledgers: Ledgers, and_head: str) -> None:
    ledgers.tamper(f"DELETE FROM entries WHERE server_id = {ONE}", *filter(None, [and_head]))
    assert ledgers.verified() == Verification(2, LAST, (missing(1),))


def test_all_ledgers_that_were_deleted_are_found(ledgers: Ledgers) -> None:
    ledgers.tamper("DELETE FROM entries", "DELETE FROM ledger_heads")
    assert ledgers.verified() == Verification(2, 0, (missing(1), missing(1, TWO)))
