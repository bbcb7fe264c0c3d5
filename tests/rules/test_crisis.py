"""Crisis words: how well labelled lists are judged, in whatever letters, and what a server adds and takes off."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.safety import crisis_words
from bot.features.safety.crisis import SHIPPED, folded, is_crisis, words_of
from bot.features.safety.readings import Reading
from bot.features.safety.word_lists import WordList

HERE = Path(__file__).parent
BLIND = "crisis_texts_blind.tsv"  # whoever writes words does not read its misses, so that it goes on saying their worth


class Labelled(NamedTuple):
    label: str
    language: str
    text: str

    @property
    def is_crisis(self) -> bool:
        return meant(self.text)


def meant(text: str, words: WordList = SHIPPED) -> bool:
    return is_crisis(Reading(text), words)


def labelled(name: str) -> Iterator[Labelled]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, _place, language, text = line.split("\t")
            yield Labelled(label, language, text.replace(r"\n", "\n"))


SEEN = list(labelled("crisis_texts.tsv"))


def rates(texts: list[Labelled]) -> tuple[float, float]:
    """Return the share of crises that are known, and of other texts that are taken for one."""
    crises = [text.is_crisis for text in texts if text.label == "crisis"]
    others = [text.is_crisis for text in texts if text.label == "fine"]
    return sum(crises) / len(crises), sum(others) / len(others)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_crises_are_known_and_little_else_is_taken_for_one(language: str) -> None:
    texts = [text for text in SEEN if text.language == language]
    known, mistaken = rates(texts)
    wrong = "\n".join(f"{text.label}: {text.text}" for text in texts if text.is_crisis is not (text.label == "crisis"))
    assert known >= 0.97, wrong
    assert mistaken <= 0.03, wrong


def test_texts_that_nobody_has_seen_are_mostly_told_apart() -> None:
    """Measured on 2026-11-26: 70 of 78 crises known, 2 of 85 other texts mistaken.

    A half of it was set apart by lot from texts labelled before there were words (45 of 48 known, 1 of 55 mistaken at
    the first run); the rest was written later, to say things otherwise (20 of 30 known, 1 of 30 mistaken at the first
    run). All of it is by one hand, which flatters the words: others will say it otherwise.
    """
    known, mistaken = rates(list(labelled(BLIND)))
    assert known >= 0.85
    assert mistaken <= 0.05


DISGUISES = {
    "unseen letters": "死\u200bに\u200bた\u200bい",
    "apart": "死 に た い",
    "full width": "ｋｍｓ",
    "upper case": "I WANT TO DIE",
    "look-alikes": "I wаnt to diе",
    "figures": "k1ll myself",
    "letter by letter": "s u i c i d a l",
    "katakana": "シニタイ",
    "other signs": "タヒにたい",
    "aloud": "I'll kill myself!",
}


@pytest.mark.parametrize("text", DISGUISES.values(), ids=DISGUISES)
def test_crises_are_known_in_any_letters(text: str) -> None:
    assert meant(text)


@pytest.mark.parametrize(
    "text",
    [
        "死にたくない",
        "死ぬほど忙しい",
        "運転の死角",
        "お話しにたいへん感動しました",
        "コーヒーなしでは生きていけません",
        "新しい世界に飛び込みたい",
        "My deadline is killing me",
        "kill the process",
        "10 kms every morning",
        "suicides are down",
        "unkmsed",
        "Suicide prevention week",
        "ドラマの主人公が「死にたい」と言う場面が好きです",
        "昔は死にたいと思っていましたが、いまは元気です",
        "I used to want to die. I'm better now.",
    ],
)
def test_what_only_sounds_like_it_is_none(text: str) -> None:
    assert not meant(text)


@pytest.mark.parametrize(
    "text",
    [
        "死にたくないのに、死にたい",
        "ドラマの主人公を見て、私も死にたいと思いました",
        "ドラマの場面が好きです。わたしは死にたいです。",
        "映画を見ても死にたい",
        "昔から死にたいと思っていました",
        "I used to want to die. I want to die again.",
        "This song is lovely. I want to die.",
    ],
)
def test_what_is_meant_is_known_beside_what_is_not(text: str) -> None:
    assert meant(text)


def test_who_says_it_over_and_over_is_not_telling_a_story() -> None:
    told = "主人公が死にたいと言う場面。"
    assert not meant(told * 8)
    assert meant(told * 9)


def test_words_of_a_server_are_looked_for_besides_and_others_are_not() -> None:
    words = words_of(["消えたい"], ["海に沈みたい", "All Is Dark", "😀😀"])
    assert not meant("消えたい", words)
    assert meant("消えてしまいたい", words)
    for text in ("海に沈みたい夜", "ALL is dark.", "😀😀"):
        assert meant(text, words)
        assert not meant(text)
    assert not meant("fall is darker", words)


@given(st.lists(st.text(min_size=1, max_size=60)), st.text(max_size=200))
def test_whatever_a_server_adds_can_be_looked_for(added: list[str], text: str) -> None:
    words = words_of([], [word for word in added if len(folded(word)) >= 2])
    assert isinstance(meant(text, words), bool)


@pytest.mark.parametrize("name", ["SHIPPED_JA", "SHIPPED_EN"])
def test_the_shipped_words_fit_into_their_field_and_are_written_as_they_are_compared(name: str) -> None:
    words: WordList = getattr(crisis_words, name)
    assert len("\n".join(words.words)) <= 3900
    assert [word for word in words.words if folded(word) != word] == []
    assert len(set(words.words)) == len(words.words)


@pytest.mark.parametrize("word", SHIPPED.words)
def test_each_shipped_word_is_known_by_itself(word: str) -> None:
    assert meant(word)


def test_every_harmless_phrase_holds_a_word() -> None:
    """Else it would stand there for nothing."""
    idle = [phrase for phrase in crisis_words.HARMLESS.words if not any(word in phrase for word in SHIPPED.words)]
    assert idle == []


def test_latin_words_end_where_they_end() -> None:
    assert not meant("overdosexyz")
    assert meant("overdose!")
    assert re.fullmatch("[a-z' -]+", "".join(crisis_words.SHIPPED_EN.words))
