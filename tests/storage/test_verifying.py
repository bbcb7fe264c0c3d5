"""`goen verify` says so whatever stands in the ledger, also while the bot runs, and not without the right key."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.check import verify_ledger
from bot.kernel.errors import HostError
from bot.kernel.ids import MemberId
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.installation import key_path
from bot.storage.verification import GUARDS, Fault, Verification, _Walk, verify
from tests.storage.circle import thank, wish
from tests.storage.dump import restore
from tests.storage.house import BENI, ONE, TWO, HandClock
from tests.storage.ledgers import COLUMNS, LAST, MIDDLE, REVERSAL, Ledgers, at, live, loosened, wrong
from tests.storage.pocket import opened

SCHEMAS = Path(__file__).parent / "schemas"
ODD = [
    "NULL",
    "'text'",
    "x'0102'",
    "1.5",
    "9e99",
    "CAST(x'ff00' AS TEXT)",
    "''",
    "char(0)",
    f"{2**63 - 1}",
    f"-{2**63}",
]


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("column", COLUMNS[2:])
def test_a_value_of_another_kind_is_found_like_any_other(ledgers: Ledgers, column: str, value: str) -> None:
    ledgers.tamper(*loosened("entries", COLUMNS), f"UPDATE entries SET {column} = {value} WHERE {at(REVERSAL)}")
    assert ledgers.faults()[0] == wrong(REVERSAL)


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("column", COLUMNS[:2])
def test_a_number_or_server_of_another_kind_is_found_like_any_other(ledgers: Ledgers, column: str, value: str) -> None:
    ledgers.tamper(*loosened("entries", COLUMNS), f"UPDATE entries SET {column} = {value} WHERE {at(REVERSAL)}")
    found = {(fault.key, fault.sequence) for fault in ledgers.faults() if fault.server_id == ONE}
    assert len(found) == 1
    assert found <= {("verify.missing", REVERSAL), ("verify.wrong", 1), ("verify.wrong", 2), ("verify.wrong", -(2**63))}


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("column", ["server_id", "sequence", "mac", "seal"])
def test_a_head_of_another_kind_is_found_like_any_other(ledgers: Ledgers, column: str, value: str) -> None:
    ledgers.tamper(
        *loosened("ledger_heads", ("server_id", "sequence", "mac", "seal")),
        f"UPDATE ledger_heads SET {column} = {value} WHERE server_id = {ONE}",
    )
    (found,) = [fault for fault in ledgers.faults() if fault.server_id == ONE]
    assert found == (
        Fault("verify.no_head", ONE, LAST) if column == "server_id" else Fault("verify.head", ONE, LAST + 1)
    )


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_a_guard_that_is_missing_is_named(ledgers: Ledgers, name: str) -> None:
    with closing(sqlite3.connect(ledgers.path)) as connection:
        (kind,) = connection.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        connection.execute(f"DROP {kind} {name}")
        connection.commit()
    assert ledgers.faults() == [Fault("verify.guard", name=name)]


def test_all_that_guards_the_ledger_is_looked_for(template: Path) -> None:
    with closing(sqlite3.connect(template)) as connection:
        guards = connection.execute(
            "SELECT name FROM sqlite_master WHERE tbl_name IN ('entries', 'ledger_heads')"
            " AND (type = 'trigger' OR sql LIKE 'CREATE UNIQUE INDEX%')"
        )
        assert {row[0] for row in guards} == GUARDS


def test_another_key_fits_nothing(ledgers: Ledgers) -> None:
    ledgers.host_key = b"another"
    assert ledgers.faults() == [wrong(1), wrong(1, TWO)]


def test_a_database_without_thanks_is_whole(template: Path) -> None:
    assert verify(template, b"a key", lambda _seen, _total: None) == Verification(0, 0, ())


def test_progress_is_told_up_to_the_end(ledgers: Ledgers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.verification._STEP", 10)
    told: list[tuple[int, int]] = []
    verify(ledgers.path, ledgers.host_key, lambda seen, total: told.append((seen, total)))
    assert told == [(10, 26), (20, 26), (26, 26)]


@pytest.mark.parametrize("content", [b"not a database " * 100, b""])
def test_what_is_no_ledger_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(content)
    with pytest.raises(HostError) as refused:
        verify(path, b"a key", lambda _seen, _total: None)
    assert refused.value.key == "host.no_database"


async def test_it_is_read_as_a_whole_while_the_bot_writes(database: Database, clock: HandClock) -> None:
    async with opened(database, clock) as pocket:
        await live(pocket)
        host_key = pocket.installation.host_key
        counts: list[int] = []

        async def look() -> None:
            while len(set(counts)) < 10:
                came_out = await asyncio.to_thread(verify, database.path, host_key, lambda _seen, _total: None)
                assert came_out.faults == ()
                counts.append(came_out.entries)

        looking = asyncio.create_task(look())
        receiver = 400
        while not looking.done():
            receiver += 1
            pocket.clock.push(timedelta(days=1))
            await thank(pocket, BENI, MemberId(receiver))
        await looking
        assert counts == sorted(counts)


async def test_what_is_written_between_two_looks_at_the_tables_is_no_fault(
    database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(database, clock) as pocket:
        await live(pocket)
        loop = asyncio.get_running_loop()

        class LateWalk(_Walk):
            """Begins after the heads were read; meanwhile the bot writes."""

            def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 - handed on as they are
                super().__init__(*arguments)
                asyncio.run_coroutine_threadsafe(thank(pocket, BENI, MemberId(400)), loop).result()

        monkeypatch.setattr("bot.storage.verification._Walk", LateWalk)
        came_out = await asyncio.to_thread(
            verify, database.path, pocket.installation.host_key, lambda _seen, _total: None
        )
        assert came_out == Verification(2, 2 * LAST, ())
        assert len(await pocket.rows("SELECT * FROM entries")) == 2 * LAST + 1


async def test_what_is_not_committed_yet_is_not_there(database: Database, clock: HandClock) -> None:
    async with opened(database, clock) as pocket:
        await live(pocket)

        def entries() -> int:
            came_out = verify(database.path, pocket.installation.host_key, lambda _seen, _total: None)
            assert came_out.faults == ()
            return came_out.entries

        async with database.write() as transaction:
            await pocket.reputation.record(transaction, ONE, wish(BENI, MemberId(400)), pocket.act())
            assert entries() == 2 * LAST
        assert entries() == 2 * LAST + 1


# ── As `goen verify` begins: is there a ledger, and the key to it ────────────────────────────────────────────────────


def settings_for(path: Path, **more: str) -> Settings:
    return Settings({"DATABASE_URL": f"sqlite+aiosqlite:///{path}", **more})


def looked_at(settings: Settings) -> Verification:
    return verify_ledger(settings, lambda _seen, _total: None)


def refused_for(settings: Settings) -> str:
    with pytest.raises(HostError) as refused:
        looked_at(settings)
    return refused.value.key


def test_where_there_is_no_database_nothing_is_wrong_and_none_is_made(tmp_path: Path) -> None:
    assert looked_at(settings_for(tmp_path / "none" / "goen.db")) == Verification(0, 0, ())
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_is_looked_at_with_the_key_beside_it_or_the_one_given(ledgers: Ledgers) -> None:
    whole = Verification(2, 2 * LAST, ())
    assert looked_at(settings_for(ledgers.path)) == whole
    key_path(ledgers.path).unlink()
    assert looked_at(settings_for(ledgers.path, GOEN_SECRET_KEY=ledgers.host_key.decode())) == whole
    ledgers.tamper(f"UPDATE entries SET cause = 'x' WHERE {at(MIDDLE)}")
    found = looked_at(settings_for(ledgers.path, GOEN_SECRET_KEY=ledgers.host_key.decode()))
    assert found.faults == (wrong(MIDDLE),)


def test_without_the_right_key_nothing_is_said_of_the_ledger(ledgers: Ledgers) -> None:
    assert refused_for(settings_for(ledgers.path, GOEN_SECRET_KEY="another")) == "host.key_wrong"
    key_path(ledgers.path).write_text("another\n")
    assert refused_for(settings_for(ledgers.path)) == "host.key_wrong"
    key_path(ledgers.path).unlink()
    assert refused_for(settings_for(ledgers.path)) == "host.key_missing"


def test_a_ledger_whose_key_is_not_known_to_the_database_any_more_is_looked_at_all_the_same(ledgers: Ledgers) -> None:
    ledgers.tamper("DELETE FROM installation")
    assert looked_at(settings_for(ledgers.path)) == Verification(2, 2 * LAST, ())
    key_path(ledgers.path).unlink()
    assert looked_at(settings_for(ledgers.path)).faults == (wrong(1), wrong(1, TWO))


def test_a_schema_without_a_ledger_or_of_a_later_release_is_said_so(tmp_path: Path, ledgers: Ledgers) -> None:
    path = tmp_path / "old.db"
    restore(SCHEMAS / "0002.sql", path)
    assert refused_for(settings_for(path)) == "host.schema_pending"
    ledgers.tamper("UPDATE alembic_version SET version_num = '9999'")
    assert refused_for(settings_for(ledgers.path)) == "host.newer_schema"
