"""The one clock of the demo: Discord, the bot and the bot's alarms go by it."""

import contextvars
from datetime import UTC, datetime
from typing import Any, Final

import simcord
from typing_extensions import override

_SOON: Final = 1.0
"""Seconds up to which an alarm rings in real time: pauses within what the bot is doing."""


class DemoClock:
    """What `create_bot` takes as its clock; shows the simulated Discord's time once that exists.

    The bot has to be made before the Discord that it is attached to, so the clock is bound afterwards.
    """

    def __init__(self, start: datetime) -> None:
        """`start`: the aware instant shown until a Discord is bound."""
        self._start = start.astimezone(UTC)
        self._env: simcord.Env | None = None

    def bind(self, env: simcord.Env) -> None:
        """Move `env` on to the start (it cannot go back) and read its time from here on."""
        env.backend.advance_clock(max(0.0, (self._start - env.now()).total_seconds()))
        self._env = env

    def now(self) -> datetime:
        """The present instant of the demo, aware, in UTC."""
        return self._start if self._env is None else self._env.now()


class DemoEnv(simcord.Env):
    """A simulated Discord in which the bot's alarms ring by the demo's clock alone, which the page keeps moving.

    simcord also lets them ring in real time, and whatever a member does near that moment waits for it. It offers no
    setting for this, hence the private hook.
    """

    @override
    def _schedule_timer(
        self, record: Any, callback: Any, args: tuple[Any, ...], schedule_context: contextvars.Context | None
    ) -> None:
        if record.when - self.backend.clock.elapsed <= _SOON:
            super()._schedule_timer(record, callback, args, schedule_context)
