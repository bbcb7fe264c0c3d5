"""The moderators' daily list: once a day, at nine by the server's clock, only if something waits, by post."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import simcord

from tests.flows.messages import words
from tests.flows.office import another_moderator, case_about, open_office, report, show
from tests.flows.people import Person
from tests.flows.village import Village


async def until_nine(village: Village, zone: str | None = None, hours: int = 0) -> None:
    """Let time pass until it is just after the next nine o'clock, or some ``hours`` from that."""
    local = village.env.now().astimezone(ZoneInfo(zone or ("Asia/Tokyo" if village.locale == "ja" else "UTC")))
    due = datetime.combine(local.date(), datetime.min.time().replace(hour=9), local.tzinfo)
    if due <= local:
        due += timedelta(days=1)
    await village.pass_time(due - local + timedelta(hours=hours, seconds=1))


def lists(village: Village, office: simcord.ChannelHandle) -> list[str]:
    title = village.text("safety.daily_title").splitlines()[0]
    return [words(card) for card in village.cards(office) if title in words(card)]


async def test_list_comes_once_a_day_while_something_waits(village: Village, aki: Person, beni: Person) -> None:
    office = await open_office(village)
    await report(village, aki, beni)
    await until_nine(village)
    (listed,) = lists(village, office)
    assert village.texts.plural(village.locale, "safety.waiting_cases", 1) in listed
    for person in (aki, beni):
        assert str(person.id) not in listed
    await village.later()
    await village.restart()
    await village.later()
    assert len(lists(village, office)) == 1
    await until_nine(village)
    assert len(lists(village, office)) == 2
    card = next(card for card in reversed(village.cards(office)) if village.text("safety.daily_title") in words(card))
    opened = await village.moderator.press(card, "list")
    assert f"#{await case_about(village, beni)}" in opened.text
    assert (await aki.press(card, "list")).text == aki.text("errors.moderators_only")


async def test_no_list_where_nothing_waits_or_nowhere_to_post_it(village: Village, aki: Person, beni: Person) -> None:
    await until_nine(village)
    office = await open_office(village)
    await until_nine(village)
    assert lists(village, office) == []
    await report(village, aki, beni)
    number = await case_about(village, beni)
    form = await village.moderator.press(await show(village.moderator, number), "close")
    await village.moderator.submit(form, told=["acted"])
    await until_nine(village)
    assert lists(village, office) == []


async def test_report_about_a_moderator_is_not_counted(village: Village, aki: Person, beni: Person) -> None:
    office, mio = await open_office(village), await another_moderator(village)
    await report(village, aki, mio)
    await until_nine(village)
    assert lists(village, office) == []
    await report(village, aki, beni)
    await until_nine(village)
    (listed,) = lists(village, office)
    assert village.texts.plural(village.locale, "safety.waiting_cases", 1) in listed


async def test_list_follows_the_servers_zone(village: Village, aki: Person, beni: Person) -> None:
    office, moderator = await open_office(village), village.moderator
    await report(village, aki, beni)
    panel = await moderator.slash("setup panel")
    await moderator.choose(panel, "zone", ["America/Los_Angeles"])
    await until_nine(village, "America/Los_Angeles", hours=-1)
    assert len(lists(village, office)) == 0
    await until_nine(village, "America/Los_Angeles")
    assert len(lists(village, office)) == 1
    await moderator.choose(await moderator.slash("setup panel"), "zone", ["Pacific/Honolulu"])
    await village.pass_time(timedelta(hours=3))
    assert len(lists(village, office)) == 1  # the same day there, two hours earlier
    await until_nine(village, "Pacific/Honolulu")
    assert len(lists(village, office)) == 2


async def test_list_that_could_not_be_posted_comes_once_the_way_is_mended(
    village: Village, aki: Person, beni: Person
) -> None:
    office = await open_office(village)
    await report(village, aki, beni)
    village.forbid("send_messages", office)
    await until_nine(village)
    assert lists(village, office) == []
    village.clear(office)
    await village.moderator.press(await village.moderator.slash("setup check"), "try_again")
    await village.env.settle()
    assert len(lists(village, office)) == 1
