"""What a bot keeps, sends and logs, so that all of it can be searched for what links one thing with another."""

import logging
import sqlite3
from collections.abc import Collection, Iterator, MutableMapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from tests.flows.messages import Json
from tests.flows.village import Village

SEALED = {("asks", "sealed"), ("notices", "sealed"), ("drafts", "sealed"), ("cases", "sealed")}

Marks = Collection[object]

# Rows that belong to others: a table and its id, the table and column that name it, and what those must hold besides.
_LEADS: tuple[tuple[str, str, str, str, Json], ...] = (
    ("accounts", "account_id", "entries", "giver_id", {}),
    ("entries", "sequence", "reasons", "sequence", {}),
    ("entries", "sequence", "notices", "object_id", {"feature": "reputation"}),
    ("ask_helpers", "helper_id", "notices", "object_id", {"card": "here"}),
    ("ask_helpers", "helper_id", "notices", "object_id", {"card": "nudge"}),
    ("ask_helpers", "helper_id", "effects", "object_id", {"card": "came"}),
    ("ask_replies", "reply_id", "effects", "object_id", {"card": "reply"}),
    ("unmaskings", "unmasking_id", "effects", "object_id", {"card": "unmask"}),
    ("notices", "notice_id", "effects", "object_id", {"card": "notice"}),
)


@dataclass(frozen=True, eq=False)
class Row:
    """One row of the database: what its columns hold, but for those that are encrypted."""

    table: str
    held: Json

    def mentions(self, marks: Marks) -> bool:
        """Return whether any column holds one of some marks, or a text in which it stands."""
        texts = [str(value) for value in self.held.values() if value is not None]
        return any(str(mark) in text for mark in marks for text in texts)

    def facts(self) -> set[tuple[str, str, object]]:
        return {(self.table, name, value) for name, value in self.held.items()}


def all_rows(path: Path) -> list[Row]:
    """Return all that stands in a database, indexes of searches included."""
    found = []
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f"SELECT * FROM {table}"):
                held = {name: value for name, value in dict(row).items() if (table, name) not in SEALED}
                found.append(Row(table, held))
    return found


def belonging(rows: Sequence[Row], marks: Marks) -> list[Row]:
    """Return the rows that mention one of some marks, and all rows to which those lead."""
    found = {id(row): row for row in rows if row.mentions(marks)}
    for table, number, other, column, besides in _LEADS:
        numbers = {row.held[number] for row in found.values() if row.table == table}
        found |= {
            id(row): row
            for row in rows
            if row.table == other and row.held[column] in numbers and besides.items() <= row.held.items()
        }
    return list(found.values())


def links(rows: Sequence[Row]) -> set[object]:
    """Return what rows hold that could link them with others: no counts, no flags, no codes of few letters."""
    held = {value for row in rows for value in row.held.values()}
    numbers = {value for value in held if isinstance(value, int) and value > 10**6}
    return numbers | {value for value in held if isinstance(value, str | bytes) and len(value) > 5}


def leaves(part: object) -> Iterator[str]:
    """Yield all that a decoded JSON value holds, part by part."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else None
    if inner is None:
        yield str(part)
    for each in inner or ():
        yield from leaves(each)


@dataclass
class Ear:
    """All that is logged, at every level, by the bot and by libraries; and by whom each interaction was."""

    lines: list[str] = field(default_factory=list)
    senders: dict[str, int] = field(default_factory=dict)  # of interactions, by their ids and tokens

    def process(self, _logger: object, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        self.lines.append(f"{method} {entry}")
        return entry

    def hear(self, payload: Json) -> None:
        user = payload.get("user") or payload["member"]["user"]
        self.senders |= dict.fromkeys((str(payload["id"]), payload["token"]), int(user["id"]))


@contextmanager
def listening_closely(village: Village, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    """Hear all; and let each transaction have a moment of its own, so that equal ones mean the same transaction."""
    ear, ticks, root = Ear(), iter(range(10**9)), logging.getLogger()
    handler, level, before = logging.Handler(logging.DEBUG), root.level, structlog.get_config()
    emit, now = village.env.backend.emit, village.clock.now

    def emitting(event: str, payload: Json) -> object:
        if event == "INTERACTION_CREATE":
            ear.hear(payload)
        return emit(event, payload)

    def ticking() -> datetime:
        return now() + timedelta(microseconds=next(ticks))

    monkeypatch.setattr(handler, "emit", lambda record: ear.lines.append(record.getMessage()))
    monkeypatch.setattr(village.env.backend, "emit", emitting)
    monkeypatch.setattr(village.clock, "now", ticking)
    structlog.configure(processors=[ear.process, *before["processors"]])
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield ear
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        structlog.configure(**before)
