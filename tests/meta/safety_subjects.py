"""What the face of safety can be asked to draw, from the emptiest to the longest."""

import ast
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.features.check_ins.model import Why
from bot.features.introductions.model import NOTE_LIMIT, NOW_LIMIT
from bot.features.members.model import ServerWaiting
from bot.features.safety.cases import Act, CaseFile, Trail
from bot.features.safety.help_lines import DAY, HelpLine, HelpNow, Opening
from bot.features.safety.help_lines import SHIPPED as HELP_LINES
from bot.features.safety.help_text import LINES_LIMIT, NAME_LIMIT, PAGE_LIMIT, PHONE_LIMIT
from bot.features.safety.model import (
    ACTS_PAGE,
    CASES_PAGE,
    EVIDENCE_LIMIT,
    PAGES_LIMIT,
    TOLD,
    TOLD_LIMIT,
    WORDS_LIMIT,
    Case,
    CaseKind,
    CasePage,
    CaseState,
    CryReason,
    Hold,
    Letter,
    Outcome,
    Report,
    ReportReason,
)
from bot.features.safety.posts import DailyList
from bot.features.safety.screening import Reason
from bot.kernel.i18n import Texts
from cogs.safety.help_render import HelpRender
from cogs.safety.render import Render
from tests.meta.drawing import HIGHEST, MARK, MOMENT, Draw, long_text
from tests.meta.house import ROOT, parsed, sources


def safety(texts: Texts) -> dict[str, Draw]:
    render, waiting = Render(texts), _server_waiting()
    assert waiting
    hold = Hold(1, 1, HIGHEST, HIGHEST, "", MOMENT, MOMENT, None, "", None)
    letter = Letter(1, HIGHEST, "", MOMENT, "", None)
    news = ("taken", "noted", "closed", "ended", "letter_sent", "decided", "held", "lifted")
    acts = _acts()
    return {
        "case": lambda locale: (render.case(case, locale, MARK) for case in _cases()),
        "answer": lambda locale: iter([render.answer(hold, locale, MARK)]),
        "letter_answer": lambda locale: iter([render.letter_answer(letter, locale, MARK)]),
        "daily": lambda locale: (
            render.daily(DailyList(HIGHEST, tuple(some)), locale, MARK) for some in (waiting, waiting * 1000)
        ),
        "told": lambda locale: (render.told(locale, f"safety.{key}") for key in ("asked", "answered", "rules_kept")),
        "reported": lambda locale: iter([render.reported(HIGHEST, locale)]),
        "cases": lambda locale: itertools.chain(
            iter([render.cases(CasePage((), 0, 1, 0), HIGHEST, locale)]),
            (render.cases(CasePage(_numbered_cases(case), 1, PAGES_LIMIT, 1000), HIGHEST, locale) for case in _cases()),
        ),
        "file": lambda locale: itertools.chain(
            (render.file(file, locale) for file in _case_files()),
            (
                render.file(file, locale, number, f"safety.{news[number % len(news)]}")
                for file in _full_files()
                for number in range(80)
            ),
        ),
        "trail": lambda locale: (
            render.trail(Trail(HIGHEST, tuple(some), number, has_more=number < 1), locale)
            for number, some in enumerate([[], *(acts[at : at + ACTS_PAGE] for at in range(0, len(acts), ACTS_PAGE))])
        ),
        **_help(HelpRender(texts)),
    }


