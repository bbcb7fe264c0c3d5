"""What check-ins hold of members, and what of them moderators should see."""

from dataclasses import replace
from datetime import timedelta

from bot.features.check_ins.answer_store import AnswerStore
from bot.features.check_ins.follow import ANSWER, FEATURE, follow_answer
from bot.features.check_ins.model import Answer
from bot.features.check_ins.store import CheckInStore
from bot.features.members.model import ServerWaiting, Waiting
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects

_TOLD = timedelta(days=1)  # for which what was missed is in the moderators' list: it comes once a day


class CheckInHolder:
    """Answers for check-ins when members are looked after as such."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shown_members(self, server_id: ServerId) -> list[MemberId]:
        """Return who is asked alone: who has left is not to be. What was answered stays, also where its writer left."""
        async with self._database.read() as transaction:
            return await CheckInStore(transaction, server_id).asked_alone()

    async def member_left(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """Ask somebody who left nothing more; what they answered stays until they are forgotten."""
        store = CheckInStore(transaction, server_id)
        schedule = await store.own_schedule(member_id)
        if schedule is not None:
            await store.keep_schedule(replace(schedule, is_removed=True, next_at=None))

    async def forget_member(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> bool:
        """Remove all that somebody answered, not while the thread may still show it; and ask them nothing more."""
        await CheckInStore(transaction, server_id).forget_own(member_id)
        answers = AnswerStore(transaction, server_id)
        settled = [await self._forget(transaction, answer) for answer in await answers.all_of(member_id)]
        return all(settled)

    async def forget_expired(self, _transaction: Transaction, _server_id: ServerId) -> None:
        """Nothing of check-ins is kept for a time only."""

    async def waiting(self, _server_id: ServerId, _member_id: MemberId) -> list[Waiting]:
        """Return nothing: nobody is reminded of not answering."""
        return []

    async def server_waiting(self, server_id: ServerId) -> list[ServerWaiting]:
        """Return the prompts that could not be posted when they were due: of each schedule the last."""
        async with self._database.read() as transaction:
            now = transaction.now
            found = await CheckInStore(transaction, server_id).newly_missed(now - _TOLD, now)
        lasts = {each.schedule_id: each for each in found}  # after weeks away, nothing else would fit on the list
        return [
            ServerWaiting("check_ins.waits_missed", each.due_at, each.place_url, why=f"check_ins.why_{each.why}")
            for each in lasts.values()
        ]

    async def topic_renamed(self, _transaction: Transaction, _server_id: ServerId, _old: str, _new: str) -> None:
        """Nothing of check-ins is about a topic."""

    @staticmethod
    async def _forget(transaction: Transaction, answer: Answer) -> bool:
        server_id = ServerId(answer.server_id)
        answers = AnswerStore(transaction, server_id)
        check_in = await CheckInStore(transaction, server_id).check_in(answer.check_in_id)
        if check_in is not None and (answer.words or answer.mood):
            await follow_answer(transaction, check_in, await answers.keep(replace(answer, words="", mood=None)))
        is_settled = await Effects(transaction).is_settled(FEATURE, ANSWER, answer.answer_id, answer.serial)
        if is_settled:
            await answers.forget(answer.answer_id)
        return is_settled
