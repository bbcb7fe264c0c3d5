"""What somebody sees of their own thanks, and what of it they let others see."""

import discord
import pytest

from bot.features.reputation.model import FACTS_PAGE
from tests.flows.gratitude import (
    REASON,
    be_forgotten,
    choose,
    crowd,
    leave,
    name_sources,
    open_sources,
    open_wall,
    record,
    thank,
)
from tests.flows.messages import Json, components, controls
from tests.flows.people import Answer, Person
from tests.flows.village import Village

PICTURE = 12  # Discord's number for a gallery
PNG = b"\x89PNG\r\n\x1a\n"


def pictures(answer: Answer) -> list[Json]:
    return [item for part in components(answer.message) if part["type"] == PICTURE for item in part["items"]]


def facts(person: Person, key: str, people: int, times: int) -> str:
    """Return how the facts say from or to how many people, and how often."""
    plural, locale = person.village.texts.plural, person.locale
    ways = {"received": "from_people", "given": "to_people"}
    return person.text(
        f"reputation.{key}",
        people=plural(locale, f"reputation.{ways[key]}", people),
        times=plural(locale, "reputation.times", times),
    )


async def familiar(village: Village, person: Person) -> list[Person]:
    """Let two sources thank somebody; return the sources."""
    sources = crowd(village, 5, "Source")
    await village.env.settle()
    await name_sources(village, sources)
    await record(village, [(source, person) for source in sources[:2]])
    return sources


async def test_who_has_no_thanks_yet_is_invited_to_say_some(village: Village, aki: Person) -> None:
    standing = await aki.slash("standing")
    assert aki.text("reputation.nothing_yet") in standing.text
    assert {name.split(":")[2] for name in controls(standing.message)} == {"thank", "openness"}
    assert (pictures(standing), standing.message.attachments) == ([], [])
    assert (await aki.press(standing, "thank")).form is not None


async def test_facts_come_first_and_no_number_of_chains(village: Village, aki: Person, beni: Person) -> None:
    await name_sources(village, [aki])
    await thank(aki, beni)
    await thank(beni, aki, "わたしこそありがとう")
    await thank(beni, village.move_in("Chie"))
    standing = await beni.slash("standing")
    assert facts(beni, "received", 1, 1) in standing.text
    assert facts(beni, "given", 2, 2) in standing.text
    assert f"**<@{aki.id}>**" in standing.text
    assert f"> {REASON}" in standing.text
    assert "わたしこそ" not in standing.text
    assert village.texts.plural(beni.locale, "reputation.chains", 1) not in standing.text
    for word in ("familiar", "well_tied"):
        assert beni.text(f"reputation.word_{word}") not in standing.text


async def test_the_picture_comes_as_an_edit_and_says_what_it_shows(village: Village, aki: Person, beni: Person) -> None:
    await thank(aki, beni)
    standing = await beni.slash("standing")
    (picture,) = pictures(standing)
    (attachment,) = standing.message.attachments
    assert picture["media"]["url"] == attachment.url
    assert (await attachment.read()).startswith(PNG)
    for count in (1, 0):
        assert village.texts.plural(beni.locale, "reputation.times", count) in picture["description"]
    assert aki.actor.name not in picture["description"]
    first, edit = (each for each in village.env.http_requests[-2:])
    assert (first.method, edit.method) == ("POST", "PATCH")
    assert edit.path.endswith("/messages/@original")


async def test_the_line_about_news_stays_when_the_picture_comes(village: Village, aki: Person, beni: Person) -> None:
    await thank(aki, beni)
    standing = await beni.slash("standing")
    assert pictures(standing)
    assert beni.text("errors.news") in standing.text


async def test_many_thanks_have_pages_newest_first(village: Village, aki: Person) -> None:
    people = crowd(village, 2 * FACTS_PAGE + 1)
    for each in people:
        await record(village, [(each, aki)], f"{each.actor.name} より")
    standing = await aki.slash("standing")
    assert facts(aki, "received", len(people), len(people)) in standing.text
    texts = [standing.text]
    for number in (1, 2, 0):
        page = await aki.choose(standing, "standing_page", [str(number)])
        assert len(pictures(page)) == len(page.message.attachments) == 1
        texts.append(page.text)
    shown = [[each for each in people if f"<@{each.id}>" in text] for text in texts]
    assert shown == [people[6:], people[1:6], people[:1], people[6:]]
    assert texts[0].index("Person10") < texts[0].index("Person6")


async def test_chains_stand_under_more_with_who_ends_them_and_the_word(village: Village, aki: Person) -> None:
    sources = await familiar(village, aki)
    neighbour = village.move_in("Neighbour")
    await record(village, [(neighbour, aki)])
    more = await aki.press(await aki.slash("standing"), "more")
    assert village.texts.plural(aki.locale, "reputation.chains", 2) in more.text
    names = village.texts.listing(aki.locale, [f"<@{source.id}>" for source in sources[:2]])
    assert aki.text("reputation.last_givers", names=names) in more.text
    assert f"<@{neighbour.id}>" not in more.text
    word = aki.text("reputation.word_familiar")
    assert aki.text("reputation.your_word", word=word) in more.text
    assert aki.text("reputation.word_well_tied") not in more.text
    assert aki.text("reputation.more_help") in more.text


