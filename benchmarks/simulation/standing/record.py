"""What gets recorded: the thanks that the bot's own rules let through, as moves of its own graph."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.features.reputation.graph import Graph, Move
from bot.features.reputation.model import WEEK, free_from

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # any day will do
ZONE = ZoneInfo("UTC")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Record:
    """The ledger of one simulated server.

    Attributes:
        moves: all entries, in the order of their sequence.
        graph: the graph of all of them.
        days: the days on which each account was thanked.
    """

    def __init__(self) -> None:
        self.moves: list[Move] = []
        self.graph = Graph((), ZONE)
        self.days: defaultdict[int, set[date]] = defaultdict(set)
        self._given: defaultdict[int, list[tuple[datetime, int]]] = defaultdict(list)

    def thank(self, giver: int, receiver: int, now: datetime) -> bool:
        """Record a free thanks; return whether the rules allow it at ``now``, no earlier than what was recorded."""
        given = self._given[giver] = [each for each in self._given[giver] if now - each[0] < WEEK]
        if giver == receiver or free_from([(moment, whom == receiver) for moment, whom in given], now):
            return False
        given.append((now, receiver))
        self.days[receiver].add(now.date())
        self._add("thanks", giver, receiver, None, microseconds(now))
        return True

    def name_sources(self, accounts: Iterable[int], now: datetime) -> None:
        for account in accounts:
            self._add("source_granted", 0, account, None, microseconds(now))
        self.graph = Graph(self.moves, ZONE)

    def reversed(self, givers: Collection[int], receivers: Collection[int]) -> Graph:
        """Return the graph as it is once all thanks of ``givers`` to ``receivers`` are reversed."""
        graph = Graph(self.moves, ZONE)
        taken_back = (
            move
            for move in self.moves
            if move.kind == "thanks" and move.giver_id in givers and move.receiver_id in receivers
        )
        graph.follow(
            move._replace(sequence=number, kind="reversal", about=move.sequence)
            for number, move in enumerate(taken_back, len(self.moves) + 1)
        )
        return graph

    def _add(self, kind: str, giver: int, receiver: int, about: int | None, at: int) -> None:
        move = Move(len(self.moves) + 1, kind, giver, receiver, about, at)
        self.moves.append(move)
        self.graph.follow((move,))


def moment(day: int, hours: float) -> datetime:
    """Return so many ``hours`` after the beginning of a ``day`` of the simulation."""
    return BEGINNING + timedelta(days=day, hours=hours)


def microseconds(now: datetime) -> int:
    """Return a moment as the graph has it."""
    return (now - _EPOCH) // _MICROSECOND
