"""Two hundred introductions written and found, over sockets: what holds the loop, how soon presses are answered."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, Series
from benchmarks.processes import PATIENCE, migrated, started
from benchmarks.watched import NOTICED
from tests.process.loopback import Asked, Interaction, Loopback, Member
from tests.process.running import Place, told

ROUNDS = 3
MEMBERS = 200
AT_ONCE = 20
PRESSES = 200  # one after another
HELD_MOST = 50.0  # ms
ACKNOWLEDGED_MOST = 3000.0  # ms; Discord's own limit


@dataclass(frozen=True)
class Round:
    """One load on a new installation. ``held`` is the longest block in ms, and who held it."""

    held: tuple[float, str]
    seconds: float
    at_once: Sequence[float]
    one_by_one: Sequence[float]


async def measure(folder: Path) -> list[Figure]:
    """Load the bot several times: what it does itself comes again, what else the machine does hardly."""
    rounds = [await _load(_made(folder, number)) for number in range(ROUNDS)]
    held = Series.of([each.held[0] for each in rounds])
    most = max(rounds, key=lambda each: each.held[0]).held[1]
    return [
        Figure(
            f"longest block of the event loop while {MEMBERS} introductions are written and found",
            f"{held.shown('ms')} {most}",
            held.median,
            HELD_MOST,
            "ms",
        ),
        Figure(
            f"{MEMBERS} introductions written and found, {AT_ONCE} at once",
            Series.of([each.seconds for each in rounds]).shown("s", 1),
        ),
        _acknowledged(
            f"a press is acknowledged, {AT_ONCE} at once", [time for each in rounds for time in each.at_once]
        ),
        _acknowledged("a press is acknowledged, one by one", [time for each in rounds for time in each.one_by_one]),
    ]


def _made(folder: Path, number: int) -> Path:
    made = folder / str(number)
    made.mkdir()
    return made


async def _load(folder: Path) -> Round:
    watched = folder / "held.json"
    async with Loopback() as discord:
        place = Place.made(discord)
        async with started(discord, await migrated(folder), "-m", "benchmarks.watched", str(watched)):
            await discord.wait_for(lambda: discord.world.commands.get(None), PATIENCE, "commands")
            await discord.identified(PATIENCE)
            await place.set_up()
            began, first = time.monotonic(), len(discord.interactions.all)
            await _write_and_find(discord, place)
            ended, last = time.monotonic(), len(discord.interactions.all)
            await _press_one_by_one(place)
        discord.assert_clean()
        acts = discord.interactions.all
    return Round(_longest(watched, began, ended), ended - began, _times(acts[first:last]), _times(acts[last:]))


async def _write_and_find(discord: Loopback, place: Place) -> None:
    people = [place.member(f"member {number}") for number in range(MEMBERS)]

    async def write(person: Member) -> None:
        assert told(await place.write(person, f"I repair radio{person.id}"), "introductions.written")

    async def find(person: Member) -> None:
        other = people[people.index(person) - 1]  # nobody finds themselves
        found = await place.command(person, "find", text=f"radio{other.id}")
        assert found.message is not None
        assert f"<@{other.id}>" in found.message.text

    await _all_of(people, write)
    shown = place.introductions.messages.values
    await discord.wait_for(
        lambda: sum(card.thread is not None for card in shown()) == MEMBERS, PATIENCE, "all cards and threads"
    )
    await _all_of(people, find)


async def _all_of(people: Sequence[Member], act: Callable[[Member], Awaitable[None]]) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(person: Member) -> None:
        async with gate:
            await act(person)

    async with asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(one(person))


async def _press_one_by_one(place: Place) -> None:
    guest, posted = place.member("guest"), place.introductions.messages.values()
    cards = [message for message in posted if any(":hello:" in name for name in message.custom_ids)]
    for number in range(PRESSES):
        await place.press(guest, cards[number % len(cards)], "hello")


def _longest(watched: Path, began: float, ended: float) -> tuple[float, str]:
    held = [entry for entry in json.loads(watched.read_text(encoding="utf-8")) if began <= entry[0] <= ended]
    if not held:
        return NOTICED * 1000, ""
    _, longest, holder = max(held, key=lambda entry: entry[1])
    return longest * 1000, holder


def _times(acts: Sequence[Interaction]) -> list[float]:
    presses = [act for act in acts if act.type is Asked.COMPONENT]
    return [(act.acknowledged_after or float("inf")) * 1000 for act in presses]


def _acknowledged(what: str, times: Sequence[float]) -> Figure:
    series = Series.of(times)
    slow = series.quantile(0.99)
    return Figure(what, f"p50 {series.median:.1f}, p99 {slow:.1f} ms", slow, ACKNOWLEDGED_MOST, "ms")
