"""The command for a member's home, and Discord's own join message."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.members.service import Members
from bot.kernel.ids import ChannelId, MemberId, ServerId
from cogs._ui.controls import Router
from cogs._ui.request import Interaction
from cogs._ui.translator import Wording
from cogs.members.controls import Controls


class MembersCog(commands.Cog):
    """``/guide``, and newcomers."""

    def __init__(self, service: Members, router: Router, controls: Controls) -> None:
        self._service = service
        self._router = router
        self._controls = controls

    def slash_commands(self) -> tuple[app_commands.Command[Any, ..., Any], ...]:
        """Return this feature's commands."""
        word = Wording(self._router.texts)

        @app_commands.command(name="guide", description=word("members.command_guide"))
        @app_commands.guild_only()
        async def guide(interaction: Interaction) -> None:
            await self._router.run(interaction, self._controls.guide)

        return (guide,)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Greet whom Discord's join message announces."""
        if message.type is discord.MessageType.new_member and message.guild is not None and not message.author.bot:
            await self._service.welcome(
                ServerId(message.guild.id), MemberId(message.author.id), ChannelId(message.channel.id)
            )
