"""The router: one table from custom ids to handlers, for every button, menu and form.

It takes the place of the library's stores for views, dynamic items and modals (docs/adr/0003): it
decodes what stands in the message, so that controls work for years and forms belong to who sent them.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.kernel.errors import Refusal
from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import InteractionId
from cogs._ui.boundary import Boundary, Handler
from cogs._ui.cards import Card
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, Hints, Offered, submitted
from cogs._ui.host import Fields, Host
from cogs._ui.request import Interaction, Request
from cogs._ui.rights import FoundBy, Right, demand, holds

_PROMISE = "promise_"  # before the action of a control that is pressed again, the promise having been given
_Value = TypeVar("_Value", str, int)
Suggest = Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[_Value]]]]


@dataclass(frozen=True, slots=True)
class Control:
    """Who answers a command, control or form, whom they answer, and what its number tells of the server.

    ``promised`` says that a form is there for those only who have given the first-time promise.
    """

    handler: Handler
    right: Right = Right.ALL
    found_by: FoundBy = FoundBy.SERVER
    promised: bool = False


class Router(commands.Cog):
    """Finds who answers a request, and lets them within the boundary."""

    def __init__(self, host: Host) -> None:
        self.texts: Texts = host.texts
        self._host = host
        self._boundary = Boundary(host)
        self._controls: dict[tuple[str, str], Control] = {}
        self._forms: dict[tuple[str, str], tuple[FormPlan, Control]] = {}
        # One thread for all pictures: each thread that ever drew one would keep some memory for the next.
        self._drawer = ThreadPoolExecutor(1, "pictures")

    @classmethod
    def of(cls, host: Host) -> "Router":
        """Return the router that is fastened to ``host``."""
        return cast("Router", host.get_cog(cls.__name__))

    def control(
        self,
        feature: str,
        action: str,
        handler: Handler,
        *,
        right: Right = Right.ALL,
        found_by: FoundBy = FoundBy.SERVER,
    ) -> None:
        """Let ``handler`` answer presses of ``v1:<feature>:<action>:<id>``.

        Args:
            feature: the feature's folder.
            action: the control's name within it.
            handler: answers the request.
            right: what who presses must hold.
            found_by: what the id is, where presses in private messages are answered, too.
        """
        self._controls[feature, action] = Control(handler, right, found_by)

    def form(
        self,
        plan: FormPlan,
        handler: Handler,
        *,
        right: Right = Right.ALL,
        found_by: FoundBy = FoundBy.SERVER,
        promised: bool = True,
    ) -> None:
        """Let ``handler`` take submissions of the form ``plan``; the rest is as for :meth:`control`.

        Before it opens, members are asked for the first-time promise. Not ``promised`` are forms by which nothing
        reaches other members, and those of moderators.
        """
        promised = promised and right is Right.ALL
        self._forms[plan.feature, plan.action] = plan, Control(handler, right, found_by, promised)

    def show(self, kind: type[object], face: Callable[[Any, Locale], str]) -> None:
        """Draw what refusals of a ``kind`` bring along by ``face``, below their sentence."""
        self._boundary.show(kind, face)

    def brought(self, thing: object, locale: Locale) -> str:
        """Return the words for what an answer of one feature brings along of another's."""
        return self._boundary.brought(thing, locale)

    def controls(self) -> dict[str, Control]:
        """Return all controls and forms, by their patterns without ids."""
        pressed = {f"v1:{feature}:{action}": control for (feature, action), control in self._controls.items()}
        sent = {f"v1:{feature}:form-{action}": control for (feature, action), (_, control) in self._forms.items()}
        return pressed | sent

    async def drawn(self, draw: Callable[[], bytes]) -> bytes:
        """Return the picture that ``draw`` draws, beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._drawer, draw)

    def is_sent_from_dms(self, form: CustomId) -> bool:
        """Return whether a form can be sent from a private message, too: opened there, any other one is a dead end."""
        found = self._forms.get((form.feature, form.action))
        return found is not None and found[1].found_by is not FoundBy.SERVER

    async def open_form(
        self,
        request: Request,
        custom_id: CustomId,
        filled: Fields | None = None,
        offered: Offered | None = None,
        hints: Hints | None = None,
    ) -> None:
        """Answer ``request`` by opening the form that ``custom_id`` names; the promise comes before, if it is due.

        Args:
            request: the command or press.
            custom_id: the form's.
            filled: what is to stand in its fields.
            offered: the only values that a menu is to offer, by field code; one that offers none is left out.
            hints: what stands in fields to type in as long as they are empty, by field code; cut to 100 characters.

        Raises:
            Refusal: there is no such form any more.
        """
        found = self._forms.get((custom_id.feature, custom_id.action))
        if found is None:
            raise Refusal("errors.unknown_control")
        plan, control = found
        if control.promised and not request.has_promised:
            await request.reply(self._promise_asked(request))
            return
        options = await plan.options(request.server_id, request.locale, offered or {})
        await request.open(plan.build(self.texts, request.locale, custom_id, filled or {}, options, hints or {}))

    async def hand_on(self, request: Request, custom_id: CustomId) -> None:
        """Let whoever answers the control that ``custom_id`` names answer ``request``, as if that had been pressed.

        Raises:
            Refusal: there is no such control any more, or whatever its handler raises.
        """
        found = self._controls.get((custom_id.feature, custom_id.action))
        if found is None:
            raise Refusal("errors.unknown_control")
        request.control = custom_id
        await self._guarded(found)(request)

    async def press(self, interaction: Interaction, custom_id: CustomId) -> None:
        """Let whoever answers the control that ``custom_id`` names answer a command, as if it had been pressed."""
        await self._boundary.run(interaction, partial(self.hand_on, custom_id=custom_id))

    async def resubmit(self, request: Request, custom_id: CustomId, fields: Fields, acts_as: int) -> None:
        """Take the form that ``custom_id`` names as if ``request`` had sent it, holding ``fields``.

        ``acts_as`` is the interaction that it was written with: what came later is newer, and of presses that let the
        same through, however many there are, one does.

        Raises:
            Refusal: there is no such form any more, or whatever its handler raises.
        """
        found = self._forms.get((custom_id.feature, custom_id.action))
        if found is None:
            raise Refusal("errors.unknown_control")
        request.control, request.fields, request.acts_as = custom_id, fields, InteractionId(acts_as)
        await self._guarded(found[1])(request)

    async def run(
        self,
        interaction: Interaction,
        handler: Handler,
        *,
        right: Right = Right.ALL,
        typed: Fields | None = None,
        form: CustomId | None = None,
    ) -> None:
        """Let ``handler`` answer a command.

        Args:
            interaction: Discord's own object.
            handler: answers the request.
            right: what who typed it must hold.
            typed: what was typed; given back if it fails.
            form: the form in which that is kept, if it fails, and opened again; the command is that form.
        """
        found = None if form is None else self._forms.get((form.feature, form.action))
        promised = found is not None and found[1].promised
        control = Control(handler, right, promised=promised)
        await self._boundary.run(interaction, self._guarded(control), control=form, fields=typed)

    def suggested(self, suggest: Suggest[_Value], right: Right) -> Suggest[_Value]:
        """Return what suggests the same as ``suggest`` to who holds ``right``, and nothing to anybody else."""

        async def suggest_to(interaction: Interaction, typed: str) -> list[app_commands.Choice[_Value]]:
            return await suggest(interaction, typed) if await holds(self._host, interaction, right) else []

        return suggest_to

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer presses and forms; commands come through the tree."""
        data = cast("dict[str, Any]", interaction.data or {})
        custom_id = CustomId.decode(str(data.get("custom_id")))
        control = self._named(custom_id, interaction.type)
        handler = _unknown if control is None else self._guarded(control)
        found_by = FoundBy.SERVER if control is None else control.found_by
        if interaction.type is discord.InteractionType.component:
            await self._boundary.run(interaction, handler, control=custom_id, found_by=found_by, values=_values(data))
        elif interaction.type is discord.InteractionType.modal_submit:
            # What there is no form for can't be opened again as a draft.
            form = None if control is None else custom_id
            await self._boundary.run(interaction, handler, control=form, found_by=found_by, fields=submitted(data))

    async def on_command_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Explain what fails before a command's own code is reached."""

        async def fail(_request: Request) -> None:
            if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
                raise Refusal("errors.unknown_command")
            raise error

        await self._boundary.run(interaction, fail)

    def _named(self, custom_id: CustomId | None, kind: discord.InteractionType) -> Control | None:
        """Return who answers ``custom_id``: a control's where it was pressed, a form's where it was sent."""
        is_form = kind is discord.InteractionType.modal_submit
        if custom_id is None or (custom_id.revision is not None) is not is_form:
            return None
        name = custom_id.feature, custom_id.action
        if not is_form:
            return self._controls.get(name) or self._promise(*name)
        found = self._forms.get(name)
        return None if found is None else found[1]

    def _promise_asked(self, request: Request) -> Card:
        """Return the question for the first-time promise; its button goes on to what was pressed."""
        asked = request.control
        assert asked is not None  # noqa: S101 - a command that opens a form does so by `press`
        label = self.texts(request.locale, "members.promise")
        promise = replace(asked, action=_PROMISE + asked.action)
        card = Card().text(self.texts(request.locale, "members.promise_asked"))
        return card.row(button(label, promise, discord.ButtonStyle.primary))

    def _promise(self, feature: str, action: str) -> Control | None:
        """Return who answers the button of a promise: who takes it, and goes on to what was pressed before."""
        pressed = action.removeprefix(_PROMISE)
        control = None if pressed == action else self._controls.get((feature, pressed))
        if control is None:
            return None

        async def promise(request: Request) -> None:
            if not request.has_promised:  # pressed again, as what it opens came too late: nothing is to be written
                await self._host.promise(request.server_id, request.member_id)
                request.has_promised = True
            await self.hand_on(request, CustomId(feature, pressed, request.object_id))

        return Control(promise, found_by=control.found_by)

    def _guarded(self, control: Control) -> Handler:
        async def handle(request: Request) -> None:
            await demand(self._host, request, control.right)
            if control.promised and not request.has_promised:
                raise Refusal("members.promise_asked", ways=(("members", "send_promised"),))
            await control.handler(request)

        return handle


async def _unknown(_request: Request) -> None:
    raise Refusal("errors.unknown_control")


def _values(data: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in data.get("values", ()))


class Drawer:
    """What draws one feature in the language that it is handed; its buttons are labelled by their actions."""

    def __init__(self, texts: Texts, feature: str) -> None:
        self._texts = texts
        self._feature = feature

    def _button(
        self,
        locale: Locale,
        action: str,
        object_id: int,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        *,
        emoji: str | None = None,
    ) -> discord.ui.Button[Any]:
        label = self._texts(locale, f"{self._feature}.{action}")
        return button(label, CustomId(self._feature, action, object_id), style, emoji=emoji)


def button(
    label: str,
    custom_id: CustomId,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    *,
    emoji: str | None = None,
) -> discord.ui.Button[Any]:
    """Return a button that the router will answer."""
    return discord.ui.Button(label=label, custom_id=str(custom_id), style=style, emoji=emoji)
