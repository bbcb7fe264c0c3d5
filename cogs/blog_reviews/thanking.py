"""What happens when an author thanks those who read."""

from bot.features.blog_reviews.thanking import ThankingReaders
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request, is_id
from cogs._ui.rights import FoundBy
from cogs.blog_reviews.forms import FEATURE, PRIVATE, PUBLIC, Forms
from cogs.blog_reviews.render import Render


class ThankControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, thanking: ThankingReaders, router: Router, render: Render) -> None:
        self._thanking = thanking
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        self._router.control(FEATURE, "thank", self.thank)
        self._router.control(FEATURE, "thank_asked", self.thank_asked, found_by=FoundBy.NOTICE)
        self._router.form(forms.thank(), self._thanked)
        self._router.form(forms.thank_asked(), self._thanked_asked, found_by=FoundBy.NOTICE)

    async def thank(self, request: Request) -> None:
        """Open the form, filled with all who wrote and were not thanked."""
        _, left = await self._thanking.thankable(request.server_id, request.member_id, request.object_id)
        if not left:
            raise Refusal("blog_reviews.all_thanked")
        filled = {"thanked": tuple(str(each) for each in left), "sharing": (PRIVATE,)}
        custom_id = CustomId(FEATURE, "thank", request.object_id, request.interaction_id)
        await self._router.open_form(request, custom_id, filled)

    async def thank_asked(self, request: Request) -> None:
        """Open the form for thanks to the one of whom a notice tells: it needs no menu of members."""
        await self._thanking.told(request.server_id, request.member_id, request.object_id)
        custom_id = CustomId(FEATURE, "thank_asked", request.object_id, request.interaction_id)
        await self._router.open_form(request, custom_id, {"sharing": (PRIVATE,)})

    async def _thanked(self, request: Request) -> None:
        chosen = [MemberId(int(each)) for each in dict.fromkeys(request.chosen("thanked")) if is_id(each)]
        whom = request.server_id, request.member_id
        people = [await self._thanking.person(request.server_id, each, request.person(each)) for each in chosen]
        wish = people, request.text("reason"), request.chosen("sharing") == (PUBLIC,)
        review = await self._thanking.thank(*whom, request.object_id, wish, request.interaction_id)
        await request.update(self._render.written(review, request.locale, "blog_reviews.thanked"))

    async def _thanked_asked(self, request: Request) -> None:
        whom = request.server_id, request.member_id, request.object_id
        wish = request.text("reason"), request.chosen("sharing") == (PUBLIC,)
        review = await self._thanking.thank_told(*whom, wish, request.interaction_id)
        card = self._render.written(review, request.locale, "blog_reviews.thanked")
        await (request.update(card) if request.is_dm else request.reply(card))
