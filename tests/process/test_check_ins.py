"""Prompts and answers over sockets: each comes once, wherever the bot is killed and whatever Discord does meanwhile."""

import asyncio
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from .loopback import Channel, Interaction, Loopback, Member, Message
from .loopback.faults import Fault
from .loopback.server import Ordered
from .private import newest_dm
from .prompting import HOUR, answer, answers, asked, card, just_now, let_come, open_table, plan, plan_own
from .running import PATIENCE, WORDS, Bot, Place, told, until
from .test_feedback import hurry
from .test_once import killed_after, killed_before
from .test_rest_faults import FAULTS
from .test_told_twice import again

QUICK_FAULTS = {name: fault for name, fault in FAULTS.items() if "latency" not in fault}
CLAIMED = "UPDATE effects SET state = 'claimed', attempts = 1, claimed_at = ?, lease_until = ? WHERE card = 'schedule'"
LEASE = 5 * 60 * 10**6  # in the database's microseconds


@pytest.fixture
async def table(place: Place) -> Channel:
    """A channel in which prompts are asked."""
    return await open_table(place)


def prompts(discord: Loopback, table: Channel) -> list[Message]:
    """Return the prompts that stand in a channel."""
    sentence = WORDS("en", "check_ins.no_need")
    return [message for message in discord.bot_messages(table) if sentence in message.text]


async def check_once(bot: Bot, discord: Loopback, table: Channel) -> Message:
    """Check that one prompt stands there, and nothing else, with one thread; return it."""
    shown = await card(discord, table)
    await bot.settled()
    assert discord.bot_messages(table) == prompts(discord, table) == [shown]
    threads = [each for each in discord.world.channels.values() if each.parent is table]
    assert [each.id for each in threads] == [shown.id]
    assert WORDS("en", "check_ins.comes_late") not in shown.text
    ((message_id, thread_id),) = bot.rows("SELECT message_id, thread_id FROM check_ins")
    assert (message_id, thread_id) == (shown.id, shown.id)
    return shown


# ── Killed on the way ────────────────────────────────────────────────────────────────────────────────────────────────


async def planned(bot: Bot, place: Place, table: Channel) -> None:
    """Let a prompt be planned that will have been due just now."""
    assert told(await plan(place, table), "check_ins.saved")
    await bot.settled()


def leave_claimed(bot: Bot) -> None:
    """Leave the job as a kill amid it does: nothing but its claim says that somebody had it in hand."""
    now = time.time_ns() // 1000
    bot.rows(CLAIMED, now, now + LEASE)


async def killed_at(moment: str, bot: Bot, discord: Loopback, where: Channel | Message) -> None:
    """Let a bot that runs or starts be killed at a moment of what it makes in a channel, or from a message."""
    ending = "/threads" if "thread" in moment else "/messages"
    if "sent" in moment:
        await killed_after(bot, discord, ending, beginning=f"/channels/{where.id}/")
    else:
        await killed_before(bot, discord, f"/channels/{where.id}*{ending}")
    if "forgotten" in moment:
        discord.forget_nonces()


async def started_until(moment: str, bot: Bot, discord: Loopback, where: Channel | Message) -> None:
    """Start the bot, and kill it at a moment, which may be before it is known to have started."""
    await discord.disconnected(PATIENCE)
    killing = asyncio.create_task(killed_at(moment, bot, discord, where))
    await bot.launch()
    await killing


async def test_a_prompt_and_its_thread_come_once_though_it_is_killed_at_each_step(
    bot: Bot, discord: Loopback, place: Place, table: Channel
) -> None:
    await planned(bot, place, table)
    await bot.kill()
    let_come(bot)
    leave_claimed(bot)
    await started_until("card claimed", bot, discord, table)
    leave_claimed(bot)  # its transaction was written, and the mark was not
    await started_until("card sent, nonces forgotten", bot, discord, table)
    await started_until("thread claimed", bot, discord, table)
    await started_until("thread sent", bot, discord, table)
    await bot.start()
    await check_once(bot, discord, table)
    let_come(bot)  # again, as if the clock had been set back
    discord.forget_nonces()
    await bot.restart()
    await place.wake()
    await check_once(bot, discord, table)


