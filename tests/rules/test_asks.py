"""What becomes of an ask, whatever is done in whatever order; its pseudonym, its tags, and where it stands."""

import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.members.model import TOPICS
from bot.features.members.reach import Kind, Way
from bot.features.peer_help import turns
from bot.features.peer_help.ladder import Climb
from bot.features.peer_help.model import (
    DETAILS_LIMIT,
    TITLE_LIMIT,
    Ask,
    End,
    Helper,
    State,
    Turn,
    Wants,
    Written,
    complaint_about,
    is_exclusive,
)
from bot.features.peer_help.pseudonyms import new_pseudonym
from bot.features.peer_help.tags import OTHER, TAGGED_TOPICS, applied, tag_codes
from bot.kernel.i18n import LOCALES, Locale
from bot.kernel.tags import MOST_TAGS

START = datetime(2026, 11, 23, tzinfo=UTC)
TAGS_A_POST = 5  # that Discord takes


def an_ask(**values: object) -> Ask:
    """Return an ask that waits, and was posted nowhere yet."""
    empty: dict[str, object] = dict.fromkeys(each.name for each in fields(Ask))
    known = {
        "ask_id": 7,
        "server_id": 1,
        "asker_id": 2,
        "pseudonym": "",
        "state": State.WAITING,
        "turn": Turn.HELPER,
        "topic": "parenting",
        "wants": Wants.EITHER,
        "title": "title",
        "details": "details",
        "helped": "",
        "is_findable": False,
        "is_by_hand": False,
        "is_in_forum": False,
        "revision": 1,
        "serial": 0,
        "me_too": 0,
        "asked_at": START,
        "posts_at": START,
        "turn_since": START,
        "climb": Climb(START),
        "step_at": START,
        "call_serial": 0,
    }
    return Ask(**(empty | known | values))  # type: ignore[arg-type] # by the names of its own fields


# ── Turns ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Act = Callable[[Ask, datetime], Ask]


def asked_whether_open(ask: Ask, now: datetime) -> Ask:
    """Do as the ladder does, which asks at the asker's turn alone."""
    return replace(ask, checked_at=now) if (ask.state, ask.turn) == (State.TALKING, Turn.ASKER) else ask


def while_open(act: Act) -> Act:
    return lambda ask, now: act(ask, now) if ask.state.is_open else ask


ACTS: dict[str, Act] = {
    "posted": turns.posted,
    "came": while_open(turns.helper_came),
    "other spoke": turns.helper_spoke,
    "asker spoke": turns.asker_spoke,
    "waits": turns.waits,
    "checked": asked_whether_open,
    "still open": turns.still_open,
    "resolved": while_open(lambda ask, now: turns.ended(ask, State.RESOLVED, now)),
    "closed": while_open(lambda ask, now: turns.ended(ask, State.CLOSED, now, End.SILENCE)),
    "lost": lambda ask, _now: turns.lost(ask),
    "thread lost": lambda ask, _now: turns.thread_lost(ask),
}
histories = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 10_000)), max_size=40)


def turn_by(words: list[str]) -> Turn:
    """Return whose turn it is, in the words of the product: the asker's once somebody else spoke, till they do."""
    spoken = [each for each in words if each in {"other spoke", "asker spoke", "waits", "came while waiting"}]
    return Turn.ASKER if spoken and spoken[-1] == "other spoke" else Turn.HELPER


@settings(max_examples=1000)
@given(histories)
def test_an_open_ask_always_has_a_next_step_and_is_at_the_turn_of_who_did_not_speak_last(
    history: list[tuple[str, int]],
) -> None:
    """Pure histories; those with the real ladder and database are in ``tests/storage/test_ask_histories.py``."""
    ask, now, done = an_ask(), START, list[str]()
    for name, minutes in history:
        now += timedelta(minutes=minutes)
        before, ask = ask, ACTS[name](ask, now)
        if before.state.is_open or name == "waits":
            # An asker who speaks before anybody has answered goes on waiting.
            is_nothing = name == "asker spoke" and before.state is State.WAITING
            came = "came while waiting" if (name, before.state) == ("came", State.WAITING) else name
            done += [] if is_nothing else [came]
        if ask.state.is_open:
            assert ask.step_at is not None
            assert (ask.ended_at, ask.ending) == (None, None)
            assert ask.turn is turn_by(done)
        else:
            assert ask.ended_at is not None
            assert (ask.ending is None) is (ask.state is State.RESOLVED)
        assert ask.checked_at is None or (ask.state, ask.turn) == (State.TALKING, Turn.ASKER)
        assert before.answered_at in {None, ask.answered_at}
        assert ask.state is not State.TALKING or ask.answered_at is not None
        if ask.turn is not before.turn or ask.state is not before.state:
            assert ask.step_at == now  # somebody looks at it at once
        assert (ask.asker_id, ask.title) == (2, "title")


