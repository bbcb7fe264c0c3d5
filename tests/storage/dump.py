"""``python -m tests.storage.dump FILE``: a database as statements that make it again.

A release's dump stands in ``schemas/`` for good: tests migrate it forward for as long as there are
hosts who may still have it.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_MADE = """
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT IN (
    SELECT shadow.name FROM sqlite_master AS virtual INNER JOIN sqlite_master AS shadow
    ON shadow.name GLOB virtual.name || '_*' WHERE virtual.sql LIKE 'CREATE VIRTUAL TABLE%'
)
ORDER BY rowid
"""


def statements(path: Path) -> Iterator[str]:
    """Yield what makes the database at ``path`` again: its tables, rows in the tables' order, and guards."""
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute(_MADE).fetchall()
        yield from (f"{sql};" for kind, _, sql in made if kind != "trigger")
        for name in (name for kind, name, _ in made if kind == "table"):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            rowid = ["rowid"] if columns == ["tokens"] else []
            listed = ", ".join([*rowid, *columns])
            quoted = " || ', ' || ".join(f"quote({column})" for column in [*rowid, *columns])
            for (values,) in connection.execute(f"SELECT {quoted} FROM {name}"):
                yield f"INSERT INTO {name} ({listed}) VALUES ({values});"
        yield from (f"{sql};" for kind, _, sql in made if kind == "trigger")


def restore(dump: Path, path: Path) -> None:
    """Make the database that ``dump`` describes at ``path``."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
        connection.commit()


if __name__ == "__main__":
    sys.stdout.writelines(f"{statement}\n" for statement in statements(Path(sys.argv[1])))
