"""A server in which members read each other's posts: its channel, readers who agreed to be asked, what is pressed."""

from datetime import timedelta

import discord
import simcord

from bot.features.blog_reviews.finding import FindingReviews
from bot.features.blog_reviews.follow import FEATURE
from bot.features.blog_reviews.model import PAGE as ON_A_PAGE
from bot.features.blog_reviews.model import UNREAD_LIMIT, Review, State
from bot.features.blog_reviews.service import Reviews
from bot.features.blog_reviews.telling import INVITE, REMIND
from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind, Way
from bot.features.setup.service import Setup
from bot.kernel.ids import MemberId
from tests.flows.asking import SOON, consent
from tests.flows.messages import Card, controls, words
from tests.flows.people import Answer, Person
from tests.flows.village import Village

DAY = timedelta(days=1)
PAGE = "https://note.com/aki/n/n0123"
TITLE = "育休から戻って、半年"
WORKED = "書きだしの情景が、すっと入ってきました"


async def open_shelf(village: Village, name: str = "honyomi") -> simcord.ChannelHandle:
    """Choose a channel as the place for reviews, in a server that never sleeps; return it."""
    await village.set_up()
    await village.bot.service(Setup).choose_hours(village.server_id, MemberId(village.moderator.id), 0, 24)
    channel = village.guild.create_text_channel(name)
    await village.env.settle()
    await village.choose("reviews_channel", channel)
    await village.pass_time(SOON)
    return channel


async def reader(village: Village, name: str, way: Way = Way.DM) -> Person:
    """Let somebody move in who agreed to be asked to read, at any hour."""
    person = village.move_in(name)
    await consent(village, person, Kind.REVIEW, way)
    return person


async def request(person: Person, title: str = TITLE, url: str = PAGE, **values: object) -> Answer:
    """Ask to be read; time passes until it was posted."""
    form = await person.slash("review request")
    answer = await person.submit(form, **({"url": url, "title": title, "wants": ["anything"]} | values))
    await person.village.pass_time(SOON)
    return answer


async def requested(person: Person, title: str = TITLE, url: str = PAGE, **values: object) -> Review:
    """Ask to be read; return what is kept."""
    await request(person, title, url, **values)
    return await newest(person)


async def newest(person: Person) -> Review:
    """Return what is kept of somebody's newest request that is open, or else of their newest."""
    village = person.village
    return (await village.bot.service(FindingReviews).mine(village.server_id, MemberId(person.id))).own[0]


async def kept(village: Village, review: Review) -> Review:
    """Return what has become of a request that is not withdrawn."""
    return await village.bot.service(Reviews).seen(village.server_id, review.review_id)


def card_of(village: Village, review: Review) -> discord.Message:
    """Return the card of a request as it stands now."""
    assert review.channel_id is not None
    channel = village.env.backend.get_channel(review.channel_id)
    handle = simcord.ChannelHandle(village.env, village.guild, channel)
    return next(message for message in village.cards(handle) if message.id == review.message_id)


def thread_of(village: Village, review: Review) -> simcord.ChannelHandle:
    """Return the thread of a request."""
    assert review.thread_id is not None
    channel = village.env.backend.get_channel(review.thread_id)
    return simcord.ChannelHandle(village.env, village.guild, channel)


def is_closed(village: Village, review: Review) -> bool:
    """Return whether the thread of a request is archived."""
    metadata = village.env.backend.get_channel(thread_of(village, review).id).thread_metadata
    assert metadata is not None
    return metadata.archived


def written(village: Village, review: Review) -> list[str]:
    """Return what stands in the thread of a request, message by message."""
    return [words(message) for message in village.cards(thread_of(village, review))]


async def claim(person: Person, review: Review, by: str = "week", date: str = "") -> Answer:
    """Let somebody say on the card by when they will read it."""
    answer = await person.submit(await person.press(card_of(person.village, review), "claim"), by=[by], date=date)
    await person.village.pass_time(SOON)
    return answer


async def claimed(person: Person, review: Review, by: str = "week", date: str = "") -> Review:
    """Let somebody say so; return what is kept."""
    await claim(person, review, by, date)
    now = await kept(person.village, review)
    assert now.state is State.CLAIMED
    return now


async def manage(person: Person, review: Review) -> Answer:
    """Open something of one's own, to read or to have read, in ``/review mine``."""
    return await person.choose(await person.slash("review mine"), "mine_one", [str(review.review_id)])


