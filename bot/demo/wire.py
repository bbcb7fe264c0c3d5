"""What a browser sends (text, lists of ids, yes or no) → what an actor of the simulated Discord takes."""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import simcord
from simcord.components import walk_components
from simcord.enums import AppCommandType, ComponentType, OptionType
from simcord.interactions import command_leaves

Json = dict[str, Any]

_USERS = (ComponentType.USER_SELECT, ComponentType.MENTIONABLE_SELECT)


def readable(payload: Mapping[str, Any]) -> Json:
    """A message or a form as a browser can read it, whose numbers are too short for ids."""
    copy = deepcopy(dict(payload))
    for part in walk_components(copy["components"]):
        for preset in part.get("default_values") or []:
            preset["id"] = str(preset["id"])
    return copy


class Wire:
    """Reads the values of one server's controls, forms and commands."""

    def __init__(self, env: simcord.Env, guild: simcord.GuildHandle) -> None:
        self._env = env
        self._guild = guild

    def channel(self, channel_id: int) -> simcord.ChannelHandle:
        """The channel, thread or private conversation with this id; raises BackendError when there is none."""
        channel = self._env.backend.get_channel(channel_id)
        return simcord.ChannelHandle(self._env, self._guild if channel.guild_id else None, channel)

    def user(self, user_id: int) -> simcord.UserHandle:
        """The person with this id; raises BackendError when there is none."""
        return simcord.UserHandle(self._env, self._env.backend.get_user(user_id))

    def member(self, user_id: int) -> simcord.MemberActor:
        """The person with this id as a member of the server; raises BackendError when there is none."""
        return simcord.MemberActor(self._env, self._guild, self.user(user_id))

    def role(self, role_id: int) -> simcord.RoleHandle:
        """The role with this id; raises BackendError when there is none."""
        return simcord.RoleHandle(self._env, self._guild, self._env.backend.get_role(self._guild.id, role_id))

    def chosen(self, menu: Mapping[str, Any], values: Sequence[Any]) -> list[Any]:
        """The values of a list as an actor chooses them: strings, files, or handles of what the ids name."""
        kind = menu["type"]
        if kind == ComponentType.CHANNEL_SELECT:
            return [self.channel(int(value)) for value in values]
        if kind == ComponentType.ROLE_SELECT:
            return [self.role(int(value)) for value in values]
        if kind in _USERS:
            return [self._mentionable(int(value)) for value in values]
        if kind == ComponentType.FILE_UPLOAD:
            return [(file["name"], base64.b64decode(file["data"])) for file in values]
        return list(values)

    def form(self, form: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a form by custom id; those that nobody filled are left out, as Discord does."""
        filled: dict[str, Any] = {}
        for field in walk_components(list(form["components"])):
            value = raw.get(field.get("custom_id", ""))
            if value is None or value == []:
                continue
            filled[field["custom_id"]] = self.chosen(field, value) if isinstance(value, list) else value
        return filled

    def options(self, command: Mapping[str, Any], raw: Mapping[str, str]) -> dict[str, Any]:
        """The options of a command by name; empty ones are left out. Raises ValueError for a bad number."""
        declared = {option["name"]: option["type"] for option in command.get("options") or []}
        return {name: self._option(declared[name], text) for name, text in raw.items() if name in declared and text}

    def command(self, member_id: int, channel_id: int, name: str) -> Json:
        """The command that this member can run here under its full name (`intro write`); raises LookupError."""
        for path, leaf in self.commands(member_id, channel_id):
            if " ".join(path) == name:
                return leaf
        raise LookupError(name)

    def commands(self, member_id: int, channel_id: int) -> Iterator[tuple[list[str], Json]]:
        """Every command that this member can run here: the words of its name, and its definition."""
        for root in self._env.backend.visible_commands(user_id=member_id, channel_id=channel_id):
            yield from command_leaves(root)

    def menus(self, member_id: int, channel_id: int, kind: AppCommandType) -> list[Json]:
        """What this member's menu on a member or a message offers here; nothing in private, where simcord has none."""
        if not self.channel(channel_id).guild:
            return []
        return self._env.backend.visible_commands(user_id=member_id, channel_id=channel_id, type=kind)

    def _mentionable(self, wanted: int) -> simcord.MemberActor | simcord.RoleHandle:
        roles = self._env.backend.get_guild(self._guild.id).roles
        return self.role(wanted) if wanted in roles else self.member(wanted)

    def _option(self, kind: int, text: str) -> object:
        readers: dict[int, Callable[[str], object]] = {
            OptionType.INTEGER: int,
            OptionType.NUMBER: float,
            OptionType.BOOLEAN: lambda value: value == "true",
            OptionType.USER: lambda value: self.member(int(value)),
            OptionType.MENTIONABLE: lambda value: self._mentionable(int(value)),
            OptionType.CHANNEL: lambda value: self.channel(int(value)),
            OptionType.ROLE: lambda value: self.role(int(value)),
        }
        return readers.get(kind, str)(text)
