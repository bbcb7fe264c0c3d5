"""Sources: who is named, who steps down, who is annulled, and what that comes to for everybody's standing."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.features.members.model import LEFT_KEPT, SWEEP_EVERY
from bot.features.reputation.holder import ReputationHolder
from bot.features.reputation.sources import SOURCES_LIMIT
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from tests.storage.circle import (
    DAY,
    HOUR,
    MODERATOR,
    SECOND,
    chains,
    entries,
    forget,
    people,
    record_each,
    refusal,
    thank,
    thank_each,
    trail,
)
from tests.storage.house import AKI, BENI, ONE, TWO, HandClock
from tests.storage.pocket import Pocket, opened


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        yield pocket


async def grant(pocket: Pocket, *member_ids: MemberId) -> list[int]:
    """Name sources; return the numbers of all grants that are in force."""
    return [source.grant for source in await pocket.sources.grant(ONE, MODERATOR, member_ids, pocket.act())]


async def sources(pocket: Pocket) -> list[int | None]:
    return [source.member_id for source in await pocket.sources.all(ONE)]


# ── Naming ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_who_is_named_is_a_source_from_then_on(pocket: Pocket) -> None:
    (chie,) = people(pocket, 1)
    given = await thank(pocket)
    assert await chains(pocket, BENI) == 0
    pocket.clock.push(DAY)
    (first, second) = await pocket.sources.grant(ONE, MODERATOR, [AKI, chie, AKI], pocket.act())
    assert (first.grant, first.member_id, first.granted_at, first.ended_at) == (2, AKI, pocket.clock.now(), None)
    assert (second.grant, second.member_id) == (3, chie)
    assert await pocket.sources.source(ONE, 3) == second
    assert given.given_at < first.granted_at
    assert await chains(pocket, BENI) == 1  # also by what they gave before
    assert await pocket.rows("SELECT giver_id, receiver_id, cause FROM entries WHERE kind = 'source_granted'") == [
        (3, 1, "panel"),
        (3, 4, "panel"),  # accounts: AKI, BENI, who thanked, then the moderator and chie
    ]
    assert [(act.act, act.actor_id, act.about_id) for act in await trail(pocket)] == [
        ("reputation.source_granted", MODERATOR, AKI),
        ("reputation.source_granted", MODERATOR, chie),
    ]


async def test_who_is_a_source_stays_one_and_is_noted_once(pocket: Pocket) -> None:
    await grant(pocket, AKI)
    assert await grant(pocket, AKI, BENI) == [1, 2]
    assert (await sources(pocket), len(await trail(pocket))) == ([AKI, BENI], 2)


async def test_moderators_can_name_themselves(pocket: Pocket) -> None:
    await pocket.sources.grant(ONE, AKI, [AKI], pocket.act())
    await thank(pocket)
    assert (await sources(pocket), await chains(pocket, BENI)) == ([AKI], 1)


async def test_what_is_told_twice_is_done_once_also_when_it_was_undone_meanwhile(pocket: Pocket) -> None:
    named, ended = pocket.act(), pocket.act()
    for _ in range(2):
        assert len(await pocket.sources.grant(ONE, MODERATOR, [AKI], named)) == 1
    for _ in range(2):
        assert await pocket.sources.end(ONE, MODERATOR, 1, ended) == []
    assert await pocket.sources.grant(ONE, MODERATOR, [AKI], named) == []
    assert await entries(pocket) == [(1, "source_granted"), (2, "source_ended")]
    assert [act.act for act in await trail(pocket)] == ["reputation.source_granted", "reputation.source_ended"]
    assert await grant(pocket, AKI) == [3]
    assert await pocket.sources.end(ONE, MODERATOR, 1, ended) != []
    assert await sources(pocket) == [AKI]
    annulled = pocket.act()
    for _ in range(2):
        assert await pocket.sources.annul(ONE, MODERATOR, 3, annulled) == []
    kinds = [kind for _, kind in await entries(pocket)]
    assert kinds == ["source_granted", "source_ended", "source_granted", *["source_annulled"] * 2]  # of both grants
    assert len(await trail(pocket)) == 4


async def test_there_are_as_many_as_the_menu_shows(pocket: Pocket) -> None:
    many = people(pocket, SOURCES_LIMIT + 1)
    await grant(pocket, *many[:24])
    refused = await refusal(pocket.sources.grant(ONE, MODERATOR, many[22:], pocket.act()))
    assert (refused.key, refused.values) == ("reputation.too_many_sources", {"most": 25})
    assert len(await sources(pocket)) == 24
    await grant(pocket, *many[20:25])
    assert (await refusal(pocket.sources.grant(ONE, MODERATOR, many[25:], pocket.act()))).key.endswith("many_sources")
    await pocket.sources.end(ONE, MODERATOR, 1, pocket.act())
    await grant(pocket, many[25])
    assert (await sources(pocket))[-1] == many[25]
    assert len(await sources(pocket)) == 25


async def test_those_who_were_deleted_have_their_place_in_the_menu_too(pocket: Pocket) -> None:
    many = people(pocket, SOURCES_LIMIT + 3)
    await grant(pocket, *many[:SOURCES_LIMIT])
    for each in many[:3]:
        assert await forget(pocket, each)
    refused = await refusal(pocket.sources.grant(ONE, MODERATOR, many[25:26], pocket.act()))
    assert refused.key == "reputation.too_many_sources"
    assert len(await pocket.sources.all(ONE)) == SOURCES_LIMIT


async def test_a_source_that_was_deleted_goes_on_to_be_one_without_a_name(pocket: Pocket) -> None:
    await grant(pocket, AKI)
    await thank(pocket)
    assert await forget(pocket, AKI)
    (left,) = await pocket.sources.all(ONE)
    assert (left.grant, left.member_id) == (1, None)
    standing = await pocket.standings.chains(ONE, BENI)
    assert (standing.chains, standing.last_givers) == (1, ())
    assert (await pocket.sources.preview(ONE, 1)).fewer == 1
    await pocket.sources.annul(ONE, MODERATOR, 1, pocket.act())
    assert await chains(pocket, BENI) == 0
    assert await grant(pocket, AKI) == [4]  # somebody new, for all that is known
    assert await chains(pocket, BENI) == 0


async def test_who_was_only_ever_named_is_looked_after_and_forgotten_like_others(pocket: Pocket) -> None:
    (chie,) = people(pocket, 1)
    await grant(pocket, chie)
    assert chie in await ReputationHolder(pocket.database).shown_members(ONE)
    pocket.discord.members.remove(chie)
    await pocket.sweep.tend(ONE)
    await pocket.due(SWEEP_EVERY)
    await pocket.due(LEFT_KEPT + DAY)
    await pocket.due(SWEEP_EVERY)
    assert await pocket.rows("SELECT * FROM accounts WHERE member_id = ?", chie) == []


# ── Stepping down and annulment ──────────────────────────────────────────────────────────────────────────────────────


async def test_who_steps_down_gives_as_a_source_until_the_end_of_that_day_in_the_servers_zone(pocket: Pocket) -> None:
    await pocket.setup.choose_zone(ONE, MODERATOR, "Asia/Tokyo")
    receivers = people(pocket, 3)
    await grant(pocket, AKI)
    await thank(pocket, AKI, receivers[0])
    await pocket.sources.end(ONE, MODERATOR, 1, pocket.act())  # at 9 in the morning
    pocket.clock.present = datetime(2026, 11, 23, 15, tzinfo=UTC) - SECOND
    await thank(pocket, AKI, receivers[1])
    pocket.clock.push(SECOND)
    await thank(pocket, AKI, receivers[2])
    assert [await chains(pocket, each) for each in receivers] == [1, 1, 0]
    assert await sources(pocket) == []

    await pocket.setup.choose_zone(ONE, MODERATOR, "UTC")  # where that day is not over yet
    assert [await chains(pocket, each) for each in receivers] == [1, 1, 1]
    await pocket.setup.choose_zone(ONE, MODERATOR, "Pacific/Auckland")  # where it was over before
    assert [await chains(pocket, each) for each in receivers] == [1, 0, 0]


async def test_who_stepped_down_has_the_standing_of_a_member_and_can_be_named_again(pocket: Pocket) -> None:
    others = people(pocket, 2)
    await grant(pocket, AKI, *others)
    await pocket.sources.end(ONE, MODERATOR, 1, pocket.act())
    pocket.clock.push(2 * DAY)
    await thank_each(pocket, [(each, AKI) for each in others])
    assert await chains(pocket, AKI) == 2
    await thank(pocket)
    assert await chains(pocket, BENI) == 1  # through AKI, who is on the way now
    await grant(pocket, AKI)
    assert await chains(pocket, BENI) == 1
    assert (await sources(pocket))[-1] == AKI


async def test_who_is_annulled_has_never_been_one(pocket: Pocket) -> None:
    (chie,) = people(pocket, 1)
    await grant(pocket, AKI, chie)
    await thank(pocket)
    pocket.clock.push(40 * DAY)
    await thank(pocket, chie, BENI)
    assert await chains(pocket, BENI) == 2
    assert [each.member_id for each in await pocket.sources.annul(ONE, MODERATOR, 1, pocket.act())] == [chie]
    assert await chains(pocket, BENI) == 1
    assert [(act.act, act.about_id) for act in await trail(pocket)][2:] == [("reputation.source_annulled", AKI)]
    facts = (await pocket.standings.of(ONE, BENI)).facts
    assert (facts.received, facts.received_from) == (2, 2)  # what was said was said


async def test_a_preview_says_what_an_annulment_comes_to_and_changes_nothing(pocket: Pocket) -> None:
    dan, *members = people(pocket, 5)
    await grant(pocket, AKI, dan)
    for _ in range(2):
        await thank_each(pocket, [(AKI, each) for each in members[:3]])
        pocket.clock.push(7 * DAY)
    await thank_each(pocket, [(members[0], members[3]), (dan, members[2]), (dan, members[3])])
    before = {each: await chains(pocket, each) for each in members}
    assert list(before.values()) == [1, 1, 2, 2]
    preview = await pocket.sources.preview(ONE, 1)
    assert (preview.source.member_id, preview.given, preview.given_to) == (AKI, 6, 3)
    assert {each: await chains(pocket, each) for each in members} == before
    await pocket.sources.annul(ONE, MODERATOR, 1, pocket.act())
    after = [await chains(pocket, each) for each in members]
    assert after == [0, 0, 1, 1]
    assert preview.fewer == sum(was > now for was, now in zip(before.values(), after, strict=True)) == 4


async def test_who_stepped_down_can_be_annulled_however_often_they_were_named(pocket: Pocket) -> None:
    (chie,) = people(pocket, 1)
    await grant(pocket, AKI)
    await thank(pocket, AKI, chie)
    for number in (1, 4):
        await pocket.sources.end(ONE, MODERATOR, number, pocket.act())
        assert [source.grant for source in await pocket.sources.former(ONE)] == [number]
        if number == 1:
            assert await grant(pocket, AKI) == [4]
            assert await pocket.sources.former(ONE) == []
    assert await chains(pocket, chie) == 1
    preview = await pocket.sources.preview(ONE, 4)
    assert (preview.given, preview.given_to, preview.fewer) == (1, 1, 1)
    await pocket.sources.annul(ONE, MODERATOR, 4, pocket.act())
    assert await chains(pocket, chie) == 0
    assert await pocket.sources.former(ONE) == []


async def test_what_is_over_or_none_is_neither_ended_nor_annulled(pocket: Pocket) -> None:
    await pocket.setup.server(TWO, "ja")
    await grant(pocket, AKI, BENI)
    await pocket.sources.end(ONE, MODERATOR, 1, pocket.act())
    assert (await refusal(pocket.sources.end(ONE, MODERATOR, 1, pocket.act()))).key == "reputation.no_source"
    await pocket.sources.annul(ONE, MODERATOR, 1, pocket.act())
    await pocket.sources.annul(ONE, MODERATOR, 2, pocket.act())
    before = await entries(pocket)
    for server_id, number in ((ONE, 1), (ONE, 2), (ONE, 3), (ONE, 99), (TWO, 1)):
        for close in (pocket.sources.end, pocket.sources.annul):
            assert (await refusal(close(server_id, MODERATOR, number, pocket.act()))).key == "reputation.no_source"
        for look in (pocket.sources.source, pocket.sources.preview):
            assert (await refusal(look(server_id, number))).key == "reputation.no_source"
    assert await entries(pocket) == before
    assert len(await trail(pocket)) == 5


# ── What the check says ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, (False, "reputation.check_no_sources", 0)),
        (1, (False, "reputation.check_few_sources", 1)),
        (3, (False, "reputation.check_few_sources", 3)),
        (4, (False, "reputation.check_few_sources", 4)),
        (5, (True, "reputation.check_sources", 5)),
        (6, (True, "reputation.check_sources", 6)),
    ],
)
async def test_the_check_asks_for_five_sources(pocket: Pocket, count: int, expected: tuple[bool, str, int]) -> None:
    named = people(pocket, count + 2)
    await grant(pocket, *named)
    await pocket.sources.end(ONE, MODERATOR, 1, pocket.act())
    await pocket.sources.annul(ONE, MODERATOR, 2, pocket.act())
    findings, _ = await pocket.setup.check(ONE, {}, role_exists=True)
    (found,) = [each for each in findings if "sources" in each.text]
    assert (found.good, found.text, found.count) == expected


async def test_standing_in_one_server_is_nothing_in_another(pocket: Pocket) -> None:
    await pocket.setup.server(TWO, "ja")
    await grant(pocket, AKI)
    await thank(pocket)
    await thank(pocket, server_id=TWO)
    assert (await pocket.standings.chains(TWO, BENI)).chains == 0
    assert (await pocket.standings.chains(ONE, BENI)).chains == 1


async def test_a_direct_thanks_of_a_source_is_one_chain_and_a_second_one_changes_nothing(pocket: Pocket) -> None:
    (chie,) = people(pocket, 1)
    await grant(pocket, AKI)
    await thank(pocket)
    pocket.clock.push(timedelta(days=7))
    await thank(pocket)
    assert await chains(pocket, BENI) == 1
    await record_each(pocket, [(AKI, chie), (chie, BENI)])
    assert await chains(pocket, BENI) == 2
    pocket.clock.push(HOUR)
    await record_each(pocket, [(AKI, each) for each in people(pocket, 3, 600)])
    await record_each(pocket, [(each, BENI) for each in people(pocket, 3, 600)])
    assert await chains(pocket, BENI) == 2
