"""What may stand in an introduction, and which topics its card shows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.introductions.model import (
    LINK_LIMIT,
    NOTE_LIMIT,
    NOW_LIMIT,
    OPEN_WISHES,
    Choice,
    Introduction,
    Side,
    State,
    Written,
    complaint_about,
    is_public_link,
)
from bot.features.members.model import TOPICS
from bot.kernel.waits import USUAL_LEAST, usual_wait

NOW = datetime(2026, 11, 23, tzinfo=UTC)
CHOSEN = st.lists(st.sampled_from(TOPICS), max_size=25).map(tuple)
EMPTY = Introduction(
    introduction_id=1,
    server_id=2,
    member_id=3,
    state=State.DRAFT,
    revision=0,
    published_revision=None,
    name="",
    now="",
    note="",
    link="",
    trade_line="",
    channel_id=None,
    message_id=None,
    thread_id=None,
    thread_gone=False,
    card_serial=0,
    interaction_id=None,
    published_at=None,
)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        (Written("x"), None),
        (Written("x" * NOW_LIMIT, note="y" * NOTE_LIMIT), None),
        (Written("x", link="https://example.com"), None),
        (Written(""), "introductions.now_missing"),
        (Written(" \u3000\n"), "introductions.now_missing"),
        (Written("x" * (NOW_LIMIT + 1)), "introductions.too_long"),
        (Written("x", note="y" * (NOTE_LIMIT + 1)), "introductions.too_long"),
        (Written("x", link="https://example.com/" + "z" * LINK_LIMIT), "introductions.too_long"),
        (Written("x", link="not a link"), "introductions.bad_link"),
    ],
)
def test_a_form_is_taken_or_says_why_not(written: Written, complaint: str | None) -> None:
    assert complaint_about(written) == complaint


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com",
        "http://example.com/path?q=1#here",
        "https://blog.example.co.jp/記事/一",
        "https://日本語.jp/",
        "https://example.com:8443/a_(b)",
        "HTTPS://EXAMPLE.COM",
        "https://example.com./",
        "https://note.com/some_one",
        "https://1password.com",
        "https://example.com/@someone",
    ],
)
def test_a_public_page_is_a_link(link: str) -> None:
    assert is_public_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "example.com",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.com",
        "file:///etc/passwd",
        "https://",
        "https:///example.com",
        "https://localhost",
        "https://localhost./",
        "https://printer.local/",
        "https://db.internal",
        "https://app.localhost:3000",
        "http://127.0.0.1",
        "http://127.0.0.1.",
        "http://127.1",
        "http://2130706433",
        "http://0x7f.0x1",
        "http://0x7f000001",
        "http://1.2.3.0x04",
        "http://１２７.0.0.1",
        "http://127.0.0。1",
        "http://192.168.0.1/",
        "http://8.8.8.8",
        "http://[::1]/",
        "http://[2001:db8::1]/",
        "http://[",
        "http://[::1",
        "https://example.com:port/",
        "https://example.com:99999/",
        "https://user@example.com",
        "https://@example.com",
        "https://:secret@example.com",
        "https://example.com@evil.example.org/",
        "https://example.com\\@evil.example.org/",
        "https://exa mple.com",
        "https://example.com/\n",
        "https://example.com/\u202egnp.exe",
        "https://example.com/\u200bx",
        "https://example.com/\x00",
        "https://example.com/>@everyone",
        "https://example.com/<@1>",
        "https://example.com/`x`",
        "https://exa_mple..com",
        "https://.com",
    ],
)
def test_anything_else_is_not(link: str) -> None:
    assert not is_public_link(link)


@given(st.text())
def test_whatever_is_typed_as_a_link_gets_an_answer(text: str) -> None:
    assert is_public_link(text) in {True, False}
    assert is_public_link(f"https://{text}") in {True, False}


@given(CHOSEN, CHOSEN, st.sets(st.tuples(st.sampled_from(Side), st.sampled_from(TOPICS))))
def test_topics_stay_shown_or_unshown_when_the_form_is_sent_again(
    offered: tuple[str, ...], sought: tuple[str, ...], hidden: set[tuple[Side, str]]
) -> None:
    before = EMPTY.chosen(Written("x", offered, sought))
    after_choice = tuple(replace(choice, on_card=(choice.side, choice.topic) not in hidden) for choice in before)
    again = replace(EMPTY, choices=after_choice).chosen(Written("y", offered, sought))
    assert again == after_choice


@given(CHOSEN, CHOSEN)
def test_what_is_discreet_stays_off_the_card_at_first_only_as_a_wish(
    offered: tuple[str, ...], sought: tuple[str, ...]
) -> None:
    chosen = replace(EMPTY, choices=EMPTY.chosen(Written("x", offered, sought)))
    assert set(chosen.topics(Side.OFFER, on_card=True)) == set(offered)
    assert set(chosen.topics(Side.SEEK, on_card=False)) == set(sought) - OPEN_WISHES
    assert set(chosen.topics(Side.SEEK, on_card=True)) == set(sought) & OPEN_WISHES


@given(CHOSEN, CHOSEN)
def test_a_topic_is_chosen_once_a_side_and_the_form_opens_as_it_was_sent(
    offered: tuple[str, ...], sought: tuple[str, ...]
) -> None:
    choices = EMPTY.chosen(Written("x", offered, sought))
    assert len({(choice.side, choice.topic) for choice in choices}) == len(choices)
    shown = replace(EMPTY, now="x", choices=choices).written()
    assert shown.offer_topics == tuple(dict.fromkeys(offered))
    assert shown.seek_topics == tuple(dict.fromkeys(sought))


def test_a_topic_that_is_dropped_and_chosen_anew_begins_anew() -> None:
    shown = replace(EMPTY, choices=(Choice(Side.SEEK, "health", on_card=True),))
    dropped = replace(shown, choices=shown.chosen(Written("x")))
    assert dropped.choices == ()
    assert dropped.chosen(Written("x", (), ("health",))) == (Choice(Side.SEEK, "health", on_card=False),)


def test_what_people_would_rather_not_be_seen_to_seek_is_discreet() -> None:
    assert set(TOPICS) >= OPEN_WISHES
    assert set(TOPICS) - OPEN_WISHES == {
        "job_change",
        "independent",
        "side_work",
        "household_money",
        "health",
        "listening",
        "workplace",
    }


def test_a_servers_own_topic_is_discreet_as_a_wish_since_nobody_knows_how_delicate_it_is() -> None:
    choices = EMPTY.chosen(Written("x", ("介護",), ("介護",)))
    assert choices == (Choice(Side.OFFER, "介護", on_card=True), Choice(Side.SEEK, "介護", on_card=False))


@pytest.mark.parametrize("state", State)
def test_only_a_published_one_is_there_for_others(state: State) -> None:
    assert replace(EMPTY, state=state).is_published is (state is State.PUBLISHED)


@given(st.lists(st.sampled_from(("a", "b", "c", "d")), unique=True), st.permutations(("a", "b", "c")))
def test_choices_stand_in_the_order_of_the_list_and_what_is_off_it_comes_last(
    chosen: list[str], topics: list[str]
) -> None:
    choices = tuple(Choice(side, topic, on_card=True) for topic in chosen for side in Side)
    ordered = replace(EMPTY, choices=choices).ordered(topics)
    assert set(ordered.choices) == set(choices)
    for side in Side:
        assert ordered.topics(side) == tuple(topic for topic in (*topics, "d") if topic in chosen)


POSTED = replace(EMPTY, state=State.PUBLISHED, channel_id=4, message_id=5, thread_id=5, published_at=NOW)


@pytest.mark.parametrize(
    ("introduction", "waits"),
    [
        (POSTED, True),
        (replace(POSTED, thread_id=None), True),
        (replace(POSTED, answered_at=NOW), False),
        (replace(POSTED, state=State.WITHDRAWN), False),
        (replace(POSTED, state=State.DRAFT), False),
        (replace(POSTED, message_id=None), False),
        (replace(POSTED, thread_id=None, thread_gone=True), False),
    ],
)
def test_a_card_waits_for_a_hello_as_long_as_it_can_get_one_and_has_none(
    introduction: Introduction, waits: bool
) -> None:
    assert introduction.waits_for_hello is waits


def test_addresses_are_empty_where_nothing_stands() -> None:
    assert (EMPTY.card_url, EMPTY.thread_url) == ("", "")
    assert POSTED.card_url == "https://discord.com/channels/2/4/5"
    assert POSTED.thread_url == "https://discord.com/channels/2/5"


HOURS = st.integers(0, 200).map(lambda hours: timedelta(hours=hours))


@given(st.lists(HOURS, min_size=USUAL_LEAST, max_size=30))
def test_the_usual_wait_is_in_the_middle_of_those_that_ended(waits: list[timedelta]) -> None:
    usual = usual_wait(waits)
    assert usual in waits
    assert sum(wait < usual for wait in waits) <= len(waits) / 2
    assert sum(wait > usual for wait in waits) <= len(waits) / 2


@given(st.lists(HOURS, max_size=USUAL_LEAST - 1), st.integers(0, 9))
def test_of_few_answers_nothing_is_said(waits: list[timedelta], unanswered: int) -> None:
    assert usual_wait([*waits, *[None] * unanswered]) is None


@given(st.lists(HOURS, min_size=USUAL_LEAST, max_size=30), st.integers(0, 40))
def test_cards_that_nobody_answered_count_as_the_longest_waits(waits: list[timedelta], unanswered: int) -> None:
    usual = usual_wait([*waits, *[None] * unanswered])
    if unanswered >= len(waits):
        assert usual is None
    elif usual is not None:
        known = usual_wait(waits)
        assert known is not None
        assert usual >= known
