"""What becomes of answers that somebody deleted, and of threads and channels that moderators lock or delete."""

from collections.abc import Mapping
from dataclasses import replace

from bot.features.check_ins.answer_store import AnswerStore
from bot.features.check_ins.follow import follow_thread
from bot.features.check_ins.model import Answer, CheckIn, Shows
from bot.features.check_ins.store import CheckInStore
from bot.kernel.ids import ServerId
from bot.storage.database import Database, Transaction


class LostAnswers:
    """One method for each thing that happens to answers behind the bot's back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def messages_deleted(self, server_id: ServerId, message_ids: set[int]) -> None:
        """Note that messages were deleted; answers that were among them are kept for who wrote them."""
        async with self._database.read() as transaction:
            found = await AnswerStore(transaction, server_id).among(message_ids)
        if not found:
            return  # as nearly always: most messages are none of ours
        async with self._database.write() as transaction:
            for answer in await AnswerStore(transaction, server_id).among(message_ids):
                await lose(transaction, answer)

    async def thread_gone(self, server_id: ServerId, thread_id: int) -> None:
        """Note that a thread was deleted: answers in it are kept for who wrote them."""
        if not await self._of_threads(server_id, {thread_id: True}):
            return
        async with self._database.write() as transaction:
            for check_in in await CheckInStore(transaction, server_id).of_threads([thread_id]):
                await lose_place(transaction, check_in)

    async def channel_gone(self, server_id: ServerId, channel_id: int) -> None:
        """Note that a channel was deleted, and all threads in it, of which Discord says nothing."""
        async with self._database.read() as transaction:
            is_ours = bool(await CheckInStore(transaction, server_id).in_channel(channel_id))
        if not is_ours:
            return
        async with self._database.write() as transaction:
            for check_in in await CheckInStore(transaction, server_id).in_channel(channel_id):
                await lose_place(transaction, check_in)

    async def threads_seen(self, server_id: ServerId, locked: Mapping[int, bool]) -> None:
        """Note which threads are ``locked``, by id; what waited for one to be unlocked comes into it."""
        if not [each for each in await self._of_threads(server_id, locked) if _is_news(each, locked)]:
            return
        async with self._database.write() as transaction:
            store = CheckInStore(transaction, server_id)
            for check_in in await store.of_threads(locked):
                if _is_news(check_in, locked):
                    seen = replace(check_in, is_locked=not check_in.is_locked)
                    await store.keep_check_in(seen)
                    if not seen.is_locked:
                        await follow_thread(transaction, seen)

    async def _of_threads(self, server_id: ServerId, threads: Mapping[int, bool]) -> list[CheckIn]:
        async with self._database.read() as transaction:
            return await CheckInStore(transaction, server_id).of_threads(threads)


def _is_news(check_in: CheckIn, locked: Mapping[int, bool]) -> bool:
    return check_in.is_locked is not locked.get(check_in.thread_id or 0)


async def lose(transaction: Transaction, answer: Answer) -> None:
    """Note that an answer was deleted where others saw it: nobody does any more but who wrote it."""
    lost = replace(answer, shows=Shows.ME, message_id=None, serial=answer.serial + 1)
    await AnswerStore(transaction, ServerId(answer.server_id)).keep(lost)


async def lose_place(transaction: Transaction, check_in: CheckIn) -> None:
    """Note that nobody can read answers to a prompt any more, but who wrote them."""
    gone = replace(check_in, channel_id=None, message_id=None, thread_id=None)
    await CheckInStore(transaction, ServerId(check_in.server_id)).keep_check_in(gone)
