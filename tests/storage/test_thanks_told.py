"""Who hears of a thanks, who of one that was taken back, and what others see of somebody's word."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.features.members.reach import Kind, Way
from bot.features.reputation.model import Cause, CauseKind, Openness, Thanks
from bot.features.setup.model import Place
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from tests.storage.circle import (
    DAY,
    HOUR,
    MINUTE,
    MODERATOR,
    REASON,
    SECOND,
    chains,
    entries,
    inbox,
    people,
    refusal,
    thank,
    thank_each,
)
from tests.storage.house import AKI, BENI, ONE, TWO, HandClock
from tests.storage.pocket import YARD, Pocket, opened

INTRO, OTHER_INTRO = Cause(CauseKind.INTRO, 7), Cause(CauseKind.INTRO, 8)
INVITE = "Join us at discord.gg/abcdef, thanks"


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        yield pocket


# ── Who hears of it ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_receiver_hears_of_it_in_their_inbox_and_by_message_if_they_wish(pocket: Pocket) -> None:
    await thank(pocket)
    await pocket.due()
    assert pocket.discord.sent == 0
    assert await inbox(pocket, BENI) == ["reputation.thanked_you"]
    await pocket.choices.consent(ONE, AKI, Kind.THANKS, Way.DM)
    await thank(pocket, BENI, AKI)
    await pocket.due(timedelta(hours=12))
    assert len(pocket.discord.texts(AKI)) == 1
    assert await inbox(pocket, AKI) == ["reputation.thanked_you"]


@pytest.mark.parametrize("distant", [AKI, BENI])
async def test_across_a_distance_a_thanks_is_recorded_and_nobody_but_its_giver_hears_of_it(
    pocket: Pocket, distant: MemberId
) -> None:
    other = BENI if distant == AKI else AKI
    await pocket.setup.choose_place(ONE, MODERATOR, Place.THANKS, YARD)
    await pocket.choices.keep_distance(ONE, distant, other)
    await pocket.choices.consent(ONE, BENI, Kind.THANKS, Way.DM)
    await pocket.reputation.choose(ONE, BENI, "posts_thanks", wanted=True)
    thanks = await thank(pocket, public=True)
    await pocket.due(DAY)
    assert thanks == Thanks(ONE, 1, AKI, BENI, "free", REASON, thanks.given_at)
    assert await inbox(pocket, BENI) == []
    assert await pocket.rows("SELECT * FROM publications") == await pocket.rows("SELECT * FROM notices") == []
    assert pocket.discord.sent == 0

    await pocket.choices.end_distance(ONE, distant, [other])
    await pocket.due(DAY)
    assert (await inbox(pocket, BENI), pocket.discord.sent) == ([], 0)


async def test_who_thanks_across_a_distance_meets_the_same_as_without_one(pocket: Pocket) -> None:
    (chie,) = people(pocket, 1)
    await pocket.setup.choose_place(ONE, MODERATOR, Place.THANKS, YARD)
    await pocket.members.seen(ONE, chie, "en")
    await pocket.choices.keep_distance(ONE, BENI, AKI)
    sources = people(pocket, 1, first=600)
    await pocket.sources.grant(ONE, MODERATOR, [AKI, *sources], pocket.act())
    met: list[list[object]] = []
    for receiver in (BENI, chie):
        thanks = await thank(pocket, AKI, receiver, public=True)
        await pocket.due()
        again = await refusal(thank(pocket, AKI, receiver))
        foreseen = await refusal(pocket.reputation.demand_receivable(ONE, AKI, receiver))
        count = await chains(pocket, receiver)
        back = await pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act())
        given = (await pocket.standings.of(ONE, AKI)).facts.given
        heard = [again.key, again.values, foreseen.key, count, back.reversed_by, given, pocket.discord.sent]
        met.append([thanks.reason, thanks.given_at, *heard])
    assert met[0] == met[1]
    assert await inbox(pocket, AKI) == []


async def test_a_distance_that_came_later_hides_what_was_told(pocket: Pocket) -> None:
    await thank(pocket)
    assert await inbox(pocket, BENI) == ["reputation.thanked_you"]
    await pocket.choices.keep_distance(ONE, BENI, AKI)
    assert await inbox(pocket, BENI) == []


# ── Taken back ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_is_taken_back_at_once_nobody_hears_of(pocket: Pocket) -> None:
    thanks = await thank(pocket)
    pocket.clock.push(10 * MINUTE - SECOND)
    back = await pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act())
    assert (back.reversed_by, back.reversed_at) == ("giver", pocket.clock.now())
    assert await inbox(pocket, BENI) == []
    assert (await pocket.standings.of(ONE, BENI)).facts.received == 0
    assert (await pocket.standings.of(ONE, AKI)).facts.given == 0
    assert (await refusal(thank(pocket))).key == "reputation.thanked_lately"


async def test_after_ten_minutes_it_stays(pocket: Pocket) -> None:
    thanks = await thank(pocket)
    pocket.clock.push(10 * MINUTE)
    refused = await refusal(pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act()))
    assert refused.key == "reputation.too_late"
    assert await entries(pocket) == [(1, "thanks")]


async def test_it_is_taken_back_once_however_often_that_is_pressed(pocket: Pocket) -> None:
    thanks, act = await thank(pocket), pocket.act()
    backs = [await pocket.reputation.take_back(ONE, AKI, thanks.sequence, each) for each in (act, act, pocket.act())]
    pocket.clock.push(HOUR)
    backs.append(await pocket.reputation.take_back(ONE, AKI, thanks.sequence, act))
    assert len({back.reversed_at for back in backs}) == 1
    assert await entries(pocket) == [(1, "thanks"), (2, "reversal")]


async def test_of_two_presses_at_once_one_takes_it_back(pocket: Pocket) -> None:
    thanks = await thank(pocket)
    await asyncio.gather(*(pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act()) for _ in range(5)))
    assert await entries(pocket) == [(1, "thanks"), (2, "reversal")]


async def test_nobody_takes_back_what_somebody_else_gave_or_what_is_no_thanks(pocket: Pocket) -> None:
    thanks = await thank(pocket)
    await pocket.sources.grant(ONE, AKI, [BENI], pocket.act())
    for who, sequence in ((BENI, thanks.sequence), (MODERATOR, thanks.sequence), (AKI, 2), (AKI, 99), (AKI, -1)):
        refused = await refusal(pocket.reputation.take_back(ONE, who, sequence, pocket.act()))
        assert refused.key == "reputation.thanks_gone"
    await pocket.setup.server(TWO, "ja")
    refused = await refusal(pocket.reputation.take_back(TWO, AKI, thanks.sequence, pocket.act()))
    assert refused.key == "reputation.thanks_gone"
    assert await entries(pocket) == [(1, "thanks"), (2, "source_granted")]


async def test_who_had_seen_it_in_their_inbox_is_told_that_it_was_taken_back(pocket: Pocket) -> None:
    thanks = await thank(pocket)
    pocket.clock.push(MINUTE)
    assert await inbox(pocket, BENI) == ["reputation.thanked_you"]
    pocket.clock.push(MINUTE)
    await pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act())
    home = await pocket.rows("SELECT told_at > inbox_opened_at FROM notices JOIN members USING (server_id, member_id)")
    assert home == [(1,)]
    assert await inbox(pocket, BENI) == ["reputation.taken_back"]


async def test_who_had_opened_their_inbox_before_it_came_is_told_nothing(pocket: Pocket) -> None:
    assert await inbox(pocket, BENI) == []
    pocket.clock.push(MINUTE)
    thanks = await thank(pocket)
    pocket.clock.push(MINUTE)
    await pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act())
    assert await inbox(pocket, BENI) == []


async def test_who_had_a_message_of_it_gets_another_and_who_had_none_gets_none(pocket: Pocket) -> None:
    await pocket.choices.consent(ONE, BENI, Kind.THANKS, Way.DM)
    pocket.clock.push(timedelta(hours=12))  # noon: nobody sleeps
    thanks = await thank(pocket)
    await pocket.due()
    assert len(pocket.discord.texts(BENI)) == 1
    pocket.clock.push(MINUTE)
    await pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act())
    await pocket.due()
    assert len(pocket.discord.texts(BENI)) == 2

    (chie,) = people(pocket, 1)
    thanks = await thank(pocket, chie, BENI)
    pocket.clock.push(SECOND)
    await pocket.reputation.take_back(ONE, chie, thanks.sequence, pocket.act())
    await pocket.due(DAY)
    assert len(pocket.discord.texts(BENI)) == 2


# ── What others see ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_nobody_sees_anything_until_it_is_chosen_and_each_choice_is_by_itself(pocket: Pocket) -> None:
    assert await pocket.reputation.openness(ONE, BENI) == Openness()
    await pocket.reputation.choose(ONE, BENI, "shows_word", wanted=True)
    await pocket.reputation.choose(ONE, BENI, "wears_role", wanted=True)
    assert await pocket.reputation.choose(ONE, BENI, "shows_word", wanted=False) == Openness(wears_role=True)
    assert await pocket.reputation.openness(ONE, BENI) == Openness(wears_role=True)
    assert await pocket.reputation.openness(TWO, BENI) == Openness()


async def test_a_word_is_shown_to_others_only_if_its_member_wishes_so(pocket: Pocket) -> None:
    sources = people(pocket, 5)
    await pocket.sources.grant(ONE, AKI, sources, pocket.act())
    await thank_each(pocket, [(source, BENI) for source in sources])
    standing = await pocket.standings.chains(ONE, BENI)
    assert (standing.chains, standing.last_givers, standing.word) == (5, tuple(sources), "familiar")
    assert await pocket.standings.shown_word(ONE, BENI) is None
    await pocket.reputation.choose(ONE, BENI, "shows_word", wanted=True)
    assert await pocket.standings.shown_word(ONE, BENI) == "familiar"


async def test_who_was_thanked_on_days_that_span_a_month_is_well_tied(pocket: Pocket) -> None:
    sources = people(pocket, 5)
    await pocket.sources.grant(ONE, AKI, sources, pocket.act())
    for source in sources:
        assert (await pocket.standings.chains(ONE, BENI)).word != "well_tied"
        await thank(pocket, source, BENI)
        pocket.clock.push(timedelta(days=8))
    assert (await pocket.standings.chains(ONE, BENI)).word == "well_tied"
