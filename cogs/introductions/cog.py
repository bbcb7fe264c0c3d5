"""Commands and events of introductions."""

from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.introductions.service import Introductions
from bot.kernel.ids import ServerId
from cogs._ui.controls import Router
from cogs._ui.request import Interaction
from cogs._ui.translator import Wording
from cogs.introductions.controls import Controls


class IntroductionsCog(commands.Cog):
    """``/intro`` and ``/find``, and what happens to cards behind the bot's back."""

    def __init__(self, service: Introductions, router: Router, controls: Controls) -> None:
        self._service = service
        self._router = router
        self._controls = controls

    def slash_commands(self) -> tuple[app_commands.Command[Any, ..., Any] | app_commands.Group, ...]:
        """Return this feature's commands."""
        word = Wording(self._router.texts)
        return self._intro(word), self._find(word)

    def _intro(self, word: Wording) -> app_commands.Group:
        group = app_commands.Group(name="intro", description=word("introductions.command"), guild_only=True)

        @group.command(name="write", description=word("introductions.command_write"))
        async def write(interaction: Interaction) -> None:
            await self._router.run(interaction, self._controls.write)

        @group.command(name="show", description=word("introductions.command_show"))
        @app_commands.rename(member=word("introductions.option_member"))
        @app_commands.describe(member=word("introductions.option_member_help"))
        async def show(interaction: Interaction, member: discord.User | None = None) -> None:
            shown = None if member is None else member.id
            await self._router.run(interaction, partial(self._controls.show, member_id=shown))

        @group.command(name="withdraw", description=word("introductions.command_withdraw"))
        async def withdraw(interaction: Interaction) -> None:
            await self._router.run(interaction, self._controls.withdraw)

        return group

    def _find(self, word: Wording) -> app_commands.Command[Any, ..., Any]:
        choice = app_commands.Choice[str]
        topics = [choice(name=word(f"topic.{topic}"), value=topic) for topic in self._service.topics]
        trades = [choice(name=word(f"trade.{trade}"), value=trade) for trade in self._service.trades]

        @app_commands.command(name="find", description=word("introductions.command_find"))
        @app_commands.guild_only()
        @app_commands.rename(
            topic=word("introductions.option_topic"),
            trade=word("introductions.option_trade"),
            text=word("introductions.option_text"),
        )
        @app_commands.describe(
            topic=word("introductions.option_topic_help"),
            trade=word("introductions.option_trade_help"),
            text=word("introductions.option_text_help"),
        )
        @app_commands.choices(topic=topics, trade=trades)
        async def find(interaction: Interaction, topic: str = "", trade: str = "", text: str = "") -> None:
            handler = partial(self._controls.find, topic=topic, trade=trade, words=text)
            await self._router.run(interaction, handler)

        return find

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Notice a deleted card."""
        if event.guild_id is not None:
            await self._service.messages_deleted(ServerId(event.guild_id), {event.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Notice deleted cards."""
        if event.guild_id is not None:
            await self._service.messages_deleted(ServerId(event.guild_id), event.message_ids)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Notice a card's deleted thread."""
        await self._service.thread_deleted(ServerId(event.guild_id), event.thread_id)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Notice a deleted channel, and the cards in it."""
        await self._service.channel_deleted(ServerId(channel.guild.id), channel.id)
