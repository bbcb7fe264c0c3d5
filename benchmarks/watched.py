"""The bot with a watch on its event loop: ``python -m benchmarks.watched FILE``.

FILE gets one JSON list: ``[began, seconds, what]`` of each callback that held the loop for longer than
:data:`NOTICED`; ``began`` is on the monotonic clock, which all processes share. What another process had
of the processor meanwhile does not count.
"""

import asyncio
import json
import os
import runpy
import sys
import time
from collections.abc import Callable
from pathlib import Path

NOTICED = 0.005  # seconds
NANOSECONDS = 1e9
_SCHEDULER = Path("/proc/thread-self/schedstat")  # nanoseconds on the processor, then waiting for it; Linux only
_LONGEST_LINE = 80
Held = tuple[float, float, str]


def watch(held: list[Held]) -> None:
    """Note from now on in ``held`` what holds this thread's event loop."""
    run = asyncio.Handle._run  # noqa: SLF001 - the one place through which each callback goes
    waited = _waiting()

    def timed(handle: asyncio.Handle) -> None:
        began, before = time.monotonic(), waited()
        run(handle)
        took = time.monotonic() - began
        if took > NOTICED and (own := took - (waited() - before)) > NOTICED:
            held.append((began, own, _name(handle)))

    asyncio.Handle._run = timed  # type: ignore[assignment,method-assign]  # noqa: SLF001 - a function on a class is its method


def _waiting() -> Callable[[], float]:
    """Return what tells for how many seconds this thread has waited for a processor."""
    if not _SCHEDULER.exists():
        return lambda: 0.0
    opened = os.open(_SCHEDULER, os.O_RDONLY)
    return lambda: int(os.pread(opened, _LONGEST_LINE, 0).split()[1]) / NANOSECONDS


def _name(handle: asyncio.Handle) -> str:
    callback = handle._callback  # type: ignore[attr-defined]  # noqa: SLF001 - says which task it was
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, asyncio.Task):
        return f"{owner.get_name()}: {getattr(owner.get_coro(), '__qualname__', '?')}"
    return str(getattr(callback, "__qualname__", callback))


if __name__ == "__main__":
    path, entries = Path(sys.argv[1]), list[Held]()
    watch(entries)
    sys.argv = ["goen", "run"]
    try:
        runpy.run_module("bot", run_name="__main__")
    finally:
        path.write_text(json.dumps(entries), encoding="utf-8")
