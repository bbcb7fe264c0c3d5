"""The audit trail notes what changed something: pressed twice, or told again by Discord, it is noted once."""

from collections.abc import Awaitable, Callable

from bot.features.members.inbox import Inbox
from bot.features.members.service import Members
from bot.features.members.topics import Topics
from bot.features.safety.crises import Crises
from bot.features.safety.service import Safety
from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.features.setup.store import SetupStore
from bot.kernel.errors import TryLater
from bot.kernel.i18n import Texts
from bot.kernel.ids import ChannelId, MemberId, MessageId, RoleId
from bot.storage.acts import Act, Acts
from bot.storage.database import Database
from bot.storage.effects import Effects
from tests.storage.house import AKI, BENI, ONE

CHANNEL, ROLE, CHIE = ChannelId(71), RoleId(72), MemberId(73)


async def trail(database: Database) -> list[Act]:
    async with database.read() as transaction:
        return (await Acts(transaction).latest(ONE, BENI, 100))[::-1]


async def noted(database: Database) -> list[tuple[str, str]]:
    return [(act.act, act.words) for act in await trail(database)]


async def put_all_aside(database: Database) -> None:
    async with database.write() as transaction:
        effects = Effects(transaction)
        found = await effects.claim(transaction.now, most=9, each=9)
        assert found
        for effect in found:
            await effects.park(effect, TryLater(uncertain=False), uncertain=False)


async def test_every_choice_told_twice_is_noted_once(database: Database) -> None:
    setup = Setup(database)
    members = Members(database, setup)
    safety = Safety(database, members, Inbox(database, setup), Crises(database, setup, members))
    topics = Topics(database, Texts())
    await setup.server(ONE, "ja")
    told: list[Callable[[], Awaitable[object]]] = [
        lambda: setup.choose_language(ONE, AKI, "en"),
        lambda: setup.choose_zone(ONE, AKI, "Europe/Berlin"),
        lambda: setup.choose_hours(ONE, AKI, 8, 22),
        lambda: setup.choose_moderators_role(ONE, AKI, ROLE),
        lambda: setup.make_channel(ONE, AKI, Place.INTRODUCTIONS),
        lambda: setup.choose_place(ONE, AKI, Place.INTRODUCTIONS, CHANNEL),
        lambda: setup.post_panel(ONE, AKI),
        lambda: setup.try_again(ONE, AKI),  # nothing was put aside
        lambda: safety.choose_rules(ONE, AKI, "副読本"),
        lambda: topics.edit(ONE, AKI, "家計", "", 1),
    ]
    for each in told:
        await each()
        await each()
    assert await noted(database) == [
        ("setup.language", "en"),
        ("setup.zone", "Europe/Berlin"),
        ("setup.hours", "8:00–22:00"),
        ("setup.moderators_role", str(ROLE)),
        ("setup.make_channel", ""),
        ("setup.introductions_channel", str(CHANNEL)),
        ("setup.post_panel", ""),
        ("rules.change", ""),
        ("topics.edit", "家計 / Household money"),
    ]


async def test_what_is_changed_back_and_again_is_noted_each_time(database: Database) -> None:
    setup = Setup(database)
    members = Members(database, setup)
    safety = Safety(database, members, Inbox(database, setup), Crises(database, setup, members))
    await setup.server(ONE, "ja")
    for words in ("副読本", "", "副読本"):
        await safety.choose_rules(ONE, AKI, words)
    for zone in ("UTC", "Asia/Tokyo", "UTC"):
        await setup.choose_zone(ONE, AKI, zone)
    assert await noted(database) == [
        *[("rules.change", "")] * 3,
        ("setup.zone", "UTC"),
        ("setup.zone", "Asia/Tokyo"),
        ("setup.zone", "UTC"),
    ]


async def test_what_is_tried_again_is_noted_by_whoever_lets_it(database: Database) -> None:
    setup = Setup(database)
    await setup.server(ONE, "ja")

    await setup.make_channel(ONE, AKI, Place.INTRODUCTIONS)
    await put_all_aside(database)
    await setup.make_channel(ONE, CHIE, Place.INTRODUCTIONS)
    await setup.choose_place(ONE, AKI, Place.INTRODUCTIONS, CHANNEL)
    await setup.post_panel(ONE, AKI)
    await put_all_aside(database)
    await setup.post_panel(ONE, CHIE)
    await put_all_aside(database)
    await setup.choose_place(ONE, CHIE, Place.INTRODUCTIONS, CHANNEL)
    await put_all_aside(database)
    await setup.try_again(ONE, CHIE)
    async with database.write() as transaction:
        await setup.report(transaction, ONE, "introductions", CHANNEL, 50013)
    await setup.try_again(ONE, AKI)
    assert [(act.actor_id, act.act) for act in await trail(database)] == [
        (AKI, "setup.make_channel"),
        (CHIE, "setup.make_channel"),
        (AKI, "setup.introductions_channel"),
        (AKI, "setup.post_panel"),
        (CHIE, "setup.post_panel"),
        (CHIE, "setup.introductions_channel"),
        (CHIE, "setup.try_again"),
        (AKI, "setup.try_again"),
    ]


async def test_a_panel_that_stands_and_is_brought_up_to_date_is_noted_once(database: Database) -> None:
    setup = Setup(database)
    await setup.server(ONE, "ja")
    await setup.choose_place(ONE, AKI, Place.INTRODUCTIONS, CHANNEL)
    async with database.write() as transaction:
        await SetupStore(transaction, ONE).set_panel(CHANNEL, MessageId(74), 0)
    await setup.post_panel(ONE, AKI)
    await setup.post_panel(ONE, AKI)
    assert [act.act for act in await trail(database)] == ["setup.introductions_channel", "setup.post_panel"]
