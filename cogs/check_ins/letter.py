"""The weekly letter: how it looks, and what happens when moderators choose when it comes."""

import babel.dates

from bot.features.check_ins.letters import Letters, News, Written
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, link_button, moment
from cogs._ui.controls import Drawer, Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, MenuField, fixed
from cogs._ui.request import Request
from cogs._ui.rights import Right
from cogs.check_ins.forms import FEATURE, day_names


class LetterRender(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def letter(self, written: Written, locale: Locale, mark: int) -> Card:
        """Return the letter: what happened, and what still waits, with the way to each; nobody is ranked."""
        texts = self._texts
        card = Card(mark, WARM).text(texts(locale, "check_ins.letter_title"))
        card.text("\n".join(f"- {self._line(each, locale)}" for each in written.news if not each.waits))
        waiting = [each for each in written.news if each.waits]
        card.text(texts(locale, "check_ins.letter_waits") if waiting else "")
        for each in waiting:
            if each.url:
                card.section(self._line(each, locale), link_button(texts(locale, "check_ins.letter_look"), each.url))
            else:
                card.text(self._line(each, locale))
        card.text(texts(locale, "check_ins.letter_more") if written.has_more else "")
        return card.text(f"-# {texts(locale, 'check_ins.letter_end')}")

    def chosen(self, day: int, hour: int, locale: Locale, *, has_channel: bool) -> Card:
        """Return when the letter comes now, and what it lacks."""
        texts, name = self._texts, babel.dates.get_day_names("wide", locale=locale)[day]
        card = Card().text(texts(locale, "check_ins.letter_chosen", day=name, hour=hour))
        return card if has_channel else card.text(texts(locale, "check_ins.letter_no_channel"))

    def hours(self, locale: Locale) -> list[tuple[str, str]]:
        """Return the hours of a day, for a menu."""
        return [(str(hour), self._texts(locale, "members.hour", hour=hour)) for hour in range(24)]

    def _line(self, news: News, locale: Locale) -> str:
        if news.since is None:
            return self._texts.plural(locale, news.text, news.count)
        return self._texts(locale, news.text, when=moment(news.since, "R"))


class LetterControls:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, letters: Letters, router: Router, render: LetterRender) -> None:
        self._letters = letters
        self._router = router
        self._render = render

    def fasten(self) -> None:
        """Tell the router what to bring here; it belongs to the set-up, and is for who holds Manage Server."""
        self._router.control(FEATURE, "letter", self.letter, right=Right.MANAGE_SERVER)
        day = MenuField("letter_day", fixed(day_names), required=True)
        hour = MenuField("letter_hour", fixed(self._render.hours), required=True)
        self._router.form(FormPlan(FEATURE, "letter", (day, hour)), self._chosen, right=Right.MANAGE_SERVER)

    async def letter(self, request: Request) -> None:
        """Open the form for day and hour."""
        plan = await self._letters.plan(request.server_id)
        filled = {"letter_day": (str(plan.day),), "letter_hour": (str(plan.hour),)}
        custom_id = CustomId(FEATURE, "letter", request.server_id, request.interaction_id)
        await self._router.open_form(request, custom_id, filled)

    async def _chosen(self, request: Request) -> None:
        day, hour = (request.number(name, otherwise=-1) for name in ("letter_day", "letter_hour"))
        plan = await self._letters.choose(request.server_id, request.member_id, day, hour)
        has_channel = await self._letters.has_channel(request.server_id)
        await request.reply(self._render.chosen(plan.day, plan.hour, request.locale, has_channel=has_channel))
