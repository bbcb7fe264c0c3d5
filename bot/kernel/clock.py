"""The one source of the present, and times as the database keeps them."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Clock(Protocol):
    """Anything that tells the present; handed in, so that tests and the demo can move it."""

    def now(self) -> datetime:
        """Return the present as an aware datetime in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present as an aware datetime in UTC."""
        return datetime.now(UTC)


def to_micros(moment: datetime) -> int:
    """Return an aware ``moment`` as whole microseconds since 1970-01-01T00:00Z."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the aware UTC datetime ``micros`` microseconds after 1970-01-01T00:00Z."""
    return _EPOCH + timedelta(microseconds=micros)


def micros_or_none(moment: datetime | None) -> int | None:
    """Return :func:`to_micros` of a moment that there may not be."""
    return None if moment is None else to_micros(moment)


def moment_or_none(micros: int | None) -> datetime | None:
    """Return :func:`from_micros` of a moment that there may not be."""
    return None if micros is None else from_micros(micros)
