"""Where a text names another messenger, in whatever letters."""

import re
from collections.abc import Iterator

from bot.features.safety import lexicon

_MOST_PLACES = 12  # names that are looked at from each end of a text: with more of them it speaks of nothing else
_SPLIT = 5  # letters: a name that is longer is known also with spaces in it
_LARGE_KATAKANA = {
    **{code: chr(code + 0x60) for code in range(0x3041, 0x3097)},
    **{ord(small): large for small, large in zip("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ", strict=True)},
    **{ord(small): large for small, large in zip("ぁぃぅぇぉっゃゅょゎ", "アイウエオツヤユヨワ", strict=True)},
}
_MASKS = "◯○〇●◎☆★*×"  # signs that stand for a letter of a name: ラ◯ン


def _whole(name: str, letters: str) -> str:
    """Return the shape ``letters`` of a name, which is no part of a longer word where words have ends."""
    if not name.isascii():
        return letters
    return rf"{letters[0]}(?<![a-z0-9_].){letters[1:]}(?![a-z])"  # looks back only where a name begins: fast


def _masked(name: str) -> Iterator[str]:
    """Yield the shapes of a name with one of its inner letters masked."""
    for hidden in range(1, len(name) - 1):
        yield _whole(name, f"{re.escape(name[:hidden])}[{_MASKS}]{re.escape(name[hidden + 1 :])}")


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
_MASKED_NAMES = re.compile("|".join(shape for name in _LONGEST_FIRST for shape in _masked(name)))


def names_in(text: str) -> tuple[re.Match[str], ...]:
    """Return the names of messengers in a plain text, by their places; what they match is in large katakana."""
    large = text if text.isascii() else text.translate(_LARGE_KATAKANA)
    names = list(_NAMES.finditer(large))
    if any(sign in large for sign in _MASKS):
        names += _MASKED_NAMES.finditer(large)
    return (*names[:_MOST_PLACES], *names[_MOST_PLACES:][-_MOST_PLACES:])
