"""What authors and readers type that is not posted as it is: drafts, held texts, words of a crisis."""

import pytest

from tests.flows.asking import SOON
from tests.flows.messages import components, controls, words
from tests.flows.office import CRY, INVITE, MONEY, case_about, open_office, show
from tests.flows.people import Person
from tests.flows.reviewing import PAGE, TITLE, card_of, claim, kept, manage, open_shelf, request, requested, written
from tests.flows.village import Village

PITCH = "興味のある方は個別にご連絡ください。月額のコンサルをご案内します"
CONTACT = "連絡は aki@example.org まで"
DRAFT_PAGE = "https://note.com/preview/n0123?prev_access_key=0a1b"


async def test_a_link_to_a_draft_is_warned_about_and_posted_all_the_same(village: Village, aki: Person) -> None:
    channel = await open_shelf(village)
    warned = await request(aki, url=DRAFT_PAGE, question="まだ途中です")
    assert aki.text("blog_reviews.draft_link", host="note.com") in warned.text
    assert not village.cards(channel)
    assert (await aki.press(warned, "draft")).filled["url"] == DRAFT_PAGE
    posted = await aki.press(warned, "show_draft")
    assert aki.text("blog_reviews.asked") in posted.text
    await village.pass_time(SOON)
    (card,) = village.cards(channel)
    assert "まだ途中です" in words(card)
    assert DRAFT_PAGE in {part.get("url") for part in components(card)}
    assert (await aki.press(warned, "show_draft")).text == aki.text("members.draft_gone")
    assert len(village.cards(channel)) == 1


async def test_an_edit_to_a_draft_link_is_warned_about_too(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await requested(aki)
    form = await aki.press(await manage(aki, review), "edit")
    warned = await aki.submit(form, **(form.filled | {"url": DRAFT_PAGE}))
    own = next(name for name in controls(warned.message) if ":show_draft:" in name)
    assert (await beni.forge(own)).text == beni.text("members.draft_gone")
    await aki.press(warned, "show_draft")
    await village.pass_time(SOON)
    assert DRAFT_PAGE in {part.get("url") for part in components(card_of(village, review))}


async def test_the_warning_about_drafts_posts_nothing_else(village: Village, aki: Person) -> None:
    await open_shelf(village)
    refused = await aki.write("@" * 10, link="nowhere")
    draft = next(name for name in controls(refused.message) if ":draft:" in name).rpartition(":")[2]
    assert (await aki.forge(f"v1:blog_reviews:show_draft:{draft}")).text == aki.text("members.draft_gone")


async def test_a_held_text_is_not_posted_and_moderators_can_let_it_through(village: Village, aki: Person) -> None:
    channel, _ = await open_shelf(village), await open_office(village)
    refused = await request(aki, "読んでください", question=PITCH)
    assert refused.has("ask_moderators")
    assert not village.cards(channel)
    assert (await aki.press(refused, "draft")).filled["question"] == PITCH
    await aki.press(refused, "ask_moderators")
    case = await show(village.moderator, await case_about(village, aki))
    assert PITCH in case.text
    await village.moderator.press(case, "let_through")
    posted = await aki.press(await aki.slash("inbox"), "post_it")
    assert aki.text("blog_reviews.asked") in posted.text
    await village.pass_time(SOON)
    (card,) = village.cards(channel)
    assert PITCH in words(card)


@pytest.mark.parametrize(("field", "text"), [("title", CONTACT), ("question", CONTACT), ("question", INVITE[-28:])])
async def test_contacts_and_invites_are_held_in_every_field(
    village: Village, aki: Person, field: str, text: str
) -> None:
    channel = await open_shelf(village)
    refused = await request(aki, **{"title": TITLE, field: text})
    assert refused.has("ask_moderators")
    assert not village.cards(channel)


@pytest.mark.parametrize(
    "title", [INVITE[-28:], "半年 https://note.com/x", "<http://a.example>", "[a](https://a.example)"]
)
async def test_a_title_leads_nowhere_itself(village: Village, aki: Person, title: str) -> None:
    channel = await open_shelf(village)
    refused = await request(aki, title=title)
    assert refused.text == aki.text("blog_reviews.title_link")
    assert not village.cards(channel)


async def test_money_words_are_warned_about_and_posted_all_the_same(village: Village, aki: Person) -> None:
    channel = await open_shelf(village)
    warned = await request(aki, question=MONEY)
    assert not warned.has("ask_moderators")
    posted = await aki.press(warned, "anyway")
    assert aki.text("blog_reviews.asked") in posted.text
    await village.pass_time(SOON)
    assert "月5万円" in words(village.cards(channel)[0])


async def test_a_draft_link_in_a_held_text_is_warned_about_once(village: Village, aki: Person) -> None:
    """Whatever is said after the warning keeps that its writer knows."""
    channel = await open_shelf(village)
    warned = await request(aki, url=DRAFT_PAGE, question=MONEY)
    assert warned.has("show_draft")
    second = await aki.press(warned, "show_draft")
    assert second.has("anyway")
    posted = await aki.press(second, "anyway")
    assert aki.text("blog_reviews.asked") in posted.text
    await village.pass_time(SOON)
    assert len(village.cards(channel)) == 1


async def test_crisis_words_show_help_lines_before_anything_is_posted(village: Village, aki: Person) -> None:
    channel = await open_shelf(village)
    shown = await request(aki, "読んでください", question=CRY)
    assert aki.text("safety.crisis") in shown.text
    assert all(shown.has(way) for way in ("crisis_post", "crisis_write", "crisis_leave"))
    assert not village.cards(channel)
    posted = await aki.press(shown, "crisis_post")
    assert aki.text("blog_reviews.asked") in posted.text
    await village.pass_time(SOON)
    assert CRY in words(village.cards(channel)[0])


async def test_what_readers_write_is_looked_at_as_well(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await requested(aki)
    held = await beni.submit(await beni.press(card_of(village, review), "quick"), quick=INVITE)
    assert held.has("ask_moderators")
    answer = await claim(beni, review)
    refused = await beni.submit(await beni.press(answer, "deliver"), worked="よかったです", question=CONTACT)
    assert refused.has("ask_moderators")
    assert (await beni.press(refused, "draft")).filled["worked"] == "よかったです"
    crying = await beni.submit(await beni.press(answer, "deliver"), stopped=CRY)
    assert beni.text("safety.crisis") in crying.text
    await village.pass_time(SOON)
    assert not written(village, review)
    assert (await kept(village, review)).is_read_by(beni.id)
    fine = await beni.submit(await beni.press(answer, "deliver"), worked=f"似た話です {PAGE}9")
    assert beni.text("blog_reviews.delivered") in fine.text
