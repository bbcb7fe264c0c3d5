"""A database with the ledgers of two servers, and the hand that reaches into it behind the bot's back."""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.features.reputation.model import Thanks
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from bot.storage.installation import key_path, read_host_key
from bot.storage.verification import Fault, Verification, verify
from tests.storage.circle import thank
from tests.storage.house import AKI, BENI, ONE, TWO, HandClock
from tests.storage.pocket import Pocket, opened

LAST = 13  # entries in each server
MIDDLE = 6
REVERSAL = 10
TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
COLUMNS = ("server_id", "sequence", "kind", "giver_id", "receiver_id", "cause", "about", "entered_at", "key", "mac")


@dataclass
class Ledgers:
    """A database with the ledgers of two servers, as the sqlite3 shell sees it, and the key of its host."""

    path: Path
    host_key: bytes

    def tamper(self, *statements: str) -> None:
        """Do something that the guards forbid, and put them back."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            triggers = connection.execute(TRIGGERS).fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                changed = connection.execute(statement).rowcount
                assert changed, statement
            for _, made in triggers:
                connection.execute(made)
            connection.commit()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(query).fetchall()

    def faults(self) -> list[Fault]:
        return list(self.verified().faults)

    def verified(self) -> Verification:
        return verify(self.path, self.host_key, lambda _seen, _total: None)


async def live(pocket: Pocket) -> None:
    """Let all kinds of entries come about in two servers, of the same numbers in both."""
    await pocket.setup.server(TWO, "ja")
    for server_id in (ONE, TWO):
        act, sources = pocket.act, [MemberId(300 + number) for number in range(3)]
        named = await pocket.sources.grant(server_id, AKI, sources, act())
        given: list[Thanks] = []
        for giver, receiver in (*((source, AKI) for source in sources), (AKI, BENI), (BENI, AKI), (sources[0], BENI)):
            pocket.clock.push(timedelta(minutes=17))
            given.append(await thank(pocket, giver, receiver, server_id=server_id))
        await pocket.reputation.take_back(server_id, sources[0], given[-1].sequence, act())
        await pocket.corrections.reverse(server_id, MemberId(9), given[0].sequence, "a mistake", act())
        await pocket.sources.end(server_id, AKI, named[0].grant, act())
        await pocket.sources.annul(server_id, AKI, named[1].grant, act())


async def settle_ledgers(path: Path) -> None:
    """Let a ledger come about in each of the two servers of the database at ``path``."""
    clock = HandClock()
    database = Database(path, clock)
    await database.open()
    async with opened(database, clock) as pocket:
        await live(pocket)
    await database.close()


def copied_from(lived_in: Path, path: Path) -> Ledgers:
    """Return a copy of a database and of its key, at ``path``."""
    shutil.copy(lived_in, path)
    shutil.copy(key_path(lived_in), key_path(path))
    return Ledgers(path, read_host_key(path) or b"")


def wrong(sequence: int, server_id: int = ONE) -> Fault:
    return Fault("verify.wrong", server_id, sequence)


def missing(sequence: int, server_id: int = ONE) -> Fault:
    return Fault("verify.missing", server_id, sequence)


def at(sequence: int, server_id: int = ONE) -> str:
    return f"server_id = {server_id} AND sequence = {sequence}"


def loosened(table: str, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the statements that make a table anew so that it takes everything: who edits the schema can have that."""
    return (
        f"CREATE TABLE strict AS SELECT * FROM {table}",
        f"DROP TABLE {table}",
        f"CREATE TABLE {table} ({', '.join(columns)})",
        f"INSERT INTO {table} SELECT * FROM strict",
    )
