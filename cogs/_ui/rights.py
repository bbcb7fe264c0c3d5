"""Who may use a control, and how a press in a private message finds its server."""

from enum import StrEnum

import discord

from bot.kernel.errors import Refusal
from cogs._ui.host import Host
from cogs._ui.request import Request


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
    user = request.interaction.user
    permissions = request.interaction.permissions
    if request.is_dm or not isinstance(user, discord.Member):
        raise Refusal("errors.servers_only")
    holds = permissions.manage_guild or permissions.administrator
    if right is Right.MODERATOR and not holds:
        role_id = await host.moderators_role(request.server_id)
        holds = role_id is not None and user.get_role(role_id) is not None
    if not holds:
        raise Refusal("errors.moderators_only" if right is Right.MODERATOR else "errors.managers_only")
    await host.moderator_seen(request.server_id, request.member_id)
