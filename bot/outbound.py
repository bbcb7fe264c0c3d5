"""Effects become calls to Discord, by ids and never by cache; Discord's error codes become ours."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

import aiohttp
import discord
from discord.http import Route, handle_message_parameters

from bot.kernel.errors import (
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
from bot.kernel.i18n import Locale
from bot.kernel.ids import component_id, nonce, snowflake_at
from bot.storage.effects import Effect, Outgoing, Verb

if TYPE_CHECKING:
    from discord.types.message import Message

# A renderer draws a subject in a language: a layout whose outermost component carries the mark.
Renderer = Callable[[Any, Locale, int], discord.ui.LayoutView]
# A namer names a thread or channel after a subject.
Namer = Callable[[Any, Locale], str]

_Result = TypeVar("_Result")

# What a call to Discord may raise when Discord, or the way to it, is at fault.
FAULTS = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError)
_HISTORY_PAGE = 100
_CLOCK_SKEW = timedelta(minutes=2)  # between our clock, which dates claims, and Discord's, which dates messages
_MISSING_ACCESS = 50001
_THREAD_ARCHIVED = 50083
_THREAD_EXISTS = 160004
_EDITS_CAPPED = 30046  # edits of messages older than an hour are limited for a while
_DMS_TOO_FAST = 40003  # new conversations are limited for a while; it comes with the status of a refusal
_WEEK_IN_MINUTES: Final = 10080

_TROUBLES: Mapping[int, type[DiscordTrouble]] = {
    10008: ObjectGone,  # unknown message
    UNKNOWN_CHANNEL: PlaceGone,
    _MISSING_ACCESS: PlaceGone,
    160005: PlaceGone,  # the thread is locked
    50013: PlaceGone,  # missing permissions
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
    if error.status == _TOO_MANY or error.code in {_EDITS_CAPPED, _DMS_TOO_FAST}:
        return TryLater(error.code, str(error.status), uncertain=False)
    return _TROUBLES.get(error.code, Rejected)("trouble.refused", error.code, error.text[:200])


async def _raise_at_once(response: aiohttp.ClientResponse) -> None:
    """Raise a server's fault before the library repeats a call that may have been done and that takes no nonce."""
    if response.status >= _SERVER_FAULT:
        raise discord.DiscordServerError(response, await response.text())


class Renderers:
    """What each feature's face registers: how its cards look and what its threads are called."""

    def __init__(self) -> None:
        self._cards: dict[tuple[str, str], Renderer] = {}
        self._names: dict[tuple[str, str], Namer] = {}

    def card(self, feature: str, card: str, renderer: Renderer) -> None:
        """Draw ``card`` of ``feature`` by ``renderer``."""
        self._cards[feature, card] = renderer

    def name(self, feature: str, card: str, namer: Namer) -> None:
        """Name the thread or channel of ``card`` by ``namer``."""
        self._names[feature, card] = namer

    def draw(self, effect: Effect, outgoing: Outgoing) -> discord.ui.LayoutView:
        """Return the effect's card as it is to look now."""
        return self._cards[effect.feature, effect.card](outgoing.subject, outgoing.locale, component_id(effect.key))

    def call(self, effect: Effect, outgoing: Outgoing) -> str:
        """Return what the effect's thread or channel is called now."""
        return self._names[effect.feature, effect.card](outgoing.subject, outgoing.locale)


