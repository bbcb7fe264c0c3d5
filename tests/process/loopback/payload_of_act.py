"""INTERACTION_CREATE and what goes into it: options, resolved entities, submitted fields."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import payloads
from .components import ENTITY_SELECTS, Kind
from .entities import Channel, Guild, Member, Message, Role, User
from .errors import NotPossible
from .interactions import Interaction, Modal, owners
from .permissions import IN_DMS, held_in_channel, held_in_guild
from .tree import walk
from .world import World

Json = dict[str, Any]
Entity = Member | User | Role | Channel
Value = str | int | float | bool | Entity
Field = str | bool | Sequence[str | Entity]
IN_GUILD, IN_DM = 0, 1
SUBCOMMAND, GROUP = 1, 2
OPTION_TYPES: dict[int, tuple[type, ...]] = {
    3: (str,),
    4: (int,),
    5: (bool,),
    6: (Member, User),
    7: (Channel,),
    8: (Role,),
    9: (Member, User, Role),
    10: (int, float),
}


def event(world: World, interaction: Interaction, data: Json) -> Json:
    """Return INTERACTION_CREATE's data for an act."""
    guild, member = interaction.channel.guild, interaction.member
    written: Json = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": int(interaction.type),
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": str(interaction.channel.id),
        "channel": payloads.partial_channel(interaction.channel, member),
        "locale": interaction.person.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": owners(interaction.channel),
        "context": IN_GUILD if guild else IN_DM,
        "attachment_size_limit": 10 * 1024 * 1024,
        "app_permissions": str(int(IN_DMS)),
    }
    if interaction.source is not None:
        written["message"] = payloads.message(interaction.source)
    if guild is None or member is None:
        return {**written, "user": payloads.user(interaction.person)}
    return {**written, **_in_guild(world, guild, member, interaction.channel)}


def _in_guild(world: World, guild: Guild, member: Member, channel: Channel) -> Json:
    return {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": {**payloads.member(member), "permissions": str(int(held_in_channel(member, channel)))},
        "app_permissions": str(int(held_in_channel(world.bot_in(guild), channel))),
    }


def resolved(entities: Iterable[Entity | Message], seen_by: Member | None) -> Json:
    """Return the `resolved` part for the entities that an act names; empty for none.

    `seen_by` is who acts; None in a DM, where members are users like all others. Who left the server is one anywhere.
    """
    found: dict[str, Json] = {}
    for entity in entities:
        key = str(entity.id)
        match entity:
            case Member():
                found.setdefault("users", {})[key] = payloads.user(entity.user)
                if seen_by is not None and entity.id in entity.guild.members:
                    permissions = {"permissions": str(int(held_in_guild(entity)))}
                    found.setdefault("members", {})[key] = payloads.member_without_user(entity) | permissions
            case User():
                found.setdefault("users", {})[key] = payloads.user(entity)
            case Role():
                found.setdefault("roles", {})[key] = payloads.role(entity)
            case Channel():
                found.setdefault("channels", {})[key] = payloads.partial_channel(entity, seen_by)
            case Message():
                found.setdefault("messages", {})[key] = payloads.message(entity)
    return {"resolved": found} if found else {}


def find_command(world: World, guild: Guild | None, name: str, kind: int) -> Json:
    """Return the registered command; raise NotPossible when the bot has not synced one of that name."""
    known = [*world.commands.get(guild.id if guild else None, []), *world.commands.get(None, [])]
    for command in known:
        if command["name"] == name and command["type"] == kind:
            return command
    raise NotPossible(f"no command {name!r} of type {kind} among {[each['name'] for each in known]}")


def command_data(command: Json, path: Sequence[str], options: Mapping[str, Value], focused: str | None) -> Json:
    """Return the data of a slash command, its options checked against what the bot registered."""
    level, nested = command, []
    for name in path:
        step = next((each for each in level.get("options") or () if each["name"] == name), None)
        if step is None or step["type"] not in (SUBCOMMAND, GROUP):
            raise NotPossible(f"{level['name']!r} has no subcommand {name!r}")
        nested.append({"name": name, "type": step["type"]})
        level = step
    inner = _options(level, options, focused)
    for step in reversed(nested):
        inner = [{**step, "options": inner}]
    about: Json = {key: command[key] for key in ("id", "name", "type", "guild_id") if key in command}
    return {**about, "options": inner}


def _options(level: Json, given: Mapping[str, Value], focused: str | None) -> list[Json]:
    known = {each["name"]: each for each in level.get("options") or ()}
    if any(each["type"] in (SUBCOMMAND, GROUP) for each in known.values()):
        raise NotPossible(f"{level['name']!r} needs one of its subcommands {list(known)}")
    missing = [name for name, each in known.items() if each.get("required") and name not in given and not focused]
    if missing or set(given) - set(known):
        raise NotPossible(f"{level['name']!r}: missing {missing}, unknown {sorted(set(given) - set(known))}")
    return [_option(known[name], value, focused == name) for name, value in given.items()]


