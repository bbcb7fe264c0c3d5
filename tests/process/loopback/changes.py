"""Waiting until something is so, woken by each change and by nothing else."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Wakes those who wait whenever the loopback's state may have changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def tell(self) -> None:
        """Say that something changed."""
        for event in self._waiting:
            event.set()

    async def wait_for(self, predicate: Callable[[], T], timeout: float, what: str) -> T:  # noqa: ASYNC109 — its message names what was awaited
        """Wait until `predicate()` is truthy and return what it gave.

        Raises TimeoutError, which names `what`, after `timeout` seconds.
        """
        changed = asyncio.Event()
        self._waiting.add(changed)
        try:
            async with asyncio.timeout(timeout):
                while not (value := predicate()):
                    await changed.wait()
                    changed.clear()
                return value
        except TimeoutError:
            raise TimeoutError(f"after {timeout:g} s still no {what}") from None
        finally:
            self._waiting.discard(changed)
