"""What the tests of processes stand on: when a bot has nothing to do any more."""

import time
from pathlib import Path
from typing import Any

from .loopback.server import Loopback
from .running import Bot


async def test_what_was_written_while_it_was_looked_for_is_due(discord: Loopback, tmp_path: Path) -> None:
    """A job that ends puts the next effect: between the look at the clock and the one at the rows, too."""

    class Writing(Bot):
        def rows(self, _statement: str, *_values: object) -> list[tuple[Any, ...]]:
            return [(time.time_ns() // 1000, "send:safety:answer:1:0", "waiting", 0, "")]

    assert Writing(discord, tmp_path / "goen.db").pending()
