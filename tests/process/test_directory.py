"""The directory against the loopback: who somebody is, and the roles for words, by ids alone."""

import asyncio
from collections.abc import AsyncIterator

import discord as dpy
import pytest
from discord.http import Route

from bot.directory import Directory
from bot.kernel.errors import DiscordTrouble, MemberGone, PlaceGone, TryLater
from bot.kernel.ids import MemberId, RoleId, ServerId

from .loopback import BOT_USUALLY, NOTHING, Guild, Loopback, Member, Permission, Role
from .loopback.server import Ordered

pytestmark = pytest.mark.traced

HIGH = 50  # a place in the list of roles above all that are made here


@pytest.fixture
def aki(discord: Loopback) -> Member:
    return discord.add_member(discord.create_guild("Goen"), "aki")


@pytest.fixture
async def directory(discord: Loopback, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Directory]:
    """The bot's own, with a client that has never been at the gateway: it may know nothing by cache."""
    monkeypatch.setattr(Route, "BASE", discord.url)
    async with dpy.Client(intents=dpy.Intents.none(), max_ratelimit_timeout=30) as client:
        await client.login(discord.settings.token)
        yield Directory(client)


@pytest.fixture
def guild(discord: Loopback) -> Guild:
    """A server in which the bot's role stands above those that are made later."""
    made = discord.create_guild("Goen")
    discord.change_role(made, discord.bot_role(made), position=HIGH)
    return made


async def troubles(directory: Directory, guild: Guild, *roles: Role) -> list[str]:
    """Return what stands in the way of each role; nothing of one is an empty text."""
    found = await directory.role_troubles(ServerId(guild.id), [role.id for role in roles])
    assert set(found) <= {role.id for role in roles}
    return [found.get(role.id, "") for role in roles]


async def can_give(directory: Directory, guild: Guild, member: Member, role: Role) -> bool:
    """Whether Discord lets the bot give a role, and take it."""
    ids = ServerId(guild.id), MemberId(member.id), RoleId(role.id)
    try:
        await directory.give_role(*ids)
    except DiscordTrouble:
        with pytest.raises(DiscordTrouble):
            await directory.take_role(*ids)
        return False
    assert role in member.roles
    await directory.take_role(*ids)
    return True


async def test_a_role_without_powers_below_the_bots_is_fine(
    discord: Loopback, directory: Directory, guild: Guild
) -> None:
    plain = discord.create_role(guild, "familiar")
    usual = discord.create_role(guild, "well tied", Permission.SEND_MESSAGES | Permission.ADD_REACTIONS)
    assert await troubles(directory, guild, plain, usual) == ["", ""]
    assert await troubles(directory, guild) == []
    aki = discord.add_member(guild, "aki")
    assert [await can_give(directory, guild, aki, role) for role in (plain, usual)] == [True, True]


async def test_a_role_that_is_gone(discord: Loopback, directory: Directory, guild: Guild) -> None:
    role, other = discord.create_role(guild, "familiar"), discord.create_role(discord.create_guild("Else"), "familiar")
    discord.delete_role(guild, role)
    assert await troubles(directory, guild, role, other) == ["gone", "gone"]
    assert not await can_give(directory, guild, discord.add_member(guild, "aki"), role)


async def test_a_role_that_discord_gives_itself(discord: Loopback, directory: Directory, guild: Guild) -> None:
    boost = discord.create_role(guild, "boosters")
    boost.managed = True
    roles = (boost, discord.bot_role(guild))
    assert await troubles(directory, guild, *roles) == ["managed"] * len(roles)
    aki = discord.add_member(guild, "aki")
    assert not any([await can_give(directory, guild, aki, role) for role in roles])


@pytest.mark.parametrize(
    "power", [Permission.MANAGE_MESSAGES, Permission.MENTION_EVERYONE, Permission.ADMINISTRATOR], ids=str
)
async def test_a_role_with_powers_that_not_everybody_has(
    power: Permission, discord: Loopback, directory: Directory, guild: Guild
) -> None:
    role = discord.create_role(guild, "strong", power | Permission.SEND_MESSAGES)
    assert await troubles(directory, guild, role) == ["powers"]
    discord.change_role(guild, role, permissions=Permission.SEND_MESSAGES)
    assert await troubles(directory, guild, role) == [""]
    discord.change_role(guild, guild.everyone, permissions=guild.everyone.permissions & ~Permission.SEND_MESSAGES)
    assert await troubles(directory, guild, role) == ["powers"]


