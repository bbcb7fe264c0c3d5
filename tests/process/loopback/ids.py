"""Ids and times as Discord makes them."""

import itertools
import time
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000
COUNTER_BITS = 22


class Snowflakes:
    """Makes ids that only grow, each telling when it was made."""

    def __init__(self) -> None:
        self._last = 0

    def make(self) -> int:
        """Return a new id, greater than all made before."""
        earliest = (int(time.time() * 1000) - DISCORD_EPOCH_MS) << COUNTER_BITS
        self._last = max(self._last + 1, earliest)
        return self._last


class Counter:
    """Names things one after another: `session-1`, `session-2`."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._numbers = itertools.count(1)

    def make(self) -> str:
        """Return the next name."""
        return f"{self._prefix}-{next(self._numbers)}"


def now() -> datetime:
    """Return the present, aware UTC."""
    return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """Return a time as Discord writes it."""
    return moment.isoformat()
