"""What a member leaves in the tables of check-ins, asked with everybody and alone."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.features.check_ins.answer_store import AnswerStore
from bot.features.check_ins.letter_store import LetterStore
from bot.features.check_ins.model import Answer, CheckIn, Mood, Planned, Schedule, Shows, Written
from bot.features.check_ins.store import CheckInStore
from bot.features.check_ins.times import Due, due_at
from bot.kernel.ids import ChannelId, InteractionId, MemberId, MessageId, ServerId
from bot.storage.database import Transaction
from tests.storage.circle import MODERATOR

TABLE_CHANNEL = ChannelId(1250)
_TOKYO = ZoneInfo("Asia/Tokyo")
_PLANNED = Planned(frozenset({0, 3}), time(20, 30), _TOKYO, TABLE_CHANNEL, "JP")


@dataclass(frozen=True, slots=True)
class Settled:
    """What was left: schedules, what was asked, the member's answers by name, without, and to what they were asked."""

    schedule: Schedule
    own: Schedule
    asked: CheckIn
    asked_alone: CheckIn
    named: Answer
    nameless: Answer
    kept: Answer
    letter_id: int


async def settle_check_ins(
    transaction: Transaction, server_id: ServerId, member_id: MemberId, words: str, serial: int
) -> Settled:
    """Let a member answer prompts of the server's and of their own; a moderator answers, too, and a letter came."""
    store, now = CheckInStore(transaction, server_id), transaction.now
    await store.add_prompt({"ja": "朝の習慣は？", "en": "Your mornings?"}, InteractionId(1200 + serial))
    (prompt,) = await store.prompts()
    await store.use_prompt(prompt.prompt_id)
    next_at = now + timedelta(days=1)
    schedule_id = await store.add_schedule(_PLANNED, next_at, InteractionId(1210 + serial)) or 0
    alone = replace(_PLANNED, channel_id=None, country="")
    await store.add_schedule(alone, next_at, InteractionId(1220 + serial), member_id)
    own = await store.own_schedule(member_id)
    assert own is not None
    await store.keep_schedule(replace(own, paused_until=next_at, unreached=2))
    first, second = [await _asked(store, now, schedule_id, prompt.prompt_id, day) for day in (23, 26)]
    asked_alone = await _asked(store, now, own.schedule_id, prompt.prompt_id, 23)
    await store.occur(schedule_id, _due(30), None)  # which nobody was asked: the bot was away
    answers = AnswerStore(transaction, server_id)
    another = Written("another's", Shows.NAME), InteractionId(1230 + serial)
    await answers.begin(first.check_in_id, MODERATOR, *another, now)
    said = []
    shown = ((first, Shows.NAME), (second, Shows.NAMELESS), (asked_alone, Shows.ME))
    for number, (check_in, shows) in enumerate(shown):
        by = InteractionId(1240 + 10 * number + serial)
        answer = await answers.begin(check_in.check_in_id, member_id, Written(words, shows, Mood.SIGH), by, now)
        is_posted = shows is not Shows.ME
        said.append(await answers.keep(replace(answer, message_id=1300 + 10 * number + serial if is_posted else None)))
    named, nameless, kept = said
    plans = [await store.schedule(each) for each in (schedule_id, own.schedule_id)]
    letter_id = await _written(LetterStore(transaction, server_id), serial)
    return Settled(plans[0] or own, plans[1] or own, first, asked_alone, named, nameless, kept, letter_id)


def _due(day: int) -> Due:
    local = datetime(2026, 11, day, 20, 30, tzinfo=UTC).replace(tzinfo=None)
    return Due(local, due_at(local, _TOKYO))


async def _asked(store: CheckInStore, now: datetime, schedule_id: int, prompt_id: int, day: int) -> CheckIn:
    """Let a schedule come to its time on a day; what is asked of everybody stands in a channel."""
    check_in_id = await store.occur(schedule_id, _due(day), prompt_id)
    check_in = await store.check_in(check_in_id or 0)
    assert check_in is not None
    if check_in.channel_id is not None:
        message_id = 1400 + check_in.check_in_id
        check_in = replace(check_in, message_id=message_id, thread_id=message_id, posted_at=now)
        await store.keep_check_in(check_in)
    return check_in


async def _written(store: LetterStore, serial: int) -> int:
    await store.choose(2, 9)
    letter_id = await store.occur(_due(29), TABLE_CHANNEL) or 0
    await store.posted(letter_id, TABLE_CHANNEL, MessageId(1500 + serial))
    await store.occur(_due(30), None)  # which is still to be posted
    return letter_id
