"""What a schedule is, what is asked, and what members answer."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.features.check_ins.times import Plan
from bot.features.setup.model import THREADED

NEEDED = THREADED  # Discord's names of the permissions that the bot uses in a channel with prompts
PROMPT_LIMIT = 200  # characters, in one language
OWN_PROMPTS_LIMIT = 200  # of one server, retired ones among them: with those shipped, all find room on the pages
SCHEDULES_LIMIT = 15  # of one server: all are listed on one card
OFTEN = 2  # times a week that prompts are posted in a server, unless moderators say that it may be more
PREVIEWED = 5  # times that are shown of a schedule
WORDS_LIMIT = 1500  # of an answer: it stands on one card with its prompt
PAGE = 11  # prompts on one page of the moderators' list
PAGES_LIMIT = 25  # options of the menu that turns pages
UNREACHED = 3  # private messages in a row that did not arrive, after which a member is asked whether to go on
LONGEST_PAUSE = timedelta(days=366)
MOOD_WEEKS = 26  # that the picture of one's own moods shows
LISTED = 25  # of their own answers, that a member finds in a menu
SEALED_LISTED = timedelta(weeks=MOOD_WEEKS)  # for which there are those among them that have no name
ANSWERABLE = timedelta(days=31)  # after which a prompt takes no new answers

_CHANNELS = "https://discord.com/channels"


class Mood(StrEnum):
    """How somebody is, as they say with an answer."""

    LAUGHING = "laughing"
    TEARS = "tears"
    SIGH = "sigh"
    CALM = "calm"


class Shows(StrEnum):
    """Who sees an answer."""

    NAME = "name"  # everybody, with the writer's name
    NAMELESS = "nameless"  # everybody, without
    ME = "me"  # the writer alone


class Why(StrEnum):
    """Why a prompt was not posted."""

    AWAY = "away"  # the bot was, until it was too late
    NO_PROMPT = "no_prompt"  # none is in use, or in season
    GONE = "gone"  # the channel is
    REFUSED = "refused"  # the bot may not post there
    HELD_UP = "held_up"  # on its way, until it was too late


@dataclass(frozen=True, slots=True)
class Planned:
    """What is chosen for a schedule; ``country`` is whose public holidays are left out, empty for none.

    ``channel_id`` is where prompts are posted, None for a member's own.
    """

    days: frozenset[int]
    at: time
    zone: ZoneInfo
    channel_id: int | None
    country: str = ""

    @property
    def plan(self) -> Plan:
        """The days and the time alone."""
        return Plan(self.days, self.at, self.zone)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When prompts are posted, and where; or when a member is asked alone.

    ``looked_at`` is up to when it was seen to; ``next_at`` when there is something to see to again, None if never.
    ``member_id`` is whose own it is, None for the server's; ``paused_until`` until when they don't want to be asked;
    ``unreached`` how often in a row it could not come as a private message.
    """

    schedule_id: int
    server_id: int
    planned: Planned
    revision: int
    is_removed: bool
    looked_at: datetime
    next_at: datetime | None
    member_id: int | None = None
    paused_until: datetime | None = None
    unreached: int = 0

    def is_paused(self, moment: datetime) -> bool:
        """Return whether nothing is asked at ``moment``."""
        return self.paused_until is not None and moment < self.paused_until

    @property
    def is_in_doubt(self) -> bool:
        """Whether its member is asked if it is to go on, and nothing else until they answer."""
        return self.unreached >= UNREACHED


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something that is asked: a shipped one by its ``code``, or a server's own in one language or both."""

    prompt_id: int
    server_id: int
    code: str
    words: dict[str, str] = field(hash=False)
    is_retired: bool = False
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One time that a schedule came to: the wall clock's ``local`` time, naive, and the instant.

    ``is_locked`` is whether moderators locked its thread, as far as is known: nothing new comes into it meanwhile.
    ``why`` is why it was not posted, where it was not.
    """

    check_in_id: int
    server_id: int
    schedule_id: int
    prompt_id: int
    local: datetime
    due_at: datetime
    channel_id: int | None
    message_id: int | None
    thread_id: int | None
    posted_at: datetime | None
    is_locked: bool = False
    why: Why = Why.HELD_UP

    @property
    def is_gone(self) -> bool:
        """Whether it was posted, and nothing of it stands any more."""
        return self.posted_at is not None and self.channel_id is None

    @property
    def place_url(self) -> str:
        """The address of the channel in which it stands, or was to."""
        return f"{_CHANNELS}/{self.server_id}/{self.channel_id}"

    @property
    def url(self) -> str:
        """The address of its thread, or of its card; empty where neither stands."""
        if self.thread_id is not None:
            return f"{_CHANNELS}/{self.server_id}/{self.thread_id}"
        return "" if self.message_id is None else f"{_CHANNELS}/{self.server_id}/{self.channel_id}/{self.message_id}"


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as it was filled in."""

    words: str
    shows: Shows
    mood: Mood | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member answered. ``member_id`` is None once nobody can tell any more who it was.

    ``is_sealed`` is whether it was shown without their name, and not with it since: kept for them alone, too, nothing
    in the clear says who wrote what others may have read. ``serial`` counts the messages of it that were deleted.
    """

    answer_id: int
    server_id: int
    check_in_id: int
    member_id: int | None = field(repr=False)
    words: str
    shows: Shows
    mood: Mood | None
    answered_at: datetime
    message_id: int | None
    serial: int = 0
    is_sealed: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether others see it."""
        return self.shows is not Shows.ME and bool(self.words or self.mood)

    def can_become(self, shows: Shows) -> bool:
        """Return whether it can be shown so where it stands: there, one who saw it before would learn whose it is."""
        return shows is Shows.ME or self.is_sealed is (shows is Shows.NAMELESS)

    @property
    def is_lost(self) -> bool:
        """Whether somebody deleted it where others saw it: since then, it is its writer's alone."""
        return self.shows is Shows.ME and self.message_id is None and self.serial > 0

    @property
    def shown_member_id(self) -> int | None:
        """Who wrote it, where everybody may know."""
        return self.member_id if self.shows is Shows.NAME else None


@dataclass(frozen=True, slots=True)
class PromptPage:
    """One page of a server's prompts, those that are asked next before the others. ``number`` counts from 0."""

    server_id: int
    prompts: tuple[Prompt, ...]
    number: int
    pages: int
    total: int


def times_a_week(schedules: "list[Planned]") -> int:
    """Return how often a week prompts are posted by some schedules."""
    return sum(len(each.days) for each in schedules)
