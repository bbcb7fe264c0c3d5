"""What can be done with messages: send (once a nonce), edit, delete, pin, list."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import payloads
from .components import Kind, check_message
from .entities import SYSTEM_TYPES, Channel, Message, MessageFlag, MessageType, User
from .errors import ApiError, Problems
from .ids import iso, now
from .tree import number, walk
from .world import World

Json = dict[str, Any]
LONGEST_CONTENT = 2000
MOST_EMBEDS = 10
LONGEST_NONCE = 25
CDN = "https://cdn.discordapp.com/attachments"


@dataclass
class Draft:
    """A message's body as it came: JSON, and the bytes of its files by their index."""

    body: Json
    files: Mapping[int, tuple[str, bytes]] = field(default_factory=dict)

    def own_flags(self) -> MessageFlag:
        """Return the flags that were asked for."""
        return MessageFlag(self.body.get("flags") or 0)


class Messages:
    """Sends and keeps messages. `nonce_seconds` is how long Discord remembers a nonce ("a few minutes")."""

    def __init__(self, world: World, nonce_seconds: float) -> None:
        self.world = world
        self.nonce_seconds = nonce_seconds
        self._nonces: dict[tuple[int, str], tuple[float, Message]] = {}

    def forget_nonces(self) -> None:
        """As after some minutes: the same nonce makes a second message again."""
        self._nonces.clear()

    def send(self, channel: Channel, draft: Draft) -> Message:
        """Post a message of the bot's; one with a nonce that came before and is enforced is returned, not repeated."""
        if channel.archived:
            raise ApiError(50083)
        if channel.recipient is not None:
            self._check_takes_dms(channel.recipient)
        key = (channel.id, str(draft.body.get("nonce")))
        if (earlier := self._earlier(key, draft.body)) is not None:
            return earlier
        message = self.written(channel, draft)
        message.flags &= ~MessageFlag.EPHEMERAL
        message.nonce = draft.body.get("nonce") and key[1]
        self.post(message)
        if message.nonce:
            self._nonces[key] = (time.monotonic(), message)
        return message

    def _check_takes_dms(self, person: User) -> None:
        if not self.world.shares_server(person):
            raise ApiError(50278)
        if not person.dms_open:
            raise ApiError(50007)

    def _earlier(self, key: tuple[int, str], body: Json) -> Message | None:
        if not body.get("enforce_nonce") or key not in self._nonces:
            return None
        sent_at, message = self._nonces[key]
        expired = time.monotonic() - sent_at > self.nonce_seconds
        return None if expired or message.deleted else message

    def written(self, channel: Channel, draft: Draft) -> Message:
        """Return a new message of the bot's, checked against Discord's limits, not yet posted."""
        message = Message(self.world.ids.make(), channel, self.world.bot, flags=draft.own_flags())
        self._fill(message, draft)
        return message

    def post(self, message: Message) -> None:
        """Put a message into its channel and tell the bot of it."""
        message.channel.messages[message.id] = message
        self._tell("MESSAGE_CREATE", message)

    def edit(self, message: Message, draft: Draft) -> Message:
        """Change what the body names and leave the rest; an archived thread refuses with 50083."""
        if message.author is not self.world.bot:
            raise ApiError(50005)
        if message.channel.archived:
            raise ApiError(50083)
        self._fill(message, draft)
        message.edited_at = now()
        if message.seen_by is None:
            self._tell("MESSAGE_UPDATE", message)
        self.world.changes.tell()
        return message

    def delete(self, message: Message) -> None:
        """Remove a message and tell the bot."""
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        if message.seen_by is None:
            data: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
            guild = message.channel.guild
            self.world.emit("MESSAGE_DELETE", guild, {**data, "guild_id": str(guild.id)} if guild else data)
        self.world.changes.tell()

    def pin(self, message: Message, *, pinned: bool) -> None:
        """Pin or unpin a message; pinning posts Discord's notice."""
        if message.pinned == pinned:
            return
        message.pinned = pinned
        data: Json = {"channel_id": str(message.channel.id), "last_pin_timestamp": iso(now())}
        guild = message.channel.guild
        self.world.emit("CHANNEL_PINS_UPDATE", guild, {**data, "guild_id": str(guild.id)} if guild else data)
        if pinned:
            self.post(Message(self.world.ids.make(), message.channel, self.world.bot, MessageType.PINNED))

    def listed(self, channel: Channel, query: Mapping[str, str]) -> list[Message]:
        """Return up to `limit` messages `before` or `after` an id, newest first."""
        limit = int(query.get("limit", "50"))
        ordered = sorted(channel.messages.values(), key=lambda message: message.id)
        if "after" in query:
            return [message for message in ordered if message.id > int(query["after"])][:limit][::-1]
        below = int(query["before"]) if "before" in query else None
        return [message for message in reversed(ordered) if below is None or message.id < below][:limit]

    def _fill(self, message: Message, draft: Draft) -> None:
        body = draft.body
        flags = (message.flags | (draft.own_flags() & ~MessageFlag.EPHEMERAL)) & ~MessageFlag.LOADING
        attachments, files = self._attachments(message, draft)
        content = body.get("content", message.content) or ""
        embeds = body.get("embeds", message.embeds) or []
        components: list[Json] = body.get("components", message.components) or []
        problems = Problems()
        _check_content(content, embeds, flags, problems)
        problems.length(("nonce",), str(body.get("nonce") or ""), 0, LONGEST_NONCE)
        check_message(components, v2=bool(flags & MessageFlag.COMPONENTS_V2), problems=problems)
        _check_media(components, attachments, problems)
        problems.refuse_if_any()
        if not (content or embeds or components or attachments):
            raise ApiError(50006)
        number(components)
        _show_media(components, attachments)
        message.content, message.embeds, message.components = content, embeds, components
        message.attachments, message.files, message.flags = attachments, files, flags
        message.allowed_mentions = body.get("allowed_mentions", message.allowed_mentions)

    def _attachments(self, message: Message, draft: Draft) -> tuple[list[Json], dict[str, bytes]]:
        named = draft.body.get("attachments")
        listed = named if named is not None else [*message.attachments, *({"id": index} for index in draft.files)]
        old = {each["id"]: each for each in message.attachments}
        attachments, files = [], {}
        for each in listed:
            if str(each["id"]) in old:
                kept = old[str(each["id"])]
                attachments.append(kept)
                files[kept["filename"]] = message.files[kept["filename"]]
                continue
            if int(each["id"]) not in draft.files:
                continue
            filename, content = draft.files[int(each["id"])]
            attachments.append(self._attachment(message, each.get("filename") or filename, len(content)))
            files[attachments[-1]["filename"]] = content
        return attachments, files

    def _attachment(self, message: Message, filename: str, size: int) -> Json:
        new = self.world.ids.make()
        url = f"{CDN}/{message.channel.id}/{new}/{filename}"
        return {"id": str(new), "filename": filename, "size": size, "url": url, "proxy_url": url}

    def _tell(self, event: str, message: Message) -> None:
        guild = message.channel.guild
        data = payloads.message(message)
        if message.nonce and event == "MESSAGE_CREATE":
            data["nonce"] = message.nonce
        if guild is not None:
            data["guild_id"] = str(guild.id)
            if message.author.id in guild.members:
                data["member"] = payloads.member_without_user(guild.members[message.author.id])
        self.world.emit(event, guild, data)
        self.world.changes.tell()


