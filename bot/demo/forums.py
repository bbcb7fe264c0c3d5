"""Posts in forums whose first message has the thread's id, as Discord's have."""

from collections.abc import Iterator
from contextlib import contextmanager

from simcord.backend import Backend
from simcord.backend.models import Message
from simcord.enums import ChannelType


@contextmanager
def numbered_as_discord() -> Iterator[None]:
    """Give the first message of each post in a forum the post's own id.

    simcord gives it one of its own and offers no setting, hence the wrapped method; it is put back on leaving.
    """
    original = Backend.commit_message

    def with_id(backend: Backend, message: Message, *, broadcast: bool = True) -> Message:
        channel = backend.get_channel(message.channel_id)
        is_first = channel.parent_id is not None and channel.is_thread and channel.message_count == 0
        if is_first and backend.get_channel(channel.parent_id or 0).type == ChannelType.FORUM:
            message.id = channel.id
        return original(backend, message, broadcast=broadcast)

    Backend.commit_message = with_id  # type: ignore[assignment, method-assign]  # of a mixin's type
    try:
        yield
    finally:
        Backend.commit_message = original  # type: ignore[method-assign]  # the library's own
