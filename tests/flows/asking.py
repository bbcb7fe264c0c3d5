"""A server in which members ask: its help channel, helpers who agreed to be asked, and what is pressed on the way."""

from dataclasses import replace
from datetime import timedelta

import discord
import simcord

from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind, Way
from bot.features.peer_help.anonymity import Anonymity
from bot.features.peer_help.finding import FindingAsks
from bot.features.peer_help.follow import FEATURE
from bot.features.peer_help.helping import Helping
from bot.features.peer_help.model import PAGE, Ask, Wants, Written
from bot.features.peer_help.service import Asks
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.telling import AFTER, NUDGE, STILL_OPEN
from bot.features.setup.service import Setup
from bot.kernel.ids import InteractionId, MemberId
from tests.flows.messages import Card, Json, components, controls, words
from tests.flows.office import CRY, another_moderator
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
    await village.choose("help_channel", channel)
    await village.pass_time(SOON)
    return channel


async def open_helpers_channel(village: Village) -> simcord.ChannelHandle:
    """Choose a channel in which all helpers hear of what nobody answers."""
    place = village.guild.create_text_channel("helpers")
    await village.env.settle()
    await village.choose("helpers_channel", place)
    return place


async def helper(village: Village, name: str, *topics: str, way: Way = Way.DM, kind: Kind = Kind.HELP) -> Person:
    """Let somebody move in who can speak about ``topics``, and agreed to be asked at any hour."""
    person = village.move_in(name)
    await person.write(f"{name}です", offer_topics=list(topics or ("job_change",)))
    await consent(village, person, kind, way)
    return person


async def consent(village: Village, person: Person, kind: Kind, way: Way = Way.DM) -> None:
    """Let somebody agree to be asked or told something, at any hour."""
    await person.slash("guide")  # by which the bot comes to know them
    choices, member_id = village.bot.service(Choices), MemberId(person.id)
    await choices.choose_quiet(village.server_id, member_id, 0, 0)
    await choices.consent(village.server_id, member_id, kind, way)


async def ask(
    village: Village, person: Person, title: str = TITLE, *, anonymous: bool = False, **values: object
) -> Answer:
    """Ask something; time passes until it was posted and helpers know."""
    form = await person.slash("ask new")
    filled = {"topic": ["job_change"], "wants": ["either"], "title": title, "anonymous": ["yes" if anonymous else "no"]}
    answer = await person.submit(form, **(filled | values))
    if not anonymous:
        await village.pass_time(SOON)
    return answer


async def ask_by_name(village: Village, person: Person, named: Person, title: str = TITLE, **values: object) -> Answer:
    """Ask somebody by name, from their introduction."""
    form = await person.press(await person.slash("intro show", member=named), "ask_me")
    filled = {"topic": ["job_change"], "wants": ["either"], "title": title}
    answer = await person.submit(form, **(filled | values))
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


def state_of(village: Village, ask: Ask) -> str:
    """Return how a card says that its ask stands."""
    return words(card_of(village, ask)).splitlines()[-1].removeprefix("-# ")


def is_closed(village: Village, ask: Ask) -> bool:
    """Return whether the thread of an ask is archived."""
    metadata = village.env.backend.get_channel(thread_of(village, ask).id).thread_metadata
    assert metadata is not None
    return metadata.archived


def tags_of(village: Village, ask: Ask) -> set[str]:
    """Return the names of the tags that a forum's post has."""
    thread = village.env.backend.get_channel(thread_of(village, ask).id)
    forum = village.env.backend.get_channel(thread.parent_id or 0)
    return {tag["name"] for tag in forum.available_tags if int(tag["id"]) in thread.applied_tags}


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


async def open_by_hand(
    village: Village, person: Person, channel: simcord.ChannelHandle, title: str = TITLE
) -> simcord.ChannelHandle:
    """Let somebody open a thread in the help channel by hand, and say something in it."""
    backend = village.env.backend
    thread = backend.create_thread(channel.id, title, person.id, broadcast=False)
    backend.announce_thread_create(thread)
    handle = simcord.ChannelHandle(village.env, village.guild, thread)
    await person.actor.send(handle, "どなたか、いますか")
    await village.pass_time(SOON)
    return handle


async def resolve(person: Person, ask: Ask, **values: object) -> Answer:
    """Bring an ask to a good end, by the form that ``/ask mine`` leads to."""
    form = await person.press(await manage(person, ask), "resolve")
    answer = await person.submit(form, **({"thanked": []} | values))
    await person.village.pass_time(SOON)
    return answer


async def tell(village: Village, person: Person, kind: Kind, card: str, object_id: int) -> None:
    """Tell somebody what the bot would tell them days later."""
    async with village.bot.database.write() as transaction:
        whom = village.server_id, MemberId(person.id)
        await village.bot.service(Inbox).tell(transaction, *whom, kind, (FEATURE, card, object_id))


async def ask_often(village: Village, many: int) -> None:
    """Let ``many`` people ask something each."""
    for number in range(many):
        asker = village.move_in(f"Asker{number}")
        await asker.write("相談してみます")
        written = Written("photography", Wants.EITHER, f"たくさんの中の{number}")
        await village.bot.service(Asks).ask(
            village.server_id, MemberId(asker.id), written, InteractionId(10**6 + number)
        )
        await village.pass_time(SOON)


