"""Who was asked when, and who has had enough of it for good."""

from collections import defaultdict
from datetime import datetime

from benchmarks.simulation.asking.community import Ask, Community
from benchmarks.simulation.asking.people import Helper
from bot.features.members.reach import WEEK


class Patience:
    """The helpers of one community under one way of asking.

    Attributes:
        asked_at: when each was asked, in order, with a ping or into the inbox.
        pings: how many there were.
        stopped: who switched pings off.
    """

    def __init__(self, community: Community) -> None:
        self.asked_at: defaultdict[int, list[datetime]] = defaultdict(list)
        self.pings = 0
        self.stopped: set[int] = set()
        self._community = community

    def ping(self, ask: Ask, helper: Helper, now: datetime) -> None:
        """Note a ping, which may be the last one that they get."""
        self.ask(helper, now)
        self.pings += 1
        lately = sum(now - asked < WEEK for asked in self.asked_at[helper.member_id][-100:])
        rates = self._community.rates
        if self._community.mood(ask, helper).tires < (rates.tires if lately >= helper.too_many else rates.stops):
            self.stopped.add(helper.member_id)

    def ask(self, helper: Helper, now: datetime) -> None:
        """Note that somebody is asked, without a ping."""
        self.asked_at[helper.member_id].append(now)
