"""What moderators do about cases. What concerns themselves does not exist for them."""

from dataclasses import dataclass
from typing import Protocol

from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind
from bot.features.members.service import Members
from bot.features.safety import case_files
from bot.features.safety.case_files import CaseFile
from bot.features.safety.case_store import CaseStore
from bot.features.safety.crisis_store import CrisisStore
from bot.features.safety.model import (
    ACTS_PAGE,
    CASES_PAGE,
    LET_THROUGH_KEPT,
    LONGEST_HOLD,
    PAGES_LIMIT,
    TOLD,
    TOLD_LIMIT,
    WORDS_LIMIT,
    CaseKind,
    CasePage,
    HoldOrder,
    Outcome,
    latest_of_each,
)
from bot.features.safety.posts import FEATURE
from bot.features.safety.store import SafetyStore
from bot.features.safety.telling import CLOSED, HOLD, LETTER, LIFTED, tell_writer
from bot.features.setup.model import Server
from bot.features.setup.service import Setup
from bot.kernel.errors import DiscordTrouble, Refusal
from bot.kernel.ids import InteractionId, MemberId, RoleId, ServerId
from bot.storage.acts import Act, Acts
from bot.storage.database import Database, Transaction

__all__ = ["Act", "CaseFile", "Cases", "Directory", "Trail"]


class Directory(Protocol):
    """Who is a moderator of a server, asked of Discord itself."""

    async def is_moderator(self, server_id: ServerId, member_id: MemberId, role_id: RoleId | None) -> bool:
        """Return whether somebody is in the server, and owns it, manages it or holds the role.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        ...

    async def owner(self, server_id: ServerId) -> MemberId:
        """Return who owns the server.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        ...


@dataclass(frozen=True, slots=True)
class Trail:
    """One page of what moderators did, newest first. ``number`` counts from 0."""

    server_id: int
    acts: tuple[Act, ...]
    number: int
    has_more: bool


