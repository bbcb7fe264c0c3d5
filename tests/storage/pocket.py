"""A Discord small enough for one test's memory, and the real services and worker that post to it."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NoReturn, cast

from bot.features.introductions.finding import Finding
from bot.features.introductions.hellos import Hellos
from bot.features.introductions.holder import IntroductionHolder
from bot.features.introductions.model import Hello, Introduction, Written
from bot.features.introductions.posts import IntroductionPosts
from bot.features.introductions.service import Introductions
from bot.features.introductions.teller import IntroductionTeller
from bot.features.introductions.welcome import WelcomeLadder
from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox, Teller
from bot.features.members.posts import MemberPosts
from bot.features.members.service import Holder, Members
from bot.features.members.sweep import MemberSweep
from bot.features.members.topics import Topics
from bot.features.reputation import roles, sources
from bot.features.reputation.corrections import Corrections
from bot.features.reputation.holder import ReputationHolder
from bot.features.reputation.posts import PublicThanks, ReputationPosts
from bot.features.reputation.roles import RoleRepair, Roles
from bot.features.reputation.service import Reputation
from bot.features.reputation.sources import Sources
from bot.features.reputation.standings import Standings
from bot.features.reputation.teller import ReputationTeller
from bot.features.safety.crises import Crises
from bot.features.safety.jobs import zone_changed
from bot.features.safety.service import Safety
from bot.features.setup.model import Place
from bot.features.setup.posts import SetupPosts
from bot.features.setup.service import Setup
from bot.kernel.errors import UNKNOWN_CHANNEL, DiscordTrouble, DmRefused, ObjectGone, PlaceGone, Rejected, TryLater
from bot.kernel.i18n import Texts
from bot.kernel.ids import ChannelId, InteractionId, MemberId, RoleId, ServerId
from bot.kernel.metrics import Metrics
from bot.kernel.people import Person
from bot.outbound import Outbound
from bot.settings import Secret
from bot.storage.database import Database
from bot.storage.effects import Effect, Jobs, Outgoing, Posts, Verb
from bot.storage.installation import Installation
from bot.worker import Worker
from tests.storage.house import AKI, BENI, ONE, HandClock

PATIENCE = 60  # seconds in which a round of a few effects surely ends
HALL, YARD = ChannelId(50), ChannelId(60)
BUSY = TryLater(0, "429", uncertain=False)
LOST = TryLater(0, "503", uncertain=True)
FORBIDDEN = 50013
DM_REFUSED = 50007
Doing = Callable[[Effect, Outgoing], int | None]


@dataclass
class Post:
    """A message of the bot."""

    key: str
    channel_id: int
    text: str
    is_pinned: bool = False


@dataclass
class Fault:
    """How calls fail: with which trouble, and whether only after it was done."""

    trouble: DiscordTrouble
    done: bool


@dataclass
class Gate:
    """Where calls are held up, in flight."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    opened: asyncio.Event = field(default_factory=asyncio.Event)


