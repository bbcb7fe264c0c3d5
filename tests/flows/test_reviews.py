"""Asking to be read: what an author sees of it, from the form to the end."""

from datetime import date, timedelta

from bot.features.blog_reviews.model import UNREAD_LIMIT, State
from bot.features.members.reach import Kind
from tests.flows.asking import SOON, consent
from tests.flows.messages import components, controls, words
from tests.flows.people import Person
from tests.flows.reviewing import (
    DAY,
    PAGE,
    TITLE,
    card_of,
    claimed,
    delivered,
    kept,
    manage,
    newest,
    open_shelf,
    reader,
    request,
    requested,
    thread_of,
)
from tests.flows.village import Village

DRAFT_PAGE = "https://note.com/preview/n0123?prev_access_key=0a1b"


async def test_without_a_place_for_it_nobody_is_handed_a_form(village: Village, aki: Person) -> None:
    assert (await aki.slash("review request")).text == aki.text("blog_reviews.not_set_up")


async def test_a_request_becomes_a_card_with_a_thread_and_its_author_is_told_the_truth(
    village: Village, aki: Person
) -> None:
    channel = await open_shelf(village)
    await reader(village, "Beni")
    answer = await request(aki, url=f"{PAGE}?utm_source=letter", question="導入は長すぎませんか", wants=["clarity"])
    assert answer.text.startswith(aki.text("blog_reviews.asked"))
    assert aki.text("blog_reviews.is_first") in answer.text
    assert aki.text("blog_reviews.usual_unknown") in answer.text
    tomorrow = village.env.now() + DAY - SOON
    assert aki.text("blog_reviews.asked_from", when=f"<t:{int(tomorrow.timestamp())}:f>") in answer.text
    assert not answer.has("queue")  # nobody else's waits

    review = await newest(aki)
    (thread,) = channel.threads
    assert thread.name == TITLE
    card = card_of(village, review)
    for shown in (
        TITLE,
        f"<@{aki.id}>",
        "note.com",
        "導入は長すぎませんか",
        village.text("blog_reviews.wants_clarity"),
    ):
        assert shown in words(card)
    assert village.text("blog_reviews.state_waiting") in words(card)
    assert village.text("blog_reviews.usual_unknown") in words(card)
    assert PAGE in {part.get("url") for part in components(card)}
    assert {name.split(":")[2] for name in controls(card)} == {"claim", "quick", "manage"}


