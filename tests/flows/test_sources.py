"""Who manages a server names the sources of thanks, and chooses the roles for words."""

import discord

from bot.features.reputation.model import SOURCES_LEAST
from bot.features.reputation.roles import LOOK_EVERY
from tests.flows.gratitude import (
    REASON,
    be_forgotten,
    chains,
    choose,
    crowd,
    leave,
    name_sources,
    named,
    open_sources,
    record,
    thank,
)
from tests.flows.messages import USER_MENU, components, controls
from tests.flows.office import inbox
from tests.flows.people import Answer, Person
from tests.flows.village import Village

ROLE_MENU = 6


def chosen(answer: Answer, action: str) -> list[int]:
    """Return who or what is chosen in a menu."""
    (menu,) = (part for part in components(answer.message) if f":{action}:" in str(part.get("custom_id")))
    assert menu["type"] in {USER_MENU, ROLE_MENU}
    return [int(each["id"]) for each in menu.get("default_values") or ()]


async def checked(village: Village) -> str:
    return (await village.moderator.slash("setup check")).text


async def trail(village: Village) -> str:
    moderator = village.moderator
    return (await moderator.press(await moderator.slash("cases list"), "acts")).text


# ── Naming ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_sources_are_named_in_the_panel_and_shown_when_it_is_opened_again(village: Village) -> None:
    moderator, people = village.moderator, crowd(village, 2)
    await village.env.settle()
    empty = await open_sources(village)
    assert moderator.text("reputation.sources_title", least=SOURCES_LEAST) in empty.text
    assert chosen(empty, "sources_set") == []
    saved = await moderator.choose(empty, "sources_set", people)
    assert moderator.text("members.saved") in saved.text
    again = await open_sources(village)
    assert chosen(again, "sources_set") == [each.id for each in people]
    assert moderator.text("members.saved") not in again.text
    noted = await trail(village)
    assert noted.count(moderator.text("act.reputation_source_granted")) == len(people)
    for each in people:
        assert not each.dms()


async def test_the_moderator_themselves_can_be_one(village: Village) -> None:
    await name_sources(village, [village.moderator])
    assert chosen(await open_sources(village), "sources_set") == [village.moderator.id]


async def test_thanks_of_before_count_as_a_sources_from_then_on(village: Village, aki: Person, beni: Person) -> None:
    await thank(aki, beni)
    assert await chains(village, beni) == 0
    await name_sources(village, [aki])
    assert await chains(village, beni) == 1


async def test_bots_and_strangers_are_not_named(village: Village, aki: Person, beni: Person) -> None:
    moderator = village.moderator
    robot = village.guild.add_member(village.env.create_user("robot", bot=True))
    await village.env.settle()
    refused = await moderator.choose(await open_sources(village), "sources_set", [aki, robot])
    assert refused.text == moderator.text("reputation.source_bot")
    await leave(village, beni)
    refused = await moderator.choose(await open_sources(village), "sources_set", [beni.actor.user])
    assert refused.text == moderator.text("reputation.not_here")
    for value in ("0", "²", "9" * 30, "x", str(2**63)):
        await moderator.forge(f"v1:reputation:sources_set:{village.guild.id}", [value])
    assert chosen(await open_sources(village), "sources_set") == []


# ── Leaving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_taking_somebody_off_the_list_asks_how(village: Village, aki: Person, beni: Person) -> None:
    moderator = village.moderator
    await name_sources(village, [aki, beni])
    asked = await name_sources(village, [beni])
    since = f"<t:{int(village.env.now().timestamp())}:D>"
    assert moderator.text("reputation.source_is", name=named(moderator, aki), since=since) in asked.text
    assert moderator.text("reputation.source_end_help") in asked.text
    assert {"source_end", "source_annul", "sources"} == {name.split(":")[2] for name in controls(asked.message)}
    back = await moderator.press(asked, "sources")
    assert chosen(back, "sources_set") == [aki.id, beni.id]


async def test_who_is_added_while_another_is_taken_off_is_named(village: Village, aki: Person, beni: Person) -> None:
    await name_sources(village, [aki])
    asked = await name_sources(village, [beni])
    ended = await village.moderator.press(asked, "source_end")
    assert chosen(ended, "sources_set") == [beni.id]


async def test_who_steps_down_keeps_what_they_gave(village: Village, aki: Person, beni: Person) -> None:
    moderator = village.moderator
    await name_sources(village, [aki])
    await thank(aki, beni)
    ended = await moderator.press(await name_sources(village, []), "source_end")
    assert moderator.text("reputation.source_ended") in ended.text
    assert chosen(ended, "sources_set") == []
    assert await chains(village, beni) == 1
    assert moderator.text("act.reputation_source_ended") in await trail(village)
    assert moderator.text("reputation.check_no_sources") in await checked(village)
    await name_sources(village, [aki])
    assert chosen(await open_sources(village), "sources_set") == [aki.id]


