"""Typed days: what people type in either language names the day that they mean."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.dates import typed_date

THURSDAY = date(2026, 11, 26)
SUNDAY = date(2026, 12, 6)
IN_JAPANESE = """
12月6日 | 12月6 | 12月06日 | 12月 6日 | １２月６日 | 12月6日(日) | 12月6日（日）
12月6日(日曜) | 12月6日（日曜日） | 12月6日 (日) | 2026年12月6日 | 2026年12月6日(日) | ２０２６年１２月６日（日）
2026年 12月 6日 | 12/6（日・祝） | 12/6(日祝)
12/6 | １２／６ | 12/06 | 12-6 | 12.6 | 12/6(日) | 12/6 （日） | 12/ 6
2026-12-06 | 2026/12/6 | 2026.12.6 | 2026-12-6 | 20261206 | ２０２６１２０６ | ２０２６－１２－０６
"""
IN_ENGLISH = """
Dec 6 | dec 6 | DEC 6 | Dec. 6 | Dec 6th | dec6 | December 6 | december 6th | Ｄｅｃ　６ | Dec  6 | December 06
Dec 6 2026 | Dec 6, 2026 | Dec 6,2026 | December 6th, 2026 | Dec. 6th 2026 | December 06, 2026
6 Dec | 6 dec. | 6th Dec | 6 December | 6th of December | 6dec | 06 Dec | 6 Dec 2026 | 6 December, 2026
Dec 6 (Sun) | 12/6 (sun) | 12/6(Sunday) | 12/6（Sun.） | 2026-12-06 (Sun) | 6 December 2026 (Sunday)
Sun, Dec 6 | Sun Dec 6 | Sunday, December 6 | Sunday 6 December | Sun. 12/6 | sunday 2026-12-06
Sunday, December 6th, 2026 (Sunday)
"""
JUNK = """
6 | ６日 | 12月 | 12 | 1206 | 26-12-06 | 2026 | 2026-12 | 2026年12月 | 126 | Dec | Sunday | sun | 日曜日
0/6 | 12/0 | 13/6 | 12/32 | 11/31 | 2026-02-29 | 2026-13-01 | 0000-01-01 | 2月30日 | Feb 30 | 31 June | Dec 0
12/6/2026 | 06.12.2026 | 12/6/26 | 12 6 | 12・6 | 12〜6 | 12/6-12/8 | 12/6か12/7 | 12/6 10:00 | -12/6 | 12//6
mayhem 6 | marble 6 | decade 5 | octopus 8 | Sepp 6 | junior 3 | 6 marchers | Sunlight Dec 6 | Sund Dec 6
12/6( | 12/6() | 12/6(日 | 12/6日) | 12/6(いつか) | 12/6(foo) | 12/6(日)(日) | (日)12/6 | 12/6(午後) | 12/6(sunny)
明日 | 来週の日曜 | tomorrow | next Sunday | いつでも | asap | １２／６／ | 12月6日まで | by Dec 6 | Dec 6?
99999-12-06 | 2026-12-006 | 1e5 | 12.6. | 0x12/6 | ١٢/٦/٢٠٢٦ | NaN | null | 🗓️ | 十二月六日 | 令和8年12月6日
"""


def each_of(table: str) -> list[str]:
    return table.strip().replace("\n", " | ").split(" | ")


@pytest.mark.parametrize("text", each_of(IN_JAPANESE), ids=ascii)
def test_a_day_is_read_as_it_is_typed_in_japanese(text: str) -> None:
    assert typed_date(text, THURSDAY) == SUNDAY


@pytest.mark.parametrize("text", each_of(IN_ENGLISH), ids=ascii)
def test_a_day_is_read_as_it_is_typed_in_english(text: str) -> None:
    assert typed_date(text, THURSDAY) == SUNDAY


@pytest.mark.parametrize("text", each_of(JUNK), ids=ascii)
def test_anything_else_names_no_day(text: str) -> None:
    assert typed_date(text, THURSDAY) is None


@pytest.mark.parametrize("text", ["\u300012/6\u3000", " １２／６\n", "\tDec\u3000 6"])
def test_spaces_around_a_day_do_not_count(text: str) -> None:
    assert typed_date(text, THURSDAY) == SUNDAY


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\n", "\x00", "12\x006", "\ud800", "1" * 51, "12/6" + " " * 50])
def test_nothing_and_what_no_keyboard_types_name_no_day(text: str) -> None:
    assert typed_date(text, THURSDAY) is None


@pytest.mark.parametrize("piece", ["1", "(", "Dec 6 ", "\u0301\u0323", "\ufdfa"])  # marks take long to be sorted
def test_a_long_text_names_no_day_and_takes_no_time(piece: str) -> None:
    assert typed_date(piece * 100_000, THURSDAY) is None


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("12/31", date(2026, 12, 31), date(2026, 12, 31)),
        ("12/31", date(2027, 1, 1), date(2027, 12, 31)),
        ("1/1", date(2026, 12, 31), date(2027, 1, 1)),
        ("1月1日", date(2027, 1, 1), date(2027, 1, 1)),
        ("Jan 1", date(2027, 1, 2), date(2028, 1, 1)),
        ("11/26", THURSDAY, THURSDAY),
        ("11/25", THURSDAY, date(2027, 11, 25)),
        ("2026-11-25", THURSDAY, date(2026, 11, 25)),  # with its year, a day may be over
        ("25 Nov 2026", THURSDAY, date(2026, 11, 25)),
        ("2/29", date(2028, 1, 1), date(2028, 2, 29)),
        ("2/29", date(2028, 2, 29), date(2028, 2, 29)),
        ("2/29", date(2028, 3, 1), date(2032, 2, 29)),
        ("2月29日", THURSDAY, date(2028, 2, 29)),
        ("Feb 29", date(2096, 3, 1), date(2104, 2, 29)),  # 2100 is no leap year
        ("2028-02-29", THURSDAY, date(2028, 2, 29)),
        ("2100-02-29", THURSDAY, None),
        ("12/31", date(9999, 12, 31), date(9999, 12, 31)),
        ("12/30", date(9999, 12, 31), None),  # nor is there a year after that
    ],
)
def test_without_a_year_it_is_the_next_such_day(text: str, today: date, day: date | None) -> None:
    assert typed_date(text, today) == day


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(
    "shape", ["%B %-d", "%b %-d", "%-d %B", "%-d %b %Y", "%b. %-d, %Y", "%-m月%-d日", "%A, %B %-d", "%-m/%-d(%a)"]
)
def test_every_month_and_weekday_has_its_name(month: int, shape: str) -> None:
    for day in (date(2027, month, number) for number in range(1, 29)):
        assert typed_date(day.strftime(shape), date(2027, 1, 1)) == day


def test_months_have_the_short_names_that_people_use() -> None:
    assert typed_date("Sept 6", THURSDAY) == typed_date("Sep. 6", THURSDAY) == date(2027, 9, 6)


@pytest.mark.parametrize(
    "weekday", ["Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", *"月火水木金土日"]
)
def test_a_weekday_is_not_looked_at(weekday: str) -> None:
    assert typed_date(f"12/6({weekday})", THURSDAY) == SUNDAY


@given(st.dates(), st.dates())
def test_any_day_is_read_as_computers_write_it(day: date, today: date) -> None:
    assert typed_date(day.isoformat(), today) == day
    assert typed_date(f"{day.year:04}年{day.month}月{day.day}日", today) == day


@given(st.dates(max_value=date(9990, 1, 1)), st.integers(0, 364))
def test_a_day_of_the_next_year_needs_no_year(today: date, days: int) -> None:
    day = today + timedelta(days)
    assert typed_date(f"{day.month}/{day.day}", today) == day


@given(st.text(alphabet=st.characters()) | st.text(alphabet="0123456789/-.年月日 (sundec)１"), st.dates())
def test_any_text_names_a_day_or_none(text: str, today: date) -> None:
    day = typed_date(text, today)
    assert day is None or type(day) is date
