"""Somebody in a simulated server, and what the bot answers them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import simcord
from simcord import actors
from simcord.backend import serializers
from simcord.components import walk_components
from simcord.enums import InteractionType

from bot.kernel.i18n import Locale
from tests.flows.messages import BUTTON, STRING_MENU, TEXT_INPUT, Card, Json, control, controls, form_data, words

if TYPE_CHECKING:
    from tests.flows.village import Village


class Person:
    """Somebody in the server, with a Discord client in their language."""

    def __init__(
        self, village: "Village", actor: simcord.MemberActor, locale: Locale, place: simcord.ChannelHandle | None = None
    ) -> None:
        self.village, self.actor, self.locale = village, actor, locale
        self.place = place or village.door  # where commands are typed
        self.id = actor.id

    def text(self, key: str, **values: object) -> str:
        """Return what this person's language says for ``key``."""
        return self.village.texts(self.locale, key, **values)

    async def slash(self, name: str, **options: object) -> "Answer":
        return Answer(await self.actor.slash(self.place, name, **options))

    async def force_slash(self, name: str) -> "Answer":
        """Run a subcommand that this person's client does not offer them."""
        root, _, leaf = name.partition(" ")
        command = self.village.env.backend.find_command(root, None)
        assert command is not None
        options = [{"name": leaf, "type": 1, "options": []}]
        data: Json = {"id": command["id"], "name": root, "type": 1, "options": options}
        return await self._send(InteractionType.APPLICATION_COMMAND, data)

    async def press(self, on: "Answer | Card", action: str) -> "Answer":
        message = on.message if isinstance(on, Answer) else on
        return Answer(await self.actor.click(message, custom_id=control(message, action)))

    async def choose(self, on: "Answer | Card", action: str, values: Sequence[Any]) -> "Answer":
        message = on.message if isinstance(on, Answer) else on
        return Answer(await self.actor.select(message, values, custom_id=control(message, action)))

    async def submit(self, form: "Answer", **values: object) -> "Answer":
        return Answer(await self.actor.submit_modal(form.result, values))

    async def write(self, now: str = "育休中です", **values: object) -> "Answer":
        """Write an introduction, giving the promise where it is asked for."""
        answer = await self.slash("intro write")
        if answer.form is None:
            answer = await self.press(answer, "promise")
        return await self.submit(answer, now=now, **values)

    async def greet(self, card: Card, **values: object) -> "Answer":
        return await self.submit(await self.open_hello(card), **values)

    async def open_hello(self, card: Card) -> "Answer":
        """Press a card's hello button, giving the promise where it is asked for."""
        answer = await self.press(card, "hello")
        is_asked = answer.form is None and "promise_hello" in str(controls(answer.message))
        return await self.press(answer, "promise_hello") if is_asked else answer

    async def forge(self, custom_id: str, values: Sequence[str] | None = None, on: Card | None = None) -> "Answer":
        """Press a control that stands nowhere, or no longer on that message, as a hand-made client might."""
        data: Json = {"custom_id": custom_id, "component_type": BUTTON if values is None else STRING_MENU}
        if values is not None:
            data["values"] = list(values)
        return await self._send(InteractionType.MESSAGE_COMPONENT, data, on)

    async def forge_form(self, custom_id: str, fields: Mapping[str, str | Sequence[str]]) -> "Answer":
        """Submit a form that was never opened."""
        return await self._send(InteractionType.MODAL_SUBMIT, form_data(custom_id, fields))

    async def _send(self, kind: int, data: Json, on: Card | None = None) -> "Answer":
        place, extra = self.place, None
        if on is not None:
            backend = self.village.env.backend
            channel_id = on.channel_id if isinstance(on, simcord.ResponseMessage) else on.channel.id
            place = simcord.ChannelHandle(self.village.env, self.actor.guild, backend.get_channel(channel_id))
            extra = {"message": dict(serializers.message_payload(backend, backend.get_message(channel_id, on.id)))}
        source = None if on is None else on.id
        sent = actors._dispatch_actor_interaction(self.actor, kind, place, data, extra=extra, source_message_id=source)
        return Answer(await sent)


class Answer:
    """What the bot answered to one command, press or form."""

    def __init__(self, result: simcord.InteractionResult) -> None:
        self.result = result
        assert result.acknowledged

    @property
    def message(self) -> simcord.ResponseMessage:
        found = self.result.response
        assert found is not None
        assert found.ephemeral
        return found

    @property
    def text(self) -> str:
        return words(self.message)

    @property
    def form(self) -> Json | None:
        return self.result.modal

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
        return found

    def has(self, action: str) -> bool:
        return any(name.split(":")[2] == action for name in controls(self.message))
