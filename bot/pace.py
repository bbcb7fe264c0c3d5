"""How fast the bot asks things of Discord: never so fast that it is refused for it, and not while it is.

Discord takes 50 requests a second of one bot, over all servers. Answers to interactions don't count, and are not held
up. Refused for the whole bot, it asks nothing more until Discord takes it again: 10,000 refusals in 10 minutes, and
Discord would hear nothing more of this machine for a long time.
"""

import asyncio
import time
from collections.abc import Mapping
from types import SimpleNamespace

import aiohttp
import discord
import yarl
from aiolimiter import AsyncLimiter

A_SECOND = 45  # of 50: the rest is for what reaches Discord closer together than it was sent
AT_ONCE = 2
LONGEST_WAIT = 30.0  # seconds for which a request is held up by a refusal; longer ones are its maker's to wait for
_REST = ("https", "http")
_UNCOUNTED = ("/interactions/", "/webhooks/")
_TOO_MANY = 429
_UNTOLD = 60.0  # seconds for which it holds where it is not said
_LONGEST = 3600.0  # seconds after which one may ask again, whatever was said: once an hour is no burden


def paced() -> aiohttp.TraceConfig:
    """Return what holds each request of a client up until it is its turn; one for each client."""
    pace, trace = _Pace(), aiohttp.TraceConfig()
    trace.on_request_start.append(pace.wait)
    trace.on_request_end.append(pace.heed)
    return trace


class _Pace:
    def __init__(self) -> None:
        # Two may go at once, so that who is woken a little late is made up for, and no second has more than 47; a
        # bucket of 45 would let out twice as many in one.
        self._limiter = AsyncLimiter(AT_ONCE, AT_ONCE / A_SECOND)
        self._refused_until = 0.0

    async def wait(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, started: aiohttp.TraceRequestStartParams
    ) -> None:
        if not is_counted(started.url):
            return
        await self._limiter.acquire()
        while (left := self._refused_until - time.monotonic()) > 0:
            if left > LONGEST_WAIT:
                raise discord.RateLimited(left)
            await asyncio.sleep(left)
            await self._limiter.acquire()  # all who waited here would go at once

    async def heed(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        refused_for = refused_everywhere(ended.response.status, ended.response.headers)
        self._refused_until = max(self._refused_until, time.monotonic() + refused_for)


def is_counted(url: yarl.URL) -> bool:
    """Return whether Discord counts a request to ``url`` towards what it takes of one bot; of the API alone it does.

    The gateway has limits of its own; held up there for long, the library would give up for good.
    """
    return url.scheme in _REST and not any(each in url.path for each in _UNCOUNTED)


def refused_everywhere(status: int, headers: Mapping[str, str]) -> float:
    """Return for how many seconds the whole bot is refused, as a request was answered so; 0 where it is not.

    What does not say by which way it came was refused before it reached Discord's API: this machine is.
    """
    if status != _TOO_MANY or ("Via" in headers and "X-RateLimit-Global" not in headers):
        return 0.0
    try:
        return min(float(headers.get("Retry-After", _UNTOLD)), _LONGEST)
    except ValueError:
        return _UNTOLD
