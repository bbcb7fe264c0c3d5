"""What members choose is kept, for them alone, and bad input changes nothing."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.features.members.choices import DISTANCES_LIMIT, RESTS, Choices
from bot.features.members.reach import Kind, Part, Way
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from tests.storage.house import AKI, BENI, ONE, TWO, HandClock
from tests.storage.post_office import opened


@pytest.fixture
async def choices(database: Database, clock: HandClock) -> AsyncIterator[Choices]:
    async with opened(database, clock) as office:
        for server_id in (ONE, TWO):
            await office.setup.server(server_id, "ja")
            for member in (AKI, BENI):
                await office.members.seen(server_id, member, "ja")
        yield office.choices


async def test_nothing_is_agreed_to_until_it_is(choices: Choices) -> None:
    chosen = await choices.of(ONE, AKI)
    assert chosen.consents == {}
    assert [chosen.way(kind) for kind in Kind] == [None] * 4 + [Way.INBOX] * 6
    assert (chosen.preferences.weekly_number, chosen.preferences.zone.key) == (2, "Asia/Tokyo")
    assert (chosen.preferences.quiet_from, chosen.preferences.quiet_to) == (0, 7)


async def test_what_is_chosen_is_kept_here_for_this_member_alone(choices: Choices) -> None:
    await choices.choose_language(ONE, AKI, "en")
    await choices.choose_zone(ONE, AKI, "berlin")
    await choices.choose_quiet(ONE, AKI, 22, 6)
    await choices.choose_days_off(ONE, AKI, [5, 6, 6, 99])
    await choices.choose_part(ONE, AKI, Part.EVENING)
    await choices.choose_number(ONE, AKI, 7)
    chosen = await choices.consent(ONE, AKI, Kind.HELP, Way.DM)
    wishes = chosen.preferences
    assert chosen == await choices.of(ONE, AKI)
    assert (wishes.language, wishes.zone.key, wishes.has_own_zone) == ("en", "Europe/Berlin", True)
    assert (wishes.quiet_from, wishes.quiet_to, set(wishes.days_off)) == (22, 6, {5, 6})
    assert (wishes.asked_when, wishes.weekly_number) == (Part.EVENING, 7)
    assert chosen.way(Kind.HELP) is Way.DM
    for server_id, member in ((ONE, BENI), (TWO, AKI)):
        other = await choices.of(server_id, member)
        assert (other.preferences.language, other.consents, other.preferences.weekly_number) == (None, {}, 2)


async def test_an_empty_zone_follows_the_servers(choices: Choices) -> None:
    await choices.choose_zone(ONE, AKI, "Europe/Berlin")
    chosen = await choices.choose_zone(ONE, AKI, " ")
    assert (chosen.preferences.zone.key, chosen.preferences.has_own_zone) == ("Asia/Tokyo", False)


@pytest.mark.parametrize(("begin", "end"), [(-1, 7), (0, 24), (99, 99)])
async def test_hours_are_hours(choices: Choices, begin: int, end: int) -> None:
    with pytest.raises(Refusal, match="no_hour"):
        await choices.choose_quiet(ONE, AKI, begin, end)
    with pytest.raises(Refusal, match="no_zone"):
        await choices.choose_zone(ONE, AKI, "Middle/Earth")
    with pytest.raises(Refusal, match="no_number"):
        await choices.choose_number(ONE, AKI, 8)
    assert (await choices.of(ONE, AKI)).preferences.quiet_to == 7


async def test_a_rest_ends_by_itself_or_by_hand(choices: Choices, clock: HandClock) -> None:
    assert (await choices.rest(ONE, AKI, RESTS[0])).rests
    clock.push(timedelta(days=RESTS[0]))
    assert not (await choices.of(ONE, AKI)).rests
    await choices.rest(ONE, AKI, RESTS[-1])
    assert not (await choices.rest(ONE, AKI, 0)).rests


async def test_a_distance_holds_both_ways_and_is_listed_for_one(choices: Choices, database: Database) -> None:
    await choices.keep_distance(ONE, AKI, BENI)
    await choices.keep_distance(ONE, AKI, BENI)
    assert (await choices.of(ONE, AKI)).distances == (BENI,)
    assert (await choices.of(ONE, BENI)).distances == ()
    async with database.read() as transaction:
        for pair in ((AKI, BENI), (BENI, AKI)):
            assert await choices.keeps_apart(transaction, ONE, *pair)
            assert not await choices.keeps_apart(transaction, TWO, *pair)
    assert (await choices.end_distance(ONE, BENI, [AKI])).distances == ()
    assert (await choices.of(ONE, AKI)).distances == (BENI,)  # nobody ends another's
    assert (await choices.end_distance(ONE, AKI, [BENI])).distances == ()


async def test_a_distance_from_oneself_or_from_too_many_is_refused(choices: Choices) -> None:
    with pytest.raises(Refusal, match="distance_from_oneself"):
        await choices.keep_distance(ONE, AKI, AKI)
    for number in range(DISTANCES_LIMIT):
        await choices.keep_distance(ONE, AKI, MemberId(5000 + number))
    with pytest.raises(Refusal, match="distances_full"):
        await choices.keep_distance(ONE, AKI, BENI)
    await choices.keep_distance(ONE, AKI, MemberId(5000))  # is there already


async def test_consent_is_taken_back_by_one_choice(choices: Choices) -> None:
    await choices.consent(ONE, AKI, Kind.GREET, Way.DM)
    assert (await choices.consent(ONE, AKI, Kind.GREET, None)).way(Kind.GREET) is None
    await choices.consent(ONE, AKI, Kind.ANSWERS, Way.DM)
    assert (await choices.consent(ONE, AKI, Kind.ANSWERS, Way.INBOX)).way(Kind.ANSWERS) is Way.INBOX
