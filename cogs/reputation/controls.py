"""What happens when a member thanks, looks at their standing, or chooses what others see."""

from functools import partial

from bot.features.reputation.model import StandingPage, Wish
from bot.features.reputation.service import Reputation
from bot.features.reputation.standings import Standings
from bot.kernel.ids import MemberId
from bot.kernel.people import Person
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.request import Request
from cogs._ui.rights import FoundBy
from cogs.reputation.forms import FEATURE, PUBLIC, Forms, filled_with, thank_form
from cogs.reputation.picture import described, year_of_ties
from cogs.reputation.render import OPENNESS, PICTURE, Render


class Controls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, service: Reputation, standings: Standings, router: Router, render: Render) -> None:
        self._service = service
        self._standings = standings
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "thank": self.thank,
            "thank_member": self.thank_member,
            "take_back": self.take_back,
            "standing": self.standing,
            "standing_page": self.turn_page,
            "more": self.more,
            "openness": self.openness,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)
        for what in OPENNESS:
            for wanted in (True, False):
                handler = partial(self.choose, what=what, wanted=wanted)
                self._router.control(FEATURE, f"{what}_{'on' if wanted else 'off'}", handler)
        self._router.control(FEATURE, "agree", self.agree, found_by=FoundBy.NOTICE)
        self._router.control(FEATURE, "hide", self.hide, found_by=FoundBy.NOTICE)
        self._router.form(forms.thank(), self.thanked)

    async def thank(self, request: Request) -> None:
        """Open the form for a thanks to anybody, unless none could be recorded now."""
        await self._service.demand_room(request.server_id, request.member_id)
        await self._open(request, None)

    async def thank_member(self, request: Request) -> None:
        """Open the form for a thanks to the member whom the control names."""
        await self.thank_person(request, request.object_id, None)

    async def thank_person(self, request: Request, person_id: int, named: Person | None) -> None:
        """Open the form for a thanks to one person, unless it could not be recorded now."""
        receiver_id = MemberId(person_id)
        await self._service.receiver(request.server_id, receiver_id, named)
        await self._service.demand_receivable(request.server_id, request.member_id, receiver_id)
        await self._open(request, receiver_id)

    async def thanked(self, request: Request) -> None:
        """Record the thanks of a form, or of the command that is one."""
        person_id = MemberId(request.number("member"))
        person = await self._service.receiver(request.server_id, person_id, request.person(person_id))
        is_public = request.chosen("sharing") == (PUBLIC,)
        wish = Wish(request.member_id, person_id, request.text("reason"), person.names, is_public)
        thanks = await self._service.thank(request.server_id, wish, request.interaction_id)
        can_be_public = await self._service.can_be_public(request.server_id) if is_public else None
        await request.reply(self._render.recorded(thanks, request.locale, can_be_public=can_be_public))

    async def take_back(self, request: Request) -> None:
        """Take back what was recorded a moment ago."""
        await self._service.take_back(request.server_id, request.member_id, request.object_id, request.interaction_id)
        await request.update(self._render.told(request.locale, "reputation.took_back"))

    async def agree(self, request: Request) -> None:
        """Let a thanks be public."""
        await self._service.agree(request.server_id, request.member_id, request.object_id)
        await request.reply(self._render.decided(request.object_id, request.locale, is_public=True))

    async def hide(self, request: Request) -> None:
        """Let a thanks be public no more."""
        await self._service.hide(request.server_id, request.member_id, request.object_id)
        await request.reply(self._render.decided(request.object_id, request.locale, is_public=False))

    async def standing(self, request: Request) -> None:
        """Show what the ledger says of the member: facts at once, and the picture as soon as it is drawn."""
        page = await self._standings.of(request.server_id, request.member_id)
        await request.reply(self._render.standing(page, request.locale))
        await self._add_picture(request, page)

    async def turn_page(self, request: Request) -> None:
        """Show another page of the thanks that the member received."""
        page = await self._standings.of(request.server_id, request.member_id, request.number())
        await request.update(self._render.standing(page, request.locale))
        await self._add_picture(request, page)

    async def more(self, request: Request) -> None:
        """Show the chains of thanks, and what they come to."""
        standing = await self._standings.chains(request.server_id, request.member_id)
        await request.reply(self._render.more(standing, request.server_id, request.locale))

    async def openness(self, request: Request) -> None:
        """Show what the member lets others see."""
        chosen = await self._service.openness(request.server_id, request.member_id)
        await request.reply(self._render.openness(request.server_id, chosen, request.locale))

    async def choose(self, request: Request, what: str, wanted: bool) -> None:  # noqa: FBT001 - bound by name above
        """Choose whether others see one of these things."""
        chosen = await self._service.choose(request.server_id, request.member_id, what, wanted=wanted)
        card = self._render.openness(request.server_id, chosen, request.locale, "members.saved")
        await request.update(card)

    async def _add_picture(self, request: Request, page: StandingPage) -> None:
        if not page.facts.received and not page.facts.given:
            return
        texts, months = self._router.texts, page.facts.months
        draw = partial(year_of_ties, texts, request.locale, months)
        picture = await self._router.drawn(draw)
        alt = described(texts, request.locale, months)
        await request.add_picture(self._render.standing(page, request.locale, alt=alt), PICTURE, picture)

    async def _open(self, request: Request, receiver_id: MemberId | None) -> None:
        custom_id = thank_form(request.interaction_id, receiver_id)
        await self._router.open_form(request, custom_id, filled_with(receiver_id))
