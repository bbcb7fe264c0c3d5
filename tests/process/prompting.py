"""Prompts that come due, who answers them, and all messages with controls that this brings before people.

A process has the machine's clock: instead of letting time go by, what is kept of it is moved into the past.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.kernel.i18n import Locale, locale_of

from .everybody import Village
from .loopback import Channel, Interaction, Loopback, Member, Message
from .private import newest_dm
from .running import PATIENCE, Bot, Place, told, until

AGO = timedelta(minutes=5)  # that a prompt was due: not so late that it says so
HOUR = 3600 * 10**6  # in the database's microseconds
EVERY_DAY = [str(day) for day in range(7)]


async def open_table(place: Place) -> Channel:
    """Return a channel in which prompts are to be asked."""
    return place.discord.create_channel(place.guild, "prompts")


# ── What moderators and members do ───────────────────────────────────────────────────────────────────────────────────


def just_now(days: list[str] | None = None) -> dict[str, str | list[str]]:
    """Return the fields of a form whose last time was just now, and whose next one is a day ahead at least."""
    moment = datetime.now(UTC) - AGO
    return {"days": days or [str(moment.weekday())], "at": f"{moment:%H:%M}", "zone": "UTC"}


async def plan(
    place: Place, table: Channel, person: Member | None = None, days: list[str] | None = None
) -> Interaction:
    """Let a moderator add a schedule."""
    moderator = person or place.owner
    form = await place.command(moderator, "schedule add")
    assert form.modal is not None
    act = place.discord.submit(moderator, form.modal, {"channel": [table], **just_now(days)})
    await act.answered(PATIENCE)
    return act


async def plan_own(place: Place, person: Member) -> Interaction:
    """Let a member wish to be asked alone."""
    form = await place.press(person, await place.command(person, "checkin me"), "own_plan")
    return await place.submit(person, form, **just_now(EVERY_DAY))


def let_come(bot: Bot) -> None:
    """Let all schedules have come to what they were planned for just now, and the letter to its day and hour.

    The worker notices when it is woken.
    """
    bot.rows(f"UPDATE schedules SET looked_at = looked_at - {HOUR}")
    bot.rows("UPDATE effects SET due_at = 0 WHERE state = 'waiting' AND feature = 'check_ins' AND verb = 'job'")


async def asked(bot: Bot, place: Place, table: Channel) -> Message:
    """Let a prompt be planned and come due; return its card when it has a thread."""
    assert told(await plan(place, table), "check_ins.saved")
    await bot.settled()
    let_come(bot)
    await place.wake()
    return await card(place.discord, table)


async def card(discord: Loopback, table: Channel) -> Message:
    """Wait for the card of a prompt and its thread."""
    found = await discord.wait_for(
        lambda: [each for each in discord.bot_messages(table) if each.thread is not None], PATIENCE, "prompt and thread"
    )
    return found[-1]


async def answer(place: Place, person: Member, card: Message, words: str, shows: str = "name") -> Interaction:
    """Answer a prompt by its card."""
    return await place.submit(person, await place.press(person, card, "answer"), words=words, shows=[shows])


def answers(discord: Loopback, card: Message) -> list[str]:
    """Return what the bot wrote in a prompt's thread."""
    assert card.thread is not None
    return [message.text for message in discord.bot_messages(card.thread)]


# ── Everybody ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def fill(village: Village, bot: Bot) -> None:
    """Let moderators plan and look after prompts, and members answer them, be asked alone, and pause."""
    place = village.place
    table = await open_table(place)
    for moderator in village.moderators:
        village.keep(moderator, await plan(place, table, moderator))
        await _look_after(village, bot, moderator, table)
    gatherings = [Gathering(village, bot, person.user.locale) for person in village.members]
    for gathering in gatherings:
        await plan_own(place, gathering.asked)
        await plan_own(place, gathering.unreached)
    await bot.settled()
    let_come(bot)
    bot.rows("UPDATE schedules SET unreached = 2 WHERE member_id IS NOT NULL")
    for gathering in gatherings:
        gathering.close()
    await place.wake()
    shown = await card(place.discord, table)
    for gathering in gatherings:
        await gathering.answer(shown)
        await gathering.be_asked()
        await gathering.be_in_doubt()


