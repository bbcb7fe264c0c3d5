"""Honest communities: a few give and are given most, as everywhere; nobody has standing in mind."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from benchmarks.simulation.standing.record import Record, moment
from bot.features.reputation.model import PAIR_PAUSE

GIVING, RECEIVING = 1.2, 1.0  # shapes of the Pareto distributions of how much members thank and are thanked
MOST_ACTIVE = 40  # among whom the sources are
NAMED_AFTER = 30  # days: moderators are known by what they did until then
WAKING, EVENING = 8.0, 20.0  # hours of the day between which honest members thank
TRIES = 100


@dataclass(frozen=True, slots=True)
class Setting:
    """How large a community is, and how lively.

    Attributes:
        members: how many there are, the sources among them.
        sources: how many are named.
        thanks: how many are wished for on a day.
        insists: whether a thanks that is not allowed has another in its place, so that as many are recorded.
    """

    members: int
    sources: int
    thanks: int
    insists: bool = True


class Community:
    """Members 1 to ``setting.members``, who thank each other day by day.

    Attributes:
        record: what they were recorded with.
        chance: for all that is drawn about this community, one after another.
    """

    def __init__(self, setting: Setting, seed: int) -> None:
        self.setting = setting
        self.record = Record()
        self.chance = random.Random(seed)
        self._members: list[int] = []
        self._giving: list[float] = []
        self._receiving: list[float] = []
        self._met: dict[tuple[int, int], datetime] = {}
        for member in range(1, setting.members + 1):
            self.join(member, self.chance.paretovariate(GIVING), self.chance.paretovariate(RECEIVING))

    def join(self, member: int, giving: float, receiving: float) -> None:
        """Let somebody in who thanks with the weight ``giving`` and is thanked with the weight ``receiving``."""
        self._members.append(member)
        self._giving.append(giving + (self._giving[-1] if self._giving else 0))
        self._receiving.append(receiving + (self._receiving[-1] if self._receiving else 0))

    def live(self, day: int) -> None:
        """Let one day pass."""
        for share in sorted(self.chance.random() for _ in range(self.setting.thanks)):
            now = moment(day, WAKING + share * (EVENING - WAKING))
            for _ in range(TRIES if self.setting.insists else 1):
                if self._thank(now):
                    break

    def name_sources(self, day: int, count: int) -> list[int]:
        """Name ``count`` sources at random among those who gave and received most until now, and return them."""
        took_part = Counter(who for move in self.record.moves for who in (move.giver_id, move.receiver_id))
        ranked = sorted(took_part, key=lambda member: (-took_part[member], member))
        named = self.chance.sample(ranked[:MOST_ACTIVE], count)
        self.record.name_sources(named, moment(day, 0))
        return named

    def _thank(self, now: datetime) -> bool:
        giver, receiver = self._pick(self._giving), self._pick(self._receiving)
        pair = (min(giver, receiver), max(giver, receiver))
        last = self._met.get(pair)
        if (last is not None and now - last < PAIR_PAUSE) or not self.record.thank(giver, receiver, now):
            return False
        self._met[pair] = now
        return True

    def _pick(self, cumulated: Sequence[float]) -> int:
        return self.chance.choices(self._members, cum_weights=cumulated)[0]
