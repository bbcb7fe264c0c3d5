"""Permissions, and who has which where."""

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .entities import Channel, Member


class Permission(IntFlag):
    """The bits of Discord's permissions that matter to the bot and to those who press its buttons."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    PIN_MESSAGES = 1 << 51


NOTHING = Permission(0)
EVERYTHING = ~NOTHING
MEMBERS_USUALLY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
BOT_USUALLY = (
    MEMBERS_USUALLY
    | Permission.MANAGE_CHANNELS
    | Permission.MANAGE_ROLES
    | Permission.MANAGE_MESSAGES
    | Permission.PIN_MESSAGES
    | Permission.MANAGE_THREADS
    | Permission.CREATE_PRIVATE_THREADS
)
IN_DMS = Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE  # nobody sets any there


def held_in_guild(member: "Member") -> Permission:
    """Return what a member may do in the server as a whole."""
    if member.guild.owner_id == member.id:
        return EVERYTHING
    held = member.guild.everyone.permissions
    for role in member.roles:
        held |= role.permissions
    return EVERYTHING if held & Permission.ADMINISTRATOR else held


def held_in_channel(member: "Member", channel: "Channel") -> Permission:
    """Return what a member may do in a channel, or in a thread of it, after the channel's overwrites."""
    held = held_in_guild(member)
    if held == EVERYTHING:
        return held
    overwrites = (channel.parent or channel).overwrites
    own = {role.id for role in member.roles}
    everyone = overwrites.get(member.guild.id, (NOTHING, NOTHING))
    held = (held & ~everyone[1]) | everyone[0]
    allowed = denied = NOTHING
    for target, (allow, deny) in overwrites.items():
        if target in own:
            allowed, denied = allowed | allow, denied | deny
    held = (held & ~denied) | allowed
    allow, deny = overwrites.get(member.id, (NOTHING, NOTHING))
    held = (held & ~deny) | allow
    return held if held & Permission.VIEW_CHANNEL else NOTHING
