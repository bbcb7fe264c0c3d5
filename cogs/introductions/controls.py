"""What happens when somebody presses a control of introductions, or sends one of its forms."""

from bot.features.introductions.model import Introduction, Side, Written
from bot.features.introductions.service import Introductions
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.host import Fields
from cogs._ui.request import Request
from cogs.introductions.forms import FEATURE, Forms
from cogs.introductions.render import Render


class Controls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, service: Introductions, router: Router, render: Render, forms: Forms) -> None:
        self._service = service
        self._router = router
        self._render = render
        self._forms = forms

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        for action, handler in (
            ("write", self.write),
            ("show", self.show),
            ("trades", self.trades),
            ("discreet", self.discreet),
            ("unlisted", self.unlisted),
            ("listed", self.listed),
            ("withdraw", self.withdraw),
            ("withdraw_confirm", self.withdraw_confirm),
        ):
            self._router.control(FEATURE, action, handler)
        self._router.form(self._forms.write(), self._written)
        self._router.form(self._forms.trades(), self._trades_chosen)
        self._router.form(self._forms.discreet(), self._discreet_chosen)

    async def write(self, request: Request) -> None:
        """Open the form, filled with what the member wrote before."""
        introduction = await self._service.begin(request.server_id, request.member_id)
        written = introduction.written()
        filled: Fields = {
            "now": written.now,
            "offer_topics": written.offer_topics,
            "seek_topics": written.seek_topics,
            "note": written.note,
            "link": written.link,
        }
        await self._open(request, "write", introduction.introduction_id, introduction.revision, filled)

    async def trades(self, request: Request) -> None:
        """Open the form for trades."""
        introduction = await self._mine(request)
        filled: Fields = {"trades": introduction.trades, "trade_line": introduction.trade_line}
        await self._open(request, "trades", introduction.introduction_id, introduction.revision, filled)

    async def discreet(self, request: Request) -> None:
        """Open the form that says which topics stay off the card."""
        introduction = await self._mine(request)
        topics = await self._service.topics(request.server_id)
        if not any(choice.topic in topics for choice in introduction.choices):
            raise Refusal("introductions.no_topics")
        filled: Fields = {f"discreet_{side}": introduction.topics(side, on_card=False) for side in Side}
        custom_id = CustomId(FEATURE, "discreet", introduction.introduction_id, introduction.revision)
        offered = {f"discreet_{side}": introduction.topics(side) for side in Side}
        await self._router.open_form(request, custom_id, filled, offered)

    async def unlisted(self, request: Request) -> None:
        """Leave the member out of what others find."""
        await self._choose_listing(request, unlisted=True)

    async def listed(self, request: Request) -> None:
        """Let others find the member again."""
        await self._choose_listing(request, unlisted=False)

    async def show(self, request: Request, member_id: int | None = None) -> None:
        """Show the member's own introduction, or somebody's published one."""
        if member_id is None or member_id == request.member_id:
            await self._show_own(request)
            return
        introduction = await self._service.show_to(request.server_id, request.member_id, MemberId(member_id))
        if introduction is None:
            raise Refusal("introductions.nothing_shown")
        word = await self._service.shown_word(request.server_id, MemberId(member_id))
        await request.reply(self._render.of_another(introduction, request.locale, word))

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
        if (introduction.interaction_id or 0) > request.interaction_id:
            raise Refusal("introductions.newer_written")
        stands = before is not None and before.is_published and before.message_id is not None
        outlook = (
            None
            if stands or introduction.answered_at
            else await self._service.outlook(request.server_id, request.member_id)
        )
        news = "introductions.changed" if stands else "introductions.written"
        asks = await self._service.wants_consent(before, introduction)
        await request.reply(self._render.mine(introduction, request.locale, news, outlook=outlook, asks_consent=asks))

    async def _trades_chosen(self, request: Request) -> None:
        introduction = await self._service.choose_trades(
            request.server_id, request.member_id, request.chosen("trades"), request.text("trade_line")
        )
        await self._show_changed(request, introduction)

    async def _discreet_chosen(self, request: Request) -> None:
        chosen = {side: request.chosen(f"discreet_{side}") for side in Side}
        introduction = await self._service.choose_discreet(request.server_id, request.member_id, chosen)
        await self._show_changed(request, introduction)

    async def _choose_listing(self, request: Request, *, unlisted: bool) -> None:
        introduction = await self._service.choose_listing(request.server_id, request.member_id, unlisted=unlisted)
        news = "introductions.unlisted_on" if unlisted else "introductions.unlisted_off"
        card = self._render.mine(introduction, request.locale, news)
        # Pressed elsewhere than below the introduction, it shall not take the place of what stands there.
        below = request.object_id == introduction.introduction_id
        await (request.update(card) if below else request.reply(card))

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

    async def _open(
        self, request: Request, action: str, object_id: int, revision: int = 0, filled: Fields | None = None
    ) -> None:
        await self._router.open_form(request, CustomId(FEATURE, action, object_id, revision), filled)
