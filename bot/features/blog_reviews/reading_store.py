"""Who reads what, and what they wrote, of one server, in one transaction."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.features.blog_reviews.feedback import Words
from bot.features.blog_reviews.model import CLAIMS_LIMIT, Claim, Feedback, Field, Outcome, Part
from bot.kernel.clock import from_micros, moment_or_none, to_micros
from bot.kernel.ids import InteractionId, MemberId, MessageId, ServerId
from bot.storage.database import Row, Transaction, queries_in, rows


class ReadingStore:
    """The readers of one server: what they said they would read, and what they wrote."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._connection = transaction.connection
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def claim(self, review_id: int, member_id: MemberId, due_at: datetime) -> Claim:
        """Keep that a member reads something by ``due_at``. Whoever reads it now has to be let go before."""
        claim_id: int = await self._queries.claim(
            self._connection, **self._review(review_id), member_id=member_id, due_at=to_micros(due_at), now=self._now
        )
        found = await self.find(claim_id)
        assert found is not None  # noqa: S101 - just kept
        return found

    async def find(self, claim_id: int) -> Claim | None:
        """Return a reader's word, or None."""
        row = await self._queries.find_claim(self._connection, server_id=self._server_id, claim_id=claim_id)
        return None if row is None else _claim(row)

    async def claims(self, review_id: int) -> list[Claim]:
        """Return all who gave their word to read something, in the order in which they did."""
        return [_claim(row) for row in await rows(self._queries.claims(self._connection, **self._review(review_id)))]

    async def open_claims(self, member_id: MemberId) -> int:
        """Return how many a member has to read."""
        count: int = await self._queries.open_claims(self._connection, **self._member(member_id))
        return count

    async def busy(self) -> list[MemberId]:
        """Return who has as many to read as they like to have at a time."""
        found = self._queries.busy(self._connection, server_id=self._server_id, usual=CLAIMS_LIMIT)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def end_claim(self, review_id: int, outcome: Outcome) -> None:
        """Note what became of the word of whoever reads something now."""
        await self._queries.end_claim(self._connection, **self._review(review_id), outcome=outcome, now=self._now)

    async def remind(self, claim_id: int) -> None:
        """Note that a reader is reminded."""
        await self._queries.remind(self._connection, server_id=self._server_id, claim_id=claim_id, now=self._now)

    async def redate(self, claim_id: int, due_at: datetime) -> None:
        """Let a reader have another day."""
        await self._queries.redate(
            self._connection, server_id=self._server_id, claim_id=claim_id, due_at=to_micros(due_at), now=self._now
        )

    async def write(
        self,
        review_id: int,
        member_id: MemberId,
        messages: Sequence[Words],
        interaction_id: InteractionId,
        *,
        is_quick: bool,
    ) -> int | None:
        """Keep feedback, message by message; return its id, or None where the same interaction kept it before."""
        feedback_id: int | None = await self._queries.write(
            self._connection,
            **self._review(review_id),
            member_id=member_id,
            interaction_id=interaction_id,
            is_quick=is_quick,
            now=self._now,
        )
        if feedback_id is not None:
            for number, words in enumerate(messages):
                await self._queries.add_part(
                    self._connection,
                    server_id=self._server_id,
                    feedback_id=feedback_id,
                    number=number,
                    words=json.dumps(words, ensure_ascii=False),
                )
        return feedback_id

    async def has_written(self, interaction_id: InteractionId) -> bool:
        """Return whether an interaction kept feedback before."""
        found = self._queries.has_written(self._connection, server_id=self._server_id, interaction_id=interaction_id)
        return bool(await found)

    async def feedback(self, feedback_id: int) -> Feedback | None:
        """Return the feedback, or None."""
        row = await self._queries.feedback(self._connection, server_id=self._server_id, feedback_id=feedback_id)
        return None if row is None else _feedback(row)

    async def feedback_of(self, review_id: int) -> list[Feedback]:
        """Return all feedback to a request, in the order in which it came."""
        found = self._queries.feedback_of(self._connection, **self._review(review_id))
        return [_feedback(row) for row in await rows(found)]

    async def feedback_by(self, member_id: MemberId) -> list[Feedback]:
        """Return all feedback that a member wrote."""
        found = self._queries.feedback_by(self._connection, **self._member(member_id))
        return [_feedback(row) for row in await rows(found)]

    async def part(self, part_id: int) -> Part | None:
        """Return one message of feedback, or None."""
        row = await self._queries.part(self._connection, server_id=self._server_id, part_id=part_id)
        return None if row is None else _part(row)

    async def parts_of(self, feedback_id: int) -> list[Part]:
        """Return the messages of one feedback, in their order."""
        found = self._queries.parts_of(self._connection, server_id=self._server_id, feedback_id=feedback_id)
        return [_part(row) for row in await rows(found)]

    async def next_part(self, review_id: int) -> Part | None:
        """Return what is to be posted next of all feedback to a request: one message comes after another."""
        row = await self._queries.next_part(self._connection, **self._review(review_id))
        return None if row is None else _part(row)

    async def part_posted(self, part_id: int, message_id: MessageId) -> None:
        """Note where a message of feedback stands."""
        await self._queries.part_posted(
            self._connection, server_id=self._server_id, part_id=part_id, message_id=message_id
        )

    async def parts_lost(self, review_id: int) -> None:
        """Note that all feedback to a request is gone from Discord, with its thread."""
        await self._queries.parts_lost(self._connection, **self._review(review_id))

    async def empty_parts(self, feedback_id: int) -> list[Part]:
        """Remove the words of feedback; return its messages."""
        await self._queries.empty_parts(self._connection, server_id=self._server_id, feedback_id=feedback_id)
        return await self.parts_of(feedback_id)

    async def claims_limit(self, member_id: MemberId) -> int:
        """Return how many a member likes to have to read at a time."""
        chosen: int | None = await self._queries.claims_limit(self._connection, **self._member(member_id))
        return CLAIMS_LIMIT if chosen is None else chosen

    async def keep_claims_limit(self, member_id: MemberId, claims_limit: int) -> None:
        """Keep how many a member likes to have to read at a time."""
        await self._queries.keep_claims_limit(self._connection, **self._member(member_id), claims_limit=claims_limit)

    async def forget(self, member_id: MemberId) -> None:
        """Let nobody be able to tell what a member read, or was to read."""
        for statement in (self._queries.forget_claims, self._queries.forget_writer, self._queries.forget_reader):
            await statement(self._connection, **self._member(member_id))

    def _review(self, review_id: int) -> dict[str, int]:
        return {"server_id": self._server_id, "review_id": review_id}

    def _member(self, member_id: MemberId) -> dict[str, int]:
        return {"server_id": self._server_id, "member_id": member_id}


def _claim(row: Row) -> Claim:
    values: dict[str, Any] = dict(row)
    values |= {name: from_micros(values[name]) for name in ("claimed_at", "due_at")}
    values |= {name: moment_or_none(values[name]) for name in ("reminded_at", "ended_at")}
    return Claim(**values | {"outcome": None if values["outcome"] is None else Outcome(values["outcome"])})


def _feedback(row: Row) -> Feedback:
    values: dict[str, Any] = dict(row)
    return Feedback(**values | {"is_quick": bool(values["is_quick"]), "given_at": from_micros(values["given_at"])})


def _part(row: Row) -> Part:
    values: dict[str, Any] = dict(row)
    words = json.loads(values["words"]) if values["words"] else []
    return Part(**values | {"words": tuple((Field(field), text) for field, text in words)})
