"""What has to happen when a schedule or an answer changes: written in the transaction that changes it."""

from datetime import datetime, timedelta

from bot.features.check_ins.answer_store import AnswerStore
from bot.features.check_ins.model import Answer, CheckIn, Schedule
from bot.kernel.ids import ServerId
from bot.storage.database import Transaction
from bot.storage.effects import Effects, Verb

FEATURE = "check_ins"
CHECK_IN = "check_in"
ANSWER = "answer"
_OF_ANSWERS = FEATURE, ANSWER
SCHEDULE = "schedule"  # the job that looks what a schedule has come to


async def want_look(transaction: Transaction, schedule: Schedule) -> None:
    """Let it be looked what a schedule comes to, when it does."""
    if schedule.next_at is not None and not schedule.is_removed:
        await Effects(transaction).put(
            Verb.JOB,
            FEATURE,
            SCHEDULE,
            schedule.schedule_id,
            server_id=ServerId(schedule.server_id),
            due_at=schedule.next_at,
        )


async def want_card(transaction: Transaction, server_id: ServerId, check_in_id: int, due_at: datetime) -> None:
    """Let a prompt be posted that is due at ``due_at``, ahead of whatever is only to be looked at then."""
    # A thousand schedules of one minute: were all looked at first, nothing would be on its way to Discord meanwhile.
    ahead = due_at - timedelta(milliseconds=1)
    await Effects(transaction).put(Verb.SEND, FEATURE, CHECK_IN, check_in_id, server_id=server_id, due_at=ahead)


async def follow_answer(transaction: Transaction, check_in: CheckIn, answer: Answer) -> None:
    """Let what stands of an answer come to what is kept of it."""
    server_id, effects = ServerId(answer.server_id), Effects(transaction)
    if answer.message_id is not None:
        await effects.put(Verb.EDIT, FEATURE, ANSWER, answer.answer_id, server_id=server_id)
    elif answer.is_shown and check_in.thread_id is not None:
        await effects.put(Verb.SEND, FEATURE, ANSWER, answer.answer_id, server_id=server_id, serial=answer.serial)


async def follow_thread(transaction: Transaction, check_in: CheckIn) -> None:
    """Let answers come into a thread that waited for it, and what was put aside there be tried again."""
    server_id, answers = ServerId(check_in.server_id), AnswerStore(transaction, ServerId(check_in.server_id))
    aside = [each for each in await Effects(transaction).parked(server_id) if (each.feature, each.card) == _OF_ANSWERS]
    found = [await answers.find(each.object_id) for each in aside]
    for answer in (*await answers.waiting(check_in.check_in_id), *filter(None, found)):
        if answer.check_in_id == check_in.check_in_id:
            await follow_answer(transaction, check_in, answer)
