"""What happens when somebody presses a control of introductions, or sends one of its forms."""

from collections.abc import Sequence

from bot.features.introductions.model import (
    HELLO_LIMIT,
    LINK_LIMIT,
    NOTE_LIMIT,
    NOW_LIMIT,
    READY_HELLOS,
    TRADE_LINE_LIMIT,
    TRADES_LIMIT,
    WORDS_LIMIT,
    Introduction,
    Side,
    Written,
)
from bot.features.introductions.service import Introductions
from bot.kernel.errors import Refusal
from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import MemberId
from bot.kernel.text import storable
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, MenuField, TextField
from cogs._ui.host import Fields
from cogs._ui.request import Request
from cogs.introductions.render import FEATURE, Render

_MENU_LIMIT = 25  # options that Discord takes in one menu


class Controls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, service: Introductions, router: Router, render: Render) -> None:
        self._service = service
        self._router = router
        self._render = render

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        for action, handler in (
            ("promise", self.promise),
            ("write", self.write),
            ("show", self.show),
            ("hello", self.greet),
            ("promise_hello", self.promise_hello),
            ("trades", self.trades),
            ("discreet", self.discreet),
            ("greets", self.greets),
            ("greets_no", self.greets_no),
            ("withdraw", self.withdraw),
            ("withdraw_confirm", self.withdraw_confirm),
            ("search", self.search),
            ("find", self.turn_page),
        ):
            self._router.control(FEATURE, action, handler)
        for plan, taker in zip(
            plans(self._router.texts, self._service.topics, self._service.trades),
            (self._written, self._trades_chosen, self._discreet_chosen, self._greeted, self._searched),
            strict=True,
        ):
            self._router.form(plan, taker)

    async def write(self, request: Request) -> None:
        """Open the form; the very first time, ask for the promise before."""
        introduction = await self._service.begin(request.server_id, request.member_id)
        if not await self._service.has_promised(request.server_id, request.member_id):
            await request.reply(self._render.promise("promise", request.server_id, request.locale))
            return
        await self._open_writing(request, introduction)

    async def promise(self, request: Request) -> None:
        """Record the promise, and go straight on to the form."""
        introduction = await self._service.begin(request.server_id, request.member_id)
        await self._service.promise(request.server_id, request.member_id)
        await self._open_writing(request, introduction)

    async def greet(self, request: Request) -> None:
        """Open the form for a hello; the very first time, ask for the promise before."""
        message = request.interaction.message
        pressed_on = None if message is None else message.id
        await self._service.greetable(request.server_id, request.member_id, request.object_id, pressed_on)
        if not await self._service.has_promised(request.server_id, request.member_id):
            await request.reply(self._render.promise("promise_hello", request.object_id, request.locale))
            return
        await self._open(request, "hello", request.object_id)

    async def promise_hello(self, request: Request) -> None:
        """Record the promise, and go straight on to the hello."""
        await self._service.greetable(request.server_id, request.member_id, request.object_id)
        await self._service.promise(request.server_id, request.member_id)
        await self._open(request, "hello", request.object_id)

    async def trades(self, request: Request) -> None:
        """Open the form for trades."""
        introduction = await self._mine(request)
        filled: Fields = {"trades": introduction.trades, "trade_line": introduction.trade_line}
        await self._open(request, "trades", introduction.introduction_id, introduction.revision, filled)

    async def discreet(self, request: Request) -> None:
        """Open the form that says which topics stay off the card."""
        introduction = await self._mine(request)
        if not introduction.choices:
            raise Refusal("introductions.no_topics")
        filled: Fields = {f"discreet_{side}": introduction.topics(side, on_card=False) for side in Side}
        custom_id = CustomId(FEATURE, "discreet", introduction.introduction_id, introduction.revision)
        offered = {f"discreet_{side}": introduction.topics(side) for side in Side}
        await self._router.open_form(request, custom_id, filled, offered)

    async def greets(self, request: Request) -> None:
        """Note that the member likes to greet newcomers."""
        await self._choose_greets(request, greets=True)

    async def greets_no(self, request: Request) -> None:
        """Note that the member would rather not be asked to greet newcomers."""
        await self._choose_greets(request, greets=False)

    async def show(self, request: Request, member_id: int | None = None) -> None:
        """Show the member's own introduction, or somebody's published one."""
        if member_id is None or member_id == request.member_id:
            await self._show_own(request)
            return
        introduction = await self._service.show(request.server_id, MemberId(member_id))
        if introduction is None or not introduction.is_published:
            raise Refusal("introductions.nothing_shown")
        await request.reply(self._render.of_another(introduction, request.locale))

    async def withdraw(self, request: Request) -> None:
        """Ask whether to withdraw."""
        introduction = await self._mine(request)
        if not introduction.is_published:
            raise Refusal("introductions.none_published")
        await request.reply(self._render.withdrawal(introduction, request.locale))

    async def withdraw_confirm(self, request: Request) -> None:
        """Withdraw."""
        introduction = await self._service.withdraw(request.server_id, request.member_id)
        await request.update(self._render.mine(introduction, request.locale))

    async def search(self, request: Request) -> None:
        """Open the form of a search, filled with the one that it follows."""
        last = await self._service.searched(request.server_id, request.member_id, request.object_id)
        filled: Fields = {} if last is None else {"topic": last.topic, "trade": last.trade, "text": last.words}
        await self._open(request, "search", request.object_id, filled=filled)

    async def find(self, request: Request, topic: str = "", trade: str = "", words: str = "") -> None:
        """Show the first page of what a search finds."""
        page = await self._service.search(request.server_id, request.member_id, topic, trade, storable(words))
        await request.reply(self._render.found(page, request.locale))

    async def turn_page(self, request: Request) -> None:
        """Show another page of a search."""
        number = int(request.values[0]) if request.values and request.values[0].isdecimal() else 0
        page = await self._service.page(request.server_id, request.member_id, request.object_id, number)
        await request.update(self._render.found(page, request.locale))

    async def _written(self, request: Request) -> None:
        written = Written(
            now=request.text("now"),
            offer_topics=request.chosen("offer_topics"),
            seek_topics=request.chosen("seek_topics"),
            note=request.text("note"),
            link=request.text("link").strip(),
        )
        before = await self._service.show(request.server_id, request.member_id)
        introduction = await self._service.write(
            request.server_id, request.member_id, request.display_name, written, request.interaction_id
        )
        stands = before is not None and before.is_published and before.message_id is not None
        news = "introductions.changed" if stands else "introductions.written"
        await request.reply(self._render.mine(introduction, request.locale, news))

    async def _trades_chosen(self, request: Request) -> None:
        introduction = await self._service.choose_trades(
            request.server_id, request.member_id, request.chosen("trades"), request.text("trade_line")
        )
        await self._show_changed(request, introduction)

    async def _discreet_chosen(self, request: Request) -> None:
        chosen = {side: request.chosen(f"discreet_{side}") for side in Side}
        introduction = await self._service.choose_discreet(request.server_id, request.member_id, chosen)
        await self._show_changed(request, introduction)

    async def _greeted(self, request: Request) -> None:
        ready = request.chosen("ready")
        introduction = await self._service.say_hello(
            request.server_id,
            request.member_id,
            request.object_id,
            ready[0] if ready else "",
            request.text("words"),
            request.interaction_id,
        )
        await request.reply(self._render.told(introduction, request.locale, "introductions.greeted"))

    async def _searched(self, request: Request) -> None:
        topic, trade = request.chosen("topic"), request.chosen("trade")
        await self.find(request, topic[0] if topic else "", trade[0] if trade else "", request.text("text"))

    async def _choose_greets(self, request: Request, *, greets: bool) -> None:
        introduction = await self._service.choose_greets(request.server_id, request.member_id, greets=greets)
        news = "introductions.greets_on" if greets else "introductions.greets_off"
        await request.update(self._render.mine(introduction, request.locale, news))

    async def _show_changed(self, request: Request, introduction: Introduction) -> None:
        news = "introductions.changed" if introduction.is_published else "introductions.kept"
        await request.update(self._render.mine(introduction, request.locale, news))

    async def _show_own(self, request: Request) -> None:
        introduction = await self._service.show(request.server_id, request.member_id)
        if introduction is None:
            await request.reply(self._render.none_yet(request.server_id, request.locale))
        else:
            await request.reply(self._render.mine(introduction, request.locale))

    async def _mine(self, request: Request) -> Introduction:
        introduction = await self._service.show(request.server_id, request.member_id)
        if introduction is None:
            raise Refusal("introductions.none_written")
        return introduction

    async def _open_writing(self, request: Request, introduction: Introduction) -> None:
        written = introduction.written()
        filled: Fields = {
            "now": written.now,
            "offer_topics": written.offer_topics,
            "seek_topics": written.seek_topics,
            "note": written.note,
            "link": written.link,
        }
        await self._open(request, "write", introduction.introduction_id, introduction.revision, filled)

    async def _open(
        self, request: Request, action: str, object_id: int, revision: int = 0, filled: Fields | None = None
    ) -> None:
        await self._router.open_form(request, CustomId(FEATURE, action, object_id, revision), filled)


