"""What the bot's rules are compared with: pinging a role of all helpers, or nobody, and what could be had at best."""

from collections.abc import Iterable
from datetime import datetime

from benchmarks.simulation.asking.community import SERVER_DAY, Ask, Community
from benchmarks.simulation.asking.outcome import Outcome
from benchmarks.simulation.asking.patience import Patience
from benchmarks.simulation.asking.people import Helper
from bot.features.members.reach import Way


def ping_nobody(community: Community) -> Outcome:
    """Leave each ask to whoever happens to see it."""
    return Outcome.of(community, Patience(community), [min(ask.unasked, default=None) for ask in community.asks])


def ping_the_role(community: Community) -> Outcome:
    """Ping all helpers about each ask in the moment in which it is written, whatever its topic."""
    patience = Patience(community)
    return Outcome.of(community, patience, [_role_answers_at(community, patience, ask) for ask in community.asks])


def ask_everybody(community: Community) -> Outcome:
    """Ask all who agreed and offer the topic, each by name and at once, as if they had no number and never tired.

    No rule that asks only them can have more answered.
    """
    patience, answered_at = Patience(community), []
    for ask in community.asks:
        agreed = [helper for helper in community.agreed[ask.topic] if helper.member_id != ask.asker_id]
        for helper in agreed:
            patience.ask(helper, ask.asked_at)
            patience.pings += helper.way is Way.DM
        called = [SERVER_DAY.after(ask.asked_at, lag) or ask.asked_at for lag in ask.called]
        answered_at.append(_first(community, ask, agreed, called, with_all=False))
    return Outcome.of(community, patience, answered_at)


def _role_answers_at(community: Community, patience: Patience, ask: Ask) -> datetime | None:
    pinged = [
        helper
        for helper in community.helpers
        if helper.member_id != ask.asker_id and not helper.is_muted and helper.member_id not in patience.stopped
    ]
    for helper in pinged:
        patience.ping(ask, helper, ask.asked_at)
    return _first(community, ask, pinged, (), with_all=True)


def _first(
    community: Community, ask: Ask, told: Iterable[Helper], called: Iterable[datetime], *, with_all: bool
) -> datetime | None:
    """Return when somebody first writes, if these are told of an ask when it is written."""
    written = [*ask.unasked, *called]
    for helper in told:
        willing = community.reads(ask, helper) and community.will_answer(ask, helper, with_all=with_all)
        if willing and community.will_write(ask, helper):
            mood = community.mood(ask, helper)
            written.append(helper.after(ask.asked_at, mood.lag + mood.writing))
    return min(written, default=None)
