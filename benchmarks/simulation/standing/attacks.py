"""Ways to farm standing, each as far as the rules of recording let it come. Day 0 is the day on which it begins."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.simulation.standing.community import GIVING, RECEIVING, Community

ALTS, RING, BUYERS, INFILTRATORS = 50, 8, 10, 10  # accounts
FIRST = 1_000_000  # of the attacking accounts
EAGER = 5  # of the others whom an account wants to thank on a day; the rules allow 15 in a week
PATIENT = 14  # days between two thanks of an infiltrator to another: not to stand out
BUSIER_THAN = 0.75  # of the members: how much infiltrators thank and are thanked

Pair = tuple[int, int]  # giver and receiver


def _never(_accounts: Sequence[int], _day: int) -> Iterator[Pair]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Attack:
    """Accounts that work together.

    Attributes:
        accounts: those who are to get standing by it.
        behind: members of the community who bring them in; they keep what they earned, and are counted on no side.
        inside: whom of the accounts each of them wants to thank on a day.
        once: thanks that come from others, wanted until each was recorded.
        daily: thanks that come from others, wanted anew on each day.
    """

    accounts: tuple[int, ...] = ()
    behind: tuple[int, ...] = ()
    inside: Callable[[Sequence[int], int], Iterator[Pair]] = _never
    once: tuple[Pair, ...] = ()
    daily: tuple[Pair, ...] = ()

    def among_themselves(self, day: int) -> Iterator[Pair]:
        return self.inside(self.accounts, day)


def nobody(_community: Community, _sources: Sequence[int]) -> Attack:
    return Attack()


def pair(community: Community, sources: Sequence[int]) -> Attack:
    """Two who thank each other whenever they may; one known member thanked each of them once."""
    return _entered_by_two(community, sources, 2)


def ring(community: Community, sources: Sequence[int]) -> Attack:
    """Eight who all thank each other; known members thanked two of them once."""
    return _entered_by_two(community, sources, RING)


def star(community: Community, sources: Sequence[int]) -> Attack:
    """Fifty alts behind the two members who were thanked by most people; both thank all alts, who thank each other."""
    accounts, behind = _accounts(ALTS), tuple(_known(community, sources)[:2])
    return Attack(accounts, behind, _eagerly, tuple((giver, alt) for giver in behind for alt in accounts))


def friendly_moderator(community: Community, sources: Sequence[int]) -> Attack:
    """Fifty alts whom one polite source thanked once each; they thank each other."""
    accounts, source = _accounts(ALTS), community.chance.choice(sources)
    return Attack(accounts, inside=_eagerly, once=tuple((source, alt) for alt in accounts))


def bought_founder(community: Community, sources: Sequence[int]) -> Attack:
    """Ten who pay a source for a thanks whenever the rules allow one, and thank each other."""
    accounts, source = _accounts(BUYERS), community.chance.choice(sources)
    return Attack(accounts, inside=_eagerly, daily=tuple((source, buyer) for buyer in accounts))


def slow_infiltration(community: Community, _sources: Sequence[int]) -> Attack:
    """Ten who help and thank like anybody, busier than three members of four, and now and then thank each other."""
    return Attack(_joined(community), inside=_patiently)


def honest_newcomers(community: Community, _sources: Sequence[int]) -> Attack:
    """The same ten, who never thank each other: what is left of an infiltration without the fraud."""
    return Attack(_joined(community))


Begin = Callable[[Community, Sequence[int]], Attack]
ATTACKS: dict[str, Begin] = {
    "pair": pair,
    "ring of eight": ring,
    "star of fifty alts": star,
    "friendly moderator": friendly_moderator,
    "bought founder": bought_founder,
    "slow infiltration": slow_infiltration,
}
FLAGGED_IN_TIME = ("ring of eight", "star of fifty alts", "friendly moderator", "bought founder")  # by property 2
CUT_OFF = ("pair", *FLAGGED_IN_TIME)  # at most two accounts bring them in, so that property 1 holds them to two


def _accounts(count: int) -> tuple[int, ...]:
    return tuple(range(FIRST, FIRST + count))


def _entered_by_two(community: Community, sources: Sequence[int], count: int) -> Attack:
    accounts = _accounts(count)
    givers = community.chance.sample(_known(community, sources)[:20], 2)
    return Attack(accounts, inside=_eagerly, once=tuple(zip(givers, accounts, strict=False)))


def _known(community: Community, sources: Sequence[int]) -> list[int]:
    """Return the members with the most separate chains, sources left out; the one who was thanked most comes first."""
    graph = community.record.graph
    thanked = Counter(receiver for _, receiver, _ in graph.arrows() if receiver not in sources)
    return sorted(thanked, key=lambda member: (-graph.chains(member), -thanked[member], member))


def _joined(community: Community) -> tuple[int, ...]:
    accounts = _accounts(INFILTRATORS)
    for account in accounts:
        community.join(account, _quantile(GIVING), _quantile(RECEIVING))
    return accounts


def _quantile(shape: float) -> float:
    return math.pow(1 - BUSIER_THAN, -1 / shape)


def _eagerly(accounts: Sequence[int], day: int) -> Iterator[Pair]:
    """Yield that each account thanks the next few of the others, and on the next day those after them."""
    others = len(accounts) - 1
    for place, giver in enumerate(accounts):
        for step in range(min(EAGER, others)):
            yield giver, accounts[(place + 1 + (EAGER * day + step) % others) % len(accounts)]


def _patiently(accounts: Sequence[int], day: int) -> Iterator[Pair]:
    """Yield that those whose turn it is thank one of the others."""
    others = len(accounts) - 1
    for place, giver in enumerate(accounts):
        if (day + place) % PATIENT == 0:
            yield giver, accounts[(place + 1 + day // PATIENT % others) % len(accounts)]
