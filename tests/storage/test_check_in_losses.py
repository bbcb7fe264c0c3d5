"""What becomes of answers that somebody deleted, and of threads that moderators lock or delete."""

from collections.abc import AsyncIterator

import pytest

from bot.features.check_ins.model import Answer, CheckIn, Shows
from bot.kernel.errors import PlaceGone
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import HALL
from tests.storage.roundtable import HOUR, TABLE, Roundtable, on, opened

LOCKED = 160005


@pytest.fixture
async def table(database: Database, clock: HandClock) -> AsyncIterator[Roundtable]:
    async with opened(database, clock) as table:
        yield table


async def said(table: Roundtable, words: str = "what aki said", shows: Shows = Shows.NAME) -> CheckIn:
    """Let a prompt be asked, and Aki answer it; return it."""
    await table.plan()
    await table.until(on(23, "20:30"))
    check_in = await table.last()
    await table.say(check_in, words, shows)
    await table.due()
    return check_in


async def mine(table: Roundtable, check_in: CheckIn, member_id: MemberId = AKI) -> Answer:
    """Return what somebody answered, as they see it."""
    _, _, answer = await table.answering.asked(ONE, member_id, check_in.check_in_id)
    assert answer is not None
    return answer


def delete(table: Roundtable, answer: Answer) -> int:
    """Let a moderator delete an answer, which the bot does not hear of yet; return which message it was."""
    message_id = answer.message_id or 0
    del table.discord.posts[message_id]
    return message_id


# ── Deleted ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("shows", [Shows.NAME, Shows.NAMELESS])
@pytest.mark.parametrize("is_told", [True, False])
async def test_a_deleted_answer_is_its_writers_alone(table: Roundtable, shows: Shows, *, is_told: bool) -> None:
    check_in = await said(table, shows=shows)
    message_id = delete(table, await mine(table, check_in))
    if is_told:
        await table.lost_answers.messages_deleted(ONE, {1, message_id})
    else:
        await table.say(check_in, "what aki said", shows)  # changed, before anybody knows
        await table.due()
    lost = await mine(table, check_in)
    assert (lost.words, lost.shows, lost.message_id, lost.is_lost) == ("what aki said", Shows.ME, None, True)
    assert lost.is_sealed is (shows is Shows.NAMELESS)
    await table.due(HOUR)
    assert not table.discord.answers()


async def test_a_deleted_answer_that_its_writer_shows_again_is_posted_anew(table: Roundtable) -> None:
    check_in = await said(table)
    for words in ("once more", "and again"):
        await table.lost_answers.messages_deleted(ONE, {delete(table, await mine(table, check_in))})
        await table.say(check_in, words)
        await table.due()
        assert table.discord.answers() == [f"{AKI} {words}"]
        assert not (await mine(table, check_in)).is_lost
    await table.say(check_in, "for me", Shows.ME)
    await table.due()
    assert table.discord.answers() == ["(gone)"]
    assert not (await mine(table, check_in)).is_lost


async def test_deleted_after_it_was_taken_back_nothing_is_left(table: Roundtable) -> None:
    check_in = await said(table)
    message_id = (await mine(table, check_in)).message_id or 0
    table.discord.forbid(Verb.EDIT)
    await table.answering.take_back(ONE, AKI, check_in.check_in_id)
    await table.due()
    del table.discord.posts[message_id]
    await table.lost_answers.messages_deleted(ONE, {message_id})
    table.discord.mend()
    await table.setup.try_again(ONE, BENI)
    await table.due()
    assert not table.discord.answers()
    assert await table.rows("SELECT member_id, sealed, words, message_id FROM check_in_answers") == [
        (None, None, "", None)
    ]
    assert not await table.rows("SELECT 1 FROM effects WHERE state <> 'done' AND verb = 'edit'")


async def test_deleted_as_it_is_changed_it_is_lost_once(table: Roundtable) -> None:
    check_in = await said(table)
    await table.say(check_in, "changed")
    async with table.in_flight(Verb.EDIT):
        await table.lost_answers.messages_deleted(ONE, {delete(table, await mine(table, check_in))})
        await table.say(check_in, "shown again")
    await table.due()
    assert table.discord.answers() == [f"{AKI} shown again"]
    assert (await mine(table, check_in)).shows is Shows.NAME


