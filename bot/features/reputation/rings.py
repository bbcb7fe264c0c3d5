"""Sets of accounts that thank mostly each other, and the few through whom all that they have comes. Pure.

A *cut* is one to three accounts without whose thanks no chain leads to any account of a set. Either they stand outside,
such as a moderator who politely thanked fifty alts, or they are the two of a ring whom others thanked. It is the
evidence that moderators see, and what they reverse; nothing is decided here (docs/adr/0024).

Who is or was a source is one account here: what they gave as a source and as a member is cut together, and they are
never part of a set. So no account stands on both sides.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.features.reputation.graph import Flow, Graph, account_of

CUT_LIMIT = 3  # accounts; what more people vouch for is no ring's doing
SOURCES_LIMIT = 1  # of a cut: behind two or three is half of a young community, seen from the few whom it began with
MEMBERS_LEAST = 4  # fewer are a couple and a friend
PART_OF_ALL = 3  # a set is smaller than a third of all accounts: what is larger is the community, seen from its sources
INSIDE_LEAST = 10  # thanks; fewer come about by chance
STAYING_PERCENT = 80  # of the thanks that a set gives; friends who also thank others stay below
STRANGER_COST = 2  # members: in simulated communities, 1 showed honest ones with many a ring, and 2 with few

_ANY_NUMBER = 1 << 30  # of chains


@dataclass(frozen=True, slots=True)
class Ring:
    """A set of accounts that thank mostly each other.

    Once all thanks of the pairs in ``entering`` are reversed, no chain leads to any of the members.

    Attributes:
        cut: the accounts through which all chains to the members come, by id; none of them is a member.
        members: the accounts of the set, by id.
        entering: who of the cut thanked whom of the members.
        inside: how many of the members' thanks went to members, or to those of the cut who belong to them: who are no
            sources, and themselves give as much to the set as it must keep. So two members and the alts behind them
            may thank each other as they like; thanks back to a polite moderator leave the set.
        given: how many thanks the members gave, to whomever.
    """

    cut: tuple[int, ...]
    members: tuple[int, ...]
    entering: tuple[tuple[int, int], ...]
    inside: int
    given: int


def find_rings(graph: Graph) -> list[Ring]:
    """Return the sets in a graph, the largest first; nobody is in two of them.

    Closed circles of honest members who know only one to three of the others look no different, most of all in the
    first weeks of a server: people judge. It takes a tenth of a second for a thousand accounts, at times a whole one.
    """
    net = _Net(graph)
    if net.members_most < MEMBERS_LEAST:
        return []
    found = {ring for cut, groups in _parted(net) for ring in _rings_behind(net, cut, groups)}
    rings: list[Ring] = []
    taken: set[int] = set()
    for ring in sorted(found, key=lambda ring: _rank(net, ring)):
        if taken.isdisjoint(ring.members):
            rings.append(ring)
            taken.update(ring.members)
    return sorted(rings, key=lambda ring: (-len(ring.members), ring.members))


class _Net:
    """Who hands chains on to whom, by accounts.

    Attributes:
        sources: the accounts that are or were sources.
        known: the accounts that are in no set, with the one chain that may begin at each: sources, and whoever can be
            parted from them only by larger cuts, or by such as part a third of all accounts from them.
        givers: of each account that is no source, who thanked it and has a chain to hand on.
        receivers: the same arrows the other way.
        given: how many thanks each account gave each other one.
        members_most: the most that a set may have.
    """

    def __init__(self, graph: Graph) -> None:
        self.sources = frozenset(map(account_of, graph.sources))
        self.known = dict.fromkeys(self.sources, 1)
        self.givers: defaultdict[int, set[int]] = defaultdict(set)
        self.receivers: defaultdict[int, set[int]] = defaultdict(set)
        self.given: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self._known_givers: defaultdict[int, int] = defaultdict(int)
        carrying = _carrying(graph)
        for node, other, count in graph.arrows():
            giver, receiver = account_of(node), account_of(other)
            self.given[giver][receiver] = self.given[giver].get(receiver, 0) + count
            if node in carrying and receiver not in self.sources:
                self.givers[receiver].add(giver)
                self.receivers[giver].add(receiver)
        accounts = self.sources.union(self.given, *self.given.values())
        self.members_most = (len(accounts) - 1) // PART_OF_ALL
        self._spread(self.sources)

    def admit(self, account: int) -> None:
        """Note that an account is known; so are those then whom more known ones thanked than there can be in a cut."""
        self.known[account] = 1
        self._spread((account,))

    def thanks(self, giver: int, receivers: Collection[int] | None = None) -> int:
        """Return how many thanks an account gave to ``receivers``, or to anybody."""
        given = self.given[giver]
        return sum(count for receiver, count in given.items() if receivers is None or receiver in receivers)

    def cuts_before(self, targets: Collection[int]) -> set[frozenset[int]]:
        """Return the cuts nearest to some accounts, of each size, that don't have too many behind them.

        From the nearest cut of the least size on: one of its accounts is either in a nearer one too, or beyond it.
        """
        cuts = set()
        waiting: list[tuple[frozenset[int], frozenset[int]]] = [(frozenset(), frozenset())]
        for removed, beyond in waiting:
            found = self.nearest_cut(targets, removed, beyond)
            if found is None:
                continue
            cut, behind = found
            if len(behind) <= self.members_most:
                cuts.add(cut | removed)
            if cut and len(behind) > len(targets):
                one = {min(cut)}
                waiting += [(removed | one, beyond), (removed, beyond | one)]
        return cuts

    def nearest_cut(
        self, targets: Collection[int], removed: Collection[int] = (), beyond: Collection[int] = ()
    ) -> tuple[frozenset[int], set[int]] | None:
        """Return the least cut before ``targets``, of several the nearest, and who is behind it; None without one.

        Args:
            targets: accounts that are to be parted from the known ones.
            removed: accounts that are cut anyway, and not returned.
            beyond: accounts that must not be in it.
        """
        if beyond and any(not self.givers[target].isdisjoint(beyond) for target in targets):
            return None
        room = self.known | dict.fromkeys(beyond, _ANY_NUMBER) if beyond else self.known
        flow = Flow(self.givers.__getitem__, room, targets, removed)
        while flow.augment():
            if flow.count + len(removed) > CUT_LIMIT:
                return None
        return flow.cut(), flow.behind()

    def groups_behind(self, cut: frozenset[int]) -> list[set[int]]:
        """Return the accounts to which chains lead only through a cut, in groups that don't thank each other."""
        below = _closure(cut, lambda each: self.receivers[each].difference(self.known)) - cut
        around = below | cut
        reached = _closure(
            {each for each in below if not self.givers[each] <= around}, lambda each: self.receivers[each] & below
        )
        return self._groups(below - reached)

    def _groups(self, accounts: set[int]) -> list[set[int]]:
        """Return accounts as groups that don't thank each other."""
        groups, left = [], set(accounts)
        while left:
            group = _closure({min(left)}, lambda each: (self.receivers[each] | self.givers[each]) & accounts)
            groups.append(group)
            left -= group
        return groups

    def _spread(self, accounts: Iterable[int]) -> None:
        waiting = list(accounts)
        for account in waiting:
            for receiver in self.receivers[account]:
                self._known_givers[receiver] += 1
                if self._known_givers[receiver] > CUT_LIMIT and receiver not in self.known:
                    self.known[receiver] = 1
                    waiting.append(receiver)


