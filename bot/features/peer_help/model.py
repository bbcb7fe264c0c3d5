"""What an ask is, who takes part in it, and what may stand in it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.features.peer_help.ladder import Climb
from bot.kernel.ids import ChannelId

TITLE_LIMIT = 80  # characters, of the 100 that a thread's name takes
DETAILS_LIMIT = 1300  # with all else that a card shows, and twice as long where all is markup, 4000
HELPED_LIMIT = 300  # of what the asker says that helped
REPLY_LIMIT = 1800  # of an anonymous asker, relayed in one message
AFTER_LIMIT = 1000  # of how it went on
WORDS_LIMIT = 100  # of a search
UNMASK_LIMIT = 500  # of a moderator's reason

THANKED_LIMIT = 10  # people whom one form thanks: as many as a cause may

OPEN_LIMIT = 5  # asks of one member that wait or are talked about at a time
PAGE = 5  # asks on one page
PAGES_LIMIT = 25  # options of the menu that turns pages
MINE_LIMIT = 25  # options of the menu that chooses among one's own
SEARCH_KEPT = timedelta(hours=24)
PREVIEW_KEPT = timedelta(hours=24)  # as long as a draft
DELAY = (1, 10)  # minutes after which an anonymous ask is posted, drawn by lot

SEALED_KEPT = timedelta(days=60)  # after an anonymous ask has ended: time to thank, and to tell how it went on
AFTER = timedelta(days=30)  # after an ask was resolved, its asker is invited once to tell how it went on

_CHANNELS = "https://discord.com/channels"


class State(StrEnum):
    """Where an ask stands."""

    PREVIEW = "preview"  # an anonymous one that its asker looks at before it is posted
    WAITING = "waiting"  # for a helper
    TALKING = "talking"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for something."""
        return self in {State.WAITING, State.TALKING}

    @property
    def has_ended(self) -> bool:
        """Whether it has come to an end, from which it can be opened again."""
        return self in {State.RESOLVED, State.CLOSED}


class Wants(StrEnum):
    """What an asker wishes for."""

    LISTEN = "listen"
    ADVICE = "advice"
    EITHER = "either"


class Turn(StrEnum):
    """Whose word comes next in a conversation."""

    HELPER = "helper"
    ASKER = "asker"


class End(StrEnum):
    """Why an ask was closed."""

    SILENCE = "silence"  # of the asker, at their turn
    THREAD_GONE = "thread_gone"  # somebody deleted the thread
    LOCKED = "locked"  # moderators locked it
    LEFT = "left"  # the asker is not in the server any more
    STOPPED = "stopped"  # moderators stopped the pseudonym


