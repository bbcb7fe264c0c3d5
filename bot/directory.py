"""Who somebody is in a server, asked of Discord itself by ids: members, moderators, and the roles for words."""

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import discord

from bot.kernel.errors import MemberGone
from bot.kernel.ids import MemberId, RoleId, ServerId
from bot.kernel.people import Person, person_of
from bot.troubles import FAULTS, asked, trouble_of

if TYPE_CHECKING:
    from discord.types.member import MemberWithUser

_UNAVAILABLE = 503  # after which the library does not ask again, as it does after other faults
_BREATH = 0.3  # seconds; what was pressed is answered well within Discord's three


class Directory:
    """The way to ask Discord who somebody is, and to give and take the roles for words."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def is_member(self, server_id: ServerId, member_id: MemberId) -> bool:
        """Return whether somebody is in a server.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        return await self.name_of(server_id, member_id) is not None

    async def name_of(self, server_id: ServerId, member_id: MemberId) -> str | None:
        """Return what somebody is called in a server; None if they are not in it.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        person = await self.person(server_id, member_id)
        return None if person is None else person.names[0]

    async def person(self, server_id: ServerId, member_id: MemberId) -> Person | None:
        """Return who somebody is in a server; None if they are not in it.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        member = await self._found(server_id, member_id)
        return None if member is None else person_of(member["user"], member)

    async def _found(self, server_id: ServerId, member_id: MemberId) -> "MemberWithUser | None":
        """Return Discord's object of a member; None if they are not in the server: only codes 10007, 10013 say so."""
        try:
            return await self._member(server_id, member_id)
        except FAULTS as error:
            trouble = trouble_of(error)
            if isinstance(trouble, MemberGone):
                return None
            raise trouble from error

    async def _member(self, server_id: ServerId, member_id: MemberId) -> "MemberWithUser":
        """Ask for a member, once more after a 503: somebody may wait."""
        try:
            return await self._client.http.get_member(server_id, member_id)
        except discord.DiscordServerError as error:
            if error.status != _UNAVAILABLE:
                raise
            await asyncio.sleep(_BREATH)
            return await self._client.http.get_member(server_id, member_id)

    async def is_moderator(self, server_id: ServerId, member_id: MemberId, role_id: RoleId | None) -> bool:
        """Return whether somebody is in a server and owns it, may manage it, or has the role ``role_id``.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        try:
            member = await self._client.http.get_member(server_id, member_id)
            guild = await self._client.http.get_guild(server_id, with_counts=False)
        except FAULTS as error:
            trouble = trouble_of(error)
            if isinstance(trouble, MemberGone):
                return False
            raise trouble from error
        held = {int(each) for each in member["roles"]} | {server_id}
        powers = [discord.Permissions(int(role["permissions"])) for role in guild["roles"] if int(role["id"]) in held]
        return (
            int(guild["owner_id"]) == member_id
            or role_id in held
            or any(power.manage_guild or power.administrator for power in powers)
        )

    async def owner(self, server_id: ServerId) -> MemberId:
        """Return who owns a server.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        try:
            guild = await self._client.http.get_guild(server_id, with_counts=False)
        except FAULTS as error:
            raise trouble_of(error) from error
        return MemberId(int(guild["owner_id"]))

    async def role_troubles(self, server_id: ServerId, role_ids: Collection[int]) -> dict[int, str]:
        """Return why the bot can't give some roles; those are left out that it can.

        ``gone``, ``managed`` (by an integration), ``powers`` (it lets do more than everybody may), ``permission``
        (Manage Roles is missing) or ``order`` (it stands above the bot's own).

        Raises:
            DiscordTrouble: Discord did not say.
        """
        if not role_ids:
            return {}
        assert self._client.user is not None  # noqa: S101 - nobody asks before the login
        guild = await asked(self._client.http.get_guild(server_id, with_counts=False))
        me = await asked(self._client.http.get_member(server_id, self._client.user.id))
        roles = {int(role["id"]): role for role in guild["roles"]}
        held = [roles[role_id] for role_id in (server_id, *map(int, me["roles"])) if role_id in roles]
        everybody = _powers(roles[server_id])
        mine = discord.Permissions.none()
        for role in held:
            mine |= _powers(role)
        is_owner = int(guild["owner_id"]) == self._client.user.id
        may_give = is_owner or mine.administrator or mine.manage_roles
        top = max((role["position"], -int(role["id"])) for role in held)
        found = {}
        for role_id in role_ids:
            named = roles.get(role_id)
            trouble = "gone" if named is None else _trouble_with(named, everybody)
            if not trouble and not may_give:
                trouble = "permission"
            if not trouble and named is not None and not is_owner and (named["position"], -role_id) >= top:
                trouble = "order"
            if trouble:
                found[role_id] = trouble
        return found

    async def roles_of(self, server_id: ServerId, member_id: MemberId) -> set[int] | None:
        """Return the roles of a member, None for who is not in the server.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        member = await self._found(server_id, member_id)
        return None if member is None else {int(role_id) for role_id in member["roles"]}

    async def give_role(self, server_id: ServerId, member_id: MemberId, role_id: RoleId) -> None:
        """Give a role to a member.

        Raises:
            DiscordTrouble: it did not happen.
        """
        await asked(self._client.http.add_role(server_id, member_id, role_id))

    async def take_role(self, server_id: ServerId, member_id: MemberId, role_id: RoleId) -> None:
        """Take a role from a member.

        Raises:
            DiscordTrouble: it did not happen.
        """
        await asked(self._client.http.remove_role(server_id, member_id, role_id))


def _powers(role: Any) -> discord.Permissions:  # noqa: ANN401 - the library's TypedDict
    return discord.Permissions(int(role["permissions"]))


def _trouble_with(role: Any, everybody: discord.Permissions) -> str:  # noqa: ANN401 - the library's TypedDict
    """Return why a role is none that goes with a word, whoever gives it."""
    if role["managed"] or _powers(role).administrator:
        return "managed" if role["managed"] else "powers"
    return "" if _powers(role) <= everybody else "powers"
