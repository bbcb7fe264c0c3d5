"""Feedback as messages: long texts go on in the next one, whole and in order."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot.features.blog_reviews.model import Field

ROOM = 1700  # characters of one message: twice as many where all is markup, and headings beside them, are below 4000
_HEADING = 30  # of these, for each text that begins
_LEAST = 200  # characters of a text that are worth beginning it at the end of a message
# After which it reads well to go on elsewhere: a sentence; else a word.
_GOOD_ENDS = (
    re.compile(r"\n+|[。！？]+[」』）)”\"]*|[.!?…]+[)”\"]* |[!?]+(?=[^\x00-\x7f])"),
    re.compile(r"[\s、，]+"),
)
_WHOLE = r"(?:https?://[!-~]*)?\X"  # what is read as one character; an address with it, which would lead elsewhere

Words = tuple[tuple[Field, str], ...]


def parts(texts: Sequence[tuple[Field, str]]) -> list[Words]:
    """Return the ``texts`` of feedback as messages, in their order: put together, they are the same texts.

    A text that is empty is left out.
    """
    messages: list[list[tuple[Field, str]]] = [[]]
    room = ROOM
    for field, text in texts:
        for piece in _pieces(text, room - _HEADING):
            if len(piece) + _HEADING > room:
                messages.append([])
                room = ROOM
            messages[-1].append((field, piece))
            room -= len(piece) + _HEADING
    return [tuple(each) for each in messages if each]


def _pieces(text: str, room: int) -> Iterator[str]:
    """Yield ``text`` in pieces: the first fits into ``room`` if that is worth it, each of the others into a message."""
    full = ROOM - _HEADING
    most = room if len(text) <= room or room >= _LEAST else full
    while text:
        end = _end(text, most) or _end(text, full) or full
        yield text[:end]
        text, most = text[end:], full


def _end(text: str, most: int) -> int:
    """Return where ``text`` ends, or is to be cut, up to ``most``; 0 where its beginning would be torn apart.

    It is cut after a sentence or a word in the last third, else between two characters.
    """
    if len(text) <= most:
        return len(text)
    whole = _ends(text, most)
    for good in _GOOD_ENDS:
        ends = [found.end() for found in good.finditer(text, most * 2 // 3, most) if found.end() in whole]
        if ends:
            return ends[-1]
    return max(whole, default=0)


def _ends(text: str, most: int) -> set[int]:
    """Return where, up to ``most``, something ends that is read as a whole."""
    import regex  # noqa: PLC0415 - only long texts need it

    return set(takewhile(lambda end: end <= most, (found.end() for found in regex.finditer(_WHOLE, text))))
