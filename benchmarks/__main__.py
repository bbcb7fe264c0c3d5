"""``python -m benchmarks [--long]``: measure, print one line a figure, exit code 1 where a goal is missed."""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import ledger, load, schedules, screening, searching, starting
from benchmarks.figures import Figure, show
from tests.process.loopback import Loopback

ROWS = 100_000
ROWS_LONG = 1_000_000
ENTRIES = 100_000
ENTRIES_LONG = 10_000_000


async def _measure(folder: Path, rows: int, entries: int, own: int) -> list[Figure]:
    figures = []
    async with Loopback() as discord:
        discord.create_guild("Goen", channels=("introductions", "moderators"))
        figures += await starting.measure(discord, _made(folder, "starting"))
    figures += await load.measure(_made(folder, "load"))
    figures += await searching.measure(_made(folder, "searching"), rows)
    figures += screening.measure()
    figures += await schedules.measure(_made(folder, "schedules"), own)
    return figures + await ledger.measure(_made(folder, "ledger"), entries)


def _made(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--long", action="store_true", help=f"with {ROWS_LONG:,} introductions and {ENTRIES_LONG:,} thanks"
    )
    is_long = parser.parse_args().long
    rows, entries = (ROWS_LONG, ENTRIES_LONG) if is_long else (ROWS, ENTRIES)
    own = schedules.OWN_LONG if is_long else schedules.OWN
    os.environ["DISCORD_OPENAPI"] = os.devnull  # what leaves the bot is checked by the tests; here it would cost time
    print(f"Measuring, for about {'a quarter of an hour' if is_long else 'four minutes'} …", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(_measure(Path(folder), rows, entries, own))
    sys.exit(0 if show(figures) else 1)


if __name__ == "__main__":
    main()
