"""What an introduction is, and what may stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.kernel.addresses import BadAddress, read_address

NOW_LIMIT = 200  # one line on a phone's card, twice over
NOTE_LIMIT = 1000
LINK_LIMIT = 300
TRADE_LINE_LIMIT = 100
TRADES_LIMIT = 5
HELLO_LIMIT = 500
WORDS_LIMIT = 100  # of a search

PAGE = 5  # people on one page of a search: three components each, of the 40 that a message holds
PAGES_LIMIT = 25  # options of the menu that turns pages
SEARCH_KEPT = timedelta(hours=24)

NEXT_AFTER = timedelta(hours=2)  # of waking time, in which whoever was asked to say hello may do it
LADDER = timedelta(hours=24)  # from the card on: so long welcomers are asked, then the moderators' list has it
LISTED_FOR = timedelta(days=14)  # a hello that comes later welcomes nobody any more

READY_HELLOS = ("welcome", "same_here", "topic", "ask_me", "slowly")

# What people look for says more about them than what they can offer. All but these stay off the card, for matching
# only, until the member puts them there; so do topics of a server's own, of which we can't know how delicate they are.
OPEN_WISHES = frozenset(
    {
        "freelance",
        "blogging",
        "programming",
        "education",
        "learning",
        "parenting",
        "hobbies",
        "photography",
        "everyday",
    }
)

_CHANNELS = "https://discord.com/channels"


class State(StrEnum):
    """Where an introduction stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """Whether a member can speak about a topic or would like to hear about it."""

    OFFER = "offer"
    SEEK = "seek"


@dataclass(frozen=True, slots=True)
class Choice:
    """One topic on one side, and whether the card shows it or it serves matching only."""

    side: Side
    topic: str
    on_card: bool


@dataclass(frozen=True, slots=True)
class Written:
    """The form, as a member filled it in."""

    now: str
    offer_topics: tuple[str, ...] = ()
    seek_topics: tuple[str, ...] = ()
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Introduction:
    """One member's introduction.

    ``published_revision`` is the one with which the present card was first wanted; a card posted with
    another is edited at once. ``thread_gone`` says that moderators deleted the card's thread. ``unlisted`` keeps it
    out of what others find; ``answered_at`` is when somebody else first said something in return. ``is_askable`` is
    whether they may be asked by name, where that is shown.
    """

    introduction_id: int
    server_id: int
    member_id: int
    state: State
    revision: int
    published_revision: int | None
    name: str
    now: str
    note: str
    link: str
    trade_line: str
    channel_id: int | None
    message_id: int | None
    thread_id: int | None
    thread_gone: bool
    card_serial: int
    interaction_id: int | None
    published_at: datetime | None
    unlisted: bool = False
    answered_at: datetime | None = None
    choices: tuple[Choice, ...] = ()
    trades: tuple[str, ...] = ()
    is_askable: bool = False

    @property
    def is_published(self) -> bool:
        """Whether the introduction is there for others to see."""
        return self.state is State.PUBLISHED

    @property
    def waits_for_hello(self) -> bool:
        """Whether the card stands there, can be answered, and nobody has."""
        return self.is_published and self.message_id is not None and not self.thread_gone and self.answered_at is None

    @property
    def card_url(self) -> str:
        """The address of the card; empty where there is none."""
        if self.channel_id is None or self.message_id is None:
            return ""
        return f"{_CHANNELS}/{self.server_id}/{self.channel_id}/{self.message_id}"

    @property
    def thread_url(self) -> str:
        """The address of the card's thread; empty where there is none."""
        return "" if self.thread_id is None else f"{_CHANNELS}/{self.server_id}/{self.thread_id}"

    def ordered(self, topics: Sequence[str]) -> "Introduction":
        """Return the introduction with its choices in the order of ``topics``; those taken off that list come last."""
        place = {topic: number for number, topic in enumerate(topics)}
        in_order = sorted(self.choices, key=lambda choice: (choice.side, place.get(choice.topic, len(place))))
        return replace(self, choices=tuple(in_order))

    def topics(self, side: Side, *, on_card: bool | None = None) -> tuple[str, ...]:
        """Return the topics of one side; with ``on_card`` only those shown, or only those not shown."""
        return tuple(
            choice.topic
            for choice in self.choices
            if choice.side is side and (on_card is None or choice.on_card is on_card)
        )

    def written(self) -> Written:
        """Return what the form is to be filled with when it is opened again."""
        return Written(self.now, self.topics(Side.OFFER), self.topics(Side.SEEK), self.note, self.link)

    def chosen(self, written: Written) -> tuple[Choice, ...]:
        """Return the topics of ``written`` as choices; those chosen before stay shown or unshown."""
        before = {(choice.side, choice.topic): choice.on_card for choice in self.choices}
        wanted = [(Side.OFFER, topic) for topic in written.offer_topics]
        wanted += [(Side.SEEK, topic) for topic in written.seek_topics]
        return tuple(
            Choice(side, topic, before.get((side, topic), side is Side.OFFER or topic in OPEN_WISHES))
            for side, topic in dict.fromkeys(wanted)
        )


@dataclass(frozen=True, slots=True)
class Hello:
    """One greeting for an introduction: a ready-made one, own words, or both; and where it was posted."""

    hello_id: int
    introduction_id: int
    member_id: int
    owner_id: int
    ready: str
    words: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Search:
    """What the member ``member_id`` is looking for, among all others; empty texts stand for anything."""

    search_id: int
    member_id: int
    topic: str
    trade: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what a search found, newest first. ``number`` counts from 0."""

    search: Search
    introductions: tuple[Introduction, ...]
    number: int
    pages: int
    total: int
    has_more: bool = field(default=False)  # than the menu of pages can reach


@dataclass(frozen=True, slots=True)
class Outlook:
    """What somebody who waits for a first hello can be told.

    ``asked_from`` is when others are asked, None for right now; ``usual`` how long a first hello takes here, None
    where too little is known to say; ``has_welcomers`` whether anybody agreed to be asked at all.
    """

    asked_from: datetime | None
    usual: timedelta | None
    has_welcomers: bool = True


def complaint_about(written: Written) -> str | None:
    """Return the key of the sentence that says what is wrong with a form, or None if nothing is."""
    if not written.now.strip():
        return "introductions.now_missing"
    if len(written.now) > NOW_LIMIT or len(written.note) > NOTE_LIMIT or len(written.link) > LINK_LIMIT:
        return "introductions.too_long"
    if written.link and not is_public_link(written.link):
        return "introductions.bad_link"
    return None


def is_public_link(text: str) -> bool:
    """Return whether ``text`` is one http(s) address of a public page, written out."""
    try:
        read_address(text)
    except BadAddress:
        return False
    return "://" in text and text == text.strip()
