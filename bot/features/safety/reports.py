"""What members tell moderators: reports about others, and answers to a hold on themselves."""

from bot.features.members.inbox import Inbox
from bot.features.members.model import Notice
from bot.features.safety.model import WORDS_LIMIT, CaseKind, Complaint, Evidence, Hold
from bot.features.safety.posts import ANSWER, FEATURE, follow, look_after
from bot.features.safety.store import SafetyStore
from bot.features.safety.telling import HOLD
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import is_visible
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb


class Reports:
    """One method for each thing that a member can tell moderators. None of it is screened, and none is lost."""

    def __init__(self, database: Database, inbox: Inbox) -> None:
        self._database = database
        self._inbox = inbox

    async def begin(
        self, server_id: ServerId, member_id: MemberId, evidence: Evidence, interaction_id: InteractionId
    ) -> int:
        """Keep the message that a member is about to report, for a day; return under which number.

        Discord hands it over only now, and not when the form is sent.

        Raises:
            Refusal: it is their own.
        """
        if evidence.author_id == member_id:
            raise Refusal("safety.report_oneself")
        async with self._database.write() as transaction:
            return await SafetyStore(transaction, server_id).begin_report(member_id, evidence, interaction_id)

    async def report(
        self,
        server_id: ServerId,
        member_id: MemberId,
        complaint: Complaint,
        interaction_id: InteractionId,
        begun_id: int = 0,
    ) -> MemberId:
        """Tell moderators about somebody; return whom. What is open about them takes up further reports.

        Args:
            server_id: where.
            member_id: who tells.
            complaint: about whom, and what.
            interaction_id: the command or form; repeated, it changes nothing.
            begun_id: the message that it is about (see :meth:`begin`), if any.

        Raises:
            Refusal: it is about themselves, too long, or about the writer of a message that is not kept any more.
        """
        if len(complaint.words) > WORDS_LIMIT:
            raise Refusal("safety.too_long")
        async with self._database.write() as transaction:
            store = SafetyStore(transaction, server_id)
            before = await store.case_of_report(interaction_id)
            if before is not None:
                return MemberId(before.about_id or 0)
            evidence = await store.begun(member_id, begun_id)
            about_id = complaint.about_id or (None if evidence is None else evidence.author_id)
            if about_id is None:
                raise Refusal("safety.message_gone")
            if about_id == member_id:
                raise Refusal("safety.report_oneself")
            about = MemberId(about_id)
            case_id = await store.case_about(about)
            if case_id is None:
                case_id = await store.open_case(CaseKind.REPORT, about, interaction_id)
            await store.add_report(case_id, member_id, complaint, evidence, interaction_id)
            await store.drop_begun(member_id, begun_id)
            await look_after(transaction, server_id, case_id)
            return about

    async def answerable(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Hold:
        """Return the hold on a member that a notice told them of, to which they may answer.

        Raises:
            Refusal: it is over, or they have answered.
        """
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        async with self._database.read() as transaction:
            return await _answerable(transaction, notice)

    async def answer(self, server_id: ServerId, member_id: MemberId, notice_id: int, words: str) -> None:
        """Answer to a hold, once: moderators see it with the case.

        Raises:
            Refusal: it says nothing or too much, the hold is over, or they have answered.
        """
        words = words.strip()
        if not is_visible(words):
            raise Refusal("safety.says_nothing")
        if len(words) > WORDS_LIMIT:
            raise Refusal("safety.too_long")
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        async with self._database.write() as transaction:
            store = SafetyStore(transaction, server_id)
            before = await store.hold(notice.object_id)
            if before is not None and before.answer == words:
                return  # told again by Discord
            hold = await _answerable(transaction, notice)
            await store.answer(hold, words)
            await self._inbox.take(transaction, notice)
            case = await store.case(hold.case_id)
            if case is not None:
                await follow(transaction, case)
            await Effects(transaction).put(Verb.JOB, FEATURE, ANSWER, hold.hold_id, server_id=server_id)


async def _answerable(transaction: Transaction, notice: Notice) -> Hold:
    is_one = (notice.feature, notice.card) == (FEATURE, HOLD)
    hold = await SafetyStore(transaction, ServerId(notice.server_id)).hold(notice.object_id) if is_one else None
    if hold is None or hold.member_id != notice.member_id or not hold.is_in_force(transaction.now):
        raise Refusal("safety.hold_over")
    if hold.answered_at is not None:
        raise Refusal("safety.answered_before")
    return hold
