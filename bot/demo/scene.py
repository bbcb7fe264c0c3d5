"""Where the demo's story is told: who and what is there by now, found by the names that the story gives them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import simcord

from bot.demo.hand import Hand
from bot.demo.people import Language, Person
from bot.demo.talk import ROOMS
from bot.demo.world import World

SOON_AFTER: Final = timedelta(minutes=10)

Event = tuple[timedelta, Callable[[], Awaitable[None]]]
"""How long before the visitor's evening something happens, and what."""


class Scene:
    """The world as far as the story has come; ``people`` and ``channels`` are ids by name, ``cards`` introductions."""

    def __init__(self, world: World, language: Language) -> None:
        self.world: Final = world
        self.language: Final[Language] = language
        self.rooms: Final = ROOMS[language]
        self.people: Final[dict[str, int]] = {}
        self.channels: Final[dict[str, int]] = {}
        self.cards: Final[dict[str, simcord.ResponseMessage]] = {}

    def name(self, person: Person) -> str:
        """What somebody is called here."""
        return person.name[self.language]

    def member(self, person: Person) -> str:
        """Who that is, as an option or a menu takes it."""
        return str(self.people[self.name(person)])

    def hand(self, person: Person, room: str) -> Hand:
        """Somebody in a channel."""
        return self.hand_in(person, self.channels[room])

    def hand_in(self, person: Person, channel_id: int) -> Hand:
        """Somebody in a channel or thread."""
        return Hand(self.world, self.people[self.name(person)], channel_id)

    def hand_in_private(self, person: Person) -> Hand:
        """Somebody in their private conversation with the bot."""
        return Hand.dm(self.world, self.people[self.name(person)])

    def thread(self, name: str) -> int:
        """The newest thread of this name."""
        channels = self.world.env.backend.channels.values()
        return max(each.id for each in channels if each.is_thread and each.name == name)
