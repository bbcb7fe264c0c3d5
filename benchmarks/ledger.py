"""What a ledger of very many entries takes: standing asked for, a thanks recorded, all of it verified.

``python -m benchmarks.ledger ask|verify DATABASE`` is one of the two processes that are measured; it prints JSON.
"""

import asyncio
import gc
import hmac
import json
import random
import shutil
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.entries import PRESENT, WORDS, Making
from benchmarks.figures import Figure, Series, compared
from benchmarks.processes import migrated
from benchmarks.watched import NOTICED, Held, watch
from bot.app import create_bot
from bot.client import Goen
from bot.features.reputation.model import Wish
from bot.features.reputation.service import Reputation
from bot.features.reputation.standings import Standings
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.settings import Settings
from bot.storage.installation import Installation
from bot.storage.verification import verify
from tests.process.running import ROOT, SECRET_KEY, environment

GB = 1e9
SPACE = 400  # bytes an entry: with its indexes and its reason about 310
THANKS = 200
VERIFIED = 100_000  # entries, to whose time the goal is set
LOOKS, LOOKED = 3, 10.0  # verified so often, or for so many seconds
ROW = 120  # bytes under a mac
ASKS = "asks.json"
STANDING_MOST = 10.0  # ms
HELD_MOST = 50.0  # ms
VERIFIED_MOST = 1.0  # s
MEMORY_MOST = 300.0  # MB


async def measure(folder: Path, entries: int) -> list[Figure]:
    """Make a ledger of so many ``entries`` and measure what it takes."""
    needed, free = entries * SPACE / GB, shutil.disk_usage(folder).free / GB
    if free < needed:
        raise SystemExit(f"{needed:.1f} GB are needed in {folder} for a while, and {free:.1f} GB are free.")
    path = await migrated(folder)
    making = Making(path, SECRET_KEY.encode(), entries)
    making.make()
    asks = making.members(2 * max(1, THANKS // len(making.servers)))
    (folder / ASKS).write_text(json.dumps(asks), encoding="ascii")
    asked, verified = await _measured("ask", path), await _measured("verify", path)
    return [*_asked(asked, f"{entries:,} entries"), *_verified(verified, entries + len(asked["thanks"]))]


def _asked(found: Any, among: str) -> list[Figure]:  # noqa: ANN401 - any JSON value
    held, holder = found["held"]
    return [
        _spread(f"standing, the first asked for in its server, among {among}", found["first"], STANDING_MOST),
        _spread("standing, the next in the same server", found["next"], STANDING_MOST),
        _spread("standing, later, when all servers were asked for", found["later"], STANDING_MOST),
        _spread("a thanks recorded", found["thanks"]),
        Figure("longest block of the event loop in all of it", f"{held:.0f} ms {holder}", held, HELD_MOST, "ms"),
        _memory("memory of it, at most", found),
    ]


def _verified(found: Any, entries: int) -> list[Figure]:  # noqa: ANN401 - any JSON value
    assert (found["entries"], found["faults"]) == (entries, 0), found
    ours, bare = (Series.of([each * VERIFIED / found["entries"] for each in found[name]]) for name in ("ours", "bare"))
    what = f"{VERIFIED:,} entries verified"
    measured = f"{ours.shown('s', 2)}, {VERIFIED / ours.median:,.0f} a second"
    return [
        Figure(f"{what}, of {entries:,}", measured, ours.median, VERIFIED_MOST, "s"),
        compared(f"{what}, beside their macs alone", "s", ours, bare, digits=2),
        _memory("memory of verifying, at most", found),
    ]


def _spread(what: str, times: Sequence[float], most: float | None = None) -> Figure:
    series = Series.of([each * 1000 for each in times])
    shown = (f"{name} {series.quantile(share):.1f}" for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)))
    return Figure(what, f"{', '.join(shown)} ms", series.median, most, "ms")


def _memory(what: str, found: Any) -> Figure:  # noqa: ANN401 - any JSON value
    return Figure(what, f"{found['memory']:.0f} MB", found["memory"], MEMORY_MOST, "MB")


