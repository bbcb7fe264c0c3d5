"""What the rules of whom to ask shall bring over the whole range, and whether they do."""

from benchmarks.simulation.asking.summary import Results
from benchmarks.simulation.report import Goal

PINGS = 0.1  # of those of the role, at most
WEEKLY = 2  # invitations, in 95 of 100 weeks of helpers
MOST = 0.95


def goals(results: Results) -> list[Goal]:
    points = results.points
    gains = [point.gain for point in points]
    pinged = [point.pinged for point in points]
    weekly = [point.ours.weekly(MOST) for point in points]
    alone = [point.ours.answered - point.nobody.answered for point in points]
    every = f"at all {len(points)} points"
    return [
        Goal(
            "answered within 24 hours, beside pinging the role",
            f"no fewer, {every}",
            f"at {sum(gain >= 0 for gain in gains)}; {min(gains):+.0%} to {max(gains):+.0%} of all asks",
            min(gains) >= 0,
        ),
        Goal(
            "pings, beside pinging the role",
            f"≤ {PINGS:.0%}, {every}",
            f"at {sum(share <= PINGS for share in pinged)}; {min(pinged):.0%} to {max(pinged):.0%}",
            max(pinged) <= PINGS,
        ),
        Goal(
            "invitations a helper a week, 95th percentile",
            f"≤ {WEEKLY}, {every}",
            f"at {sum(count <= WEEKLY for count in weekly)}; {max(weekly)} at most",
            max(weekly) <= WEEKLY,
        ),
        Goal(
            "answered within 24 hours, beside pinging nobody",
            f"more, {every}",
            f"at {sum(more > 0 for more in alone)}; {min(alone):+.0%} to {max(alone):+.0%} of all asks",
            min(alone) > 0,
        ),
    ]
