"""Cases of texts with crisis words, letters about them, and what a server looks for and names, in one transaction."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.features.safety.model import LET_THROUGH_KEPT, LONGEST_STEP, WARNING_KEPT, Cry, Letter
from bot.features.safety.rows import letter_of
from bot.kernel.clock import from_micros, to_micros
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.storage.database import Transaction, queries_in, rows


class CrisisStore:
    """What is kept of crises in one server."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._transaction = transaction
        self._connection = transaction.connection
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("crisis.sql"))

    async def open_case(self, cry: Cry, texts: Sequence[str], digest: str, interaction_id: InteractionId | None) -> int:
        """Open a case for ``texts`` of the member whom ``cry`` names, or seals, or neither; return its number.

        Of an anonymous one, neither the digest nor the interaction is kept: both could lead to its writer.
        """
        case_id: int = await self._queries.open_crisis(
            self._connection,
            server_id=self._server_id,
            step=1 + secrets.randbelow(LONGEST_STEP),
            about_id=None if cry.is_anonymous else cry.member_id,
            is_discreet=not cry.is_anonymous,  # until it is known not to concern a moderator
            reason=cry.reason,
            fields=_fields(texts),
            digest="" if cry.is_anonymous else digest,
            interaction_id=None if cry.is_anonymous else interaction_id,
            now=self._now,
        )
        if cry.is_anonymous and cry.member_id is not None:
            sealed = self._transaction.seals.seal(cry.member_id, seal_of(case_id))
            await self._queries.seal_case(self._connection, **self._case(case_id), sealed=sealed)
        return case_id

    async def case_of_text(self, about_id: MemberId | None, texts: Sequence[str], digest: str) -> int | None:
        """Return the case of a member's text, or of nobody's, that is open, or was opened so lately that it is one."""
        case_id: int | None = await self._queries.crisis_of_text(
            self._connection,
            server_id=self._server_id,
            about_id=about_id,
            fields=_fields(texts),
            digest="" if about_id is None else digest,
            since=to_micros(self._transaction.now - WARNING_KEPT),
        )
        return case_id

    async def sealed_cases_of(self, member_id: MemberId) -> list[int]:
        """Return the cases of texts that a member wrote anonymously."""
        found = await rows(self._queries.sealed_cases(self._connection, server_id=self._server_id))
        opened = ((row["case_id"], self._opened(row["case_id"], row["sealed"])) for row in found)
        return [case_id for case_id, writer_id in opened if writer_id == member_id]

    async def write(self, case_id: int, words: str, interaction_id: InteractionId) -> Letter | None:
        """Keep what moderators write about a case, once for each interaction; None where there is none."""
        await self._queries.write_letter(
            self._connection, **self._case(case_id), words=words, interaction_id=interaction_id, now=self._now
        )
        return await self.letter_of_interaction(interaction_id)

    async def letter_of_interaction(self, interaction_id: InteractionId) -> Letter | None:
        """Return what was written by an interaction, or None."""
        row = await self._queries.letter_of_interaction(
            self._connection, server_id=self._server_id, interaction_id=interaction_id
        )
        return None if row is None else letter_of(row)

    async def letter(self, letter_id: int) -> Letter | None:
        """Return the letter, or None."""
        row = await self._queries.letter(self._connection, server_id=self._server_id, letter_id=letter_id)
        return None if row is None else letter_of(row)

    async def letters(self, case_id: int) -> list[Letter]:
        """Return the letters of a case, in their order."""
        return [letter_of(row) for row in await rows(self._queries.letters(self._connection, **self._case(case_id)))]

    async def answer(self, letter_id: int, words: str) -> None:
        """Keep what is answered to a letter."""
        await self._queries.answer_letter(
            self._connection, server_id=self._server_id, letter_id=letter_id, answer=words, now=self._now
        )

    async def forget(self, member_id: MemberId) -> list[int]:
        """Take somebody out of letters and sealed cases; return those of them that are closed by it."""
        await self._queries.forget_letters_about(self._connection, server_id=self._server_id, member_id=member_id)
        sealed = await self.sealed_cases_of(member_id)
        for case_id in sealed:
            await self._queries.forget_letters_of_case(self._connection, **self._case(case_id))
            await self._queries.forget_sealed_case(self._connection, **self._case(case_id), now=self._now)
        return sealed

    async def forget_expired(self) -> None:
        """Empty letters whose time is over."""
        moment = to_micros(self._transaction.now - LET_THROUGH_KEPT)
        await self._queries.forget_old_letters(self._connection, server_id=self._server_id, moment=moment)

    async def words(self) -> tuple[str, str]:
        """Return which shipped crisis words the server took off, and its own, one a line."""
        row = await self._queries.crisis_words(self._connection, server_id=self._server_id)
        return ("", "") if row is None else (row["taken_off"], row["added"])

    async def keep_words(self, taken_off: str, added: str) -> None:
        """Keep which shipped crisis words the server takes off, and its own, one a line."""
        await self._queries.keep_crisis_words(
            self._connection, server_id=self._server_id, taken_off=taken_off, added=added
        )

    async def lines(self) -> tuple[str, datetime] | None:
        """Return the server's own help lines, as typed, and when they were; None where there are none."""
        row = await self._queries.help_lines(self._connection, server_id=self._server_id)
        return (row["lines"], from_micros(row["kept_at"])) if row is not None and row["lines"] else None

    async def keep_lines(self, typed: str) -> None:
        """Keep the server's own help lines; none for those shipped."""
        await self._queries.keep_help_lines(self._connection, server_id=self._server_id, lines=typed, now=self._now)

    def _opened(self, case_id: int, sealed: bytes) -> MemberId | None:
        return self._transaction.seals.open(sealed, seal_of(case_id))

    def _case(self, case_id: int) -> dict[str, int]:
        return {"server_id": self._server_id, "case_id": case_id}


def _fields(texts: Sequence[str]) -> str:
    return json.dumps({str(number): text for number, text in enumerate(texts)}, ensure_ascii=False)


def seal_of(case_id: int) -> str:
    """Return the subject under which a case's writer is sealed."""
    return f"case:{case_id}"
