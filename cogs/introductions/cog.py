"""Commands and events of introductions."""

from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.features.introductions.hellos import Hellos
from bot.features.introductions.service import Introductions
from bot.kernel.i18n import locale_of
from bot.kernel.ids import MemberId, ServerId
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Interaction
from cogs._ui.translator import Wording
from cogs.introductions.controls import Controls
from cogs.introductions.finding import FindControls
from cogs.introductions.forms import FEATURE

_SAID_BY_PEOPLE = {discord.MessageType.default, discord.MessageType.reply}


class IntroductionsCog(commands.Cog):
    """``/intro`` and ``/find``, and what happens to cards behind the bot's back."""

    def __init__(
        self, router: Router, controls: Controls, finding: FindControls, service: Introductions, hellos: Hellos
    ) -> None:
        self._router = router
        self._controls = controls
        self._finding = finding
        self._service = service
        self._hellos = hellos

    def slash_commands(self) -> tuple[app_commands.Command[Any, ..., Any] | app_commands.Group, ...]:
        """Return this feature's commands."""
        word = Wording(self._router.texts)
        return self._intro(word), self._find(word)

    def _intro(self, word: Wording) -> app_commands.Group:
        group = app_commands.Group(name="intro", description=word("introductions.command"), guild_only=True)

        @group.command(name="write", description=word("introductions.command_write"))
        async def write(interaction: Interaction) -> None:
            await self._router.press(interaction, CustomId(FEATURE, "write", interaction.guild_id or 0))

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
        trades = [Choice(name=word(f"trade.{trade}"), value=trade) for trade in self._finding.trades]

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
        @app_commands.choices(trade=trades)
        @app_commands.autocomplete(topic=self._topics_like)
        async def find(interaction: Interaction, topic: str = "", trade: str = "", text: str = "") -> None:
            handler = partial(self._finding.find, topic=topic, trade=trade, words=text)
            await self._router.run(interaction, handler)

        return find

    async def _topics_like(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        found = await self._finding.topics_like(
            ServerId(interaction.guild_id or 0), typed, locale_of(interaction.locale.value)
        )
        return [Choice(name=label, value=topic) for topic, label in found]

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Notice that somebody answered a card, in its thread: whoever it is, what they wrote is not read."""
        is_in_channel = isinstance(message.channel, discord.abc.GuildChannel)  # where no card's thread is
        is_said = message.type in _SAID_BY_PEOPLE and not message.author.bot and message.webhook_id is None
        if message.guild is not None and is_said and not is_in_channel:
            await self._hellos.spoken(ServerId(message.guild.id), message.channel.id, MemberId(message.author.id))

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
