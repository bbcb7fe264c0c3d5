"""What happens when a member is asked alone, at times of their own."""

from functools import partial

from bot.features.check_ins.answering import Answering
from bot.features.check_ins.model import Schedule, Shows, Written
from bot.features.check_ins.own import OwnCheckIns
from bot.features.check_ins.prompting import worded
from bot.kernel.errors import Refusal
from cogs._ui.boundary import Handler
from cogs._ui.cards import Card
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.host import Fields
from cogs._ui.request import Request
from cogs._ui.rights import FoundBy
from cogs.check_ins.forms import FEATURE, Forms, days_in, filled_answer, filled_schedule, mood_in, time_in
from cogs.check_ins.own_render import PICTURE, OwnRender
from cogs.check_ins.picture import described, half_a_year


class OwnControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, own: OwnCheckIns, answering: Answering, router: Router, render: OwnRender) -> None:
        self._own = own
        self._answering = answering
        self._router = router
        self._render = render

    def fasten(self, forms: Forms) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "me": self.me,
            "own_plan": self.plan,
            "own_pause": self.pause,
            "own_resume": self.resume,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)
        # The number of `own_stop` is a notice's where it stands in a private message; elsewhere nobody asks for it.
        asked: dict[str, Handler] = {"own_answer": self.answer, "go_on": self.go_on, "own_stop": self.stop}
        for action, handler in asked.items():
            self._router.control(FEATURE, action, handler, found_by=FoundBy.NOTICE)
        self._router.form(forms.own_plan(), self._planned, promised=False)
        self._router.form(forms.own_pause(), self.paused, promised=False)
        self._router.form(forms.own_answer(), self._answered, found_by=FoundBy.NOTICE, promised=False)

    async def me(self, request: Request) -> None:
        """Show when the member is asked alone, and their own moods as soon as they are drawn."""
        whom = request.server_id, request.member_id
        schedule, by_dm = await self._own.mine(*whom), await self._own.comes_by_dm(*whom)
        written = await self._answering.mine(*whom)
        await request.reply(self._render.me(request.server_id, schedule, request.locale, by_dm=by_dm, written=written))
        weeks = await self._own.moods(*whom)
        if any(week.moods for week in weeks):
            texts, locale = self._router.texts, request.locale
            picture = await self._router.drawn(partial(half_a_year, texts, locale, weeks))
            alt = described(texts, locale, weeks)
            card = self._render.me(request.server_id, schedule, locale, by_dm=by_dm, alt=alt, written=written)
            await request.add_picture(card, PICTURE, picture)

    async def plan(self, request: Request) -> None:
        """Open the form for days and time, as they are."""
        whom = request.server_id, request.member_id
        schedule = await self._own.mine(*whom)
        if schedule is None:
            filled: Fields = {"zone": (await self._own.zone(*whom)).key}
        else:
            filled = filled_schedule(schedule.planned)
        custom_id = CustomId(FEATURE, "own_plan", request.server_id, request.interaction_id)
        await self._router.open_form(request, custom_id, filled)

    async def pause(self, request: Request) -> None:
        """Open the form for the day until which nothing is to be asked."""
        if await self._own.mine(request.server_id, request.member_id) is None:
            raise Refusal("check_ins.not_asked_alone")
        custom_id = CustomId(FEATURE, "own_pause", request.server_id, request.interaction_id)
        await self._router.open_form(request, custom_id)

    async def paused(self, request: Request) -> None:
        """Ask nothing until the day that was typed, in the form or by command."""
        schedule = await self._own.pause(request.server_id, request.member_id, request.text("until"))
        await request.update(await self._card(request, schedule, "check_ins.saved"))

    async def resume(self, request: Request) -> None:
        """End a pause."""
        schedule = await self._own.pause(request.server_id, request.member_id, "")
        await request.update(await self._card(request, schedule, "check_ins.saved"))

    async def stop(self, request: Request) -> None:
        """Ask nothing any more."""
        await self._own.stop(request.server_id, request.member_id)
        await request.update(await self._card(request, None, "check_ins.own_stopped"))

    async def go_on(self, request: Request) -> None:
        """Go on asking."""
        schedule = await self._own.go_on(request.server_id, request.member_id, request.object_id)
        await request.update(await self._card(request, schedule, "check_ins.goes_on"))

    async def answer(self, request: Request) -> None:
        """Open the form for an answer that only its writer sees."""
        check_in_id = await self._own.asked(request.server_id, request.member_id, request.object_id)
        _, prompt, answer = await self._answering.to_answer(request.server_id, request.member_id, check_in_id)
        custom_id = CustomId(FEATURE, "own_answer", request.object_id, request.interaction_id)
        hints = {"words": worded(self._router.texts, prompt, request.locale)}
        await self._router.open_form(request, custom_id, filled_answer(answer), hints=hints)

    async def _planned(self, request: Request) -> None:
        wish = days_in(request), time_in(request), request.text("zone")
        whom = request.server_id, request.member_id
        schedule = await self._own.plan(*whom, wish, request.interaction_id)
        await request.update(await self._card(request, schedule, "check_ins.saved"))

    async def _answered(self, request: Request) -> None:
        whom = request.server_id, request.member_id
        check_in_id = await self._own.asked(*whom, request.object_id)
        written = Written(request.text("words"), Shows.ME, mood_in(request))
        await self._answering.answer(*whom, check_in_id, written, request.interaction_id)
        _, prompt, answer = await self._answering.asked(*whom, check_in_id)
        help_now = await self._answering.help_for(request.server_id, answer)
        lines = self._router.brought(help_now, request.locale)
        card = self._render.kept(prompt, answer, request.object_id, request.locale, help_lines=lines)
        await (request.update(card) if request.is_dm else request.reply(card))

    async def _card(self, request: Request, schedule: Schedule | None, news: str) -> Card:
        if request.is_dm:
            return self._render.told(news, request.locale)
        whom = request.server_id, request.member_id
        by_dm, written = await self._own.comes_by_dm(*whom), await self._answering.mine(*whom)
        return self._render.me(request.server_id, schedule, request.locale, news, by_dm=by_dm, written=written)
