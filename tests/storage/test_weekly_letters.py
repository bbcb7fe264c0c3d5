"""The weekly letter: when it comes, what it tells, and what befalls it on its way."""

from collections.abc import AsyncIterator

import pytest

from bot.features.check_ins.letter_store import Letter
from bot.features.check_ins.letters import WAITS_SHOWN, Letters
from bot.features.members.model import News
from bot.features.setup.model import Place
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.circle import refusal
from tests.storage.house import BENI, ONE, START, HandClock
from tests.storage.pocket import HALL, LOST
from tests.storage.roundtable import DAY, HOUR, TABLE, Press, Roundtable, on, opened


@pytest.fixture
async def table(database: Database, clock: HandClock) -> AsyncIterator[Roundtable]:
    async with opened(database, clock) as table:
        yield table


async def test_the_letter_comes_once_a_week_where_there_is_something_to_tell(table: Roundtable) -> None:
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    table.press.found = [News("introductions.news_came", 2), News("peer_help.news_waits", since=START)]
    await table.until(on(29, "17:59"))
    assert not table.discord.letters()
    for moment in (on(29, "18:00"), on(29, "19:00")):
        await table.until(moment)
        assert table.discord.letters() == ["introductions.news_came peer_help.news_waits"]
    table.press.found = []
    await table.until(on(6, "18:00", month=12))
    assert len(table.discord.letters()) == 1


async def test_the_letter_follows_the_servers_zone(table: Roundtable) -> None:
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    table.press.found = [News("introductions.news_came", 1)]
    await table.setup.choose_zone(ONE, BENI, "America/New_York")
    await table.until(on(30, "08:00"))
    assert len(table.discord.letters()) == 1
    await table.setup.choose_zone(ONE, BENI, "Asia/Tokyo")
    for at in ("17:59", "18:00"):  # half a day before the clocks of New York show it
        await table.until(on(6, at, month=12))
    assert len(table.discord.letters()) == 2


async def test_the_letter_follows_day_and_hour_and_is_not_too_late(table: Roundtable) -> None:
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    table.press.found = [News("introductions.news_came", 1)]
    await table.letters.choose(ONE, BENI, 2, 7)
    await table.due()
    await table.until(on(25, "07:30"))
    assert len(table.discord.letters()) == 1
    await table.until(on(2, "09:00", month=12))
    await table.until(on(6, "18:00", month=12))
    assert len(table.discord.letters()) == 1
    assert (await refusal(table.letters.choose(ONE, BENI, 7, 0))).key == "check_ins.no_letter_time"


async def test_with_another_hour_the_same_is_not_told_twice_and_nothing_is_left_out(table: Roundtable) -> None:
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    table.press.found = [News("introductions.news_came", 1)]
    await table.until(on(29, "18:00"))
    assert table.press.since == on(22, "18:00")
    await table.letters.choose(ONE, BENI, 6, 20)
    await table.until(on(29, "20:00"))
    assert len(table.discord.letters()) == 1
    await table.letters.choose(ONE, BENI, 5, 12)
    await table.until(on(5, "12:00", month=12))
    assert table.press.since == on(29, "18:00")
    await table.letters.choose(ONE, BENI, 4, 12)  # from now on: that of Friday is past
    await table.until(on(11, "12:00", month=12))
    await table.letters.choose(ONE, BENI, 3, 12)
    await table.letters.choose(ONE, BENI, 0, 9)
    await table.until(on(14, "09:00", month=12))
    assert len(table.discord.letters()) == 3
    await table.until(on(21, "09:00", month=12))
    assert table.press.since == on(11, "12:00", month=12)
    assert len(table.discord.letters()) == 4


async def test_a_letter_that_is_late_leaves_to_the_next_what_happens_meanwhile(table: Roundtable) -> None:
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    table.press.found = [News("introductions.news_came", 1)]
    await table.until(on(29, "17:00"))
    table.clock.push(2 * HOUR)
    await table.due()
    assert len(table.discord.letters()) == 1
    assert (table.press.since, table.press.until) == (on(22, "18:00"), on(29, "18:00"))
    await table.until(on(6, "18:00", month=12))
    assert (table.press.since, table.press.until) == (on(29, "18:00"), on(6, "18:00", month=12))


async def test_what_a_missed_letter_would_have_told_is_told_by_the_next(table: Roundtable) -> None:
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    table.press.found = [News("introductions.news_came", 1)]
    await table.until(on(29, "18:00"))
    await table.until(on(6, "17:59", month=12))
    table.clock.push(3 * HOUR)
    await table.due()
    assert len(table.discord.letters()) == 1
    await table.until(on(13, "18:00", month=12))
    assert (table.press.since, table.press.until) == (on(29, "18:00"), on(13, "18:00", month=12))
    for days in (104, 1):  # away for months, and there again the day before the next one
        table.clock.push(days * DAY)
        await table.due()
    assert table.press.since is not None
    assert table.clock.now() - table.press.since == 31 * DAY


async def test_a_letter_on_its_way_comes_once_and_where_it_was_to(table: Roundtable) -> None:
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    table.press.found = [News("introductions.news_came", 1)]
    table.discord.fail(Verb.SEND, LOST, done=True)
    await table.until(on(29, "18:00"))
    table.discord.mend()
    await table.setup.choose_place(ONE, BENI, Place.LETTER, HALL)
    await table.due(HOUR)
    assert len(table.discord.letters()) == 1
    await table.until(on(6, "18:00", month=12))
    assert [text.startswith("letter ") for text in table.discord.texts(HALL)] == [True]


async def test_a_letter_that_a_wrong_clock_left_out_comes_also_where_its_hour_is_chosen_anew(table: Roundtable) -> None:
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    table.press.found = [News("introductions.news_came", 1)]
    table.clock.push(10 * DAY)
    await table.due()
    table.clock.push(-10 * DAY)
    for day in (5, 6):
        await table.letters.choose(ONE, BENI, day, 18)
    await table.due()
    await table.until(on(29, "18:00"))
    assert len(table.discord.letters()) == 1


async def test_many_who_wait_for_one_thing_hide_nobody_who_waits_for_another(table: Roundtable) -> None:
    other = Press()
    letters = Letters(table.database, table.setup, [table.press, other])
    table.press.found = [News("introductions.news_waits", since=START, url=str(each)) for each in range(WAITS_SHOWN)]
    other.found = [News("peer_help.news_waits", since=START, url="x")]
    written = await letters.written(Letter(1, ONE, on(29, "18:00"), None, None))
    assert written is not None
    assert [each.url for each in written.news] == ["0", "1", "2", "3", "4", "x"]
    assert written.has_more
