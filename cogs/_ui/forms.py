"""Stateless forms: built from what they are to hold, read from what comes back."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import ServerId
from bot.kernel.text import storable
from cogs._ui.cards import shortened
from cogs._ui.custom_ids import CustomId
from cogs._ui.host import Fields

Offered = Mapping[str, Collection[str]]  # field code to values
Options = Sequence[tuple[str, str]]  # value and label
Hints = Mapping[str, str]  # field code to what stands in an empty field to type in
_HINT_LIMIT = 100  # characters of a text input's placeholder


@dataclass(frozen=True, slots=True)
class TextField:
    """A field to type in. ``limit`` is in characters; ``long`` makes it a paragraph."""

    name: str
    limit: int
    required: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class MenuField:
    """A field to choose from: ``options`` are asked for when it is opened, ``most`` is how many may be chosen."""

    name: str
    options: Callable[[ServerId, Locale], Awaitable[Options]]
    most: int = 1
    required: bool = False


@dataclass(frozen=True, slots=True)
class PersonField:
    """A field to choose members in; ``most`` is how many may be chosen."""

    name: str
    required: bool = False
    most: int = 1


@dataclass(frozen=True, slots=True)
class ChannelField:
    """A field to choose one text channel in."""

    name: str
    required: bool = False


Field = TextField | MenuField | PersonField | ChannelField


def fixed(options: Callable[[Locale], Options]) -> Callable[[ServerId, Locale], Awaitable[Options]]:
    """Return ``options`` as those of a menu that is the same in all servers."""

    async def same(_server_id: ServerId, locale: Locale) -> Options:
        return options(locale)

    return same


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What a form consists of. Its texts stand in the catalogue.

    They are ``<feature>.form_<action>`` for the title, ``<feature>.field_<name>`` for each label
    and ``<feature>.field_<name>_help`` for the line below it.
    """

    feature: str
    action: str
    fields: tuple[Field, ...]

    async def options(self, server_id: ServerId, locale: Locale, offered: Offered) -> dict[str, Options]:
        """Return what each menu offers in a server, by field code: no more than is ``offered``, where that is said."""
        found = {}
        for field in self.fields:
            if isinstance(field, MenuField):
                every = await field.options(server_id, locale)
                wanted = offered.get(field.name)
                found[field.name] = every if wanted is None else [each for each in every if each[0] in wanted]
        return found

    def build(
        self,
        texts: Texts,
        locale: Locale,
        custom_id: CustomId,
        filled: Fields,
        options: Mapping[str, Options],
        hints: Hints,
    ) -> discord.ui.Modal:
        """Return the form in ``locale``, filled with ``filled``; a menu without ``options`` is left out."""
        title = texts(locale, f"{self.feature}.form_{self.action}")
        modal = discord.ui.Modal(title=title, custom_id=str(custom_id), timeout=None)
        for field in self.fields:
            if isinstance(field, MenuField) and not options.get(field.name):
                continue
            key = f"{self.feature}.field_{field.name}"
            component = _component(field, filled, options, hints)
            modal.add_item(
                discord.ui.Label(text=texts(locale, key), description=texts(locale, f"{key}_help"), component=component)
            )
        return modal


def _component(
    field: Field, filled: Fields, options: Mapping[str, Options], hints: Hints
) -> discord.ui.Item[discord.ui.Modal]:
    if isinstance(field, TextField):
        return _text(field, filled, hints.get(field.name))
    if isinstance(field, PersonField):
        return _person(field, filled)
    if isinstance(field, ChannelField):
        return _channel(field, filled)
    return _menu(field, filled, options[field.name])


def _text(field: TextField, filled: Fields, hint: str | None) -> discord.ui.TextInput[discord.ui.Modal]:
    value = filled.get(field.name, "")
    return discord.ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
        placeholder=hint and shortened(hint, _HINT_LIMIT),
        default=value[: field.limit] if isinstance(value, str) and value else None,
        required=field.required,
        max_length=field.limit,
    )


def _menu(field: MenuField, filled: Fields, options: Options) -> discord.ui.Select[discord.ui.Modal]:
    chosen = filled.get(field.name, ())
    return discord.ui.Select(
        custom_id=field.name,
        options=[discord.SelectOption(label=label, value=value, default=value in chosen) for value, label in options],
        required=field.required,
        min_values=int(field.required),
        max_values=min(field.most, len(options)),
    )


def _person(field: PersonField, filled: Fields) -> discord.ui.UserSelect[discord.ui.Modal]:
    chosen = [discord.Object(int(each)) for each in filled.get(field.name, ()) if each.isdecimal()]
    return discord.ui.UserSelect(
        custom_id=field.name,
        required=field.required,
        min_values=int(field.required),
        max_values=field.most,
        default_values=[
            discord.SelectDefaultValue(id=each.id, type=discord.SelectDefaultValueType.user) for each in chosen
        ],
    )


def _channel(field: ChannelField, filled: Fields) -> discord.ui.ChannelSelect[discord.ui.Modal]:
    chosen = [discord.Object(int(each)) for each in filled.get(field.name, ()) if each.isdecimal()]
    return discord.ui.ChannelSelect(
        custom_id=field.name,
        channel_types=[discord.ChannelType.text],
        required=field.required,
        min_values=int(field.required),
        default_values=[
            discord.SelectDefaultValue(id=each.id, type=discord.SelectDefaultValueType.channel) for each in chosen
        ],
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


def typed(words: str) -> Fields | None:
    """Return what was typed into an option of a command, to be given back if it can't be taken."""
    return {"text": storable(words)} if words.strip() else None


def _inputs(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        if "custom_id" in component:
            yield component
        elif "component" in component:
            yield from _inputs((component["component"],))
        else:
            yield from _inputs(component.get("components", ()))
