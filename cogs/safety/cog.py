"""The commands of safety, and the menu on a message."""

from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.safety.model import LONGEST_HOLD, TOLD_LIMIT, WORDS_LIMIT, ReportReason
from cogs._ui.controls import Router
from cogs._ui.forms import typed
from cogs._ui.request import Interaction
from cogs._ui.rights import Right
from cogs._ui.translator import Wording
from cogs.safety.controls import Controls
from cogs.safety.desk import Desk

Command = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu
_HIGHEST = 2**53 - 1  # of numbers that Discord takes in an option


class SafetyCog(commands.Cog):
    """``/report``, ``/cases`` and "Tell the moderators"."""

    def __init__(self, router: Router, controls: Controls, desk: Desk) -> None:
        self._router = router
        self._controls = controls
        self._desk = desk

    def slash_commands(self) -> tuple[Command, ...]:
        """Return this feature's commands."""
        word = Wording(self._router.texts)
        return self._report(word), self._tell(word), self._cases(word)

    def _report(self, word: Wording) -> app_commands.Command[Any, ..., Any]:
        @app_commands.command(name="report", description=word("safety.command_report"))
        @app_commands.guild_only()
        @app_commands.rename(
            member=word("safety.option_member"),
            reason=word("safety.option_reason"),
            details=word("safety.option_details"),
        )
        @app_commands.describe(
            member=word("safety.option_member_help"),
            reason=word("safety.option_reason_help"),
            details=word("safety.option_details_help"),
        )
        @app_commands.choices(
            reason=[app_commands.Choice(name=word(f"safety.reason_{each}"), value=each.value) for each in ReportReason]
        )
        async def report(
            interaction: Interaction,
            member: discord.User,
            reason: str,
            details: app_commands.Range[str, 0, WORDS_LIMIT] = "",
        ) -> None:
            handler = partial(self._controls.report_member, user=member, reason=reason, details=details)
            await self._router.run(interaction, handler, typed=typed(details))

        return report

    def _tell(self, word: Wording) -> app_commands.ContextMenu:
        @app_commands.guild_only()
        async def tell(interaction: Interaction, message: discord.Message) -> None:
            await self._router.run(interaction, partial(self._controls.report_message, message=message))

        return app_commands.ContextMenu(name=word("safety.menu_tell"), callback=tell)

    def _cases(self, word: Wording) -> app_commands.Group:
        group = app_commands.Group(name="cases", description=word("safety.command_cases"), guild_only=True)

        @group.command(name="list", description=word("safety.command_list"))
        async def list_(interaction: Interaction) -> None:
            await self._router.run(interaction, self._desk.list, right=Right.MODERATOR)

        @group.command(name="show", description=word("safety.command_show"))
        @app_commands.rename(number=word("safety.option_number"))
        @app_commands.describe(number=word("safety.option_number_help"))
        async def show(interaction: Interaction, number: app_commands.Range[int, 1, _HIGHEST]) -> None:
            handler = partial(self._desk.show_number, number=number)
            await self._router.run(interaction, handler, right=Right.MODERATOR)

        @group.command(name="hold", description=word("safety.command_hold"))
        @app_commands.rename(
            member=word("safety.option_member"),
            days=word("safety.option_days"),
            reason=word("safety.option_hold_reason"),
        )
        @app_commands.describe(
            member=word("safety.option_held_help"),
            days=word("safety.option_days_help"),
            reason=word("safety.option_hold_reason_help"),
        )
        async def hold(
            interaction: Interaction,
            member: discord.User,
            days: app_commands.Range[int, 1, LONGEST_HOLD],
            reason: app_commands.Range[str, 1, TOLD_LIMIT],
        ) -> None:
            handler = partial(self._desk.hold, user=member, days=days, reason=reason)
            await self._router.run(interaction, handler, right=Right.MODERATOR, typed=typed(reason))

        return group
