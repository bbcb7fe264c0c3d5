"""People who ask to be read and who read, what comes before both, and what stands in the threads."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.features.blog_reviews.model import FIELDS, PAGE, Field
from bot.features.members.reach import Kind
from bot.kernel.i18n import locale_of

from .everybody import Village
from .loopback import Channel, Interaction, Loopback, Member, Message
from .loopback.tree import walk
from .private import agree, newest_dm
from .running import PATIENCE, WORDS, Bot, Place, told

DAY = timedelta(days=1)
HELD = 60.0  # seconds that a held request hangs: longer than any test
DRAFT = "https://note.com/preview/n1?prev_access_key=k"  # only who has the link can open it
TEXT_DISPLAY = 10

Moment = Literal["before", "after"]
Texts = Sequence[tuple[Field, str]]


async def open_shelf(place: Place) -> Channel:
    """Choose a channel in which members ask to be read."""
    shelf = place.discord.create_channel(place.guild, "reviews")
    await place.choose("reviews_channel", shelf)
    return shelf


# ── What members do ──────────────────────────────────────────────────────────────────────────────────────────────────


async def request(place: Place, person: Member, title: str, url: str = "", question: str = "") -> Interaction:
    """Ask to be read, from the command to the answer."""
    url = url or f"https://example.com/{title.replace(' ', '-')}"
    return await place.submit(
        person, await place.command(person, "review request"), url=url, title=title, question=question
    )


async def requested(place: Place, shelf: Channel, person: Member, title: str) -> Message:
    """Ask to be read, and return the card when it has a thread."""
    assert told(await request(place, person, title), "blog_reviews.asked", locale_of(person.user.locale))
    return await card(place.discord, shelf, title)


async def claim(place: Place, person: Member, card: Message, by: str = "week") -> Interaction:
    """Give one's word to read something."""
    return await place.submit(person, await place.press(person, card, "claim"), by=[by])


async def manage(place: Place, person: Member, card: Message) -> Interaction:
    """Open what an author, or who reads, can do."""
    return await place.press(person, card, "manage")


async def deliver(place: Place, person: Member, card: Message, texts: Texts) -> Interaction:
    """Write what one thinks of it."""
    form = await place.press(person, await manage(place, person, card), "deliver")
    return await place.submit(person, form, **dict(texts))


# ── What stands in Discord ───────────────────────────────────────────────────────────────────────────────────────────


def cards(discord: Loopback, shelf: Channel, title: str) -> list[Message]:
    """Return all cards of what has this title."""
    return [each for each in discord.bot_messages(shelf) if each.text.startswith(f"### {title}\n")]


async def card(discord: Loopback, shelf: Channel, title: str) -> Message:
    """Wait for a card and its thread."""
    found = await discord.wait_for(
        lambda: [each for each in cards(discord, shelf, title) if each.thread is not None], PATIENCE, f"card of {title}"
    )
    return found[-1]


def thread(card: Message) -> Channel:
    """Return a card's thread."""
    assert card.thread is not None
    return card.thread


def written(discord: Loopback, card: Message) -> list[Message]:
    """Return what the bot wrote in a card's thread, oldest first."""
    return discord.bot_messages(thread(card))


def put_together(messages: Sequence[Message]) -> list[tuple[Field, str]]:
    """Return the texts of one feedback, put together from its messages: a text that goes on is one."""
    whole: list[tuple[Field, str]] = []
    names = {f"**{WORDS(locale, f'blog_reviews.field_{each}')}**": each for each in FIELDS for locale in ("ja", "en")}
    for message in messages:
        head, *shown = [part["content"] for _, part in walk(message.components) if part["type"] == TEXT_DISPLAY]
        assert (message is messages[0]) is ("<@" in head), head  # who wrote it stands in the first
        for name, text in zip(shown[::2], shown[1::2], strict=True):
            before = whole.pop()[1] if whole and whole[-1][0] == names[name] else ""
            whole.append((names[name], before + text))
    return whole


def due(act: Interaction) -> int:
    """Return the one day that an answer names, as Discord counts seconds."""
    assert act.message is not None
    (found,) = set(re.findall(r"<t:(\d+):D>", act.message.text))
    return int(found)


def long_texts() -> Texts:
    """Return four texts of 4,000 Japanese characters, in each of which no two sentences are the same."""
    made = []
    for field, name in zip(FIELDS, ("良かった点", "止まった点", "試してみる点", "尋ねたい点"), strict=True):
        sentences = (f"{name}の{number}番目の文を、ここに書きます。" for number in range(400))
        lines = "".join(sentence + ("\n" if number % 9 == 8 else "") for number, sentence in enumerate(sentences))
        made.append((field, f"{lines[:3999]}了"))
    return made


async def killed_at(bot: Bot, discord: Loopback, where: Channel, number: int, moment: Moment) -> None:
    """Kill the bot at the ``number``-th message of its own in a channel, from 1.

    Discord never gets it where the ``moment`` is "before"; where it is "after", the bot never hears that it did.
    """
    killed = asyncio.Event()

    async def hook(when: Moment, method: str, path: str) -> None:
        this = len(discord.bot_messages(where)) + (when == "before")
        if (when, method, path, this) == (moment, "POST", f"/channels/{where.id}/messages", number):
            await bot.kill()
            killed.set()
            await asyncio.sleep(HELD if when == "before" else 0)

    discord.on_request = hook
    async with asyncio.timeout(PATIENCE):
        await killed.wait()
    discord.on_request = None


