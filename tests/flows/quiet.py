"""A simulated Discord whose time only a test moves, and an ear for what goes wrong in it."""

import contextlib
import logging
import traceback
from collections.abc import Iterator, MutableMapping
from datetime import UTC, datetime
from typing import Any, NoReturn

import simcord
import structlog
from typing_extensions import override

_SOON = 1.0  # seconds: shorter waits belong to what the bot is just doing


class Clock:
    """What the simulated Discord shows; the machine's time until there is one."""

    def __init__(self) -> None:
        self.env: simcord.Env | None = None

    def now(self) -> datetime:
        return datetime.now(UTC) if self.env is None else self.env.now()


class QuietEnv(simcord.Env):
    """A simulated Discord in which alarms ring only when a test moves the clock.

    simcord also rings them in real time, and then waits for it. It offers no setting, hence the private hook.
    """

    @override
    def _schedule_timer(self, record: Any, callback: Any, args: tuple[Any, ...], schedule_context: Any) -> None:
        if record.when - self.backend.clock.elapsed <= _SOON:
            super()._schedule_timer(record, callback, args, schedule_context)


class Complaints(logging.Handler):
    """Whatever is logged as an error, by the bot or by a library."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(self.format(record))

    def process(self, _logger: object, method: str, entry: MutableMapping[str, Any]) -> NoReturn:
        if method in {"error", "exception", "critical"}:
            trace = traceback.format_exc() if entry.get("exc_info") else ""
            self.found.append(f"{entry}\n{trace}")
        raise structlog.DropEvent

    def take(self) -> list[str]:
        """Return what was logged so far, as expected by the test."""
        found, self.found = self.found, []
        return found


@contextlib.contextmanager
def listening() -> Iterator[Complaints]:
    complaints = Complaints()
    before = structlog.get_config()
    structlog.configure(processors=[complaints.process], cache_logger_on_first_use=False)
    logging.getLogger().addHandler(complaints)
    try:
        yield complaints
    finally:
        logging.getLogger().removeHandler(complaints)
        structlog.configure(**before)
