"""What goes wrong in calls to Discord, told apart by its error codes."""

from collections.abc import Awaitable, Mapping
from datetime import timedelta
from typing import TypeVar

import aiohttp
import discord

from bot.kernel.errors import (
    THREAD_LOCKED,
    UNKNOWN_CHANNEL,
    DiscordTrouble,
    DmRefused,
    MemberGone,
    ObjectGone,
    PlaceGone,
    Rejected,
    ServerGone,
    TryLater,
)

_Result = TypeVar("_Result")

# What a call to Discord may raise when Discord, or the way to it, is at fault.
FAULTS = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError)
MISSING_ACCESS = 50001
MISSING_PERMISSIONS = 50013
UNKNOWN_MESSAGE = 10008
TAG_REQUIRED = 40067
_EDITS_CAPPED = 30046  # edits of messages older than an hour are limited for a while
_POST_NOT_BEGUN = 40058  # nothing can be said in a forum's post before its opener's first message
_DMS_TOO_FAST = 40003  # new conversations are limited for a while; it comes with the status of a refusal

_TROUBLES: Mapping[int, type[DiscordTrouble]] = {
    UNKNOWN_MESSAGE: ObjectGone,
    UNKNOWN_CHANNEL: PlaceGone,
    MISSING_ACCESS: PlaceGone,
    THREAD_LOCKED: PlaceGone,
    MISSING_PERMISSIONS: PlaceGone,
    TAG_REQUIRED: PlaceGone,  # the forum takes no post without a tag, and there was none to set
    10004: ServerGone,  # unknown server
    10007: MemberGone,  # unknown member
    10013: MemberGone,  # unknown user
    50007: DmRefused,  # the member blocked us, or takes no private messages
    50278: DmRefused,  # the same, or we share no server with them
}
_SERVER_FAULT = 500
_TOO_MANY = 429


def trouble_of(error: Exception) -> DiscordTrouble:
    """Return what an ``error`` of a call to Discord means, told by its code and not by its status."""
    if isinstance(error, discord.RateLimited):
        return TryLater(detail="rate limit", uncertain=False, after=timedelta(seconds=error.retry_after))
    if not isinstance(error, discord.HTTPException):
        return TryLater(detail=type(error).__name__, uncertain=True)
    if error.status >= _SERVER_FAULT:
        return TryLater(error.code, str(error.status), uncertain=True)
    if error.status == _TOO_MANY or error.code in {_EDITS_CAPPED, _DMS_TOO_FAST, _POST_NOT_BEGUN}:
        return TryLater(error.code, str(error.status), uncertain=False)
    return _TROUBLES.get(error.code, Rejected)("trouble.refused", error.code, error.text[:200])


async def raise_at_once(response: aiohttp.ClientResponse) -> None:
    """Raise a server's fault before the library repeats a call that may have been done and that takes no nonce."""
    if response.status >= _SERVER_FAULT:
        raise discord.DiscordServerError(response, await response.text())


async def asked(call: Awaitable[_Result]) -> _Result:
    """Return what a call to Discord returns.

    Raises:
        DiscordTrouble: it failed.
    """
    try:
        return await call
    except FAULTS as error:
        raise trouble_of(error) from error
