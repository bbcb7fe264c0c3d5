"""Setting a server up: one panel, step by step, for who holds Manage Server."""

import asyncio

import pytest

from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, ServerId
from bot.storage.effects import Effects, Verb
from cogs._ui.cards import said_in_a_line
from tests.flows.messages import controls, words
from tests.flows.people import Person
from tests.flows.village import Village

ACTIONS = (
    "panel",
    "channels",
    "check",
    "language",
    "zone",
    "zone_other",
    "hours",
    "moderators_role",
    "make_channel",
    "make_help_channel",
    "make_reviews_channel",
    "post_panel",
    "try_again",
    *Place,
)


async def server(village: Village) -> Server:
    return await village.bot.service(Setup).server(village.server_id)


async def test_panel_shows_every_choice(bare: Village) -> None:
    panel = await bare.moderator.slash("setup panel")
    choices = {"language", "zone", "zone_other", "hours", "channels", "moderators_role"}
    assert panel.actions == choices | {"check", "lists", "sources", "letter"}


async def test_each_choice_is_kept_and_shown_when_the_panel_is_opened_again(bare: Village) -> None:
    moderator = bare.moderator
    role = bare.guild.create_role("運営")
    await bare.env.settle()
    panel = await moderator.slash("setup panel")
    panel = await moderator.choose(panel, "zone", ["Europe/Berlin"])
    assert moderator.text("setup.saved") in panel.text
    await moderator.choose(panel, "moderators_role", [role])
    again = await moderator.slash("setup panel")
    assert "Europe/Berlin" in again.text
    assert str(role.id) in str(again.message.components)
    none = await moderator.choose(again, "moderators_role", [])
    assert str(role.id) not in str(none.message.components)


async def test_language_of_posts_changes_posts_and_not_private_replies(village: Village, aki: Person) -> None:
    other: Locale = "en" if village.locale == "ja" else "ja"
    moderator = village.moderator
    panel = await moderator.slash("setup panel")
    await moderator.press(panel, "post_panel")
    changed = await moderator.choose(panel, "language", [other])
    assert moderator.text("setup.panel_title") in changed.text
    (members_panel,) = village.cards()
    assert words(members_panel) == village.texts(other, "setup.members_panel")
    answer = await aki.write(offer_topics=["health"])
    assert aki.text("introductions.written") in answer.text
    assert village.texts(other, "topic.health") in words(village.cards()[-1])


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        (" asia/tokyo ", "Asia/Tokyo"),
        ("Ｔｏｋｙｏ", "Asia/Tokyo"),
        ("new york", "America/New_York"),
    ],
)
async def test_zone_typed_rightly(bare: Village, typed: str, zone: str) -> None:
    moderator = bare.moderator
    form = await moderator.press(await moderator.slash("setup panel"), "zone_other")
    panel = await moderator.submit(form, zone=typed)
    assert moderator.text("setup.zone_is", zone=zone) in panel.text


@pytest.mark.parametrize("typed", ["Mars/Olympus", "../../etc/passwd", "posix/Asia/Tokyo", "/", "*[x](https://a.b)*"])
async def test_zone_typed_wrongly_is_said_and_offered_again(bare: Village, typed: str) -> None:
    moderator = bare.moderator
    before = await server(bare)
    form = await moderator.press(await moderator.slash("setup panel"), "zone_other")
    refused = await moderator.submit(form, zone=typed)
    assert "[x](" not in refused.text
    assert moderator.text("setup.no_zone", name=said_in_a_line(typed)) in refused.text
    assert await server(bare) == before
    again = await moderator.press(refused, "draft")
    assert again.filled == {"zone": typed}
    await moderator.submit(again, zone="UTC")


async def test_waking_hours_are_chosen_and_shown(bare: Village) -> None:
    moderator = bare.moderator
    panel = await moderator.slash("setup panel")
    assert moderator.text("setup.hours_are", begin=7, end=24) in panel.text
    form = await moderator.press(panel, "hours")
    assert form.filled == {"waking_from": ["7"], "waking_to": ["24"]}
    panel = await moderator.submit(form, waking_from=["22"], waking_to=["6"])
    assert moderator.text("setup.hours_are", begin=22, end=6) in panel.text
    found = await server(bare)
    assert (found.waking_from, found.waking_to) == (22, 6)


@pytest.mark.parametrize(("begin", "end"), [(["7"], ["7"]), (["24"], ["7"]), (["7"], ["0"]), ([], []), (["x"], ["²"])])
async def test_hours_that_are_none_are_refused(bare: Village, begin: list[str], end: list[str]) -> None:
    fields = {"waking_from": begin, "waking_to": end}
    refused = await bare.moderator.forge_form(f"v1:setup:form-hours:{bare.guild.id}:1", fields)
    assert bare.moderator.text("setup.no_hours") in refused.text
    assert (await server(bare)).waking_to == 24


