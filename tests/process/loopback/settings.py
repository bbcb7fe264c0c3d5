"""What a test may set about the loopback Discord."""

from dataclasses import dataclass


@dataclass
class Settings:
    """How the loopback behaves; all can be changed while it runs. Times are seconds."""

    token: str = "loopback-token"
    ack_seconds: float = 3.0
    token_seconds: float = 900.0
    heartbeat_seconds: float = 41.25
    shards: int = 1
    global_per_second: int | None = None
