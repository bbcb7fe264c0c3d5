"""What there is in the loopback Discord: people, servers, channels, messages. State only."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

from .ids import now
from .permissions import NOTHING, Permission
from .tree import custom_ids, matching, texts

Json = dict[str, Any]


class ChannelType(IntEnum):
    """Kinds of channels."""

    TEXT = 0
    DM = 1
    CATEGORY = 4
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


class MessageType(IntEnum):
    """Kinds of messages."""

    DEFAULT = 0
    PINNED = 6
    MEMBER_JOINED = 7
    COMMAND_ANSWER = 20
    THREAD_STARTER = 21
    MENU_ANSWER = 23


SYSTEM_TYPES = {MessageType.PINNED, MessageType.MEMBER_JOINED, MessageType.THREAD_STARTER}


class MessageFlag(IntFlag):
    """Flags of messages that the loopback knows."""

    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    COMPONENTS_V2 = 1 << 15


NO_FLAGS = MessageFlag(0)
REQUIRE_TAG = 1 << 4  # a forum's flag


@dataclass(eq=False)
class User:
    """A person or the bot. `dms_open` False: messages to them are refused with 50007."""

    id: int
    name: str
    locale: str = "en-US"
    bot: bool = False
    dms_open: bool = True


@dataclass(eq=False)
class Role:
    """A role of a server."""

    id: int
    name: str
    permissions: Permission
    position: int
    managed: bool = False


@dataclass(eq=False)
class Member:
    """A user in a server."""

    user: User
    guild: "Guild"
    roles: list[Role] = field(default_factory=list)
    joined_at: datetime = field(default_factory=now)

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def name(self) -> str:
        """The user's name."""
        return self.user.name


@dataclass(eq=False)
class Guild:
    """A server. `has_bot` False: the bot was removed; `out` True: Discord has an outage there.

    Only one that `is_community` can have forums.
    """

    id: int
    name: str
    locale: str
    owner_id: int
    everyone: Role
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, "Channel"] = field(default_factory=dict)
    has_bot: bool = True
    out: bool = False
    is_community: bool = True


@dataclass(eq=False)
class Channel:
    """A channel of a server, a thread, or a DM (`guild` None, `recipient` set).

    A forum has `available_tags`, as Discord writes them; its posts are threads with some of these as `applied_tags`.
    """

    id: int
    type: ChannelType
    name: str
    guild: Guild | None = None
    parent: "Channel | None" = None
    category_id: int | None = None
    topic: str | None = None
    recipient: User | None = None
    owner_id: int | None = None
    archived: bool = False
    locked: bool = False
    archive_after_minutes: int = 1440
    archived_at: datetime = field(default_factory=now)
    created_at: datetime = field(default_factory=now)
    overwrites: dict[int, tuple[Permission, Permission]] = field(default_factory=dict)
    messages: dict[int, "Message"] = field(default_factory=dict)
    available_tags: list[Json] = field(default_factory=list)
    applied_tags: list[int] = field(default_factory=list)
    requires_tag: bool = False

    @property
    def tag_names(self) -> list[str]:
        """The names of a forum's tags, or of those that a post has, in order."""
        if not self.is_thread:
            return [tag["name"] for tag in self.available_tags]
        names = {int(tag["id"]): tag["name"] for tag in (self.parent.available_tags if self.parent else ())}
        return [names[tag_id] for tag_id in self.applied_tags]

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread."""
        return self.type in (ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD)

    @property
    def pins(self) -> list["Message"]:
        """The pinned messages, oldest first."""
        return [message for message in self.messages.values() if message.pinned]

    def overwrite(self, target_id: int, *, allow: Permission = NOTHING, deny: Permission = NOTHING) -> None:
        """Set what a role or member may do here, whatever holds in the server."""
        self.overwrites[target_id] = (allow, deny)


@dataclass(eq=False)
class Message:
    """A message. `seen_by` set: an ephemeral one, which only that person sees. `files` are its attachments' bytes."""

    id: int
    channel: Channel
    author: User
    type: MessageType = MessageType.DEFAULT
    content: str = ""
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    flags: MessageFlag = NO_FLAGS
    allowed_mentions: Json | None = None
    nonce: str | None = None
    pinned: bool = False
    sent_at: datetime = field(default_factory=now)
    edited_at: datetime | None = None
    deleted: bool = False
    thread: Channel | None = None
    seen_by: User | None = None
    asked_by: Json | None = None

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & MessageFlag.EPHEMERAL)

    @property
    def text(self) -> str:
        """All that can be read in it, a line each: content, text displays, labels of buttons, placeholders, options."""
        return "\n".join(part for part in (self.content, *texts(self.components)) if part)

    @property
    def custom_ids(self) -> list[str]:
        """The custom_ids of its controls, in order."""
        return custom_ids(self.components)

    def control(self, named: str) -> Json:
        """Return the one control with this custom_id, or with this action in `v1:<feature>:<action>:<id>`.

        Raises NotPossible when there is none or more than one.
        """
        return matching(self.components, named)
