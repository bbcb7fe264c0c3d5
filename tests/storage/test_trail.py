"""The audit trail notes what changed something: pressed twice, or told again by Discord, it is noted once."""

from collections.abc import Awaitable, Callable

from bot.features.members.inbox import Inbox
from bot.features.members.service import Members
from bot.features.members.topics import Topics
from bot.features.safety.service import Safety
from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.kernel.i18n import Texts
from bot.kernel.ids import ChannelId, RoleId
from bot.storage.acts import Acts
from bot.storage.database import Database
from tests.storage.house import AKI, BENI, ONE

CHANNEL, ROLE = ChannelId(71), RoleId(72)


async def noted(database: Database) -> list[tuple[str, str]]:
    async with database.read() as transaction:
        return [(act.act, act.words) for act in reversed(await Acts(transaction).latest(ONE, BENI, 100))]


async def test_every_choice_told_twice_is_noted_once(database: Database) -> None:
    setup = Setup(database)
    safety = Safety(database, Members(database, setup), Inbox(database, setup))
    topics = Topics(database, Texts())
    await setup.server(ONE, "ja")
    told: list[Callable[[], Awaitable[object]]] = [
        lambda: setup.choose_language(ONE, AKI, "en"),
        lambda: setup.choose_zone(ONE, AKI, "Europe/Berlin"),
        lambda: setup.choose_hours(ONE, AKI, 8, 22),
        lambda: setup.choose_moderators_role(ONE, AKI, ROLE),
        lambda: setup.make_introductions_channel(ONE, AKI),
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
    safety = Safety(database, Members(database, setup), Inbox(database, setup))
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
