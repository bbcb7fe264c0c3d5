"""Nothing that is drawn, asked or offered is more than Discord takes, in either language."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from bot.kernel.tags import NAME_LIMIT
from bot.kernel.text import fold
from cogs._ui.cards import TEXT_LIMIT
from tests.meta.conftest import House

BUTTON, SELECT, TEXT_INPUT, TEXT, LABEL = 2, 3, 4, 10, 18
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
SHORTENED = {"check_ins.prompts"}  # each line by itself; what is chosen there is shown whole
SLASH = 1  # the others are menus on members and messages


def texts_of(payload: dict[str, Any], name: str) -> Iterator[str]:
    """Yield a text of a command and its translations."""
    yield payload[name]
    yield from (payload.get(f"{name}_localizations") or {}).values()


def all_parts(payloads: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield commands and all their options."""
    for payload in payloads:
        yield payload
        yield from all_parts(payload.get("options") or [])


def is_menu(part: dict[str, Any], house: House) -> bool:
    """Return whether it is an entry of the menu on a member or a message."""
    return part in house.commands and part.get("type", SLASH) != SLASH


def is_command_name(name: str) -> bool:
    r"""Return whether Discord takes a name: ``^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$``, without capitals."""
    letters = all(character in "-_'" or unicodedata.category(character)[0] in "LN" for character in name)
    return letters and 1 <= len(name) <= 32 and name == name.lower()


def test_cards_have_no_more_text_and_parts_than_a_message(house: House) -> None:
    for drawn in house.drawn:
        parts = list(drawn.everything())
        text = sum(len(part["content"]) for part in parts if part["type"] == TEXT)
        assert text <= 4000, drawn.name
        assert len(parts) <= 40, drawn.name


def test_no_card_is_cut_at_its_longest(house: House) -> None:
    """Members' longest texts, all of them markup that is escaped, still fit."""
    for drawn in house.drawn:
        text = sum(len(part["content"]) for part in drawn.everything() if part["type"] == TEXT)
        assert text < TEXT_LIMIT, (drawn.name, drawn.locale)
        for part in drawn.everything():
            if part["type"] == TEXT:
                assert part["content"], drawn.name
                if drawn.name in SHORTENED:
                    continue
                assert not part["content"].endswith("…"), (drawn.name, drawn.locale)


def test_buttons_have_labels_that_fit(house: House) -> None:
    for drawn in house.drawn:
        for part in drawn.everything():
            if part["type"] == BUTTON:
                assert 1 <= len(part["label"]) <= 80, (drawn.name, part)
                assert len(part.get("custom_id", "")) <= 100
                assert len(part.get("url") or "") <= 512


def test_menus_have_options_that_fit(house: House) -> None:
    for drawn in house.drawn:
        for part in drawn.everything():
            if part["type"] != SELECT:
                continue
            options = part["options"]
            assert 1 <= len(options) <= 25, drawn.name
            assert len({option["value"] for option in options}) == len(options), drawn.name
            assert all(1 <= len(option["label"]) <= 100 for option in options), drawn.name
            assert part["max_values"] <= len(options)
            assert len(part.get("placeholder") or "") <= 150


def test_forms_fit(house: House) -> None:
    forms = [drawn for drawn in house.drawn if drawn.name.startswith("form ")]
    assert len(forms) == len(house.forms)
    for drawn in forms:
        assert 1 <= len(drawn.title) <= 45, (drawn.name, drawn.locale, drawn.title)
        assert 1 <= len(drawn.components) <= 5, drawn.name
        for label in drawn.components:
            assert label["type"] == LABEL
            assert 1 <= len(label["label"]) <= 45, (drawn.name, drawn.locale, label["label"])
            assert 1 <= len(label["description"]) <= 100, (drawn.name, drawn.locale, label["description"])
            inner = label["component"]
            if inner["type"] == TEXT_INPUT:
                assert 1 <= inner["max_length"] <= 4000


def test_names_of_threads_and_channels_fit(house: House) -> None:
    assert house.titles
    for name, locale, title in house.titles:
        assert 1 <= len(title) <= 100, (name, locale)
        assert "\n" not in title


def test_tags_fit(house: House) -> None:
    tags = [(locale, title) for name, locale, title in house.titles if name == "peer_help.tag"]
    assert tags
    assert all(1 <= len(title) <= NAME_LIMIT for _, title in tags), tags
    assert len({(locale, fold(title)) for locale, title in tags}) == len(tags)


def test_commands_are_named_as_discord_wants_them(house: House) -> None:
    for part in all_parts(house.commands):
        for name in texts_of(part, "name"):
            assert 1 <= len(name) <= 32 if is_menu(part, house) else is_command_name(name), name


def test_descriptions_fit_and_are_translated(house: House) -> None:
    for part in (part for part in all_parts(house.commands) if not is_menu(part, house)):
        for description in texts_of(part, "description"):
            assert 1 <= len(description) <= 100, description
        assert (part["description_localizations"] or {}).keys() == {"ja"}, part["name"]


def test_names_of_options_are_translated_and_names_of_commands_are_not(house: House) -> None:
    for part in all_parts(house.commands):
        is_command = part.get("type") in {None, SUBCOMMAND, SUBCOMMAND_GROUP} or part in house.commands
        translated = set(part.get("name_localizations") or ())
        assert translated == (set() if is_command and not is_menu(part, house) else {"ja"}), part["name"]


def test_choices_fit_and_are_translated(house: House) -> None:
    offered = [part["choices"] for part in all_parts(house.commands) if part.get("choices")]
    assert offered
    for choices in offered:
        assert len(choices) <= 25
        for choice in choices:
            for name in texts_of(choice, "name"):
                assert 1 <= len(name) <= 100, name
            assert choice["name_localizations"].keys() == {"ja"}


def test_options_are_told_apart_in_each_language(house: House) -> None:
    for part in all_parts(house.commands):
        options = part.get("options") or []
        for translated in ("name", "ja"):
            names = [(option.get("name_localizations") or {}).get(translated, option["name"]) for option in options]
            assert len(set(names)) == len(names), part["name"]


def test_commands_are_for_servers(house: House) -> None:
    assert all(command.get("contexts") == [0] or command.get("dm_permission") is False for command in house.commands)
