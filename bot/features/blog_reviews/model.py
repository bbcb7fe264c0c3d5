"""What a request to be read is, who reads it by when, and what readers write back."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.kernel.ids import ChannelId

TITLE_LIMIT = 80  # characters, of the 100 that a thread's name takes
QUESTION_LIMIT = 500
DATE_LIMIT = 30  # of a day, as it is typed
FIELD_LIMIT = 4000  # of each field of feedback: what a form of Discord's takes
QUICK_LIMIT = 500

UNREAD_LIMIT = 2  # requests of one author that wait or are being read at a time
CLAIMS_LIMIT = 2  # that one reader has to read at a time, unless they chose another number of
CLAIMS_LIMITS = range(1, 6)
RELEASES_LIMIT = 2  # times that a reader gives one thing back, after which somebody else reads it
REQUESTS_LIMIT = 5  # of one author within a day, closed ones among them
THANKED_LIMIT = 10  # people whom one form thanks: as many as a cause may

PAGE = 5  # requests on one page
PAGES_LIMIT = 25  # options of the menu that turns pages
MINE_LIMIT = 25  # options of the menu that chooses among one's own

_CHANNELS = "https://discord.com/channels"


class State(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"  # for a reader
    CLAIMED = "claimed"  # somebody reads it, by a day of their own choice
    DELIVERED = "delivered"  # feedback came
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def is_unread(self) -> bool:
        """Whether its author waits for feedback."""
        return self in {State.WAITING, State.CLAIMED}

    @property
    def is_open(self) -> bool:
        """Whether its author has not brought it to an end."""
        return self.is_unread or self is State.DELIVERED


class Wants(StrEnum):
    """What an author wishes for."""

    IMPRESSION = "impression"
    CLARITY = "clarity"
    WORDING = "wording"
    ANYTHING = "anything"


class End(StrEnum):
    """Why a request was closed."""

    AUTHOR = "author"  # by its author
    GONE = "gone"  # somebody deleted its card or thread
    LOCKED = "locked"  # moderators locked its thread
    LEFT = "left"  # its author is not in the server any more


class Outcome(StrEnum):
    """What became of a reader's word to read something."""

    DELIVERED = "delivered"
    RELEASED = "released"
    LAPSED = "lapsed"
    CLOSED = "closed"  # the author brought it to an end before
    LEFT = "left"


class Field(StrEnum):
    """What a piece of feedback is about."""

    WORKED = "worked"
    STOPPED = "stopped"
    TRY = "try"
    QUESTION = "question"
    QUICK = "quick"  # a first reaction, without a word given before


FIELDS = (Field.WORKED, Field.STOPPED, Field.TRY, Field.QUESTION)  # of feedback, in its order


@dataclass(frozen=True, slots=True)
class Typed:
    """The form of a request, as a member filled it in; ``knows_draft`` says that they saw what is said of drafts."""

    url: str
    title: str
    wants: Wants = Wants.ANYTHING
    question: str = ""
    wish_by: str = ""
    knows_draft: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The form of a request, as it is kept: ``url``, ``host`` and ``address`` are those of the page."""

    url: str
    host: str
    address: str
    title: str
    wants: Wants
    question: str = ""
    wish_on: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A reader's word to read something; ``due_at`` is the last minute of the day that they chose, where they live.

    ``reminded_at`` is when they were last reminded of it.
    """

    claim_id: int
    review_id: int
    member_id: int
    claimed_at: datetime
    due_at: datetime
    reminded_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One request to be read.

    Attributes:
        review_id: its number.
        server_id: where.
        author_id: whose; None once nobody can tell any more.
        state: where it stands.
        url: what is to be read.
        host: where that is, as a person reads it.
        address: the same for all spellings of ``url``.
        title: in one line.
        wants: what the author wishes for.
        question: what they would like to know.
        wish_on: by which day they would like to hear: a wish.
        revision: grows with every edit.
        channel_id: the channel in which it stands, or is to stand.
        message_id: its card.
        thread_id: its thread.
        serial: how many of its cards were lost.
        requested_at: when it was written.
        posted_at: when others could see it first.
        begun_at: since when it has waited for a reader.
        is_lapsed: whether somebody was to read it, whose day went by: it comes before all others.
        invited_at: when members were last asked to read it, since it has waited.
        declined: how many of them passed, in whose place others are to be asked.
        answered_at: when the first feedback came.
        ended_at: when it ended.
        ending: why, if it was closed.
        step_at: when to look who can be asked, or whom to remind; None if there is nothing to look at.
        claim: who reads it now, and by when.
        quick_count: how many first reactions came,
        read_count: and how much feedback.
    """

    review_id: int
    server_id: int
    author_id: int | None
    state: State
    url: str
    host: str
    address: str
    title: str
    wants: Wants
    question: str
    wish_on: date | None
    revision: int
    channel_id: int | None
    message_id: int | None
    thread_id: int | None
    serial: int
    requested_at: datetime
    posted_at: datetime | None
    begun_at: datetime
    is_lapsed: bool
    invited_at: datetime | None
    declined: int
    answered_at: datetime | None
    ended_at: datetime | None
    ending: End | None
    step_at: datetime | None
    claim: Claim | None = None
    quick_count: int = 0
    read_count: int = 0

    @property
    def is_posted(self) -> bool:
        """Whether its card stands in Discord."""
        return self.message_id is not None

    @property
    def place_id(self) -> ChannelId | None:
        """The channel in which it stands."""
        return None if self.channel_id is None else ChannelId(self.channel_id)

    @property
    def card_url(self) -> str:
        """The address of its card; empty where there is none."""
        if self.channel_id is None or self.message_id is None:
            return ""
        return f"{_CHANNELS}/{self.server_id}/{self.channel_id}/{self.message_id}"

    @property
    def thread_url(self) -> str:
        """The address of its thread, or of its card; empty where neither stands yet."""
        return self.card_url if self.thread_id is None else f"{_CHANNELS}/{self.server_id}/{self.thread_id}"

    def is_read_by(self, member_id: int) -> bool:
        """Return whether a member is the one who reads it now."""
        return self.claim is not None and self.claim.member_id == member_id


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody wrote about a review's page; ``member_id`` is None once nobody can tell any more who."""

    feedback_id: int
    review_id: int
    member_id: int | None
    is_quick: bool
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One message of feedback: texts by what they are about, ``number`` from 0; empty where its writer took it back."""

    part_id: int
    feedback_id: int
    number: int
    words: tuple[tuple[Field, str], ...]
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is told of waiting.

    ``ahead`` is how many others wait before; ``asked_from`` when members are asked to read it, None for now;
    ``has_readers`` whether any agreed to be; ``usual`` how long it usually takes here, None where too little is known.
    """

    ahead: int
    asked_from: datetime | None
    has_readers: bool
    usual: timedelta | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of what waits to be read, who comes first before all others. ``number`` counts from 0."""

    server_id: int
    reviews: tuple[Review, ...]
    number: int
    pages: int
    total: int
    usual: timedelta | None
    asks_consent: bool = False


@dataclass(frozen=True, slots=True)
class Mine:
    """What a member asked to be read, and what they have to read, and how many they take on at a time."""

    server_id: int
    member_id: int
    own: tuple[Review, ...] = ()
    reading: tuple[Review, ...] = ()
    claims_limit: int = field(default=CLAIMS_LIMIT)
