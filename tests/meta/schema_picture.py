"""``python -m tests.meta.schema_picture``: write ``bot/storage/SCHEMA.md``, every table in one picture.

It is read from a database that all migrations have made, and from what the stores declare about
members, so that it says nothing of its own; a test holds the file to it.
"""

import asyncio
import importlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.storage import schema
from bot.storage.columns import PersonalColumn
from tests.meta.house import FEATURES, ROOT

SCHEMA_FILE = ROOT / "bot" / "storage" / "SCHEMA.md"
_TABLES = """
SELECT name FROM sqlite_master
WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version' AND name NOT IN (
    SELECT shadow.name FROM sqlite_master AS virtual INNER JOIN sqlite_master AS shadow
    ON shadow.name GLOB virtual.name || '_*' WHERE virtual.sql LIKE 'CREATE VIRTUAL TABLE%'
)
ORDER BY rowid
"""
_INTRODUCTION = """\
# The tables

Made from the migrations and the stores' declarations by `python -m tests.meta.schema_picture`; a test holds it to them.
Times are microseconds since 1970 in UTC, ids are Discord's or our own whole numbers.
"""


@dataclass(frozen=True)
class Column:
    """One column; ``parent`` is the table that it points to, by a key of one or several columns."""

    table: str
    name: str
    kind: str
    required: bool
    default: str | None
    is_key: bool
    parent: str | None


def columns_of(path: Path) -> dict[str, list[Column]]:
    """Return the columns of each table of the database at ``path``, but Alembic's and the full-text index's own."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute(_TABLES)]
        return {table: list(_columns(connection, table)) for table in tables}


def _columns(connection: sqlite3.Connection, table: str) -> Iterator[Column]:
    parents = {row[3]: row[2] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
    for _, name, kind, required, default, key in connection.execute(f"PRAGMA table_info({table})"):
        yield Column(table, name, kind or "TEXT", bool(required or key), default, bool(key), parents.get(name))


def declarations() -> list[PersonalColumn]:
    """Return what all stores declare about members."""
    stores = [importlib.import_module(f"bot.features.{feature}.store") for feature in FEATURES]
    return [column for store in stores for column in getattr(store, "PERSONAL_COLUMNS", ())]


def picture(path: Path) -> str:
    """Return the whole document about the database at ``path``."""
    tables = columns_of(path)
    personal = {(column.table, column.column): column for column in declarations()}
    lines = [_INTRODUCTION, "```mermaid", "erDiagram", *_arrows(tables), *_boxes(tables), "```"]
    for table, columns in tables.items():
        lines += ["", f"## {table}", "", "| column | type | default | about a member |", "|---|---|---|---|"]
        lines += [_row(column, personal.get((table, column.name))) for column in columns]
    return "\n".join([*lines, ""])


def _arrows(tables: dict[str, list[Column]]) -> list[str]:
    pointing = {(column.parent, table) for table, columns in tables.items() for column in columns if column.parent}
    return [f"    {parent} ||--o{{ {child} : has" for parent, child in sorted(pointing, key=str)]


def _boxes(tables: dict[str, list[Column]]) -> Iterator[str]:
    for table, columns in tables.items():
        yield f"    {table} {{"
        for column in columns:
            marks = ", ".join(mark for mark, holds in (("PK", column.is_key), ("FK", column.parent)) if holds)
            yield f"        {column.kind} {column.name} {marks}".rstrip()
        yield "    }"


def _row(column: Column, personal: PersonalColumn | None) -> str:
    kind = column.kind if column.required else f"{column.kind} or nothing"
    about = (
        ""
        if personal is None
        else f"{personal.what}, {personal.why}; kept {personal.kept}; then {personal.on_deletion}"
    )
    return f"| {column.name} | {kind} | {column.default or ''} | {about} |"


def _write() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "goen.db"
        asyncio.run(schema.bring_up_to_date(path))
        SCHEMA_FILE.write_text(picture(path), encoding="utf-8")


if __name__ == "__main__":
    _write()
