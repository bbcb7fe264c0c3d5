"""The rules by which a form's texts are held back, or warned about.

They are lists of words (``lexicon``) and a few shapes, looked for in a text as a person reads it (``readings``). Who
tells of having met such things is no seller. Every look goes a bounded number of characters ahead, so that all rules
together take time in proportion to the text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.features.safety import addresses, contacts, messengers, offers
from bot.features.safety.own_rules import NO_RULES, OwnRules
from bot.features.safety.readings import Reading

_SHOWN = 60  # characters of what was found


class Reason(StrEnum):
    """Why a text is held back, weightier ones first; the last one only warns."""

    INVITE = "invite"
    MESSENGER = "messenger"
    CONTACT = "contact"
    SHORTENER = "shortener"
    AFFILIATE = "affiliate"
    RECRUITING = "recruiting"
    PITCH = "pitch"
    OWN_WORDS = "own_words"
    LINKS = "links"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: why it matters, and the piece of text as it was read: in one line of 1 to 60 characters."""

    reason: Reason
    found: str

    @property
    def is_held(self) -> bool:
        """Whether the text is held back; otherwise its writer is warned."""
        return self.reason is not Reason.MONEY


def screen(texts: Sequence[str], *, links: int, own: OwnRules = NO_RULES) -> Finding | None:
    """Return the weightiest thing in the ``texts`` of one form; None if all is fine.

    Args:
        texts: what was typed, field by field, of any length.
        links: how many links the form may hold in all.
        own: the server's own words and patterns.
    """
    return judge(Reading("\n".join(texts)), links=links, own=own)


def judge(reading: Reading, *, links: int, own: OwnRules) -> Finding | None:
    """Return the weightiest thing in a form, which was read as one text (see :func:`screen`)."""
    rules: tuple[tuple[Reason, Callable[[Reading], str]], ...] = (
        (Reason.INVITE, addresses.invite),
        (Reason.INVITE, messengers.group),
        (Reason.MESSENGER, messengers.messenger),
        (Reason.CONTACT, contacts.contact),
        (Reason.SHORTENER, addresses.shortener),
        (Reason.AFFILIATE, addresses.affiliate),
        (Reason.RECRUITING, offers.recruiting),
        (Reason.PITCH, offers.pitch),
        (Reason.OWN_WORDS, lambda reading: own.matches(reading.exact, reading.words) or ""),
        (Reason.LINKS, lambda reading: reading.links[-1] if len(reading.links) > links else ""),
        (Reason.MONEY, offers.money),
    )
    pieces = ((reason, " ".join(rule(reading).split())) for reason, rule in rules)
    return next((Finding(reason, piece[:_SHOWN].rstrip()) for reason, piece in pieces if piece), None)
