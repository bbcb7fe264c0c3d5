"""What happens when a member answers a prompt, changes that, or takes it back."""

from functools import partial

import discord

from bot.features.check_ins.answering import Answering
from bot.features.check_ins.model import Shows, Written
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import Offered
from cogs._ui.request import Request
from cogs.check_ins.forms import FEATURE, Forms, filled_answer, mood_in
from cogs.check_ins.render import Render


class AnswerControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, answering: Answering, router: Router, render: Render) -> None:
        self._answering = answering
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "today": self.today,
            "answer": self.answer,
            "change": self.answer,
            "take_back": self.take_back,
            "written": self.written,
            "hand": self.hand,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)
        self._router.form(forms.answer(), self._answered)

    async def today(self, request: Request) -> None:
        """Show the prompt that was posted last where the member sees it, with their own answer."""
        check_in = await self._answering.today(request.server_id, partial(_is_seen, request))
        asked = await self._answering.asked(request.server_id, request.member_id, check_in.check_in_id)
        await request.reply(self._render.mine(*asked, request.locale))

    async def answer(self, request: Request) -> None:
        """Open the form, filled with what the member answered before."""
        whom = request.server_id, request.member_id, request.object_id
        check_in, prompt, answer = await self._answering.to_answer(*whom)
        custom_id = CustomId(FEATURE, "answer", request.object_id, request.interaction_id)
        # Where nobody else can read it, it is not asked who is to.
        offered: Offered = {"shows": ()} if check_in.channel_id is None else {}
        hints = {"words": self._render.words(prompt, request.locale)}  # on a phone the form covers the card
        await self._router.open_form(request, custom_id, filled_answer(answer), offered, hints)

    async def written(self, request: Request) -> None:
        """Show an answer of the member's own that they chose in a menu, to be changed or taken back."""
        asked = await self._answering.asked(request.server_id, request.member_id, request.number())
        await request.reply(self._render.mine(*asked, request.locale))

    async def take_back(self, request: Request) -> None:
        """Take an answer back."""
        whom = request.server_id, request.member_id, request.object_id
        await self._answering.take_back(*whom)
        check_in, prompt, answer = await self._answering.asked(*whom)
        await request.update(self._render.mine(check_in, prompt, answer, request.locale, "check_ins.taken_back"))

    async def hand(self, request: Request) -> None:
        """Open an ask."""
        await self._router.hand_on(request, CustomId("peer_help", "new", request.server_id))

    async def _answered(self, request: Request) -> None:
        whom = request.server_id, request.member_id, request.object_id
        written = _written(request)
        kept = await self._answering.answer(*whom, written, request.interaction_id)
        check_in, prompt, answer = await self._answering.asked(*whom)
        news = "check_ins.kept_for_you" if kept.shows is Shows.ME else "check_ins.answered"
        if kept.is_shown and kept.message_id is None and check_in.is_locked:
            news = "check_ins.answered_locked"
        help_now = await self._answering.help_for(request.server_id, answer)
        lines = self._router.brought(help_now, request.locale)
        await request.update(self._render.mine(check_in, prompt, answer, request.locale, news, help_lines=lines))


def _is_seen(request: Request, channel_id: int) -> bool:
    guild, member = request.interaction.guild, request.interaction.user
    channel = None if guild is None else guild.get_channel(channel_id)
    if channel is None or not isinstance(member, discord.Member):
        return False
    return channel.permissions_for(member).view_channel


def _written(request: Request) -> Written:
    """Return an answer as it was filled in; where no choice of ours says who sees it, its writer alone does."""
    shows = [each for each in Shows if (each.value,) == request.chosen("shows")]
    return Written(request.text("words"), shows[0] if shows else Shows.ME, mood_in(request))
