"""Everything that the face of thanks and of the ledger can be asked to draw, from the emptiest to the longest."""

import itertools
from collections.abc import Iterator
from datetime import date

from bot.features.reputation.corrections import FLAGS_LIMIT, FlagFile, History
from bot.features.reputation.model import (
    FACTS_PAGE,
    HISTORY_PAGE,
    REASON_LIMIT,
    CauseKind,
    Facts,
    Flag,
    Month,
    Openness,
    Record,
    Source,
    Standing,
    StandingPage,
    Thanks,
    Word,
    WordRole,
)
from bot.features.reputation.posts import PublicThanks
from bot.features.reputation.sources import SOURCES_LIMIT, Annulment
from bot.kernel.i18n import Texts
from bot.storage.ledger import EntryKind
from cogs._ui.cards import Card
from cogs.reputation.desk_render import DeskRender
from cogs.reputation.picture import described, year_of_ties
from cogs.reputation.render import PICTURE, Render
from tests.meta.drawing import HIGHEST, MARK, MOMENT, Draw, long_text

_MANY = 500  # accounts in a set


def reputation(texts: Texts) -> dict[str, Draw]:
    render, desk = Render(texts), DeskRender(texts)
    return {
        "post": lambda locale: (
            render.post(PublicThanks(thanks, is_shown), locale, MARK)
            for thanks in _thanks()
            for is_shown in (True, False)
        ),
        "recorded": lambda locale: (
            render.recorded(thanks, locale, can_be_public=public)
            for thanks in _thanks()
            for public in (True, False, None)
        ),
        "told": lambda locale: iter([render.told(locale, "reputation.took_back")]),
        "decided": lambda locale: (render.decided(HIGHEST, locale, is_public=public) for public in (True, False)),
        "standing": lambda locale: (
            render.standing(page, locale, alt=alt) for page in _pages() for alt in ("", long_text(1024))
        ),
        "more": lambda locale: (render.more(standing, HIGHEST, locale) for standing in _standings()),
        "openness": lambda locale: (
            render.openness(HIGHEST, Openness(*chosen), locale, news)
            for chosen in itertools.product((True, False), repeat=3)
            for news in ("", "members.saved")
        ),
        "picture": lambda locale: (
            Card().picture(PICTURE, described(texts, locale, months))
            for months in _years()
            if year_of_ties(texts, locale, months)
        ),
        **_desk(desk),
    }


def _desk(desk: DeskRender) -> dict[str, Draw]:
    news = ("", "members.saved", "reputation.source_ended", "reputation.source_annulled")
    return {
        "history": lambda locale: (
            desk.history(History(HIGHEST, HIGHEST, tuple(records), 0, pages, total), locale)
            for records, pages, total in (
                ([], 1, 0),
                *(([record], 1, 1) for record in _records()),
                ([*_records()][:1] * 1, 25, 1000),
                (_page_of_records(), 25, 1000),
            )
        ),
        "reversed": lambda locale: (desk.reversed(count, locale) for count in (0, 1, 1000)),
        "flags": lambda locale: (desk.flags(files, locale) for files in ([], _files(3), _files(_MANY))),
        "flag": lambda locale: (desk.flag(file, locale) for many in (0, 3, _MANY) for file in _files(many)),
        "sources": lambda locale: (
            desk.sources(HIGHEST, sources, former, roles, locale, key)
            for sources, former in (([], []), (_sources(1), []), (_sources(SOURCES_LIMIT), _former()))
            for roles in ({}, {word: WordRole(word, HIGHEST) for word in Word})
            for key in news
        ),
        "source": lambda locale: (desk.source(source, HIGHEST, locale) for source in (*_sources(2), *_former())),
        "annulment": lambda locale: (
            desk.annulment(Annulment(source, count, count, count), locale)
            for source in _sources(2)
            for count in (0, 1, 1000)
        ),
    }


def _thanks() -> Iterator[Thanks]:
    for who, reason in ((HIGHEST, long_text(REASON_LIMIT)), (None, "")):
        yield Thanks(HIGHEST, HIGHEST, who, who, "free", reason, MOMENT)


def _years() -> Iterator[list[Month]]:
    """Yield a year without anything, and one with all kinds of thanks."""
    firsts = [date(2026, number, 1) for number in range(1, 13)]
    yield [Month(first) for first in firsts]
    yield [Month(first, dict.fromkeys(CauseKind, 1), dict.fromkeys(CauseKind, 500)) for first in firsts]


def _pages() -> Iterator[StandingPage]:
    for count in (0, 1, 1000):
        facts = Facts(count, count, count, count, frozenset(), ())
        for shown in ((), tuple(_thanks()), (next(_thanks()),) * FACTS_PAGE):
            yield StandingPage(HIGHEST, HIGHEST, facts, shown, 0, 1 if count < 2 else 200)


def _standings() -> Iterator[Standing]:
    for chains, word in itertools.product((0, 1, 5), (None, *Word)):
        yield Standing(chains, (HIGHEST,) * chains, word)


def _records() -> Iterator[Record]:
    for kind, who, is_reversed in itertools.product(EntryKind, (HIGHEST, None), (True, False)):
        reason = long_text(REASON_LIMIT) if who else ""
        yield Record(HIGHEST, kind, "free", HIGHEST, MOMENT, who, who, reason, is_reversed)


def _page_of_records() -> list[Record]:
    return [
        Record(HIGHEST - number, "thanks", "free", None, MOMENT, HIGHEST, HIGHEST, long_text(REASON_LIMIT), False)
        for number in range(HISTORY_PAGE)
    ]


def _files(many: int) -> list[FlagFile]:
    numbers = tuple(range(HIGHEST - many, HIGHEST))
    return [
        FlagFile(
            Flag(HIGHEST - number, HIGHEST, (1, 2, 3), numbers, numbers, HIGHEST, HIGHEST, MOMENT, MOMENT),
            (HIGHEST, HIGHEST),
            numbers,
        )
        for number in range(FLAGS_LIMIT)
    ]


def _sources(many: int) -> list[Source]:
    known = [Source(HIGHEST, HIGHEST - number, number, HIGHEST - number, MOMENT, None) for number in range(many)]
    return [Source(HIGHEST, 1, 1, None, MOMENT, None), *known][:SOURCES_LIMIT]


def _former() -> list[Source]:
    return [Source(HIGHEST, number, number, HIGHEST - number, MOMENT, MOMENT) for number in range(2, 8)]
