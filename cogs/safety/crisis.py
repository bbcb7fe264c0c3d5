"""What happens when somebody goes on with a text that holds crisis words, and when moderators choose what counts."""

from functools import partial

from bot.features.safety.crises import Crises
from bot.features.safety.model import RULES_LIMIT
from bot.kernel.errors import Refusal
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, TextField
from cogs._ui.request import Request
from cogs._ui.rights import FoundBy, Right
from cogs.safety.help_render import HelpRender
from cogs.safety.render import FEATURE

_FORMS = (
    FormPlan(
        FEATURE,
        "crisis_words",
        tuple(TextField(name, RULES_LIMIT, long=True) for name in ("crisis_ja", "crisis_en", "crisis_own")),
    ),
    FormPlan(FEATURE, "crisis_lines", (TextField("help_lines", RULES_LIMIT, long=True),)),
)


class CrisisControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, service: Crises, router: Router, render: HelpRender) -> None:
        self._service = service
        self._router = router
        self._render = render

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        router = self._router
        router.control(FEATURE, "crisis_post", self.post, found_by=FoundBy.DRAFT)
        for action, anonymous in (("crisis_write", False), ("crisis_whisper", True)):
            router.control(FEATURE, action, partial(self.write, anonymous=anonymous), found_by=FoundBy.DRAFT)
        router.control(FEATURE, "crisis_leave", self.leave, found_by=FoundBy.DRAFT)
        router.control(FEATURE, "lists", self.lists, right=Right.MANAGE_SERVER)
        router.control(FEATURE, "crisis_words", self.words, right=Right.MANAGE_SERVER)
        router.control(FEATURE, "crisis_lines", self.help_lines, right=Right.MANAGE_SERVER)
        words, lines = _FORMS
        router.form(words, self._words_typed, right=Right.MANAGE_SERVER)
        router.form(lines, self._lines_typed, right=Right.MANAGE_SERVER)

    async def post(self, request: Request) -> None:
        """Post what holds crisis words: its writer has seen the help lines."""
        draft = await self._service.post(request.server_id, request.member_id, request.object_id)
        form = CustomId.decode(draft.form)
        if form is None:
            raise Refusal("safety.crisis_gone")
        await self._router.resubmit(request, form, draft.fields, draft.interaction_id)

    async def write(self, request: Request, *, anonymous: bool) -> None:
        """Ask moderators to write; the help lines stay in sight."""
        whose = request.server_id, request.member_id, request.object_id, request.interaction_id
        help_now = await self._service.ask_to_write(*whose, anonymous=anonymous)
        await request.update(self._render.told(help_now, request.locale, "safety.crisis_asked"))

    async def leave(self, request: Request) -> None:
        """Send nothing; the help lines stay in sight."""
        help_now = await self._service.leave(request.server_id, request.member_id, request.object_id)
        await request.update(self._render.told(help_now, request.locale, "safety.crisis_left"))

    async def lists(self, request: Request) -> None:
        """Show the lists that a server can change."""
        await request.reply(self._render.lists(request.server_id, request.locale))

    async def words(self, request: Request) -> None:
        """Open the crisis words that count: those shipped, and the server's own."""
        japanese, english, own = await self._service.words(request.server_id)
        filled = {"crisis_ja": japanese, "crisis_en": english, "crisis_own": own}
        custom_id = CustomId(FEATURE, "crisis_words", request.server_id, request.interaction_id)
        await self._router.open_form(request, custom_id, filled)

    async def help_lines(self, request: Request) -> None:
        """Open the server's help lines."""
        typed = await self._service.lines(request.server_id)
        custom_id = CustomId(FEATURE, "crisis_lines", request.server_id, request.interaction_id)
        await self._router.open_form(request, custom_id, {"help_lines": typed})

    async def _words_typed(self, request: Request) -> None:
        shipped = "\n".join((request.text("crisis_ja"), request.text("crisis_en")))
        await self._service.choose_words(request.server_id, request.member_id, shipped, request.text("crisis_own"))
        await request.reply(self._render.sentence(request.locale, "safety.crisis_words_kept"))

    async def _lines_typed(self, request: Request) -> None:
        help_now = await self._service.choose_lines(request.server_id, request.member_id, request.text("help_lines"))
        await request.reply(self._render.told(help_now, request.locale, "safety.crisis_lines_kept"))
