"""Roles for the two words: worn by whoever wants one while they have the word, and no other role is touched."""

from collections.abc import AsyncIterator

import pytest

from bot.kernel.ids import MemberId, RoleId
from bot.storage.database import Database
from tests.storage.circle import DAY, MINUTE, MODERATOR, people, thank_each, trail
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import Pocket, opened
from tests.storage.wardrobe import FAMILIAR, OTHER, WELL_TIED, Wardrobe, choose, make_familiar, opt, worn


@pytest.fixture
def discord() -> Wardrobe:
    return Wardrobe()


@pytest.fixture
async def pocket(
    database: Database, clock: HandClock, discord: Wardrobe, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Pocket]:
    monkeypatch.setattr("tests.storage.pocket.PocketDiscord", lambda: discord)
    async with opened(database, clock) as pocket:
        sources = people(pocket, 5)
        await pocket.sources.grant(ONE, MODERATOR, sources, pocket.act())
        yield pocket


# ── Given and taken back ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_who_has_a_word_and_wants_its_role_wears_it_soon(pocket: Pocket, discord: Wardrobe) -> None:
    await choose(pocket)
    await make_familiar(pocket, BENI, AKI)
    await opt(pocket)
    assert discord.moved == []  # nobody waits for Discord
    await pocket.due()
    assert discord.moved == [("give", BENI, FAMILIAR)]
    await opt(pocket, AKI)
    await pocket.due()
    await pocket.later()
    assert discord.moved == [("give", BENI, FAMILIAR), ("give", AKI, FAMILIAR)]
    assert await worn(pocket) == [(AKI, FAMILIAR), (BENI, FAMILIAR)]


async def test_who_wants_a_role_and_has_no_word_wears_none_until_they_have_one(
    pocket: Pocket, discord: Wardrobe
) -> None:
    await choose(pocket)
    await opt(pocket)
    await pocket.due()
    assert discord.wears(BENI) == set()
    await make_familiar(pocket, BENI)
    await pocket.later()
    assert discord.wears(BENI) == {FAMILIAR}


async def test_where_no_role_is_chosen_nothing_is_looked_at(pocket: Pocket, discord: Wardrobe) -> None:
    await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.worker._jobs["reputation"].tend(ONE)  # type: ignore[attr-defined]  # a job that goes on for ever
    assert await pocket.rows("SELECT * FROM effects WHERE feature = 'reputation'") == []
    await choose(pocket, FAMILIAR, None)
    await pocket.due()
    assert discord.wears(BENI) == {FAMILIAR}


async def test_the_role_goes_when_the_word_does(pocket: Pocket, discord: Wardrobe) -> None:
    await choose(pocket)
    given, _ = await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.due()
    discord.worn[BENI].add(OTHER)
    await pocket.corrections.reverse(ONE, MODERATOR, given, "a mistake", pocket.act())
    await pocket.due()
    assert discord.wears(BENI) == {OTHER}
    assert await worn(pocket) == []


async def test_the_role_goes_when_a_source_is_annulled_and_comes_with_a_new_one(
    pocket: Pocket, discord: Wardrobe
) -> None:
    await choose(pocket)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.due()
    await pocket.sources.annul(ONE, MODERATOR, 1, pocket.act())
    await pocket.due()
    assert discord.wears(BENI) == set()
    await pocket.sources.grant(ONE, MODERATOR, [MemberId(300)], pocket.act())
    await pocket.due()
    assert discord.wears(BENI) == {FAMILIAR}


async def test_the_role_goes_when_its_member_does_not_want_it_any_more(pocket: Pocket, discord: Wardrobe) -> None:
    await choose(pocket)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.due()
    await opt(pocket, wanted=False)
    await pocket.due()
    assert discord.moved == [("give", BENI, FAMILIAR), ("take", BENI, FAMILIAR)]
    assert await worn(pocket) == []


