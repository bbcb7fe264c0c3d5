"""Addresses and figures that were spelled out, in Japanese or English, as what they mean."""

import re
from typing import NamedTuple

_HOST_FOLLOWS = r"(?=[a-z0-9\-]{1,40}(?:\.| ?[(\[{<] ?(?:dot|\.|ドット|どっと)| dot | ?ドット| ?どっと))"
_BRACKETS = ("(", "[", "{", "<")


def _in_brackets(*words: str) -> re.Pattern[str]:
    return re.compile(rf" ?[(\[{{<] ?(?:{'|'.join(words)}) ?[)\]}}>] ?")


class _Sign(NamedTuple):
    """A sign of addresses: what a text must hold for a look to be worth while, the shapes, and what they mean."""

    hints: tuple[str, ...]
    shape: re.Pattern[str]
    sign: str


_SIGNS = (
    _Sign(_BRACKETS, _in_brackets("at", "@", "アット(?:マーク)?", "あっと(?:まーく)?", "アト"), "@"),
    _Sign(("アットマーク", "あっとまーく", "★", "☆"), re.compile(" ?(?:アットマーク|あっとまーく|★|☆) ?"), "@"),
    _Sign(("アット", "あっと"), re.compile(f" ?(?:アット|あっと) ?{_HOST_FOLLOWS}"), "@"),
    _Sign((" at ",), re.compile(f" at {_HOST_FOLLOWS}"), "@"),
    _Sign(("@",), re.compile(r"\s@\s?|@\s"), "@"),
    _Sign(_BRACKETS, _in_brackets("dot", r"\.", "ドット", "どっと"), "."),
    _Sign(("ドット", "どっと"), re.compile(" ?(?:ドット|どっと) ?"), "."),
    _Sign((" dot ",), re.compile(" dot "), "."),
    _Sign((".",), re.compile(r"\s\.\s?|\.\s(?=[a-z]{2,3}(?![a-z]))|\.\n(?=[a-z])"), "."),
    _Sign(_BRACKETS, _in_brackets("slash", "/", "スラッシュ", "すらっしゅ"), "/"),
    _Sign(("スラッシュ", "すらっしゅ"), re.compile(" ?(?:スラッシュ|すらっしゅ) ?"), "/"),
    _Sign((" slash ",), re.compile(" slash "), "/"),
    _Sign(("/",), re.compile(r"\s/\s?|/\s"), "/"),
    _Sign(("?", "&", "="), re.compile(" ?([?&=]) ?"), r"\1"),
)
# "★を@に変えて", "replace # with @".
_STANDS_FOR_AT = re.compile(
    r"([^\w\s]) ?(?:を|は|→|⇒|=) ?(?:@|アット|あっと)|"
    r"(?:replace|swap|change|turn) (?:the )?([^\w\s]) (?:with|for|to|into|by) (?:an? |the )?(?:@|at)"
)

_FIGURES_IN_WORDS = (
    "zero one two three four five six seven eight nine",
    "ゼロ イチ ニー サン ヨン ゴー ロク ナナ ハチ キュウ",
    "ぜろ いち にー さん よん ごー ろく なな はち きゅう",
    "〇 一 二 三 四 五 六 七 八 九",
    "レイ ワン ツー スリー フォー ファイブ シックス セブン エイト ナイン",
    "oh",
    "れい",
    "零",
)
_FIGURES = {word: str(figure) for line in _FIGURES_IN_WORDS for figure, word in enumerate(line.split())}
_FIGURES |= {"キュー": "9", "きゅー": "9"}
# Looks back only where a word begins: fast.
_ENGLISH = re.compile("|".join(rf"{word[0]}(?<![a-z].){word[1:]}(?![a-z])" for word in _FIGURES if word.isascii()))
_JAPANESE = sorted((word for word in _FIGURES if not word.isascii()), key=len, reverse=True)
_OH = re.compile(r"o(?:(?<=[0-9]o)(?=[0-9 ])|(?<![^\W\d_]o)(?=[0-9]))")


def as_address(text: str) -> str:
    """Return a plain text with the signs of addresses as they are meant: ``a (at) b dot jp`` is ``a@b.jp``."""
    told = _STANDS_FOR_AT.search(text) if "@" in text or "アット" in text else None
    if told is not None:
        text = text.replace(told[1] or told[2], "@")
    for hints, shape, sign in _SIGNS:
        if any(hint in text for hint in hints):
            text = shape.sub(sign, text)
    return text


def with_figures(text: str) -> str:
    """Return a plain text with figures that were spelled out: ゼロ is 0, and so are zero, 〇 and the o in 2o2."""
    for word in _JAPANESE:
        text = text.replace(word, _FIGURES[word])
    return _OH.sub("0", _ENGLISH.sub(lambda word: _FIGURES[word[0]], text))
