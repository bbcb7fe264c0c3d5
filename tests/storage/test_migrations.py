"""Upgrades go forward, with a backup first; what can't be upgraded stays as it was."""

import asyncio
import contextlib
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.features.members.store import MemberStore
from bot.kernel.errors import HostError
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.verification import verify
from tests.storage.circle import MODERATOR
from tests.storage.dump import restore, statements
from tests.storage.house import AKI, ONE, HandClock, dump, schema_of, settled
from tests.storage.reputation_house import HOST_KEY, settle_reputation
from tests.storage.review_house import settle_reviews
from tests.storage.table_house import settle_check_ins

ROOT = Path(__file__).parents[2]
RELEASED = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
NEWEST = schema.known_revisions()[-1]
NEXT = "9999"
OPEN = """
import asyncio, sys
from pathlib import Path
from bot.kernel.clock import SystemClock
from bot.kernel.errors import HostError
from bot.storage.database import Database

async def main():
    database = Database(Path(sys.argv[1]), SystemClock())
    try:
        backup = await database.open()
    except HostError as error:
        print(error.key)
    else:
        await database.close()
        print(backup)

asyncio.run(main())
"""
ADDS = "    op.execute('ALTER TABLE servers ADD COLUMN added TEXT')\n"
FAILS = ADDS + "    op.execute('CREATE TABLE half_done (x)')\n    op.execute('INSERT INTO no_such_table VALUES (1)')\n"


def revision_of(path: Path) -> str:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def later_program(folder: Path, upgrade: str) -> Path:
    """Return a copy of the program as a later release would be: with one migration more."""
    for part in ("kernel", "storage"):
        shutil.copytree(ROOT / "bot" / part, folder / "bot" / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "bot" / "__init__.py", folder / "bot")
    versions = folder / "bot" / "storage" / "migrations" / "versions"
    (versions / f"{NEXT}_for_a_test.py").write_text(
        f'from alembic import op\nrevision = "{NEXT}"\ndown_revision = "{NEWEST}"\n\ndef upgrade():\n{upgrade}'
    )
    return folder


