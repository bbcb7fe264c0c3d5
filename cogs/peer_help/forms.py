"""The forms of asks."""

from collections.abc import Awaitable, Callable, Sequence

from bot.features.peer_help.ending import REASON_LIMIT
from bot.features.peer_help.model import (
    AFTER_LIMIT,
    DETAILS_LIMIT,
    HELPED_LIMIT,
    REPLY_LIMIT,
    THANKED_LIMIT,
    TITLE_LIMIT,
    UNMASK_LIMIT,
    WORDS_LIMIT,
    Ask,
    Wants,
)
from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import ServerId
from cogs._ui.forms import FormPlan, MenuField, Options, PersonField, TextField, fixed
from cogs._ui.host import Fields
from cogs._ui.topics import topic_label

FEATURE = "peer_help"
PUBLIC, PRIVATE = "public", "private"  # what a giver likes a thanks to be
YES, NO = "yes", "no"
_MENU_LIMIT = 25  # options that Discord takes in one menu


class Forms:
    """Says what each form consists of; topics are those of the server where it is opened."""

    def __init__(
        self,
        texts: Texts,
        topics: Callable[[ServerId], Awaitable[Sequence[str]]],
        can_be_public: Callable[[ServerId], Awaitable[bool]],
    ) -> None:
        self._texts = texts
        self._topics = topics
        self._can_be_public = can_be_public

    def ask(self) -> FormPlan:
        """An ask, under one's own name or not."""
        anonymous = MenuField(
            "anonymous", fixed(lambda locale: self._choices(locale, "anonymous", NO, YES)), required=True
        )
        return FormPlan(FEATURE, "ask", (*self._written(), anonymous))

    def ask_named(self) -> FormPlan:
        """An ask that goes to one person first."""
        return FormPlan(FEATURE, "ask_named", self._written())

    def edit(self) -> FormPlan:
        """An ask, once more."""
        return FormPlan(FEATURE, "edit", self._written())

    def hand(self) -> FormPlan:
        """What helpers need to know of a thread that was opened by hand."""
        return FormPlan(FEATURE, "let_helpers_know", self._written()[:2])

    def resolve(self) -> FormPlan:
        """Whom to thank and why, and what helped."""
        helped = TextField("helped", HELPED_LIMIT, long=True)
        findable = MenuField("findable", fixed(lambda locale: self._choices(locale, "findable", NO, YES)))
        thanked, reason, sharing = self._gratitude(required=False)
        return FormPlan(FEATURE, "resolve", (thanked, reason, sharing, helped, findable))

    def thank(self) -> FormPlan:
        """Whom to thank, and why."""
        return FormPlan(FEATURE, "thank", self._gratitude(required=True))

    def after(self, action: str) -> FormPlan:
        """How it went on."""
        return FormPlan(FEATURE, action, (TextField("after", AFTER_LIMIT, required=True, long=True),))

    def reply(self, action: str) -> FormPlan:
        """What is relayed under a pseudonym."""
        return FormPlan(FEATURE, action, (TextField("reply", REPLY_LIMIT, required=True, long=True),))

    def search(self) -> FormPlan:
        """What to look for."""
        return FormPlan(FEATURE, "search", (TextField("text", WORDS_LIMIT, required=True),))

    def unmask(self) -> FormPlan:
        """Why two moderators need to know who asked."""
        return FormPlan(FEATURE, "unmask", (TextField("unmask_reason", UNMASK_LIMIT, required=True, long=True),))

    def _written(self) -> tuple[MenuField | TextField, ...]:
        return (
            MenuField("topic", self._topic_options, required=True),
            MenuField("wants", fixed(self._wants_options), required=True),
            TextField("title", TITLE_LIMIT, required=True),
            TextField("details", DETAILS_LIMIT, long=True),
        )

    def _gratitude(self, *, required: bool) -> tuple[PersonField, TextField, MenuField]:
        return (
            PersonField("thanked", required=required, most=THANKED_LIMIT),
            TextField("reason", REASON_LIMIT, required=required, long=True),
            MenuField("sharing", self._sharing_options),
        )

    async def _topic_options(self, server_id: ServerId, locale: Locale) -> Options:
        topics = await self._topics(server_id)
        return [(topic, topic_label(self._texts, locale, topic)) for topic in topics[:_MENU_LIMIT]]

    def _wants_options(self, locale: Locale) -> Options:
        return [(wants, self._texts(locale, f"{FEATURE}.wants_{wants}")) for wants in Wants]

    def _choices(self, locale: Locale, name: str, *values: str) -> Options:
        return [(value, self._texts(locale, f"{FEATURE}.{name}_{value}")) for value in values]

    async def _sharing_options(self, server_id: ServerId, locale: Locale) -> Options:
        """Return what a thanks may be; where no channel is chosen, there is nothing to choose."""
        if not await self._can_be_public(server_id):
            return []
        return [(each, self._texts(locale, f"reputation.sharing_{each}")) for each in (PRIVATE, PUBLIC)]


def filled_with(ask: Ask) -> Fields:
    """Return the form of an ask as it is filled in."""
    return {"topic": (ask.topic,), "wants": (ask.wants,), "title": ask.title, "details": ask.details}
