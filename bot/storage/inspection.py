"""What can be told of a database from outside, also while the bot runs. Nothing here writes."""

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import aiosql

from bot.kernel.errors import HostError

_QUERIES = Path(__file__).with_name("inspection.sql")


@dataclass(frozen=True, slots=True)
class Inspection:
    """A database as found.

    Attributes:
        revision: its schema's revision, or None when it has no tables yet or doesn't exist.
        fingerprint: of the host key that it was made with, or None.
        parked: the number of effects that wait for somebody to mend something.
    """

    revision: str | None = None
    fingerprint: str | None = None
    parked: int = 0


def inspect(path: Path) -> Inspection:
    """Return what the database at ``path`` says of itself.

    Raises:
        HostError: the file is no SQLite database, or can't be read.
    """
    if not path.exists():
        return Inspection()
    queries = aiosql.from_path(_QUERIES, "sqlite3", mandatory_parameters=False)
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            if not queries.has_table(connection, name="alembic_version"):
                return Inspection()
            revision = queries.revision(connection)
            if not queries.has_table(connection, name="effects"):
                return Inspection(revision)
            return Inspection(revision, queries.fingerprint(connection), queries.parked(connection))
    except sqlite3.DatabaseError as error:
        raise HostError("host.no_database", path=path, reason=error) from error
