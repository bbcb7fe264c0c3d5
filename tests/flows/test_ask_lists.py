"""One's own asks, the open ones and those found by words, a page at a time."""

from bot.features.peer_help.model import PAGE
from tests.flows.asking import (
    SOON,
    TITLE,
    ask,
    ask_anonymously,
    ask_often,
    manage,
    newest,
    open_help,
    resolve,
    say,
)
from tests.flows.messages import components
from tests.flows.people import Answer, Person
from tests.flows.village import Village


def numbers(answer: Answer) -> list[int]:
    """Return which of the many asks a page shows, in their order."""
    return [int(line.rpartition("の")[2].rstrip("*")) for line in answer.text.splitlines() if line.startswith("**たく")]


async def test_open_asks_are_shown_a_page_at_a_time_who_waits_longest_first(village: Village, aki: Person) -> None:
    await open_help(village)
    assert aki.text("peer_help.open_none") in (await aki.slash("ask open")).text
    await ask_often(village, PAGE + 2)
    first = await aki.slash("ask open")
    assert numbers(first) == [*range(PAGE)]
    links = [part["url"] for part in components(first.message) if part.get("url")]
    assert len(links) == PAGE
    assert first.has("search")
    assert first.has("new")
    assert numbers(await aki.choose(first, "open_page", ["1"])) == [PAGE, PAGE + 1]


async def test_asks_are_found_by_their_titles_newest_first(village: Village, aki: Person) -> None:
    await open_help(village)
    await ask_often(village, PAGE + 1)
    found = await aki.slash("ask search", text="たくさん 中の")
    assert numbers(found) == [*range(PAGE, 0, -1)]
    assert numbers(await aki.choose(found, "search_page", ["1"])) == [0]
    nothing = await aki.slash("ask search", text="ここにないことば")
    assert aki.text("peer_help.found_none") in nothing.text
    form = await aki.press(nothing, "search")
    assert numbers(await aki.submit(form, text="中の3")) == [3]
    blank = await aki.slash("ask search", text="「」")
    assert aki.text("peer_help.no_words") in blank.text


async def test_what_was_edited_or_withdrawn_is_not_found_by_old_words(village: Village, aki: Person) -> None:
    await open_help(village)
    await ask(village, aki, "あおい鳥")
    form = await aki.press(await manage(aki, await newest(village, aki)), "edit")
    await aki.submit(form, topic=["everyday"], wants=["listen"], title="しろい犬")
    assert "しろい犬" in (await aki.slash("ask search", text="しろい")).text
    assert "しろい犬" not in (await aki.slash("ask search", text="あおい")).text
    sure = await aki.press(await manage(aki, await newest(village, aki)), "withdraw")
    await aki.press(sure, "withdraw_confirm")
    assert aki.text("peer_help.found_none") in (await aki.slash("ask search", text="しろい")).text


async def test_details_are_not_searched(village: Village, aki: Person) -> None:
    await open_help(village)
    await ask(village, aki, details="ないしょの名前")
    assert aki.text("peer_help.found_none") in (await aki.slash("ask search", text="ないしょ")).text


async def test_a_search_is_its_owners(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    await ask_often(village, PAGE + 1)
    found = await aki.slash("ask search", text="たくさん")
    page = next(part for part in components(found.message) if "search_page" in str(part.get("custom_id")))
    assert (await beni.forge(page["custom_id"], ["1"])).text == beni.text("peer_help.search_gone")


async def test_ones_own_asks_hold_all_that_can_be_done(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    assert aki.text("peer_help.mine_none") in (await aki.slash("ask mine")).text
    await ask(village, aki)
    asked = await newest(village, aki)
    waiting = await manage(aki, asked)
    assert all(waiting.has(action) for action in ("resolve", "still_waiting", "edit", "withdraw"))
    await say(village, beni, asked)
    await resolve(aki, asked)
    resolved = await manage(aki, asked)
    assert all(resolved.has(action) for action in ("reopen", "after", "thank", "withdraw"))
    assert TITLE not in (await beni.slash("ask mine")).text
    assert (await beni.forge(f"v1:peer_help:manage:{asked.ask_id}")).text.startswith(beni.text("peer_help.asker_only"))


async def test_ones_own_turn_waits_in_the_guide(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    await ask(village, aki)
    assert aki.text("peer_help.waiting_turn") not in (await aki.slash("guide")).text
    await say(village, beni, await newest(village, aki))
    home = await aki.slash("guide")
    assert aki.text("peer_help.waiting_turn") in home.text
    assert TITLE in str(components((await aki.press(home, "peer_help:mine")).message))


async def test_an_anonymous_ask_is_among_ones_own_and_open_to_all(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    asked = await ask_anonymously(village, aki, "だれにも言えない話")
    await village.pass_time(SOON)
    own = await manage(aki, asked)
    assert own.has("reply")
    seen = await beni.slash("ask open")
    assert "だれにも言えない話" in seen.text
    assert str(aki.id) not in seen.text
