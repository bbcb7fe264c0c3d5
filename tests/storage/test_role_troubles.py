"""What stands in the way of a role is told until it is mended, and Discord failing in the middle does no harm."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.features.members.model import SWEEP_PAUSE
from bot.features.reputation.holder import ReputationHolder
from bot.features.reputation.roles import STEP
from bot.kernel.errors import DiscordTrouble, MemberGone, PlaceGone, Rejected, TryLater
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from tests.storage.circle import HOUR, MINUTE, MODERATOR, people
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY, FORBIDDEN, LOST, Pocket, opened
from tests.storage.wardrobe import FAMILIAR, OTHER, WELL_TIED, Wardrobe, choose, make_familiar, opt, troubles, worn

FORBIDDEN_HERE = PlaceGone("trouble.refused", FORBIDDEN, "missing permissions")
GONE = MemberGone("trouble.refused", 10007, "unknown member")
REFUSED = Rejected("trouble.refused", 60003, "two-factor")
CODES = ("gone", "managed", "powers", "permission", "order")


@pytest.fixture
def discord() -> Wardrobe:
    return Wardrobe()


@pytest.fixture
async def pocket(
    database: Database, clock: HandClock, discord: Wardrobe, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Pocket]:
    monkeypatch.setattr("tests.storage.pocket.PocketDiscord", lambda: discord)
    async with opened(database, clock) as pocket:
        sources = people(pocket, 5)
        await pocket.sources.grant(ONE, MODERATOR, sources, pocket.act())
        yield pocket


# ── What stands in the way ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", CODES)
async def test_what_stands_in_the_way_is_told_until_it_is_mended(pocket: Pocket, discord: Wardrobe, code: str) -> None:
    discord.stuck[FAMILIAR] = code
    await choose(pocket)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    found_at = pocket.clock.now()
    for _ in range(2):
        await pocket.due()
        assert discord.moved == []
        assert await troubles(pocket) == [(f"reputation.role_{code}", f"<@&{FAMILIAR}>")]
        (waiting,) = await ReputationHolder(pocket.database).server_waiting(ONE)
        assert (waiting.text, waiting.since) == ("reputation.role_trouble", found_at)
        pocket.clock.push(HOUR)
    discord.stuck.clear()
    await pocket.due()
    assert discord.moved == [("give", BENI, FAMILIAR)]
    assert await troubles(pocket) == []
    assert await ReputationHolder(pocket.database).server_waiting(ONE) == []


async def test_another_reason_replaces_the_first_and_each_role_has_its_own(pocket: Pocket, discord: Wardrobe) -> None:
    discord.stuck = {FAMILIAR: "permission", WELL_TIED: "permission", OTHER: "gone"}
    await choose(pocket)
    await pocket.due()
    discord.stuck = {FAMILIAR: "order", WELL_TIED: "permission"}
    await pocket.later()
    assert sorted(await troubles(pocket)) == [
        ("reputation.role_order", f"<@&{FAMILIAR}>"),
        ("reputation.role_permission", f"<@&{WELL_TIED}>"),
    ]


async def test_a_role_that_is_not_chosen_any_more_is_no_trouble(pocket: Pocket, discord: Wardrobe) -> None:
    discord.stuck[FAMILIAR] = "order"
    await choose(pocket, FAMILIAR, None)
    await pocket.due()
    await choose(pocket, None, None)
    await pocket.due()
    assert await troubles(pocket) == []


@pytest.mark.parametrize("code", ["permission", "order"])
async def test_what_can_not_be_taken_back_is_told_and_taken_once_it_can(
    pocket: Pocket, discord: Wardrobe, code: str
) -> None:
    await choose(pocket)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.due()
    discord.stuck[FAMILIAR] = code
    await opt(pocket, wanted=False)
    await pocket.due()
    await pocket.later()
    assert discord.moved == [("give", BENI, FAMILIAR)]
    assert await troubles(pocket) == [(f"reputation.role_{code}", f"<@&{FAMILIAR}>")]
    discord.stuck.clear()
    await pocket.later()
    assert (discord.wears(BENI), await worn(pocket), await troubles(pocket)) == (set(), [], [])


async def test_a_role_that_was_deleted_is_not_worn_any_more(pocket: Pocket, discord: Wardrobe) -> None:
    await choose(pocket, FAMILIAR, None)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    await pocket.due()
    discord.stuck[FAMILIAR] = "gone"
    discord.worn[BENI].clear()
    await choose(pocket, OTHER, None)
    await pocket.due()
    await pocket.later()
    assert (discord.wears(BENI), await worn(pocket), await troubles(pocket)) == ({OTHER}, [(BENI, OTHER)], [])


# ── Many members, and Discord failing in the middle ──────────────────────────────────────────────────────────────────


async def many(pocket: Pocket, count: int) -> list[MemberId]:
    """Let so many more people have a word and want its role."""
    found = people(pocket, count, 2000)
    for each in found:
        await pocket.members.seen(ONE, each, "en")
        await opt(pocket, each)
    await make_familiar(pocket, *found)
    return found


async def test_many_are_looked_at_a_few_at_a_time(pocket: Pocket, discord: Wardrobe) -> None:
    members = await many(pocket, 2 * STEP + 3)
    await choose(pocket)
    for expected in (STEP, 2 * STEP, 2 * STEP + 3, 2 * STEP + 3):
        await pocket.due()
        assert [member_id for _, member_id, _ in discord.moved] == members[:expected]
        pocket.clock.push(SWEEP_PAUSE)
    for each in members[1:]:
        await opt(pocket, each, wanted=False)
    for _ in range(3):
        await pocket.due(SWEEP_PAUSE)
    assert await worn(pocket) == [(members[0], FAMILIAR)]


async def test_a_look_that_came_to_nothing_begins_anew_when_roles_are_chosen_again(
    pocket: Pocket, discord: Wardrobe
) -> None:
    discord.stuck[FAMILIAR] = "order"
    members = await many(pocket, 2 * STEP + 5)
    await choose(pocket)
    await pocket.due()
    await choose(pocket, None, None)
    await pocket.due(SWEEP_PAUSE)
    assert await pocket.rows("SELECT after_member_id FROM role_rounds") == [(0,)]
    discord.stuck.clear()
    await choose(pocket)
    await pocket.due()
    assert [member_id for _, member_id, _ in discord.moved] == members[:STEP]


@pytest.mark.parametrize(("trouble", "done"), [(BUSY, False), (LOST, False), (LOST, True)])
@pytest.mark.parametrize("failing", [0, 2, 4])
async def test_discord_failing_in_the_middle_is_tried_again_without_harm(
    pocket: Pocket, discord: Wardrobe, trouble: TryLater, done: bool, failing: int
) -> None:
    members = await many(pocket, 5)
    discord.done_at_all = done
    discord.fails_at = lambda member_id: trouble if member_id == members[failing] else None
    await choose(pocket)
    for _ in range(2):
        await pocket.due(MINUTE)
    discord.fails_at = lambda _member_id: None
    await pocket.later()
    assert discord.moved == [("give", each, FAMILIAR) for each in members]

    discord.fails_at = lambda member_id: trouble if member_id == members[failing] else None
    for each in members:
        await opt(pocket, each, wanted=False)
    for _ in range(2):
        await pocket.due(MINUTE)
    discord.fails_at = lambda _member_id: None
    await pocket.later()
    assert discord.moved[5:] == [("take", each, FAMILIAR) for each in members]
    assert await worn(pocket) == []


async def test_who_changes_their_mind_before_a_role_came_is_given_none(pocket: Pocket, discord: Wardrobe) -> None:
    await choose(pocket)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    discord.fails_at = lambda _member_id: BUSY
    await pocket.due()
    await opt(pocket, wanted=False)
    discord.fails_at = lambda _member_id: None
    await pocket.later()
    assert (discord.moved, await worn(pocket)) == ([], [])


async def test_who_changes_their_mind_while_a_role_comes_is_looked_at_again_at_once(
    pocket: Pocket, discord: Wardrobe
) -> None:
    await choose(pocket)
    await make_familiar(pocket, BENI)
    await opt(pocket)

    async def change_their_mind() -> None:
        await opt(pocket, wanted=False)

    discord.meanwhile = change_their_mind
    await pocket.due()
    await pocket.due(SWEEP_PAUSE)
    assert discord.moved == [("give", BENI, FAMILIAR), ("take", BENI, FAMILIAR)]


async def test_where_discord_does_not_say_who_has_which_role_it_is_asked_again(
    pocket: Pocket, discord: Wardrobe
) -> None:
    await choose(pocket)
    await make_familiar(pocket, BENI)
    await opt(pocket)
    discord.directory_trouble = BUSY
    await pocket.due()
    assert discord.moved == []
    discord.directory_trouble = None
    await pocket.later()
    assert discord.wears(BENI) == {FAMILIAR}


@pytest.mark.parametrize("trouble", [FORBIDDEN_HERE, GONE, REFUSED])
async def test_what_discord_refuses_for_one_member_keeps_no_other_from_their_role(
    pocket: Pocket, discord: Wardrobe, trouble: DiscordTrouble
) -> None:
    members = await many(pocket, 3)
    discord.fails_at = lambda member_id: trouble if member_id == members[0] else None
    await choose(pocket)
    await pocket.due()
    assert [member_id for _, member_id, _ in discord.moved] == members[1:]
    discord.fails_at = lambda _member_id: None
    await pocket.due(timedelta(hours=1))
    assert {member_id for _, member_id, _ in discord.moved} == set(members)


async def test_the_hourly_look_goes_on_after_a_restart(pocket: Pocket, discord: Wardrobe) -> None:
    await choose(pocket)
    await pocket.due()
    async with pocket.database.write() as transaction:
        await transaction.connection.execute("DELETE FROM effects WHERE feature = 'reputation'")
    await opt(pocket, AKI)
    repair = pocket.worker._jobs["reputation"]
    for _ in range(2):
        await repair.tend(ONE)  # type: ignore[attr-defined]  # a job that goes on for ever
    await make_familiar(pocket, AKI)
    await pocket.due()
    assert discord.wears(AKI) == {FAMILIAR}
