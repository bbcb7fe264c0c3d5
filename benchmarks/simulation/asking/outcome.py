"""What came of one way of asking in one community."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from benchmarks.simulation.asking.community import Community
from benchmarks.simulation.asking.patience import Patience
from benchmarks.simulation.asking.people import BEGINNING
from bot.features.members.reach import WEEK

IN_TIME = 24  # hours


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a community under one way of asking.

    Attributes:
        waits: for each ask, the hours until somebody wrote; infinite where nobody did.
        weeks: for each ask, the week in which it was written, from 0.
        pings: how many there were.
        weekly: how often each helper was asked in each whole week, from the least to the most.
        stopped: share of the helpers who switched pings off.
    """

    waits: tuple[float, ...]
    weeks: tuple[int, ...]
    pings: int
    weekly: tuple[int, ...]
    stopped: float

    @classmethod
    def of(cls, community: Community, patience: Patience, answered_at: Sequence[datetime | None]) -> Self:
        waits = (
            (moment - ask.asked_at) / timedelta(hours=1) if moment else math.inf
            for ask, moment in zip(community.asks, answered_at, strict=True)
        )
        whole = range(community.days // 7)
        asked = [[_week(moment) for moment in patience.asked_at[helper.member_id]] for helper in community.helpers]
        return cls(
            waits=tuple(waits),
            weeks=tuple(_week(ask.asked_at) for ask in community.asks),
            pings=patience.pings,
            weekly=tuple(sorted(weeks.count(week) for weeks in asked for week in whole)),
            stopped=len(patience.stopped) / len(community.helpers),
        )

    @property
    def in_time(self) -> list[bool]:
        """Whether each ask was answered within 24 hours."""
        return [wait <= IN_TIME for wait in self.waits]


def _week(moment: datetime) -> int:
    return (moment - BEGINNING) // WEEK
