"""How check-ins of one's own look."""

from collections.abc import Sequence

import babel.dates
import discord

from bot.features.check_ins.model import Answer, CheckIn, Prompt, Schedule
from bot.features.check_ins.service import line
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, said, said_in_a_line, shortened
from cogs._ui.controls import Drawer, button
from cogs._ui.custom_ids import CustomId
from cogs.check_ins.forms import FEATURE
from cogs.check_ins.render import LABEL_LIMIT, Render

PICTURE = "moods.png"
_PRIMARY = discord.ButtonStyle.primary


class OwnRender(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts, render: Render) -> None:
        super().__init__(texts, FEATURE)
        self._render = render

    def me(
        self,
        server_id: int,
        schedule: Schedule | None,
        locale: Locale,
        news: str = "",
        *,
        by_dm: bool = True,
        alt: str = "",
        written: Sequence[tuple[CheckIn, Prompt, Answer]] = (),
    ) -> Card:
        """Return when a member is asked alone, ``by_dm`` or not, and a menu of what they have ``written``, to change.

        With ``alt`` also the picture of their moods, which says the same.
        """
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, news) if news else "").text(texts(locale, "check_ins.me_title"))
        if alt:
            card.picture(PICTURE, alt).text(f"-# {texts(locale, 'check_ins.only_you')}")
        if written:
            options = [self._option(*each, locale) for each in written]
            custom_id, placeholder = str(CustomId(FEATURE, "written", server_id)), texts(locale, "check_ins.written")
            card.row(discord.ui.Select(custom_id=custom_id, options=options, placeholder=placeholder))
        if schedule is None:
            card.text(texts(locale, "check_ins.me_none"))
            return card.row(self._button(locale, "own_plan", server_id, _PRIMARY))
        card.text(f"**{line(schedule.planned, locale)}**")
        card.text(f"-# {texts(locale, 'check_ins.by_inbox')}" if not by_dm else "")
        ways = [self._button(locale, "own_plan", server_id)]
        if schedule.paused_until is not None:
            # In words, as it was chosen: as a moment, whoever is further west would see the day before.
            day = texts.day(locale, schedule.paused_until.astimezone(schedule.planned.zone).date())
            card.text(texts(locale, "check_ins.paused_until", day=day))
            ways.append(self._button(locale, "own_resume", server_id, _PRIMARY))
        elif schedule.is_in_doubt:  # nothing is asked until they say so, and the question may be long gone
            card.text(texts(locale, "check_ins.told_goes_on"))
            ways.append(self._button(locale, "own_resume", server_id, _PRIMARY))
        else:
            ways.append(self._button(locale, "own_pause", server_id))
        return card.row(*ways, self._button(locale, "own_stop", server_id))

    def told(self, news: str, locale: Locale) -> Card:
        """Return the sentence ``news`` for a private message, where nothing of :meth:`me` could be pressed."""
        texts = self._texts
        return Card(colour=WARM).text(texts(locale, news)).text(f"-# {texts(locale, 'check_ins.me_elsewhere')}")

    def kept(
        self, prompt: Prompt, answer: Answer | None, notice_id: int, locale: Locale, *, help_lines: str = ""
    ) -> Card:
        """Return what somebody who was asked alone answered, and how it is changed, below ``help_lines`` if any."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "check_ins.kept_for_you"))
        card.text(texts(locale, "check_ins.help_now") if help_lines else "").text(help_lines)
        card.text(f"### {said_in_a_line(self._render.words(prompt, locale))}")
        if answer is not None:
            card.text("" if help_lines else said(answer.words)).text(self._render.mood(answer, locale))
        card.text(f"-# {texts(locale, 'check_ins.kept_where')}")
        return card.row(button(texts(locale, "check_ins.change"), CustomId(FEATURE, "own_answer", notice_id)))

    def _option(self, check_in: CheckIn, prompt: Prompt, answer: Answer, locale: Locale) -> discord.SelectOption:
        day = babel.dates.format_skeleton("MMMd", check_in.local, locale=locale)
        label = f"{day}　{self._render.words(prompt, locale)}"
        said_so = shortened(" ".join(answer.words.split()), LABEL_LIMIT) or self._render.mood(answer, locale)
        return discord.SelectOption(
            label=shortened(label, LABEL_LIMIT), value=str(check_in.check_in_id), description=said_so
        )
