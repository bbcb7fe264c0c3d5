"""Rows of the tables of safety, as the models that they hold."""

import json

from bot.features.safety.model import Case, CaseKind, CaseState, Hold, Letter, Outcome, Report, ReportReason
from bot.kernel.clock import from_micros, moment_or_none
from bot.storage.database import Row


def case_of(row: Row) -> Case:
    """Return the case that a row holds."""
    outcome, _, told = row["outcome"].partition("\n")
    fields = json.loads(row["fields"] or "{}")
    return Case(
        case_id=row["case_id"],
        server_id=row["server_id"],
        kind=CaseKind(row["kind"]),
        state=CaseState(row["state"]),
        about_id=row["about_id"],
        is_discreet=bool(row["is_discreet"]),
        taken_by_id=row["taken_by_id"],
        reason=row["reason"],
        form=row["form"],
        fields={name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()},
        digest=row["digest"],
        opened_at=from_micros(row["opened_at"]),
        closed_at=moment_or_none(row["closed_at"]),
        outcome=Outcome(outcome) if outcome else None,
        told=told,
        channel_id=row["channel_id"],
        message_id=row["message_id"],
        reports=row["reports"],
        interaction_id=row["interaction_id"] or 0,
        sealed=row["sealed"],
    )


def report_of(row: Row) -> Report:
    """Return the report that a row holds."""
    return Report(
        report_id=row["report_id"],
        case_id=row["case_id"],
        member_id=row["member_id"] or None,
        reason=ReportReason(row["reason"]),
        words=row["words"],
        evidence=row["evidence"],
        author_id=row["author_id"],
        channel_id=row["channel_id"],
        message_id=row["message_id"],
        reported_at=from_micros(row["reported_at"]),
    )


def hold_of(row: Row) -> Hold:
    """Return the hold that a row holds."""
    return Hold(
        hold_id=row["hold_id"],
        server_id=row["server_id"],
        member_id=row["member_id"],
        case_id=row["case_id"],
        reason=row["reason"],
        began_at=from_micros(row["began_at"]),
        ends_at=from_micros(row["ends_at"]),
        lifted_at=moment_or_none(row["lifted_at"]),
        answer=row["answer"],
        answered_at=moment_or_none(row["answered_at"]),
    )


def letter_of(row: Row) -> Letter:
    """Return the letter that a row holds."""
    return Letter(
        letter_id=row["letter_id"],
        case_id=row["case_id"],
        words=row["words"],
        written_at=from_micros(row["written_at"]),
        answer=row["answer"],
        answered_at=moment_or_none(row["answered_at"]),
    )
