"""Roles for words over sockets: given to who wants one and has earned it, taken back, and no other role touched."""

import asyncio

import pytest

from bot.kernel.i18n import Locale

from .loopback import BOT_USUALLY, Asked, Interaction, Loopback, Member, Permission, Role
from .running import PATIENCE, Bot, Place, told
from .test_once import killed_after, killed_before
from .test_rest_faults import FAULTS
from .thankful import name_sources, open_sources, thank, wish

HIGH = 50  # a place in the list of roles above all that are made here
ROLE_MENU = 6


@pytest.fixture
def place(discord: Loopback, place: Place) -> Place:
    """A server in which the bot's role stands above those that are made later."""
    discord.change_role(place.guild, discord.bot_role(place.guild), position=HIGH)
    return place


async def choose_role(place: Place, role: Role | None, word: str = "familiar") -> Interaction:
    """Choose the role for a word in the panel, or none."""
    opened = await open_sources(place, place.owner)
    assert opened.message is not None
    act = place.discord.select(place.owner, opened.message, f"{word}_role", [role] if role else [])
    await act.answered(PATIENCE)
    return act


async def known(place: Place, member: Member) -> None:
    """Let two sources thank a member, who is familiar from then on."""
    sources = [place.member(f"source {number} for {member.name}") for number in range(2)]
    await name_sources(place, place.owner, sources)
    for source in sources:
        await thank(place, source, member)


async def look_again(place: Place) -> None:
    """Do what lets the roles be looked at, and changes none."""
    await wish(place, place.member("somebody else"), "shows_word_on")


def touched(discord: Loopback) -> set[int]:
    """Return all roles that the bot has tried to give or to take."""
    paths = [request.path.split("/") for request in discord.requests if request.method in {"PUT", "DELETE"}]
    return {int(path[-1]) for path in paths if path[-2] == "roles"}


async def test_a_role_comes_with_the_word_and_goes_with_the_wish(bot: Bot, discord: Loopback, place: Place) -> None:
    role, other = (discord.create_role(place.guild, name) for name in ("familiar", "gardeners"))
    aki = discord.add_member(place.guild, "aki", roles=(other,))
    await known(place, aki)
    assert told(await choose_role(place, role), "members.saved")
    await bot.settled()
    assert aki.roles == [other]
    await wish(place, aki, "wears_role_on")
    await discord.wait_for(lambda: role in aki.roles, PATIENCE, "role")
    await bot.restart()
    await look_again(place)
    await bot.settled()
    assert aki.roles == [other, role]
    await wish(place, aki, "wears_role_off")
    await discord.wait_for(lambda: role not in aki.roles, PATIENCE, "role taken back")
    await bot.settled()
    assert aki.roles == [other]
    assert touched(discord) == {role.id}


