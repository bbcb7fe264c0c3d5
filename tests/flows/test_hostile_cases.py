"""Whatever is typed into reports, answers, notes and decisions: no unhandled error, no ping, nothing lost, nothing cut.

Mentions and limits are checked on every request when the fixture ends, errors in the log likewise.
"""

from collections.abc import Sequence

import pytest

from bot.features.safety.model import LOUD_REPORTS, PAGES_LIMIT
from bot.features.safety.service import Safety
from bot.kernel.text import is_visible, storable
from tests.flows.hostility import EACH, Attacker, Fields, attack, handed_back, rows, said, taken
from tests.flows.messages import components
from tests.flows.office import INVITE, case_about, inbox, open_office, report, show
from tests.flows.people import Person
from tests.flows.village import Village

pytestmark = pytest.mark.untraced

TOLD = "SELECT iif(instr(outcome, char(10)), substr(outcome, instr(outcome, char(10)) + 1), '') FROM cases"
DAYS: tuple[list[str], ...] = (["1"], ["30"], ["31"], ["0"], ["-3"], ["３"], ["²"], ["9" * 100], [])
PATTERNS = ("/(a+)+$/", "/(/", "/[/", "//", "/a{99999}/", "/(?P<x>y)(?P<x>z)/", "/\\p{L}/", "/" + "(" * 99, "/x/", "こ")


@pytest.fixture
async def number(village: Village, aki: Person, beni: Person) -> int:
    """The case of a report about Beni by Aki, which moderators were told of."""
    await open_office(village)
    await report(village, aki, beni)
    return await case_about(village, beni)


async def read_all(village: Village, *people: Person) -> None:
    """Let everybody look at all that was written: every page of it fits into a message."""
    moderator = village.moderator
    await moderator.slash("cases list")
    for (case_id,) in await rows(village, "SELECT case_id FROM cases"):
        case = await show(moderator, case_id)
        for menu in (part for part in components(case.message) if ":case_page:" in str(part.get("custom_id"))):
            for option in menu["options"]:
                await moderator.forge(menu["custom_id"], [option["value"]])
    for page in range(PAGES_LIMIT):
        await moderator.forge(f"v1:safety:acts_page:{village.guild.id}", [str(page)])
    for person in people:
        await inbox(person)
    assert not village.complaints.found, village.complaints.found


