"""The bot's own rules, step by step: whom it asks, when it goes on, and what becomes of those who were asked."""

import heapq
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from unittest import mock

from benchmarks.simulation.asking.community import SERVER_DAY, Ask, Community
from benchmarks.simulation.asking.outcome import Outcome
from benchmarks.simulation.asking.patience import Patience
from benchmarks.simulation.asking.people import Helper
from bot.features.members.reach import Candidate, Way, first_moment, whom_to_ask
from bot.features.peer_help import ladder
from bot.features.peer_help.ladder import (
    ROUND,
    Climb,
    Rung,
    after_asking,
    after_calling,
    after_replacing,
    given_up_from,
    next_rung,
    silent_from,
)
from bot.features.peer_help.model import is_exclusive

AFTER = timedelta(days=1)  # the last asks have their 24 hours, too
MORE_ROUNDS = 4

Happen = Callable[[datetime], None]


def ask_by_the_rules(community: Community) -> Outcome:
    """Let the bot ask, about one ask beside the other, as each takes something of what helpers allow in a week."""
    clock, patience = _Clock(), Patience(community)
    conversations = [_Conversation(community, patience, clock, ask) for ask in community.asks]
    clock.run(community.end + AFTER)
    return Outcome.of(community, patience, [conversation.answered_at for conversation in conversations])


def ask_in_more_rounds(community: Community) -> Outcome:
    """Let the bot ask by the same rules, but in ``MORE_ROUNDS`` before the helpers' channel hears of it."""
    with mock.patch.object(ladder, "ROUNDS", MORE_ROUNDS):
        return ask_by_the_rules(community)


class _Clock:
    """What is to happen when."""

    def __init__(self) -> None:
        self._to_come: list[tuple[datetime, int, Happen]] = []
        self._numbers = itertools.count()

    def at(self, moment: datetime, happen: Happen) -> None:
        heapq.heappush(self._to_come, (moment, next(self._numbers), happen))

    def run(self, end: datetime) -> None:
        while self._to_come and self._to_come[0][0] < end:
            now, _, happen = heapq.heappop(self._to_come)
            happen(now)


@dataclass
class _Conversation:
    """An ask until somebody writes.

    Attributes:
        asked: who was asked about it.
        in_round: who was in the last round.
        here: who said that they will answer, and was not given up.
        steps: how often the next step was set; any that was set before is not taken.
    """

    community: Community
    patience: Patience
    clock: _Clock
    ask: Ask
    answered_at: datetime | None = None
    asked: set[int] = field(default_factory=set)
    in_round: list[Helper] = field(default_factory=list)
    here: set[int] = field(default_factory=set)
    steps: int = 0

    def __post_init__(self) -> None:
        self.climb = Climb(self.ask.asked_at)
        for moment in self.ask.unasked:
            self.clock.at(moment, self._answer)
        self._go_on(self.ask.asked_at)

    def _go_on(self, earliest: datetime) -> None:
        """Set the next step, no earlier than that, in the place of any other."""
        self.steps += 1
        number = self.steps
        rung, moment = next_rung(self.climb, SERVER_DAY, [helper.preferences.hours for helper in self.in_round])

        def take(now: datetime) -> None:
            if number == self.steps and not self.here and self.answered_at is None:
                self._go_on(self._step(rung, now))

        self.clock.at(max(moment, earliest), take)

    def _step(self, rung: Rung, now: datetime) -> datetime:
        """Take a step; return the earliest moment for the next one."""
        if rung is Rung.CALL:
            self.climb = after_calling(self.climb, now, is_heard=True)
            for lag in self.ask.called:
                self.clock.at(SERVER_DAY.after(now, lag) or now, self._answer)
        elif rung is Rung.LIST:
            self.climb = replace(self.climb, listed_at=now)
        elif rung is Rung.REPLACE:
            asked = self._invite(self._candidates(now), self.climb.missing, now)
            self.in_round += asked
            self.climb = after_replacing(self.climb, len(asked))
        else:
            return self._begin_round(now)
        return now

    def _begin_round(self, now: datetime) -> datetime:
        candidates = self._candidates(now)
        asked = self._invite(candidates, ROUND, now)
        self.in_round = asked or self.in_round
        again_at = None if asked else first_moment(candidates, self.ask.asker_id, now, self.asked)
        before = self.climb
        self.climb = after_asking(before, now, len(asked), again_at, SERVER_DAY)
        return again_at if again_at and self.climb == before else now

    def _candidates(self, now: datetime) -> list[Candidate]:
        return [
            helper.candidate(now, self.patience.asked_at[helper.member_id])
            for helper in self.community.agreed[self.ask.topic]
            if helper.member_id not in self.patience.stopped
        ]

    def _invite(self, candidates: Iterable[Candidate], most: int, now: datetime) -> list[Helper]:
        chosen = whom_to_ask(candidates, self.ask.asker_id, now, most, self.asked)
        return [self._tell(candidate, now) for candidate in chosen]

    def _tell(self, candidate: Candidate, now: datetime) -> Helper:
        """Send an invitation."""
        helper, way = self.community.helpers[candidate.member_id], candidate.way_now(now)
        self.asked.add(helper.member_id)
        if way is Way.DM:
            self.patience.ping(self.ask, helper, now)
        else:
            self.patience.ask(helper, now)
        if self.community.reads(self.ask, helper):
            read_at = helper.reads_at(way, now, self.community.mood(self.ask, helper).lag)
            self.clock.at(read_at, lambda now: self._read(helper, now))
        return helper

    def _read(self, helper: Helper, now: datetime) -> None:
        """Let a helper say that they will answer, or pass, or say nothing."""
        if self.answered_at is not None or is_exclusive(self.ask.wants, len(self.here)):
            return
        mood = self.community.mood(self.ask, helper)
        if self.community.will_answer(self.ask, helper, with_all=False):
            self._come(helper, now, mood.writing)
        elif mood.passes < self.community.rates.passes:
            self.climb = replace(self.climb, declined=self.climb.declined + 1)
            self._go_on(now)

    def _come(self, helper: Helper, now: datetime, writing: timedelta) -> None:
        self.here.add(helper.member_id)
        if self.community.will_write(self.ask, helper):
            self.clock.at(helper.after(now, writing), self._answer)
        hours = helper.preferences.hours
        given_up = given_up_from(silent_from(now, None, now, hours), hours)
        self.clock.at(given_up, lambda now: self._give_up(helper, now))

    def _give_up(self, helper: Helper, now: datetime) -> None:
        self.here.remove(helper.member_id)
        self._go_on(now)

    def _answer(self, now: datetime) -> None:
        self.answered_at = self.answered_at or now
