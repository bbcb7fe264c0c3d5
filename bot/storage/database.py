"""SQLite with one writer and several readers. The only place that knows the driver."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiosql
import aiosqlite
from aiosql.adapters.aiosqlite import AioSQLiteAdapter
from aiosql.types import ParamType
from filelock import FileLock, Timeout

from bot.kernel.clock import Clock
from bot.kernel.errors import HostError
from bot.storage import schema
from bot.storage.sealing import Seals

Row = aiosqlite.Row
_READERS = 3  # aiosqlite gives each connection a thread; three keep reads off the writer's queue
_BUSY_TIMEOUT_MS = 5000


class _OneTurn(AioSQLiteAdapter):
    """Runs a named statement in one turn of the connection's thread; aiosql's own takes one for each step of it."""

    async def select(
        self, conn: aiosqlite.Connection, query_name: str, sql: str, parameters: ParamType, record_class: object = None
    ) -> AsyncGenerator[Row, None]:
        for row in await conn.execute_fetchall(sql, parameters):
            yield row

    async def select_one(
        self, conn: aiosqlite.Connection, query_name: str, sql: str, parameters: ParamType, record_class: object = None
    ) -> Row | None:
        return next(iter(await conn.execute_fetchall(sql, parameters)), None)

    async def select_value(
        self, conn: aiosqlite.Connection, query_name: str, sql: str, parameters: ParamType
    ) -> object:
        row = await self.select_one(conn, query_name, sql, parameters)
        return None if row is None else row[0]

    async def insert_update_delete(
        self, conn: aiosqlite.Connection, query_name: str, sql: str, parameters: ParamType
    ) -> Any:  # noqa: ANN401 - the number of rows, of which aiosql's types know nothing
        return (await conn.execute(sql, parameters)).rowcount  # without rows, a statement is over: nothing to close


@functools.cache
def queries_in(path: Path) -> Any:  # noqa: ANN401 - the statements are attributes made at run time
    """Return the named statements of one ``.sql`` file, as coroutines that take a connection."""
    return aiosql.from_path(path, _OneTurn, mandatory_parameters=False)


class Transaction:
    """What a store works on: a connection inside a transaction, the present, and what opens sealed columns."""

    def __init__(self, connection: aiosqlite.Connection, clock: Clock, seals: Seals | None = None) -> None:
        self.connection = connection
        self.now = clock.now()
        self.has_new_effects = False
        self._seals = seals

    @property
    def seals(self) -> Seals:
        """What seals and opens who is behind a pseudonym."""
        assert self._seals is not None  # noqa: S101 - unlocked before the first request
        return self._seals


class Database:
    """The open database of one process."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self._clock = clock
        self._lock = FileLock(f"{path}.lock")
        self._writing = asyncio.Lock()
        self._writer: aiosqlite.Connection | None = None
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._open_readers = 0
        self._reading: set[asyncio.Task[Any] | None] = set()
        self._writing_task: asyncio.Task[Any] | None = None
        self._is_closing = False
        self._effects_written: Callable[[], None] = lambda: None
        self._seals: Seals | None = None

    def unlock(self, host_key: bytes) -> None:
        """Let transactions seal and open columns under ``host_key``."""
        self._seals = Seals(host_key)

    def on_effects_written(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each commit that wrote an effect."""
        self._effects_written = listener

    async def open(self) -> Path | None:
        """Lock the file, bring its schema up to date and connect.

        Returns:
            The backup that was made before a migration, if there was anything to migrate.

        Raises:
            HostError: another process holds the file, its schema is newer than this program, or
                the folder can't be written.
        """
        self._is_closing = False
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
            self.path.touch(mode=0o600)  # members' words are for the host's eyes only
        except Timeout:
            raise HostError("host.second_process", path=self.path) from None
        except OSError as error:
            raise HostError("host.unwritable", path=self.path, reason=error.strerror) from error
        try:
            backup = await schema.bring_up_to_date(self.path)
            # With recursive triggers, a row that is replaced counts as removed: the ledger's guards see it. What is
            # removed is overwritten: a stolen file shall not tell what somebody took back.
            pragmas = (
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA recursive_triggers = ON",
                "PRAGMA secure_delete = ON",
            )
            self._writer = await self._connect(*pragmas)
            for _ in range(_READERS):
                self._readers.put_nowait(await self._connect("PRAGMA query_only = ON"))
                self._open_readers += 1
        except BaseException:
            await self.close()
            raise
        return backup

    async def close(self) -> None:
        """Close all connections and let another process have the file; who still queues to write is refused."""
        self._is_closing = True
        async with self._writing:
            if self._writer is not None:
                await self._writer.close()
                self._writer = None
        while self._open_readers:  # also those that are read from just now: an open one would keep the process alive
            await (await self._readers.get()).close()
            self._open_readers -= 1
        self._lock.release()

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """Open the one writing transaction: committed, to the disk, when the block ends well.

        Not within another: it would wait for itself.
        """
        task = asyncio.current_task()
        assert task is not self._writing_task  # noqa: S101 - it would wait for ever
        async with self._writing:
            if self._writer is None or self._is_closing:
                raise HostError("host.closed")
            self._writing_task = task
            transaction = Transaction(self._writer, self._clock, self._seals)
            try:
                await self._writer.execute("BEGIN IMMEDIATE")
                yield transaction
                # Shielded: who cancels while the disk is written would not know what was kept.
                await asyncio.shield(self._writer.commit())
            except BaseException:
                await asyncio.shield(self._writer.rollback())
                raise
            finally:
                self._writing_task = None
        if transaction.has_new_effects:
            self._effects_written()

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """Open a reading transaction: one consistent state, never waiting for the writer; not within another."""
        if self._writer is None:
            raise HostError("host.closed")
        task = asyncio.current_task()
        assert task not in self._reading  # noqa: S101 - a few at once would wait for each other's second reader for ever
        reader = await self._readers.get()
        self._reading.add(task)
        try:
            await reader.execute("BEGIN")
            yield Transaction(reader, self._clock, self._seals)
        finally:
            self._reading.discard(task)
            try:
                await asyncio.shield(reader.rollback())
            finally:  # also when cancelled just now: a reader that is not given back is lost to all
                self._readers.put_nowait(reader)

    async def _connect(self, *pragmas: str) -> aiosqlite.Connection:
        connection = await aiosqlite.connect(self.path, isolation_level=None)
        connection.row_factory = aiosqlite.Row
        for pragma in (f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}", "PRAGMA foreign_keys = ON", *pragmas):
            await (await connection.execute(pragma)).close()  # an open cursor would keep its lock
        return connection


async def rows(found: AsyncIterator[Row]) -> list[Row]:
    """Return all rows that a named statement finds."""
    return [row async for row in found]
