"""Nobody can tell a distance, a pass or a rest from somebody's not having been chosen."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.features.members.reach import Kind, Way
from bot.kernel.i18n import Locale
from tests.flows.gratitude import open_wall, thank
from tests.flows.messages import Card, components, controls
from tests.flows.people import Answer, Person
from tests.flows.test_inbox import agree
from tests.flows.village import Village, founded

_IDS = re.compile(r"\d{6,}")
Attitude = Callable[[Person, Person], Awaitable[None]]


async def unchosen(welcomer: Person, _newcomer: Person) -> None:
    """Be willing to greet, and not be chosen: they were asked often enough this week."""
    await agree(welcomer.village, welcomer, Kind.GREET, Way.DM)
    await welcomer.choose(await welcomer.slash("preferences"), "number", ["0"])


async def distant(welcomer: Person, newcomer: Person) -> None:
    await agree(welcomer.village, welcomer, Kind.GREET, Way.DM)
    await welcomer.user_menu("Keep a distance", newcomer)


async def kept_at_a_distance(welcomer: Person, newcomer: Person) -> None:
    """The newcomer keeps the distance; what they see of it is their own list alone."""
    await agree(welcomer.village, welcomer, Kind.GREET, Way.DM)
    await newcomer.user_menu("Keep a distance", welcomer)


async def passing(welcomer: Person, _newcomer: Person) -> None:
    await agree(welcomer.village, welcomer, Kind.GREET, Way.DM)


async def resting(welcomer: Person, _newcomer: Person) -> None:
    await agree(welcomer.village, welcomer, Kind.GREET, Way.DM)
    await welcomer.choose(await welcomer.slash("preferences"), "resting", ["30"])


def seen(answer: Answer) -> str:
    return str(components(answer.message))


async def lived(village: Village, attitude: Attitude) -> list[str]:
    """Let a welcomer have an attitude, a newcomer come; return all that the newcomer is shown, without ids."""
    await village.set_up()
    wall = await open_wall(village)
    await village.noon()
    welcomer, newcomer = village.move_in("Aki"), village.move_in("Beni")
    await welcomer.write("古株です", offer_topics=["health"])
    await newcomer.slash("guide")
    await attitude(welcomer, newcomer)
    shown = [seen(await newcomer.write("はじめてです", seek_topics=["health"]))]
    for _ in range(4):
        await village.pass_time(timedelta(minutes=30))
        for message in welcomer.dms():
            if attitude is passing and controls(message):
                await welcomer.press(message, "pass")
    await village.pass_time(timedelta(days=2))
    card = village.cards()[0]
    hello = await newcomer.greet(card, words="はじめまして")
    shown += [seen(hello), seen(await newcomer.slash("guide")), seen(await newcomer.slash("inbox"))]
    shown.append(seen(await newcomer.slash("find", topic="health")))
    shown.append(seen(await newcomer.slash("intro show", member=welcomer)))
    shown += await thanked(newcomer, welcomer, card)
    thread = next(each for each in village.hall.threads if each.id == card.id)
    public = [*village.cards(), *village.cards(thread), *village.cards(village.door), *village.cards(wall)]
    shown += [str(components(message)) for message in [*public, *newcomer.dms()]]
    return [_IDS.sub("#", text) for text in shown]


async def thanked(newcomer: Person, welcomer: Person, card: Card) -> list[str]:
    """Let a newcomer say thanks in all ways; return all that they are shown."""
    opened = await newcomer.user_menu("Say thanks", welcomer), await newcomer.press(card, "thanks")
    shown = [str(form.form) for form in opened]
    recorded = await thank(newcomer, welcomer, public=True)
    shown.append(seen(recorded))
    shown += [seen(await thank(newcomer, welcomer)), seen(await newcomer.press(card, "thanks"))]
    shown += [seen(await newcomer.slash("standing")), seen(await newcomer.press(recorded, "take_back"))]
    await newcomer.village.env.settle()
    return [*shown, seen(await newcomer.slash("standing")), seen(await newcomer.slash("guide"))]


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
    if attitude is kept_at_a_distance:  # /find leaves out whom the searcher keeps at a distance, as they wished
        for life in lives:
            del life[4]
    assert lives[0] == lives[1]
