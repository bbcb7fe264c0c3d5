"""What comes in between: Discord that does not answer, people who leave unseen, and changes on the way."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from bot.features.blog_reviews.model import Field, Outcome, Review, State, Typed
from bot.features.blog_reviews.telling import BACK, MISSED
from bot.features.setup.model import Place
from bot.kernel.errors import TryLater
from bot.storage.database import Database
from bot.storage.effects import Effect, Outgoing, Verb
from tests.storage.bookclub import (
    DAY,
    HOUR,
    MINUTE,
    MIO,
    OTHER_SHELF,
    PAGE,
    SHELF,
    Bookclub,
    BookDiscord,
    mended,
    opened,
    requested,
    whole,
)
from tests.storage.circle import refusal
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY, LOST

WEEK = timedelta(days=7)


class Sudden(BookDiscord):
    """One in which something happens right after a message was sent, before the bot has noted that it was."""

    def __init__(self) -> None:
        super().__init__()
        self.next: Callable[[], Awaitable[None]] | None = None

    async def perform(self, effect: Effect, outgoing: Outgoing) -> int | None:
        result_id = await super().perform(effect, outgoing)
        if effect.verb is Verb.SEND and self.next is not None:
            happens, self.next = self.next, None
            await happens()
        return result_id


@pytest.fixture
async def club(database: Database, clock: HandClock) -> AsyncIterator[Bookclub]:
    async with opened(database, clock, Sudden()) as club:
        yield club


# ── From lapse to first ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_day_goes_by_also_where_discord_does_not_say_who_is_here(club: Bookclub) -> None:
    await requested(club, MIO, PAGE + "1", "older")
    await club.due(MINUTE)
    review = await requested(club)
    held = await club.claim(review)
    assert held.claim is not None
    club.discord.directory_trouble = BUSY
    await club.due(held.claim.due_at - HOUR - club.clock.now())
    await club.due(DAY)
    assert await club.queue() == ["older"]
    await club.due(HOUR)
    assert await club.queue() == ["a post", "older"]
    assert (await club.notices(BACK), await club.notices(MISSED)) == ([AKI], [BENI])


@pytest.mark.parametrize("is_heard", [True, False])
async def test_a_day_goes_by_also_of_a_reader_who_has_left(club: Bookclub, *, is_heard: bool) -> None:
    """Off-line for a week, the bot finds out both at once: whose word was not kept waits no longer for that."""
    await requested(club, MIO, PAGE + "1", "older")
    await club.due(MINUTE)
    review = await requested(club)
    await club.claim(review)
    club.discord.members.remove(BENI)
    club.clock.push(2 * WEEK)
    if is_heard:
        async with club.database.write() as transaction:
            await club.review_holder.member_left(transaction, ONE, BENI)
    await club.due()
    assert await club.queue() == ["a post", "older"]
    assert [claim.outcome for claim in await club.claims(review)] == [Outcome.LAPSED]


# ── What changes on its way ───────────────────────────────────────────────────────────────────────────────────────


async def test_changed_before_it_is_known_to_be_posted_a_card_shows_the_change(club: Bookclub) -> None:
    club.discord.fail(Verb.SEND, LOST, done=True)
    review = await club.request()
    await club.due()
    assert club.discord.cards(review) == ["waiting a post"]
    await club.reviews.edit(ONE, AKI, review.review_id, Typed(PAGE, "a better one"))
    await mended(club)
    assert club.discord.cards(review) == ["waiting a better one"]


@pytest.mark.parametrize("trouble", [LOST, BUSY])
async def test_changed_before_it_is_known_to_be_there_a_thread_is_called_so(club: Bookclub, trouble: TryLater) -> None:
    club.discord.fail(Verb.THREAD, trouble, done=trouble is LOST)
    review = await club.request()
    await club.due()
    await club.reviews.edit(ONE, AKI, review.review_id, Typed(PAGE, "a better one"))
    await mended(club)
    assert list(club.discord.names.values()) == ["a better one"]


async def test_changed_while_its_thread_is_started_it_is_called_so(club: Bookclub) -> None:
    review = await club.request()
    async with club.in_flight(Verb.THREAD):
        await club.reviews.edit(ONE, AKI, review.review_id, Typed(PAGE, "a better one"))
    await club.due()
    assert list(club.discord.names.values()) == ["a better one"]


async def test_what_was_written_into_a_channel_that_went_comes_anew(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)

    async def channel_goes() -> None:
        club.discord.delete_channel(SHELF)
        await club.lost.channel_deleted(ONE, SHELF)

    assert isinstance(club.discord, Sudden)
    club.discord.next = channel_goes
    texts = {"worked": "words " * 600, "stopped": "others " * 500}
    await club.deliver(review, BENI, *texts.values())
    await club.due()
    await club.setup.choose_place(ONE, MIO, Place.REVIEWS, OTHER_SHELF)
    await club.later()
    assert whole(club.discord.written(review)) == {each: text.strip() for each, text in texts.items()}
    assert (await club.now(review)).state is State.DELIVERED


async def test_a_thread_that_was_closed_is_closed_again_behind_late_feedback(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.reviews.close(ONE, AKI, review.review_id)
    await club.due()
    texts = [(Field.WORKED, "words " * 600), (Field.TRY, "words " * 600)]
    await club.writing.deliver(ONE, BENI, review.review_id, texts, club.act())
    await club.due()
    assert len(club.discord.written(review)) > 2
    assert list(club.discord.threads.values()) == [True]


# ── Locked by moderators ──────────────────────────────────────────────────────────────────────────────────────────


async def locked(club: Bookclub, *, is_posted: bool) -> Review:
    """Let a thread be locked in which somebody wrote, after that was posted or before the bot knows so."""
    review = await requested(club)
    await club.claim(review)
    if not is_posted:
        club.discord.fail(Verb.SEND, LOST, done=True)
    await club.deliver(review, BENI, "words of beni")
    await club.due()
    await club.lost.thread_changed(ONE, review.thread_id or 0, is_locked=True)
    await club.due()
    return review


@pytest.mark.parametrize("is_posted", [True, False])
async def test_who_is_forgotten_is_so_in_a_locked_thread_too(club: Bookclub, *, is_posted: bool) -> None:
    review = await locked(club, is_posted=is_posted)
    for _ in range(3):
        async with club.database.write() as transaction:
            await club.review_holder.forget_member(transaction, ONE, BENI)
        await mended(club)
    assert club.discord.written(review) == [""]


async def test_what_was_written_before_is_posted_once_it_is_unlocked(club: Bookclub) -> None:
    review = await locked(club, is_posted=False)
    await mended(club)
    await club.lost.thread_changed(ONE, review.thread_id or 0, is_locked=False)
    await mended(club)
    assert club.discord.written(review) == ["worked:words of beni"]
    assert (await club.now(review)).state is State.DELIVERED


async def test_unlocked_it_waits_again_where_its_author_may_wait_for_it(club: Bookclub) -> None:
    first = await requested(club, title="first")
    await club.lost.thread_changed(ONE, first.thread_id or 0, is_locked=True)
    await club.lost.thread_changed(ONE, first.thread_id or 0, is_locked=False)
    assert await club.queue() == ["first"]
    await club.lost.thread_changed(ONE, first.thread_id or 0, is_locked=True)
    second = await requested(club, title="the same page")
    await club.lost.thread_changed(ONE, first.thread_id or 0, is_locked=False)
    assert await club.queue() == ["the same page"]
    await club.reviews.close(ONE, AKI, second.review_id)
    for number in range(2):
        await requested(club, AKI, f"{PAGE}/{number}", f"another {number}")
    await club.lost.thread_changed(ONE, first.thread_id or 0, is_locked=False)
    assert await club.queue() == ["another 0", "another 1"]


# ── Each page once ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_page_that_waits_already_does_not_wait_twice_for_another_reader(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.deliver(review)
    anew = await club.request(AKI, PAGE, "the same page")
    refused = await refusal(club.reviews.another(ONE, AKI, review.review_id))
    assert (refused.key, refused.brings) == ("blog_reviews.waits_already", anew)
    assert (await club.now(review)).state is State.DELIVERED
