"""Routes of channels, threads, messages and pins."""

from typing import Any

from . import forums, payloads
from .entities import Channel, ChannelType, Message, MessageFlag, MessageType
from .errors import ApiError, Problems
from .ids import now
from .messages import own
from .permissions import NOTHING, Permission
from .routes import NO_CONTENT, Call, Discord, Reply, Routes

Json = dict[str, Any]
routes = Routes()
ARCHIVE_CHOICES = (60, 1440, 4320, 10080)
MOST_LISTED = 100


def _written(discord: Discord, message: Message) -> Json:
    data = payloads.message(message)
    return discord.gateway.seen("MESSAGE_READ", message.channel.guild, data, discord.gateway.intents)


@routes.on("GET", "/channels/{channel}")
def get_channel(discord: Discord, call: Call) -> Reply:
    """Give one channel or thread."""
    return 200, payloads.channel(discord.world.channel(call.id("channel")))


@routes.on("PATCH", "/channels/{channel}")
def change_channel(discord: Discord, call: Call) -> Reply:
    """Rename, archive, reopen, lock, tag."""
    channel = discord.world.channel(call.id("channel"))
    if channel.is_thread:
        _change_thread(discord, channel, call.body)
    else:
        discord.world.channel(channel.id, Permission.MANAGE_CHANNELS)
        _check_name(call.body.get("name", channel.name))
        channel.name, channel.topic = call.body.get("name", channel.name), call.body.get("topic", channel.topic)
        if "permission_overwrites" in call.body:
            channel.overwrites = _overwrites(call.body)
        if "available_tags" in call.body:
            forums.keep_tags(discord.world, channel, call.body["available_tags"] or [])
    discord.world.tell_changed(channel)
    return 200, payloads.channel(channel)


def _change_thread(discord: Discord, thread: Channel, body: Json) -> None:
    if thread.archived and body.get("archived") is not False:
        raise ApiError(50083)
    if thread.locked or "locked" in body or (thread.owner_id != discord.world.bot.id and body != {"archived": False}):
        discord.world.channel(thread.id, Permission.MANAGE_THREADS)
    _check_name(body.get("name", thread.name))
    if "applied_tags" in body:
        forums.apply(discord.world, thread, [int(tag_id) for tag_id in body["applied_tags"] or ()])
    thread.name = body.get("name", thread.name)
    thread.locked = body.get("locked", thread.locked)
    thread.archive_after_minutes = body.get("auto_archive_duration", thread.archive_after_minutes)
    if body.get("archived", thread.archived) != thread.archived:
        thread.archived, thread.archived_at = body["archived"], now()


def _check_name(name: object) -> None:
    problems = Problems()
    problems.length(("name",), name, 1, 100)
    problems.refuse_if_any()


def _overwrites(body: Json) -> dict[int, tuple[Permission, Permission]]:
    given = body.get("permission_overwrites") or ()
    return {int(each["id"]): (_bits(each, "allow"), _bits(each, "deny")) for each in given}


def _bits(overwrite: Json, key: str) -> Permission:
    return Permission(int(overwrite.get(key) or 0))


@routes.on("DELETE", "/channels/{channel}")
def delete_channel(discord: Discord, call: Call) -> Reply:
    """Delete a channel or thread."""
    channel = discord.world.channel(call.id("channel"))
    needs = Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS
    discord.world.remove_channel(discord.world.channel(channel.id, needs))
    return 200, payloads.channel(channel)


@routes.on("GET", "/guilds/{guild}/channels")
def list_channels(discord: Discord, call: Call) -> Reply:
    """Give all channels, without threads."""
    guild = discord.world.guild(call.id("guild"))
    return 200, [payloads.channel(each) for each in guild.channels.values() if not each.is_thread]


