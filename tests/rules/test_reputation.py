"""What may be recorded as a thanks and when, and which word follows from those that somebody received."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.reputation.model import (
    DAILY,
    DAY,
    FREE,
    MONTHS,
    PAIR_PAUSE,
    REASON_LEAST,
    REASON_LIMIT,
    TAKE_BACK,
    WEEK,
    WEEKLY,
    Cause,
    CauseKind,
    Thanks,
    Tie,
    Word,
    complaint_about,
    facts_of,
    free_from,
    word_for,
)

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FIRST = date(2026, 11, 1)
NAMES = ("たろう", "Taro", "田中 太郎", "★☆★☆★")


# ── Reasons ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "reason",
    [
        "ありがとう",
        "助かりました！",
        "たろうさん、昨日は相談に乗ってくれてありがとう",
        "太郎のおかげ",
        "thx :)",
        "Thanks Taro",
        "Saved my weekend 🎉",
        "<@123456789012345678> ありがとう",
        "見て https://example.com",
        "https://example.com/aこれに助けられた",  # in Japanese, no space follows
        "example.com/a の件、助かりました",
        "Node.js を教えてくれた",
        "あああああ、助かった",
        "x" * 150 + "y" * 150,
        " \n" + "ab" * 150 + "\n ",
        "ぎ" * 100 + "か\u3099" * 200,  # as many as one sees, in whatever way they are put together
    ],
)
def test_a_reason_that_says_something_is_fine(reason: str) -> None:
    assert complaint_about(reason, NAMES) is None


@pytest.mark.parametrize(
    ("reason", "complaint"),
    [
        ("", "too_short"),
        ("神です。", "too_short"),
        ("    ab    ", "too_short"),
        ("ab\u200b\u200b\u200b\u200b", "too_short"),  # invisible
        ("ﷺ㍿", "too_short"),  # two, though they stand for more
        ("<@123456789012345678> ok", "too_short"),
        ("<:thanks:123456789012345678>", "too_short"),
        ("ab" * 151, "too_long"),
        ("あ" * 301, "too_long"),
        ("Taroさん", "only_name"),
        ("@taro !", "only_name"),
        ("ＴＡＲＯ！！", "only_name"),
        ("田中太郎様", "only_name"),
        ("たろうさん（Taro）へ", "only_name"),
        ("たろう、たろう、たろう", "only_name"),
        ("Taro-san", "only_name"),
        ("<@123456789012345678>", "only_name"),
        ("<@!123456789012345678>さん", "only_name"),
        ("https://example.com/thanks", "only_link"),
        ("<https://example.com/a>", "only_link"),
        ("www.example.com", "only_link"),
        ("discord.gg/abc", "only_link"),
        ("https://a.example https://b.example!", "only_link"),
        ("ああああああ", "says_nothing"),
        ("wwwwwwｗｗｗ", "says_nothing"),
        ("８８８88888", "says_nothing"),
        ("あ あ あ！あ", "says_nothing"),
        ("aaaaa https://example.com", "says_nothing"),
        ("！！！！！！", "says_nothing"),
        ("👍👍👍👍👍", "says_nothing"),
        ("ーーーーーー", "says_nothing"),
        ("・ ・ ・ ・", "says_nothing"),
        ("★☆★☆★", "says_nothing"),
    ],
)
def test_a_reason_is_more_than_a_name_a_link_or_one_character(reason: str, complaint: str) -> None:
    assert complaint_about(reason, NAMES) == f"reputation.reason_{complaint}"


def test_without_names_any_word_will_do() -> None:
    assert complaint_about("Taro-san", ()) is None


@given(st.text(max_size=REASON_LIMIT + 5), st.lists(st.text(max_size=10), max_size=3))
def test_room_around_a_reason_and_the_order_of_names_make_no_difference(reason: str, names: list[str]) -> None:
    complaint = complaint_about(reason, names)
    assert complaint_about(f"\n {reason}  ", [*reversed(names), ""]) == complaint
    assert complaint is not None or len(reason) >= REASON_LEAST


@given(
    st.text("たろうTaro", min_size=REASON_LEAST, max_size=20), st.sampled_from(["", "さん", "様", "さんへ", "!", " ！"])
)
def test_a_name_is_no_reason_in_whatever_form(name: str, after: str) -> None:
    assert complaint_about(name + after, [name]) == "reputation.reason_only_name"


# ── When ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def ago(*hours: float) -> list[tuple[datetime, bool]]:
    return [(NOW - timedelta(hours=each), False) for each in hours]


@pytest.mark.parametrize(
    ("given_lately", "expected"),
    [
        ([], None),
        (ago(1, 2, 3, 4), None),
        (ago(1, 2, 3, 4, 5), ("enough_today", timedelta(hours=19))),
        (ago(5, 4, 3, 2, 1), ("enough_today", timedelta(hours=19))),
        (ago(1, 2, 3, 4, 24), None),
        (ago(1, 2, 3, 4, 5, 6), ("enough_today", timedelta(hours=19))),
        (ago(*range(30, 44)), None),
        (ago(*range(30, 45)), ("enough_this_week", timedelta(hours=7 * 24 - 44))),
        (ago(*range(30, 44), 7 * 24), None),
        (ago(1, 2, 3, 4, 5, *range(30, 40)), ("enough_this_week", timedelta(hours=7 * 24 - 39))),
        (ago(1, 2, 3, 4, 5, *range(158, 168)), ("enough_today", timedelta(hours=19))),
        ([(NOW - SECOND, True)], ("thanked_lately", PAIR_PAUSE - SECOND)),
        ([(NOW - PAIR_PAUSE + SECOND, True)], ("thanked_lately", SECOND)),
        ([(NOW - PAIR_PAUSE, True)], None),
        ([(NOW - timedelta(days=6), True), *ago(1, 2, 3, 4, 5)], ("thanked_lately", timedelta(days=1))),
        ([(NOW - timedelta(days=6, hours=12), True), *ago(1, 2, 3, 4, 5)], ("enough_today", timedelta(hours=19))),
    ],
)
def test_limits_of_free_thanks(
    given_lately: list[tuple[datetime, bool]], expected: tuple[str, timedelta] | None
) -> None:
    block = free_from(given_lately, NOW)
    assert block == (None if expected is None else (f"reputation.{expected[0]}", NOW + expected[1]))


lately = st.lists(
    st.tuples(st.integers(0, 8 * 24 * 60), st.sampled_from((False, False, False, True))), min_size=5, max_size=30
).map(lambda each: [(NOW - timedelta(minutes=minutes), is_same) for minutes, is_same in each])


@given(lately)
def test_when_one_may_thank_again_is_the_first_moment_at_which_one_may(
    given_lately: list[tuple[datetime, bool]],
) -> None:
    block = free_from(given_lately, NOW)
    if block is not None:
        assert block[1] > NOW
        assert free_from(given_lately, block[1]) is None
        assert free_from(given_lately, block[1] - SECOND) == block


@given(st.lists(st.tuples(st.integers(0, 6 * 60), st.integers(0, 9)), min_size=60, max_size=90))
def test_whoever_thanks_whenever_they_may_stays_within_the_limits(steps: list[tuple[int, int]]) -> None:
    now, recorded = NOW, list[tuple[datetime, int]]()
    for minutes, receiver in steps:
        now += timedelta(minutes=minutes)
        if free_from([(moment, whom == receiver) for moment, whom in recorded], now) is None:
            recorded.append((now, receiver))
    for moment, receiver in recorded:
        since = [(other, whom) for other, whom in recorded if other <= moment]
        assert sum(moment - other < DAY for other, _ in since) <= DAILY
        assert sum(moment - other < WEEK for other, _ in since) <= WEEKLY
        assert sum(moment - other < PAIR_PAUSE for other, whom in since if whom == receiver) == 1


@pytest.mark.parametrize(("after", "can_be"), [(timedelta(0), True), (TAKE_BACK - SECOND, True), (TAKE_BACK, False)])
def test_a_thanks_can_be_taken_back_for_a_while(after: timedelta, can_be: bool) -> None:
    thanks = Thanks(1, 1, 2, 3, "free", "ありがとう", NOW)
    assert thanks.can_be_taken_back(NOW + after) is can_be
    reversed_one = Thanks(1, 1, 2, 3, "free", "ありがとう", NOW, NOW, "giver")
    assert not reversed_one.can_be_taken_back(NOW + after)


def test_a_cause_names_its_object() -> None:
    assert str(FREE) == "free"
    assert str(Cause(CauseKind.INTRO, 7)) == "intro:7"


# ── Words ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def days(*after: int) -> list[date]:
    return [FIRST + timedelta(days=each) for each in after]


@pytest.mark.parametrize(
    ("chains", "thanked_on", "word"),
    [
        (0, [], None),
        (1, days(0, 20, 40), None),
        (2, days(0), Word.FAMILIAR),
        (4, days(0, 20, 40), Word.FAMILIAR),
        (5, days(0, 20, 30), Word.WELL_TIED),
        (5, days(30, 0, 1), Word.WELL_TIED),
        (9, days(0, 20, 40), Word.WELL_TIED),
        (5, days(0, 20, 29), Word.FAMILIAR),
        (5, days(0, 30), Word.FAMILIAR),
        (5, days(0, 30, 30), Word.FAMILIAR),
        (5, [], Word.FAMILIAR),
    ],
)
def test_words_follow_from_chains_and_days(chains: int, thanked_on: list[date], word: Word | None) -> None:
    assert word_for(chains, thanked_on) is word


@given(
    st.integers(0, 9), st.lists(st.integers(0, 60).map(lambda each: FIRST + timedelta(days=each))), st.integers(0, 60)
)
def test_more_chains_and_days_never_take_a_word_away(chains: int, thanked_on: list[date], further: int) -> None:
    order = [None, Word.FAMILIAR, Word.WELL_TIED]
    before = order.index(word_for(chains, thanked_on))
    assert order.index(word_for(chains + 1, thanked_on)) >= before
    assert order.index(word_for(chains, [*thanked_on, FIRST + timedelta(days=further)])) >= before


def test_facts_count_people_thanks_days_and_months_by_the_clocks_of_the_server() -> None:
    midnight = datetime(2026, 11, 1, tzinfo=TOKYO).astimezone(UTC)
    ties = [
        Tie(1, True, 7, "free", midnight - SECOND),
        Tie(2, True, 7, "intro", midnight),
        Tie(3, True, 8, "free", midnight),
        Tie(4, False, 7, "free", midnight - timedelta(days=400)),
    ]
    facts = facts_of(ties, TOKYO, NOW)
    assert (facts.received_from, facts.received, facts.given_to, facts.given) == (2, 3, 1, 1)
    assert facts.days == {date(2026, 10, 31), date(2026, 11, 1)}
    assert [month.first for month in facts.months][:: MONTHS - 1] == [date(2025, 12, 1), date(2026, 11, 1)]
    assert [dict(month.received) for month in facts.months[-2:]] == [
        {CauseKind.FREE: 1},
        {CauseKind.INTRO: 1, CauseKind.FREE: 1},
    ]
    assert not any(month.given for month in facts.months)
