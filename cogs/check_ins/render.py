"""How check-ins look: prompts and answers, one's own answer, and the moderators' lists."""

from collections.abc import Sequence
from datetime import datetime

import babel
import discord

from bot.features.check_ins.model import Answer, CheckIn, Planned, Prompt, PromptPage, Schedule
from bot.features.check_ins.posts import Answered, Asked
from bot.features.check_ins.prompting import worded
from bot.features.check_ins.service import line
from bot.features.check_ins.times import Due
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, link_button, moment, said, said_in_a_line, shortened
from cogs._ui.controls import Drawer
from cogs._ui.custom_ids import CustomId
from cogs._ui.paging import page_menu
from cogs.check_ins.forms import FEATURE

LABEL_LIMIT = 100  # characters of an option in a menu
_MISSED_SHOWN = 7  # times, the latest, of all that were missed within a week
_PRIMARY = discord.ButtonStyle.primary
_DANGER = discord.ButtonStyle.danger
_LANGUAGES: tuple[Locale, Locale] = ("ja", "en")


class Render(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def card(self, asked: Asked, locale: Locale, mark: int) -> Card:
        """Return a prompt, as it is posted."""
        texts, check_in = self._texts, asked.check_in
        card = Card(mark, WARM).text(f"### {said_in_a_line(self.words(asked.prompt, locale))}")
        card.text(f"-# {texts(locale, 'check_ins.comes_late')}" if asked.is_late else "")
        card.text(f"-# {texts(locale, 'check_ins.no_need')}")
        return card.row(
            self._button(locale, "answer", check_in.check_in_id, _PRIMARY, emoji="🌿"),
            self._button(locale, "hand", check_in.server_id, emoji="🤝"),
        )

    def thread(self, asked: Asked, locale: Locale) -> str:
        """Return the name of a prompt's thread: the day."""
        return self._texts(locale, "check_ins.thread", day=self._texts.day(locale, asked.check_in.local))

    def answer(self, answered: Answered, locale: Locale, mark: int) -> Card:
        """Return an answer, as everybody sees it; nothing of it once it was taken back."""
        answer, texts = answered.answer, self._texts
        if not answer.is_shown:
            return Card(mark).text(f"-# {texts(locale, 'check_ins.answer_gone')}")
        who = texts(locale, "check_ins.somebody")
        if answer.shown_member_id is not None:
            who = f"<@{answer.shown_member_id}>"
        card = Card(mark, WARM).text(f"**{who}**　{self.mood(answer, locale)}".rstrip("　"))
        return card.text(said(answer.words))

    def mine(
        self,
        check_in: CheckIn,
        prompt: Prompt,
        answer: Answer | None,
        locale: Locale,
        news: str = "",
        *,
        help_lines: str = "",
    ) -> Card:
        """Return a prompt with one's own answer, and what can be done about it, below the sentence ``news``.

        Where there are ``help_lines``, they stand in the place of what was answered.
        """
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, news) if news else "")
        card.text(texts(locale, "check_ins.help_now") if help_lines else "").text(help_lines)
        card.text(f"### {said_in_a_line(self.words(prompt, locale))}")
        ways = [self._button(locale, "answer", check_in.check_in_id, _PRIMARY, emoji="🌿")]
        if answer is not None:
            card.text("" if help_lines else said(answer.words)).text(self.mood(answer, locale))
            card.text(f"-# {texts(locale, _seen_by(check_in, answer))}")
            ways = [
                self._button(locale, "change", check_in.check_in_id),
                self._button(locale, "take_back", check_in.check_in_id, _DANGER),
            ]
        if check_in.is_locked and not check_in.is_gone:
            card.text(f"-# {texts(locale, 'check_ins.thread_locked')}")
        ways.append(self._button(locale, "hand", check_in.server_id, emoji="🤝"))
        ways += [link_button(texts(locale, "check_ins.to_thread"), check_in.url)] if check_in.url else []
        return card.row(*ways)

    def schedules(
        self, server_id: int, schedules: Sequence[Schedule], missed: Sequence[CheckIn], locale: Locale, news: str = ""
    ) -> Card:
        """Return all schedules, and what was missed lately, below the sentence ``news``."""
        texts = self._texts
        card = Card().text(texts(locale, news) if news else "").text(texts(locale, "check_ins.schedules_title"))
        card.text("" if schedules else texts(locale, "check_ins.schedules_none"))
        for schedule in schedules:
            card.text(self._planned(schedule, locale))
        if missed:
            lines = [texts.plural(locale, "check_ins.missed", len(missed))]
            for each in missed[-_MISSED_SHOWN:]:
                why = texts(locale, f"check_ins.why_{each.why}")
                lines.append(f"-# {moment(each.due_at)}　<#{each.channel_id}>　{why}")
            card.text("\n".join(lines))
        if schedules:
            options = [
                discord.SelectOption(
                    label=shortened(line(schedule.planned, locale), LABEL_LIMIT), value=str(schedule.schedule_id)
                )
                for schedule in schedules
            ]
            custom_id = str(CustomId(FEATURE, "schedule", server_id))
            placeholder = texts(locale, "check_ins.schedule_choose")
            card.row(discord.ui.Select(custom_id=custom_id, options=options, placeholder=placeholder))
        return card.row(
            self._button(locale, "schedule_add", server_id, _PRIMARY), self._button(locale, "prompts", server_id)
        )

    def schedule(self, schedule: Schedule, due: Sequence[Due], locale: Locale, news: str = "") -> Card:
        """Return one schedule with the next times that it comes to, below the sentence ``news``."""
        texts = self._texts
        card = Card().text(texts(locale, news) if news else "").text(self._planned(schedule, locale))
        lines = [f"- {self._due(each, schedule.planned, locale)}" for each in due]
        card.text("\n".join([texts(locale, "check_ins.preview" if due else "check_ins.preview_none"), *lines]))
        return card.row(
            self._button(locale, "schedule_edit", schedule.schedule_id),
            self._button(locale, "schedule_remove", schedule.schedule_id, _DANGER),
            self._button(locale, "schedules", schedule.server_id),
        )

    def removing(self, schedule: Schedule, locale: Locale) -> Card:
        """Return the question whether to remove a schedule."""
        card = Card().text(self._texts(locale, "check_ins.remove_asked")).text(self._planned(schedule, locale))
        return card.row(self._button(locale, "schedule_remove_confirm", schedule.schedule_id, _DANGER))

    def prompts(self, page: PromptPage, locale: Locale, news: str = "") -> Card:
        """Return one page of the prompts: those that are asked next first, below the sentence ``news``."""
        texts = self._texts
        card = Card().text(texts(locale, news) if news else "").text(texts(locale, "check_ins.prompts_title"))
        options = []
        for prompt in page.prompts:
            label = shortened(self.words(prompt, locale), LABEL_LIMIT)
            words = said_in_a_line(label)  # shortened before markup is escaped, so that a whole page fits on the card
            card.text(f"~~{words}~~" if prompt.is_retired else words)
            options.append(discord.SelectOption(label=label, value=str(prompt.prompt_id)))
        custom_id = str(CustomId(FEATURE, "prompt", page.server_id))
        placeholder = texts(locale, "check_ins.prompt_choose")
        card.row(discord.ui.Select(custom_id=custom_id, options=options, placeholder=placeholder))
        if page.pages > 1:
            pages = CustomId(FEATURE, "prompts_page", page.server_id)
            card.row(page_menu(texts, locale, pages, page.number, page.pages))
        return card.row(
            self._button(locale, "prompt_add", page.server_id, _PRIMARY),
            self._button(locale, "schedules", page.server_id),
        )

    def prompt(self, prompt: Prompt, locale: Locale, news: str = "") -> Card:
        """Return one prompt in both languages, with what can be done about it, below the sentence ``news``."""
        texts = self._texts
        card = Card().text(texts(locale, news) if news else "")
        both = dict.fromkeys(said_in_a_line(self.words(prompt, each)) for each in _LANGUAGES)
        card.text("\n".join(both))
        asked = texts(locale, "check_ins.never_asked")
        if prompt.used_at is not None:
            asked = texts(locale, "check_ins.asked_at", when=moment(prompt.used_at, "D"))
        card.text(f"-# {texts(locale, 'check_ins.is_retired') if prompt.is_retired else asked}")
        action = "prompt_return" if prompt.is_retired else "prompt_retire"
        ways = [] if prompt.code else [self._button(locale, "prompt_edit", prompt.prompt_id)]
        return card.row(
            *ways, self._button(locale, action, prompt.prompt_id), self._button(locale, "prompts", prompt.server_id)
        )

    def words(self, prompt: Prompt, locale: Locale) -> str:
        """Return what a prompt asks: in another language where it has no words in this one."""
        return worded(self._texts, prompt, locale)

    def mood(self, answer: Answer, locale: Locale) -> str:
        """Return in which mood somebody answered; nothing where they don't say."""
        return "" if answer.mood is None else self._texts(locale, f"check_ins.mood_{answer.mood}")

    def _planned(self, schedule: Schedule, locale: Locale) -> str:
        planned, texts = schedule.planned, self._texts
        where = f"<#{planned.channel_id}>"
        holidays = ""
        if planned.country:
            holidays = texts(locale, "check_ins.without_holidays", country=country(planned.country, locale))
        next_at = schedule.next_at
        following = texts(locale, "check_ins.next", when=moment(next_at)) if next_at else ""
        return "\n-# ".join(filter(None, (f"**{line(planned, locale)}**　{where}", holidays, following)))

    def _due(self, due: Due, planned: Planned, locale: Locale) -> str:
        """Return a time on the schedule's own clocks; where that does not exist there, also the one it comes to."""
        local = self._texts.moment(locale, due.due_at, planned.zone)
        shown = due.due_at.astimezone(planned.zone).replace(tzinfo=None)
        missing = "" if shown == due.local else f"（{_clock(due.local)} → {_clock(shown)}）"
        return f"{local}{missing}　{moment(due.due_at, 'R')}"


def country(code: str, locale: Locale) -> str:
    """Return what a country is called, of which the ISO ``code`` is known."""
    return str(babel.Locale.parse(locale).territories.get(code, code))


def _seen_by(check_in: CheckIn, answer: Answer) -> str:
    """Return the key of the sentence that says who sees an answer."""
    if check_in.is_gone:
        return "check_ins.place_gone"
    return "check_ins.answer_lost" if answer.is_lost else f"check_ins.shows_{answer.shows}"


def _clock(local: datetime) -> str:
    return f"{local:%H:%M}"
