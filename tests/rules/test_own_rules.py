"""A server's own words and patterns: found in any letters, refused with a reason, and never a burden."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.safety import own_rules
from bot.features.safety.disguises import plain
from bot.features.safety.own_rules import LINE_LIMIT, LINES_LIMIT, NO_RULES, BadRule, OwnRules, Why
from bot.features.safety.screening import Finding, Reason, screen


@pytest.fixture(scope="module", autouse=True)
def _unhurried() -> Iterator[None]:
    """Give a busy machine more time than the bot has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_rules, "READING_SECONDS", 1.0)
        patch.setattr(own_rules, "SECONDS", 5.0)
        yield


def found(rules: str, text: str) -> str | None:
    finding = screen([text], links=20, own=OwnRules.read(rules))
    if finding is None:
        return None
    assert finding.reason is Reason.OWN_WORDS
    return finding.found


def refused(rules: str) -> tuple[int, Why]:
    with pytest.raises(BadRule) as refusal:
        OwnRules.read(rules)
    return refusal.value.line, refusal.value.why


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("gift card", "Need a GIFT  CARD?"),
        ("gift card", "ｇｉｆｔ　ｃａｒｄ"),
        ("ＧＩＦＴ", "g\u200bift"),
        ("gift", "g.i.f.t for you"),
        ("gift", "a g1ft"),
        ("ポイント", "ﾎﾟｲﾝﾄあげます"),
        ("ﾎﾟｲﾝﾄ", "ポイントあげます"),
        ("副業", "副🔥業🔥に🔥"),
        ("Café", "CAFE\u0301"),
        ("FFⅦ", "ff7"),
        ("!!!!", "now!!!!!"),
    ],
)
def test_a_word_is_found_in_any_letters(rule: str, text: str) -> None:
    assert found(f"other\n{rule}\n", text)
    assert found(f"other\n{rule}\n", "nothing of it") is None


@pytest.mark.parametrize(
    ("rule", "text", "piece"),
    [
        (r"/gift\s?cards?/", "two Gift Cards", "gift cards"),
        (r"/GIFT/i", "a gift", "gift"),
        (r"/\S+#\S+\.xyz/", "a b#c.xyz d", "b#c.xyz"),
        (r"/\D{3}/", "12abc", "abc"),
        (r"/\bW\w+/", "Wow", "wow"),
        (r"/副業.{0,5}万/", "副業で月５万！", "副業で月5万"),
        (r"/ﾎﾟｲﾝﾄ\d+/", "ポイント１００", "ポイント100"),
        (r"/ポイント[０-９]+/", "ﾎﾟｲﾝﾄ100", "ポイント100"),
        (r"/[Ａ-Ｃ]{3}x/", "abcx", "abcx"),
        (r"/（笑）/", "へえ(笑)", "(笑)"),
        (r"/\（笑/", "へえ（笑）", "(笑"),
        (r"/か\u3099く/", "がく", "がく"),
        (r"/[!！]{5,}/", "wow!!!!!!", "!!!!!!"),
        (r"/^second$/", "first\nsecond\nthird", "second"),
        (r"/x*/", "aaxxb", "xx"),
        (r"/\p{Han}{2}/", "あ漢字", "漢字"),
    ],
)
def test_a_pattern_is_found_as_it_is_meant(rule: str, text: str, piece: str) -> None:
    rule = rule.replace(r"\u3099", "\u3099")
    assert found(rule, text) == piece
    assert found(rule, "") is None


@pytest.mark.parametrize(
    ("rules", "line", "why"),
    [
        ("fine\n\n/[/", 3, Why.NOT_A_PATTERN),
        ("/(?R)/", 1, Why.NOT_A_PATTERN),
        ("/(?P<a>b)(?&a)/", 1, Why.NOT_A_PATTERN),
        ("/(?:abc){e<=2}/", 1, Why.NOT_A_PATTERN),
        ("/(?#[)(a+)+]/", 1, Why.NOT_A_PATTERN),
        ("/(?x) a/", 1, Why.NOT_A_PATTERN),
        (r"/\L<words>/", 1, Why.NOT_A_PATTERN),
        ("/a{1000}/", 1, Why.NOT_A_PATTERN),
        ("/\\/", 1, Why.NOT_A_PATTERN),
        ("fine\n/(?:(?:a{99}){99}){99}/", 2, Why.TOO_SLOW),
        (f"/{'(' * 24}a{')+' * 24}/", 1, Why.TOO_SLOW),
        ("/(a+)+$/", 1, Why.TOO_SLOW),
        ("/(x+x+)+y/", 1, Why.TOO_SLOW),
        ("fine\n" + "a" * (LINE_LIMIT + 1), 2, Why.TOO_LONG),
        ("\n" + "a\n" * (LINES_LIMIT + 1), LINES_LIMIT + 2, Why.TOO_MANY),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_line(rules: str, line: int, why: Why) -> None:
    assert refused(rules) == (line, why)


def test_as_many_lines_as_there_may_be_are_read() -> None:
    typed = "\n".join(f"/gift ?card{number}/" if number % 2 else f"word{number}" for number in range(LINES_LIMIT))
    rules = OwnRules.read(typed)
    assert len(rules.words) == len(rules.patterns) == LINES_LIMIT // 2


@pytest.mark.parametrize("typed", ["", "\n \n", "\u200b", "//", "/"])
def test_lines_with_nothing_to_see_are_no_rules(typed: str) -> None:
    assert found(typed, "Nothing to see here") is None


def test_all_lines_together_have_a_time_to_be_tried_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_rules, "READING_SECONDS", -1.0)
    assert refused("word\n/fine/") == (2, Why.TOO_SLOW)
    assert OwnRules.kept("word\n/fine/\n/[/").matches("fine") == "fine"  # what was taken before needs no trial


def test_patterns_that_run_out_of_time_match_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    slow_then_good = OwnRules.kept("/(x+x+)+y/\n/good/")
    assert slow_then_good.matches("x" * 5000 + " good") == "good"
    monkeypatch.setattr(own_rules, "SECONDS", 0.0)
    assert slow_then_good.matches("good") is None
    assert OwnRules.read("word").matches("a word") == "word"


def test_no_rules_find_nothing() -> None:
    assert NO_RULES.matches("anything", "") is None


def test_a_rule_of_the_house_is_named_before_a_servers_own() -> None:
    finding = screen(["discord.gg/example0000"], links=1, own=OwnRules.read("discord"))
    assert finding == Finding(Reason.INVITE, "discord.gg/example0000")


def shown(typed: str, text: str) -> str | None:
    """Return what rules find, if they can be read."""
    try:
        return OwnRules.read(typed).matches(plain(text))
    except BadRule:
        return None


@given(st.text(st.characters()), st.text(st.characters(), max_size=40), st.sampled_from(["{}", "/{}/"]))
def test_any_line_can_be_read_and_what_it_finds_can_be_shown(text: str, line: str, form: str) -> None:
    piece = shown(form.format(line), text)
    assert piece is None or piece.strip()


@given(st.text(st.sampled_from("ab(|)*+?{9,}[]^$\\.x1あ（＋"), max_size=40))
def test_any_pattern_is_refused_or_harmless(pattern: str) -> None:
    piece = shown(f"/{pattern}/", "ab" * 1000)
    assert piece is None or piece.strip()
