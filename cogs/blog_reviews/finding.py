"""What happens when somebody looks at what waits to be read, or at what is their own."""

from bot.features.blog_reviews.finding import FindingReviews
from bot.features.blog_reviews.reading import Reading
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request
from cogs.blog_reviews.forms import FEATURE
from cogs.blog_reviews.listing import ListRender


class FindControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, finding: FindingReviews, reading: Reading, router: Router, lists: ListRender) -> None:
        self._finding = finding
        self._reading = reading
        self._router = router
        self._lists = lists

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "queue": self.queue,
            "queue_page": self.queue_page,
            "mine": self.mine,
            "mine_one": self.mine_one,
            "claims_limit": self.claims_limit,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)

    async def queue(self, request: Request) -> None:
        """Show what waits to be read."""
        page = await self._finding.queue(request.server_id, request.member_id)
        await request.reply(self._lists.queue(page, request.member_id, request.locale))

    async def queue_page(self, request: Request) -> None:
        """Show another page of it."""
        page = await self._finding.queue(request.server_id, request.member_id, request.number())
        await request.update(self._lists.queue(page, request.member_id, request.locale))

    async def mine(self, request: Request) -> None:
        """Show what is one's own to read, and to have read."""
        mine = await self._finding.mine(request.server_id, request.member_id)
        await request.reply(self._lists.mine(mine, request.locale))

    async def mine_one(self, request: Request) -> None:
        """Show one of them, with all that can be done to it."""
        await self._router.hand_on(request, CustomId(FEATURE, "manage", request.number()))

    async def claims_limit(self, request: Request) -> None:
        """Choose how many to have to read at a time."""
        await self._reading.choose_limit(request.server_id, request.member_id, request.number(otherwise=-1))
        mine = await self._finding.mine(request.server_id, request.member_id)
        await request.update(self._lists.mine(mine, request.locale, "members.saved"))
