"""What may stand in an introduction, and which topics its card shows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.introductions.model import (
    DISCREET_WISHES,
    LINK_LIMIT,
    NOTE_LIMIT,
    NOW_LIMIT,
    Choice,
    Introduction,
    Side,
    State,
    Written,
    complaint_about,
    is_public_link,
)
from bot.features.members.model import TOPICS

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
    greets=False,
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
    assert set(chosen.topics(Side.SEEK, on_card=False)) == set(sought) & DISCREET_WISHES
    assert set(chosen.topics(Side.SEEK, on_card=True)) == set(sought) - DISCREET_WISHES


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


def test_all_discreet_wishes_are_topics() -> None:
    assert set(TOPICS) >= DISCREET_WISHES


@pytest.mark.parametrize("state", State)
def test_only_a_published_one_is_there_for_others(state: State) -> None:
    assert replace(EMPTY, state=state).is_published is (state is State.PUBLISHED)
