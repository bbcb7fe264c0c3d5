"""What the host can watch, in the terms of Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """All figures of one bot, in a registry of its own, so that two bots in one process don't mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.interactions = Counter(
            "goen_interactions", "Commands, presses and forms", ["kind", "outcome"], registry=self.registry
        )
        self.acknowledged = Histogram(
            "goen_acknowledged_seconds",
            "Time from an interaction's arrival to its acknowledgement",
            buckets=(0.01, 0.05, 0.1, 0.5, 1, 2, 3),
            registry=self.registry,
        )
        self.effects = Counter("goen_effects", "Effects by how they went", ["verb", "outcome"], registry=self.registry)
        self.overdue = Gauge(
            "goen_oldest_overdue_seconds", "Age of the oldest effect that is due and not done", registry=self.registry
        )
        self.parked = Gauge(
            "goen_parked_effects", "Effects that wait for somebody to mend something", registry=self.registry
        )

    def exposition(self) -> bytes:
        """Return all figures in Prometheus's text format."""
        return generate_latest(self.registry)
