"""The command of asks, and what happens to their threads behind the bot's back."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.peer_help.helping import Helping
from bot.features.peer_help.model import WORDS_LIMIT
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.text import storable
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Interaction
from cogs._ui.translator import Wording
from cogs.peer_help.controls import AskControls
from cogs.peer_help.finding import FindControls
from cogs.peer_help.forms import FEATURE

_SAID_BY_PEOPLE = {discord.MessageType.default, discord.MessageType.reply}


class PeerHelpCog(commands.Cog):
    """``/ask``, and messages, threads and channels that come and go."""

    def __init__(self, router: Router, asking: AskControls, finding: FindControls, helping: Helping) -> None:
        self._router = router
        self._asking = asking
        self._finding = finding
        self._helping = helping

    def slash_command(self) -> app_commands.Group:
        """Return ``/ask``."""
        word = Wording(self._router.texts)
        group = app_commands.Group(name="ask", description=word("peer_help.command"), guild_only=True)

        @group.command(name="new", description=word("peer_help.command_new"))
        async def new(interaction: Interaction) -> None:
            await self._router.press(interaction, CustomId(FEATURE, "new", interaction.guild_id or 0))

        @group.command(name="mine", description=word("peer_help.command_mine"))
        async def mine(interaction: Interaction) -> None:
            await self._router.run(interaction, self._finding.mine)

        @group.command(name="open", description=word("peer_help.command_open"))
        async def open_asks(interaction: Interaction) -> None:
            await self._router.run(interaction, self._finding.open_asks)

        @group.command(name="search", description=word("peer_help.command_search"))
        @app_commands.rename(text=word("peer_help.option_text"))
        @app_commands.describe(text=word("peer_help.option_text_help"))
        async def search(interaction: Interaction, text: app_commands.Range[str, 1, WORDS_LIMIT]) -> None:
            form = CustomId(FEATURE, "search", interaction.guild_id or 0, interaction.id)
            await self._router.run(interaction, self._finding.search, typed={"text": storable(text)}, form=form)

        return group

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Notice that somebody wrote in an ask's thread: who it was, not what."""
        is_in_channel = isinstance(message.channel, discord.abc.GuildChannel)  # where no ask's thread is
        is_said = message.type in _SAID_BY_PEOPLE and not message.author.bot and message.webhook_id is None
        if message.guild is not None and is_said and not is_in_channel:
            await self._helping.spoken(ServerId(message.guild.id), message.channel.id, MemberId(message.author.id))

    @commands.Cog.listener()
    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Offer to let helpers know of a thread that a member opened by hand."""
        is_ours = thread.owner_id == thread.guild.me.id
        is_bots = thread.owner is not None and thread.owner.bot
        if not (is_ours or is_bots or thread.is_private()):
            await self._helping.opened_by_hand(
                ServerId(thread.guild.id), thread.parent_id, thread.id, MemberId(thread.owner_id), storable(thread.name)
            )

    @commands.Cog.listener()
    async def on_raw_thread_update(self, event: discord.RawThreadUpdateEvent) -> None:
        """Notice that moderators locked a thread, or unlocked it."""
        is_locked = bool(event.data.get("thread_metadata", {}).get("locked", False))
        await self._helping.thread_changed(ServerId(event.guild_id), event.thread_id, is_locked=is_locked)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Notice a deleted thread; not one that went with its channel, of which the library tells, too."""
        if event.thread is None or event.thread.parent is not None:
            await self._helping.thread_deleted(ServerId(event.guild_id), event.thread_id)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Notice a deleted card."""
        if event.guild_id is not None:
            await self._helping.messages_deleted(ServerId(event.guild_id), {event.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Notice deleted cards."""
        if event.guild_id is not None:
            await self._helping.messages_deleted(ServerId(event.guild_id), event.message_ids)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Notice a deleted channel, and the asks in it."""
        await self._helping.channel_deleted(ServerId(channel.guild.id), channel.id)
