"""How the demo's server came to be: set up and lived in through the bot's own commands, buttons and forms."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import discord
import simcord
from simcord.enums import ChannelType

from bot.demo.asks import ASKABLE, ASKS, HELPERS, Ask, Ending, Word
from bot.demo.hand import Hand
from bot.demo.people import AOI, HARU, MEMBERS, Introduction, Language, Person, Villager
from bot.demo.talk import CHAT, HELLOS, ROOMS, WELCOME, WELCOMERS, Hello, Remark
from bot.demo.thanks import FOUNDERS, THANKS, Thanks
from bot.demo.world import World

SOON_AFTER: Final = timedelta(minutes=10)
HISTORY: Final = 75
"""Days between the founding of the server and the visitor's evening."""
_HALT_EVERY: Final = 3
"""Hours; so much time goes by more slowly the more often it halts."""

_Event = tuple[timedelta, Callable[[], Awaitable[None]]]


async def settle_in(world: World, language: Language) -> int:
    """Fill an empty world whose people speak `language`; returns the id of the newcomer, who has just come in.

    Raises LookupError when the bot does not offer what the story needs.
    """
    return await _Story(world, language).tell()


class _Story:
    def __init__(self, world: World, language: Language) -> None:
        self._world = world
        self._language: Language = language
        self._rooms = ROOMS[language]
        self._evening = world.env.now() + timedelta(days=HISTORY)
        self._people: dict[str, int] = {}
        self._channels: dict[str, int] = {}
        self._cards: dict[str, simcord.ResponseMessage] = {}

    async def tell(self) -> int:
        await self._found()
        await self._until(self._world.env.now())  # what the bot does on its first start, so that there are commands
        await self._set_up()
        for before, event in sorted(self._events(), key=lambda each: each[0], reverse=True):
            await self._until(self._evening - before)
            await event()
        await self._until(self._evening)
        self._forget_private_replies()
        # Discord announces who joins from here on: those who were there before the bot need no welcome.
        world = self._world
        world.env.backend.edit_guild(world.guild.id, {"system_channel_id": self._channels[self._rooms.door]})
        newcomer = await world.move_in(self._name(AOI), AOI.caption)
        return newcomer.actor.id

    def _events(self) -> Iterator[_Event]:
        yield from self._arrivals()
        for ask in ASKS:
            yield from self._course(ask)
        for hello in HELLOS:
            yield hello.before, partial(self._greet, hello)
        for thanks in THANKS:
            yield thanks.before, partial(self._thank, thanks)
            if thanks.is_public:
                yield thanks.before - SOON_AFTER, partial(self._agree_to_show, thanks)
        for remark in CHAT:
            yield remark.before, partial(self._remark, remark)

    def _arrivals(self) -> Iterator[_Event]:
        """How everybody introduces themselves, and says soon after for what they may be asked."""
        for villager in MEMBERS:
            yield villager.introduction.before, partial(self._introduce, villager, villager.introduction)
        for kind, villagers in (("greet", WELCOMERS), ("help", HELPERS), ("named", ASKABLE)):
            for villager in villagers:
                yield villager.introduction.before - SOON_AFTER, partial(self._agree, villager, kind)

    def _course(self, ask: Ask) -> Iterator[_Event]:
        """What happens to an ask, from the moment when it is asked."""
        yield ask.before, partial(self._ask, ask)
        for who in ask.me_too:
            yield ask.before - 2 * SOON_AFTER, partial(self._know_it_too, ask, who)
        for word in ask.talk:
            yield ask.before - timedelta(hours=word.hours), partial(self._talk, ask, word)
        if ask.ending is not None:
            yield ask.before - timedelta(hours=ask.ending.hours), partial(self._close, ask, ask.ending)

    async def _until(self, moment: datetime) -> None:
        await self._world.pass_time(max(0.0, (moment - self._world.env.now()).total_seconds()), _HALT_EVERY)

    def _name(self, person: Person) -> str:
        return person.name[self._language]

    def _hand(self, person: Person, channel_id: int) -> Hand:
        return Hand(self._world, self._people[self._name(person)], channel_id)

    async def _found(self) -> None:
        guild = self._world.guild
        duties = discord.Permissions(manage_guild=True, manage_channels=True, manage_messages=True)
        keepers = guild.create_role(self._rooms.keepers, permissions=duties, color=0xE0A370)
        for person in (HARU, *MEMBERS):
            role = keepers if person is HARU else None
            resident = await self._world.move_in(self._name(person), person.caption, role)
            self._people[self._name(person)] = resident.actor.id
        seen, unseen = discord.PermissionOverwrite(view_channel=True), discord.PermissionOverwrite(view_channel=False)
        bot = guild.roles[self._world.env.backend.bot_user.name]
        for category, channels in self._rooms.plan.items():
            parent = guild.create_category(category)
            for name, topic in channels.items():
                if name == self._rooms.asking:
                    self._channels[name] = self._found_forum(name, topic, parent)
                    continue
                is_hidden = name == self._rooms.moderators
                channel = guild.create_text_channel(
                    name,
                    topic=topic,
                    category=parent,
                    overwrites={guild.default_role: unseen, keepers: seen, bot: seen} if is_hidden else None,
                )
                self._channels[name] = channel.id
        self._keepers = keepers

    def _found_forum(self, name: str, topic: str, category: simcord.ChannelHandle) -> int:
        backend, place = self._world.env.backend, (self._world.guild.id, name)
        return backend.create_channel(*place, type=ChannelType.FORUM, topic=topic, parent_id=category.id).id

    async def _set_up(self) -> None:
        rooms = self._rooms
        await self._hand(HARU, self._channels[rooms.door]).say(WELCOME[self._language])
        hand = self._hand(HARU, self._channels[rooms.moderators])
        panel = (await hand.run("setup panel")).messages[0]
        for menu, wanted in {
            "language": self._language,
            "zone": "Asia/Tokyo",
            "introductions_channel": str(self._channels[rooms.introductions]),
            "help_channel": str(self._channels[rooms.asking]),
            "helpers_channel": str(self._channels[rooms.helpers]),
            "thanks_channel": str(self._channels[rooms.thanks]),
            "moderators_channel": str(self._channels[rooms.moderators]),
            "moderators_role": str(self._keepers.id),
        }.items():
            await hand.choose(panel, f"setup:{menu}", wanted)
        await hand.press(panel, "setup:post_panel")
        await hand.press(panel, "reputation:sources")
        founders = [str(self._people[self._name(person)]) for person in FOUNDERS]
        await hand.choose(panel, "reputation:sources_set", *founders)

    async def _introduce(self, villager: Villager, introduction: Introduction) -> None:
        hand = self._hand(villager, self._channels[self._rooms.introductions])
        promise = await hand.run("intro write")
        opened = await hand.press(promise.messages[0], "introductions:promise")
        written = await hand.fill(
            opened,
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
        self._cards[self._name(villager)] = hand.newest("introductions:hello")

    async def _agree(self, villager: Villager, kind: str) -> None:
        """Agree to be asked by private message: for a hello to newcomers, for help, or by name."""
        hand = self._hand(villager, self._channels[self._rooms.introductions])
        wishes = (await hand.run("preferences")).messages[0]
        await hand.press(wishes, "members:consents")
        await hand.press(wishes, f"members:consent_{kind}")
        await hand.press(hand.newest(f"members:dm_{kind}"), f"members:dm_{kind}")

    async def _greet(self, hello: Hello) -> None:
        hand = self._hand(hello.giver, self._channels[self._rooms.introductions])
        card = self._cards[self._name(hello.receiver)]
        words = hello.words[self._language] if hello.words else ""
        opened = await hand.press(card, "introductions:hello")
        if opened.result.modal is None:  # the first time somebody writes anything, they promise
            opened = await hand.press(opened.messages[0], "introductions:promise_hello")
        await hand.fill(opened, {"ready": [hello.ready], "words": words})
        if hello.reply:
            # A thread that hangs on a message has the message's id.
            await self._hand(hello.receiver, card.id).say(hello.reply[self._language])

    async def _thank(self, thanks: Thanks) -> None:
        hand = self._hand(thanks.giver, self._channels[self._rooms.chatting])
        receiver_id, words = str(self._people[self._name(thanks.receiver)]), thanks.words[self._language]
        if thanks.is_for_hello:  # by the button of the own card
            hand = self._hand(thanks.giver, self._channels[self._rooms.introductions])
            opened = await hand.press(self._cards[self._name(thanks.giver)], "introductions:thanks")
            await hand.fill(opened, {"greeters": [receiver_id], "reason": words, "sharing": ["private"]})
            return
        public = str(thanks.is_public).lower()
        answer = await hand.run("thanks", member=receiver_id, reason=words, public=public)
        hand.demand(answer, "reputation:take_back")

    async def _agree_to_show(self, thanks: Thanks) -> None:
        hand = self._hand(thanks.receiver, self._channels[self._rooms.chatting])
        inbox = (await hand.run("inbox")).messages[0]
        await hand.press(inbox, "reputation:agree")

    async def _ask(self, ask: Ask) -> None:
        words = {"title": ask.title[self._language], "details": ask.details[self._language]}
        if ask.first is not None:
            hand = self._hand(ask.who, self._channels[self._rooms.introductions])
            opened = await hand.press(self._cards[self._name(ask.first)], "peer_help:ask_me")
            await hand.fill(opened, {"topic": [ask.topic], "wants": [ask.wants], **words})
            return
        hand = self._hand(ask.who, self._channels[self._rooms.chatting])
        name = ["yes" if ask.is_anonymous else "no"]
        asked = await hand.fill(
            await hand.run("ask new"), {"topic": [ask.topic], "wants": [ask.wants], "anonymous": name, **words}
        )
        if ask.is_anonymous:
            await hand.press(asked.messages[0], "peer_help:post_now")

    async def _know_it_too(self, ask: Ask, who: Person) -> None:
        hand = self._hand(who, self._thread(ask))
        await hand.press(hand.newest("peer_help:me_too"), "peer_help:me_too")

    async def _talk(self, ask: Ask, word: Word) -> None:
        """Say something in an ask's thread; whose first word it is there says before that they can help."""
        hand, words = self._hand(word.who, self._thread(ask)), word.words[self._language]
        if word.who is ask.who and ask.is_anonymous:
            mine = await hand.press(hand.newest("peer_help:manage"), "peer_help:manage")
            await hand.fill(await hand.press(mine.messages[0], "peer_help:reply"), {"reply": words})
            return
        if word.who is not ask.who and word is next(each for each in ask.talk if each.who is word.who):
            await self._say_that_one_can_help(ask, word.who)
        await hand.say(words)

    async def _say_that_one_can_help(self, ask: Ask, helper: Person) -> None:
        if ask.is_invited(helper):
            hand, control = Hand.dm(self._world, self._people[self._name(helper)]), "peer_help:here_asked"
        else:
            hand, control = self._hand(helper, self._channels[self._rooms.helpers]), "peer_help:here"
        await hand.press(hand.newest(control), control)

    async def _close(self, ask: Ask, ending: Ending) -> None:
        hand = self._hand(ask.who, self._thread(ask))
        mine = await hand.press(hand.newest("peer_help:manage"), "peer_help:manage")
        thanked, reason = [str(self._people[self._name(ending.thanked)])], ending.reason[self._language]
        thanks = {"thanked": thanked, "reason": reason, "sharing": ["private"]}
        helped = {"helped": ending.helped[self._language], "findable": ["yes"]}
        await hand.fill(await hand.press(mine.messages[0], "peer_help:resolve"), thanks | helped)

    def _thread(self, ask: Ask) -> int:
        """The thread of an ask: it is called as the ask is."""
        name, channels = ask.title[self._language], self._world.env.backend.channels.values()
        return next(each.id for each in channels if each.is_thread and each.name == name)

    async def _remark(self, remark: Remark) -> None:
        await self._hand(remark.who, self._channels[self._rooms.chatting]).say(remark.words[self._language])

    def _forget_private_replies(self) -> None:
        """Discord's own clients forget them on the next start, too."""
        backend = self._world.env.backend
        for channel_id, messages in backend.messages.items():
            for message in [each for each in messages.values() if each.is_ephemeral]:
                backend.delete_message(channel_id, message.id)
