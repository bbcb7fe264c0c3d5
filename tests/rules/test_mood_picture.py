"""The picture of one's own moods, and the same in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.features.check_ins.model import MOOD_WEEKS, Mood
from bot.features.check_ins.own import Week
from bot.kernel.i18n import Locale, Texts
from cogs.check_ins.picture import described

ALT_LIMIT = 1024  # characters, Discord's
THIS_WEEK = date(2026, 11, 30)  # a Monday: the week goes on into December
WEEKS = [Week(THIS_WEEK - timedelta(weeks=ago), {} if ago else {Mood.CALM: 2}) for ago in reversed(range(MOOD_WEEKS))]


@pytest.mark.parametrize(
    ("locale", "span", "moods"), [("ja", "2026年6月～12月", "おだやか 2回"), ("en", "Jun – Dec 2026", "2 × calm")]
)
def test_words_reach_as_far_as_the_last_week(locale: Locale, span: str, moods: str) -> None:
    words = described(Texts(), locale, WEEKS)
    assert span in words
    assert moods in words


@pytest.mark.parametrize(
    ("locale", "june", "november"),
    [
        ("ja", "6月は笑い 4回、ためいき 4回。", "11月は笑い 1回、おだやか 2回。"),
        ("en", "Jun: 4 × laughing and 4 × a sigh.", "Nov: 1 × laughing and 2 × calm."),
    ],
)
def test_whoever_does_not_see_it_reads_when_moods_changed(locale: Locale, june: str, november: str) -> None:
    weeks = [replace(week, moods={Mood.LAUGHING: 1, Mood.SIGH: 1}) for week in WEEKS[:4]]
    weeks += [replace(WEEKS[-1], moods={Mood.LAUGHING: 1, Mood.CALM: 2})]
    assert described(Texts(), locale, weeks).endswith(f" {june} {november}")


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_the_words_find_room(locale: Locale) -> None:
    weeks = [replace(week, moods=dict.fromkeys(Mood, 100)) for week in WEEKS]
    assert len(described(Texts(), locale, weeks)) <= ALT_LIMIT
