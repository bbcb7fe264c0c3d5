"""What an interrupted attempt may have made in Discord: looked for before the same is made again."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord

from bot.kernel.errors import UNKNOWN_CHANNEL
from bot.kernel.ids import ServerId, component_id, snowflake_at
from bot.troubles import UNKNOWN_MESSAGE

if TYPE_CHECKING:
    from discord.types.message import Message

_PAGE = 100
_CLOCK_SKEW = timedelta(minutes=2)  # between our clock, which dates claims, and Discord's, which dates what is made


class Traces:
    """Finds it by the mark of the effect's key, or by its name. ``since`` is when it was tried first."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def message(self, channel_id: int, key: str, since: datetime) -> int | None:
        """Return the message in a channel that carries the mark."""
        after = snowflake_at(since - _CLOCK_SKEW)
        # The newest ones first: a clock of ours that was wrong would let the search begin too late.
        newest = await self._client.http.logs_from(channel_id, _PAGE)
        for message in newest:
            if self._is_marked(message, key):
                return int(message["id"])
        while True:
            page = await self._client.http.logs_from(channel_id, _PAGE, after=after)
            for message in page:
                if self._is_marked(message, key):
                    return int(message["id"])
            if len(page) < _PAGE:
                return None
            after = max(int(message["id"]) for message in page)

    async def thread(self, message_id: int) -> int | None:
        """Return the thread that was started from a message: it has the message's id."""
        try:
            await self._client.http.get_channel(message_id)
        except discord.HTTPException as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
            return None
        return message_id

    async def post(self, server_id: ServerId, channel_id: int, key: str, name: str, since: datetime) -> int | None:
        """Return the post in a forum whose first message carries the mark.

        One that has the ``name`` is looked at however old it seems: a clock of ours may have been wrong.
        """
        assert self._client.user is not None  # noqa: S101 - nothing is posted before the login
        since -= _CLOCK_SKEW
        async for thread in self._threads(server_id, channel_id, since):
            may_be = int(thread["id"]) >= snowflake_at(since) or thread["name"] == name
            if may_be and int(thread["owner_id"]) == self._client.user.id:
                first = await self._first_message(int(thread["id"]))
                if first is not None and self._is_marked(first, key):
                    return int(thread["id"])
        return None

    async def channel(self, server_id: int, name: str, since: datetime) -> int | None:
        """Return the newest channel of a server that has the ``name``, if it was made since."""
        channels = await self._client.http.get_all_guild_channels(server_id)
        newest = max((int(channel["id"]) for channel in channels if channel["name"] == name), default=0)
        return newest if newest >= snowflake_at(since - _CLOCK_SKEW) else None

    async def _threads(self, server_id: int, channel_id: int, since: datetime) -> AsyncIterator[Any]:
        """Yield a forum's active threads, and of the archived ones at least those that were archived ``since``."""
        active: Any = await self._client.http.get_active_threads(server_id)
        for thread in active["threads"]:
            if int(thread["parent_id"]) == channel_id:
                yield thread
        before: Any = None
        while True:
            page: Any = await self._client.http.get_public_archived_threads(channel_id, before, _PAGE)
            for thread in page["threads"]:
                yield thread
                before = thread["thread_metadata"]["archive_timestamp"]
            if not (page["has_more"] and page["threads"]) or datetime.fromisoformat(before) < since:
                return

    async def _first_message(self, thread_id: int) -> "Message | None":
        try:
            return await self._client.http.get_message(thread_id, thread_id)
        except discord.HTTPException as error:
            if error.code not in {UNKNOWN_CHANNEL, UNKNOWN_MESSAGE}:
                raise
            return None

    def _is_marked(self, message: "Message", key: str) -> bool:
        user = self._client.user
        components: Any = message.get("components") or [{}]
        is_ours = user is not None and int(message["author"]["id"]) == user.id
        return is_ours and components[0].get("id") == component_id(key)