async def test_reports(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_office(village)
    answers = []
    for each in range(EACH):
        whom = attacker.draw.choice(([str(beni.id)], [str(beni.id)], [str(aki.id)], ["²"], attacker.chosen()))
        fields: Fields = {"member": whom, "reason": attacker.chosen(), "details": attacker.text(1000)}
        answers.append(await attack(village, aki, f"v1:safety:form-report:0:{each}", fields))
        if not answers[-1].has("draft"):
            assert (said(fields["details"]),) == (await rows(village, "SELECT words FROM reports"))[-1]
    assert EACH // 10 < taken(answers) < EACH
    await read_all(village, aki, beni)


async def test_reports_of_messages(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_office(village)
    answers = []
    for _ in range(EACH):
        message = await beni.actor.send(village.hall, (attacker.text(1000).strip() or "x")[:2000])
        form = (await aki.message_menu("Tell the moderators", message)).form
        assert form is not None
        fields: Fields = {"reason": attacker.chosen(), "details": attacker.text(1000)}
        answers.append(await attack(village, aki, form["custom_id"], fields))
        if not answers[-1].has("draft"):
            (kept,) = (await rows(village, "SELECT words, evidence FROM reports ORDER BY report_id"))[-1:]
            assert kept == (said(fields["details"]), storable(message.content))
    assert EACH // 10 < taken(answers) < EACH
    await read_all(village, aki, beni)


async def test_commands_give_back_what_was_typed(
    village: Village, aki: Person, beni: Person, attacker: Attacker
) -> None:
    moderator = village.moderator
    for _ in range(EACH):
        words = attacker.text(500)[:500] or "x"
        for answer in (
            await aki.slash("report", member=aki, reason="other", details=words),
            await moderator.slash("cases hold", member=moderator, days=3, reason=words),
        ):
            assert not village.complaints.found, (words, village.complaints.found)
            if said(words):
                assert storable(words) in await handed_back(village, answer)
        await aki.slash("report", member=beni, reason="other", details=words)
        assert (await rows(village, "SELECT words FROM reports"))[-1] == (said(words),)
    await read_all(village, aki, beni)


async def test_answers_to_a_hold(village: Village, aki: Person, attacker: Attacker) -> None:
    await open_office(village)
    await village.moderator.slash("cases hold", member=aki, days=30, reason="理由")
    ((notice,),) = await rows(village, "SELECT notice_id FROM notices WHERE member_id = ?", aki.id)
    answers = []
    for _ in range(EACH):
        fields: Fields = {"answer": attacker.text(1000)}
        answers.append(await attack(village, aki, f"v1:safety:form-answer:{notice}:0", fields))
        if not answers[-1].has("draft"):
            assert await rows(village, "SELECT answer FROM holds") == [(said(fields["answer"]),)]
            await show(village.moderator, await case_about(village, aki))
            await rows(village, "UPDATE holds SET answer = '', answered_at = NULL")
    assert EACH // 10 < taken(answers) < EACH
    await read_all(village, aki)


async def test_notes(village: Village, aki: Person, number: int, attacker: Attacker) -> None:
    answers = []
    for each in range(EACH):
        fields: Fields = {"note": attacker.text(1000)}
        answers.append(await attack(village, village.moderator, f"v1:safety:form-note:{number}:{each}", fields))
        if not answers[-1].has("draft"):
            assert (said(fields["note"]),) in await rows(village, "SELECT words FROM acts WHERE act = 'case.note'")
    assert EACH // 10 < taken(answers) < EACH
    await read_all(village, aki)


async def test_ends_of_cases(village: Village, aki: Person, number: int, attacker: Attacker) -> None:
    answers = []
    for each in range(EACH):
        fields: Fields = {
            "told": attacker.draw.choice((["acted"], ["nothing"], ["let_through"], attacker.chosen())),
            "told_words": attacker.text(500),
            "outcome": attacker.text(1000),
        }
        answers.append(await attack(village, village.moderator, f"v1:safety:form-close:{number}:{each}", fields))
        if not answers[-1].has("draft"):
            await is_kept(village, TOLD, fields["told_words"])
            await is_kept(village, "SELECT words FROM acts ORDER BY act_id", fields["outcome"])
            await inbox(aki)
            await rows(village, "UPDATE cases SET state = 'open', outcome = ''")
    assert EACH // 10 < taken(answers) < EACH
    await read_all(village, aki)


async def is_kept(village: Village, query: str, typed: str | Sequence[str]) -> None:
    """Check what is kept last; what shows nothing is kept as nothing."""
    (kept,) = (await rows(village, query))[-1]
    assert kept == (said(typed) if is_visible(said(typed)) else "")


async def test_decisions_about_texts(village: Village, aki: Person, attacker: Attacker) -> None:
    await open_office(village)
    await aki.press(await aki.write(INVITE), "ask_moderators")
    number, answers = await case_about(village, aki), []
    for each in range(EACH):
        fields: Fields = {"told_words": attacker.text(500)}
        answers.append(await attack(village, village.moderator, f"v1:safety:form-keep_back:{number}:{each}", fields))
        if not answers[-1].has("draft"):
            await is_kept(village, TOLD, fields["told_words"])
            await inbox(aki)
            await rows(village, "UPDATE cases SET state = 'open', outcome = ''")
    assert EACH // 10 < taken(answers) < EACH
    await read_all(village, aki)


async def test_holds(village: Village, beni: Person, number: int, attacker: Attacker) -> None:
    answers = []
    for each in range(EACH):
        fields: Fields = {"days": attacker.draw.choice((["3"], *DAYS)), "hold_reason": attacker.text(500)}
        answers.append(await attack(village, village.moderator, f"v1:safety:form-hold:{number}:{each}", fields))
        if not answers[-1].has("draft"):
            ((reason,),) = (await rows(village, "SELECT reason FROM holds ORDER BY hold_id"))[-1:]
            assert reason == said(fields["hold_reason"])
            refused = await beni.write("一行")
            assert refused.has("draft")
            await inbox(beni)
            await rows(village, "UPDATE holds SET lifted_at = began_at")
    assert EACH // 10 < taken(answers) < EACH
    await read_all(village, beni)


async def test_own_rules(village: Village, aki: Person, attacker: Attacker) -> None:
    answers, guild_id = [], village.guild.id
    for each in range(EACH):
        lines = [attacker.draw.choice((attacker.text(40), *PATTERNS)) for _ in range(attacker.draw.choice((1, 2, 5)))]
        fields: Fields = {"rules": attacker.text(4000) if each % 2 else "\n".join(lines)[:4000]}
        answers.append(await attack(village, village.moderator, f"v1:safety:form-rules:{guild_id}:{each}", fields))
        if not answers[-1].has("draft"):
            assert await village.bot.service(Safety).rules(village.server_id) == said(fields["rules"])
            await attack(village, aki, "v1:introductions:form-write:1:1", {"now": attacker.text(200)})
    assert 0 < taken(answers) < EACH
    await read_all(village, aki)


async def test_a_great_many_held_texts_are_told_of_a_few_times_only(village: Village, aki: Person) -> None:
    office = await open_office(village)
    for number in range(LOUD_REPORTS + 3):
        refused = await aki.write(f"{number}回目 https://discord.gg/abcdef")
        await aki.press(refused, "ask_moderators")
        await village.env.settle()
    assert len(village.cards(office)) == LOUD_REPORTS
    listed = await village.moderator.slash("cases list")
    assert village.texts.plural(village.locale, "safety.cases_title", LOUD_REPORTS + 3) in listed.text
