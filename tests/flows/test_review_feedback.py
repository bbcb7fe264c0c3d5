"""Feedback: one field or all, long or short, with a word given before or without, and the thanks for it."""

import pytest

from bot.features.blog_reviews.model import FIELD_LIMIT, FIELDS, QUICK_LIMIT, State
from bot.features.members.reach import Kind
from tests.flows.asking import SOON, consent
from tests.flows.gratitude import REASON, open_wall, thanked
from tests.flows.messages import controls, words
from tests.flows.people import Answer, Person
from tests.flows.reviewing import (
    DAY,
    TITLE,
    WORKED,
    card_of,
    claimed,
    deliver,
    delivered,
    holding,
    kept,
    manage,
    newest,
    open_shelf,
    react,
    requested,
    written,
)
from tests.flows.village import Village


def count(village: Village, key: str, many: int) -> str:
    return village.texts.plural(village.locale, f"blog_reviews.{key}", many)


@pytest.mark.parametrize("field", FIELDS)
async def test_one_field_is_enough(village: Village, aki: Person, beni: Person, field: str) -> None:
    await open_shelf(village)
    await consent(village, aki, Kind.ANSWERS)
    review = await claimed(beni, await requested(aki))
    answer = await deliver(beni, review, **{field: "ここが好きです"})
    assert beni.text("blog_reviews.delivered") in answer.text
    (said,) = written(village, review)
    title = village.text("blog_reviews.feedback_from", reader=f"<@{beni.id}>")
    assert said == f"{title}\n**{village.text(f'blog_reviews.field_{field}')}**\nここが好きです"
    card = card_of(village, review)
    assert village.text("blog_reviews.state_delivered") in words(card)
    assert count(village, "read_count", 1) in words(card)
    assert village.text("blog_reviews.usual_unknown") not in words(card)
    told = aki.dms()[-1]
    assert aki.text("blog_reviews.told_given", name=f"<@{beni.id}>", words=TITLE) in words(told)
    assert beni.text("blog_reviews.waiting_reading") not in (await beni.slash("guide")).text
    assert aki.text("blog_reviews.waiting_read") in (await aki.slash("guide")).text


