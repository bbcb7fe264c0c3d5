"""Cards, threads and hellos come to what was written last, whatever happened to them on the way."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.kernel.errors import DiscordTrouble, PlaceGone, Refusal
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from bot.storage.effects import Effects, Verb
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY, FORBIDDEN, HALL, LOST, YARD, Pocket, opened

HELLO = "hello from beni"
INVISIBLE = ("", " ", "\u200b", "\u3164", "\u2060\ufe0f", "\u3000\n")
FORBIDDEN_HERE = PlaceGone("trouble.refused", FORBIDDEN, "missing permissions")


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        yield pocket


def check_one_card(pocket: Pocket, text: str) -> None:
    assert pocket.discord.texts(HALL) == [text]
    (message_id,) = (one for one, post in pocket.discord.posts.items() if post.channel_id == HALL)
    assert pocket.discord.threads == {message_id: False}


@pytest.mark.parametrize(
    ("trouble", "done"),
    [(BUSY, False), (LOST, False), (LOST, True), (FORBIDDEN_HERE, False)],
    ids=["waits", "is lost", "is done and not confirmed", "is parked"],
)
async def test_withdrawn_and_written_again_while_the_first_card_is_on_its_way(
    pocket: Pocket, trouble: DiscordTrouble, done: bool
) -> None:
    pocket.discord.fail(Verb.SEND, trouble, done=done)
    await pocket.write("one")
    await pocket.due()
    await pocket.withdraw()
    await pocket.write("two")
    pocket.discord.mend()
    await pocket.later()
    check_one_card(pocket, "two")
    assert pocket.discord.sent == 1


async def test_withdrawn_and_written_again_while_the_first_card_is_in_flight(pocket: Pocket) -> None:
    await pocket.write("one")
    async with pocket.in_flight(Verb.SEND):
        await pocket.withdraw()
        await pocket.write("two")
    check_one_card(pocket, "two")
    assert pocket.discord.sent == 1


async def test_withdrawn_while_the_first_card_is_in_flight(pocket: Pocket) -> None:
    await pocket.write("secret")
    async with pocket.in_flight(Verb.SEND):
        await pocket.withdraw()
    assert "secret" not in pocket.discord.texts()


@pytest.mark.parametrize("given_up", [False, True], ids=["retried", "parked meanwhile"])
async def test_card_that_was_posted_unknown_to_us_does_not_outlive_its_withdrawal(
    pocket: Pocket, given_up: bool
) -> None:
    pocket.discord.fail(Verb.SEND, LOST, done=True)
    await pocket.write("secret")
    await pocket.due()
    assert pocket.discord.texts(HALL) == ["secret"]
    if given_up:
        pocket.discord.forbid(Verb.SEND)
        await pocket.later()
    await pocket.withdraw()
    pocket.discord.mend()
    await pocket.setup.try_again(ONE, BENI)
    await pocket.later()
    assert pocket.discord.texts(HALL) == ["(withdrawn)"]


async def test_card_that_was_not_posted_is_not_posted_after_its_withdrawal(pocket: Pocket) -> None:
    pocket.discord.fail(Verb.SEND, LOST)
    await pocket.write("secret")
    await pocket.due()
    await pocket.withdraw()
    pocket.discord.mend()
    await pocket.later()
    assert pocket.discord.sent == 0


async def test_doubt_about_a_card_outlives_a_refusal(pocket: Pocket) -> None:
    pocket.discord.fail(Verb.SEND, LOST, done=True)
    await pocket.write("one")
    await pocket.due()
    for trouble in (BUSY, FORBIDDEN_HERE):
        pocket.discord.fail(Verb.SEND, trouble)
        await pocket.later()
    pocket.discord.mend()
    await pocket.setup.try_again(ONE, BENI)
    await pocket.due()
    check_one_card(pocket, "one")


async def test_thread_that_was_made_unknown_to_us_is_closed_with_the_withdrawal(pocket: Pocket) -> None:
    pocket.discord.fail(Verb.THREAD, LOST, done=True)
    await pocket.write("one")
    await pocket.due()
    await pocket.withdraw()
    pocket.discord.mend()
    await pocket.later()
    assert list(pocket.discord.threads.values()) == [True]


async def test_thread_that_was_not_made_is_not_made_after_the_withdrawal(pocket: Pocket) -> None:
    pocket.discord.fail(Verb.THREAD, LOST)
    await pocket.write("one")
    await pocket.due()
    await pocket.withdraw()
    pocket.discord.mend()
    await pocket.later()
    assert pocket.discord.threads == {}


async def test_news_of_a_deleted_card_does_not_undo_what_was_written_meanwhile(pocket: Pocket) -> None:
    await pocket.write("one")
    await pocket.due()
    message_id = (await pocket.introduction()).message_id
    assert message_id is not None
    await pocket.in_turn(pocket.write("two"), pocket.introductions.messages_deleted(ONE, {message_id}))
    assert (await pocket.introduction()).now == "two"
    assert (await pocket.introduction()).revision == 2


async def test_news_of_a_deleted_thread_does_not_undo_what_was_written_meanwhile(pocket: Pocket) -> None:
    await pocket.write("one")
    await pocket.due()
    thread_id = (await pocket.introduction()).thread_id
    assert thread_id is not None
    pocket.discord.delete_thread(thread_id)
    await pocket.in_turn(pocket.write("two"), pocket.introductions.thread_deleted(ONE, thread_id))
    await pocket.due()
    assert (await pocket.introduction()).now == "two"
    assert pocket.discord.texts() == ["two"]


async def test_card_whose_channel_is_gone_waits_for_the_next_choice(pocket: Pocket) -> None:
    await pocket.write("one")
    pocket.discord.delete_channel(HALL)
    await pocket.due()
    await pocket.choose(None)
    await pocket.later()
    assert pocket.discord.texts() == []
    await pocket.choose(YARD)
    for _ in range(2):
        await pocket.later()
    assert pocket.discord.texts() == ["one"]
    assert pocket.discord.texts(YARD) == ["one"]


async def test_card_goes_to_the_channel_that_was_chosen_before_its_own_was_found_gone(pocket: Pocket) -> None:
    await pocket.write("one")
    await pocket.choose(YARD)
    pocket.discord.delete_channel(HALL)
    await pocket.later()
    assert pocket.discord.texts(YARD) == ["one"]


async def test_card_whose_channel_was_gone_unseen_is_posted_once_another_is_chosen(pocket: Pocket) -> None:
    await pocket.write("one")
    pocket.discord.delete_channel(HALL)
    await pocket.due()
    await pocket.choose(YARD)
    await pocket.due()
    assert pocket.discord.texts(YARD) == ["one"]
    assert [post.channel_id for post in pocket.discord.posts.values()] == [YARD]


async def test_card_refused_in_its_channel_goes_where_moderators_point_next(pocket: Pocket) -> None:
    pocket.discord.forbid(Verb.SEND)
    await pocket.write("one")
    await pocket.due()
    pocket.discord.mend()
    await pocket.choose(YARD)
    await pocket.due()
    assert pocket.discord.texts(HALL) == []
    assert pocket.discord.texts(YARD) == ["one"]


@pytest.mark.parametrize("trouble", [BUSY, LOST, FORBIDDEN_HERE], ids=["waits", "is lost", "is parked"])
@pytest.mark.parametrize("tried_between", [False, True])
async def test_thread_that_was_late_is_made_after_republishing_and_hellos_arrive(
    pocket: Pocket, trouble: DiscordTrouble, tried_between: bool
) -> None:
    pocket.discord.fail(Verb.THREAD, trouble)
    await pocket.write("one")
    await pocket.due()
    await pocket.greet()
    await pocket.withdraw()
    if tried_between:
        pocket.discord.mend()
        await pocket.setup.try_again(ONE, BENI)
        await pocket.later()
    await pocket.write("two")
    pocket.discord.mend()
    await pocket.later()
    check_one_card(pocket, "two")
    assert pocket.discord.texts() == ["two", HELLO]


async def test_nobody_is_greeted_twice_when_the_effects_are_forgotten(pocket: Pocket) -> None:
    newcomer = MemberId(999)
    await pocket.write("one")
    await pocket.greet()
    await pocket.members.welcome(ONE, newcomer, YARD)
    await pocket.later()
    assert (pocket.discord.texts(YARD), pocket.discord.texts().count(HELLO)) == (["welcome"], 1)
    pocket.clock.push(timedelta(days=40))
    async with pocket.database.write() as transaction:
        await Effects(transaction).forget_done(before=transaction.now)
    assert await pocket.rows("SELECT * FROM effects") == []

    await pocket.members.welcome(ONE, newcomer, YARD)
    message_id = (await pocket.introduction()).message_id
    assert message_id is not None
    await pocket.introductions.messages_deleted(ONE, {message_id})
    await pocket.write("two")
    await pocket.later()
    assert (pocket.discord.texts(YARD), pocket.discord.texts().count(HELLO)) == (["welcome"], 1)


async def test_written_again_after_its_thread_was_deleted_a_card_gets_a_new_one(pocket: Pocket) -> None:
    await pocket.write("one")
    await pocket.due()
    thread_id = (await pocket.introduction()).thread_id
    assert thread_id is not None
    pocket.discord.delete_thread(thread_id)
    await pocket.introductions.thread_deleted(ONE, thread_id)
    await pocket.withdraw()
    await pocket.write("two")
    await pocket.due()
    check_one_card(pocket, "two")
    assert pocket.discord.sent == 1


async def test_hello_said_before_a_withdrawal_arrives_after_republishing_once(pocket: Pocket) -> None:
    await pocket.write("one")
    await pocket.due()
    await pocket.greet()
    await pocket.withdraw()
    await pocket.due()
    assert HELLO not in pocket.discord.texts()
    for text in ("two", "three"):
        await pocket.write(text)
        await pocket.later()
    assert pocket.discord.texts() == ["three", HELLO]


@pytest.mark.parametrize("text", INVISIBLE)
async def test_what_nobody_could_see_is_refused(pocket: Pocket, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        await pocket.write(text)
    assert refused.value.key == "introductions.now_missing"
    card = await pocket.write("one")
    with pytest.raises(Refusal) as refused:
        await pocket.hellos.say_hello(ONE, BENI, card.introduction_id, "", text, pocket.act())
    assert refused.value.key == "introductions.hello_empty"
    assert await pocket.rows("SELECT now FROM introductions WHERE member_id = ?", AKI) == [("one",)]
