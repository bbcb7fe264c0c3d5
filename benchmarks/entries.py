"""A ledger of very many entries, made as the bot would have made it: one after another in the order of time, sealed.

All servers grow at once, so that the file lies as it would lie: pages half full, a server's pages here and there.
"""

import contextlib
import itertools
import random
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.features.reputation.model import SOURCES_LEAST
from bot.kernel.clock import to_micros
from bot.kernel.ids import snowflake_at
from bot.storage.ledger import BEGINNING, mac_of, seal_of

PRESENT = datetime(2026, 11, 1, 12, tzinfo=UTC)
BEGAN = PRESENT - timedelta(days=3 * 365)
LONG_AGO = snowflake_at(BEGAN - timedelta(days=365))
EACH = 5000  # entries of a server, at the mean
TAIL = 1.6  # of the Pareto distribution of sizes: half have fewer than 3,200, one in a hundred more than 28,000
ENTRIES_A_MEMBER = 15
MEMBERS_LEAST, MEMBERS_MOST = 50, 1000
ENDED_AT = 1000  # the entry by which, in some servers, a source steps down
STEP = 50_000  # entries in one go
WORDS = (
    "原稿を二回も読んでくれました。",
    "引っ越しを手伝ってくれてありがとう。",
    "You sat with me through the whole form.",
    "夜中のサーバー障害に付き合ってくれました。",
    "相談に乗ってもらって、だいぶ楽になりました。",
    "Thanks for the recipe, it worked at once.",
)

_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -1000000")
_MEMBERS = "INSERT INTO members (server_id, member_id, language, seen_at) VALUES (?2, ?3, 'ja', 1)"
_ACCOUNTS = "INSERT INTO accounts (account_id, server_id, member_id) VALUES (?, ?, ?)"
_ENTRIES = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_Entry = tuple[int, int, str, int, int, str, int | None, int, str]


@dataclass(slots=True)
class Server:
    """A server as it grows, of ``size`` people; ``accounts`` are those that were opened, each with whose it is."""

    server_id: int
    size: int
    sequence: int = 0
    mac: bytes = BEGINNING
    last: tuple[int, int, int] | None = None  # the thanks that can still be taken back: number, giver, receiver
    accounts: dict[int, tuple[int, int]] = field(default_factory=dict)


class Making:
    """The making of one ledger, the same each time."""

    def __init__(self, path: Path, key: bytes, entries: int) -> None:
        self._path = path
        self._key = key
        self._entries = entries
        self._chance = random.Random(7)
        sizes = [self._chance.paretovariate(TAIL) for _ in range(max(1, entries // EACH))]
        self._ends = list(itertools.accumulate(sizes))
        self.servers = [self._server(number, size * entries / sum(sizes)) for number, size in enumerate(sizes)]
        self._opened: list[tuple[int, int, int]] = []
        self._last_account = 0
        self._reasons: list[tuple[int, int, str]] = []
        self._began = to_micros(BEGAN)
        self._pause = (to_micros(PRESENT) - self._began) / entries

    def make(self) -> None:
        """Fill the database, which has all tables and no rows. The guards come back at the end."""
        with contextlib.closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            connection.execute("BEGIN")
            for name, _ in guards:
                connection.execute(f"DROP TRIGGER {name}")
            self._fill(connection)
            for _, statement in guards:
                connection.execute(statement)
            connection.execute("COMMIT")

    def members(self, count: int) -> list[tuple[int, list[int]]]:
        """Return all servers in no order, each with ``count`` of its members, taken at random, or as many as it has."""
        found = []
        for server in self.servers:
            members = [member_id for _, member_id in server.accounts.values()]
            found.append((server.server_id, self._chance.sample(members, min(count, len(members) // 2 * 2))))
        self._chance.shuffle(found)
        return found

    def _server(self, number: int, size: float) -> Server:
        people = int(size / ENTRIES_A_MEMBER * self._chance.uniform(0.6, 1.6))
        return Server(LONG_AGO + number, min(MEMBERS_MOST, max(MEMBERS_LEAST, people)))

    def _fill(self, connection: sqlite3.Connection) -> None:
        servers = [(server.server_id,) for server in self.servers]
        connection.executemany("INSERT INTO servers (server_id, joined_at) VALUES (?, 1)", servers)
        for done in range(0, self._entries, STEP):
            print(f"\r{done:,} of {self._entries:,} entries written …", end="", file=sys.stderr, flush=True)
            entries = list(self._next(done, min(STEP, self._entries - done)))
            connection.executemany(_MEMBERS, self._opened)
            connection.executemany(_ACCOUNTS, self._opened)
            connection.executemany(_ENTRIES, entries)
            connection.executemany("INSERT INTO reasons VALUES (?, ?, ?)", self._reasons)
            self._opened.clear()
            self._reasons.clear()
        print(f"\r{self._entries:,} of {self._entries:,} entries written.  ", file=sys.stderr, flush=True)
        heads = [(each.server_id, each.sequence, each.mac) for each in self.servers]
        sealed = [(*head, seal_of(self._key, *head)) for head in heads]
        connection.executemany("INSERT INTO ledger_heads VALUES (?, ?, ?, ?)", sealed)

    def _next(self, done: int, count: int) -> Iterator[tuple[Any, ...]]:
        turns = self._chance.choices(self.servers, cum_weights=self._ends, k=count)
        for number, server in enumerate(turns, done):
            values = self._entry(server, number)
            server.sequence += 1
            server.mac = mac_of(self._key, server.mac, values)
            yield *values, server.mac

    def _entry(self, server: Server, number: int) -> _Entry:
        sequence, at = server.sequence + 1, self._began + int(number * self._pause)
        act = LONG_AGO + (number + 1 << 32)  # rises with time, as the ids of interactions do
        if sequence <= SOURCES_LEAST:
            giver, receiver = self._account(server, 0), self._account(server, sequence - 1)
            return server.server_id, sequence, "source_granted", giver, receiver, "panel", None, at, f"{act}:{receiver}"
        if sequence == ENDED_AT and server.server_id % 5 == 0:
            giver, receiver = self._account(server, 0), self._account(server, 1)
            return server.server_id, sequence, "source_ended", giver, receiver, "panel", 2, at, str(act)
        if server.last is not None and self._chance.random() < 0.01:
            (about, giver, receiver), server.last = server.last, None
            key = f"{act}:reversal:{about}"
            return server.server_id, sequence, "reversal", giver, receiver, "giver", about, at, key
        giver, receiver = self._pair(server)
        server.last = sequence, giver, receiver
        self._reasons.append((server.server_id, sequence, self._chance.choice(WORDS)))
        cause = f"intro:{number}" if self._chance.random() < 0.15 else "free"
        return server.server_id, sequence, "thanks", giver, receiver, cause, None, at, f"{act}:{receiver}"

    def _pair(self, server: Server) -> tuple[int, int]:
        """Return who thanks whom: few do much and most little; often the same few, sometimes whoever is around."""
        chance = self._chance.random
        giver = int(server.size * chance() ** 2)
        away = int(8 * chance()) if chance() < 0.6 else int((server.size - 1) * chance() ** 2)
        return self._account(server, giver), self._account(server, (giver + 1 + away) % server.size)

    def _account(self, server: Server, number: int) -> int:
        if number not in server.accounts:
            self._last_account += 1
            server.accounts[number] = self._last_account, LONG_AGO + self._chance.getrandbits(48)
            self._opened.append((self._last_account, server.server_id, server.accounts[number][1]))
        return server.accounts[number][0]
