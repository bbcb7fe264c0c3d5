"""Messages and forms, as Discord holds them."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import discord
import simcord
from simcord.components import walk_components

TEXT_DISPLAY, BUTTON, STRING_MENU, TEXT_INPUT, USER_MENU, CHANNEL_MENU, LABEL = 10, 2, 3, 4, 5, 8, 18

Card = simcord.ResponseMessage | discord.Message
Json = dict[str, Any]


def components(message: Card) -> list[Json]:
    """Return all parts of a message, as Discord holds them."""
    raw = message.components
    plain = [part if isinstance(part, dict) else part.to_dict() for part in raw]
    return list(walk_components(cast("list[Json]", plain)))


def words(message: Card) -> str:
    """Return all text of a message."""
    return "\n".join(part["content"] for part in components(message) if part.get("type") == TEXT_DISPLAY)


def controls(message: Card) -> list[str]:
    """Return the custom ids of a message's controls."""
    return [part["custom_id"] for part in components(message) if part.get("custom_id")]


def control(message: Card, action: str) -> str:
    """Return the one custom id with that action, which may be named behind its feature: ``peer_help:mine``."""
    found = [name for name in controls(message) if action in {name.split(":")[2], ":".join(name.split(":")[1:3])}]
    assert len(found) == 1, f"{action} not once in {controls(message)}"
    return found[0]


def form_data(custom_id: str, fields: Mapping[str, str | Sequence[str]]) -> Json:
    """Return a submitted form, as the gateway brings it."""
    rows: list[Json] = []
    for number, (name, value) in enumerate(fields.items()):
        part: Json = {"custom_id": name, "id": 2 * number + 2}
        part |= {"type": TEXT_INPUT, "value": value} if isinstance(value, str) else {"type": STRING_MENU}
        if not isinstance(value, str):
            part["values"] = list(value)
        rows.append({"type": LABEL, "id": 2 * number + 1, "component": part})
    return {"custom_id": custom_id, "components": rows}
