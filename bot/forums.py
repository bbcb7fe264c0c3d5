"""Which channels are forums, and the tags that the bot keeps in them, asked of Discord by ids."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.kernel.ids import ChannelId
from bot.kernel.tags import Tag, in_line
from bot.troubles import asked


class Forums:
    """The way to ask Discord about forums, and to keep their tags."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def is_forum(self, channel_id: ChannelId) -> bool:
        """Return whether a channel is a forum.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        return _is_forum(await asked(self._client.http.get_channel(channel_id)))

    async def keep_tags(self, channel_id: ChannelId, wanted: Sequence[Tag]) -> list[int | None]:
        """Bring a forum's tags in line, as :func:`~bot.kernel.tags.in_line` does, by one call; none if they are.

        Returns:
            The id of each tag that is ``wanted``; None where there was no room, or the channel is no forum.

        Raises:
            DiscordTrouble: they may not be as they should; the bot may lack Manage Channels.
        """
        channel: Any = await asked(self._client.http.get_channel(channel_id))
        if not _is_forum(channel):
            return [None] * len(wanted)
        before = channel["available_tags"]
        tags, found = in_line(before, wanted)
        if tags != before:
            # Discord takes the whole list only: a tag that a moderator makes in this very moment is lost.
            made: Any = await asked(self._client.http.edit_channel(channel_id, available_tags=tags))
            known = {tag["id"] for tag in before}
            new = (tag["id"] for tag in made["available_tags"] if tag["id"] not in known)
            for tag in tags:
                tag["id"] = tag.get("id") or next(new)
        return [None if tag is None else int(tag["id"]) for tag in found]


def _is_forum(channel: Any) -> bool:  # noqa: ANN401 - the library's TypedDict
    return bool(channel["type"] == discord.ChannelType.forum.value)
