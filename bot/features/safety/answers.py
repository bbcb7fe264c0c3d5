"""What members answer to moderators, once each: to a hold on themselves, and to a letter about what they wrote."""

from bot.features.members.inbox import Inbox
from bot.features.members.model import Notice
from bot.features.safety.crisis_store import CrisisStore
from bot.features.safety.model import WORDS_LIMIT, Hold, Letter
from bot.features.safety.posts import ANSWER, FEATURE, LETTER_ANSWER, follow
from bot.features.safety.store import SafetyStore
from bot.features.safety.telling import HOLD, LETTER
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.text import is_visible
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb


class Answers:
    """Answers to the notices that can be answered. None of them is screened, and none is lost."""

    def __init__(self, database: Database, inbox: Inbox) -> None:
        self._database = database
        self._inbox = inbox

    async def demand_answerable(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> None:
        """Let a member's own notice be answered.

        Raises:
            Refusal: it is gone, it is none that can be answered any more, or they have answered.
        """
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        async with self._database.read() as transaction:
            await _answerable(transaction, notice)

    async def answer(self, server_id: ServerId, member_id: MemberId, notice_id: int, words: str) -> None:
        """Answer to a notice, once: moderators see it with the case, which is open again.

        Raises:
            Refusal: it says nothing or too much, or can't be answered (see :meth:`demand_answerable`).
        """
        words = words.strip()
        if not is_visible(words):
            raise Refusal("safety.says_nothing")
        if len(words) > WORDS_LIMIT:
            raise Refusal("safety.too_long")
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        async with self._database.write() as transaction:
            store = SafetyStore(transaction, server_id)
            before = await _told(transaction, notice)
            if before is not None and before.answer == words:
                return  # told again by Discord
            told = await _answerable(transaction, notice)
            card, object_id = await _keep(transaction, server_id, told, words)
            await self._inbox.take(transaction, notice)
            await store.reopen(told.case_id)
            case = await store.case(told.case_id)
            if case is not None:
                await follow(transaction, case)
            await Effects(transaction).put(Verb.JOB, FEATURE, card, object_id, server_id=server_id)


async def _told(transaction: Transaction, notice: Notice) -> Hold | Letter | None:
    """Return what a notice told that can be answered, or None."""
    server_id = ServerId(notice.server_id)
    if (notice.feature, notice.card) == (FEATURE, LETTER):
        return await CrisisStore(transaction, server_id).letter(notice.object_id)
    if (notice.feature, notice.card) != (FEATURE, HOLD):
        return None
    hold = await SafetyStore(transaction, server_id).hold(notice.object_id)
    return hold if hold is not None and hold.member_id == notice.member_id else None


async def _answerable(transaction: Transaction, notice: Notice) -> Hold | Letter:
    told = await _told(transaction, notice)
    if isinstance(told, Letter):
        if not told.words:
            raise Refusal("safety.text_gone")
    elif told is None or not told.is_in_force(transaction.now):
        raise Refusal("safety.hold_over")
    if told.answered_at is not None:
        raise Refusal("safety.answered_before")
    return told


async def _keep(transaction: Transaction, server_id: ServerId, told: Hold | Letter, words: str) -> tuple[str, int]:
    """Keep an answer; return the card and object by which moderators are told."""
    if isinstance(told, Letter):
        await CrisisStore(transaction, server_id).answer(told.letter_id, words)
        return LETTER_ANSWER, told.letter_id
    await SafetyStore(transaction, server_id).answer(told, words)
    return ANSWER, told.hold_id
