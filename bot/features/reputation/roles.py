"""Roles for the two words: given to who wants one, taken back when the word is gone, and no other role touched."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Protocol

from bot.features.members.model import SWEEP_PAUSE
from bot.features.reputation.model import Word, WordRole
from bot.features.reputation.openness_store import OpennessStore
from bot.features.reputation.posts import FEATURE
from bot.features.reputation.standings import Standings
from bot.features.setup.model import Finding, Server
from bot.kernel.errors import MemberGone, ObjectGone, PlaceGone, Rejected
from bot.kernel.ids import MemberId, RoleId, ServerId
from bot.kernel.logs import get_logger
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Verb

ROLES = "roles"
LOOK_EVERY = timedelta(hours=1)
STEP = 20  # members in one go; each is looked up at Discord, which takes about a tenth of a second
_FINAL = (PlaceGone, ObjectGone, MemberGone, Rejected)
_log = get_logger(__name__)
_STUCK = {"permission", "order"}  # what keeps a role from being taken back, too


class RoleKeeper(Protocol):
    """Who has which role, and what stands in the way of a role, asked of Discord itself."""

    async def role_troubles(self, server_id: ServerId, role_ids: Collection[int]) -> dict[int, str]:
        """Return why the bot can't give some roles; those are left out that it can.

        ``gone``, ``managed`` (by an integration), ``powers`` (it lets do more than everybody may), ``permission``
        (Manage Roles is missing) or ``order`` (it stands above the bot's own).

        Raises:
            DiscordTrouble: Discord did not say.
        """
        ...

    async def roles_of(self, server_id: ServerId, member_id: MemberId) -> set[int] | None:
        """Return the roles of a member, None for who is not in the server.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        ...

    async def give_role(self, server_id: ServerId, member_id: MemberId, role_id: RoleId) -> None:
        """Give a role to a member.

        Raises:
            DiscordTrouble: it did not happen.
        """
        ...

    async def take_role(self, server_id: ServerId, member_id: MemberId, role_id: RoleId) -> None:
        """Take a role from a member.

        Raises:
            DiscordTrouble: it did not happen.
        """
        ...


class Roles:
    """What moderators choose about the roles for words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def chosen(self, server_id: ServerId) -> dict[Word, WordRole]:
        """Return the roles that were chosen."""
        async with self._database.read() as transaction:
            return {role.word: role for role in await OpennessStore(transaction, server_id).word_roles()}

    async def choose(self, server_id: ServerId, by: MemberId, word: Word, role_id: RoleId | None) -> None:
        """Choose the role for a word, or none; what the bot gave before is taken back."""
        async with self._database.write() as transaction:
            store = OpennessStore(transaction, server_id)
            before = {role.word: role.role_id for role in await store.word_roles()}
            if before.get(word) == role_id:
                return
            await store.set_word_role(word, role_id)
            await Acts(transaction).note(server_id, by, f"{FEATURE}.{word}_role", words=str(role_id or ""))
            await look_again(transaction, server_id)


async def look_again(transaction: Transaction, server_id: ServerId) -> None:
    """Let the roles of a server be looked at now, as part of a ``transaction``, where it has any, or had trouble."""
    store = OpennessStore(transaction, server_id)
    if await store.word_roles() or await store.worn() or await store.role_troubles():
        await Effects(transaction).put(Verb.JOB, FEATURE, ROLES, server_id, server_id=server_id)


async def findings(transaction: Transaction, server: Server) -> list[Finding]:
    """Return what stands in the way of roles, for a server's check."""
    troubles = await OpennessStore(transaction, ServerId(server.server_id)).role_troubles()
    return [
        Finding(good=False, text=f"reputation.role_{trouble.trouble}", mention=f"<@&{trouble.role_id}>")
        for trouble in troubles
    ]


class RoleRepair:
    """Once an hour brings what members wear in line with the ledger, a few members at a time."""

    def __init__(self, database: Database, standings: Standings, keeper: RoleKeeper) -> None:
        self._database = database
        self._standings = standings
        self._keeper = keeper

    async def tend(self, server_id: ServerId) -> None:
        """See to it that a server's roles are looked at, where it has any."""
        async with self._database.read() as transaction:
            store = OpennessStore(transaction, server_id)
            has_roles = bool(await store.word_roles() or await store.worn())
            goes_on = await Effects(transaction).is_under_way(Verb.JOB, FEATURE, ROLES, server_id)
        if has_roles and not goes_on:
            async with self._database.write() as transaction:
                await look_again(transaction, server_id)

    async def run(self, effect: Effect) -> None:
        """Bring a few members' roles in line; after the last, look again in an hour.

        Raises:
            DiscordTrouble: Discord did not answer; it is tried again.
        """
        assert effect.server_id is not None  # noqa: S101 - roles are a server's
        server_id = effect.server_id
        async with self._database.read() as transaction:
            store = OpennessStore(transaction, server_id)
            roles, worn, wearing = await store.word_roles(), await store.worn(), await store.wearing()
            after = await store.round()
        if not (roles or worn):
            await self._end(server_id)
            return
        chosen = {role.word: RoleId(role.role_id) for role in roles}
        troubles = await self._look(server_id, {*chosen.values(), *(role_id for _, role_id in worn)})
        ahead = [each for each in sorted({*wearing, *(member_id for member_id, _ in worn)}) if each > after]
        for member_id in ahead[:STEP]:
            word = (await self._standings.chains(server_id, member_id)).word if member_id in wearing else None
            wanted = None if word is None else chosen.get(word)
            given = {role_id for each, role_id in worn if each == member_id}
            try:
                await self._dress(server_id, member_id, wanted, given, troubles)
            except _FINAL as trouble:  # a role or member that went just now; the next look sees it
                _log.warning("role left as it is", server=server_id, code=trouble.code, detail=trouble.detail)
        is_last = len(ahead) <= STEP
        async with self._database.write() as transaction:
            store = OpennessStore(transaction, server_id)
            await store.keep_round(0 if is_last else ahead[STEP - 1])
            is_as_before = (await store.word_roles(), await store.wearing()) == (roles, wearing)
            due_at = transaction.now + (LOOK_EVERY if is_last and is_as_before else SWEEP_PAUSE)
            await Effects(transaction).put(Verb.JOB, FEATURE, ROLES, server_id, server_id=server_id, due_at=due_at)

    async def _end(self, server_id: ServerId) -> None:
        """Leave nothing of the looks of a server that has no roles any more."""
        async with self._database.write() as transaction:
            store = OpennessStore(transaction, server_id)
            await store.keep_role_troubles({})
            await store.keep_round(0)

    async def _look(self, server_id: ServerId, role_ids: set[RoleId]) -> dict[int, str]:
        """Return what stands in the way of some roles, and keep it for the check and the moderators' list."""
        troubles = await self._keeper.role_troubles(server_id, role_ids)
        async with self._database.read() as transaction:
            before = await OpennessStore(transaction, server_id).role_troubles()
        if troubles != {each.role_id: each.trouble for each in before}:
            async with self._database.write() as transaction:
                await OpennessStore(transaction, server_id).keep_role_troubles(troubles)
        return troubles

    async def _dress(
        self,
        server_id: ServerId,
        member_id: MemberId,
        wanted: RoleId | None,
        given: set[RoleId],
        troubles: Mapping[int, str],
    ) -> None:
        """Let a member wear the role ``wanted``, and no other of those that the bot gave them."""
        held = await self._keeper.roles_of(server_id, member_id)
        if held is None:
            wanted = None  # who is not here wears nothing
        for role_id in given - {wanted}:
            if held is not None and role_id in held:
                if troubles.get(role_id) in _STUCK:
                    continue  # it is the moderators' now; the check and their list say why
                await self._keeper.take_role(server_id, member_id, role_id)
            async with self._database.write() as transaction:
                await OpennessStore(transaction, server_id).take_off(member_id, role_id)
        if wanted is None or held is None or wanted in held or wanted in troubles:
            return  # a role that somebody else gave stays theirs
        async with self._database.write() as transaction:  # noted before: what a crash leaves behind is known as ours
            await OpennessStore(transaction, server_id).wear(member_id, wanted)
        await self._keeper.give_role(server_id, member_id, wanted)