async def test_an_annulment_shows_first_what_it_comes_to(village: Village, aki: Person, beni: Person) -> None:
    moderator, plural = village.moderator, village.texts.plural
    chie = village.move_in("Chie")
    await name_sources(village, [aki])
    await record(village, [(aki, beni), (aki, beni), (aki, chie)])
    asked = await name_sources(village, [])
    preview = await moderator.press(asked, "source_annul")
    assert moderator.text("reputation.annul_asked", name=named(moderator, aki)) in preview.text
    given = moderator.text(
        "reputation.annul_given",
        people=plural(moderator.locale, "reputation.to_people", 2),
        times=plural(moderator.locale, "reputation.times", 3),
    )
    assert given in preview.text
    assert plural(moderator.locale, "reputation.annul_fewer", 2) in preview.text
    assert await chains(village, beni) == 1
    (confirm,) = controls(preview.message)
    annulled = await moderator.press(preview, "source_annul_confirm")
    assert moderator.text("reputation.source_annulled") in annulled.text
    assert [await chains(village, each) for each in (beni, chie)] == [0, 0]
    assert REASON in (await inbox(beni)).text  # the thanks themselves stand
    assert moderator.text("act.reputation_source_annulled") in await trail(village)
    for button in (confirm, *controls(asked.message)[:2]):
        assert (await moderator.forge(button)).text == moderator.text("reputation.no_source")


async def test_a_source_who_was_forgotten_has_their_own_button(village: Village, aki: Person, beni: Person) -> None:
    moderator = village.moderator
    await name_sources(village, [aki, beni])
    await be_forgotten(village, aki)
    card = await open_sources(village)
    assert chosen(card, "sources_set") == [beni.id]
    unnamed = await moderator.press(card, "source")
    assert moderator.text("reputation.somebody") in unnamed.text
    assert f"<@{aki.id}>" not in unnamed.text
    ended = await moderator.press(unnamed, "source_end")
    assert moderator.text("reputation.sources_others") in ended.text  # what they gave still counts
    assert chosen(ended, "sources_set") == [beni.id]
    former = await moderator.press(ended, "source")
    assert not former.has("source_end")
    annulled = await moderator.press(await moderator.press(former, "source_annul"), "source_annul_confirm")
    assert not annulled.has("source")


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_moderators_role_alone_names_nobody(village: Village, aki: Person) -> None:
    role = village.guild.create_role("Helpers", permissions=discord.Permissions.none())
    await village.env.settle()
    await village.moderator.choose(await village.moderator.slash("setup panel"), "moderators_role", [role])
    hana = village.move_in("Hana", role=role)
    card = await open_sources(village)
    for person in (hana, aki):
        for custom_id in controls(card.message):
            assert (await person.forge(custom_id, [str(aki.id)])).text == person.text("errors.managers_only")
    assert chosen(await open_sources(village), "sources_set") == []


# ── Roles for words ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_roles_for_words_are_chosen_shown_and_noted(village: Village) -> None:
    moderator, card = village.moderator, await open_sources(village)
    roles = {word: village.guild.create_role(word) for word in ("familiar", "well_tied")}
    await village.env.settle()
    for word, role in roles.items():
        saved = await moderator.choose(card, f"{word}_role", [role])
        assert moderator.text("members.saved") in saved.text
        assert chosen(await open_sources(village), f"{word}_role") == [role.id]
    noted = await trail(village)
    for word, role in roles.items():
        assert moderator.text(f"act.reputation_{word}_role") in noted
        assert str(role.id) in noted
    none = await moderator.choose(await open_sources(village), "familiar_role", [])
    assert chosen(none, "familiar_role") == []
    assert chosen(none, "well_tied_role") == [roles["well_tied"].id]


async def test_a_role_that_is_none_is_not_taken(village: Village) -> None:
    moderator = village.moderator
    for value in ("9" * 18, "9" * 30, "²", "x"):
        answer = await moderator.forge(f"v1:reputation:familiar_role:{village.guild.id}", [value])
        assert chosen(await open_sources(village), "familiar_role") == [], answer.text
    for value in ("9" * 18, str(village.guild.id)):  # of a role that is gone, and of @everyone
        refused = await moderator.forge(f"v1:reputation:familiar_role:{village.guild.id}", [value])
        assert refused.text == moderator.text("setup.no_role")
    assert chosen(await open_sources(village), "familiar_role") == []


async def test_the_check_names_what_stands_in_the_way_of_a_role(village: Village, aki: Person) -> None:
    moderator = village.moderator
    strong = village.guild.create_role("strong", permissions=discord.Permissions(manage_messages=True))
    plain = village.guild.create_role("plain")
    await village.env.settle()
    await choose(aki, "wears_role_on")
    card = await open_sources(village)
    await moderator.choose(card, "familiar_role", [strong])
    await moderator.choose(card, "well_tied_role", [plain])
    await village.env.settle()
    found = await checked(village)
    assert moderator.text("reputation.role_powers", mention=f"<@&{strong.id}>") in found
    assert f"<@&{plain.id}>" not in found
    await moderator.choose(card, "familiar_role", [])
    village.forbid("manage_roles")
    await village.pass_time(LOOK_EVERY)
    await village.env.settle()
    found = await checked(village)
    assert moderator.text("reputation.role_permission", mention=f"<@&{plain.id}>") in found
    assert f"<@&{strong.id}>" not in found


# ── What the check says of sources ───────────────────────────────────────────────────────────────────────────────────


async def test_the_check_asks_for_five_sources(village: Village) -> None:
    moderator, people = village.moderator, crowd(village, SOURCES_LEAST)
    await village.env.settle()
    assert moderator.text("reputation.check_no_sources") in await checked(village)
    for many in (1, SOURCES_LEAST - 1):
        await name_sources(village, people[:many])
        few = village.texts.plural(moderator.locale, "reputation.check_few_sources", many)
        assert f"⚠️ {few}" in await checked(village)
    await name_sources(village, people)
    enough = village.texts.plural(moderator.locale, "reputation.check_sources", SOURCES_LEAST)
    assert f"✅ {enough}" in await checked(village)
