"""Sets of accounts that thank mostly each other: what moderators are shown, and what they reverse."""

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.features.reputation.corrections import FLAGS_LIMIT, FlagFile
from bot.features.reputation.holder import ReputationHolder
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from bot.storage.verification import verify
from tests.storage.circle import (
    DAY,
    HOUR,
    MODERATOR,
    chains,
    entries,
    forget,
    people,
    record_each,
    refusal,
    thank,
    trail,
)
from tests.storage.house import ONE, TWO, HandClock
from tests.storage.pocket import Pocket, opened

WHY = "It was meant for somebody else."


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        yield pocket


async def reverse(pocket: Pocket, sequence: int = 1, reason: str = WHY) -> None:
    await pocket.corrections.reverse(ONE, MODERATOR, sequence, reason, pocket.act())


@dataclass
class Town:
    """A community, and six accounts that one polite source thanked once each, and that thank each other."""

    sources: list[MemberId]
    members: list[MemberId]
    ring: list[MemberId]


@pytest.fixture
async def town(pocket: Pocket) -> Town:
    sources, members, ring = people(pocket, 5, 300), people(pocket, 24, 400), people(pocket, 6, 500)
    await pocket.sources.grant(ONE, MODERATOR, sources, pocket.act())
    everybody = [*sources, *members]
    for day in range(3):
        for step in (day + 1, day + 8):
            await record_each(pocket, [(each, everybody[(i + step) % 29]) for i, each in enumerate(everybody)])
        pocket.clock.push(DAY)
    polite = sources[0]
    for half in (ring[:3], ring[3:]):
        await record_each(pocket, [(polite, each) for each in half])
        pocket.clock.push(DAY)
    await record_each(pocket, list(itertools.permutations(ring, 2)))
    return Town(sources, members, ring)


async def the_flag(pocket: Pocket) -> FlagFile:
    (found,) = await pocket.corrections.flags(ONE)
    return found


async def entering(pocket: Pocket, town: Town) -> list[int]:
    """Return the numbers of the thanks by which anything came into the ring."""
    rows = await pocket.rows(
        "SELECT sequence FROM thanks WHERE giver_id = ? AND receiver_id >= 500 ORDER BY sequence", town.sources[0]
    )
    return [row[0] for row in rows]


async def test_a_ring_is_shown_with_its_cut_the_entries_and_the_days(pocket: Pocket, town: Town) -> None:
    assert [await chains(pocket, each) for each in town.ring] == [2] * 6
    began = pocket.clock.now() - 2 * DAY
    found = await the_flag(pocket)
    assert (found.cut, found.members) == ((town.sources[0],), tuple(town.ring))
    assert list(found.flag.entries) == await entering(pocket, town)
    assert (found.flag.inside, found.flag.given) == (30, 30)
    assert (found.flag.first_at, found.flag.last_at) == (began, pocket.clock.now())
    assert await pocket.corrections.flag(ONE, found.flag.flag_id) == found


async def test_what_was_shown_is_reversed_and_nothing_else_and_then_nobody_of_them_has_a_chain(
    pocket: Pocket, town: Town
) -> None:
    found = await the_flag(pocket)
    before = await entries(pocket)
    others = {each: await chains(pocket, each) for each in (*town.sources, *town.members)}
    expected = await entering(pocket, town)
    act = pocket.act()
    assert await pocket.corrections.reverse_flag(ONE, MODERATOR, found.flag.flag_id, WHY, act) == 6
    reversals = await pocket.rows("SELECT about, cause FROM entries WHERE kind = 'reversal' ORDER BY sequence")
    assert reversals == [(sequence, "moderators") for sequence in expected]
    assert len(await entries(pocket)) == len(before) + 6
    assert [await chains(pocket, each) for each in town.ring] == [0] * 6
    assert {each: await chains(pocket, each) for each in others} == others
    assert await pocket.corrections.flags(ONE) == []

    assert await pocket.corrections.reverse_flag(ONE, MODERATOR, found.flag.flag_id, WHY, act) == 6
    refused = await refusal(pocket.corrections.reverse_flag(ONE, MODERATOR, found.flag.flag_id, WHY, pocket.act()))
    assert refused.key == "reputation.all_reversed_before"
    assert len(await entries(pocket)) == len(before) + 6
    acts = [act.words for act in await trail(pocket) if act.act == "reputation.reverse"]
    assert acts == [", ".join(f"#{sequence}" for sequence in expected)]
    assert verify(pocket.database.path, pocket.installation.host_key, lambda _seen, _total: None).faults == ()


async def test_all_who_are_concerned_hear_why(pocket: Pocket, town: Town) -> None:
    for each in (town.sources[0], *town.ring):
        await pocket.members.seen(ONE, each, "en")
    found = await the_flag(pocket)
    await pocket.corrections.reverse_flag(ONE, MODERATOR, found.flag.flag_id, WHY, pocket.act())
    rows = "SELECT member_id, object_id FROM notices WHERE card = ? AND object_id IN (SELECT about FROM entries)"
    reversed_now = await entering(pocket, town)
    assert await pocket.rows(rows, "reversed") == [(town.sources[0], sequence) for sequence in reversed_now]
    assert await pocket.rows(rows, "thanked") == list(zip(town.ring, reversed_now, strict=True))


