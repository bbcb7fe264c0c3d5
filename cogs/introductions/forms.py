"""The forms of introductions."""

from collections.abc import Awaitable, Callable, Sequence

from bot.features.introductions.hellos import REASON_LIMIT
from bot.features.introductions.model import (
    HELLO_LIMIT,
    LINK_LIMIT,
    NOTE_LIMIT,
    NOW_LIMIT,
    READY_HELLOS,
    TRADE_LINE_LIMIT,
    TRADES_LIMIT,
    WORDS_LIMIT,
    Side,
)
from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import ServerId
from cogs._ui.forms import FormPlan, MenuField, Options, PersonField, TextField, fixed
from cogs._ui.topics import topic_label

FEATURE = "introductions"
GREETERS_AT_ONCE = 10  # that one form thanks: as many as a cause may
PUBLIC, PRIVATE = "public", "private"  # what a giver likes a thanks to be
_MENU_LIMIT = 25  # options that Discord takes in one menu


class Forms:
    """Says what each form consists of; topics are those of the server where it is opened."""

    def __init__(
        self,
        texts: Texts,
        topics: Callable[[ServerId], Awaitable[Sequence[str]]],
        trades: Sequence[str],
        can_be_public: Callable[[ServerId], Awaitable[bool]],
    ) -> None:
        self._texts = texts
        self._can_be_public = can_be_public
        self._topics = topics
        self._trades = trades

    def write(self) -> FormPlan:
        """The introduction itself."""
        fields = (
            TextField("now", NOW_LIMIT, required=True),
            MenuField("offer_topics", self._topic_options, _MENU_LIMIT),
            MenuField("seek_topics", self._topic_options, _MENU_LIMIT),
            TextField("note", NOTE_LIMIT, long=True),
            TextField("link", LINK_LIMIT),
        )
        return FormPlan(FEATURE, "write", fields)

    def trades(self) -> FormPlan:
        """What the member does for a living, or did."""
        fields = (
            MenuField("trades", fixed(self._trade_options), TRADES_LIMIT),
            TextField("trade_line", TRADE_LINE_LIMIT),
        )
        return FormPlan(FEATURE, "trades", fields)

    def discreet(self) -> FormPlan:
        """Which topics stay off the card."""
        fields = tuple(MenuField(f"discreet_{side}", self._topic_options, _MENU_LIMIT) for side in Side)
        return FormPlan(FEATURE, "discreet", fields)

    def hello(self, action: str) -> FormPlan:
        """A hello: of one's own accord, or because one was asked for it."""
        fields = (MenuField("ready", fixed(self._hello_options)), TextField("words", HELLO_LIMIT, long=True))
        return FormPlan(FEATURE, action, fields)

    def thank_greeters(self) -> FormPlan:
        """Whom to thank for a hello, why, and whether it may be public."""
        fields = (
            PersonField("greeters", required=True, most=GREETERS_AT_ONCE),
            TextField("reason", REASON_LIMIT, required=True, long=True),
            MenuField("sharing", self._sharing_options, required=True),
        )
        return FormPlan(FEATURE, "thank_greeters", fields)

    def search(self) -> FormPlan:
        """Whom to look for."""
        fields = (
            MenuField("topic", self._topic_options),
            MenuField("trade", fixed(self._trade_options)),
            TextField("text", WORDS_LIMIT),
        )
        return FormPlan(FEATURE, "search", fields)

    async def _topic_options(self, server_id: ServerId, locale: Locale) -> Options:
        topics = await self._topics(server_id)
        return [(topic, topic_label(self._texts, locale, topic)) for topic in topics[:_MENU_LIMIT]]

    def _trade_options(self, locale: Locale) -> Options:
        return [(trade, self._texts(locale, f"trade.{trade}")) for trade in self._trades[:_MENU_LIMIT]]

    async def _sharing_options(self, server_id: ServerId, locale: Locale) -> Options:
        """Return what a thanks may be; where no channel is chosen, there is nothing to choose."""
        if not await self._can_be_public(server_id):
            return []
        return [(each, self._texts(locale, f"reputation.sharing_{each}")) for each in (PRIVATE, PUBLIC)]

    def _hello_options(self, locale: Locale) -> Options:
        return [(ready, self._texts(locale, f"introductions.hello_{ready}")) for ready in READY_HELLOS]
