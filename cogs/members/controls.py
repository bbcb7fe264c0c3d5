"""What happens when somebody opens their home, or a draft."""

from bot.features.members.service import Members
from bot.kernel.errors import Refusal
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request
from cogs.members.render import FEATURE, Render


class Controls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, service: Members, router: Router, render: Render) -> None:
        self._service = service
        self._router = router
        self._render = render

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        self._router.control(FEATURE, "guide", self.guide)
        self._router.control(FEATURE, "draft", self.draft)

    async def guide(self, request: Request) -> None:
        """Show the member's home."""
        waiting = await self._service.waiting(request.server_id, request.member_id)
        await request.reply(self._render.guide(request.server_id, waiting, request.locale))

    async def draft(self, request: Request) -> None:
        """Open a kept draft again, in its own form, under a revision that no phone has seen."""
        draft = await self._service.draft(request.server_id, request.member_id, request.object_id)
        form = CustomId.decode(draft.form)
        if form is None:
            raise Refusal("members.draft_gone")
        await self._router.open_form(request, form.again(draft.draft_id), draft.fields)
