"""The channel for asks: what kind it is, which tags the bot keeps in it, and what waits to be posted there."""

from datetime import timedelta
from typing import Protocol

from bot.features.members.inbox import Inbox
from bot.features.members.topics import Topics
from bot.features.peer_help.follow import FEATURE, PLACE, STEP, publish, want_place
from bot.features.peer_help.help_store import HelpChannel, HelpStore
from bot.features.peer_help.losing import lose_channel
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.tags import tag_codes
from bot.features.setup.model import Finding, Place, Server
from bot.features.setup.service import Setup
from bot.kernel.errors import UNKNOWN_CHANNEL, DiscordTrouble, PlaceGone, TryLater
from bot.kernel.i18n import Texts
from bot.kernel.ids import ChannelId, ServerId
from bot.kernel.tags import Tag
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Jobs, Verb

_AGAIN = timedelta(days=1)  # somebody may have deleted a tag, or chosen other topics
_FULL, _FORBIDDEN = "full", "forbidden"
_FINDINGS = {_FULL: "peer_help.check_tags_full", _FORBIDDEN: "peer_help.check_tags_forbidden"}


class Forums(Protocol):
    """What Discord knows of forums."""

    async def is_forum(self, channel_id: ChannelId) -> bool:
        """Return whether a channel is a forum.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        ...

    async def keep_tags(self, channel_id: ChannelId, wanted: list[Tag]) -> list[int | None]:
        """Bring a forum's tags in line; return the id of each one that is ``wanted``, None where there was no room.

        Raises:
            DiscordTrouble: they may not be as they should.
        """
        ...


class HelpPlace:
    """Looks after the channel when it is chosen, when topics change, and once a day."""

    def __init__(
        self, database: Database, setup: Setup, inbox: Inbox, topics: Topics, texts: Texts, forums: Forums
    ) -> None:
        self._database = database
        self._setup = setup
        self._inbox = inbox
        self._topics = topics
        self._texts = texts
        self._forums = forums

    async def run(self, effect: Effect) -> None:
        """Find out what the channel is, keep its tags, and let be posted what waits for it.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        assert effect.server_id is not None  # noqa: S101 - a channel is a server's
        server = await self._setup.server(effect.server_id)
        channel_id = server.places.get(Place.HELP)
        tags: dict[str, int] = {}
        channel, is_deleted = None, False
        try:
            if channel_id is not None:
                channel, tags = await self._look(server, ChannelId(channel_id))
        except PlaceGone as trouble:  # `/setup check` says so; what waits is posted when another one is chosen
            is_deleted = trouble.code == UNKNOWN_CHANNEL
        async with self._database.write() as transaction:
            if (await self._setup.server_in(transaction, effect.server_id)).places.get(Place.HELP) != channel_id:
                await want_place(transaction, effect.server_id)
                return  # another one was chosen while Discord was asked
            helping = HelpStore(transaction, effect.server_id)
            await helping.keep_help_channel(channel)
            if channel_id is not None and is_deleted:  # while the bot was away
                await lose_channel(self._inbox, transaction, effect.server_id, channel_id)
            if channel is not None:
                await helping.keep_tags(channel.channel_id, tags)
                for ask in await AskStore(transaction, effect.server_id).unposted():
                    await publish(transaction, ask)
            await want_place(transaction, effect.server_id, transaction.now + _AGAIN)

    async def _look(self, server: Server, channel_id: ChannelId) -> tuple[HelpChannel, dict[str, int]]:
        if not await self._forums.is_forum(channel_id):
            return HelpChannel(channel_id, is_forum=False), {}
        async with self._database.read() as transaction:
            known = await HelpStore(transaction, ServerId(server.server_id)).tags(channel_id)
        codes = tag_codes(await self._topics.of(ServerId(server.server_id)))
        wanted = [self._tag(server, code, known.get(code)) for code in codes]
        try:
            found = await self._forums.keep_tags(channel_id, wanted)
        except TryLater:
            raise
        except DiscordTrouble:
            return HelpChannel(channel_id, is_forum=True, trouble=_FORBIDDEN), known
        tags = {code: tag_id for code, tag_id in zip(codes, found, strict=True) if tag_id is not None}
        return HelpChannel(channel_id, is_forum=True, trouble="" if len(tags) == len(codes) else _FULL), tags

    def _tag(self, server: Server, code: str, tag_id: int | None) -> Tag:
        kind, _, what = code.partition(":")
        if kind == "topic":
            return Tag(self._topics.label(server.language, what), is_moderated=False, tag_id=tag_id)
        name = self._texts(server.language, f"peer_help.tag_{what or kind}")
        return Tag(name, is_moderated=kind == "state", tag_id=tag_id)


class PeerHelpJobs:
    """The work of this feature at certain times."""

    def __init__(self, ladder: Jobs, place: Jobs, database: Database) -> None:
        self._jobs = {STEP: ladder, PLACE: place}
        self._database = database

    async def run(self, effect: Effect) -> None:
        """Do the work that ``effect`` names."""
        await self._jobs[effect.card].run(effect)

    async def tend(self, server_id: ServerId) -> None:
        """See to it that the channel for asks is looked after."""
        async with self._database.read() as transaction:
            goes_on = await Effects(transaction).is_under_way(Verb.JOB, FEATURE, PLACE, server_id)
        if goes_on:
            return  # all servers come at once at start: presses shall not queue behind writes for nothing
        async with self._database.write() as transaction:
            await want_place(transaction, server_id)


async def place_changed(transaction: Transaction, server: Server, place: Place) -> None:
    """Let the channel be looked after that moderators chose just now."""
    if place is Place.HELP:
        await HelpStore(transaction, ServerId(server.server_id)).keep_help_channel(None)
        await want_place(transaction, ServerId(server.server_id))


async def topics_changed(transaction: Transaction, server_id: ServerId) -> None:
    """Let the forum's tags follow the list of topics."""
    await want_place(transaction, server_id)


async def findings(transaction: Transaction, server: Server) -> list[Finding]:
    """Return what a check says of the tags."""
    channel = await HelpStore(transaction, ServerId(server.server_id)).help_channel()
    key = None if channel is None else _FINDINGS.get(channel.trouble)
    return [] if key is None else [Finding(good=False, text=key, mention=f"<#{channel.channel_id}>" if channel else "")]
