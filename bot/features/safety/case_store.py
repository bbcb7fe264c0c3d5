"""The cases of one server as one moderator may see them, in one transaction."""

from datetime import timedelta
from pathlib import Path

from bot.features.safety.model import Case, Hold, HoldOrder, Outcome
from bot.features.safety.rows import case_of, hold_of
from bot.kernel.clock import to_micros
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.storage.database import Transaction, queries_in, rows


class CaseStore:
    """Bound to who looks: what concerns themselves is neither found nor changed, as if it did not exist."""

    def __init__(self, transaction: Transaction, server_id: ServerId, viewer_id: MemberId) -> None:
        self._connection = transaction.connection
        self._moment = transaction.now
        self._now = to_micros(transaction.now)
        self._bound = {"server_id": server_id, "viewer_id": viewer_id}
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def find(self, case_id: int) -> Case | None:
        """Return the case, or None."""
        row = await self._queries.desk_case(self._connection, **self._bound, case_id=case_id)
        return None if row is None else case_of(row)

    async def count(self) -> int:
        """Return how many cases there are."""
        count: int = await self._queries.desk_count(self._connection, **self._bound)
        return count

    async def page(self, most: int, skipped: int) -> list[Case]:
        """Return up to ``most`` cases after ``skipped`` others: open ones first, the oldest of them at the top."""
        found = self._queries.desk_cases(self._connection, **self._bound, most=most, skipped=skipped)
        return [case_of(row) for row in await rows(found)]

    async def take(self, case_id: int) -> None:
        """Note that who looks takes care of a case."""
        await self._queries.desk_take(self._connection, **self._bound, case_id=case_id)

    async def close(self, case_id: int, outcome: Outcome | None, told: str) -> None:
        """Close a case; messages that were kept for it as evidence are kept no longer."""
        await self._queries.desk_close(
            self._connection, **self._bound, case_id=case_id, now=self._now, outcome=f"{outcome or ''}\n{told}".strip()
        )
        await self._queries.desk_drop_evidence(self._connection, **self._bound, case_id=case_id)

    async def begin_hold(self, case_id: int, order: HoldOrder, interaction_id: InteractionId) -> Hold | None:
        """Keep a hold, once for each interaction; return it, or None where there is no such case."""
        await self._queries.desk_begin_hold(
            self._connection,
            **self._bound,
            case_id=case_id,
            member_id=order.member_id,
            reason=order.reason,
            now=self._now,
            ends_at=to_micros(self._moment + timedelta(days=order.days)),
            interaction_id=interaction_id,
        )
        return await self.hold_of_interaction(interaction_id)

    async def hold_of_interaction(self, interaction_id: InteractionId) -> Hold | None:
        """Return the hold that an interaction began, or None."""
        row = await self._queries.hold_of_interaction(self._connection, **self._bound, interaction_id=interaction_id)
        return None if row is None else hold_of(row)

    async def lift(self, hold_id: int) -> None:
        """End a hold before its time."""
        await self._queries.desk_lift(self._connection, **self._bound, hold_id=hold_id, now=self._now)
