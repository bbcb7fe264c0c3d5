"""What befalls check-ins that nobody planned: wrong clocks, years away, closed messages, channels that change."""

import errno
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.check_ins.follow import want_look
from bot.features.check_ins.model import OWN_PROMPTS_LIMIT, Shows, Why
from bot.features.check_ins.times import Skips
from bot.features.members.model import News
from bot.features.setup.model import Place
from bot.storage.database import Database
from bot.storage.effects import Effect, Verb
from bot.worker import TRIES_OF_FAULTS
from tests.storage.circle import refusal
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY
from tests.storage.roundtable import DAY, HOUR, MINUTE, MONDAYS, TABLE, Roundtable, on, opened

EVERY_DAY = replace(MONDAYS, days=frozenset(range(7)))
NIGHTS = frozenset(range(7)), time(2, 30), "Asia/Tokyo"


async def _disk_full(_effect: Effect) -> None:
    raise OSError(errno.ENOSPC, "no space left on device")


@pytest.fixture
async def table(database: Database, clock: HandClock) -> AsyncIterator[Roundtable]:
    async with opened(database, clock) as table:
        yield table


async def test_a_country_whose_holidays_are_known_no_more_stops_nothing(table: Roundtable) -> None:
    schedule = await table.plan(replace(MONDAYS, country="JP"))
    async with table.database.write() as transaction:
        await transaction.connection.execute("UPDATE schedules SET country = 'ZZ'")
    await table.looks.tend(ONE)
    await table.due()
    await table.until(on(23, "20:30"))  # a holiday in Japan
    assert table.discord.asked() == ["11-23 20:30"]
    _, due = await table.schedules.previewed(ONE, schedule.schedule_id)
    assert due[0].due_at == on(30, "20:30")


@pytest.mark.parametrize("ahead", [10, 3000])
async def test_a_clock_that_was_wrong_by_far_silences_nothing(table: Roundtable, ahead: int) -> None:
    schedule = await table.plan(EVERY_DAY, often=True)
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    table.press.found = [News("introductions.news_came", 1)]
    await table.until(on(23, "20:30"))
    table.clock.push(timedelta(days=ahead))
    await table.due()
    table.clock.push(timedelta(days=-ahead))
    for tend in (table.looks.tend, table.letters.tend):
        await tend(ONE)
    await table.due()
    before = len(table.discord.texts(AKI)), len(table.discord.letters())
    for day in range(24, 30):
        for at in ("02:30", "18:00", "20:30"):
            await table.until(on(day, at))
    days = [f"11-{day} 20:30" for day in range(23, 30)]
    assert [day for day in table.discord.asked() if day in days] == days
    assert (len(table.discord.texts(AKI)), len(table.discord.letters())) == (before[0] + 6, before[1] + 1)
    assert (await table.schedules.one(ONE, schedule.schedule_id)).next_at == on(30, "20:30")


async def test_what_was_put_aside_after_too_many_faults_is_looked_at_again(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table.looks, "run", _disk_full)
        await table.until(on(24, "02:30"))
        for _ in range(TRIES_OF_FAULTS):
            await table.due(HOUR / 4)
    assert await table.rows("SELECT state FROM effects WHERE card = 'schedule'") == [("parked",)]
    await table.looks.tend(ONE)
    await table.due()
    await table.until(on(25, "02:30"))
    assert len(table.discord.texts(AKI)) == 1


async def test_after_years_away_it_comes_again(table: Roundtable) -> None:
    await table.plan(EVERY_DAY, often=True)
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.until(on(23, "21:00") + timedelta(days=3000))
    for _ in range(26):
        await table.due(HOUR)
    assert len(table.discord.asked()) == 2
    assert len(table.discord.texts(AKI)) >= 1


