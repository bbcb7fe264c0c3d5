"""Times of day as people type them on a phone."""

from datetime import time

import pytest

from bot.kernel.dates import typed_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("20:30", time(20, 30)),
        ("2030", time(20, 30)),
        ("８：３０", time(8, 30)),
        ("8.30", time(8, 30)),
        ("20", time(20)),
        ("8h", time(8)),
        ("8:30 pm", time(20, 30)),
        ("8:30 P.M.", time(20, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("20時30分", time(20, 30)),
        ("20時半", time(20, 30)),
        ("8時5分", time(8, 5)),
        ("午後８時半", time(20, 30)),
        ("午前 8:05", time(8, 5)),
        ("午後0時", time(12)),
        ("午前0時15分", time(0, 15)),
    ],
)
def test_a_time_is_read_however_it_is_written(typed: str, meant: time) -> None:
    assert typed_time(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "noon", "24:00", "8:5", "8:60", "-1", "0:30 am", "13 pm", "午後13時", "午後", "半", "20:30:00", "8時30半"],
)
def test_what_is_no_time_is_none(typed: str) -> None:
    assert typed_time(typed) is None
