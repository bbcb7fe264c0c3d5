"""Whether those who helped get the standing that they earned: property 5 of the rule."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from unittest import mock

from benchmarks.simulation.standing.community import NAMED_AFTER, Community, Setting
from benchmarks.simulation.standing.record import ZONE, Record, microseconds, moment
from bot.features.reputation import graph as graph_module
from bot.features.reputation.graph import CHAINS_LIMIT, Graph

KNOWN_GIVERS = 3
HELPED, HELPED_UNTIL, LOOKED_AT = 5, 60, 90  # different people, by the end of this day; standing at the end of that one


@dataclass(frozen=True, slots=True)
class Trial:
    """One setting, and the least share that has to have five chains; None where it is only told."""

    setting: Setting
    least: float | None = None


TRIALS = (
    Trial(Setting(members=200, sources=5, thanks=15), 0.70),
    Trial(Setting(members=1000, sources=8, thanks=75), 0.75),
    Trial(Setting(members=60, sources=8, thanks=15), 0.80),
    Trial(Setting(members=60, sources=8, thanks=5), 0.80),  # as lively for each member as 200 with 15
    Trial(Setting(members=200, sources=2, thanks=15)),
    Trial(Setting(members=200, sources=3, thanks=15)),
    Trial(Setting(members=200, sources=8, thanks=15)),
    Trial(Setting(members=200, sources=5, thanks=15, insists=False)),
    Trial(Setting(members=1000, sources=8, thanks=15)),
)


@dataclass(frozen=True, slots=True)
class Share:
    """What came out for one trial, over all seeds in which anybody had helped so many.

    Attributes:
        shares: of those who had helped, how many have five chains; one figure a seed.
        unlimited: the same if any number of chains could start at one source.
        by_known: how many there are by another rule, which was turned down: three givers who themselves are known.
        helpers: how many had helped, on average.
        recorded: thanks on a day, on average.
    """

    trial: Trial
    shares: tuple[float, ...]
    unlimited: tuple[float, ...]
    by_known: tuple[float, ...]
    helpers: float
    recorded: float

    @property
    def mean(self) -> float:
        return statistics.fmean(self.shares) if self.shares else 0.0

    @property
    def missed(self) -> bool:
        return self.trial.least is not None and self.mean < self.trial.least


def measure(trial: Trial, seeds: Iterable[int]) -> Share:
    """Let communities live for 90 days, one for each seed."""
    shares, unlimited, by_known, helpers, recorded = [], [], [], [], []
    for seed in seeds:
        community = Community(trial.setting, seed)
        sources: list[int] = []
        for day in range(LOOKED_AT):
            if day == NAMED_AFTER:
                sources = community.name_sources(day, trial.setting.sources)
            community.live(day)
        helped = sorted(_helpers(community.record) - set(sources))
        helpers.append(len(helped))
        recorded.append((len(community.record.moves) - len(sources)) / LOOKED_AT)
        if helped:
            shares.append(_with_five(community.record.graph, helped))
            unlimited.append(_with_five_if_unlimited(community.record, helped))
            by_known.append(len(_known(community.record.graph).intersection(helped)) / len(helped))
    shown = tuple(shares), tuple(unlimited), tuple(by_known)
    return Share(trial, *shown, statistics.fmean(helpers), statistics.fmean(recorded))


def _helpers(record: Record) -> set[int]:
    end = microseconds(moment(HELPED_UNTIL, 0))
    givers: defaultdict[int, set[int]] = defaultdict(set)
    for move in record.moves:
        if move.kind == "thanks" and move.given_at < end:
            givers[move.receiver_id].add(move.giver_id)
    return {member for member, who in givers.items() if len(who) >= HELPED}


def _with_five(graph: Graph, members: list[int]) -> float:
    return sum(graph.chains(member) >= CHAINS_LIMIT for member in members) / len(members)


def _with_five_if_unlimited(record: Record, members: list[int]) -> float:
    """Return the share that there were if any number of chains could start at one source."""
    with mock.patch.object(graph_module, "CHAINS_EACH", CHAINS_LIMIT):
        return _with_five(Graph(record.moves, ZONE), members)


def _known(graph: Graph) -> set[int]:
    """Return the sources, and whoever was thanked by enough who are known, and so on."""
    givers: defaultdict[int, set[int]] = defaultdict(set)
    for giver, receiver, _ in graph.arrows():
        givers[receiver].add(giver)
    known = set(graph.sources)
    while more := {each for each, who in givers.items() if len(who & known) >= KNOWN_GIVERS} - known:
        known |= more
    return known