def test_nothing_is_left_of_what_was_withdrawn() -> None:
    ask = replace(an_ask(), helped="a walk", is_findable=True)
    gone = turns.withdrawn(ask, START)
    assert (gone.title, gone.details, gone.helped, gone.is_findable) == ("", "", "", False)
    assert gone.revision > ask.revision  # what is on its way is brought up to date
    for act in ("other spoke", "asker spoke", "still open", "posted"):
        assert ACTS[act](gone, START) == gone


@pytest.mark.parametrize("state", [State.RESOLVED, State.CLOSED, State.WITHDRAWN, State.PREVIEW])
def test_what_is_said_when_it_is_over_opens_nothing_again(state: State) -> None:
    ask = an_ask(state=state, ended_at=START)
    assert turns.helper_spoke(ask, START) == turns.asker_spoke(ask, START) == turns.still_open(ask, START) == ask


def test_who_names_somebody_has_them_asked_first_once() -> None:
    named = an_ask(first_id=3, climb=Climb(START, names_one=True))
    assert turns.posted(named, START).climb.names_one
    assert turns.waits(named, START).climb.names_one
    asked = replace(named, climb=replace(named.climb, names_one=False))
    assert not turns.waits(asked, START).climb.names_one
    forgotten = replace(named, first_id=None)
    assert not turns.waits(forgotten, START).climb.names_one


# ── What it says of itself ────────────────────────────────────────────────────────────────────────────────────────


def test_who_asks_under_a_pseudonym_is_shown_nowhere() -> None:
    ask = an_ask(pseudonym="Quiet Owl")
    assert ask.is_anonymous
    assert ask.shown_asker_id is None
    assert "asker_id" not in repr(ask)
    assert an_ask().shown_asker_id == 2


@pytest.mark.parametrize(
    ("values", "place_id", "end"),
    [
        ({}, None, ""),
        ({"channel_id": 5, "message_id": 6}, 5, "/1/5/6"),
        ({"channel_id": 5, "message_id": 6, "thread_id": 6}, 5, "/1/6"),
        ({"channel_id": 5, "message_id": 6, "thread_id": 6, "is_in_forum": True}, 6, "/1/6"),
        ({"channel_id": 5, "message_id": 9, "thread_id": 6, "is_by_hand": True}, 6, "/1/6"),
    ],
)
def test_where_its_card_stands_and_what_leads_there(values: dict[str, object], place_id: int | None, end: str) -> None:
    ask = an_ask(**values)
    assert ask.place_id == place_id
    assert ask.url == (f"https://discord.com/channels{end}" if end else "")
    assert ask.is_posted is bool(values)
    if ask.is_posted:
        gone = turns.lost(ask)
        assert (gone.place_id, gone.url, gone.is_posted, gone.is_by_hand) == (None, "", False, False)
        assert gone.serial == ask.serial + 1  # so that the next one is another card


@pytest.mark.parametrize(("ending", "is_stopped"), [(End.STOPPED, True), (End.LOCKED, True), (End.SILENCE, False)])
def test_moderators_have_the_last_word(ending: End, is_stopped: bool) -> None:
    assert an_ask(state=State.CLOSED, ending=ending).is_stopped is is_stopped


def test_a_helper_is_here_from_when_they_come_to_when_they_leave() -> None:
    helper = Helper(1, 7, 3, None, None, START, None)
    assert not helper.is_here  # who only wrote is not counted on
    came = replace(helper, came_at=START)
    assert came.is_here
    assert not replace(came, left_at=START).is_here


