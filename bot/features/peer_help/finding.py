"""Finding asks: one's own, the open ones, and by words; a page at a time."""

from collections.abc import Sequence

from bot.features.members.choices import Choices
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.model import MINE_LIMIT, PAGE, PAGES_LIMIT, WORDS_LIMIT, Ask, AskPage
from bot.features.peer_help.store import AskStore
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.text import search_query, storable
from bot.storage.database import Database, Transaction


class FindingAsks:
    """One method for each way to find asks. Nobody is shown those of whom they keep a distance from."""

    def __init__(self, database: Database, choices: Choices) -> None:
        self._database = database
        self._choices = choices

    async def mine(self, server_id: ServerId, member_id: MemberId) -> list[Ask]:
        """Return a member's own asks, those that are open first, then newest first; none is left out by a pseudonym."""
        async with self._database.read() as transaction:
            found = await AskStore(transaction, server_id).of_member(member_id)
        return sorted(found, key=lambda ask: ask.state.has_ended)[:MINE_LIMIT]

    async def open_asks(self, server_id: ServerId, member_id: MemberId, number: int = 0) -> AskPage:
        """Return page ``number``, from 0, of the open asks: who has waited longest for a helper comes first."""
        async with self._database.read() as transaction:
            hidden = await self._choices.distances(transaction, server_id, member_id)
            found = await AskStore(transaction, server_id).open_asks(PAGE * PAGES_LIMIT, hidden)
        return _page(server_id, found, number)

    async def search(self, server_id: ServerId, member_id: MemberId, words: str) -> AskPage:
        """Find asks by their titles, and by what helped; return the first page.

        Raises:
            Refusal: there are no words, or too many.
        """
        words = storable(words).strip()
        if len(words) > WORDS_LIMIT:
            raise Refusal("peer_help.too_long")
        if search_query(words) is None:
            raise Refusal("peer_help.no_words")
        async with self._database.write() as transaction:
            search_id = await HelpStore(transaction, server_id).keep_search(member_id, words)
        async with self._database.read() as transaction:  # nobody's writing waits for a search
            return await self._found(transaction, server_id, member_id, (search_id, words), 0)

    async def page(self, server_id: ServerId, member_id: MemberId, search_id: int, number: int) -> AskPage:
        """Return page ``number``, from 0, of a member's own search.

        Raises:
            Refusal: it is too old.
        """
        async with self._database.read() as transaction:
            words = await HelpStore(transaction, server_id).searched(search_id, member_id)
            if words is None:
                raise Refusal("peer_help.search_gone")
            return await self._found(transaction, server_id, member_id, (search_id, words), number)

    async def _found(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId, search: tuple[int, str], number: int
    ) -> AskPage:
        hidden = await self._choices.distances(transaction, server_id, member_id)
        found = await AskStore(transaction, server_id).matching(search[1], PAGE * PAGES_LIMIT, hidden)
        return _page(server_id, found, number, search)


def _page(server_id: ServerId, found: Sequence[Ask], number: int, search: tuple[int, str] = (0, "")) -> AskPage:
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(number, 0), pages - 1)
    shown = tuple(found[number * PAGE :][:PAGE])
    return AskPage(server_id, shown, number, pages, len(found), *search)
