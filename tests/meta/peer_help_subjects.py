"""Everything that the face of asks can be asked to draw, from the emptiest to the longest."""

import itertools
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta

from bot.features.members.model import TOPIC_LENGTH, Notice, Told
from bot.features.members.reach import Kind, Way
from bot.features.peer_help.ladder import Climb
from bot.features.peer_help.model import (
    AFTER_LIMIT,
    DETAILS_LIMIT,
    HELPED_LIMIT,
    MINE_LIMIT,
    PAGE,
    PAGES_LIMIT,
    REPLY_LIMIT,
    TITLE_LIMIT,
    UNMASK_LIMIT,
    WORDS_LIMIT,
    Ask,
    AskPage,
    End,
    HandPost,
    Helper,
    Outlook,
    PseudonymPage,
    Reply,
    State,
    Turn,
    Unmasking,
    Wants,
)
from bot.features.peer_help.posts import Came, Relayed, Wanted
from bot.features.peer_help.tags import OTHER, TAGGED_STATES
from bot.kernel.i18n import Texts
from cogs.peer_help.listing import ListRender
from cogs.peer_help.render import Render
from tests.meta.drawing import HIGHEST, MARK, MOMENT, Draw, long_text

_PSEUDONYM = "渡り廊下のサンショウウオ 9999"
_OWN_TOPIC = "あ" * TOPIC_LENGTH
_LONGEST = Ask(
    ask_id=HIGHEST,
    server_id=HIGHEST,
    asker_id=HIGHEST,
    pseudonym="",
    account_id=None,
    state=State.WAITING,
    turn=Turn.HELPER,
    topic=_OWN_TOPIC,
    wants=Wants.ADVICE,
    title=long_text(TITLE_LIMIT),
    details=long_text(DETAILS_LIMIT),
    helped=long_text(HELPED_LIMIT),
    is_findable=True,
    first_id=HIGHEST,
    is_by_hand=False,
    revision=HIGHEST,
    channel_id=HIGHEST,
    message_id=HIGHEST,
    thread_id=HIGHEST,
    is_in_forum=False,
    serial=0,
    asked_at=MOMENT,
    posts_at=MOMENT,
    posted_at=MOMENT,
    answered_at=None,
    turn_since=MOMENT,
    checked_at=None,
    ended_at=None,
    ending=None,
    after_at=None,
    climb=Climb(MOMENT),
    step_at=None,
    call_serial=0,
    call_channel_id=None,
    call_message_id=None,
    me_too=1000,
)
_EMPTIEST = replace(
    _LONGEST,
    topic="other",
    title="?",
    details="",
    helped="",
    is_findable=False,
    channel_id=None,
    message_id=None,
    thread_id=None,
    posted_at=None,
    me_too=0,
)
_ALL = tuple(State)
_OWN = tuple(state for state in _ALL if state is not State.WITHDRAWN)
_POSTED = tuple(state for state in _OWN if state is not State.PREVIEW)
_WAYS = ("here_asked", "step_back_asked", "reply_asked", "still_open", "resolve_asked", "reopen_asked", "after_asked")


def peer_help(texts: Texts) -> dict[str, Draw]:
    render = Render(texts)
    outlooks = [Outlook(moment, usual, True) for moment in (None, MOMENT) for usual in (None, timedelta(hours=3))]
    outlooks.append(Outlook(None, None, has_helpers=False))
    return {
        "card": lambda locale: (render.card(ask, locale, MARK) for ask in _asks()),
        "thread": lambda locale: (render.thread(ask, locale) for ask in _asks()),
        "came": lambda locale: (render.came(came, locale, MARK) for came in _came()),
        "relayed": lambda locale: (render.relayed(relayed, locale, MARK) for relayed in _relayed()),
        "call": lambda locale: (render.call(ask, locale, MARK) for ask in _asks()),
        "offer": lambda locale: iter([render.offer(HandPost(HIGHEST, 1, HIGHEST, "", None), locale, MARK)]),
        "asked": lambda locale: (
            render.asked(ask, outlook, locale, asks_consent=asks_consent)
            for ask in _asks([State.WAITING])
            for outlook in outlooks
            for asks_consent in (True, False)
        ),
        "preview": lambda locale: (render.preview(ask, locale) for ask in _asks([State.PREVIEW]) if ask.is_anonymous),
        "mine": lambda locale: (
            render.mine(ask, locale, news, can_thank=can_thank)
            for ask in _asks(_OWN)
            for news in ("", "peer_help.waits_already")
            for can_thank in (True, False)
        ),
        "list_mine": lambda locale: (
            render.list_mine(HIGHEST, asks, locale) for asks in ([], *_numbered(MINE_LIMIT, _OWN))
        ),
        "withdrawal": lambda locale: iter([render.withdrawal(_LONGEST, locale)]),
        "here": lambda locale: (
            render.here(replace(ask, wants=wants), locale, is_new=is_new)
            for ask in (_LONGEST, _EMPTIEST)
            for wants in Wants
            for is_new in (True, False)
        ),
        "told": lambda locale: (
            render.told(locale, "peer_help.resolve_there", ask) for ask in (None, _LONGEST, _EMPTIEST)
        ),
        "tag": lambda locale: (texts(locale, f"peer_help.tag_{code}") for code in (OTHER, *TAGGED_STATES)),
        **_lists(ListRender(texts)),
    }


