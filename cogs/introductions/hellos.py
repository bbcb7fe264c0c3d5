"""What happens when somebody greets: by a card's button, or because they were asked to."""

from bot.features.introductions.hellos import Hellos
from bot.features.introductions.service import Introductions
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request, is_id
from cogs._ui.rights import FoundBy
from cogs.introductions.forms import FEATURE, GREETERS_AT_ONCE, PRIVATE, PUBLIC, Forms
from cogs.introductions.render import Render


class HelloControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(
        self, hellos: Hellos, introductions: Introductions, router: Router, render: Render, forms: Forms
    ) -> None:
        self._hellos = hellos
        self._introductions = introductions
        self._router = router
        self._render = render
        self._forms = forms

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        self._router.control(FEATURE, "hello", self.greet)
        self._router.form(self._forms.hello("hello"), self._greeted)
        self._router.control(FEATURE, "thanks", self.thanks)
        self._router.form(self._forms.thank_greeters(), self._thanked)
        self._router.control(FEATURE, "greet_asked", self.greet_asked, found_by=FoundBy.NOTICE)
        self._router.form(self._forms.hello("hello_asked"), self._greeted_asked, found_by=FoundBy.NOTICE)

    async def greet(self, request: Request) -> None:
        """Open the form for a hello."""
        message = request.interaction.message
        # The question for the promise goes on to here; its message is nobody's card.
        pressed_on = None if message is None or message.flags.ephemeral else message.id
        await self._hellos.greetable(request.server_id, request.member_id, request.object_id, pressed_on)
        await self._router.open_form(request, CustomId(FEATURE, "hello", request.object_id, 0))

    async def thanks(self, request: Request) -> None:
        """Open the form for a thanks to the card's owner; on the own card, to those who said hello."""
        thankable = await self._hellos.thankable(request.server_id, request.member_id, request.object_id)
        if not thankable.greeters:
            owner_id = thankable.introduction.member_id
            await self._router.hand_on(request, CustomId("reputation", "thank_member", owner_id))
            return
        custom_id = CustomId(FEATURE, "thank_greeters", request.object_id, request.interaction_id)
        if not thankable.left:
            raise Refusal("introductions.all_thanked")
        room = GREETERS_AT_ONCE - (len(thankable.greeters) - len(thankable.left))
        if room <= 0:
            raise Refusal("introductions.thanked_ten")
        greeters = tuple(str(each) for each in thankable.left[-room:])
        await self._router.open_form(request, custom_id, {"greeters": greeters, "sharing": (PRIVATE,)})

    async def greet_asked(self, request: Request) -> None:
        """Open the form for the hello that a notice asks for."""
        await self._hellos.asked_for(request.server_id, request.member_id, request.object_id)
        await self._router.open_form(request, CustomId(FEATURE, "hello_asked", request.object_id, 0))

    async def _greeted(self, request: Request) -> None:
        introduction = await self._hellos.say_hello(
            request.server_id, request.member_id, request.object_id, *_said(request), request.interaction_id
        )
        await request.reply(self._render.told(introduction, request.locale, "introductions.greeted"))

    async def _thanked(self, request: Request) -> None:
        chosen = [MemberId(int(each)) for each in dict.fromkeys(request.chosen("greeters")) if is_id(each)]
        greeters = [await self._hellos.greeter(request.server_id, each, request.person(each)) for each in chosen]
        wish = greeters, request.text("reason"), request.chosen("sharing") == (PUBLIC,)
        recorded = await self._hellos.thank_greeters(
            request.server_id, request.member_id, request.object_id, wish, request.interaction_id
        )
        await request.reply(self._render.thanked([each.sequence for each in recorded], request.locale))

    async def _greeted_asked(self, request: Request) -> None:
        introduction = await self._hellos.say_hello_asked(
            request.server_id, request.member_id, request.object_id, *_said(request), request.interaction_id
        )
        card = self._render.told(introduction, request.locale, "introductions.greeted")
        # A private message has said what it came for; an inbox shows more than this.
        await (request.update(card) if request.is_dm else request.reply(card))


def _said(request: Request) -> tuple[str, str]:
    ready = request.chosen("ready")
    return ready[0] if ready else "", request.text("words")
