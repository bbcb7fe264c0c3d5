"""Where the power is cut: before or after any one step of the database or of Discord."""

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import aiosqlite

from bot.storage.database import Database
from bot.storage.effects import Effect, Outgoing


class PowerCut(asyncio.CancelledError):
    """The process ends here. Like a task that is cancelled, nobody in the worker catches it."""


class Power:
    """Counts the steps of a process until it has none left, and no other task of it can take any more.

    What is left then is what ``kill -9`` would leave: what was committed, what Discord was asked for, and nothing of
    what only memory knew. A step that was begun is either not taken, or taken and never heard of.
    """

    def __init__(self, database: Database) -> None:
        self.steps = 0
        self._left: int | None = None
        self._is_heard_of_late = False
        self.is_off = False
        readers = cast("Any", database)._readers._queue
        for connection in (cast("Any", database)._writer, *readers):
            self._wire(connection)

    def cut_in(self, steps: int, *, after: bool) -> None:
        """Let the power be cut at one of the next steps: before it, or ``after`` it was taken."""
        self._left, self._is_heard_of_late = steps, after

    def restore(self) -> None:
        """Let a process begin anew."""
        self.is_off, self._left = False, None

    async def cuts(self, doing: Awaitable[object]) -> bool:
        """Do something; return whether the power was cut meanwhile. No task of the process is left then."""
        try:
            await doing
        except asyncio.CancelledError:
            assert self.is_off
        if not self.is_off:
            return False
        left = asyncio.all_tasks() - {asyncio.current_task()}
        if left:
            await asyncio.wait(left)
        return True

    @contextmanager
    def unwatched(self) -> Iterator[None]:
        """Let the block look into the file without being a step of the process."""
        left, self._left = self._left, None
        yield
        self._left = left

    def before(self) -> None:
        """Count a step that is about to be taken."""
        if self.is_off:
            raise PowerCut
        self.steps += 1
        if self._left is None:
            return
        self._left -= 1
        if self._left < 0 and not self._is_heard_of_late:
            self.is_off = True
            raise PowerCut

    def after(self) -> None:
        """Let a step that was taken be the last one."""
        if self.is_off or (self._left is not None and self._left < 0):
            self.is_off = True
            raise PowerCut

    def _wire(self, connection: aiosqlite.Connection) -> None:
        execute: Any = connection._execute

        async def counted(function: Any, *arguments: object, **named: object) -> object:  # noqa: ANN401 - as aiosqlite's
            if getattr(function, "__name__", "") in {"rollback", "close"}:  # what is done for whoever is gone
                return await execute(function, *arguments, **named)
            self.before()
            result = await execute(function, *arguments, **named)
            self.after()
            return result

        cast("Any", connection)._execute = counted


class Wired:
    """Mixed into a Discord: a call to it is a step."""

    power: Power | None = None

    async def perform(self, effect: Effect, outgoing: Outgoing) -> int | None:
        if self.power is None:
            return await self._perform(effect, outgoing)
        self.power.before()
        result_id = await self._perform(effect, outgoing)
        self.power.after()
        return result_id

    async def _perform(self, effect: Effect, outgoing: Outgoing) -> int | None:
        found: int | None = await super().perform(effect, outgoing)  # type: ignore[misc]  # of what it is mixed into
        return found
