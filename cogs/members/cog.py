"""The commands for a member's home, inbox and preferences, and Discord's own join message."""

from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.members.service import Members
from bot.kernel.errors import Refusal
from bot.kernel.ids import ChannelId, MemberId, ServerId
from cogs._ui.controls import Router
from cogs._ui.request import Interaction, Request
from cogs._ui.translator import Wording
from cogs.members.choosing import Choosing
from cogs.members.controls import Controls
from cogs.members.listing import Listing

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu


class MembersCog(commands.Cog):
    """``/guide``, ``/inbox``, ``/preferences``, ``/topics``, the distance in the menu of a member, and newcomers."""

    def __init__(
        self, service: Members, router: Router, controls: Controls, choosing: Choosing, listing: Listing
    ) -> None:
        self._service = service
        self._router = router
        self._controls = controls
        self._choosing = choosing
        self._listing = listing

    def slash_commands(self) -> tuple[AnyCommand, ...]:
        """Return this feature's commands."""
        word = Wording(self._router.texts)
        plain = (
            ("guide", self._controls.guide),
            ("inbox", self._controls.inbox),
            ("preferences", self._choosing.preferences),
        )

        def command(name: str, handler: Any) -> AnyCommand:  # noqa: ANN401 - a handler
            @app_commands.command(name=name, description=word(f"members.command_{name}"))
            @app_commands.guild_only()
            async def run(interaction: Interaction) -> None:
                await self._router.run(interaction, handler)

            return run

        @app_commands.guild_only()
        async def keep_distance(interaction: Interaction, user: discord.User) -> None:
            await self._router.run(interaction, partial(self._keep_distance, user=user))

        menu = app_commands.ContextMenu(name=word("members.menu_distance"), callback=keep_distance)
        return (*(command(name, handler) for name, handler in plain), self._listing.command(word), menu)

    async def _keep_distance(self, request: Request, user: discord.User) -> None:
        if user.bot:
            raise Refusal("members.distance_from_bot")
        await self._choosing.keep_distance(request, user.id)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Greet whom Discord's join message announces."""
        if message.type is discord.MessageType.new_member and message.guild is not None and not message.author.bot:
            await self._service.welcome(
                ServerId(message.guild.id), MemberId(message.author.id), ChannelId(message.channel.id)
            )
