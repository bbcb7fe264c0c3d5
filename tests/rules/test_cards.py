"""Cards stay within Discord's limits, and members' words stay words, whatever is typed."""

import re
from typing import Any, cast

import discord
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cogs._ui.cards import TEXT_LIMIT, Card, message_url, plain_title, said, said_in_a_line

TEXTS = st.lists(st.text(max_size=3000) | st.integers(0, 5000).map("x".__mul__), max_size=8)
_ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
_URL = re.compile(r"https?://[a-z0-9][^\s<>()\[\]*~|`\\]*", re.IGNORECASE)
_INLINE = re.compile(r"[*_~|`\[\]<\\]")
_AT_LINE_START = re.compile(r"^\s*(?:>|#{1,3}|[-+]|\d+\.(?=\s|$))", re.MULTILINE)
_MENTION = re.compile(r"@(?:everyone|here)|<(?:[@#:/]|a:|t:|id:)")


def live(text: str) -> list[str]:
    """Return the markup that Discord would still see in a text: what is neither escaped nor part of an address."""
    rest = _ESCAPED.sub("·", _URL.sub("·", text))
    return _INLINE.findall(rest) + _AT_LINE_START.findall(rest) + _MENTION.findall(rest)


HOSTILE = [
    "**bold** _it_ __under__ ~~gone~~ ||hidden|| `code` ```block```",
    "@everyone @here",
    "<@12345678901234567> <@!12345678901234567> <@&12345678901234567> <#12345678901234567>",
    "</intro write:12345678901234567> <t:1700000000:R> <:smile:12345678901234567> <a:x:12345678901234567> <id:guide>",
    "# big\n## less\n### small\n-# tiny\n> said\n>>> all\n- one\n* two\n+ three\n1. four",
    "[click](https://example.com) [a [b](https://example.com)](x)",
    "[a](b) **bold** [c](d)",
    "<x:/[click](https://example.com)>",
    "<https://example.com/**x**>",
    "https://example.com/)**bold**",
    "\\\\**bold**",
    "　# after a full-width space",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_member_types_is_neither_markup_nor_a_mention(text: str) -> None:
    assert live(said(text)) == []
    assert live(said_in_a_line(text)) == []


def test_a_backslash_is_shown_as_one() -> None:
    assert said(r"\*shrug\*") == r"\\\*shrug\\\*"


def test_the_tests_own_eye_sees_markup() -> None:
    assert all(live(text) for text in HOSTILE)


@given(st.text(alphabet=st.sampled_from("*_~|`[]()<>@#:/\\-+. \n1ahtps") | st.characters(), max_size=200))
@example("0.")
@example("0.0")
def test_nor_is_anything_else(text: str) -> None:
    assert live(said(text)) == []


@pytest.mark.parametrize(
    "text", ["転職中です。よろしく！", "C++ と c#", "看護師 (育休中)", "a@b", "3児の母 👩‍👧", "30-40代"]
)
def test_plain_words_are_shown_as_they_are(text: str) -> None:
    assert said(text) == text


@pytest.mark.parametrize("url", ["https://example.com/a_b-c?d=e&f=g#h", "http://example.com/@some_one"])
def test_an_address_can_still_be_followed(url: str) -> None:
    assert said(f"see {url} please") == f"see {url} please"


@given(st.text())
def test_nothing_deceptive_is_left(text: str) -> None:
    for shown in (said(text), said_in_a_line(text), plain_title(text, 100)):
        left = set(shown.replace("@\u200b", "")) & set("\u200b\u200e\u200f\u061c\u202a\u202e\u2066\u2069\ufeff\x00\x1b")
        assert not left
    assert "\n\n\n" not in said(text)
    assert "\n" not in said_in_a_line(text)


@given(st.text(), st.integers(1, 100))
def test_a_title_is_one_line_of_its_limit(text: str, limit: int) -> None:
    title = plain_title(text, limit)
    assert len(title) <= limit
    assert title == " ".join(title.split())


def test_a_title_that_was_cut_shows_it() -> None:
    assert plain_title("abcdef", 5) == "abcd…"
    assert plain_title("abcde", 5) == "abcde"


@given(TEXTS)
@example(["x" * TEXT_LIMIT, "y"])
@example(["x" * (TEXT_LIMIT - 1), "y"])
def test_a_card_never_has_more_text_than_discord_takes(texts: list[str]) -> None:
    card = Card(1)
    for number, text in enumerate(texts):
        if number % 3 == 2:
            card.section(text, discord.ui.Button(label="x", custom_id="v1:a:b:1"))
        else:
            card.text(text)
    shown = "".join(_shown(card))
    assert len(shown) <= TEXT_LIMIT
    whole = "".join(texts)
    assert shown == whole if len(whole) < TEXT_LIMIT else shown.endswith("…")


def test_a_cards_mark_is_its_outermost_components() -> None:
    assert _sent(Card(77).text("x"))[0]["id"] == 77


def test_a_row_of_nothing_is_left_out() -> None:
    assert len(_sent(Card().text("x").row())[0]["components"]) == 1


def test_a_message_has_an_address() -> None:
    assert message_url(1, 2, 3) == "https://discord.com/channels/1/2/3"


def _sent(card: Card) -> list[dict[str, Any]]:
    components: list[dict[str, Any]] = cast("Any", card).to_components()  # untyped in the library
    return components


def _shown(card: Card) -> list[str]:
    return [item.content for item in card.walk_children() if isinstance(item, discord.ui.TextDisplay)]
