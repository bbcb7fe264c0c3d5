"""What keeps a request fair: to its author, to who reads it, and to the queue."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.features.blog_reviews.model import REQUESTS_LIMIT, End, Outcome, State, Typed
from bot.features.blog_reviews.telling import BACK, GIVEN, GONE, INVITE, OVER, TAKEN
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.bookclub import DAY, HOUR, MIO, NAO, PAGE, Bookclub, mended, opened, requested
from tests.storage.circle import refusal
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import LOST


@pytest.fixture
async def club(database: Database, clock: HandClock) -> AsyncIterator[Bookclub]:
    async with opened(database, clock) as club:
        yield club


# ── Words given, and given back ───────────────────────────────────────────────────────────────────────────────────


async def test_given_to_and_fro_it_is_said_once_and_then_another_reads(club: Bookclub) -> None:
    review = await requested(club)
    for _ in range(2):
        await club.claim(review)
        await club.reading.release(ONE, BENI, review.review_id)
    assert (await club.notices(TAKEN), await club.notices(BACK)) == ([AKI], [AKI])
    assert (await refusal(club.claim(review))).key == "blog_reviews.not_again"
    assert (await club.claim(review, MIO)).is_read_by(MIO)
    assert await club.notices(TAKEN) == [AKI, AKI]


async def test_who_let_it_lapse_lets_another_read_and_may_still_write(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.due(10 * DAY)
    assert [claim.outcome for claim in await club.claims(review)] == [Outcome.LAPSED]
    assert (await refusal(club.claim(review))).key == "blog_reviews.not_again"
    assert (await club.deliver(review)).state is State.DELIVERED


async def test_who_has_enough_to_read_is_not_asked(club: Bookclub) -> None:
    for number in range(2):
        await club.claim(await requested(club, AKI, f"{PAGE}{number}"))
    await requested(club, NAO, f"{PAGE}3")
    await club.due(DAY + HOUR)
    assert await club.notices(INVITE) == [MIO]


async def test_each_round_asks_once(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.deliver(review)
    await club.reviews.another(ONE, AKI, review.review_id)
    await club.due(DAY)
    page = await club.inbox.page(ONE, MIO, 0)
    assert [told.text for _, told in page.shown] == ["blog_reviews.told_invite"]


# ── Feedback ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_its_author_hears_of_feedback_when_it_stands_there(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    club.discord.fail(Verb.SEND, LOST, done=True)
    await club.deliver(review)
    assert not await club.notices(GIVEN)
    await club.due()
    await mended(club)
    assert await club.notices(GIVEN) == [AKI]


async def test_with_a_distance_taken_meanwhile_another_reads_it(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.choices.keep_distance(ONE, AKI, BENI)
    assert (await club.deliver(review)).state is State.WAITING
    assert [claim.outcome for claim in await club.claims(review)] == [Outcome.DELIVERED]
    await club.due()
    assert not await club.notices(GIVEN)
    assert (await club.claim(review, MIO)).state is State.CLAIMED


# ── Requests ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_day_has_room_for_so_many_requests(club: Bookclub) -> None:
    for number in range(REQUESTS_LIMIT):
        review = await requested(club, AKI, f"{PAGE}{number}")
        await club.reviews.withdraw(ONE, AKI, review.review_id)
    assert (await refusal(club.request())).key == "blog_reviews.enough_today"
    assert (await club.request(MIO)).author_id == MIO
    await club.due(DAY)
    assert (await club.request(AKI, f"{PAGE}9")).author_id == AKI


async def test_what_somebody_reads_stays_the_page_that_it_was(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    other = Typed(f"{PAGE}2", "a post")
    assert (await refusal(club.reviews.edit(ONE, AKI, review.review_id, other))).key == "blog_reviews.page_fixed"
    changed = await club.reviews.edit(ONE, AKI, review.review_id, Typed(PAGE, "a better title"))
    assert changed.title == "a better title"
    await club.reading.release(ONE, BENI, review.review_id)
    assert (await club.reviews.edit(ONE, AKI, review.review_id, other)).url == other.url


async def test_another_reader_waits_while_the_page_waits_already(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.deliver(review)
    again = await requested(club)
    refused = await refusal(club.reviews.another(ONE, AKI, review.review_id))
    assert (refused.key, refused.brings) == ("blog_reviews.waits_already", again)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (Typed(f"{PAGE}?to=https%3A%2F%2Fevil.example", "a post"), "blog_reviews.address_shortener"),
        (Typed(PAGE, "https://evil.example"), "blog_reviews.title_link"),
        (Typed(PAGE, "a post", question="http://10.0.0.1/x, is it well?"), "blog_reviews.address_private"),
        (Typed(PAGE, "a post", question="see javascript:/alert"), "blog_reviews.address_scheme"),
    ],
)
async def test_no_text_leads_where_an_address_may_not(club: Bookclub, typed: Typed, key: str) -> None:
    assert (await refusal(club.reviews.request(ONE, AKI, typed, club.act()))).key == key


async def test_a_day_to_hear_by_that_has_passed_is_no_reason_to_refuse_a_change(club: Bookclub) -> None:
    typed = Typed(PAGE, "a post", wish_by=(club.clock.now() + 2 * DAY).date().isoformat())
    review = await club.reviews.request(ONE, AKI, typed, club.act())
    await club.due(5 * DAY)
    changed = await club.reviews.edit(ONE, AKI, review.review_id, replace(typed, title="a better title"))
    assert (changed.title, changed.wish_on) == ("a better title", review.wish_on)


# ── Moderators ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_locked_thread_closes_what_was_asked_until_it_is_unlocked(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    thread_id = review.thread_id or 0
    for _ in range(2):
        await club.lost.thread_changed(ONE, thread_id, is_locked=True)
    now = await club.now(review)
    assert (now.state, now.ending) == (State.CLOSED, End.LOCKED)
    assert (await club.notices(GONE), await club.notices(OVER)) == ([AKI], [BENI])
    assert (await refusal(club.deliver(review))).key == "blog_reviews.closed"
    for _ in range(2):
        await club.lost.thread_changed(ONE, thread_id, is_locked=False)
    now = await club.now(review)
    assert (now.state, now.ending, now.begun_at) == (State.WAITING, None, review.begun_at)
    await club.due()
    assert club.discord.cards(review) == ["waiting a post"]
    assert (await club.claim(review, MIO)).state is State.CLAIMED


async def test_what_its_author_closed_no_unlocking_opens(club: Bookclub) -> None:
    review = await requested(club)
    await club.reviews.close(ONE, AKI, review.review_id)
    await club.lost.thread_changed(ONE, review.thread_id or 0, is_locked=False)
    assert (await club.now(review)).state is State.CLOSED
    await club.lost.thread_changed(ONE, 1, is_locked=True)  # of somebody else
