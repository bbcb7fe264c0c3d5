"""Saying that one will read something, by a day of one's own choice: what readers and authors see of it."""

from datetime import date, timedelta

import pytest

from bot.features.blog_reviews.model import CLAIMS_LIMIT, State
from bot.features.blog_reviews.queue import due_at
from bot.features.members.choices import Choices
from bot.features.members.reach import Kind
from bot.kernel.ids import MemberId
from tests.flows.asking import SOON, consent
from tests.flows.messages import controls, words
from tests.flows.people import Answer, Person
from tests.flows.reviewing import (
    DAY,
    PAGE,
    TITLE,
    card_of,
    claim,
    claimed,
    delivered,
    kept,
    manage,
    open_shelf,
    requested,
)
from tests.flows.village import Village

MARCH = date(2026, 3, 4)  # a Wednesday


async def begin(village: Village, on: date = MARCH) -> None:
    """Set up, and move on to the noon of a day where everybody lives."""
    await open_shelf(village)
    zone = (await village.bot.service(Choices).of(village.server_id, MemberId(village.moderator.id))).preferences.zone
    await village.pass_time(due_at(on, zone) - timedelta(hours=11, minutes=59) - village.env.now())


async def stamp(village: Village, person: Person, day: date) -> str:
    """Return how Discord is told to show a day, by the end of which somebody will have read."""
    zone = (await village.bot.service(Choices).of(village.server_id, MemberId(person.id))).preferences.zone
    return f"<t:{int(due_at(day, zone).timestamp())}:D>"


@pytest.mark.parametrize(
    ("by", "day"), [("weekend", date(2026, 3, 8)), ("week", date(2026, 3, 11)), ("two_weeks", date(2026, 3, 18))]
)
async def test_a_reader_chooses_one_of_the_days_that_are_offered(
    village: Village, aki: Person, beni: Person, by: str, day: date
) -> None:
    await begin(village)
    await consent(village, aki, Kind.ANSWERS)
    review = await requested(aki)
    form = await beni.press(card_of(village, review), "claim")
    assert form.filled == {"by": ["week"], "date": ""}
    answer = await beni.submit(form, by=[by])
    when = await stamp(village, beni, day)
    assert beni.text("blog_reviews.you_read", when=when) in answer.text
    assert all(answer.has(action) for action in ("deliver", "redate", "release"))
    await village.pass_time(SOON)
    card = card_of(village, review)
    assert village.text("blog_reviews.state_claimed", reader=f"<@{beni.id}>", when=when) in words(card)
    assert {name.split(":")[2] for name in controls(card)} == {"quick", "manage"}
    (told,) = aki.dms()
    assert all(part in words(told) for part in (f"<@{beni.id}>", when.removesuffix("D>"), TITLE))
    assert TITLE not in (await beni.slash("review queue")).text


@pytest.mark.parametrize("typed", ["3/20", "３月２０日", "3月20日(金)", "2026-03-20", "20 March", "Mar 20"])
async def test_a_day_in_own_words_goes_before_the_choice(
    village: Village, aki: Person, beni: Person, typed: str
) -> None:
    await begin(village)
    answer = await claim(beni, await requested(aki), "week", typed)
    assert await stamp(village, beni, date(2026, 3, 20)) in answer.text


async def test_given_back_twice_somebody_else_reads_it(village: Village, aki: Person, beni: Person) -> None:
    await begin(village)
    review = await requested(aki)
    for _ in range(2):
        await beni.press(await claim(beni, review), "release")
        await village.pass_time(SOON)
    refused = await beni.press(card_of(village, review), "claim")
    assert refused.text == beni.text("blog_reviews.not_again")


async def test_in_december_a_day_without_a_year_is_the_next_one(village: Village, aki: Person, beni: Person) -> None:
    await begin(village, date(2026, 11, 20))
    answer = await claim(beni, await requested(aki), date="１２月６日")
    assert await stamp(village, beni, date(2026, 12, 6)) in answer.text
    await beni.press(answer, "release")
    await village.pass_time(timedelta(days=30))
    again = await claim(beni, await requested(aki, "もうひとつ", f"{PAGE}2"), date="１月６日")
    assert await stamp(village, beni, date(2027, 1, 6)) in again.text