@routes.on("POST", "/guilds/{guild}/channels")
def create_channel(discord: Discord, call: Call) -> Reply:
    """Make a channel."""
    guild = discord.world.guild(call.id("guild"))
    discord.world.need_in_guild(guild, Permission.MANAGE_CHANNELS)
    _check_name(call.body.get("name"))
    kind = ChannelType(call.body.get("type") or 0)
    if kind is ChannelType.FORUM and not guild.is_community:
        raise ApiError(50024)
    name = call.body["name"] if kind is ChannelType.CATEGORY else call.body["name"].lower().replace(" ", "-")
    channel = Channel(discord.world.ids.make(), kind, name, guild, topic=call.body.get("topic"))
    channel.category_id = call.body.get("parent_id") and int(call.body["parent_id"])
    channel.overwrites = _overwrites(call.body)
    return 201, payloads.channel(discord.world.add_channel(channel))


@routes.on("GET", "/channels/{channel}/messages")
def list_messages(discord: Discord, call: Call) -> Reply:
    """Give messages, newest first."""
    channel = discord.world.channel(call.id("channel"))
    problems = Problems()
    problems.between(("limit",), int(call.query.get("limit", "50")), 1, MOST_LISTED)
    problems.refuse_if_any()
    if channel.guild is not None and not _may(discord, channel, Permission.READ_MESSAGE_HISTORY):
        return 200, []
    return 200, [_written(discord, message) for message in discord.messages.listed(channel, call.query)]


def _may(discord: Discord, channel: Channel, permission: Permission) -> bool:
    try:
        discord.world.channel(channel.id, permission)
    except ApiError:
        return False
    return True


@routes.on("POST", "/channels/{channel}/messages")
def send(discord: Discord, call: Call) -> Reply:
    """Post a message."""
    channel = discord.world.channel(call.id("channel"))
    if channel.type is ChannelType.FORUM:
        raise ApiError(40058)
    needs = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    channel = discord.world.channel(channel.id, needs | (Permission.ATTACH_FILES if call.files else NOTHING))
    if channel.locked and not _may(discord, channel, Permission.MANAGE_THREADS):
        raise ApiError(160005)
    message = discord.messages.send(channel, call.draft())
    nonce = {"nonce": message.nonce} if message.nonce else {}
    return 200, {**_written(discord, message), **nonce}


@routes.on("GET", "/channels/{channel}/messages/{message}")
def get_message(discord: Discord, call: Call) -> Reply:
    """Give one message."""
    channel = discord.world.channel(call.id("channel"), Permission.READ_MESSAGE_HISTORY)
    return 200, _written(discord, discord.world.message(channel, call.id("message")))


@routes.on("PATCH", "/channels/{channel}/messages/{message}")
def edit_message(discord: Discord, call: Call) -> Reply:
    """Edit one of the bot's messages."""
    channel = discord.world.channel(call.id("channel"))
    message = discord.world.message(channel, call.id("message"))
    if message.type in (MessageType.PINNED, MessageType.THREAD_STARTER):
        raise ApiError(50021)
    return 200, _written(discord, discord.messages.edit(message, call.draft()))


@routes.on("DELETE", "/channels/{channel}/messages/{message}")
def delete_message(discord: Discord, call: Call) -> Reply:
    """Delete a message; others' need the permission."""
    channel = discord.world.channel(call.id("channel"))
    message = discord.world.message(channel, call.id("message"))
    if message.author is not discord.world.bot:
        discord.world.channel(channel.id, Permission.MANAGE_MESSAGES)
    if channel.archived:
        raise ApiError(50083)
    discord.messages.delete(message)
    return NO_CONTENT


@routes.on("PUT", "/channels/{channel}/pins/{message}")
@routes.on("PUT", "/channels/{channel}/messages/pins/{message}")
def pin(discord: Discord, call: Call) -> Reply:
    """Pin a message."""
    return _set_pin(discord, call, pinned=True)


@routes.on("DELETE", "/channels/{channel}/pins/{message}")
@routes.on("DELETE", "/channels/{channel}/messages/pins/{message}")
def unpin(discord: Discord, call: Call) -> Reply:
    """Unpin a message."""
    return _set_pin(discord, call, pinned=False)


def _set_pin(discord: Discord, call: Call, *, pinned: bool) -> Reply:
    channel = discord.world.channel(call.id("channel"), Permission.PIN_MESSAGES)
    if channel.archived:
        raise ApiError(50083)
    discord.messages.pin(discord.world.message(channel, call.id("message")), pinned=pinned)
    return NO_CONTENT


