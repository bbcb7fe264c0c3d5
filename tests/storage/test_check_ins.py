"""Prompts come once each time they are due, late by under two hours or not at all; answers are seen as one likes."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.check_ins.looking import ScheduleLooks
from bot.features.check_ins.model import PAGE, CheckIn, Mood, Shows, Written
from bot.features.check_ins.shipped import SHIPPED, is_in_season
from bot.kernel.errors import DiscordTrouble, PlaceGone
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.circle import refusal
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY, FORBIDDEN, LOST
from tests.storage.roundtable import HOUR, MINUTE, MONDAYS, Roundtable, on, opened

FORBIDDEN_HERE = PlaceGone("trouble.refused", FORBIDDEN, "missing permissions")
EVERY_DAY = replace(MONDAYS, days=frozenset(range(7)))


@pytest.fixture
async def table(database: Database, clock: HandClock) -> AsyncIterator[Roundtable]:
    async with opened(database, clock) as table:
        yield table


@pytest.mark.parametrize(("trouble", "done"), [(BUSY, False), (LOST, False), (LOST, True)])
async def test_a_prompt_and_its_thread_come_once(table: Roundtable, trouble: DiscordTrouble, done: bool) -> None:
    await table.plan()
    table.discord.fail(Verb.SEND, trouble, done=done)
    await table.until(on(23, "20:30"))
    table.discord.mend()
    for _ in range(3):
        await table.due(MINUTE)
    assert table.discord.asked() == ["11-23 20:30"]
    check_in = await table.last()
    assert list(table.discord.threads) == [check_in.thread_id] == [check_in.message_id]


async def test_a_week_of_prompts_comes_in_order(table: Roundtable) -> None:
    await table.plan(EVERY_DAY, often=True)
    for day in range(23, 30):
        await table.until(on(day, "20:30"))
    assert table.discord.asked() == [f"11-{day} 20:30" for day in range(23, 30)]
    assert len({row[0] for row in await table.rows("SELECT prompt_id FROM check_ins")}) == 7


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (timedelta(minutes=9), ["11-23 20:30"]),
        (timedelta(minutes=10), ["11-23 20:30 late"]),
        (2 * HOUR - MINUTE, ["11-23 20:30 late"]),
        (2 * HOUR, []),
        (timedelta(days=7, hours=1), ["11-30 20:30 late"]),
    ],
)
async def test_missed_by_under_two_hours_it_comes_late(table: Roundtable, late: timedelta, expected: list[str]) -> None:
    await table.plan()
    await table.until(on(23, "20:30") + late)
    assert table.discord.asked() == expected
    missed = await table.schedules.missed(ONE)
    assert [each.local.day for each in missed] == ([23] if late == 2 * HOUR else [])  # of the last week
    listed = await table.check_in_holder.server_waiting(ONE)
    assert [each.since for each in listed] == ([on(23, "20:30")] if late >= 2 * HOUR else [])  # of whenever


async def test_held_up_for_two_hours_on_its_way_it_does_not_come(table: Roundtable) -> None:
    await table.plan()
    table.discord.fail(Verb.SEND, BUSY)
    await table.until(on(23, "20:30"))
    for _ in range(3):
        await table.due(HOUR)
    table.discord.mend()
    await table.due(HOUR)
    assert not table.discord.asked()
    assert len(await table.schedules.missed(ONE)) == 1


async def test_a_clock_set_back_asks_nothing_twice(table: Roundtable) -> None:
    schedule = await table.plan()
    await table.until(on(23, "20:31"))
    table.clock.push(-2 * HOUR)
    await table.looks.tend(ONE)
    for _ in range(4):
        await table.due(HOUR)
    assert table.discord.asked() == ["11-23 20:30"]
    assert (await table.schedules.one(ONE, schedule.schedule_id)).next_at == on(30, "20:30")


async def test_edited_it_comes_when_it_is_planned_now(table: Roundtable) -> None:
    schedule = await table.plan()
    await table.schedules.edit(ONE, BENI, schedule.schedule_id, replace(MONDAYS, at=time(21)))
    await table.until(on(23, "20:59"))
    assert not table.discord.asked()
    await table.schedules.edit(ONE, BENI, schedule.schedule_id, replace(MONDAYS, at=time(20)))
    await table.until(on(23, "23:00"))
    assert not table.discord.asked()
    await table.until(on(30, "20:00"))
    assert table.discord.asked() == ["11-30 20:00"]


async def test_edited_before_it_was_looked_at_what_was_due_comes_nevertheless(table: Roundtable) -> None:
    schedule = await table.plan(replace(MONDAYS, country="US"))
    table.clock.push(on(23, "20:30") + MINUTE - table.clock.now())
    await table.schedules.edit(ONE, BENI, schedule.schedule_id, replace(MONDAYS, at=time(22), country="JP"))
    await table.due()
    await table.until(on(30, "22:00"))
    assert table.discord.asked() == ["11-23 20:30", "11-30 22:00"]


@pytest.mark.parametrize("act", ["edit", "remove"])
async def test_edited_between_claim_and_send(table: Roundtable, act: str) -> None:
    schedule = await table.plan()
    table.discord.fail(Verb.SEND, BUSY)
    await table.until(on(23, "20:30"))
    if act == "edit":
        await table.schedules.edit(ONE, BENI, schedule.schedule_id, replace(MONDAYS, at=time(22)))
    else:
        await table.schedules.remove(ONE, BENI, schedule.schedule_id)
    table.discord.mend()
    for _ in range(6):
        await table.due(timedelta(minutes=30))
    assert not await table.schedules.missed(ONE)
    due = {"edit": ["11-23 20:30 late", "11-23 22:00"], "remove": []}
    assert [text.removesuffix(" late") for text in table.discord.asked()] == [
        text.removesuffix(" late") for text in due[act]
    ]


async def test_public_holidays_are_left_out(table: Roundtable) -> None:
    schedule = await table.plan(replace(MONDAYS, country="JP"))  # 23 November is Labour Thanksgiving Day
    _, coming = await table.schedules.previewed(ONE, schedule.schedule_id)
    assert [f"{due.local:%m-%d}" for due in coming] == ["11-30", "12-07", "12-14", "12-21", "12-28"]
    await table.until(on(23, "21:00"))
    assert not table.discord.asked()


async def test_zones_rules_are_read_anew(table: Roundtable, monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = await table.plan()
    # As if a newer tzdata had said that Tokyo is an hour further on from now on: half past eight comes earlier.
    earlier = ZoneInfo("Asia/Vladivostok")
    async with table.database.write() as transaction:
        await transaction.connection.execute("UPDATE schedules SET zone = ?", (earlier.key,))
    await ScheduleLooks(table.database, table.holidays, table.inbox).tend(ONE)
    await table.due()
    moved = await table.schedules.one(ONE, schedule.schedule_id)
    assert moved.next_at == on(23, "20:30", zone=earlier)


async def test_limits_of_schedules(table: Roundtable) -> None:
    first = await table.plan()
    assert await table.schedules.add(ONE, BENI, MONDAYS, table.act()) != first
    too_often = replace(MONDAYS, days=frozenset({2}))
    assert (await refusal(table.plan(too_often))).key == "check_ins.too_often"
    assert (await table.plan(too_often, often=True)).planned == too_often
    assert (await refusal(table.plan(replace(MONDAYS, days=frozenset())))).key == "check_ins.no_days"
    assert (await refusal(table.plan(replace(MONDAYS, country="XX")))).key == "check_ins.no_country"
    assert (await refusal(table.schedules.one(ONE, 99))).key == "check_ins.schedule_gone"


async def test_as_often_as_before_it_is_not_asked_again(table: Roundtable) -> None:
    schedule = await table.plan(EVERY_DAY, often=True)
    later = replace(EVERY_DAY, at=time(21))
    assert (await table.schedules.edit(ONE, BENI, schedule.schedule_id, later)).planned == later
    fewer = replace(EVERY_DAY, days=frozenset(range(6)))
    await table.schedules.edit(ONE, BENI, schedule.schedule_id, fewer)
    refused = await refusal(table.schedules.edit(ONE, BENI, schedule.schedule_id, EVERY_DAY))
    assert refused.key == "check_ins.too_often"


# ── Prompts ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_was_asked_longest_ago_is_next(table: Roundtable) -> None:
    await table.plan(EVERY_DAY, often=True)
    in_november = [code for code in SHIPPED if is_in_season(code, 11)]
    page = await table.prompts.page(ONE)
    assert page.total == len(SHIPPED) >= 60
    assert [each.code for each in page.prompts] == in_november[:PAGE]  # those of other seasons come later
    await table.until(on(23, "20:30"))
    (asked,) = await table.rows("SELECT p.code FROM check_ins INNER JOIN prompts AS p USING (prompt_id)")
    assert asked == (in_november[0],)
    (second,) = await table.rows("SELECT prompt_id FROM prompts WHERE code = ?", in_november[1])
    await table.prompts.retire(ONE, BENI, second[0], is_retired=True)
    await table.until(on(24, "20:30"))
    asked_then = await table.rows("SELECT p.code FROM check_ins INNER JOIN prompts AS p USING (prompt_id)")
    assert asked_then == [(in_november[0],), (in_november[2],)]


async def test_prompts_of_their_own(table: Roundtable) -> None:
    act = table.act()
    for _ in range(2):
        await table.prompts.add(ONE, BENI, "朝の習慣は？", "", act)
    (own,) = await table.rows("SELECT prompt_id FROM prompts WHERE code = ''")
    worded = await table.prompts.edit(ONE, BENI, own[0], "", "Your mornings?")
    assert worded.words == {"en": "Your mornings?"}
    assert (await refusal(table.prompts.add(ONE, BENI, " ", "", table.act()))).key == "check_ins.prompt_empty"
    shipped = (await table.prompts.page(ONE)).prompts
    refused = await refusal(table.prompts.edit(ONE, BENI, next(p for p in shipped if p.code).prompt_id, "x", ""))
    assert refused.key == "check_ins.prompt_shipped"


# ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_answers_are_shown_to_whom_one_likes(table: Roundtable) -> None:
    await table.plan()
    await table.until(on(23, "20:30"))
    check_in = await table.last()
    await table.say(check_in, "with my name")
    await table.say(check_in, "for me", Shows.ME, BENI)
    await table.due()
    assert table.discord.answers() == [f"{AKI} with my name"]
    await table.say(check_in, "without it", Shows.NAMELESS)
    await table.say(check_in, "also", Shows.NAMELESS, BENI)
    await table.due()
    assert table.discord.answers() == ["(gone)", "None without it", "None also"]
    assert not await table.rows("SELECT 1 FROM check_in_answers WHERE member_id IS NOT NULL")
    _, _, mine = await table.answering.asked(ONE, AKI, check_in.check_in_id)
    assert mine is not None
    assert (mine.words, mine.member_id) == ("without it", AKI)


@pytest.mark.parametrize("first", [Shows.NAME, Shows.NAMELESS])
@pytest.mark.parametrize("by_way_of", [[], [Shows.ME]])
async def test_where_a_name_stood_no_answer_without_one_ever_does_nor_the_other_way_round(
    table: Roundtable, first: Shows, by_way_of: list[Shows]
) -> None:
    await table.plan()
    await table.until(on(23, "20:30"))
    check_in = await table.last()
    await table.say(check_in, "first", first)
    await table.due(HOUR)
    (before,) = await table.answering.mine(ONE, AKI)
    stood_at = before[2].message_id
    other = Shows.NAMELESS if first is Shows.NAME else Shows.NAME
    for shows in (*by_way_of, other):
        await table.say(check_in, "later", shows)
        await table.due(HOUR)
    shown = {Shows.NAME: f"{AKI} later", Shows.NAMELESS: "None later"}[other]
    assert table.discord.answers() == ["(gone)", shown]
    ((_, _, after),) = await table.answering.mine(ONE, AKI)
    assert after.message_id not in {None, stood_at}
    assert after.answered_at == before[2].answered_at  # the mood of that week stays there


async def test_taken_back_nothing_is_left(table: Roundtable) -> None:
    await table.plan()
    await table.until(on(23, "20:30"))
    check_in = await table.last()
    await table.say(check_in, "too much said")
    await table.due()
    for _ in range(2):
        await table.answering.take_back(ONE, AKI, check_in.check_in_id)
    await table.due()
    assert table.discord.answers() == ["(gone)"]
    assert (await table.answering.asked(ONE, AKI, check_in.check_in_id))[2] is None
    await table.say(check_in, "once more")
    await table.due()
    assert table.discord.answers()[1:] == [f"{AKI} once more"]


async def lost_on_its_way(table: Roundtable, words: str) -> CheckIn:
    """Let an answer be posted, and its bot not hear that it was; return what was answered."""
    await table.plan()
    await table.until(on(23, "20:30"))
    check_in = await table.last()
    table.discord.fail(Verb.SEND, LOST, done=True)
    await table.say(check_in, words)
    await table.due()
    table.discord.mend()
    assert table.discord.answers() == [f"{AKI} {words}"]
    return check_in


async def test_changed_or_taken_back_before_its_bot_knows_that_it_stands_there(table: Roundtable) -> None:
    check_in = await lost_on_its_way(table, "with my name")
    await table.say(check_in, "without it", Shows.NAMELESS)
    await table.due(HOUR)
    assert table.discord.answers() == ["(gone)", "None without it"]
    table.discord.fail(Verb.SEND, LOST, done=True)
    await table.say(check_in, "too much said", member_id=BENI)
    await table.due()
    table.discord.mend()
    await table.answering.take_back(ONE, BENI, check_in.check_in_id)
    await table.due(HOUR)
    assert table.discord.answers() == ["(gone)", "None without it", "(gone)"]


async def test_told_again_an_answer_is_one(table: Roundtable) -> None:
    await table.plan()
    await table.until(on(23, "20:30"))
    check_in, act = await table.last(), table.act()
    for _ in range(2):
        await table.answering.answer(ONE, AKI, check_in.check_in_id, Written("", Shows.NAME, Mood.SIGH), act)
    await table.due()
    assert len(table.discord.answers()) == 1
    nothing = Written(" ", Shows.NAME)
    refused = await refusal(table.answering.answer(ONE, AKI, check_in.check_in_id, nothing, table.act()))
    assert refused.key == "check_ins.says_nothing"


async def test_forgotten_nothing_tells_who_it_was(table: Roundtable) -> None:
    await table.plan()
    await table.until(on(23, "20:30"))
    check_in = await table.last()
    await table.say(check_in, "words of aki")
    await table.due()
    for done in (False, True):
        async with table.database.write() as transaction:
            assert await table.check_in_holder.forget_member(transaction, ONE, AKI) is done
        await table.due()
    assert table.discord.answers() == ["(gone)"]
