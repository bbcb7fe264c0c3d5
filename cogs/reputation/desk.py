"""What happens when a moderator reads the ledger, or reverses something in it."""

from bot.features.reputation.corrections import Corrections
from bot.kernel.ids import MemberId
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request
from cogs._ui.rights import Right
from cogs.reputation.desk_render import DeskRender
from cogs.reputation.forms import FEATURE, Forms


class Desk:
    """Reads a request, calls the service, renders, answers; all of it is for moderators."""

    def __init__(self, corrections: Corrections, router: Router, render: DeskRender) -> None:
        self._corrections = corrections
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "history_page": self.turn_page,
            "reverse_chosen": self.reverse_chosen,
            "flag": self.flag,
            "reverse_flag": self.reverse_flag,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler, right=Right.MODERATOR)
        self._router.form(forms.reverse("reverse"), self.reversed, right=Right.MODERATOR)
        self._router.form(forms.reverse("reverse_flag"), self._flag_reversed, right=Right.MODERATOR)

    async def history(self, request: Request, member_id: int) -> None:
        """Show the entries that name a member."""
        history = await self._corrections.history(request.server_id, MemberId(member_id))
        await request.reply(self._render.history(history, request.locale))

    async def turn_page(self, request: Request) -> None:
        """Show another page of the entries that name a member."""
        member_id = MemberId(request.object_id)
        history = await self._corrections.history(request.server_id, member_id, request.number())
        await request.update(self._render.history(history, request.locale))

    async def reverse_chosen(self, request: Request) -> None:
        """Open the form in which a thanks that was chosen is reversed."""
        thanks = await self._corrections.reversible(request.server_id, request.number())
        await self._router.open_form(request, reverse_form(request, thanks.sequence))

    async def reversed(self, request: Request) -> None:
        """Reverse a thanks, by the form or by the command that is one."""
        await self._corrections.reverse(
            request.server_id,
            request.member_id,
            request.object_id,
            request.text("reversal"),
            request.interaction_id,
        )
        await request.reply(self._render.reversed(1, request.locale))

    async def flags(self, request: Request) -> None:
        """Show sets of accounts that thank mostly each other."""
        await request.acknowledge()  # in a large server they take longer to find than Discord waits
        await request.reply(self._render.flags(await self._corrections.flags(request.server_id), request.locale))

    async def flag(self, request: Request) -> None:
        """Show all that is known of one set, and what reversing would come to."""
        file = await self._corrections.flag(request.server_id, request.object_id)
        await request.reply(self._render.flag(file, request.locale))

    async def reverse_flag(self, request: Request) -> None:
        """Open the form in which all thanks into a set are reversed."""
        await self._corrections.flag(request.server_id, request.object_id)
        custom_id = CustomId(FEATURE, "reverse_flag", request.object_id, request.interaction_id)
        await self._router.open_form(request, custom_id)

    async def _flag_reversed(self, request: Request) -> None:
        count = await self._corrections.reverse_flag(
            request.server_id,
            request.member_id,
            request.object_id,
            request.text("reversal"),
            request.interaction_id,
        )
        await request.reply(self._render.reversed(count, request.locale))


def reverse_form(request: Request, sequence: int) -> CustomId:
    """Return the name under which ``request`` opens the form that reverses an entry, or is kept as one."""
    return CustomId(FEATURE, "reverse", sequence, request.interaction_id)
