"""News that comes late, twice or out of order changes nothing that has become true since."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.features.introductions.model import Written
from bot.kernel.errors import PlaceGone
from bot.kernel.ids import InteractionId
from bot.storage.database import Database
from bot.storage.effects import Effects, Verb
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY, HALL, LOST, PATIENCE, YARD, Pocket, opened

MISSING_ACCESS = PlaceGone("trouble.refused", 50001, "missing access")
DAY = timedelta(days=1)


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        yield pocket


async def card_of(pocket: Pocket) -> int:
    message_id = (await pocket.introduction()).message_id
    assert message_id is not None
    return message_id


async def test_late_news_of_an_old_card_does_not_lose_the_new_one(pocket: Pocket) -> None:
    await pocket.write("one")
    await pocket.due()
    old = await card_of(pocket)
    await pocket.write("two")
    async with pocket.in_flight(Verb.EDIT):
        del pocket.discord.posts[old]
        await pocket.introductions.messages_deleted(ONE, {old})
        await pocket.write("three")
        pocket.worker.wake()
        async with asyncio.timeout(PATIENCE):
            while (await pocket.introduction()).thread_id is None:
                await asyncio.sleep(0)
    await pocket.later()
    assert (await pocket.introduction()).is_published
    assert pocket.discord.posts[await card_of(pocket)].text == "three"


async def test_late_news_of_an_old_panel_does_not_lose_the_new_one(pocket: Pocket) -> None:
    await pocket.setup.post_panel(ONE, BENI)
    await pocket.due()
    (old,) = pocket.discord.posts
    await pocket.setup.post_panel(ONE, BENI)
    async with pocket.in_flight(Verb.EDIT):
        del pocket.discord.posts[old]
        await pocket.setup.message_deleted(ONE, {old})
        await pocket.setup.post_panel(ONE, BENI)
        pocket.worker.wake()
        async with asyncio.timeout(PATIENCE):
            while (await pocket.setup.server(ONE)).panel_message_id is None:
                await asyncio.sleep(0)
    await pocket.later()
    assert [(await pocket.setup.server(ONE)).panel_message_id] == list(pocket.discord.posts)


async def test_thread_marked_after_its_card_was_deleted_is_not_taken_for_the_new_cards(pocket: Pocket) -> None:
    await pocket.write("one")
    async with pocket.in_flight(Verb.THREAD):
        old = await card_of(pocket)
        await pocket.introductions.messages_deleted(ONE, {old})
    assert list(pocket.discord.threads) == [old]
    assert (await pocket.introduction()).thread_id is None
    await pocket.write("two")
    await pocket.due()
    new = await card_of(pocket)
    assert (await pocket.introduction()).thread_id == new
    assert list(pocket.discord.threads) == [old, new]


async def test_card_that_may_stand_where_the_bot_sees_nothing_is_not_posted_elsewhere(pocket: Pocket) -> None:
    pocket.discord.fail(Verb.SEND, LOST, done=True)
    await pocket.write("one")
    await pocket.due()
    pocket.discord.fail(Verb.SEND, MISSING_ACCESS)
    await pocket.choose(YARD)
    await pocket.later()
    pocket.discord.mend()
    await pocket.setup.try_again(ONE, BENI)
    await pocket.later()
    assert (pocket.discord.texts(HALL), pocket.discord.texts(YARD)) == (["one"], [])
    assert pocket.discord.sent == 1


async def test_card_that_may_have_stood_in_a_deleted_channel_is_posted_elsewhere(pocket: Pocket) -> None:
    pocket.discord.fail(Verb.SEND, LOST, done=True)
    await pocket.write("one")
    await pocket.due()
    pocket.discord.mend()
    pocket.discord.delete_channel(HALL)
    await pocket.choose(YARD)
    await pocket.later()
    assert pocket.discord.texts(YARD) == ["one"]


async def test_older_submission_delivered_again_does_not_overwrite_the_newer_text(pocket: Pocket) -> None:
    for text, interaction_id in (("one", 10), ("two", 11), ("one", 10)):
        await pocket.introductions.write(ONE, AKI, "Aki", Written(text), InteractionId(interaction_id))
        await pocket.due()
    assert pocket.discord.texts(HALL) == ["two"]
    assert (await pocket.introduction()).revision == 2


async def test_retry_put_days_ahead_by_a_clock_set_back_since_is_taken_up_at_once(pocket: Pocket) -> None:
    pocket.discord.fail(Verb.SEND, BUSY)
    await pocket.write("one")
    await pocket.due()
    pocket.discord.mend()
    await pocket.due(after=-2 * DAY)
    assert pocket.discord.texts(HALL) == ["one"]


async def test_effect_scheduled_for_tomorrow_that_never_failed_waits_until_then(pocket: Pocket) -> None:
    async def state() -> str | None:
        async with pocket.database.read() as transaction:
            return await Effects(transaction).state(Verb.SEND, "setup", "panel", ONE)

    async with pocket.database.write() as transaction:
        await Effects(transaction).put(Verb.SEND, "setup", "panel", ONE, server_id=ONE, due_at=transaction.now + DAY)
    await pocket.due()
    assert await state() == "waiting"
    await pocket.due(after=DAY)
    assert await state() == "done"


async def test_panel_parked_for_a_channel_not_chosen_any_more_is_not_posted_there(pocket: Pocket) -> None:
    pocket.discord.forbid(Verb.SEND)
    await pocket.setup.post_panel(ONE, BENI)
    await pocket.due()
    pocket.discord.mend()
    await pocket.choose(YARD)
    await pocket.later()
    assert pocket.discord.texts() == []
    await pocket.setup.post_panel(ONE, BENI)
    await pocket.due()
    assert (pocket.discord.texts(HALL), pocket.discord.texts(YARD)) == ([], ["panel"])
