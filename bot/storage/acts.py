"""The audit trail: every act of a moderator, noted in the transaction that carries it out."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.kernel.clock import from_micros, to_micros
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Row, Transaction, queries_in, rows

_QUERIES = Path(__file__).with_name("acts.sql")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did. ``actor_id`` and ``about_id`` are None where nobody is named, or not any more."""

    act_id: int
    actor_id: int | None
    act: str
    case_id: int | None
    about_id: int | None
    words: str
    acted_at: datetime


class Acts:
    """The acts, seen through one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._queries = queries_in(_QUERIES)
        self._transaction = transaction

    async def note(
        self,
        server_id: ServerId,
        actor_id: MemberId | None,
        act: str,
        *,
        case_id: int | None = None,
        about_id: MemberId | None = None,
        words: str = "",
    ) -> None:
        """Note that ``actor_id`` did ``act``.

        Args:
            server_id: where.
            actor_id: who; None for the bot itself.
            act: a code such as ``setup.language``; the catalogue has its words.
            case_id: the case that it belongs to, if any.
            about_id: the member whom it concerns, if any.
            words: what was typed or chosen, as it is to be read later.
        """
        await self._queries.note(
            self._transaction.connection,
            server_id=server_id,
            actor_id=actor_id,
            act=act,
            case_id=case_id,
            about_id=about_id,
            words=words,
            now=to_micros(self._transaction.now),
        )

    async def of_case(self, server_id: ServerId, case_id: int) -> list[Act]:
        """Return what was done to a case, oldest first."""
        found = self._queries.of_case(self._transaction.connection, server_id=server_id, case_id=case_id)
        return [_act(row) for row in await rows(found)]

    async def latest(self, server_id: ServerId, viewer_id: MemberId, most: int, skipped: int = 0) -> list[Act]:
        """Return up to ``most`` acts, newest first, after ``skipped`` newer ones; none that is about ``viewer_id``."""
        found = self._queries.latest(
            self._transaction.connection, server_id=server_id, viewer_id=viewer_id, most=most, skipped=skipped
        )
        return [_act(row) for row in await rows(found)]

    async def forget_member(self, server_id: ServerId, member_id: MemberId) -> None:
        """Take a member out of the trail; what was done stays."""
        await self._queries.forget_member(self._transaction.connection, server_id=server_id, member_id=member_id)


def _act(row: Row) -> Act:
    values = dict(row)
    return Act(**values | {"acted_at": from_micros(values["acted_at"])})
