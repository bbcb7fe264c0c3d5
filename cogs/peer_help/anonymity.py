"""What happens when somebody asks under a pseudonym, and what moderators may do about one."""

from bot.features.peer_help.anonymity import Anonymity
from bot.features.peer_help.model import Ask
from bot.features.peer_help.service import Asks
from bot.kernel.errors import Refusal
from cogs._ui.cards import Card
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request
from cogs._ui.rights import FoundBy, Right
from cogs.peer_help.forms import FEATURE, Forms
from cogs.peer_help.listing import ListRender
from cogs.peer_help.render import Render


class AnonymousControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, anonymity: Anonymity, asks: Asks, router: Router, render: Render, lists: ListRender) -> None:
        self._anonymity = anonymity
        self._asks = asks
        self._router = router
        self._render = render
        self._lists = lists

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        self._router.control(FEATURE, "post_now", self.post_now)
        self._router.control(FEATURE, "reply", self.reply)
        self._router.control(FEATURE, "reply_asked", self.reply_asked, found_by=FoundBy.NOTICE)
        self._router.form(forms.reply("reply"), self._replied)
        self._router.form(forms.reply("reply_asked"), self._replied_asked, found_by=FoundBy.NOTICE)
        for action, handler in (
            ("anonymous", self.anonymous),
            ("anonymous_page", self.anonymous_page),
            ("stop", self.stop),
            ("stop_confirm", self.stop_confirm),
            ("unmask", self.unmask),
            ("unmask_agree", self.unmask_agree),
        ):
            self._router.control(FEATURE, action, handler, right=Right.MODERATOR)
        self._router.form(forms.unmask(), self._unmasking_wanted, right=Right.MODERATOR)

    async def post_now(self, request: Request) -> None:
        """Let an ask that was looked at be posted."""
        ask = await self._anonymity.post(request.server_id, request.member_id, request.object_id)
        outlook = await self._asks.outlook(request.server_id, ask)
        asks_consent = await self._asks.wants_consent(request.server_id, request.member_id)
        await request.update(self._render.asked(ask, outlook, request.locale, asks_consent=asks_consent))

    async def reply(self, request: Request) -> None:
        """Open the form for what is relayed."""
        ask = await self._asks.own(request.server_id, request.member_id, request.object_id)
        await self._open(request, "reply", ask)

    async def reply_asked(self, request: Request) -> None:
        """Open that form, as a notice of an answer offered."""
        ask = await self._anonymity.answered(request.server_id, request.member_id, request.object_id)
        await self._open(request, "reply_asked", ask)

    async def anonymous(self, request: Request) -> None:
        """Show moderators the asks under a pseudonym."""
        await request.reply(await self._pseudonyms(request))

    async def anonymous_page(self, request: Request) -> None:
        """Show moderators another page of them."""
        await request.update(await self._pseudonyms(request))

    async def stop(self, request: Request) -> None:
        """Ask whether to stop a pseudonym."""
        await request.reply(self._lists.stopping(request.object_id, request.locale))

    async def stop_confirm(self, request: Request) -> None:
        """Stop a pseudonym."""
        await self._anonymity.stop(request.server_id, request.member_id, request.object_id)
        await request.update(self._lists.told(request.locale, "peer_help.stopped"))

    async def unmask(self, request: Request) -> None:
        """Open the form for the reason."""
        await self._router.open_form(request, CustomId(FEATURE, "unmask", request.object_id, request.interaction_id))

    async def unmask_agree(self, request: Request) -> None:
        """Agree to know who asked; or see it, as one of the two who do."""
        ask, _ = await self._anonymity.unmask(request.server_id, request.member_id, request.object_id)
        await request.reply(self._lists.unmasked(ask, request.locale))

    async def _replied(self, request: Request) -> None:
        await self._relay(request, request.object_id)

    async def _replied_asked(self, request: Request) -> None:
        ask = await self._anonymity.answered(request.server_id, request.member_id, request.object_id)
        await self._relay(request, ask.ask_id)

    async def _unmasking_wanted(self, request: Request) -> None:
        reason = request.text("unmask_reason")
        await self._anonymity.want_unmasking(request.server_id, request.member_id, request.object_id, reason)
        await request.reply(self._lists.told(request.locale, "peer_help.unmasking_wanted"))

    async def _pseudonyms(self, request: Request) -> Card:
        page = await self._anonymity.page(request.server_id, request.number())
        can_unmask = await self._anonymity.can_unmask(request.server_id)
        return self._lists.pseudonyms(page, request.locale, can_unmask=can_unmask)

    async def _relay(self, request: Request, ask_id: int) -> None:
        whom = request.server_id, request.member_id, ask_id
        ask = await self._anonymity.reply(*whom, request.text("reply"), request.interaction_id)
        card = self._render.told(request.locale, "peer_help.relayed", ask)
        await (request.update(card) if request.is_dm else request.reply(card))

    async def _open(self, request: Request, action: str, ask: Ask) -> None:
        if not ask.state.is_open:
            raise Refusal("peer_help.ended")
        await self._router.open_form(request, CustomId(FEATURE, action, request.object_id, request.interaction_id))
