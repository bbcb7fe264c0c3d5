"""How requests to be read end: closed or taken back by their authors."""

from bot.features.members.reach import Kind
from tests.flows.asking import SOON, consent
from tests.flows.messages import components, controls, words
from tests.flows.people import Person
from tests.flows.reviewing import (
    DAY,
    PAGE,
    TITLE,
    WORKED,
    card_of,
    claimed,
    delivered,
    holding,
    is_closed,
    manage,
    open_shelf,
    requested,
    thread_of,
    written,
)
from tests.flows.village import Village

DRAFT_PAGE = "https://note.com/preview/n0123?prev_access_key=0a1b"


async def test_an_author_closes_it_before_anybody_read(village: Village, aki: Person) -> None:
    await open_shelf(village)
    review = await requested(aki)
    sure = await aki.press(await manage(aki, review), "close")
    assert aki.text("blog_reviews.close_asked") in sure.text
    closed = await aki.press(sure, "close_confirm")
    assert aki.text("blog_reviews.is_closed") in closed.text
    assert not closed.has("close")
    await village.pass_time(SOON)
    card = card_of(village, review)
    assert not controls(card)
    assert village.text("blog_reviews.state_closed_author") in words(card)
    assert is_closed(village, review)
    assert TITLE not in (await aki.slash("review queue")).text


async def test_who_reads_what_is_closed_hears_that_they_need_not(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    await consent(village, beni, Kind.READING)
    review = await claimed(beni, await requested(aki))
    sure = await aki.press(await manage(aki, review), "close")
    assert aki.text("blog_reviews.close_asked_read") in sure.text
    await aki.press(sure, "close_confirm")
    await village.pass_time(SOON)
    assert beni.text("blog_reviews.told_over", words=TITLE) in words(beni.dms()[-1])
    for _ in range(10):
        await village.pass_time(DAY)
    assert not holding(beni, "release_asked")
    assert beni.text("blog_reviews.waiting_reading") not in (await beni.slash("guide")).text


async def test_what_is_withdrawn_is_gone_at_once(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await delivered(beni, await requested(aki, question="消したい問い"))
    sure = await aki.press(await manage(aki, review), "withdraw")
    assert aki.text("blog_reviews.withdraw_asked") in sure.text
    assert aki.text("blog_reviews.is_withdrawn") in (await aki.press(sure, "withdraw_confirm")).text
    await village.pass_time(SOON)
    card, thread = card_of(village, review), thread_of(village, review)
    assert words(card) == village.text("blog_reviews.card_withdrawn")
    assert not controls(card)
    assert PAGE not in str(components(card))
    assert thread.name == village.text("blog_reviews.thread_withdrawn")
    assert is_closed(village, review)
    assert WORKED in written(village, review)[0]  # what its reader wrote stays
    assert TITLE not in (await beni.slash("inbox")).text
    assert not (await aki.slash("review mine")).has("mine_one")
    for action in ("claim", "quick", "manage", "deliver", "edit", "close_confirm"):
        assert (await beni.forge(f"v1:blog_reviews:{action}:{review.review_id}")).text == beni.text("blog_reviews.gone")