async def _measured(part: str, path: Path) -> Any:  # noqa: ANN401 - any JSON value
    settings = {"DATABASE_URL": f"sqlite+aiosqlite:///{path}", "GOEN_SECRET_KEY": SECRET_KEY}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.ledger", part, str(path)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        env=environment(**settings),
    )
    out, _ = await process.communicate()
    assert process.returncode == 0, part
    return json.loads(out)


# ── The processes that are measured ──────────────────────────────────────────────────────────────────────────────────


class _Then:
    """A clock that stands where the entries end."""

    def now(self) -> datetime:
        return PRESENT


class _Asking:
    """Members ask and thank, one after another; each takes note of how long it took."""

    def __init__(self, bot: Goen, asks: Sequence[tuple[ServerId, Sequence[MemberId]]]) -> None:
        self._standings = bot.service(Standings)
        self._reputation = bot.service(Reputation)
        self._asks = asks

    async def all(self) -> dict[str, list[float]]:
        first, following, later = [], [], []
        for server_id, (one, *others) in self._asks:
            first.append(await self._standing(server_id, one))
            following += [await self._standing(server_id, each) for each in others]
        everybody = [(server_id, each) for server_id, members in self._asks for each in members]
        for server_id, each in random.Random(7).sample(everybody, len(everybody)):
            later.append(await self._standing(server_id, each))
        pairs = [(each, *two) for each, all_of in self._asks for two in zip(all_of[::2], all_of[1::2], strict=True)]
        thanks = [await self._thanks(number, *each) for number, each in enumerate(pairs[:THANKS], 1)]
        return {"first": first, "next": following, "later": later, "thanks": [each for each in thanks if each]}

    async def _thanks(self, number: int, server_id: ServerId, giver: MemberId, receiver: MemberId) -> float:
        """Return how long it took to record a thanks; 0 for one that the limits don't allow."""
        began = time.perf_counter()
        try:
            await self._reputation.thank(server_id, Wish(giver, receiver, WORDS[0]), InteractionId(number))
        except Refusal:
            return 0.0
        return time.perf_counter() - began

    async def _standing(self, server_id: ServerId, member_id: MemberId) -> float:
        began = time.perf_counter()
        await self._standings.of(server_id, member_id)
        await self._standings.chains(server_id, member_id)
        return time.perf_counter() - began


async def _ask(path: Path) -> dict[str, Any]:
    settings, held = Settings(), list[Held]()
    bot = create_bot(settings, _Then())
    await bot.database.open()
    try:
        await bot.service(Installation).keep_host_key(settings.secret_key)
        watch(held)
        found = await _Asking(bot, json.loads(path.with_name(ASKS).read_text(encoding="ascii"))).all()
    finally:
        await bot.database.close()
    return {**found, "held": max(((took * 1000, what) for _, took, what in held), default=(NOTICED * 1000, ""))}


def _verify(path: Path) -> dict[str, Any]:
    ours, bare, entries, faults = list[float](), list[float](), 0, 0
    while len(ours) < LOOKS and sum(ours) < LOOKED:
        began = time.perf_counter()
        found = verify(path, SECRET_KEY.encode(), lambda _seen, _total: None)
        ours.append(time.perf_counter() - began)
        entries, faults = found.entries, len(found.faults)
        bare.append(_macs(entries))
    return {"entries": entries, "faults": faults, "ours": ours, "bare": bare}


def _macs(count: int) -> float:
    """Return how long so many macs take, and nothing else, of rows as long as most are."""
    row, key = bytes(ROW), SECRET_KEY.encode()
    began = time.perf_counter()
    for _ in range(count):
        hmac.digest(key, row, "sha256")
    return time.perf_counter() - began


def _peak_mb() -> float:
    """Return how much memory this process held at most; what it was forked from does not count."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1e6


def main() -> None:
    gc.freeze()  # as the bot does, once all is imported
    part, path = sys.argv[1], Path(sys.argv[2])
    found = asyncio.run(_ask(path)) if part == "ask" else _verify(path)
    print(json.dumps(found | {"memory": _peak_mb()}))


if __name__ == "__main__":
    main()
