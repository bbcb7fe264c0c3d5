"""Cards: Components V2 messages that stay within Discord's limits, whatever members type."""

import re
from datetime import datetime

import discord
from discord.utils import escape_mentions

WARM = discord.Colour(0xE8A33D)  # lamplight
TEXT_LIMIT = 4000  # characters in all text displays of one message
_ELLIPSIS = "…"
# Control characters, marks that turn the direction of writing, and spaces without width: they can
# make a text look like another one. The zero-width joiner stays: emoji are made with it.
_DECEPTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # as Discord's clients break lines, too
_MANY_LINES = re.compile(r"\n{3,}")
# All that Discord reads as markup or as a mention, but in addresses, which would lead elsewhere. The library's own
# escaping leaves `[a](b) **bold** [c](d)` and `<x:/[a](https://b)>` alive.
_MARKUP = re.compile(r"(?P<address>https?://[^\W_][^\s<>*~|`\\\[\]()]*)|[\\*_~|`<\[\]]+")
_ESCAPED = {ord(sign): f"\\{sign}" for sign in r"\*_~|`<[]"}
_LINE_START = re.compile(r"^(\s*(?:\d+(?=\.(?:\s|$)))?)([>#+-]|(?<=\d)\.)", re.MULTILINE)


def said(text: str) -> str:
    """Return a member's ``text`` as a card may show it: no markup, no mentions, nothing deceptive."""
    plain = _MANY_LINES.sub("\n\n", _DECEPTIVE.sub("", _LINE_ENDS.sub("\n", text)))
    escaped = _MARKUP.sub(lambda found: found["address"] or found[0].translate(_ESCAPED), plain)
    return str(escape_mentions(_LINE_START.sub(r"\1\\\2", escaped)))


def said_in_a_line(text: str) -> str:
    """Return a member's ``text`` like :func:`said`, on one line."""
    return said(" ".join(text.split()))


def plain_title(text: str, limit: int) -> str:
    """Return ``text`` as a thread's name may show it, which knows no markup: one line of ``limit`` characters."""
    return shortened(" ".join(_DECEPTIVE.sub("", text).split()), limit)


def shortened(text: str, limit: int) -> str:
    """Return ``text`` with no more than ``limit`` characters; where some are cut off, it shows."""
    return text if len(text) <= limit else text[: limit - 1] + _ELLIPSIS


class Card(discord.ui.LayoutView):
    """One container of texts and rows.

    It is never stored by the library, which would keep it for ever: presses are decoded by the
    router from what stands in the message.
    """

    def __init__(self, mark: int | None = None, colour: discord.Colour | None = None) -> None:
        """Begin an empty card; ``mark`` becomes the ``id`` of its container."""
        super().__init__(timeout=None)
        self.stop()
        self._room = TEXT_LIMIT - len(_ELLIPSIS)  # below 0 once something was cut off
        self._container: discord.ui.Container[Card] = discord.ui.Container(accent_colour=colour, id=mark)
        self.add_item(self._container)

    def text(self, text: str) -> "Card":
        """Add a paragraph; what does not fit into a message any more is cut, and shows that it is."""
        if text and self._room >= 0:
            self._container.add_item(discord.ui.TextDisplay(self._fitted(text)))
        return self

    def section(self, text: str, accessory: discord.ui.Button["Card"]) -> "Card":
        """Add a paragraph with a button beside it."""
        if text and self._room >= 0:
            self._container.add_item(discord.ui.Section(self._fitted(text), accessory=accessory))
        return self

    def picture(self, name: str, said_of_it: str) -> "Card":
        """Add the picture that is sent along under ``name``, with what is said of it to who does not see it."""
        gallery: discord.ui.MediaGallery[Card] = discord.ui.MediaGallery()
        gallery.add_item(media=f"attachment://{name}", description=said_of_it)
        self._container.add_item(gallery)
        return self

    def divider(self) -> "Card":
        """Add a line between what comes before and after."""
        self._container.add_item(discord.ui.Separator())
        return self

    def row(self, *items: discord.ui.Item["Card"]) -> "Card":
        """Add up to five buttons, or one menu."""
        if items:
            self._container.add_item(discord.ui.ActionRow(*items))
        return self

    def _fitted(self, text: str) -> str:
        fitted = text if len(text) <= self._room else text[: self._room] + _ELLIPSIS
        self._room -= len(text)
        return fitted


def moment(at: datetime, style: str = "f") -> str:
    """Return the aware moment ``at`` as Discord shows it to each reader, in their zone and language."""
    return f"<t:{int(at.timestamp())}:{style}>"


def link_button(label: str, url: str) -> discord.ui.Button[Card]:
    """Return a button that opens ``url``."""
    return discord.ui.Button(label=label, url=url)


def channel_url(server_id: int, channel_id: int) -> str:
    """Return the address of a channel or thread."""
    return f"https://discord.com/channels/{server_id}/{channel_id}"


def message_url(server_id: int, channel_id: int, message_id: int) -> str:
    """Return the address of a message."""
    return f"{channel_url(server_id, channel_id)}/{message_id}"
