"""What happens when an ask has helped: thanks, what helped, and how it went on."""

from bot.features.peer_help.ending import Endings, Gratitude
from bot.features.peer_help.model import Ask, State
from bot.features.peer_help.service import Asks
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request, is_id
from cogs._ui.rights import FoundBy
from cogs.peer_help.forms import FEATURE, NO, PRIVATE, PUBLIC, YES, Forms
from cogs.peer_help.render import Render


class EndingControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, endings: Endings, asks: Asks, router: Router, render: Render) -> None:
        self._endings = endings
        self._asks = asks
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {"resolve": self.resolve, "thank": self.thank, "after": self.after}
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)
        self._router.control(FEATURE, "resolve_asked", self.resolve_asked, found_by=FoundBy.NOTICE)
        self._router.control(FEATURE, "after_asked", self.after_asked, found_by=FoundBy.NOTICE)
        self._router.form(forms.resolve(), self._resolved)
        self._router.form(forms.thank(), self._thanked)
        self._router.form(forms.after("after"), self._told_after)
        self._router.form(forms.after("after_asked"), self._told_after_asked, found_by=FoundBy.NOTICE)

    async def resolve(self, request: Request) -> None:
        """Open the form that brings an ask to a good end."""
        await self._open_resolving(request, request.object_id)

    async def resolve_asked(self, request: Request) -> None:
        """Open that form, as a notice offered."""
        told = await self._asks.told(request.server_id, request.member_id, request.object_id)
        if request.is_dm:  # a menu of members offers none in a private message
            await request.update(self._render.told(request.locale, "peer_help.resolve_there", told))
            return
        await self._open_resolving(request, told.ask_id)

    async def thank(self, request: Request) -> None:
        """Open the form for thanks, also days after an ask has ended."""
        ask, left = await self._endings.thankable(request.server_id, request.member_id, request.object_id)
        if not left:
            raise Refusal("peer_help.all_thanked")
        await self._open(request, "thank", ask, left)

    async def after(self, request: Request) -> None:
        """Open the form for how it went on."""
        ask = await self._asks.own(request.server_id, request.member_id, request.object_id)
        _demand_resolved(ask)
        await self._router.open_form(request, CustomId(FEATURE, "after", ask.ask_id, request.interaction_id))

    async def after_asked(self, request: Request) -> None:
        """Open the form for how it went on, as a notice asked."""
        notice = await self._endings.afterwards(request.server_id, request.member_id, request.object_id)
        _demand_resolved(await self._asks.own(request.server_id, request.member_id, notice.object_id))
        custom_id = CustomId(FEATURE, "after_asked", request.object_id, request.interaction_id)
        await self._router.open_form(request, custom_id)

    async def _open_resolving(self, request: Request, ask_id: int) -> None:
        ask, left = await self._endings.thankable(request.server_id, request.member_id, ask_id)
        if not ask.state.is_open:
            raise Refusal("peer_help.ended")
        await self._open(request, "resolve", ask, left)

    async def _open(self, request: Request, action: str, ask: Ask, left: tuple[MemberId, ...]) -> None:
        filled = {"thanked": tuple(str(each) for each in left), "sharing": (PRIVATE,), "findable": (NO,)}
        offered = {"sharing": ()} if ask.is_anonymous else {}  # under a pseudonym, none is public
        custom_id = CustomId(FEATURE, action, ask.ask_id, request.interaction_id)
        await self._router.open_form(request, custom_id, filled, offered)

    async def _resolved(self, request: Request) -> None:
        # Whoever was filled in beforehand is thanked with a reason only; some may have left since.
        gratitude = await self._gratitude(request) if request.text("reason").strip() else Gratitude()
        helped = request.text("helped"), request.chosen("findable") == (YES,)
        whom = request.server_id, request.member_id, request.object_id
        ask = await self._endings.resolve(*whom, gratitude, helped, request.interaction_id)
        news = "peer_help.resolved_thanked" if gratitude.people else "peer_help.resolved"
        _, left = await self._endings.thankable(*whom)
        await request.update(self._render.mine(ask, request.locale, news, can_thank=bool(left)))

    async def _thanked(self, request: Request) -> None:
        whom = request.server_id, request.member_id, request.object_id
        ask = await self._endings.thank(*whom, await self._gratitude(request), request.interaction_id)
        _, left = await self._endings.thankable(*whom)
        await request.update(self._render.mine(ask, request.locale, "peer_help.thanked", can_thank=bool(left)))

    async def _told_after(self, request: Request) -> None:
        await self._tell_after(request, request.object_id)

    async def _told_after_asked(self, request: Request) -> None:
        notice = await self._endings.afterwards(request.server_id, request.member_id, request.object_id)
        await self._tell_after(request, notice.object_id)

    async def _tell_after(self, request: Request, ask_id: int) -> None:
        whom = request.server_id, request.member_id, ask_id
        ask = await self._endings.after(*whom, request.text("after"), request.interaction_id)
        await request.reply(self._render.told(request.locale, "peer_help.after_told", ask))

    async def _gratitude(self, request: Request) -> Gratitude:
        chosen = [MemberId(int(each)) for each in dict.fromkeys(request.chosen("thanked")) if is_id(each)]
        people = [await self._endings.person(request.server_id, each, request.person(each)) for each in chosen]
        return Gratitude(tuple(people), request.text("reason"), request.chosen("sharing") == (PUBLIC,))


def _demand_resolved(ask: Ask) -> None:
    if ask.state is not State.RESOLVED or ask.thread_id is None:
        raise Refusal("peer_help.no_thread")
