"""Standing: how many separate chains of thanks lead to a member from the sources. Pure, and stdlib only.

Every thanks that stands is an arrow from its giver to its receiver. A member's *chains* are the most that can lead to
them from the sources without sharing anybody on the way; two may start at each source. By Menger's theorem no group of
accounts can raise one of its own beyond the number of those whom others thanked (docs/adr/0024).
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

CHAINS_LIMIT = 5  # more say nothing more
CHAINS_EACH = 2  # of one source: a polite moderator alone makes nobody well tied

# Somebody who stepped down as a source is two: the source that they were carries this bit.
_FORMER = 1 << 31
_LOW = (1 << 32) - 1
_IN, _OUT = 0, 1  # the two ends of somebody on the way: thanks arrive at one and leave from the other
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Move(NamedTuple):
    """What one entry of a server's ledger does to its graph.

    Attributes:
        sequence: the entry's number in its server.
        kind: the code of its kind: ``thanks``, ``reversal``, ``source_granted``, ``source_ended``, ``source_annulled``.
        giver_id: the account that gives; of a reversal, the one that gave what it reverses.
        receiver_id: the account that receives; of what concerns a source, the source.
        about: the sequence of the entry that it reverses, ends or annuls; None for the other kinds.
        given_at: UTC microseconds; of a reversal, when that was given which it reverses.
    """

    sequence: int
    kind: str
    giver_id: int
    receiver_id: int
    about: int | None
    given_at: int


class Graph:
    """The standing thanks of one server as arrows between accounts, 12 bytes each.

    Attributes:
        sequence: of the last entry that is in it; 0 for none.
        sources: the nodes at which chains begin: accounts, and the sources that some accounts were.
    """

    __slots__ = ("_arrows", "_counts", "_parted", "_room", "sequence", "sources")

    def __init__(self, moves: Iterable[Move], zone: ZoneInfo) -> None:
        """Fold all ``moves`` of a server, in the order of their sequence; days end by the clocks of ``zone``."""
        moves = list(moves)
        self.sequence = max((move[0] for move in moves), default=0)
        active, parted = _sources(moves, zone)
        self._parted = parted
        self.sources = frozenset(active) | {account_id | _FORMER for account_id in parted}
        self._room = dict.fromkeys(self.sources, CHAINS_EACH)
        counts: dict[int, int] = {}
        for _, kind, giver_id, receiver_id, _, given_at in moves:
            if kind in {"thanks", "reversal"}:
                arrow = self._arrow(giver_id, receiver_id, given_at)
                counts[arrow] = counts.get(arrow, 0) + (1 if kind == "thanks" else -1)
        standing = sorted(arrow for arrow, count in counts.items() if count)
        self._arrows = array("Q", standing)
        self._counts = array("I", (counts[arrow] for arrow in standing))

    def __len__(self) -> int:
        return len(self._arrows)

    def follow(self, moves: Iterable[Move]) -> bool:
        """Take in further ``moves``, those that it knows left out.

        Returns:
            Whether that was possible; where a source came or went, the graph has to be folded anew.
        """
        for move in moves:
            if move.sequence <= self.sequence:
                continue
            if move.kind not in {"thanks", "reversal"}:
                return False
            self._add(self._arrow(move.giver_id, move.receiver_id, move.given_at), 1 if move.kind == "thanks" else -1)
            self.sequence = move.sequence
        return True

    def is_source(self, account_id: int) -> bool:
        """Return whether chains begin at an account now."""
        return account_id in self.sources

    def chains(self, account_id: int, most: int = CHAINS_LIMIT) -> int:
        """Return how many separate chains lead to an account, ``most`` at the utmost."""
        return len(self.last_givers(account_id, most))

    def last_givers(self, account_id: int, most: int = CHAINS_LIMIT) -> list[int]:
        """Return the accounts whose thanks end each of the separate chains to an account, ``most`` at the utmost."""
        most = min(most, len(self.givers(account_id)), CHAINS_EACH * len(self.sources))  # saves a search in vain
        flow = Flow(self.givers, self._room, (account_id,))
        while flow.count < most and flow.augment():
            pass
        return sorted(account_of(giver) for giver in flow.last_givers())

    def givers(self, node: int) -> list[int]:
        """Return the nodes that thanked ``node``."""
        first = bisect_left(self._arrows, node << 32)
        return [arrow & _LOW for arrow in self._arrows[first : bisect_left(self._arrows, (node + 1) << 32)]]

    def arrows(self) -> Iterator[tuple[int, int, int]]:
        """Yield all arrows as giver, receiver and the number of thanks behind it, by nodes."""
        for arrow, count in zip(self._arrows, self._counts, strict=True):
            yield arrow & _LOW, arrow >> 32, count

    def _arrow(self, giver_id: int, receiver_id: int, given_at: int) -> int:
        """Return the arrow of a thanks; whoever stepped down gave and got as a source until the end of that day."""
        if self._parted:
            if given_at <= self._parted.get(giver_id, -1):
                giver_id |= _FORMER
            if given_at <= self._parted.get(receiver_id, -1):
                receiver_id |= _FORMER
        return receiver_id << 32 | giver_id

    def _add(self, arrow: int, count: int) -> None:
        place = bisect_left(self._arrows, arrow)
        if place < len(self._arrows) and self._arrows[place] == arrow:
            self._counts[place] += count
            if not self._counts[place]:
                del self._arrows[place], self._counts[place]
        else:
            self._arrows.insert(place, arrow)
            self._counts.insert(place, count)


class Flow:
    """Separate chains to some targets, found one after another by searching backwards from them.

    This is the augmenting search of Ford and Fulkerson, each node on the way cut into an end where thanks arrive and
    one where they leave, so that only one chain can pass. A state is a node, doubled, and its end as the lowest bit.

    Attributes:
        count: how many chains there are so far.
        searched: once there is no further one, the states from which one could still come.
    """

    def __init__(
        self,
        givers: Callable[[int], Iterable[int]],
        room: Mapping[int, int],
        targets: Collection[int],
        without: Collection[int] = (),
    ) -> None:
        """Look for chains to ``targets``.

        Args:
            givers: returns who thanked a node.
            room: how many chains can begin at each of the sources; none passes through one.
            targets: where chains end, whichever of them it is.
            without: nodes that are left out.
        """
        self.count = 0
        self.searched: Collection[int] = ()
        self._givers = givers
        self._room = room
        self._targets = targets
        self._outside = {node << 1 | _OUT for node in (*targets, *without)}
        self._next: dict[int, set[int]] = {}  # whom the chains go on to, of those that they pass

    def augment(self) -> bool:
        """Find one chain more, if need be by leading those found so far another way; return whether there is one."""
        waiting = [node << 1 | _IN for node in self._targets]
        towards = dict(zip(waiting, waiting, strict=True))
        for state in waiting:  # grows on the way
            for before in self._before(state):
                if before in towards or before in self._outside:
                    continue
                towards[before] = state
                if before & 1 == _OUT and self._has_room(before >> 1):
                    self._lead(before, towards)
                    return True
                waiting.append(before)
        self.searched = towards.keys()
        return False

    def last_givers(self) -> list[int]:
        """Return the nodes whose thanks end the chains."""
        return [node for node, following in self._next.items() if not following.isdisjoint(self._targets)]

    def cut(self) -> frozenset[int]:
        """Return, once there is no further chain, nodes without which there is none: those nearest to the targets.

        There are as many as chains if one can begin at each source.
        """
        leaving = {state >> 1 for state in self.searched if state & 1 == _OUT}.union(self.last_givers())
        return frozenset(node for node in leaving if node << 1 | _IN not in self.searched)

    def behind(self) -> set[int]:
        """Return, once there is no further chain, the targets and whoever is between them and the cut."""
        return {state >> 1 for state in self.searched if state & 1 == _IN}

    def _has_room(self, node: int) -> bool:
        room = self._room.get(node)
        return room is not None and len(self._next.get(node, ())) < room

    def _before(self, state: int) -> Iterator[int]:
        """Yield the states from which a chain could come to ``state``."""
        node = state >> 1
        following = self._next.get(node, ())
        if state & 1 == _IN:
            if following:
                yield state ^ 1  # a chain that passes here could be led elsewhere
            for giver in self._givers(node):
                if node not in self._next.get(giver, ()):
                    yield giver << 1 | _OUT
            return
        if not following:
            yield state ^ 1
        for after in following:
            yield after << 1 | _IN

    def _lead(self, state: int, towards: dict[int, int]) -> None:
        """Lead a chain along ``towards``; where it meets one against its direction, the two swap their ends."""
        self.count += 1
        while (following := towards[state]) != state:
            node, after = state >> 1, following >> 1
            if node != after and state & 1 == _OUT:
                self._next.setdefault(node, set()).add(after)
            elif node != after:
                self._next[after].discard(node)
                if not self._next[after]:
                    del self._next[after]
            state = following


def account_of(node: int) -> int:
    """Return the account that a node is, or is the source of that it was."""
    return node & ~_FORMER


def _sources(moves: list[Move], zone: ZoneInfo) -> tuple[set[int], dict[int, int]]:
    """Return the accounts that are sources, and of those that stepped down the last microsecond of that day."""
    granted = {move.sequence: move.receiver_id for move in moves if move[1] == "source_granted"}
    ended: dict[int, int] = {}
    for move in moves:
        if move[1] == "source_annulled" and move[4] is not None:
            granted.pop(move[4], None)
        elif move[1] == "source_ended" and move[4] is not None:
            ended[move[4]] = end_of_day(move[5], zone)
    active = {account_id for sequence, account_id in granted.items() if sequence not in ended}
    parted: dict[int, int] = {}
    for sequence, last in ended.items():
        account_id = granted.get(sequence)
        if account_id is not None and account_id not in active:
            parted[account_id] = max(last, parted.get(account_id, last))
    return active, parted


def end_of_day(moment: int, zone: ZoneInfo) -> int:
    """Return the last microsecond of the day, by the clocks of ``zone``, of ``moment``; both UTC microseconds."""
    local = (_EPOCH + moment * _MICROSECOND).astimezone(zone)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), zone)
    return (tomorrow - _EPOCH) // _MICROSECOND - 1
