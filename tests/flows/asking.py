"""A server in which members ask: its help channel, helpers who agreed to be asked, and what is pressed on the way."""

from datetime import timedelta

import discord
import simcord

from bot.features.members.choices import Choices
from bot.features.members.reach import Kind, Way
from bot.features.peer_help.finding import FindingAsks
from bot.features.peer_help.model import Ask
from bot.features.setup.service import Setup
from bot.kernel.ids import MemberId
from tests.flows.messages import Card, controls
from tests.flows.people import Answer, Person
from tests.flows.village import Village

SOON = timedelta(seconds=2)
TITLE = "転職、いつ切り出す？"


async def open_help(village: Village, *, forum: bool = True) -> simcord.ChannelHandle:
    """Choose a forum, or a text channel, as the place for asks, in a server that never sleeps; return it."""
    await village.set_up()
    await village.bot.service(Setup).choose_hours(village.server_id, MemberId(village.moderator.id), 0, 24)
    channel = village.guild.create_forum_channel("soudan") if forum else village.guild.create_text_channel("soudan")
    await village.env.settle()
    panel = await village.moderator.slash("setup panel")
    await village.moderator.choose(panel, "help_channel", [channel])
    await village.pass_time(SOON)
    return channel


async def helper(village: Village, name: str, *topics: str, way: Way = Way.DM, kind: Kind = Kind.HELP) -> Person:
    """Let somebody move in who can speak about ``topics``, and agreed to be asked at any hour."""
    person = village.move_in(name)
    await person.write(f"{name}です", offer_topics=list(topics or ("job_change",)))
    choices, member_id = village.bot.service(Choices), MemberId(person.id)
    await choices.choose_quiet(village.server_id, member_id, 0, 0)
    await choices.consent(village.server_id, member_id, kind, way)
    return person


async def ask(
    village: Village, person: Person, title: str = TITLE, *, anonymous: bool = False, **values: object
) -> Answer:
    """Ask something, giving the promise where it is asked for; time passes until it was posted and helpers know."""
    form = await person.slash("ask new")
    if form.form is None:
        form = await person.press(form, "promise_new")
    filled = {"topic": ["job_change"], "wants": ["either"], "title": title, "anonymous": ["yes" if anonymous else "no"]}
    answer = await person.submit(form, **(filled | values))
    if not anonymous:
        await village.pass_time(SOON)
    return answer


async def ask_anonymously(village: Village, person: Person, title: str = TITLE, **values: object) -> Ask:
    """Ask something under a pseudonym, and let the time pass until it stands there; return what is kept."""
    preview = await ask(village, person, title, anonymous=True, **values)
    await person.press(preview, "post_now")
    await village.pass_time(timedelta(minutes=11))
    await village.pass_time(SOON)
    return await newest(village, person)


async def newest(village: Village, person: Person) -> Ask:
    """Return what is kept of somebody's newest ask."""
    return (await village.bot.service(FindingAsks).mine(village.server_id, MemberId(person.id)))[0]


def thread_of(village: Village, ask: Ask) -> simcord.ChannelHandle:
    """Return the thread of an ask."""
    assert ask.thread_id is not None
    channel = village.env.backend.get_channel(ask.thread_id)
    return simcord.ChannelHandle(village.env, village.guild, channel)


def card_of(village: Village, ask: Ask) -> discord.Message:
    """Return the card of an ask as it stands now."""
    assert ask.place_id is not None
    channel = village.env.backend.get_channel(ask.place_id)
    handle = simcord.ChannelHandle(village.env, village.guild, channel)
    return next(message for message in village.cards(handle) if message.id == ask.message_id)


def invitations(person: Person) -> list[Card]:
    """Return the private messages in which somebody is asked whether they can answer."""
    return [message for message in person.dms() if "here_asked" in str(controls(message))]


async def say(village: Village, person: Person, ask: Ask, text: str = "そうですね") -> None:
    """Let somebody write in an ask's thread."""
    await person.actor.send(thread_of(village, ask), text)
    await village.env.settle()
    await village.pass_time(SOON)


async def manage(person: Person, ask: Ask) -> Answer:
    """Open one's own ask in ``/ask mine``."""
    return await person.choose(await person.slash("ask mine"), "mine_one", [str(ask.ask_id)])
