"""Prompts that are asked, of everybody and of one alone, and all that can be pressed about them."""

from collections.abc import Sequence
from datetime import timedelta

import discord
import simcord

from tests.flows.messages import Card, controls
from tests.flows.people import Answer, Person
from tests.flows.village import Village

SOON = timedelta(seconds=2)
EVERY_DAY = [str(day) for day in range(7)]


async def planned(village: Village, days: Sequence[str] = ("0", "3"), **values: object) -> Answer:
    """Let a moderator add a schedule in a channel of its own."""
    form = await village.moderator.slash("schedule add")
    filled = {"channel": [village.door], "days": list(days), "at": "20:30"}
    return await village.moderator.submit(form, **(filled | values))


async def asked(village: Village) -> simcord.ChannelHandle:
    """Let a prompt be asked every day, and the first one come; return its thread."""
    saved = await planned(village, EVERY_DAY)
    await village.moderator.press(saved, "often")
    await a_day(village)
    (thread,) = village.door.threads
    return thread


async def a_day(village: Village, days: int = 1) -> None:
    """Let days pass, in steps so small that nothing is missed: what is late by two hours does not come."""
    for _ in range(24 * days):
        await village.pass_time(timedelta(hours=1))


def prompt_card(village: Village) -> discord.Message:
    """Return the last prompt that stands in the channel."""
    return [each for each in village.cards(village.door) if "check_ins:answer" in " ".join(controls(each))][-1]


async def asked_alone(village: Village, person: Person) -> Answer:
    """Let somebody wish to be asked alone, every day; return what they see then."""
    form = await person.press(await person.slash("checkin me"), "own_plan")
    return await person.submit(form, days=EVERY_DAY, at="6:15", zone="Asia/Tokyo")


async def every_check_in(village: Village) -> list[tuple[Person, Answer | Card]]:
    """Return all that can be pressed about prompts, schedules and check-ins of one's own; days pass for it."""
    moderator, nao, ren = village.moderator, village.move_in("Nao"), village.move_in("Ren")
    saved = await moderator.press(await planned(village, EVERY_DAY), "often")
    ren_plan = await asked_alone(village, ren)
    ren.close_dms()
    await asked_alone(village, nao)
    await a_day(village, 5)
    answered = await nao.submit(
        await nao.press(prompt_card(village), "answer"), words="まだ起きています", shows=["name"]
    )
    shown = [await moderator.slash("schedule list"), await moderator.slash("prompts list")]
    listed = await moderator.submit(await moderator.slash("prompts add"), prompt_ja="朝の習慣は？", prompt_en="")
    own, other = [each["prompt_id"] for each in (await village.rows("prompts"))[-1:-3:-1]]  # ours is asked next
    retired = await moderator.slash("prompts retire", prompt=other)
    one = await moderator.choose(listed, "prompt", [str(own)])
    (row,) = [each for each in await village.rows("schedules") if each["channel_id"]]
    removing = await moderator.slash("schedule remove", schedule=row["schedule_id"])
    day = village.env.now() + timedelta(days=3)
    paused = await nao.slash("checkin pause", until=f"{day:%m/%d}")
    found: list[tuple[Person, Answer | Card]] = [(moderator, each) for each in (saved, *shown, retired, one)]
    found += [(moderator, removing), (nao, answered), (nao, paused), (ren, ren_plan), (ren, await ren.slash("inbox"))]
    found.append((nao, await nao.slash("checkin me")))
    return [*found, (nao, prompt_card(village)), *((nao, each) for each in nao.dms()[-1:])]
