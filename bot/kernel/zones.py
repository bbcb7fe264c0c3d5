"""Zones that were kept by their names, which a machine with older data may not know."""

import io
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.kernel.logs import get_logger

# A file of a zone, as short as there can be: no change of clocks, and one offset, none, called UTC (RFC 9636).
_UTC = b"TZif" + bytes(16) + b"".join(count.to_bytes(4, "big") for count in (0, 0, 0, 0, 1, 4)) + bytes(6) + b"UTC\0"
_log = get_logger(__name__)


@cache
def zone_kept(name: str) -> ZoneInfo:
    """Return the zone that was kept as ``name``; one that this machine does not know is UTC under that name.

    So it is kept on as it was chosen, and counts again as soon as the machine knows it; once, the log says so.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        _log.warning("zone not known on this machine: taken for UTC", zone=name)
        return ZoneInfo.from_file(io.BytesIO(_UTC), key=name)
