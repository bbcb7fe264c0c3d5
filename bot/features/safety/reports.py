"""What members tell moderators about others."""

from bot.features.safety.model import WORDS_LIMIT, CaseKind, Complaint, Evidence
from bot.features.safety.posts import look_after
from bot.features.safety.store import SafetyStore
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.storage.database import Database


class Reports:
    """Reports. None of them is screened, and none is lost."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
