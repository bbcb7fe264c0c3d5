"""What of check-ins stands in Discord: prompts, their threads, and the answers in them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.features.check_ins.answer_store import AnswerStore
from bot.features.check_ins.follow import ANSWER, CHECK_IN, FEATURE, follow_answer, follow_thread
from bot.features.check_ins.letter_store import LetterStore
from bot.features.check_ins.letters import LETTER, Letters
from bot.features.check_ins.losing import lose, lose_place
from bot.features.check_ins.model import Answer, CheckIn, Prompt, Why
from bot.features.check_ins.store import CheckInStore
from bot.features.check_ins.times import LATE_LIMIT
from bot.features.setup.service import Setup
from bot.kernel.errors import THREAD_LOCKED, UNKNOWN_CHANNEL, DiscordTrouble, ObjectGone
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, MessageId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb

_SAID_LATE = timedelta(minutes=10)  # from which on a prompt says that it comes late


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt as its card shows it."""

    check_in: CheckIn
    prompt: Prompt
    is_late: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it is shown in the thread of its prompt."""

    check_in: CheckIn
    answer: Answer


class CheckInPosts:
    """Tells the worker what to post now, and notes what was posted."""

    def __init__(self, database: Database, setup: Setup, letters: Letters) -> None:
        self._database = database
        self._setup = setup
        self._letters = letters

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return what ``effect`` comes to now."""
        server = await self._setup.server(_server_of(effect))
        if effect.card == LETTER:
            return await self._letters.outgoing(effect, server)
        language = server.language
        async with self._database.read() as transaction:
            store = CheckInStore(transaction, _server_of(effect))
            if effect.card == ANSWER:
                found = await _answered(transaction, effect)
                return None if found is None else _answer(effect, found, language)
            check_in = await store.check_in(effect.object_id)
            prompt = None if check_in is None else await store.prompt(check_in.prompt_id or 0)
            schedule = None if check_in is None else await store.schedule(check_in.schedule_id)
            now = transaction.now
        if check_in is None or prompt is None:
            return None
        is_wanted = schedule is not None and not schedule.is_removed and now - check_in.due_at < LATE_LIMIT
        return _card(effect, check_in, prompt, (now, language), is_wanted=is_wanted)

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note what was posted, and let follow what waited for it."""
        if result_id is None:
            return
        server_id, store = _server_of(effect), CheckInStore(transaction, _server_of(effect))
        if effect.card == LETTER:
            place = outgoing.channel_id, MessageId(result_id)
            await LetterStore(transaction, server_id).posted(effect.object_id, *place)
            return
        if effect.card == ANSWER:
            await _answer_posted(transaction, effect, outgoing, MessageId(result_id))
            return
        check_in = await store.check_in(effect.object_id)
        if check_in is None:
            return
        if effect.verb is Verb.SEND:
            posted = replace(check_in, channel_id=outgoing.channel_id, message_id=result_id, posted_at=transaction.now)
            await store.keep_check_in(posted)
            await Effects(transaction).put(Verb.THREAD, FEATURE, CHECK_IN, effect.object_id, server_id=server_id)
        elif effect.verb is Verb.THREAD and check_in.message_id == outgoing.message_id:
            started = replace(check_in, thread_id=result_id)
            await store.keep_check_in(started)
            await follow_thread(transaction, started)

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Take note that something is gone, or locked: a prompt that has passed is not posted anew."""
        is_gone = isinstance(trouble, ObjectGone) or trouble.code == UNKNOWN_CHANNEL
        if effect.card == ANSWER:
            found = await _answered(transaction, effect)
            return is_gone if found is None else await _answer_failed(transaction, effect, found, trouble)
        store = CheckInStore(transaction, _server_of(effect))
        check_in = await store.check_in(effect.object_id) if effect.card == CHECK_IN else None
        if check_in is not None and effect.verb is Verb.THREAD and is_gone:
            await lose_place(transaction, check_in)
        elif check_in is not None and effect.verb is Verb.SEND:
            await store.keep_check_in(replace(check_in, why=Why.GONE if is_gone else Why.REFUSED))
        return is_gone and effect.verb is not Verb.SEND


async def _answer_failed(transaction: Transaction, effect: Effect, found: Answered, trouble: DiscordTrouble) -> bool:
    """Note why an answer is not shown as it should be; return whether nothing is left to do until that changes."""
    if trouble.code == UNKNOWN_CHANNEL:
        await lose_place(transaction, found.check_in)
    elif isinstance(trouble, ObjectGone):
        if trouble.message_id == found.answer.message_id:  # else it is known already
            await lose(transaction, found.answer)
    elif trouble.code == THREAD_LOCKED:
        locked = replace(found.check_in, is_locked=True)
        await CheckInStore(transaction, _server_of(effect)).keep_check_in(locked)
        return effect.verb is Verb.SEND  # what stands there has to go: moderators are told of that
    else:
        return False
    return True


async def _answered(transaction: Transaction, effect: Effect) -> Answered | None:
    answer = await AnswerStore(transaction, _server_of(effect)).find(effect.object_id)
    check_in = None
    if answer is not None:
        check_in = await CheckInStore(transaction, _server_of(effect)).check_in(answer.check_in_id)
    return None if answer is None or check_in is None else Answered(check_in, answer)


async def _answer_posted(transaction: Transaction, effect: Effect, outgoing: Outgoing, made: MessageId) -> None:
    """Note where an answer stands; changed on its way, it is brought up to date."""
    found = await _answered(transaction, effect)
    if found is None:
        return
    posted = await AnswerStore(transaction, _server_of(effect)).keep(replace(found.answer, message_id=made))
    is_stale = effect.uncertain_since is not None  # what an interrupted attempt posted was drawn before
    if is_stale or outgoing.subject != found:
        await follow_answer(transaction, found.check_in, posted)


def _server_of(effect: Effect) -> ServerId:
    assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
    return effect.server_id


def _card(
    effect: Effect, check_in: CheckIn, prompt: Prompt, present: tuple[datetime, Locale], *, is_wanted: bool
) -> Outgoing | None:
    now, language = present
    if check_in.channel_id is None:  # a member was asked alone
        return None
    if effect.verb is Verb.SEND:
        if check_in.message_id is not None or not (is_wanted or effect.uncertain_since is not None):
            return None
        asked = Asked(check_in, prompt, now - check_in.due_at >= _SAID_LATE)
        return Outgoing(ChannelId(check_in.channel_id), None, language, asked, is_wanted=is_wanted)
    if check_in.message_id is None or check_in.thread_id is not None:
        return None
    asked = Asked(check_in, prompt, is_late=False)
    return Outgoing(ChannelId(check_in.channel_id), MessageId(check_in.message_id), language, asked)


def _answer(effect: Effect, found: Answered, language: Locale) -> Outgoing | None:
    answer, thread_id = found.answer, found.check_in.thread_id
    if thread_id is None or (answer.message_id is None) is (effect.verb is Verb.EDIT):  # sent, or lost, meanwhile
        return None
    if answer.message_id is not None:
        return Outgoing(ChannelId(thread_id), MessageId(answer.message_id), language, found)
    is_wanted = answer.is_shown and not found.check_in.is_locked
    if not (is_wanted or effect.uncertain_since is not None):
        return None
    return Outgoing(ChannelId(thread_id), None, language, found, is_wanted=is_wanted)
