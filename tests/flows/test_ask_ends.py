"""How asks end and go on: resolved, thanked for, closed by silence, opened again, told of later."""

from datetime import timedelta

import pytest

from bot.features.members.reach import Kind
from bot.features.peer_help.model import State
from tests.flows.asking import (
    SOON,
    TITLE,
    ask,
    card_of,
    consent,
    helper,
    invitations,
    is_closed,
    manage,
    newest,
    open_help,
    resolve,
    say,
    state_of,
    thread_of,
)
from tests.flows.gratitude import REASON, thanked
from tests.flows.messages import controls, words
from tests.flows.people import Person
from tests.flows.village import Village

DAY = timedelta(days=1)


def held(person: Person, action: str) -> int:
    """Return how many private messages offer something."""
    return sum(action in str(controls(card)) for card in person.dms())


async def test_without_a_reason_nobody_is_thanked_and_it_can_be_done_days_later(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_help(village)
    await ask(village, aki)
    asked = await newest(village, aki)
    await say(village, beni, asked)
    answer = await resolve(aki, asked, thanked=[beni])
    assert aki.text("peer_help.resolved") in answer.text
    assert "💚" not in (await beni.slash("inbox")).text
    await village.pass_time(3 * DAY)
    form = await aki.press(await manage(aki, asked), "thank")
    assert form.filled["thanked"] == [beni.id]
    recorded = await aki.submit(form, thanked=[beni], reason=REASON)
    assert aki.text("peer_help.thanked") in recorded.text
    assert not recorded.has("thank")
    assert thanked(beni, aki) in (await beni.slash("inbox")).text
    assert aki.text("peer_help.all_thanked") in (await aki.forge(f"v1:peer_help:thank:{asked.ask_id}")).text


async def test_only_who_took_part_is_thanked_for_it_and_once(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    await ask(village, aki)
    asked = await newest(village, aki)
    await say(village, beni, asked)
    chie = village.move_in("Chie")
    form, second = [await aki.press(await manage(aki, asked), "resolve") for _ in range(2)]
    refused = await aki.submit(form, thanked=[beni, chie], reason=REASON)
    assert aki.text("peer_help.did_not_take_part") in refused.text
    assert (await newest(village, aki)).state is State.TALKING
    await aki.submit(second, thanked=[beni], reason=REASON)
    facts = await beni.slash("standing")
    assert facts.text.count(REASON) == 1
    again = await aki.forge_form(
        f"v1:peer_help:form-thank:{asked.ask_id}:1", {"thanked": [str(beni.id)], "reason": REASON}
    )
    assert aki.text("reputation.thanked_already") in again.text or again.has("draft")
    assert (await beni.slash("standing")).text.count(REASON) == 1


async def test_what_helped_is_found_only_where_the_asker_likes(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    for title, findable in (("ないしょ", ["no"]), ("みんなに", ["yes"])):
        await ask(village, aki, title)
        asked = await newest(village, aki)
        await say(village, beni, asked)
        await resolve(aki, asked, helped=f"{title}、上司に早めに話す", findable=findable)
        assert ("上司に早めに話す" in words(card_of(village, asked))) is (findable == ["yes"])
    found = await beni.slash("ask search", text="早めに")
    assert "みんなに" in found.text
    assert "ないしょ" not in found.text


@pytest.mark.parametrize("forum", [True, False], ids=["forum", "text"])
async def test_a_resolved_ask_is_opened_again(village: Village, aki: Person, *, forum: bool) -> None:
    await open_help(village, forum=forum)
    beni, chie = await helper(village, "Beni"), await helper(village, "Chie")
    await ask(village, aki)
    asked = await newest(village, aki)
    await say(village, beni, asked)
    await resolve(aki, asked)
    assert is_closed(village, asked)
    answer = await aki.press(await manage(aki, asked), "reopen")
    assert aki.text("peer_help.reopened") in answer.text
    await village.pass_time(SOON)
    assert not is_closed(village, asked)
    assert state_of(village, asked) == village.text("peer_help.state_waiting")
    assert "here" in str(controls(card_of(village, asked)))
    assert len(invitations(chie)) == 1


async def test_a_month_later_an_asker_is_invited_once_to_tell_more(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    await consent(village, aki, Kind.ANSWERS)
    await ask(village, aki)
    asked = await newest(village, aki)
    await say(village, beni, asked)
    await resolve(aki, asked)
    await village.pass_time(29 * DAY)
    assert held(aki, "after_asked") == 0
    await village.pass_time(DAY)
    await village.pass_time(SOON)
    (invited,) = [card for card in aki.dms() if "after_asked" in str(controls(card))]
    assert aki.text("peer_help.told_after", words=TITLE) in words(invited)
    form = await aki.press(invited, "after_asked")
    told = await aki.submit(form, after="新しい職場に慣れました")
    assert aki.text("peer_help.after_told") in told.text
    await village.pass_time(SOON)
    said = words(village.cards(thread_of(village, asked))[-1])
    assert "新しい職場に慣れました" in said
    assert village.text("peer_help.after_said", name=f"<@{aki.id}>") in said
    for _ in range(3):
        await village.pass_time(31 * DAY)
    assert sum(aki.text("peer_help.told_after", words=TITLE) in words(card) for card in aki.dms()) <= 1


async def test_at_the_askers_turn_it_is_asked_then_closed_and_can_be_opened(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_help(village)
    await consent(village, aki, Kind.ANSWERS)
    await ask(village, aki)
    asked = await newest(village, aki)
    await say(village, beni, asked)
    await village.pass_time(4.9 * DAY)
    assert held(aki, "still_open") == 0
    await village.pass_time(0.2 * DAY)
    await village.pass_time(SOON)
    (question,) = [card for card in aki.dms() if "still_open" in str(controls(card))]
    assert aki.text("peer_help.stays_open") in (await aki.press(question, "still_open")).text
    await village.pass_time(5.1 * DAY)
    await village.pass_time(SOON)
    assert held(aki, "still_open") == 1
    await village.pass_time(5.1 * DAY)
    await village.pass_time(SOON)
    assert state_of(village, asked) == village.text("peer_help.state_closed_silence")
    (ended,) = [card for card in aki.dms() if "reopen_asked" in str(controls(card))]
    assert aki.text("peer_help.told_ended_silence", words=TITLE) in words(ended)
    assert aki.text("peer_help.reopened") in (await aki.press(ended, "reopen_asked")).text
    await village.pass_time(SOON)
    assert state_of(village, asked) == village.text("peer_help.state_waiting")


async def test_a_word_of_the_askers_answers_the_question_too(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    await ask(village, aki)
    asked = await newest(village, aki)
    await say(village, beni, asked)
    await village.pass_time(5.1 * DAY)
    await say(village, aki, asked)
    await village.pass_time(SOON)
    await say(village, beni, asked)
    await village.pass_time(4.9 * DAY)
    assert (await newest(village, aki)).state is State.TALKING
    assert TITLE in (await aki.slash("inbox")).text


async def test_an_asker_is_never_reminded_while_the_turn_is_not_theirs(village: Village, aki: Person) -> None:
    await open_help(village)
    await consent(village, aki, Kind.ANSWERS)
    await ask(village, aki)
    for _ in range(40):
        await village.pass_time(DAY)
    assert not aki.dms()
    assert (await newest(village, aki)).state is State.WAITING
    beni = village.move_in("Beni")
    asked = await newest(village, aki)
    await say(village, beni, asked)
    await say(village, aki, asked)
    seen = len(aki.dms())
    for _ in range(40):
        await village.pass_time(DAY)
    assert len(aki.dms()) == seen
    assert held(aki, "still_open") == 0


async def test_resolving_from_a_private_message_is_led_to_the_server(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_help(village)
    await consent(village, aki, Kind.ANSWERS)
    await ask(village, aki)
    await say(village, beni, await newest(village, aki))
    await village.pass_time(5.1 * DAY)
    await village.pass_time(SOON)
    (question,) = [card for card in aki.dms() if "still_open" in str(controls(card))]
    assert aki.text("peer_help.resolve_there") in (await aki.press(question, "resolve_asked")).text
    box = await aki.slash("inbox")
    assert (await aki.press(box, "resolve_asked")).form is not None
