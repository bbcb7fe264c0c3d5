"""Which schema a database has, and bringing it up to date with a backup first.

Alembic runs in a process of its own (``python -m bot.storage.migrate``), so that it and
SQLAlchemy, 20 MB together, never live in the running bot's memory.
"""

import asyncio
import contextlib
import sqlite3
import sys
from pathlib import Path

from bot.kernel.clock import SystemClock
from bot.kernel.errors import HostError
from bot.storage.inspection import inspect

MIGRATIONS = Path(__file__).parent / "migrations"


def known_revisions() -> list[str]:
    """Return the revisions of this program, oldest first."""
    return sorted(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def is_pending(path: Path) -> bool:
    """Return whether the database at ``path`` lacks a migration.

    Raises:
        HostError: its schema is newer than this program, or it is no database.
    """
    revision = inspect(path).revision
    known = known_revisions()
    if revision is not None and revision not in known:
        raise HostError("host.newer_schema", path=path, revision=revision, newest=known[-1])
    return revision != known[-1]


async def bring_up_to_date(path: Path) -> Path | None:
    """Migrate the database at ``path`` to the newest schema, if any migration is pending.

    Returns:
        The backup that was made before, or None where there was nothing to migrate or to lose.

    Raises:
        HostError: the schema is newer than this program, or the migration failed; the database
            is then as it was.
    """
    if not await asyncio.to_thread(is_pending, path):
        return None
    backup = await asyncio.to_thread(_back_up, path)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.storage.migrate", str(await asyncio.to_thread(path.resolve))),
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaint = await process.communicate()
    if process.returncode:
        raise HostError("host.migration_failed", path=path, reason=complaint.decode(errors="replace")[-2000:])
    return backup


def _back_up(path: Path) -> Path | None:
    revision = inspect(path).revision
    if revision is None:
        return None
    stamp = SystemClock().now().strftime("%Y%m%dT%H%M%SZ")
    backup = path.with_name(f"{path.name}.{revision}-{stamp}.backup")
    backup.touch(mode=0o600)
    with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    return backup
