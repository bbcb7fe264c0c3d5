"""Rate limits as Discord counts them: a bucket for each route and its major id, and one for the whole bot."""

import time
import zlib
from dataclasses import dataclass, field

from .settings import Settings

Headers = dict[str, str]
PLENTY = (1000, 1.0)
WITHOUT_LIMIT = ("/interactions/", "/webhooks/")


@dataclass
class Window:
    """One bucket: how many requests were taken since the window opened (monotonic seconds)."""

    opened_at: float = 0.0
    taken: int = 0


@dataclass
class Verdict:
    """The headers of the answer, and `retry_after` in seconds; None when the request is let through."""

    headers: Headers = field(default_factory=dict)
    retry_after: float | None = None
    is_global: bool = False


class RateLimits:
    """Counts requests. `refused` is how many got 429."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.refused = 0
        self._limits: dict[str, tuple[int, float]] = {}
        self._windows: dict[str, Window] = {}

    def set(self, route: str, count: int, seconds: float) -> None:
        """Allow `count` requests in `seconds` on a route such as `POST /channels/{channel}/messages`, per channel."""
        self._limits[route] = (count, seconds)
        self._windows.clear()

    def take(self, route: str, major: str) -> Verdict:
        """Count one request."""
        if any(prefix in route for prefix in WITHOUT_LIMIT):
            return Verdict()
        most = self.settings.global_per_second
        if most is not None and (left := self._take("global", most, 1.0)).retry_after is not None:
            self.refused += 1
            scope = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
            return Verdict({**_retry(left.retry_after), **scope}, left.retry_after, is_global=True)
        verdict = self._take(f"{route} {major}", *self._limits.get(route, PLENTY))
        verdict.headers["X-RateLimit-Bucket"] = f"{zlib.crc32(route.encode()):08x}"
        if verdict.retry_after is not None:
            self.refused += 1
            verdict.headers |= {**_retry(verdict.retry_after), "X-RateLimit-Scope": "user"}
        return verdict

    def _take(self, key: str, count: int, seconds: float) -> Verdict:
        window = self._windows.setdefault(key, Window())
        present = time.monotonic()
        if present - window.opened_at >= seconds:
            window.opened_at, window.taken = present, 0
        left = window.opened_at + seconds - present
        full = window.taken >= count
        window.taken += not full
        headers = {
            "X-RateLimit-Limit": str(count),
            "X-RateLimit-Remaining": str(count - window.taken),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
        }
        return Verdict(headers, left if full else None)


def _retry(seconds: float) -> Headers:
    return {"Retry-After": f"{seconds:.3f}", "Via": "1.1 loopback"}