async def deliver(person: Person, review: Review, **texts: str) -> Answer:
    """Let somebody write what they think of what they read."""
    answer = await person.submit(await person.press(await manage(person, review), "deliver"), **texts)
    await person.village.pass_time(SOON)
    return answer


async def delivered(person: Person, review: Review, **texts: str) -> Review:
    """Let somebody say that they read it, and write; return what is kept."""
    await claimed(person, review)
    await deliver(person, review, **(texts or {"worked": WORKED}))
    return await kept(person.village, review)


async def react(person: Person, review: Review, text: str = "続きが読みたいです") -> Answer:
    """Let somebody write a first reaction."""
    answer = await person.submit(await person.press(card_of(person.village, review), "quick"), quick=text)
    await person.village.pass_time(SOON)
    return answer


def holding(person: Person, action: str) -> list[Card]:
    """Return the private messages to somebody that offer something."""
    return [message for message in person.dms() if f":{action}:" in str(controls(message))]


async def invite(village: Village, person: Person, author: Person, review: Review) -> None:
    """Ask somebody to read, without the day that it takes: others' forms would go."""
    async with village.bot.database.write() as transaction:
        subject, among = (FEATURE, INVITE, review.review_id), [MemberId(person.id)]
        inbox, waiting = village.bot.service(Inbox), MemberId(author.id)
        await inbox.ask(transaction, village.server_id, Kind.REVIEW, subject, waiting, among, 1)
    await village.pass_time(SOON)


async def remind(village: Village, person: Person, review: Review) -> None:
    """Remind somebody of what they read, without the days that it takes."""
    assert review.claim is not None
    async with village.bot.database.write() as transaction:
        whom, subject = (village.server_id, MemberId(person.id)), (FEATURE, REMIND, review.claim.claim_id)
        await village.bot.service(Inbox).tell(transaction, *whom, Kind.READING, subject)
    await village.pass_time(SOON)


async def request_often(village: Village, many: int) -> list[Person]:
    """Let ``many`` posts be asked to be read, by as few people as can be; return these."""
    people = []
    for number in range(many):
        if number % UNREAD_LIMIT == 0:
            people.append(village.move_in(f"Author{number}"))
        await requested(people[-1], f"{number:02d}番めの記事", f"{PAGE}{number}")
    return people


async def every_review(village: Village) -> list[tuple[Person, Answer | Card]]:
    """Return messages that hold every control of reviews, with who is to operate them."""
    channel = await open_shelf(village)
    fuji, gin = await reader(village, "Fuji"), await reader(village, "Gin")
    authors = await request_often(village, ON_A_PAGE + 3)
    first, second, third, *_ = [await newest(author) for author in authors]
    found: list[tuple[Person, Answer | Card]] = [*await _as_author(village, gin)]
    for review in (first, second):
        await claimed(fuji, review)
    await remind(village, fuji, await kept(village, second))
    await invite(village, gin, authors[2], third)
    found += [(fuji, await manage(fuji, first)), (gin, await gin.slash("review queue"))]
    for person in (fuji, gin):
        found += [(person, await person.slash("inbox")), *((person, card) for card in person.dms())]
    hoshi, ito = village.move_in("Hoshi"), village.move_in("Ito")
    hoshi.promises = False
    promise = await hoshi.slash("review request")
    found += [(hoshi, promise), (hoshi, await hoshi.slash("review queue")), (hoshi, await hoshi.slash("review mine"))]
    found.append((ito, await request(ito, "下書き", "https://note.com/preview/n1?prev_access_key=1a")))
    found += [(hoshi, card) for card in village.cards(channel)]
    return [*found, (fuji, card_of(village, first))]


async def _as_author(village: Village, gin: Person) -> list[tuple[Person, Answer | Card]]:
    ume, waka = village.move_in("Ume"), village.move_in("Waka")
    read = await delivered(gin, await requested(ume, "読まれた記事", f"{PAGE}u"))
    await delivered(gin, await requested(waka, "これも読まれた記事", f"{PAGE}w"))
    other = await requested(ume, "まだの記事", f"{PAGE}v")
    own = [await manage(ume, other), await manage(ume, read), await ume.slash("review mine")]
    own += [await ume.press(own[0], action) for action in ("close", "withdraw")]
    return [*((ume, answer) for answer in own), (waka, await waka.slash("inbox"))]
