"""What members of one server let others see, and the roles for the two words, in one transaction."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from bot.features.reputation.model import Openness, RoleTrouble, Word, WordRole
from bot.features.reputation.store import QUERIES
from bot.kernel.clock import from_micros, to_micros
from bot.kernel.ids import MemberId, RoleId, ServerId
from bot.storage.database import Transaction, queries_in, rows


class OpennessStore:
    """Who shows what, and which roles the bot gave."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._connection = transaction.connection
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(QUERIES)

    async def openness(self, member_id: MemberId) -> Openness:
        """Return what a member lets others see."""
        row = await self._queries.openness(self._connection, server_id=self._server_id, member_id=member_id)
        return Openness() if row is None else Openness(*map(bool, row))

    async def keep_openness(self, member_id: MemberId, openness: Openness) -> None:
        """Keep what a member lets others see."""
        await self._queries.keep_openness(
            self._connection, server_id=self._server_id, member_id=member_id, **asdict(openness)
        )

    async def wearing(self) -> list[MemberId]:
        """Return who wants the role for their word and has not left."""
        found = self._queries.wearing(self._connection, server_id=self._server_id)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def word_roles(self) -> list[WordRole]:
        """Return the roles that moderators chose for the words."""
        found = self._queries.word_roles(self._connection, server_id=self._server_id)
        return [WordRole(Word(row["word"]), row["role_id"]) for row in await rows(found)]

    async def set_word_role(self, word: Word, role_id: RoleId | None) -> None:
        """Choose the role for a word, or none."""
        if role_id is None:
            await self._queries.drop_word_role(self._connection, server_id=self._server_id, word=word)
        else:
            await self._queries.set_word_role(self._connection, server_id=self._server_id, word=word, role_id=role_id)

    async def role_troubles(self) -> list[RoleTrouble]:
        """Return what stands in the way of roles."""
        found = self._queries.role_troubles(self._connection, server_id=self._server_id)
        return [RoleTrouble(each, trouble, from_micros(since)) for each, trouble, since in await rows(found)]

    async def keep_role_troubles(self, troubles: Mapping[int, str]) -> None:
        """Keep what stands in the way of roles, by role; for how long it has is kept, too."""
        known = json.dumps(sorted(troubles))
        await self._queries.end_role_troubles(self._connection, server_id=self._server_id, role_ids=known)
        for role_id, trouble in troubles.items():
            await self._queries.keep_role_trouble(
                self._connection, server_id=self._server_id, role_id=role_id, trouble=trouble, now=self._now
            )

    async def round(self) -> int:
        """Return how far the present look at all members' roles has come: the last one's id, 0 before the first."""
        found = await self._queries.role_round(self._connection, server_id=self._server_id)
        return 0 if found is None else int(found)

    async def keep_round(self, after_member_id: int) -> None:
        """Note how far the look at all members' roles has come."""
        await self._queries.keep_role_round(
            self._connection, server_id=self._server_id, after_member_id=after_member_id
        )

    async def worn(self) -> set[tuple[MemberId, RoleId]]:
        """Return the roles that the bot gave, as member and role."""
        found = self._queries.worn(self._connection, server_id=self._server_id)
        return {(MemberId(row["member_id"]), RoleId(row["role_id"])) for row in await rows(found)}

    async def wear(self, member_id: MemberId, role_id: RoleId) -> None:
        """Note that the bot gives a role to a member."""
        await self._queries.wear(self._connection, server_id=self._server_id, member_id=member_id, role_id=role_id)

    async def take_off(self, member_id: MemberId, role_id: RoleId) -> None:
        """Note that a member has a role no more that the bot gave them."""
        await self._queries.take_off(self._connection, server_id=self._server_id, member_id=member_id, role_id=role_id)

    async def forget(self, member_id: MemberId) -> None:
        """Remove a member's choices, and the notes of their roles."""
        for statement in (self._queries.forget_openness, self._queries.forget_worn, self._queries.forget_round):
            await statement(self._connection, server_id=self._server_id, member_id=member_id)
