"""Choosing the channel of each place, on a card that the set-up panel leads to."""

import discord
import pytest

from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from tests.flows.messages import CHANNEL_MENU, components, control, words
from tests.flows.village import Village


async def server(village: Village) -> Server:
    return await village.bot.service(Setup).server(village.server_id)


def line(village: Village, place: Place, channel: str = "") -> str:
    """Return what the panel says of a place."""
    shown = channel or village.text("setup.channels_none")
    return village.text("setup.channels_line", place=village.text(f"setup.{place}"), channel=shown)


async def test_the_panel_lists_all_places_and_leads_to_their_menus(bare: Village) -> None:
    panel = await bare.moderator.slash("setup panel")
    for place in Place:
        assert line(bare, place) in panel.text
    assert not panel.actions & set(Place)
    channels = await bare.moderator.press(panel, "channels")
    assert channels.actions == {*Place, "make_channel", "make_help_channel", "make_reviews_channel", "panel"}
    for place in Place:
        assert bare.text(f"setup.{place}_is") in channels.text
    assert (await bare.moderator.press(channels, "panel")).actions == panel.actions


async def test_each_channel_is_kept_and_shown_when_the_panel_is_opened_again(bare: Village) -> None:
    forum = bare.guild.create_forum_channel("asks")
    await bare.env.settle()
    chosen = {place: forum if place is Place.HELP else bare.door for place in Place} | {Place.INTRODUCTIONS: bare.hall}
    channels = await bare.channels()
    for place, channel in chosen.items():
        channels = await bare.moderator.choose(channels, place, [channel])
        assert bare.text("setup.saved") in channels.text
    panel = await bare.moderator.slash("setup panel")
    for place, channel in chosen.items():
        assert line(bare, place, channel.mention) in panel.text
    assert panel.has("post_panel")
    channels = await bare.moderator.press(panel, "channels")
    assert channels.actions == {*Place, "panel"}
    for channel in chosen.values():
        assert str(channel.id) in str(channels.message.components)
    await bare.moderator.choose(channels, Place.INTRODUCTIONS, [])
    assert line(bare, Place.INTRODUCTIONS) in (await bare.moderator.slash("setup panel")).text


async def test_the_way_to_channels_stands_out_until_there_is_one_for_introductions(bare: Village) -> None:
    looks = []
    for _ in range(2):
        panel = await bare.moderator.slash("setup panel")
        parts = {part.get("custom_id"): part for part in components(panel.message)}
        looks.append(parts[control(panel.message, "channels")]["style"])
        await bare.set_up()
    assert looks == [discord.ButtonStyle.primary.value, discord.ButtonStyle.secondary.value]


async def test_only_the_help_channel_can_be_a_forum(bare: Village) -> None:
    channels = await bare.channels()
    offered = {
        part["custom_id"].split(":")[2]: part["channel_types"]
        for part in components(channels.message)
        if part["type"] == CHANNEL_MENU
    }
    text, forum = discord.ChannelType.text.value, discord.ChannelType.forum.value
    assert offered == {place: [text, forum] if place is Place.HELP else [text] for place in Place}


@pytest.mark.parametrize("place", [Place.HELP, Place.REVIEWS])
async def test_bot_makes_each_other_channel_once(bare: Village, place: Place) -> None:
    moderator = bare.moderator
    coming = await moderator.press(await bare.channels(), f"make_{place}")
    assert moderator.text(f"setup.{place}_coming") in coming.text
    made = bare.guild.channels[bare.text(f"setup.{place}_name")]
    assert (await server(bare)).places == {place: made.id}
    channels = await moderator.press(coming, "channels")
    assert channels.has("make_channel")
    assert not channels.has(f"make_{place}")
    refused = await moderator.forge(f"v1:setup:make_{place}:{bare.guild.id}")
    assert refused.text == moderator.text("setup.channel_chosen")
    trail = await moderator.press(await moderator.slash("cases list"), "acts")
    assert trail.text.count(moderator.text(f"act.setup_make_{place}")) == 1


async def test_bot_makes_the_channel_and_the_panel_goes_on(bare: Village) -> None:
    moderator = bare.moderator
    coming = await moderator.press(await bare.channels(), "make_channel")
    assert moderator.text("setup.channel_coming") in coming.text
    made = bare.guild.channels[bare.text("setup.introductions_channel_name")]
    channels = await moderator.press(coming, "channels")
    assert str(made.id) in str(channels.message.components)
    panel = await moderator.press(channels, "panel")
    assert line(bare, Place.INTRODUCTIONS, made.mention) in panel.text
    await moderator.press(panel, "post_panel")
    (posted,) = bare.cards(made)
    assert words(posted) == bare.text("setup.members_panel")


@pytest.mark.parametrize("action", ["make_channel", "make_help_channel", "make_reviews_channel"])
async def test_bot_that_may_make_no_channels_says_so(bare: Village, action: str) -> None:
    bare.forbid("manage_channels")
    refused = await bare.moderator.press(await bare.channels(), action)
    assert refused.text == bare.text("setup.may_not_make_channels")


async def test_channel_is_made_once(bare: Village) -> None:
    channels = await bare.channels()
    names = len(bare.guild.channels)
    await bare.moderator.forge(f"v1:setup:make_channel:{bare.guild.id}")
    refused = await bare.moderator.press(channels, "make_channel")
    assert refused.text == bare.text("setup.channel_chosen")
    assert len(bare.guild.channels) == names + 1


async def test_channel_of_another_server_is_not_taken(bare: Village) -> None:
    elsewhere = bare.env.create_guild("elsewhere").create_text_channel("secret")
    await bare.env.settle()
    for value in (str(elsewhere.id), "9" * 30, "x", "²"):
        await bare.moderator.forge(f"v1:setup:introductions_channel:{bare.guild.id}", [value])
        await bare.moderator.forge(f"v1:setup:moderators_role:{bare.guild.id}", [value])
    chosen = await server(bare)
    assert (chosen.places, chosen.moderators_role_id) == ({}, None)
    refused = await bare.moderator.forge(f"v1:setup:introductions_channel:{bare.guild.id}", [str(elsewhere.id)])
    assert refused.text == bare.text("setup.no_channel")
