"""Everything that can go wrong, told apart by what follows from it.

GoenError
├── Refusal          a member's wish cannot be met: one sentence for them, from the catalogue
├── HostError        the host must do something before the bot can run
└── DiscordTrouble   a call to Discord did not do what it should
    ├── TryLater     limits, faults, cut connections: the same call may succeed later
    ├── ObjectGone   the message is gone
    ├── PlaceGone    the channel or the right to use it is gone: the feature stops there
    ├── ServerGone   the bot is no longer in the server
    ├── MemberGone   the person is no longer in the server
    ├── DmRefused    the person takes no private messages from us
    └── Rejected     Discord will never take this call: a bug, kept for the host to see
"""

from datetime import timedelta

THREAD_LOCKED = 160005  # Discord's code for a thread that moderators locked, where the bot may not manage threads
UNKNOWN_CHANNEL = 10003  # Discord's code for a channel or thread that does not exist any more
DMS_CLOSED = frozenset({50007, 50278})  # its codes for a member who takes no private messages from us


class GoenError(Exception):
    """The root of the tree. ``key`` names the sentence in the catalogue, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


class Refusal(GoenError):
    """A wish that cannot be met. Its sentence is told to the member, privately.

    ``ways`` are controls, as feature and action, by which the draft of the refused form can be taken further.
    ``brings`` is what is to be shown below the sentence, by the face of whoever raises it.
    """

    def __init__(
        self, key: str, ways: tuple[tuple[str, str], ...] = (), brings: object = None, **values: object
    ) -> None:
        super().__init__(key, **values)
        self.ways = ways
        self.brings = brings


class HostError(GoenError):
    """Something that only the host can mend. Its sentence is printed and the process ends."""


class DiscordTrouble(GoenError):
    """A call to Discord that did not do what it should. It is logged, never told: its key is in no catalogue.

    Attributes:
        code: Discord's error code, or 0.
        detail: what Discord said, for the host.
        channel_id: where it was to happen, if that is known.
        message_id: the message that it was about, if any.
    """

    def __init__(self, key: str, code: int = 0, detail: str = "") -> None:
        super().__init__(key, code=code, detail=detail)
        self.code = code
        self.detail = detail
        self.channel_id: int | None = None
        self.message_id: int | None = None


class TryLater(DiscordTrouble):
    """The same call may succeed later. ``uncertain`` says that it may have been carried out."""

    def __init__(self, code: int = 0, detail: str = "", *, uncertain: bool, after: timedelta | None = None) -> None:
        super().__init__("trouble.later", code, detail)
        self.uncertain = uncertain
        self.after = after


class ObjectGone(DiscordTrouble):
    """The message, or the one it hangs on, was deleted."""


class PlaceGone(DiscordTrouble):
    """The channel is gone, or the bot may not use it any more."""


class ServerGone(DiscordTrouble):
    """The bot is not in the server any more."""


class MemberGone(DiscordTrouble):
    """The person is not in the server any more (Discord's codes 10007 and 10013)."""


class DmRefused(DiscordTrouble):
    """The member takes no private messages from us.

    With the codes 50007 and 50278 that is their own choice, or they share no server with us any more; with any other
    code Discord refused this one message.
    """


class Rejected(DiscordTrouble):
    """Discord refused the call for good, for a reason that no repetition mends."""
