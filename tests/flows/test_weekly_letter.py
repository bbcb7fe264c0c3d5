"""The weekly letter: what it tells in each language, and that it stays away where there is nothing to tell."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.features.check_ins.letter_store import Letter
from bot.features.check_ins.letters import Letters
from bot.features.members.model import News
from tests.flows.asking import ask, newest, open_help, say
from tests.flows.gratitude import open_wall, thank
from tests.flows.messages import words
from tests.flows.people import Person
from tests.flows.prompting import SOON, a_day
from tests.flows.reviewing import delivered, open_shelf, requested
from tests.flows.village import Village

KINDS = ("introductions.news_came", "peer_help.news_answered", "blog_reviews.news_read", "reputation.news_thanks")
WAITS = ("introductions.news_waits", "peer_help.news_waits", "blog_reviews.news_waits")


async def letters(village: Village) -> list[str]:
    """Return the letters that stand in their channel."""
    return [
        words(each) for each in village.cards(village.door) if village.text("check_ins.letter_title") in words(each)
    ]


async def test_with_nothing_to_tell_it_stays_away(village: Village) -> None:
    await village.choose("letter_channel", village.door)
    await a_day(village, 8)
    assert await letters(village) == []


async def test_each_kind_of_line(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    class Press:
        async def news(self, _server_id: int, since: datetime, _until: datetime) -> list[News]:
            told = [News(kind, count) for kind, count in zip(KINDS, (1, 2, 3, 12), strict=True)]
            return [
                *told,
                *(News(kind, since=since, url="https://discord.com/x") for kind in WAITS),
            ]

    monkeypatch.setattr(village.bot.service(Letters), "_correspondents", [Press()])
    await village.choose("letter_channel", village.door)
    await a_day(village, 8)
    (letter,) = await letters(village)
    for kind, count in zip(KINDS, (1, 2, 3, 12), strict=True):
        assert village.texts.plural(village.locale, kind, count) in letter
    for kind in WAITS:
        assert village.text(kind, when="") in letter
    assert village.text("check_ins.letter_more") not in letter
    assert village.text("check_ins.letter_waits") in letter


async def test_what_was_asked_and_answered(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    await village.choose("letter_channel", village.door)
    await ask(village, aki, "だれも答えていない相談")
    await village.pass_time(SOON)
    await ask(village, beni, "答えのあった相談")
    await village.pass_time(SOON)
    await say(village, aki, await newest(village, beni))
    await village.pass_time(timedelta(minutes=1))
    await a_day(village, 7)
    (letter,) = await letters(village)
    assert village.texts.plural(village.locale, "peer_help.news_answered", 1) in letter
    assert letter.count(village.text("peer_help.news_waits", when="")) == 1
    assert "だれも答えていない" not in letter  # who asked can take that back, and the letter stays


async def test_what_happened_before_or_after_is_another_letters(village: Village, aki: Person, beni: Person) -> None:
    began, hour = village.env.now(), timedelta(hours=1)
    await open_help(village)
    await open_shelf(village)
    await open_wall(village)
    await beni.write()
    await village.pass_time(SOON)
    await ask(village, aki)
    await say(village, beni, await newest(village, aki))
    await thank(aki, beni, public=True)
    await beni.press(await beni.slash("inbox"), "agree")
    await delivered(beni, await requested(aki))
    await village.pass_time(SOON)
    ended, told = village.env.now(), Letter(1, village.guild.id, began, None, None)
    counted = [await happened(village, replace(told, due_at=until)) for until in (began, ended + hour)]
    assert counted == [[], list(KINDS)]
    assert await happened(village, replace(told, due_at=ended + hour + timedelta(days=7))) == []


async def happened(village: Village, letter: Letter) -> list[str]:
    """Return what a letter tells of, but for what still waits."""
    written = await village.bot.service(Letters).written(letter)
    return [] if written is None else [each.text for each in written.news if not each.waits]


async def test_thanks_are_told_of_in_the_week_in_which_they_became_public(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_wall(village)
    await village.choose("letter_channel", village.door)
    await thank(aki, beni, public=True)
    line = village.texts.plural(village.locale, "reputation.news_thanks", 1)
    await a_day(village, 8)
    assert line not in "".join(await letters(village))
    await beni.press(await beni.slash("inbox"), "agree")
    await a_day(village, 15)
    assert sum(line in each for each in await letters(village)) == 1


async def test_without_a_channel_it_is_said_that_none_comes(village: Village) -> None:
    moderator = village.moderator
    for has_channel in (False, True):
        if has_channel:
            await village.choose("letter_channel", village.door)
        form = await moderator.press(await moderator.slash("setup panel"), "letter")
        chosen = await moderator.submit(form, letter_day=["0"], letter_hour=["7"])
        assert (moderator.text("check_ins.letter_no_channel") in chosen.text) is not has_channel


async def test_two_buttons_at_home(village: Village, aki: Person) -> None:
    home = await aki.slash("guide")
    assert aki.text("check_ins.nothing_asked") in (await aki.press(home, "today")).text
    assert aki.text("check_ins.me_none") in (await aki.press(home, "me")).text
