"""The running bot holds nothing in memory that only other commands, or a migration, need."""

import subprocess
import sys
from pathlib import Path

import pytest

from .running import Bot

# Heavy packages, told by their compiled parts: pydantic comes with typer, SQLAlchemy with Alembic; cryptography seals.
HEAVY = ("pydantic_core", "sqlalchemy", "PIL", "cryptography")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells which files a process has loaded")
async def test_the_running_bot_is_light(bot: Bot) -> None:
    await bot.start()
    assert bot.process is not None
    loaded = Path(f"/proc/{bot.process.pid}/maps").read_text()
    assert "aiohttp" in loaded
    assert [package for package in HEAVY if f"/{package}/" in loaded] == []


def test_what_draws_on_terminals_is_loaded_only_where_it_is_drawn_by() -> None:
    asked = "import sys, bot.__main__; print('structlog' in sys.modules, 'rich' in sys.modules); import rich.console"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["True", "False"]
