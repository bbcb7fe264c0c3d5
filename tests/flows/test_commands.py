"""The commands as Discord lists them: in both languages, within its limits."""

import re

from bot.kernel.i18n import Texts
from tests.flows.messages import Json
from tests.flows.sent import body_of
from tests.flows.village import Village

NAME = re.compile(r"^[-_'\w]{1,32}$")
GROUPS = (1, 2)
SLASH, ON_MEMBERS, ON_MESSAGES = 1, 2, 3


def commands(village: Village) -> list[Json]:
    (entry,) = (entry for entry in village.env.http_requests if entry.path.endswith("/commands"))
    listed: list[Json] = body_of(entry)
    return listed


def parts(command: Json) -> list[Json]:
    """Return a command with all its subcommands and options."""
    return [command, *(part for option in command.get("options") or () for part in parts(option))]


def described(command: Json) -> list[str]:
    return [command["description"], *(command.get("description_localizations") or {}).values()]


def typed(village: Village) -> list[Json]:
    """Return the commands that are typed, without the entries of menus on members and messages."""
    return [command for command in commands(village) if command.get("type", SLASH) == SLASH]


async def test_names_of_commands_stay_english_and_all_else_is_in_both(bare: Village) -> None:
    for part in (part for command in typed(bare) for part in parts(command)):
        is_command = part.get("type", 1) in GROUPS
        assert NAME.match(part["name"])
        assert "ja" in part["description_localizations"]
        assert bool((part.get("name_localizations") or {}).get("ja")) is not is_command, part["name"]
        for localised in (part.get("name_localizations") or {}).values():
            assert NAME.match(localised)
        for choice in part.get("choices") or ():
            assert choice["name_localizations"]["ja"] != choice["name"] or choice["value"] == "engineering"


async def test_entries_of_menus_are_in_both(bare: Village) -> None:
    menus = [command for command in commands(bare) if command not in typed(bare)]
    assert sorted((menu["type"], menu["name"], menu["name_localizations"]["ja"]) for menu in menus) == [
        (ON_MEMBERS, "Keep a distance", "そっと距離をおく"),
        (ON_MEMBERS, "Say thanks", "ありがとうを伝える"),
        (ON_MESSAGES, "Say thanks", "ありがとうを伝える"),
        (ON_MESSAGES, "Tell the moderators", "運営に知らせる"),
    ]


async def test_descriptions_and_choices_fit(bare: Village) -> None:
    for part in (part for command in typed(bare) for part in parts(command)):
        assert all(1 <= len(text) <= 100 for text in described(part))
        assert len(part.get("choices") or ()) <= 25
        for choice in part.get("choices") or ():
            assert all(len(name) <= 100 for name in (choice["name"], *choice["name_localizations"].values()))


async def test_only_setup_carries_a_permission_and_none_is_for_private_conversations(bare: Village) -> None:
    listed = commands(bare)
    members = {"guide", "inbox", "preferences", "report"}
    members |= {"intro", "find", "thanks", "standing", "ask", "review", "checkin"}
    moderators = {"setup", "topics", "cases", "ledger", "schedule", "prompts"}
    assert {command["name"] for command in typed(bare)} == members | moderators
    assert [command["name"] for command in listed if command["default_member_permissions"]] == ["setup"]
    assert all(command["contexts"] == [0] or not command.get("dm_permission", True) for command in listed)


def test_texts_of_forms_exist_in_both_languages() -> None:
    texts = Texts()
    for key in ("introductions.form_write", "setup.form_zone"):
        assert texts("ja", key) != texts("en", key)