async def test_what_is_no_day_to_read_by_is_said_and_the_form_kept(village: Village, aki: Person, beni: Person) -> None:
    await begin(village)
    review = await requested(aki)
    for typed in ("そのうち", "3/3", "4/5", "2025-03-20", "13月1日", "x" * 30, "2/30"):
        refused = await claim(beni, review, "two_weeks", typed)
        assert beni.text("blog_reviews.no_such_due_day") in refused.text
        assert (await beni.press(refused, "draft")).filled == {"by": ["two_weeks"], "date": typed}
        assert (await kept(village, review)).state is State.WAITING
    form = await beni.press(await claim(beni, review, "two_weeks", "そのうち"), "draft")
    taken = await beni.submit(form, by=["two_weeks"], date="")
    assert beni.text("blog_reviews.you_read", when=await stamp(village, beni, date(2026, 3, 18))) in taken.text


async def test_today_and_a_month_on_are_days_too(village: Village, aki: Person, beni: Person) -> None:
    await begin(village)
    for number, (typed, day) in enumerate((("3/4", MARCH), ("4/4", date(2026, 4, 4)))):
        answer = await claim(beni, await requested(aki, f"{number}", f"{PAGE}{number}"), date=typed)
        assert await stamp(village, beni, day) in answer.text


async def test_ones_own_is_for_others_to_read(village: Village, aki: Person) -> None:
    await open_shelf(village)
    review = await requested(aki)
    assert (await aki.press(card_of(village, review), "claim")).text == aki.text("blog_reviews.own")
    assert (await kept(village, review)).state is State.WAITING


async def test_one_reads_it_and_others_are_told_who_by_when(village: Village, aki: Person, beni: Person) -> None:
    await begin(village)
    review, chie = await requested(aki), village.move_in("Chie")
    late_form = await chie.press(card_of(village, review), "claim")
    now = await claimed(beni, review)
    assert now.claim is not None
    told = chie.text("blog_reviews.read_by", reader=beni.id, until=int(now.claim.due_at.timestamp()))
    assert (await chie.forge(f"v1:blog_reviews:claim:{review.review_id}")).text == told
    refused = await chie.submit(late_form, by=["weekend"])
    assert told in refused.text
    assert (await kept(village, review)).is_read_by(beni.id)


async def test_a_second_press_shows_what_can_be_done_and_changes_nothing(
    village: Village, aki: Person, beni: Person
) -> None:
    await begin(village)
    review = await requested(aki)
    forms = [await beni.press(card_of(village, review), "claim") for _ in range(2)]
    await beni.submit(forms[0], by=["weekend"])
    twice = await beni.submit(forms[1], by=["two_weeks"])
    assert await stamp(village, beni, date(2026, 3, 8)) in twice.text
    again = await beni.forge(f"v1:blog_reviews:claim:{review.review_id}")
    assert again.form is None
    assert again.has("deliver")
    assert len(await village.rows("review_claims")) == 1


