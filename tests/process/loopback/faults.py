"""Faults that a test orders: refusals, cut connections, slowness, and work that is done although the reply is lost."""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase

UNAVAILABLE_FROM = 500


@dataclass(eq=False)
class Fault:
    """What goes wrong with the next requests that match. `hits` holds those that it befell.

    `method` and `pattern` are matched as shell patterns (`*` also spans slashes) against the method and the path after
    `/api/v10`. `latency` is seconds before the work, or with `after_doing` before the reply. `code` goes into the
    refusal's body, `retry_after` (seconds) into a 429's, which `is_global` lets hold for the whole bot. `times` None:
    always.
    """

    method: str
    pattern: str
    status: int | None = None
    cut: bool = False
    latency: float = 0.0
    after_doing: bool = False
    times: int | None = 1
    code: int = 0
    retry_after: float = 0.05
    is_global: bool = False
    hits: list[str] = field(default_factory=list)

    def befalls(self, method: str, path: str) -> bool:
        """Whether it applies to this request; if so, the request is counted."""
        if self.times is not None and len(self.hits) >= self.times:
            return False
        if not (fnmatchcase(method, self.method) and fnmatchcase(path, self.pattern)):
            return False
        self.hits.append(f"{method} {path}")
        return True

    def body(self) -> dict[str, object]:
        """Return the JSON body of the refusal."""
        if self.status == 429:
            return {"message": "You are being rate limited.", "retry_after": self.retry_after, "global": self.is_global}
        return {"message": "Ordered by the test", "code": self.code}

    def headers(self) -> dict[str, str]:
        """Return the headers of the refusal."""
        if self.status != 429:
            return {}
        scope = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"} if self.is_global else {}
        return {"Via": "1.1 loopback", "Retry-After": f"{self.retry_after:.3f}", **scope}
