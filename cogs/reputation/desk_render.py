"""How the ledger looks to moderators: history, sets that thank mostly each other, sources, roles for words."""

from collections.abc import Mapping, Sequence

import discord

from bot.features.reputation.corrections import FlagFile, History
from bot.features.reputation.model import SOURCES_LEAST, Record, Source, Word, WordRole
from bot.features.reputation.sources import SOURCES_LIMIT, Annulment
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, moment, plain_title, said_in_a_line
from cogs._ui.controls import button
from cogs._ui.custom_ids import CustomId
from cogs._ui.paging import page_menu
from cogs.reputation.forms import FEATURE

_NAMES_SHOWN = 40  # members of a set that are named; more are counted
_IN_A_ROW = 5  # buttons
_DANGER, _PRIMARY, _SECONDARY = discord.ButtonStyle.danger, discord.ButtonStyle.primary, discord.ButtonStyle.secondary


class DeskRender:
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def history(self, history: History, locale: Locale) -> Card:
        """Return one page of the entries that name a member."""
        texts = self._texts
        title = texts.plural(locale, "reputation.history_title", history.total, name=f"<@{history.member_id}>")
        card = Card(colour=WARM).text(f"### {title}")
        for record in history.records:
            card.text(self._record(record, locale))
        if not history.records:
            card.text(texts(locale, "reputation.history_none"))
        standing = [record for record in history.records if record.kind == "thanks" and not record.is_reversed]
        if standing:
            options = [
                discord.SelectOption(
                    label=plain_title(f"#{record.sequence} {record.reason}", 100), value=str(record.sequence)
                )
                for record in standing
            ]
            custom_id = str(CustomId(FEATURE, "reverse_chosen", history.server_id))
            choose = texts(locale, "reputation.reverse_choose")
            card.row(discord.ui.Select(custom_id=custom_id, options=options, placeholder=choose))
        if history.pages > 1:
            custom = CustomId(FEATURE, "history_page", history.member_id)
            card.row(page_menu(texts, locale, custom, history.number, history.pages))
        return card

    def reversed(self, count: int, locale: Locale) -> Card:
        """Return how many thanks were reversed."""
        return Card().text(self._texts.plural(locale, "reputation.reversed", count))

    def flags(self, files: Sequence[FlagFile], locale: Locale) -> Card:
        """Return the sets that were found, each with the way to its evidence."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "reputation.flags_title"))
        if not files:
            card.text(texts(locale, "reputation.flags_none"))
        for file in files:
            card.section(self._set(file, locale), self._button(locale, "flag", file.flag.flag_id, _PRIMARY))
        return card.text(f"-# {texts(locale, 'reputation.flags_help')}")

    def flag(self, file: FlagFile, locale: Locale) -> Card:
        """Return all that is known of a set, and what reversing would come to."""
        texts, flag = self._texts, file.flag
        card = Card(colour=WARM).text(texts(locale, "reputation.flag_title")).text(self._set(file, locale))
        card.text(texts(locale, "reputation.flag_members", names=self._names(file.members, len(flag.accounts), locale)))
        entries = ", ".join(f"#{sequence}" for sequence in flag.entries[:_NAMES_SHOWN])
        more = f" +{len(flag.entries) - _NAMES_SHOWN}" if len(flag.entries) > _NAMES_SHOWN else ""
        card.text(texts(locale, "reputation.flag_entries", entries=entries + more))
        count = texts.plural(locale, "reputation.flag_reverse_asked", len(flag.entries))
        return card.divider().text(count).row(self._button(locale, "reverse_flag", flag.flag_id, _DANGER))

    def sources(
        self,
        server_id: int,
        sources: Sequence[Source],
        former: Sequence[Source],
        roles: Mapping[Word, WordRole],
        locale: Locale,
        news: str = "",
    ) -> Card:
        """Return who is a source and who was one, and the roles for words, to be changed."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "reputation.sources_title", least=SOURCES_LEAST))
        card.text(texts(locale, news) if news else "")
        named = [source.member_id for source in sources if source.member_id is not None]
        menu: discord.ui.UserSelect[Card] = discord.ui.UserSelect(
            custom_id=str(CustomId(FEATURE, "sources_set", server_id)),
            placeholder=texts(locale, "reputation.sources_choose"),
            min_values=0,
            max_values=SOURCES_LIMIT,
            default_values=[
                discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.user) for each in named
            ],
        )
        card.row(menu)
        # Who was forgotten or stepped down is in no menu; what they gave as a source still counts.
        others = [*(source for source in sources if source.member_id is None), *former][:_IN_A_ROW]
        if others:
            lines = [f"{number}. {self._standing_down(each, locale)}" for number, each in enumerate(others, 1)]
            card.text("\n".join((texts(locale, "reputation.sources_others"), *lines)))
            card.row(
                *(
                    button(texts(locale, "reputation.source", number=number), CustomId(FEATURE, "source", each.grant))
                    for number, each in enumerate(others, 1)
                )
            )
        card.divider().text(texts(locale, "reputation.roles_title"))
        for word in Word:
            card.row(self._role(server_id, word, roles.get(word), locale))
        return card.row(button(texts(locale, "setup.panel"), CustomId("setup", "panel", server_id)))

    def source(self, source: Source, server_id: int, locale: Locale) -> Card:
        """Return one source, and what can be done about them."""
        texts = self._texts
        name, since = self._member(source.member_id, locale), moment(source.granted_at, "D")
        card = Card(colour=WARM).text(texts(locale, "reputation.source_is", name=name, since=since))
        card.text(texts(locale, "reputation.source_end_help"))
        ends = [self._button(locale, "source_end", source.grant, _PRIMARY)] if source.ended_at is None else []
        return card.row(
            *ends,
            self._button(locale, "source_annul", source.grant, _DANGER),
            button(texts(locale, "members.back"), CustomId(FEATURE, "sources", server_id)),
        )

    def annulment(self, annulment: Annulment, locale: Locale) -> Card:
        """Return what annulling a source would come to, and the button that does it."""
        texts, source = self._texts, annulment.source
        card = Card().text(texts(locale, "reputation.annul_asked", name=self._member(source.member_id, locale)))
        given = texts.plural(locale, "reputation.times", annulment.given)
        people = texts.plural(locale, "reputation.to_people", annulment.given_to)
        fewer = texts.plural(locale, "reputation.annul_fewer", annulment.fewer)
        card.text(f"{texts(locale, 'reputation.annul_given', people=people, times=given)}\n{fewer}")
        return card.row(self._button(locale, "source_annul_confirm", source.grant, _DANGER))

    def _record(self, record: Record, locale: Locale) -> str:
        texts = self._texts
        giver = said_in_a_line(record.giver_pseudonym) or self._member(record.giver_id, locale)
        who = {"giver": giver, "receiver": self._member(record.receiver_id, locale)}
        what = texts(locale, f"reputation.entry_{record.kind}", **who, about=record.about or 0)
        line = f"**#{record.sequence}**　{moment(record.entered_at, 'f')}　{what}"
        if record.is_reversed:
            line = f"{line}　{texts(locale, 'reputation.entry_reversed')}"
        reason = said_in_a_line(record.reason)
        return f"{line}\n> {reason}" if reason else line

    def _set(self, file: FlagFile, locale: Locale) -> str:
        texts, flag = self._texts, file.flag
        return texts(
            locale,
            "reputation.flag_set",
            accounts=len(flag.accounts),
            cut=self._names(file.cut, len(flag.cut), locale),
            inside=flag.inside,
            given=flag.given,
            first=moment(flag.first_at, "d"),
            last=moment(flag.last_at, "d"),
        )

    def _standing_down(self, source: Source, locale: Locale) -> str:
        name = self._member(source.member_id, locale)
        if source.ended_at is None:
            return name
        return self._texts(locale, "reputation.source_ended_at", name=name, when=moment(source.ended_at, "D"))

    def _names(self, members: Sequence[int], total: int, locale: Locale) -> str:
        """Return some members as mentions, and how many more there are that are not shown or not known any more."""
        shown = self._texts.listing(locale, [f"<@{member_id}>" for member_id in members[:_NAMES_SHOWN]])
        more = total - min(len(members), _NAMES_SHOWN)
        return f"{shown} +{more}" if more else shown

    def _member(self, member_id: int | None, locale: Locale) -> str:
        if member_id is None:
            return self._texts(locale, "reputation.somebody")
        return self._texts(locale, "reputation.named", name=f"<@{member_id}>")

    def _role(self, server_id: int, word: Word, chosen: WordRole | None, locale: Locale) -> discord.ui.RoleSelect[Card]:
        label = self._texts(locale, f"reputation.word_{word}")
        return discord.ui.RoleSelect(
            custom_id=str(CustomId(FEATURE, f"{word}_role", server_id)),
            placeholder=self._texts(locale, "reputation.role_choose", word=label),
            min_values=0,
            default_values=[] if chosen is None else [discord.Object(chosen.role_id)],
        )

    def _button(
        self, locale: Locale, action: str, object_id: int, style: discord.ButtonStyle = _SECONDARY
    ) -> discord.ui.Button[Card]:
        return button(self._texts(locale, f"{FEATURE}.{action}"), CustomId(FEATURE, action, object_id), style)