async def _look_after(village: Village, bot: Bot, moderator: Member, table: Channel) -> None:
    place, keep = village.place, village.keep
    keep(moderator, await plan(place, table, moderator, EVERY_DAY))  # too often, unless they say so
    keep(moderator, await place.command(moderator, "schedule list"))
    ((schedule_id,),) = bot.rows("SELECT max(schedule_id) FROM schedules")
    keep(moderator, await place.command(moderator, "schedule remove", schedule=schedule_id))
    form = await place.command(moderator, "prompts add")
    keep(moderator, await place.submit(moderator, form, prompt_en=f"Your evenings? {moderator.name}"))
    ((prompt_id,),) = bot.rows("SELECT max(prompt_id) FROM prompts WHERE code = ''")
    form = await place.command(moderator, "prompts edit", prompt=prompt_id)
    keep(moderator, await place.submit(moderator, form, prompt_en=f"Your mornings? {moderator.name}"))
    keep(moderator, await place.command(moderator, "prompts retire", prompt=prompt_id))
    keep(moderator, await place.command(moderator, "prompts list"))


@dataclass
class Gathering:
    """Somebody who answers, somebody who is asked alone, and somebody whom no private message reaches."""

    village: Village
    bot: Bot
    locale: str

    def __post_init__(self) -> None:
        self.place = self.village.place
        names = ("answers", "is asked alone", "is not reached")
        self.member, self.asked, self.unreached = (
            self.place.member(f"{name} {self.locale}", self.locale) for name in names
        )

    def close(self) -> None:
        """Let one of them be known not to take private messages."""
        self.bot.rows("UPDATE members SET dms_refused_at = 1 WHERE member_id = ?", self.unreached.id)

    async def answer(self, shown: Message) -> None:
        """Let a prompt be answered."""
        keep, member = self.village.keep, self.member
        keep(member, shown)
        keep(member, await self.place.command(member, "checkin answer"))
        words: dict[Locale, str] = {"ja": "三日ぶりの外です", "en": "Out again after three days"}
        act = await answer(self.place, member, shown, words[locale_of(self.locale)])
        assert told(act, "check_ins.answered", locale_of(self.locale))
        keep(member, act)
        keep(member, await self.place.command(member, "checkin me"))

    async def be_asked(self) -> None:
        """Let somebody be asked alone, and pause."""
        keep, person, place = self.village.keep, self.asked, self.place
        keep(person, await newest_dm(place, person, "own_answer"))
        keep(person, await place.command(person, "inbox"))
        keep(person, await place.command(person, "checkin me"))
        tomorrow = datetime.now(UTC) + timedelta(days=2)
        keep(person, await place.command(person, "checkin pause", until=f"{tomorrow:%Y-%m-%d}"))

    async def be_in_doubt(self) -> None:
        """Let somebody be asked whether to go on: in their inbox, and by a message that they do take by then."""
        keep, person, place, bot = self.village.keep, self.unreached, self.place, self.bot
        asks = "SELECT notice_id FROM notices WHERE card = 'goes_on' AND member_id = ?"
        await until(lambda: bot.rows(asks, person.id), "asked whether to go on")
        keep(person, await place.command(person, "inbox"))
        ((notice_id,),) = bot.rows(asks, person.id)
        await bot.settled()
        bot.rows("UPDATE members SET dms_refused_at = NULL WHERE member_id = ?", person.id)
        bot.rows("UPDATE notices SET way = 'dm' WHERE notice_id = ?", notice_id)
        bot.rows(
            "INSERT INTO effects (key, server_id, verb, feature, card, object_id, due_at, wanted_at)"
            " VALUES (?, ?, 'dm', 'members', 'notice', ?, 0, 0)",
            *(f"dm:members:notice:{notice_id}:0", place.guild.id, notice_id),
        )
        await place.wake()
        keep(person, await newest_dm(place, person, "go_on"))
