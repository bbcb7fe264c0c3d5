"""Tags of a forum: which ones it has, and which it is to have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kernel.text import fold

MOST_TAGS = 20  # of one forum
NAME_LIMIT = 20  # characters of a tag's name
_ELLIPSIS = "…"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that a forum is to have.

    Attributes:
        name: what it is called; what is more than :data:`NAME_LIMIT` characters is cut off.
        is_moderated: whether only who manages threads, as the bot does, can set it.
        tag_id: which of the forum's tags it is, if that is known.
        emoji: the one that it gets if it has none.
    """

    name: str
    is_moderated: bool
    tag_id: int | None = None
    emoji: str | None = None


def in_line(before: Sequence[Mapping[str, Any]], wanted: Sequence[Tag]) -> tuple[list[Json], list[Json | None]]:
    """Return a forum's tags, as Discord writes them, with those that are ``wanted``, and which of them each one is.

    A tag of the same name is taken; else the one that is known is renamed; else one is added, without an id, or is None
    where there is no room. Names come first as Discord takes none twice: one that is there can't be had by renaming.
    All others are the moderators' own and stay as they are, where they are.
    """
    tags = [dict(tag) for tag in before]
    by_name = {fold(tag["name"]): tag for tag in tags}
    first: dict[str, Tag] = {}  # of those that are called the same
    for each in wanted:
        first.setdefault(fold(_cut(each.name)), each)
    known = {int(tag["id"]): tag for name, tag in by_name.items() if name not in first}
    for name, each in first.items():
        tag = by_name.get(name) or known.pop(each.tag_id or 0, None)
        if tag is None and len(tags) < MOST_TAGS:
            tag = {"emoji_id": None, "emoji_name": None}
            tags.append(tag)
        if tag is not None:
            tag.update(name=_cut(each.name), moderated=each.is_moderated)
            tag["emoji_name"] = tag["emoji_name"] or (None if tag["emoji_id"] else each.emoji)
            by_name[name] = tag
    return tags, [by_name.get(fold(_cut(each.name))) for each in wanted]


def _cut(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= NAME_LIMIT else line[: NAME_LIMIT - 1] + _ELLIPSIS