async def test_every_choice_is_noted_in_the_trail(village: Village) -> None:
    moderator, office = village.moderator, village.guild.create_text_channel("office")
    role = village.guild.create_role("運営")
    await village.env.settle()
    panel = await moderator.slash("setup panel")
    await moderator.choose(panel, "language", ["en" if moderator.locale == "ja" else "ja"])
    await moderator.choose(panel, "zone", ["Europe/Berlin"])
    await moderator.submit(await moderator.press(panel, "hours"), waking_from=["8"], waking_to=["22"])
    await moderator.choose(panel, "moderators_role", [role])
    await village.choose("moderators_channel", office)
    await moderator.press(await moderator.slash("setup panel"), "post_panel")
    trail = await moderator.press(await moderator.slash("cases list"), "acts")
    for act in ("language", "zone", "hours", "moderators_channel", "moderators_role", "post_panel"):
        assert moderator.text(f"act.setup_{act}") in trail.text
    for words_ in ("Europe/Berlin", "8:00–22:00", office.mention, f"<@&{role.id}>", moderator.actor.mention):
        assert words_ in trail.text


async def test_members_panel_is_posted_and_pinned_once(village: Village, aki: Person) -> None:
    panel = await village.moderator.slash("setup panel")
    for _ in range(2):
        answer = await village.moderator.press(panel, "post_panel")
        assert village.text("setup.panel_coming", channel=village.hall.mention) in answer.text
    (posted,) = village.cards()
    assert [message.id for message in village.hall.pinned_messages()] == [posted.id]
    ways = [name.split(":")[2] for name in controls(posted)]
    assert ways == ["write", "search", "new", "request", "thank", "guide"]
    assert (await aki.press(posted, "guide")).text
    assert (await aki.press(posted, "search")).form is not None
    assert (await aki.press(posted, "thank")).form is not None
    assert (await aki.press(posted, "write")).form is not None


async def test_deleted_members_panel_is_posted_anew(village: Village) -> None:
    panel = await village.moderator.slash("setup panel")
    await village.moderator.press(panel, "post_panel")
    village.env.backend.delete_message(village.hall.id, village.cards()[0].id)
    await village.env.settle()
    checked = await village.moderator.press(panel, "check")
    assert village.text("setup.check_no_panel") in checked.text
    await village.moderator.press(await village.moderator.slash("setup panel"), "post_panel")
    assert len(village.cards()) == 1


@pytest.mark.parametrize("name", ["setup panel", "setup check"])
async def test_commands_are_refused_to_members(village: Village, aki: Person, name: str) -> None:
    answer = await aki.force_slash(name)
    assert answer.text == aki.text("errors.managers_only")


async def test_every_control_and_form_is_refused_to_members(village: Village, aki: Person) -> None:
    before = await server(village)
    for action in ACTIONS:
        for values in (None, ["en"], [str(village.door.id)], []):
            answer = await aki.forge(f"v1:setup:{action}:{village.guild.id}", values)
            assert answer.text == aki.text("errors.managers_only"), action
    for name, fields in (("zone", {"zone": "UTC"}), ("hours", {"waking_from": ["8"], "waking_to": ["20"]})):
        form = await aki.forge_form(f"v1:setup:form-{name}:{village.guild.id}:1", fields)
        assert aki.text("errors.managers_only") in form.text
    assert await server(village) == before


async def test_hint_where_to_begin_is_given_on_joining(bare: Village) -> None:
    await bare.rejoin()
    (hint,) = bare.cards(bare.door)
    assert words(hint) == bare.text("setup.hint")
    panel = await bare.moderator.press(hint, "panel")
    assert bare.text("setup.panel_title") in panel.text
    await bare.restart()
    assert len(bare.cards(bare.door)) == 1


async def test_missing_permission_is_told_to_moderators_once(village: Village, aki: Person, beni: Person) -> None:
    moderator = village.moderator
    office = village.guild.create_text_channel("office")
    await village.env.settle()
    await village.choose("moderators_channel", office)
    village.env.inject_error("POST", f"/channels/{village.hall.id}/messages", status=403, code=50013, times=2)
    await aki.write("一枚目")
    await beni.write("二枚目")
    (told,) = village.cards(office)
    assert village.hall.mention in words(told)
    assert village.text("feature.introductions") in words(told)
    checked = await moderator.slash("setup check")
    assert checked.has("try_again")
    assert not village.cards()
    await moderator.press(checked, "try_again")
    assert {"一枚目" in words(card) or "二枚目" in words(card) for card in village.cards()} == {True}
    assert len(village.cards()) == 2


async def test_a_server_speaks_its_language_however_long_it_takes_to_be_known(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at a start on a busy machine: what is done daily in a server does not make it known in Japanese before."""
    joined, may_go_on = Setup.joined, asyncio.Event()

    async def slowly(setup: Setup, server_id: ServerId, guess: Locale, hint_channel_id: ChannelId | None) -> None:
        await may_go_on.wait()
        await joined(setup, server_id, guess, hint_channel_id)

    monkeypatch.setattr(Setup, "joined", slowly)
    guild = village.env.create_guild("busy", preferred_locale="en-US")
    for _ in range(20):  # whatever else is begun would be written by then: there is one writer
        async with village.bot.database.write():
            pass
    may_go_on.set()
    await village.env.settle()
    assert (await village.bot.service(Setup).server(ServerId(guild.id))).language == "en"
    async with village.bot.database.read() as transaction:
        effects = Effects(transaction)
        for feature, card in (("members", "tend"), ("safety", "daily")):
            assert await effects.state(Verb.JOB, feature, card, guild.id) in {"waiting", "claimed"}