async def test_all_fields_come_whole_and_in_their_order(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await claimed(beni, await requested(aki))
    texts = {field: f"{number}" + f"{field}について、思ったこと。" * 400 for number, field in enumerate(FIELDS)}
    texts = {field: text[:FIELD_LIMIT] for field, text in texts.items()}
    form = await beni.press(await manage(beni, review), "deliver")
    await beni.submit(form, **texts)
    for _ in range(20):
        await village.pass_time(SOON)
    said = "\n".join(written(village, review))
    goes_on = village.text("blog_reviews.goes_on")
    assert goes_on in said
    headings = {f"**{village.text(f'blog_reviews.field_{field}')}**" for field in FIELDS}
    kept_lines = [line for line in said.splitlines() if line not in headings and goes_on not in line]
    assert "".join(kept_lines[1:]).replace("\\", "") == "".join(texts.values())


async def test_nothing_at_all_is_said_so_and_the_word_holds(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await claimed(beni, await requested(aki))
    refused = await deliver(beni, review)
    assert beni.text("blog_reviews.says_nothing") in refused.text
    refused = await beni.submit(await beni.press(refused, "draft"), **{"worked": " \n", "try": "\u3164\u200b"})
    assert beni.text("blog_reviews.says_nothing") in refused.text
    assert (await kept(village, review)).is_read_by(beni.id)
    taken = await beni.submit(await beni.press(refused, "draft"), stopped="三段落目で立ち止まりました")
    assert beni.text("blog_reviews.delivered") in taken.text


async def test_a_first_reaction_needs_no_word_and_takes_nobodys_place(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_shelf(village)
    await consent(village, aki, Kind.ANSWERS)
    review = await requested(aki)
    chie = village.move_in("Chie")
    for person, state in ((beni, State.WAITING), (chie, State.CLAIMED)):
        answer = await react(person, review)
        assert answer.text == person.text("blog_reviews.reacted")
        assert (await kept(village, review)).state is state
        assert aki.text("blog_reviews.told_quick", name=f"<@{person.id}>", words=TITLE) in words(aki.dms()[-1])
        if state is State.WAITING:
            await claimed(beni, review)
    assert count(village, "quick_count", 2) in words(card_of(village, review))
    assert written(village, review)[0].startswith(village.text("blog_reviews.quick_from", reader=f"<@{beni.id}>"))
    twice = await beni.press(card_of(village, review), "quick")
    assert twice.text == beni.text("blog_reviews.quick_before")
    await deliver(beni, review, worked=WORKED)
    assert (await kept(village, review)).state is State.DELIVERED


async def test_first_reactions_sent_twice_come_once(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await requested(aki)
    forms = [await beni.press(card_of(village, review), "quick") for _ in range(2)]
    await beni.submit(forms[0], quick="いいですね")
    second = await beni.submit(forms[1], quick="もう一度")
    assert beni.text("blog_reviews.quick_before") in second.text
    assert second.has("draft")
    await village.pass_time(SOON)
    assert len(written(village, review)) == 1
    own = await aki.press(card_of(village, review), "quick")
    assert own.text.startswith(aki.text("blog_reviews.own"))
    fields = {"quick": "長" * (QUICK_LIMIT + 1)}
    long = await beni.forge_form(f"v1:blog_reviews:form-quick:{review.review_id}:7", fields)
    assert beni.text("blog_reviews.too_long") in long.text


async def test_feedback_after_the_end_comes_into_the_thread(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await claimed(beni, await requested(aki))
    form = await beni.press(await manage(beni, review), "deliver")
    await aki.press(await aki.press(await manage(aki, review), "close"), "close_confirm")
    await village.pass_time(SOON)
    answer = await beni.submit(form, worked=WORKED)
    assert beni.text("blog_reviews.delivered") in answer.text
    await village.pass_time(SOON)
    assert WORKED in written(village, review)[0]
    assert village.text("blog_reviews.state_closed_author") in words(card_of(village, review))


async def test_another_reader_is_wished_for(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    await consent(village, aki, Kind.ANSWERS)
    review = await claimed(beni, await requested(aki))
    for _ in range(9):
        await village.pass_time(DAY)
    chie = village.move_in("Chie")
    await delivered(chie, review)
    for _ in range(2):
        again = await aki.forge(f"v1:blog_reviews:another:{review.review_id}")
        assert aki.text("blog_reviews.waits_again") in again.text
    await village.pass_time(SOON)
    card = card_of(village, review)
    assert village.text("blog_reviews.state_waiting") in words(card)
    assert count(village, "read_count", 1) in words(card)
    assert "claim" in str(controls(card))
    assert aki.text("blog_reviews.told_back_lapsed", words=TITLE) not in (await aki.slash("inbox")).text
    assert village.text("blog_reviews.comes_first") not in (await chie.slash("review queue")).text
    dai = village.move_in("Dai")
    await delivered(dai, review, question="つづきはありますか")
    assert count(village, "read_count", 2) in words(card_of(village, review))
    assert len(written(village, review)) == 2


async def given(village: Village, author: Person, reader: Person) -> Answer:
    """Let somebody get feedback, and hear of it by a private message; return that."""
    await open_shelf(village)
    await consent(village, author, Kind.ANSWERS)
    await delivered(reader, await requested(author))
    return holding(author, "thank_asked")[-1]  # type: ignore[return-value]  # a message stands for its answer


async def test_an_author_thanks_from_the_private_message(village: Village, aki: Person, beni: Person) -> None:
    form = await aki.press(await given(village, aki, beni), "thank_asked")
    assert form.filled == {"reason": ""}
    answer = await aki.submit(form, reason=REASON)
    assert answer.text == aki.text("blog_reviews.thanked")
    await village.env.settle()
    assert thanked(beni, aki) in (await beni.slash("inbox")).text
    assert REASON in (await beni.slash("standing")).text
    (review,) = await village.rows("reviews")
    (entry,) = await village.rows("entries")
    assert entry["cause"] == f"review:{review['review_id']}"
    box = await aki.slash("inbox")
    assert not box.has("thank_asked")
    mine = await aki.press(await aki.slash("guide"), "blog_reviews:mine")
    assert not (await aki.choose(mine, "mine_one", [str(review["review_id"])])).has("thank")


async def test_an_author_thanks_from_the_card_and_each_once(village: Village, aki: Person, beni: Person) -> None:
    await given(village, aki, beni)
    review, chie = await newest(aki), village.move_in("Chie")
    await react(chie, review)
    form = await aki.press(await aki.press(card_of(village, review), "manage"), "thank")
    assert sorted(form.filled["thanked"]) == sorted([beni.id, chie.id])
    dai = village.move_in("Dai")
    refused = await aki.submit(form, thanked=[beni, dai], reason=REASON)
    assert aki.text("blog_reviews.did_not_write") in refused.text
    answer = await aki.submit(await aki.press(refused, "draft"), thanked=[beni, chie], reason=REASON)
    assert aki.text("blog_reviews.thanked") in answer.text
    await village.env.settle()
    for person in (beni, chie):
        assert (await person.slash("standing")).text.count(REASON) == 1
    assert REASON not in (await dai.slash("standing")).text
    again = await aki.forge(f"v1:blog_reviews:thank:{review.review_id}")
    assert again.text == aki.text("blog_reviews.all_thanked")
    late = await aki.press(holding(aki, "thank_asked")[0], "thank_asked")
    assert late.text == aki.text("blog_reviews.all_thanked")


async def test_thanks_can_be_public_where_there_is_a_wall(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    form = await aki.press(await given(village, aki, beni), "thank_asked")
    assert form.filled["sharing"] == ["private"]
    await aki.submit(form, reason=REASON, sharing=["public"])
    await village.env.settle()
    assert not village.cards(wall)
    agreed = await beni.press(await beni.slash("inbox"), "agree")
    assert agreed.result.acknowledged
    await village.env.settle()
    assert REASON in words(village.cards(wall)[0])


async def test_nobody_thanks_for_what_others_got(village: Village, aki: Person, beni: Person) -> None:
    message = await given(village, aki, beni)
    chie = village.move_in("Chie")
    for custom_id in controls(message):  # type: ignore[arg-type]  # as above
        if "blog_reviews" in custom_id:
            assert (await chie.forge(custom_id)).text == chie.text("members.notice_gone")
    answer = await chie.forge_form("v1:blog_reviews:form-thank:1:1", {"thanked": [str(beni.id)], "reason": REASON})
    assert chie.text("blog_reviews.author_only") in answer.text
    assert not await village.rows("entries")
