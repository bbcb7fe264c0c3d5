"""How fast the bot asks things of Discord: never so fast that it is refused for it.

Discord takes 50 requests a second of one bot, over all servers. Answers to interactions don't count, and are not held
up.
"""

from types import SimpleNamespace

import aiohttp
from aiolimiter import AsyncLimiter

A_SECOND = 45  # of 50: the rest is for what reaches Discord closer together than it was sent
AT_ONCE = 2
_UNCOUNTED = ("/interactions/", "/webhooks/")


def paced() -> aiohttp.TraceConfig:
    """Return what holds each request of a client up until it is its turn; one for each client."""
    # Two may go at once, so that who is woken a little late is made up for, and no second has more than 47; a bucket of
    # 45 would let out twice as many in one.
    limiter = AsyncLimiter(AT_ONCE, AT_ONCE / A_SECOND)

    async def wait(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, started: aiohttp.TraceRequestStartParams
    ) -> None:
        if is_counted(started.url.path):
            await limiter.acquire()

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(wait)
    return trace


def is_counted(path: str) -> bool:
    """Return whether Discord counts a request to ``path`` towards what it takes of one bot."""
    return not any(each in path for each in _UNCOUNTED)
