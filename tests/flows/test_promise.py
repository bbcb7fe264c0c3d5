"""The promise of the first time: asked before any form by which others are told something, in one place for all."""

from collections.abc import Awaitable, Callable

import pytest

from bot.features.members.reach import Kind
from cogs._ui.rights import Right
from tests.flows.asking import SOON, consent, helper, open_help
from tests.flows.gratitude import REASON, thank, thanked
from tests.flows.messages import words
from tests.flows.office import inbox
from tests.flows.people import Answer, Person
from tests.flows.prompting import asked, asked_alone, prompt_card
from tests.flows.reviewing import card_of, invite, open_shelf, requested
from tests.flows.village import Village

# By which nothing reaches other members, but for what moderators are told, which nothing is to hold up.
UNPROMISED = {
    "v1:check_ins:form-own_answer",
    "v1:check_ins:form-own_pause",
    "v1:check_ins:form-own_plan",
    "v1:introductions:form-search",
    "v1:members:form-quiet",
    "v1:members:form-zone",
    "v1:peer_help:form-search",
    "v1:safety:form-answer",
    "v1:safety:form-report",
    "v1:safety:form-tell",
}

Opening = Callable[[Village, Person], Awaitable[Answer]]


@pytest.fixture
def newcomer(village: Village) -> Person:
    """Somebody who has promised nothing yet, and does not do so unasked."""
    person = village.move_in("Nene")
    person.promises = False
    return person


async def introduce(_: Village, person: Person) -> Answer:
    return await person.slash("intro write")


async def greet(village: Village, person: Person) -> Answer:
    await village.move_in("Chie").write()
    return await person.press(village.cards()[0], "hello")


async def ask(village: Village, person: Person) -> Answer:
    await open_help(village)
    return await person.slash("ask new")


async def ask_by_name(village: Village, person: Person) -> Answer:
    await open_help(village)
    dai = await helper(village, "Dai", "everyday", kind=Kind.NAMED)
    await village.pass_time(SOON)
    found = await person.slash("find", topic="everyday")
    return await person.choose(found, "ask_someone", [str(dai.id)])


async def ask_to_be_read(village: Village, person: Person) -> Answer:
    await open_shelf(village)
    return await person.slash("review request")


async def read(village: Village, person: Person) -> Answer:
    await open_shelf(village)
    review = await requested(village.move_in("Chie"))
    return await person.press(card_of(village, review), "claim")


async def say_thanks_by_menu(village: Village, person: Person) -> Answer:
    return await person.user_menu("Say thanks", village.move_in("Chie"))


async def answer_a_prompt(village: Village, person: Person) -> Answer:
    await asked(village)
    return await person.press(prompt_card(village), "answer")


@pytest.mark.parametrize(
    "opening",
    [introduce, greet, ask, ask_by_name, ask_to_be_read, read, say_thanks_by_menu, answer_a_prompt],
)
async def test_the_promise_comes_before_the_form_and_only_once(
    village: Village, newcomer: Person, opening: Opening
) -> None:
    question = await opening(village, newcomer)
    assert question.form is None
    assert newcomer.text("members.promise_asked") in question.text
    (promise,) = question.actions
    form = await newcomer.press(question, promise)
    assert form.form is not None
    assert (await newcomer.press(question, promise)).form is not None  # pressed again: the promise stands
    assert (await newcomer.slash("intro write")).form is not None