def plans(texts: Texts, topics: Sequence[str], trades: Sequence[str]) -> tuple[FormPlan, ...]:
    """Return the feature's forms: write, trades, discreet, hello, search."""

    def topic_options(locale: Locale) -> list[tuple[str, str]]:
        return [(topic, texts(locale, f"topic.{topic}")) for topic in topics[:_MENU_LIMIT]]

    def trade_options(locale: Locale) -> list[tuple[str, str]]:
        return [(trade, texts(locale, f"trade.{trade}")) for trade in trades[:_MENU_LIMIT]]

    def hello_options(locale: Locale) -> list[tuple[str, str]]:
        return [(ready, texts(locale, f"introductions.hello_{ready}")) for ready in READY_HELLOS]

    return (
        FormPlan(
            FEATURE,
            "write",
            (
                TextField("now", NOW_LIMIT, required=True),
                MenuField("offer_topics", topic_options, _MENU_LIMIT),
                MenuField("seek_topics", topic_options, _MENU_LIMIT),
                TextField("note", NOTE_LIMIT, long=True),
                TextField("link", LINK_LIMIT),
            ),
        ),
        FormPlan(
            FEATURE,
            "trades",
            (MenuField("trades", trade_options, TRADES_LIMIT), TextField("trade_line", TRADE_LINE_LIMIT)),
        ),
        FormPlan(
            FEATURE,
            "discreet",
            (
                MenuField(f"discreet_{Side.OFFER}", topic_options, _MENU_LIMIT),
                MenuField(f"discreet_{Side.SEEK}", topic_options, _MENU_LIMIT),
            ),
        ),
        FormPlan(
            FEATURE,
            "hello",
            (MenuField("ready", hello_options), TextField("words", HELLO_LIMIT, long=True)),
        ),
        FormPlan(
            FEATURE,
            "search",
            (MenuField("topic", topic_options), MenuField("trade", trade_options), TextField("text", WORDS_LIMIT)),
        ),
    )
