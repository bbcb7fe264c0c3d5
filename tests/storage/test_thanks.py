"""Thanks from form to ledger: what is recorded, and what is refused and until when."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.features.reputation.model import RECEIVERS_LIMIT, Cause, CauseKind, Thanks
from bot.features.safety.model import digest_of
from bot.features.safety.store import SafetyStore
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId
from bot.kernel.people import Person
from bot.storage.database import Database
from tests.storage.circle import (
    DAY,
    HOUR,
    MODERATOR,
    REASON,
    SECOND,
    entries,
    inbox,
    people,
    put_on_hold,
    refusal,
    thank,
    thank_each,
    wish,
)
from tests.storage.house import AKI, BENI, ONE, TWO, HandClock
from tests.storage.pocket import BUSY, Pocket, opened

INTRO, OTHER_INTRO = Cause(CauseKind.INTRO, 7), Cause(CauseKind.INTRO, 8)
INVITE = "Join us at discord.gg/abcdef, thanks"


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        yield pocket


async def until(pocket: Pocket, refused: Refusal) -> None:
    """Let the time come from which on, as a refusal said, it is possible."""
    when = refused.values["when"]
    assert isinstance(when, int)
    pocket.clock.present = datetime.fromtimestamp(when, UTC)


# ── Who thanks whom ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_thanks_is_recorded_with_who_whom_why_and_when(pocket: Pocket) -> None:
    thanks = await thank(pocket, reason=f"  {REASON} \n")
    assert thanks == Thanks(ONE, 1, AKI, BENI, "free", REASON, pocket.clock.now())
    assert await entries(pocket) == [(1, "thanks")]


async def test_a_thanks_is_recorded_once_for_each_interaction(pocket: Pocket) -> None:
    act = pocket.act()
    first = await pocket.reputation.thank(ONE, wish(), act)
    pocket.clock.push(8 * DAY)
    assert await pocket.reputation.thank(ONE, wish(reason="Another reason."), act) == first
    assert await entries(pocket) == [(1, "thanks")]
    assert len(await pocket.rows("SELECT * FROM notices")) == 1


async def test_nobody_thanks_themselves(pocket: Pocket) -> None:
    for cause in (wish(AKI, AKI), wish(AKI, AKI, cause=INTRO)):
        assert (await refusal(pocket.reputation.thank(ONE, cause, pocket.act()))).key == "reputation.thank_oneself"
    assert (await refusal(pocket.reputation.demand_receivable(ONE, AKI, AKI))).key == "reputation.thank_oneself"
    assert await pocket.rows("SELECT * FROM accounts") == []


async def test_who_is_named_by_the_request_is_not_asked_for(pocket: Pocket) -> None:
    pocket.discord.directory_trouble = BUSY
    named = Person(BENI, ("Beni",))
    assert await pocket.reputation.receiver(ONE, BENI, named) == named
    robot = Person(BENI, ("Robot",), is_bot=True)
    assert (await refusal(pocket.reputation.receiver(ONE, BENI, robot))).key == "reputation.thank_bot"
    with pytest.raises(type(BUSY)):
        await pocket.reputation.receiver(ONE, BENI, None)


async def test_whoever_is_not_named_is_looked_up_and_has_to_be_here_and_no_bot(pocket: Pocket) -> None:
    (robot,) = people(pocket, 1)
    pocket.discord.bots.add(robot)
    found = await pocket.reputation.receiver(ONE, BENI, None)
    assert (found.member_id, found.is_bot) == (BENI, False)
    assert (await refusal(pocket.reputation.receiver(ONE, robot, None))).key == "reputation.thank_bot"
    pocket.discord.members.remove(BENI)
    assert (await refusal(pocket.reputation.receiver(ONE, BENI, None))).key == "reputation.not_here"


async def test_who_never_used_the_bot_hears_of_it_when_they_first_do(pocket: Pocket) -> None:
    (stranger,) = people(pocket, 1)
    await thank(pocket, AKI, stranger)
    await pocket.members.seen(ONE, stranger, "ja")
    assert await inbox(pocket, stranger) == ["reputation.thanked_you"]


@pytest.mark.parametrize(
    "reason", ["", "thx", "Beni さん", "!!!!!!!!", "aaaaaaaa", "https://example.com/a/page", "\u200b" * 9, "x" * 301]
)
async def test_a_reason_that_says_nothing_is_refused_and_nothing_is_kept(pocket: Pocket, reason: str) -> None:
    refused = await refusal(pocket.reputation.thank(ONE, replace(wish(reason=reason), names=("Beni",)), pocket.act()))
    assert refused.key.startswith("reputation.reason_")
    assert await entries(pocket) == []


# ── How often ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_of_many_at_once_one_is_recorded(pocket: Pocket) -> None:
    came = await asyncio.gather(*(thank(pocket) for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(each, Thanks) for each in came) == 1
    assert {each.key for each in came if isinstance(each, Refusal)} == {"reputation.thanked_lately"}
    assert await entries(pocket) == [(1, "thanks")]


async def test_the_same_two_may_thank_each_other_but_not_again_within_a_week(pocket: Pocket) -> None:
    given_at = pocket.clock.now()
    await thank(pocket)
    await thank(pocket, BENI, AKI)
    pocket.clock.push(7 * DAY - SECOND)
    refused = await refusal(thank(pocket))
    assert (refused.key, refused.values["when"]) == (
        "reputation.thanked_lately",
        int((given_at + 7 * DAY).timestamp()) + 1,
    )
    pocket.clock.push(SECOND)
    await thank(pocket)
    assert len(await entries(pocket)) == 3


async def test_five_are_given_in_any_24_hours(pocket: Pocket) -> None:
    begun, receivers = pocket.clock.now(), people(pocket, 9)
    for receiver in receivers[:5]:
        await thank(pocket, AKI, receiver)
        pocket.clock.push(HOUR)
    refused = await refusal(thank(pocket, AKI, receivers[5]))
    assert (refused.key, refused.values["when"]) == ("reputation.enough_today", int((begun + DAY).timestamp()) + 1)
    pocket.clock.present = begun + DAY - SECOND
    assert (await refusal(thank(pocket, AKI, receivers[5]))).key == "reputation.enough_today"
    pocket.clock.push(SECOND)
    await thank(pocket, AKI, receivers[5])
    refused = await refusal(thank(pocket, AKI, receivers[6]))
    assert refused.values["when"] == int((begun + DAY + HOUR).timestamp()) + 1


async def test_fifteen_are_given_in_any_7_days(pocket: Pocket) -> None:
    begun, receivers = pocket.clock.now(), people(pocket, 20)
    for day in range(3):
        await thank_each(pocket, [(AKI, receiver) for receiver in receivers[day * 5 :][:5]])
        pocket.clock.push(DAY)
    refused = await refusal(thank(pocket, AKI, receivers[15]))
    assert (refused.key, refused.values["when"]) == (
        "reputation.enough_this_week",
        int((begun + 7 * DAY).timestamp()) + 1,
    )
    pocket.clock.present = begun + 7 * DAY - SECOND
    assert (await refusal(thank(pocket, AKI, receivers[15]))).key == "reputation.enough_this_week"
    pocket.clock.push(SECOND)
    await thank(pocket, AKI, receivers[15])


async def _to_the_same(pocket: Pocket) -> MemberId:
    await thank(pocket, AKI, BENI)
    return BENI


async def _five_today(pocket: Pocket) -> MemberId:
    await thank_each(pocket, [(AKI, receiver) for receiver in people(pocket, 5)])
    return BENI


async def _fifteen_this_week(pocket: Pocket) -> MemberId:
    for day in range(3):
        await thank_each(pocket, [(AKI, receiver) for receiver in people(pocket, 5, first=300 + 10 * day)])
        pocket.clock.push(DAY)
    return BENI


@pytest.mark.parametrize("full", [_to_the_same, _five_today, _fifteen_this_week])
async def test_what_is_said_about_when_it_is_possible_is_true_and_said_before_anything_is_typed(
    pocket: Pocket, full: Callable[[Pocket], Awaitable[MemberId]]
) -> None:
    receiver = await full(pocket)
    refused = await refusal(thank(pocket, AKI, receiver))
    foreseen = await refusal(pocket.reputation.demand_receivable(ONE, AKI, receiver))
    assert (foreseen.key, foreseen.values) == (refused.key, refused.values)
    await until(pocket, refused)
    await pocket.reputation.demand_receivable(ONE, AKI, receiver)
    await thank(pocket, AKI, receiver)


async def test_of_several_limits_the_one_that_lasts_longest_is_told(pocket: Pocket) -> None:
    begun = pocket.clock.now()
    await thank(pocket)
    pocket.clock.push(6 * DAY - HOUR)
    await thank_each(pocket, [(AKI, receiver) for receiver in people(pocket, 5)])
    refused = await refusal(thank(pocket))
    assert (refused.key, refused.values["when"]) == (
        "reputation.thanked_lately",
        int((begun + 7 * DAY).timestamp()) + 1,
    )
    pocket.clock.push(2 * HOUR)
    await thank(pocket, BENI, AKI)
    await until(pocket, refused)
    await thank(pocket)


@pytest.mark.parametrize("by_moderators", [False, True])
@pytest.mark.parametrize("full", [_to_the_same, _five_today, _fifteen_this_week])
async def test_what_was_reversed_counts_all_the_same(
    pocket: Pocket, full: Callable[[Pocket], Awaitable[MemberId]], by_moderators: bool
) -> None:
    receiver = await full(pocket)
    before = await refusal(thank(pocket, AKI, receiver))
    for sequence, _ in await entries(pocket):
        if by_moderators:
            await pocket.corrections.reverse(ONE, MODERATOR, sequence, "a mistake", pocket.act())
        else:
            async with pocket.database.write() as transaction:
                thanks = await pocket.corrections.reversible(ONE, sequence)
                await pocket.reputation._reversals.by_giver(transaction, thanks, pocket.act())
    after = await refusal(thank(pocket, AKI, receiver))
    assert (after.key, after.values) == (before.key, before.values)


async def test_limits_are_each_givers_own_and_each_servers_own(pocket: Pocket) -> None:
    receivers = people(pocket, 5)
    await thank_each(pocket, [(AKI, receiver) for receiver in receivers])
    await thank_each(pocket, [(BENI, receiver) for receiver in receivers])
    await pocket.setup.server(TWO, "ja")
    await thank(pocket, AKI, receivers[0], server_id=TWO)
    assert (await refusal(thank(pocket))).key == "reputation.enough_today"


# ── With a cause ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_for_a_cause_each_receiver_is_thanked_once_by_whomever(pocket: Pocket) -> None:
    (chie,) = people(pocket, 1)
    await thank(pocket, cause=INTRO)
    for giver in (AKI, chie):
        assert (await refusal(thank(pocket, giver, cause=INTRO))).key == "reputation.thanked_for_it"
    await thank(pocket, AKI, chie, cause=INTRO)
    await thank(pocket, cause=OTHER_INTRO)
    assert len(await entries(pocket)) == 3


async def test_of_two_at_once_for_one_cause_one_is_recorded(pocket: Pocket) -> None:
    givers = people(pocket, 8)
    doing = (thank(pocket, giver, cause=INTRO) for giver in givers)
    came = await asyncio.gather(*doing, return_exceptions=True)
    assert sum(isinstance(each, Thanks) for each in came) == 1
    assert {each.key for each in came if isinstance(each, Refusal)} == {"reputation.thanked_for_it"}


async def test_what_was_taken_back_is_not_given_again_for_the_same_cause(pocket: Pocket) -> None:
    thanks = await thank(pocket, cause=INTRO)
    await pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act())
    pocket.clock.push(30 * DAY)
    assert (await refusal(thank(pocket, cause=INTRO))).key == "reputation.thanked_for_it"


@pytest.mark.parametrize("at_once", [True, False])
async def test_ten_are_thanked_for_one_cause_and_no_more(pocket: Pocket, at_once: bool) -> None:
    receivers = people(pocket, RECEIVERS_LIMIT + 1)
    wishes = [wish(AKI, receiver, cause=INTRO) for receiver in receivers]
    if at_once:
        refused = await refusal(pocket.reputation.thank_all(ONE, wishes, pocket.act()))
        assert await entries(pocket) == []
    else:
        assert len(await pocket.reputation.thank_all(ONE, wishes[:-1], pocket.act())) == 10
        refused = await refusal(thank(pocket, AKI, receivers[-1], cause=INTRO))
        assert len(await entries(pocket)) == 10
    assert (refused.key, refused.values["most"]) == ("reputation.cause_full", 10)


async def test_what_has_a_cause_is_not_counted_in_the_limits_of_what_has_none(pocket: Pocket) -> None:
    receivers = people(pocket, 10)
    act = pocket.act()
    await pocket.reputation.thank_all(ONE, [wish(AKI, each, cause=INTRO) for each in receivers], act)
    await thank_each(pocket, [(AKI, receiver) for receiver in receivers[:5]])
    assert (await refusal(thank(pocket, AKI, receivers[5]))).key == "reputation.enough_today"
    await thank(pocket, AKI, receivers[0], cause=OTHER_INTRO)


async def test_several_are_thanked_together_or_none_and_once_for_each_interaction(pocket: Pocket) -> None:
    receivers = people(pocket, 3)
    await thank(pocket, BENI, receivers[2], cause=INTRO)
    wishes, act = [wish(AKI, each, cause=INTRO) for each in receivers], pocket.act()
    assert (await refusal(pocket.reputation.thank_all(ONE, wishes, act))).key == "reputation.thanked_for_it"
    assert len(await entries(pocket)) == 1
    first = await pocket.reputation.thank_all(ONE, wishes[:2], act)
    assert await pocket.reputation.thank_all(ONE, wishes[:2], act) == first
    assert [thanks.receiver_id for thanks in first] == receivers[:2]
    assert len(await entries(pocket)) == 3


async def test_who_said_hello_is_thanked_for_it_and_nobody_else(pocket: Pocket) -> None:
    await pocket.write("one")
    card = await pocket.introduction()
    (chie,) = people(pocket, 1)

    async def thank_them(*receivers: MemberId, act: InteractionId | None = None) -> list[Thanks]:
        wanted = ([Person(each, (f"name of {each}",)) for each in receivers], REASON, False)
        return await pocket.hellos.thank_greeters(ONE, AKI, card.introduction_id, wanted, act or pocket.act())

    assert (await refusal(thank_them(BENI))).key == "introductions.nobody_greeted"
    await pocket.greet()
    for wrong in ((chie,), (BENI, chie), ()):
        assert (await refusal(thank_them(*wrong))).key == "introductions.did_not_greet"
    act = pocket.act()
    (thanks,) = await thank_them(BENI, act=act)
    assert await thank_them(BENI, act=act) == [thanks]
    assert (thanks.receiver_id, thanks.cause) == (BENI, f"intro:{card.introduction_id}")
    assert (await refusal(thank_them(BENI))).key == "reputation.thanked_for_it"


# ── What safety has to say ───────────────────────────────────────────────────────────────────────────────────────────


async def test_who_is_on_hold_thanks_nobody_but_takes_back_and_is_thanked(pocket: Pocket) -> None:
    thanks = await thank(pocket)
    await put_on_hold(pocket, AKI)
    (chie,) = people(pocket, 1)
    for cause in (wish(AKI, chie), wish(AKI, chie, cause=INTRO)):
        assert (await refusal(pocket.reputation.thank(ONE, cause, pocket.act()))).key == "safety.on_hold"
    await pocket.reputation.take_back(ONE, AKI, thanks.sequence, pocket.act())
    await thank(pocket, BENI, AKI)
    assert await entries(pocket) == [(1, "thanks"), (2, "reversal"), (3, "thanks")]


async def test_a_reason_that_is_held_back_goes_to_moderators_and_is_recorded_once_they_let_it_through(
    pocket: Pocket,
) -> None:
    refused = await refusal(thank(pocket, reason=INVITE))
    assert (refused.key, refused.ways) == ("safety.held_invite", (("safety", "ask_moderators"),))
    assert await entries(pocket) == []
    async with pocket.database.write() as transaction:
        store = SafetyStore(transaction, ONE)
        await store.clear(AKI, digest_of((INVITE,)), timedelta(days=1), by_moderator=True)
    assert (await refusal(thank(pocket, reason=INVITE + "!"))).key == "safety.held_invite"
    assert (await refusal(thank(pocket, BENI, AKI, reason=INVITE))).key == "safety.held_invite"
    assert (await thank(pocket, reason=INVITE)).reason == INVITE


async def test_a_reason_that_is_warned_about_is_its_givers_to_send(pocket: Pocket) -> None:
    reason = "You told me how to earn some extra money on the side."
    refused = await refusal(thank(pocket, reason=reason))
    assert (refused.key, refused.ways) == ("safety.warned_money", (("safety", "anyway"),))
    async with pocket.database.write() as transaction:
        store = SafetyStore(transaction, ONE)
        await store.clear(AKI, digest_of((reason,)), timedelta(days=1), by_moderator=False)
    await thank(pocket, reason=reason)


async def test_a_reason_may_point_to_one_thing(pocket: Pocket) -> None:
    one, other = "https://example.com/first", "https://example.org/second"
    refused = await refusal(thank(pocket, reason=f"For {one} and {other}"))
    assert refused.key == "safety.held_links"
    await thank(pocket, reason=f"For the review of {one}")
