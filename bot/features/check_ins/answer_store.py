"""What members of one server answered, in one transaction. Who did so without their name is sealed."""

import asyncio
import json
import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.features.check_ins.model import Answer, Mood, Shows, Written
from bot.kernel.clock import from_micros, micros_or_none, to_micros
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.storage.database import Row, Transaction, queries_in, rows
from bot.storage.sealing import Seals

_ID_BITS = 53  # so many that one is hardly ever drawn twice


class AnswerStore:
    """The answers of one server."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._transaction = transaction
        self._connection = transaction.connection
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def begin(
        self,
        check_in_id: int,
        member_id: MemberId,
        written: Written,
        interaction_id: InteractionId,
        answered_at: datetime,
    ) -> Answer:
        """Keep an answer, once for each interaction; ids are drawn by lot, as an order would tell who was when."""
        answer_id, key = secrets.randbits(_ID_BITS) or 1, self._key(interaction_id)
        await self._queries.begin_answer(
            self._connection,
            answer_id=answer_id,
            server_id=self._server_id,
            check_in_id=check_in_id,
            **self._whose(answer_id, member_id, is_sealed=written.shows is Shows.NAMELESS),
            key=key,
            shows=written.shows,
            mood=written.mood,
            words=written.words,
            answered_at=to_micros(answered_at),
        )
        row = await self._queries.answer_by_key(self._connection, server_id=self._server_id, key=key)
        return self._answer(row)

    async def by_interaction(self, interaction_id: InteractionId) -> Answer | None:
        """Return the answer that an interaction made, or None."""
        found = self._queries.answer_by_key(self._connection, server_id=self._server_id, key=self._key(interaction_id))
        row = await found
        return None if row is None else self._answer(row)

    async def find(self, answer_id: int) -> Answer | None:
        """Return the answer, or None."""
        row = await self._queries.answer(self._connection, server_id=self._server_id, answer_id=answer_id)
        return None if row is None else self._answer(row)

    async def of(self, check_in_id: int, member_id: MemberId) -> Answer | None:
        """Return what a member answered to a prompt, or None. No column says who did without a name: all are opened."""
        about = {"server_id": self._server_id, "check_in_id": check_in_id}
        row = await self._queries.named_answer(self._connection, **about, member_id=member_id)
        if row is not None:
            return self._answer(row)
        sealed = await rows(self._queries.sealed_answers(self._connection, **about))
        return next((each for each in map(self._answer, sealed) if each.member_id == member_id), None)

    async def all_of(
        self, member_id: MemberId, since: datetime | None = None, sealed_since: datetime | None = None
    ) -> list[Answer]:
        """Return all that a member answered, the oldest first; ``since`` a moment, if one is given.

        ``sealed_since`` holds for what they answered without their name: whose it is takes opening everybody's seals.
        """
        about = {"server_id": self._server_id, "since": micros_or_none(since) or 0}
        named = await rows(self._queries.named_of(self._connection, **about, member_id=member_id))
        # Of what is others', nothing but the seals is read. A year of them takes a while: others are not to wait.
        about |= {"since": micros_or_none(sealed_since or since) or 0}
        seals = await rows(self._queries.seals(self._connection, **about))
        opened = await asyncio.to_thread(_opened_by, self._transaction.seals, seals, member_id)
        found = self._queries.nameless_among(self._connection, server_id=self._server_id, answer_ids=json.dumps(opened))
        nameless = await rows(found)
        return sorted(map(self._answer, [*named, *nameless]), key=lambda each: each.answered_at)

    async def waiting(self, check_in_id: int) -> list[Answer]:
        """Return the answers for others to see that don't stand in the thread yet, the oldest first."""
        about = {"server_id": self._server_id, "check_in_id": check_in_id}
        return [self._answer(row) for row in await rows(self._queries.waiting_answers(self._connection, **about))]

    async def among(self, message_ids: Collection[int]) -> list[Answer]:
        """Return the answers, also those that were taken back, whose messages are among some."""
        listed = json.dumps(sorted(message_ids))
        found = self._queries.answers_among(self._connection, server_id=self._server_id, message_ids=listed)
        return [self._answer(row) for row in await rows(found)]

    async def change(self, answer: Answer, written: Written) -> Answer:
        """Keep another answer in the place of the first, as far as it :meth:`~Answer.can_become` that; return it."""
        return await self.keep(replace(answer, words=written.words, shows=written.shows, mood=written.mood))

    async def keep(self, answer: Answer) -> Answer:
        """Keep what an answer has come to."""
        await self._queries.keep_answer(
            self._connection,
            server_id=self._server_id,
            answer_id=answer.answer_id,
            **self._whose(answer.answer_id, answer.member_id, is_sealed=answer.is_sealed),
            shows=answer.shows,
            mood=answer.mood,
            words=answer.words,
            message_id=answer.message_id,
            serial=answer.serial,
        )
        return answer

    async def forget(self, answer_id: int) -> None:
        """Let nobody be able to tell who answered, what, when and for whom."""
        await self._queries.forget_answer(self._connection, server_id=self._server_id, answer_id=answer_id)

    def _key(self, interaction_id: InteractionId) -> str:
        return self._transaction.seals.digest(f"check-in:{interaction_id}")

    def _whose(self, answer_id: int, member_id: int | None, *, is_sealed: bool) -> dict[str, object]:
        if member_id is None or not is_sealed:
            return {"member_id": member_id, "sealed": None}
        return {"member_id": None, "sealed": self._transaction.seals.seal(MemberId(member_id), _sealed_for(answer_id))}

    def _answer(self, row: Row) -> Answer:
        values: dict[str, Any] = dict(row)
        sealed = values.pop("sealed")
        if sealed is not None:
            values["member_id"] = self._transaction.seals.open(sealed, _sealed_for(values["answer_id"]))
        values |= {
            "shows": Shows(values["shows"]),
            "mood": None if values["mood"] is None else Mood(values["mood"]),
            "answered_at": from_micros(values["answered_at"]),
            "is_sealed": sealed is not None,
        }
        return Answer(**{name: values[name] for name in Answer.__dataclass_fields__})


def _opened_by(seals: Seals, sealed: list[Row], member_id: MemberId) -> list[int]:
    """Return the ids of the answers that a member gave, among those that are ``sealed``."""
    return [row["answer_id"] for row in sealed if seals.open(row["sealed"], _sealed_for(row["answer_id"])) == member_id]


def _sealed_for(answer_id: int) -> str:
    return f"answer:{answer_id}"
