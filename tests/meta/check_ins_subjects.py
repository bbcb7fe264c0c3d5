"""Everything that the face of check-ins can be asked to draw, from the emptiest to the longest."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.features.check_ins.letter_store import Letter
from bot.features.check_ins.letters import WAITS_SHOWN, Written
from bot.features.check_ins.model import (
    LISTED,
    PAGE,
    PAGES_LIMIT,
    PREVIEWED,
    PROMPT_LIMIT,
    SCHEDULES_LIMIT,
    WORDS_LIMIT,
    Answer,
    CheckIn,
    Mood,
    Planned,
    Prompt,
    PromptPage,
    Schedule,
    Shows,
    Why,
)
from bot.features.check_ins.posts import Answered, Asked
from bot.features.check_ins.shipped import SHIPPED
from bot.features.check_ins.times import Due
from bot.features.members.model import News, Notice, Told
from bot.features.members.reach import Kind, Way
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import Card
from cogs.check_ins.letter import LetterRender
from cogs.check_ins.own_render import OwnRender
from cogs.check_ins.render import Render
from tests.meta.drawing import HIGHEST, MARK, MOMENT, Draw, Drawing, long_text

_ZONE = ZoneInfo("America/Argentina/ComodRivadavia")  # no name in the IANA list is longer
_LOCAL = datetime(2026, 11, 23, 20, 30, tzinfo=UTC).replace(tzinfo=None)
_CHECK_IN = CheckIn(HIGHEST, HIGHEST, HIGHEST, HIGHEST, _LOCAL, MOMENT, HIGHEST, HIGHEST, HIGHEST, MOMENT)
_LOCKED = _CHECK_IN, replace(_CHECK_IN, is_locked=True)
_NEWS = "answered", "answered_locked", "kept_for_you", "taken_back"
_OWN_PROMPT = Prompt(HIGHEST, HIGHEST, "", {"ja": long_text(PROMPT_LIMIT), "en": long_text(PROMPT_LIMIT)})
_PROMPTS = (
    _OWN_PROMPT,
    replace(_OWN_PROMPT, prompt_id=HIGHEST - 1, words={"ja": "？"}, is_retired=True, used_at=MOMENT),
    *(Prompt(number, HIGHEST, code, {}, used_at=MOMENT) for number, code in enumerate(SHIPPED)),
)
_LONG = tuple(replace(_OWN_PROMPT, prompt_id=HIGHEST - number, is_retired=True) for number in range(PAGE))
_ANSWER = Answer(HIGHEST, HIGHEST, HIGHEST, HIGHEST, long_text(WORDS_LIMIT), Shows.NAME, Mood.SIGH, MOMENT, HIGHEST)
_HELP_LINES = "- a line\n" * 150  # about what is shipped
_PLANNED = Planned(frozenset(range(7)), time(23, 59), _ZONE, HIGHEST, "JP")
_SCHEDULE = Schedule(HIGHEST, HIGHEST, _PLANNED, 1, False, MOMENT, MOMENT)
_NEVER = replace(_SCHEDULE, planned=replace(_PLANNED, days=frozenset({0}), country=""), next_at=None)


def check_ins(texts: Texts) -> dict[str, Draw]:
    render, own, letter = Render(texts), OwnRender(texts, Render(texts)), LetterRender(texts)
    return {
        "card": lambda locale: (
            render.card(Asked(_CHECK_IN, prompt, is_late), locale, MARK)
            for prompt in _PROMPTS
            for is_late in (True, False)
        ),
        "thread": lambda locale: iter([render.thread(Asked(_CHECK_IN, _OWN_PROMPT, False), locale)]),
        "answer": lambda locale: (render.answer(Answered(_CHECK_IN, each), locale, MARK) for each in _answers()),
        "mine": lambda locale: (
            render.mine(check_in, _OWN_PROMPT, answer, locale, news, help_lines=lines)
            for check_in in (*_LOCKED, replace(_CHECK_IN, channel_id=None, thread_id=None, message_id=None))
            for answer in (None, *_answers(), replace(_ANSWER, shows=Shows.ME, message_id=None, serial=1))
            for news in ("", *(f"check_ins.{each}" for each in _NEWS))
            for lines in ("", _HELP_LINES)
        ),
        "schedules": lambda locale: (
            render.schedules(HIGHEST, schedules, missed, locale, news)
            for schedules in _lists()
            for missed in ([], [_CHECK_IN], [replace(_CHECK_IN, why=why) for why in Why] * (7 * SCHEDULES_LIMIT))
            for news in ("", "check_ins.schedule_removed")
        ),
        "schedule": lambda locale: (
            render.schedule(schedule, due, locale, news)
            for schedule in (_SCHEDULE, _NEVER)
            for due in ((), [Due(_CHECK_IN.local, MOMENT)] * PREVIEWED)
            for news in ("", "check_ins.saved")
        ),
        "removing": lambda locale: iter([render.removing(_SCHEDULE, locale)]),
        "prompts": lambda locale: (
            render.prompts(PromptPage(HIGHEST, prompts, number, pages, 999), locale, news)
            for prompts in (_LONG, *(_PROMPTS[start : start + PAGE] for start in range(0, len(_PROMPTS), PAGE)))
            for number, pages in ((0, 1), (PAGES_LIMIT - 1, PAGES_LIMIT))
            for news in ("", "check_ins.saved")
        ),
        "prompt": lambda locale: (
            render.prompt(prompt, locale, news) for prompt in _PROMPTS for news in ("", "check_ins.saved")
        ),
        "words": lambda locale: (Card().text(render.words(prompt, locale)) for prompt in _PROMPTS),
        "mood": lambda locale: (Card().text(render.mood(each, locale)) for each in _answers()),
        "kept": lambda locale: (
            own.kept(_OWN_PROMPT, answer, HIGHEST, locale, help_lines=lines)
            for answer in (None, *_answers())
            for lines in ("", _HELP_LINES)
        ),
        "me": lambda locale: _me(own, locale),
        "told": lambda locale: (own.told(f"check_ins.{each}", locale) for each in ("own_stopped", "goes_on")),
        "letter": lambda locale: (letter.letter(each, locale, MARK) for each in _letters()),
        "chosen": lambda locale: (
            letter.chosen(day, 23, locale, has_channel=has_channel) for day in range(7) for has_channel in (True, False)
        ),
        "hours": lambda locale: (label for _, label in letter.hours(locale)),
    }


def notices() -> Iterator[tuple[Notice, Told]]:
    """Yield each thing that check-ins tell members, with the controls that take it up."""
    told = [Told(f"prompt.{code}", ("own_answer", "own_stop")) for code in SHIPPED]
    told += [
        Told(
            "check_ins.told_own",
            ("own_answer", "own_stop"),
            words=_OWN_PROMPT.words["ja"],
            by_language=_OWN_PROMPT.words,
        )
    ]
    told += [Told("check_ins.told_goes_on", ("go_on", "own_stop"))]
    for each, way, state in itertools.product(told, Way, ("open", "taken")):
        yield Notice(HIGHEST, HIGHEST, HIGHEST, Kind.CHECK_IN, "check_ins", "", 1, way, state, MOMENT, HIGHEST), each


def _lists() -> Iterator[list[Schedule]]:
    """Yield no schedule, one, and as many as there can be."""
    yield []
    for schedule, count in itertools.product((_SCHEDULE, _NEVER), (1, SCHEDULES_LIMIT)):
        yield [replace(schedule, schedule_id=HIGHEST - number) for number in range(count)]


def _answers() -> Iterator[Answer]:
    for shows, mood, words in itertools.product(Shows, (None, *Mood), ("", _ANSWER.words)):
        yield replace(_ANSWER, shows=shows, mood=mood, words=words)


def _me(own: OwnRender, locale: Locale) -> Iterator[Drawing]:
    paused = replace(_SCHEDULE, member_id=HIGHEST, paused_until=MOMENT)
    news = ("", "check_ins.saved", "check_ins.own_stopped", "check_ins.goes_on")
    written = [
        (replace(_CHECK_IN, check_in_id=HIGHEST - number), _OWN_PROMPT, answer)
        for number, answer in enumerate(_answers())
    ]
    for schedule, each, alt in itertools.product((None, _SCHEDULE, paused), news, ("", "a year")):
        for count, by_dm in itertools.product((0, LISTED), (True, False)):
            yield own.me(HIGHEST, schedule, locale, each, by_dm=by_dm, alt=alt, written=written[:count])


def _letters() -> Iterator[Written]:
    kinds = ("introductions.news_came", "peer_help.news_answered", "blog_reviews.news_read", "reputation.news_thanks")
    happened = [News(kind, count) for kind in kinds for count in (1, 1000)]
    waits = ("introductions.news_waits", "peer_help.news_waits", "blog_reviews.news_waits")
    waiting = [News(kind, since=MOMENT, url=url) for kind in waits for url in ("", "https://a.jp")]
    letter = Letter(HIGHEST, HIGHEST, datetime(2026, 11, 29, 9, tzinfo=UTC), None, None)
    yield Written(letter, tuple(happened[:1]))
    yield Written(letter, (*happened, *waiting[:WAITS_SHOWN]), has_more=True)
    yield Written(letter, tuple(waiting[:WAITS_SHOWN]))
