"""All that exists in one loopback Discord, looked up with Discord's own refusals."""

from collections.abc import Callable
from typing import Any

from . import payloads
from .changes import Changes
from .entities import Channel, ChannelType, Guild, Member, Message, Role, User
from .errors import ApiError
from .ids import Snowflakes
from .permissions import NOTHING, Permission, held_in_channel, held_in_guild

Json = dict[str, Any]
Emit = Callable[[str, Guild | None, Json], None]


class World:
    """Servers, channels, people. `emit` brings an event to the bot; it is set by whoever owns the gateway."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.ids = Snowflakes()
        self.bot = User(self.ids.make(), "bot-under-test", bot=True)
        self.application_id = self.bot.id
        self.guilds: dict[int, Guild] = {}
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.channels: dict[int, Channel] = {}
        self.commands: dict[int | None, list[Json]] = {}
        self.emit: Emit = lambda _event, _guild, _data: None

    def guild(self, guild_id: int) -> Guild:
        """Return a server that the bot is in; raise 10004 otherwise."""
        found = self.guilds.get(guild_id)
        if found is None or not found.has_bot:
            raise ApiError(10004)
        return found

    def person(self, user_id: int) -> User:
        """Return a user; raise 10013 for an unknown one."""
        if user_id not in self.users:
            raise ApiError(10013)
        return self.users[user_id]

    def member(self, guild: Guild, user_id: int) -> Member:
        """Return a member; raise 10013 for an unknown user, 10007 for one who is not in the server."""
        self.person(user_id)
        if user_id not in guild.members:
            raise ApiError(10007)
        return guild.members[user_id]

    def role(self, guild: Guild, role_id: int) -> Role:
        """Return a role that can be given at all; raise 10011 for an unknown one, and for that of everybody."""
        if role_id not in guild.roles or role_id == guild.id:
            raise ApiError(10011)
        return guild.roles[role_id]

    def set_role(self, member: Member, role: Role, *, held: bool) -> None:
        """Let the bot give or take a role; raise 50013 where it may not, or the role is none below its highest."""
        self.need_in_guild(member.guild, Permission.MANAGE_ROLES)
        highest = max(map(_rank, self.bot_in(member.guild).roles), default=(0, 0))
        is_below = member.guild.owner_id == self.bot.id or _rank(role) < highest
        if role.managed or not is_below:
            raise ApiError(50013)
        if held != (role in member.roles):
            member.roles = [*(each for each in member.roles if each is not role), *([role] if held else [])]
            data = {**payloads.member(member), "guild_id": str(member.guild.id)}
            self.emit("GUILD_MEMBER_UPDATE", member.guild, data)

    def shares_server(self, person: User) -> bool:
        """Whether a person is in any server that the bot is in."""
        return any(guild.has_bot and person.id in guild.members for guild in self.guilds.values())

    def bot_in(self, guild: Guild) -> Member:
        """Return the bot as a member."""
        return guild.members[self.bot.id]

    def channel(self, channel_id: int, needs: Permission = NOTHING) -> Channel:
        """Return a channel, thread or DM.

        Raises 10003 for an unknown one, 50001 where the bot cannot see it, 50013 where it lacks `needs`.
        """
        found = self.channels.get(channel_id)
        if found is None:
            raise ApiError(10003)
        if found.guild is None:
            return found
        if not found.guild.has_bot:
            raise ApiError(50001)
        held = held_in_channel(self.bot_in(found.guild), found)
        if not held & Permission.VIEW_CHANNEL:
            raise ApiError(50001)
        if needs & ~held:
            raise ApiError(50013)
        return found

    def need_in_guild(self, guild: Guild, needs: Permission) -> None:
        """Raise 50013 where the bot lacks `needs` in the server as a whole."""
        if needs & ~held_in_guild(self.bot_in(guild)):
            raise ApiError(50013)

    def message(self, channel: Channel, message_id: int) -> Message:
        """Return a message of a channel; raise 10008 for an unknown or deleted one."""
        if message_id not in channel.messages:
            raise ApiError(10008)
        return channel.messages[message_id]

    def add_channel(self, channel: Channel) -> Channel:
        """Keep a new channel, thread or DM and tell the bot of it."""
        self.channels[channel.id] = channel
        if channel.guild is not None:
            channel.guild.channels[channel.id] = channel
            created = payloads.channel(channel)
            if channel.is_thread:
                self.emit("THREAD_CREATE", channel.guild, {**created, "newly_created": True})
            else:
                self.emit("CHANNEL_CREATE", channel.guild, created)
        self.changes.tell()
        return channel

    def tell_changed(self, channel: Channel) -> None:
        """Tell the bot that a channel or thread of a server is not what it was."""
        event = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
        self.emit(event, channel.guild, payloads.channel(channel))
        self.changes.tell()

    def remove_channel(self, channel: Channel) -> None:
        """Delete a channel with its threads, or one thread, and tell the bot."""
        for thread in [each for each in self.channels.values() if each.parent is channel]:
            self._forget(thread)
        self._forget(channel)
        self.emit("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", channel.guild, payloads.channel(channel))
        self.changes.tell()

    def _forget(self, channel: Channel) -> None:
        del self.channels[channel.id]
        if channel.guild is not None:
            del channel.guild.channels[channel.id]
        if channel.parent is not None and (starter := channel.parent.messages.get(channel.id)) is not None:
            starter.thread = None

    def dm_with(self, person: User) -> Channel:
        """Return the bot's DM channel with a person, made when there is none."""
        for channel in self.channels.values():
            if channel.recipient is person:
                return channel
        return self.add_channel(Channel(self.ids.make(), ChannelType.DM, person.name, recipient=person))


def _rank(role: Role) -> tuple[int, int]:
    """Return where a role stands: of two at one position, the older is the higher one."""
    return role.position, -role.id
