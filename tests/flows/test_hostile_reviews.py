"""Whatever is typed, chosen or forged about reviews: no unhandled error, no ping, nothing lost, nothing cut.

Mentions and limits are checked on every request when the fixture ends, errors in the log likewise.
"""

import json

import pytest

from bot.features.blog_reviews.model import (
    DATE_LIMIT,
    FIELD_LIMIT,
    FIELDS,
    QUESTION_LIMIT,
    QUICK_LIMIT,
    TITLE_LIMIT,
    Review,
)
from bot.features.blog_reviews.model import PAGE as ON_A_PAGE
from tests.flows.asking import SOON
from tests.flows.hostility import EACH, IDS, Attacker, Fields, attack, rows, said, taken
from tests.flows.people import Answer, Person
from tests.flows.reviewing import DAY, PAGE, claimed, delivered, kept, newest, open_shelf, request_often, requested
from tests.flows.village import Village

pytestmark = pytest.mark.untraced


def written(attacker: Attacker, number: int) -> Fields:
    """Return the form of a request: mostly what could be taken, at times nothing like it."""
    is_plain = attacker.draw.random() < 0.7
    return {
        "url": f"{PAGE}{number}" if is_plain else attacker.text(500),
        "title": attacker.text(TITLE_LIMIT),
        "wants": attacker.draw.choice((["clarity"], ["anything"], [], ["x", "y"], ["\x00"])),
        "question": attacker.text(QUESTION_LIMIT),
        "wish_by": attacker.draw.choice(("", "12/6", "きのう")) if is_plain else attacker.text(DATE_LIMIT),
    }


def day(attacker: Attacker) -> Fields:
    date = attacker.draw.choice(("", "1/20", attacker.text(DATE_LIMIT)))
    return {"by": attacker.draw.choice((["week"], ["weekend"], attacker.chosen())), "date": date}


def feedback(attacker: Attacker) -> Fields:
    return {field: attacker.text(FIELD_LIMIT) if attacker.draw.random() < 0.3 else "" for field in FIELDS}


def number(attacker: Attacker, own: Review) -> int:
    return own.review_id if attacker.draw.random() < 0.8 else attacker.draw.choice(IDS)


async def look(village: Village, *people: Person) -> None:
    """Let everybody look at all that was said: all of it fits into messages."""
    await village.pass_time(SOON)
    for person in people:
        for command in ("inbox", "review queue", "review mine", "guide"):
            await person.slash(command)
    assert not village.complaints.found, village.complaints.found


async def test_asking(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_shelf(village)
    answers = list[Answer]()
    for each in range(EACH):
        fields = written(attacker, each)
        answers.append(await attack(village, aki, f"v1:blog_reviews:form-request:{village.guild.id}:{each}", fields))
        if not answers[-1].has("draft"):
            review = await newest(aki)
            assert review.title == " ".join(said(fields["title"]).split())
            assert review.question == said(fields["question"])
            await look(village, beni)
            await aki.forge(f"v1:blog_reviews:withdraw_confirm:{review.review_id}")
            await village.pass_time(DAY)
    assert 0 < taken(answers) < EACH
    await look(village, aki, beni)


async def test_editing(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_shelf(village)
    own, answers = await requested(aki), list[Answer]()
    for each in range(EACH):
        custom_id = f"v1:blog_reviews:form-edit:{number(attacker, own)}:{each}"[:100]
        answers.append(await attack(village, aki, custom_id, written(attacker, each)))
        if each % 10 == 0:
            await village.pass_time(SOON)
    assert 0 < taken(answers) < EACH
    await look(village, aki, beni)


async def test_claiming(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_shelf(village)
    own, answers = await requested(aki), list[Answer]()
    for each in range(EACH):
        action = attacker.draw.choice(("claim", "redate"))
        custom_id = f"v1:blog_reviews:form-{action}:{number(attacker, own)}:{each}"[:100]
        answers.append(await attack(village, beni, custom_id, day(attacker)))
        if attacker.draw.random() < 0.3:
            await beni.forge(f"v1:blog_reviews:release:{number(attacker, own)}"[:100])
    assert 0 < taken(answers) < EACH
    assert len([row for row in await village.rows("review_claims") if row["ended_at"] is None]) <= 1
    await look(village, aki, beni)


async def test_writing(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_shelf(village)
    answers, chie = list[Answer](), village.move_in("Chie")
    own = await claimed(beni, await requested(aki))
    for each in range(EACH // 2):
        named = number(attacker, own)
        custom_id = f"v1:blog_reviews:form-deliver:{named}:{each}"[:100]
        answers.append(await attack(village, beni, custom_id, feedback(attacker)))
        fields: Fields = {"quick": attacker.text(QUICK_LIMIT)}
        reaction = await attack(village, chie, f"v1:blog_reviews:form-quick:{named}:{each}"[:100], fields)
        if chie.text("blog_reviews.reacted") in reaction.text:
            ((words,),) = await rows(village, "SELECT words FROM review_parts ORDER BY part_id DESC LIMIT 1")
            assert json.loads(words) == [["quick", said(fields["quick"])]]
        if any(not answer.has("draft") for answer in (answers[-1], reaction)):
            await look(village, aki)
            await aki.forge(f"v1:blog_reviews:withdraw_confirm:{own.review_id}")
            await village.pass_time(DAY)  # which has room for so many requests
            own = await claimed(beni, await requested(aki, f"{each}", f"{PAGE}{each}"))
    assert 0 < taken(answers) < EACH // 2
    for _ in range(10):
        await village.pass_time(SOON)
    await look(village, aki, beni, chie)


async def test_thanking(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_shelf(village)
    own, answers = await delivered(beni, await requested(aki)), list[Answer]()
    notices = [row["notice_id"] for row in await village.rows("notices")]
    for each in range(EACH):
        whom = attacker.draw.choice(([str(beni.id)], [str(beni.id), str(aki.id)], ["²"], [], attacker.chosen()))
        fields: Fields = {
            "thanked": whom,
            "reason": attacker.text(300),
            "sharing": attacker.draw.choice((["private"], ["public"], [], ["x"])),
        }
        custom_id = f"v1:blog_reviews:form-thank:{number(attacker, own)}:{each}"
        if each % 2:
            custom_id = f"v1:blog_reviews:form-thank_asked:{attacker.draw.choice((*notices, *IDS))}:{each}"
        answers.append(await attack(village, aki, custom_id[:100], fields))
    assert taken(answers) < EACH
    assert len(await village.rows("entries")) <= 1
    await look(village, aki, beni)


async def test_a_queue_of_the_longest_titles_fits(village: Village, aki: Person, attacker: Attacker) -> None:
    await open_shelf(village)
    for author in await request_often(village, ON_A_PAGE + 1):
        own = await newest(author)
        long = {"url": own.url, "title": "*_`" * 26, "wants": ["clarity"], "question": "~|>" * 166, "wish_by": ""}
        await attack(village, author, f"v1:blog_reviews:form-edit:{own.review_id}:1", long)
        assert (await kept(village, own)).title == "*_`" * 26
    await look(village, aki)
    page = await aki.forge(f"v1:blog_reviews:queue_page:{village.guild.id}", [attacker.draw.choice(("1", "9" * 30))])
    assert page.result.acknowledged
