"""What somebody could make of asks who means no good, or whose finger slips, comes to nothing."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.features.members.model import NOTICES_KEPT
from bot.features.peer_help.ending import Gratitude
from bot.features.peer_help.model import OPEN_LIMIT, State, Wants, Written
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.telling import HERE
from bot.kernel.people import Person
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.circle import refusal
from tests.storage.helpline import BOARD, DAY, HOUR, MINUTE, MIO, TOPIC, Helpline, asked, mended, opened
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY


@pytest.fixture
async def line(database: Database, clock: HandClock) -> AsyncIterator[Helpline]:
    async with opened(database, clock) as line:
        yield line


async def test_who_presses_to_and_fro_is_announced_once(line: Helpline) -> None:
    ask = await asked(line)
    for _ in range(3):
        await line.helping.come(ONE, BENI, ask.ask_id)
        await line.due(MINUTE)
        await line.helping.step_back(ONE, BENI, ask.ask_id)
        await line.due(MINUTE)
    assert line.discord.said(ask, "came") == [str(BENI)]
    assert len(await line.notices(HERE)) == 1


async def test_no_call_to_the_helpers_is_left_without_a_keeper(line: Helpline) -> None:
    ask = await asked(line)
    await line.due(DAY)
    assert line.discord.said(ask, "call") == ["waiting"]
    await line.helping.come(ONE, BENI, ask.ask_id)
    await line.helping.step_back(ONE, BENI, ask.ask_id)
    await line.due(DAY)
    assert line.discord.said(ask, "call") == ["waiting"]
    await line.asks.withdraw(ONE, AKI, ask.ask_id)
    await line.due()
    assert line.discord.said(ask, "call") == ["withdrawn"]


async def test_a_call_that_was_deleted_is_made_anew(line: Helpline) -> None:
    ask = await asked(line)
    await line.due(DAY)
    before = (await line.now(ask)).call_message_id
    line.discord.posts = {key: post for key, post in line.discord.posts.items() if not post.text.startswith("call ")}
    for _ in range(2):  # the first time it is found out
        await line.helping.come(ONE, BENI, ask.ask_id)
        await line.helping.step_back(ONE, BENI, ask.ask_id)
        await line.due(DAY)
    assert line.discord.said(ask, "call") == ["waiting"]
    assert (await line.now(ask)).call_message_id != before


@pytest.mark.parametrize("says", [False, True], ids=["silent", "heard"])
async def test_who_comes_and_says_nothing_keeps_no_ask_from_the_moderators(line: Helpline, says: bool) -> None:
    ask = await asked(line, Wants.ADVICE)
    await line.due(HOUR)
    for _ in range(5):
        await line.helping.come(ONE, BENI, ask.ask_id)
        if says:
            await line.say(ask, BENI)
        await line.due(HOUR)
        await line.helping.step_back(ONE, BENI, ask.ask_id)
        await line.due(4 * HOUR)
    now = await line.now(ask)
    assert (now.state, now.climb.listed_at is None) == (State.WAITING, says)


async def test_a_stopped_pseudonym_says_nothing_more(line: Helpline) -> None:
    ask = await line.ask_anonymously()
    await line.due(11 * MINUTE)
    await line.helping.come(ONE, BENI, ask.ask_id)
    line.discord.fail(Verb.SEND, BUSY)
    await line.anonymity.reply(ONE, AKI, ask.ask_id, "abuse", line.act())
    await line.due()
    await line.anonymity.stop(ONE, MIO, ask.ask_id)
    await mended(line)
    assert line.discord.said(ask, "reply") == []
    gratitude = Gratitude((Person(BENI, ()),), "more abuse")
    assert (await refusal(line.endings.thank(ONE, AKI, ask.ask_id, gratitude, line.act()))).key == "peer_help.ended"


async def test_what_is_looked_at_does_not_pile_up(line: Helpline) -> None:
    written = Written(TOPIC, Wants.EITHER, "a question")
    looked_at = []
    for _ in range(OPEN_LIMIT + 2):
        looked_at.append(await line.anonymity.preview(ONE, AKI, written, line.act()))
        line.clock.push(MINUTE)
    kept = [await line.now_or_none(ask.ask_id) is not None for ask in looked_at]
    assert kept == [False] * 2 + [True] * OPEN_LIMIT


async def test_asks_that_go_at_once_share_no_moment_with_a_pseudonyms(line: Helpline) -> None:
    named, hidden = await asked(line), await line.ask_anonymously()
    await line.due(11 * MINUTE)
    for ask in (named, hidden):
        await line.asks.withdraw(ONE, AKI, ask.ask_id)
    assert (await line.now(named)).ended_at != (await line.now(hidden)).ended_at


async def test_what_is_too_old_for_the_inbox_is_no_news(line: Helpline) -> None:
    ask = await line.ask_anonymously()
    await line.due(11 * MINUTE)
    await line.helping.come(ONE, BENI, ask.ask_id)
    assert await line.inbox.has_whispers(ONE, AKI)
    line.clock.push(NOTICES_KEPT)
    assert not await line.inbox.has_whispers(ONE, AKI)


async def test_cards_do_not_show_by_changing_at_once_whose_they_were(line: Helpline) -> None:
    named, hidden = await asked(line), await line.ask_anonymously()
    await line.due(11 * MINUTE)
    async with line.database.write() as transaction:
        assert not await line.help_holder.forget_member(transaction, ONE, AKI)
    await line.due(timedelta(seconds=1))
    assert (line.discord.said(named, "ask"), line.discord.said(hidden, "ask")) == (
        ["withdrawn "],
        ["waiting a question"],
    )
    await line.due(10 * MINUTE)
    assert line.discord.said(hidden, "ask") == ["withdrawn "]
    async with line.database.write() as transaction:
        assert await line.help_holder.forget_member(transaction, ONE, AKI)


async def test_a_thread_opened_by_hand_can_be_asked_again_once_its_ask_was_withdrawn(line: Helpline) -> None:
    await line.helping.opened_by_hand(ONE, BOARD, 4000, AKI, "my question")
    written = Written(TOPIC, Wants.LISTEN, "by hand")
    first = await line.asks.ask_by_hand(ONE, AKI, written, line.act(), 4000)
    await line.asks.withdraw(ONE, AKI, first.ask_id)
    second = await line.asks.ask_by_hand(ONE, AKI, written, line.act(), 4000)
    assert second.ask_id != first.ask_id
    assert second.state is State.WAITING


async def test_an_ask_that_is_talked_about_and_was_deleted_comes_to_the_moderators_list(line: Helpline) -> None:
    ask = await asked(line)
    await line.helping.come(ONE, BENI, ask.ask_id)
    await line.due()
    line.discord.delete_channel(BOARD)
    await line.helping.channel_deleted(ONE, BOARD)
    await line.due(4 * DAY)
    assert (await line.now(ask)).ending is None
    async with line.database.read() as transaction:
        assert [each.ask_id for each in await AskStore(transaction, ONE).listed()] == [ask.ask_id]
