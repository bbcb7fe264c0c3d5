"""Whatever is typed, chosen or forged about prompts, schedules and answers: no unhandled error, no ping, nothing lost.

Mentions and limits are checked on every request when the fixture ends, errors in the log likewise.
"""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.features.check_ins.model import PROMPT_LIMIT
from bot.kernel.text import is_visible
from tests.flows.hostility import EACH, IDS, Attacker, Fields, attack, rows, said, taken
from tests.flows.people import Answer, Person
from tests.flows.prompting import SOON, a_day, asked, asked_alone
from tests.flows.village import Village

pytestmark = pytest.mark.untraced


def kept_of(text: str | Sequence[str]) -> str:
    """Return what is kept of a text beside which something else may be said: nothing of one that shows nothing."""
    return said(text) if is_visible(said(text)) else ""


async def test_prompts(village: Village, attacker: Attacker) -> None:
    moderator, answers = village.moderator, list[Answer]()
    for each in range(EACH):
        fields: Fields = {"prompt_ja": attacker.text(PROMPT_LIMIT), "prompt_en": attacker.text(PROMPT_LIMIT)}
        answers.append(await attack(village, moderator, f"v1:check_ins:form-prompt_add:{each}:{each}", fields))
        if not answers[-1].has("draft"):
            kept = (await rows(village, "SELECT ja, en FROM prompts ORDER BY prompt_id"))[-1]
            assert kept == tuple(" ".join(kept_of(words).split()) for words in fields.values())
        number = attacker.draw.choice((*IDS, *[row["prompt_id"] for row in await village.rows("prompts")][-5:]))
        await attack(village, moderator, f"v1:check_ins:form-prompt_edit:{number}:{each}"[:100], fields)
    assert 0 < taken(answers) < EACH
    for number in ("0", "6", "9", "-1", "x", "", "99999999999999999999"):
        await moderator.forge(f"v1:check_ins:prompts_page:{village.guild.id}", [number])
        assert not village.complaints.found, village.complaints.found
    async with village.bot.database.write() as transaction:
        await transaction.connection.execute("UPDATE prompts SET is_retired = 1 WHERE code <> ''")
    await asked(village)
    await village.pass_time(SOON)
    assert not village.complaints.found, village.complaints.found


async def test_plans(village: Village, aki: Person, attacker: Attacker) -> None:
    moderator, own, added = village.moderator, list[Answer](), list[Answer]()
    for each in range(EACH):
        fields: Fields = {
            "days": attacker.draw.choice((["0"], ["1", "3"], [], ["7"], ["0", "0"], ["²"], attacker.chosen())),
            "at": attacker.draw.choice(("20:30", "6:05", attacker.text(12), "24:00", "２０時", "-1:00")),
            "zone": attacker.draw.choice(("Asia/Tokyo", "", attacker.text(64), "../../etc/passwd", "\x00")),
        }
        own.append(await attack(village, aki, f"v1:check_ins:form-own_plan:{village.guild.id}:{each}", fields))
        channel = attacker.draw.choice(([str(village.door.id)], [], ["1"], ["x"], attacker.chosen()))
        more: Fields = {**fields, "channel": channel, "country": attacker.draw.choice(("JP", "", attacker.text(2)))}
        added.append(await attack(village, moderator, f"v1:check_ins:form-schedule_add:{each}:{each}", more))
        known = [row["schedule_id"] for row in await village.rows("schedules")]
        number = attacker.draw.choice((*IDS, *known))
        await attack(village, moderator, f"v1:check_ins:form-schedule_edit:{number}:{each}"[:100], more)
        await moderator.forge(f"v1:check_ins:often:{number}"[:100])
        letter: Fields = {"letter_day": attacker.chosen(), "letter_hour": attacker.chosen()}
        await attack(village, moderator, f"v1:check_ins:form-letter:{village.guild.id}:{each}", letter)
    assert 0 < taken(own) < EACH
    assert taken(added) < EACH
    for command in ("checkin me", "guide"):
        await aki.slash(command)
    await moderator.slash("schedule list")
    await a_day(village)
    assert not village.complaints.found, village.complaints.found


async def test_breaks(village: Village, aki: Person, attacker: Attacker) -> None:
    await asked_alone(village, aki)
    answers = []
    for each in range(EACH):
        day = f"{village.env.now() + timedelta(days=attacker.draw.choice((0, 1, 9, 400))):%Y-%m-%d}"
        until = attacker.draw.choice((day, attacker.text(20), "9999-12-31", "0000-00-00", "2/29", "１２月"))
        form = f"v1:check_ins:form-own_pause:{village.guild.id}:{each}"
        answers.append(await attack(village, aki, form, {"until": until}))
    assert 0 < taken(answers) < EACH


async def test_answers(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await asked(village)
    (row,) = await village.rows("check_ins")
    answers = []
    for each in range(EACH):
        fields: Fields = {
            "words": attacker.text(1500),
            "mood": attacker.draw.choice((["sigh"], [], ["x"], attacker.chosen())),
            "shows": attacker.draw.choice((["name"], ["nameless"], ["me"], [], ["x"], attacker.chosen())),
        }
        is_there, person = attacker.draw.random() < 0.8, attacker.draw.choice((aki, beni))
        number = row["check_in_id"] if is_there else attacker.draw.choice(IDS)
        answers.append(await attack(village, person, f"v1:check_ins:form-answer:{number}:{each}"[:100], fields))
        if is_there and not answers[-1].has("draft"):
            assert (kept_of(fields["words"]),) in await rows(village, "SELECT words FROM check_in_answers")
        for action in ("answer", "change", "take_back", "own_answer", "go_on"):
            await person.forge(f"v1:check_ins:{action}:{attacker.draw.choice(IDS)}")
        if each % 8 == 0:
            await village.pass_time(SOON)
    assert 0 < taken(answers) < EACH
    for person in (aki, beni):
        await person.slash("checkin answer")
    assert not village.complaints.found, village.complaints.found


async def test_answers_of_ones_own(village: Village, aki: Person, attacker: Attacker) -> None:
    await asked_alone(village, aki)
    await a_day(village)
    (row,) = [each for each in await village.rows("notices") if each["member_id"] == aki.id]
    answers = []
    for each in range(EACH):
        is_there = attacker.draw.random() < 0.8
        number = row["notice_id"] if is_there else attacker.draw.choice(IDS)
        fields: Fields = {"words": attacker.text(1500), "mood": attacker.chosen()}
        answers.append(await attack(village, aki, f"v1:check_ins:form-own_answer:{number}:{each}"[:100], fields))
        if is_there and not answers[-1].has("draft"):
            assert await rows(village, "SELECT words FROM check_in_answers") == [(kept_of(fields["words"]),)]
        await aki.slash("checkin me")
    assert 0 < taken(answers) < EACH