def _parted(net: _Net) -> Iterator[tuple[frozenset[int], list[set[int]]]]:
    """Yield the cuts worth a look with the groups behind: the nearest before each account, and on to the sources."""
    seen = _nearest_cuts(net)
    waiting = list(seen)
    for cut in waiting:
        groups = net.groups_behind(cut)
        yield cut, groups
        further = _further(net, cut, groups) - seen
        seen |= further
        waiting += further


def _nearest_cuts(net: _Net) -> set[frozenset[int]]:
    """Return the cuts nearest to each account; whoever has none is known from then on."""
    cuts: set[frozenset[int]] = set()
    for account in sorted(net.givers, key=lambda each: (-len(net.givers[each]), each)):
        if account not in net.known:
            nearest = net.cuts_before((account,))
            cuts |= nearest
            if not nearest:
                net.admit(account)
    return cuts


def _further(net: _Net, cut: frozenset[int], groups: list[set[int]]) -> set[frozenset[int]]:
    """Return the next cuts: before each group behind a cut, together with one or all of those of it whom it thanked."""
    cuts = set()
    for group in groups:
        thanked = {each for each in cut.difference(net.known) if not net.givers[each].isdisjoint(group)}
        for more in (thanked, *({each} for each in thanked if len(thanked) > 1)):
            if more and len(group | more) <= net.members_most:
                cuts |= net.cuts_before(group | more)
    return cuts