async def test_a_promise_that_stands_is_not_written_again(
    village: Village, newcomer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where many write, the form came too late for Discord the first time, and would each time."""
    question = await ask(village, newcomer)
    assert (await newcomer.press(question, "promise_new")).form is not None
    monkeypatch.setattr(village.bot.database, "write", None)
    assert (await newcomer.press(question, "promise_new")).form is not None


async def test_thanks_typed_before_the_promise_go_out_with_it(village: Village, newcomer: Person, aki: Person) -> None:
    question = await thank(newcomer, aki)
    assert newcomer.text("members.promise_asked") in question.text
    assert thanked(aki, newcomer) not in (await inbox(aki)).text
    await newcomer.press(question, "send_promised")
    assert (await newcomer.press(question, "send_promised")).text == newcomer.text("members.draft_gone")
    assert (await inbox(aki)).text.count(REASON) == 1
    assert newcomer.text("members.nothing_waits") not in (await newcomer.slash("guide")).text  # an introduction does


async def test_thanks_typed_before_the_promise_can_be_changed_first(
    village: Village, newcomer: Person, aki: Person
) -> None:
    question = await newcomer.press(await thank(newcomer, aki), "draft")
    assert newcomer.text("members.promise_asked") in question.text
    form = await newcomer.press(question, "promise_draft")
    assert form.filled["reason"] == REASON
    await newcomer.submit(form, member=[aki], reason="あのときの一言に助けられました")
    assert "あのときの一言に助けられました" in (await inbox(aki)).text


async def test_a_form_that_was_never_opened_asks_for_it_too(village: Village, newcomer: Person) -> None:
    await newcomer.slash("intro write")
    question = await newcomer.forge_form("v1:introductions:form-write:1:0", {"now": "はじめまして"})
    assert newcomer.text("members.promise_asked") in question.text
    assert village.cards() == []
    await newcomer.press(question, "send_promised")
    assert "はじめまして" in words(village.cards()[0])


async def test_who_is_asked_in_private_to_read_promises_there(village: Village, newcomer: Person, aki: Person) -> None:
    await open_shelf(village)
    await consent(village, newcomer, Kind.REVIEW)
    review = await requested(aki)
    await invite(village, newcomer, aki, review)
    question = await newcomer.press(newcomer.dms()[0], "claim_asked")
    assert newcomer.text("members.promise_asked") in question.text
    answer = await newcomer.submit(await newcomer.press(question, "promise_claim_asked"), by=["week"])
    assert answer.has("deliver_asked") or answer.has("release_asked")


async def test_a_form_sent_in_private_before_the_promise_goes_on_from_there(
    village: Village, newcomer: Person, aki: Person
) -> None:
    await open_shelf(village)
    await consent(village, newcomer, Kind.REVIEW)
    await invite(village, newcomer, aki, await requested(aki))
    form = await newcomer.press(await newcomer.press(newcomer.dms()[0], "claim_asked"), "promise_claim_asked")
    async with village.bot.database.write() as transaction:  # as if it had been opened before forms asked for it
        await transaction.connection.execute("UPDATE members SET promised_at = NULL")
    question = await newcomer.submit(form, by=["week"])
    assert newcomer.text("members.promise_asked") in question.text
    answer = await newcomer.press(question, "send_promised")
    assert answer.has("deliver_asked") or answer.has("release_asked")


async def test_what_reaches_no_other_member_asks_for_no_promise(village: Village, newcomer: Person) -> None:
    assert (await newcomer.press(await newcomer.slash("guide"), "report")).form is not None
    assert (await newcomer.press(await newcomer.slash("guide"), "search")).form is not None
    await asked_alone(village, newcomer)


async def test_moderators_set_up_without_a_promise(village: Village) -> None:
    village.moderator.promises = False
    assert (await village.moderator.slash("schedule add")).form is not None


async def test_a_promise_opens_nothing_that_its_control_does_not(village: Village, newcomer: Person) -> None:
    for forged in ("setup:promise_zone", "peer_help:promise_", "members:promise_promise_draft"):
        answer = await newcomer.forge(f"v1:{forged}:1")
        assert answer.form is None
        assert answer.text in {newcomer.text("errors.managers_only"), newcomer.text("errors.unknown_control")}


async def test_no_other_form_of_members_goes_without_the_promise(village: Village) -> None:
    """Whoever adds a form decides it here, too."""
    free = {name for name, control in village.controls().items() if ":form-" in name and not control.promised}
    assert {name for name in free if village.controls()[name].right is Right.ALL} == UNPROMISED
