"""Whoever wishes to be asked alone is asked at their own hour, until a pause or the end, by message or in the inbox."""

from collections.abc import AsyncIterator
from datetime import time, timedelta

import pytest

from bot.features.check_ins.model import MOOD_WEEKS, Mood, Schedule, Shows, Written
from bot.features.members.model import Notice
from bot.features.members.reach import Kind, Way
from bot.kernel.errors import DiscordTrouble
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.circle import refusal
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY, LOST
from tests.storage.roundtable import DAY, HOUR, Roundtable, on, opened

NIGHTS = frozenset(range(7)), time(2, 30), "Asia/Tokyo"


@pytest.fixture
async def table(database: Database, clock: HandClock) -> AsyncIterator[Roundtable]:
    async with opened(database, clock) as table:
        yield table


async def told(table: Roundtable, member_id: MemberId = AKI) -> list[str]:
    """Return how the private messages to somebody stand there."""
    return table.discord.texts(member_id)


async def mine_of(table: Roundtable) -> Schedule:
    """Return when AKI is asked alone."""
    mine = await table.own.mine(ONE, AKI)
    assert mine is not None
    return mine


async def test_asked_alone_it_comes_at_ones_own_hour_also_at_night(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.until(on(24, "02:29"))
    assert not await told(table)
    for day in (24, 25):
        await table.until(on(day, "02:30"))
    assert len(await told(table)) == 2
    (newest,) = (await table.inbox.page(ONE, AKI, 0)).shown
    check_in_id = await table.own.asked(ONE, AKI, newest[0].notice_id)
    await table.answering.answer(ONE, AKI, check_in_id, Written("awake again", Shows.ME, Mood.TEARS), table.act())
    assert not (await table.inbox.page(ONE, AKI, 0)).shown
    weeks = await table.own.moods(ONE, AKI)
    assert (len(weeks), weeks[-1].moods) == (26, {Mood.TEARS: 1})
    assert not await table.check_in_holder.server_waiting(ONE)


async def test_held_up_on_its_way_it_waits_for_the_morning(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    table.discord.fail(Verb.DM, BUSY)
    await table.until(on(24, "02:30"))
    for _ in range(2):
        await table.due(HOUR)
    table.discord.mend()
    await table.until(on(24, "06:59"))
    assert not await told(table)
    await table.until(on(24, "07:00"))
    assert len(await told(table)) == 1


async def test_paused_stopped_and_taken_up_again(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    paused = await table.own.pause(ONE, AKI, "11/27")
    assert paused.paused_until == on(27, "00:00")
    for day in (24, 25, 26, 27):
        await table.until(on(day, "02:30"))
    assert len(await told(table)) == 1
    assert (await refusal(table.own.pause(ONE, AKI, "yesterday"))).key == "check_ins.no_such_day"
    for _ in range(2):
        await table.own.stop(ONE, AKI)
    await table.until(on(29, "02:30"))
    assert len(await told(table)) == 1
    assert await table.own.mine(ONE, AKI) is None
    assert (await refusal(table.own.pause(ONE, AKI, ""))).key == "check_ins.not_asked_alone"
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.until(on(30, "02:30"))
    assert len(await told(table)) == 2


async def test_a_pause_that_is_over_is_none(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.own.pause(ONE, AKI, "11/24")
    await table.until(on(26, "03:00"))
    assert (await mine_of(table)).paused_until is None


async def test_begun_anew_nothing_is_left_of_a_pause_from_before(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.own.pause(ONE, AKI, "12/20")
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    assert (await mine_of(table)).paused_until == on(20, "00:00", month=12)  # another hour leaves it
    await table.own.stop(ONE, AKI)
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    assert (await mine_of(table)).paused_until is None


async def test_another_hour_leaves_the_way_that_was_chosen(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.choices.consent(ONE, AKI, Kind.CHECK_IN, Way.INBOX)
    later = NIGHTS[0], time(3), "Asia/Tokyo"
    await table.own.plan(ONE, AKI, later, table.act())
    assert await table.choices.way(ONE, AKI, Kind.CHECK_IN) is Way.INBOX
    await table.own.stop(ONE, AKI)
    await table.own.plan(ONE, AKI, later, table.act())
    assert await table.choices.way(ONE, AKI, Kind.CHECK_IN) is Way.DM


async def test_with_closed_messages_it_waits_in_the_inbox_and_asks_whether_to_go_on(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    table.discord.close_dms(AKI)
    for day in range(24, 30):
        await table.until(on(day, "02:30"))
    shown = (await table.inbox.page(ONE, AKI, 0)).shown
    assert shown[0][1].text == "check_ins.told_goes_on"
    assert len(shown) == 2  # the first found out, two waited, of which the newer is left, and then came the question
    await table.own.go_on(ONE, AKI, shown[0][0].notice_id)
    await table.until(on(30, "02:30"))
    ((newest, _),) = (await table.inbox.page(ONE, AKI, 0)).shown
    assert newest.told_at == on(30, "02:30")


async def test_in_the_inbox_a_newer_prompt_takes_the_place_of_one_that_was_not_answered(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.choices.consent(ONE, AKI, Kind.CHECK_IN, Way.INBOX)
    seen = []
    for day in (24, 25, 26):
        await table.until(on(day, "02:30"))
        ((notice, _),) = (await table.inbox.page(ONE, AKI, 0)).shown
        seen.append(notice.notice_id)
    assert len(set(seen)) == 3
    older = await table.own.asked(ONE, AKI, seen[0])  # what somebody began to write is not lost
    await table.answering.answer(ONE, AKI, older, Written("at last", Shows.ME), table.act())
    assert [each.words for _, _, each in await table.answering.mine(ONE, AKI)] == ["at last"]
    ((notice, _),) = (await table.inbox.page(ONE, AKI, 0)).shown
    assert notice.notice_id == seen[-1]


async def test_it_is_looked_after_who_has_left_of_those_who_are_asked_alone(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.own.plan(ONE, BENI, NIGHTS, table.act())
    await table.own.stop(ONE, BENI)
    assert await table.check_in_holder.shown_members(ONE) == [AKI]


async def test_a_moderator_sees_nothing_of_it(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.until(on(24, "02:30"))
    assert not await table.schedules.listed(ONE)
    assert (await refusal(table.answering.today(ONE))).key == "check_ins.nothing_asked"
    async with table.database.write() as transaction:
        await table.check_in_holder.member_left(transaction, ONE, AKI)
    assert await table.own.mine(ONE, AKI) is None
    async with table.database.write() as transaction:
        assert await table.check_in_holder.forget_member(transaction, ONE, AKI)
    assert not await table.rows("SELECT 1 FROM schedules WHERE member_id IS NOT NULL")


@pytest.mark.parametrize("trouble", [BUSY, LOST])
@pytest.mark.parametrize("is_stopped", [True, False])
async def test_stopped_or_paused_nothing_comes_that_was_on_its_way(
    table: Roundtable, trouble: DiscordTrouble, *, is_stopped: bool
) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    table.discord.fail(Verb.DM, trouble)
    await table.until(on(24, "02:30"))
    await (table.own.stop(ONE, AKI) if is_stopped else table.own.pause(ONE, AKI, "12/20"))
    table.discord.mend()
    await table.due(HOUR)
    assert not table.discord.texts(AKI)
    assert len((await table.inbox.page(ONE, AKI, 0)).shown) == 1


async def questions(table: Roundtable) -> list[Notice]:
    """Return what stands in Aki's inbox of whether to go on."""
    shown = (await table.inbox.page(ONE, AKI, 0)).shown
    return [notice for notice, _ in shown if notice.card == "goes_on"]


async def test_whoever_went_on_is_asked_again_only_after_choosing_messages_again(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    table.discord.close_dms(AKI)
    asked = []
    for day in range(30):
        await table.until(on(24, "02:30") + timedelta(days=day))
        for notice in await questions(table):
            assert notice.is_open
            await table.own.go_on(ONE, AKI, notice.notice_id)
            assert await table.choices.way(ONE, AKI, Kind.CHECK_IN) is Way.INBOX
            assert not await questions(table)
            asked.append(day)
        if day in {12, 13}:
            await table.choices.consent(ONE, AKI, Kind.CHECK_IN, Way.DM)
    assert asked == [3, 17]  # after three in a row


@pytest.mark.parametrize("day", [24, 25, 26])
async def test_three_in_a_row_are_three_whatever_is_chosen_anew_meanwhile(table: Roundtable, day: int) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    table.discord.close_dms(AKI)
    for each in (24, 25, 26):
        await table.until(on(each, "02:30"))
        if each == day:
            await table.own.plan(ONE, AKI, NIGHTS, table.act())
            await table.own.pause(ONE, AKI, "")
        assert not await questions(table)
    await table.until(on(27, "02:30"))
    assert len(await questions(table)) == 1


@pytest.mark.parametrize("way", Way)
async def test_whoever_chooses_the_way_anew_has_said_whether_to_go_on(table: Roundtable, way: Way) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    table.discord.close_dms(AKI)
    for day in (24, 25, 26, 27):
        await table.until(on(day, "02:30"))
    await table.choices.consent(ONE, AKI, Kind.CHECK_IN, way)
    assert not await questions(table)
    await table.until(on(28, "02:30"))
    ((notice, _),) = (await table.inbox.page(ONE, AKI, 0)).shown
    assert notice.told_at == on(28, "02:30")


async def test_whoever_plans_anew_in_doubt_goes_on_in_the_inbox(table: Roundtable) -> None:
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    table.discord.close_dms(AKI)
    for day in (24, 25, 26, 27):
        await table.until(on(day, "02:30"))
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    assert await table.choices.way(ONE, AKI, Kind.CHECK_IN) is Way.INBOX


async def test_ones_own_list_opens_no_seals_of_long_ago(table: Roundtable) -> None:
    await table.plan()
    await table.own.plan(ONE, AKI, NIGHTS, table.act())
    await table.until(on(23, "20:30"))
    await table.say(await table.last(), "without a name", Shows.NAMELESS)
    await table.until(on(24, "02:30"))
    ((notice, _),) = (await table.inbox.page(ONE, AKI, 0)).shown
    alone = Written("for me", Shows.ME)
    await table.answering.answer(ONE, AKI, notice.object_id, alone, table.act())
    assert [each.words for _, _, each in await table.answering.mine(ONE, AKI)] == ["for me", "without a name"]
    table.clock.push(MOOD_WEEKS * 7 * DAY)
    assert [each.words for _, _, each in await table.answering.mine(ONE, AKI)] == ["for me"]
