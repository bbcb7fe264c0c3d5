"""The picture of one's own moods, and the same in words."""

from datetime import date, timedelta

import pytest

from bot.features.check_ins.model import MOOD_WEEKS, Mood
from bot.features.check_ins.own import Week
from bot.kernel.i18n import Locale, Texts
from cogs.check_ins.picture import described

THIS_WEEK = date(2026, 11, 30)  # a Monday: the week goes on into December
WEEKS = [Week(THIS_WEEK - timedelta(weeks=ago), {} if ago else {Mood.CALM: 2}) for ago in reversed(range(MOOD_WEEKS))]


@pytest.mark.parametrize(
    ("locale", "span", "moods"), [("ja", "2026年6月～12月", "おだやか 2回"), ("en", "Jun – Dec 2026", "calm: 2")]
)
def test_words_reach_as_far_as_the_last_week(locale: Locale, span: str, moods: str) -> None:
    words = described(Texts(), locale, WEEKS)
    assert span in words
    assert moods in words
