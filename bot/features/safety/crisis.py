"""The rule by which a text is known to hold crisis words: a wish to die or disappear, self-harm, violence at home.

It leans towards asking once too often: who is shown help lines for nothing reads one card. What it leaves alone are
phrases that only sound like it, sentences that tell of a story, of the news or of work, and what the writer says is
long over. It looks at the neighbourhood of a few places only, so that it takes time in proportion to the text.
"""

from collections.abc import Iterable, Iterator

from bot.features.safety import crisis_words
from bot.features.safety.disguises import plain, unleeted
from bot.features.safety.readings import Reading
from bot.features.safety.word_lists import Searched, WordList

SHORTEST = 2  # letters of a word, by whose first two it is looked for
LINES_LIMIT = 100  # words of a server's own
LINE_LIMIT = 60  # characters
_NEAR = 80  # characters to either side that are read with a word
_MOST = 8  # places that may be told of: who names it more often than that is not telling a story
_ENDS = "。.!?\n"
SHIPPED = WordList(*crisis_words.SHIPPED_JA.words, *crisis_words.SHIPPED_EN.words)


def folded(line: str) -> str:
    """Return a word as it is compared with texts."""
    return unleeted(plain(line)).replace("|", " ").strip()  # which stands between words


def words_of(taken_off: Iterable[str], added: Iterable[str]) -> WordList:
    """Return the words of a server that took off some of those shipped, and added others."""
    without, own = set(taken_off), tuple(added)
    if not without and not own:
        return SHIPPED  # as nearly everywhere
    kept = (word for word in SHIPPED.words if word not in without)
    return WordList(*dict.fromkeys((*kept, *map(folded, own))))


def is_crisis(reading: Reading, words: WordList = SHIPPED) -> bool:
    """Return whether a text holds crisis words that are meant."""
    text = reading.words
    for number, (at, end) in enumerate(_places(text, words)):
        if number == _MOST or not (_is_told(_sentence(text, at, end)) or _is_over(text, at, end)):
            return True
    return False


def _places(text: Searched, words: WordList) -> Iterator[tuple[int, int]]:
    """Yield where one of the ``words`` stands, begin and end, but as a part of a harmless phrase."""
    harmless = list(crisis_words.HARMLESS.found_in(text))
    for word in words.found_in(text):
        for at, end in _whole(text, word, 0, len(text)):
            around = (_whole(text, phrase, max(0, end - len(phrase)), at + len(phrase)) for phrase in harmless)
            if not any(begin <= at and end <= close for places in around for begin, close in places):
                yield at, end


def _whole(text: str, word: str, begin: int, close: int) -> Iterator[tuple[int, int]]:
    """Yield where ``word`` stands between two places of a text, not as a part of a longer Latin word."""
    at = text.find(word, begin, close)
    while at >= 0:
        end = at + len(word)
        if not (_is_one_word(text[at - 1 : at], word[0]) or _is_one_word(word[-1], text[end : end + 1])):
            yield at, end
        at = text.find(word, end, close)


def _is_one_word(letter: str, following: str) -> bool:
    return "a" <= letter <= "z" and "a" <= following <= "z"


def _sentence(text: str, at: int, end: int) -> Searched:
    """Return what stands around a place, up to the ends of its sentence, and no further than is near."""
    before, after = text[max(0, at - _NEAR) : at], text[end : end + _NEAR]
    begin = max(before.rfind(mark) for mark in _ENDS) + 1
    close = min((found for found in map(after.find, _ENDS) if found >= 0), default=len(after))
    return Searched(before[begin:] + text[at:end] + after[:close])


def _is_told(sentence: Searched) -> bool:
    return bool(crisis_words.TOLD.first_in(sentence)) and not crisis_words.MEANT.first_in(sentence)


def _is_over(text: Searched, at: int, end: int) -> bool:
    around = Searched(text[max(0, at - _NEAR) : end + _NEAR])
    return bool(crisis_words.PAST.first_in(around) and crisis_words.OVER.first_in(text))
