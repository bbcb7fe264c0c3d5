"""A request to be read keeps its place, is read by one at a time, and nothing that was written is lost on the way."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.features.blog_reviews.model import End, Field, Outcome, State, Typed
from bot.features.blog_reviews.queue import By
from bot.features.blog_reviews.reading import Day
from bot.features.blog_reviews.telling import BACK, GIVEN, GONE, INVITE, MISSED, OVER, REMIND, TAKEN, invitation
from bot.features.members.reach import Kind, Way
from bot.features.reputation.model import Cause, CauseKind
from bot.features.setup.model import Place
from bot.kernel.errors import DiscordTrouble, PlaceGone, Refusal
from bot.kernel.ids import MemberId
from bot.kernel.people import Person
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.bookclub import (
    DAY,
    HOUR,
    MINUTE,
    MIO,
    NAO,
    OTHER_SHELF,
    PAGE,
    READERS,
    SHELF,
    Bookclub,
    mended,
    opened,
    requested,
    whole,
)
from tests.storage.circle import inbox, refusal
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY, FORBIDDEN, LOST

FORBIDDEN_HERE = PlaceGone("trouble.refused", FORBIDDEN, "missing permissions")
INTERRUPTIONS = pytest.mark.parametrize(
    ("trouble", "done"),
    [(BUSY, False), (LOST, False), (LOST, True), (FORBIDDEN_HERE, False)],
    ids=["waits", "is lost", "is done and not confirmed", "is parked"],
)


@pytest.fixture
async def club(database: Database, clock: HandClock) -> AsyncIterator[Bookclub]:
    async with opened(database, clock) as club:
        yield club


# ── Once ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@INTERRUPTIONS
async def test_a_card_and_its_thread_are_made_once(club: Bookclub, trouble: DiscordTrouble, done: bool) -> None:
    club.discord.fail(Verb.SEND, trouble, done=done)
    review = await club.request()
    await club.due()
    await mended(club)
    review = await club.now(review)
    assert club.discord.cards(review) == ["waiting a post"]
    assert list(club.discord.threads) == [review.thread_id] == [review.message_id]


@INTERRUPTIONS
async def test_long_feedback_comes_once_whole_and_in_order(club: Bookclub, trouble: DiscordTrouble, done: bool) -> None:
    review = await requested(club)
    await club.claim(review)
    texts = [f"{name}、" * 1000 for name in ("いい", "止ま", "試し", "聞き")]
    club.discord.fail(Verb.SEND, trouble, done=done)
    await club.deliver(review, BENI, *texts)
    await club.due()
    await mended(club)
    assert whole(club.discord.written(review)) == dict(
        zip(("worked", "stopped", "try", "question"), texts, strict=True)
    )
    assert (await club.now(review)).state is State.DELIVERED


async def test_told_again_a_submission_changes_nothing(club: Bookclub) -> None:
    act = club.act()
    first = await club.reviews.request(ONE, AKI, Typed(PAGE, "a post"), act)
    assert await club.reviews.request(ONE, AKI, Typed(PAGE, "a post"), act) == first
    await club.due()
    await club.claim(first)
    again = club.act()
    for _ in range(2):
        await club.writing.deliver(ONE, BENI, first.review_id, [(Field.WORKED, "well")], again)
    await club.due()
    assert club.discord.written(first) == ["worked:well"]


# ── Claims ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_one_holds_a_claim_and_others_hear_who_by_when(club: Bookclub) -> None:
    review = await requested(club)
    held = await club.claim(review)
    assert held.claim is not None
    refused = await refusal(club.claim(review, MIO))
    assert (refused.key, refused.values["reader"]) == ("blog_reviews.read_by", BENI)
    assert refused.values["until"] == int(held.claim.due_at.timestamp())
    assert await club.notices(TAKEN) == [AKI]
    assert await club.claim(review) == held
    await club.due()
    assert club.discord.cards(review) == ["claimed a post"]


async def test_released_it_waits_where_it_waited(club: Bookclub) -> None:
    first = await requested(club, title="first")
    await club.due(MINUTE)
    await requested(club, MIO, PAGE + "2", "second")
    await club.claim(first)
    assert await club.queue() == ["second"]
    for _ in range(2):
        await club.reading.release(ONE, BENI, first.review_id)
    assert await club.queue() == ["first", "second"]
    assert await club.notices(BACK) == [AKI]
    assert [claim.outcome for claim in await club.claims(first)] == [Outcome.RELEASED]


@pytest.mark.parametrize("away", [timedelta(0), timedelta(days=7)])
async def test_a_day_after_its_date_what_was_not_read_is_first(club: Bookclub, away: timedelta) -> None:
    older = await requested(club, title="older")
    await club.due(MINUTE)
    lapsing = await requested(club, MIO, PAGE + "2", "lapsing")
    held = await club.claim(lapsing, BENI, Day(By.WEEK))
    assert held.claim is not None
    await club.due(held.claim.due_at + DAY - MINUTE - club.clock.now())
    assert await club.queue() == ["older"]
    await club.due(MINUTE + away)
    assert await club.queue() == ["lapsing", "older"]
    assert (await club.notices(BACK), await club.notices(MISSED)) == ([MIO], [BENI])
    assert older.title == "older"


async def test_a_reader_is_reminded_the_day_before_and_on_the_day(club: Bookclub) -> None:
    review = await requested(club)
    held = await club.claim(review)
    assert held.claim is not None
    begin = held.claim.due_at - DAY + MINUTE
    await club.due(begin - DAY - MINUTE - club.clock.now())
    assert not await club.notices(REMIND)
    for _ in range(2):
        sent = club.discord.sent
        await club.due(DAY if await club.notices(REMIND) else MINUTE)
        assert await club.notices(REMIND) == [BENI]
        assert club.discord.sent == sent + 1
    assert "blog_reviews.told_remind" in await inbox(club, BENI)
    await club.deliver(review)
    assert "blog_reviews.told_remind" not in await inbox(club, BENI)


async def test_another_day_is_held_to(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review, BENI, Day(By.WEEKEND))
    later = await club.reading.redate(ONE, BENI, review.review_id, Day("", "2026-12-20"))
    assert later.claim is not None
    assert later.claim.due_at.date().isoformat() == "2026-12-20"
    await club.due(14 * DAY)
    assert (await club.now(review)).state is State.CLAIMED
    too_late = await refusal(club.reading.redate(ONE, BENI, review.review_id, Day("", "2027-01-20")))
    assert too_late.key == "blog_reviews.no_such_due_day"
    assert (
        await refusal(club.reading.redate(ONE, MIO, review.review_id, Day(By.WEEK)))
    ).key == "blog_reviews.not_reading"


async def test_limits_hold(club: Bookclub) -> None:
    one = await requested(club)
    two = await requested(club, AKI, PAGE + "2", "another post")
    assert (await refusal(club.request(AKI, PAGE + "3"))).key == "blog_reviews.enough_unread"
    await requested(club, MIO, PAGE + "4", "third")
    three = await requested(club, NAO, PAGE + "5", "fourth")
    await club.claim(one)
    await club.claim(two)
    assert (await refusal(club.claim(three))).key == "blog_reviews.enough_claims"
    await club.reading.choose_limit(ONE, BENI, 3)
    assert (await club.claim(three)).state is State.CLAIMED
    assert (await refusal(club.claim(one, AKI))).key == "blog_reviews.own"
    with pytest.raises(Refusal):
        await club.reading.choose_limit(ONE, BENI, 9)


async def test_across_a_distance_it_is_kept_for_another(club: Bookclub) -> None:
    review = await requested(club)
    await club.choices.keep_distance(ONE, AKI, BENI)
    assert (await refusal(club.reading.claimable(ONE, BENI, review.review_id))).key == "blog_reviews.kept_for_another"
    assert (await refusal(club.claim(review))).key == "blog_reviews.kept_for_another"
    await club.quick(review)
    await club.due()
    assert club.discord.written(review) == ["quick:I liked it"]
    assert not await club.notices(GIVEN)


# ── Asking readers ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_readers_are_asked_when_it_waits_a_day(club: Bookclub) -> None:
    review = await requested(club, BENI)
    await club.due(23 * HOUR)
    assert not await club.notices(INVITE)
    await club.due(HOUR)
    assert await club.notices(INVITE) == [MIO, NAO]
    await club.due(DAY)
    await club.choices.consent(ONE, AKI, Kind.REVIEW, None)
    assert await club.notices(INVITE) == [MIO, NAO]
    assert (await club.now(review)).step_at is not None


async def test_the_outlook_is_the_truth(club: Bookclub) -> None:
    await requested(club, MIO)
    review = await requested(club, AKI, PAGE + "2")
    told = await club.reviews.outlook(ONE, review)
    assert (told.ahead, told.asked_from, told.has_readers, told.usual) == (1, review.begun_at + DAY, True, None)
    for member_id in READERS:
        await club.choices.consent(ONE, member_id, Kind.REVIEW, None)
    await club.due(2 * DAY)
    told = await club.reviews.outlook(ONE, review)
    assert (told.asked_from, told.has_readers) == (None, False)
    assert await club.reviews.to_read(ONE, AKI) == 1
    assert await club.reviews.to_read(ONE, NAO) == 2


async def test_who_has_chosen_is_not_asked_how_to_hear_of_it(club: Bookclub) -> None:
    assert await club.reviews.wants_consent(ONE, AKI, Kind.READING)
    assert not await club.reviews.wants_consent(ONE, BENI, Kind.READING)  # as they are asked, they are reminded
    await club.choices.consent(ONE, AKI, Kind.READING, Way.INBOX)
    assert not await club.reviews.wants_consent(ONE, AKI, Kind.READING)


async def test_what_is_known_to_be_a_draft_is_not_asked_again(club: Bookclub) -> None:
    url = "https://note.com/preview/n1?prev_access_key=k"
    refused = await refusal(club.request(url=url))
    assert (refused.key, refused.ways) == ("blog_reviews.draft_link", (("blog_reviews", "show_draft"),))
    review = await club.reviews.request(ONE, AKI, Typed(url, "a draft", knows_draft=True), club.act())
    changed = await club.reviews.edit(ONE, AKI, review.review_id, Typed(url, "a better draft"))
    assert changed.title == "a better draft"


async def test_in_the_place_of_who_passes_another_is_asked_at_once(club: Bookclub) -> None:
    more = [MemberId(300 + number) for number in range(3)]
    club.discord.members |= set(more)
    for member_id in more:
        await club.members.seen(ONE, member_id, "en")
        await club.choices.choose_quiet(ONE, member_id, 0, 0)
        await club.choices.consent(ONE, member_id, Kind.REVIEW, Way.DM)
    await requested(club)
    await club.due(DAY)
    asked = await club.notices(INVITE)
    assert len(asked) == 3
    page = await club.inbox.page(ONE, MemberId(asked[0]), 0)
    await club.inbox.pass_on(ONE, MemberId(asked[0]), page.shown[0][0].notice_id)
    await club.due()
    assert len(await club.notices(INVITE)) == 4
    await club.due(DAY)
    assert len(await club.notices(INVITE)) == 6


@pytest.mark.parametrize("gives_back", [True, False])
async def test_who_found_no_time_is_not_asked_to_read_it_again(club: Bookclub, gives_back: bool) -> None:
    review = await requested(club)
    await club.claim(review)
    if gives_back:
        await club.reading.release(ONE, BENI, review.review_id)
    await club.due(10 * DAY)
    assert await club.notices(INVITE) == [MIO, NAO]


# ── Feedback, another reader, and ends ────────────────────────────────────────────────────────────────────────────


async def test_who_gave_their_word_once_is_never_too_late(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.reading.release(ONE, BENI, review.review_id)
    await club.claim(review, MIO)
    await club.deliver(review)
    now = await club.now(review)
    assert (now.state, now.claim and now.claim.member_id) == (State.CLAIMED, MIO)
    await club.deliver(review, MIO)
    assert (await club.now(review)).state is State.DELIVERED
    await club.due()
    assert club.discord.written(review) == ["worked:it reads well"] * 2
    assert (await refusal(club.deliver(review, NAO))).key == "blog_reviews.not_reading"
    for member_id in (BENI, MIO):
        assert (await refusal(club.deliver(review, member_id))).key == "blog_reviews.delivered_before"


async def test_another_reader_is_not_the_same(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.deliver(review)
    again = await club.reviews.another(ONE, AKI, review.review_id)
    assert again.state is State.WAITING
    assert (await refusal(club.claim(review))).key == "blog_reviews.read_before"
    await club.due(DAY)
    assert await club.notices(invitation(again)) == [MIO, NAO]
    assert (await club.claim(review, MIO)).state is State.CLAIMED


async def test_closed_its_reader_hears_that_they_need_not(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.reviews.close(ONE, AKI, review.review_id)
    closed = await club.reviews.close(ONE, AKI, review.review_id)
    assert (closed.state, closed.ending) == (State.CLOSED, End.AUTHOR)
    assert await club.notices(OVER) == [BENI]
    await club.due()
    assert club.discord.threads[review.thread_id or 0]
    await club.deliver(review)
    await club.due()
    assert club.discord.written(review) == ["worked:it reads well"]
    assert (await club.now(review)).state is State.CLOSED


async def test_withdrawn_nothing_of_it_is_left(club: Bookclub) -> None:
    review = await requested(club)
    for _ in range(2):
        await club.reviews.withdraw(ONE, AKI, review.review_id)
    await club.due()
    assert club.discord.cards(review) == ["withdrawn "]
    assert (await refusal(club.reviews.own(ONE, AKI, review.review_id))).key == "blog_reviews.gone"


async def test_taken_back_its_reader_hears_that_they_need_not(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.reviews.withdraw(ONE, AKI, review.review_id)
    assert await inbox(club, BENI) == ["blog_reviews.told_withdrawn"]
    assert await inbox(club, AKI) == []


async def test_a_page_that_waits_leads_to_its_card(club: Bookclub) -> None:
    review = await requested(club)
    refused = await refusal(club.request(MIO, "http://www.example.com/post/?utm_source=x#top", "mine"))
    assert refused.key == "blog_reviews.waits_already"
    assert refused.brings == review
    await club.reviews.close(ONE, AKI, review.review_id)
    assert (await club.request(MIO, PAGE)).state is State.WAITING


async def test_thanks_are_for_the_review(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.deliver(review)
    await club.quick(review, MIO)
    _, left = await club.thanking.thankable(ONE, AKI, review.review_id)
    assert left == (BENI, MIO)
    people = [Person(BENI, ("Beni",))]
    await club.thanking.thank(ONE, AKI, review.review_id, (people, "You read it twice.", False), club.act())
    assert await club.reputation.thanked_for(ONE, Cause(CauseKind.REVIEW, review.review_id)) == {BENI}
    assert (await club.thanking.thankable(ONE, AKI, review.review_id))[1] == (MIO,)
    nao = ([Person(NAO, ("Nao",))], "You read it twice.", False)
    refused = await refusal(club.thanking.thank(ONE, AKI, review.review_id, nao, club.act()))
    assert refused.key == "blog_reviews.did_not_write"


# ── What goes behind the bot's back ───────────────────────────────────────────────────────────────────────────────


async def test_a_deleted_card_ends_it_and_its_author_hears_so(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.lost.messages_deleted(ONE, {review.message_id or 0})
    now = await club.now(review)
    assert (now.state, now.ending) == (State.CLOSED, End.GONE)
    assert (await club.notices(GONE), await club.notices(OVER)) == ([AKI], [BENI])
    assert (await refusal(club.deliver(review))).key == "blog_reviews.closed"


async def test_with_its_channel_gone_it_comes_anew_where_moderators_point(club: Bookclub) -> None:
    review = await requested(club)
    await club.claim(review)
    await club.deliver(review)
    await club.due()
    club.discord.delete_channel(SHELF)
    await club.lost.channel_deleted(ONE, SHELF)
    await club.due()
    assert not club.discord.cards(review)
    await club.setup.choose_place(ONE, MIO, Place.REVIEWS, OTHER_SHELF)
    await club.later()
    now = await club.now(review)
    assert (now.channel_id, club.discord.cards(review)) == (OTHER_SHELF, ["delivered a post"])
    assert club.discord.written(review) == ["worked:it reads well"]


async def test_who_leaves_reads_and_asks_no_more(club: Bookclub) -> None:
    mine, other = await requested(club), await requested(club, MIO, PAGE + "2", "other")
    await club.claim(mine)
    await club.claim(other, AKI)
    club.discord.members -= {AKI}
    async with club.database.write() as transaction:
        await club.review_holder.member_left(transaction, ONE, AKI)
    assert (await club.now(mine)).ending is End.LEFT
    assert (await club.now(other)).state is State.WAITING
    assert await club.notices(OVER) == [BENI]


async def test_a_step_notices_who_has_left(club: Bookclub) -> None:
    review = await requested(club)
    held = await club.claim(review)
    club.discord.members -= {BENI}
    await club.due(7 * DAY)
    assert (await club.now(review)).state is State.WAITING
    assert [claim.outcome for claim in await club.claims(held)] == [Outcome.LEFT]
    club.discord.members -= {AKI}
    await club.due(DAY)
    assert (await club.now(review)).ending is End.LEFT


async def test_forgotten_nothing_tells_who_it_was(club: Bookclub) -> None:
    mine, other = await requested(club), await requested(club, MIO, PAGE + "2", "other")
    await club.claim(other, AKI)
    await club.deliver(other, AKI, "words of aki")
    await club.due()
    for done in (False, True):
        async with club.database.write() as transaction:
            assert await club.review_holder.forget_member(transaction, ONE, AKI) is done
        await club.due()
    assert club.discord.cards(mine) == ["withdrawn "]
    assert club.discord.written(other) == [""]
    for table in ("reviews", "review_claims", "review_feedback", "review_readers"):
        assert not await club.rows(f"SELECT 1 FROM {table} WHERE member_id = ?", AKI)
