"""A server's own words and patterns: what moderators typed, tried out before it is kept, and bounded in time.

A pattern runs where all servers wait for it. So what multiplies while it is read is refused unread, the rest is tried
on texts that slow patterns are slow on, and on the texts of members all of them together have little time.
"""

import contextlib
import re
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from bot.features.safety.disguises import plain

if TYPE_CHECKING:
    import regex

LINES_LIMIT = 100
LINE_LIMIT = 100  # characters
SECONDS = 0.02  # for all patterns on one text together, well below what may hold the event loop
PATTERN_SECONDS = 0.005  # for one pattern, so that a slow one leaves time for others
READING_SECONDS = 0.04  # for trying out all lines together
_HEAVIEST = 20_000  # characters of a pattern with its counted repetitions written out: read in a few milliseconds
_SAMPLE = 3000  # characters of the texts on which a pattern is tried

_PATTERN = re.compile(r"/(.+)/i?")
_GROUP_REPEATED = re.compile(r"\)(?:\+|\{([0-9]+))")
_COUNT = re.compile(r"(?<!\))\{([0-9]+)")
_ESCAPED = re.compile(r"\\(?:[pPN]\{[^{}]*\}|.)", re.DOTALL)
# What may follow "(?" and stand in braces. Else patterns could call themselves, guess letters, or hide in comments.
_UNKNOWN = re.compile(r"\(\?(?!:|=|!|>|<=|<!|P?<[a-z]|[ims]+[:)])|\{(?![0-9]{0,3}(?:,[0-9]{0,3})?\})")
_NOT_ASCII = re.compile(r"\\?([^\x00-\x7f]+)")


class Why(StrEnum):
    """What is wrong with a line."""

    NOT_A_PATTERN = "not_a_pattern"
    TOO_SLOW = "too_slow"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


class BadRule(ValueError):
    """A line that can't be used: its number, from 1, and why."""

    def __init__(self, line: int, why: Why) -> None:
        super().__init__(line, why)
        self.line = line
        self.why = why


@dataclass(frozen=True, slots=True)
class OwnRules:
    """Words, as they are read without disguises, and patterns."""

    words: tuple[str, ...] = ()
    patterns: "tuple[regex.Pattern[str], ...]" = ()

    @classmethod
    def read(cls, typed: str) -> "OwnRules":
        """Return the rules that ``typed`` holds: a word or phrase a line, a pattern between slashes.

        Raises:
            BadRule: a line can't be used.
        """
        ends_at = time.monotonic() + READING_SECONDS
        lines = _lines(typed)
        if len(lines) > LINES_LIMIT:
            raise BadRule(lines[LINES_LIMIT][0], Why.TOO_MANY)
        rules = []
        for number, line in lines:
            rule = _rule(number, line)
            if not isinstance(rule, str):
                _try_out(number, rule, ends_at)
            rules.append(rule)
        return cls._of(rules)

    @classmethod
    def kept(cls, typed: str) -> "OwnRules":
        """Return the rules of a text that was read before, without such lines as can't be used any more.

        Nothing is tried out, so that a moment in which the machine is busy takes no rule away.
        """
        rules = []
        for number, line in _lines(typed):
            with contextlib.suppress(BadRule):  # taken by an earlier version: better without it than without the others
                rules.append(_rule(number, line))
        return cls._of(rules)

    @classmethod
    def _of(cls, rules: "Iterable[str | regex.Pattern[str]]") -> "OwnRules":
        known = [rule for rule in rules if rule]
        words = tuple(rule for rule in known if isinstance(rule, str))
        return cls(words, tuple(rule for rule in known if not isinstance(rule, str)))

    def matches(self, *texts: str) -> str | None:
        """Return the first piece of one of the plain ``texts`` that a rule names; never an empty one.

        A pattern that runs out of time matches nothing.
        """
        word = next((word for word in self.words for text in texts if word in text), None)
        if word is not None:
            return word
        ends_at = time.monotonic() + SECONDS
        for text, pattern in product(dict.fromkeys(texts), self.patterns):
            left = ends_at - time.monotonic()
            if left <= 0:
                break
            piece = _piece(pattern, text, min(left, PATTERN_SECONDS))
            if piece is not None:
                return piece
        return None


NO_RULES = OwnRules()


def _lines(typed: str) -> list[tuple[int, str]]:
    """Return the lines that are not blank, with their numbers."""
    return [(number, line.strip()) for number, line in enumerate(typed.splitlines(), start=1) if line.strip()]


def _rule(number: int, line: str) -> "str | regex.Pattern[str]":
    """Return a line's word, which is empty if there is nothing to see of it, or its pattern."""
    if len(line) > LINE_LIMIT:
        raise BadRule(number, Why.TOO_LONG)
    pattern = _PATTERN.fullmatch(line)
    return plain(line).strip() if pattern is None else _compiled(number, _folded(pattern[1]))


def _compiled(number: int, pattern: str) -> "regex.Pattern[str]":
    import regex  # noqa: PLC0415 - only servers with patterns of their own need it

    if _UNKNOWN.search(_ESCAPED.sub("", pattern)) or r"\L" in pattern:
        raise BadRule(number, Why.NOT_A_PATTERN)
    if _weight(pattern) > _HEAVIEST:
        raise BadRule(number, Why.TOO_SLOW)
    try:
        return regex.compile(pattern, regex.IGNORECASE | regex.MULTILINE)
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise BadRule(number, Why.NOT_A_PATTERN) from error


def _folded(pattern: str) -> str:
    """Return a pattern whose letters are those in which texts are read; what is ASCII may be its grammar, and stays.

    A sign that is read as one of the grammar, such as a parenthesis of full width, still means itself.
    """
    return _NOT_ASCII.sub(lambda run: re.escape(plain(run[1])), unicodedata.normalize("NFC", pattern))


def _weight(pattern: str) -> int:
    """Return at most how many characters a pattern has when its repetitions are written out, as it is when compiled.

    Each repeated group is taken to hold all others: to look closer would mean to understand patterns as their compiler.
    """
    groups = prod(int(least or 1) + 1 for least in _GROUP_REPEATED.findall(pattern))
    return len(pattern) * groups * max((int(least) for least in _COUNT.findall(pattern)), default=1)


def _try_out(number: int, pattern: "regex.Pattern[str]", ends_at: float) -> None:
    """Let a pattern run on texts on which those that try too much take long.

    Raises:
        BadRule: they took until ``ends_at``.
    """
    letters = "".join(dict.fromkeys(letter for letter in pattern.pattern if letter.isalnum()))[:4]
    for unit in (*"a 1あ", "a ", "a1", "ab", *letters, letters or "a"):
        left = ends_at - time.monotonic()
        try:
            pattern.search((unit * _SAMPLE)[:_SAMPLE] + "!", timeout=max(left, 1e-9))
        except TimeoutError as error:
            raise BadRule(number, Why.TOO_SLOW) from error


def _piece(pattern: "regex.Pattern[str]", text: str, seconds: float) -> str | None:
    """Return the first piece of ``text`` that a pattern matches and that shows something; None, too, if time is up."""
    try:
        return next((str(found[0]) for found in pattern.finditer(text, timeout=seconds) if found[0].strip()), None)
    except TimeoutError:
        return None
