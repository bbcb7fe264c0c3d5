"""What waits to be read, a page at a time, and what is one's own to read and to have read."""

from bot.features.blog_reviews.model import PAGE as ON_A_PAGE
from bot.features.members.reach import Kind, Way
from tests.flows.asking import SOON, menu_of
from tests.flows.messages import controls, words
from tests.flows.office import open_office
from tests.flows.people import Answer, Person
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
    request_often,
    requested,
)
from tests.flows.village import Village


def shown(answer: Answer) -> list[int]:
    """Return which of the many posts a page shows, in its order."""
    return [int(line[3:5]) for line in answer.text.splitlines() if line.startswith("**[") and "番めの記事" in line]


async def test_an_empty_queue_says_so_and_leads_on(village: Village, aki: Person) -> None:
    await open_shelf(village)
    queue = await aki.slash("review queue")
    assert aki.text("blog_reviews.queue_empty") in queue.text
    assert (await aki.press(queue, "request")).form is not None
    assert aki.text("blog_reviews.mine_none") in (await aki.press(queue, "mine")).text


async def test_twelve_that_wait_are_shown_a_page_at_a_time(village: Village, aki: Person) -> None:
    await open_shelf(village)
    await request_often(village, 12)
    first = await aki.slash("review queue")
    assert village.texts.plural(aki.locale, "blog_reviews.queue_count", 12) in first.text
    assert shown(first) == [*range(ON_A_PAGE)]
    assert len(menu_of(first, "queue_page")) == 3
    second = await aki.choose(first, "queue_page", ["1"])
    assert shown(second) == [*range(ON_A_PAGE, 2 * ON_A_PAGE)]
    third = await aki.choose(second, "queue_page", ["2"])
    assert shown(third) == [10, 11]
    assert shown(await aki.choose(third, "queue_page", ["0"])) == shown(first)
    for odd in ("99", "-1", "x"):
        forged = await aki.forge(f"v1:blog_reviews:queue_page:{village.guild.id}", [odd])
        assert shown(forged) in ([10, 11], [*range(ON_A_PAGE)])


async def test_something_is_taken_from_any_page(village: Village, aki: Person) -> None:
    await open_shelf(village)
    await request_often(village, 12)
    page = await aki.choose(await aki.slash("review queue"), "queue_page", ["2"])
    custom_ids = [name for name in controls(page.message) if ":claim:" in name]
    form = await aki.forge(custom_ids[-1], None, page.message)
    taken = await aki.submit(form, by=["weekend"])
    assert "11番めの記事" in taken.text
    await village.pass_time(SOON)
    assert shown(await aki.choose(await aki.slash("review queue"), "queue_page", ["2"])) == [10]


async def test_what_lapsed_comes_first_then_what_waited_longest(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    authors = await request_often(village, 4)
    lapsing, another = await newest(authors[0]), await newest(authors[1])
    await claimed(aki, lapsing, by="weekend")
    await delivered(beni, another)
    await authors[1].press(await manage(authors[1], another), "another")
    for _ in range(9):
        await village.pass_time(DAY)
    queue = await beni.slash("review queue")
    assert shown(queue) == [1, 0, 2, 3]
    assert (await kept(village, lapsing)).is_lapsed


async def test_ones_own_in_the_queue_leads_to_its_menu(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    await requested(aki)
    assert (await aki.press(await aki.slash("review queue"), "manage")).has("edit")
    assert (await beni.press(await beni.slash("review queue"), "claim")).form is not None


async def test_who_looks_may_agree_to_be_asked(village: Village, aki: Person) -> None:
    await open_shelf(village)
    queue = await aki.slash("review queue")
    question = await aki.press(queue, "consent_review")
    assert aki.text("members.consent_review") in question.text
    await aki.press(question, "dm_review")
    assert not (await aki.slash("review queue")).has("consent_review")


async def test_ones_own_holds_what_one_reads_and_what_one_wrote(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    first = await requested(aki, "はじめの記事")
    second = await requested(aki, "つぎの記事", f"{PAGE}2")
    chie = village.move_in("Chie")
    theirs = await requested(chie, "よその記事", f"{PAGE}3")
    sooner = await requested(chie, "もっと近い日の記事", f"{PAGE}4")
    await claimed(aki, theirs, by="two_weeks")
    await claimed(aki, sooner, by="week")
    await delivered(beni, first)
    await claimed(beni, second)
    options = menu_of(await aki.slash("review mine"), "mine_one")
    labels = [(each["label"], each["description"]) for each in options]
    assert labels == [
        ("もっと近い日の記事", aki.text("blog_reviews.option_reading")),
        ("よその記事", aki.text("blog_reviews.option_reading")),
        ("つぎの記事", aki.text("blog_reviews.option_claimed")),
        ("はじめの記事", aki.text("blog_reviews.option_delivered")),
    ]
    assert (await manage(aki, theirs)).has("release")
    assert (await manage(aki, first)).has("another")
    assert f"<@{beni.id}>" in (await manage(aki, second)).text
    odd = await aki.forge(f"v1:blog_reviews:mine_one:{village.guild.id}", ["99999"])
    assert odd.text.startswith(aki.text("blog_reviews.gone"))


async def test_what_waits_for_somebody_is_in_their_home(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await claimed(beni, await requested(aki))
    home = await beni.slash("guide")
    assert beni.text("blog_reviews.waiting_reading") in home.text
    assert (await beni.press(home, "blog_reviews:manage")).has("deliver")
    await beni.submit(await beni.press(await manage(beni, review), "deliver"), worked="よかったです")
    home = await aki.slash("guide")
    assert aki.text("blog_reviews.waiting_read") in home.text
    options = menu_of(await aki.press(home, "blog_reviews:mine"), "mine_one")
    assert [each["label"] for each in options] == [TITLE]
    for _ in range(15):
        await village.pass_time(DAY)
    assert aki.text("blog_reviews.waiting_read") not in (await aki.slash("guide")).text


async def test_moderators_see_what_nobody_read_for_a_week(village: Village, aki: Person) -> None:
    await open_shelf(village)
    office = await open_office(village)
    review = await requested(aki)
    told = village.text("blog_reviews.waits_for_reader")
    for _ in range(7):
        await village.noon()
        assert not any(told in words(card) for card in village.cards(office))
    await village.noon()
    (daily,) = [card for card in village.cards(office) if told in words(card)]
    assert review.card_url in words(daily)
    assert str(aki.id) not in words(daily)


async def test_readers_by_inbox_are_asked_there(village: Village, aki: Person) -> None:
    await open_shelf(village)
    beni = await reader(village, "Beni", Way.INBOX)
    await beni.slash("inbox")
    review = await requested(aki)
    await village.pass_time(DAY)
    assert not beni.dms()
    answer = await beni.submit(await beni.press(await beni.slash("inbox"), "claim_asked"), by=["week"])
    assert answer.has("release_asked")
    assert not answer.has(f"consent_{Kind.REVIEW}")
    await village.pass_time(SOON)
    assert f"<@{beni.id}>" in str(card_of(village, review).components)
