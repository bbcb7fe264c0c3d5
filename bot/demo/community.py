"""The demo's story: a server is set up and lived in through the bot's own commands, buttons and forms."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.demo.asking import Asking
from bot.demo.asks import ASKABLE, HELPERS
from bot.demo.checking_in import CheckingIn
from bot.demo.founding import found, set_up
from bot.demo.people import AOI, MEMBERS, Introduction, Language, Villager
from bot.demo.reading import Reading
from bot.demo.reviews import READERS
from bot.demo.scene import SOON_AFTER, Event, Scene
from bot.demo.talk import CHAT, HELLOS, WELCOMERS, Hello, Remark
from bot.demo.thanks import THANKS, Thanks
from bot.demo.world import World

HISTORY: Final = 75
"""Days between the founding of the server and the visitor's evening."""
_HALT_EVERY: Final = 3
"""Hours; so much time goes by more slowly the more often it halts."""


async def settle_in(world: World, language: Language) -> int:
    """Fill an empty world whose people speak `language`; returns the id of the newcomer, who has just come in.

    Raises LookupError when the bot does not offer what the story needs.
    """
    return await _Story(Scene(world, language)).tell()


class _Story:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._world = scene.world
        self._rooms = scene.rooms
        self._language = scene.language
        self._evening = scene.world.env.now() + timedelta(days=HISTORY)

    async def tell(self) -> int:
        keepers = await found(self._scene)
        await self._until(self._world.env.now())  # what the bot does on its first start, so that there are commands
        await set_up(self._scene, keepers)
        for before, event in sorted(self._events(), key=lambda each: each[0], reverse=True):
            await self._until(self._evening - before)
            await event()
        await self._until(self._evening)
        self._forget_private_replies()
        # Discord announces who joins from here on: those who were there before the bot need no welcome.
        world, door = self._world, self._scene.channels[self._rooms.door]
        world.env.backend.edit_guild(world.guild.id, {"system_channel_id": door})
        newcomer = await world.move_in(self._scene.name(AOI), AOI.caption)
        return newcomer.actor.id

    def _events(self) -> Iterator[Event]:
        yield from self._arrivals()
        yield from Asking(self._scene).events()
        yield from Reading(self._scene).events()
        yield from CheckingIn(self._scene).events(self._evening)
        for hello in HELLOS:
            yield hello.before, partial(self._greet, hello)
        for thanks in THANKS:
            yield thanks.before, partial(self._thank, thanks)
            if thanks.is_public:
                yield thanks.before - SOON_AFTER, partial(self._agree_to_show, thanks)
        for remark in CHAT:
            yield remark.before, partial(self._remark, remark)

    def _arrivals(self) -> Iterator[Event]:
        """How everybody introduces themselves, and says soon after for what they may be asked."""
        for villager in MEMBERS:
            yield villager.introduction.before, partial(self._introduce, villager, villager.introduction)
        for kind, villagers in (("greet", WELCOMERS), ("help", HELPERS), ("named", ASKABLE), ("review", READERS)):
            for villager in villagers:
                yield villager.introduction.before - SOON_AFTER, partial(self._agree, villager, kind)

    async def _until(self, moment: datetime) -> None:
        await self._world.pass_time(max(0.0, (moment - self._world.env.now()).total_seconds()), _HALT_EVERY)

    async def _introduce(self, villager: Villager, introduction: Introduction) -> None:
        hand = self._scene.hand(villager, self._rooms.introductions)
        written = await hand.fill(
            await hand.run("intro write"),
            {
                "now": introduction.now[self._language],
                "offer_topics": introduction.offers,
                "seek_topics": introduction.seeks,
                "note": introduction.note[self._language],
                "link": introduction.link,
            },
        )
        opened = await hand.press(written.messages[0], "introductions:trades")
        trade_line = introduction.trade_line[self._language]
        await hand.fill(opened, {"trades": introduction.trades, "trade_line": trade_line})
        self._scene.cards[self._scene.name(villager)] = hand.newest("introductions:hello")

    async def _agree(self, villager: Villager, kind: str) -> None:
        """Agree to be asked by private message: for a hello to newcomers, for help, by name, or to read."""
        hand = self._scene.hand(villager, self._rooms.introductions)
        wishes = (await hand.run("preferences")).messages[0]
        await hand.press(wishes, "members:consents")
        await hand.press(wishes, f"members:consent_{kind}")
        await hand.press(hand.newest(f"members:dm_{kind}"), f"members:dm_{kind}")

    async def _greet(self, hello: Hello) -> None:
        hand = self._scene.hand(hello.giver, self._rooms.introductions)
        card = self._scene.cards[self._scene.name(hello.receiver)]
        words = hello.words[self._language] if hello.words else ""
        opened = await hand.press(card, "introductions:hello")
        await hand.fill(opened, {"ready": [hello.ready], "words": words})
        if hello.reply:
            # A thread that hangs on a message has the message's id.
            await self._scene.hand_in(hello.receiver, card.id).say(hello.reply[self._language])

    async def _thank(self, thanks: Thanks) -> None:
        receiver, words = self._scene.member(thanks.receiver), thanks.words[self._language]
        if thanks.is_for_hello:  # by the button of the own card
            hand = self._scene.hand(thanks.giver, self._rooms.introductions)
            opened = await hand.press(self._scene.cards[self._scene.name(thanks.giver)], "introductions:thanks")
            await hand.fill(opened, {"greeters": [receiver], "reason": words, "sharing": ["private"]})
            return
        hand, public = self._scene.hand(thanks.giver, self._rooms.chatting), str(thanks.is_public).lower()
        answer = await hand.run("thanks", member=receiver, reason=words, public=public)
        hand.demand(answer, "reputation:take_back")

    async def _agree_to_show(self, thanks: Thanks) -> None:
        hand = self._scene.hand(thanks.receiver, self._rooms.chatting)
        inbox = (await hand.run("inbox")).messages[0]
        await hand.press(inbox, "reputation:agree")

    async def _remark(self, remark: Remark) -> None:
        await self._scene.hand(remark.who, self._rooms.chatting).say(remark.words[self._language])

    def _forget_private_replies(self) -> None:
        """Discord's own clients forget them on the next start, too."""
        backend = self._world.env.backend
        for channel_id, messages in backend.messages.items():
            for message in [each for each in messages.values() if each.is_ephemeral]:
                backend.delete_message(channel_id, message.id)