async def test_messages_of_others_are_not_looked_at(table: Roundtable) -> None:
    check_in = await said(table)
    await table.lost_answers.messages_deleted(ONE, {check_in.message_id or 0, 1})
    assert (await mine(table, check_in)).shows is Shows.NAME


async def test_a_deleted_thread_leaves_answers_to_who_wrote_them(table: Roundtable) -> None:
    check_in = await said(table)
    table.discord.delete_thread(check_in.thread_id or 0)
    await table.lost_answers.thread_gone(ONE, 1)
    assert not (await table.now(check_in)).is_gone
    await table.lost_answers.thread_gone(ONE, check_in.thread_id or 0)
    assert (await table.now(check_in)).is_gone
    await table.say(check_in, "for me, then")
    assert (await mine(table, check_in)).shows is Shows.ME


async def test_a_thread_that_is_found_gone_is_gone(table: Roundtable) -> None:
    check_in = await said(table)
    table.discord.delete_thread(check_in.thread_id or 0)
    await table.say(check_in, "too late to be shown", member_id=BENI)
    await table.due()
    assert (await table.now(check_in)).is_gone


async def test_a_deleted_channel_leaves_answers_to_who_wrote_them_and_what_was_missed_there_is_told(
    table: Roundtable,
) -> None:
    check_in = await said(table)
    table.discord.forbid(Verb.SEND)
    await table.until(on(30, "22:31"))
    await table.lost_answers.channel_gone(ONE, HALL)
    assert not (await table.now(check_in)).is_gone
    await table.lost_answers.channel_gone(ONE, TABLE)
    assert (await table.now(check_in)).is_gone
    await table.say(check_in, "for me, then")
    assert (await mine(table, check_in)).shows is Shows.ME
    assert [each.channel_id for each in await table.schedules.missed(ONE)] == [TABLE]


# ── Locked ────────────────────────────────────────────────────────────────────────────────────────────────────────


def locked_out(table: Roundtable) -> None:
    """Let Discord take nothing in threads: they are locked, and the bot may not manage them."""
    for verb in (Verb.SEND, Verb.EDIT):
        table.discord.fail(verb, PlaceGone("trouble.refused", LOCKED, "thread is locked"))


@pytest.mark.parametrize("is_told", [True, False])
async def test_what_is_answered_in_a_locked_thread_comes_once_it_is_unlocked(
    table: Roundtable, *, is_told: bool
) -> None:
    check_in = await said(table)
    thread_id = check_in.thread_id or 0
    if is_told:  # so that nothing new comes even where the bot may write in it all the same
        await table.lost_answers.threads_seen(ONE, {thread_id: True, HALL: True})
    else:
        locked_out(table)
    await table.say(check_in, "while it was locked", member_id=BENI)
    await table.due(HOUR)
    assert (await table.now(check_in)).is_locked
    assert not (await mine(table, check_in, BENI)).message_id
    assert table.discord.answers() == [f"{AKI} what aki said"]
    table.discord.mend()
    await table.lost_answers.threads_seen(ONE, {thread_id: False})
    await table.due()
    assert table.discord.answers() == [f"{AKI} what aki said", f"{BENI} while it was locked"]
    assert not (await table.now(check_in)).is_locked
    assert not await table.rows("SELECT 1 FROM effects WHERE state = 'parked'")


async def test_what_is_taken_back_in_a_locked_thread_goes_as_soon_as_it_can(table: Roundtable) -> None:
    check_in = await said(table)
    thread_id = check_in.thread_id or 0
    await table.say(check_in, "what beni said", member_id=BENI)
    await table.due()
    await table.lost_answers.threads_seen(ONE, {thread_id: True})
    await table.answering.take_back(ONE, BENI, check_in.check_in_id)
    await table.due()
    assert table.discord.answers()[1] == "(gone)"  # at once, where the bot may
    locked_out(table)
    await table.answering.take_back(ONE, AKI, check_in.check_in_id)
    await table.due()
    assert table.discord.answers()[0] == f"{AKI} what aki said"
    table.discord.mend()
    await table.lost_answers.threads_seen(ONE, {thread_id: False})
    await table.due()
    assert table.discord.answers() == ["(gone)"] * 2
