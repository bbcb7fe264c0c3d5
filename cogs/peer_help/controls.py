"""What happens when somebody asks, or does something to what they asked."""

from bot.features.peer_help.anonymity import Anonymity
from bot.features.peer_help.ending import Endings
from bot.features.peer_help.model import Ask, State, Wants, Written
from bot.features.peer_help.service import Asks
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.host import Fields
from cogs._ui.request import Request
from cogs._ui.rights import FoundBy
from cogs.peer_help.forms import FEATURE, NO, YES, Forms, filled_with
from cogs.peer_help.render import Render


class AskControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, asks: Asks, anonymity: Anonymity, endings: Endings, router: Router, render: Render) -> None:
        self._asks = asks
        self._anonymity = anonymity
        self._endings = endings
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "new": self.new,
            "ask_me": self.ask_me,
            "ask_someone": self.ask_someone,
            "manage": self.manage,
            "edit": self.edit,
            "withdraw": self.withdraw,
            "withdraw_confirm": self.withdraw_confirm,
            "leave": self.leave,
            "still_waiting": self.still_waiting,
            "reopen": self.reopen,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)
        self._router.control(FEATURE, "still_open", self.still_open, found_by=FoundBy.NOTICE)
        self._router.control(FEATURE, "reopen_asked", self.reopen_asked, found_by=FoundBy.NOTICE)
        self._router.form(forms.ask(), self._asked)
        self._router.form(forms.ask_named(), self._asked_by_name)
        self._router.form(forms.edit(), self._edited)

    async def new(self, request: Request) -> None:
        """Open the form; its number is its own, so that one that goes through drops no other's draft."""
        await self._asks.demand_room(request.server_id, request.member_id)
        await self._open(request, "ask", request.interaction_id)

    async def ask_me(self, request: Request) -> None:
        """Open the form for an ask that goes to one person first."""
        first_id = MemberId(request.object_id)
        await self._asks.demand_named(request.server_id, request.member_id, first_id)
        await self._open(request, "ask_named", first_id)

    async def ask_someone(self, request: Request) -> None:
        """Open the form for an ask that goes first to whom was chosen in a menu."""
        await self._router.hand_on(request, CustomId(FEATURE, "ask_me", request.number()))

    async def manage(self, request: Request) -> None:
        """Show an asker all that they can do to their own ask."""
        ask, left = await self._thankable(request, request.object_id)
        await request.reply(self._render.mine(ask, request.locale, can_thank=bool(left)))

    async def edit(self, request: Request) -> None:
        """Open the form again, filled with what stands there."""
        ask = await self._asks.own(request.server_id, request.member_id, request.object_id)
        if not (ask.state.is_open or ask.state is State.PREVIEW):
            raise Refusal("peer_help.ended")
        custom_id = CustomId(FEATURE, "edit", ask.ask_id, ask.revision)
        await self._router.open_form(request, custom_id, filled_with(ask))

    async def withdraw(self, request: Request) -> None:
        """Ask whether to take it back."""
        ask = await self._asks.own(request.server_id, request.member_id, request.object_id)
        await request.reply(self._render.withdrawal(ask, request.locale))

    async def withdraw_confirm(self, request: Request) -> None:
        """Take it back."""
        await self._asks.withdraw(request.server_id, request.member_id, request.object_id)
        await request.update(self._render.told(request.locale, "peer_help.withdrawn"))

    async def leave(self, request: Request) -> None:
        """Leave it at the look before posting; what was posted meanwhile is not taken back without being asked."""
        ask = await self._asks.own(request.server_id, request.member_id, request.object_id)
        if ask.state is not State.PREVIEW:
            await self.withdraw(request)
            return
        await self._asks.withdraw(request.server_id, request.member_id, request.object_id)
        await request.update(self._render.told(request.locale, "peer_help.left_it"))

    async def still_waiting(self, request: Request) -> None:
        """Let others be asked again."""
        ask, begins = await self._asks.still_waiting(request.server_id, request.member_id, request.object_id)
        news = "peer_help.asked_again" if begins else "peer_help.waits_already"
        await request.update(self._render.mine(ask, request.locale, news))

    async def still_open(self, request: Request) -> None:
        """Let it stay open."""
        ask = await self._asks.still_open(request.server_id, request.member_id, request.object_id)
        await self._answer(request, ask, "peer_help.stays_open")

    async def reopen(self, request: Request) -> None:
        """Open it again."""
        ask = await self._asks.reopen(request.server_id, request.member_id, request.object_id)
        await request.update(self._render.mine(ask, request.locale, "peer_help.reopened"))

    async def reopen_asked(self, request: Request) -> None:
        """Open again what a notice says was closed."""
        told = await self._asks.told(request.server_id, request.member_id, request.object_id)
        ask = await self._asks.reopen(request.server_id, request.member_id, told.ask_id)
        await self._answer(request, ask, "peer_help.reopened")

    async def _asked(self, request: Request) -> None:
        whom, written = (request.server_id, request.member_id), written_in(request)
        if request.chosen("anonymous") == (YES,):
            preview = await self._anonymity.preview(*whom, written, request.interaction_id)
            await request.reply(self._render.preview(preview, request.locale))
            return
        await self._tell(request, await self._asks.ask(*whom, written, request.interaction_id))

    async def _asked_by_name(self, request: Request) -> None:
        whom, first_id = (request.server_id, request.member_id), MemberId(request.object_id)
        ask = await self._asks.ask(*whom, written_in(request), request.interaction_id, first_id)
        await self._tell(request, ask)

    async def _edited(self, request: Request) -> None:
        whom = request.server_id, request.member_id
        ask = await self._asks.edit(*whom, request.object_id, written_in(request))
        await request.update(self._render.mine(ask, request.locale, "peer_help.changed"))

    async def _tell(self, request: Request, ask: Ask) -> None:
        outlook = await self._asks.outlook(request.server_id, ask)
        asks_consent = await self._asks.wants_consent(request.server_id, request.member_id)
        await request.reply(self._render.asked(ask, outlook, request.locale, asks_consent=asks_consent))

    async def _open(self, request: Request, action: str, object_id: int) -> None:
        filled: Fields = {"wants": (Wants.EITHER,)}
        filled = {**filled, "anonymous": (NO,)} if action == "ask" else filled
        await self._router.open_form(request, CustomId(FEATURE, action, object_id, request.interaction_id), filled)

    async def _thankable(self, request: Request, ask_id: int) -> tuple[Ask, tuple[MemberId, ...]]:
        ask = await self._asks.own(request.server_id, request.member_id, ask_id)
        if ask.state is State.PREVIEW:
            return ask, ()
        return await self._endings.thankable(request.server_id, request.member_id, ask_id)

    async def _answer(self, request: Request, ask: Ask, key: str) -> None:
        """Answer in the place of a private message; in the inbox, where other notices stand beside, below it."""
        card = self._render.told(request.locale, key, ask)
        await (request.update(card) if request.is_dm else request.reply(card))


def written_in(request: Request) -> Written:
    """Return an ask as it was filled in; what no form of ours offers stands for either, or for no topic."""
    topic, wants = request.chosen("topic"), request.chosen("wants")
    known = [each for each in Wants if (each.value,) == wants]
    return Written(
        topic=topic[0] if topic else "",
        wants=known[0] if known else Wants.EITHER,
        title=request.text("title"),
        details=request.text("details"),
    )
