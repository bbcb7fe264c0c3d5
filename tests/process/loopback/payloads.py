"""Entities written as Discord's JSON."""

from typing import Any

from .entities import REQUIRE_TAG, Channel, ChannelType, Guild, Member, Message, MessageType, Role, User
from .ids import iso
from .permissions import held_in_channel

Json = dict[str, Any]


def user(person: User) -> Json:
    """Return a user object."""
    return {
        "id": str(person.id),
        "username": person.name,
        "global_name": None if person.bot else person.name,
        "discriminator": "0",
        "avatar": None,
        "bot": person.bot,
        "public_flags": 0,
    }


def member_without_user(member: Member) -> Json:
    """Return a member object as it stands beside a user."""
    return {
        "roles": [str(role.id) for role in member.roles],
        "joined_at": iso(member.joined_at),
        "nick": None,
        "avatar": None,
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


def member(one: Member) -> Json:
    """Return a whole member object."""
    return {**member_without_user(one), "user": user(one.user)}


def role(one: Role) -> Json:
    """Return a role object."""
    colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(int(one.permissions)),
        "position": one.position,
        "color": 0,
        "colors": colors,
        "hoist": False,
        "managed": one.managed,
        "mentionable": False,
        "flags": 0,
    }


def channel(one: Channel) -> Json:
    """Return a channel, thread or DM object."""
    if one.is_thread:
        return _thread(one)
    last = max(one.messages, default=None)
    base: Json = {"id": str(one.id), "type": int(one.type), "flags": 0, "last_message_id": last and str(last)}
    if one.type is ChannelType.DM:
        return {**base, "recipients": [user(one.recipient)] if one.recipient else []}
    return {
        **base,
        "flags": REQUIRE_TAG if one.requires_tag else 0,
        "guild_id": str(one.guild.id) if one.guild else None,
        "name": one.name,
        "topic": one.topic,
        "position": 0,
        "parent_id": one.category_id and str(one.category_id),
        "nsfw": False,
        "rate_limit_per_user": 0,
        "available_tags": one.available_tags,
        "permission_overwrites": [_overwrite(one, target) for target in one.overwrites],
    }


def _overwrite(one: Channel, target: int) -> Json:
    allow, deny = one.overwrites[target]
    is_member = one.guild is not None and target in one.guild.members
    return {"id": str(target), "type": int(is_member), "allow": str(int(allow)), "deny": str(int(deny))}


def _thread(one: Channel) -> Json:
    count = sum(message.type is not MessageType.THREAD_STARTER for message in one.messages.values())
    return {
        "id": str(one.id),
        "type": int(one.type),
        "guild_id": str(one.guild.id) if one.guild else None,
        "parent_id": str(one.parent.id) if one.parent else None,
        "owner_id": str(one.owner_id),
        "name": one.name,
        "last_message_id": str(max(one.messages)) if one.messages else None,
        "message_count": count,
        "member_count": 1,
        "total_message_sent": count,
        "rate_limit_per_user": 0,
        "flags": 0,
        "applied_tags": [str(tag_id) for tag_id in one.applied_tags],
        "thread_metadata": {
            "archived": one.archived,
            "archive_timestamp": iso(one.archived_at),
            "auto_archive_duration": one.archive_after_minutes,
            "locked": one.locked,
            "create_timestamp": iso(one.created_at),
        },
    }


def partial_channel(one: Channel, seen_by: Member | None) -> Json:
    """Return a channel as interactions carry it, with the person's permissions there."""
    held = 0 if seen_by is None else int(held_in_channel(seen_by, one))
    return {**channel(one), "permissions": str(held)}


def guild(one: Guild) -> Json:
    """Return a server as `GET /guilds/{id}` gives it."""
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "owner_id": str(one.owner_id),
        "preferred_locale": one.locale,
        "features": ["COMMUNITY"] if one.is_community else [],
        "roles": [role(each) for each in one.roles.values()],
        "emojis": [],
        "stickers": [],
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "afk_timeout": 300,
        "system_channel_flags": 0,
    }


def whole_guild(one: Guild, bot: Member) -> Json:
    """Return a server as GUILD_CREATE brings it to a bot without the members' intent."""
    threads = [each for each in one.channels.values() if each.is_thread and not each.archived]
    return {
        **guild(one),
        "joined_at": iso(bot.joined_at),
        "large": False,
        "member_count": len(one.members),
        "members": [member(bot)],
        "channels": [channel(each) for each in one.channels.values() if not each.is_thread],
        "threads": [channel(each) for each in threads],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message(one: Message, *, blank: bool = False) -> Json:
    """Return a message; `blank` leaves out what a bot without the content intent does not see of others' messages."""
    written: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel.id),
        "type": int(one.type),
        "author": user(one.author),
        "content": "" if blank else one.content,
        "components": [] if blank else one.components,
        "embeds": [] if blank else one.embeds,
        "attachments": [] if blank else one.attachments,
        "flags": int(one.flags),
        "pinned": one.pinned,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "timestamp": iso(one.sent_at),
        "edited_timestamp": one.edited_at and iso(one.edited_at),
    }
    if one.thread is not None:
        written["thread"] = channel(one.thread)
    if one.asked_by is not None:
        written["interaction_metadata"] = one.asked_by
    return written
