"""What happens when somebody says that they can answer, steps back, or knows the same."""

from dataclasses import replace

from bot.features.peer_help.helping import Helping, Part
from bot.features.peer_help.service import Asks
from cogs._ui.boundary import Handler
from cogs._ui.cards import Card
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.request import Request
from cogs._ui.rights import FoundBy
from cogs.peer_help.controls import written_in
from cogs.peer_help.forms import FEATURE, Forms
from cogs.peer_help.render import Render


class HelpControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, helping: Helping, asks: Asks, router: Router, render: Render) -> None:
        self._helping = helping
        self._asks = asks
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "here": self.here,
            "step_back": self.step_back,
            "me_too": self.me_too,
            "let_helpers_know": self.let_helpers_know,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)
        self._router.control(FEATURE, "here_asked", self.here_asked, found_by=FoundBy.NOTICE)
        self._router.control(FEATURE, "step_back_asked", self.step_back_asked, found_by=FoundBy.NOTICE)
        self._router.form(forms.hand(), self._helpers_know)

    async def here(self, request: Request) -> None:
        """Say that one can answer."""
        part = await self._helping.come(request.server_id, request.member_id, request.object_id)
        await request.reply(self._here(request, part))

    async def here_asked(self, request: Request) -> None:
        """Say that one can answer, as one was asked."""
        part = await self._helping.come_asked(request.server_id, request.member_id, request.object_id)
        await self._answer(request, self._here(request, part))

    async def step_back(self, request: Request) -> None:
        """Let others be asked."""
        await self._helping.step_back(request.server_id, request.member_id, request.object_id)
        await request.update(self._render.told(request.locale, "peer_help.stepped_back"))

    async def step_back_asked(self, request: Request) -> None:
        """Let others be asked, as a kind question offered."""
        await self._helping.step_back_asked(request.server_id, request.member_id, request.object_id)
        await self._answer(request, self._render.told(request.locale, "peer_help.stepped_back"))

    async def me_too(self, request: Request) -> None:
        """Say that one knows the same."""
        ask = await self._helping.me_too(request.server_id, request.member_id, request.object_id)
        await request.reply(self._render.told(request.locale, "peer_help.counted", ask))

    async def let_helpers_know(self, request: Request) -> None:
        """Open the form that makes an ask of a thread which was opened by hand."""
        post = await self._helping.hand_post(request.server_id, request.member_id, request.object_id)
        custom_id = CustomId(FEATURE, "let_helpers_know", post.post_id, request.interaction_id)
        await self._router.open_form(request, custom_id)

    async def _helpers_know(self, request: Request) -> None:
        post = await self._helping.hand_post(request.server_id, request.member_id, request.object_id)
        written = replace(written_in(request), title=post.title)
        ask = await self._asks.ask_by_hand(
            request.server_id, request.member_id, written, request.interaction_id, post.thread_id
        )
        outlook = await self._asks.outlook(request.server_id, ask)
        asks_consent = await self._asks.wants_consent(request.server_id, request.member_id)
        await request.reply(self._render.asked(ask, outlook, request.locale, asks_consent=asks_consent))

    def _here(self, request: Request, part: Part) -> Card:
        return self._render.here(part.ask, request.locale, is_new=part.is_new)

    @staticmethod
    async def _answer(request: Request, card: Card) -> None:
        """Answer in the place of a private message; in the inbox, where other notices stand beside, below it."""
        await (request.update(card) if request.is_dm else request.reply(card))
