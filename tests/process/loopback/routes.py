"""The REST routes that the bot uses, each a function of the call. What is not here is unknown to the loopback."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .gateway import Gateway
from .interactions import Interactions
from .messages import Draft, Messages
from .settings import Settings
from .world import World

Json = dict[str, Any]
Reply = tuple[int, Any]
NO_CONTENT: Reply = (204, None)
ID = r"\d+"
SHAPES = {"token": "[^/]+", "which": r"@original|\d+"}  # all other path parameters are ids


@dataclass
class Discord:
    """The parts of the loopback that routes work on."""

    world: World
    messages: Messages
    gateway: Gateway
    interactions: Interactions
    settings: Settings


@dataclass
class Call:
    """One request: path parameters by name, query, decoded body, and the bytes of files by index."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    files: Mapping[int, tuple[str, bytes]] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)

    def id(self, name: str) -> int:
        """Return a path parameter as an id."""
        return int(self.parameters[name])

    def draft(self, key: str | None = None) -> Draft:
        """Return the body, or what stands under `key` in it, as a message."""
        body = self.body if key is None else (self.body or {}).get(key)
        return Draft(body or {}, self.files)


Handler = Callable[[Discord, Call], Reply]


@dataclass(frozen=True)
class Route:
    """A method and a path such as `/channels/{channel}/messages`, with what serves it."""

    method: str
    template: str
    handler: Handler
    pattern: re.Pattern[str]


class Routes:
    """A table of routes, filled by decorators."""

    def __init__(self) -> None:
        self.table: list[Route] = []

    def on(self, method: str, template: str) -> Callable[[Handler], Handler]:
        """Register the decorated function for a method and path."""

        def register(handler: Handler) -> Handler:
            pattern = re.sub(r"\{(\w+)\}", lambda name: f"(?P<{name[1]}>{SHAPES.get(name[1], ID)})", template)
            self.table.append(Route(method, template, handler, re.compile(pattern + "$")))
            return handler

        return register


def find(table: Sequence[Route], method: str, path: str) -> tuple[Route, Mapping[str, str]] | None:
    """Return the route for a request and its path parameters, None when there is none."""
    for route in table:
        if route.method == method and (match := route.pattern.match(path)):
            return route, match.groupdict()
    return None
