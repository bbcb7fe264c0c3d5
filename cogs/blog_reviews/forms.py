"""The forms of reviews."""

from collections.abc import Awaitable, Callable

from bot.features.blog_reviews.model import (
    DATE_LIMIT,
    FIELD_LIMIT,
    FIELDS,
    QUESTION_LIMIT,
    QUICK_LIMIT,
    THANKED_LIMIT,
    TITLE_LIMIT,
    Review,
    Wants,
)
from bot.features.blog_reviews.queue import By
from bot.features.blog_reviews.thanking import REASON_LIMIT
from bot.kernel.addresses import ADDRESS_LIMIT
from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import ServerId
from cogs._ui.forms import FormPlan, MenuField, Options, PersonField, TextField, fixed
from cogs._ui.host import Fields

FEATURE = "blog_reviews"
PUBLIC, PRIVATE = "public", "private"  # what a giver likes a thanks to be


class Forms:
    """Says what each form consists of."""

    def __init__(self, texts: Texts, can_be_public: Callable[[ServerId], Awaitable[bool]]) -> None:
        self._texts = texts
        self._can_be_public = can_be_public

    def request(self, action: str) -> FormPlan:
        """A request to be read, written or changed."""
        fields = (
            TextField("url", ADDRESS_LIMIT, required=True),
            TextField("title", TITLE_LIMIT, required=True),
            MenuField("wants", fixed(self._wants), required=True),
            TextField("question", QUESTION_LIMIT, long=True),
            TextField("wish_by", DATE_LIMIT),
        )
        return FormPlan(FEATURE, action, fields)

    def day(self, action: str) -> FormPlan:
        """By when somebody reads."""
        return FormPlan(FEATURE, action, (MenuField("by", fixed(self._days)), TextField("date", DATE_LIMIT)))

    def deliver(self, action: str) -> FormPlan:
        """What somebody thinks of what they have read."""
        return FormPlan(FEATURE, action, tuple(TextField(each, FIELD_LIMIT, long=True) for each in FIELDS))

    def quick(self) -> FormPlan:
        """A first reaction."""
        return FormPlan(FEATURE, "quick", (TextField("quick", QUICK_LIMIT, required=True, long=True),))

    def thank(self) -> FormPlan:
        """Whom to thank, and why."""
        thanked = PersonField("thanked", required=True, most=THANKED_LIMIT)
        return FormPlan(FEATURE, "thank", (thanked, *self._gratitude()))

    def thank_asked(self) -> FormPlan:
        """Why to thank the one of whom a notice tells."""
        return FormPlan(FEATURE, "thank_asked", self._gratitude())

    def _gratitude(self) -> tuple[TextField, MenuField]:
        reason = TextField("reason", REASON_LIMIT, required=True, long=True)
        return reason, MenuField("sharing", self._sharing)

    def _wants(self, locale: Locale) -> Options:
        return [(each, self._texts(locale, f"{FEATURE}.wants_{each}")) for each in Wants]

    def _days(self, locale: Locale) -> Options:
        return [(each, self._texts(locale, f"{FEATURE}.by_{each}")) for each in By]

    async def _sharing(self, server_id: ServerId, locale: Locale) -> Options:
        """Return what a thanks may be; where no channel is chosen, there is nothing to choose."""
        if not await self._can_be_public(server_id):
            return []
        return [(each, self._texts(locale, f"reputation.sharing_{each}")) for each in (PRIVATE, PUBLIC)]


def filled_with(review: Review) -> Fields:
    """Return the form of a request as it is filled in."""
    return {
        "url": review.url,
        "title": review.title,
        "wants": (review.wants,),
        "question": review.question,
        "wish_by": "" if review.wish_on is None else review.wish_on.isoformat(),
    }
