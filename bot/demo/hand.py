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

    @classmethod
    def dm(cls, world: World, member_id: int) -> "Hand":
        """The member in their private conversation with the bot."""
        return cls(world, member_id, world.private(member_id))

    def newest(self, control: str) -> simcord.ResponseMessage:
        """The newest message here that has the control `control` (`introductions:hello`)."""
        for message in self._world.messages(self._place):
            if _find(message, control):
                return message
        raise LookupError(control)

    async def say(self, text: str) -> None:
        """Write a message."""
        await self._world.send(self._place, text)

    async def run(self, command: str, **options: str) -> Answer:
        """Run a command; options are texts, the values of choices, `true`, or ids."""
        return await self._promising(await self._world.slash(self._place, command, options))

    async def on_member(self, command: str, user_id: int) -> Answer:
        """Choose in the menu of a member, by the name that it has in English."""
        return await self._promising(await self._world.on_member(self._place, command, user_id))

    async def on_message(self, command: str, message_id: int) -> Answer:
        """Choose in the menu of a message, by the name that it has in English."""
        return await self._promising(await self._world.on_message(self._place, command, message_id))

    async def press(self, message: simcord.ResponseMessage, control: str) -> Answer:
        """Press the button `control` (`introductions:hello`)."""
        custom_id = _control(message, control)["custom_id"]
        return await self._promising(await self._world.press(self._place, message.id, custom_id))

    async def choose(self, message: simcord.ResponseMessage, control: str, *wanted: str) -> Answer:
        """Choose in the menu `control`: options by value; channels, roles and members by id."""
        return await self._world.choose(self._place, message.id, _control(message, control)["custom_id"], wanted)

    async def _promising(self, answer: Answer) -> Answer:
        """Give the promise if that is what the bot asks for: it does, the first time."""
        for message in answer.messages:
            for part in walk_components(message.components):
                if ":promise_" in part.get("custom_id", ""):
                    return await self._world.press(self._place, message.id, part["custom_id"])
        return answer

    def demand(self, answer: Answer, control: str) -> None:
        """Make sure that the bot took what it was asked for: its reply has the control `control`."""
        if not any(_find(message, control) for message in answer.messages):
            raise LookupError(control)

    async def fill(self, opened: Answer, fields: Mapping[str, str | Sequence[str]]) -> Answer:
        """Send the form that was opened, with text or options' values by field; what is empty stays as it is."""
        if opened.result.modal is None:
            raise LookupError("no form")
        raw = {name: value if isinstance(value, str) else [*filter(None, value)] for name, value in fields.items()}
        return await self._world.submit(opened, raw)


def _control(message: simcord.ResponseMessage, control: str) -> Json:
    found = _find(message, control)
    if found is None:
        raise LookupError(control)
    return found


def _find(message: simcord.ResponseMessage, control: str) -> Json | None:
    """The control of this name, whatever object it is for."""
    parts = walk_components(message.components)
    return next((part for part in parts if part.get("custom_id", "").startswith(f"v1:{control}:")), None)
