"""A word is found exactly where it stands, in a real full-text table."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.kernel.text import fold, search_query, search_tokens

ALPHABET = "あかがカガｶﾞハバパ転職育児cC+#＋éeE\u3099\u0301 \u3000「」\"'*:-()z0１AND😀👩‍👧\x00\n"
TYPED = st.text(alphabet=ALPHABET, max_size=30) | st.text(max_size=20)
QUOTES = "「」『』“”‘’\"'"


@pytest.fixture(scope="module")
def index(template: Path) -> Iterator[sqlite3.Connection]:
    """The index itself, without anything in it."""
    with contextlib.closing(sqlite3.connect(template)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")
        yield connection
        connection.rollback()


def is_found(index: sqlite3.Connection, text: str, query: str) -> bool:
    index.execute("DELETE FROM introduction_search")
    index.execute("INSERT INTO introduction_search (rowid, tokens) VALUES (1, ?)", (search_tokens(text),))
    found = index.execute("SELECT rowid FROM introduction_search WHERE tokens MATCH ?", (query,)).fetchall()
    return found == [(1,)]


@given(TYPED, TYPED)
@example("転職", "職")
@example("C++", "c++")
@example("AND", "and")
def test_a_text_is_found_by_what_it_contains_and_by_nothing_else(
    index: sqlite3.Connection, text: str, typed: str
) -> None:
    words = [word for word in (word.strip(QUOTES) for word in fold(typed).split()) if word]
    query = search_query(typed)
    assert (query is None) is (not words)
    if query is not None:
        assert is_found(index, text, query) is all(word in fold(text) for word in words)


@given(st.data(), st.text(alphabet=ALPHABET, min_size=1, max_size=30))
def test_every_part_of_every_word_is_found(index: sqlite3.Connection, data: st.DataObject, text: str) -> None:
    words = [word for word in fold(text).split() if word.strip(QUOTES)]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(0, len(word) - 1))
    end = data.draw(st.integers(start + 1, len(word)))
    query = search_query(word[start:end])
    if query is not None and fold(word[start:end]) in fold(text):
        assert is_found(index, text, query)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("転職を考えています", "転職"),
        ("在宅で育児中", "育児"),
        ("Pythonで業務改善", "python"),
        ("Ｐｙｔｈｏｎ", "Python"),
        ("C++ と C# を少し", "c++"),
        ("C++ と C# を少し", "Ｃ＃"),
        ("駅前のCaféで", "「cafe」"),
        ("駅前のcafeで", "café"),
        ("ﾌﾟﾛｸﾞﾗﾐﾝｸﾞ", "プログラミング"),
        ("転職\nと育児", "育児\u3000転職"),
        ("写真", "写"),
        ("看護師です👩‍⚕️", "👩‍⚕️"),
        ("最後の語", "語"),
    ],
)
def test_what_people_look_for_is_found(index: sqlite3.Connection, text: str, typed: str) -> None:
    assert is_found(index, text, str(search_query(typed)))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("ハハ", "パパ"),
        ("か", "が"),
        ("C", "C++"),
        ("転 職", "転職"),
        ("転職", "転職 育児"),
        ("OR NOT", "x OR NOT"),
        ("職転", "転職"),
        ("転職", "職転"),
    ],
)
def test_what_is_not_there_is_not_found(index: sqlite3.Connection, text: str, typed: str) -> None:
    assert not is_found(index, text, str(search_query(typed)))
