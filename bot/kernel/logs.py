"""Logs: plain on a terminal, one JSON object a line otherwise; secrets and members' words stay out."""

import json
import logging
import sys
from collections.abc import Iterable
from typing import Any, Literal

import structlog

LogFormat = Literal["auto", "plain", "json"]
_MASK = "***"


class _Mask:
    """Replaces secrets in a finished line, wherever in the entry they stood."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets if secret for form in _written_forms(secret)}
        self._forms = sorted(forms, key=len, reverse=True)

    def __call__(self, _logger: object, _method: str, line: object) -> str:
        masked = str(line)
        for form in self._forms:
            masked = masked.replace(form, _MASK)
        return masked


def _written_forms(secret: str) -> set[str]:
    """Return a secret as it may stand in a line: as it is, quoted by Python or by JSON, or by one within the other."""
    quoted = {form for text in (secret, repr(secret)[1:-1]) for form in (text, json.dumps(text)[1:-1])}
    return quoted | {json.dumps(secret, ensure_ascii=False)[1:-1], repr(json.dumps(secret)[1:-1])[1:-1]}


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
            renderer,
            _Mask(secrets),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it tells of every time it wakes us
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger called ``name``."""
    return structlog.stdlib.get_logger(name)
