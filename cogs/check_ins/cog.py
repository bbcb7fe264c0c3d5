"""The commands of check-ins, schedules and prompts."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.features.check_ins.model import Prompt
from bot.features.check_ins.prompting import Prompts
from bot.features.check_ins.service import Schedules, line
from bot.kernel.i18n import locale_of
from bot.kernel.ids import ServerId
from bot.kernel.text import fold, storable
from cogs._ui.boundary import Handler
from cogs._ui.cards import shortened
from cogs._ui.controls import Router, Suggest
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Interaction, Request
from cogs._ui.rights import Right
from cogs._ui.translator import Wording
from cogs.check_ins.controls import AnswerControls
from cogs.check_ins.desk import Desk
from cogs.check_ins.forms import FEATURE
from cogs.check_ins.own import OwnControls
from cogs.check_ins.render import Render, country

_SUGGESTIONS = 25  # that Discord shows
_SUGGESTION_LIMIT = 100  # characters


class CheckInsCog(commands.Cog):
    """``/checkin``, and for moderators ``/schedule`` and ``/prompts``."""

    def __init__(
        self,
        router: Router,
        controls: tuple[AnswerControls, OwnControls, Desk],
        services: tuple[Schedules, Prompts],
        render: Render,
    ) -> None:
        self._router = router
        self._answers, self._own, self._desk = controls
        self._schedules, self._prompts = services
        self._render = render

    def slash_commands(self) -> tuple[app_commands.Group, ...]:
        """Return this feature's commands."""
        word = Wording(self._router.texts)
        return self._checkin(word), self._schedule(word), self._prompting(word)

    def _checkin(self, word: Wording) -> app_commands.Group:
        group = app_commands.Group(name="checkin", description=word("check_ins.command"), guild_only=True)

        @group.command(name="answer", description=word("check_ins.command_answer"))
        async def answer(interaction: Interaction) -> None:
            await self._router.run(interaction, self._answers.today)

        @group.command(name="me", description=word("check_ins.command_me"))
        async def me(interaction: Interaction) -> None:
            await self._router.run(interaction, self._own.me)

        @group.command(name="pause", description=word("check_ins.command_pause"))
        @app_commands.rename(until=word("check_ins.option_until"))
        @app_commands.describe(until=word("check_ins.option_until_help"))
        async def pause(interaction: Interaction, until: str) -> None:
            form = CustomId(FEATURE, "own_pause", interaction.guild_id or 0, interaction.id)
            await self._router.run(interaction, self._own.paused, typed={"until": storable(until)}, form=form)

        return group

    def _schedule(self, word: Wording) -> app_commands.Group:
        group = app_commands.Group(name="schedule", description=word("check_ins.command_schedule"), guild_only=True)

        @group.command(name="list", description=word("check_ins.command_schedule_list"))
        async def show(interaction: Interaction) -> None:
            await self._run(interaction, self._desk.schedules)

        zones_like, countries_like = self._suggested(self._zones_like), self._suggested(self._countries_like)

        @group.command(name="add", description=word("check_ins.command_schedule_add"))
        @app_commands.rename(zone=word("check_ins.option_zone"), country=word("check_ins.option_country"))
        @app_commands.describe(zone=word("check_ins.option_zone_help"), country=word("check_ins.option_country_help"))
        @app_commands.autocomplete(zone=zones_like, country=countries_like)
        async def add(interaction: Interaction, zone: str = "", country: str = "") -> None:
            await self._run(interaction, partial(self._desk.add_schedule, zone=zone, country=country))

        self._about_one(group, word, "edit", self._desk.edit_schedule)
        self._about_one(group, word, "remove", self._desk.remove_schedule)
        self._about_one(group, word, "preview", self._desk.preview)
        return group

    def _about_one(
        self, group: app_commands.Group, word: Wording, name: str, handler: Callable[[Request, int], Awaitable[None]]
    ) -> None:
        """Add a command about a schedule that is chosen among all."""

        @group.command(name=name, description=word(f"check_ins.command_schedule_{name}"))
        @app_commands.rename(schedule=word("check_ins.option_schedule"))
        @app_commands.describe(schedule=word("check_ins.option_schedule_help"))
        @app_commands.autocomplete(schedule=self._suggested(self._schedules_like))
        async def run(interaction: Interaction, schedule: int) -> None:
            await self._run(interaction, lambda request: handler(request, schedule))

    def _prompting(self, word: Wording) -> app_commands.Group:
        group = app_commands.Group(name="prompts", description=word("check_ins.command_prompts"), guild_only=True)

        @group.command(name="list", description=word("check_ins.command_prompts_list"))
        async def show(interaction: Interaction) -> None:
            await self._run(interaction, self._desk.prompts)

        @group.command(name="add", description=word("check_ins.command_prompts_add"))
        async def add(interaction: Interaction) -> None:
            await self._run(interaction, self._desk.add_prompt)

        @group.command(name="edit", description=word("check_ins.command_prompts_edit"))
        @app_commands.rename(prompt=word("check_ins.option_prompt"))
        @app_commands.describe(prompt=word("check_ins.option_prompt_help"))
        @app_commands.autocomplete(prompt=self._suggested(self._own_like))
        async def edit(interaction: Interaction, prompt: int) -> None:
            await self._run(interaction, partial(self._desk.edit_prompt, prompt_id=prompt))

        @group.command(name="retire", description=word("check_ins.command_prompts_retire"))
        @app_commands.rename(prompt=word("check_ins.option_prompt"))
        @app_commands.describe(prompt=word("check_ins.option_prompt_help"))
        @app_commands.autocomplete(prompt=self._suggested(self._used_like))
        async def retire(interaction: Interaction, prompt: int) -> None:
            await self._run(interaction, partial(self._desk.retire_prompt, is_retired=True, prompt_id=prompt))

        return group

    async def _run(self, interaction: Interaction, handler: Handler) -> None:
        await self._router.run(interaction, handler, right=Right.MODERATOR)

    def _suggested(self, suggest: Suggest[Any]) -> Suggest[Any]:
        return self._router.suggested(suggest, Right.MODERATOR)

    async def _zones_like(self, _interaction: Interaction, typed: str) -> list[Choice[str]]:
        return [Choice(name=zone, value=zone) for zone in await self._schedules.zones_like(typed, _SUGGESTIONS)]

    async def _countries_like(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        locale = locale_of(interaction.locale.value)
        names = {code: country(code, locale) for code in await self._schedules.countries()}
        found = [code for code, name in names.items() if fold(typed) in fold(f"{code} {name}")]
        first = sorted(found, key=lambda code: not fold(code).startswith(fold(typed)))
        return [Choice(name=f"{code}　{names[code]}", value=code) for code in first[:_SUGGESTIONS]]

    async def _schedules_like(self, interaction: Interaction, typed: str) -> list[Choice[int]]:
        locale = locale_of(interaction.locale.value)
        found = await self._schedules.listed(ServerId(interaction.guild_id or 0))
        labelled = [(line(each.planned, locale), each.schedule_id) for each in found]
        return _matching(labelled, typed)

    async def _own_like(self, interaction: Interaction, typed: str) -> list[Choice[int]]:
        return await self._prompts_like(interaction, typed, lambda prompt: not prompt.code)

    async def _used_like(self, interaction: Interaction, typed: str) -> list[Choice[int]]:
        return await self._prompts_like(interaction, typed, lambda prompt: not prompt.is_retired)

    async def _prompts_like(
        self, interaction: Interaction, typed: str, is_meant: Callable[[Prompt], bool]
    ) -> list[Choice[int]]:
        locale = locale_of(interaction.locale.value)
        found = filter(is_meant, await self._prompts.known(ServerId(interaction.guild_id or 0)))
        return _matching([(self._render.words(each, locale), each.prompt_id) for each in found], typed)


def _matching(labelled: list[tuple[str, int]], typed: str) -> list[Choice[int]]:
    found = [(label, value) for label, value in labelled if fold(typed) in fold(label)]
    return [Choice(name=shortened(label, _SUGGESTION_LIMIT), value=value) for label, value in found[:_SUGGESTIONS]]
