"""Clients as processes of their own on the loopback Discord: when they identify, how much they hold."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.kernel.clock import SystemClock
from bot.storage.database import Database
from tests.process.loopback import Loopback
from tests.process.running import ROOT, SECRET_KEY, environment

BARE = ("-m", "benchmarks.bare")
GOEN = ("-m", "bot", "run")
PATIENCE = 30.0  # seconds
KIB_IN_MIB = 1024


@dataclass(frozen=True)
class Client:
    """A client that has identified. ``start_ms`` is from its spawning to its IDENTIFY."""

    process: asyncio.subprocess.Process
    start_ms: float

    def resident_mib(self) -> float:
        """Return how much memory the process holds now (VmRSS)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / KIB_IN_MIB


@asynccontextmanager
async def started(discord: Loopback, database: Path, *arguments: str) -> AsyncIterator[Client]:
    """Start a client and wait for its IDENTIFY; end it in order at the end of the block."""
    await discord.wait_for(lambda: not discord.gateway.live, PATIENCE, "end of the former client")
    before = len(discord.gateway.identifies)
    spawned = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *arguments),
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(discord, database),
    )
    try:
        await discord.wait_for(lambda: len(discord.gateway.identifies) > before, PATIENCE, "IDENTIFY")
        yield Client(process, (time.perf_counter() - spawned) * 1000)
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(PATIENCE):
            await process.wait()


async def migrated(folder: Path) -> Path:
    """Return a new database with all tables and no rows."""
    path = folder / "migrated.db"
    database = Database(path, SystemClock())
    await database.open()
    await database.close()
    return path


def _environment(discord: Loopback, database: Path) -> dict[str, str]:
    return environment(
        DISCORD_TOKEN=discord.settings.token,
        DATABASE_URL=f"sqlite+aiosqlite:///{database}",
        DISCORD_API_URL=discord.url,
        HEALTH_PORT="0",
        GOEN_SECRET_KEY=SECRET_KEY,
        LOG_FORMAT="json",
    )