async def test_who_has_no_chain_has_no_word_and_is_told_nothing_of_a_next_one(
    village: Village, aki: Person, beni: Person
) -> None:
    await thank(aki, beni)
    more = await beni.press(await beni.slash("standing"), "more")
    assert village.texts.plural(beni.locale, "reputation.chains", 0) in more.text
    for word in ("familiar", "well_tied"):
        assert beni.text(f"reputation.word_{word}") not in more.text


async def test_thanks_of_who_left_count_on_and_those_of_who_was_forgotten_have_no_name(
    village: Village, aki: Person, beni: Person
) -> None:
    chie = village.move_in("Chie")
    await thank(aki, beni)
    await thank(chie, beni, "話を聞いてくれました")
    await leave(village, chie)
    await be_forgotten(village, aki)
    standing = await beni.slash("standing")
    assert facts(beni, "received", 2, 2) in standing.text
    assert f"**<@{chie.id}>**" in standing.text
    assert f"**{beni.text('reputation.somebody')}**" in standing.text
    assert REASON not in standing.text
    assert f"<@{aki.id}>" not in standing.text


async def test_standing_is_opened_from_the_guide(village: Village, aki: Person, beni: Person) -> None:
    await thank(aki, beni)
    standing = await beni.press(await beni.slash("guide"), "standing")
    assert beni.text("reputation.standing_title") in standing.text
    assert pictures(standing)


# ── What others see ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_each_choice_is_turned_on_and_off_and_a_second_press_changes_nothing(
    village: Village, aki: Person
) -> None:
    card = await choose(aki)
    for what in ("posts_thanks", "shows_word", "wears_role"):
        off = f"**{aki.text(f'reputation.{what}')}**　{aki.text('reputation.is_off')}"
        on = off.replace(aki.text("reputation.is_off"), aki.text("reputation.is_on"))
        for action, before, after in (("on", off, on), ("off", on, off)):
            assert before in card.text
            (button,) = (name for name in controls(card.message) if name.split(":")[2] == f"{what}_{action}")
            card = await aki.press(card, f"{what}_{action}")
            assert after in card.text
            assert aki.text("members.saved") in card.text
            again = await aki.forge(button, on=card.message)
            assert after in again.text
    assert aki.text("reputation.is_on") not in (await choose(aki)).text.replace(aki.text("members.saved"), "")


async def test_choices_are_reached_from_standing_and_preferences(village: Village, aki: Person) -> None:
    for card in (await aki.slash("standing"), await aki.slash("preferences")):
        assert aki.text("reputation.openness_title") in (await aki.press(card, "openness")).text


async def test_others_see_the_word_only_if_its_member_likes_so(village: Village, aki: Person, beni: Person) -> None:
    await aki.write()
    await familiar(village, aki)
    word = f"🌱 {beni.text('reputation.word_familiar')}"
    assert word not in (await beni.slash("intro show", member=aki)).text
    await choose(aki, "shows_word_on")
    assert word in (await beni.slash("intro show", member=aki)).text
    await choose(aki, "shows_word_off")
    assert word not in (await beni.slash("intro show", member=aki)).text
    await choose(beni, "shows_word_on")
    await beni.write()
    assert "🌱" not in (await aki.slash("intro show", member=beni)).text


async def test_nobody_is_shown_anothers_thanks(village: Village, aki: Person, beni: Person) -> None:
    await open_wall(village)
    await thank(aki, beni)
    chie = village.move_in("Chie")
    for custom_id in ("standing", "more"):
        seen = await chie.forge(f"v1:reputation:{custom_id}:{village.guild.id}")
        assert REASON not in seen.text
        assert f"<@{aki.id}>" not in seen.text
    page = await chie.forge(f"v1:reputation:standing_page:{village.guild.id}", ["0"])
    assert page.text.startswith(chie.text("reputation.standing_title"))
    assert REASON not in page.text


@pytest.mark.parametrize("is_wanted", [True, False])
async def test_a_role_for_the_word_is_worn_by_who_likes_to(village: Village, aki: Person, is_wanted: bool) -> None:
    await familiar(village, aki)
    role = village.guild.create_role("顔なじみ", permissions=discord.Permissions.none())
    await village.env.settle()
    if is_wanted:
        await choose(aki, "wears_role_on")
    await village.moderator.choose(await open_sources(village), "familiar_role", [role])
    await village.env.settle()
    assert (role.id in held(village, aki)) is is_wanted
    await choose(aki, *["wears_role_off"] * is_wanted)
    await village.env.settle()
    assert role.id not in held(village, aki)


def held(village: Village, person: Person) -> set[int]:
    return set(village.env.backend.get_guild(village.guild.id).members[person.id].role_ids)
