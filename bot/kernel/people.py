"""People, as Discord names them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a server: ``names`` are all that they are called there, the one that others see first."""

    member_id: int
    names: tuple[str, ...]
    is_bot: bool = False


def person_of(user: Mapping[str, Any], member: Mapping[str, Any]) -> Person:
    """Return who Discord's objects of a user, and of the same one as a member, are."""
    named = (member.get("nick"), user.get("global_name"), user["username"])
    return Person(int(user["id"]), tuple(name for name in named if name), bool(user.get("bot")))
