"""A member's hand, for telling the demo's story: runs commands, finds controls by their name, fills in forms."""

from collections.abc import Mapping, Sequence

import simcord
from simcord.components import walk_components

from bot.demo.wire import Json
from bot.demo.world import Answer, Place, World


class Hand:
    """One member in one channel. Every method raises LookupError when the bot does not offer what is looked for."""

    def __init__(self, world: World, member_id: int, channel_id: int) -> None:
        self._world = world
        self._place = Place(member_id, channel_id)

    async def say(self, text: str) -> None:
        """Write a message."""
        await self._world.send(self._place, text)

    async def run(self, command: str) -> Answer:
        """Run a command that needs no options."""
        return await self._world.slash(self._place, command, {})

    async def press(self, message: simcord.ResponseMessage, control: str) -> Answer:
        """Press the button `control` (`introductions:hello`)."""
        return await self._world.press(self._place, message.id, _control(message, control)["custom_id"])

    async def choose(self, message: simcord.ResponseMessage, control: str, *wanted: str) -> Answer:
        """Choose in the menu `control`: options by value; channels, roles and members by id."""
        return await self._world.choose(self._place, message.id, _control(message, control)["custom_id"], wanted)

    async def fill(self, opened: Answer, fields: Mapping[str, str | Sequence[str]]) -> Answer:
        """Send the form that was opened, with text or options' values by field; what is empty stays as it is."""
        if opened.result.modal is None:
            raise LookupError("no form")
        raw = {name: value if isinstance(value, str) else [*filter(None, value)] for name, value in fields.items()}
        return await self._world.submit(opened, raw)


def offers(message: simcord.ResponseMessage, control: str) -> bool:
    """Whether the message has this control, whatever object it is for."""
    return any(part.get("custom_id", "").startswith(f"v1:{control}:") for part in walk_components(message.components))


def _control(message: simcord.ResponseMessage, control: str) -> Json:
    for part in walk_components(message.components):
        if part.get("custom_id", "").startswith(f"v1:{control}:"):
            return part
    raise LookupError(control)
