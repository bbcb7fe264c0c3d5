"""Zones that were kept, also where the machine does not know them any more."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.kernel.i18n import LOCALES, Texts
from bot.kernel.zones import zone_kept

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_a_zone_that_is_known_is_itself() -> None:
    assert zone_kept("Asia/Tokyo") is ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize("name", ["Mars/Utopia", "Asia", "", "..", "/etc/hosts", "a\0b"])
def test_one_that_is_not_counts_as_utc_keeps_its_name_and_is_logged_once(
    name: str,
) -> None:
    zone_kept.cache_clear()
    with capture_logs() as lines:
        (zone,) = {zone_kept(name) for _ in range(2)}
    assert zone.key == name
    assert NOW.astimezone(zone).replace(tzinfo=None) == NOW.replace(tzinfo=None)
    assert [line["zone"] for line in lines] == [name]
    assert all("12" in Texts().moment(locale, NOW, zone) for locale in LOCALES)
