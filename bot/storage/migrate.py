"""``python -m bot.storage.migrate FILE``: run all pending migrations on one SQLite file."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config

from bot.storage.schema import MIGRATIONS


def migrate(path: Path) -> None:
    """Bring the database at ``path`` to the newest schema, all in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["database"] = str(path)  # not as an address: a path may hold ? and %
    command.upgrade(config, "head")


if __name__ == "__main__":
    migrate(Path(sys.argv[1]))
