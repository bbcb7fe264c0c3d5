"""Members' text is made storable, and folded so that it is found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.text import fold, is_visible, search_query, search_tokens, storable


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_folded_text_has_single_spaces_only(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Café", "cafe"),
        ("ＣＡＦＥ", "cafe"),
        ("ﾌﾟﾛｸﾞﾗﾐﾝｸﾞ", "プログラミング"),
        ("転職\u3000育児", "転職 育児"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
        ("㍻", "平成"),
        ("か\u3099", "が"),
        ("naïve ", " NAIVE"),
        ("Ｃ＋＋", "c++"),
    ],
)
def test_case_width_and_latin_accents_do_not_matter(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)


@pytest.mark.parametrize(
    ("one", "other"), [("は", "ば"), ("ば", "ぱ"), ("か", "が"), ("ハハ", "パパ"), ("きょう", "きよう"), ("c", "c#")]
)
def test_voicing_marks_small_letters_and_symbols_matter(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "「」", '""', "'' 『』", "\n\t"])
def test_nothing_to_look_for_is_no_query(text: str) -> None:
    assert search_query(text) is None


def test_all_words_are_wanted_whichever_space_stands_between_them() -> None:
    assert search_query("転職\u3000育児") == search_query("転職 育児")
    assert str(search_query("転職 育児")).count(" AND ") == 1


@pytest.mark.parametrize("quoted", ["「転職」", "“転職”", '"転職"', "『転職』", "'転職'"])
def test_quotation_marks_around_a_word_do_not_count(quoted: str) -> None:
    assert search_query(quoted) == search_query("転職")


@given(st.text())
def test_tokens_are_plain_whatever_was_typed(text: str) -> None:
    allowed = set("0123456789abcdefz ")
    assert set(search_tokens(text)) <= allowed
    assert set(search_query(text) or "") <= allowed | set('AND"*')


@given(st.text(alphabet=st.characters()))  # lone surrogates too
def test_what_is_storable_can_be_kept_and_sent(text: str) -> None:
    kept = storable(text)
    assert "\x00" not in kept
    kept.encode()
    assert storable(kept) == kept


@pytest.mark.parametrize("text", ["転職中です", "👩‍👩‍👧", "e\u0301", "a\nb", "\u202e", ""])
def test_whole_texts_are_stored_as_they_are(text: str) -> None:
    assert storable(text) == text


def test_a_torn_emoji_is_put_together_again() -> None:
    assert storable("\ud83d\ude00") == "😀"
    assert storable("a\ud83db") == "a\ufffdb"


@pytest.mark.parametrize("text", ["", " \u3000\n", "\u200b\u200d", "\u3164", "\u2800", "\u0301", "\ufe0f", "\u202e"])
def test_what_is_drawn_as_nothing_is_not_visible(text: str) -> None:
    assert not is_visible(text)


@pytest.mark.parametrize("text", ["a", "転", "！", "😀", "❤️", " x ", "\u3164a", "1"])
def test_anything_else_is(text: str) -> None:
    assert is_visible(text)
