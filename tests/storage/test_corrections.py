"""What moderators do about the ledger: they read it, and reverse mistakes."""

from collections.abc import AsyncIterator

import pytest

from bot.features.members.reach import Kind, Way
from bot.features.setup.model import Place
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from tests.storage.circle import (
    DAY,
    HOUR,
    MODERATOR,
    REASON,
    chains,
    entries,
    forget,
    inbox,
    people,
    record_each,
    refusal,
    thank,
    thank_each,
    trail,
)
from tests.storage.house import AKI, BENI, ONE, TWO, HandClock, dump
from tests.storage.pocket import YARD, Pocket, opened

WHY = "It was meant for somebody else."


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        yield pocket


async def reverse(pocket: Pocket, sequence: int = 1, reason: str = WHY) -> None:
    await pocket.corrections.reverse(ONE, MODERATOR, sequence, reason, pocket.act())


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_history_has_all_entries_that_name_a_member_newest_first(pocket: Pocket) -> None:
    await pocket.sources.grant(ONE, AKI, [BENI], pocket.act())
    await thank(pocket)
    await thank(pocket, BENI, AKI, reason="I liked your talk.")
    await reverse(pocket, 2)
    (chie,) = people(pocket, 1)
    await thank(pocket, chie, BENI)
    await thank(pocket, BENI, chie)
    history = await pocket.corrections.history(ONE, AKI)
    assert (history.member_id, history.number, history.pages, history.total) == (AKI, 0, 1, 4)
    assert [
        (each.sequence, each.kind, each.cause, each.giver_id, each.receiver_id, each.reason, each.is_reversed)
        for each in history.records
    ] == [
        (4, "reversal", "moderators", AKI, BENI, WHY, False),
        (3, "thanks", "free", BENI, AKI, "I liked your talk.", False),
        (2, "thanks", "free", AKI, BENI, REASON, True),
        (1, "source_granted", "panel", AKI, BENI, "", False),
    ]
    assert [each.about for each in history.records] == [2, None, None, None]
    assert {each.entered_at for each in history.records} == {pocket.clock.now()}


@pytest.mark.parametrize(
    ("asked", "number", "sequences"),
    [
        (0, 0, range(12, 7, -1)),
        (1, 1, range(7, 2, -1)),
        (2, 2, range(2, 0, -1)),
        (3, 2, range(2, 0, -1)),
        (-1, 0, range(12, 7, -1)),
    ],
)
async def test_a_long_history_has_pages(pocket: Pocket, asked: int, number: int, sequences: range) -> None:
    await record_each(pocket, [(giver, AKI) for giver in people(pocket, 12)])
    history = await pocket.corrections.history(ONE, AKI, asked)
    assert (history.number, history.pages, history.total) == (number, 3, 12)
    assert [each.sequence for each in history.records] == list(sequences)


async def test_who_has_no_entry_has_an_empty_history_and_no_account_comes_of_looking(pocket: Pocket) -> None:
    await thank(pocket)
    await pocket.setup.server(TWO, "ja")
    before = dump(pocket.database.path)["accounts"]
    for server_id, member_id in ((ONE, MODERATOR), (TWO, AKI)):
        history = await pocket.corrections.history(server_id, member_id, 3)
        assert (history.records, history.number, history.pages, history.total) == ((), 0, 1, 0)
    assert dump(pocket.database.path)["accounts"] == before


# ── Reversing ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_thanks_that_is_reversed_is_as_if_it_had_not_been_and_both_hear_why(pocket: Pocket) -> None:
    await pocket.sources.grant(ONE, AKI, [AKI], pocket.act())
    await thank(pocket)
    assert await chains(pocket, BENI) == 1
    pocket.clock.push(30 * DAY)
    thanks = await pocket.corrections.reverse(ONE, MODERATOR, 2, f"  {WHY}\n", pocket.act())
    assert (thanks.sequence, thanks.receiver_id) == (2, BENI)
    assert await chains(pocket, BENI) == 0
    page = await pocket.standings.of(ONE, BENI)
    assert (page.facts.received, page.shown) == (0, ())
    assert (await pocket.standings.of(ONE, AKI)).facts.given == 0
    for member_id, text in ((BENI, "reputation.thanks_reversed"), (AKI, "reputation.yours_reversed")):
        (told,) = [told for _, told in (await pocket.inbox.page(ONE, member_id, 0)).shown]
        assert (told.text, told.words, told.ways) == (text, WHY, ())
        assert told.person_id == (AKI if member_id == BENI else BENI)
    assert [(act.act, act.actor_id, act.words) for act in await trail(pocket)][1:] == [
        ("reputation.reverse", MODERATOR, "#2")
    ]


async def test_who_had_read_of_it_is_told_anew_and_by_message_if_they_wish(pocket: Pocket) -> None:
    await thank(pocket)
    assert await inbox(pocket, BENI) == ["reputation.thanked_you"]
    for member_id, kind in ((BENI, Kind.THANKS), (AKI, Kind.MODERATORS)):
        await pocket.choices.consent(ONE, member_id, kind, Way.DM)
    pocket.clock.push(HOUR)
    await reverse(pocket)
    await pocket.due(11 * HOUR)  # noon: nobody sleeps
    assert [len(pocket.discord.texts(member_id)) for member_id in (AKI, BENI)] == [1, 1]
    assert await inbox(pocket, BENI) == ["reputation.thanks_reversed"]


