"""Somebody in a simulated server, and what the bot answers them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import discord
import simcord
from simcord import actors, interactions
from simcord.backend import serializers
from simcord.components import walk_components
from simcord.enums import InteractionType

from bot.kernel.i18n import Locale
from tests.flows.messages import (
    BUTTON,
    STRING_MENU,
    TEXT_INPUT,
    USER_MENU,
    Card,
    Json,
    control,
    controls,
    form_data,
    words,
)

if TYPE_CHECKING:
    from tests.flows.village import Village

DM_REFUSED = 50007  # Discord's code for a private message that its member does not take


class Person:
    """Somebody in the server, with a Discord client in their language."""

    def __init__(
        self, village: "Village", actor: simcord.MemberActor, locale: Locale, place: simcord.ChannelHandle | None = None
    ) -> None:
        self.village, self.actor, self.locale = village, actor, locale
        self.place = place or village.door  # where commands are typed
        self.id = actor.id
        self.promises = True  # whether they give the first-time promise where they are asked for it

    def text(self, key: str, **values: object) -> str:
        """Return what this person's language says for ``key``."""
        return self.village.texts(self.locale, key, **values)

    async def slash(self, name: str, /, **options: object) -> "Answer":
        given = {option: _handed(value) for option, value in options.items()}
        return await self._promising(Answer(await self.actor.slash(self.place, name, **given)))

    async def force_slash(self, name: str, /, **given: str | int) -> "Answer":
        """Run a subcommand that this person's client does not offer them, with texts and numbers for its options."""
        root, _, leaf = name.partition(" ")
        command = self.village.env.backend.find_command(root, None)
        assert command is not None
        filled = [
            {"name": option, "type": 4 if isinstance(value, int) else 3, "value": value}
            for option, value in given.items()
        ]
        options = [{"name": leaf, "type": 1, "options": filled}]
        data: Json = {"id": command["id"], "name": root, "type": 1, "options": options}
        return await self._send(InteractionType.APPLICATION_COMMAND, data)

    async def complete(self, command: str, option: str, typed: str, /, **others: object) -> list[Json]:
        """Type into an option of a command; return the choices that the bot offers, as Discord holds them."""
        given = {name: _handed(value) for name, value in others.items()}
        return await self.actor.autocomplete(self.place, command, option, typed, **given)

    async def user_menu(self, name: str, target: "Person") -> "Answer":
        """Use an entry of the menu on somebody."""
        return await self._promising(Answer(await self.actor.context_menu(self.place, name, target.actor)))

    async def message_menu(self, name: str, message: Card) -> "Answer":
        """Use an entry of the menu on a message of the server's."""
        return await self._promising(
            Answer(await self.actor.context_menu(self._channel(_channel_of(message)), name, message))
        )

    def dms(self) -> list[discord.Message]:
        """Return what the bot wrote to this person privately, oldest first."""
        found = self.actor.user.dm_channel.history(viewer=self.actor.user)
        bot_id = self.village.env.backend.bot_user.id
        return [message for message in found if message.author.id == bot_id and not message.flags.ephemeral]

    def close_dms(self) -> None:
        """Take no private messages from the bot any more."""
        path = f"/channels/{self.actor.user.dm_channel.id}/messages"
        words = "Cannot send messages to this user"
        self.village.env.inject_error("POST", path, status=403, code=DM_REFUSED, message=words, times=None)

    async def press(self, on: "Answer | Card", action: str) -> "Answer":
        message = on.message if isinstance(on, Answer) else on
        hand = self._hand(_channel_of(message))
        return await self._promising(Answer(await hand.click(message, custom_id=control(message, action))))

    async def choose(self, on: "Answer | Card", action: str, values: Sequence[Any]) -> "Answer":
        message = on.message if isinstance(on, Answer) else on
        hand, chosen = self._hand(_channel_of(message)), [_handed(value) for value in values]
        return await self._promising(Answer(await hand.select(message, chosen, custom_id=control(message, action))))

    async def submit(self, form: "Answer", **values: object) -> "Answer":
        """Send a form; people in lists stand for what is chosen in a menu of people."""
        given = {name: _handed(value) for name, value in values.items()}
        return await self._promising(Answer(await self._hand(form.channel_id).submit_modal(form.result, given)))

    async def write(self, now: str = "育休中です", **values: object) -> "Answer":
        """Write an introduction."""
        return await self.submit(await self.slash("intro write"), now=now, **values)

    async def greet(self, card: Card, **values: object) -> "Answer":
        return await self.submit(await self.open_hello(card), **values)

    async def open_hello(self, card: Card) -> "Answer":
        """Press a card's hello button."""
        return await self.press(card, "hello")

    async def forge(self, custom_id: str, values: Sequence[str] | None = None, on: Card | None = None) -> "Answer":
        """Press a control that stands nowhere, or no longer on that message, as a hand-made client might."""
        data: Json = {"custom_id": custom_id, "component_type": BUTTON if values is None else STRING_MENU}
        if values is not None:
            data["values"] = list(values)
        return await self._send(InteractionType.MESSAGE_COMPONENT, data, on)

    async def forge_form(self, custom_id: str, fields: Mapping[str, str | Sequence[str]]) -> "Answer":
        """Submit a form that was never opened."""
        return await self._send(InteractionType.MODAL_SUBMIT, form_data(custom_id, fields))

    async def forge_in_dm(self, custom_id: str, fields: Mapping[str, str | Sequence[str]] | None = None) -> str:
        """Press a control, or send a form, in a private message that never held it; return all that was answered."""
        kind = InteractionType.MESSAGE_COMPONENT if fields is None else InteractionType.MODAL_SUBMIT
        pressed: Json = {"custom_id": custom_id, "component_type": BUTTON}
        data = pressed if fields is None else form_data(custom_id, fields)
        payload = interactions.base_payload(
            self.village.env.backend,
            type=kind,
            channel_id=self.actor.user.dm_channel.id,
            guild_id=None,
            user_id=self.id,
            data=data,
        )[1]
        before = len(self.village.sent(ending="/callback"))
        self.village.env.backend.emit("INTERACTION_CREATE", payload)
        await self.village.env.settle()
        return str(self.village.sent(ending="/callback")[before:])

    async def _send(self, kind: int, data: Json, on: Card | None = None) -> "Answer":
        channel_id = self.place.id if on is None else _channel_of(on)
        extra = None
        if on is not None:
            backend = self.village.env.backend
            extra = {"message": dict(serializers.message_payload(backend, backend.get_message(channel_id, on.id)))}
        source = None if on is None else on.id
        hand, place = self._hand(channel_id), self._channel(channel_id)
        sent = actors._dispatch_actor_interaction(hand, kind, place, data, extra=extra, source_message_id=source)
        return await self._promising(Answer(await sent))

    async def _promising(self, answer: "Answer") -> "Answer":
        """Give the promise if that is what the bot asks for, and return what comes then."""
        shown = answer.result.response
        ways = [] if shown is None or not self.promises else [name.split(":")[2] for name in controls(shown)]
        asked = next((way for way in ways if way.startswith("promise_") or way == "send_promised"), None)
        return answer if asked is None else await self.press(answer, asked)

    def _channel(self, channel_id: int) -> simcord.ChannelHandle:
        channel = self.village.env.backend.get_channel(channel_id)
        return simcord.ChannelHandle(self.village.env, self.actor.guild if channel.guild_id else None, channel)

    def _hand(self, channel_id: int) -> simcord.MemberActor | simcord.UserHandle:
        """Return who acts there: in private messages they are no member of any server."""
        return self.actor if self._channel(channel_id).guild else self.actor.user


