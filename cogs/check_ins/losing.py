"""What happens to answers and their threads behind the bot's back."""

import discord
from discord.ext import commands

from bot.features.check_ins.losing import LostAnswers
from bot.kernel.ids import ServerId


class LostAnswersCog(commands.Cog):
    """Messages, threads and channels that go, and threads that moderators lock."""

    def __init__(self, lost: LostAnswers) -> None:
        self._lost = lost

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Notice a deleted answer."""
        if event.guild_id is not None:
            await self._lost.messages_deleted(ServerId(event.guild_id), {event.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Notice deleted answers."""
        if event.guild_id is not None:
            await self._lost.messages_deleted(ServerId(event.guild_id), event.message_ids)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Notice a deleted thread."""
        await self._lost.thread_gone(ServerId(event.guild_id), event.thread_id)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Notice a deleted channel."""
        await self._lost.channel_gone(ServerId(channel.guild.id), channel.id)

    @commands.Cog.listener()
    async def on_raw_thread_update(self, event: discord.RawThreadUpdateEvent) -> None:
        """Notice that moderators locked a thread, or unlocked it."""
        is_locked = bool(event.data.get("thread_metadata", {}).get("locked", False))
        await self._lost.threads_seen(ServerId(event.guild_id), {event.thread_id: is_locked})

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Notice what moderators locked or unlocked while the bot was away, as far as Discord tells of it."""
        await self._lost.threads_seen(ServerId(guild.id), {thread.id: thread.locked for thread in guild.threads})
