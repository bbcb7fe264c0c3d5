"""What members of one server look for, and what that finds, in one transaction."""

import json
from collections.abc import Collection
from pathlib import Path

from bot.features.introductions.model import SEARCH_KEPT, Search
from bot.kernel.clock import to_micros
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.text import search_query
from bot.storage.database import Transaction, queries_in, rows


class SearchStore:
    """The searches of one server."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._connection = transaction.connection
        self._moment = transaction.now
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def keep_search(self, member_id: MemberId, topic: str, trade: str, words: str) -> Search:
        """Keep what a member looks for, so that its pages can be turned."""
        search_id: int = await self._queries.keep_search(
            self._connection,
            server_id=self._server_id,
            member_id=member_id,
            topic=topic,
            trade=trade,
            words=words,
            expires_at=to_micros(self._moment + SEARCH_KEPT),
        )
        return Search(search_id, member_id, topic, trade, words)

    async def drop_expired_searches(self) -> None:
        """Remove all searches whose time is over."""
        await self._queries.drop_expired_searches(self._connection, server_id=self._server_id, now=self._now)

    async def search(self, search_id: int, member_id: MemberId) -> Search | None:
        """Return a member's own search, or None when it is too old."""
        row = await self._queries.search(
            self._connection, server_id=self._server_id, search_id=search_id, member_id=member_id, now=self._now
        )
        return None if row is None else Search(**dict(row))

    async def matching(self, search: Search, most: int, hidden: Collection[int] = ()) -> list[int]:
        """Return up to ``most`` ids of the introductions that a search finds, newest first; none of ``hidden`` people.

        Whoever wants to be left out is.
        """
        found = self._queries.matching(
            self._connection,
            server_id=self._server_id,
            member_id=search.member_id,
            topic=search.topic,
            trade=search.trade,
            words=search_query(search.words),
            hidden=json.dumps(sorted(hidden)),
            most=most,
        )
        return [row["introduction_id"] for row in await rows(found)]
