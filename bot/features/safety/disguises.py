"""Texts as a person reads them: without the odd letters, marks and spaces behind which an id or an address hides.

What is hidden in whole words, as in ``a (at) b dot jp``, is for :mod:`~bot.features.safety.spelled`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping


def _any_of(table: Mapping[int, str | None]) -> re.Pattern[str]:
    """Return the pattern for one letter of a ``table``, in ranges, without which it would be slow."""
    codes = sorted(table)
    firsts = [code for code in codes if code - 1 not in table]
    lasts = [code for code in codes if code + 1 not in table]
    ranges = (f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))
    return re.compile(f"[{''.join(ranges)}]")


# Letters that pass for Latin ones, after Unicode's list of confusables: those that phones and toys for fonts offer.
_CYRILLIC = dict(zip("авекмнорстухіјѕԁԛԝһӏьзӡипяєҽгԍԏ", "abekmhopctyxijsdqwhlb33nnreergt", strict=True))
_ARMENIAN = dict(zip("օոսհցքզյ", "onuhgpqj", strict=True))
_GREEK = dict(zip("αβεηικνορτυχω", "abenikvoptuxw", strict=True))
_SMALL_CAPITALS = dict(zip("ɑɩɪʟɴᴇᴅᴏᴀʙᴄᴊᴋᴍᴘꜱᴛᴜᴠᴡʏᴢɢʜ", "aiilnedoabcjkmpstuvwyzgh", strict=True))
_SIGNS = {"ı": "i", "ǀ": "l", "⁄": "/", "∕": "/"} | dict.fromkeys("‐‑–—−", "-")
_ALIKE = str.maketrans({**_CYRILLIC, **_ARMENIAN, **_GREEK, **_SMALL_CAPITALS, **_SIGNS})

# Letters in boxes and circles, and those that make flags, which compatibility forms leave as they are.
_BOXED = {first + n: chr(ord("a") + n) for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6) for n in range(26)}
# What stands in parentheses or before a full stop, all in one sign, is read without them.
_ENCLOSED = {
    sign: unicodedata.normalize("NFKC", chr(sign)).strip("().")
    for first, last in ((0x2474, 0x24B5), (0x3200, 0x321E), (0x3220, 0x3243), (0x1F110, 0x1F129))
    for sign in range(first, last + 1)
}
_ROMAN = {first + n: str(n + 1) for first in (0x2160, 0x2170) for n in range(1, 12) if n not in {4, 9}}  # not V, X
# Fractions, words and sayings in one sign, up to 18 letters long: nobody hides behind them, they would only cost time.
_WHOLE_WORDS = dict.fromkeys(
    (*range(0xBC, 0xBF), *range(0x2150, 0x2160), *range(0x3300, 0x3358), 0x337F, *range(0xFDF0, 0xFDFD)), " "
)
_UNSEEN = dict.fromkeys(
    (
        *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, 0x3164, 0xFFA0, 0xFEFF, 0x20E3),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        *range(0xE0000, 0xE0080),
    )
)
_ODD = {**_BOXED, **_ENCLOSED, **_ROMAN, **_WHOLE_WORDS, **_UNSEEN}
_SOME_ODD, _SOME_ALIKE = _any_of(_ODD), _any_of(_ALIKE)
_ACCENTED = re.compile("[À-ʯ\u0300-ӿḀ-῿\u20d0-\u20ff]")
_ACCENTS = re.compile("[\u0300-\u036f\u20d0-\u20ff]+")
_BLANKS = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")  # all but a single space, which may stay

_MANY = re.compile(r"([^\w\s])\1{3,}")

# Three or more single letters with the same few signs between them: D M s, L I N E, l.i.n.e, 副🔥業🔥に.
# Latin ones also right beside Japanese: L-I-N-Eのほうが.
_ONE_BY_ONE = re.compile(
    r"[a-z](?<![a-z0-9_].)(?:[^\w]{1,3}[a-z0-9](?![a-z0-9_])){2,}|(?<!\w)\w(?:[^\w]{1,3}\w(?!\w)){2,}"
)
_GAP = re.compile(r"[^\w]+")

_LEET = str.maketrans("013457@!|", "oieastail")
# An exclamation mark at the end is one.
_MIXED = re.compile(r"(?<![\w@])(?=[a-z]*[0-9@!|])(?=[0-9@!|]*[a-z])[a-z0-9@!|]{1,19}[a-z0-9@](?![\w@])")


def plain(text: str) -> str:
    """Return ``text`` in the plainest letters: small, of one width, with single spaces, without what is not seen."""
    if text.isascii():
        return _BLANKS.sub(" ", text.lower())
    letters = unicodedata.normalize("NFKC", _translated(text, _ODD, _SOME_ODD))
    if _ACCENTED.search(letters):
        letters = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", letters)))
    return _BLANKS.sub(" ", _translated(letters.casefold(), _ALIKE, _SOME_ALIKE))


def _translated(text: str, table: Mapping[int, str | None], some: re.Pattern[str]) -> str:
    """Return a translated text; most texts hold nothing of the ``table``, which is seen faster than translated."""
    return text.translate(table) if some.search(text) else text


def shortened(text: str) -> str:
    """Return a text with no more than three of one sign in a row."""
    return _MANY.sub(r"\1\1\1", text)


def joined(text: str) -> str:
    """Return a :func:`plain` text in which words that were spelled letter by letter are whole."""
    return _ONE_BY_ONE.sub(lambda run: _without_gaps(run[0]), text)


def _without_gaps(run: str) -> str:
    """Return ``run`` without the sign that stands between most of its letters; other signs are part of what it says."""
    gaps = _GAP.findall(run)
    if len(set(gaps)) == 1:
        return run.replace(gaps[0], "")
    ((usual, _),) = Counter(gaps).most_common(1)
    return _GAP.sub(lambda gap: "" if gap[0] == usual else gap[0].strip() or " ", run)


def unleeted(text: str) -> str:
    """Return a :func:`plain` text in which words of letters and figures are read as letters: m0ney is money."""
    return _MIXED.sub(lambda word: word[0].translate(_LEET), text)
