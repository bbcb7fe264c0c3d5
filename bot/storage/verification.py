"""Whether the ledger is as the bot wrote it: chain, numbers, heads and guards. Works also while the bot runs."""

import contextlib
import hmac
import sqlite3
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosql

from bot.kernel.errors import HostError
from bot.storage.ledger import BEGINNING, mac_of, seal_of

_QUERIES = Path(__file__).with_name("verification.sql")
_STEP = 10_000  # entries between two reports of progress
GUARDS = frozenset(
    {
        "entries_about",
        "entries_follow",
        "entries_for",
        "entries_keep",
        "entries_stay",
        "ledger_heads_advance",
        "ledger_heads_stay",
    }
)

Progress = Callable[[int, int], None]
_Row = tuple[Any, ...]
_Head = tuple[Any, ...]  # whatever somebody may have put there


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong in one server's ledger, or with the ledger's guards.

    Attributes:
        key: the sentence's key in the catalogue.
        server_id: whose ledger; 0 for a guard.
        sequence: the number of the first entry that is wrong or missing; 0 for a guard.
        name: the guard's name.
    """

    key: str
    server_id: int = 0
    sequence: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it: how many servers and entries were looked at, and all faults, one a server."""

    servers: int
    entries: int
    faults: tuple[Fault, ...]


def verify(path: Path, host_key: bytes, progress: Progress) -> Verification:
    """Walk the whole ledger at ``path``, in one consistent state of it.

    Args:
        path: the database.
        host_key: the key of the installation.
        progress: told how many entries were looked at, and how many there should be, every now and then.

    Raises:
        HostError: it is no database of ours, or can't be read.
    """
    queries = aiosql.from_path(_QUERIES, "sqlite3", mandatory_parameters=False)
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.text_factory = _lenient
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            heads = {row[0]: tuple(row[1:]) for row in connection.execute(queries.heads.sql)}
            walk = _Walk(host_key, heads, progress)
            walk.through(connection.execute(queries.entries.sql))
            emptied = [Fault("verify.missing", row[0], 1) for row in connection.execute(queries.without_entries.sql)]
            found = {row[0] for row in connection.execute(queries.guards.sql)}
    except sqlite3.DatabaseError as error:
        raise HostError("host.no_database", path=path, reason=error) from error
    guards = [Fault("verify.guard", name=name) for name in sorted(GUARDS - found)]
    return Verification(walk.servers + len(emptied), walk.entries, (*walk.faults, *emptied, *guards))


def _lenient(text: bytes) -> str:
    """Return a text that may be none: what the bot did not write is to be named, not to stop everything."""
    return text.decode(errors="replace")


class _Walk:
    """One walk through all entries, in their order."""

    def __init__(self, host_key: bytes, heads: dict[int, _Head], progress: Progress) -> None:
        self.servers = 0
        self.entries = 0
        self.faults: list[Fault] = []
        self._host_key = host_key
        self._heads = heads
        self._total = sum(head[0] for head in heads.values() if isinstance(head[0], int))
        self._progress = progress

    def through(self, entries: Iterable[_Row]) -> None:
        """Look at all ``entries``, and then at the heads of servers that have none left."""
        server_id: Any = None
        sequence, mac, fault = 0, BEGINNING, None
        for row in entries:
            if row[0] != server_id:
                self._end(server_id, sequence, mac, fault)
                server_id, sequence, mac, fault = row[0], 0, BEGINNING, None
            self.entries += 1
            if not self.entries % _STEP:
                self._progress(self.entries, self._total)
            if fault is None:
                fault = self._fault(row, sequence, mac)
                sequence, mac = row[1], row[9]
        self._end(server_id, sequence, mac, fault)
        for emptied in tuple(self._heads):
            self._end(emptied, 0, BEGINNING, Fault("verify.missing", emptied, 1))
        self._progress(self.entries, self._total)

    def _fault(self, row: _Row, before: int, mac: bytes) -> Fault | None:
        """Return what is wrong with an entry that follows the one numbered ``before``, which has ``mac``."""
        if row[1] != before + 1:
            is_number = isinstance(row[1], int)
            if is_number and row[1] > before:
                return Fault("verify.missing", row[0], before + 1)
            return Fault("verify.wrong", row[0], row[1] if is_number else before + 1)
        is_right = _is(row[9], lambda: mac_of(self._host_key, mac, row[:9]))
        return None if is_right else Fault("verify.wrong", row[0], row[1])

    def _end(self, server_id: int | None, sequence: int, mac: bytes, fault: Fault | None) -> None:
        """Compare the last entry of a server with what its head says."""
        if server_id is None:
            return
        self.servers += 1
        head = self._heads.pop(server_id, None)
        fault = fault or self._fault_of_head(server_id, sequence, mac, head)
        if fault is not None:
            self.faults.append(fault)

    def _fault_of_head(self, server_id: int, sequence: int, mac: bytes, head: _Head | None) -> Fault | None:
        if head is None:
            return Fault("verify.no_head", server_id, sequence)
        last, last_mac, seal = head
        if not _is(seal, lambda: seal_of(self._host_key, server_id, last, last_mac)):
            return Fault("verify.head", server_id, sequence + 1)
        if last > sequence:
            return Fault("verify.missing", server_id, sequence + 1)
        if last < sequence:  # an earlier head that was put back: all entries are the bot's
            return Fault("verify.head", server_id, last + 1)
        return None if last_mac == mac else Fault("verify.head", server_id, sequence)


def _is(found: Any, expected: Callable[[], bytes]) -> bool:  # noqa: ANN401 - whatever stands there
    """Return whether what was found is what it should be; False where a value is not even of the bot's kind."""
    try:
        return hmac.compare_digest(expected(), found)
    except (TypeError, ValueError, struct.error):
        return False
