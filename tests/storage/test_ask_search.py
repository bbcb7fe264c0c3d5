"""Asks are found by their titles and by what helped, once they were posted, for as long as their askers like."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.features.peer_help.ending import Gratitude
from bot.features.peer_help.model import PAGE, WORDS_LIMIT, Ask, Wants, Written
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from tests.storage.circle import refusal
from tests.storage.helpline import MINUTE, MIO, TOPIC, Helpline, opened
from tests.storage.house import AKI, BENI, ONE, HandClock


@pytest.fixture
async def line(database: Database, clock: HandClock) -> AsyncIterator[Helpline]:
    async with opened(database, clock) as line:
        yield line


async def posted(line: Helpline, title: str, member_id: MemberId = AKI) -> Ask:
    ask = await line.ask(member_id, title)
    await line.due(MINUTE)
    return ask


async def found(line: Helpline, words: str, by: MemberId = BENI) -> list[str]:
    return [ask.title for ask in (await line.finding_asks.search(ONE, by, words)).asks]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("転職", True),
        ("職", True),
        ("転職\u3000上司", True),
        ("上司 転職", True),
        ("「転職」", True),
        ("ﾀｲﾐﾝｸﾞ", True),
        ("タイミンク", False),
        ("転職 介護", False),
        ("職転", False),
    ],
)
async def test_all_words_are_wanted_and_two_characters_are_enough(line: Helpline, words: str, is_found: bool) -> None:
    title = "転職のタイミング、上司にはいつ言う？"
    await posted(line, title)
    await posted(line, "another question", BENI)
    assert await found(line, words) == ([title] if is_found else [])


@pytest.mark.parametrize(("words", "key"), [(" \u3000", "no_words"), ("あ" * (WORDS_LIMIT + 1), "too_long")])
async def test_a_search_that_says_nothing_is_told_so(line: Helpline, words: str, key: str) -> None:
    assert (await refusal(line.finding_asks.search(ONE, BENI, words))).key == f"peer_help.{key}"


async def test_an_ask_is_found_once_it_was_posted_and_not_when_it_is_gone(line: Helpline) -> None:
    ask = await line.ask(title="a question")
    assert await found(line, "question") == []
    await line.due()
    assert await found(line, "question") == ["a question"]
    await line.helping.thread_deleted(ONE, (await line.now(ask)).thread_id or 0)
    assert await found(line, "question") == []  # there is nothing to read
    await line.asks.reopen(ONE, AKI, ask.ask_id)
    await line.due()
    assert await found(line, "question") == ["a question"]
    await line.asks.withdraw(ONE, AKI, ask.ask_id)
    assert await found(line, "question") == []


async def test_an_anonymous_ask_is_found_by_nobody_before_it_stands_there(line: Helpline) -> None:
    await line.ask_anonymously(title="secret for now")
    assert await found(line, "secret") == []
    await line.due(11 * MINUTE)
    assert await found(line, "secret") == ["secret for now"]


@pytest.mark.parametrize("is_findable", [True, False])
async def test_what_helped_is_found_if_the_asker_likes(line: Helpline, is_findable: bool) -> None:
    ask = await posted(line, "a question")
    helped = "早めに相談すること", is_findable
    await line.endings.resolve(ONE, AKI, ask.ask_id, Gratitude(), helped, line.act())
    expected = ["a question"] if is_findable else []
    assert await found(line, "相談") == expected
    await line.asks.reopen(ONE, AKI, ask.ask_id)
    await line.asks.edit(ONE, AKI, ask.ask_id, Written(TOPIC, Wants.LISTEN, "another title"))
    assert await found(line, "相談") == (["another title"] if is_findable else [])
    assert await found(line, "question") == []
    await line.asks.withdraw(ONE, AKI, ask.ask_id)
    assert await found(line, "相談") == []


async def test_the_newest_comes_first_a_page_at_a_time_and_pages_are_the_searchers(line: Helpline) -> None:
    titles = [f"question {number}" for number in range(PAGE + 1)]
    for number, title in enumerate(titles):
        await posted(line, title, (AKI, BENI)[number % 2])
    page = await line.finding_asks.search(ONE, MIO, "question")
    assert ([ask.title for ask in page.asks], page.pages) == (titles[:0:-1], 2)
    second = await line.finding_asks.page(ONE, MIO, page.search_id, 1)
    assert [ask.title for ask in second.asks] == titles[:1]
    assert (await refusal(line.finding_asks.page(ONE, BENI, page.search_id, 1))).key == "peer_help.search_gone"
    line.clock.push(timedelta(days=1))
    assert (await refusal(line.finding_asks.page(ONE, MIO, page.search_id, 1))).key == "peer_help.search_gone"


async def test_nobody_finds_by_name_whom_they_keep_a_distance_from(line: Helpline) -> None:
    await posted(line, "question by name")
    await line.choices.keep_distance(ONE, BENI, AKI)
    assert await found(line, "question") == []
    assert await found(line, "question", MIO) == ["question by name"]
    await line.ask_anonymously(title="question by nobody")
    await line.due(11 * MINUTE)
    assert await found(line, "question") == ["question by nobody"]  # else it would tell who asks
