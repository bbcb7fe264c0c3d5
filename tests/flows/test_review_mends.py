"""What goes wrong around a request has its words and its mend, and its author is not left alone."""

from datetime import timedelta

import pytest

from bot.features.blog_reviews.model import Review, State
from bot.features.members.reach import Kind
from tests.flows.asking import SOON, consent
from tests.flows.gratitude import leave
from tests.flows.messages import controls, words
from tests.flows.people import Person
from tests.flows.reviewing import (
    DAY,
    PAGE,
    TITLE,
    WORKED,
    card_of,
    claim,
    claimed,
    deliver,
    delivered,
    is_closed,
    kept,
    manage,
    newest,
    open_shelf,
    react,
    reader,
    request,
    requested,
    thread_of,
    written,
)
from tests.flows.test_leaving import sweep
from tests.flows.village import Village


async def delete(village: Village, channel_id: int | None, message_id: int | None = None) -> None:
    """Let a moderator delete a channel, a thread or a message."""
    assert channel_id is not None
    if message_id is None:
        village.env.backend.delete_channel(channel_id)
    else:
        village.env.backend.delete_message(channel_id, message_id)
    await village.env.settle()
    await village.pass_time(SOON)


async def lock(village: Village, review: Review) -> None:
    """Let a moderator lock a thread."""
    village.env.backend.edit_channel(thread_of(village, review).id, {}, thread_metadata={"locked": True})
    await village.env.settle()
    await village.pass_time(SOON)


async def remove_card(village: Village, review: Review) -> None:
    await delete(village, review.channel_id, review.message_id)


async def remove_thread(village: Village, review: Review) -> None:
    await delete(village, review.thread_id)


@pytest.mark.parametrize("lose", [remove_card, remove_thread, lock], ids=lambda each: each.__name__)
@pytest.mark.parametrize("is_read", [True, False], ids=["read", "unread"])
async def test_a_card_or_thread_that_is_gone_ends_it_and_both_are_told(
    village: Village, aki: Person, beni: Person, lose: object, *, is_read: bool
) -> None:
    await open_shelf(village)
    for person, kind in ((aki, Kind.ANSWERS), (beni, Kind.READING)):
        await consent(village, person, kind)
    review = await requested(aki)
    if is_read:
        review = await claimed(beni, review)
    await lose(village, review)  # type: ignore[operator]  # one of the three above
    ending = "locked" if lose is lock else "gone"
    assert aki.text(f"blog_reviews.told_{ending}", words=TITLE) in words(aki.dms()[-1])
    assert bool(beni.dms()) is is_read
    if is_read:
        assert beni.text("blog_reviews.told_over_gone", words=TITLE) in words(beni.dms()[-1])
    assert (await kept(village, review)).state is State.CLOSED
    own = await manage(aki, review)
    assert aki.text(f"blog_reviews.state_closed_{ending}") in own.text
    assert own.has("withdraw")
    for action in ("claim", "quick"):
        refused = await beni.forge(f"v1:blog_reviews:{action}:{review.review_id}")
        assert refused.text == beni.text("blog_reviews.closed")
    again = await requested(aki)  # the same page waits no more
    assert again.review_id != review.review_id
    assert "claim" in str(controls(card_of(village, again)))


async def test_where_the_channel_was_deleted_it_comes_anew_with_all_that_was_written(
    village: Village, aki: Person, beni: Person
) -> None:
    channel = await open_shelf(village)
    read = await delivered(beni, await requested(aki))
    reading = await claimed(beni, await requested(aki, "もうひとつ", f"{PAGE}2"))
    await react(village.move_in("Chie"), reading, "題名がいいですね")
    await delete(village, channel.id)
    assert not [card for card in village.cards() if TITLE in words(card)]
    assert village.moderator.text("setup.reviews_channel") in (await village.moderator.slash("setup check")).text
    assert (await kept(village, reading)).is_read_by(beni.id)
    other = village.guild.create_text_channel("tsugi")
    await village.env.settle()
    await village.choose("reviews_channel", other)
    for _ in range(4):
        await village.later()
    assert [TITLE in words(card) for card in village.cards(other)].count(True) == 1
    assert len(village.cards(other)) == 2
    assert len(other.threads) == 2
    assert WORKED in written(village, await kept(village, read))[0]
    assert "題名がいいですね" in written(village, await kept(village, reading))[0]
    await deliver(beni, reading, worked="つづきも読みました")
    assert "つづきも読みました" in written(village, await kept(village, reading))[-1]


