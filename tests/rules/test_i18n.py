"""Words, plurals, lists and times in both languages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.i18n import LOCALES, Locale, Texts, locale_of

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts()


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("ja", "ja"),
        ("ja_JP.UTF-8", "ja"),
        ("JA-jp", "ja"),
        ("en-US", "en"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("C", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_japanese_for_japanese_and_english_for_all_others(tag: str | None, locale: Locale) -> None:
    assert locale_of(tag) == locale


@pytest.mark.parametrize(
    ("locale", "count", "said"),
    [("en", 0, "X: 0 people"), ("en", 1, "X: 1 person"), ("en", 2, "X: 2 people")],
)
def test_english_counts_one_and_many(texts: Texts, locale: Locale, count: int, said: str) -> None:
    assert texts.plural(locale, "introductions.found", count, what="X") == said


def test_japanese_has_one_form_for_all_counts(texts: Texts) -> None:
    said = {texts.plural("ja", "introductions.found", count, what="X").replace(str(count), "#") for count in (1, 2, 50)}
    assert len(said) == 1


def test_lists_read_as_in_each_language(texts: Texts) -> None:
    assert texts.listing("en", ["a", "b", "c"]) == "a, b, and c"
    assert texts.listing("ja", ["転職", "育児", "写真"]) == "転職、育児、写真"
    assert texts.listing("en", ["a"]) == "a"
    assert texts.listing("ja", []) == ""


def test_a_moment_is_told_in_the_servers_zone(texts: Texts) -> None:
    moment = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)
    assert texts.moment("ja", moment, TOKYO) == "11月24日(火) 0:05"
    assert texts.moment("en", moment, TOKYO) == "Tue 24 Nov, 00:05"
    assert texts.moment("en", moment, ZoneInfo("UTC")) == "Mon 23 Nov, 15:05"


def test_a_span_is_told_in_its_largest_unit(texts: Texts) -> None:
    assert texts.duration("en", timedelta(hours=2)) == "2 hours"
    assert texts.duration("ja", timedelta(days=1)) == "1日"


@given(st.text())
def test_what_a_member_typed_is_never_taken_for_a_pattern(typed: str) -> None:
    texts = _TEXTS
    for locale in LOCALES:
        assert typed in texts(locale, "setup.no_zone", name=typed)


def test_a_key_that_no_catalogue_holds_is_told_apart(texts: Texts) -> None:
    assert texts.has("ja", "topic.job_change")
    assert not texts.has("ja", "topic.no_such_topic")


_TEXTS = Texts()  # reading both catalogues once for all examples
