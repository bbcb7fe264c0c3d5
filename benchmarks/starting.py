"""How long it takes from spawning to IDENTIFY, and how much memory an idle client holds."""

import asyncio
from collections import defaultdict
from pathlib import Path

from benchmarks.figures import Figure, Series, compared
from benchmarks.processes import BARE, GOEN, migrated, started
from tests.process.loopback import Loopback

ROUNDS = 9
FIRST_STARTS = 3
SETTLED_AFTER = 4.0  # seconds from IDENTIFY; discord.py itself waits two for the last GUILD_CREATE
START_MOST = 2.2
MEMORY_MOST = 1.56


async def measure(discord: Loopback, folder: Path) -> list[Figure]:
    """Take turns, so that whatever else the machine does befalls both alike."""
    database = await migrated(folder)
    starts: dict[str, list[float]] = defaultdict(list)
    sizes: dict[str, list[float]] = defaultdict(list)
    await _once(discord, database, GOEN)  # from here on all files are cached, and the commands are told
    await _once(discord, database, BARE)
    for number in range(ROUNDS):
        turns = [("ours", database, GOEN), ("bare", database, BARE)]
        if number < FIRST_STARTS:
            turns.append(("first", folder / f"new-{number}.db", GOEN))
        for name, path, arguments in turns:
            start, size = await _once(discord, path, arguments)
            starts[name].append(start)
            sizes[name].append(size)
    ours, bare, first = (Series.of(starts[name]) for name in ("ours", "bare", "first"))
    held, held_bare, held_first = (Series.of(sizes[name]) for name in ("ours", "bare", "first"))
    return [
        compared("start to IDENTIFY", "ms", ours, bare, START_MOST),
        compared("idle resident memory", "MiB", held, held_bare, MEMORY_MOST, 1),
        compared("first start, which makes the tables, to IDENTIFY", "ms", first, bare),
        compared("idle resident memory after that", "MiB", held_first, held_bare, digits=1),
    ]


async def _once(discord: Loopback, database: Path, arguments: tuple[str, ...]) -> tuple[float, float]:
    async with started(discord, database, *arguments) as client:
        await asyncio.sleep(SETTLED_AFTER)
        return client.start_ms, client.resident_mib()
