"""How safety looks: the posts for moderators, their list, cases and trail, and what members are told."""

from collections.abc import Iterator
from datetime import datetime

import discord

from bot.features.safety.cases import Act, CaseFile, Trail
from bot.features.safety.model import Case, CaseKind, CasePage, Hold, Letter, Report
from bot.features.safety.posts import DailyList
from bot.features.safety.telling import DISCORD_HELP
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, link_button, message_url, plain_title, said_in_a_line
from cogs._ui.controls import Drawer, button
from cogs._ui.custom_ids import CustomId
from cogs._ui.paging import page_menu, paged, quoted

FEATURE = "safety"
_DAILY_LINES = 20  # longer lists say how many more there are
_WORDS_IN_TRAIL = 60  # characters; the case itself holds them in full
_PRIMARY = discord.ButtonStyle.primary


class Render(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def case(self, case: Case, locale: Locale, mark: int) -> Card:
        """Return the post about a case in the moderators' channel: by number, never by person.

        Of one that concerns somebody who became a moderator, nothing is left there.
        """
        if case.is_discreet:
            return Card(mark).text(self._texts(locale, "safety.post_over"))
        card = Card(mark).text(f"**#{case.case_id}**　{self._what(case, locale)}　{self._state(case, locale)}")
        if case.is_closed:
            return card
        return card.row(self._button(locale, "case", case.case_id, _PRIMARY))

    def answer(self, hold: Hold, locale: Locale, mark: int) -> Card:
        """Return the post which says that a member answered to a hold."""
        card = Card(mark).text(self._texts(locale, "safety.post_answer", number=hold.case_id))
        return card.row(self._button(locale, "case", hold.case_id, _PRIMARY))

    def letter_answer(self, letter: Letter, locale: Locale, mark: int) -> Card:
        """Return the post which says that somebody answered whom moderators wrote to."""
        card = Card(mark).text(self._texts(locale, "safety.post_letter_answer", number=letter.case_id))
        return card.row(self._button(locale, "case", letter.case_id, _PRIMARY))

    def daily(self, daily: DailyList, locale: Locale, mark: int) -> Card:
        """Return the moderators' daily list."""
        lines = []
        for one in daily.waiting[:_DAILY_LINES]:
            text = self._texts.plural(locale, one.text, one.count) if one.count else self._texts(locale, one.text)
            if one.why:
                text = self._texts(locale, "safety.daily_why", what=text, why=self._texts(locale, one.why))
            way = f"　[{self._texts(locale, 'safety.daily_open')}]({one.url})" if one.url else ""
            lines.append(f"- {text}　{_time(one.since, 'R')}{way}")
        card = Card(mark, WARM).text(self._texts(locale, "safety.daily_title")).text("\n".join(lines))
        more = len(daily.waiting) - _DAILY_LINES
        card.text(self._texts.plural(locale, "safety.daily_more", more) if more > 0 else "")
        return card.row(self._button(locale, "list", daily.server_id, _PRIMARY))

    def told(self, locale: Locale, key: str) -> Card:
        """Return the sentence ``key``."""
        return Card().text(self._texts(locale, key))

    def reported(self, about_id: int, locale: Locale) -> Card:
        """Return what becomes of a report, with the way to keep a distance, and the one to Discord."""
        label = self._texts(locale, "safety.distance_too")
        card = Card().text(self._texts(locale, "safety.reported"))
        return card.row(
            button(label, CustomId("members", "distance_from", about_id)),
            link_button(self._texts(locale, "safety.to_discord"), DISCORD_HELP),
        )

    def cases(self, page: CasePage, server_id: int, locale: Locale) -> Card:
        """Return one page of the cases, with the menu that opens one."""
        texts = self._texts
        card = Card(colour=WARM).text("### " + texts.plural(locale, "safety.cases_title", page.total))
        if not page.cases:
            card.text(texts(locale, "safety.cases_none"))
        card.text("\n".join(self._line(case, locale) for case in page.cases))
        if page.cases:
            options = [
                discord.SelectOption(
                    label=f"#{case.case_id}　{self._what(case, locale)}"[:100], value=str(case.case_id)
                )
                for case in page.cases
            ]
            custom_id, choose = str(CustomId(FEATURE, "open", server_id)), texts(locale, "safety.open")
            card.row(discord.ui.Select(custom_id=custom_id, options=options, placeholder=choose))
        if page.pages > 1:
            card.row(page_menu(texts, locale, CustomId(FEATURE, "list_page", server_id), page.number, page.pages))
        anonymous = button(texts(locale, "peer_help.anonymous"), CustomId("peer_help", "anonymous", server_id))
        return card.row(self._button(locale, "acts", server_id), anonymous)

    def file(self, file: CaseFile, locale: Locale, number: int = 0, news: str = "") -> Card:
        """Return page ``number``, from 0, of all that is known of a case, below the sentence ``news``."""
        case, pages = file.case, paged(self._blocks(file, locale))
        number = min(max(number, 0), len(pages) - 1)
        card = Card(colour=WARM).text(self._texts(locale, news) if news else "")
        card.text(f"### #{case.case_id}　{self._what(case, locale)}\n{self._about(file, locale)}").text(pages[number])
        if len(pages) > 1:
            custom_id = CustomId(FEATURE, "case_page", case.case_id)
            card.row(page_menu(self._texts, locale, custom_id, number, len(pages)))
        steps = [self._button(locale, action, case.case_id) for action in _steps(file)]
        return card.divider().row(*steps, self._button(locale, "list", case.server_id))

    def trail(self, trail: Trail, locale: Locale) -> Card:
        """Return one page of what moderators did."""
        card = Card(colour=WARM).text(self._texts(locale, "safety.acts_title"))
        card.text("\n".join(self._deed(act, locale, in_trail=True) for act in trail.acts))
        if not trail.acts:
            card.text(self._texts(locale, "safety.acts_none"))
        pages = trail.number + 1 + trail.has_more
        if pages > 1:
            custom_id = CustomId(FEATURE, "acts_page", trail.server_id)
            card.row(page_menu(self._texts, locale, custom_id, trail.number, pages))
        return card.row(self._button(locale, "list", trail.server_id))

    def _line(self, case: Case, locale: Locale) -> str:
        parts = (f"**#{case.case_id}**", self._what(case, locale), _person(case.about_id), self._state(case, locale))
        return "　".join(filter(None, (*parts, _time(case.opened_at, "R"))))

    def _what(self, case: Case, locale: Locale) -> str:
        if case.kind is CaseKind.HELD:
            why = self._texts(locale, f"safety.why_{case.reason}")
            return self._texts(locale, "safety.case_held", why=why)
        if case.kind is CaseKind.CRISIS:
            return self._texts(locale, f"safety.case_{case.reason}")
        if case.reports:
            return self._texts.plural(locale, "safety.case_report", case.reports)
        return self._texts(locale, "safety.case_hold")

    def _state(self, case: Case, locale: Locale) -> str:
        key = f"safety.ended_{case.outcome}" if case.outcome else f"safety.state_{case.state}"
        return self._texts(locale, key)

    def _about(self, file: CaseFile, locale: Locale) -> str:
        case = file.case
        parts = [_person(case.about_id), self._state(case, locale), _time(case.opened_at, "f")]
        if case.taken_by_id is not None and not case.is_closed:
            parts.append(self._texts(locale, "safety.taken_by", name=_person(case.taken_by_id)))
        if case.is_discreet and not case.is_closed:
            parts.append(self._texts(locale, "safety.is_discreet"))
        if case.kind is CaseKind.CRISIS and case.about_id is None:
            parts.append(self._texts(locale, "safety.is_nameless" if case.sealed is None else "safety.is_sealed"))
        return "　".join(filter(None, parts))

    def _blocks(self, file: CaseFile, locale: Locale) -> Iterator[str]:
        form = CustomId.decode(file.case.form)
        for name, value in file.case.fields.items():
            if isinstance(value, str) and value.strip():
                if form is not None:
                    yield f"**{self._texts(locale, f'{form.feature}.field_{name}')}**"
                yield from quoted(value)
        for report in file.reports:
            yield from self._report(report, file.case, locale)
        for hold in file.holds:
            yield from self._hold(hold, locale)
        for letter in file.letters:
            yield from self._letter(letter, locale)
        for act in file.acts:
            yield self._deed(act, locale)
            yield from quoted(act.words)

    def _report(self, report: Report, case: Case, locale: Locale) -> Iterator[str]:
        reason = self._texts(locale, f"safety.reason_{report.reason}")
        who = _person(report.member_id) or self._texts(locale, "safety.somebody")
        yield f"**{reason}**　{who}　{_time(report.reported_at, 'f')}"
        yield from quoted(report.words)
        if report.channel_id is not None and report.message_id is not None:
            url = message_url(case.server_id, report.channel_id, report.message_id)
            author = _person(report.author_id) or self._texts(locale, "safety.somebody")
            yield self._texts(locale, "safety.evidence", name=author, url=url)
            yield from quoted(report.evidence)

    def _hold(self, hold: Hold, locale: Locale) -> Iterator[str]:
        until = _time(hold.lifted_at or hold.ends_at, "f")
        yield self._texts(locale, "safety.hold_was" if hold.lifted_at else "safety.hold_is", until=until)
        if hold.answered_at is not None:
            yield f"{self._texts(locale, 'safety.hold_answer')}　{_time(hold.answered_at, 'f')}"
            yield from quoted(hold.answer)

    def _letter(self, letter: Letter, locale: Locale) -> Iterator[str]:
        yield f"{self._texts(locale, 'safety.letter')}　{_time(letter.written_at, 'f')}"
        yield from quoted(letter.words)
        if letter.answered_at is not None:
            yield f"{self._texts(locale, 'safety.hold_answer')}　{_time(letter.answered_at, 'f')}"
            yield from quoted(letter.answer)

    def _deed(self, act: Act, locale: Locale, *, in_trail: bool = False) -> str:
        who = _person(act.actor_id) or self._texts(locale, "safety.somebody")
        parts = [_time(act.acted_at, "f"), who, self._texts(locale, f"act.{act.act.replace('.', '_')}")]
        if in_trail and act.case_id is not None:
            parts.append(f"#{act.case_id}")
        if in_trail and act.words:
            parts.append(self._texts(locale, "safety.act_words", words=_chosen(act)))
        return "　".join(parts)


def _steps(file: CaseFile) -> Iterator[str]:
    """Yield what can be done about a case now, at most four things."""
    case = file.case
    if not case.is_closed and case.taken_by_id != file.viewer_id:
        yield "take"
    yield "note"
    if case.kind is CaseKind.HELD:
        yield from () if case.is_closed else ("let_through", "keep_back")
        return
    if case.kind is CaseKind.CRISIS:
        yield from () if case.is_closed else ("write", "end") if case.can_be_answered else ("end",)
        return
    if not case.is_closed:
        yield "close"
    if file.hold is not None:
        yield "lift"
    elif case.about_id is not None and not case.is_closed:
        yield "hold"


def _person(member_id: int | None) -> str:
    return "" if member_id is None else f"<@{member_id}>"


def _time(moment: datetime, style: str) -> str:
    return f"<t:{int(moment.timestamp())}:{style}>"


def _chosen(act: Act) -> str:
    """Return what was typed or chosen in an act: channels and roles by their mentions, texts cut short."""
    if act.act.endswith("_channel") and act.words.isdecimal():
        return f"<#{act.words}>"
    if "source_" in act.act and act.words.isdecimal():
        return f"<@{act.words}>"
    if act.act.endswith("_role") and act.words.isdecimal():
        return f"<@&{act.words}>"
    return said_in_a_line(plain_title(act.words, _WORDS_IN_TRAIL))