def _acts() -> list[Act]:
    """Return one of each kind of act that the catalogue has words for, by somebody and by nobody."""
    path = ROOT / "bot" / "locales" / "en" / "LC_MESSAGES" / "goen.po"
    codes = re.findall(r'^msgid "act\.([a-z]+)_([a-z_]+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert codes
    return [
        Act(1, actor_id, f"{feature}.{act}", case_id, actor_id, words, MOMENT)
        for feature, act in codes
        for actor_id, case_id, words in ((None, None, ""), (HIGHEST, HIGHEST, long_text(WORDS_LIMIT)), (1, 1, "1"))
    ]


def _cases() -> Iterator[Case]:
    ends = {CaseKind.REPORT: TOLD, CaseKind.HELD: (Outcome.LET_THROUGH, Outcome.KEEP_BACK), CaseKind.HOLD: TOLD}
    ends[CaseKind.CRISIS] = ()
    reasons: dict[CaseKind, Iterable[str]] = {CaseKind.HELD: Reason, CaseKind.CRISIS: CryReason}
    for kind, state, is_there in itertools.product(CaseKind, CaseState, (True, False)):
        for outcome in (*ends[kind], None) if state is CaseState.CLOSED else (None,):
            for reason in reasons.get(kind, ("",)):
                yield Case(
                    case_id=HIGHEST,
                    server_id=HIGHEST,
                    kind=kind,
                    state=state,
                    about_id=HIGHEST if is_there else None,
                    is_discreet=is_there,
                    taken_by_id=HIGHEST if is_there else None,
                    reason=reason,
                    form="v1:introductions:form-write:1:1",
                    fields={
                        "now": long_text(NOW_LIMIT),
                        "offer_topics": ("x",),
                        "note": long_text(NOTE_LIMIT),
                        "link": "",
                    },
                    digest="",
                    opened_at=MOMENT,
                    closed_at=None,
                    outcome=outcome,
                    told=long_text(TOLD_LIMIT),
                    channel_id=HIGHEST,
                    message_id=HIGHEST,
                    sealed=b"sealed"
                    if kind is CaseKind.CRISIS and reason == CryReason.ASKED and not is_there
                    else None,
                    reports=HIGHEST if is_there and kind is CaseKind.REPORT else int(kind is CaseKind.REPORT),
                )


def _case_files() -> Iterator[CaseFile]:
    """Yield each case as its first lines alone, for who has taken it and for another."""
    for case in _cases():
        hold = Hold(1, 1, HIGHEST, 1, "", MOMENT, MOMENT, None, "", None)
        yield CaseFile(replace(case, fields={}), (), (), (), (), None, HIGHEST)
        yield CaseFile(replace(case, fields={}), (), (), (), (), None if case.kind is CaseKind.HELD else hold, 1)


def _full_files() -> Iterator[CaseFile]:
    """Yield cases that hold as much as there can be."""
    lines = ("*\n" * EVIDENCE_LIMIT)[:EVIDENCE_LIMIT]
    reports = tuple(
        Report(1, 1, who, reason, long_text(WORDS_LIMIT), text, who, who, who, MOMENT)
        for reason in ReportReason
        for who, text in ((HIGHEST, long_text(EVIDENCE_LIMIT)), (1, lines), (None, ""))
    )
    holds = tuple(
        Hold(1, 1, HIGHEST, 1, "", MOMENT, MOMENT, lifted, answer, MOMENT if answer else None)
        for lifted in (MOMENT, None)
        for answer in (long_text(WORDS_LIMIT), "")
    )
    letters = tuple(
        Letter(1, 1, long_text(WORDS_LIMIT), MOMENT, answer, MOMENT if answer else None)
        for answer in (long_text(WORDS_LIMIT), "")
    )
    for kind in CaseKind:
        longest = max((case for case in _cases() if case.kind is kind), key=lambda case: len(repr(case)))
        yield CaseFile(longest, reports, holds, letters, tuple(_acts()), None, 1)


def _server_waiting() -> list[ServerWaiting]:
    """Return one of each kind of thing that the code lets wait for moderators."""
    found = []
    for path in sources("bot"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ServerWaiting":
                assert isinstance(node.args[0], ast.Constant)
                is_counted = any(word.arg == "count" for word in node.keywords)
                url = "" if is_counted else f"https://discord.com/channels/{HIGHEST}/{HIGHEST}/{HIGHEST}"
                is_explained = any(word.arg == "why" for word in node.keywords)
                waiting = ServerWaiting(str(node.args[0].value), MOMENT, url, 1000 if is_counted else 0)
                whys = [f"check_ins.why_{why}" for why in Why] if is_explained else [""]
                found += [replace(waiting, why=why) for why in whys]
    return found


def _help(render: HelpRender) -> dict[str, Draw]:
    keys = ("safety.crisis", *(f"safety.crisis_{each}" for each in ("asked", "left", "lines_kept")))
    openings = tuple(Opening(frozenset({0, 2, 4, 6}), minute, minute + DAY) for minute in range(599, 603))
    longest = HelpLine(
        ("*" * NAME_LIMIT,) * 2,
        "#" * PHONE_LIMIT,
        openings,
        ZoneInfo("America/Argentina/ComodRivadavia"),
        "",
        MOMENT.date(),
    )
    page = replace(longest, reach="https://example.com/".ljust(PAGE_LIMIT, "a"), openings=())
    served = (HELP_LINES, (longest,) * LINES_LIMIT, (page,) * LINES_LIMIT)
    moments = [MOMENT + timedelta(hours=each) for each in range(24)]
    return {
        "lines": lambda locale: (
            render.told(HelpNow(lines, now), locale, key) for lines in served for now in moments for key in keys
        ),
        "lists": lambda locale: iter([render.lists(HIGHEST, locale)]),
        "sentence": lambda locale: iter([render.sentence(locale, "safety.crisis_words_kept")]),
    }


def _numbered_cases(case: Case) -> tuple[Case, ...]:
    return tuple(replace(case, case_id=HIGHEST - number) for number in range(CASES_PAGE))
