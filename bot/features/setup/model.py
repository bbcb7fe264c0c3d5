"""A server's choices, what the bot needs there, and what is found when that is checked."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from bot.kernel.hours import Hours

Language = Literal["ja", "en"]

# Offered in the panel, west to east of where our first communities live; any other can be typed.
ZONES = (
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Taipei",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Bangkok",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Europe/Helsinki",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/London",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "Pacific/Auckland",
    "Australia/Sydney",
    "UTC",
)


MIDNIGHT = 24
WAKING = (7, MIDNIGHT)  # hours, unless moderators chose others


class Place(StrEnum):
    """A channel that moderators choose; the value is the control's action and the column's stem."""

    INTRODUCTIONS = "introductions_channel"
    HELP = "help_channel"
    HELPERS = "helpers_channel"
    REVIEWS = "reviews_channel"
    THANKS = "thanks_channel"
    LETTER = "letter_channel"
    MODERATORS = "moderators_channel"


_TALK = ("view_channel", "send_messages", "read_message_history")
_THREADS = ("send_messages_in_threads", "create_public_threads")

THREADED = *_TALK, *_THREADS  # what cards with threads need in a text channel

# Discord's names of the permissions that the bot uses in each place, and why nothing more:
# history is read to find a message whose sending was interrupted; threads hang on the cards; the
# members' panel is pinned. Who asks is answered also in a thread that moderators locked, and the
# tags that say how it stands are the bot's alone: both is managing threads.
NEEDED: Mapping[Place, tuple[str, ...]] = {
    Place.INTRODUCTIONS: (*_TALK, *_THREADS, "pin_messages"),
    Place.HELP: (*_TALK, *_THREADS, "manage_threads"),
    Place.HELPERS: _TALK,
    Place.REVIEWS: THREADED,
    Place.THANKS: _TALK,
    Place.LETTER: _TALK,
    Place.MODERATORS: _TALK,
}
PARKED = "setup.check_parked"  # what a check says of effects that wait for a mend, and can be tried again
_OPTIONAL = {Place.HELP, Place.HELPERS, Place.REVIEWS, Place.THANKS, Place.LETTER}
# What the bot can make, and by which card.
MADE = {Place.INTRODUCTIONS: "channel", Place.HELP: "help_channel", Place.REVIEWS: "reviews_channel"}
FORUMS = {Place.HELP}  # these can be a forum as well as a text channel
_NOT_IN_FORUMS = {"create_public_threads"}  # who may send messages there begins posts
# Only to let the bot make a channel, and the tags of a forum; everything else works without.
MAKE_CHANNELS = "manage_channels"
GIVE_ROLES = "manage_roles"  # only for the roles of words, where moderators choose any

INVITED_WITH = tuple(sorted({name for names in NEEDED.values() for name in names} | {MAKE_CHANNELS, GIVE_ROLES}))


@dataclass(frozen=True, slots=True)
class Server:
    """What was chosen for one server. It is awake from the hour ``waking_from`` to ``waking_to``; 24 is midnight."""

    server_id: int
    language: Language
    zone: ZoneInfo
    places: Mapping[Place, int]
    moderators_role_id: int | None
    panel_channel_id: int | None
    panel_message_id: int | None
    panel_serial: int
    hint_channel_id: int | None
    hint_message_id: int | None
    paused_at: datetime | None
    waking_from: int = WAKING[0]
    waking_to: int = WAKING[1]

    @property
    def hours(self) -> Hours:
        """The server's day: in its waking hours, somebody may be asked for the first time."""
        return Hours(self.zone, self.waking_to % MIDNIGHT, self.waking_from)

    @property
    def introductions_channel_id(self) -> int | None:
        """The channel for introductions, or None when none is chosen."""
        return self.places.get(Place.INTRODUCTIONS)


@dataclass(frozen=True, slots=True)
class Problem:
    """A channel in which a feature can't do its work; moderators were told once."""

    problem_id: int
    feature: str
    channel_id: int
    code: int
    message_id: int | None


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What Discord says about a chosen channel.

    Attributes:
        exists: whether it is there.
        missing: the permissions that lack there.
        lacks_tags: whether it is a forum in which the bot may make no tags.
        requires_tag: whether it is a forum in which no post is taken without a tag.
    """

    exists: bool
    missing: tuple[str, ...] = ()
    lacks_tags: bool = False
    requires_tag: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check. ``text`` is the sentence's key; a finding that is not good tells its mend."""

    good: bool
    text: str
    place: Place | None = None
    missing: tuple[str, ...] = ()
    count: int = 0
    feature: str = ""
    detail: str = ""
    mention: str = ""


def needed(place: Place, *, is_forum: bool) -> list[str]:
    """Return the permissions that the bot needs in a place, by Discord's names."""
    return [name for name in NEEDED[place] if not (is_forum and name in _NOT_IN_FORUMS)]


def zone_called(name: str, zones: Collection[str]) -> str | None:
    """Return which of ``zones`` is meant by ``name``, or None.

    People type on phones: case, full-width letters, and spaces for ``_`` don't matter, and the city is enough.
    """
    wanted = "_".join(unicodedata.normalize("NFKC", name).casefold().split())
    meant = [zone for zone in sorted(zones) if zone.casefold() == wanted]
    meant += [zone for zone in sorted(zones) if zone.casefold().endswith(f"/{wanted}")]
    return meant[0] if meant and wanted else None


def are_waking_hours(begin: int, end: int) -> bool:
    """Return whether a server can be awake from the hour ``begin`` to ``end``, also over midnight."""
    return 0 <= begin < MIDNIGHT and 0 < end <= MIDNIGHT and begin != end


def examine(server: Server, facts: Mapping[Place, PlaceFacts], *, role_exists: bool, parked: int) -> list[Finding]:
    """Return all that can be said about a server's set-up, in the panel's order.

    Args:
        server: what was chosen.
        facts: what Discord says about each chosen place.
        role_exists: whether the chosen moderators' role still exists; ignored when none is chosen.
        parked: the number of effects that wait for somebody to mend something.
    """
    findings = [finding for place in Place for finding in _place(place, facts.get(place))]
    if server.moderators_role_id is None:
        findings.append(Finding(good=True, text="setup.check_no_role"))
    else:
        findings.append(Finding(role_exists, "setup.check_role" if role_exists else "setup.check_role_gone"))
    if server.introductions_channel_id is not None:
        posted = server.panel_message_id is not None and server.panel_channel_id == server.introductions_channel_id
        findings.append(Finding(posted, "setup.check_panel" if posted else "setup.check_no_panel"))
    if parked:
        findings.append(Finding(good=False, text=PARKED, count=parked))
    return findings


def _place(place: Place, facts: PlaceFacts | None) -> list[Finding]:
    if facts is None:
        is_optional = place in _OPTIONAL
        return [Finding(is_optional, "setup.check_optional" if is_optional else "setup.check_not_chosen", place)]
    if not facts.exists:
        return [Finding(good=False, text="setup.check_gone", place=place)]
    faults = []
    if facts.missing:
        faults.append(Finding(good=False, text="setup.check_missing", place=place, missing=facts.missing))
    if facts.lacks_tags:
        faults.append(Finding(good=False, text="setup.check_no_tags", place=place, missing=(MAKE_CHANNELS,)))
    if facts.requires_tag:
        faults.append(Finding(good=False, text="setup.check_requires_tag", place=place))
    return faults or [Finding(good=True, text="setup.check_fine", place=place)]