@dataclass(frozen=True, slots=True)
class Written:
    """The form, as a member filled it in."""

    topic: str
    wants: Wants
    title: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask.

    Attributes:
        ask_id: its number.
        server_id: where.
        asker_id: who asked; None once nobody can tell any more. Never in what others see of an anonymous ask.
        pseudonym: the name for this one thread; empty where the asker's own stands there.
        account_id: the account from which an anonymous asker thanks.
        state: where it stands.
        turn: whose word is next while it is talked about.
        topic: a topic of the server's list when it was asked.
        wants: what the asker wishes for.
        title: in one line.
        details: more about it.
        helped: what helped, in the asker's words.
        is_findable: whether others find it by a search, with what helped.
        first_id: whom the asker would like to ask first.
        is_by_hand: whether a member opened its thread by hand.
        revision: grows with every edit.
        channel_id: the forum or channel in which it stands, or is to stand.
        message_id: its card.
        thread_id: its thread.
        is_in_forum: whether that is a forum's post.
        serial: how many of its cards were lost.
        asked_at: when it was written.
        posts_at: when it may be posted.
        posted_at: when it was.
        answered_at: when somebody else first said something, or came.
        turn_since: when the turn last changed.
        checked_at: when the asker was asked whether it is still open, at this turn.
        ended_at: when it ended.
        ending: why, if it was closed.
        after_at: when the asker was invited to tell how it went on.
        climb: how far the ladder has come of who is asked next.
        step_at: when to look at that again; None if there is nothing to look at.
        call_serial: how many of its calls in the helpers' channel are gone.
        call_channel_id: where that stands,
        call_message_id: and which message it is.
        me_too: how many others know it.
    """

    ask_id: int
    server_id: int
    asker_id: int | None = field(repr=False)
    pseudonym: str
    account_id: int | None
    state: State
    turn: Turn
    topic: str
    wants: Wants
    title: str
    details: str
    helped: str
    is_findable: bool
    first_id: int | None
    is_by_hand: bool
    revision: int
    channel_id: int | None
    message_id: int | None
    thread_id: int | None
    is_in_forum: bool
    serial: int
    asked_at: datetime
    posts_at: datetime
    posted_at: datetime | None
    answered_at: datetime | None
    turn_since: datetime
    checked_at: datetime | None
    ended_at: datetime | None
    ending: End | None
    after_at: datetime | None
    climb: Climb
    step_at: datetime | None
    call_serial: int
    call_channel_id: int | None
    call_message_id: int | None
    me_too: int = 0

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody but the asker knows who asks."""
        return bool(self.pseudonym)

    @property
    def shown_asker_id(self) -> int | None:
        """Who asked, where everybody may know."""
        return None if self.is_anonymous else self.asker_id

    @property
    def is_stopped(self) -> bool:
        """Whether moderators ended it: its asker can't open it again."""
        return self.ending in {End.STOPPED, End.LOCKED}

    @property
    def may_be_heard(self) -> bool:
        """Whether what its asker wrote may still come into its thread."""
        return self.state is not State.WITHDRAWN and self.ending is not End.STOPPED

    @property
    def place_id(self) -> ChannelId | None:
        """Where its card stands: its thread, or the channel that the thread hangs in."""
        found = self.thread_id if self.is_inside else self.channel_id
        return None if found is None else ChannelId(found)

    @property
    def is_inside(self) -> bool:
        """Whether its card stands in its thread: a forum's, one opened by hand, or one whose first card was deleted."""
        has_thread = self.thread_id is not None
        return has_thread and (self.is_in_forum or self.is_by_hand or self.channel_id == self.thread_id)

    @property
    def url(self) -> str:
        """The address of its thread, or of its card; empty where neither stands yet."""
        if self.thread_id is not None:
            return f"{_CHANNELS}/{self.server_id}/{self.thread_id}"
        if self.channel_id is None or self.message_id is None:
            return ""
        return f"{_CHANNELS}/{self.server_id}/{self.channel_id}/{self.message_id}"

    @property
    def found_by(self) -> str:
        """The words by which it is found."""
        return f"{self.title}\n{self.helped}" if self.is_findable else self.title

    @property
    def is_posted(self) -> bool:
        """Whether its card stands in Discord."""
        return self.message_id is not None


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who takes part in an ask of another.

    ``came_at`` is when they said that they can answer, ``left_at`` when they asked others to, or were silent for too
    long; ``spoke_at`` is when they last wrote in the thread, ``nudged_at`` when they were last asked whether they
    still can.
    """

    helper_id: int
    ask_id: int
    member_id: int
    came_at: datetime | None
    left_at: datetime | None
    spoke_at: datetime | None
    nudged_at: datetime | None
    message_id: int | None = None

    @property
    def is_here(self) -> bool:
        """Whether the asker may count on them."""
        return self.came_at is not None and self.left_at is None


@dataclass(frozen=True, slots=True)
class Reply:
    """What an anonymous asker said, relayed into the thread; or, ``is_after``, what any asker told later on."""

    reply_id: int
    ask_id: int
    words: str
    is_after: bool
    message_id: int | None


@dataclass(frozen=True, slots=True)
class HandPost:
    """A thread that a member opened by hand in the help channel, with the bot's offer in it."""

    post_id: int
    thread_id: int
    member_id: int
    title: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Unmasking:
    """What moderators need to agree on, two of them, before they learn who is behind a pseudonym, and why."""

    unmasking_id: int
    server_id: int
    ask_id: int
    asked_by_id: int | None
    reason: str
    agreed_by_id: int | None
    agreed_at: datetime | None
    channel_id: int | None
    message_id: int | None


@dataclass(frozen=True, slots=True)
class AskPage:
    """One page of asks. ``number`` counts from 0; ``search_id`` and ``words`` are those of a search."""

    server_id: int
    asks: tuple[Ask, ...]
    number: int
    pages: int
    total: int
    search_id: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class PseudonymPage:
    """One page of the asks under a pseudonym, each with what moderators want to know of it. ``number`` is from 0."""

    server_id: int
    shown: tuple[tuple[Ask, Unmasking | None], ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an asker can be told when they have asked.

    ``asked_from`` is when helpers are asked, None for as soon as it is posted; ``usual`` how long a first answer takes
    here, None where too little is known; ``has_helpers`` whether anybody who offers the topic agreed to be asked.
    """

    asked_from: datetime | None
    usual: timedelta | None
    has_helpers: bool


def complaint_about(written: Written) -> str | None:
    """Return the key of the sentence that says what is wrong with a form, or None if nothing is."""
    if not written.title.strip():
        return "peer_help.title_missing"
    if len(written.title) > TITLE_LIMIT or len(written.details) > DETAILS_LIMIT:
        return "peer_help.too_long"
    return None


def is_exclusive(wants: Wants, helpers: int) -> bool:
    """Return whether another helper is one too many, where ``helpers`` are here: advice comes from one at a time."""
    return wants is Wants.ADVICE and helpers > 0
