"""What happens once: written, claimed, and marked, across crashes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.features.setup.store import SetupStore
from bot.kernel.errors import PlaceGone, TryLater
from bot.kernel.ids import ServerId
from bot.storage.database import Database
from bot.storage.effects import LEASE, Effect, Effects, Verb
from tests.storage.house import ONE, START, TWO, HandClock

MINUTE = timedelta(minutes=1)
LATER = TryLater(500, "oops", uncertain=True)


async def put(
    database: Database,
    object_id: int = 1,
    *,
    verb: Verb = Verb.SEND,
    server_id: ServerId | None = None,
    due_at: datetime | None = None,
    serial: int = 0,
) -> None:
    async with database.write() as transaction:
        await Effects(transaction).put(
            verb, "introductions", "card", object_id, server_id=server_id, due_at=due_at, serial=serial
        )


async def claim(database: Database, now: datetime = START, most: int = 10, each: int = 10) -> list[Effect]:
    async with database.write() as transaction:
        return await Effects(transaction).claim(now, most, each)


async def done(database: Database, effect: Effect, result_id: int | None = None) -> None:
    async with database.write() as transaction:
        await Effects(transaction).mark_done(effect, result_id)


async def release(database: Database, effect: Effect, due_at: datetime, *, uncertain: bool) -> None:
    async with database.write() as transaction:
        await Effects(transaction).release(effect, due_at, LATER, uncertain=uncertain)


async def recover(database: Database, claims_before: datetime) -> None:
    async with database.write() as transaction:
        await Effects(transaction).recover(claims_before=claims_before)


async def park(database: Database, effect: Effect, *, uncertain: bool = False) -> None:
    async with database.write() as transaction:
        await Effects(transaction).park(effect, PlaceGone("trouble.refused", 50013, "no"), uncertain=uncertain)


async def next_due(database: Database) -> datetime | None:
    async with database.read() as transaction:
        return await Effects(transaction).next_due()


async def row(database: Database, object_id: int = 1) -> dict[str, Any]:
    query = "SELECT * FROM effects WHERE object_id = ?"
    async with database.read() as transaction, transaction.connection.execute(query, (object_id,)) as cursor:
        found = await cursor.fetchone()
    assert found is not None
    return dict(found)


async def one(database: Database, now: datetime = START) -> Effect:
    (effect,) = await claim(database, now)
    return effect


@pytest.mark.parametrize("verb", Verb)
async def test_what_is_wanted_several_times_is_done_once_and_wanted_later_comes_up_again(
    database: Database, verb: Verb
) -> None:
    for _ in range(3):
        await put(database, verb=verb)
    effect = await one(database)
    assert effect.wanted == 3
    await done(database, effect)
    assert await claim(database) == []
    await put(database, verb=verb)
    await done(database, await one(database))
    assert await claim(database) == []


async def test_a_serial_verb_or_object_makes_another_effect(database: Database) -> None:
    await put(database, 1)
    await put(database, 1, serial=1)
    await put(database, 1, verb=Verb.PIN)
    await put(database, 2)
    assert len({effect.key for effect in await claim(database)}) == 4


async def test_an_edit_wanted_while_one_is_under_way_is_done_after_it(database: Database) -> None:
    await put(database, verb=Verb.EDIT)
    first = await one(database)
    await put(database, verb=Verb.EDIT)
    assert await claim(database) == []  # one edit of a message at a time
    await done(database, first)
    second = await one(database)
    assert second.wanted == first.wanted + 1
    await done(database, second)
    assert await claim(database) == []


async def test_the_earliest_wish_counts(database: Database) -> None:
    await put(database, verb=Verb.EDIT, due_at=START + MINUTE)
    await put(database, verb=Verb.EDIT, due_at=START)
    await put(database, verb=Verb.EDIT, due_at=START + 2 * MINUTE)
    assert await next_due(database) == START


async def test_a_wish_does_not_cut_short_the_pause_after_a_failure(database: Database) -> None:
    await put(database, verb=Verb.EDIT)
    await release(database, await one(database), START + MINUTE, uncertain=False)
    await put(database, verb=Verb.EDIT)
    assert await next_due(database) == START + MINUTE


async def test_claims_come_as_they_fell_due_and_no_more_than_asked_for(database: Database) -> None:
    for object_id, minutes in ((1, 3), (2, 1), (3, 2), (4, 60), (5, 1)):
        await put(database, object_id, due_at=START + minutes * MINUTE)
    now = START + 3 * MINUTE
    assert [effect.object_id for effect in await claim(database, now, 3)] == [2, 5, 3]
    assert [effect.object_id for effect in await claim(database, now, 3)] == [1]
    assert await claim(database, now) == []


async def test_what_is_due_at_this_very_moment_is_due(database: Database) -> None:
    await put(database, due_at=START + MINUTE)
    assert await claim(database, START + MINUTE - timedelta(microseconds=1)) == []
    assert len(await claim(database, START + MINUTE)) == 1


async def test_a_claim_counts_as_a_try_and_tells_all_about_the_effect(database: Database) -> None:
    async with database.write() as transaction:
        await SetupStore(transaction, ONE).ensure("ja")
    await put(database, 7, server_id=ONE, serial=2)
    effect = await one(database)
    assert effect == Effect(
        effect.effect_id,
        "send:introductions:card:7:2",
        ONE,
        Verb.SEND,
        "introductions",
        "card",
        7,
        START,
        1,
        1,
        None,
        "",
    )


async def test_a_claim_whose_lease_is_over_is_taken_back_and_uncertain_since_its_claim(database: Database) -> None:
    await put(database)
    await one(database, START + MINUTE)
    await recover(database, START + MINUTE + LEASE - timedelta(seconds=1))
    assert await claim(database, START + MINUTE) == []
    await recover(database, START + MINUTE + LEASE)
    assert (await one(database, START + 9 * MINUTE)).uncertain_since == START + MINUTE


async def test_at_start_all_claims_are_taken_back(database: Database) -> None:
    await put(database)
    await one(database)
    await recover(database, datetime.max.replace(tzinfo=UTC))
    effect = await one(database)
    assert effect.attempts == 2
    assert effect.uncertain_since == START


async def test_an_effect_stays_uncertain_since_the_first_doubt(database: Database) -> None:
    await put(database)
    await release(database, await one(database), START + MINUTE, uncertain=True)
    second = await one(database, START + MINUTE)
    assert second.uncertain_since == START
    await release(database, second, START + 2 * MINUTE, uncertain=True)
    third = await one(database, START + 2 * MINUTE)
    assert third.uncertain_since == START
    assert third.trouble == "500 oops"


async def test_a_crash_in_a_later_try_leaves_the_first_doubt(database: Database) -> None:
    await put(database)
    await release(database, await one(database), START + MINUTE, uncertain=True)
    await one(database, START + MINUTE)
    await recover(database, datetime.max.replace(tzinfo=UTC))
    assert (await one(database, START + MINUTE)).uncertain_since == START


async def test_a_refusal_of_a_later_try_says_nothing_of_an_earlier_one(database: Database) -> None:
    await put(database)
    await release(database, await one(database), START, uncertain=True)
    await release(database, await one(database, START + MINUTE), START, uncertain=False)
    effect = await one(database, START + MINUTE)
    assert effect.uncertain_since == START
    await park(database, effect)
    assert (await row(database))["uncertain_since"] is not None


async def test_a_failure_that_is_certain_leaves_no_doubt(database: Database) -> None:
    await put(database)
    await release(database, await one(database), START, uncertain=False)
    assert (await one(database)).uncertain_since is None


async def test_one_server_does_not_take_all_hands(database: Database) -> None:
    async with database.write() as transaction:
        for server_id in (ONE, TWO):
            await SetupStore(transaction, server_id).ensure("ja")
    for object_id in range(1, 7):
        await put(database, object_id, server_id=TWO if object_id > 4 else ONE)
    first = await claim(database, each=2)
    assert [effect.object_id for effect in first] == [1, 2, 5, 6]
    assert await claim(database, each=2) == []  # what is under way counts, too
    await done(database, first[0])
    assert [effect.object_id for effect in await claim(database, each=2)] == [3]


async def test_one_server_with_a_great_many_holds_up_no_other(database: Database) -> None:
    async with database.write() as transaction:
        for server_id in (ONE, TWO):
            await SetupStore(transaction, server_id).ensure("ja")
        effects = Effects(transaction)
        for number in range(600):
            await effects.put(Verb.DM, "a", "card", number, server_id=ONE)
        await effects.put(Verb.SEND, "a", "card", 1, server_id=TWO)
    for expected in ([ONE, ONE, TWO], [], []):
        async with database.write() as transaction:
            claimed = await Effects(transaction).claim(transaction.now, 8, 2)
        assert [effect.server_id for effect in claimed] == expected


async def test_a_claim_is_due_again_when_its_lease_ends(database: Database) -> None:
    await put(database)
    await one(database)
    assert await next_due(database) == START + LEASE


async def test_done_ends_the_doubt_and_keeps_the_result(database: Database) -> None:
    await put(database, verb=Verb.EDIT)
    await release(database, await one(database), START, uncertain=True)
    await done(database, await one(database), 42)
    kept = await row(database)
    assert (kept["state"], kept["result_id"], kept["uncertain_since"]) == ("done", 42, None)
    await put(database, verb=Verb.EDIT)
    again = await one(database)
    assert (again.uncertain_since, again.attempts) == (None, 1)


async def test_a_released_effect_waits_until_its_time(database: Database) -> None:
    await put(database)
    await release(database, await one(database), START + MINUTE, uncertain=False)
    assert await claim(database) == []
    assert await next_due(database) == START + MINUTE
    assert (await one(database, START + MINUTE)).attempts == 2


async def test_a_parked_effect_waits_for_somebody_and_begins_anew(database: Database) -> None:
    async with database.write() as transaction:
        for server_id in (ONE, TWO):
            await SetupStore(transaction, server_id).ensure("ja")
    for object_id, server_id in ((1, ONE), (2, TWO)):
        await put(database, object_id, server_id=server_id)
    for effect in await claim(database):
        await park(database, effect, uncertain=True)
    assert await claim(database, START + timedelta(days=9)) == []
    assert await next_due(database) is None
    async with database.write() as transaction:
        effects = Effects(transaction)
        assert await effects.parked_count() == 2
        (parked,) = await effects.parked(ONE)
        assert (parked.object_id, parked.trouble) == (1, "50013 no")
        assert await effects.unpark(ONE) == 1
        assert await effects.parked(ONE) == []
    effect = await one(database)
    assert (effect.object_id, effect.attempts, effect.uncertain_since) == (1, 1, START)


@pytest.mark.parametrize("verb", Verb)
async def test_what_is_parked_and_wanted_again_is_tried_again(database: Database, verb: Verb) -> None:
    await put(database, verb=verb)
    await park(database, await one(database))
    await put(database, verb=verb)
    assert (await one(database)).attempts == 1


async def test_nothing_happens_in_a_server_that_the_bot_is_not_in(database: Database) -> None:
    async with database.write() as transaction:
        for server_id in (ONE, TWO):
            await SetupStore(transaction, server_id).ensure("ja")
        await SetupStore(transaction, ONE).pause()
    await put(database, 1, server_id=ONE, due_at=START - MINUTE)
    await put(database, 2, server_id=TWO)
    assert await next_due(database) == START
    assert [effect.object_id for effect in await claim(database)] == [2]
    async with database.write() as transaction:
        assert await SetupStore(transaction, ONE).resume()
    assert await next_due(database) == START - MINUTE
    assert [effect.object_id for effect in await claim(database)] == [1]


async def test_whoever_lost_a_claim_changes_nothing_any_more(database: Database) -> None:
    await put(database)
    lost = await one(database)
    await done(database, lost, 42)
    await release(database, lost, START, uncertain=True)
    await park(database, lost)
    await done(database, replace(lost, wanted=0), 43)
    kept = await row(database)
    assert (kept["state"], kept["result_id"]) == ("done", 42)


async def test_only_what_was_done_long_ago_is_forgotten(database: Database, clock: HandClock) -> None:
    for object_id in (1, 2, 3, 4):
        await put(database, object_id)
    old, parked, claimed = await claim(database, most=3)
    await done(database, old)
    await park(database, parked)
    clock.push(MINUTE)
    async with database.write() as transaction:
        await Effects(transaction).forget_done(before=START)
    assert (await row(database, 1))["state"] == "done"
    async with database.write() as transaction:
        await Effects(transaction).forget_done(before=START + MINUTE)
    with pytest.raises(AssertionError):
        await row(database, 1)
    assert [(await row(database, left))["state"] for left in (2, 3, 4)] == ["parked", "claimed", "waiting"]
    assert claimed.object_id == 3


async def test_the_state_of_an_effect_is_known(database: Database) -> None:
    async def state() -> str | None:
        async with database.read() as transaction:
            return await Effects(transaction).state(Verb.SEND, "introductions", "card", 1)

    assert await state() is None
    await put(database)
    assert await state() == "waiting"
    effect = await one(database)
    assert await state() == "claimed"
    await park(database, effect)
    assert await state() == "parked"
    await put(database)
    await done(database, await one(database))
    assert await state() == "done"


async def test_how_long_the_oldest_has_been_wanted_does_not_count_from_its_last_failure(database: Database) -> None:
    async def oldest() -> datetime | None:
        async with database.read() as transaction:
            return await Effects(transaction).oldest_wanted()

    assert await oldest() is None
    await put(database, due_at=START)
    await put(database, 2, due_at=START + MINUTE)
    await release(database, await one(database), START + 9 * MINUTE, uncertain=False)
    assert await oldest() == START
    (second,) = await claim(database, START + MINUTE)
    await done(database, second)
    await park(database, await one(database, START + 9 * MINUTE))
    assert await oldest() is None


async def test_what_was_passed_over_waits_for_its_time_by_the_clock(database: Database, clock: HandClock) -> None:
    """``run_due`` looks ahead of the clock: what failed meanwhile is not tried again and again."""
    await put(database, due_at=START + MINUTE)
    await put(database, 2, due_at=START + MINUTE)
    effect, _ = await claim(database, START + MINUTE)
    await release(database, effect, START + MINUTE, uncertain=False)

    async def claimed() -> list[Effect]:
        async with database.write() as transaction:
            return await Effects(transaction).claim(START + MINUTE, 10, 10, {effect.effect_id})

    assert await claimed() == []
    clock.push(MINUTE)
    assert [again.effect_id for again in await claimed()] == [effect.effect_id]
