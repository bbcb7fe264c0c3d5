"""One community and one attack on it over 180 days: who has which standing, and when the attack shows."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from benchmarks.simulation.standing.attacks import Attack, Begin
from benchmarks.simulation.standing.community import EVENING, NAMED_AFTER, Community, Setting
from benchmarks.simulation.standing.flags import Flags
from benchmarks.simulation.standing.record import Record, moment
from bot.features.reputation.graph import CHAINS_LIMIT
from bot.features.reputation.model import FAMILIAR_CHAINS, Word, word_for

VILLAGE = Setting(members=200, sources=5, thanks=15)  # as few sources as `/setup check` is content with
DAYS = 180  # of an attack, which begins when the sources are named
LOOKS = (*range(8), 10, 15, 20, *range(30, DAYS + 1, 10))  # days in whose evening standing and flags are looked at
EARLY = 7  # days after which the points of other bots are looked at for the first time


@dataclass(frozen=True, slots=True)
class Tally:
    """How many accounts of one side have which standing."""

    accounts: int
    two: int  # chains or more
    five: int
    well_tied: int  # by word


@dataclass(slots=True)
class Outcome:
    """What came of one attack in one community.

    Attributes:
        honest: members by the day of the attack; the sources and who is behind the attack left out.
        attacking: the accounts of the attack.
        most_chains: of an attacking account in the end.
        flags: when and what `/ledger flags` showed.
        points: how often others thanked each of the same accounts, after a week and at the end.
    """

    attack: Attack
    honest: dict[int, Tally] = field(default_factory=dict)
    attacking: dict[int, Tally] = field(default_factory=dict)
    most_chains: int = 0
    flags: Flags = field(default_factory=Flags)
    points: dict[int, Counter[int]] = field(default_factory=dict)


def play(begin: Begin, seed: int, setting: Setting = VILLAGE, days: int = DAYS) -> Outcome:
    """Let a community live until its sources are named, begin the attack, and follow both for so many ``days``."""
    community = Community(setting, seed)
    for day in range(NAMED_AFTER):
        community.live(day)
    sources = community.name_sources(NAMED_AFTER, setting.sources)
    attack = begin(community, sources)
    outcome = Outcome(attack)
    honest = frozenset(range(1, setting.members + 1)) - frozenset((*sources, *attack.behind))
    standings = _Standings(community.record)
    wanted = list(attack.once)
    for day in range(days + 1):  # day 0 is what was there before
        if day:
            community.live(NAMED_AFTER + day - 1)
            _attack(community.record, attack, wanted, day)
        if day in LOOKS:
            outcome.honest[day] = standings.tally(honest)
            outcome.attacking[day] = standings.tally(attack.accounts)
            outcome.flags.look(day, community.record.graph, attack.accounts, honest)
        if day in {EARLY, days}:
            outcome.points[day] = _points(community.record, attack, honest)
    outcome.most_chains = max(map(community.record.graph.chains, attack.accounts), default=0)
    outcome.flags.reverse(community.record)
    return outcome


def _attack(record: Record, attack: Attack, wanted: list[tuple[int, int]], day: int) -> None:
    """Record what the attackers want of one day and the rules allow; ``wanted`` loses what was recorded of it."""
    now = moment(NAMED_AFTER + day - 1, EVENING)
    still = []
    for giver, receiver in wanted:
        now += timedelta(seconds=1)
        if not record.thank(giver, receiver, now):
            still.append((giver, receiver))
    wanted[:] = still
    for giver, receiver in (*attack.daily, *attack.among_themselves(day)):
        now += timedelta(seconds=1)
        record.thank(giver, receiver, now)


def _points(record: Record, attack: Attack, honest: Collection[int]) -> Counter[int]:
    points = Counter(dict.fromkeys((*honest, *attack.accounts), 0))
    for move in record.moves:
        is_bought = move.giver_id in attack.accounts or (move.giver_id, move.receiver_id) in attack.daily
        if move.kind == "thanks" and move.receiver_id in points and not is_bought:
            points[move.receiver_id] += 1
    return points


class _Standings:
    """Standing of everybody, computed again only where it can have risen: nothing is reversed on the way."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._chains: Counter[int] = Counter()

    def tally(self, accounts: Iterable[int]) -> Tally:
        chains = {account: self._chains_of(account) for account in accounts}
        words = Counter(word_for(count, self._record.days[account]) for account, count in chains.items())
        return Tally(
            accounts=len(chains),
            two=sum(count >= FAMILIAR_CHAINS for count in chains.values()),
            five=sum(count >= CHAINS_LIMIT for count in chains.values()),
            well_tied=words[Word.WELL_TIED],
        )

    def _chains_of(self, account: int) -> int:
        known = self._chains[account]
        if known < CHAINS_LIMIT and known < len(self._record.graph.givers(account)):
            self._chains[account] = self._record.graph.chains(account)
        return self._chains[account]