async def test_nobody_wears_a_role_without_the_word_or_without_the_wish(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    role, aki, beni = discord.create_role(place.guild, "familiar"), place.member("aki"), place.member("beni")
    await choose_role(place, role)
    await known(place, aki)
    await thank(place, aki, beni)
    await wish(place, beni, "wears_role_on")  # whom one chain alone leads to
    await bot.settled()
    assert (aki.roles, beni.roles, touched(discord)) == ([], [], set())


async def test_a_role_goes_with_the_word(bot: Bot, discord: Loopback, place: Place) -> None:
    role, aki = discord.create_role(place.guild, "familiar"), place.member("aki")
    await choose_role(place, role)
    await known(place, aki)
    await wish(place, aki, "wears_role_on")
    await discord.wait_for(lambda: aki.roles == [role], PATIENCE, "role")
    ((number,),) = bot.rows("SELECT max(sequence) FROM thanks")
    reversed_now = await place.command(place.owner, "ledger reverse", number=number, reason="It was a slip")
    assert reversed_now.message is not None
    await discord.wait_for(lambda: not aki.roles, PATIENCE, "role taken back")
    await bot.settled()


async def test_a_role_that_is_chosen_no_more_is_taken_back(bot: Bot, discord: Loopback, place: Place) -> None:
    first, second = (discord.create_role(place.guild, name) for name in ("first", "second"))
    aki, beni = place.member("aki"), discord.add_member(place.guild, "beni", roles=(first,))  # beni's is not ours
    await known(place, aki)
    await choose_role(place, first)
    await wish(place, aki, "wears_role_on")
    await discord.wait_for(lambda: aki.roles == [first], PATIENCE, "first role")
    await choose_role(place, second)
    await discord.wait_for(lambda: aki.roles == [second], PATIENCE, "second role")
    await choose_role(place, None)
    await discord.wait_for(lambda: not aki.roles, PATIENCE, "no role")
    await bot.settled()
    assert beni.roles == [first]


async def test_a_role_that_somebody_else_gave_stays_theirs(bot: Bot, discord: Loopback, place: Place) -> None:
    role = discord.create_role(place.guild, "familiar")
    aki = discord.add_member(place.guild, "aki", roles=(role,))
    await known(place, aki)
    await choose_role(place, role)
    await wish(place, aki, "wears_role_on")
    await bot.settled()
    await wish(place, aki, "wears_role_off")
    await choose_role(place, None)
    await bot.settled()
    assert (aki.roles, touched(discord)) == ([role], set())


async def test_who_comes_back_wears_it_again(bot: Bot, discord: Loopback, place: Place) -> None:
    role, aki = discord.create_role(place.guild, "familiar"), place.member("aki")
    await known(place, aki)
    await choose_role(place, role)
    await wish(place, aki, "wears_role_on")
    await discord.wait_for(lambda: aki.roles == [role], PATIENCE, "role")
    discord.remove_member(aki)
    await look_again(place)
    await bot.settled()
    back = discord.add_member(place.guild, aki.user)
    await look_again(place)
    await discord.wait_for(lambda: back.roles == [role], PATIENCE, "role again")
    await bot.settled()


def get_in_the_way(place: Place, role: Role, trouble: str) -> None:
    discord, guild = place.discord, place.guild
    match trouble:
        case "gone":
            discord.delete_role(guild, role)
        case "managed":
            role.managed = True
        case "powers":
            discord.change_role(guild, role, permissions=Permission.MANAGE_MESSAGES)
        case "permission":
            discord.set_bot_permissions(guild, BOT_USUALLY & ~Permission.MANAGE_ROLES)
        case "order":
            discord.change_role(guild, role, position=HIGH + 1)


async def out_of_the_way(place: Place, role: Role) -> Role:
    """Mend whatever stands in the way; return the role that can be given then."""
    discord, guild = place.discord, place.guild
    discord.set_bot_permissions(guild, BOT_USUALLY)
    if role.id not in guild.roles:
        role = discord.create_role(guild, "another")
        await choose_role(place, role)
    role.managed = False
    discord.change_role(guild, role, position=1, permissions=Permission(0))
    return role


@pytest.mark.parametrize(
    ("trouble", "locale"),
    [("gone", "en"), ("managed", "ja"), ("powers", "en"), ("permission", "ja"), ("order", "en")],
)
async def test_what_stands_in_the_way_is_said_and_once_it_is_mended_the_role_comes(
    trouble: str, locale: Locale, bot: Bot, discord: Loopback, place: Place
) -> None:
    place.owner.user.locale = locale
    role, aki = discord.create_role(place.guild, "familiar"), place.member("aki")
    await known(place, aki)
    await choose_role(place, role)
    get_in_the_way(place, role, trouble)
    await wish(place, aki, "wears_role_on")
    await bot.settled()
    checked = await place.command(place.owner, "setup check")
    assert told(checked, f"reputation.role_{trouble}", locale, mention=f"<@&{role.id}>")
    assert (aki.roles, touched(discord)) == ([], set())
    mended = await out_of_the_way(place, role)
    await look_again(place)
    await discord.wait_for(lambda: aki.roles == [mended], PATIENCE, "role")
    await bot.settled()
    checked = await place.command(place.owner, "setup check")
    assert not told(checked, f"reputation.role_{trouble}", locale, mention=f"<@&{role.id}>")


@pytest.mark.parametrize("trouble", ["permission", "order"])
async def test_a_role_that_cannot_be_taken_back_is_said_and_taken_back_later(
    trouble: str, bot: Bot, discord: Loopback, place: Place
) -> None:
    role, aki = discord.create_role(place.guild, "familiar"), place.member("aki")
    await known(place, aki)
    await choose_role(place, role)
    await wish(place, aki, "wears_role_on")
    await discord.wait_for(lambda: aki.roles == [role], PATIENCE, "role")
    get_in_the_way(place, role, trouble)
    await wish(place, aki, "wears_role_off")
    await bot.settled()
    checked = await place.command(place.owner, "setup check")
    assert told(checked, f"reputation.role_{trouble}", mention=f"<@&{role.id}>")
    assert aki.roles == [role]
    await out_of_the_way(place, role)
    await look_again(place)
    await discord.wait_for(lambda: not aki.roles, PATIENCE, "role taken back")
    await bot.settled()


async def test_a_role_of_another_server_and_that_of_everybody_are_none(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, elsewhere = place.member("aki"), discord.create_role(discord.create_guild("Elsewhere"), "familiar")
    await known(place, aki)
    await wish(place, aki, "wears_role_on")
    opened = await open_sources(place, place.owner)
    assert opened.message is not None
    menu = opened.message.control("familiar_role")["custom_id"]
    for role_id in (elsewhere.id, place.guild.id):
        data = {"custom_id": menu, "component_type": ROLE_MENU, "id": 1, "values": [str(role_id)]}
        act = discord.forge(Asked.COMPONENT, place.owner, place.moderators, data, source=opened.message)
        await act.answered(PATIENCE)
        assert told(act, "setup.no_role")
    await bot.settled()
    assert (aki.roles, touched(discord)) == ([], set())


@pytest.mark.parametrize("fault", ["429", "503", "cut", "done, then cut"])
async def test_a_fault_on_the_way_is_tried_again(fault: str, bot: Bot, discord: Loopback, place: Place) -> None:
    role, aki = discord.create_role(place.guild, "familiar"), place.member("aki")
    await known(place, aki)
    await choose_role(place, role)
    for method, action, roles in (("PUT", "on", [role]), ("DELETE", "off", [])):
        ordered = discord.fail(method, f"/guilds/*/roles/{role.id}", **FAULTS[fault])
        await wish(place, aki, f"wears_role_{action}")
        await discord.wait_for(lambda: ordered.hits, PATIENCE, "fault")  # noqa: B023 - awaited in the loop
        bot.skip_pauses()
        await place.wake()
        await discord.wait_for(lambda: aki.roles == roles, PATIENCE, f"role {action}")  # noqa: B023 - as above
        await bot.settled()


@pytest.mark.parametrize("moment", ["noted", "given"])
async def test_a_role_whose_giving_was_killed_is_known_as_the_bots(
    moment: str, bot: Bot, discord: Loopback, place: Place
) -> None:
    role, aki = discord.create_role(place.guild, "familiar"), place.member("aki")
    await known(place, aki)
    await choose_role(place, role)
    await bot.settled()
    opened = await place.press(aki, await place.command(aki, "preferences"), "openness")
    path = f"/members/{aki.id}/roles/{role.id}"
    if moment == "noted":
        killing = asyncio.create_task(killed_before(bot, discord, f"/guilds/*{path}", "PUT"))
    else:
        killing = asyncio.create_task(killed_after(bot, discord, path, "PUT", "/guilds/"))
    await place.press(aki, opened, "wears_role_on")
    await killing
    assert aki.roles == ([role] if moment == "given" else [])
    await bot.start()
    await discord.wait_for(lambda: aki.roles == [role], PATIENCE, "role")
    await wish(place, aki, "wears_role_off")
    await discord.wait_for(lambda: not aki.roles, PATIENCE, "role taken back")
    await bot.settled()
