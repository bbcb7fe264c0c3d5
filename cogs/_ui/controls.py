"""The router: one table from custom ids to handlers, for every button, menu and form.

It takes the place of the library's stores for views, dynamic items and modals (docs/adr/0003): it
decodes what stands in the message, so that controls work for years and forms belong to who sent them.
"""

from dataclasses import dataclass
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.kernel.errors import Refusal
from bot.kernel.i18n import Texts
from cogs._ui.boundary import Boundary, Handler
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, Offered, submitted
from cogs._ui.host import Fields, Host
from cogs._ui.request import Interaction, Request


@dataclass(frozen=True, slots=True)
class _Control:
    handler: Handler
    permission: str | None


class Router(commands.Cog):
    """Finds who answers a request, and lets them within the boundary."""

    def __init__(self, host: Host) -> None:
        self.texts: Texts = host.texts
        self._boundary = Boundary(host)
        self._controls: dict[tuple[str, str], _Control] = {}
        self._forms: dict[tuple[str, str], tuple[FormPlan, _Control]] = {}

    @classmethod
    def of(cls, host: Host) -> "Router":
        """Return the router that is fastened to ``host``."""
        return cast("Router", host.get_cog(cls.__name__))

    def control(self, feature: str, action: str, handler: Handler, *, permission: str | None = None) -> None:
        """Let ``handler`` answer presses of ``v1:<feature>:<action>:<id>``.

        Args:
            feature: the feature's folder.
            action: the control's name within it.
            handler: answers the request.
            permission: Discord's name of the permission that who presses must hold, if any.
        """
        self._controls[feature, action] = _Control(handler, permission)

    def form(self, plan: FormPlan, handler: Handler, *, permission: str | None = None) -> None:
        """Let ``handler`` take submissions of the form ``plan``."""
        self._forms[plan.feature, plan.action] = plan, _Control(handler, permission)

    def custom_ids(self) -> set[str]:
        """Return all controls and forms, as patterns without ids."""
        controls = {f"v1:{feature}:{action}" for feature, action in self._controls}
        return controls | {f"v1:{feature}:form-{action}" for feature, action in self._forms}

    async def open_form(
        self, request: Request, custom_id: CustomId, filled: Fields | None = None, offered: Offered | None = None
    ) -> None:
        """Answer ``request`` by opening the form that ``custom_id`` names.

        Args:
            request: the command or press.
            custom_id: the form's.
            filled: what is to stand in its fields.
            offered: the only values that a menu is to offer, by field code; one that offers none is left out.

        Raises:
            Refusal: there is no such form any more.
        """
        found = self._forms.get((custom_id.feature, custom_id.action))
        if found is None:
            raise Refusal("errors.unknown_control")
        await request.open(found[0].build(self.texts, request.locale, custom_id, filled or {}, offered or {}))

    async def run(self, interaction: Interaction, handler: Handler, *, permission: str | None = None) -> None:
        """Let ``handler`` answer a command, of who holds ``permission`` if any is named."""
        await self._boundary.run(interaction, _guarded(_Control(handler, permission)))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer presses and forms; commands come through the tree."""
        data = cast("dict[str, Any]", interaction.data or {})
        if interaction.type is discord.InteractionType.component:
            control = CustomId.decode(str(data.get("custom_id")))
            await self._boundary.run(interaction, self._press(control), control=control, values=_values(data))
        elif interaction.type is discord.InteractionType.modal_submit:
            form = CustomId.decode(str(data.get("custom_id")))
            handler = self._submit(form)
            # What there is no form for can't be opened again as a draft.
            control = None if handler is _unknown else form
            await self._boundary.run(interaction, handler, control=control, fields=submitted(data))

    async def on_command_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Explain what fails before a command's own code is reached."""

        async def fail(_request: Request) -> None:
            if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
                raise Refusal("errors.unknown_command")
            raise error

        await self._boundary.run(interaction, fail)

    def _press(self, control: CustomId | None) -> Handler:
        if control is None or control.revision is not None:
            return _unknown
        return _guarded(self._controls.get((control.feature, control.action)))

    def _submit(self, control: CustomId | None) -> Handler:
        if control is None or control.revision is None:
            return _unknown
        found = self._forms.get((control.feature, control.action))
        return _guarded(None if found is None else found[1])


def _guarded(control: _Control | None) -> Handler:
    if control is None:
        return _unknown
    if control.permission is None:
        return control.handler

    async def handle(request: Request) -> None:
        if not getattr(request.interaction.permissions, str(control.permission)):
            raise Refusal("errors.moderators_only")
        await control.handler(request)

    return handle


async def _unknown(_request: Request) -> None:
    raise Refusal("errors.unknown_control")


def _values(data: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in data.get("values", ()))


def button(
    label: str,
    custom_id: CustomId,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    *,
    emoji: str | None = None,
) -> discord.ui.Button[Any]:
    """Return a button that the router will answer."""
    return discord.ui.Button(label=label, custom_id=str(custom_id), style=style, emoji=emoji)
