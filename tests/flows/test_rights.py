"""Nobody without the right reaches what is the moderators': each command, control and form, made from the list.

Tried by members, by moderators of another server, by who was one once, and by moderators from a private message.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import discord
import pytest

from cogs._ui.controls import Control
from cogs._ui.rights import FoundBy, Right
from tests.flows.asking import ask_anonymously, open_help
from tests.flows.gratitude import REASON, a_ring, thank
from tests.flows.hostility import rows
from tests.flows.messages import controls
from tests.flows.office import another_moderator
from tests.flows.people import Person
from tests.flows.village import Village

pytestmark = pytest.mark.untraced

REFUSED = ("errors.moderators_only", "errors.managers_only", "errors.servers_only")
# What an attempt may leave behind: that somebody was here, and what they typed.
SECRET = "ここだけの相談"
TRACES = {"members", "drafts", "servers", "sqlite_sequence", "effects", "moderators"}
TYPED = ("words", "reason", "rules", "name", "reversal", "unmask_reason", "letter", "crisis_own")
FIELDS = dict.fromkeys(TYPED, "forged") | {"zone": "UTC"}


def guarded(village: Village) -> dict[str, Control]:
    """Return all controls and forms that want a right, as patterns without ids."""
    return {name: control for name, control in village.controls().items() if control.right is not Right.ALL}


def numbers(village: Village) -> tuple[int, ...]:
    with closing(sqlite3.connect(village.bot.database.path)) as connection:
        asks = [row[0] for row in connection.execute("SELECT ask_id FROM asks")]
    return 1, 2, village.guild.id, *asks


def kept(village: Village) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows but those that every visit leaves."""
    with closing(sqlite3.connect(village.bot.database.path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names if name not in TRACES
        }


async def full(village: Village) -> Person:
    """Let there be one of everything, each the first of its kind; return who has the role alone."""
    role = village.guild.create_role("Helpers", permissions=discord.Permissions())
    panel = await village.moderator.slash("setup panel")
    await village.moderator.choose(panel, "moderators_role", [role])
    await village.choose("moderators_channel", village.door)
    aki, beni = village.move_in("Aki"), village.move_in("Beni")
    await beni.write("一行")
    await open_help(village, forum=False)
    await ask_anonymously(village, aki, SECRET)
    (wanted,) = await rows(village, "SELECT ask_id FROM asks WHERE pseudonym <> ''")
    await another_moderator(village)
    form = await village.moderator.forge(f"v1:peer_help:unmask:{wanted[0]}")
    await village.moderator.submit(form, unmask_reason="理由")
    await aki.slash("report", member=beni, reason="selling")
    await thank(aki, beni)
    await a_ring(village)
    assert (await village.moderator.slash("ledger flags")).has("flag")
    return village.move_in("role only", role=role)


def attempts(name: str, village: Village) -> Iterator[tuple[str, bool]]:
    """Yield forged custom ids, and whether each is a form's."""
    for number in numbers(village):
        if ":form-" in name:
            yield f"{name}:{number}:0", True
        else:
            yield f"{name}:{number}", False


async def refused(village: Village, person: Person, name: str) -> None:
    expected = {person.text(key) for key in REFUSED}
    for custom_id, is_form in attempts(name, village):
        answer = await (person.forge_form(custom_id, FIELDS) if is_form else person.forge(custom_id, ["0"]))
        assert answer.form is None, custom_id
        assert any(sentence in answer.text for sentence in expected), (custom_id, answer.text)


async def test_there_is_something_to_guard(village: Village) -> None:
    found = guarded(village)
    assert {name.split(":")[1] for name in found} == {"setup", "safety", "reputation", "peer_help", "check_ins"}
    assert not any(control.found_by is not FoundBy.SERVER for control in found.values())


async def test_a_member_reaches_nothing(village: Village) -> None:
    await full(village)
    member = village.move_in("Chie")
    before = kept(village)
    for name in guarded(village):
        await refused(village, member, name)
    assert kept(village) == before


async def test_who_has_the_role_alone_reaches_no_set_up(village: Village) -> None:
    helper = await full(village)
    await helper.slash("cases list")
    before = kept(village)
    for name, control in guarded(village).items():
        if control.right is Right.MANAGE_SERVER:
            await refused(village, helper, name)
    assert kept(village) == before


async def test_who_lost_the_role_reaches_nothing_by_old_controls(village: Village) -> None:
    helper = await full(village)
    old = await helper.slash("cases list")
    village.env.backend.edit_member(village.guild.id, helper.id, {"role_ids": []})
    before = kept(village)
    for name in guarded(village):
        await refused(village, helper, name)
    opened = [name for name in controls(old.message) if name.startswith("v1:safety")]
    assert opened
    for custom_id in opened:
        answer = await helper.forge(custom_id, ["1"], old.message)
        assert answer.text == helper.text("errors.moderators_only")
    assert kept(village) == before


async def test_a_moderator_of_another_server_reaches_nothing_here(village: Village) -> None:
    await full(village)
    stranger = await village.stranger()
    await stranger.slash("guide")
    here = village.server_id
    before = {name: [row for row in rows if here in row] for name, rows in kept(village).items()}
    for name in guarded(village):
        for custom_id, is_form in attempts(name, village):
            answer = await (stranger.forge_form(custom_id, FIELDS) if is_form else stranger.forge(custom_id, ["0"]))
            assert answer.form is not None or not any(text in answer.text for text in ("一行", REASON, SECRET)), (
                custom_id
            )
    after = {name: [row for row in rows if here in row] for name, rows in kept(village).items()}
    assert after == before


async def test_nothing_of_the_moderators_is_reached_from_a_private_message(village: Village) -> None:
    await full(village)
    moderator = village.moderator
    before = kept(village)
    for name in guarded(village):
        for custom_id, is_form in attempts(name, village):
            answer = await moderator.forge_in_dm(custom_id, FIELDS if is_form else None)
            assert moderator.text("errors.servers_only") in answer, custom_id
    assert kept(village) == before


@pytest.mark.parametrize(
    "command",
    [
        "setup panel",
        "setup check",
        "topics list",
        "topics add",
        "topics edit",
        "topics remove",
        "cases list",
        "ledger flags",
        "schedule list",
        "schedule add",
        "schedule edit",
        "schedule remove",
        "schedule preview",
        "prompts list",
        "prompts add",
        "prompts edit",
        "prompts retire",
    ],
)
async def test_moderators_commands_are_refused_to_members(village: Village, command: str) -> None:
    member = village.move_in("Chie")
    options: dict[str, dict[str, str | int]] = {
        "topics add": {"name": "x"},
        "topics edit": {"topic": "x"},
        "topics remove": {"topic": "x"},
        **{f"schedule {part}": {"schedule": 1} for part in ("edit", "remove", "preview")},
        **{f"prompts {part}": {"prompt": 1} for part in ("edit", "retire")},
    }
    answer = await member.force_slash(command, **options.get(command, {}))
    assert answer.text in {member.text(key) for key in REFUSED}
