"""Help lines: which are open, on whatever clock; how they are typed, and what can't be read."""

import contextlib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.safety.help_lines import ALWAYS, DAY, SHIPPED, HelpLine, Opening, by_opening
from bot.features.safety.help_text import LINES_LIMIT, BadLine, as_text, read

TOKYO, BERLIN, HONOLULU = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Honolulu")
TODAY = date(2026, 11, 26)
EVERY_DAY = ALWAYS.days


def line(*openings: Opening, zone: ZoneInfo = TOKYO, name: str = "x") -> HelpLine:
    return HelpLine((name, name), "110", openings, zone, "", TODAY)


def tokyo(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026, whose 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


EVENING = line(Opening(EVERY_DAY, 16 * 60, 21 * 60))
NIGHT = line(Opening(frozenset({4}), 22 * 60, 26 * 60))  # from Friday 22:00 to Saturday 2:00
WEEKDAYS = line(Opening(frozenset(range(5)), 9 * 60, 17 * 60))


@pytest.mark.parametrize(
    ("subject", "now", "is_open"),
    [
        (EVENING, tokyo(23, 15, 59), False),
        (EVENING, tokyo(23, 16), True),
        (EVENING, tokyo(23, 20, 59), True),
        (EVENING, tokyo(23, 21), False),
        (NIGHT, tokyo(27, 21, 59), False),
        (NIGHT, tokyo(27, 23, 59), True),
        (NIGHT, tokyo(28, 0), True),
        (NIGHT, tokyo(28, 1, 59), True),
        (NIGHT, tokyo(28, 2), False),
        (NIGHT, tokyo(29, 1), False),  # the night after, which is Saturday's
        (WEEKDAYS, tokyo(28, 12), False),
        (WEEKDAYS, tokyo(30, 12), True),
        (line(ALWAYS), tokyo(28, 0), True),
        (line(), tokyo(28, 12), False),
    ],
)
@pytest.mark.parametrize("reader", [TOKYO, BERLIN, HONOLULU, UTC])
def test_a_line_is_open_by_its_own_clock_wherever_its_reader_is(
    subject: HelpLine, now: datetime, is_open: bool, reader: ZoneInfo
) -> None:
    assert subject.is_open(now.astimezone(reader)) is is_open


@pytest.mark.parametrize(
    ("now", "opens_at"),
    [
        (tokyo(27, 18), tokyo(30, 9)),
        (tokyo(23, 8), tokyo(23, 9)),
        (tokyo(23, 12), tokyo(23, 9)),
    ],
)
def test_a_line_says_when_it_opens(now: datetime, opens_at: datetime) -> None:
    assert WEEKDAYS.opens_at(now) == opens_at


@pytest.mark.parametrize(
    ("day", "opens_at"),
    [(28, datetime(2026, 3, 28, 8, tzinfo=UTC)), (29, datetime(2026, 3, 29, 7, tzinfo=UTC))],
)
def test_hours_are_those_of_the_clock_when_that_is_changed(day: int, opens_at: datetime) -> None:
    morning = line(Opening(EVERY_DAY, 9 * 60, 10 * 60), zone=BERLIN)
    assert morning.opens_at(datetime(2026, 3, day, 1, tzinfo=UTC)) == opens_at


def test_open_ones_come_first_then_those_that_open_next_then_the_others() -> None:
    now = tokyo(24, 12)
    lines = [line(name="varies"), EVENING, line(ALWAYS, name="always"), NIGHT, WEEKDAYS]
    assert by_opening(lines, now) == [lines[2], WEEKDAYS, EVENING, NIGHT, lines[0]]


@given(st.integers(0, 7 * DAY))
def test_somebody_can_be_reached_at_any_time_and_is_named_first(minutes: int) -> None:
    now = tokyo(23, 0) + timedelta(minutes=minutes)
    named = by_opening(SHIPPED, now)
    is_open = [each.is_open(now) for each in named]
    assert is_open == sorted(is_open, reverse=True)
    assert sum(is_open) >= 3
    assert set(named) == set(SHIPPED)


def test_each_shipped_line_says_where_it_is_from_and_when_it_was_checked() -> None:
    for each in SHIPPED:
        assert each.source.startswith("https://")
        assert each.checked <= date.today()  # noqa: DTZ011 - the day of this very run
        assert all(each.names)
    assert len(SHIPPED) <= LINES_LIMIT


@pytest.mark.parametrize("zone", [TOKYO, BERLIN, HONOLULU])
def test_what_ships_can_be_typed_and_read_again(zone: ZoneInfo) -> None:
    assert read(as_text(SHIPPED, zone), zone, TODAY) == SHIPPED


@pytest.mark.parametrize(
    ("hours", "openings"),
    [
        ("24h", (ALWAYS,)),
        ("24時間", (ALWAYS,)),
        ("?", ()),
        ("16:00-21:00", (Opening(EVERY_DAY, 960, 1260),)),
        ("１６：００〜２１：００", (Opening(EVERY_DAY, 960, 1260),)),
        ("22:00-2:00", (Opening(EVERY_DAY, 1320, 1560),)),
        ("mon-fri 9:00-17:00", (Opening(frozenset(range(5)), 540, 1020),)),
        (
            "月-金 9:00-17:00、土 9:00-12:00",
            (Opening(frozenset(range(5)), 540, 1020), Opening(frozenset({5}), 540, 720)),
        ),
        ("Sat-Mon 9:00-24:00", (Opening(frozenset({5, 6, 0}), 540, 1440),)),
        ("mon 9:00-12:00, wed 9:00-12:00", (Opening(frozenset({0, 2}), 540, 720),)),
    ],
)
def test_hours_are_read(hours: str, openings: tuple[Opening, ...]) -> None:
    (found,) = read(f"そうだん / Talk ｜ 110 ｜ {hours}", TOKYO, TODAY)
    assert found.openings == openings
    assert found.names == ("そうだん", "Talk")
    assert read(as_text([found], TOKYO), TOKYO, TODAY) == (found,)


def test_hours_can_be_those_of_another_zone() -> None:
    (found,) = read("Samaritans | 116123 | 9:00-17:00 Europe/London", TOKYO, TODAY)
    assert found.zone.key == "Europe/London"
    assert found.names == ("Samaritans", "Samaritans")
    assert as_text([found], TOKYO).endswith("09:00-17:00 Europe/London")
    assert as_text([found], found.zone).endswith("09:00-17:00")


@pytest.mark.parametrize(
    "typed",
    [
        "only a name",
        "x | 110",
        "x | 110 | 24h | more",
        " | 110 | 24h",
        "\u3164 | 110 | 24h",
        "x | | 24h",
        "x | call me | 24h",
        "x | javascript:alert(1) | 24h",
        "x | https://a.example/(b) | 24h",
        "x | https://a.example/ https://b.example | 24h",
        "x | 110 | always",
        "x | 110 | 9:00",
        "x | 110 | 25:00-26:00",
        "x | 110 | 9:60-10:00",
        "x | 110 | 24:00-9:00",
        "x | 110 | someday 9:00-10:00",
        "x | 110 | 9:00-10:00 Asia/Nowhere",
        "x | 110 | 9:00-10:00 ../etc/passwd",
        "x | 110 | 1:00-2:00, 3:00-4:00, 5:00-6:00, 7:00-8:00, 9:00-10:00",
        "x" * 51 + " | 110 | 24h",
        "x | " + "1" * 31 + " | 24h",
        "x | https://a.example/" + "a" * 90 + " | 24h",
    ],
)
def test_a_line_that_can_not_be_read_is_named(typed: str) -> None:
    with pytest.raises(BadLine) as bad:
        read(f"x | 110 | 24h\n\n{typed}", TOKYO, TODAY)
    assert (bad.value.line, bad.value.too_many) == (3, False)


def test_the_first_of_too_many_lines_is_named() -> None:
    with pytest.raises(BadLine) as bad:
        read("x | 110 | 24h\n" * (LINES_LIMIT + 2), TOKYO, TODAY)
    assert (bad.value.line, bad.value.too_many) == (LINES_LIMIT + 1, True)


@given(
    st.text()
    | st.lists(st.sampled_from(["x", "|", "110", "24h", " ", "9:00", "-", "mon", "月", ",", "/", "?"])).map("".join)
)
def test_whatever_is_typed_is_read_or_named(typed: str) -> None:
    with contextlib.suppress(BadLine):
        found = read(typed, TOKYO, TODAY)
        assert read(as_text(found, TOKYO), TOKYO, TODAY) == found