@routes.on("POST", "/channels/{channel}/messages/{message}/threads")
def start_thread(discord: Discord, call: Call) -> Reply:
    """Start a thread from a message: it has the message's id, and there is one at most."""
    channel = discord.world.channel(call.id("channel"), Permission.CREATE_PUBLIC_THREADS)
    if channel.is_thread or channel.guild is None:
        raise ApiError(50024)
    message = discord.world.message(channel, call.id("message"))
    if message.thread is not None:
        raise ApiError(160004)
    thread = _thread(discord, call, message.id, channel)
    message.thread, message.flags = thread, message.flags | MessageFlag.HAS_THREAD
    discord.world.add_channel(thread)
    starter = Message(discord.world.ids.make(), thread, message.author, MessageType.THREAD_STARTER)
    discord.messages.post(starter)
    return 201, payloads.channel(thread)


def _thread(discord: Discord, call: Call, thread_id: int, parent: Channel) -> Channel:
    """Return a new thread of the bot's, as a request describes it, not yet there."""
    _check_name(call.body.get("name"))
    minutes = call.body.get("auto_archive_duration") or 1440
    problems = Problems()
    problems.one_of(("auto_archive_duration",), minutes, ARCHIVE_CHOICES)
    problems.refuse_if_any()
    thread = Channel(thread_id, ChannelType.PUBLIC_THREAD, call.body["name"], parent.guild, parent)
    thread.owner_id, thread.archive_after_minutes = discord.world.bot.id, minutes
    return thread


@routes.on("POST", "/channels/{channel}/threads")
def start_post(discord: Discord, call: Call) -> Reply:
    """Start a post in a forum: a thread whose first message has its id. Threads of other channels need a message."""
    forum = discord.world.channel(call.id("channel"), Permission.SEND_MESSAGES)
    if forum.type is not ChannelType.FORUM:
        raise ApiError(50024)
    thread = _thread(discord, call, discord.world.ids.make(), forum)
    forums.apply(discord.world, thread, [int(tag_id) for tag_id in call.body.get("applied_tags") or ()])
    first = discord.messages.written(thread, call.draft("message"))
    first.id = thread.id
    discord.world.add_channel(thread)
    discord.messages.post(first)
    return 201, {**payloads.channel(thread), "message": _written(discord, first)}


@routes.on("GET", "/guilds/{guild}/threads/active")
def active_threads(discord: Discord, call: Call) -> Reply:
    """Give the threads that are not archived, where the bot sees them."""
    guild = discord.world.guild(call.id("guild"))
    threads = [each for each in guild.channels.values() if each.is_thread and not each.archived]
    threads = [each for each in threads if _may(discord, each, Permission.VIEW_CHANNEL)]
    newest_first = sorted(threads, key=lambda thread: -thread.id)
    return 200, {"threads": [payloads.channel(each) for each in newest_first], "members": []}


@routes.on("GET", "/channels/{channel}/threads/archived/public")
def archived_threads(discord: Discord, call: Call) -> Reply:
    """Give the archived public threads of a channel, the last archived first."""
    channel = discord.world.channel(call.id("channel"), Permission.READ_MESSAGE_HISTORY)
    before = call.query.get("before")
    limit = int(call.query.get("limit", "50"))
    threads = [each for each in discord.world.channels.values() if each.parent is channel and each.archived]
    ordered = sorted(threads, key=lambda thread: thread.archived_at, reverse=True)
    older = [each for each in ordered if before is None or each.archived_at.isoformat() < before.replace("Z", "+00:00")]
    listed = [payloads.channel(each) for each in older[:limit]]
    return 200, {"threads": listed, "members": [], "has_more": len(older) > limit}


def bot_messages(discord: Discord, channel: Channel) -> list[Message]:
    """Return the messages that the bot itself wrote in a channel, oldest first."""
    return [each for each in channel.messages.values() if own(each, discord.world.bot)]
