"""The moderators' list: open ones first, by number, with all that belongs to a case and who did what."""

import pytest

from bot.features.safety.model import CASES_PAGE
from tests.flows.messages import components, words
from tests.flows.office import another_moderator, case_about, inbox, open_office, report, show
from tests.flows.people import Answer, Person
from tests.flows.village import Village


def options(answer: Answer, action: str) -> list[str]:
    """Return the values that a menu offers."""
    (menu,) = [part for part in components(answer.message) if f":{action}:" in str(part.get("custom_id"))]
    return [option["value"] for option in menu["options"]]


async def test_empty_list_says_so(village: Village) -> None:
    listed = await village.moderator.slash("cases list")
    assert village.moderator.text("safety.cases_none") in listed.text
    trail = await village.moderator.press(listed, "acts")
    assert village.moderator.text("act.setup_introductions_channel") in trail.text
    assert village.hall.mention in trail.text


async def test_case_is_taken_noted_and_closed_and_each_step_is_kept(
    village: Village, aki: Person, beni: Person
) -> None:
    office, moderator = await open_office(village), village.moderator
    await report(village, aki, beni)
    number = await case_about(village, beni)
    case = await moderator.choose(await moderator.slash("cases list"), "open", [str(number)])
    taken = await moderator.press(case, "take")
    assert moderator.text("safety.taken") in taken.text
    assert moderator.text("safety.taken_by", name=moderator.actor.mention) in taken.text
    assert not taken.has("take")
    assert village.text("safety.state_taken") in words(village.cards(office)[0])
    noted = await moderator.submit(await moderator.press(taken, "note"), note="*明日* 話します")
    assert r"\*明日\* 話します" in noted.text
    form = await moderator.press(noted, "close")
    closed = await moderator.submit(form, told=["watched"], outcome="様子を見る")
    for act in ("case_take", "case_note", "case_close"):
        assert moderator.text(f"act.{act}") in closed.text
    assert "様子を見る" in closed.text
    assert moderator.text("safety.ended_watched") in closed.text
    for action in ("take", "close", "hold", "let_through"):
        assert not closed.has(action)
    trail = await moderator.press(await moderator.press(closed, "list"), "acts")
    assert trail.text.count(f"　#{number}") == 3
    assert moderator.text("safety.act_words", words="様子を見る") in trail.text


async def test_the_same_step_twice_is_one(village: Village, aki: Person, beni: Person) -> None:
    await report(village, aki, beni)
    number, moderator = await case_about(village, beni), village.moderator
    for _ in range(2):
        await moderator.forge(f"v1:safety:take:{number}")
        await moderator.forge_form(f"v1:safety:form-note:{number}:1", {"note": "ひとつだけ"})
    case = await show(moderator, number)
    assert (case.text.count("ひとつだけ"), case.text.count(moderator.text("act.case_take"))) == (1, 1)
    empty = await moderator.forge_form(f"v1:safety:form-note:{number}:1", {"note": "\u3164"})
    assert moderator.text("safety.says_nothing") in empty.text


async def test_another_moderator_can_go_on(village: Village, aki: Person, beni: Person) -> None:
    await report(village, aki, beni)
    number, mio = await case_about(village, beni), await another_moderator(village)
    await village.moderator.press(await show(village.moderator, number), "take")
    case = await show(mio, number)
    assert case.has("take")
    taken = await mio.press(case, "take")
    assert mio.text("safety.taken_by", name=mio.actor.mention) in taken.text


async def test_long_list_is_turned_page_by_page(village: Village, aki: Person) -> None:
    moderator = village.moderator
    people = [village.move_in(f"Person{number}") for number in range(CASES_PAGE + 2)]
    for person in people:
        await report(village, aki, person)
    listed = await moderator.slash("cases list")
    first = options(listed, "open")
    second = options(await moderator.choose(listed, "list_page", ["1"]), "open")
    assert (len(first), len(second)) == (CASES_PAGE, 2)
    assert {int(number) for number in first + second} == {await case_about(village, person) for person in people}


async def test_long_case_is_turned_page_by_page(village: Village, aki: Person, beni: Person) -> None:
    moderator = village.moderator
    for number in range(4):
        await report(village, village.move_in(f"Person{number}"), beni, f"{number}番目" + "*" * 990)
    case = await show(moderator, await case_about(village, beni))
    pages = options(case, "case_page")
    assert len(pages) > 1
    shown = [(await moderator.choose(case, "case_page", [page])).text for page in pages]
    assert sum(text.count("\\*") for text in shown) == 4 * 990
    assert all(f"{number}番目" in "\n".join(shown) for number in range(4))


@pytest.mark.parametrize("number", [1, 2**53 - 1])
async def test_number_that_is_none(village: Village, number: int) -> None:
    assert (await show(village.moderator, number)).text == village.moderator.text("safety.no_case")


@pytest.mark.parametrize("told", [(), ("let_through",), ("nonsense",)])
async def test_nothing_is_closed_without_saying_what_reporters_are_told(
    village: Village, aki: Person, beni: Person, told: tuple[str, ...]
) -> None:
    await report(village, aki, beni)
    number = await case_about(village, beni)
    sent = await village.moderator.forge_form(f"v1:safety:form-close:{number}:1", {"told": told, "outcome": "x"})
    assert village.moderator.text("safety.told_missing") in sent.text
    assert await case_about(village, beni) == number


async def test_odd_values_in_menus_harm_nothing(village: Village) -> None:
    for action in ("open", "list_page", "acts_page", "case_page"):
        for value in ("9" * 30, "-1", "²", "x"):
            answer = await village.moderator.forge(f"v1:safety:{action}:{village.guild.id}", [value])
            assert not answer.has("draft")
    assert not village.complaints.found


async def test_moderators_role_is_enough(village: Village, aki: Person, beni: Person) -> None:
    role = village.guild.create_role("運営")
    panel = await village.moderator.slash("setup panel")
    await village.moderator.choose(panel, "moderators_role", [role])
    mio = village.move_in("Mio", role=role)
    await village.env.settle()
    assert (await aki.slash("cases list")).text == aki.text("errors.moderators_only")
    assert mio.text("safety.cases_none") in (await mio.slash("cases list")).text
    await report(village, aki, mio)
    assert mio.text("members.inbox_empty") in (await inbox(mio)).text
    assert mio.text("safety.cases_none") in (await mio.slash("cases list")).text
    assert village.text("safety.is_discreet") in (await show(village.moderator, await case_about(village, mio))).text


async def test_cases_of_another_server_are_nobodys(village: Village, aki: Person, beni: Person) -> None:
    await report(village, aki, beni, "ひみつ")
    number, stranger = await case_about(village, beni), await village.stranger()
    for action in ("case", "take", "note", "close", "hold", "lift"):
        assert (await stranger.forge(f"v1:safety:{action}:{number}")).text == stranger.text("safety.no_case")
    assert "ひみつ" not in (await stranger.slash("cases list")).text