def _channel_of(message: Card) -> int:
    return message.channel_id if isinstance(message, simcord.ResponseMessage) else message.channel.id


def _handed(value: object) -> Any:  # noqa: ANN401 - whatever simcord takes
    """Return a value as simcord takes it: people by their handles, also in lists."""
    if isinstance(value, list | tuple) and any(isinstance(each, Person) for each in value):
        return [_handed(each) for each in value]
    return value.actor if isinstance(value, Person) else value


class Answer:
    """What the bot answered to one command, press or form."""

    def __init__(self, result: simcord.InteractionResult) -> None:
        self.result = result
        assert result.acknowledged

    @property
    def channel_id(self) -> int:
        return self.result._interaction.channel_id

    @property
    def message(self) -> simcord.ResponseMessage:
        found = self.result.response
        assert found is not None
        assert found.ephemeral or self.result._interaction.guild_id is None  # nobody else sees it
        return found

    @property
    def text(self) -> str:
        return words(self.message)

    @property
    def form(self) -> Json | None:
        return self.result.modal

    @property
    def hints(self) -> dict[str, str]:
        """What stands in the empty fields to type in of the opened form, by field."""
        assert self.form is not None
        texts = [part for part in walk_components(self.form["components"]) if part.get("type") == TEXT_INPUT]
        return {part["custom_id"]: part["placeholder"] for part in texts if part.get("placeholder")}

    @property
    def filled(self) -> dict[str, Any]:
        """What stands in the opened form, by field."""
        assert self.form is not None
        found: dict[str, Any] = {}
        for part in walk_components(self.form["components"]):
            if part.get("type") == TEXT_INPUT:
                found[part["custom_id"]] = part.get("value", "")
            elif part.get("type") == STRING_MENU:
                found[part["custom_id"]] = [o["value"] for o in part["options"] if o.get("default")]
            elif part.get("type") == USER_MENU:
                found[part["custom_id"]] = [int(each["id"]) for each in part.get("default_values") or ()]
        return found

    @property
    def actions(self) -> set[str]:
        """What can be pressed and chosen."""
        return {name.split(":")[2] for name in controls(self.message)}

    def has(self, action: str) -> bool:
        return action in self.actions
