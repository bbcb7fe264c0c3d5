"""What happens when a moderator chooses something, or has the set-up checked."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import discord

from bot.features.setup.model import MADE, MAKE_CHANNELS, MIDNIGHT, Place, PlaceFacts, Server, needed
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.i18n import LOCALES
from bot.kernel.ids import ChannelId, RoleId
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, MenuField, TextField, fixed
from cogs._ui.request import Request
from cogs._ui.rights import Right, lacking
from cogs.setup.render import FEATURE, Render

_ZONE_LIMIT = 64  # characters; the longest name in the IANA list has 32


class Controls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, service: Setup, router: Router, render: Render) -> None:
        self._service = service
        self._router = router
        self._render = render

    def fasten(self) -> None:
        """Tell the router what to bring here; all of it is for who holds Manage Server."""
        handlers: dict[str, Handler] = {
            "panel": self.panel,
            "channels": self.channels,
            "check": self.check,
            "language": self.language,
            "zone": self.zone,
            "zone_other": self.zone_other,
            "hours": self.hours,
            "moderators_role": self.moderators_role,
            "post_panel": self.post_panel,
            "try_again": self.try_again,
            **{f"make_{card}": partial(self.make_channel, place=place) for place, card in MADE.items()},
            **{place.value: partial(self.place, place=place) for place in Place},
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler, right=Right.MANAGE_SERVER)
        zone = FormPlan(FEATURE, "zone", (TextField("zone", _ZONE_LIMIT, required=True),))
        self._router.form(zone, self._zone_typed, right=Right.MANAGE_SERVER)
        begin = MenuField("waking_from", fixed(lambda _: _hours(range(MIDNIGHT))), required=True)
        end = MenuField("waking_to", fixed(lambda _: _hours(range(1, MIDNIGHT + 1))), required=True)
        self._router.form(FormPlan(FEATURE, "hours", (begin, end)), self._hours_chosen, right=Right.MANAGE_SERVER)

    async def panel(self, request: Request) -> None:
        """Show the panel with what is chosen so far."""
        await request.update(self._render.panel(await self._service.server(request.server_id), request.locale))

    async def channels(self, request: Request) -> None:
        """Show the channel of each place, to choose others."""
        await request.update(self._render.channels(await self._service.server(request.server_id), request.locale))

    async def check(self, request: Request) -> None:
        """Show what is in order, what is not, and its mend."""
        server = await self._service.server(request.server_id)
        guild = request.interaction.guild
        role = None if guild is None else guild.get_role(server.moderators_role_id or 0)
        findings, problems = await self._service.check(
            request.server_id, _facts(server, guild), role_exists=role is not None, look=partial(_seen, guild)
        )
        await request.update(self._render.checked(server, findings, problems, request.locale))

    async def language(self, request: Request) -> None:
        """Choose the language of public posts."""
        if request.values and request.values[0] in LOCALES:
            server = await self._service.choose_language(request.server_id, request.member_id, request.values[0])
            await self._show(request, server)

    async def zone(self, request: Request) -> None:
        """Choose one of the offered zones."""
        if request.values:
            await self._choose_zone(request, request.values[0])

    async def zone_other(self, request: Request) -> None:
        """Open the form in which any zone can be typed."""
        server = await self._service.server(request.server_id)
        custom_id = CustomId(FEATURE, "zone", request.server_id, request.interaction_id)
        await self._router.open_form(request, custom_id, {"zone": server.zone.key})

    async def hours(self, request: Request) -> None:
        """Open the form in which the server's waking hours are chosen."""
        server = await self._service.server(request.server_id)
        custom_id = CustomId(FEATURE, "hours", request.server_id, request.interaction_id)
        filled = {"waking_from": (str(server.waking_from),), "waking_to": (str(server.waking_to),)}
        await self._router.open_form(request, custom_id, filled)

    async def place(self, request: Request, place: Place) -> None:
        """Choose a channel for a place, or none."""
        guild, chosen = request.interaction.guild, _chosen(request)
        if chosen is not None and (guild is None or guild.get_channel(chosen) is None):
            raise Refusal("setup.no_channel")
        channel_id = None if chosen is None else ChannelId(chosen)
        server = await self._service.choose_place(request.server_id, request.member_id, place, channel_id)
        await request.update(self._render.channels(server, request.locale, "setup.saved"))

    async def moderators_role(self, request: Request) -> None:
        """Choose the moderators' role, or none."""
        guild, chosen = request.interaction.guild, _chosen(request)
        if chosen is not None and (guild is None or guild.get_role(chosen) is None):
            raise Refusal("setup.no_role")
        role_id = None if chosen is None else RoleId(chosen)
        server = await self._service.choose_moderators_role(request.server_id, request.member_id, role_id)
        await self._show(request, server)

    async def make_channel(self, request: Request, place: Place) -> None:
        """Let the bot make the channel for a place."""
        if not getattr(request.interaction.app_permissions, MAKE_CHANNELS):
            raise Refusal("setup.may_not_make_channels")
        await self._service.make_channel(request.server_id, request.member_id, place)
        server = await self._service.server(request.server_id)
        await request.update(self._render.coming(server, place, request.locale))

    async def post_panel(self, request: Request) -> None:
        """Post and pin the members' panel."""
        server = await self._service.post_panel(request.server_id, request.member_id)
        channel = f"<#{server.introductions_channel_id}>"
        await request.reply(self._render.told(request.locale, "setup.panel_coming", channel=channel))

    async def try_again(self, request: Request) -> None:
        """Try again whatever was put aside."""
        await self._service.try_again(request.server_id, request.member_id)
        await request.reply(self._render.told(request.locale, "setup.trying_again"))

    async def _zone_typed(self, request: Request) -> None:
        await self._choose_zone(request, request.text("zone"))

    async def _choose_zone(self, request: Request, name: str) -> None:
        await self._show(request, await self._service.choose_zone(request.server_id, request.member_id, name))

    async def _hours_chosen(self, request: Request) -> None:
        begin, end = (request.number(name, otherwise=-1) for name in ("waking_from", "waking_to"))
        await self._show(request, await self._service.choose_hours(request.server_id, request.member_id, begin, end))

    async def _show(self, request: Request, server: Server) -> None:
        await request.update(self._render.panel(server, request.locale, "setup.saved"))


def _chosen(request: Request) -> int | None:
    return int(request.values[0]) if request.values and request.values[0].isdecimal() else None


def _hours(hours: range) -> list[tuple[str, str]]:
    return [(str(hour), f"{hour}:00") for hour in hours]


def _facts(server: Server, guild: discord.Guild | None) -> dict[Place, PlaceFacts]:
    facts = {}
    for place, channel_id in server.places.items():
        channel = None if guild is None else guild.get_channel(channel_id)
        forum = channel if isinstance(channel, discord.ForumChannel) else None
        facts[place] = replace(
            _seen(guild, channel_id, needed(place, is_forum=forum is not None)),
            lacks_tags=forum is not None and bool(lacking(forum, [MAKE_CHANNELS])),
            requires_tag=forum is not None and forum.flags.require_tag,
        )
    return facts


def _seen(guild: discord.Guild | None, channel_id: int, names: Sequence[str]) -> PlaceFacts:
    channel = None if guild is None else guild.get_channel(channel_id)
    return PlaceFacts(exists=False) if channel is None else PlaceFacts(exists=True, missing=lacking(channel, names))
