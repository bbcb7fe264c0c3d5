"""What happens when somebody opens their home, their inbox or a draft, or answers to being asked."""

from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.model import Draft
from bot.features.members.reach import Kind, Way
from bot.features.members.service import Members
from bot.kernel.errors import Refusal
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request
from cogs._ui.rights import FoundBy
from cogs.members.render import FEATURE, Render


class Controls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, service: Members, inbox: Inbox, choices: Choices, router: Router, render: Render) -> None:
        self._service = service
        self._inbox = inbox
        self._choices = choices
        self._router = router
        self._render = render

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        self._router.control(FEATURE, "guide", self.guide)
        self._router.control(FEATURE, "inbox", self.inbox)
        self._router.control(FEATURE, "inbox_page", self.turn_page)
        self._router.control(FEATURE, "draft", self.draft, found_by=FoundBy.DRAFT)
        self._router.control(FEATURE, "send_promised", self.send_promised, found_by=FoundBy.DRAFT)
        for action, handler in (("pass", self.pass_on), ("rest", self.rest), ("stop", self.stop)):
            self._router.control(FEATURE, action, handler, found_by=FoundBy.NOTICE)

    async def guide(self, request: Request) -> None:
        """Show the member's home."""
        waiting = await self._service.waiting(request.server_id, request.member_id)
        await request.reply(self._render.guide(request.server_id, waiting, request.locale))

    async def draft(self, request: Request) -> None:
        """Open a kept draft again, in its own form, under a revision that no phone has seen."""
        form, draft = await self._kept(request)
        if request.is_dm and not self._router.is_sent_from_dms(form):
            raise Refusal("safety.change_elsewhere")
        await self._router.open_form(request, form.again(draft.draft_id), draft.fields)

    async def send_promised(self, request: Request) -> None:
        """Record the promise, and take what was typed before it."""
        form, draft = await self._kept(request)
        await self._service.promise(request.server_id, request.member_id)
        request.has_promised = True
        await self._router.resubmit(request, form, draft.fields, draft.interaction_id)

    async def _kept(self, request: Request) -> tuple[CustomId, Draft]:
        draft = await self._service.draft(request.server_id, request.member_id, request.object_id)
        form = CustomId.decode(draft.form)
        if form is None:
            raise Refusal("members.draft_gone")
        return form, draft

    async def inbox(self, request: Request) -> None:
        """Show the newest of the inbox."""
        request.badge = ""
        page = await self._inbox.page(request.server_id, request.member_id, 0)
        await request.reply(self._render.inbox(request.server_id, page, request.locale))

    async def turn_page(self, request: Request) -> None:
        """Show another page of the inbox."""
        request.badge = ""
        page = await self._inbox.page(request.server_id, request.member_id, request.number())
        await request.update(self._render.inbox(request.server_id, page, request.locale))

    async def pass_on(self, request: Request) -> None:
        """Pass: somebody else is asked."""
        await self._inbox.pass_on(request.server_id, request.member_id, request.object_id)
        await self._answer(request, "members.passed")

    async def rest(self, request: Request) -> None:
        """Pass, and ask for how long to ask nothing at all."""
        await self._inbox.pass_on(request.server_id, request.member_id, request.object_id)
        card = self._render.resting(request.object_id, request.locale)
        await (request.update(card) if request.is_dm else request.reply(card))

    async def stop(self, request: Request) -> None:
        """Stop messages of the kind of which this one is: nothing is asked any more, and nothing comes as a DM."""
        notice = await self._inbox.notice(request.server_id, request.member_id, request.object_id)
        kind = Kind(notice.kind)
        if kind.asks:
            await self._inbox.pass_on(request.server_id, request.member_id, request.object_id)
        await self._choices.consent(request.server_id, request.member_id, kind, None if kind.asks else Way.INBOX)
        await self._answer(request, "members.stopped_asking" if kind.asks else "members.stopped_telling", kind)

    async def _answer(self, request: Request, key: str, kind: Kind | None = None) -> None:
        """Answer in the place of a private message; in the inbox, where other notices stand beside, below it."""
        card = self._render.told(request.locale, key, kind)
        await (request.update(card) if request.is_dm else request.reply(card))