@pytest.mark.parametrize("chosen", [OTHER, None])
async def test_the_role_goes_when_moderators_choose_another_or_none(
    pocket: Pocket, discord: Wardrobe, chosen: RoleId | None
) -> None:
    await choose(pocket, FAMILIAR, None)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.due()
    await choose(pocket, chosen, None)
    await pocket.due()
    assert discord.wears(BENI) == ({chosen} if chosen else set())
    assert await worn(pocket) == ([(BENI, chosen)] if chosen else [])


async def test_a_further_word_has_its_own_role(pocket: Pocket, discord: Wardrobe) -> None:
    await choose(pocket)
    await opt(pocket)
    seen = []
    for number in range(5):
        await thank_each(pocket, [(MemberId(300 + number), BENI)])
        await pocket.due(8 * DAY)
        await pocket.later()
        seen.append(discord.wears(BENI))
    assert seen == [set(), {FAMILIAR}, {FAMILIAR}, {FAMILIAR}, {WELL_TIED}]


async def test_one_role_for_both_words_stays_on(pocket: Pocket, discord: Wardrobe) -> None:
    await choose(pocket, FAMILIAR, FAMILIAR)
    await opt(pocket)
    for number in range(5):
        await thank_each(pocket, [(MemberId(300 + number), BENI)])
        await pocket.due(8 * DAY)
    await pocket.later()
    assert discord.moved == [("give", BENI, FAMILIAR)]


async def test_a_choice_is_noted_once(pocket: Pocket) -> None:
    for chosen in (FAMILIAR, FAMILIAR, OTHER, None, None):
        await choose(pocket, chosen, None)
    assert [(act.act, act.actor_id, act.words) for act in await trail(pocket)][5:] == [
        ("reputation.familiar_role", MODERATOR, str(FAMILIAR)),
        ("reputation.familiar_role", MODERATOR, str(OTHER)),
        ("reputation.familiar_role", MODERATOR, ""),
    ]
    assert await pocket.roles.chosen(ONE) == {}


# ── No other role ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_role_that_somebody_else_gave_is_never_touched(pocket: Pocket, discord: Wardrobe) -> None:
    discord.worn[BENI] = {FAMILIAR, OTHER}
    await choose(pocket)
    given, _ = await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.due()
    assert await worn(pocket) == []
    await opt(pocket, wanted=False)
    await pocket.due()
    await opt(pocket)
    await pocket.corrections.reverse(ONE, MODERATOR, given, "a mistake", pocket.act())
    await choose(pocket, None, None)
    await pocket.later()
    assert (discord.moved, discord.wears(BENI)) == ([], {FAMILIAR, OTHER})


async def test_what_somebody_took_from_a_member_who_still_wants_it_comes_back_within_the_hour(
    pocket: Pocket, discord: Wardrobe
) -> None:
    await choose(pocket)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.due()
    discord.worn[BENI].clear()
    await pocket.due(59 * MINUTE)
    assert discord.wears(BENI) == set()
    await pocket.due(MINUTE)
    assert discord.wears(BENI) == {FAMILIAR}


async def test_what_somebody_took_from_a_member_and_gave_again_later_is_theirs(
    pocket: Pocket, discord: Wardrobe
) -> None:
    await choose(pocket)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.due()
    discord.worn[BENI].clear()
    await opt(pocket, wanted=False)
    await pocket.due()
    discord.worn[BENI].add(FAMILIAR)
    await pocket.later()
    assert discord.wears(BENI) == {FAMILIAR}


async def test_who_left_is_forgotten_in_the_list_of_what_is_worn(pocket: Pocket, discord: Wardrobe) -> None:
    await choose(pocket)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.due()
    pocket.discord.members.remove(BENI)
    await pocket.later()
    assert await worn(pocket) == []
    pocket.discord.members.add(BENI)
    discord.worn.clear()  # as Discord does with who leaves
    await pocket.later()
    assert discord.wears(BENI) == {FAMILIAR}
