"""Who may use a control, and how a press in a private message finds its server."""

from collections.abc import Iterable
from enum import StrEnum

import discord

from bot.kernel.errors import Refusal
from bot.kernel.ids import ServerId
from cogs._ui.host import Host
from cogs._ui.request import Interaction, Request


class Right(StrEnum):
    """What somebody must hold to use a command, a control or a form."""

    ALL = "all"
    MODERATOR = "moderator"  # Manage Server, or the moderators' role of the panel
    MANAGE_SERVER = "manage_server"


class FoundBy(StrEnum):
    """What the number in a custom id is, where a press in a private message is answered, too: it tells the server."""

    SERVER = "server"  # nothing of its own: Discord must say the server
    NOTICE = "notice"
    DRAFT = "draft"


async def demand(host: Host, request: Request, right: Right) -> None:
    """Let through who holds ``right`` in the server where they ask, and remember moderators as such.

    Raises:
        Refusal: they don't hold it; nobody does in a private message, where Discord says nothing of rights.
    """
    if right is Right.ALL:
        return
    if request.is_dm or not isinstance(request.interaction.user, discord.Member):
        raise Refusal("errors.servers_only")
    if not await holds(host, request.interaction, right):
        raise Refusal("errors.moderators_only" if right is Right.MODERATOR else "errors.managers_only")
    await host.moderator_seen(request.server_id, request.member_id)


def lacking(channel: discord.abc.GuildChannel, names: Iterable[str]) -> tuple[str, ...]:
    """Return which permissions, of some by Discord's ``names``, the bot lacks in a channel."""
    held = channel.permissions_for(channel.guild.me)
    return tuple(name for name in names if not getattr(held, name))


async def holds(host: Host, interaction: Interaction, right: Right) -> bool:
    """Return whether who asks holds ``right`` in the server where they do; nothing is remembered of it."""
    user, permissions = interaction.user, interaction.permissions
    if right is Right.ALL or not isinstance(user, discord.Member):
        return right is Right.ALL
    if permissions.manage_guild or permissions.administrator or right is not Right.MODERATOR:
        return permissions.manage_guild or permissions.administrator
    role_id = await host.moderators_role(ServerId(user.guild.id))
    return role_id is not None and user.get_role(role_id) is not None
