"""No author can tell a distance, a pass or a rest of a reader from their not having been chosen."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.kernel.i18n import Locale
from tests.flows.asking import SOON
from tests.flows.messages import components, controls
from tests.flows.people import Answer, Person
from tests.flows.reviewing import DAY, card_of, manage, newest, open_shelf, react, reader, request
from tests.flows.village import Village, founded

_IDS = re.compile(r"\d{6,}|(?<=_asked:)\d+|(?<=:stop:)\d+")  # those of notices are counted over all servers
Attitude = Callable[[Person, Person], Awaitable[object]]


async def unchosen(reading: Person, _author: Person) -> None:
    """Be willing to read, and not be chosen: they were asked often enough this week."""
    await reading.choose(await reading.slash("preferences"), "number", ["0"])


async def distant(reading: Person, author: Person) -> None:
    await reading.user_menu("Keep a distance", author)


async def kept_at_a_distance(reading: Person, author: Person) -> None:
    """The author keeps the distance; what they see of it is their own list alone."""
    await author.user_menu("Keep a distance", reading)


async def passing(_reading: Person, _author: Person) -> None:
    """Pass when asked."""


async def resting(reading: Person, _author: Person) -> None:
    await reading.choose(await reading.slash("preferences"), "resting", ["30"])


def seen(answer: Answer) -> str:
    return str(components(answer.message))


async def lived(village: Village, attitude: Attitude) -> list[str]:
    """Let a reader have an attitude, and an author ask; return all that others are shown, without ids."""
    shelf = await open_shelf(village)
    reading, author, third = await reader(village, "Aki"), village.move_in("Beni"), village.move_in("Chie")
    for person in (author, third):
        await person.slash("guide")
    await attitude(reading, author)
    shown = [seen(await request(author))]
    for _ in range(4):
        await village.pass_time(DAY / 2 + timedelta(minutes=1))
        for message in reading.dms():
            if attitude is passing and controls(message):
                await reading.press(message, "pass")
    review = await newest(author)
    shown += [seen(await author.slash(command)) for command in ("guide", "inbox", "review mine", "review queue")]
    shown += [seen(await manage(author, review)), seen(await third.slash("review queue"))]
    await react(third, review)
    await village.pass_time(SOON)
    shown += [seen(await author.slash("inbox")), str(components(card_of(village, review)))]
    public = [*village.cards(shelf), *village.cards(village.door), *author.dms(), *third.dms()]
    return [_IDS.sub("#", text) for text in (*shown, *(str(components(message)) for message in public))]


@pytest.mark.parametrize("attitude", [distant, kept_at_a_distance, passing, resting], ids=lambda each: each.__name__)
async def test_all_that_is_shown_is_the_same(
    tmp_path: Path, template: Path, locale: Locale, attitude: Attitude
) -> None:
    lives = []
    for number, each in enumerate((unchosen, attitude)):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with founded(folder, template, locale) as village:
            lives.append(await lived(village, each))
    assert lives[0] == lives[1]
