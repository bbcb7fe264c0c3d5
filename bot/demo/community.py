"""How the demo's server came to be: set up and lived in through the bot's own commands, buttons and forms."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import discord
import simcord

from bot.demo.hand import Hand, offers
from bot.demo.people import AOI, CHAT, HARU, HELLOS, MEMBERS, WELCOME, Hello, Introduction, Remark
from bot.demo.world import World

SERVER: Final = "三十路の縁側"
HISTORY: Final = 12
"""Days between the founding of the server and the visitor's evening."""

_DOOR: Final = "はじめに"
_INTRODUCTIONS: Final = "自己紹介"
_CHATTING: Final = "雑談"
_HELPERS: Final = "聞ける人の部屋"
_MODERATORS: Final = "運営"
_CHANNELS: Final = {
    "玄関": {
        _DOOR: "ようこそ。まずはここから。 / Start here.",
        _INTRODUCTIONS: "ひとりに一枚のカード。声をかけるのは、お気軽に。 / One card each, and a thread for hellos.",
    },
    "縁側": {
        _CHATTING: "オチのない話も歓迎です。 / No punchline needed.",
        _HELPERS: "話を聞けるときに、のぞいてみてください。 / Look in when you have time to listen.",
    },
    "奥の間": {_MODERATORS: "世話人だけの部屋です。 / For moderators."},
}

_Event = tuple[timedelta, Callable[[], Awaitable[None]]]


async def settle_in(world: World) -> int:
    """Fill an empty world; returns the id of the newcomer, who has just come in.

    Raises LookupError when the bot does not offer what the story needs.
    """
    return await _Story(world).tell()


class _Story:
    def __init__(self, world: World) -> None:
        self._world = world
        self._evening = world.env.now() + timedelta(days=HISTORY)
        self._people: dict[str, int] = {}
        self._channels: dict[str, int] = {}
        self._cards: dict[str, simcord.ResponseMessage] = {}

    async def tell(self) -> int:
        await self._found()
        await self._set_up()
        for before, event in sorted(self._events(), key=lambda each: each[0], reverse=True):
            await self._until(self._evening - before)
            await event()
        await self._until(self._evening)
        self._forget_private_replies()
        # Discord announces who joins from here on: those who were there before the bot need no welcome.
        world = self._world
        world.env.backend.edit_guild(world.guild.id, {"system_channel_id": self._channels[_DOOR]})
        newcomer = await world.move_in(AOI.name, AOI.locale, AOI.caption)
        return newcomer.actor.id

    def _events(self) -> Iterator[_Event]:
        for villager in MEMBERS:
            yield villager.introduction.before, partial(self._introduce, villager.name, villager.introduction)
        for hello in HELLOS:
            yield hello.before, partial(self._greet, hello)
        for remark in CHAT:
            yield remark.before, partial(self._remark, remark)

    async def _until(self, moment: datetime) -> None:
        await self._world.pass_time(max(0.0, (moment - self._world.env.now()).total_seconds()))

    def _hand(self, who: str, channel_id: int) -> Hand:
        return Hand(self._world, self._people[who], channel_id)

    async def _found(self) -> None:
        guild = self._world.guild
        duties = discord.Permissions(manage_guild=True, manage_channels=True, manage_messages=True)
        keepers = guild.create_role("世話人", permissions=duties, color=0xE0A370)
        for villager in (HARU, *MEMBERS):
            role = keepers if villager is HARU else None
            resident = await self._world.move_in(villager.name, villager.locale, villager.caption, role)
            self._people[villager.name] = resident.actor.id
        seen, unseen = discord.PermissionOverwrite(view_channel=True), discord.PermissionOverwrite(view_channel=False)
        bot = guild.roles[self._world.env.backend.bot_user.name]
        for category, channels in _CHANNELS.items():
            parent = guild.create_category(category)
            for name, topic in channels.items():
                channel = guild.create_text_channel(
                    name,
                    topic=topic,
                    category=parent,
                    overwrites={guild.default_role: unseen, keepers: seen, bot: seen} if name == _MODERATORS else None,
                )
                self._channels[name] = channel.id
        self._keepers = keepers

    async def _set_up(self) -> None:
        await self._hand(HARU.name, self._channels[_DOOR]).say(WELCOME)
        hand = self._hand(HARU.name, self._channels[_MODERATORS])
        panel = (await hand.run("setup panel")).messages[0]
        for menu, wanted in {
            "language": "ja",
            "zone": "Asia/Tokyo",
            "introductions_channel": str(self._channels[_INTRODUCTIONS]),
            "helpers_channel": str(self._channels[_HELPERS]),
            "moderators_channel": str(self._channels[_MODERATORS]),
            "moderators_role": str(self._keepers.id),
        }.items():
            await hand.choose(panel, f"setup:{menu}", wanted)
        await hand.press(panel, "setup:post_panel")

    async def _introduce(self, who: str, introduction: Introduction) -> None:
        hand = self._hand(who, self._channels[_INTRODUCTIONS])
        promise = await hand.run("intro write")
        opened = await hand.press(promise.messages[0], "introductions:promise")
        written = await hand.fill(
            opened,
            {
                "now": introduction.now,
                "offer_topics": introduction.offers,
                "seek_topics": introduction.seeks,
                "note": introduction.note,
                "link": introduction.link,
            },
        )
        opened = await hand.press(written.messages[0], "introductions:trades")
        await hand.fill(opened, {"trades": introduction.trades, "trade_line": introduction.trade_line})
        self._cards[who] = self._newest("introductions:hello")

    async def _greet(self, hello: Hello) -> None:
        hand = self._hand(hello.giver, self._channels[_INTRODUCTIONS])
        card = self._cards[hello.receiver]
        await hand.fill(await hand.press(card, "introductions:hello"), {"ready": [hello.ready], "words": hello.words})
        if hello.reply:
            # A thread that hangs on a message has the message's id.
            await self._hand(hello.receiver, card.id).say(hello.reply)

    async def _remark(self, remark: Remark) -> None:
        await self._hand(remark.who, self._channels[_CHATTING]).say(remark.words)

    def _forget_private_replies(self) -> None:
        """Discord's own clients forget them on the next start, too."""
        backend = self._world.env.backend
        for channel_id, messages in backend.messages.items():
            for message in [each for each in messages.values() if each.is_ephemeral]:
                backend.delete_message(channel_id, message.id)

    def _newest(self, control: str) -> simcord.ResponseMessage:
        channel_id = self._channels[_INTRODUCTIONS]
        for message_id in sorted(self._world.env.backend.messages[channel_id], reverse=True):
            message = self._world.message(channel_id, message_id)
            if offers(message, control):
                return message
        raise LookupError(control)