# ── Time ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def let_pass(bot: Bot, title: str, span: timedelta) -> None:
    """Move all that is kept of a request, and of who reads it, into the past: as if ``span`` went by."""
    micros = span // timedelta(microseconds=1)
    ((review_id,),) = bot.rows("SELECT review_id FROM reviews WHERE title = ?", title)
    for table, moments in (
        ("reviews", ("requested_at", "posted_at", "begun_at", "invited_at", "answered_at", "step_at")),
        ("review_claims", ("claimed_at", "due_at", "reminded_at", "ended_at")),
    ):
        moved = ", ".join(f"{each} = {each} - {micros}" for each in moments)
        bot.rows(f"UPDATE {table} SET {moved} WHERE review_id = ?", review_id)
    bot.rows(
        f"UPDATE effects SET due_at = due_at - {micros}"
        " WHERE state = 'waiting' AND feature = 'blog_reviews' AND verb = 'job' AND object_id = ?",
        review_id,
    )


async def later(bot: Bot, place: Place, title: str, span: timedelta) -> None:
    """Let a running bot see that ``span`` went by for a request."""
    await bot.settled()
    let_pass(bot, title, span)
    await place.wake()


# ── Everybody ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def fill(village: Village, bot: Bot) -> None:
    """Let members ask to be read, in both languages, and read; more wait than a page shows."""
    place = village.place
    shelf = await open_shelf(place)
    waiting = [
        await requested(place, shelf, place.member(f"writer of post {number}"), f"post {number}")
        for number in range(PAGE + 1)
    ]
    readings = [Reading(village, bot, shelf, person.user.locale) for person in village.members]
    for reading in readings:
        await reading.settle()
        await reading.look(waiting[0])
        await reading.begin()
        await reading.be_asked()
        await reading.be_reminded()
        await reading.be_read()


@dataclass
class Reading:
    """Somebody who asks to be read, somebody who reads, somebody who likes to be asked, and what comes before them."""

    village: Village
    bot: Bot
    shelf: Channel
    locale: str

    def __post_init__(self) -> None:
        self.place = self.village.place
        names = ("author", "reader", "willing", "newcomer")
        people = [self.place.member(f"{name} of reviews {self.locale}", self.locale) for name in names]
        self.author, self.reader, self.willing, self.newcomer = people

    async def settle(self) -> None:
        """Let each of them agree to what they like to hear privately."""
        for person, kind in ((self.author, Kind.ANSWERS), (self.reader, Kind.READING), (self.willing, Kind.REVIEW)):
            await agree(self.place, person, kind)

    async def look(self, waiting: Message) -> None:
        """Let a newcomer look at what waits."""
        person, keep = self.newcomer, self.village.keep
        keep(person, waiting)
        keep(person, await self.place.command(person, "review queue"))
        keep(person, await self.place.command(person, "review mine"))

    async def begin(self) -> None:
        """Let one request wait."""
        author, keep = self.author, self.village.keep
        keep(author, await request(self.place, author, self.titled("first")))
        first = await card(self.place.discord, self.shelf, self.titled("first"))
        mine = await manage(self.place, author, first)
        keep(author, mine)
        keep(author, await self.place.press(author, mine, "close"))
        keep(author, await self.place.press(author, mine, "withdraw"))

    async def be_asked(self) -> None:
        """Let the first have waited for a day, so that somebody is asked to read it."""
        await later(self.bot, self.place, self.titled("first"), DAY * 1.5)
        await self._told(self.willing, "claim_asked")
        form = await self.place.press(self.willing, self.place.discord.dms(self.willing)[-1], "claim_asked")
        self.bot.rows("UPDATE members SET promised_at = NULL WHERE member_id = ?", self.willing.id)
        self.village.keep(self.willing, await self.place.submit(self.willing, form, date="?"))  # before the promise

    async def be_reminded(self) -> None:
        """Let another be read, the day being near."""
        second = await requested(self.place, self.shelf, self.author, self.titled("second"))
        self.village.keep(self.reader, await claim(self.place, self.reader, second))
        self.village.keep(self.reader, second)
        await later(self.bot, self.place, self.titled("second"), DAY * 6)
        await self._told(self.reader, "redate_asked")

    async def be_read(self) -> None:
        """Let feedback come to another, and its author look at it, and be refused with a link to a draft."""
        other = self.place.member(f"author of another {self.locale}", self.locale)
        await agree(self.place, other, Kind.ANSWERS)
        third = await requested(self.place, self.shelf, other, self.titled("third"))
        await claim(self.place, self.reader, third)
        delivered = await deliver(self.place, self.reader, third, [(Field.WORKED, "It is clear")])
        self.village.keep(self.reader, delivered)
        await self._told(other, "thank_asked")
        self.village.keep(other, await manage(self.place, other, third))
        self.village.keep(other, await self.place.command(other, "review mine"))
        self.village.keep(other, await request(self.place, other, self.titled("draft"), DRAFT))

    def titled(self, what: str) -> str:
        """Return a title that nothing else has."""
        return f"the {what} of {self.locale}"

    async def _told(self, person: Member, control: str) -> None:
        """Keep what somebody is told with that control, as it comes by a private message and in the inbox."""
        self.village.keep(person, await newest_dm(self.place, person, control))
        self.village.keep(person, await self.place.command(person, "inbox"))
