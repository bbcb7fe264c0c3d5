"""What happens when somebody asks to be read, or does something to their own request."""

from bot.features.blog_reviews.model import Review, Typed, Wants
from bot.features.blog_reviews.reading import Reading
from bot.features.blog_reviews.service import Kind, Reviews
from bot.features.blog_reviews.thanking import ThankingReaders
from bot.kernel.errors import Refusal
from cogs._ui.boundary import Handler
from cogs._ui.cards import Card
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request
from cogs.blog_reviews.forms import FEATURE, Forms, filled_with
from cogs.blog_reviews.render import Render

YES = "yes"  # said to a link to a draft: known to be one


class ReviewControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(
        self, reviews: Reviews, reading: Reading, thanking: ThankingReaders, router: Router, render: Render
    ) -> None:
        self._reviews = reviews
        self._reading = reading
        self._thanking = thanking
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "request": self.request,
            "show_draft": self.show_draft,
            "manage": self.manage,
            "edit": self.edit,
            "another": self.another,
            "close": self.close,
            "close_confirm": self.close_confirm,
            "withdraw": self.withdraw,
            "withdraw_confirm": self.withdraw_confirm,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)
        self._router.form(forms.request("request"), self._requested)
        self._router.form(forms.request("edit"), self._edited)
        self._router.show(Review, self._render.brought)

    async def request(self, request: Request) -> None:
        """Open the form."""
        await self._reviews.demand_room(request.server_id, request.member_id)
        custom_id = CustomId(FEATURE, "request", request.interaction_id, request.interaction_id)
        await self._router.open_form(request, custom_id, {"wants": (Wants.ANYTHING,)})

    async def show_draft(self, request: Request) -> None:
        """Post a link to a draft: its author has read what that means."""
        draft = await self._reviews.draft(request.server_id, request.member_id, request.object_id)
        form = CustomId.decode(draft.form)
        if form is None or form.feature != FEATURE:
            raise Refusal("members.draft_gone")
        await self._router.resubmit(request, form, {**draft.fields, "knows_draft": (YES,)}, draft.interaction_id)

    async def manage(self, request: Request) -> None:
        """Show an author, or who reads, all that they can do."""
        review = await self._reviews.seen(request.server_id, request.object_id)
        if review.author_id == request.member_id:
            await request.reply(await self._mine(request, review.review_id))
            return
        review = await self._reading.of(request.server_id, request.member_id, review.review_id)
        await request.reply(self._render.reading(review, request.member_id, request.locale))

    async def edit(self, request: Request) -> None:
        """Open the form again, filled with what stands there."""
        review = await self._reviews.own(request.server_id, request.member_id, request.object_id)
        if not review.state.is_unread:
            raise Refusal("blog_reviews.read_already")
        custom_id = CustomId(FEATURE, "edit", review.review_id, review.revision)
        await self._router.open_form(request, custom_id, filled_with(review))

    async def another(self, request: Request) -> None:
        """Wish for another reader."""
        review = await self._reviews.another(request.server_id, request.member_id, request.object_id)
        await request.update(await self._mine(request, review.review_id, "blog_reviews.waits_again"))

    async def close(self, request: Request) -> None:
        """Ask whether to bring it to an end."""
        review = await self._reviews.own(request.server_id, request.member_id, request.object_id)
        await request.reply(self._render.closing(review, request.locale))

    async def close_confirm(self, request: Request) -> None:
        """Bring it to an end."""
        review = await self._reviews.close(request.server_id, request.member_id, request.object_id)
        await request.update(await self._mine(request, review.review_id, "blog_reviews.is_closed"))

    async def withdraw(self, request: Request) -> None:
        """Ask whether to take it back."""
        review = await self._reviews.own(request.server_id, request.member_id, request.object_id)
        await request.reply(self._render.withdrawal(review, request.locale))

    async def withdraw_confirm(self, request: Request) -> None:
        """Take it back."""
        await self._reviews.withdraw(request.server_id, request.member_id, request.object_id)
        await request.update(self._render.told(request.locale, "blog_reviews.is_withdrawn"))

    async def _requested(self, request: Request) -> None:
        whom = request.server_id, request.member_id
        review = await self._reviews.request(*whom, _typed(request), request.interaction_id)
        outlook, to_read = await self._reviews.outlook(request.server_id, review), await self._reviews.to_read(*whom)
        asks_consent = await self._reviews.wants_consent(*whom, Kind.ANSWERS)
        asked = self._render.asked(review, outlook, request.locale, to_read=to_read, asks_consent=asks_consent)
        await request.reply(asked)

    async def _edited(self, request: Request) -> None:
        whom = request.server_id, request.member_id
        review = await self._reviews.edit(*whom, request.object_id, _typed(request))
        await request.update(await self._mine(request, review.review_id, "blog_reviews.changed"))

    async def _mine(self, request: Request, review_id: int, news: str = "") -> Card:
        review, left = await self._thanking.thankable(request.server_id, request.member_id, review_id)
        outlook = await self._reviews.outlook(request.server_id, review)
        return self._render.mine(review, outlook, request.locale, news, can_thank=bool(left))


def _typed(request: Request) -> Typed:
    """Return a request as it was filled in; what no form of ours offers stands for anything."""
    wants = request.chosen("wants")
    known = [each for each in Wants if (each.value,) == wants]
    return Typed(
        url=request.text("url"),
        title=request.text("title"),
        wants=known[0] if known else Wants.ANYTHING,
        question=request.text("question"),
        wish_by=request.text("wish_by"),
        knows_draft=request.chosen("knows_draft") == (YES,),
    )
