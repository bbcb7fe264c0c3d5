"""A server in which members ask each other: the real services, ladder and worker, and a Discord that has forums."""

import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

from bot.features.members.reach import Kind, Way
from bot.features.peer_help import place as help_place
from bot.features.peer_help.anonymity import Anonymity
from bot.features.peer_help.climbing import HelpLadder
from bot.features.peer_help.ending import Endings
from bot.features.peer_help.finding import FindingAsks
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.helping import Helping
from bot.features.peer_help.holder import PeerHelpHolder
from bot.features.peer_help.model import Ask, HandPost, Helper, Wants, Written
from bot.features.peer_help.place import HelpPlace, PeerHelpJobs
from bot.features.peer_help.posts import Came, PeerHelpPosts, Relayed
from bot.features.peer_help.service import Asks
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.telling import PeerHelpTeller
from bot.features.setup.model import Place
from bot.kernel.errors import UNKNOWN_CHANNEL, PlaceGone
from bot.kernel.i18n import Texts
from bot.kernel.ids import ChannelId, MemberId, RoleId, ServerId
from bot.kernel.tags import Tag
from bot.settings import Secret
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Outgoing
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import Pocket, PocketDiscord

BOARD, OTHER_BOARD, HELPERS = ChannelId(70), ChannelId(71), ChannelId(72)
MIO, NAO = MemberId(200000000000000003), MemberId(200000000000000004)
TOPIC = "parenting"
HELPFUL = (BENI, MIO, NAO)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class HelpDiscord(PocketDiscord):
    """One with two forums and a channel of helpers, which knows moderators and shows what is said in threads."""

    def __init__(self) -> None:
        super().__init__()
        self.forums = {BOARD, OTHER_BOARD}
        self.channels |= {BOARD, OTHER_BOARD, HELPERS}
        self.members |= {MIO, NAO}
        self.moderators = {MIO, NAO}

    async def is_moderator(self, server_id: ServerId, member_id: MemberId, role_id: RoleId | None) -> bool:
        self._ask()
        return member_id in self.moderators

    async def is_forum(self, channel_id: ChannelId) -> bool:
        self._ask()
        if channel_id not in self.channels:
            raise PlaceGone("trouble.refused", UNKNOWN_CHANNEL, "unknown channel")
        return channel_id in self.forums

    async def keep_tags(self, channel_id: ChannelId, wanted: list[Tag]) -> list[int | None]:
        self._ask()
        return list(range(1, len(wanted) + 1))

    def cards(self, ask: Ask) -> list[str]:
        """Return the cards that stand of an ask, wherever it is: each as the state that it shows, and its title."""
        return self.said(ask, "ask")

    def said(self, ask: Ask, begin: str) -> list[str]:
        """Return what stands of an ask, wherever it is, of one kind."""
        begin = f"{begin} {ask.ask_id} "
        return [text.removeprefix(begin) for text in self.texts() if text.startswith(begin)]

    def _drawn(self, effect: Effect, outgoing: Outgoing) -> str:
        match outgoing.subject:
            case Ask() as ask if effect.card == "call":
                return f"call {ask.ask_id} {ask.state}"
            case Ask() as ask:
                return f"ask {ask.ask_id} {ask.state} {ask.title}"
            case Came(ask, helper):
                return f"came {ask.ask_id} {helper.member_id}"
            case Relayed(ask, reply):
                return f"reply {ask.ask_id} {reply.words}"
            case HandPost():
                return "offer"
        return super()._drawn(effect, outgoing)