async def test_how_long_it_takes_is_known_after_five(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    for number in range(5):
        assert aki.text("blog_reviews.usual_unknown") in (await request(aki, url=f"{PAGE}{number}")).text
        await village.pass_time(timedelta(hours=6 * number + 1))
        await delivered(beni, await newest(aki))
    answer = await request(aki)
    told = aki.text("blog_reviews.usual", span=village.texts.duration(aki.locale, timedelta(hours=13)))
    assert told in answer.text
    shown = village.text("blog_reviews.usual", span=village.texts.duration(village.locale, timedelta(hours=13)))
    assert shown in words(card_of(village, await newest(aki)))
    assert shown in (await beni.slash("review queue")).text


async def test_to_read_one_first_is_a_wish_and_never_a_condition(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)

    def wish(count: int) -> str:
        return village.texts.plural(village.locale, "blog_reviews.read_one_first", count)

    first = await request(aki)
    assert wish(1) not in first.text
    second = await request(aki, "もうひとつ", f"{PAGE}2")
    assert village.texts.plural(village.locale, "blog_reviews.ahead", 1) in second.text
    assert not second.has("queue")  # what waits is one's own
    third = await request(beni, "わたしのも", f"{PAGE}3")
    assert village.texts.plural(village.locale, "blog_reviews.ahead", 2) in third.text
    assert wish(2) in third.text
    assert TITLE in (await beni.press(third, "queue")).text
    assert (await newest(beni)).state is State.WAITING
    assert (
        village.texts.plural(village.locale, "blog_reviews.ahead", 2) in (await manage(beni, await newest(beni))).text
    )


async def test_nobody_is_wished_to_read_what_they_cannot(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await delivered(beni, await requested(aki))
    await aki.press(await manage(aki, review), "another")  # which somebody else is to read
    chie = village.move_in("Chie")
    await requested(chie, "遠くの人の記事", f"{PAGE}2")
    await beni.user_menu("Keep a distance", chie)
    assert not (await request(beni, "わたしのも", f"{PAGE}3")).has("queue")


async def test_an_edit_changes_card_and_thread(village: Village, aki: Person) -> None:
    await open_shelf(village)
    review = await requested(aki, question="はじめの問い", wish_by="2026-12-06", wants=["wording"])
    form = await aki.press(await manage(aki, review), "edit")
    before = {"url": PAGE, "title": TITLE, "wants": ["wording"], "question": "はじめの問い", "wish_by": "2026-12-06"}
    assert form.filled == before
    changed = await aki.submit(form, **(before | {"title": "書きなおし", "url": f"{PAGE}9", "wish_by": ""}))
    assert aki.text("blog_reviews.changed") in changed.text
    await village.pass_time(SOON)
    card = card_of(village, review)
    assert "書きなおし" in words(card)
    assert TITLE not in words(card)
    assert f"{PAGE}9" in {part.get("url") for part in components(card)}
    assert thread_of(village, review).name == "書きなおし"


async def test_what_was_read_is_not_changed_behind_its_readers(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    waiting = await requested(aki)
    form = await aki.press(await manage(aki, waiting), "edit")
    review = await delivered(beni, waiting)
    assert not (await manage(aki, review)).has("edit")
    refused = await aki.submit(form, **(form.filled | {"title": "別の話"}))
    assert aki.text("blog_reviews.read_already") in refused.text
    assert refused.has("draft")
    assert TITLE in words(card_of(village, review))


async def test_a_day_to_hear_by_is_shown_as_a_wish(village: Village, aki: Person) -> None:
    await open_shelf(village)
    day = village.texts.day(village.locale, date(2026, 12, 6))
    for typed in ("12/6", "１２月６日", "12月6日(日)", "2026-12-06", "Dec 6"):
        review = await requested(aki, wish_by=typed)
        assert village.text("blog_reviews.wished_by", day=day) in words(card_of(village, review))
        await aki.press(await aki.press(await manage(aki, review), "close"), "close_confirm")


async def test_what_is_no_day_is_said_and_the_form_kept(village: Village, aki: Person) -> None:
    channel = await open_shelf(village)
    for typed in ("そのうち", "13/41", "2020-01-01", "x" * 30):
        refused = await request(aki, wish_by=typed)
        assert aki.text("blog_reviews.no_such_day") in refused.text
        assert (await aki.press(refused, "draft")).filled["wish_by"] == typed
    assert not village.cards(channel)


async def test_an_author_has_two_unread_at_a_time(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    form = await aki.slash("review request")
    first = await requested(aki)
    await requested(aki, "もうひとつ", f"{PAGE}2")
    enough = aki.text("blog_reviews.enough_unread", most=UNREAD_LIMIT)
    assert (await aki.slash("review request")).text == enough
    refused = await aki.submit(form, url=f"{PAGE}3", title="みっつめ", wants=["anything"])
    assert enough in refused.text
    assert refused.has("draft")
    await delivered(beni, first)
    assert (await aki.slash("review request")).form is not None
    taken = await aki.submit(await aki.press(refused, "draft"), url=f"{PAGE}3", title="みっつめ", wants=["anything"])
    assert aki.text("blog_reviews.asked") in taken.text
    assert not (await aki.forge(f"v1:blog_reviews:another:{first.review_id}")).has("withdraw")


async def test_a_page_that_waits_already_leads_to_its_card(village: Village, aki: Person, beni: Person) -> None:
    channel = await open_shelf(village)
    review = await requested(aki)
    for same in (f"{PAGE}?fbclid=1", f"{PAGE}/", PAGE.replace("https", "http"), PAGE.replace("note.com", "NOTE.com")):
        refused = await request(beni, "同じ記事", same)
        assert beni.text("blog_reviews.waits_already") in refused.text
        assert f"[{TITLE}]({review.card_url})" in refused.text
        assert refused.has("draft")
    assert len(village.cards(channel)) == 1
    await delivered(beni, review)
    assert aki.text("blog_reviews.asked") in (await request(aki, "もう一度", PAGE)).text


async def test_a_title_is_needed_and_one_line(village: Village, aki: Person) -> None:
    channel = await open_shelf(village)
    refused = await request(aki, "\u3164 \u200b")
    assert aki.text("blog_reviews.title_missing") in refused.text
    assert refused.has("draft")
    assert not village.cards(channel)


async def test_somebody_elses_request_is_theirs(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await requested(aki)
    card = card_of(village, review)
    assert (await beni.press(card, "manage")).text == beni.text("blog_reviews.not_reading")
    assert (await aki.press(card, "manage")).has("withdraw")
    for action in ("edit", "close", "close_confirm", "withdraw", "another", "thank"):
        refused = await beni.forge(f"v1:blog_reviews:{action}:{review.review_id}")
        assert refused.text == beni.text("blog_reviews.author_only")
    await beni.forge(f"v1:blog_reviews:withdraw_confirm:{review.review_id}")
    assert (await kept(village, review)).state is State.WAITING


async def test_who_asks_is_offered_news_as_private_messages(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    question = await aki.press(await request(aki), "consent_answers")
    await aki.press(question, "dm_answers")
    await consent(village, aki, Kind.ANSWERS)  # at any hour
    await claimed(beni, await newest(aki))
    (told,) = aki.dms()
    assert f"<@{beni.id}>" in words(told)
    assert TITLE in words(told)
    assert not (await request(aki, "もうひとつ", f"{PAGE}2")).has("consent_answers")
