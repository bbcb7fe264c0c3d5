"""The commands and menus of thanks and of the ledger, and posts that are deleted."""

from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.reputation.model import REASON_LIMIT
from bot.features.reputation.service import Reputation
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.people import Person
from bot.kernel.text import storable
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Interaction, Request
from cogs._ui.rights import Right
from cogs._ui.translator import Wording
from cogs.reputation.controls import Controls
from cogs.reputation.desk import Desk
from cogs.reputation.forms import FEATURE, filled_with, thank_form

Command = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu
_HIGHEST = 2**53 - 1  # of numbers that Discord takes in an option


class ReputationCog(commands.Cog):
    """``/thanks``, ``/standing``, ``/ledger``, and "Say thanks" in the menus of messages and members."""

    def __init__(self, router: Router, service: Reputation, controls: Controls, desk: Desk) -> None:
        self._router = router
        self._service = service
        self._controls = controls
        self._desk = desk

    def slash_commands(self) -> tuple[Command, ...]:
        """Return this feature's commands."""
        word = Wording(self._router.texts)
        return self._thanks(word), self._standing(word), self._ledger(word), *self._menus(word)

    def _thanks(self, word: Wording) -> app_commands.Command[Any, ..., Any]:
        @app_commands.command(name="thanks", description=word("reputation.command_thanks"))
        @app_commands.guild_only()
        @app_commands.rename(
            member=word("reputation.option_member"),
            reason=word("reputation.option_reason"),
            public=word("reputation.option_public"),
        )
        @app_commands.describe(
            member=word("reputation.option_member_help"),
            reason=word("reputation.option_reason_help"),
            public=word("reputation.option_public_help"),
        )
        async def thanks(
            interaction: Interaction,
            member: discord.User,
            reason: app_commands.Range[str, 1, REASON_LIMIT],
            public: bool = False,  # noqa: FBT001, FBT002 - Discord makes it an option
        ) -> None:
            filled = filled_with(MemberId(member.id), storable(reason), is_public=public)
            form = thank_form(interaction.id, member.id)
            await self._router.run(interaction, self._controls.thanked, typed=filled, form=form)

        return thanks

    def _standing(self, word: Wording) -> app_commands.Command[Any, ..., Any]:
        @app_commands.command(name="standing", description=word("reputation.command_standing"))
        @app_commands.guild_only()
        async def standing(interaction: Interaction) -> None:
            await self._router.run(interaction, self._controls.standing)

        return standing

    def _menus(self, word: Wording) -> tuple[app_commands.ContextMenu, app_commands.ContextMenu]:
        @app_commands.guild_only()
        async def thank_member(interaction: Interaction, user: discord.User) -> None:
            await self._router.run(interaction, partial(self._thank, user=user))

        @app_commands.guild_only()
        async def thank_author(interaction: Interaction, message: discord.Message) -> None:
            await self._router.run(interaction, partial(self._thank, user=message.author))

        name = word("reputation.menu_thank")
        return (
            app_commands.ContextMenu(name=name, callback=thank_member),
            app_commands.ContextMenu(name=name, callback=thank_author),
        )

    async def _thank(self, request: Request, user: discord.User | discord.Member) -> None:
        if user.bot:
            raise Refusal("reputation.thank_bot")
        request.control = CustomId(FEATURE, "thank_member", user.id)  # the button that does the same
        named: Person | None = request.person(user.id)
        await self._controls.thank_person(request, user.id, named)

    def _ledger(self, word: Wording) -> app_commands.Group:
        group = app_commands.Group(name="ledger", description=word("reputation.command_ledger"), guild_only=True)

        @group.command(name="history", description=word("reputation.command_history"))
        @app_commands.rename(member=word("reputation.option_member"))
        @app_commands.describe(member=word("reputation.option_history_help"))
        async def history(interaction: Interaction, member: discord.User) -> None:
            handler = partial(self._desk.history, member_id=member.id)
            await self._router.run(interaction, handler, right=Right.MODERATOR)

        @group.command(name="reverse", description=word("reputation.command_reverse"))
        @app_commands.rename(number=word("reputation.option_number"), reason=word("reputation.option_reversal"))
        @app_commands.describe(
            number=word("reputation.option_number_help"), reason=word("reputation.option_reversal_help")
        )
        async def reverse(
            interaction: Interaction,
            number: app_commands.Range[int, 1, _HIGHEST],
            reason: app_commands.Range[str, 1, REASON_LIMIT],
        ) -> None:
            form = CustomId(FEATURE, "reverse", number, interaction.id)
            filled = {"reversal": storable(reason)}
            await self._router.run(interaction, self._desk.reversed, right=Right.MODERATOR, typed=filled, form=form)

        @group.command(name="flags", description=word("reputation.command_flags"))
        async def flags(interaction: Interaction) -> None:
            await self._router.run(interaction, self._desk.flags, right=Right.MODERATOR)

        return group

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Notice a deleted post."""
        if event.guild_id is not None:
            await self._service.messages_deleted(ServerId(event.guild_id), {event.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Notice deleted posts."""
        if event.guild_id is not None:
            await self._service.messages_deleted(ServerId(event.guild_id), event.message_ids)