def opened_by(program: Path, path: Path) -> str:
    """Let another release open a database; return the backup that it made, or the refusal's key."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(path)], cwd=program, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


@pytest.fixture
async def lived_in(path: Path, database: Database) -> Path:
    """A database of this release, in which members have left something."""
    await settled(database)
    async with database.write() as transaction:
        await settle_reputation(transaction, ONE, AKI, "words", 0)
        await MemberStore(transaction, ONE).see(MODERATOR, "ja")
        await settle_reviews(transaction, ONE, AKI, "words", 0)
        await settle_check_ins(transaction, ONE, AKI, "words", 0)
    await database.close()
    return path


def test_from_nothing_all_tables_are_made_and_nothing_is_backed_up(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    assert schema.is_pending(path)
    assert asyncio.run(schema.bring_up_to_date(path)) is None
    assert revision_of(path) == NEWEST
    assert not schema.is_pending(path)
    assert [file.name for file in tmp_path.iterdir()] == ["new.db"]


def test_an_up_to_date_database_is_left_alone(path: Path) -> None:
    before = path.read_bytes()
    assert asyncio.run(schema.bring_up_to_date(path)) is None
    assert path.read_bytes() == before


def test_every_release_has_left_a_dump_of_its_schema() -> None:
    """Made with ``python -m tests.storage.dump FILE``, before the next migration is added."""
    assert [file.stem for file in RELEASED] == schema.known_revisions()


@pytest.mark.parametrize("released", RELEASED, ids=lambda file: file.stem)
def test_every_released_schema_migrates_forward(released: Path, tmp_path: Path, template: Path) -> None:
    path = tmp_path / "goen.db"
    restore(released, path)
    before = {name: len(rows) for name, rows in dump(path).items()}
    assert before["introductions"] > 0
    backup = asyncio.run(schema.bring_up_to_date(path))
    assert (backup is None) is (released.stem == NEWEST)
    assert schema_of(path) == schema_of(template)
    after = {name: len(rows) for name, rows in dump(path).items()}
    assert after["effects"] >= before.pop("effects")  # what is posted may have to be brought up to date
    assert {name: after[name] for name in before} == before
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    ledger = verify(path, HOST_KEY, lambda _seen, _total: None)
    assert (ledger.faults, ledger.entries) == ((), before.get("entries", 0))
    assert (ledger.entries > 0) is (released.stem >= "0003")
    assert (before.get("reviews", 0) > 0) is (released.stem >= "0005")
    assert (before.get("check_ins", 0) > 0) is (released.stem >= "0006")


def test_a_dump_makes_the_same_database_again(lived_in: Path, tmp_path: Path) -> None:
    script, copy = tmp_path / "dump.sql", tmp_path / "copy.db"
    script.write_text("\n".join(statements(lived_in)), encoding="utf-8")
    restore(script, copy)
    assert list(statements(copy)) == list(statements(lived_in))


def test_a_backup_is_made_before_migrating_and_the_former_release_refuses_the_newer_schema(
    lived_in: Path, tmp_path: Path, clock: HandClock
) -> None:
    before = dump(lived_in)
    backup = Path(opened_by(later_program(tmp_path / "later", ADDS), lived_in))

    assert revision_of(lived_in) == NEXT
    assert "added" in " ".join(schema_of(lived_in))
    assert backup.parent == lived_in.parent
    assert NEWEST in backup.name
    assert dump(backup) == before
    assert backup.stat().st_mode & 0o777 == 0o600

    with pytest.raises(HostError) as refused:
        asyncio.run(Database(lived_in, clock).open())
    assert refused.value.key == "host.newer_schema"
    assert refused.value.values["revision"] == NEXT
    assert revision_of(lived_in) == NEXT


def test_a_migration_that_fails_leaves_everything_as_it_was(lived_in: Path, tmp_path: Path, clock: HandClock) -> None:
    before, tables = dump(lived_in), schema_of(lived_in)
    assert opened_by(later_program(tmp_path / "later", FAILS), lived_in) == "host.migration_failed"
    assert dump(lived_in) == before
    assert schema_of(lived_in) == tables

    async def open_again() -> None:
        database = Database(lived_in, clock)
        assert await database.open() is None
        await database.close()

    asyncio.run(open_again())


def test_a_path_that_reads_like_part_of_an_address_is_migrated_itself(tmp_path: Path) -> None:
    path = tmp_path / "go?mode=ro&x%41n%.db"
    asyncio.run(schema.bring_up_to_date(path))
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert revision_of(path) == NEWEST


def test_whoever_liked_to_greet_has_agreed_to_be_asked_and_first_hellos_are_known(tmp_path: Path) -> None:
    path = tmp_path / "goen.db"
    restore(RELEASED[0], path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE introductions SET greets = (introduction_id = 1)")
        connection.commit()
    asyncio.run(schema.bring_up_to_date(path))
    with contextlib.closing(sqlite3.connect(path)) as connection:
        agreed = connection.execute("SELECT member_id, kind, way FROM consents").fetchall()
        assert agreed == [(connection.execute("SELECT member_id FROM introductions").fetchone()[0], "greet", "inbox")]
        answered = connection.execute("SELECT answered_at FROM introductions WHERE introduction_id = 1").fetchone()
        assert answered == connection.execute("SELECT min(said_at) FROM hellos WHERE introduction_id = 1").fetchone()
        assert answered[0] is not None


def test_cards_and_panels_that_stand_there_are_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "goen.db"
    restore(RELEASED[1], path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE introductions SET state = 'published', message_id = 7 WHERE introduction_id = 1")
        connection.execute("UPDATE introductions SET message_id = NULL WHERE introduction_id <> 1")
        connection.execute("UPDATE servers SET panel_message_id = NULL")
        (server_id,) = connection.execute("SELECT server_id FROM servers").fetchone()
        connection.execute("UPDATE servers SET panel_message_id = 8 WHERE server_id = ?", (server_id,))
        connection.execute("DELETE FROM effects")
        connection.commit()
    asyncio.run(schema.bring_up_to_date(path))
    with contextlib.closing(sqlite3.connect(path)) as connection:
        wanted = set(connection.execute("SELECT verb, feature, card, object_id, state FROM effects"))
        assert wanted == {
            ("edit", "introductions", "card", 1, "waiting"),
            ("edit", "setup", "panel", server_id, "waiting"),
        }


def test_notices_keep_their_numbers_states_and_the_next_number(tmp_path: Path) -> None:
    path = tmp_path / "goen.db"
    restore(next(file for file in RELEASED if file.stem == "0003"), path)
    columns = "notice_id, server_id, member_id, kind, feature, card, object_id, way, state, told_at, message_id"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM notices")
        for number, state in ((5, "open"), (9, "taken"), (14, "passed")):
            values = (
                number,
                ONE,
                AKI,
                "greet",
                "introductions",
                "greet",
                number,
                "dm",
                state,
                7 * number,
                100 + number,
            )
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO notices ({columns}) VALUES ({marks})", values)
        connection.execute("DELETE FROM notices WHERE notice_id = 14")  # its number stands on a button in Discord
        connection.commit()
        before = connection.execute(f"SELECT {columns} FROM notices ORDER BY notice_id").fetchall()
    assert len(before) == 2
    asyncio.run(schema.bring_up_to_date(path))
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute(f"SELECT {columns} FROM notices ORDER BY notice_id").fetchall() == before
        connection.execute(
            "INSERT INTO notices (server_id, member_id, kind, feature, card, object_id, way, told_at)"
            " VALUES (?, ?, 'help', 'peer_help', 'invite', 1, 'inbox', 1)",
            (ONE, AKI),
        )
        assert connection.execute("SELECT max(notice_id) FROM notices").fetchone() == (15,)
        with pytest.raises(sqlite3.IntegrityError):  # for nobody, and for somebody both in the clear and sealed
            connection.execute("UPDATE notices SET sealed = x'00' WHERE notice_id = 15")
