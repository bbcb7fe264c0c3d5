"""Typed ids, and the names by which one effect is known to Discord."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from typing import NewType

ServerId = NewType("ServerId", int)
MemberId = NewType("MemberId", int)
ChannelId = NewType("ChannelId", int)
RoleId = NewType("RoleId", int)
MessageId = NewType("MessageId", int)
InteractionId = NewType("InteractionId", int)
AccountId = NewType("AccountId", int)  # a member, or who was one, in the ledger

_DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_NONCE_LENGTH = 22  # 132 bits; Discord takes 25 characters
_MAX_COMPONENT_ID = 2**31 - 1  # Discord's bound for a component's `id`


def nonce(key: str) -> str:
    """Return the message nonce of the effect named ``key``: 22 characters of base64url."""
    digest = hashlib.sha256(key.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:_NONCE_LENGTH]


def component_id(key: str) -> int:
    """Return the mark, 1 to 2**31 - 1, that messages of the effect named ``key`` carry.

    It is the ``id`` of their outermost component, so that a message whose sending was interrupted
    is recognised in the channel's history.
    """
    digest = hashlib.sha256(b"component:" + key.encode()).digest()
    return int.from_bytes(digest[:8], "big") % _MAX_COMPONENT_ID + 1


def snowflake_at(moment: datetime) -> int:
    """Return the least Discord id that can have been made at ``moment`` (aware) or later."""
    return max(0, (moment - _DISCORD_EPOCH) // timedelta(milliseconds=1)) << 22
