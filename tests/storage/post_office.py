"""The inbox with its real services and worker, a Discord small enough for memory, and a feature that tells things."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

from bot.features.members.choices import Choices
from bot.features.members.inbox import Asked, Inbox
from bot.features.members.model import Notice, Told
from bot.features.members.posts import MemberPosts
from bot.features.members.reach import Kind
from bot.features.members.service import Members
from bot.features.setup.service import Setup
from bot.kernel.ids import MemberId
from bot.kernel.metrics import Metrics
from bot.outbound import Outbound
from bot.storage.database import Database, Transaction
from bot.worker import Worker
from tests.storage.house import ONE, HandClock
from tests.storage.pocket import PocketDiscord

FEATURE = "post_office"


@dataclass
class Feature:
    """Tells whatever it is asked to, until it is over."""

    over: set[int] = field(default_factory=set)
    passed_by: list[int] = field(default_factory=list)
    about: int | None = None

    async def tell(self, notice: Notice) -> Told | None:
        return (
            None if notice.object_id in self.over else Told("x.told", person_id=self.about, words=str(notice.object_id))
        )

    async def passed(self, transaction: Transaction, notice: Notice, *, was_last: bool) -> None:
        self.passed_by += [notice.member_id] if was_last else []


class PostOffice:
    """One server; members come in, choose, are told and asked."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database, self.clock = database, clock
        self.discord, self.feature = PocketDiscord(), Feature()
        self.setup = Setup(database)
        self.members, self.inbox = Members(database, self.setup), Inbox(database, self.setup)
        self.choices = Choices(database, self.setup)
        self.held: set[MemberId] = set()
        self.inbox.attach({FEATURE: self.feature}, self._held)
        posts = {"members": MemberPosts(database, self.setup, self.inbox)}
        outbound = cast("Outbound", self.discord)
        self.worker = Worker(database, clock, outbound, self.setup, posts, {}, Metrics())

    async def move_in(self, member_id: int) -> MemberId:
        member = MemberId(member_id)
        await self.members.seen(ONE, member, "ja")
        return member

    async def tell(self, member_id: MemberId, kind: Kind, object_id: int, about: MemberId | None = None) -> None:
        async with self.database.write() as transaction:
            await self.inbox.tell(transaction, ONE, member_id, kind, (FEATURE, "card", object_id), about)

    async def ask(
        self, among: Collection[MemberId], kind: Kind, object_id: int, waiting: MemberId, most: int = 1
    ) -> Asked:
        async with self.database.write() as transaction:
            return await self.inbox.ask(transaction, ONE, kind, (FEATURE, "card", object_id), waiting, among, most)

    async def due(self, after: timedelta = timedelta(0)) -> None:
        """Let what is due after a while be done."""
        self.clock.push(after)
        async with asyncio.timeout(60):
            await self.worker.run_due(self.clock.now())

    def dms(self, member_id: MemberId) -> int:
        return len(self.discord.texts(member_id))

    async def inbox_of(self, member_id: MemberId) -> list[int]:
        """Return the objects of the notices in somebody's inbox, without their looking into it."""
        async with self.database.read() as transaction:
            query = "SELECT object_id FROM notices WHERE member_id = ? ORDER BY notice_id"
            async with transaction.connection.execute(query, [member_id]) as cursor:
                return [row["object_id"] for row in await cursor.fetchall()]

    async def _held(self, _transaction: Transaction, _server_id: int) -> set[MemberId]:
        return self.held


@contextlib.asynccontextmanager
async def opened(database: Database, clock: HandClock) -> AsyncIterator[PostOffice]:
    """Open the office. The worker takes work, and nothing wakes it but the test."""
    office = PostOffice(database, clock)
    await office.setup.server(ONE, "ja")
    await office.worker.start()
    database.on_effects_written(lambda: None)
    yield office
    await office.worker.stop()
