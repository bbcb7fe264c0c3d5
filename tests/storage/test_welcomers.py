"""Whoever introduces themselves and hears nothing: others are asked to say hello, one after another, for a day."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.introductions.model import LADDER, LISTED_FOR, NEXT_AFTER, Introduction, Written
from bot.features.members.model import Notice
from bot.features.members.reach import Kind, Way
from bot.features.setup.store import SetupStore
from bot.kernel.clock import from_micros
from bot.kernel.errors import TryLater
from bot.kernel.ids import InteractionId, MemberId
from bot.storage.database import Database
from bot.storage.effects import Effect, Effects, Verb
from tests.storage.house import AKI, BENI, ONE, START, HandClock
from tests.storage.pocket import Pocket, opened

CHIE, DAI, EMI, STRANGER = (MemberId(200000000000000000 + number) for number in (3, 4, 5, 6))
SEVEN = START + timedelta(hours=7)  # the first waking minute of a server that sleeps from midnight on
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        for member_id in (CHIE, DAI, EMI):
            await pocket.members.seen(ONE, member_id, "en")
            pocket.discord.members.add(member_id)
        yield pocket


async def introduce(pocket: Pocket, member_id: MemberId, *topics: str, seeks: tuple[str, ...] = ()) -> Introduction:
    """Let a member publish a card that offers and seeks topics."""
    written = Written(f"I am {member_id}", topics, seeks)
    introduction = await pocket.introductions.write(ONE, member_id, "X", written, pocket.act())
    await pocket.due()
    return introduction


async def welcomer(pocket: Pocket, member_id: MemberId, *topics: str, seeks: tuple[str, ...] = ()) -> None:
    """Let a member who was welcomed long ago, and who never sleeps, agree to greet."""
    introduction = await introduce(pocket, member_id, *topics, seeks=seeks)
    await pocket.hellos.spoken(ONE, await thread_of(pocket, introduction), STRANGER)
    await pocket.choices.choose_quiet(ONE, member_id, 0, 0)
    await pocket.choices.consent(ONE, member_id, Kind.GREET, Way.DM)


async def thread_of(pocket: Pocket, introduction: Introduction) -> int:
    shown = await pocket.introductions.show(ONE, MemberId(introduction.member_id))
    assert shown is not None
    assert shown.thread_id is not None
    return shown.thread_id


async def live(pocket: Pocket, until: datetime) -> None:
    """Let time pass; whatever falls due is done at its very moment."""
    while True:
        async with pocket.database.read() as transaction:
            due_at = await Effects(transaction).next_due()
        if due_at is None or due_at > until:
            break
        pocket.clock.present = max(due_at, pocket.clock.present)
        await pocket.due()
    pocket.clock.present = until


async def asked(pocket: Pocket) -> list[tuple[MemberId, datetime]]:
    """Return who was asked to say hello, and when."""
    rows = await pocket.rows("SELECT member_id, told_at FROM notices WHERE card = 'greet' ORDER BY notice_id")
    return [(MemberId(member_id), from_micros(told_at)) for member_id, told_at in rows]


async def notice_of(pocket: Pocket, member_id: MemberId) -> Notice:
    ((notice_id,),) = await pocket.rows("SELECT notice_id FROM notices WHERE member_id = ?", member_id)
    return await pocket.inbox.notice(ONE, member_id, notice_id)


async def waiting(pocket: Pocket) -> list[str]:
    """Return what the moderators' list shows of introductions."""
    return [each.url for each in await pocket.holder.server_waiting(ONE)]


async def test_the_first_is_asked_in_the_servers_first_waking_minute(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    await introduce(pocket, AKI, "health")
    await live(pocket, SEVEN - timedelta(seconds=1))
    assert await asked(pocket) == []
    await live(pocket, SEVEN)
    assert await asked(pocket) == [(BENI, SEVEN)]
    assert pocket.discord.texts(BENI)


async def test_by_day_the_first_is_asked_at_once(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    await live(pocket, SEVEN + HOUR)
    await introduce(pocket, AKI, "health")
    assert await asked(pocket) == [(BENI, SEVEN + HOUR)]


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),  # an hour comes twice
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), datetime(2027, 3, 28, 5, tzinfo=UTC)),  # an hour is left out
    ],
)
async def test_nights_on_which_the_clocks_change_end_at_seven_too(
    pocket: Pocket, evening: datetime, morning: datetime
) -> None:
    async with pocket.database.write() as transaction:
        await SetupStore(transaction, ONE).set_zone(ZoneInfo("Europe/Berlin"))
    pocket.clock.present = evening
    await welcomer(pocket, BENI, "health")
    await introduce(pocket, AKI, "health")
    await live(pocket, morning)
    assert await asked(pocket) == [(BENI, morning)]


