"""Both catalogues are complete, hold nothing that nobody says, and fit what the code fills in."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.features.introductions.model import READY_HELLOS, Side, State
from bot.features.members.model import TOPICS, TRADES
from bot.features.setup.model import MAKE_CHANNELS, NEEDED, Place
from bot.kernel.i18n import LOCALES, Locale
from tests.meta.conftest import House
from tests.meta.house import FEATURES, ROOT, named, parsed, sources

_KEY = re.compile(r"([a-z_]+)\.[a-z0-9_]+")


@cache
def catalogue(locale: Locale) -> Catalog:
    with (ROOT / "bot" / "locales" / locale / "LC_MESSAGES" / "goen.po").open("rb") as source:
        return read_po(source, locale=locale, abort_invalid=True)


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


@cache
def messages(locale: Locale) -> dict[str, Message]:
    return {key_of(message): message for message in catalogue(locale) if message.id}


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def literals() -> Iterator[tuple[Path, str]]:
    """Yield every text in the code that is a key, by the section that it begins with."""
    sections = {key.partition(".")[0] for key in messages("en")}
    for path in sources("bot", "cogs"):
        if named(path) == "bot/storage/columns.py":  # tables and columns look like keys
            continue
        parts = {id(part) for node in ast.walk(parsed(path)) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                found = _KEY.fullmatch(node.value)
                if found and found[1] in sections:
                    yield path, node.value


def raised() -> Iterator[tuple[Path, str, set[str]]]:
    """Yield every refusal and host's error that names its key: where, which, and what fills it."""
    for path in sources("bot", "cogs"):
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            key = node.args[0]
            if node.func.id in {"Refusal", "HostError"} and isinstance(key, ast.Constant):
                yield path, str(key.value), {word.arg for word in node.keywords if word.arg}


def test_both_hold_the_same_keys_in_the_same_order() -> None:
    assert list(messages("ja")) == list(messages("en"))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_is_there_and_meant(locale: Locale) -> None:
    for key, message in messages(locale).items():
        assert not message.fuzzy, key
        assert len(forms(message)) == (catalogue(locale).num_plurals if message.pluralizable else 1), key
        assert all(form.strip() for form in forms(message)), key
    assert not catalogue(locale).obsolete


def test_no_key_stands_twice() -> None:
    for locale in LOCALES:
        text = (ROOT / "bot" / "locales" / locale / "LC_MESSAGES" / "goen.po").read_text(encoding="utf-8")
        keys = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
        assert len(set(keys)) == len(keys)


def test_all_forms_of_a_sentence_are_filled_alike() -> None:
    for key in messages("en"):
        filled = {frozenset(placeholders(form)) for locale in LOCALES for form in forms(messages(locale)[key])}
        assert len(filled) == 1, key


def test_japanese_is_japanese_and_english_is_not() -> None:
    japanese = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
    spoken = {key for key in messages("en") if key.partition(".")[0] not in {"cli", "check"}}
    for key in spoken - {"setup.introductions_channel_name"}:
        assert not any(japanese.search(form) for form in forms(messages("en")[key])), key
    plain = {key for key in spoken if not any(japanese.search(form) for form in forms(messages("ja")[key]))}
    assert plain <= _ALSO_PLAIN_IN_JAPANESE, plain


_ALSO_PLAIN_IN_JAPANESE = {
    "check_ins.told_own",
    "paging.page",
    "members.why_kept",
    "safety.act_words",
    "safety.daily_why",
    "safety.help_hours",
    "setup.channels_line",
}  # figures, quotation marks, somebody's own words


def test_every_key_in_the_code_exists() -> None:
    missing = {(named(path), key) for path, key in literals() if key not in messages("en")}
    assert missing == set()


def test_every_text_that_was_drawn_exists(house: House) -> None:
    assert {key for locale, key in house.spoken if key not in messages(locale)} == set()


def test_every_key_is_used(house: House) -> None:
    used = {key for _, key in literals()} | {key for _, key in house.spoken}
    assert messages("en").keys() - used == set()


def test_what_a_refusal_says_is_filled() -> None:
    found = list(raised())
    assert found
    for path, key, values in found:
        wanted = {name for form in forms(messages("en")[key]) for name in placeholders(form)}
        assert wanted <= values, (named(path), key)


def test_families_of_keys_are_whole() -> None:
    """What the code names by a list of its own has a word for each."""
    families = {
        "topic.": TOPICS,
        "trade.": TRADES,
        "permission.": {name for names in NEEDED.values() for name in names} | {MAKE_CHANNELS},
        "feature.": FEATURES,
    }
    for beginning, names in families.items():
        held = {key.removeprefix(beginning) for key in messages("en") if key.startswith(beginning)}
        assert held == set(names), beginning
    parts = {f"introductions.hello_{ready}" for ready in READY_HELLOS}
    parts |= {f"introductions.card_{side}" for side in Side}
    parts |= {f"introductions.mine_{state}" for state in State if state is not State.PUBLISHED}
    parts |= {f"setup.{place}{ending}" for place in Place for ending in ("", "_is")}
    assert parts - messages("en").keys() == set()
