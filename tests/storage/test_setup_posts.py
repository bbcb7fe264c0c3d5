"""The members' panel, the hint and the bot's own channel: once, where moderators want them."""

from collections.abc import AsyncIterator

import pytest

from bot.features.safety.jobs import zone_changed
from bot.features.setup.model import Place, Server
from bot.kernel.errors import DiscordTrouble, Refusal
from bot.kernel.ids import ChannelId
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction
from bot.storage.effects import Verb
from tests.storage.house import AKI, ONE, TWO, HandClock
from tests.storage.pocket import BUSY, HALL, LOST, YARD, Pocket, opened


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        yield pocket


@pytest.mark.parametrize("trouble", [BUSY, LOST])
async def test_panel_that_waits_goes_to_the_channel_chosen_meanwhile_once(
    pocket: Pocket, trouble: DiscordTrouble
) -> None:
    pocket.discord.fail(Verb.SEND, trouble)
    await pocket.setup.post_panel(ONE, AKI)
    await pocket.due()
    await pocket.choose(YARD)
    await pocket.setup.post_panel(ONE, AKI)
    pocket.discord.mend()
    await pocket.later()
    (panel,) = pocket.discord.posts.values()
    assert (panel.channel_id, panel.is_pinned) == (YARD, True)


async def test_panel_in_flight_is_posted_in_the_channel_chosen_meanwhile_once(pocket: Pocket) -> None:
    await pocket.setup.post_panel(ONE, AKI)
    async with pocket.in_flight(Verb.SEND):
        await pocket.choose(YARD)
        await pocket.setup.post_panel(ONE, AKI)
    await pocket.later()
    assert pocket.discord.texts(YARD) == ["panel"]
    server = await pocket.setup.server(ONE)
    assert pocket.discord.posts[server.panel_message_id or 0].channel_id == YARD


@pytest.mark.parametrize("noticed", [True, False])
async def test_deleted_panel_is_posted_anew_once(pocket: Pocket, noticed: bool) -> None:
    await pocket.setup.post_panel(ONE, AKI)
    await pocket.due()
    (message_id,) = pocket.discord.posts
    del pocket.discord.posts[message_id]
    if noticed:
        await pocket.setup.message_deleted(ONE, {message_id})
    else:
        await pocket.setup.post_panel(ONE, AKI)  # finds that there is nothing to bring up to date
        await pocket.due()
    for _ in range(2):
        await pocket.setup.post_panel(ONE, AKI)
        await pocket.due()
    (panel,) = pocket.discord.posts.values()
    assert (panel.channel_id, panel.is_pinned) == (HALL, True)


@pytest.mark.parametrize("in_flight", [True, False])
async def test_channel_made_by_the_bot_gives_way_to_the_moderators_choice(pocket: Pocket, in_flight: bool) -> None:
    await pocket.choose(None)
    await pocket.setup.make_channel(ONE, AKI, Place.INTRODUCTIONS)
    if in_flight:
        async with pocket.in_flight(Verb.CHANNEL):
            await pocket.choose(YARD)
    else:
        await pocket.choose(YARD)
        await pocket.due()
        assert pocket.discord.channels == {HALL, YARD}
    assert (await pocket.setup.server(ONE)).introductions_channel_id == YARD


@pytest.mark.parametrize("is_made", [True, False], ids=["made", "chosen"])
async def test_who_follows_a_place_is_told_of_each_choice_within_its_transaction(pocket: Pocket, is_made: bool) -> None:
    told: list[tuple[Place, int | None]] = []

    async def follow(transaction: Transaction, server: Server, place: Place) -> None:
        await Acts(transaction).note(ONE, AKI, "setup.zone")
        told.append((place, server.places.get(place)))

    pocket.setup.attach([zone_changed], (), follow)
    if is_made:
        await pocket.setup.make_channel(ONE, AKI, Place.HELP)
        await pocket.due()
        channel_id = (await pocket.setup.server(ONE)).places[Place.HELP]
    else:
        channel_id = YARD
        await pocket.setup.choose_place(ONE, AKI, Place.HELP, YARD)
    assert told == [(Place.HELP, channel_id)]
    await pocket.setup.choose_place(ONE, AKI, Place.HELP, ChannelId(channel_id))
    await pocket.setup.choose_place(ONE, AKI, Place.HELP, None)
    assert told[1:] == [(Place.HELP, channel_id), (Place.HELP, None)]
    assert await pocket.rows("SELECT count(*) FROM acts WHERE act = 'setup.zone'") == [(3,)]


async def test_help_channel_made_by_the_bot_gives_way_to_the_moderators_choice(pocket: Pocket) -> None:
    await pocket.setup.make_channel(ONE, AKI, Place.HELP)
    async with pocket.in_flight(Verb.CHANNEL):
        await pocket.setup.choose_place(ONE, AKI, Place.HELP, YARD)
    assert (await pocket.setup.server(ONE)).places == {Place.INTRODUCTIONS: HALL, Place.HELP: YARD}
    with pytest.raises(Refusal):
        await pocket.setup.make_channel(ONE, AKI, Place.HELP)


@pytest.mark.parametrize("noticed", [True, False])
async def test_next_panel_after_a_deleted_one_is_no_repetition_to_discord(pocket: Pocket, noticed: bool) -> None:
    """Discord answers a nonce that it has just seen with the message of then, which is gone."""
    keys = []
    for _ in range(2):
        await pocket.setup.post_panel(ONE, AKI)
        await pocket.due()
        ((message_id, panel),) = pocket.discord.posts.items()
        keys.append(panel.key)
        pocket.discord.posts.clear()
        if noticed:
            await pocket.setup.message_deleted(ONE, {message_id})
        else:
            await pocket.setup.post_panel(ONE, AKI)
            await pocket.due()
    assert len(set(keys)) == 2


@pytest.fixture
def lobby(pocket: Pocket) -> ChannelId:
    """A channel of a server that the bot has not been in."""
    pocket.discord.channels.add(70)
    return ChannelId(70)


async def test_hint_is_given_again_to_who_has_not_begun(pocket: Pocket, lobby: ChannelId) -> None:
    for hints in (1, 2):
        await pocket.setup.joined(TWO, "en", lobby)
        await pocket.due()
        assert pocket.discord.texts(lobby) == ["hint"] * hints
        await pocket.setup.gone(TWO)


async def test_hint_is_not_given_again_to_who_has_begun(pocket: Pocket, lobby: ChannelId) -> None:
    await pocket.setup.joined(TWO, "en", lobby)
    await pocket.due()
    await pocket.setup.choose_place(TWO, AKI, Place.HELPERS, lobby)
    await pocket.setup.gone(TWO)
    await pocket.setup.joined(TWO, "en", lobby)
    await pocket.due()
    assert pocket.discord.texts(lobby) == ["hint"]