def _lists(lists: ListRender) -> dict[str, Draw]:
    return {
        "open_asks": lambda locale: (lists.open_asks(page, locale) for page in _pages()),
        "found": lambda locale: (lists.found(page, locale) for page in _pages()),
        "pseudonyms": lambda locale: (
            lists.pseudonyms(
                PseudonymPage(
                    HIGHEST,
                    tuple((ask, wanted and replace(wanted, unmasking_id=ask.ask_id)) for ask in asks),
                    number=0,
                    pages=PAGES_LIMIT,
                ),
                locale,
                can_unmask=can_unmask,
            )
            for asks in ([], *_numbered(PAGE, _POSTED))
            for wanted in (None, *_unmaskings())
            for can_unmask in (True, False)
        ),
        "stopping": lambda locale: iter([lists.stopping(HIGHEST, locale)]),
        "wanted": lambda locale: (
            lists.wanted(Wanted(replace(_LONGEST, pseudonym=_PSEUDONYM), unmasking), locale, MARK)
            for unmasking in _unmaskings()
        ),
        "unmasked": lambda locale: iter([lists.unmasked(replace(_LONGEST, pseudonym=_PSEUDONYM), locale)]),
        "told": lambda locale: iter([lists.told(locale, "peer_help.unmasking_wanted")]),
    }


def notices() -> Iterator[tuple[Notice, Told]]:
    """Yield each thing that asks tell members, by each of the controls that take something up."""
    keys = (
        *(f"{said}_{wants}" for said in ("invite", "named", "anonymously") for wants in Wants),
        *(f"ended_{ending}" for ending in End),
        *("nudge", "here", "spoke", "still_open", "after", "outcome", "resolved", "unmasked"),
    )
    for key, control in itertools.product(keys, (None, *_WAYS)):
        ways = () if control is None else (control,)
        for kind, state in ((Kind.ANSWERS, "open"), (Kind.HELP, "open"), (Kind.HELPING, "taken")):
            told = Told(
                f"peer_help.told_{key}",
                ways,
                HIGHEST,
                long_text(TITLE_LIMIT + HELPED_LIMIT),
                MOMENT,
                "https://a.example",
            )
            yield Notice(HIGHEST, HIGHEST, HIGHEST, kind, "peer_help", "", 1, Way.DM, state, MOMENT, HIGHEST), told


def _asks(states: Collection[State] = _ALL) -> Iterator[Ask]:
    for ask, pseudonym, state in itertools.product((_LONGEST, _EMPTIEST), ("", _PSEUDONYM), states):
        now = replace(ask, pseudonym=pseudonym, state=state)
        if state is State.CLOSED:
            yield from (replace(now, ending=ending) for ending in End)
        else:
            yield from (replace(now, turn=turn) for turn in Turn)


def _numbered(many: int, states: Collection[State]) -> Iterator[list[Ask]]:
    """Yield lists of up to ``many`` asks, that differ by their numbers."""
    for ask, count in itertools.product(_asks(states), (1, many)):
        yield [replace(ask, ask_id=HIGHEST - number) for number in range(count)]


def _pages() -> Iterator[AskPage]:
    yield AskPage(HIGHEST, (), 0, 1, 0, HIGHEST, long_text(WORDS_LIMIT))
    for asks in _numbered(PAGE, _POSTED):
        yield AskPage(HIGHEST, tuple(asks), PAGES_LIMIT - 1, PAGES_LIMIT, 1000, HIGHEST, long_text(WORDS_LIMIT))


def _came() -> Iterator[Came]:
    helper = Helper(1, HIGHEST, HIGHEST, MOMENT, None, None, None)
    return (Came(replace(_LONGEST, wants=wants), helper) for wants in Wants)


def _relayed() -> Iterator[Relayed]:
    for pseudonym, words, is_after in itertools.product(("", _PSEUDONYM), (REPLY_LIMIT, AFTER_LIMIT, 0), (True, False)):
        yield Relayed(replace(_LONGEST, pseudonym=pseudonym), Reply(1, 1, long_text(words), is_after, None))


def _unmaskings() -> Iterator[Unmasking]:
    reason = long_text(UNMASK_LIMIT)
    yield Unmasking(HIGHEST, HIGHEST, HIGHEST, HIGHEST, reason, None, None, None, None)
    yield Unmasking(HIGHEST, HIGHEST, HIGHEST, None, reason, None, MOMENT, HIGHEST, HIGHEST)
