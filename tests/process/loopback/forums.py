"""The tags of forums, and which of them a post may have."""

from collections.abc import Sequence
from typing import Any

from .entities import Channel
from .errors import ApiError, Problems
from .permissions import Permission
from .world import World

Json = dict[str, Any]
MOST_TAGS = 20
MOST_APPLIED = 5
LONGEST_NAME = 20


def keep_tags(world: World, forum: Channel, wanted: Sequence[Json]) -> None:
    """Replace a forum's tags by those that a request lists; posts lose those that are gone.

    Raises ApiError: too many of them, a name twice, one that is not there.
    """
    if len(wanted) > MOST_TAGS:
        raise ApiError(30048)
    if len({tag["name"].casefold() for tag in wanted}) < len(wanted):
        raise ApiError(40061)
    problems = Problems()
    for at, tag in enumerate(wanted):
        problems.length(("available_tags", at, "name"), tag["name"], 1, LONGEST_NAME)
    problems.refuse_if_any()
    known = {tag["id"] for tag in forum.available_tags}
    if any(tag.get("id") and str(tag["id"]) not in known for tag in wanted):
        raise ApiError(10087)
    forum.available_tags = [_tag(world, tag) for tag in wanted]
    left = {int(tag["id"]) for tag in forum.available_tags}
    for post in (each for each in world.channels.values() if each.parent is forum):
        post.applied_tags = [tag_id for tag_id in post.applied_tags if tag_id in left]


def _tag(world: World, wanted: Json) -> Json:
    return {
        "id": str(wanted.get("id") or world.ids.make()),
        "name": wanted["name"],
        "moderated": bool(wanted.get("moderated")),
        "emoji_id": wanted.get("emoji_id"),
        "emoji_name": wanted.get("emoji_name"),
    }


def apply(world: World, post: Channel, tag_ids: Sequence[int]) -> None:
    """Let the bot give a post these tags and no others.

    Raises ApiError: one is not there, or only who manages threads may set or remove it, or one is required.
    """
    forum = post.parent
    available = {} if forum is None else {int(tag["id"]): tag for tag in forum.available_tags}
    problems = Problems()
    problems.length(("applied_tags",), list(tag_ids), 0, MOST_APPLIED)
    problems.refuse_if_any()
    if not available.keys() >= set(tag_ids):
        raise ApiError(10087)
    if forum is not None and forum.requires_tag and not tag_ids:
        raise ApiError(40067)
    changed = set(tag_ids) ^ set(post.applied_tags)
    if forum is not None and any(available[tag_id]["moderated"] for tag_id in changed):
        world.channel(forum.id, Permission.MANAGE_THREADS)
    post.applied_tags = list(tag_ids)
