"""Where a text names another messenger, in whatever letters."""

import re
from collections.abc import Iterator
from itertools import islice

from bot.features.safety import lexicon

_MOST_PLACES = 12  # names that are looked at from each end of a text: with more of them it speaks of nothing else
_MOST_MASKS = 500  # signs that may stand for a letter: with more of them they are ornaments
_SPLIT = 5  # letters: a name that is longer is known also with spaces in it
_LARGE_KATAKANA = {
    **{code: chr(code + 0x60) for code in range(0x3041, 0x3097)},
    **{ord(small): large for small, large in zip("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ", strict=True)},
    **{ord(small): large for small, large in zip("ぁぃぅぇぉっゃゅょゎ", "アイウエオツヤユヨワ", strict=True)},
}
_MASKS = "◯○〇●◎☆★*×"  # signs that stand for a letter of a name: ラ◯ン
_MASK = re.compile(f"[{re.escape(_MASKS)}]")

# Of a katakana word only the whole is a name: オンライン and ガイドライン hold ライン, インスタント holds インスタ.
_KATAKANA = re.compile("[ァ-ヺー]")
_CONTINUED = re.compile(
    "グラム|グル|アカ|アプリ|メッセ|トーク|チャット|オープン|オプ|サーバ|チャンネル|コミュ|ブック|ユーザ|ビデオ|コード|フォロ"
)


def _whole(name: str, letters: str) -> str:
    """Return the shape ``letters`` of a name, which is no part of a longer word where words have ends."""
    if not name.isascii():
        return letters
    return rf"{letters[0]}(?<![a-z0-9_].){letters[1:]}(?![a-z])"  # looks back only where a name begins: fast


_LONGEST_FIRST = sorted(lexicon.MESSENGERS.words, key=len, reverse=True)
_NAMES = re.compile(
    "|".join(
        (
            *(_whole(name, " ?".join(name) if len(name) > _SPLIT else re.escape(name)) for name in _LONGEST_FIRST),
            # Each with its own first letter, by which a text is searched fast.
            *(_whole("line", f"{letter}[i1l|!]n[e3]") for letter in "l1!"),
            r"\|(?<![a-z0-9_].)[i1l|!]n[e3](?![a-z])",
        )
    )
)


def _masked_names() -> dict[str, list[tuple[int, re.Pattern[str]]]]:
    """Return the shapes of names with one inner letter masked, by the letters around it, with the mask's place."""
    shapes: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
    for name in _LONGEST_FIRST:
        for hidden in range(1, len(name) - 1):
            shape = _whole(name, f"{re.escape(name[:hidden])}.{re.escape(name[hidden + 1 :])}")
            shapes.setdefault(name[hidden - 1] + name[hidden + 1], []).append((hidden, re.compile(shape)))
    return shapes


_MASKED_NAMES = _masked_names()


def names_in(text: str) -> tuple[re.Match[str], ...]:
    """Return the names of messengers in a plain text, by their places; what they match is in large katakana."""
    large = text if text.isascii() else text.translate(_LARGE_KATAKANA)
    return (*_from_both_ends(text, list(_NAMES.finditer(large))), *_from_both_ends(text, _masked_in(large)))


def _from_both_ends(text: str, names: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the first and the last of the ``names`` that stand for themselves."""
    if len(names) <= 2 * _MOST_PLACES:
        yield from (name for name in names if _is_whole(text, name))
        return
    for half in (names[: len(names) // 2], names[: len(names) // 2 - 1 : -1]):
        yield from islice((name for name in half if _is_whole(text, name)), _MOST_PLACES)


def _masked_in(large: str) -> list[re.Match[str]]:
    """Return the names with a masked letter; only so many masks are looked at."""
    found = []
    for mask in islice(_MASK.finditer(large), _MOST_MASKS):
        around = large[mask.start() - 1 : mask.start()] + large[mask.end() : mask.end() + 1]
        for hidden, shape in _MASKED_NAMES.get(around, ()):
            if mask.start() >= hidden and (name := shape.match(large, mask.start() - hidden)):
                found.append(name)
    return found


def _is_whole(text: str, name: re.Match[str]) -> bool:
    """Return whether a name of katakana stands for itself in ``text``, as it was typed; other letters can't tell."""
    start, end = name.span()
    if _KATAKANA.match(text, start) and _KATAKANA.match(text[start - 1 : start]):
        return False
    is_continued = _KATAKANA.match(text, end - 1) and _KATAKANA.match(text, end)
    return not is_continued or _CONTINUED.match(text, end) is not None