async def test_a_server_has_no_more_prompts_of_its_own_than_it_may(table: Roundtable) -> None:
    for number in range(1, OWN_PROMPTS_LIMIT):
        await table.prompts.add(ONE, BENI, "", f"How is number {number}?", table.act())
    await table.prompts.add(ONE, BENI, "", "How is the last?", act := table.act())
    await table.prompts.add(ONE, BENI, "", "told again", act)  # which is no further one
    retired = next(each for each in await table.prompts.every(ONE) if not each.code)
    await table.prompts.retire(ONE, BENI, retired.prompt_id, is_retired=True)
    assert (await refusal(table.prompts.add(ONE, BENI, "", "And now?", table.act()))).key == "check_ins.enough_prompts"
    pages = [await table.prompts.page(ONE, number) for number in range((await table.prompts.page(ONE)).pages)]
    shown = [each for page in pages for each in page.prompts]
    assert shown == await table.prompts.every(ONE)  # however many there are, each can be found and taken up again
    assert shown[-1].prompt_id == retired.prompt_id
    await table.prompts.edit(ONE, BENI, retired.prompt_id, "", "And now?")
    assert not (await table.prompts.retire(ONE, BENI, retired.prompt_id, is_retired=False)).is_retired


async def test_shown_without_a_name_and_then_kept_the_file_does_not_tell_whose_it_was(table: Roundtable) -> None:
    await table.plan()
    await table.until(on(23, "20:30"))
    check_in = await table.last()
    for words, shows in (("without it", Shows.NAMELESS), ("for me", Shows.ME), ("still for me", Shows.ME)):
        await table.say(check_in, words, shows)
        await table.due()
    assert table.discord.answers() == ["(gone)"]
    assert not await table.rows("SELECT 1 FROM check_in_answers WHERE member_id IS NOT NULL")
    await table.say(check_in, "with my name")
    await table.due()
    assert table.discord.answers() == ["(gone)", f"{AKI} with my name"]
    told = await table.rows("SELECT member_id, sealed FROM check_in_answers ORDER BY member_id")
    assert told == [(None, None), (AKI, None)]


async def test_forgotten_while_the_thread_still_shows_it_nobody_is_asked_more(table: Roundtable) -> None:
    await table.plan()
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.until(on(23, "20:30"))
    await table.say(await table.last(), "words of aki")
    await table.due()
    table.discord.forbid(Verb.EDIT)
    for day in (24, 25):
        async with table.database.write() as transaction:
            assert not await table.check_in_holder.forget_member(transaction, ONE, AKI)
        await table.until(on(day, "02:30"))
    assert not table.discord.texts(AKI)


async def test_a_time_that_came_on_the_clocks_of_another_zone_is_not_told_to_come(table: Roundtable) -> None:
    schedule = await table.plan(EVERY_DAY, often=True)
    await table.until(on(23, "20:30"))
    westward = replace(EVERY_DAY, zone=ZoneInfo("Europe/Berlin"))
    edited = await table.schedules.edit(ONE, BENI, schedule.schedule_id, westward, often=True)
    _, due = await table.schedules.previewed(ONE, schedule.schedule_id)
    assert edited.next_at == due[0].due_at == on(24, "20:30", zone=ZoneInfo("Europe/Berlin"))
    await table.until(on(24, "20:30", zone=ZoneInfo("Europe/Berlin")))
    assert table.discord.asked() == ["11-23 20:30", "11-24 20:30"]


async def test_what_is_due_goes_before_what_is_only_to_be_looked_at(table: Roundtable) -> None:
    """With a thousand schedules of one minute, the first prompts are on their way while the others are looked at."""
    for _ in range(6):
        await table.plan(MONDAYS, often=True)
    looked: list[int] = []

    async def look(effect: Effect) -> None:
        looked.append(len(table.discord.asked()))
        await table.looks.run(effect)

    table.jobs["check_ins"].run = look  # type: ignore[method-assign]  # to see what was posted before each look
    await table.until(on(23, "20:30"))
    assert len(table.discord.asked()) == 6
    assert looked[-1] > 0


