"""The command of reviews, and what happens to their cards and threads behind the bot's back."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.blog_reviews.losing import LostReviews
from bot.kernel.ids import ServerId
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Interaction
from cogs._ui.translator import Wording
from cogs.blog_reviews.controls import ReviewControls
from cogs.blog_reviews.finding import FindControls
from cogs.blog_reviews.forms import FEATURE


class ReviewsCog(commands.Cog):
    """``/review``, and messages, threads and channels that go."""

    def __init__(self, router: Router, reviews: ReviewControls, finding: FindControls, lost: LostReviews) -> None:
        self._router = router
        self._reviews = reviews
        self._finding = finding
        self._lost = lost

    def slash_command(self) -> app_commands.Group:
        """Return ``/review``."""
        word = Wording(self._router.texts)
        group = app_commands.Group(name="review", description=word("blog_reviews.command"), guild_only=True)

        @group.command(name="request", description=word("blog_reviews.command_request"))
        async def request(interaction: Interaction) -> None:
            await self._router.press(interaction, CustomId(FEATURE, "request", interaction.guild_id or 0))

        @group.command(name="queue", description=word("blog_reviews.command_queue"))
        async def queue(interaction: Interaction) -> None:
            await self._router.run(interaction, self._finding.queue)

        @group.command(name="mine", description=word("blog_reviews.command_mine"))
        async def mine(interaction: Interaction) -> None:
            await self._router.run(interaction, self._finding.mine)

        return group

    @commands.Cog.listener()
    async def on_raw_thread_update(self, event: discord.RawThreadUpdateEvent) -> None:
        """Notice that moderators locked a thread, or unlocked it."""
        is_locked = bool(event.data.get("thread_metadata", {}).get("locked", False))
        await self._lost.thread_changed(ServerId(event.guild_id), event.thread_id, is_locked=is_locked)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Notice a deleted thread; not one that went with its channel, of which the library tells, too."""
        if event.thread is None or event.thread.parent is not None:
            await self._lost.thread_gone(ServerId(event.guild_id), event.thread_id)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Notice a deleted card."""
        if event.guild_id is not None:
            await self._lost.messages_deleted(ServerId(event.guild_id), {event.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Notice deleted cards."""
        if event.guild_id is not None:
            await self._lost.messages_deleted(ServerId(event.guild_id), event.message_ids)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Notice a deleted channel, and the requests in it."""
        await self._lost.channel_deleted(ServerId(channel.guild.id), channel.id)