def own(message: Message, bot: User) -> bool:
    """Whether it is a message that the bot itself wrote, not a notice of Discord's in its name."""
    return message.author is bot and message.type not in SYSTEM_TYPES


def _check_content(content: str, embeds: list[Json], flags: MessageFlag, problems: Problems) -> None:
    problems.length(("content",), content, 0, LONGEST_CONTENT)
    problems.length(("embeds",), embeds, 0, MOST_EMBEDS)
    if flags & MessageFlag.COMPONENTS_V2:
        for key, value in (("content", content), ("embeds", embeds)):
            if value:
                code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
                problems.add((key,), code, f"{key} cannot be used with the components v2 flag")


def _media_items(components: list[Json]) -> list[tuple[tuple[str | int, ...], Json]]:
    found = []
    for path, component in walk(components):
        if component.get("type") == Kind.THUMBNAIL:
            found.append(((*path, "media"), component.get("media") or {}))
        elif component.get("type") == Kind.FILE:
            found.append(((*path, "file"), component.get("file") or {}))
        elif component.get("type") == Kind.GALLERY:
            items = component.get("items") or ()
            found += [((*path, "items", at, "media"), item.get("media") or {}) for at, item in enumerate(items)]
    return found


def _check_media(components: list[Json], attachments: list[Json], problems: Problems) -> None:
    present = {f"attachment://{each['filename']}" for each in attachments}
    for path, media in _media_items(components):
        url = str(media.get("url", ""))
        if url.startswith("attachment://") and url not in present:
            problems.add((*path, "url"), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", f"{url} is missing")


def _show_media(components: list[Json], attachments: list[Json]) -> None:
    urls = {f"attachment://{each['filename']}": each["url"] for each in attachments}
    for _, media in _media_items(components):
        media["url"] = urls.get(media["url"], media["url"])
        media.update({"proxy_url": media["url"], "loading_state": 2, "width": 0, "height": 0})