@pytest.mark.parametrize("why", Why)
async def test_it_is_known_why_a_prompt_was_not_posted(table: Roundtable, why: Why) -> None:
    await table.plan()
    if why is Why.NO_PROMPT:
        for prompt in await table.prompts.every(ONE):
            await table.prompts.retire(ONE, BENI, prompt.prompt_id, is_retired=True)
    elif why is Why.GONE:
        table.discord.delete_channel(TABLE)
    elif why is Why.REFUSED:
        table.discord.forbid(Verb.SEND)
    elif why is Why.HELD_UP:
        table.discord.fail(Verb.SEND, BUSY)
    await table.until(on(23, "20:30") + (3 * HOUR if why is Why.AWAY else 0 * HOUR))
    for _ in range(3):
        await table.due(HOUR)
    (missed,) = await table.schedules.missed(ONE)
    assert (missed.why, missed.channel_id) == (why, TABLE)
    (waiting,) = await table.check_in_holder.server_waiting(ONE)
    assert waiting.why == f"check_ins.why_{why}"
    assert waiting.url.endswith(f"/{ONE}/{TABLE}")
    table.discord.mend()
    await table.setup.try_again(ONE, BENI)
    await table.due()
    assert [each.why for each in await table.schedules.missed(ONE)] == [why]


async def test_what_was_missed_over_days_is_told_on_the_day_of_return(table: Roundtable) -> None:
    await table.plan()  # on Mondays
    other = await table.plan(replace(EVERY_DAY, at=time(21)), often=True)
    await table.until(on(26, "10:00"))
    waiting = await table.check_in_holder.server_waiting(ONE)
    assert [each.since for each in waiting] == [on(23, "20:30"), on(25, "21:00")]  # of each schedule the last
    assert len(await table.schedules.missed(ONE)) == 4
    await table.schedules.remove(ONE, BENI, other.schedule_id)
    table.clock.push(DAY - MINUTE)
    assert len(await table.check_in_holder.server_waiting(ONE)) == 1
    table.clock.push(MINUTE)  # a list comes once a day, and tells it once
    assert not await table.check_in_holder.server_waiting(ONE)


async def test_a_zone_that_this_machine_does_not_know_stops_nobody(table: Roundtable) -> None:
    schedule, other = await table.plan(), await table.plan(replace(MONDAYS, days=frozenset({3})))
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.choices.choose_zone(ONE, AKI, "Asia/Tokyo")
    async with table.database.write() as transaction:
        for table_name in ("servers", "members", "schedules"):
            kept = f"WHERE schedule_id <> {other.schedule_id}" if table_name == "schedules" else ""
            await transaction.connection.execute(f"UPDATE {table_name} SET zone = 'Mars/Utopia' {kept}")
    assert [each.planned.zone.key for each in await table.schedules.listed(ONE)] == ["Mars/Utopia", "Asia/Tokyo"]
    await table.looks.tend(ONE)
    await table.letters.tend(ONE)
    for moment in (on(23, "20:30", zone=ZoneInfo("UTC")), on(26, "20:30")):
        await table.until(moment)
    assert table.discord.asked() == ["11-23 20:30", "11-26 20:30"]
    assert (await table.choices.of(ONE, AKI)).preferences.zone.key == "Mars/Utopia"
    assert (await table.schedules.one(ONE, schedule.schedule_id)).planned.zone.key == "Mars/Utopia"  # once it is known
    edited = await table.schedules.edit(ONE, BENI, schedule.schedule_id, MONDAYS)
    assert edited.next_at == on(30, "20:30")