async def test_what_came_after_it_was_shown_is_not_reversed_with_it(pocket: Pocket, town: Town) -> None:
    pocket.clock.push(8 * DAY)
    found = await the_flag(pocket)
    await pocket.corrections.reverse(ONE, MODERATOR, found.flag.entries[0], WHY, pocket.act())
    late = await thank(pocket, town.sources[0], town.ring[0])
    assert await pocket.corrections.reverse_flag(ONE, MODERATOR, found.flag.flag_id, WHY, pocket.act()) == 5
    assert (await pocket.corrections.reversible(ONE, late.sequence)).sequence == late.sequence
    assert await chains(pocket, town.ring[0]) == 1


async def test_what_comes_while_it_is_looked_for_was_not_shown(pocket: Pocket, town: Town) -> None:
    pocket.clock.push(8 * DAY)
    expected = await entering(pocket, town)
    await pocket.in_turn(thank(pocket, town.sources[0], town.ring[0]), pocket.corrections.flags(ONE))
    assert len(await entering(pocket, town)) == 7
    (shown,) = await pocket.rows("SELECT flag_id FROM flags")
    assert list((await pocket.corrections.flag(ONE, shown[0])).flag.entries) == expected


async def test_a_ring_is_not_reversed_without_a_reason(pocket: Pocket, town: Town) -> None:
    found = await the_flag(pocket)
    refused = await refusal(pocket.corrections.reverse_flag(ONE, MODERATOR, found.flag.flag_id, " ", pocket.act()))
    assert refused.key == "reputation.reversal_needs_reason"
    assert await pocket.rows("SELECT * FROM entries WHERE kind = 'reversal'") == []


async def test_what_was_shown_a_day_ago_is_forgotten(pocket: Pocket, town: Town) -> None:
    found = await the_flag(pocket)
    pocket.clock.push(DAY - HOUR)
    again = await the_flag(pocket)
    assert again.flag.flag_id > found.flag.flag_id
    assert (again.members, again.flag.entries) == (found.members, found.flag.entries)
    assert await pocket.corrections.flag(ONE, found.flag.flag_id) == found
    pocket.clock.push(HOUR)
    async with pocket.database.write() as transaction:
        await ReputationHolder(pocket.database).forget_expired(transaction, ONE)
    for flag_id in (found.flag.flag_id, 999):
        assert (await refusal(pocket.corrections.flag(ONE, flag_id))).key == "reputation.flag_gone"
        reversing = pocket.corrections.reverse_flag(ONE, MODERATOR, flag_id, WHY, pocket.act())
        assert (await refusal(reversing)).key == "reputation.flag_gone"
    pocket.clock.push(DAY)
    await the_flag(pocket)
    assert (await refusal(pocket.corrections.flag(ONE, again.flag.flag_id))).key == "reputation.flag_gone"


async def test_what_is_another_servers_is_not_found_here(pocket: Pocket, town: Town) -> None:
    found = await the_flag(pocket)
    await pocket.setup.server(TWO, "ja")
    assert await pocket.corrections.flags(TWO) == []
    assert (await refusal(pocket.corrections.flag(TWO, found.flag.flag_id))).key == "reputation.flag_gone"
    reversing = pocket.corrections.reverse_flag(TWO, MODERATOR, found.flag.flag_id, WHY, pocket.act())
    assert (await refusal(reversing)).key == "reputation.flag_gone"


async def test_who_was_deleted_is_in_no_list_and_their_thanks_are_reversed_all_the_same(
    pocket: Pocket, town: Town
) -> None:
    assert await forget(pocket, town.ring[0])
    assert await forget(pocket, town.sources[0])
    found = await the_flag(pocket)
    assert (found.cut, found.members) == ((), tuple(town.ring[1:]))
    assert (len(found.flag.cut), len(found.flag.accounts), len(found.flag.entries)) == (1, 6, 6)
    assert await pocket.corrections.reverse_flag(ONE, MODERATOR, found.flag.flag_id, WHY, pocket.act()) == 6
    assert await pocket.corrections.flags(ONE) == []


async def test_friends_who_also_thank_others_are_not_shown(pocket: Pocket, town: Town) -> None:
    pocket.clock.push(DAY)
    outside = [(each, town.members[(i + step) % 24]) for i, each in enumerate(town.ring) for step in (0, 6)]
    await record_each(pocket, outside)
    assert await pocket.corrections.flags(ONE) == []


async def test_of_many_rings_the_largest_are_shown(pocket: Pocket, town: Town) -> None:
    pocket.clock.push(7 * DAY)
    for number in range(FLAGS_LIMIT):
        ring = people(pocket, 5, 600 + 10 * number)
        await record_each(pocket, [(town.sources[number], each) for each in ring])
        await record_each(pocket, list(itertools.permutations(ring, 2)))
    found = await pocket.corrections.flags(ONE)
    assert [len(each.members) for each in found] == [6, 5, 5, 5, 5]
