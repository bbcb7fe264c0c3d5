"""What moderators do with schedules and prompts."""

from functools import partial
from zoneinfo import ZoneInfo

import discord

from bot.features.check_ins.model import NEEDED, Planned
from bot.features.check_ins.prompting import Prompts
from bot.features.check_ins.service import Schedules
from bot.kernel.errors import Refusal
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.host import Fields
from cogs._ui.request import Request
from cogs._ui.rights import Right, lacking
from cogs.check_ins.forms import FEATURE, Forms, days_in, filled_prompt, filled_schedule, time_in
from cogs.check_ins.render import Render

YES = "yes"  # said to prompts that come more than twice a week: known to be so often


class Desk:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, schedules: Schedules, prompts: Prompts, router: Router, render: Render) -> None:
        self._schedules = schedules
        self._prompts = prompts
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here; all of it is for moderators."""
        handlers: dict[str, Handler] = {
            "schedules": self.schedules,
            "schedule": self.schedule,
            "schedule_add": self.add_schedule,
            "schedule_edit": self.edit_schedule,
            "schedule_remove": self.remove_schedule,
            "schedule_remove_confirm": self.remove_confirmed,
            "often": self.often,
            "prompts": self.prompts,
            "prompts_page": self.prompts_page,
            "prompt": self.prompt,
            "prompt_add": self.add_prompt,
            "prompt_edit": self.edit_prompt,
            "prompt_retire": partial(self.retire_prompt, is_retired=True),
            "prompt_return": partial(self.retire_prompt, is_retired=False),
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler, right=Right.MODERATOR)
        self._router.form(forms.schedule("schedule_add"), self._schedule_added, right=Right.MODERATOR)
        self._router.form(forms.schedule("schedule_edit"), self._schedule_edited, right=Right.MODERATOR)
        self._router.form(forms.prompt("prompt_add"), self._prompt_added, right=Right.MODERATOR)
        self._router.form(forms.prompt("prompt_edit"), self._prompt_edited, right=Right.MODERATOR)

    async def schedules(self, request: Request) -> None:
        """Show all schedules."""
        await self._show_schedules(request)

    async def schedule(self, request: Request) -> None:
        """Show the schedule that was chosen in a menu."""
        await self.preview(request, request.number())

    async def preview(self, request: Request, schedule_id: int) -> None:
        """Show one schedule, with the next times that it comes to."""
        schedule, due = await self._schedules.previewed(request.server_id, schedule_id)
        await request.update(self._render.schedule(schedule, due, request.locale))

    async def add_schedule(self, request: Request, zone: str = "", country: str = "") -> None:
        """Open the form of a new schedule, with the server's zone unless another was typed."""
        filled: Fields = {
            "zone": await self._schedules.zone_called(request.server_id, zone),
            "country": await self._schedules.country_called(country),  # cut to fit the form, it would be another one
        }
        custom_id = CustomId(FEATURE, "schedule_add", request.interaction_id, request.interaction_id)
        await self._router.open_form(request, custom_id, filled)

    async def edit_schedule(self, request: Request, schedule_id: int = 0) -> None:
        """Open the form of a schedule, as it is; a channel that is gone is to be chosen anew."""
        schedule = await self._schedules.one(request.server_id, schedule_id or request.object_id)
        filled, guild = filled_schedule(schedule.planned), request.interaction.guild
        if guild is not None and guild.get_channel(schedule.planned.channel_id or 0) is None:
            filled = {**filled, "channel": ()}
        custom_id = CustomId(FEATURE, "schedule_edit", schedule.schedule_id, schedule.revision)
        await self._router.open_form(request, custom_id, filled)

    async def remove_schedule(self, request: Request, schedule_id: int = 0) -> None:
        """Ask whether to remove a schedule."""
        schedule = await self._schedules.one(request.server_id, schedule_id or request.object_id)
        await request.reply(self._render.removing(schedule, request.locale))

    async def remove_confirmed(self, request: Request) -> None:
        """Remove a schedule."""
        await self._schedules.remove(request.server_id, request.member_id, request.object_id)
        await self._show_schedules(request, "check_ins.schedule_removed")

    async def often(self, request: Request) -> None:
        """Take a schedule by which prompts come more than twice a week: that was read."""
        draft = await self._schedules.draft(request.server_id, request.member_id, request.object_id)
        form = CustomId.decode(draft.form)
        if form is None or form.feature != FEATURE:
            raise Refusal("members.draft_gone")
        await self._router.resubmit(request, form, {**draft.fields, "often": (YES,)}, draft.interaction_id)

    async def prompts(self, request: Request) -> None:
        """Show the first page of the prompts."""
        await request.update(self._render.prompts(await self._prompts.page(request.server_id), request.locale))

    async def prompts_page(self, request: Request) -> None:
        """Show another page of them."""
        page = await self._prompts.page(request.server_id, request.number())
        await request.update(self._render.prompts(page, request.locale))

    async def prompt(self, request: Request) -> None:
        """Show the prompt that was chosen in a menu."""
        prompt = await self._prompts.one(request.server_id, request.number())
        await request.update(self._render.prompt(prompt, request.locale))

    async def add_prompt(self, request: Request) -> None:
        """Open the form of a new prompt."""
        custom_id = CustomId(FEATURE, "prompt_add", request.interaction_id, request.interaction_id)
        await self._router.open_form(request, custom_id)

    async def edit_prompt(self, request: Request, prompt_id: int = 0) -> None:
        """Open the form of a prompt of the server's own."""
        prompt = await self._prompts.one(request.server_id, prompt_id or request.object_id)
        if prompt.code:
            raise Refusal("check_ins.prompt_shipped")
        custom_id = CustomId(FEATURE, "prompt_edit", prompt.prompt_id, request.interaction_id)
        await self._router.open_form(request, custom_id, filled_prompt(prompt))

    async def retire_prompt(self, request: Request, *, is_retired: bool, prompt_id: int = 0) -> None:
        """Let a prompt be asked no more, or again."""
        whom = request.server_id, request.member_id, prompt_id or request.object_id
        prompt = await self._prompts.retire(*whom, is_retired=is_retired)
        await request.update(self._render.prompt(prompt, request.locale, "check_ins.saved"))

    async def _schedule_added(self, request: Request) -> None:
        planned, often = await self._planned(request), request.chosen("often") == (YES,)
        whom = request.server_id, request.member_id
        schedule = await self._schedules.add(*whom, planned, request.interaction_id, often=often)
        await self._show(request, schedule.schedule_id)

    async def _schedule_edited(self, request: Request) -> None:
        planned, often = await self._planned(request), request.chosen("often") == (YES,)
        whom = request.server_id, request.member_id, request.object_id
        schedule = await self._schedules.edit(*whom, planned, often=often)
        await self._show(request, schedule.schedule_id)

    async def _prompt_added(self, request: Request) -> None:
        words = request.text("prompt_ja"), request.text("prompt_en")
        await self._prompts.add(request.server_id, request.member_id, *words, request.interaction_id)
        page = await self._prompts.page(request.server_id)
        await request.reply(self._render.prompts(page, request.locale, "check_ins.saved"))

    async def _prompt_edited(self, request: Request) -> None:
        words = request.text("prompt_ja"), request.text("prompt_en")
        prompt = await self._prompts.edit(request.server_id, request.member_id, request.object_id, *words)
        await request.update(self._render.prompt(prompt, request.locale, "check_ins.saved"))

    async def _planned(self, request: Request) -> Planned:
        """Return a schedule as it was filled in.

        Raises:
            Refusal: the time, the zone, the country or the channel is none, or the bot may not do there what it has to.
        """
        days, at = days_in(request), time_in(request)
        channel_id, guild = request.number("channel"), request.interaction.guild
        channel = None if guild is None else guild.get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel):
            raise Refusal("setup.no_channel")
        if missing := lacking(channel, NEEDED):
            texts, locale = self._router.texts, request.locale
            named = texts.listing(locale, [texts(locale, f"permission.{name}") for name in missing])
            raise Refusal("check_ins.channel_refused", missing=named)
        zone = ZoneInfo(await self._schedules.zone_called(request.server_id, request.text("zone")))
        return Planned(days, at, zone, channel_id, await self._schedules.country_called(request.text("country")))

    async def _show(self, request: Request, schedule_id: int) -> None:
        schedule, due = await self._schedules.previewed(request.server_id, schedule_id)
        await request.reply(self._render.schedule(schedule, due, request.locale, "check_ins.saved"))

    async def _show_schedules(self, request: Request, news: str = "") -> None:
        found, missed = await self._schedules.listed(request.server_id), await self._schedules.missed(request.server_id)
        await request.update(self._render.schedules(request.server_id, found, missed, request.locale, news))
