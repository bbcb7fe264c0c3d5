"""Members' text: made storable, and folded so that it is found again."""

import itertools
import re
import unicodedata

# Voicing marks (U+3099, U+309A) stay: は, ば and ぱ are different sounds. Latin accents go.
_ACCENTS = re.compile("[\u0300-\u036f]")
_QUOTES = "「」『』“”‘’\"'"  # typed around a word to mark it, not to be found
_SPACE = " "
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # Hangul fillers and the empty Braille pattern count as letters


def storable(text: str) -> str:
    """Return ``text`` without what no database and no client can hold: NULs and lone surrogates."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def is_visible(text: str) -> bool:
    """Return whether ``text`` shows anything: more than spaces, marks, and letters that are drawn as nothing."""
    return any(unicodedata.category(each)[0] not in "CZM" and each not in _BLANK for each in text)


def fold(text: str) -> str:
    """Return ``text`` as it is compared: NFKC, without case and Latin accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))
    return _SPACE.join(plain.split())


def search_tokens(text: str) -> str:
    """Return the bigrams of ``text``, one token each, in order, for a full-text index.

    Characters are written as hexadecimal code points, so that symbols count like letters
    (``C++``). The last character is paired with a space, so that every character starts a token.
    """
    folded = fold(text) + _SPACE
    return _SPACE.join(_token(pair) for pair in itertools.pairwise(folded))


def search_query(text: str) -> str | None:
    """Return the full-text query that wants all words of ``text`` as parts of words.

    Words stand between spaces, full-width ones included; quotation marks around them don't count.
    Returns None when no word is left.
    """
    words = [word.strip(_QUOTES) for word in fold(text).split(_SPACE)]
    phrases = [_phrase(word) for word in words if word]
    return " AND ".join(phrases) or None


def _phrase(word: str) -> str:
    if len(word) == 1:
        return f'"{_hex(word)}z"*'
    return '"' + _SPACE.join(_token(pair) for pair in itertools.pairwise(word)) + '"'


def _token(pair: tuple[str, str]) -> str:
    return f"{_hex(pair[0])}z{_hex(pair[1])}"


def _hex(character: str) -> str:
    return f"{ord(character):x}"
