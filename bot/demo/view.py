"""What one member sees in one channel, as the page draws it."""

from collections.abc import Iterable, Iterator

from simcord.backend import serializers
from simcord.backend.access import channel_accessible, message_accessible
from simcord.backend.models import Channel, Message
from simcord.enums import AppCommandType, ChannelType, MessageType

from bot.demo.wire import Json, readable
from bot.demo.world import Place, World

_KINDS = {
    ChannelType.TEXT: "text",
    ChannelType.NEWS: "text",
    ChannelType.FORUM: "forum",
    ChannelType.CATEGORY: "category",
    ChannelType.DM: "dm",
    ChannelType.PUBLIC_THREAD: "thread",
    ChannelType.PRIVATE_THREAD: "thread",
}
# Discord announces a thread twice, by this message and below the one it hangs on; the page shows the second.
_UNSEEN = {MessageType.THREAD_CREATED, MessageType.THREAD_STARTER_MESSAGE}


class Eyes:
    """Draws the world for one member at a time, and remembers what each of them has seen."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._backend = world.env.backend
        self._seen: dict[tuple[int, int], int] = {}
        self._quiet_until = self._backend.snowflake()

    def look(self, place: Place) -> Json:
        """Everything on the page of this member in this channel, which counts as read from now on.

        A channel that the member can't see is replaced by the first that they can.
        """
        channels = list(self._channels(place.member_id, place.channel_id))
        wanted = [channel for channel in channels if channel.id == place.channel_id]
        here = (wanted or [channel for channel in channels if _KINDS[ChannelType(channel.type)] == "text"])[0]
        messages = self._messages(here, place.member_id)
        if messages:
            self._seen[place.member_id, here.id] = messages[-1].id
        return {
            "server": self._world.guild.name,
            "member": str(place.member_id),
            "channel": str(here.id),
            "channels": [self._channel(channel, place.member_id) for channel in channels],
            "members": [self._resident(member_id) for member_id in self._world.residents],
            "starter": self._starter(here),
            "messages": [self._message(message, place.member_id) for message in messages],
            "posts": [self._post(post, place.member_id) for post in self._posts(here, place.member_id)],
            "commands": self._commands(place.member_id, here.id),
            "menus": self._menus(place.member_id, here.id),
            "choosable": self._choosable(here, channels),
            "names": self._names(),
        }

    def _channels(self, member_id: int, here: int = 0) -> Iterator[Channel]:
        """The channels of the member in the order of the sidebar, threads below theirs, the conversation last.

        A closed thread is listed for who looks at it, as Discord does.
        """
        backend, guild = self._backend, self._backend.get_guild(self._world.guild.id)
        listed = [backend.channels[channel_id] for channel_id in guild.channel_ids]
        threads = [backend.channels[thread_id] for thread_id in guild.thread_ids if thread_id in backend.channels]
        for channel in sorted(listed, key=lambda each: _order(each, backend.channels)):
            if channel.type in _KINDS and channel_accessible(backend, channel.id, member_id):
                yield channel
                yield from (
                    thread
                    for thread in threads
                    if thread.parent_id == channel.id
                    and (thread.id == here or not _is_closed(thread))
                    and channel_accessible(backend, thread.id, member_id)
                )
        yield backend.get_dm_channel(member_id)

    def _messages(self, channel: Channel, member_id: int) -> list[Message]:
        stored = self._backend.messages.get(channel.id, {}).values()
        return [
            message
            for message in sorted(stored, key=lambda each: each.id)
            if message.type not in _UNSEEN and message_accessible(self._backend, channel.id, message, member_id)
        ]

    def _unread(self, channel: Channel, member_id: int) -> int:
        seen = max(self._quiet_until, self._seen.get((member_id, channel.id), 0))
        return sum(
            message.id > seen and message.author_id != member_id for message in self._messages(channel, member_id)
        )

    def _channel(self, channel: Channel, member_id: int) -> Json:
        return {
            "id": str(channel.id),
            "kind": _KINDS[ChannelType(channel.type)],
            "name": channel.name or self._backend.bot_user.name,
            "topic": channel.topic or "",
            "parent": str(channel.parent_id) if channel.parent_id else None,
            "tags": self._tags(channel),
            "unread": self._unread(channel, member_id),
        }

    def _posts(self, channel: Channel, member_id: int) -> list[Channel]:
        """The posts of a forum as Discord has them: open ones first, and what is newest said in on top."""
        guild = self._backend.get_guild(self._world.guild.id)
        threads = [self._backend.channels[each] for each in guild.thread_ids if each in self._backend.channels]
        is_forum = channel.type == ChannelType.FORUM
        posts = [each for each in threads if is_forum and each.parent_id == channel.id]
        return sorted(posts, key=lambda each: (_is_closed(each), -self._latest(each, member_id).id))

    def _post(self, post: Channel, member_id: int) -> Json:
        seen = self._messages(post, member_id)
        details = {"closed": _is_closed(post), "count": len(seen) - 1, "latest": seen[-1].timestamp}
        return self._channel(post, member_id) | details

    def _latest(self, post: Channel, member_id: int) -> Message:
        return self._messages(post, member_id)[-1]

    def _tags(self, channel: Channel) -> list[str]:
        """The names of a post's tags, in the forum's order."""
        forum = self._backend.channels.get(channel.parent_id or 0)
        tags = forum.available_tags if forum is not None else []
        return [tag["name"] for tag in tags if int(tag["id"]) in channel.applied_tags]

    def _resident(self, member_id: int) -> Json:
        resident = self._world.residents[member_id]
        return {
            "id": str(member_id),
            "name": resident.actor.user.global_name,
            "caption": dict(resident.caption),
            "unread": sum(self._unread(channel, member_id) for channel in self._channels(member_id)),
        }

    def _message(self, message: Message, member_id: int) -> Json:
        payload = readable(serializers.message_payload(self._backend, message, for_user=member_id))
        # A thread that hangs on a message has the message's id; so has a post its first one, which stands in it.
        thread = self._backend.channels.get(message.id)
        if thread is not None and thread.parent_id == message.channel_id:
            payload["thread"] = {"id": str(thread.id), "name": thread.name, "count": thread.message_count}
        return payload

    def _starter(self, channel: Channel) -> Json | None:
        if not channel.is_thread or channel.parent_id is None:
            return None
        message = self._backend.messages.get(channel.parent_id, {}).get(channel.id)
        return None if message is None else readable(serializers.message_payload(self._backend, message))

    def _commands(self, member_id: int, channel_id: int) -> list[Json]:
        return [
            {
                "name": " ".join(path),
                "description": leaf.get("description", ""),
                "description_localizations": leaf.get("description_localizations") or {},
                "options": leaf.get("options") or [],
            }
            for path, leaf in self._world.wire.commands(member_id, channel_id)
        ]

    def _menus(self, member_id: int, channel_id: int) -> Json:
        """What the bot offers in the menu of a member and of a message."""
        kinds = {"member": AppCommandType.USER, "message": AppCommandType.MESSAGE}
        return {
            kind: [
                {"name": each["name"], "name_localizations": each.get("name_localizations") or {}}
                for each in self._world.wire.menus(member_id, channel_id, number)
            ]
            for kind, number in kinds.items()
        }

    def _choosable(self, here: Channel, channels: Iterable[Channel]) -> Json:
        """Whom and what a menu or an option can name here; in private there is nobody but the two."""
        backend = self._backend
        guild = backend.get_guild(self._world.guild.id)
        # simcord's owner of the server lives nowhere.
        people = [each for each in self._world.residents if each in guild.members]
        users = map(backend.get_user, (*(people if here.guild_id else here.recipient_ids), backend.bot_user.id))
        roles = [role for role in guild.roles.values() if here.guild_id and role.id != guild.id]
        rooms = [each for each in channels if here.guild_id and each.guild_id and not each.is_thread]
        return {
            "users": [{"id": str(each.id), "name": each.global_name or each.name} for each in users],
            "roles": [{"id": str(each.id), "name": f"@{each.name}"} for each in roles],
            "channels": [{"id": str(each.id), "name": each.name, "type": int(each.type)} for each in rooms],
        }

    def _names(self) -> Json:
        guild = self._backend.get_guild(self._world.guild.id)
        return {
            "users": {str(user.id): user.global_name or user.name for user in self._backend.users.values()},
            "channels": {str(each.id): each.name for each in self._backend.channels.values() if each.name},
            "roles": {str(role.id): role.name for role in guild.roles.values() if role.id != guild.id},
        }


def _is_closed(thread: Channel) -> bool:
    return thread.thread_metadata is not None and thread.thread_metadata.archived


def _order(channel: Channel, channels: dict[int, Channel]) -> tuple[tuple[int, int], int, int, int]:
    """Channels without a category first; then each category with its own channels right after it."""
    if channel.type == ChannelType.CATEGORY:
        return (1, channel.id), 0, 0, 0
    parent = channels.get(channel.parent_id or 0)
    return ((1, parent.id) if parent else (0, 0)), 1, channel.position, channel.id
