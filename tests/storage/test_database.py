"""One writer, several readers, one process; and what was told to be kept is kept."""

import asyncio
import contextlib
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import aiosqlite
import pytest

from bot.kernel.errors import HostError
from bot.storage.database import Database
from bot.storage.effects import Effects, Verb
from tests.storage.house import HandClock

ROOT = Path(__file__).parents[2]
PUT = "INSERT INTO installation (name, value) VALUES (?, 'x')"
AWAITS = 12  # more than there are in one transaction: a cancellation may come at each
HOLDER = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.kernel.clock import SystemClock
from bot.storage.database import Database

async def main():
    database = Database(Path(sys.argv[1]), SystemClock())
    await database.open()
    async with database.write() as transaction:
        await transaction.connection.execute("INSERT INTO installation (name, value) VALUES ('kept', 'x')")
    if sys.argv[2] == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    print("open", flush=True)
    sys.stdin.read()

asyncio.run(main())
"""


def names(path: Path) -> list[str]:
    """Return what a connection of nobody's sees in the file."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM installation ORDER BY name")]


async def pragma(connection: aiosqlite.Connection, name: str) -> object:
    async with connection.execute(f"PRAGMA {name}") as cursor:
        row = await cursor.fetchone()
    assert row is not None
    return row[0]


async def put(database: Database, name: str) -> None:
    async with database.write() as transaction:
        await transaction.connection.execute(PUT, (name,))


