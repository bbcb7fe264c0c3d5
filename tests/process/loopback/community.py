"""What a test arranges in the loopback Discord: servers, channels, people, and what happens to them."""

from collections.abc import Sequence
from typing import Any

from . import forums, payloads
from .entities import Channel, ChannelType, Guild, Member, Message, MessageType, Role, User
from .errors import NotPossible
from .ids import now
from .permissions import BOT_USUALLY, MEMBERS_USUALLY, NOTHING, Permission
from .routes import Discord

Json = dict[str, Any]


class Community:
    """Makes and unmakes things; the bot is told by gateway events as far as its intents let it."""

    def __init__(self, discord: Discord) -> None:
        self.discord = discord
        self.world = discord.world

    def create_guild(
        self,
        name: str,
        *,
        locale: str = "en-US",
        owner: User | None = None,
        channels: Sequence[str] = (),
        is_community: bool = True,
        bot_permissions: Permission = BOT_USUALLY,
    ) -> Guild:
        """Make a server with the bot in it, an owner (a new person unless given) and text channels of these names."""
        ids = self.world.ids
        owner = owner or self.create_user(f"owner of {name}", locale=locale)
        guild_id = ids.make()
        guild = Guild(guild_id, name, locale, owner.id, Role(guild_id, "@everyone", MEMBERS_USUALLY, 0))
        guild.roles[guild_id] = guild.everyone
        guild.is_community = is_community
        managed = Role(ids.make(), self.world.bot.name, bot_permissions, 1, managed=True)
        guild.roles[managed.id] = managed
        guild.members[owner.id] = Member(owner, guild)
        guild.members[self.world.bot.id] = Member(self.world.bot, guild, [managed])
        self.world.guilds[guild_id] = guild
        self.world.emit("GUILD_CREATE", guild, self._whole(guild))
        for channel in channels:
            self.create_channel(guild, channel)
        return guild

    def _whole(self, guild: Guild) -> dict[str, object]:
        return payloads.whole_guild(guild, self.world.bot_in(guild))

    def create_channel(
        self, guild: Guild, name: str, *, topic: str | None = None, kind: ChannelType = ChannelType.TEXT
    ) -> Channel:
        """Make a channel, as a moderator would."""
        return self.world.add_channel(Channel(self.world.ids.make(), kind, name, guild, topic=topic))

    def create_forum(self, guild: Guild, name: str, *tags: str, requires_tag: bool = False) -> Channel:
        """Make a forum with tags of these names, as a moderator would."""
        forum = Channel(self.world.ids.make(), ChannelType.FORUM, name, guild, requires_tag=requires_tag)
        forums.keep_tags(self.world, forum, [{"name": tag} for tag in tags])
        return self.world.add_channel(forum)

    def set_tags(self, forum: Channel, tags: Sequence[Json]) -> None:
        """Let a moderator change a forum's tags; those that keep their `id` are the same."""
        forums.keep_tags(self.world, forum, tags)
        self.world.tell_changed(forum)

    def open_post(self, person: Member | User, forum: Channel, name: str, text: str) -> Channel:
        """Let a person begin a post in a forum by hand."""
        user = person.user if isinstance(person, Member) else person
        thread = Channel(self.world.ids.make(), ChannelType.PUBLIC_THREAD, name, forum.guild, forum, owner_id=user.id)
        self.world.add_channel(thread)
        self._post(Message(thread.id, thread, user, content=text))
        return thread

    def create_role(self, guild: Guild, name: str, permissions: Permission = NOTHING) -> Role:
        """Make a role."""
        role = Role(self.world.ids.make(), name, permissions, len(guild.roles))
        guild.roles[role.id] = role
        self.world.emit("GUILD_ROLE_CREATE", guild, {"guild_id": str(guild.id), "role": payloads.role(role)})
        return role

    def change_role(
        self, guild: Guild, role: Role, *, position: int | None = None, permissions: Permission | None = None
    ) -> None:
        """Let a moderator move a role in the server's list, where the highest stands first, or change its powers."""
        role.position = role.position if position is None else position
        role.permissions = role.permissions if permissions is None else permissions
        self.world.emit("GUILD_ROLE_UPDATE", guild, {"guild_id": str(guild.id), "role": payloads.role(role)})

    def delete_role(self, guild: Guild, role: Role) -> None:
        """Let a moderator delete a role; nobody has it any more."""
        del guild.roles[role.id]
        for member in guild.members.values():
            member.roles = [each for each in member.roles if each is not role]
        self.world.emit("GUILD_ROLE_DELETE", guild, {"guild_id": str(guild.id), "role_id": str(role.id)})

    def bot_role(self, guild: Guild) -> Role:
        """Return the role that came with the bot."""
        return self.world.bot_in(guild).roles[0]

    def create_user(self, name: str, *, locale: str = "en-US", dms_open: bool = True) -> User:
        """Make a person who is in no server yet."""
        user = User(self.world.ids.make(), name, locale, dms_open=dms_open)
        self.world.users[user.id] = user
        return user

    def add_member(
        self,
        guild: Guild,
        who: str | User,
        *,
        locale: str = "en-US",
        permissions: Permission = NOTHING,
        roles: tuple[Role, ...] = (),
    ) -> Member:
        """Let a person join silently: by name a new one, or a user. `permissions` come with a role made for them."""
        user = self.create_user(who, locale=locale) if isinstance(who, str) else who
        own = (self.create_role(guild, f"{user.name}'s", permissions),) if permissions else ()
        member = Member(user, guild, [*roles, *own])
        guild.members[user.id] = member
        data = {**payloads.member(member), "guild_id": str(guild.id)}
        self.world.emit("GUILD_MEMBER_ADD", guild, data)
        return member

    def remove_member(self, member: Member) -> None:
        """Let a member leave."""
        del member.guild.members[member.id]
        data = {"guild_id": str(member.guild.id), "user": payloads.user(member.user)}
        self.world.emit("GUILD_MEMBER_REMOVE", member.guild, data)

    def set_bot_permissions(self, place: Guild | Channel, permissions: Permission) -> None:
        """Give the bot exactly these permissions in a server (its role) or in a channel (an overwrite), and tell it."""
        guild = place if isinstance(place, Guild) else place.guild
        if guild is None:
            raise NotPossible("a DM has no permissions")
        if isinstance(place, Guild):
            self.change_role(guild, self.bot_role(guild), permissions=permissions)
            return
        place.overwrite(self.world.bot.id, allow=permissions, deny=~permissions)
        self.world.tell_changed(place)

    def system_join(self, member: Member, channel: Channel) -> Message:
        """Post Discord's own notice that somebody joined."""
        return self._post(Message(self.world.ids.make(), channel, member.user, MessageType.MEMBER_JOINED))

    def member_message(self, person: Member | User, channel: Channel, text: str) -> Message:
        """Let a person write; the bot sees the text as far as its intents let it. In an archived thread, it opens it.

        Raises NotPossible where a moderator has locked the thread.
        """
        user = person.user if isinstance(person, Member) else person
        if channel.locked:
            raise NotPossible("the thread is locked")
        if channel.archived:
            self.set_thread(channel, archived=False)
        return self._post(Message(self.world.ids.make(), channel, user, content=text))

    def _post(self, message: Message) -> Message:
        self.discord.messages.post(message)
        return message

    def dm_of(self, person: Member | User) -> Channel:
        """Return a person's DM with the bot, made when there is none."""
        return self.world.dm_with(person.user if isinstance(person, Member) else person)

    def close_dms(self, person: Member | User) -> None:
        """Let a person take no private messages from the bot any more."""
        user = person.user if isinstance(person, Member) else person
        user.dms_open = False

    def delete_message(self, message: Message) -> None:
        """Let a moderator delete a message."""
        self.discord.messages.delete(message)

    def delete_channel(self, channel: Channel) -> None:
        """Let a moderator delete a channel or a thread."""
        self.world.remove_channel(channel)

    def set_thread(self, thread: Channel, *, archived: bool | None = None, locked: bool | None = None) -> None:
        """Let a moderator, or time, archive or reopen or lock a thread."""
        if archived is not None and archived != thread.archived:
            thread.archived, thread.archived_at = archived, now()
        thread.locked = thread.locked if locked is None else locked
        self.world.tell_changed(thread)

    def delete_guild(self, guild: Guild) -> None:
        """Delete a server with all in it."""
        for channel in list(guild.channels.values()):
            del self.world.channels[channel.id]
        del self.world.guilds[guild.id]
        self.kick_bot(guild)

    def kick_bot(self, guild: Guild) -> None:
        """Remove the bot from a server."""
        guild.has_bot = False
        self.world.emit("GUILD_DELETE", guild, {"id": str(guild.id)})

    def bring_bot_back(self, guild: Guild) -> None:
        """Invite the bot anew."""
        guild.has_bot = True
        self.world.emit("GUILD_CREATE", guild, self._whole(guild))

    def set_outage(self, guild: Guild, *, out: bool) -> None:
        """Begin or end one of Discord's outages of a server."""
        guild.out = out
        if out:
            self.world.emit("GUILD_DELETE", guild, {"id": str(guild.id), "unavailable": True})
        else:
            self.world.emit("GUILD_CREATE", guild, {**self._whole(guild), "unavailable": False})