async def test_a_card_waits_for_a_channel_to_which_the_bot_may_post(village: Village, aki: Person) -> None:
    channel = await open_shelf(village)
    village.forbid("send_messages", channel)
    answer = await request(aki)
    assert aki.text("blog_reviews.asked") in answer.text
    assert not village.cards(channel)
    missing = village.moderator.text("permission.send_messages")
    assert missing in (await village.moderator.slash("setup check")).text
    refused = await request(village.move_in("Beni"), "同じ記事")
    assert aki.text("blog_reviews.posted_soon") in refused.text
    village.clear(channel)
    await village.moderator.press(await village.moderator.slash("setup check"), "try_again")
    await village.later()
    (card,) = village.cards(channel)
    assert TITLE in words(card)
    assert (await newest(aki)).thread_id is not None


async def test_a_thread_deleted_while_nobody_listened_is_noticed_and_told(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_shelf(village)
    review = await claimed(beni, await requested(aki))
    backend = village.env.backend
    del backend.channels[review.thread_id or 0]
    backend.get_guild(village.guild.id).thread_ids.remove(review.thread_id or 0)
    await deliver(beni, review, worked=WORKED)
    await village.later()
    assert aki.text("blog_reviews.told_gone", words=TITLE) in (await aki.slash("inbox")).text
    assert (await kept(village, review)).state is State.CLOSED


async def test_an_archived_thread_is_opened_by_what_is_written(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await claimed(beni, await requested(aki))
    village.env.backend.edit_channel(thread_of(village, review).id, {}, thread_metadata={"archived": True})
    await village.env.settle()
    await deliver(beni, review, worked=WORKED)
    assert WORKED in written(village, review)[0]
    assert not is_closed(village, review)


async def test_a_reader_who_leaves_lets_others_read(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    await consent(village, aki, Kind.ANSWERS)
    review = await claimed(beni, await requested(aki))
    await leave(village, beni)
    for _ in range(8):  # looked up when they were to be reminded
        await village.pass_time(DAY)
    now = await kept(village, review)
    assert (now.state, now.is_lapsed) == (State.WAITING, False)
    assert aki.text("blog_reviews.told_back_released", words=TITLE) in words(aki.dms()[-1])
    await claimed(await reader(village, "Chie"), review)


async def test_a_request_whose_author_leaves_ends(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    await consent(village, beni, Kind.READING)
    review = await claimed(beni, await requested(aki))
    await leave(village, aki)
    await sweep(village)
    card = card_of(village, review)
    assert village.text("blog_reviews.state_closed_left") in words(card)
    assert not controls(card)
    assert is_closed(village, review)
    assert beni.text("blog_reviews.told_over_gone", words=TITLE) in words(beni.dms()[-1])
    assert TITLE not in (await beni.slash("review queue")).text


async def test_who_is_forgotten_leaves_nothing_in_the_thread(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await delivered(beni, await requested(aki))
    await react(beni, review, "ひとことだけ")
    await leave(village, beni)
    await sweep(village)
    assert WORKED in "".join(written(village, review))
    await village.pass_time(timedelta(days=366))
    for _ in range(2):
        await sweep(village)
    said = "".join(written(village, review))
    assert WORKED not in said
    assert "ひとことだけ" not in said
    assert str(beni.id) not in said
    assert said.count(village.text("blog_reviews.feedback_removed")) == 2
    assert not await village.rows("review_claims")


async def test_nobody_is_asked_or_pinged_across_a_distance(village: Village, aki: Person) -> None:
    await open_shelf(village)
    beni = await reader(village, "Beni")
    await consent(village, aki, Kind.ANSWERS)
    await aki.user_menu("Keep a distance", beni)
    review = await requested(aki)
    for _ in range(3):
        await village.pass_time(DAY)
    assert not beni.dms()
    before = len(village.sent())
    await react(beni, review)
    posted = [body for body in village.sent()[before:] if "components" in body]
    assert all(str(aki.id) not in body["allowed_mentions"].get("users", []) for body in posted)
    assert not aki.dms()
    assert TITLE not in (await aki.slash("inbox")).text
    await claim(village.move_in("Chie"), review)
    assert len(aki.dms()) == 1
