"""What is found when a server's set-up is checked."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo, available_timezones

import discord
import pytest

from bot.features.setup.model import (
    INVITED_WITH,
    NEEDED,
    ZONES,
    Finding,
    Place,
    PlaceFacts,
    Server,
    examine,
    zone_called,
)

ALL = dict(zip(Place, (11, 15, 12, 16, 14, 17, 13), strict=True))
FINE = {place: PlaceFacts(exists=True) for place in Place}


def server(
    places: Mapping[Place, int] = ALL, role: int | None = None, panel: tuple[int, int] | None = (11, 21)
) -> Server:
    channel_id, message_id = panel or (None, None)
    return Server(
        server_id=1,
        language="ja",
        zone=ZoneInfo("Asia/Tokyo"),
        places=places,
        moderators_role_id=role,
        panel_channel_id=channel_id,
        panel_message_id=message_id,
        panel_serial=1,
        hint_channel_id=None,
        hint_message_id=None,
        paused_at=None,
    )


def found(
    subject: Server, facts: Mapping[Place, PlaceFacts], role_exists: bool = True, parked: int = 0
) -> list[Finding]:
    return examine(subject, facts, role_exists=role_exists, parked=parked)


def test_all_is_well() -> None:
    findings = found(server(role=5), FINE)
    assert all(finding.good for finding in findings)
    assert [finding.place for finding in findings[: len(Place)]] == list(Place)


def test_nothing_is_chosen_yet() -> None:
    findings = found(server({}, panel=None), {})
    channels = ["setup.check_not_chosen", *["setup.check_optional"] * 5, "setup.check_not_chosen"]
    assert [finding.text for finding in findings] == [*channels, "setup.check_no_role"]
    assert [finding.good for finding in findings] == [False, *[True] * 5, False, True]


@pytest.mark.parametrize("place", Place)
def test_a_deleted_channel_and_missing_permissions_are_named(place: Place) -> None:
    gone = found(server(), {**FINE, place: PlaceFacts(exists=False)})
    assert Finding(good=False, text="setup.check_gone", place=place) in gone
    lacking = found(server(), {**FINE, place: PlaceFacts(exists=True, missing=("send_messages",))})
    assert Finding(good=False, text="setup.check_missing", place=place, missing=("send_messages",)) in lacking
    assert sum(not finding.good for finding in lacking) == 1


def test_a_forum_without_tags_of_ours_and_one_that_requires_tags_are_named() -> None:
    facts = PlaceFacts(exists=True, missing=("manage_threads",), lacks_tags=True, requires_tag=True)
    faults = [each for each in found(server(role=5), {**FINE, Place.HELP: facts}) if not each.good]
    assert faults == [
        Finding(good=False, text="setup.check_missing", place=Place.HELP, missing=("manage_threads",)),
        Finding(good=False, text="setup.check_no_tags", place=Place.HELP, missing=("manage_channels",)),
        Finding(good=False, text="setup.check_requires_tag", place=Place.HELP),
    ]


def test_a_role_that_is_gone_is_a_fault_and_none_is_not() -> None:
    assert Finding(good=False, text="setup.check_role_gone") in found(server(role=5), FINE, role_exists=False)
    assert Finding(good=True, text="setup.check_no_role") in found(server(), FINE, role_exists=False)


@pytest.mark.parametrize("panel", [None, (99, 21)])
def test_a_panel_is_missed_where_it_is_not_in_the_introductions_channel(panel: tuple[int, int] | None) -> None:
    assert Finding(good=False, text="setup.check_no_panel") in found(server(panel=panel), FINE)


def test_what_is_stuck_is_counted() -> None:
    assert Finding(good=False, text="setup.check_parked", count=2) in found(server(), FINE, parked=2)


def test_every_permission_that_is_asked_for_is_one_of_discords() -> None:
    asked = {name for names in NEEDED.values() for name in names}
    assert set(INVITED_WITH) >= asked
    assert set(INVITED_WITH) <= set(discord.Permissions.VALID_FLAGS)
    assert "administrator" not in INVITED_WITH


def test_every_offered_zone_exists_and_all_fit_into_a_menu_beside_a_typed_one() -> None:
    assert len(ZONES) < 25
    assert {ZoneInfo(zone).key for zone in ZONES} == set(ZONES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        (" asia/tokyo ", "Asia/Tokyo"),
        ("Ａｓｉａ／Ｔｏｋｙｏ", "Asia/Tokyo"),
        ("tokyo", "Asia/Tokyo"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("", None),
        ("  ", None),
        ("Asia", None),
        ("okyo", None),
        ("../../etc/passwd", None),
        ("東京", None),
    ],
)
def test_a_zone_is_known_as_people_type_it(typed: str, meant: str | None) -> None:
    assert zone_called(typed, available_timezones()) == meant