def _rings_behind(net: _Net, cut: frozenset[int], groups: list[set[int]]) -> list[Ring]:
    """Return the sets that groups behind a cut are: each by itself, or, where none is one, all closed ones together."""
    found = [ring for group in groups if (ring := _ring_of(net, cut, group)) is not None]
    if found:
        return found
    own = cut - net.sources
    closed = [group for group in groups if len(group) > 1 and _is_closed(net, group, group | own)]
    ring = _ring_of(net, cut, set().union(*closed)) if len(closed) > 1 else None
    return [] if ring is None else [ring]


def _is_closed(net: _Net, group: set[int], own: set[int]) -> bool:
    return _stays(sum(net.thanks(each, own) for each in group), sum(net.thanks(each) for each in group))


def _ring_of(net: _Net, cut: frozenset[int], group: set[int]) -> Ring | None:
    """Return the set that a group behind a cut is; None if it is none."""
    core = {each for each in group if not _hangs_on(net, each, group)}
    members = group if len(core) < MEMBERS_LEAST else core
    if not MEMBERS_LEAST <= len(members) <= net.members_most:
        return None
    entering = sorted((giver, each) for giver in cut for each in members.intersection(net.given[giver]))
    entered = {giver for giver, _ in entering}
    if len(entered & net.sources) > SOURCES_LIMIT:
        return None
    own = members | _belonging(net, entered, members)
    inside = sum(net.thanks(each, own) for each in members)
    given = sum(net.thanks(each) for each in members)
    if inside < INSIDE_LEAST or not _stays(inside, given):
        return None
    return Ring(tuple(sorted(entered)), tuple(sorted(members)), tuple(entering), inside, given)


def _hangs_on(net: _Net, account: int, group: set[int]) -> bool:
    """Return whether one of a group thanked somebody who has nothing to do with the others: no member of a set."""
    return len(net.givers[account]) == 1 and group.isdisjoint(net.given[account])


def _belonging(net: _Net, cut: set[int], members: set[int]) -> set[int]:
    """Return who of a cut belongs to the set behind it."""
    candidates = cut - net.sources
    own = members | candidates
    return {each for each in candidates if _stays(net.thanks(each, own), net.thanks(each))}


def _stays(inside: int, given: int) -> bool:
    return 100 * inside >= STAYING_PERCENT * given


def _rank(net: _Net, ring: Ring) -> tuple[int, int, tuple[int, ...], tuple[int, ...]]:
    """Return what is shown first of sets that overlap.

    The largest; but a further account in the cut has to bring in as many as would be a set by themselves, and whoever
    does not act like one of them outweighs two who do. So where a ring can be shown without the honest members whom it
    touches, it is.
    """
    strangers = sum(not _acts_so(net, each, ring) for each in ring.members)
    cost = MEMBERS_LEAST * len(ring.cut) + STRANGER_COST * strangers
    return cost - (len(ring.members) - strangers), len(ring.cut), ring.members, ring.cut


def _acts_so(net: _Net, member: int, ring: Ring) -> bool:
    """Return whether a member is thanked by others of the set, and mostly thanks these."""
    inside = net.thanks(member, {*ring.members, *ring.cut})
    return 2 * inside > net.thanks(member) and not net.givers[member].isdisjoint(ring.members)


def _carrying(graph: Graph) -> set[int]:
    """Return the nodes that chains lead to or begin at; thanks of others carry none."""
    receivers: defaultdict[int, list[int]] = defaultdict(list)
    for giver, receiver, _ in graph.arrows():
        receivers[giver].append(receiver)
    return _closure(graph.sources, receivers.__getitem__)


def _closure(start: Iterable[int], onwards: Callable[[int], Iterable[int]]) -> set[int]:
    """Return what can be reached from ``start``, and that."""
    found = set(start)
    waiting = list(found)
    for each in waiting:
        further = set(onwards(each)) - found
        found |= further
        waiting += further
    return found
