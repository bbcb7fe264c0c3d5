"""Feedback comes as messages, whole and in order, whatever it is made of, and is cut where it reads well."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

import discord
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.features.blog_reviews.feedback import ROOM, Words, parts
from bot.features.blog_reviews.model import FIELD_LIMIT, FIELDS, Feedback, Field, Part
from bot.features.blog_reviews.posts import Said
from bot.kernel.i18n import LOCALES, Locale, Texts
from cogs._ui.cards import TEXT_LIMIT
from cogs.blog_reviews.render import Render
from tests.rules.bookshelf import BEGUN, REVIEW

HEADING = 30  # characters that are left free for each heading
HIGHEST = 2**63 - 1
FAMILY, JAPAN, WALES = "👨‍👩‍👧‍👦", "🇯🇵", "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
PAGE = "https://example.com/posts/42?from=review&page=2"
PIECES = (
    *(
        "a",
        "word ",
        "It reads well. ",
        "Really?! ",
        "いろはにほへと",
        "いいと思います。",
        "（本当に！）",
        "…",
        " ",
        "\n",
        "\n\n\n",
    ),
    *("\r\n", "\u200b", "\u2028", FAMILY, "👍🏽", JAPAN, "🇯", WALES, "1\ufe0f\u20e3", "❤️", "e\u0301\u0323", "か\u3099"),
    *(
        "！\ufe0f",
        "ก\u0e33",
        "\u1100\u1161\u11a8",
        "क\u094dष",
        "*",
        "`",
        "_",
        "[a](b)",
        "> ",
        "- ",
        "1. ",
        "# ",
        "@everyone",
        "<@123>",
    ),
    *("||", "\\", f"{PAGE} ", f"「{PAGE}」", "x" * 700),
)
JAPANESE = "春はあけぼのやうやう白くなりゆく山ぎは少し明かりて紫だちたる雲の細くたなびきたる"
RENDER = Render(Texts())
Written = list[tuple[Field, str]]


Drawn = list[tuple[str, int]]  # pieces of a text, and how often each comes


def feedback() -> st.SearchStrategy[list[Drawn]]:
    """Return what no sensible person would write."""
    text = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([1, 1, 2, 30, 900])), max_size=12)
    return st.lists(text, min_size=len(FIELDS), max_size=len(FIELDS))


def written(drawn: list[Drawn]) -> Written:
    texts = ("".join(piece * times for piece, times in each)[:FIELD_LIMIT] for each in drawn)
    return list(zip(FIELDS, texts, strict=True))


def joined(messages: Sequence[Words]) -> Written:
    """Return the texts that messages come to, put together, in the order in which they begin."""
    found: dict[Field, str] = {}
    for field, piece in (each for words in messages for each in words):
        assert field not in found or field is list(found)[-1]  # one after the other
        found[field] = found.get(field, "") + piece
    return list(found.items())


def shown(messages: Sequence[Words], locale: Locale, *, is_quick: bool = False) -> Iterator[list[str]]:
    """Yield the paragraphs of each message as it is posted."""
    given = Feedback(1, REVIEW.review_id, HIGHEST, is_quick, BEGUN)
    for number, words in enumerate(messages):
        card = RENDER.part(Said(REVIEW, given, Part(number, 1, number, words, None)), locale, 1)
        yield [item.content for item in card.walk_children() if isinstance(item, discord.ui.TextDisplay)]


def seen(text: str) -> str:
    """Return of a text, or of what is drawn of it, only what somebody sees."""
    return re.sub(r"[\\\s\u200b]", "", text)


def cuts(messages: Sequence[Words], field: Field) -> list[int]:
    """Return where a text goes on in the next message."""
    lengths = [len(piece) for words in messages for each, piece in words if each is field]
    return list(accumulate(lengths))[:-1]


def assert_whole(told: Written) -> list[Words]:
    """See that nothing of a text is lost or cut, also in what is drawn of it."""
    messages = parts(told)
    assert joined(messages) == [(field, text) for field, text in told if text]
    for words in messages:
        assert sum(len(piece) + HEADING for _, piece in words) <= ROOM
    for locale in LOCALES:
        posted = list(shown(messages, locale))
        for paragraphs in posted:
            assert sum(len(each) for each in paragraphs) <= TEXT_LIMIT
            assert all(each.strip() for each in paragraphs)  # Discord takes none that is empty
        everything = seen("".join(each for paragraphs in posted for each in paragraphs))
        at = 0
        for piece in (seen(piece) for words in messages for _, piece in words):
            at = everything.index(piece, at) + len(piece)
    return messages


@given(feedback())
def test_it_is_whole_and_in_order(drawn: list[Drawn]) -> None:
    assert_whole(written(drawn))


@pytest.mark.parametrize(
    "text",
    [
        *(JAPANESE * 100, "*" * FIELD_LIMIT, "`_" * FIELD_LIMIT, "[" * FIELD_LIMIT, FAMILY * 900, JAPAN * 2000),
        *("x\n\n" * 2000, "a" + "\n" * 3990 + "b", "a" + " " * 3990 + "b", "> " * 2000, ">\n" * 2000, "1.\n" * 2000),
        *("@everyone" * 500, "<@1>" * 1000, "a" + "\u0301" * 3999, "\U0001f600" * FIELD_LIMIT, WALES * 600, PAGE * 90),
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_the_longest_of_all_kinds_is_whole(text: str) -> None:
    messages = assert_whole([(field, text[:FIELD_LIMIT]) for field in FIELDS])
    assert len(messages) <= 20


@given(feedback())
def test_what_is_read_as_one_character_is_not_torn_apart(drawn: list[Drawn]) -> None:
    told = written(drawn)
    messages = parts(told)
    for field, text in told:
        whole = {found.end() for found in regex.finditer(r"\X", text)}
        assert set(cuts(messages, field)) <= whole


@pytest.mark.parametrize("before", ["", JAPANESE * 30, "x" * 1500])
def test_only_what_fits_nowhere_is_torn_apart(before: str) -> None:
    one = "a" + "\u0301" * 1600  # in a single message, it is whole
    assert cuts(parts([(Field.WORKED, before), (Field.TRY, one + "b" * 900)]), Field.TRY)[0] >= len(one)
    assert joined(parts([(Field.TRY, one * 2 + "\u0301" * 200)])) == [(Field.TRY, one * 2 + "\u0301" * 200)]


@given(st.integers(0, 1700), st.sampled_from(["いいと思います", "very good words ", "x"]))
def test_an_address_is_not_torn_apart(length: int, filler: str) -> None:
    """Else its beginning would be a link that leads elsewhere."""
    text = (filler * length)[:length] + f" {PAGE} " + filler * 200
    text = text[:FIELD_LIMIT]
    begin = text.index(PAGE)
    assert not [cut for cut in cuts(parts([(Field.TRY, text)]), Field.TRY) if begin < cut < begin + len(PAGE)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("ここがよかったです。" * 400, "。"),
        ("「本当に？」と思いました。" * 300, ("。", "」")),
        ("I liked it (a lot!). It helps. " * 120, ". "),
        ("one line\n" * 440, "\n"),
        ("words without an end " * 190, " "),
        ("文がずっとつづいて、" * 400, "、"),
        (f"（{PAGE}）を見ました！？それで!? " * 100, ("！？", "!?", " ")),
    ],
)
def test_it_goes_on_elsewhere_after_a_sentence_or_a_word(text: str, ends: str | tuple[str, ...]) -> None:
    text = text[:FIELD_LIMIT]
    messages = parts([(Field.WORKED, text)])
    assert len(messages) == 3
    assert all(words[-1][1].endswith(ends) for words in messages[:-1])


@given(st.lists(st.integers(1, ROOM), min_size=1, max_size=4))
def test_short_feedback_is_one_message(lengths: list[int]) -> None:
    told = [(field, "あ" * length) for field, length in zip(FIELDS, lengths, strict=False)]
    is_short = sum(length + HEADING for length in lengths) <= ROOM
    assert (len(parts(told)) == 1) is is_short


def test_nothing_said_is_no_message() -> None:
    assert parts([]) == parts([(Field.TRY, "")]) == []
    assert parts([(Field.WORKED, ""), (Field.TRY, "a")]) == [((Field.TRY, "a"),)]


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_taken_back_shows_nothing_of_it(locale: Locale) -> None:
    ((line,),) = shown([()], locale)
    assert line == Texts()(locale, "blog_reviews.feedback_removed")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_first_reaction_has_no_headings(locale: Locale) -> None:
    ((who, words),) = shown(parts([(Field.QUICK, "I *liked* it")]), locale, is_quick=True)
    assert f"<@{HIGHEST}>" in who
    assert words == r"I \*liked\* it"
