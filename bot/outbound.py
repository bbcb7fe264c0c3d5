"""Effects become calls to Discord, by ids and never by cache."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, Final, TypeVar

import discord
from discord.http import Route, handle_message_parameters
from discord.utils import MISSING

from bot.kernel.errors import DiscordTrouble, DmRefused, MemberGone, ServerGone, TryLater
from bot.kernel.i18n import Locale
from bot.kernel.ids import component_id, nonce
from bot.kernel.logs import get_logger
from bot.storage.effects import Effect, Outgoing, Verb
from bot.traces import Traces
from bot.troubles import (
    FAULTS,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    TAG_REQUIRED,
    raise_at_once,
    trouble_of,
)

# A renderer draws a subject in a language: a layout whose outermost component carries the mark.
Renderer = Callable[[Any, Locale, int], discord.ui.LayoutView]
# A namer names a thread or channel after a subject.
Namer = Callable[[Any, Locale], str]

Json = dict[str, Any]
_Result = TypeVar("_Result")

_THREAD_ARCHIVED = 50083
_THREAD_EXISTS = 160004
_MOST_TAGS = 5  # of one post
_WEEK_IN_MINUTES: Final = 10080
# Why tags are not set: one is gone (as a code of its own, or as a body that is wrong), only moderators may set it, none
# is left that everybody may set, one is required.
_TAGS_REFUSED = {10087, 50035, MISSING_PERMISSIONS, 40066, TAG_REQUIRED}
_log = get_logger(__name__)


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
        self._traces = Traces(client)
        self._performers: Mapping[Verb, Callable[[Effect, Outgoing], Awaitable[int | None]]] = {
            Verb.SEND: self._send,
            Verb.DM: self._send_dm,
            Verb.EDIT: self._edit,
            Verb.PIN: self._pin,
            Verb.THREAD: self._start_thread,
            Verb.POST: self._start_post,
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
        if trouble.code == MISSING_ACCESS and self._is_out(effect):
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
            found = await self._traces.message(channel_id, effect.key, effect.uncertain_since)
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
            return await self._traces.thread(outgoing.message_id)
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

    async def _start_post(self, effect: Effect, outgoing: Outgoing) -> int | None:
        assert effect.server_id is not None  # noqa: S101 - a post without a server is no effect
        name = self._renderers.call(effect, outgoing)
        if effect.uncertain_since is not None:
            found = await self._traces.post(
                effect.server_id, outgoing.channel_id, effect.key, name, effect.uncertain_since
            )
            if found is not None:
                return found
        if not outgoing.is_wanted:
            return None
        thread = {"name": name, "auto_archive_duration": _WEEK_IN_MINUTES}
        made = await self._tagged(effect, _tags(outgoing), lambda tags: self._post(effect, outgoing, thread | tags))
        return int(made["id"])  # which is the first message's id, too

    async def _post(self, effect: Effect, outgoing: Outgoing, thread: Json) -> Json:
        made: Json = await self._client.http.request(
            Route("POST", "/channels/{channel_id}/threads", channel_id=outgoing.channel_id),
            params={"use_nested_fields": 1},
            json=self._parameters(effect, outgoing, thread=thread).payload,
            raise_for_status=raise_at_once,
        )
        return made

    async def _edit_thread(self, effect: Effect, outgoing: Outgoing) -> None:
        name = self._renderers.call(effect, outgoing)
        thread: Any = await self._client.http.get_channel(outgoing.channel_id)
        is_closed = thread.get("thread_metadata", {}).get("archived", False)
        changes: Json = {} if thread.get("name") == name else {"name": name}
        tags = _tags(outgoing, {int(tag_id) for tag_id in thread.get("applied_tags", ())})
        is_as_wanted = is_closed if outgoing.closed else not (is_closed and outgoing.opened)
        if not changes and not tags and is_as_wanted:
            return
        # Discord takes no other change of an archived thread than to open it.
        if is_closed:
            await self._client.http.edit_channel(outgoing.channel_id, archived=False)
        changes["archived"] = outgoing.closed
        await self._tagged(
            effect, tags, lambda tags: self._client.http.edit_channel(outgoing.channel_id, **changes, **tags)
        )

    async def _tagged(self, effect: Effect, tags: Json, call: Callable[[Json], Awaitable[_Result]]) -> _Result:
        """Make a ``call`` that sets ``tags``, and without them where Discord refuses them: they only help to look."""
        try:
            return await call(tags)
        except discord.HTTPException as error:
            if not tags or error.code not in _TAGS_REFUSED:
                raise
            _log.warning("tags refused", key=effect.key, code=error.code, detail=error.text[:200])
        return await call({})

    async def _make_channel(self, effect: Effect, outgoing: Outgoing) -> int:
        name = self._renderers.call(effect, outgoing)
        if effect.uncertain_since is not None:
            found = await self._traces.channel(outgoing.channel_id, name, effect.uncertain_since)
            if found is not None:
                return found
        made = await self._client.http.request(
            Route("POST", "/guilds/{guild_id}/channels", guild_id=outgoing.channel_id),
            json={"name": name, "type": (await self._kind(outgoing)).value},
            raise_for_status=raise_at_once,
        )
        return int(made["id"])

    async def _kind(self, outgoing: Outgoing) -> discord.ChannelType:
        if outgoing.is_forum:
            guild: Any = await self._client.http.get_guild(outgoing.channel_id, with_counts=False)
            if "COMMUNITY" in guild["features"]:  # only these have forums
                return discord.ChannelType.forum
        return discord.ChannelType.text

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

    def _parameters(
        self, effect: Effect, outgoing: Outgoing, nonce: str | None = None, thread: Json = MISSING
    ) -> discord.http.MultipartParameters:
        """Return the body of a message, or of a ``thread`` that begins with it."""
        return handle_message_parameters(
            channel_payload=thread,
            view=self._renderers.draw(effect, outgoing),
            nonce=nonce,
            allowed_mentions=discord.AllowedMentions(
                everyone=False,
                roles=False,
                replied_user=False,
                users=[discord.Object(member_id) for member_id in outgoing.pings],
            ),
        )


def _tags(outgoing: Outgoing, has: Collection[int] = ()) -> Json:
    """Return what sets the tags of a thread that ``has`` some; nothing where they are as they should be.

    Tags that its opener or a moderator chose stay, as far as there is room.
    """
    others = sorted(set(has) - outgoing.own_tags)
    wanted = list(dict.fromkeys((*(outgoing.tags or ()), *others)))[:_MOST_TAGS]
    return {} if outgoing.tags is None or set(wanted) == set(has) else {"applied_tags": [*map(str, wanted)]}
