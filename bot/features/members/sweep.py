"""The slow daily look at who is still here, and the forgetting of who is long gone."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from bot.features.members.model import LEFT_KEPT, SWEEP_EVERY, SWEEP_PAUSE, SWEEP_STEP, Sweep, is_suspicious
from bot.features.members.service import FEATURE, Holder
from bot.features.members.store import MemberStore
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.logs import get_logger
from bot.storage.database import Database, Transaction
from bot.storage.effects import DONE_KEPT, Effect, Effects, Verb

_TEND = "tend"
_log = get_logger(__name__)


class Directory(Protocol):
    """Who is in a server, asked of Discord itself."""

    async def is_member(self, server_id: ServerId, member_id: MemberId) -> bool:
        """Return whether the person is in the server.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        ...


class MemberSweep:
    """Looks up those of whom something is published, a few at a time, once a day."""

    def __init__(self, database: Database, holders: Sequence[Holder], directory: Directory) -> None:
        self._database = database
        self._holders = holders
        self._directory = directory

    async def tend(self, server_id: ServerId) -> None:
        """See to it that a server's daily sweep goes on."""
        async with self._database.read() as transaction:
            goes_on = await Effects(transaction).is_under_way(Verb.JOB, FEATURE, _TEND, server_id)
        if goes_on:
            return  # all servers come at once at start: presses shall not queue behind writes for nothing
        async with self._database.write() as transaction:
            await self._again(transaction, server_id, SWEEP_EVERY)

    async def run(self, effect: Effect) -> None:
        """Look a few more up; after the last, draw the conclusions and forget what is too old."""
        assert effect.server_id is not None  # noqa: S101 - a sweep is a server's
        server_id = effect.server_id
        async with self._database.read() as transaction:
            sweep = await MemberStore(transaction, server_id).sweep()
        shown = await self._shown(server_id)
        ahead = [member_id for member_id in shown if member_id > sweep.after_member_id]
        missing = [
            member_id for member_id in ahead[:SWEEP_STEP] if not await self._directory.is_member(server_id, member_id)
        ]
        async with self._database.write() as transaction:
            store = MemberStore(transaction, server_id)
            for member_id in missing:
                await store.miss(member_id)
            if len(ahead) > SWEEP_STEP:
                await store.keep_sweep(Sweep(sweep.looked_up + SWEEP_STEP, ahead[SWEEP_STEP - 1]))
                await self._again(transaction, server_id, SWEEP_PAUSE)
                return
            await self._conclude(transaction, store, server_id, sweep.looked_up + len(ahead))
            await self._forget(transaction, store, server_id, set(shown))
            await self._again(transaction, server_id, SWEEP_EVERY)

    async def _shown(self, server_id: ServerId) -> list[MemberId]:
        shown = [await holder.shown_members(server_id) for holder in self._holders]
        return sorted({member_id for members in shown for member_id in members})

    async def _conclude(
        self, transaction: Transaction, store: MemberStore, server_id: ServerId, looked_up: int
    ) -> None:
        gone = await store.missing()
        if is_suspicious(len(gone), looked_up):
            _log.error("sweep stopped: too many would count as left", server=server_id, gone=len(gone), of=looked_up)
        else:
            for member_id in gone:
                await store.leave(member_id)
                for holder in self._holders:
                    await holder.member_left(transaction, server_id, member_id)
        await store.forget_missing()
        await store.keep_sweep(Sweep())

    async def _forget(
        self, transaction: Transaction, store: MemberStore, server_id: ServerId, shown: set[MemberId]
    ) -> None:
        long_ago = transaction.now - LEFT_KEPT
        for member_id in await store.not_seen_since(long_ago):
            if member_id in shown:
                continue
            forgotten = [await holder.forget_member(transaction, server_id, member_id) for holder in self._holders]
            if all(forgotten):
                await store.forget(member_id)
        await Effects(transaction).forget_done(before=transaction.now - DONE_KEPT)
        await store.forget_newcomers(long_ago)
        await store.drop_expired_drafts()
        await store.forget_old_notices()
        for holder in self._holders:
            await holder.forget_expired(transaction, server_id)

    @staticmethod
    async def _again(transaction: Transaction, server_id: ServerId, after: timedelta) -> None:
        await Effects(transaction).put(
            Verb.JOB, FEATURE, _TEND, server_id, server_id=server_id, due_at=transaction.now + after
        )
