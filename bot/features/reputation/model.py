"""What a thanks is, when one may be recorded, and which word follows from those that a member received."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.kernel.ids import AccountId

REASON_LEAST, REASON_LIMIT = 5, 300  # characters
PAIR_PAUSE = timedelta(days=7)  # between two free thanks of one giver to one receiver
DAY, DAILY = timedelta(hours=24), 5  # free thanks of one giver in any 24 hours
WEEK, WEEKLY = timedelta(days=7), 15  # and in any 7 days
RECEIVERS_LIMIT = 10  # of one cause
TAKE_BACK = timedelta(minutes=10)

FAMILIAR_CHAINS = 2
WELL_TIED_CHAINS, WELL_TIED_DAYS, WELL_TIED_SPAN = 5, 3, timedelta(days=30)
SOURCES_LEAST = 5  # with fewer, honest members wait too long for the first word (docs/simulation/standing.md)

FACTS_PAGE = 5  # thanks on one page of `/standing`
HISTORY_PAGE = 5  # entries on one page of `/ledger history`
MONTHS = 12  # of the picture
FLAGS_KEPT = timedelta(hours=24)  # in which what moderators were shown can be acted on

# Of ASCII alone: in Japanese, words follow an address without a space.
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|(?<![a-z0-9-])[a-z0-9-]+(?:\.[a-z0-9-]+)+/[!-~]*", re.IGNORECASE)
_MENTIONED = re.compile(r"<@!?\d+>")
_MARKUP = re.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>|</[^>]+:\d+>|<t:\d+(?::\w)?>|<id:\w+>")  # Discord's own
_ADDRESSING = re.compile(r"(?:さん|ちゃん|くん|君|様|さま|氏|先輩|先生|san|sama|kun|chan)*(?:へ)?")


class CauseKind(StrEnum):
    """What a thanks is for. Each feature that gives reasons to thank adds its own."""

    FREE = "free"  # anything; limits keep it rare
    INTRO = "intro"  # a hello to the giver's own introduction
    ASK = "ask"  # an answer to what the giver asked
    REVIEW = "review"  # feedback on what the giver asked to be read


@dataclass(frozen=True, slots=True)
class Cause:
    """What one thanks is for: its kind, and the object of that kind, 0 for a free one."""

    kind: CauseKind
    object_id: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}" if self.object_id else str(self.kind)


FREE = Cause(CauseKind.FREE)


class Word(StrEnum):
    """What standing comes to, in a word."""

    FAMILIAR = "familiar"
    WELL_TIED = "well_tied"


@dataclass(frozen=True, slots=True)
class Month:
    """The thanks of one calendar month that stand, by kind of cause."""

    first: date
    received: Mapping[CauseKind, int] = field(default_factory=dict)
    given: Mapping[CauseKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to record.

    Attributes:
        giver_id: who thanks.
        receiver_id: whom.
        reason: why, as typed.
        names: what the receiver is called, as far as it is known: a reason is more than that.
        is_public: whether the giver likes it to be posted, if the receiver agrees.
        cause: what it is for.
        account_id: the account of a pseudonym, from which it comes; None for the giver's own.
    """

    giver_id: int
    receiver_id: int
    reason: str
    names: tuple[str, ...] = ()
    is_public: bool = False
    cause: Cause = FREE
    account_id: AccountId | None = None


@dataclass(frozen=True, slots=True)
class Thanks:
    """A thanks in the ledger, with what is kept beside it.

    ``giver_id`` and ``receiver_id`` are members, None for whoever was forgotten, or thanked as ``giver_pseudonym``,
    which is empty for all others. ``reversed_by`` is empty while it stands, then ``giver`` or ``moderators``;
    ``reversed_why`` is what moderators said.
    """

    server_id: int
    sequence: int
    giver_id: int | None
    receiver_id: int | None
    cause: str
    reason: str
    given_at: datetime
    reversed_at: datetime | None = None
    reversed_by: str = ""
    reversed_why: str = ""
    giver_pseudonym: str = ""

    def can_be_taken_back(self, now: datetime) -> bool:
        """Return whether its giver may still take it back at ``now``."""
        return self.reversed_at is None and timedelta(0) <= now - self.given_at < TAKE_BACK


class PublicationState(StrEnum):
    """Whether a thanks is public."""

    WISHED = "wished"  # by the giver; the receiver has not agreed
    AGREED = "agreed"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Publication:
    """A thanks whose giver likes it to be public, and where it stands."""

    publication_id: int
    server_id: int
    sequence: int
    state: PublicationState
    channel_id: int | None
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Openness:
    """What a member lets others see: thanks that they receive, their word, and a role that goes with it."""

    posts_thanks: bool = False
    shows_word: bool = False
    wears_role: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """One thanks that stands, seen from one of its two: whether they received it, and from or to which account."""

    sequence: int
    is_received: bool
    other_id: int
    kind: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be said of somebody's thanks without any rule: how many people, how many times.

    ``days`` are the days on which they were thanked; ``months`` the last :data:`MONTHS`, oldest first.
    """

    received_from: int
    received: int
    given_to: int
    given: int
    days: frozenset[date]
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class StandingPage:
    """The facts about a member, with one page of the thanks that they received, newest first; ``number`` from 0."""

    server_id: int
    member_id: int
    facts: Facts
    shown: tuple[Thanks, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many separate chains lead to somebody, the members whose thanks end them, and the word that follows."""

    chains: int
    last_givers: tuple[int, ...]
    word: Word | None


