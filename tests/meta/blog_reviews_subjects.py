"""Everything that the face of reviews can be asked to draw, from the emptiest to the longest."""

import itertools
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.features.blog_reviews.feedback import parts
from bot.features.blog_reviews.model import (
    CLAIMS_LIMITS,
    FIELD_LIMIT,
    FIELDS,
    MINE_LIMIT,
    PAGE,
    PAGES_LIMIT,
    QUESTION_LIMIT,
    QUICK_LIMIT,
    TITLE_LIMIT,
    Claim,
    End,
    Feedback,
    Field,
    Mine,
    Outlook,
    Part,
    QueuePage,
    Review,
    State,
    Wants,
)
from bot.features.blog_reviews.posts import Said, Shown
from bot.features.members.model import Notice, Told
from bot.features.members.reach import Kind, Way
from bot.kernel.addresses import ADDRESS_LIMIT
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import Card
from cogs.blog_reviews.listing import ListRender
from cogs.blog_reviews.render import Render
from tests.meta.drawing import HIGHEST, MARK, MOMENT, Draw, Drawing, long_text

_HOST_LIMIT = 253  # characters of a name (RFC 1035)
_WAITS = (None, timedelta(minutes=1), timedelta(days=89, hours=23))
_LONGEST = Review(
    review_id=HIGHEST,
    server_id=HIGHEST,
    author_id=HIGHEST,
    state=State.WAITING,
    url="https://example.com/".ljust(ADDRESS_LIMIT, "_"),
    host="_a." * (_HOST_LIMIT // 3),
    address="//example.com/".ljust(ADDRESS_LIMIT, "_"),
    title=long_text(TITLE_LIMIT),
    wants=Wants.CLARITY,
    question=long_text(QUESTION_LIMIT),
    wish_on=date(2026, 12, 31),
    revision=HIGHEST,
    channel_id=HIGHEST,
    message_id=HIGHEST,
    thread_id=HIGHEST,
    serial=0,
    requested_at=MOMENT,
    posted_at=MOMENT,
    begun_at=MOMENT,
    is_lapsed=True,
    invited_at=None,
    declined=0,
    answered_at=None,
    ended_at=None,
    ending=None,
    step_at=None,
    quick_count=1000,
    read_count=1000,
)
_EMPTIEST = replace(
    _LONGEST,
    author_id=None,
    url="https://a.jp",
    host="a.jp",
    title="?",
    wants=Wants.ANYTHING,
    question="",
    wish_on=None,
    channel_id=None,
    message_id=None,
    thread_id=None,
    posted_at=None,
    is_lapsed=False,
    quick_count=0,
    read_count=0,
)
_CLAIM = Claim(HIGHEST, HIGHEST, HIGHEST, MOMENT, MOMENT)
_ALL = tuple(State)
_OWN = tuple(state for state in _ALL if state is not State.WITHDRAWN)
_UNREAD = tuple(state for state in _ALL if state.is_unread)


def blog_reviews(texts: Texts) -> dict[str, Draw]:
    render, lists = Render(texts), ListRender(texts)
    own_news = ("", *(f"blog_reviews.{each}" for each in ("waits_again", "is_closed", "changed")))
    return {
        "card": lambda locale: (
            render.card(Shown(review, usual), locale, MARK) for review in _reviews() for usual in _WAITS
        ),
        "thread": lambda locale: (render.thread(Shown(review, None), locale) for review in _reviews()),
        "part": lambda locale: (render.part(said, locale, MARK) for said in _said()),
        "brought": lambda locale: (Card().text(render.brought(review, locale)) for review in _reviews(_UNREAD)),
        "asked": lambda locale: (
            render.asked(review, outlook, locale, to_read=to_read, asks_consent=asks_consent)
            for review in _reviews([State.WAITING])
            for outlook in _outlooks()
            for to_read in (0, 1, 1000)
            for asks_consent in (True, False)
        ),
        "mine": lambda locale: itertools.chain(_mine(render, own_news, locale), _lists_of_ones_own(lists, locale)),
        "reading": lambda locale: (
            render.reading(review, reader_id, locale, news, asks_consent=asks_consent)
            for review in _reviews(_OWN)
            for reader_id in (HIGHEST, 1)
            for news in ("", "blog_reviews.you_read", "blog_reviews.redated")
            for asks_consent in (True, False)
        ),
        "closing": lambda locale: (render.closing(review, locale) for review in _reviews(_OWN)),
        "withdrawal": lambda locale: (render.withdrawal(review, locale) for review in _reviews(_OWN)),
        "written": lambda locale: (
            render.written(review, locale, f"blog_reviews.{key}", asks_consent=asks_consent)
            for review in _reviews(_OWN)
            for key in ("delivered", "reacted", "thanked")
            for asks_consent in (True, False)
        ),
        "told": lambda locale: (render.told(locale, f"blog_reviews.{key}") for key in ("released", "is_withdrawn")),
        "queue": lambda locale: (
            lists.queue(page, member_id, locale) for page in _pages() for member_id in (1, HIGHEST)
        ),
    }


def notices() -> Iterator[tuple[Notice, Told]]:
    """Yield each thing that reviews tell members, with the controls that take it up."""
    reading = ("deliver_asked", "redate_asked", "release_asked")
    told: dict[str, tuple[Kind, tuple[str, ...]]] = {
        "invite": (Kind.REVIEW, ("claim_asked",)),
        "remind": (Kind.READING, reading),
        "missed": (Kind.READING, ("deliver_asked",)),
        "over": (Kind.READING, ()),
        "given": (Kind.ANSWERS, ("thank_asked",)),
        "quick": (Kind.ANSWERS, ("thank_asked",)),
        **dict.fromkeys(("taken", "back_released", "back_lapsed", "gone"), (Kind.ANSWERS, ())),
    }
    for (key, (kind, ways)), way, state in itertools.product(told.items(), Way, ("open", "taken", "passed")):
        notice = Notice(HIGHEST, HIGHEST, HIGHEST, kind, "blog_reviews", "", 1, way, state, MOMENT, HIGHEST)
        words = long_text(TITLE_LIMIT)
        yield notice, Told(f"blog_reviews.told_{key}", ways, HIGHEST, words, MOMENT, "https://a.example")


def _reviews(states: Collection[State] = _ALL) -> Iterator[Review]:
    for review, wants, state in itertools.product((_LONGEST, _EMPTIEST), Wants, states):
        now = replace(review, wants=wants, state=state)
        if state is State.CLOSED:
            yield from (replace(now, ending=ending) for ending in End)
        else:
            yield replace(now, claim=_CLAIM if state is State.CLAIMED else None)


def _outlooks() -> Iterator[Outlook]:
    when = ((MOMENT, True), (None, True), (None, False))  # members are asked then, now, or nobody agreed to be
    for ahead, (asked_from, has_readers), usual in itertools.product((0, 1, 1000), when, _WAITS):
        yield Outlook(ahead, asked_from, has_readers, usual)


def _mine(render: Render, news: tuple[str, ...], locale: Locale) -> Iterator[Drawing]:
    for review, outlook, said, can_thank in itertools.product(_reviews(_OWN), _outlooks(), news, (True, False)):
        yield render.mine(review, outlook, locale, said, can_thank=can_thank)


def _lists_of_ones_own(lists: ListRender, locale: Locale) -> Iterator[Drawing]:
    yield lists.mine(Mine(HIGHEST, HIGHEST), locale)
    for reviews, claims_limit in itertools.product(_numbered(MINE_LIMIT, _OWN), CLAIMS_LIMITS):
        read = min(claims_limit, len(reviews))
        mine = Mine(HIGHEST, HIGHEST, own=reviews[read:], reading=reviews[:read], claims_limit=claims_limit)
        yield lists.mine(mine, locale, "members.saved")


def _pages() -> Iterator[QueuePage]:
    for usual, asks_consent in itertools.product(_WAITS, (True, False)):
        yield QueuePage(HIGHEST, (), 0, 1, 0, usual, asks_consent)
        for reviews in _numbered(PAGE, [State.WAITING]):
            yield QueuePage(HIGHEST, reviews, PAGES_LIMIT - 1, PAGES_LIMIT, 1000, usual, asks_consent)


def _numbered(many: int, states: Collection[State]) -> Iterator[tuple[Review, ...]]:
    """Yield lists of up to ``many`` requests, that differ by their numbers."""
    for review, count in itertools.product(_reviews(states), (1, many)):
        yield tuple(replace(review, review_id=HIGHEST - number) for number in range(count))


def _said() -> Iterator[Said]:
    """Yield each message of the longest feedback and of the shortest, of a first reaction, and of what was removed."""
    longest = parts([(field, long_text(FIELD_LIMIT)) for field in FIELDS])
    quick = [parts([(Field.QUICK, long_text(limit))])[0] for limit in (QUICK_LIMIT, 1)]
    for is_quick, messages in ((False, [*longest, *parts([(FIELDS[0], "?")]), ()]), (True, [*quick, ()])):
        for (number, words), writer_id in itertools.product(enumerate(messages), (HIGHEST, None)):
            feedback = Feedback(HIGHEST, HIGHEST, writer_id, is_quick, MOMENT)
            yield Said(_LONGEST, feedback, Part(HIGHEST, HIGHEST, number, words, None))