class Helpline(Pocket):
    """The pocket server with a forum for asks, and members who agreed to be asked about one topic."""

    def __init__(self, database: Database, clock: HandClock, discord: HelpDiscord | None = None) -> None:
        self.discord: HelpDiscord = discord or HelpDiscord()
        super().__init__(database, clock, self.discord)
        self.offers: list[MemberId] = list(HELPFUL)
        self.asks = Asks(database, self.setup, self.members, self.inbox, self.choices, self.topics, self.safety)
        self.asks.attach(self._offering)
        self.helping = Helping(database, self.setup, self.members, self.inbox, self.choices, self.safety)
        self.anonymity = Anonymity(database, self.setup, self.inbox, self.safety, self.asks)
        self.anonymity.attach(self.discord)
        self.endings = Endings(database, self.inbox, self.safety, self.reputation)
        self.finding_asks = FindingAsks(database, self.choices)
        self.help_holder = PeerHelpHolder(database, self.inbox)
        self.holders = (self.help_holder, *self.holders)
        self.members.attach(self.holders)
        self.setup.attach((), (), help_place.place_changed)
        self.tellers["peer_help"] = PeerHelpTeller(database)
        self.posts["peer_help"] = PeerHelpPosts(database, self.setup, self.topics, self.inbox)
        ladder = HelpLadder(database, self.setup, self.choices, self.inbox, self.discord, self._offering)
        place = HelpPlace(database, self.setup, self.inbox, self.topics, Texts(), self.discord)
        self.jobs["peer_help"] = PeerHelpJobs(ladder, place, database)

    async def ask(
        self,
        member_id: MemberId = AKI,
        title: str = "a question",
        wants: Wants = Wants.EITHER,
        first_id: MemberId | None = None,
    ) -> Ask:
        """Ask by name."""
        return await self.asks.ask(ONE, member_id, Written(TOPIC, wants, title), self.act(), first_id)

    async def ask_anonymously(
        self, member_id: MemberId = AKI, title: str = "a question", wants: Wants = Wants.EITHER
    ) -> Ask:
        """Ask under a pseudonym; it is posted within ten minutes."""
        written = Written(TOPIC, wants, title)
        preview = await self.anonymity.preview(ONE, member_id, written, self.act())
        return await self.anonymity.post(ONE, member_id, preview.ask_id)

    async def now(self, ask: Ask) -> Ask:
        """Return what became of an ask."""
        found = await self.now_or_none(ask.ask_id)
        assert found is not None
        return found

    async def now_or_none(self, ask_id: int) -> Ask | None:
        """Return what became of an ask; None where nothing is left of it."""
        async with self.database.read() as transaction:
            return await AskStore(transaction, ONE).find(ask_id)

    async def say(self, ask: Ask, member_id: MemberId) -> None:
        """Let somebody write in an ask's thread."""
        thread_id = (await self.now(ask)).thread_id
        assert thread_id is not None
        self.discord.threads[thread_id] = False
        await self.helping.spoken(ONE, thread_id, member_id)

    async def helpers(self, ask: Ask) -> list[Helper]:
        """Return who takes part in an ask."""
        async with self.database.read() as transaction:
            return await HelpStore(transaction, ONE).helpers(ask.ask_id)

    async def notices(self, card: str, ask_id: int | None = None) -> list[tuple[int, int]]:
        """Return the notices of a kind, as who has them (nobody where that is sealed) and what they are about."""
        found = await self.rows(
            "SELECT member_id, object_id FROM notices WHERE feature = 'peer_help' AND card = ? ORDER BY notice_id", card
        )
        return [(member_id, object_id) for member_id, object_id in found if ask_id in {None, object_id}]

    async def _offering(self, transaction: Transaction, server_id: ServerId, topic: str) -> list[MemberId]:
        return self.offers


@contextlib.asynccontextmanager
async def opened(
    database: Database, clock: HandClock, channel_id: ChannelId = BOARD, discord: HelpDiscord | None = None
) -> AsyncIterator[Helpline]:
    """Set a server up that never sleeps, with a channel for asks; helpers may be asked by private message."""
    line = Helpline(database, clock, discord)
    await line.installation.keep_host_key(Secret(""))
    await line.setup.server(ONE, "en")
    await line.setup.choose_hours(ONE, MIO, 0, 24)
    await line.setup.choose_place(ONE, MIO, Place.HELP, channel_id)
    await line.setup.choose_place(ONE, MIO, Place.HELPERS, HELPERS)
    for member_id in (AKI, *HELPFUL):
        await line.members.seen(ONE, member_id, "en")
    for member_id in HELPFUL:
        await line.choices.choose_quiet(ONE, member_id, 0, 0)
        for kind in (Kind.HELP, Kind.NAMED):
            await line.choices.consent(ONE, member_id, kind, Way.DM)
    await line.worker.start()
    database.on_effects_written(lambda: None)
    await line.due()
    yield line
    await line.worker.stop()


async def asked(line: Helpline, wants: Wants = Wants.EITHER) -> Ask:
    """Let Aki ask, and let it be posted."""
    ask = await line.ask(wants=wants)
    await line.due()
    return await line.now(ask)


async def mended(line: Helpline) -> None:
    """Let moderators mend what stopped the bot, and time pass."""
    line.discord.mend()
    await line.setup.try_again(ONE, MIO)
    for _ in range(3):
        await line.later()
