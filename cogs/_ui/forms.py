"""Stateless forms: built from what they are to hold, read from what comes back."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.kernel.i18n import Locale, Texts
from bot.kernel.text import storable
from cogs._ui.custom_ids import CustomId
from cogs._ui.host import Fields

Offered = Mapping[str, Collection[str]]  # field code to values


@dataclass(frozen=True, slots=True)
class TextField:
    """A field to type in. ``limit`` is in characters; ``long`` makes it a paragraph."""

    name: str
    limit: int
    required: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class MenuField:
    """A field to choose from: ``options`` are value and label, ``most`` how many may be chosen."""

    name: str
    options: Callable[[Locale], Sequence[tuple[str, str]]]
    most: int = 1


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What a form consists of. Its texts stand in the catalogue.

    They are ``<feature>.form_<action>`` for the title, ``<feature>.field_<name>`` for each label
    and ``<feature>.field_<name>_help`` for the line below it.
    """

    feature: str
    action: str
    fields: tuple[TextField | MenuField, ...]

    def build(
        self, texts: Texts, locale: Locale, custom_id: CustomId, filled: Fields, offered: Offered
    ) -> discord.ui.Modal:
        """Return the form in ``locale``, filled with ``filled``, its menus limited to what is ``offered``."""
        title = texts(locale, f"{self.feature}.form_{self.action}")
        modal = discord.ui.Modal(title=title, custom_id=str(custom_id), timeout=None)
        for plan in (_limited(plan, offered) for plan in self.fields):
            if isinstance(plan, MenuField) and not plan.options(locale):
                continue
            key = f"{self.feature}.field_{plan.name}"
            component = _text(plan, filled) if isinstance(plan, TextField) else _menu(plan, locale, filled)
            modal.add_item(
                discord.ui.Label(text=texts(locale, key), description=texts(locale, f"{key}_help"), component=component)
            )
        return modal


def _limited(plan: TextField | MenuField, offered: Offered) -> TextField | MenuField:
    if isinstance(plan, TextField) or plan.name not in offered:
        return plan
    every, values = plan.options, offered[plan.name]
    return replace(plan, options=lambda locale: [option for option in every(locale) if option[0] in values])


def _text(plan: TextField, filled: Fields) -> discord.ui.TextInput[discord.ui.Modal]:
    value = filled.get(plan.name, "")
    return discord.ui.TextInput(
        custom_id=plan.name,
        style=discord.TextStyle.paragraph if plan.long else discord.TextStyle.short,
        default=value[: plan.limit] if isinstance(value, str) and value else None,
        required=plan.required,
        max_length=plan.limit,
    )


def _menu(plan: MenuField, locale: Locale, filled: Fields) -> discord.ui.Select[discord.ui.Modal]:
    chosen = filled.get(plan.name, ())
    options = [
        discord.SelectOption(label=label, value=value, default=value in chosen) for value, label in plan.options(locale)
    ]
    return discord.ui.Select(
        custom_id=plan.name,
        options=options,
        required=False,
        min_values=0,
        max_values=min(plan.most, len(options)),
    )


def submitted(data: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    """Return what a submitted form holds, by field code; texts as they can be stored."""
    fields: dict[str, str | tuple[str, ...]] = {}
    for component in _inputs(data.get("components", ())):
        values = component.get("values")
        if values is None:
            fields[component["custom_id"]] = storable(str(component.get("value") or ""))
        else:
            fields[component["custom_id"]] = tuple(storable(str(value)) for value in values)
    return fields


def _inputs(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        if "custom_id" in component:
            yield component
        elif "component" in component:
            yield from _inputs((component["component"],))
        else:
            yield from _inputs(component.get("components", ()))
