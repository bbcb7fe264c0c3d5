"""What people do with the bot: commands, menus, buttons, selects, forms. Each returns its Interaction at once."""

import secrets
from collections.abc import Mapping, Sequence

from . import payload_of_act as act
from .entities import Channel, Guild, Member, Message, MessageType, User
from .errors import NotPossible
from .interactions import Asked, Interaction, Modal
from .permissions import Permission, held_in_channel, held_in_guild
from .routes import Discord

USER_MENU, MESSAGE_MENU = 2, 3
SLASH = 1


class Acts:
    """Acts of people. All raise NotPossible when Discord's app would not let them, or the bot is not connected."""

    def __init__(self, discord: Discord) -> None:
        self.discord = discord
        self.world = discord.world

    def slash(self, person: Member | User, channel: Channel, command: str, **options: act.Value) -> Interaction:
        """Use a slash command such as "intro write"; options are checked against what the bot registered."""
        name, *path = command.split()
        registered = act.find_command(self.world, channel.guild, name, SLASH)
        _check_allowed(person, channel, registered)
        data = act.command_data(registered, path, options, None)
        entities = [value for value in options.values() if not isinstance(value, str | int | float)]
        data |= act.resolved(entities, _member_there(person, channel))
        return self._send(Asked.COMMAND, person, channel, data, answer_type=MessageType.COMMAND_ANSWER)

    def autocomplete(
        self, person: Member | User, channel: Channel, command: str, focused: str, **options: act.Value
    ) -> Interaction:
        """Type into the option named `focused` of a slash command; the choices are in the response."""
        name, *path = command.split()
        registered = act.find_command(self.world, channel.guild, name, SLASH)
        _check_allowed(person, channel, registered)
        data = act.command_data(registered, path, options, focused)
        return self._send(Asked.AUTOCOMPLETE, person, channel, data)

    def context_menu(
        self, person: Member | User, name: str, target: Message | Member | User, channel: Channel
    ) -> Interaction:
        """Use a menu entry on a message of the channel, or on somebody."""
        if isinstance(target, Message) and (target.deleted or target.channel is not channel):
            raise NotPossible("the message is not to be seen there")
        kind = MESSAGE_MENU if isinstance(target, Message) else USER_MENU
        registered = act.find_command(self.world, channel.guild, name, kind)
        _check_allowed(person, channel, registered)
        about = {"id": registered["id"], "name": name, "type": kind, "target_id": str(target.id)}
        data = {**about, **act.resolved([target], _member_there(person, channel))}
        return self._send(Asked.COMMAND, person, channel, data, answer_type=MessageType.MENU_ANSWER)

    def press(self, person: Member | User, message: Message, button: str) -> Interaction:
        """Press a button, named by its custom_id or by the action in `v1:<feature>:<action>:<id>`."""
        control = self._usable(person, message, button)
        data = {"custom_id": control["custom_id"], "component_type": control["type"], "id": control["id"]}
        return self._send(Asked.COMPONENT, person, message.channel, data, source=message)

    def select(
        self, person: Member | User, message: Message, select: str, values: Sequence[str | act.Entity]
    ) -> Interaction:
        """Choose in a select (named as a button is): option values, or members, roles, channels."""
        control = self._usable(person, message, select)
        data = act.select_data(control, values, _member_there(person, message.channel))
        return self._send(Asked.COMPONENT, person, message.channel, data, source=message)

    def submit(self, person: Member | User, modal: Modal, fields: Mapping[str, act.Field]) -> Interaction:
        """Submit a form: texts, lists for selects and checkbox groups, bools; what is not named stays as pre-filled."""
        opened = modal.opened_by
        if _user(person) is not opened.person:
            raise NotPossible("only the person for whom the form was opened has it")
        data = act.modal_data(self.world, modal, fields, _member_there(person, opened.channel))
        kind = opened.answer_type
        return self._send(Asked.MODAL_SUBMIT, person, opened.channel, data, source=opened.source, answer_type=kind)

    def forge(
        self, kind: Asked, person: Member | User, channel: Channel, data: act.Json, source: Message | None = None
    ) -> Interaction:
        """Send any data at all: stale or hostile custom_ids, forms that were never opened."""
        return self._send(kind, person, channel, data, source=source)

    def _send(
        self,
        kind: Asked,
        person: Member | User,
        channel: Channel,
        data: act.Json,
        *,
        source: Message | None = None,
        answer_type: MessageType = MessageType.DEFAULT,
    ) -> Interaction:
        member = _member_there(person, channel)
        _check_place(_user(person), member, channel)
        token = secrets.token_urlsafe(24)
        interaction = Interaction(
            self.world.ids.make(), token, kind, _user(person), member, channel, source, self.world.changes, answer_type
        )
        self.discord.interactions.remember(interaction)
        self.world.emit("INTERACTION_CREATE", channel.guild, act.event(self.world, interaction, data))
        return interaction

    def _usable(self, person: Member | User, message: Message, named: str) -> act.Json:
        if message.deleted or (message.seen_by is None and message.id not in message.channel.messages):
            raise NotPossible("the message is gone")
        if message.seen_by not in (None, _user(person)):
            raise NotPossible("somebody else's private message")
        if message.channel.archived or message.channel.locked:
            raise NotPossible("nobody can press anything in an archived or locked thread")
        control = message.control(named)
        if control.get("disabled") or control.get("url"):
            raise NotPossible(f"{named!r} is disabled or a link")
        return control


def _user(person: Member | User) -> User:
    return person.user if isinstance(person, Member) else person


def _member_there(person: Member | User, channel: Channel) -> Member | None:
    """Return the person as a member, where the channel is one of their server's."""
    return person if isinstance(person, Member) and channel.guild is person.guild else None


def _check_allowed(person: Member | User, channel: Channel, command: act.Json) -> None:
    contexts = command.get("contexts")
    if contexts is None:
        contexts = [act.IN_GUILD] if command.get("dm_permission") is False else [act.IN_GUILD, act.IN_DM]
    if (act.IN_GUILD if channel.guild else act.IN_DM) not in contexts:
        raise NotPossible(f"{command['name']!r} is not there: it is for {contexts}")
    member, needed = _member_there(person, channel), command.get("default_member_permissions")
    if member is not None and needed is not None and Permission(int(needed)) & ~held_in_guild(member):
        raise NotPossible(f"{member.name} does not see {command['name']!r}: it needs {Permission(int(needed))!r}")


def _check_place(person: User, member: Member | None, channel: Channel) -> None:
    guild: Guild | None = channel.guild
    if guild is None:
        if channel.recipient is not person:
            raise NotPossible("somebody else's private messages")
        return
    if member is None or member.id not in guild.members:
        raise NotPossible("only members can do that there")
    if not guild.has_bot or guild.out:
        raise NotPossible("the bot is not in that server, or the server is out")
    if not held_in_channel(member, channel) & Permission.VIEW_CHANNEL:
        raise NotPossible(f"{member.name} does not see #{channel.name}")