@pytest.mark.parametrize("helpers", range(3))
def test_advice_comes_from_one_at_a_time_and_listeners_are_many(helpers: int) -> None:
    assert is_exclusive(Wants.ADVICE, helpers) is (helpers > 0)
    assert not is_exclusive(Wants.LISTEN, helpers)
    assert not is_exclusive(Wants.EITHER, helpers)


@pytest.mark.parametrize(
    ("title", "details", "complaint"),
    [
        ("", "", "peer_help.title_missing"),
        (" \u3000\n", "details", "peer_help.title_missing"),
        ("a" * TITLE_LIMIT, "b" * DETAILS_LIMIT, None),
        ("a" * (TITLE_LIMIT + 1), "", "peer_help.too_long"),
        ("a", "b" * (DETAILS_LIMIT + 1), "peer_help.too_long"),
    ],
)
def test_a_form_says_what_is_wrong_with_it(title: str, details: str, complaint: str | None) -> None:
    assert complaint_about(Written("parenting", Wants.LISTEN, title, details)) == complaint


# ── Pseudonyms ────────────────────────────────────────────────────────────────────────────────────────────────────

WORDS: dict[Locale, str] = {
    "ja": r"[ぁ-んァ-ヶー一-龠]+の[ァ-ヶー]+( \d{4})?",
    "en": r"[A-Z][a-z]+ [A-Z][a-z]+( \d{4})?",
}


@pytest.mark.parametrize("language", LOCALES)
async def test_no_pseudonym_is_used_twice_also_when_all_names_are_gone(language: Locale) -> None:
    used = set[str]()

    async def is_used(name: str) -> bool:
        return name in used

    for _ in range(1500):  # more than there are pairs of words
        name = await new_pseudonym(language, is_used)
        assert name not in used
        assert re.fullmatch(WORDS[language], name), name
        used.add(name)
    assert any(name[-1].isdigit() for name in used)
    assert sum(not name[-1].isdigit() for name in used) > 700


# ── Tags ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.sampled_from(TOPICS), unique=True, max_size=25).map(tuple), st.sampled_from(TOPICS))
def test_each_ask_has_the_tag_of_its_topic_or_of_others_and_of_its_state(topics: tuple[str, ...], topic: str) -> None:
    codes = tag_codes(topics)
    assert len(codes) == len(set(codes)) <= MOST_TAGS
    tags = {code: number for number, code in enumerate(codes, start=1)}
    by_id = {number: code for code, number in tags.items()}
    for state in (State.WAITING, State.TALKING, State.RESOLVED, State.CLOSED):
        found = [by_id[number] for number in applied(an_ask(topic=topic, state=state), topics, tags)]
        first = f"topic:{topic}" if topic in topics[:TAGGED_TOPICS] else OTHER
        assert found == [first, f"state:{state}"]
        assert len(found) <= TAGS_A_POST
    (left,) = applied(an_ask(topic=topic, state=State.WITHDRAWN), topics, tags)
    assert by_id[left] in {f"topic:{topic}", OTHER}  # of what was withdrawn, no state is told


def test_tags_that_there_was_no_room_for_are_done_without() -> None:
    assert applied(an_ask(), ("parenting",), {}) == ()
    assert applied(an_ask(), ("parenting",), {"topic:parenting": 3}) == (3,)


# ── On which way it is told ───────────────────────────────────────────────────────────────────────────────────────

consents = st.dictionaries(st.sampled_from(list(Kind)), st.sampled_from(list(Way)))


@given(st.sampled_from(list(Kind)), consents)
def test_nobody_is_asked_without_consent_and_everything_else_waits_in_the_inbox(
    kind: Kind, agreed: dict[Kind, Way]
) -> None:
    way = kind.way(agreed)
    if kind in agreed:
        assert way is agreed[kind]
    elif kind.asks:
        assert way is None
    elif kind in {Kind.HELPING, Kind.READING}:  # who answers, or reads, hears there how it goes on
        assert way is agreed.get(Kind.HELP if kind is Kind.HELPING else Kind.REVIEW, Way.INBOX)
    else:
        assert way is Way.INBOX