async def test_only_who_has_something_in_common_is_asked(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "parenting")
    await welcomer(pocket, CHIE, "everyday", seeks=("health",))
    await introduce(pocket, AKI, "health", "blogging")
    await live(pocket, START + DAY)
    assert [member_id for member_id, _ in await asked(pocket)] == [CHIE]


async def test_topics_kept_off_the_card_and_own_ones_and_trades_are_in_common_too(pocket: Pocket) -> None:
    await pocket.topics.add(ONE, EMI, "lighthouses", None)
    await welcomer(pocket, BENI, seeks=("job_change",))
    await welcomer(pocket, CHIE, "lighthouses")
    await welcomer(pocket, DAI)
    await pocket.introductions.choose_trades(ONE, DAI, ["care"], "")
    await introduce(pocket, AKI, "lighthouses", seeks=("job_change",))
    await pocket.introductions.choose_trades(ONE, AKI, ["care"], "")
    card = await pocket.introduction()
    assert card.topics(next(iter({choice.side for choice in card.choices if not choice.on_card})), on_card=False)
    await live(pocket, START + DAY)
    assert {member_id for member_id, _ in await asked(pocket)} == {BENI, CHIE, DAI}


async def test_who_named_nothing_is_greeted_by_whoever_likes_to(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    await introduce(pocket, AKI)
    await live(pocket, SEVEN)
    assert await asked(pocket) == [(BENI, SEVEN)]


async def test_nobody_is_asked_who_did_not_agree_or_shows_no_card_or_keeps_a_distance(pocket: Pocket) -> None:
    never_agreed = await introduce(pocket, BENI, "health")
    await pocket.hellos.spoken(ONE, await thread_of(pocket, never_agreed), STRANGER)
    await welcomer(pocket, CHIE, "health")
    await pocket.introductions.withdraw(ONE, CHIE)
    for member_id in (DAI, EMI):
        await welcomer(pocket, member_id, "health")
    await pocket.choices.keep_distance(ONE, DAI, AKI)
    await pocket.choices.keep_distance(ONE, AKI, EMI)
    await introduce(pocket, AKI, "health")
    await live(pocket, START + 2 * DAY)
    assert await asked(pocket) == []


async def test_the_next_is_asked_after_two_hours_and_nobody_twice(pocket: Pocket) -> None:
    for member_id in (BENI, CHIE, DAI):
        await welcomer(pocket, member_id, "health")
    await introduce(pocket, AKI, "health")
    await live(pocket, START + 2 * DAY)
    times = [SEVEN + number * NEXT_AFTER for number in range(3)]
    assert await asked(pocket) == list(zip((BENI, CHIE, DAI), times, strict=True))


async def test_the_two_hours_are_of_the_asked_persons_own_waking_time(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    await pocket.choices.choose_quiet(ONE, BENI, 8, 12)
    await welcomer(pocket, CHIE, "health")
    await introduce(pocket, AKI, "health")
    await live(pocket, START + DAY)
    assert await asked(pocket) == [(BENI, SEVEN), (CHIE, START + 13 * HOUR)]


async def test_who_is_asleep_is_asked_when_they_wake(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    await pocket.choices.choose_quiet(ONE, BENI, 0, 10)
    await introduce(pocket, AKI, "health")
    await live(pocket, START + DAY)
    assert await asked(pocket) == [(BENI, START + 10 * HOUR)]


async def test_who_agrees_in_the_course_of_the_day_is_asked_too(pocket: Pocket) -> None:
    await introduce(pocket, AKI, "health")
    await live(pocket, SEVEN + HOUR)
    await welcomer(pocket, BENI, "health")
    await live(pocket, START + DAY)
    assert await asked(pocket) == [(BENI, SEVEN + NEXT_AFTER)]


async def test_when_one_passes_the_next_is_asked_at_once(pocket: Pocket) -> None:
    for member_id in (BENI, CHIE, DAI):
        await welcomer(pocket, member_id, "health")
    await introduce(pocket, AKI, "health")
    passed_at = SEVEN + timedelta(minutes=5)
    await live(pocket, passed_at)
    notice = await notice_of(pocket, BENI)
    for _ in range(2):  # the second press changes nothing
        await pocket.inbox.pass_on(ONE, BENI, notice.notice_id)
        await pocket.due()
    await live(pocket, START + DAY)
    assert await asked(pocket) == [(BENI, SEVEN), (CHIE, passed_at), (DAI, passed_at + NEXT_AFTER)]


async def test_a_late_pass_brings_nobody_before_the_time(pocket: Pocket) -> None:
    for member_id in (BENI, CHIE, DAI):
        await welcomer(pocket, member_id, "health")
    await introduce(pocket, AKI, "health")
    await live(pocket, SEVEN + NEXT_AFTER + timedelta(minutes=5))
    await pocket.inbox.pass_on(ONE, BENI, (await notice_of(pocket, BENI)).notice_id)
    await live(pocket, START + DAY)
    assert await asked(pocket) == [(BENI, SEVEN), (CHIE, SEVEN + NEXT_AFTER), (DAI, SEVEN + 2 * NEXT_AFTER)]


async def test_who_passes_after_the_day_is_over_starts_nothing_anew(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    await introduce(pocket, AKI, "health")
    await live(pocket, START + DAY)
    await welcomer(pocket, CHIE, "health")
    await pocket.inbox.pass_on(ONE, BENI, (await notice_of(pocket, BENI)).notice_id)
    await live(pocket, START + 3 * DAY)
    assert await asked(pocket) == [(BENI, SEVEN)]


async def test_a_hello_ends_it(pocket: Pocket) -> None:
    for member_id in (BENI, CHIE):
        await welcomer(pocket, member_id, "health")
    card = await introduce(pocket, AKI, "health")
    await live(pocket, SEVEN)
    await pocket.hellos.say_hello(ONE, DAI, card.introduction_id, "welcome", "", pocket.act())
    assert await pocket.inbox.told(await notice_of(pocket, BENI)) is None
    await live(pocket, START + 2 * DAY)
    assert await asked(pocket) == [(BENI, SEVEN)]
    assert await waiting(pocket) == []


async def test_a_word_in_the_thread_ends_it_unless_it_is_the_owners(pocket: Pocket) -> None:
    for member_id in (BENI, CHIE, DAI):
        await welcomer(pocket, member_id, "health")
    card = await introduce(pocket, AKI, "health")
    thread_id = await thread_of(pocket, card)
    await live(pocket, SEVEN)
    await pocket.hellos.spoken(ONE, thread_id, AKI)
    await live(pocket, SEVEN + NEXT_AFTER)
    await pocket.hellos.spoken(ONE, thread_id, STRANGER)
    await live(pocket, START + 2 * DAY)
    assert [member_id for member_id, _ in await asked(pocket)] == [BENI, CHIE]
    assert (await pocket.introduction()).answered_at == SEVEN + NEXT_AFTER


async def test_words_elsewhere_cost_no_write(pocket: Pocket) -> None:
    card = await introduce(pocket, AKI)
    await pocket.hellos.spoken(ONE, await thread_of(pocket, card), STRANGER)
    async with pocket.database.write():  # would have to wait for this one
        for thread_id in (4711, await thread_of(pocket, card)):
            await pocket.hellos.spoken(ONE, thread_id, STRANGER)


async def test_a_card_that_is_taken_back_asks_nobody_and_asks_again_when_it_comes_back(pocket: Pocket) -> None:
    for member_id in (BENI, CHIE):
        await welcomer(pocket, member_id, "health")
    await introduce(pocket, AKI, "health")
    await live(pocket, SEVEN)
    notice = await notice_of(pocket, BENI)
    await pocket.withdraw()
    assert await pocket.inbox.told(notice) is None
    await live(pocket, START + 2 * DAY)
    assert await asked(pocket) == [(BENI, SEVEN)]
    assert await waiting(pocket) == []
    await live(pocket, SEVEN + 2 * DAY)
    await introduce(pocket, AKI, "health")
    assert await asked(pocket) == [(BENI, SEVEN), (CHIE, SEVEN + 2 * DAY)]


async def test_an_answered_card_that_comes_back_asks_nobody(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    card = await introduce(pocket, AKI, "health")
    await pocket.hellos.spoken(ONE, await thread_of(pocket, card), STRANGER)
    await pocket.withdraw()
    await introduce(pocket, AKI, "health")
    await live(pocket, START + 2 * DAY)
    assert await asked(pocket) == []


async def test_of_whoever_left_nobody_is_asked(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    await introduce(pocket, AKI, "health")
    pocket.discord.members.remove(AKI)
    await live(pocket, START + DAY)
    assert await asked(pocket) == []


async def test_after_a_day_it_is_the_moderators_turn_for_two_weeks(pocket: Pocket) -> None:
    for member_id in (BENI, CHIE):
        await welcomer(pocket, member_id, "health")
    await introduce(pocket, AKI, "health")
    await live(pocket, START + LADDER - timedelta(seconds=1))
    assert await waiting(pocket) == []
    await live(pocket, START + LADDER)
    assert await waiting(pocket) == [(await pocket.introduction()).card_url]
    await welcomer(pocket, DAI, "health")
    await live(pocket, START + LISTED_FOR)
    assert DAI not in dict(await asked(pocket))
    assert len(await waiting(pocket)) == 1
    pocket.clock.push(timedelta(seconds=1))
    assert await waiting(pocket) == []


async def test_a_card_that_waited_for_its_channel_has_its_whole_day(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    pocket.discord.forbid(Verb.SEND)
    await introduce(pocket, AKI, "health")
    await live(pocket, SEVEN + 2 * DAY)
    assert await asked(pocket) == []
    assert await waiting(pocket) == []
    pocket.discord.mend()
    await pocket.setup.try_again(ONE, BENI)
    await pocket.due()
    assert await asked(pocket) == [(BENI, SEVEN + 2 * DAY)]


async def claimed(pocket: Pocket) -> Effect:
    """Return the step that is due for Aki, as the worker takes it up."""
    card = await pocket.introduction()
    async with pocket.database.write() as transaction:
        steps = await Effects(transaction).claim(transaction.now, 10, 10)
        (mine,) = [each for each in steps if (each.card, each.object_id) == ("welcome", card.introduction_id)]
        for other in steps:
            if other != mine:
                await Effects(transaction).mark_done(other, None)
    return mine


async def test_a_step_cut_off_before_it_was_marked_asks_nobody_again(pocket: Pocket) -> None:
    for member_id in (BENI, CHIE):
        await welcomer(pocket, member_id, "health")
    await introduce(pocket, AKI, "health")
    pocket.clock.present = SEVEN
    step = await claimed(pocket)
    await pocket.ladder.run(step)  # and then the machine stops
    async with pocket.database.write() as transaction:
        await Effects(transaction).recover(claims_before=transaction.now + DAY)
    await pocket.due()
    assert [member_id for member_id, _ in await asked(pocket)] == [BENI]
    await live(pocket, START + DAY)
    assert await asked(pocket) == [(BENI, SEVEN), (CHIE, SEVEN + NEXT_AFTER)]


async def test_a_pass_while_a_step_is_under_way_is_not_lost(pocket: Pocket) -> None:
    for member_id in (BENI, CHIE):
        await welcomer(pocket, member_id, "health")
    await introduce(pocket, AKI, "health")
    pocket.clock.present = SEVEN
    step = await claimed(pocket)
    await pocket.ladder.run(step)
    await pocket.inbox.pass_on(ONE, BENI, (await notice_of(pocket, BENI)).notice_id)
    async with pocket.database.write() as transaction:
        await Effects(transaction).mark_done(step, None)
    await pocket.due()
    assert await asked(pocket) == [(BENI, SEVEN), (CHIE, SEVEN)]


async def test_after_days_of_standstill_one_is_asked_and_moderators_see_it(pocket: Pocket) -> None:
    for member_id in (BENI, CHIE):
        await welcomer(pocket, member_id, "health")
    await introduce(pocket, AKI, "health")
    pocket.clock.present = SEVEN + 3 * DAY
    await pocket.due()
    await live(pocket, SEVEN + 5 * DAY)
    assert await asked(pocket) == [(BENI, SEVEN + 3 * DAY)]
    assert len(await waiting(pocket)) == 1


async def test_when_discord_says_nothing_of_the_owner_the_step_is_taken_later(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    await introduce(pocket, AKI, "health")
    pocket.discord.directory_trouble = TryLater(0, "503", uncertain=False)
    pocket.clock.present = SEVEN
    await pocket.due()
    assert await asked(pocket) == []
    pocket.discord.directory_trouble = None
    await live(pocket, SEVEN + HOUR)
    assert [member_id for member_id, _ in await asked(pocket)] == [BENI]


async def test_the_owner_hears_of_each_hello_once_but_not_across_a_distance(pocket: Pocket) -> None:
    card = await introduce(pocket, AKI)
    await pocket.choices.keep_distance(ONE, AKI, CHIE)
    await pocket.choices.keep_distance(ONE, DAI, AKI)
    for member_id in (BENI, CHIE, DAI):
        act = InteractionId(1000 + member_id)
        for _ in range(2):  # as Discord may tell it again
            await pocket.hellos.say_hello(ONE, member_id, card.introduction_id, "welcome", "", act)
    await pocket.due()
    told = await pocket.rows("SELECT member_id, kind, card FROM notices")
    assert told == [(AKI, Kind.ANSWERS, "hello")]
    said = await pocket.inbox.told(await notice_of(pocket, AKI))
    assert said is not None
    assert (said.person_id, said.url) == (BENI, (await pocket.introduction()).thread_url)
    assert len(await pocket.rows("SELECT 1 FROM hellos WHERE message_id IS NOT NULL")) == 3


async def test_a_hello_that_was_asked_for_takes_the_notice_up(pocket: Pocket) -> None:
    await welcomer(pocket, BENI, "health")
    await introduce(pocket, AKI, "health")
    await live(pocket, SEVEN)
    notice = await notice_of(pocket, BENI)
    said = await pocket.inbox.told(notice)
    assert said is not None
    assert (said.person_id, said.words, said.ways) == (AKI, f"I am {AKI}", ("greet_asked",))
    await pocket.hellos.say_hello_asked(ONE, BENI, notice.notice_id, "welcome", "", pocket.act())
    assert (await notice_of(pocket, BENI)).state == "taken"
    assert (await pocket.introduction()).answered_at == SEVEN


async def test_what_the_waiting_are_told_is_what_was_usual_lately(pocket: Pocket) -> None:
    assert (await pocket.introductions.outlook(ONE, AKI)).asked_from == SEVEN
    pocket.clock.present = SEVEN
    assert (await pocket.introductions.outlook(ONE, AKI)).asked_from is None
    people = [MemberId(300 + number) for number in range(6)]
    for number, member_id in enumerate(people[:5]):
        await pocket.members.seen(ONE, member_id, "en")
        card = await introduce(pocket, member_id)
        pocket.clock.push((number + 1) * HOUR)
        assert (await pocket.introductions.outlook(ONE, AKI)).usual is None
        await pocket.hellos.spoken(ONE, await thread_of(pocket, card), STRANGER)
    assert (await pocket.introductions.outlook(ONE, AKI)).usual == 3 * HOUR
    await pocket.members.seen(ONE, people[5], "en")
    await introduce(pocket, people[5])
    assert (await pocket.introductions.outlook(ONE, AKI)).usual == 3 * HOUR
    pocket.clock.push(2 * DAY)  # by now the sixth counts as one that nobody answered
    assert (await pocket.introductions.outlook(ONE, AKI)).usual == 4 * HOUR
    pocket.clock.push(100 * DAY)
    assert (await pocket.introductions.outlook(ONE, AKI)).usual is None
