"""The daily look at who is still here: who is forgotten, when, and what has to be done first."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.features.introductions.model import SEARCH_KEPT
from bot.features.members.model import LEFT_KEPT, SWEEP_EVERY
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import LOST, YARD, Pocket, opened

MOMENT = timedelta(seconds=1)


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        await pocket.sweep.tend(ONE)
        yield pocket


@pytest.mark.parametrize("verb", [Verb.EDIT, Verb.EDIT_THREAD])
async def test_who_left_is_not_forgotten_while_something_of_them_still_stands(pocket: Pocket, verb: Verb) -> None:
    await pocket.write("secret")
    await pocket.write("beni's", BENI)
    await pocket.due()
    pocket.discord.members.remove(AKI)
    pocket.discord.forbid(verb)
    await pocket.due(SWEEP_EVERY)
    await pocket.due(LEFT_KEPT + MOMENT)
    assert await pocket.rows("SELECT now FROM introductions WHERE member_id = ?", AKI) == [("secret",)]

    pocket.discord.mend()
    await pocket.setup.try_again(ONE, BENI)
    await pocket.due()
    assert "secret" not in pocket.discord.texts()
    assert sorted(pocket.discord.threads.values()) == [False, True]
    await pocket.due(SWEEP_EVERY)
    for table in ("introductions", "members"):
        assert await pocket.rows(f"SELECT 1 FROM {table} WHERE member_id = ?", AKI) == []


@pytest.mark.parametrize("verb", [Verb.SEND, Verb.THREAD])
async def test_who_left_is_not_forgotten_while_something_may_stand_unknown_to_us(pocket: Pocket, verb: Verb) -> None:
    await pocket.write("beni's", BENI)
    await pocket.due()
    pocket.discord.fail(verb, LOST, done=True)
    await pocket.write("secret")
    await pocket.due()
    pocket.discord.members.remove(AKI)
    pocket.discord.forbid(verb)
    await pocket.due(SWEEP_EVERY)
    await pocket.due(LEFT_KEPT + MOMENT)
    pocket.discord.mend()
    await pocket.setup.try_again(ONE, BENI)
    await pocket.due()
    assert "secret" not in pocket.discord.texts()
    assert True in pocket.discord.threads.values() or verb is Verb.SEND
    await pocket.due(SWEEP_EVERY)
    assert await pocket.rows("SELECT 1 FROM introductions WHERE member_id = ?", AKI) == []


async def test_what_was_never_posted_keeps_nobody_from_being_forgotten(pocket: Pocket) -> None:
    pocket.discord.forbid(Verb.SEND)
    await pocket.write("secret")
    await pocket.due()
    pocket.discord.members.remove(AKI)
    await pocket.due(SWEEP_EVERY)
    await pocket.due(LEFT_KEPT + MOMENT)
    assert await pocket.rows("SELECT now FROM introductions") == []


async def test_newcomer_is_forgotten_after_a_year(pocket: Pocket) -> None:
    await pocket.members.welcome(ONE, MemberId(999), YARD)
    await pocket.due(LEFT_KEPT - MOMENT)
    assert len(await pocket.rows("SELECT * FROM newcomers")) == 1
    await pocket.due(SWEEP_EVERY)
    assert await pocket.rows("SELECT * FROM newcomers") == []


async def test_search_is_forgotten_after_a_day(pocket: Pocket) -> None:
    await pocket.finding.search(ONE, BENI, "health", "", "a word about an illness")
    await pocket.due(SEARCH_KEPT - MOMENT)
    assert len(await pocket.rows("SELECT * FROM searches")) == 1
    await pocket.due(SWEEP_EVERY)
    assert await pocket.rows("SELECT * FROM searches") == []


async def test_who_published_nothing_is_forgotten_a_year_after_they_last_used_the_bot(pocket: Pocket) -> None:
    await pocket.write("one")
    await pocket.due(LEFT_KEPT - MOMENT)
    assert len(await pocket.rows("SELECT * FROM members")) == 2
    await pocket.due(SWEEP_EVERY)
    assert await pocket.rows("SELECT member_id FROM members") == [(AKI,)]