async def test_it_is_reversed_once_and_noted_once_also_when_discord_tells_it_twice(pocket: Pocket) -> None:
    await thank(pocket)
    act = pocket.act()
    for _ in range(2):
        assert (await pocket.corrections.reverse(ONE, MODERATOR, 1, WHY, act)).sequence == 1
    refused = await refusal(pocket.corrections.reverse(ONE, MODERATOR, 1, WHY, pocket.act()))
    assert (refused.key, refused.values) == ("reputation.reversed_before", {"number": 1})
    assert (await refusal(pocket.corrections.reversible(ONE, 1))).key == "reputation.reversed_before"
    assert await entries(pocket) == [(1, "thanks"), (2, "reversal")]
    assert len(await trail(pocket)) == 1
    assert len(await inbox(pocket, AKI)) == 1


async def test_what_its_giver_took_back_is_not_reversed_again(pocket: Pocket) -> None:
    thanks = await thank(pocket)
    await pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act())
    assert (await refusal(pocket.corrections.reverse(ONE, MODERATOR, 1, WHY, pocket.act()))).key.endswith("before")
    assert await trail(pocket) == []


async def test_what_moderators_reversed_is_not_taken_back_any_more(pocket: Pocket) -> None:
    thanks = await thank(pocket)
    await reverse(pocket)
    taking = pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act())
    assert (await refusal(taking)).key == "reputation.thanks_gone"
    assert await entries(pocket) == [(1, "thanks"), (2, "reversal")]


async def test_only_thanks_are_reversed(pocket: Pocket) -> None:
    await pocket.sources.grant(ONE, AKI, [BENI], pocket.act())
    await thank(pocket)
    await reverse(pocket, 2)
    await pocket.setup.server(TWO, "ja")
    for server_id, number in ((ONE, 1), (ONE, 3), (ONE, 4), (ONE, 0), (ONE, -2), (TWO, 2)):
        for doing in (
            pocket.corrections.reversible(server_id, number),
            pocket.corrections.reverse(server_id, MODERATOR, number, WHY, pocket.act()),
        ):
            refused = await refusal(doing)
            assert (refused.key, refused.values) == ("reputation.no_entry", {"number": number})
    assert len(await entries(pocket)) == 3


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b", "\u3164"])
async def test_nothing_is_reversed_without_a_reason(pocket: Pocket, reason: str) -> None:
    await thank(pocket)
    refused = await refusal(pocket.corrections.reverse(ONE, MODERATOR, 1, reason, pocket.act()))
    assert refused.key == "reputation.reversal_needs_reason"
    refused = await refusal(pocket.corrections.reverse(ONE, MODERATOR, 1, "x" * 301, pocket.act()))
    assert refused.key == "reputation.reason_too_long"
    assert (await entries(pocket), await trail(pocket)) == ([(1, "thanks")], [])


async def test_who_was_deleted_is_told_nothing_and_the_other_is(pocket: Pocket) -> None:
    await thank(pocket)
    assert await forget(pocket, AKI)
    thanks = await pocket.corrections.reversible(ONE, 1)
    assert (thanks.giver_id, thanks.receiver_id, thanks.reason) == (None, BENI, "")
    await reverse(pocket)
    assert await inbox(pocket, BENI) == ["reputation.thanks_reversed"]
    assert [row[2] for row in dump(pocket.database.path)["notices"]] == [BENI]
    (record, _) = (await pocket.corrections.history(ONE, BENI)).records
    assert (record.giver_id, record.receiver_id, record.reason) == (None, BENI, WHY)


@pytest.mark.parametrize("distant", [AKI, BENI])
async def test_across_a_distance_nobody_is_told_of_a_reversal_or_that_there_is_news(
    pocket: Pocket, distant: MemberId
) -> None:
    await pocket.choices.keep_distance(ONE, distant, BENI if distant == AKI else AKI)
    await thank(pocket)
    await reverse(pocket)
    for member_id in (AKI, BENI):
        member = await pocket.members.seen(ONE, member_id, "en")
        assert not member.has_news
        assert await inbox(pocket, member_id) == []


async def test_a_public_post_of_what_is_reversed_names_nobody_any_more(pocket: Pocket) -> None:
    await pocket.setup.choose_place(ONE, MODERATOR, Place.THANKS, YARD)
    await pocket.reputation.choose(ONE, BENI, "posts_thanks", wanted=True)
    await thank_each(pocket, [(each, BENI) for each in people(pocket, 2)])
    await thank(pocket, public=True)
    await pocket.due()
    assert pocket.discord.texts(YARD) == [REASON]
    await reverse(pocket, 3)
    await pocket.due()
    assert pocket.discord.texts(YARD) == ["(hidden)"]
