"""What happens when somebody reads: they give their word, choose another day, give it back, and write."""

from bot.features.blog_reviews.model import FIELDS, Review
from bot.features.blog_reviews.queue import By
from bot.features.blog_reviews.reading import Day, Reading
from bot.features.blog_reviews.service import Kind, Reviews
from bot.features.blog_reviews.writing import Writing
from bot.kernel.errors import Refusal
from cogs._ui.boundary import Handler
from cogs._ui.cards import Card
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request
from cogs._ui.rights import FoundBy
from cogs.blog_reviews.forms import FEATURE, Forms
from cogs.blog_reviews.render import Render


class ReadingControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, reviews: Reviews, reading: Reading, writing: Writing, router: Router, render: Render) -> None:
        self._reviews = reviews
        self._reading = reading
        self._writing = writing
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here: from cards, and from notices to those who are asked or reminded."""
        handlers: dict[str, Handler] = {
            "claim": self.claim,
            "redate": self.redate,
            "release": self.release,
            "deliver": self.deliver,
            "quick": self.quick,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)
        asked: dict[str, Handler] = {
            "claim_asked": self.claim_asked,
            "redate_asked": self.redate_asked,
            "release_asked": self.release_asked,
            "deliver_asked": self.deliver_asked,
        }
        for action, handler in asked.items():
            self._router.control(FEATURE, action, handler, found_by=FoundBy.NOTICE)
        self._router.form(forms.day("claim"), self._claimed)
        self._router.form(forms.day("redate"), self._redated)
        self._router.form(forms.deliver("deliver"), self._delivered)
        self._router.form(forms.quick(), self._reacted)
        self._router.form(forms.day("claim_asked"), self._claimed_asked, found_by=FoundBy.NOTICE)
        self._router.form(forms.day("redate_asked"), self._redated_asked, found_by=FoundBy.NOTICE)
        self._router.form(forms.deliver("deliver_asked"), self._delivered_asked, found_by=FoundBy.NOTICE)

    async def claim(self, request: Request) -> None:
        """Ask by when somebody will read it; whoever reads it already sees what they can do."""
        review = await self._reading.claimable(request.server_id, request.member_id, request.object_id)
        if review.is_read_by(request.member_id):
            await request.reply(self._render.reading(review, request.member_id, request.locale))
            return
        await self._open_day(request, "claim")

    async def claim_asked(self, request: Request) -> None:
        """Ask by when somebody will read what a notice asked them to."""
        await self._reading.asked(request.server_id, request.member_id, request.object_id)
        await self._open_day(request, "claim_asked")

    async def redate(self, request: Request) -> None:
        """Ask for another day."""
        await self._demand_reading(request, request.object_id)
        await self._open_day(request, "redate")

    async def redate_asked(self, request: Request) -> None:
        """Ask for another day, as a reminder offered."""
        await self._demand_reading(request, await self._told(request))
        await self._open_day(request, "redate_asked")

    async def release(self, request: Request) -> None:
        """Let others read it."""
        await self._reading.release(request.server_id, request.member_id, request.object_id)
        await request.update(self._render.told(request.locale, "blog_reviews.released"))

    async def release_asked(self, request: Request) -> None:
        """Let others read it, as a reminder offered."""
        await self._reading.release(request.server_id, request.member_id, await self._told(request))
        await self._answer(request, self._render.told(request.locale, "blog_reviews.released"))

    async def deliver(self, request: Request) -> None:
        """Open the form for what somebody thinks of it."""
        await self._writing.deliverable(request.server_id, request.member_id, request.object_id)
        await self._open(request, "deliver")

    async def deliver_asked(self, request: Request) -> None:
        """Open that form, as a notice offered."""
        await self._writing.deliverable(request.server_id, request.member_id, await self._told(request))
        await self._open(request, "deliver_asked")

    async def quick(self, request: Request) -> None:
        """Open the form for a first reaction."""
        await self._writing.demand_reactable(request.server_id, request.member_id, request.object_id)
        await self._open(request, "quick")

    async def _claimed(self, request: Request) -> None:
        whom = request.server_id, request.member_id, request.object_id
        await request.reply(await self._reads(request, await self._reading.claim(*whom, _day(request))))

    async def _claimed_asked(self, request: Request) -> None:
        whom = request.server_id, request.member_id, request.object_id
        review = await self._reading.claim_asked(*whom, _day(request))
        await self._answer(request, await self._reads(request, review, request.object_id))

    async def _redated(self, request: Request) -> None:
        await request.update(await self._redate(request, request.object_id))

    async def _redated_asked(self, request: Request) -> None:
        await self._answer(request, await self._redate(request, await self._told(request), request.object_id))

    async def _delivered(self, request: Request) -> None:
        await request.update(await self._deliver(request, request.object_id))

    async def _delivered_asked(self, request: Request) -> None:
        await self._answer(request, await self._deliver(request, await self._told(request)))

    async def _reacted(self, request: Request) -> None:
        whom = request.server_id, request.member_id, request.object_id
        review = await self._writing.quick(*whom, request.text("quick"), request.interaction_id)
        await request.reply(self._render.written(review, request.locale, "blog_reviews.reacted"))

    async def _redate(self, request: Request, review_id: int, notice_id: int | None = None) -> Card:
        whom = request.server_id, request.member_id
        review, news = await self._reading.redate(*whom, review_id, _day(request)), "blog_reviews.redated"
        return self._render.reading(review, request.member_id, request.locale, news, notice_id=notice_id)

    async def _deliver(self, request: Request, review_id: int) -> Card:
        texts = [(field, request.text(field)) for field in FIELDS]
        whom = request.server_id, request.member_id, review_id
        review = await self._writing.deliver(*whom, texts, request.interaction_id)
        asks_consent = await self._asks_consent(request, Kind.REVIEW)
        return self._render.written(review, request.locale, "blog_reviews.delivered", asks_consent=asks_consent)

    async def _reads(self, request: Request, review: Review, notice_id: int | None = None) -> Card:
        return self._render.reading(
            review,
            request.member_id,
            request.locale,
            "blog_reviews.you_read",
            asks_consent=await self._asks_consent(request, Kind.READING),
            notice_id=notice_id,
        )

    async def _asks_consent(self, request: Request, kind: Kind) -> bool:
        """Return whether to ask about messages of a kind: not in a private one, from which that is not answered."""
        whom = request.server_id, request.member_id
        return not request.is_dm and await self._reviews.wants_consent(*whom, kind)

    async def _told(self, request: Request) -> int:
        """Return the request of which a notice reminds."""
        return (await self._reading.told(request.server_id, request.member_id, request.object_id)).review_id

    async def _demand_reading(self, request: Request, review_id: int) -> None:
        review = await self._reading.of(request.server_id, request.member_id, review_id)
        if not review.is_read_by(request.member_id):
            raise Refusal("blog_reviews.not_reading")

    async def _open_day(self, request: Request, action: str) -> None:
        custom_id = CustomId(FEATURE, action, request.object_id, request.interaction_id)
        await self._router.open_form(request, custom_id, {"by": (By.WEEK,)})

    async def _open(self, request: Request, action: str) -> None:
        await self._router.open_form(request, CustomId(FEATURE, action, request.object_id, request.interaction_id))

    @staticmethod
    async def _answer(request: Request, card: Card) -> None:
        """Answer in the place of a private message; in the inbox, where other notices stand beside, below it."""
        await (request.update(card) if request.is_dm else request.reply(card))


def _day(request: Request) -> Day:
    chosen = request.chosen("by")
    return Day(chosen[0] if chosen else "", request.text("date"))