async def every_ask(village: Village) -> list[tuple[Person, Answer | Card]]:
    """Return messages that hold every control of asks, with who is to operate them."""
    channel = await open_help(village, forum=False)
    vivi, wata = await helper(village, "Vivi"), await helper(village, "Wata", "photography", kind=Kind.NAMED)
    await ask_often(village, PAGE + 1)
    found: list[tuple[Person, Answer | Card]] = [*await _as_asker(village, vivi), *await _under_a_pseudonym(village)]
    yuki = village.move_in("Yuki")
    found.append((yuki, await yuki.slash("intro show", member=wata)))
    zen = village.move_in("Zen")
    await zen.write("相談してみます")
    for name, options in (("find", {"topic": "photography"}), ("ask open", {}), ("ask search", {"text": "たくさん"})):
        found.append((zen, await zen.slash(name, **options)))
    thread = await open_by_hand(village, zen, channel)
    found += [(zen, card) for card in village.cards(thread)]
    cards = [card for card in village.cards(channel) if "me_too" in str(controls(card))]
    return [*found, *((zen, card) for card in cards[:1]), *((vivi, card) for card in invitations(vivi))]


async def _as_asker(village: Village, vivi: Person) -> list[tuple[Person, Answer | Card]]:
    uta, member = village.move_in("Uta"), village.bot.service(Helping)
    await say(village, village.move_in("Xen"), await ask_again(village, uta))
    await ask_whether_open(village, uta, await newest(village, uta))
    for title in ("深夜の請求書", "引き継ぎ", "道の先", "ひとりの昼"):
        await ask(village, uta, title)
    own_asks = await village.bot.service(FindingAsks).mine(village.server_id, MemberId(uta.id))
    waiting, gone, resolved, talking, _ = own_asks
    here = await vivi.press(card_of(village, talking), "here")
    await say(village, vivi, resolved)
    await resolve(uta, resolved)
    part = await member.come(village.server_id, MemberId(vivi.id), waiting.ask_id)
    await tell(village, vivi, Kind.HELPING, NUDGE, part.helper.helper_id)
    await tell(village, uta, Kind.ANSWERS, AFTER, resolved.ask_id)
    village.env.backend.delete_message(gone.channel_id or 0, gone.message_id or 0)
    await village.env.settle()
    own = [await manage(uta, each) for each in (talking, resolved, gone)]
    first = await uta.slash("inbox")
    others = range(1, len(menu_of(first, "inbox_page")))  # each from an inbox of its own: turned, a page is gone
    pages = [first, *[await uta.choose(await uta.slash("inbox"), "inbox_page", [str(each)]) for each in others]]
    seen = [await uta.slash("ask mine"), *own, await uta.press(own[0], "withdraw"), *pages]
    return [
        *((uta, answer) for answer in seen),
        (uta, card_of(village, waiting)),
        (vivi, here),
        (vivi, await vivi.slash("inbox")),
    ]


async def ask_whether_open(village: Village, asker: Person, ask: Ask) -> None:
    """Let somebody be asked whether their ask is still open, without the days that it takes: others' forms would go."""
    async with village.bot.database.write() as transaction:
        await AskStore(transaction, village.server_id).keep(replace(ask, checked_at=transaction.now))
    await tell(village, asker, Kind.ANSWERS, STILL_OPEN, ask.ask_id)


async def ask_again(village: Village, person: Person) -> Ask:
    """Let somebody ask one thing more; return what is kept."""
    await ask(village, person, "もうひとつだけ")
    return await newest(village, person)


async def _under_a_pseudonym(village: Village) -> list[tuple[Person, Answer | Card]]:
    moderator, other = village.moderator, await another_moderator(village)
    kana = village.move_in("Kana")
    first = await ask_anonymously(village, kana, "だれにも言えないこと")
    await say(village, village.move_in("Loa"), first)
    await ask_anonymously(village, kana, "もうひとつ、言えないこと")
    shown = await moderator.press(await moderator.slash("cases list"), "anonymous")
    (unmasked, *_) = [name for name in controls(shown.message) if ":unmask:" in name][-1:]
    await moderator.submit(await moderator.forge(unmasked, None, shown.message), unmask_reason="安全のため")
    await village.pass_time(SOON)
    agreeing = await other.press(await other.slash("cases list"), "anonymous")
    stopping = await moderator.forge(control_of(shown, "stop"), None, shown.message)
    preview = await ask(village, kana, "これから書くこと", anonymous=True)
    paged = await many_pseudonyms(village)
    nao = village.move_in("Nao")
    crying = await ask(village, nao, CRY, anonymous=True)
    seen = [(nao, crying), (kana, preview), (kana, await manage(kana, first)), (kana, await kana.slash("inbox"))]
    return [(moderator, shown), (moderator, stopping), (other, agreeing), (moderator, paged), *seen]


async def many_pseudonyms(village: Village) -> Answer:
    """Let so many people ask under pseudonyms that moderators turn pages of them; return the first."""
    anonymity = village.bot.service(Anonymity)
    for number in range(PAGE):
        asker = MemberId(village.move_in(f"Hidden{number}").id)
        await village.people[asker].slash("guide")
        written = Written("photography", Wants.EITHER, f"名のらずに{number}")
        asked = await anonymity.preview(village.server_id, asker, written, InteractionId(2 * 10**6 + number))
        await anonymity.post(village.server_id, asker, asked.ask_id)
    await village.pass_time(timedelta(minutes=11))
    await village.pass_time(SOON)
    return await village.moderator.press(await village.moderator.slash("cases list"), "anonymous")


def menu_of(answer: Answer, action: str) -> list[Json]:
    """Return what the menu with that action offers."""
    parts = [part for part in components(answer.message) if action in str(part.get("custom_id"))]
    return [option for part in parts for option in part["options"]]


def control_of(answer: Answer, action: str) -> str:
    """Return the first custom id with that action, of several."""
    return next(name for name in controls(answer.message) if name.split(":")[2] == action)