@dataclass(frozen=True, slots=True)
class Record:
    """One entry as moderators read it; members who were forgotten are None."""

    sequence: int
    kind: str
    cause: str
    about: int | None
    entered_at: datetime
    giver_id: int | None
    receiver_id: int | None
    reason: str
    is_reversed: bool
    giver_pseudonym: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody at whom chains of thanks begin, or began until ``ended_at``; ``grant`` is the entry that says so."""

    server_id: int
    grant: int
    account_id: int
    member_id: int | None
    granted_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Flag:
    """A set of accounts that thank mostly each other, as it was found: the cut through which all of it comes.

    ``cut`` and ``accounts`` are account ids, ``entries`` the sequences of the thanks from the cut into the set,
    ``inside`` how many of the ``given`` thanks of the set stay inside, from ``first_at`` to ``last_at``.
    """

    flag_id: int
    server_id: int
    cut: tuple[int, ...]
    accounts: tuple[int, ...]
    entries: tuple[int, ...]
    inside: int
    given: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class WordRole:
    """The role for a word."""

    word: Word
    role_id: int


@dataclass(frozen=True, slots=True)
class RoleTrouble:
    """What stands in the way of a role, as a code, and since when."""

    role_id: int
    trouble: str
    since: datetime


def facts_of(ties: Sequence[Tie], zone: ZoneInfo, now: datetime) -> Facts:
    """Return the facts about somebody's ``ties``, with days and months by the clocks of ``zone``."""
    received, given = [tie for tie in ties if tie.is_received], [tie for tie in ties if not tie.is_received]
    this_month = now.astimezone(zone).date().replace(day=1)
    firsts = [_months_before(this_month, number) for number in reversed(range(MONTHS))]
    counts: dict[tuple[date, bool], Counter[CauseKind]] = {}
    days: set[date] = set()
    for tie in ties:
        day = tie.given_at.astimezone(zone).date()
        if tie.is_received:
            days.add(day)
        if day >= firsts[0]:
            counts.setdefault((day.replace(day=1), tie.is_received), Counter())[CauseKind(tie.kind)] += 1
    months = (Month(first, counts.get((first, True), {}), counts.get((first, False), {})) for first in firsts)
    return Facts(
        received_from=len({tie.other_id for tie in received}),
        received=len(received),
        given_to=len({tie.other_id for tie in given}),
        given=len(given),
        days=frozenset(days),
        months=tuple(months),
    )


def word_for(chains: int, days: Collection[date]) -> Word | None:
    """Return the word for so many separate ``chains``, to somebody who was thanked on ``days``."""
    if chains >= WELL_TIED_CHAINS and len(set(days)) >= WELL_TIED_DAYS and max(days) - min(days) >= WELL_TIED_SPAN:
        return Word.WELL_TIED
    return Word.FAMILIAR if chains >= FAMILIAR_CHAINS else None


def complaint_about(reason: str, names: Collection[str]) -> str | None:
    """Return the key of the sentence that says what is wrong with a reason, or None if nothing is.

    Args:
        reason: as it was typed.
        names: what the receiver is called.
    """
    typed = "".join(each for each in unicodedata.normalize("NFC", reason) if unicodedata.category(each) != "Cf").strip()
    if len(typed) > REASON_LIMIT:
        return "reputation.reason_too_long"
    text = unicodedata.normalize("NFKC", typed)
    words = _MARKUP.sub(" ", text).strip()
    letters = _letters(_ADDRESS.sub(" ", words))
    if (letters or _MENTIONED.search(text)) and _is_only_names(letters, names):
        return "reputation.reason_only_name"
    if not letters and _ADDRESS.search(words):
        return "reputation.reason_only_link"
    if min(len(typed), len(words)) < REASON_LEAST:
        return "reputation.reason_too_short"
    return "reputation.reason_says_nothing" if len(set(letters)) in {0, 1} else None


def free_from(given: Sequence[tuple[datetime, bool]], now: datetime) -> tuple[str, datetime] | None:
    """Return why a free thanks can't be given at ``now``, and from when on it can; None if it can.

    Args:
        given: the giver's free thanks of the last 7 days, reversed ones among them: when, and whether to this receiver.
        now: the present.
    """
    lately = sorted(moment for moment, _ in given if now - moment < WEEK)
    blocks = [("reputation.thanked_lately", moment + PAIR_PAUSE) for moment, is_same in given if is_same]
    for key, span, most in (("reputation.enough_today", DAY, DAILY), ("reputation.enough_this_week", WEEK, WEEKLY)):
        within = [moment for moment in lately if now - moment < span]
        if len(within) >= most:
            blocks.append((key, within[-most] + span))
    return max((block for block in blocks if block[1] > now), key=lambda block: block[1], default=None)


def _months_before(first: date, number: int) -> date:
    """Return the first day of the month that lies ``number`` months before the one that begins with ``first``."""
    months = first.year * 12 + first.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)


def _letters(text: str) -> str:
    """Return the letters and numbers of ``text``; symbols, marks and spaces say nothing by themselves."""
    return "".join(each for each in text.casefold() if unicodedata.category(each)[0] in "LN")


def _is_only_names(letters: str, names: Collection[str]) -> bool:
    """Return whether nothing is left of ``letters`` without ``names`` and what one says after a name."""
    bare = {_letters(unicodedata.normalize("NFKC", name)) for name in names} - {""}
    for name in sorted(bare, key=lambda each: (-len(each), each)):
        letters = letters.replace(name, " ")
    return all(_ADDRESSING.fullmatch(word) for word in letters.split())