async def count(database: Database) -> int:
    async with (
        database.read() as transaction,
        transaction.connection.execute("SELECT count(*) FROM installation") as cursor,
    ):
        row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the file open."""
    command = [sys.executable, "-c", HOLDER, str(path), "stay"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


async def test_a_second_process_is_refused_until_the_first_is_gone(
    holder: subprocess.Popen[str], path: Path, clock: HandClock
) -> None:
    database = Database(path, clock)
    with pytest.raises(HostError) as refused:
        await database.open()
    assert refused.value.key == "host.second_process"
    holder.kill()
    holder.wait()
    await database.open()
    await database.close()


async def test_a_second_bot_in_the_same_process_is_refused_too(database: Database, clock: HandClock) -> None:
    with pytest.raises(HostError) as refused:
        await Database(database.path, clock).open()
    assert refused.value.key == "host.second_process"
    await put(database, "the first goes on")


def test_what_a_write_returned_from_survives_kill_9(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", HOLDER, str(path), "die"], cwd=ROOT, check=False, timeout=30)
    assert done.returncode == -signal.SIGKILL
    assert names(path) == ["kept"]


async def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path, clock: HandClock) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HostError) as refused:
        await Database(tmp_path / "file" / "goen.db", clock).open()
    assert refused.value.key == "host.unwritable"


async def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path, clock: HandClock) -> None:
    path = tmp_path / "goen.db"
    path.write_text("a letter, not a database; " * 100)
    database = Database(path, clock)
    for _ in range(2):  # the lock is given back, so that it is the same refusal again
        with pytest.raises(HostError) as refused:
            await database.open()
        assert refused.value.key == "host.no_database"
    assert path.read_text().startswith("a letter")


async def test_the_writers_promises_to_the_disk_are_in_force(database: Database) -> None:
    async with database.write() as transaction:
        assert await pragma(transaction.connection, "journal_mode") == "wal"
        assert await pragma(transaction.connection, "synchronous") == 2  # FULL
        assert await pragma(transaction.connection, "foreign_keys") == 1
        assert await pragma(transaction.connection, "secure_delete") == 1


async def test_what_was_removed_is_in_no_page_of_the_file(database: Database) -> None:
    await put(database, "what somebody took back")
    assert b"what somebody took back" in database.path.with_name(f"{database.path.name}-wal").read_bytes()
    async with database.write() as transaction:
        await transaction.connection.execute("DELETE FROM installation WHERE name = 'what somebody took back'")
    await database.close()  # which brings all of it into the one file
    assert b"what somebody took back" not in database.path.read_bytes()


async def test_a_row_without_its_parent_is_refused(database: Database) -> None:
    with pytest.raises(aiosqlite.IntegrityError):
        async with database.write() as transaction:
            await transaction.connection.execute(
                "INSERT INTO members (server_id, member_id, language, seen_at) VALUES (1, 2, 'ja', 3)"
            )


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(aiosqlite.OperationalError):
        async with database.read() as transaction:
            await transaction.connection.execute(PUT, ("x",))
    assert await count(database) == 0


async def test_a_write_is_in_the_file_when_it_returns_and_not_before(database: Database) -> None:
    async with database.write() as transaction:
        await transaction.connection.execute(PUT, ("kept",))
        assert names(database.path) == []
    assert names(database.path) == ["kept"]


async def test_an_error_takes_everything_back(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as transaction:
            await transaction.connection.execute(PUT, ("lost",))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await put(database, "kept")
    assert names(database.path) == ["kept"]


async def test_a_commit_that_fails_takes_everything_back_and_the_next_write_works(database: Database) -> None:
    async def fail_at_the_end() -> None:
        async with database.write() as transaction:
            await transaction.connection.execute("PRAGMA defer_foreign_keys = ON")
            await transaction.connection.execute(
                "INSERT INTO members (server_id, member_id, language, seen_at) VALUES (1, 2, 'ja', 3)"
            )

    with pytest.raises(aiosqlite.IntegrityError):
        await fail_at_the_end()
    await put(database, "kept")
    assert names(database.path) == ["kept"]


async def cancelled_after(work: asyncio.Task[None], awaits: int) -> None:
    """Let ``work`` go on for a number of turns of the loop and through as many waits, then cancel it."""
    for _ in range(awaits):
        await asyncio.wait({work}, timeout=0.0005)
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


async def test_a_cancelled_write_is_kept_whole_or_not_at_all_and_the_next_one_works(database: Database) -> None:
    async def both(number: int) -> None:
        async with database.write() as transaction:
            await transaction.connection.execute(PUT, (f"{number} first",))
            await transaction.connection.execute(PUT, (f"{number} second",))

    for awaits in range(AWAITS):
        await cancelled_after(asyncio.create_task(both(awaits)), awaits)
        await put(database, f"{awaits} after")
    kept = names(database.path)
    for number in range(AWAITS):
        assert f"{number} after" in kept
        assert (f"{number} first" in kept) is (f"{number} second" in kept)


async def test_a_reader_that_is_cancelled_at_its_very_end_is_not_lost(database: Database) -> None:
    class Ends:
        """A reading task, cancelled while its transaction is being closed."""

        async def read(self) -> None:
            async with database.read():
                asyncio.get_running_loop().call_soon(self.task.cancel)

        def __init__(self) -> None:
            self.task = asyncio.create_task(self.read())

    for _ in range(5):  # more than there are readers
        with pytest.raises(asyncio.CancelledError):
            await Ends().task
    async with asyncio.timeout(10):
        assert await count(database) == 0


async def test_one_writes_at_a_time(database: Database) -> None:
    inside, go_on = asyncio.Event(), asyncio.Event()
    order: list[str] = []

    async def first() -> None:
        async with database.write():
            inside.set()
            await go_on.wait()
            order.append("first ends")

    async def second() -> None:
        async with database.write():
            order.append("second begins")

    one = asyncio.create_task(first())
    await inside.wait()
    two = asyncio.create_task(second())
    assert await count(database) == 0  # readers need not wait
    go_on.set()
    await asyncio.gather(one, two)
    assert order == ["first ends", "second begins"]


async def test_a_reader_sees_one_state_however_much_is_written_meanwhile(database: Database) -> None:
    async with database.read() as transaction:
        seen = []
        for number in range(3):
            async with transaction.connection.execute("SELECT count(*) FROM installation") as cursor:
                seen.append(tuple(await cursor.fetchone() or ()))
            await put(database, str(number))
    assert seen == [(0,), (0,), (0,)]
    assert await count(database) == 3


async def test_closing_waits_for_who_reads_and_refuses_who_comes_later(path: Path, clock: HandClock) -> None:
    database = Database(path, clock)
    await database.open()
    async with database.read() as transaction:
        closing = asyncio.create_task(database.close())
        await asyncio.wait({closing}, timeout=0.05)
        assert not closing.done()
        async with transaction.connection.execute("SELECT count(*) FROM installation") as cursor:
            assert tuple(await cursor.fetchone() or ()) == (0,)
    await closing
    for later in (database.read, database.write):
        with pytest.raises(HostError) as refused:
            async with later():
                pass
        assert refused.value.key == "host.closed"
    await database.open()
    await put(database, "again")
    await database.close()


async def test_the_worker_is_called_after_a_commit_that_wrote_an_effect_and_only_then(database: Database) -> None:
    seen: list[int] = []

    async def write_effect(*, fail: bool) -> None:
        async with database.write() as transaction:
            await Effects(transaction).put(Verb.SEND, "setup", "hint", 1, server_id=None)
            assert seen == []
            if fail:
                raise ZeroDivisionError

    with contextlib.closing(sqlite3.connect(database.path)) as other:
        database.on_effects_written(lambda: seen.append(other.execute("SELECT count(*) FROM effects").fetchone()[0]))
        await put(database, "no effect")
        with pytest.raises(ZeroDivisionError):
            await write_effect(fail=True)
        assert seen == []
        await write_effect(fail=False)
    assert seen == [1]