class Outbound:
    """The way out to Discord."""

    def __init__(self, client: discord.Client, renderers: Renderers) -> None:
        self._client = client
        self._renderers = renderers
        self._performers: Mapping[Verb, Callable[[Effect, Outgoing], Awaitable[int | None]]] = {
            Verb.SEND: self._send,
            Verb.DM: self._send_dm,
            Verb.EDIT: self._edit,
            Verb.PIN: self._pin,
            Verb.THREAD: self._start_thread,
            Verb.EDIT_THREAD: self._edit_thread,
            Verb.CHANNEL: self._make_channel,
        }

    async def perform(self, effect: Effect, outgoing: Outgoing) -> int | None:
        """Carry an effect out, once: what an interrupted attempt did is looked for first.

        Returns:
            The id of the message, thread or channel that it made, if it makes any.

        Raises:
            DiscordTrouble: it did not happen, or it is not known whether it did.
        """
        try:
            return await self._performers[effect.verb](effect, outgoing)
        except FAULTS as error:
            trouble = self._trouble(effect, error)
            trouble.channel_id, trouble.message_id = outgoing.channel_id, outgoing.message_id
            raise trouble from error

    def _trouble(self, effect: Effect, error: Exception) -> DiscordTrouble:
        trouble = trouble_of(error)
        if effect.verb is Verb.DM:
            # No channel of the server's is concerned: whatever Discord refuses, this way to the member is closed.
            is_other = isinstance(trouble, TryLater | MemberGone)
            return trouble if is_other else DmRefused(trouble.key, trouble.code, trouble.detail)
        if trouble.code == _MISSING_ACCESS and self._is_out(effect):
            return ServerGone(trouble.key, trouble.code, trouble.detail)
        return trouble

    def _is_out(self, effect: Effect) -> bool:
        """Whether the bot was taken out of the effect's server: Discord then says of its channels only 50001."""
        return effect.server_id is not None and self._client.get_guild(effect.server_id) is None

    async def _send(self, effect: Effect, outgoing: Outgoing) -> int | None:
        return await self._send_to(outgoing.channel_id, effect, outgoing)

    async def _send_dm(self, effect: Effect, outgoing: Outgoing) -> int | None:
        assert outgoing.member_id is not None  # noqa: S101 - a private message without a member is no effect
        opened = await self._client.http.start_private_message(outgoing.member_id)  # the same one each time
        return await self._send_to(int(opened["id"]), effect, outgoing)

    async def _send_to(self, channel_id: int, effect: Effect, outgoing: Outgoing) -> int | None:
        if effect.uncertain_since is not None:
            found = await self._find_message(channel_id, effect.key, effect.uncertain_since)
            if found is not None or not outgoing.is_wanted:
                return found
        parameters = self._parameters(effect, outgoing, nonce=nonce(effect.key))
        message = await self._in_thread(
            channel_id, lambda: self._client.http.send_message(channel_id, params=parameters)
        )
        return int(message["id"])

    async def _edit(self, effect: Effect, outgoing: Outgoing) -> None:
        assert outgoing.message_id is not None  # noqa: S101 - an edit without a message is no effect
        message_id = outgoing.message_id
        parameters = self._parameters(effect, outgoing)
        await self._in_thread(
            outgoing.channel_id,
            lambda: self._client.http.edit_message(outgoing.channel_id, message_id, params=parameters),
            archive_again=True,
        )

    async def _pin(self, _effect: Effect, outgoing: Outgoing) -> None:
        assert outgoing.message_id is not None  # noqa: S101 - a pin without a message is no effect
        await self._client.http.pin_message(outgoing.channel_id, outgoing.message_id)

    async def _start_thread(self, effect: Effect, outgoing: Outgoing) -> int | None:
        assert outgoing.message_id is not None  # noqa: S101 - a thread without a message is no effect
        if not outgoing.is_wanted:
            return await self._find_thread(outgoing.message_id)
        try:
            await self._client.http.start_thread_with_message(
                outgoing.channel_id,
                outgoing.message_id,
                name=self._renderers.call(effect, outgoing),
                auto_archive_duration=_WEEK_IN_MINUTES,
            )
        except discord.HTTPException as error:
            if error.code != _THREAD_EXISTS:
                raise
        return outgoing.message_id  # a thread started from a message has the message's id

    async def _find_thread(self, message_id: int) -> int | None:
        try:
            await self._client.http.get_channel(message_id)
        except discord.HTTPException as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
            return None
        return message_id

    async def _edit_thread(self, effect: Effect, outgoing: Outgoing) -> None:
        name = self._renderers.call(effect, outgoing)
        thread: Any = await self._client.http.get_channel(outgoing.channel_id)
        is_closed = thread.get("thread_metadata", {}).get("archived", False)
        if thread.get("name") == name and (is_closed or not outgoing.closed):
            return
        # Discord takes no other change of an archived thread than to open it.
        if is_closed:
            await self._client.http.edit_channel(outgoing.channel_id, archived=False)
        await self._client.http.edit_channel(outgoing.channel_id, name=name, archived=outgoing.closed)

    async def _make_channel(self, effect: Effect, outgoing: Outgoing) -> int:
        name = self._renderers.call(effect, outgoing)
        if effect.uncertain_since is not None:
            since = snowflake_at(effect.uncertain_since - _CLOCK_SKEW)
            channels = await self._client.http.get_all_guild_channels(outgoing.channel_id)
            newest = max((int(channel["id"]) for channel in channels if channel["name"] == name), default=0)
            if newest >= since:
                return newest
        made = await self._client.http.request(
            Route("POST", "/guilds/{guild_id}/channels", guild_id=outgoing.channel_id),
            json={"name": name, "type": discord.ChannelType.text.value},
            raise_for_status=_raise_at_once,
        )
        return int(made["id"])

    async def _in_thread(
        self, channel_id: int, call: Callable[[], Awaitable[_Result]], *, archive_again: bool = False
    ) -> _Result:
        try:
            return await call()
        except discord.HTTPException as error:
            if error.code != _THREAD_ARCHIVED:
                raise
        await self._client.http.edit_channel(channel_id, archived=False)
        result = await call()
        if archive_again:
            await self._client.http.edit_channel(channel_id, archived=True)
        return result

    async def _find_message(self, channel_id: int, key: str, since: datetime) -> int | None:
        after = snowflake_at(since - _CLOCK_SKEW)
        mark = component_id(key)
        # The newest ones first: a clock of ours that was wrong would let the search begin too late.
        newest = await self._client.http.logs_from(channel_id, _HISTORY_PAGE)
        for message in newest:
            if self._is_marked(message, mark):
                return int(message["id"])
        while True:
            page = await self._client.http.logs_from(channel_id, _HISTORY_PAGE, after=after)
            for message in page:
                if self._is_marked(message, mark):
                    return int(message["id"])
            if len(page) < _HISTORY_PAGE:
                return None
            after = max(int(message["id"]) for message in page)

    def _is_marked(self, message: "Message", mark: int) -> bool:
        user = self._client.user
        components: Any = message.get("components") or [{}]
        return user is not None and int(message["author"]["id"]) == user.id and components[0].get("id") == mark

    def _parameters(
        self, effect: Effect, outgoing: Outgoing, nonce: str | None = None
    ) -> discord.http.MultipartParameters:
        return handle_message_parameters(
            view=self._renderers.draw(effect, outgoing),
            nonce=nonce,
            allowed_mentions=discord.AllowedMentions(
                everyone=False,
                roles=False,
                replied_user=False,
                users=[discord.Object(member_id) for member_id in outgoing.pings],
            ),
        )
