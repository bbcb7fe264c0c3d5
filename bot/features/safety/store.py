"""What may be posted, cases, reports, holds and the daily list of one server, in one transaction."""

import json
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from bot.features.safety.columns import PERSONAL_COLUMNS
from bot.features.safety.model import (
    BEGUN_KEPT,
    CASES_KEPT,
    LET_THROUGH_KEPT,
    LONGEST_STEP,
    LOUD_REPORTS,
    LOUD_WITHIN,
    Case,
    CaseKind,
    CaseState,
    Complaint,
    Evidence,
    Fields,
    Hold,
    Report,
)
from bot.features.safety.rows import case_of, hold_of, report_of
from bot.kernel.clock import from_micros, moment_or_none, to_micros
from bot.kernel.ids import ChannelId, InteractionId, MemberId, MessageId, ServerId
from bot.storage.database import Transaction, queries_in, rows

__all__ = ["PERSONAL_COLUMNS", "SafetyStore"]


class SafetyStore:
    """What is kept for the safety of one server."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._connection = transaction.connection
        self._moment = transaction.now
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def own_rules(self) -> str | None:
        """Return the server's own words and patterns, as typed; None where there are none."""
        rules: str | None = await self._queries.own_rules(self._connection, server_id=self._server_id)
        return rules or None

    async def keep_own_rules(self, rules: str) -> None:
        """Keep the server's own words and patterns."""
        await self._queries.keep_own_rules(self._connection, server_id=self._server_id, rules=rules)

    async def clearance(self, member_id: MemberId, digest: str) -> bool | None:
        """Return whether a moderator let a text through; False where its writer read a warning, None for neither."""
        found = await self._queries.clearance(self._connection, **self._of(member_id), digest=digest, now=self._now)
        return None if found is None else bool(found)

    async def clear(self, member_id: MemberId, digest: str, span: timedelta, *, by_moderator: bool) -> None:
        """Let a text be posted as it is, for a while."""
        await self._queries.clear(
            self._connection,
            **self._of(member_id),
            digest=digest,
            by_moderator=by_moderator,
            expires_at=to_micros(self._moment + span),
        )

    async def hold_on(self, member_id: MemberId) -> Hold | None:
        """Return the hold that is in force on a member, or None."""
        row = await self._queries.hold_on(self._connection, **self._of(member_id), now=self._now)
        return None if row is None else hold_of(row)

    async def forget_clearance(self, member_id: MemberId, digest: str) -> None:
        """Forget that a text of a member's was cleared."""
        await self._queries.forget_clearance(self._connection, **self._of(member_id), digest=digest)

    async def held_members(self) -> list[MemberId]:
        """Return who is on hold."""
        found = self._queries.held_members(self._connection, server_id=self._server_id, now=self._now)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def hold(self, hold_id: int) -> Hold | None:
        """Return the hold, or None."""
        row = await self._queries.hold(self._connection, server_id=self._server_id, hold_id=hold_id)
        return None if row is None else hold_of(row)

    async def holds(self, case_id: int) -> list[Hold]:
        """Return the holds of a case, in their order."""
        return [
            hold_of(row) for row in await rows(self._queries.holds_of_case(self._connection, **self._case(case_id)))
        ]

    async def answer(self, hold: Hold, words: str) -> None:
        """Keep what a member answers to a hold."""
        await self._queries.answer(
            self._connection, server_id=self._server_id, hold_id=hold.hold_id, answer=words, now=self._now
        )

    async def reopen(self, case_id: int) -> None:
        """Open a closed case again."""
        await self._queries.reopen(self._connection, **self._case(case_id))

    async def open_case(
        self, kind: CaseKind, about_id: MemberId, interaction_id: InteractionId, *, waits: bool = True
    ) -> int:
        """Open a case about a member; return its number. What is reported is discreet until it is known not to be."""
        return await self._open(kind, about_id, interaction_id, waits=waits)

    async def open_held(
        self, about_id: MemberId, reason: str, held: tuple[str, Fields, str], interaction_id: InteractionId
    ) -> int:
        """Open a case for a text that was ``held``: its form, its fields and its digest; return its number."""
        form, fields, digest = held
        values = {"reason": reason, "form": form, "digest": digest}
        values["fields"] = json.dumps(fields, ensure_ascii=False)
        return await self._open(CaseKind.HELD, about_id, interaction_id, waits=True, **values)

    async def case(self, case_id: int) -> Case | None:
        """Return the case, or None."""
        row = await self._queries.find_case(self._connection, **self._case(case_id))
        return None if row is None else case_of(row)

    async def case_about(self, about_id: MemberId) -> int | None:
        """Return the case about a member's doings that is not closed, or None."""
        case_id: int | None = await self._queries.case_about(
            self._connection, server_id=self._server_id, about_id=about_id
        )
        return case_id

    async def open_about(self, member_id: MemberId) -> list[int]:
        """Return the cases about a member or their texts that are not closed."""
        found = self._queries.open_about(self._connection, **self._of(member_id))
        return [row["case_id"] for row in await rows(found)]

    async def reported(self) -> list[Case]:
        """Return the cases about members' doings that are not closed."""
        found = self._queries.reported(self._connection, server_id=self._server_id)
        return [case_of(row) for row in await rows(found)]

    async def case_of_text(self, about_id: MemberId, digest: str) -> Case | None:
        """Return the latest case of a member's text that was held back, or None."""
        case_id = await self._queries.case_of_text(
            self._connection, server_id=self._server_id, about_id=about_id, digest=digest
        )
        return None if case_id is None else await self.case(case_id)

    async def case_of_report(self, interaction_id: InteractionId) -> Case | None:
        """Return the case into which a report came, or None where it has not come yet."""
        case_id = await self._queries.report_of_interaction(
            self._connection, server_id=self._server_id, interaction_id=interaction_id
        )
        return None if case_id is None else await self.case(case_id)

    async def begin_report(self, member_id: MemberId, evidence: Evidence, interaction_id: InteractionId) -> int:
        """Keep a message that a member is about to report, once for each interaction; return under which number."""
        await self._queries.begin_report(
            self._connection,
            **self._of(member_id),
            evidence=evidence.text,
            author_id=evidence.author_id,
            channel_id=evidence.channel_id,
            message_id=evidence.message_id,
            interaction_id=interaction_id,
            now=self._now,
        )
        begun_id: int = await self._queries.begun_by_interaction(
            self._connection, server_id=self._server_id, interaction_id=interaction_id
        )
        return begun_id

    async def begun(self, member_id: MemberId, begun_id: int) -> Evidence | None:
        """Return the message that a member is about to report, or None where none is kept."""
        since = to_micros(self._moment - BEGUN_KEPT)
        row = await self._queries.begun(self._connection, **self._of(member_id), begun_id=begun_id, since=since)
        if row is None:
            return None
        return Evidence(row["evidence"], row["author_id"], row["channel_id"], row["message_id"])

    async def drop_begun(self, member_id: MemberId, begun_id: int) -> None:
        """Remove the message of a member's report that was begun."""
        await self._queries.drop_begun(self._connection, **self._of(member_id), begun_id=begun_id)

    async def add_report(
        self,
        case_id: int,
        member_id: MemberId,
        complaint: Complaint,
        evidence: Evidence | None,
        interaction_id: InteractionId,
    ) -> None:
        """Add a report to a case, with the message that it is about, if any."""
        await self._queries.add_report(
            self._connection,
            **self._case(case_id),
            member_id=member_id,
            reason=complaint.reason,
            words=complaint.words,
            evidence="" if evidence is None else evidence.text,
            author_id=None if evidence is None else evidence.author_id,
            channel_id=None if evidence is None else evidence.channel_id,
            message_id=None if evidence is None else evidence.message_id,
            interaction_id=interaction_id,
            now=self._now,
        )

    async def report(self, report_id: int) -> Report | None:
        """Return the report, or None."""
        row = await self._queries.report(self._connection, server_id=self._server_id, report_id=report_id)
        return None if row is None else report_of(row)

    async def reports(self, case_id: int) -> list[Report]:
        """Return the reports of a case, in their order."""
        return [report_of(row) for row in await rows(self._queries.reports(self._connection, **self._case(case_id)))]

    async def is_loud(self, case: Case) -> bool:
        """Return whether moderators are to be told of a case at once: not where somebody sends a great many."""
        if case.kind is CaseKind.CRISIS and case.about_id is None:
            return True  # of whom nobody knows, nobody knows either how often they were heard
        of_it = {**self._case(case.case_id), "within": LOUD_WITHIN // timedelta(microseconds=1)}
        if case.kind in {CaseKind.HELD, CaseKind.CRISIS}:
            held: int = await self._queries.held_lately(self._connection, **of_it)
            return 0 < held <= LOUD_REPORTS
        loud: int = await self._queries.loud_reports(self._connection, **of_it, most=LOUD_REPORTS)
        return loud > 0

    async def set_discreet(self, case_id: int, *, is_discreet: bool) -> None:
        """Note whether a case is kept out of the moderators' channel."""
        await self._queries.set_discreet(self._connection, **self._case(case_id), is_discreet=is_discreet)

    async def place(self, case_id: int, channel_id: ChannelId | None, message_id: MessageId | None) -> None:
        """Note where a case's post stands, or is to stand."""
        values = {"channel_id": channel_id, "message_id": message_id}
        await self._queries.place(self._connection, **self._case(case_id), **values)

    async def waiting(self) -> tuple[int, datetime] | None:
        """Return how many cases wait that are not discreet, and since when the oldest has; None where none does."""
        row = await self._queries.waiting(self._connection, server_id=self._server_id)
        return (row["number"], from_micros(row["since"])) if row["number"] else None

    async def list_day(self) -> int | None:
        """Return the day of the last daily list, or None."""
        day: int | None = await self._queries.list_day(self._connection, server_id=self._server_id)
        return day

    async def list_message(self) -> int | None:
        """Return the message of the last daily list, or None where it has not been posted."""
        message_id: int | None = await self._queries.list_message(self._connection, server_id=self._server_id)
        return message_id

    async def begin_list(self, day: int) -> None:
        """Note that the list of a day is due, and not posted yet."""
        await self._queries.begin_list(self._connection, server_id=self._server_id, day=day)

    async def list_posted(self, message_id: MessageId) -> None:
        """Note the message of the last daily list."""
        await self._queries.list_posted(self._connection, server_id=self._server_id, message_id=message_id)

    async def moderator_seen_at(self, member_id: MemberId) -> datetime | None:
        """Return when somebody was last seen to be a moderator, or None."""
        seen: int | None = await self._queries.moderator_seen_at(self._connection, **self._of(member_id))
        return moment_or_none(seen)

    async def see_moderator(self, member_id: MemberId) -> None:
        """Note that somebody is a moderator."""
        await self._queries.see_moderator(self._connection, **self._of(member_id), now=self._now)

    async def moderators(self) -> list[MemberId]:
        """Return who was seen to be a moderator, the latest first."""
        found = self._queries.moderators(self._connection, server_id=self._server_id)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def forget(self, member_id: MemberId) -> None:
        """Take somebody out of all that this feature keeps; what others did and were told stays."""
        for statement in (
            self._queries.forget_own_begun,
            self._queries.forget_own_reports,
            self._queries.forget_own_messages,
            self._queries.forget_words_about,
            self._queries.forget_holds,
            self._queries.forget_taken,
            self._queries.forget_own_clearances,
            self._queries.forget_moderator,
        ):
            await statement(self._connection, **self._of(member_id))
        await self._queries.forget_cases_about(self._connection, **self._of(member_id), now=self._now)

    async def forget_expired(self) -> None:
        """Remove clearances, begun reports, held texts and cases whose time is over."""
        await self._queries.forget_clearances(self._connection, server_id=self._server_id, now=self._now)
        since = to_micros(self._moment - BEGUN_KEPT)
        await self._queries.forget_begun(self._connection, server_id=self._server_id, since=since)
        moment = to_micros(self._moment - LET_THROUGH_KEPT)
        await self._queries.forget_held_texts(self._connection, server_id=self._server_id, moment=moment)
        for statement in (self._queries.forget_old_holds, self._queries.forget_old_cases):
            moment = to_micros(self._moment - CASES_KEPT)
            await statement(self._connection, server_id=self._server_id, moment=moment)

    async def _open(
        self, kind: CaseKind, about_id: MemberId, interaction_id: InteractionId, *, waits: bool, **held: str
    ) -> int:
        empty = {"reason": "", "form": "", "fields": "", "digest": ""}
        case_id: int = await self._queries.open_case(
            self._connection,
            server_id=self._server_id,
            step=1 + secrets.randbelow(LONGEST_STEP),
            kind=kind,
            state=CaseState.OPEN if waits else CaseState.CLOSED,
            about_id=about_id,
            is_discreet=kind is CaseKind.REPORT,
            interaction_id=interaction_id,
            now=self._now,
            closed_at=None if waits else self._now,
            **empty | held,
        )
        return case_id

    def _of(self, member_id: MemberId) -> dict[str, int]:
        return {"server_id": self._server_id, "member_id": member_id}

    def _case(self, case_id: int) -> dict[str, int]:
        return {"server_id": self._server_id, "case_id": case_id}
