"""Reports, texts that were held back, holds on members: what they are, and for how long they are kept."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.kernel.ids import MemberId

WORDS_LIMIT = 1000  # of a report, a note, an answer
EVIDENCE_LIMIT = 4000  # the longest message that Discord takes
TOLD_LIMIT = 500  # of what moderators tell a member in their own words, and of a hold's reason
RULES_LIMIT = 4000  # what Discord takes in one field

HOLD_DAYS = (1, 3, 7, 14, 30)  # offered by the form; the command takes any up to
LONGEST_HOLD = 30

LOUD_REPORTS = 5  # of one member, or texts that they ask about, within
LOUD_WITHIN = timedelta(days=1)  # of further ones nobody is told at once: they wait in the list

WARNING_KEPT = timedelta(days=1)  # as long as the draft that was warned about
LET_THROUGH_KEPT = timedelta(days=14)  # time enough to post what was let through
CASES_KEPT = timedelta(days=365)
BEGUN_KEPT = timedelta(days=1)  # as long as a draft

LONGEST_STEP = 9  # from one case's number to the next, left to chance
CASES_PAGE = 10
ACTS_PAGE = 10
PAGES_LIMIT = 25  # options of the menu that turns pages

LIST_HOUR = time(9)  # of the server's day


class CaseKind(StrEnum):
    """How a case came about: by reports, by a text held back or with crisis words, or by moderators themselves."""

    REPORT = "report"
    HELD = "held"
    HOLD = "hold"
    CRISIS = "crisis"


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class ReportReason(StrEnum):
    """Why somebody is reported."""

    SELLING = "selling"
    NAMES = "names"
    PRESSURE = "pressure"
    FALSE = "false"
    OTHER = "other"


class Outcome(StrEnum):
    """How a case ended: for reports, what their writers are told; for a text that was held back, what became of it."""

    ACTED = "acted"
    WATCHED = "watched"
    NOTHING = "nothing"
    LET_THROUGH = "let_through"
    KEEP_BACK = "keep_back"


class CryReason(StrEnum):
    """How moderators come to see a text with crisis words: it was posted all the same, or its writer asked for them."""

    POSTED = "posted"
    ASKED = "asked"


TOLD = (Outcome.ACTED, Outcome.WATCHED, Outcome.NOTHING)

Fields = Mapping[str, str | tuple[str, ...]]  # field code to text, or to chosen values


@dataclass(frozen=True, slots=True)
class Evidence:
    """A message as it was when it was reported."""

    text: str
    author_id: int
    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a member tells moderators about another; ``about_id`` is None for the writer of the message it is about."""

    about_id: int | None
    reason: ReportReason
    words: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Something that waits for moderators, or waited.

    Attributes:
        case_id: its number; those in between say nothing about how many there are.
        server_id: where.
        kind: how it came about.
        state: where it stands.
        about_id: whom it concerns, to whom it is never shown; None once they are forgotten.
        is_discreet: whether it is kept out of the moderators' channel, because it concerns a moderator.
        taken_by_id: the moderator who looks after it.
        reason: of a text that was held back, which rule held it; of one with crisis words, a :class:`CryReason`.
        form: of a text that was held back, the custom id of its form.
        fields: and what stood in it, as long as that may be needed.
        digest: and by what it is known again.
        opened_at: when it came about.
        closed_at: when it ended.
        outcome: how it ended.
        told: what moderators added in their own words for whoever waited.
        channel_id: where its post stands, or is to stand.
        message_id: the post in the moderators' channel.
        reports: how many reports it holds.
        interaction_id: the one by which it came about; 0 where that could tell who wrote anonymously.
        sealed: who that was, readable with the host key alone.
    """

    case_id: int
    server_id: int
    kind: CaseKind
    state: CaseState
    about_id: int | None
    is_discreet: bool
    taken_by_id: int | None
    reason: str
    form: str
    fields: Fields
    digest: str
    opened_at: datetime
    closed_at: datetime | None
    outcome: Outcome | None
    told: str
    channel_id: int | None
    message_id: int | None
    reports: int
    interaction_id: int = 0
    sealed: bytes | None = None

    @property
    def can_be_answered(self) -> bool:
        """Whether whoever wrote its text can be written to."""
        return self.kind is CaseKind.CRISIS and not (self.about_id is None and self.sealed is None)

    @property
    def is_closed(self) -> bool:
        """Whether nobody has to look at it any more."""
        return self.state is CaseState.CLOSED


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``member_id``, who wrote it, and ``author_id`` are None once they are forgotten."""

    report_id: int
    case_id: int
    member_id: int | None
    reason: ReportReason
    words: str
    evidence: str
    author_id: int | None
    channel_id: int | None
    message_id: int | None
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """Moderators' hold on a member: until it ends or is lifted, the bot posts nothing of theirs."""

    hold_id: int
    server_id: int
    member_id: int
    case_id: int
    reason: str
    began_at: datetime
    ends_at: datetime
    lifted_at: datetime | None
    answer: str
    answered_at: datetime | None

    def is_in_force(self, now: datetime) -> bool:
        """Return whether the member is on hold at ``now``."""
        return self.lifted_at is None and now < self.ends_at


@dataclass(frozen=True, slots=True)
class Letter:
    """What moderators wrote to whoever wrote the text of a case, and what that one answered."""

    letter_id: int
    case_id: int
    words: str
    written_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Cry:
    """Who wrote a text with crisis words, and how moderators come to see it.

    Of an anonymous one ``member_id`` is sealed; None where nobody is to be known at all.
    """

    member_id: MemberId | None
    reason: CryReason
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True)
class HoldOrder:
    """A hold that a moderator wants: on whom, for how many days, and why, in words that the member reads."""

    member_id: int
    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of the cases, those that wait first. ``number`` counts from 0."""

    cases: tuple[Case, ...]
    number: int
    pages: int
    total: int


def latest_of_each(reports: Iterable[Report]) -> list[Report]:
    """Return the last report of each member, of ``reports`` in their order: who wrote several is told once."""
    return list({report.member_id: report for report in reports if report.member_id}.values())


def digest_of(texts: Iterable[str]) -> str:
    """Return by what a form is known again: the same for the same texts in any order, without those that are empty.

    So it comes out alike from the texts that a service screens and from the fields of the draft that is kept of them.
    """
    stripped = sorted(filter(None, (text.strip() for text in texts)))
    return hashlib.sha256(json.dumps(stripped).encode()).hexdigest()


def texts_in(fields: Fields) -> list[str]:
    """Return what was typed into a form; what was chosen in it is no text."""
    return [value for value in fields.values() if isinstance(value, str) and value.strip()]


def is_anonymous(fields: Fields) -> bool:
    """Return whether a form is to be posted without its writer's name."""
    return fields.get("anonymous") == ("yes",) or fields.get("shows") == ("nameless",)


def next_list_at(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the next daily list of a server in ``zone`` is due, after ``now`` (aware)."""
    today = now.astimezone(zone).date()
    due = datetime.combine(today, LIST_HOUR, zone)
    return due if now < due else datetime.combine(today + timedelta(days=1), LIST_HOUR, zone)


def list_day(now: datetime, zone: ZoneInfo) -> int | None:
    """Return the number of the day whose list is due by ``now``; None before its hour."""
    local = now.astimezone(zone)
    return local.toordinal() if local.time() >= LIST_HOUR else None