@pytest.mark.parametrize(("before", "after"), [("JP", ""), ("", "JP")])  # 23 November is a holiday in Japan
async def test_other_holidays_that_are_chosen_as_it_is_looked_are_kept_to(
    table: Roundtable, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    schedule = await table.plan(replace(MONDAYS, country=before))
    plans, found = iter([replace(MONDAYS, country=after)]), table.holidays.skips

    async def slowly(country: str, today: date) -> Skips:
        skips = await found(country, today)
        for planned in plans:
            await table.schedules.edit(ONE, BENI, schedule.schedule_id, planned)
        return skips

    monkeypatch.setattr(table.holidays, "skips", slowly)
    async with table.database.write() as transaction:
        await want_look(transaction, replace(schedule, next_at=transaction.now))
    await table.due()
    await table.until(on(23, "20:30"))
    assert table.discord.asked() == ([] if after else ["11-23 20:30"])
    assert (await table.schedules.one(ONE, schedule.schedule_id)).next_at == on(30, "20:30")


async def test_a_country_goes_by_one_code_that_fits_the_form(table: Roundtable) -> None:
    """Cut to two letters, Austria's longer code would be Australia's."""
    assert {len(code) for code in await table.schedules.countries()} == {2}
    assert await table.schedules.country_called(" at ") == "AT"
    assert (await refusal(table.schedules.country_called("AUT"))).key == "check_ins.no_country"


async def test_what_is_chosen_after_a_clock_was_set_back_holds_from_then_on(table: Roundtable) -> None:
    """Also for the hours that the clock showed before: it was another time that came in them."""
    schedule, alone = await table.plan(EVERY_DAY, often=True), (NIGHTS[0], time(20, 30), NIGHTS[2])
    await table.own.plan(ONE, AKI, alone, table.act())
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    table.press.found = [News("introductions.news_came", 1)]
    await table.until(on(23, "20:31"))
    table.clock.push(-3 * HOUR)
    await table.schedules.edit(ONE, BENI, schedule.schedule_id, replace(EVERY_DAY, at=time(19)))
    await table.own.plan(ONE, AKI, (NIGHTS[0], time(19), NIGHTS[2]), table.act())
    await table.letters.choose(ONE, BENI, 0, 19)
    await table.until(on(23, "19:00"))
    assert table.discord.asked() == ["11-23 20:30", "11-23 19:00"]
    assert (len(table.discord.texts(AKI)), len(table.discord.letters())) == (2, 1)
    await table.schedules.edit(ONE, BENI, schedule.schedule_id, EVERY_DAY)
    await table.own.plan(ONE, AKI, alone, table.act())
    await table.until(on(23, "20:31"))  # as it did before
    assert (len(table.discord.asked()), len(table.discord.texts(AKI))) == (2, 2)


async def test_finding_oneself_in_a_server_writes_only_where_something_is_astray(
    table: Roundtable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All servers come at once at start: presses would queue behind a write for each."""
    daily = await table.plan(EVERY_DAY, often=True)
    await table.plan(replace(MONDAYS, country="JP"), often=True)
    await table.setup.choose_place(ONE, BENI, Place.LETTER, TABLE)
    await table.letters.tend(ONE)
    await table.due()
    with monkeypatch.context() as patch:
        patch.setattr(table.database, "write", None)
        for _ in range(2):
            for tend in (table.looks.tend, table.letters.tend):
                await tend(ONE)
            table.clock.push(timedelta(days=3))  # away, as what was due meanwhile will be looked at anyway
    await table.due()
    assert (await table.schedules.one(ONE, daily.schedule_id)).looked_at == table.clock.now()


async def test_the_trail_says_what_was_changed_in_words_that_stand_elsewhere_too(table: Roundtable) -> None:
    schedule = await table.plan(EVERY_DAY, often=True)
    await table.schedules.edit(ONE, BENI, schedule.schedule_id, replace(MONDAYS, days=frozenset({0, 3})))
    await table.schedules.remove(ONE, BENI, schedule.schedule_id)
    await table.letters.choose(ONE, BENI, 5, 9)
    shipped = next(each for each in await table.prompts.every(ONE) if each.code == "rainy")
    await table.prompts.retire(ONE, BENI, shipped.prompt_id, is_retired=True)
    await table.prompts.add(ONE, BENI, "", "Tea?", table.act())
    own = (await table.prompts.known(ONE))[0]
    await table.prompts.edit(ONE, BENI, own.prompt_id, "お茶は？", "Tea?")
    assert await table.rows("SELECT act, words FROM acts WHERE act LIKE 'check_ins.%' ORDER BY act_id") == [
        ("check_ins.schedule_add", "月、火、水、木、金、土、日　20:30　Asia/Tokyo"),
        ("check_ins.schedule_edit", "月、木　20:30　Asia/Tokyo"),
        ("check_ins.schedule_remove", "月、木　20:30　Asia/Tokyo"),
        ("check_ins.letter_time", "土 9:00"),
        ("check_ins.prompt_retire", "雨の日の楽しみを、ひとつ教えてください。"),
        ("check_ins.prompt_add", "Tea?"),
        ("check_ins.prompt_edit", "お茶は？"),
    ]
