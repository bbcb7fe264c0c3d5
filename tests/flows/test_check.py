"""What ``/setup check`` finds, each fault with its mend."""

import discord
import simcord

from bot.features.check_ins.model import NEEDED as NEEDED_FOR_PROMPTS
from bot.features.reputation.model import SOURCES_LEAST
from bot.features.setup.model import NEEDED, Place
from tests.flows.gratitude import name_sources
from tests.flows.people import Answer
from tests.flows.prompting import planned
from tests.flows.village import Village


async def checked(village: Village) -> Answer:
    return await village.moderator.slash("setup check")


def finding(village: Village, text: str, place: Place, missing: str = "") -> str:
    return village.text(f"setup.{text}", place=village.text(f"setup.{place}"), missing=missing)


async def test_fresh_server_lacks_everything(bare: Village) -> None:
    answer = await checked(bare)
    for place in (Place.INTRODUCTIONS, Place.MODERATORS):
        assert finding(bare, "check_not_chosen", place) in answer.text
    for place in (Place.HELP, Place.HELPERS, Place.REVIEWS, Place.THANKS):
        assert finding(bare, "check_optional", place) in answer.text
    assert bare.text("reputation.check_no_sources") in answer.text
    assert bare.text("setup.check_no_role") in answer.text


async def test_all_is_fine(village: Village) -> None:
    moderator = village.moderator
    channels = await village.channels()
    for place in (Place.HELP, Place.HELPERS, Place.REVIEWS, Place.THANKS, Place.LETTER, Place.MODERATORS):
        await moderator.choose(channels, place, [village.door])
    role = village.guild.create_role("運営")
    await moderator.choose(await moderator.slash("setup panel"), "moderators_role", [role])
    await moderator.press(await moderator.slash("setup panel"), "post_panel")
    await name_sources(village, [village.move_in(f"Source{number}") for number in range(SOURCES_LEAST)])
    answer = await checked(village)
    assert "⚠️" not in answer.text
    for place in Place:
        assert finding(village, "check_fine", place) in answer.text
    assert village.text("setup.check_role") in answer.text
    assert village.text("setup.check_panel") in answer.text
    assert village.texts.plural(village.locale, "reputation.check_sources", SOURCES_LEAST) in answer.text
    assert not answer.has("try_again")


async def test_each_missing_permission_is_named(village: Village) -> None:
    for name in NEEDED[Place.INTRODUCTIONS]:
        village.forbid(name, village.hall)
        answer = await checked(village)
        assert village.text(f"permission.{name}") in answer.text
        village.clear(village.hall)


async def forum_chosen(village: Village) -> simcord.ChannelHandle:
    """Return a forum that was chosen as the help channel."""
    forum = village.guild.create_forum_channel("asks")
    await village.env.settle()
    await village.choose("help_channel", forum)
    return forum


async def test_a_forum_needs_one_permission_more_for_its_tags(village: Village) -> None:
    forum = await forum_chosen(village)
    assert finding(village, "check_fine", Place.HELP) in (await checked(village)).text
    for name in NEEDED[Place.HELP]:
        village.forbid(name, forum)
        is_missed = village.text(f"permission.{name}") in (await checked(village)).text
        assert is_missed is (name != "create_public_threads")  # which Discord does not ask for there
        village.clear(forum)
    village.forbid("manage_channels")
    lacking = finding(village, "check_no_tags", Place.HELP, village.text("permission.manage_channels"))
    assert lacking in (await checked(village)).text
    await village.choose("help_channel", village.door)
    assert finding(village, "check_fine", Place.HELP) in (await checked(village)).text


async def test_a_forum_that_requires_tags_is_named(village: Village) -> None:
    forum = await forum_chosen(village)
    assert finding(village, "check_requires_tag", Place.HELP) not in (await checked(village)).text
    channel = village.bot.get_channel(forum.id)
    assert isinstance(channel, discord.ForumChannel)
    channel._flags = discord.ChannelFlags(require_tag=True).value  # which the simulated Discord does not know
    assert finding(village, "check_requires_tag", Place.HELP) in (await checked(village)).text


async def test_channels_of_schedules_are_looked_at(village: Village) -> None:
    other, mention = village.guild.create_text_channel("table"), f"<#{village.door.id}>"
    await planned(village, ["0"])
    await planned(village, ["3"], channel=[other])
    assert mention not in (await checked(village)).text
    for name in NEEDED_FOR_PROMPTS:
        village.forbid(name, village.door)
        (line,) = [each for each in (await checked(village)).text.splitlines() if mention in each]
        assert village.text(f"permission.{name}") in line
        village.forbid(name, other)
        assert f"{mention} <#{other.id}>" in (await checked(village)).text  # of both, in one line
        for channel in (village.door, other):
            village.clear(channel)
    village.env.backend.delete_channel(other.id)
    await village.env.settle()
    assert village.text("check_ins.check_gone", mention=f"<#{other.id}>") in (await checked(village)).text


async def test_deleted_channel_and_role_are_named(village: Village) -> None:
    role = village.guild.create_role("運営")
    await village.moderator.choose(await village.moderator.slash("setup panel"), "moderators_role", [role])
    village.env.backend.delete_role(village.guild.id, role.id)
    village.env.backend.delete_channel(village.hall.id)
    await village.env.settle()
    answer = await checked(village)
    assert finding(village, "check_gone", Place.INTRODUCTIONS) in answer.text
    assert village.text("setup.check_role_gone") in answer.text
    panel = await village.moderator.press(answer, "panel")
    assert village.text("setup.panel_title") in panel.text


async def test_unposted_panel_is_named(village: Village) -> None:
    assert village.text("setup.check_no_panel") in (await checked(village)).text


def test_permissions_are_discords(locale: str) -> None:
    for names in NEEDED.values():
        assert set(names) <= set(discord.Permissions.VALID_FLAGS)
