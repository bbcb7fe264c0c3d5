"""A text in the ways in which the rules read it."""

import re
from functools import cached_property

from bot.features.safety.disguises import joined, plain, shortened, unleeted
from bot.features.safety.messenger_names import names_in
from bot.features.safety.spelled import as_address
from bot.features.safety.word_lists import Searched

LINK = re.compile(
    r"""
    https?://[!-;=?-~]+  # up to a space or a letter that is not ASCII
    | (?<![\w.\-@/])     # without a scheme: only under the endings that people's own pages have
      (?:[a-z0-9\-]{1,40}\.){1,4} (?:com|net|org|jp|io|dev|blog|info|me|app|site|page) (?![\w.\-])
      (?:/[!-;=?-~]*)?
    """,
    re.VERBOSE,
)


class Reading:
    """A text in the ways in which the rules read it, each of them made when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.exact = plain(text)

    @cached_property
    def plain(self) -> str:
        """The text without disguises, and with no more than three of one sign in a row."""
        return shortened(self.exact)

    @cached_property
    def whole(self) -> str:
        """``plain``, with letters that stood apart joined."""
        return joined(self.plain)

    @cached_property
    def address(self) -> Searched:
        """``whole``, with spelled-out signs of addresses as signs."""
        return Searched(as_address(self.whole))

    @cached_property
    def talk(self) -> str:
        """``whole``, without its links."""
        return LINK.sub(" ", self.whole) if self.links else self.whole

    @cached_property
    def words(self) -> Searched:
        """``talk``, with figures among letters read as letters."""
        return Searched(unleeted(self.talk))

    @cached_property
    def names(self) -> tuple[re.Match[str], ...]:
        """The names of other messengers in ``words``."""
        return names_in(self.words)

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The links of the text, each once."""
        return tuple(dict.fromkeys(link[0] for link in LINK.finditer(self.whole)))


def first(pattern: re.Pattern[str], text: str) -> str:
    """Return the first piece of a text that has the shape, or nothing."""
    found = pattern.search(text)
    return "" if found is None else found[0]