@pytest.mark.torture
@pytest.mark.parametrize(
    "moment",
    [
        *("job claimed", "job done and not marked", "card claimed", "card sent", "card sent, nonces forgotten"),
        *("thread claimed", "thread sent"),
    ],
)
async def test_a_prompt_and_its_thread_come_once_wherever_it_is_killed(
    moment: str, bot: Bot, discord: Loopback, place: Place, table: Channel
) -> None:
    await planned(bot, place, table)
    await bot.kill()
    let_come(bot)
    if moment == "job claimed":
        leave_claimed(bot)
    else:
        await started_until("card claimed" if "job" in moment else moment, bot, discord, table)
    if moment == "job done and not marked":
        leave_claimed(bot)
    await bot.start()
    await check_once(bot, discord, table)


async def test_an_answer_comes_once_though_it_is_killed_at_each_step(
    bot: Bot, discord: Loopback, place: Place, table: Channel
) -> None:
    aki, shown = place.member("aki"), await asked(bot, place, table)
    assert shown.thread is not None
    await bot.settled()
    killing = asyncio.create_task(killed_at("claimed", bot, discord, shown.thread))
    form = await place.press(aki, shown, "answer")
    assert form.modal is not None
    discord.submit(aki, form.modal, {"words": "Three days indoors", "shows": ["name"]})  # killed, it may say nothing
    await killing
    await started_until("sent, nonces forgotten", bot, discord, shown.thread)
    await bot.start()
    await check_answer(bot, discord, shown, aki, "Three days indoors")


async def check_answer(bot: Bot, discord: Loopback, shown: Message, person: Member, words: str) -> None:
    """Check that an answer, and no other, stands in the thread of a prompt."""
    await discord.wait_for(lambda: answers(discord, shown), PATIENCE, "answer")
    await bot.settled()
    (said,) = answers(discord, shown)
    assert words in said
    assert f"<@{person.id}>" in said


async def test_an_answer_that_was_sent_unseen_and_then_changed_shows_nothing_of_the_first(
    bot: Bot, discord: Loopback, place: Place, table: Channel
) -> None:
    aki, beni, shown = place.member("aki"), place.member("beni"), await asked(bot, place, table)
    await bot.settled()
    lost = discord.fail("POST", f"/channels/{shown.id}/messages", cut=True, after_doing=True)
    lost.times = 2
    first, second = [await answer(place, person, shown, "Three days indoors") for person in (aki, beni)]
    in_doubt = "SELECT count(*) FROM effects WHERE uncertain_since IS NOT NULL"
    await until(lambda: bot.rows(in_doubt) == [(2,)], "known to be in doubt")
    await place.press(aki, first, "take_back")
    form = await place.press(beni, second, "change")
    await place.submit(beni, form, words="Three days", shows=["nameless"])
    bot.skip_pauses()
    await place.wake()
    for key in ("answer_gone", "somebody"):
        sentence = WORDS("en", f"check_ins.{key}")
        await until(lambda: any(sentence in each for each in answers(discord, shown)), sentence)  # noqa: B023 - awaited here
    await bot.settled()
    said = answers(discord, shown)
    assert len(said) == 3  # without a name, it stands elsewhere
    for words in ("indoors", str(aki.id), str(beni.id)):
        assert not any(words in each for each in said)


# ── Refused, cut, and done although the answer was lost ──────────────────────────────────────────────────────────────


def order(discord: Loopback, where: int, fault: Ordered) -> list[Fault]:
    """Let a message in a channel, and a thread from it, meet a fault."""
    return [
        discord.fail("POST", f"/channels/{where}/messages", **fault),
        discord.fail("POST", f"/channels/{where}/messages/*/threads", **fault),
    ]


async def test_every_fault_under_prompts_and_answers(bot: Bot, discord: Loopback) -> None:
    places = {name: Place.made(discord) for name in QUICK_FAULTS}
    await bot.start()
    await asyncio.gather(*(place.set_up() for place in places.values()))
    tables = {name: await open_table(place) for name, place in places.items()}
    await asyncio.gather(*(planned(bot, place, tables[name]) for name, place in places.items()))
    faults = [each for name, table in tables.items() for each in order(discord, table.id, QUICK_FAULTS[name])]
    let_come(bot)
    hurrying = asyncio.create_task(hurry(bot, next(iter(places.values()))))
    shown = {name: await card(discord, table) for name, table in tables.items()}
    faults += [
        discord.fail("POST", f"/channels/{each.id}/messages", **QUICK_FAULTS[name]) for name, each in shown.items()
    ]
    people = {name: place.member("aki") for name, place in places.items()}
    for name, person in people.items():
        assert told(await answer(places[name], person, shown[name], f"I met {name}"), "check_ins.answered")
    for name, person in people.items():
        await check_answer(bot, discord, shown[name], person, f"I met {name}")
    hurrying.cancel()
    for table in tables.values():
        assert len(discord.bot_messages(table)) == 1
    assert all(each.hits for each in faults)


