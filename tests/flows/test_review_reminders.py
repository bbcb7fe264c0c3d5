"""Who is asked to read, who is reminded of their word, and what happens when its day has gone by."""

from datetime import datetime, timedelta

from bot.features.blog_reviews.model import State
from bot.features.members.choices import Choices
from bot.features.members.reach import Kind, Way
from bot.kernel.ids import MemberId
from tests.flows.asking import SOON, consent
from tests.flows.messages import words
from tests.flows.people import Answer, Person
from tests.flows.reviewing import (
    DAY,
    PAGE,
    TITLE,
    WORKED,
    card_of,
    claim,
    claimed,
    holding,
    kept,
    open_shelf,
    reader,
    requested,
    written,
)
from tests.flows.village import Village

HOUR = timedelta(hours=1)


async def local(village: Village, person: Person) -> datetime:
    """Return what a clock shows where somebody lives."""
    zone = (await village.bot.service(Choices).of(village.server_id, MemberId(person.id))).preferences.zone
    return village.env.now().astimezone(zone)


async def until(village: Village, moment: datetime) -> None:
    """Let the time pass until a moment, hour by hour, and a little longer."""
    while village.env.now() < moment:
        await village.pass_time(min(HOUR, moment - village.env.now()))
    await village.pass_time(SOON)


async def by_dm(village: Village, person: Person, kind: Kind) -> None:
    """Let somebody choose private messages of a kind, in the hours in which most are awake."""
    await person.slash("guide")
    await village.bot.service(Choices).consent(village.server_id, MemberId(person.id), kind, Way.DM)


async def test_a_reader_is_reminded_the_day_before_and_on_the_day_in_their_hours_and_language(
    village: Village, aki: Person
) -> None:
    await open_shelf(village)
    beni = village.move_in("Beni", "en" if village.locale == "ja" else "ja")
    await by_dm(village, beni, Kind.READING)
    zones = village.bot.service(Choices)
    await zones.choose_zone(village.server_id, MemberId(beni.id), "America/New_York")
    review = await claimed(beni, await requested(aki))
    assert review.claim is not None
    due = review.claim.due_at.astimezone((await local(village, beni)).tzinfo)
    assert (due.hour, due.minute) == (23, 59)
    morning = due.replace(hour=7, minute=0)
    await until(village, morning - DAY - HOUR)
    assert not beni.dms()
    await until(village, morning - DAY)
    (before,) = beni.dms()
    told = beni.text("blog_reviews.told_remind", words=TITLE, when="…").partition("…")[0]
    assert all(part in words(before) for part in (told, f"<t:{int(due.timestamp())}:", TITLE))
    await until(village, morning - HOUR)
    assert len(beni.dms()) == 1
    await until(village, morning)
    assert len(beni.dms()) == 2
    assert told in words(beni.dms()[-1])
    await until(village, morning + 12 * HOUR)
    assert len(beni.dms()) == 2


async def reminded(village: Village, author: Person, person: Person) -> Answer:
    """Let somebody be reminded of what they read by a private message; return it."""
    await consent(village, person, Kind.READING)
    await claimed(person, await requested(author))
    for _ in range(7):
        await village.pass_time(DAY)
    return holding(person, "release_asked")[-1]  # type: ignore[return-value]  # a message stands for its answer


