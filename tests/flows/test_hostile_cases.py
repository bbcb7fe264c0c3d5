"""Whatever is typed into reports, notes and decisions: no unhandled error, no ping, nothing lost, nothing cut.

Mentions and limits are checked on every request when the fixture ends, errors in the log likewise.
"""

import pytest

from bot.features.safety.model import LOUD_REPORTS
from tests.flows.hostility import Attacker
from tests.flows.office import case_about, open_office, report, show
from tests.flows.people import Person
from tests.flows.village import Village

EACH = 40  # a form and language


@pytest.fixture
def attacker(village: Village, request: pytest.FixtureRequest) -> Attacker:
    return Attacker(village, request.node.name)


async def test_reports_notes_and_decisions(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_office(village)
    await report(village, aki, beni)
    number, moderator = await case_about(village, beni), village.moderator
    for _ in range(EACH):
        message = await beni.actor.send(village.hall, (attacker.text(1000).strip() or "x")[:2000])
        form = await aki.message_menu("Tell the moderators", message)
        custom_id = str(form.form and form.form["custom_id"])
        await aki.forge_form(custom_id, {"reason": attacker.chosen(), "details": attacker.text(1000)})
        fields = {"member": [str(beni.id)], "reason": attacker.chosen(), "details": attacker.text(1000)}
        await aki.forge_form("v1:safety:form-report:0:1", fields)
        await moderator.forge_form(f"v1:safety:form-note:{number}:1", {"note": attacker.text(1000)})
        assert not village.complaints.found, village.complaints.found
    await show(moderator, number)
    for page in range(25):
        await moderator.forge(f"v1:safety:case_page:{number}", [str(page)])
    for _ in range(EACH):
        hold = {"days": attacker.chosen(), "hold_reason": attacker.text(500)}
        await moderator.forge_form(f"v1:safety:form-hold:{number}:1", hold)
        close = {"told": attacker.chosen(), "told_words": attacker.text(500), "outcome": attacker.text(1000)}
        await moderator.forge_form(f"v1:safety:form-close:{number}:1", close)
        rules = {"rules": attacker.text(4000)}
        await moderator.forge_form(f"v1:safety:form-rules:{village.guild.id}:1", rules)
        assert not village.complaints.found, village.complaints.found
    await aki.slash("inbox")
    await beni.slash("inbox")
    await moderator.press(await moderator.slash("cases list"), "acts")


async def test_a_great_many_held_texts_are_told_of_a_few_times_only(village: Village, aki: Person) -> None:
    office = await open_office(village)
    for number in range(LOUD_REPORTS + 3):
        refused = await aki.write(f"{number}回目 https://discord.gg/abcdef")
        await aki.press(refused, "ask_moderators")
        await village.env.settle()
    assert len(village.cards(office)) == LOUD_REPORTS
    listed = await village.moderator.slash("cases list")
    assert village.texts.plural(village.locale, "safety.cases_title", LOUD_REPORTS + 3) in listed.text
