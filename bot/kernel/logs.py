"""Logs: plain on a terminal, one JSON object a line otherwise; secrets and members' words stay out."""

import logging
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, Literal

import structlog

LogFormat = Literal["auto", "plain", "json"]
_MASK = "***"


class _Mask:
    """Replaces secrets wherever they stand in an entry."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(secret for secret in secrets if secret)

    def __call__(self, _logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for name, value in entry.items():
            if isinstance(value, str):
                entry[name] = self._masked(value)
        return entry

    def _masked(self, value: str) -> str:
        for secret in self._secrets:
            value = value.replace(secret, _MASK)
        return value


def configure(log_format: LogFormat, secrets: Iterable[str] = ()) -> None:
    """Send all logs, the libraries' too, to standard error.

    Args:
        log_format: ``plain``, ``json``, or ``auto``: plain if standard error is a terminal.
        secrets: texts that must never be written; each is replaced by ``***``.
    """
    plain = log_format == "plain" or (log_format == "auto" and sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer = structlog.dev.ConsoleRenderer(colors=False) if plain else structlog.processors.JSONRenderer()
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _Mask(secrets),
            renderer,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger called ``name``."""
    return structlog.stdlib.get_logger(name)
