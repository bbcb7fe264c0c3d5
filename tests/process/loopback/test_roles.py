"""Roles, as a bare discord.py bot meets them: who has which, where they stand, who may give them."""

import pytest

from .bare import Bare, Scene, heard, refused
from .entities import Role
from .permissions import BOT_USUALLY, Permission
from .server import Loopback


@pytest.fixture
def role(scene: Scene, server: Loopback) -> Role:
    """A role below the bot's."""
    server.change_role(scene.guild, server.bot_role(scene.guild), position=9)
    return server.create_role(scene.guild, "gardeners")


def way_of(scene: Scene, role_id: int) -> str:
    return f"/guilds/{scene.guild.id}/members/{scene.aki.id}/roles/{role_id}"


async def test_roles_are_given_and_taken_once_and_others_stay(
    scene: Scene, server: Loopback, role: Role, bot: Bare
) -> None:
    other = server.create_role(scene.guild, "cooks")
    scene.aki.roles.append(other)
    for method, roles in (("PUT", [other, role]), ("DELETE", [other])):
        for _ in range(2):
            await bot.raw(method, way_of(scene, role.id))
            assert scene.aki.roles == roles
            shown = await bot.raw("GET", f"/guilds/{scene.guild.id}/members/{scene.aki.id}")
            assert shown["roles"] == [str(each.id) for each in roles]
    server.assert_clean()


async def test_only_roles_below_the_bots_highest_can_be_given(
    scene: Scene, server: Loopback, role: Role, bot: Bare
) -> None:
    own = server.bot_role(scene.guild)
    server.change_role(scene.guild, role, position=own.position)
    await bot.raw("PUT", way_of(scene, role.id))  # of two at one place, the older stands higher
    server.change_role(scene.guild, role, position=own.position + 1)
    for method, role_id in (("PUT", role.id), ("DELETE", role.id), ("PUT", own.id)):
        assert await refused(bot.raw(method, way_of(scene, role_id))) == 50013
    assert scene.aki.roles == [role]
    server.change_role(scene.guild, role, position=2)
    server.set_bot_permissions(scene.guild, BOT_USUALLY & ~Permission.MANAGE_ROLES)
    assert await refused(bot.raw("DELETE", way_of(scene, role.id))) == 50013
    server.set_bot_permissions(scene.guild, Permission.ADMINISTRATOR)
    await bot.raw("DELETE", way_of(scene, role.id))
    assert scene.aki.roles == []


async def test_unknown_roles_people_and_that_of_everybody_are_told_apart(
    scene: Scene, server: Loopback, role: Role, bot: Bare
) -> None:
    for role_id in (7, scene.guild.id):
        assert await refused(bot.raw("PUT", way_of(scene, role_id))) == 10011
    server.remove_member(scene.aki)
    assert await refused(bot.raw("PUT", way_of(scene, role.id))) == 10007
    assert await refused(bot.raw("DELETE", f"/guilds/{scene.guild.id}/members/1/roles/{role.id}")) == 10013


async def test_a_server_shows_its_roles_and_a_deleted_one_is_nobodys(
    scene: Scene, server: Loopback, role: Role, bot: Bare
) -> None:
    scene.aki.roles.append(role)
    server.change_role(scene.guild, role, permissions=Permission.MANAGE_MESSAGES)
    await heard(bot, "guild_role_update")
    shown = (await bot.raw("GET", f"/guilds/{scene.guild.id}"))["roles"]
    everyone, own, last = [(each["name"], each["position"], each["managed"]) for each in shown]
    assert (everyone, own) == (("@everyone", 0, False), (server.world.bot.name, 9, True))
    assert last == (role.name, role.position, False)
    assert int(shown[-1]["permissions"]) == Permission.MANAGE_MESSAGES
    server.delete_role(scene.guild, role)
    (heard_of,) = await heard(bot, "guild_role_delete")
    assert (heard_of.id, scene.aki.roles) == (role.id, [])
    assert await refused(bot.raw("DELETE", way_of(scene, role.id))) == 10011
