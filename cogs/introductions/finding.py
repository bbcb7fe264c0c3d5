"""What happens when somebody looks for others."""

from bot.features.introductions.finding import Finding
from bot.kernel.i18n import Locale
from bot.kernel.ids import ServerId
from bot.kernel.text import storable
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.host import Fields
from cogs._ui.request import Request
from cogs.introductions.forms import FEATURE, Forms
from cogs.introductions.render import Render


class FindControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, finding: Finding, router: Router, render: Render, forms: Forms) -> None:
        self._finding = finding
        self._router = router
        self._render = render
        self._forms = forms

    @property
    def trades(self) -> tuple[str, ...]:
        """The trades to choose from."""
        return self._finding.trades

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        self._router.control(FEATURE, "search", self.search)
        self._router.control(FEATURE, "find", self.turn_page)
        self._router.form(self._forms.search(), self._searched, promised=False)

    async def topics_like(self, server_id: ServerId, typed: str, locale: Locale) -> list[tuple[str, str]]:
        """Return the topics to offer for what was ``typed`` so far: value and label."""
        return await self._finding.topics_like(server_id, typed, locale)

    async def search(self, request: Request) -> None:
        """Open the form of a search, filled with the one that it follows."""
        last = await self._finding.searched(request.server_id, request.member_id, request.object_id)
        chosen = {} if last is None else {"topic": last.topic, "trade": last.trade}
        filled: Fields = {name: (value,) for name, value in chosen.items() if value}
        filled = filled if last is None else {**filled, "text": last.words}
        await self._router.open_form(request, CustomId(FEATURE, "search", request.object_id, 0), filled)

    async def find(self, request: Request, topic: str = "", trade: str = "", words: str = "") -> None:
        """Show the first page of what a search finds."""
        page = await self._finding.search(request.server_id, request.member_id, storable(topic), trade, storable(words))
        await request.reply(self._render.found(page, request.locale))

    async def turn_page(self, request: Request) -> None:
        """Show another page of a search."""
        page = await self._finding.page(request.server_id, request.member_id, request.object_id, request.number())
        await request.update(self._render.found(page, request.locale))

    async def _searched(self, request: Request) -> None:
        topic, trade = request.chosen("topic"), request.chosen("trade")
        await self.find(request, topic[0] if topic else "", trade[0] if trade else "", request.text("text"))