# ── Told twice, and after a restart ──────────────────────────────────────────────────────────────────────────────────


async def test_what_comes_twice_is_done_once(bot: Bot, discord: Loopback, place: Place, table: Channel) -> None:
    aki = place.member("aki")
    added = await plan(place, table)
    await again(discord, added)
    assert bot.rows("SELECT count(*) FROM schedules") == [(1,)]
    await bot.settled()
    let_come(bot)
    await place.wake()
    shown = await card(discord, table)
    act = await answer(place, aki, shown, "Three days indoors", "nameless")
    await again(discord, act)
    await discord.wait_for(lambda: answers(discord, shown), PATIENCE, "answer")
    await bot.settled()
    assert len(answers(discord, shown)) == 1
    assert bot.rows("SELECT count(*) FROM check_in_answers") == [(1,)]
    form = await place.command(place.owner, "prompts add")
    await again(discord, await place.submit(place.owner, form, prompt_en="Your mornings?"))
    assert bot.rows("SELECT count(*) FROM prompts WHERE code = ''") == [(1,)]
    await again(discord, await plan_own(place, aki))
    assert bot.rows("SELECT count(*) FROM schedules WHERE member_id IS NOT NULL") == [(1,)]
    assert bot.rows("SELECT count(*) FROM drafts") == [(0,)]


async def test_forms_of_check_ins_opened_before_a_restart_are_sent_after_it(
    bot: Bot, discord: Loopback, place: Place, table: Channel
) -> None:
    aki, beni = place.member("aki", "ja"), place.member("beni")
    shown = await asked(bot, place, table)
    await plan_own(place, beni)
    await bot.settled()
    let_come(bot)
    await place.wake()
    private = await newest_dm(place, beni, "own_answer")
    ((schedule_id,),) = bot.rows("SELECT schedule_id FROM schedules WHERE member_id IS NULL")
    panel = await place.command(place.owner, "setup panel")
    adding = await place.command(place.owner, "schedule add")
    assert adding.modal is not None
    begun: list[tuple[Member, Interaction, str, dict[str, str | list[str]]]] = [
        (aki, await place.press(aki, shown, "answer"), "answered", {"words": "三日ぶりの外です"}),
        (aki, await place.press(aki, await place.command(aki, "checkin me"), "own_plan"), "saved", {**just_now()}),
        (beni, await place.press(beni, private, "own_answer"), "kept_for_you", {"words": "Awake again"}),
        (place.owner, await place.command(place.owner, "schedule edit", schedule=schedule_id), "saved", {"at": "7:00"}),
        (place.owner, await place.command(place.owner, "prompts add"), "saved", {"prompt_ja": "朝の習慣は？"}),
        (place.owner, await place.press(place.owner, panel, "letter"), "letter_chosen", {"letter_hour": ["7"]}),
    ]
    await bot.restart()
    for person, form, key, fields in begun:
        values = {"day": "Sunday", "hour": 7} if key == "letter_chosen" else {}
        act = await place.submit(person, form, **fields)
        assert told(act, f"check_ins.{key}", "ja" if person is aki else "en", **values), key
    act = discord.submit(place.owner, adding.modal, {"channel": [table], **just_now()})
    await act.answered(PATIENCE)
    assert told(act, "check_ins.saved")
    await bot.settled()
    assert len(answers(discord, shown)) == 1


async def test_the_weekly_letter_comes_once_though_it_is_killed_at_each_step(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    letters = discord.create_channel(place.guild, "letters")
    await place.choose("letter_channel", letters)
    await place.written(place.member("aki"), "I fix old radios")
    await bot.settled()
    await bot.kill()
    ((zone,),) = bot.rows("SELECT zone FROM servers")
    now = datetime.now(ZoneInfo(zone))
    moved = f"UPDATE letter_plans SET day = ?, hour = ?, looked_at = looked_at - {2 * HOUR}"
    bot.rows(moved, now.weekday(), now.hour)
    let_come(bot)
    await started_until("claimed", bot, discord, letters)
    await started_until("sent, nonces forgotten", bot, discord, letters)
    bot.rows(moved, now.weekday(), now.hour)  # as if the clock had been set back
    await bot.start()
    await discord.wait_for(lambda: discord.bot_messages(letters), PATIENCE, "letter")
    await bot.settled()
    (letter,) = discord.bot_messages(letters)
    assert WORDS("en", "introductions.news_waits", when="") in letter.text
    assert "radios" not in letter.text
