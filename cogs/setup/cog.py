"""The commands for moderators, and coming to and leaving servers."""

from collections.abc import Awaitable, Callable

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.setup.service import Setup
from bot.kernel.i18n import locale_of
from bot.kernel.ids import ChannelId, ServerId
from cogs._ui.controls import Router
from cogs._ui.request import Interaction
from cogs._ui.rights import Right
from cogs._ui.translator import Wording
from cogs.setup.controls import Controls


class SetupCog(commands.Cog):
    """``/setup``, and the bot's own coming and going."""

    def __init__(
        self, service: Setup, router: Router, controls: Controls, tend: Callable[[ServerId], Awaitable[None]]
    ) -> None:
        self._service = service
        self._tend = tend
        self._router = router
        self._controls = controls

    def slash_commands(self) -> tuple[app_commands.Group, ...]:
        """Return this feature's commands."""
        word = Wording(self._router.texts)
        group = app_commands.Group(
            name="setup",
            description=word("setup.command"),
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )

        @group.command(name="panel", description=word("setup.command_panel"))
        async def panel(interaction: Interaction) -> None:
            await self._router.run(interaction, self._controls.panel, right=Right.MANAGE_SERVER)

        @group.command(name="check", description=word("setup.command_check"))
        async def check(interaction: Interaction) -> None:
            await self._router.run(interaction, self._controls.check, right=Right.MANAGE_SERVER)

        return (group,)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say once where to begin, in a channel where the bot may speak."""
        await self._service.joined(ServerId(guild.id), locale_of(guild.preferred_locale.value), _speakable(guild))
        await self._tend(ServerId(guild.id))  # only now: its work would make it known without its language

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Go on in a server after an outage or an absence; begin in one that invited the bot while it was off."""
        await self._service.present(ServerId(guild.id), locale_of(guild.preferred_locale.value), _speakable(guild))
        await self._tend(ServerId(guild.id))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Let nothing happen in a server that the bot was taken out of."""
        await self._service.gone(ServerId(guild.id))

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Notice a deleted members' panel."""
        if event.guild_id is not None:
            await self._service.message_deleted(ServerId(event.guild_id), {event.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Notice a deleted members' panel."""
        if event.guild_id is not None:
            await self._service.message_deleted(ServerId(event.guild_id), event.message_ids)


def _speakable(guild: discord.Guild) -> ChannelId | None:
    """Return a text channel in which the bot may speak, the one for system messages if it may there."""
    channels = [channel for channel in guild.text_channels if channel.permissions_for(guild.me).send_messages]
    channels.sort(key=lambda channel: channel != guild.system_channel)
    return ChannelId(channels[0].id) if channels else None