async def test_nobody_has_more_to_read_than_they_like(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    chie = village.move_in("Chie")
    own = [await requested(aki, f"{number}", f"{PAGE}{number}") for number in range(2)]
    third = await requested(chie, "みっつめ", f"{PAGE}3")
    for review in own:
        await claimed(beni, review)
    enough = beni.text("blog_reviews.enough_claims", most=CLAIMS_LIMIT)
    assert (await beni.press(card_of(village, third), "claim")).text == enough
    mine = await beni.choose(await beni.slash("review mine"), "claims_limit", ["3"])
    assert beni.text("members.saved") in mine.text
    await claimed(beni, third)
    await beni.choose(await beni.slash("review mine"), "claims_limit", ["1"])
    await beni.press(await manage(beni, third), "release")
    one = beni.text("blog_reviews.enough_claims", most=1)
    assert (await beni.press(card_of(village, third), "claim")).text == one
    for number in ("0", "6", "x", "99"):
        odd = await beni.forge(f"v1:blog_reviews:claims_limit:{village.guild.id}", [number])
        assert odd.text == beni.text("blog_reviews.no_such_number")


async def test_who_is_on_hold_reads_nothing_new_and_keeps_what_they_read(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_shelf(village)
    first, second = await requested(aki), await requested(aki, "もうひとつ", f"{PAGE}2")
    await claimed(beni, first)
    await village.moderator.slash("cases hold", member=beni, days=3, reason="理由")
    until = int((village.env.now() + timedelta(days=3)).timestamp())
    on_hold = beni.text("safety.on_hold", until=until, reason="理由")
    assert (await beni.press(card_of(village, second), "claim")).text.startswith(on_hold)
    assert (await kept(village, second)).state is State.WAITING
    assert beni.text("blog_reviews.released") in (await beni.press(await manage(beni, first), "release")).text


async def test_a_reader_chooses_another_day(village: Village, aki: Person, beni: Person) -> None:
    await begin(village)
    review = await claimed(beni, await requested(aki))
    await village.pass_time(2 * DAY)
    form = await beni.press(await manage(beni, review), "redate")
    refused = await beni.submit(form, by=["week"], date="4/20")  # more than a month after their word
    assert beni.text("blog_reviews.no_such_due_day") in refused.text
    changed = await beni.submit(await beni.press(refused, "draft"), by=["week"], date="3/30")
    when = await stamp(village, beni, date(2026, 3, 30))
    assert beni.text("blog_reviews.redated", when=when) in changed.text
    await village.pass_time(SOON)
    assert when in words(card_of(village, review))


async def test_a_reader_gives_it_back_and_nothing_follows(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    await consent(village, aki, Kind.ANSWERS)
    review = await claimed(beni, await requested(aki))
    released = await beni.press(await manage(beni, review), "release")
    assert released.text == beni.text("blog_reviews.released")
    again = await beni.forge(f"v1:blog_reviews:release:{review.review_id}")
    assert again.text == released.text
    await village.pass_time(SOON)
    card = card_of(village, review)
    assert village.text("blog_reviews.state_waiting") in words(card)
    assert "claim" in {name.split(":")[2] for name in controls(card)}
    told = words(aki.dms()[-1])
    assert aki.text("blog_reviews.told_back_released", words=TITLE) in told
    assert str(beni.id) not in told
    assert village.text("blog_reviews.comes_first") not in (await beni.slash("review queue")).text
    await claimed(beni, review)  # who gave it back is welcome again


async def test_what_is_not_ones_own_to_read_is_neither_given_back_nor_moved(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_shelf(village)
    review, chie = await claimed(beni, await requested(aki)), village.move_in("Chie")
    for action in ("release", "redate", "deliver"):
        assert (await chie.forge(f"v1:blog_reviews:{action}:{review.review_id}")).text == chie.text(
            "blog_reviews.not_reading"
        )
    assert (await kept(village, review)).is_read_by(beni.id)


async def test_what_was_read_waits_for_nobody_and_who_read_it_leaves_it_to_others(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_shelf(village)
    review = await delivered(beni, await requested(aki))
    chie = village.move_in("Chie")

    async def pressed(person: Person) -> Answer:
        return await person.forge(f"v1:blog_reviews:claim:{review.review_id}")

    assert (await pressed(chie)).text == chie.text("blog_reviews.read_already")
    await aki.press(await manage(aki, review), "another")
    assert (await pressed(beni)).text == beni.text("blog_reviews.read_before")
    assert (await pressed(chie)).form is not None
    await aki.press(await aki.press(await manage(aki, review), "close"), "close_confirm")
    assert (await pressed(chie)).text == chie.text("blog_reviews.closed")


async def test_across_a_distance_it_is_kept_for_somebody_else(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review, chie = await requested(aki), village.move_in("Chie")
    await aki.user_menu("Keep a distance", beni)
    await chie.user_menu("Keep a distance", aki)
    assert TITLE in (await beni.slash("review queue")).text  # who is kept at a distance notices nothing
    assert TITLE not in (await chie.slash("review queue")).text
    for person in (beni, chie):
        answer = await person.press(card_of(village, review), "claim")
        assert answer.text == person.text("blog_reviews.kept_for_another")
