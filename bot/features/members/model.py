"""Who a member is to the bot, and the lists that all features share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

DRAFT_KEPT = timedelta(hours=24)
LEFT_KEPT = timedelta(days=365)
SEEN_EVERY = timedelta(hours=12)  # a press shall not cost a write to the disk for this alone
NOTICES_KEPT = timedelta(days=90)
NOTICES_PAGE = 4  # of an inbox: up to seven parts each, of the 40 that a message holds
TOPICS_LIMIT = 25  # options that Discord takes in one menu
TOPIC_LENGTH = 40  # characters; the shortest place that shows one is a button's label, with 80
SWEEP_EVERY = timedelta(days=1)
SWEEP_STEP = 5  # look-ups in one go, and
SWEEP_PAUSE = timedelta(seconds=5)  # until the next: one a second, of the fifty that Discord allows
# A sweep that finds more people gone than this is taken for a fault of ours or Discord's.
SUSPICIOUS_SHARE = 10
ALWAYS_PLAUSIBLE = 3  # so that one who leaves a server of five is not a suspicion

TOPICS = (
    "job_change",
    "workplace",
    "independent",
    "side_work",
    "freelance",
    "blogging",
    "programming",
    "education",
    "learning",
    "parenting",
    "household_money",
    "health",
    "hobbies",
    "photography",
    "listening",
    "everyday",
)

TRADES = (
    "engineering",
    "design",
    "product",
    "sales",
    "marketing",
    "planning",
    "back_office",
    "accounting",
    "legal",
    "human_resources",
    "medical",
    "care",
    "childcare",
    "teaching",
    "research",
    "public_service",
    "manufacturing",
    "construction",
    "logistics",
    "retail",
    "food",
    "hospitality",
    "writing",
    "languages",
    "arts",
)


@dataclass(frozen=True, slots=True)
class Member:
    """What is kept about a member of one server.

    ``chosen_language`` is None where they speak Discord's; ``has_news`` says that something waits in their inbox
    that they have not looked at and that did not come as a private message.
    """

    member_id: int
    language: str
    seen_at: datetime
    promised_at: datetime | None
    left_at: datetime | None
    chosen_language: str | None = None
    has_news: bool = False

    @property
    def has_promised(self) -> bool:
        """Whether they have given the first-time promise."""
        return self.promised_at is not None

    def is_news(self, language: str, now: datetime) -> bool:
        """Return whether seeing the member at ``now``, speaking ``language``, is worth a write."""
        return self.left_at is not None or language != self.language or now - self.seen_at >= SEEN_EVERY


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom Discord's own join message announced in ``channel_id``, and their greeting there."""

    newcomer_id: int
    member_id: int
    channel_id: int
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Sweep:
    """How far the look at who is still here has come: people looked up, and the last one's id."""

    looked_up: int = 0
    after_member_id: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A form whose submission failed, as it was typed: field code to text, or to chosen values.

    ``interaction_id`` is that submission: whatever it is let through for is done in its name, and so once.
    """

    draft_id: int
    member_id: int
    form: str
    fields: Mapping[str, str | tuple[str, ...]]
    expires_at: datetime
    interaction_id: int

    def is_open(self, now: datetime) -> bool:
        """Return whether the draft may still be taken up at ``now``."""
        return now < self.expires_at


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a member, as their home shows it.

    Attributes:
        text: the key of the sentence in the catalogue.
        feature: whose control takes it up.
        action: that control's action.
        object_id: that control's object.
    """

    text: str
    feature: str
    action: str
    object_id: int


@dataclass(frozen=True, slots=True)
class ServerWaiting:
    """What waits in a server, as the moderators' daily list shows it: by post, never by person.

    Attributes:
        text: the key of the sentence in the catalogue.
        since: from when on it has waited, aware.
        url: where it stands, if anywhere.
        count: how many of it there are, for a sentence with a plural; 0 for one without.
        why: the key of what says why it waits, if that is said.
    """

    text: str
    since: datetime
    url: str = ""
    count: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """One line of a server's weekly letter: what happened, or what still waits.

    Attributes:
        text: the key of the sentence in the catalogue, with a plural where there is a ``count``, else with ``{when}``.
        count: how many of it there were; 0 for what waits.
        since: since when it waits; None for what happened. Nothing that members wrote is told along with it: they can
            take that back, and the letter stays.
        url: where it stands, if anywhere.
    """

    text: str
    count: int = 0
    since: datetime | None = None
    url: str = ""

    @property
    def waits(self) -> bool:
        """Whether somebody still waits there."""
        return self.since is not None


@dataclass(frozen=True, slots=True)
class Notice:
    """What the bot told a member, or asked of them; what it says is drawn anew whenever it is shown.

    ``kind``, ``way`` and ``state`` are codes: of :class:`~bot.features.members.reach.Kind`, of its ``Way``, and
    ``open``, ``taken`` or ``passed``. ``message_id`` is the private message in which it came, if it did. Of one that
    ``is_sealed``, no column tells whom it is for.
    """

    notice_id: int
    server_id: int
    member_id: int
    kind: str
    feature: str
    card: str
    object_id: int
    way: str
    state: str
    told_at: datetime
    message_id: int | None
    is_sealed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nothing was done about it yet."""
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice says now.

    Attributes:
        text: the key of the sentence in the catalogue; it may name the others as ``{name}``, ``{words}``, ``{when}``.
        ways: the actions of the notice's feature by which it can be taken up.
        person_id: whom it is about.
        words: what a member wrote.
        ends_at: the time that it names.
        url: where it stands.
        name: what somebody is called who is not to be named by ``person_id``.
        is_day: whether ``ends_at`` stands for the day that it is in, and its hour says nothing.
        by_language: the ``words`` where they were written in several languages; those stand for a missing one.
        is_quiet: whether it only stands in the inbox: its member wishes to be sent nothing of it any more.
    """

    text: str
    ways: tuple[str, ...] = ()
    person_id: int | None = None
    words: str = ""
    ends_at: datetime | None = None
    url: str = ""
    name: str = ""
    is_day: bool = False
    by_language: Mapping[str, str] = field(default_factory=dict, hash=False)
    is_quiet: bool = False

    def words_in(self, language: str) -> str:
        """Return the words in a ``language``, where there are any; else in another."""
        return self.by_language.get(language, self.words)


def is_suspicious(gone: int, looked_up: int) -> bool:
    """Return whether a sweep that found ``gone`` of ``looked_up`` people gone is not to be believed."""
    return gone > ALWAYS_PLAUSIBLE and gone * SUSPICIOUS_SHARE > looked_up
