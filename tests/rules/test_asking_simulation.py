"""Who gets asked and who gets an answer, in half a community: a short run of what `make simulate` does in full."""

from pathlib import Path

import pytest

from benchmarks.simulation.__main__ import document
from benchmarks.simulation.asking.goals import MOST, PINGS, WEEKLY
from benchmarks.simulation.asking.rates import BUNDLES, RANGES, corners, sample
from benchmarks.simulation.asking.summary import Point, measure
from benchmarks.simulation.report import BEGIN, END

MEMBERS, DAYS = 250, 42
SAMPLED, SEEDS = 4, 2
CORNERS = dict(corners())
ROOT = Path(__file__).parents[2]


def at(*upper: str) -> Point:
    chosen = frozenset(upper)
    return measure(CORNERS[chosen], chosen, range(SEEDS), MEMBERS, DAYS)


@pytest.fixture(scope="module")
def sampled() -> list[Point]:
    return [measure(rates, frozenset(), range(SEEDS), MEMBERS, DAYS) for rates in sample(SAMPLED)]


def test_more_is_answered_than_where_nobody_is_asked(sampled: list[Point]) -> None:
    for point in sampled:
        assert point.nobody.answered < point.ours.answered <= point.everybody.answered
        assert point.ours.wait < point.nobody.wait


def test_nobody_is_asked_much_and_hardly_anybody_tires_of_it(sampled: list[Point]) -> None:
    for point in sampled:
        assert point.ours.weekly(MOST) <= WEEKLY < point.role.weekly(MOST)
        assert point.ours.stopped <= 0.05 < point.role.stopped


def test_where_a_role_is_not_heeded_asking_few_has_more_answered_with_a_tenth_of_its_pings() -> None:
    point = at("many helpers", "attentive", "willing")
    assert point.gain > 0
    assert point.pinged <= PINGS


def test_a_role_that_is_heeded_and_tires_nobody_has_more_answered() -> None:
    assert at("role heeded", "patient").gain < 0


def test_the_same_community_lives_the_same_life_again() -> None:
    assert at() == at()


def test_the_sample_holds_one_point_in_each_part_of_each_range() -> None:
    points = list(sample(10))
    for name, its in RANGES.items():
        parts = sorted((getattr(rates, name) - its.low) / (its.high - its.low) * len(points) for rates in points)
        assert [int(part) for part in parts] == list(range(len(points)))


def test_every_rate_that_people_differ_in_is_at_both_ends_in_the_corners() -> None:
    assert len(CORNERS) == 2 ** len(BUNDLES)
    for name, its in RANGES.items():
        ends = {round(getattr(rates, name), 9) for rates in CORNERS.values()}
        assert ends == {its.low, its.high}


def test_the_tables_that_people_read_are_there() -> None:
    _, begun, rest = (ROOT / document("asking")).read_text(encoding="utf-8").partition(BEGIN)
    told, ended, _ = rest.partition(END)
    assert begun
    assert ended
    assert "### Goals" in told
    for its in RANGES.values():
        assert its.what in told
        assert its.source in told
