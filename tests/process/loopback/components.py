"""Discord's limits for components, as far as the bot uses them. Numbers are from Discord's component reference."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from .errors import Path, Problems
from .tree import children, walk

Json = dict[str, Any]
Check = Callable[[Json, Path, Problems], None]


class Kind(IntEnum):
    """Types of components."""

    ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


ENTITY_SELECTS = {Kind.USER_SELECT, Kind.ROLE_SELECT, Kind.MENTIONABLE_SELECT, Kind.CHANNEL_SELECT}
SELECTS = ENTITY_SELECTS | {Kind.STRING_SELECT}
IN_CONTAINER = {Kind.ROW, Kind.SECTION, Kind.TEXT, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR}
IN_LABEL = SELECTS | {Kind.TEXT_INPUT, Kind.FILE_UPLOAD, Kind.RADIO_GROUP, Kind.CHECKBOX_GROUP, Kind.CHECKBOX}
# What may stand directly inside what; a name of a list or slot tells sections' texts from their accessory.
ALLOWED_INSIDE: dict[tuple[int, str], set[Kind]] = {
    (Kind.ROW, "components"): SELECTS | {Kind.BUTTON},
    (Kind.SECTION, "components"): {Kind.TEXT},
    (Kind.SECTION, "accessory"): {Kind.BUTTON, Kind.THUMBNAIL},
    (Kind.CONTAINER, "components"): IN_CONTAINER,
    (Kind.LABEL, "component"): IN_LABEL,
}
LEGACY_TOP = {Kind.ROW}
V2_TOP = IN_CONTAINER | {Kind.CONTAINER}
MODAL_TOP = {Kind.ROW, Kind.LABEL, Kind.TEXT}
MOST_COMPONENTS = 40
MOST_TEXT = 4000
MOST_LEGACY_ROWS = 5
MOST_MODAL_ROWS = 5
LARGEST_ID = 2**31 - 1
LINK = 5
SKU = 6


def check_message(components: Sequence[Json], *, v2: bool, problems: Problems) -> None:
    """Note all that Discord would refuse in a message's components; `v2` tells whether the message has that flag."""
    _check_tree(components, V2_TOP if v2 else LEGACY_TOP, problems)
    if not v2:
        problems.length(("components",), list(components), 0, MOST_LEGACY_ROWS)
        return
    every = [component for _, component in walk(components)]
    if len(every) > MOST_COMPONENTS:
        problems.add(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"{len(every)} of {MOST_COMPONENTS}")
    length = sum(len(component.get("content") or "") for component in every if component.get("type") == Kind.TEXT)
    if length > MOST_TEXT:
        problems.add(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", f"{length} of {MOST_TEXT} characters")


def check_modal(modal: Json, problems: Problems) -> None:
    """Note all that Discord would refuse in a form; paths begin at the callback's `data`."""
    problems.length(("data", "title"), modal.get("title"), 1, 45)
    problems.length(("data", "custom_id"), modal.get("custom_id"), 1, 100)
    components = modal.get("components")
    problems.length(("data", "components"), components, 1, MOST_MODAL_ROWS)
    if isinstance(components, list):
        _check_tree(components, MODAL_TOP, problems, ("data", "components"))


def _check_tree(components: Sequence[Json], top: set[Kind], problems: Problems, root: Path = ("components",)) -> None:
    for index, component in enumerate(components):
        problems.one_of((*root, index, "type"), component.get("type"), sorted(top))
    in_modal = top is MODAL_TOP
    for path, component in walk(components, root):
        _check_place(component, path, in_modal, problems)
        check = CHECKS.get(component.get("type", 0))
        if check is not None:
            check(component, path, problems)
    _check_unique(components, root, problems)


def _check_place(component: Json, path: Path, in_modal: bool, problems: Problems) -> None:
    problems.between((*path, "id"), component.get("id"), 0, LARGEST_ID)
    for step, child in children(component):
        allowed = ALLOWED_INSIDE.get((component.get("type", 0), str(step[0])), set())
        if in_modal and component.get("type") == Kind.ROW:
            allowed = {Kind.TEXT_INPUT}
        problems.one_of((*path, *step, "type"), child.get("type"), sorted(allowed))


def _check_unique(components: Sequence[Json], root: Path, problems: Problems) -> None:
    for key, code in (("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"), ("id", "COMPONENT_ID_DUPLICATED")):
        seen: set[Any] = set()
        for path, component in walk(components, root):
            value = component.get(key)
            if value and value in seen:
                problems.add((*path, key), code, f"{value!r} is there twice")
            seen.add(value)


def _row(row: Json, path: Path, problems: Problems) -> None:
    inner = row.get("components")
    problems.length((*path, "components"), inner, 1, 5)
    kinds = [child.get("type") for child in inner or ()]
    if len(kinds) > 1 and any(kind != Kind.BUTTON for kind in kinds):
        problems.add((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select or input fills its row")


def _button(button: Json, path: Path, problems: Problems) -> None:
    if not problems.one_of((*path, "style"), button.get("style"), range(1, SKU + 1)):
        return
    problems.length((*path, "label"), button.get("label"), 0, 80)
    if button["style"] == LINK:
        problems.length((*path, "url"), button.get("url"), 1, 512)
        if button.get("custom_id"):
            problems.add((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A link has none")
    elif button["style"] != SKU:
        problems.length((*path, "custom_id"), button.get("custom_id"), 1, 100)
    if not button.get("label") and not button.get("emoji") and button["style"] != SKU:
        problems.add((*path, "label"), "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji")


def _select(select: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "custom_id"), select.get("custom_id"), 1, 100)
    problems.length((*path, "placeholder"), select.get("placeholder"), 0, 150)
    _check_amounts(select, path, 25, problems)
    if select.get("type") == Kind.STRING_SELECT:
        _check_options(select, path, (1, 25), problems)


def _check_amounts(control: Json, path: Path, most: int, problems: Problems) -> None:
    problems.between((*path, "min_values"), control.get("min_values"), 0, most)
    problems.between((*path, "max_values"), control.get("max_values"), 1, most)
    low, high = control.get("min_values"), control.get("max_values")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        problems.add((*path, "min_values"), "SELECT_COMPONENT_MIN_VALUES_GREATER_THAN_MAX", f"{low} > {high}")


def _check_options(control: Json, path: Path, amount: tuple[int, int], problems: Problems) -> None:
    options = control.get("options")
    problems.length((*path, "options"), options, *amount)
    if not isinstance(options, list):
        return
    values = [option.get("value") for option in options]
    for index, option in enumerate(options):
        place = (*path, "options", index)
        problems.length((*place, "label"), option.get("label"), 1, 100)
        problems.length((*place, "value"), option.get("value"), 1, 100)
        problems.length((*place, "description"), option.get("description"), 0, 100)
        if values.index(option.get("value")) < index:
            problems.add((*place, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The value is there twice")
    most, chosen = control.get("max_values") or 1, sum(bool(option.get("default")) for option in options)
    if control.get("type") == Kind.STRING_SELECT and most > len(options):
        problems.add((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS", f"{most} > {len(options)}")
    if control.get("type") in (Kind.STRING_SELECT, Kind.RADIO_GROUP) and chosen > most:
        problems.add((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", f"{chosen} > {most}")


def _text_input(control: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "custom_id"), control.get("custom_id"), 1, 100)
    problems.one_of((*path, "style"), control.get("style"), (1, 2))
    problems.length((*path, "label"), control.get("label"), 0, 45)
    problems.length((*path, "placeholder"), control.get("placeholder"), 0, 100)
    problems.between((*path, "min_length"), control.get("min_length"), 0, 4000)
    problems.between((*path, "max_length"), control.get("max_length"), 1, 4000)
    problems.length((*path, "value"), control.get("value"), 0, control.get("max_length") or 4000)


def _label(label: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "label"), label.get("label"), 1, 45)
    problems.length((*path, "description"), label.get("description"), 0, 100)
    if not isinstance(label.get("component"), dict):
        problems.add((*path, "component"), "BASE_TYPE_REQUIRED", "This field is required")


def _section(section: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "components"), section.get("components"), 1, 3)
    if not isinstance(section.get("accessory"), dict):
        problems.add((*path, "accessory"), "BASE_TYPE_REQUIRED", "This field is required")


def _text(text: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "content"), text.get("content"), 1, MOST_TEXT)


def _media(item: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "media", "url"), (item.get("media") or {}).get("url"), 1, 2048)
    problems.length((*path, "description"), item.get("description"), 0, 1024)


def _gallery(gallery: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "items"), gallery.get("items"), 1, 10)
    for index, item in enumerate(gallery.get("items") or ()):
        _media(item, (*path, "items", index), problems)


def _separator(separator: Json, path: Path, problems: Problems) -> None:
    problems.between((*path, "spacing"), separator.get("spacing"), 1, 2)


def _container(container: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "components"), container.get("components"), 1, MOST_COMPONENTS)
    problems.between((*path, "accent_color"), container.get("accent_color"), 0, 0xFFFFFF)


def _radio_group(group: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "custom_id"), group.get("custom_id"), 1, 100)
    _check_options(group, path, (2, 10), problems)


def _checkbox_group(group: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "custom_id"), group.get("custom_id"), 1, 100)
    _check_amounts(group, path, 10, problems)
    _check_options(group, path, (1, 10), problems)


def _checkbox(checkbox: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "custom_id"), checkbox.get("custom_id"), 1, 100)


CHECKS: dict[int, Check] = {
    Kind.ROW: _row,
    Kind.BUTTON: _button,
    **dict.fromkeys(SELECTS, _select),
    Kind.TEXT_INPUT: _text_input,
    Kind.SECTION: _section,
    Kind.TEXT: _text,
    Kind.THUMBNAIL: _media,
    Kind.GALLERY: _gallery,
    Kind.SEPARATOR: _separator,
    Kind.CONTAINER: _container,
    Kind.LABEL: _label,
    Kind.RADIO_GROUP: _radio_group,
    Kind.CHECKBOX_GROUP: _checkbox_group,
    Kind.CHECKBOX: _checkbox,
}