def _option(known: Json, value: Value, focused: bool) -> Json:
    if focused:
        if not known.get("autocomplete"):
            raise NotPossible(f"option {known['name']!r} completes nothing")
        return {"name": known["name"], "type": known["type"], "value": value, "focused": True}
    if not isinstance(value, OPTION_TYPES[known["type"]]):
        raise NotPossible(f"option {known['name']!r} does not take {value!r}")
    choices = [each["value"] for each in known.get("choices") or ()]
    if choices and value not in choices:
        raise NotPossible(f"option {known['name']!r} offers {choices}, not {value!r}")
    sent = str(value.id) if isinstance(value, Entity) else value
    return {"name": known["name"], "type": known["type"], "value": sent}


def select_data(control: Json, values: Sequence[str | Entity], seen_by: Member | None) -> Json:
    """Return the data of a choice in a select, checked against what it offers."""
    plain = _chosen(control, values)
    entities = [value for value in values if not isinstance(value, str)]
    about = {"custom_id": control["custom_id"], "component_type": control["type"], "id": control["id"]}
    return {**about, "values": plain, **resolved(entities, seen_by)}


def _chosen(control: Json, values: Sequence[str | Entity]) -> list[str]:
    plain = [value if isinstance(value, str) else str(value.id) for value in values]
    required = control.get("required", True)
    low, high = control.get("min_values"), control.get("max_values")
    fewest = (1 if low is None else low) if required or plain else 0
    if not fewest <= len(plain) <= (1 if high is None else high):
        raise NotPossible(f"{control['custom_id']!r} takes {fewest} to {high or 1} values, not {len(plain)}")
    if control["type"] in ENTITY_SELECTS:
        return plain
    offered = [option["value"] for option in control["options"]]
    if set(plain) - set(offered):
        raise NotPossible(f"{control['custom_id']!r} offers {offered}, not {plain}")
    return plain


def modal_data(world: World, modal: Modal, fields: Mapping[str, Field], seen_by: Member | None) -> Json:
    """Return the data of a submitted form: fields that are not named are sent as they were pre-filled."""
    known = {component["custom_id"] for _, component in walk(modal.components) if component.get("custom_id")}
    if set(fields) - known:
        raise NotPossible(f"the form has {sorted(known)}, not {sorted(set(fields) - known)}")
    entities = [each for value in fields.values() if isinstance(value, Sequence) for each in value]
    named = [each for each in entities if not isinstance(each, str)]
    named += _prefilled(world, modal, fields, seen_by)
    submitted = [_submitted(component, fields) for component in modal.components]
    return {"custom_id": modal.custom_id, "components": submitted, **resolved(named, seen_by)}


def _prefilled(world: World, modal: Modal, fields: Mapping[str, Field], seen_by: Member | None) -> list[Entity]:
    """Return the people whom a form named by itself, where nobody changed that."""
    people = {} if seen_by is None else seen_by.guild.members
    left = [each for _, each in walk(modal.components) if each.get("type") == Kind.USER_SELECT]
    ids = [int(each["id"]) for field in left if field["custom_id"] not in fields for each in _defaults(field)]
    return [people.get(each) or world.users[each] for each in ids]


def _defaults(control: Json) -> list[Json]:
    return control.get("default_values") or []


def _submitted(component: Json, fields: Mapping[str, Field]) -> Json:
    about = {"type": component["type"], "id": component["id"]}
    if "component" in component:
        return {**about, "component": _submitted(component["component"], fields)}
    if "components" in component:
        return {**about, "components": [_submitted(each, fields) for each in component["components"]]}
    if not component.get("custom_id"):
        return about
    return {**about, "custom_id": component["custom_id"], **_value(component, fields)}


def _value(control: Json, fields: Mapping[str, Field]) -> Json:
    given = fields.get(control["custom_id"])
    match control["type"]:
        case Kind.TEXT_INPUT:
            return {"value": _typed(control, control.get("value") or "" if given is None else given)}
        case Kind.CHECKBOX:
            return {"value": bool(control.get("default") if given is None else given)}
        case Kind.RADIO_GROUP:
            values = _chosen({**control, "max_values": 1}, _listed(control, given))
            return {"value": values[0] if values else None}
        case Kind.FILE_UPLOAD:
            return {"values": []}
        case Kind.CHECKBOX_GROUP:
            most = control.get("max_values") or len(control["options"])
            return {"values": _chosen({**control, "max_values": most}, _listed(control, given))}
        case _:
            return {"values": _chosen(control, _listed(control, given))}


def _listed(control: Json, given: Field | None) -> list[str | Entity]:
    if given is None:
        prefilled = [each["value"] for each in control.get("options") or () if each.get("default")]
        return [*prefilled, *(str(each["id"]) for each in _defaults(control))]
    if isinstance(given, bool):
        raise NotPossible(f"{control['custom_id']!r} is no checkbox")
    return [given] if isinstance(given, str) else list(given)


def _typed(control: Json, text: Field) -> str:
    if not isinstance(text, str):
        raise NotPossible(f"{control['custom_id']!r} takes a text, not {text!r}")
    fewest = control.get("min_length") or (1 if control.get("required", True) else 0)
    shortest = 0 if not text and not control.get("required", True) else fewest
    longest = control.get("max_length") or 4000
    if not shortest <= len(text) <= longest:
        raise NotPossible(f"{control['custom_id']!r} takes {shortest} to {longest} characters, not {len(text)}")
    return text