async def test_a_bot_without_the_permission_and_one_with_all(
    discord: Loopback, directory: Directory, guild: Guild
) -> None:
    role, strong = discord.create_role(guild, "familiar"), discord.create_role(guild, "s", Permission.MANAGE_GUILD)
    aki, granted = discord.add_member(guild, "aki"), discord.create_role(guild, "helpers")
    discord.set_bot_permissions(guild, BOT_USUALLY & ~Permission.MANAGE_ROLES)
    assert await troubles(directory, guild, role, strong) == ["permission", "powers"]
    assert not await can_give(directory, guild, aki, role)
    discord.change_role(guild, granted, permissions=Permission.MANAGE_ROLES)
    discord.world.bot_in(guild).roles.append(granted)  # by another of its roles
    assert await troubles(directory, guild, role) == [""]
    assert await can_give(directory, guild, aki, role)
    discord.world.bot_in(guild).roles.remove(granted)
    discord.set_bot_permissions(guild, Permission.ADMINISTRATOR)
    assert await troubles(directory, guild, role) == [""]
    assert await can_give(directory, guild, aki, role)
    discord.set_bot_permissions(guild, NOTHING)
    discord.change_role(guild, guild.everyone, permissions=guild.everyone.permissions | Permission.MANAGE_ROLES)
    assert await troubles(directory, guild, role) == [""]  # everybody may
    assert await can_give(directory, guild, aki, role)


async def test_a_role_that_does_not_stand_below_the_bots(discord: Loopback, directory: Directory, guild: Guild) -> None:
    older = discord.create_role(guild, "older")
    own = Role(discord.world.ids.make(), "the bot's other", BOT_USUALLY, HIGH)
    guild.roles[own.id] = own
    discord.world.bot_in(guild).roles = [own]
    younger, aki = discord.create_role(guild, "younger"), discord.add_member(guild, "aki")
    for position, expected in ((HIGH - 1, ["", ""]), (HIGH, ["order", ""]), (HIGH + 1, ["order", "order"])):
        for role in (older, younger):
            discord.change_role(guild, role, position=position)
        assert await troubles(directory, guild, older, younger) == expected
        given = [await can_give(directory, guild, aki, role) for role in (older, younger)]
        assert given == [not trouble for trouble in expected]
    owned = discord.create_guild("Its own", owner=discord.world.bot)
    discord.world.bot_in(owned).roles = []
    assert await troubles(directory, owned, discord.create_role(owned, "familiar")) == [""]


@pytest.mark.parametrize("fault", [{"status": 503}, {"cut": True}, {"status": 403, "code": 50001}], ids=str)
@pytest.mark.parametrize("path", ["/guilds/*", "/guilds/*/members/*"], ids=["server", "bot"])
async def test_troubles_are_unknown_where_discord_does_not_say(
    path: str, fault: Ordered, discord: Loopback, directory: Directory, guild: Guild
) -> None:
    role = discord.create_role(guild, "familiar")
    ordered = discord.fail("GET", path, **fault)
    ordered.times = None
    with pytest.raises(TryLater if fault.get("code") is None else PlaceGone):
        await troubles(directory, guild, role)
    ordered.times = 0
    assert await troubles(directory, guild, role) == [""]


async def test_who_wears_what(discord: Loopback, directory: Directory, guild: Guild) -> None:
    role, aki = discord.create_role(guild, "fine"), discord.add_member(guild, "aki")
    server_id, aki_id, role_id = ServerId(guild.id), MemberId(aki.id), RoleId(role.id)
    assert await directory.roles_of(server_id, aki_id) == set()
    for _ in range(2):
        await directory.give_role(server_id, aki_id, role_id)
        assert await directory.roles_of(server_id, aki_id) == {role.id}
    for _ in range(2):
        await directory.take_role(server_id, aki_id, role_id)
        assert await directory.roles_of(server_id, aki_id) == set()
    discord.remove_member(aki)
    assert await directory.roles_of(server_id, aki_id) is None
    for change in (directory.give_role, directory.take_role):
        with pytest.raises(MemberGone):
            await change(server_id, aki_id, role_id)


@pytest.mark.parametrize("fault", [{"status": 503}, {"cut": True}], ids=str)
@pytest.mark.parametrize("after_doing", [False, True], ids=["before", "done"])
async def test_what_passes_is_tried_again_later(
    fault: Ordered, after_doing: bool, discord: Loopback, directory: Directory, guild: Guild
) -> None:
    role, aki = discord.create_role(guild, "fine"), discord.add_member(guild, "aki")
    ids = ServerId(guild.id), MemberId(aki.id), RoleId(role.id)
    for method, change in (("PUT", directory.give_role), ("DELETE", directory.take_role)):
        ordered = discord.fail(method, "/guilds/*/roles/*", **fault)
        ordered.after_doing, ordered.times = after_doing, None
        with pytest.raises(TryLater):
            await change(*ids)
        ordered.times = 0
        await change(*ids)  # once more does no harm
    assert aki.roles == []


@pytest.mark.parametrize(("status", "asked"), [(500, 5), (502, 5), (503, 2)])
async def test_who_somebody_is_is_asked_again_by_the_library_or_by_us_and_not_by_both(
    status: int, asked: int, discord: Loopback, aki: Member, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleep = asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda _: sleep(0))  # the library's pauses come to 25 s
    fault = discord.fail("GET", f"/guilds/*/members/{aki.id}", status=status, times=99)
    with pytest.raises(TryLater):
        await directory.name_of(ServerId(aki.guild.id), MemberId(aki.id))
    assert len(fault.hits) == asked
