"""The project's own loopback Discord: REST and gateway over real sockets on 127.0.0.1, only what the bot uses."""

from .entities import Channel, ChannelType, Guild, Member, Message, MessageFlag, MessageType, Role, User
from .errors import NotPossible
from .faults import Fault
from .interactions import Answer, Asked, Interaction, Modal, Response
from .permissions import BOT_USUALLY, NOTHING, Permission
from .server import Loopback

__all__ = [
    "BOT_USUALLY",
    "NOTHING",
    "Answer",
    "Asked",
    "Channel",
    "ChannelType",
    "Fault",
    "Guild",
    "Interaction",
    "Loopback",
    "Member",
    "Message",
    "MessageFlag",
    "MessageType",
    "Modal",
    "NotPossible",
    "Permission",
    "Response",
    "Role",
    "User",
]
