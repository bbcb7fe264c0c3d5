"""Lists of hundreds of words that are looked for in one text, at the cost of a few."""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain


class Searched(str):  # noqa: SLOT000 - its pairs need a place
    """A text in which many words are looked for."""

    @cached_property
    def titled(self) -> str:
        """The text with each word's first letter as a capital, by which words are told from mere parts of words.

        So earn is not found in learn, and no letter has to be looked at twice.
        """
        return self.title()

    @cached_property
    def pairs(self) -> frozenset[int]:
        """All pairs of neighbouring letters of ``titled``, each as one number: made faster than two letters."""
        units = self.titled.encode("utf-16-le", "surrogatepass")
        halves = (units[shift : shift + (len(units) - shift) // 4 * 4] for shift in (0, 2))
        return frozenset(chain.from_iterable(memoryview(half).cast("I") for half in halves))


class WordList:
    """Words and phrases, of which each begins where a word of the text does, and may end before it does.

    Those whose first two letters are not in a text are not looked for in it.
    """

    def __init__(self, *lines: str) -> None:
        """Take the words of all ``lines``, with ``|`` between them; each has two letters or more."""
        self.words = tuple("|".join(lines).split("|"))
        self._by_pair: dict[int, list[tuple[str, str]]] = {}
        for word in self.words:
            pair = min(Searched(word[:2]).pairs)  # of letters that take two units there are several
            self._by_pair.setdefault(pair, []).append((word, word.title()))

    def found_in(self, text: Searched) -> Iterator[str]:
        """Yield the words that ``text`` holds, in the order of their first letters."""
        pairs = sorted(self._by_pair.keys() & text.pairs)
        return (word for pair in pairs for word, titled in self._by_pair[pair] if titled in text.titled)

    def first_in(self, text: Searched) -> str:
        """Return one of the words that ``text`` holds, always the same one, or nothing."""
        return next(self.found_in(text), "")

    def count_in(self, text: Searched) -> int:
        """Return how many of the words ``text`` holds."""
        return sum(1 for _ in self.found_in(text))