class Cases:
    """One method for each thing that a moderator can do. Each is noted with who did it."""

    def __init__(self, database: Database, setup: Setup, members: Members, inbox: Inbox) -> None:
        self._database = database
        self._setup = setup
        self._members = members
        self._inbox = inbox
        self._directory: Directory | None = None

    def attach(self, directory: Directory) -> None:
        """Hand in who knows the moderators; until then nobody can be put on hold."""
        self._directory = directory

    async def page(self, server_id: ServerId, by: MemberId, number: int) -> CasePage:
        """Return page ``number``, from 0, of the cases: those that wait first."""
        async with self._database.read() as transaction:
            store = CaseStore(transaction, server_id, by)
            total = await store.count()
            pages = min(max(1, -(-total // CASES_PAGE)), PAGES_LIMIT)
            number = min(max(number, 0), pages - 1)
            return CasePage(tuple(await store.page(CASES_PAGE, number * CASES_PAGE)), number, pages, total)

    async def file(self, server_id: ServerId, by: MemberId, case_id: int) -> CaseFile:
        """Return a case with all that belongs to it.

        Raises:
            Refusal: there is none of that number, for this moderator.
        """
        async with self._database.read() as transaction:
            return await case_files.file(transaction, server_id, by, case_id)

    async def trail(self, server_id: ServerId, by: MemberId, number: int) -> Trail:
        """Return page ``number``, from 0, of what moderators did."""
        number = min(max(number, 0), PAGES_LIMIT - 1)
        async with self._database.read() as transaction:
            found = await Acts(transaction).latest(server_id, by, ACTS_PAGE + 1, number * ACTS_PAGE)
        has_more = len(found) > ACTS_PAGE and number + 1 < PAGES_LIMIT
        return Trail(server_id, tuple(found[:ACTS_PAGE]), number, has_more)

    async def take(self, server_id: ServerId, by: MemberId, case_id: int) -> CaseFile:
        """Take care of a case.

        Raises:
            Refusal: there is none, or it is closed.
        """
        async with self._database.write() as transaction:
            case = await case_files.find_open(transaction, server_id, by, case_id)
            if case.taken_by_id != by:
                await CaseStore(transaction, server_id, by).take(case_id)
                await case_files.note(transaction, case, by, "case.take")
            return await case_files.file(transaction, server_id, by, case_id, changed=True)

    async def note(self, server_id: ServerId, by: MemberId, case_id: int, words: str) -> CaseFile:
        """Add a note to a case; the same one twice is one.

        Raises:
            Refusal: there is none, or the note says nothing or too much.
        """
        words = case_files.told(words, WORDS_LIMIT)
        if not words:
            raise Refusal("safety.says_nothing")
        async with self._database.write() as transaction:
            case = await case_files.find(transaction, server_id, by, case_id)
            before = await Acts(transaction).of_case(server_id, case_id)
            if not any((act.actor_id, act.act, act.words) == (by, "case.note", words) for act in before):
                await case_files.note(transaction, case, by, "case.note", words)
            return await case_files.file(transaction, server_id, by, case_id)

    async def close(
        self, server_id: ServerId, by: MemberId, case_id: int, outcome: Outcome, told: str, words: str
    ) -> CaseFile:
        """Close a case, and let all who reported hear so.

        Args:
            server_id: where.
            by: who closes it.
            case_id: which.
            outcome: one of :data:`TOLD`, which is what they are told.
            told: what is added to that, in own words.
            words: what came of it, for moderators alone.

        Raises:
            Refusal: there is none, it is closed or waits for another decision, or something is too long.
        """
        told, words = case_files.told(told, TOLD_LIMIT), case_files.told(words, WORDS_LIMIT)
        async with self._database.write() as transaction:
            if await case_files.has_ended_so(transaction, server_id, by, case_id, outcome, told, words):
                return await case_files.file(transaction, server_id, by, case_id)
            case = await case_files.find_open(transaction, server_id, by, case_id)
            if case.kind in {CaseKind.HELD, CaseKind.CRISIS} or outcome not in TOLD:
                raise Refusal("safety.no_case")
            await CaseStore(transaction, server_id, by).close(case_id, outcome, told)
            await case_files.note(transaction, case, by, "case.close", words)
            for report in latest_of_each(await SafetyStore(transaction, server_id).reports(case_id)):
                await self._tell(transaction, server_id, report.member_id, CLOSED, report.report_id)
            return await case_files.file(transaction, server_id, by, case_id, changed=True)

    async def end(self, server_id: ServerId, by: MemberId, case_id: int, words: str) -> CaseFile:
        """Close a case of crisis words, with ``words`` for moderators alone; nobody is told, as nobody waits for it.

        Raises:
            Refusal: there is none, it is closed or of another kind, or the words are too long.
        """
        words = case_files.told(words, WORDS_LIMIT)
        async with self._database.write() as transaction:
            if await case_files.has_ended_so(transaction, server_id, by, case_id, None, "", words):
                return await case_files.file(transaction, server_id, by, case_id)
            case = await case_files.find_open(transaction, server_id, by, case_id)
            if case.kind is not CaseKind.CRISIS:
                raise Refusal("safety.no_case")
            await CaseStore(transaction, server_id, by).close(case_id, None, "")
            await case_files.note(transaction, case, by, "case.close", words)
            return await case_files.file(transaction, server_id, by, case_id, changed=True)

    async def write(
        self, server_id: ServerId, by: MemberId, case_id: int, words: str, interaction_id: InteractionId
    ) -> CaseFile:
        """Write to whoever wrote the text of a case, also where nobody knows who that is; they can answer once.

        Raises:
            Refusal: there is none, it is closed, nobody can be written to, or the words say nothing or too much.
        """
        words = case_files.told(words, WORDS_LIMIT)
        if not words:
            raise Refusal("safety.says_nothing")
        async with self._database.write() as transaction:
            store = CrisisStore(transaction, server_id)
            if await store.letter_of_interaction(interaction_id) is not None:
                return await case_files.file(transaction, server_id, by, case_id)
            case = await case_files.find_open(transaction, server_id, by, case_id)
            letter = await store.write(case_id, words, interaction_id) if case.can_be_answered else None
            if letter is None:
                raise Refusal("safety.nobody_to_write")
            await tell_writer(self._inbox, transaction, case, LETTER, letter.letter_id)
            await case_files.note(transaction, case, by, "case.write")
            return await case_files.file(transaction, server_id, by, case_id)

    async def let_through(self, server_id: ServerId, by: MemberId, case_id: int) -> CaseFile:
        """Let a text that was held back be posted by its writer, who hears so.

        Raises:
            Refusal: there is none, or it is decided.
        """
        return await self._decide(server_id, by, case_id, Outcome.LET_THROUGH, "")

    async def keep_back(self, server_id: ServerId, by: MemberId, case_id: int, told: str) -> CaseFile:
        """Keep a text back; its writer hears so, with what is ``told``, and can change it.

        Raises:
            Refusal: there is none, it is decided, or what is told is too long.
        """
        return await self._decide(server_id, by, case_id, Outcome.KEEP_BACK, case_files.told(told, TOLD_LIMIT))

    async def hold(
        self, server_id: ServerId, by: MemberId, order: HoldOrder, interaction_id: InteractionId
    ) -> CaseFile:
        """Put a member on hold, who hears so at once, with the reason.

        It belongs to the case about them that is open, or to a new one that waits for nobody.

        Raises:
            Refusal: it can't be on them, or for so long, or says nothing or too much.
        """
        reason = case_files.told(order.reason, TOLD_LIMIT)
        if not reason:
            raise Refusal("safety.says_nothing")
        if not 1 <= order.days <= LONGEST_HOLD:
            raise Refusal("safety.hold_days", longest=LONGEST_HOLD)
        member_id = MemberId(order.member_id)
        server = await self._holdable(server_id, by, member_id)
        async with self._database.write() as transaction:
            store, desk = SafetyStore(transaction, server_id), CaseStore(transaction, server_id, by)
            before = await desk.hold_of_interaction(interaction_id)
            if before is not None:
                return await case_files.file(transaction, server_id, by, before.case_id)
            if await store.hold_on(member_id) is not None:
                raise Refusal("safety.on_hold_already")
            case_id = await store.case_about(member_id)
            if case_id is None:
                case_id = await store.open_case(CaseKind.HOLD, member_id, interaction_id, waits=False)
            hold = await desk.begin_hold(case_id, HoldOrder(member_id, order.days, reason), interaction_id)
            if hold is not None:
                await self._members.meet(transaction, server_id, member_id, server.language)
                await self._tell(transaction, server_id, member_id, HOLD, hold.hold_id)
            await case_files.note(
                transaction, await case_files.find(transaction, server_id, by, case_id), by, "hold.begin", reason
            )
            return await case_files.file(transaction, server_id, by, case_id)

    async def lift(self, server_id: ServerId, by: MemberId, case_id: int) -> CaseFile:
        """End the hold of a case before its time; the member hears so.

        Raises:
            Refusal: there is no such case, or no hold in force.
        """
        async with self._database.write() as transaction:
            file = await case_files.file(transaction, server_id, by, case_id)
            if file.hold is None:
                raise Refusal("safety.hold_over")
            await CaseStore(transaction, server_id, by).lift(file.hold.hold_id)
            await self._tell(transaction, server_id, file.hold.member_id, LIFTED, file.hold.hold_id)
            await case_files.note(transaction, file.case, by, "hold.lift")
            return await case_files.file(transaction, server_id, by, case_id)

    async def _decide(self, server_id: ServerId, by: MemberId, case_id: int, outcome: Outcome, told: str) -> CaseFile:
        async with self._database.write() as transaction:
            if await case_files.has_ended_so(transaction, server_id, by, case_id, outcome, told, told):
                return await case_files.file(transaction, server_id, by, case_id)
            case = await case_files.find_open(transaction, server_id, by, case_id)
            if case.kind is not CaseKind.HELD or case.about_id is None:
                raise Refusal("safety.no_case")
            await CaseStore(transaction, server_id, by).close(case_id, outcome, told)
            writer_id = MemberId(case.about_id)
            if outcome is Outcome.LET_THROUGH:
                store = SafetyStore(transaction, server_id)
                await store.clear(writer_id, case.digest, LET_THROUGH_KEPT, by_moderator=True)
            await self._tell(transaction, server_id, writer_id, outcome, case_id)
            await case_files.note(transaction, case, by, f"case.{outcome}", told)
            return await case_files.file(transaction, server_id, by, case_id, changed=True)

    async def _holdable(self, server_id: ServerId, by: MemberId, member_id: MemberId) -> Server:
        if member_id == by:
            raise Refusal("safety.hold_oneself")
        server = await self._setup.server(server_id)
        role_id = server.moderators_role_id
        try:
            is_moderator = self._directory is None or await self._directory.is_moderator(
                server_id, member_id, None if role_id is None else RoleId(role_id)
            )
        except DiscordTrouble as trouble:
            raise Refusal("safety.discord_silent") from trouble
        if is_moderator:
            raise Refusal("safety.hold_moderator")
        return server

    async def _tell(
        self, transaction: Transaction, server_id: ServerId, member_id: int | None, card: str, object_id: int
    ) -> None:
        if member_id is not None:
            subject = FEATURE, card, object_id
            await self._inbox.tell(transaction, server_id, MemberId(member_id), Kind.MODERATORS, subject)