class PocketDiscord:
    """Stands where the bot's Outbound does and keeps its contract: what may have been made is looked for first."""

    def __init__(self) -> None:
        self.posts: dict[int, Post] = {}
        self.threads: dict[int, bool] = {}  # by id, which is their message's: whether it is closed
        self.homes: dict[int, int] = {}  # the channel of each thread
        self.channels: set[int] = {HALL, YARD}
        self.forums: set[int] = set()  # of the channels
        self.members: set[int] = {AKI, BENI}
        self.closed: set[int] = set()  # members who take no private messages
        self.directory_trouble: DiscordTrouble | None = None  # why it does not say who is a member
        self.bots: set[int] = set()
        self.worn: dict[int, set[int]] = {}  # roles by member
        self.stuck: dict[int, str] = {}  # roles that the bot can't give, and why
        self.sent = 0
        self._faults: dict[Verb, Fault] = {}
        self._gates: dict[Verb, Gate] = {}
        self._ids = itertools.count(1000)

    def fail(self, verb: Verb, trouble: DiscordTrouble, *, done: bool = False) -> None:
        """Let all calls of a kind fail until :meth:`mend`; ``done`` lets them first do what they should."""
        self._faults[verb] = Fault(trouble, done)

    def forbid(self, verb: Verb) -> None:
        """Take the permission for one kind of call from the bot."""
        self.fail(verb, PlaceGone("trouble.refused", FORBIDDEN, "missing permissions"))

    def mend(self) -> None:
        self._faults.clear()

    def hold(self, verb: Verb) -> Gate:
        """Hold calls of a kind up, before they are done, until the gate is opened."""
        return self._gates.setdefault(verb, Gate())

    def close_dms(self, member_id: int) -> None:
        """Let a member take no private messages from the bot any more."""
        self.closed.add(member_id)

    def delete_channel(self, channel_id: int) -> None:
        for thread_id in [one for one, home in self.homes.items() if home == channel_id and one in self.threads]:
            self.delete_thread(thread_id)
        self.channels.remove(channel_id)
        self.posts = {key: post for key, post in self.posts.items() if post.channel_id != channel_id}

    def delete_thread(self, thread_id: int) -> None:
        del self.threads[thread_id]
        self.posts = {key: post for key, post in self.posts.items() if post.channel_id != thread_id}

    def texts(self, channel_id: int | None = None) -> list[str]:
        """Return what stands in a channel (of private messages, the member's id), or everywhere, oldest first."""
        return [post.text for post in self.posts.values() if channel_id in {None, post.channel_id}]

    async def perform(self, effect: Effect, outgoing: Outgoing) -> int | None:
        if gate := self._gates.pop(effect.verb, None):
            gate.reached.set()
            await gate.opened.wait()
        fault = self._faults.get(effect.verb)
        if fault is not None and not fault.done:
            self._raise(fault.trouble, outgoing)
        doing: dict[Verb, Doing] = {
            Verb.SEND: self._send,
            Verb.POST: self._start_post,
            Verb.DM: self._send_dm,
            Verb.EDIT: self._edit,
            Verb.PIN: self._pin,
            Verb.THREAD: self._start_thread,
            Verb.EDIT_THREAD: self._edit_thread,
            Verb.CHANNEL: self._make_channel,
        }
        result_id = doing[effect.verb](effect, outgoing)
        if fault is not None:
            self._raise(fault.trouble, outgoing)
        return result_id

    async def is_member(self, server_id: ServerId, member_id: MemberId) -> bool:
        self._ask()
        return member_id in self.members

    async def person(self, server_id: ServerId, member_id: MemberId) -> Person | None:
        self._ask()
        is_here = member_id in self.members
        return Person(member_id, (f"name of {member_id}",), member_id in self.bots) if is_here else None

    async def role_troubles(self, server_id: ServerId, role_ids: Collection[int]) -> dict[int, str]:
        self._ask()
        return {role_id: self.stuck[role_id] for role_id in role_ids if role_id in self.stuck}

    async def roles_of(self, server_id: ServerId, member_id: MemberId) -> set[int] | None:
        self._ask()
        return set(self.worn.get(member_id, ())) if member_id in self.members else None

    async def give_role(self, server_id: ServerId, member_id: MemberId, role_id: RoleId) -> None:
        self._ask()
        self.worn.setdefault(member_id, set()).add(role_id)

    async def take_role(self, server_id: ServerId, member_id: MemberId, role_id: RoleId) -> None:
        self._ask()
        self.worn[member_id].remove(role_id)

    def _ask(self) -> None:
        if self.directory_trouble is not None:
            raise self.directory_trouble

    def _raise(self, trouble: DiscordTrouble, outgoing: Outgoing) -> NoReturn:
        trouble.channel_id, trouble.message_id = outgoing.channel_id, outgoing.message_id
        raise trouble

    def _send(self, effect: Effect, outgoing: Outgoing) -> int | None:
        self._enter(outgoing)
        return self._write(effect, outgoing, outgoing.channel_id)

    def _start_post(self, effect: Effect, outgoing: Outgoing) -> int | None:
        self._enter(outgoing)
        if outgoing.channel_id not in self.forums:
            self._raise(Rejected("trouble.refused", 50035, "no forum"), outgoing)
        if effect.uncertain_since is not None:
            found = next((one for one, post in self.posts.items() if post.key == effect.key), None)
            if found is not None or not outgoing.is_wanted:
                return found
        thread_id = next(self._ids)
        self.threads[thread_id], self.homes[thread_id] = False, outgoing.channel_id
        self.posts[thread_id] = Post(effect.key, thread_id, self._drawn(effect, outgoing))
        self.sent += 1
        return thread_id

    def _send_dm(self, effect: Effect, outgoing: Outgoing) -> int | None:
        return self._write(effect, outgoing, cast("int", outgoing.member_id))

    def _write(self, effect: Effect, outgoing: Outgoing, channel_id: int) -> int | None:
        if effect.uncertain_since is not None:
            made = (one for one, post in self.posts.items() if post.key == effect.key)
            found = next((one for one in made if self.posts[one].channel_id == channel_id), None)
            if found is not None or not outgoing.is_wanted:
                return found
        if channel_id in self.closed:
            self._raise(DmRefused("trouble.refused", DM_REFUSED, "cannot send messages to this user"), outgoing)
        message_id = next(self._ids)
        self.posts[message_id] = Post(effect.key, channel_id, self._drawn(effect, outgoing))
        self.sent += 1
        return message_id

    def _edit(self, effect: Effect, outgoing: Outgoing) -> None:
        was_closed = self.threads.get(outgoing.channel_id, False)
        self._post(outgoing).text = self._drawn(effect, outgoing)
        if was_closed:
            self.threads[outgoing.channel_id] = True

    def _pin(self, effect: Effect, outgoing: Outgoing) -> None:
        self._post(outgoing).is_pinned = True

    def _start_thread(self, effect: Effect, outgoing: Outgoing) -> int | None:
        self._post(outgoing)
        message_id = cast("int", outgoing.message_id)
        if outgoing.is_wanted:
            self.threads.setdefault(message_id, False)
            self.homes[message_id] = outgoing.channel_id
        return message_id if message_id in self.threads else None

    def _edit_thread(self, effect: Effect, outgoing: Outgoing) -> None:
        self._enter(outgoing)
        self.threads[outgoing.channel_id] = outgoing.closed

    def _make_channel(self, effect: Effect, outgoing: Outgoing) -> int:
        channel_id = next(self._ids)
        self.channels.add(channel_id)
        return channel_id

    def _post(self, outgoing: Outgoing) -> Post:
        self._enter(outgoing)
        post = self.posts.get(outgoing.message_id or 0)
        if post is None:
            self._raise(ObjectGone("trouble.refused", 10008, "unknown message"), outgoing)
        return post

    def _enter(self, outgoing: Outgoing) -> None:
        if outgoing.channel_id not in self.channels | self.threads.keys():
            self._raise(PlaceGone("trouble.refused", UNKNOWN_CHANNEL, "unknown channel"), outgoing)
        if outgoing.channel_id in self.threads:
            self.threads[outgoing.channel_id] = False  # whatever is posted in a thread opens it

    def _drawn(self, effect: Effect, outgoing: Outgoing) -> str:
        """Return what stands in a message: as much of what would be drawn as tests look at."""
        if isinstance(outgoing.subject, Introduction):
            return outgoing.subject.now if outgoing.subject.is_published else "(withdrawn)"
        if isinstance(outgoing.subject, PublicThanks):
            return outgoing.subject.thanks.reason if outgoing.subject.is_shown else "(hidden)"
        return outgoing.subject.words if isinstance(outgoing.subject, Hello) else effect.card


