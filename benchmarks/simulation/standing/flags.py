"""When `/ledger flags` shows an attack, whether it ever shows anybody else, and what "Reverse these" leaves."""

from collections.abc import Collection
from dataclasses import dataclass, field

from benchmarks.simulation.standing.record import Record
from bot.features.reputation.graph import Graph
from bot.features.reputation.rings import find_rings


@dataclass(slots=True)
class Flags:
    """What was shown over the days of one attack.

    Attributes:
        first_day: of the attack on which a set was shown that is mostly made of its accounts; None for never.
        shown: how many of its accounts were in such sets when it was last looked.
        honest: the honest members who were ever shown, in whichever set.
        honest_until: the last day on which any of them was; None for never.
        left: the most separate chains that an account of a shown set had once that set was reversed.
    """

    first_day: int | None = None
    shown: int = 0
    honest: set[int] = field(default_factory=set)
    honest_until: int | None = None
    left: int = 0

    def look(self, day: int, graph: Graph, accounts: Collection[int], honest: frozenset[int]) -> None:
        """Take in what is shown at the end of a ``day``."""
        self.shown = 0
        for ring in find_rings(graph):
            members = frozenset(ring.members)
            its = len(members.intersection(accounts))
            self.shown += its if 2 * its > len(members) else 0
            if members & honest:
                self.honest |= members & honest
                self.honest_until = day
        if self.shown and self.first_day is None:
            self.first_day = day

    def reverse(self, record: Record) -> None:
        """Try what becomes of each set that is shown now, once all thanks from its cut into it are reversed."""
        for ring in find_rings(record.graph):
            graph = record.reversed(ring.cut, ring.members)
            self.left = max(self.left, *(graph.chains(member) for member in ring.members))
