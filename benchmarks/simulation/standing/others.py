"""What the rules of two well-known bots would have made of the same communities and attacks."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.simulation.standing.history import Outcome

PRESENT = timedelta(hours=1)  # of a day that the attackers spend on it; both rules would allow all 24
TOP = 10


@dataclass(frozen=True, slots=True)
class OtherRule:
    """A point for each thanks, however often the pause allows one.

    Attributes:
        name: what kind of bot it is.
        pause: between two thanks.
        of_pair: whether the pause is that of a pair, in both directions; else the giver's, whomever they thank next.
    """

    name: str
    pause: timedelta
    of_pair: bool

    def points_a_day(self, accounts: int, paid: int) -> float:
        """Return what each of so many ``accounts`` that work together gets, with so many paid members besides."""
        rounds = PRESENT // self.pause
        if self.of_pair:  # in each round half of the pairs thank one way, half the other
            return rounds * ((accounts - 1) / 2 + paid)
        return rounds * (1 + paid / accounts)


# Defaults: https://repbot.docs.chojo.dev/abuse_protection (a limit a day exists, and is off unless set), and
# https://github.com/botlabs-gg/yagpdb, reputation/reputation.go: DefaultConfig, KeyCooldown (counted for the giver).
OTHER_RULES = (
    OtherRule("thanks bot with a 30-minute pair cooldown", timedelta(minutes=30), of_pair=True),
    OtherRule("+1 command with a 120-second cooldown", timedelta(seconds=120), of_pair=False),
)


@dataclass(frozen=True, slots=True)
class Ranks:
    """Where the attacking accounts are among all, on average over the communities.

    Attributes:
        on_top: how many of them are among the ten with most points.
        ahead_of: the share of honest members whom the median one of them has overtaken.
    """

    on_top: float
    ahead_of: float


def ranks(rule: OtherRule, outcomes: Sequence[Outcome], day: int) -> Ranks:
    each = [_ranked(rule, outcome, day) for outcome in outcomes]
    return Ranks(statistics.fmean(rank.on_top for rank in each), statistics.fmean(rank.ahead_of for rank in each))


def _ranked(rule: OtherRule, outcome: Outcome, day: int) -> Ranks:
    accounts = outcome.attack.accounts
    paid = len({giver for giver, _ in outcome.attack.daily})
    a_day = rule.points_a_day(len(accounts), paid)
    points: dict[int, float] = dict(outcome.points[day])
    attacking = {account: points.pop(account) + a_day * day for account in accounts}
    median = statistics.median(attacking.values())
    ahead_of = sum(points[member] < median for member in points) / len(points)
    best = Counter(points | attacking).most_common(TOP)
    return Ranks(sum(account in attacking for account, _ in best), ahead_of)