class Pocket:
    """One server of two members, with an introductions channel; its effects happen when a test says so."""

    def __init__(self, database: Database, clock: HandClock, discord: PocketDiscord | None = None) -> None:
        self.database, self.clock = database, clock
        self.discord = discord or PocketDiscord()
        self.metrics, texts = Metrics(), Texts()
        self.setup = Setup(database)
        self.members = Members(database, self.setup)
        self.inbox, self.choices = Inbox(database, self.setup), Choices(database, self.setup)
        self.topics = Topics(database, texts)
        self.crises = Crises(database, self.setup, self.members)
        self.safety = Safety(database, self.members, self.inbox, self.crises)
        self.introductions = Introductions(
            database, texts, self.setup, self.members, self.topics, self.choices, self.safety
        )
        self.installation = Installation(database)
        self.standings = Standings(database, self.setup, self.choices)
        self.reputation = Reputation(
            database, self.installation, self.setup, self.members, self.inbox, self.choices, self.safety
        )
        self.reputation.attach(self.discord)
        self.corrections = Corrections(database, self.installation, self.setup, self.inbox, self.standings)
        self.sources = Sources(database, self.installation, self.setup, self.members, self.standings)
        self.roles = Roles(database)
        self.hellos = Hellos(database, self.choices, self.inbox, self.safety, self.reputation)
        self.finding = Finding(database, self.setup, self.topics, self.choices)
        self.holder = IntroductionHolder(database, texts, self.topics)
        self.setup.attach([zone_changed], (sources.findings, roles.findings))
        self.holders: tuple[Holder, ...] = (self.holder, ReputationHolder(database))
        self.members.attach(self.holders)
        self.topics.attach([self.holder.topic_renamed])
        self.tellers: dict[str, Teller] = {
            "introductions": IntroductionTeller(database),
            "reputation": ReputationTeller(database),
        }
        self.inbox.attach(self.tellers, self.safety.held_members)
        self.sweep = MemberSweep(database, self.holders, self.discord)
        self.posts: dict[str, Posts] = {
            "setup": SetupPosts(database, self.setup),
            "members": MemberPosts(database, self.setup, self.inbox),
            "introductions": IntroductionPosts(database, self.setup, self.topics, self.choices),
            "reputation": ReputationPosts(database, self.setup),
        }
        outbound = cast("Outbound", self.discord)
        self.ladder = WelcomeLadder(database, self.choices, self.inbox, self.discord)
        self.jobs: dict[str, Jobs] = {
            "members": self.sweep,
            "introductions": self.ladder,
            "reputation": RoleRepair(database, self.standings, self.discord),
        }
        self.worker = Worker(database, clock, outbound, self.setup, self.posts, self.jobs, self.metrics)
        self._acts = itertools.count(1)

    async def write(self, now: str, member_id: MemberId = AKI) -> Introduction:
        return await self.introductions.write(ONE, member_id, "Aki", Written(now), self.act())

    async def withdraw(self) -> None:
        await self.introductions.withdraw(ONE, AKI)

    async def greet(self, words: str = "hello from beni") -> None:
        """Let Beni say hello to Aki."""
        card = await self.introduction()
        await self.hellos.say_hello(ONE, BENI, card.introduction_id, "", words, self.act())

    async def choose(self, channel_id: ChannelId | None) -> None:
        await self.setup.choose_place(ONE, BENI, Place.INTRODUCTIONS, channel_id)

    async def introduction(self) -> Introduction:
        """Return what is kept as Aki's introduction."""
        found = await self.introductions.show(ONE, AKI)
        assert found is not None
        return found

    async def due(self, after: timedelta = timedelta(0)) -> None:
        """Let what is due after a while be done."""
        self.clock.push(after)
        async with asyncio.timeout(PATIENCE):
            await self.worker.run_due(self.clock.now())

    async def later(self) -> None:
        """Let the longest pause after a failure pass."""
        await self.due(timedelta(hours=1))

    @contextlib.asynccontextmanager
    async def in_flight(self, verb: Verb) -> AsyncIterator[None]:
        """Do what is due, and let the block happen while a call of a kind is under way."""
        gate = self.discord.hold(verb)
        running = asyncio.create_task(self.due())
        await gate.reached.wait()
        yield
        gate.opened.set()
        await running

    def act(self) -> InteractionId:
        return InteractionId(next(self._acts))

    async def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        async with self.database.read() as transaction, transaction.connection.execute(query, values) as cursor:
            return [tuple(row) for row in await cursor.fetchall()]

    async def in_turn(self, *acts: Awaitable[object]) -> None:
        """Let acts happen that have all read before the first of them could write; they write in this order."""
        running: list[asyncio.Future[object]] = []
        async with self.database.write():
            for act in acts:
                running.append(asyncio.ensure_future(act))
                while sum(1 for _ in _waiting(self.database)) < len(running):
                    await asyncio.sleep(0)
        await asyncio.gather(*running)


def _waiting(database: Database) -> Iterator[object]:
    """Yield whoever waits to write."""
    return iter(cast("Any", database)._writing._waiters or ())


@contextlib.asynccontextmanager
async def opened(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    """Set a server up. The worker takes work, and nothing wakes it but the test."""
    pocket = Pocket(database, clock)
    await pocket.installation.keep_host_key(Secret(""))
    await pocket.setup.server(ONE, "en")
    await pocket.choose(HALL)
    for member_id in (AKI, BENI):
        await pocket.members.seen(ONE, member_id, "en")
    await pocket.worker.start()
    database.on_effects_written(lambda: None)
    await pocket.due()
    yield pocket
    await pocket.worker.stop()
