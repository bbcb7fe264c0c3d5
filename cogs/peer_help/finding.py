"""What happens when somebody looks for asks: their own, the open ones, or by words."""

from bot.features.peer_help.finding import FindingAsks
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request
from cogs.peer_help.forms import FEATURE, Forms
from cogs.peer_help.listing import ListRender
from cogs.peer_help.render import Render


class FindControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, finding: FindingAsks, router: Router, render: Render, lists: ListRender) -> None:
        self._finding = finding
        self._router = router
        self._render = render
        self._lists = lists

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "mine": self.mine,
            "mine_one": self.mine_one,
            "open": self.open_asks,
            "open_page": self.open_page,
            "search": self.search_form,
            "search_page": self.search_page,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)
        self._router.form(forms.search(), self._searched, promised=False)

    async def mine(self, request: Request) -> None:
        """Show one's own asks."""
        asks = await self._finding.mine(request.server_id, request.member_id)
        await request.reply(self._render.list_mine(request.server_id, asks, request.locale))

    async def mine_one(self, request: Request) -> None:
        """Show one of them, with all that can be done to it."""
        await self._router.hand_on(request, CustomId(FEATURE, "manage", request.number()))

    async def open_asks(self, request: Request) -> None:
        """Show the open asks."""
        page = await self._finding.open_asks(request.server_id, request.member_id)
        await request.reply(self._lists.open_asks(page, request.locale))

    async def open_page(self, request: Request) -> None:
        """Show another page of the open asks."""
        page = await self._finding.open_asks(request.server_id, request.member_id, request.number())
        await request.update(self._lists.open_asks(page, request.locale))

    async def search_form(self, request: Request) -> None:
        """Open the form of a search."""
        await self._router.open_form(request, CustomId(FEATURE, "search", request.object_id, request.interaction_id))

    async def search(self, request: Request) -> None:
        """Show the first page of what a search finds."""
        page = await self._finding.search(request.server_id, request.member_id, request.text("text"))
        await request.reply(self._lists.found(page, request.locale))

    async def search_page(self, request: Request) -> None:
        """Show another page of a search."""
        page = await self._finding.page(request.server_id, request.member_id, request.object_id, request.number())
        await request.update(self._lists.found(page, request.locale))

    async def _searched(self, request: Request) -> None:
        await self.search(request)
