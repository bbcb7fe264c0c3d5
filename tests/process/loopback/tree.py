"""Walking through the tree of components of a message or a form."""

from collections.abc import Iterator, Sequence
from typing import Any

from .errors import NotPossible, Path

Json = dict[str, Any]
ACTION = 2  # place of the action in `v1:<feature>:<action>:<id>`


def children(component: Json) -> Iterator[tuple[Path, Json]]:
    """Yield what stands directly inside a component, with the path to it."""
    inner = component.get("components")
    if isinstance(inner, list):
        yield from ((("components", index), child) for index, child in enumerate(inner) if isinstance(child, dict))
    for key in ("accessory", "component"):
        if isinstance(component.get(key), dict):
            yield (key,), component[key]


def walk(components: Sequence[Json], path: Path = ("components",)) -> Iterator[tuple[Path, Json]]:
    """Yield all components at any depth, parents first, in the order in which they are shown."""
    for index, component in enumerate(components):
        yield from _walk_one(component, (*path, index))


def _walk_one(component: Json, path: Path) -> Iterator[tuple[Path, Json]]:
    yield path, component
    for step, child in children(component):
        yield from _walk_one(child, (*path, *step))


def custom_ids(components: Sequence[Json]) -> list[str]:
    """Return all custom_ids, in order."""
    return [component["custom_id"] for _, component in walk(components) if component.get("custom_id")]


def texts(components: Sequence[Json]) -> list[str]:
    """Return all texts, in order: text displays, labels, descriptions, placeholders, options."""
    found: list[str] = []
    for _, component in walk(components):
        found += [component[key] for key in ("content", "label", "description", "placeholder") if component.get(key)]
        found += [option["label"] for option in component.get("options") or () if option.get("label")]
    return found


def matching(components: Sequence[Json], named: str) -> Json:
    """Return the one control with this custom_id, else the one with this action in its custom_id."""
    controls = [component for _, component in walk(components) if component.get("custom_id")]
    exact = [control for control in controls if control["custom_id"] == named]
    found = exact or [control for control in controls if _action(control["custom_id"]) == named]
    if len(found) == 1:
        return found[0]
    present = [control["custom_id"] for control in controls]
    raise NotPossible(f"{len(found)} controls are named {named!r} among {present}")


def _action(custom_id: str) -> str | None:
    parts = custom_id.split(":")
    return parts[ACTION] if len(parts) > ACTION else None


def number(components: Sequence[Json]) -> None:
    """Give each component without an `id` the next free number, as Discord does; given ones are kept."""
    every = [component for _, component in walk(components)]
    taken = {component["id"] for component in every if component.get("id")}
    following = 1
    for component in every:
        if component.get("id"):
            continue
        while following in taken:
            following += 1
        component["id"] = following
        taken.add(following)