async def test_a_reminder_leads_to_writing(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    form = await beni.press(await reminded(village, aki, beni), "deliver_asked")
    answer = await beni.submit(form, worked=WORKED)
    assert beni.text("blog_reviews.delivered") in answer.text
    await village.pass_time(SOON)
    (review,) = await village.rows("reviews")
    assert review["state"] == State.DELIVERED
    box = await beni.slash("inbox")
    assert TITLE not in box.text


async def test_a_reminder_leads_to_another_day(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    message = await reminded(village, aki, beni)
    refused = await beni.submit(await beni.press(message, "redate_asked"), by=["week"], date="そのうち")
    assert beni.text("blog_reviews.no_such_due_day") in refused.text
    answer = await beni.submit(await beni.press(refused, "draft"), by=["two_weeks"])
    assert beni.text("blog_reviews.redated", when="").rpartition("<")[0][:3] in answer.text
    for _ in range(11):
        await village.pass_time(DAY)
    assert len(holding(beni, "release_asked")) == 2
    await village.pass_time(2 * DAY)
    assert len(holding(beni, "release_asked")) > 2


async def test_a_reminder_leads_to_giving_it_back(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    message = await reminded(village, aki, beni)
    assert (await beni.press(message, "release_asked")).text == beni.text("blog_reviews.released")
    (review,) = await village.rows("reviews")
    assert (review["state"], review["is_lapsed"]) == (State.WAITING, 0)
    for _ in range(5):
        await village.pass_time(DAY)
    assert not [card for card in beni.dms() if beni.text("blog_reviews.told_missed", words=TITLE) in words(card)]


async def test_who_likes_no_private_messages_is_reminded_in_the_inbox(village: Village, aki: Person) -> None:
    await open_shelf(village)
    beni = village.move_in("Beni")
    await beni.slash("guide")
    await claimed(beni, await requested(aki))
    for _ in range(7):
        await village.pass_time(DAY)
    assert not beni.dms()
    box = await beni.slash("inbox")
    form = await beni.press(box, "deliver_asked")
    answer = await beni.submit(form, worked=WORKED)
    assert beni.text("blog_reviews.delivered") in answer.text
    assert not (await beni.slash("inbox")).has("deliver_asked")


async def test_a_day_after_its_day_it_is_first_in_the_queue_and_both_are_told(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_shelf(village)
    for person, kind in ((aki, Kind.ANSWERS), (beni, Kind.READING)):
        await consent(village, person, kind)
    chie = village.move_in("Chie")
    await requested(chie, "先に待っていた記事", f"{PAGE}1")
    review = await claimed(beni, await requested(aki))
    assert review.claim is not None
    await until(village, review.claim.due_at + DAY - timedelta(minutes=1))
    assert (await kept(village, review)).state is State.CLAIMED
    await village.pass_time(timedelta(minutes=1))
    await village.pass_time(SOON)
    assert (await kept(village, review)).state is State.WAITING
    queue = await chie.slash("review queue")
    assert queue.text.index(TITLE) < queue.text.index("先に待っていた記事")
    assert queue.text.count(chie.text("blog_reviews.comes_first")) == 1
    assert village.text("blog_reviews.state_waiting") in words(card_of(village, review))
    author_reads, reader_reads = words(aki.dms()[-1]), words(beni.dms()[-1])
    assert aki.text("blog_reviews.told_back_lapsed", words=TITLE) in author_reads
    assert str(beni.id) not in author_reads
    assert beni.text("blog_reviews.told_missed", words=TITLE) in reader_reads
    late = await beni.submit(await beni.press(beni.dms()[-1], "deliver_asked"), worked=WORKED)
    assert beni.text("blog_reviews.delivered") in late.text
    await village.pass_time(SOON)
    assert WORKED in written(village, review)[0]
    assert (await kept(village, review)).state is State.DELIVERED
    assert not (await beni.slash("inbox")).has("deliver_asked")


async def test_after_a_week_off_line_it_is_first_at_once(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    review = await claimed(beni, await requested(aki), by="weekend")
    await requested(village.move_in("Chie"), "あとから来た記事", f"{PAGE}1")
    village.env.backend.advance_clock((14 * DAY).total_seconds())
    await village.restart()
    await village.pass_time(timedelta(minutes=1))
    queue = await aki.slash("review queue")
    assert queue.text.index(TITLE) < queue.text.index("あとから来た記事")
    assert (await kept(village, review)).is_lapsed


async def test_what_waits_a_day_is_offered_to_readers_who_agreed(village: Village, aki: Person) -> None:
    await open_shelf(village)
    beni, chie = await reader(village, "Beni"), village.move_in("Chie")
    await chie.slash("guide")
    review = await requested(aki)
    await village.pass_time(DAY - 2 * SOON)
    assert not beni.dms()
    await village.pass_time(2 * SOON)
    (asked,) = beni.dms()
    assert beni.text("blog_reviews.told_invite", name=f"<@{aki.id}>", words=TITLE) in words(asked)
    assert not chie.dms()
    form = await beni.press(asked, "claim_asked")
    refused = await beni.submit(form, by=["week"], date="いつか")
    assert beni.text("blog_reviews.no_such_due_day") in refused.text
    answer = await beni.submit(await beni.press(refused, "draft"), by=["weekend"])
    assert answer.has("deliver_asked")
    now = await kept(village, review)
    assert now.is_read_by(beni.id)
    assert not (await beni.slash("inbox")).has("claim_asked")


async def test_what_is_pressed_in_a_private_message_is_answered_there(village: Village, aki: Person) -> None:
    await open_shelf(village)
    beni = await reader(village, "Beni")
    await requested(aki)
    await village.pass_time(DAY)
    answer = await beni.submit(await beni.press(beni.dms()[0], "claim_asked"), by=["week"])
    assert not answer.has("consent_reading")  # which is a server's
    assert (await beni.press(answer, "deliver_asked")).form is not None
    moved = await beni.submit(await beni.press(answer, "redate_asked"), by=["two_weeks"])
    assert (await beni.press(moved, "release_asked")).text == beni.text("blog_reviews.released")


async def test_in_the_place_of_who_passes_another_is_asked_at_once(village: Village, aki: Person) -> None:
    await open_shelf(village)
    people = [await reader(village, name) for name in ("Beni", "Chie", "Dai", "Emi")]
    review = await requested(aki)
    await village.pass_time(DAY)
    first = [person for person in people if person.dms()]
    assert len(first) == 3
    (last,) = [person for person in people if not person.dms()]
    answer = await first[0].press(first[0].dms()[0], "pass")
    assert first[0].text("members.passed") in answer.text
    await village.pass_time(SOON)
    assert len(last.dms()) == 1
    await claim(last, review)
    refused = await first[1].press(first[1].dms()[0], "claim_asked")
    assert f"<@{last.id}>" in refused.text
    assert not (await first[1].slash("inbox")).has("claim_asked")


async def test_who_rests_or_stops_is_asked_no_more(village: Village, aki: Person) -> None:
    await open_shelf(village)
    beni, chie = await reader(village, "Beni"), await reader(village, "Chie")
    await requested(aki)
    await village.pass_time(DAY)
    resting = await beni.choose(await beni.press(beni.dms()[0], "rest"), "resting", ["30"])
    assert beni.text("members.rests") in resting.text
    stopped = await chie.press(chie.dms()[0], "stop")
    assert chie.text("members.stopped_asking", kind=chie.text("members.kind_review")) in stopped.text
    await requested(aki, "もうひとつ", f"{PAGE}2")
    for _ in range(4):
        await village.pass_time(DAY)
    assert [len(person.dms()) for person in (beni, chie)] == [1, 1]


async def test_somebody_elses_reminder_reaches_nothing(village: Village, aki: Person, beni: Person) -> None:
    await open_shelf(village)
    await reminded(village, aki, beni)
    (review,) = await village.rows("reviews")
    chie = village.move_in("Chie")
    notices = [row["notice_id"] for row in await village.rows("notices")]
    for notice_id in notices:
        for action in ("deliver_asked", "redate_asked", "release_asked", "claim_asked", "thank_asked"):
            answer = await chie.forge(f"v1:blog_reviews:{action}:{notice_id}")
            assert answer.text == chie.text("members.notice_gone")
    assert review["state"] == State.CLAIMED
