"""The bot as its host runs it, `python -m bot run` in a process of its own, and the people around it."""

import asyncio
import contextlib
import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.kernel.i18n import Locale, Texts, locale_of

from .loopback import Channel, Guild, Interaction, Loopback, Member, Message

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
SECRET_KEY = "a-host-key-of-no-host-0123456789"
STOP_LIMIT = 10.0  # seconds; what the bot promises
PATIENCE = 60.0  # seconds; far longer than anything takes, for machines that are busy
SETTINGS = {"DISCORD_TOKEN", "DATABASE_URL", "DISCORD_API_URL", "HEALTH_PORT", "GOEN_SECRET_KEY", "LOG_FORMAT"}
SETTINGS |= {"SHARD_IDS", "SHARD_COUNT", "LC_ALL", "LANG"}
WORDS = Texts()


def environment(**settings: str) -> dict[str, str]:
    """Return this process's environment with these settings, and no other of the bot's."""
    return {**{name: value for name, value in os.environ.items() if name not in SETTINGS}, **settings}


async def goen(*arguments: str, **settings: str) -> tuple[int, str, str]:
    """Run `python -m bot` to its end; return its exit code, standard output and standard error."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=ROOT, stdout=pipe, stderr=pipe, env=environment(**settings)
    )
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def until(predicate: Callable[[], object], what: str, limit: float = PATIENCE) -> None:
    """Wait until what no event tells of is so, looking often."""
    ends = time.monotonic() + limit
    while not predicate():
        assert time.monotonic() < ends, f"after {limit:g} s still not {what}"
        await asyncio.sleep(0.02)


@dataclass
class Bot:
    """One installation: started, killed and started again on the same database. `lines` is all that it logged."""

    discord: Loopback
    database: Path
    settings: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None
    _reading: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """What DATABASE_URL is."""
        return f"sqlite+aiosqlite:///{self.database}"

    async def launch(self, **settings: str) -> None:
        """Start the process and wait for nothing."""
        defaults = {
            "DISCORD_TOKEN": self.discord.settings.token,
            "DATABASE_URL": self.url,
            "DISCORD_API_URL": self.discord.url,
            "HEALTH_PORT": "0",
            "GOEN_SECRET_KEY": SECRET_KEY,
            "LOG_FORMAT": "json",
        }
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=ROOT,
            stderr=asyncio.subprocess.PIPE,
            env=environment(**{**defaults, **self.settings, **settings}),
        )
        self._reading = asyncio.create_task(self._read(self.process))

    async def start(self, **settings: str) -> None:
        """Start the process, and wait until it is connected and its commands are known."""
        await self.discord.disconnected(PATIENCE)  # Discord has noticed the end of a former process
        times = len(self.discord.gateway.identifies) + 1
        await self.launch(**settings)
        ready = asyncio.create_task(self.discord.identified(PATIENCE, times))
        died = asyncio.create_task(self._died())
        done, _ = await asyncio.wait({ready, died}, return_when=asyncio.FIRST_COMPLETED)
        died.cancel()
        if ready not in done:
            ready.cancel()
            code = await self.ended()
            raise AssertionError(f"the bot did not start, code {code}:\n" + "\n".join(self.lines[-40:]))
        await ready
        await self.discord.wait_for(lambda: self.discord.world.commands.get(None), PATIENCE, "commands")

    async def _died(self) -> None:
        assert self.process is not None
        await self.process.wait()

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            self.lines.append(line.decode().rstrip())
            self.discord.changes.tell()

    async def kill(self) -> None:
        """End the process as a power cut would."""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
        await self.ended()

    async def stop(self) -> int:
        """End the process by SIGTERM; return its exit code.

        Raises TimeoutError when it takes longer than the bot promises.
        """
        assert self.process is not None
        if self.process.returncode is None:
            self.process.terminate()
        async with asyncio.timeout(STOP_LIMIT):
            return await self.ended()

    async def ended(self) -> int:
        """Wait for the end of the process, and of what it logged; return its exit code."""
        assert self.process is not None
        async with asyncio.timeout(PATIENCE):
            code = await self.process.wait()
        if self._reading is not None:
            await self._reading
        return code

    async def restart(self, **settings: str) -> None:
        """Kill the process if it runs, and start it again."""
        await self.kill()
        await self.start(**settings)

    async def logged(self, words: str, limit: float = PATIENCE) -> str:
        """Wait until a line with these words is logged; return the newest."""
        return await self.discord.wait_for(
            lambda: next((line for line in reversed(self.lines) if words in line), ""), limit, f"{words!r} in the log"
        )

    def expect(self, *words: str) -> None:
        """Let lines of the level error that hold any of these words be as they should."""
        self.expected += words

    def complaints(self) -> list[str]:
        """Return all logged lines that nobody expected: errors, and what is no entry of a log at all."""
        return [line for line in self.lines if _is_bad(line) and not any(words in line for words in self.expected)]

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what a statement finds in the database, from outside."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=PATIENCE)) as connection:
            found = connection.execute(statement, values).fetchall()
            connection.commit()
        return found

    def pending(self) -> list[list[Any]]:
        """Return the effects that are under way or due: key, state, attempts and trouble of each."""
        under_way = "SELECT due_at, key, state, attempts, trouble FROM effects WHERE state IN ('waiting', 'claimed')"
        found = self.rows(under_way)
        now = time.time_ns() // 1000  # only now: what was written just before it was read is due, too
        return [row for due_at, *row in found if due_at <= now or row[1] == "claimed" or row[2] > 0]

    async def settled(self) -> None:
        """Wait until nothing is due any more."""
        await until(lambda: not self.pending(), "all effects done")

    def skip_pauses(self) -> None:
        """Let everything that failed be due at once; the worker notices when it is woken."""
        self.rows("UPDATE effects SET due_at = 0 WHERE state = 'waiting' AND attempts > 0")

    async def clean_up(self) -> None:
        """End the process whatever state it is in."""
        if self.process is not None:
            await self.kill()


def _is_bad(line: str) -> bool:
    try:
        return json.loads(line)["level"] in {"error", "critical"}
    except (ValueError, KeyError, TypeError):
        return True


@dataclass
class Place:
    """A server with a channel for introductions and one for moderators, set up."""

    discord: Loopback
    guild: Guild
    introductions: Channel
    moderators: Channel
    owner: Member

    @classmethod
    def made(cls, discord: Loopback, locale: str = "en-US") -> "Place":
        """Return a new server, not set up yet."""
        guild = discord.create_guild("Goen", locale=locale)
        introductions = discord.create_channel(guild, "introductions")
        moderators = discord.create_channel(guild, "moderators")
        return cls(discord, guild, introductions, moderators, guild.members[guild.owner_id])

    async def set_up(self) -> "Place":
        """Choose both channels, as a moderator does."""
        await self.choose("introductions_channel", self.introductions)
        await self.choose("moderators_channel", self.moderators)
        return self

    async def choose(self, place: str, channel: Channel) -> None:
        """Choose a channel for a place."""
        channels = await self.channels(self.owner)
        assert channels.message is not None
        await self.discord.select(self.owner, channels.message, place, [channel]).answered(PATIENCE)

    async def channels(self, person: Member) -> Interaction:
        """Open the card on which channels are chosen."""
        return await self.press(person, await self.command(person, "setup panel"), "channels")

    async def wake(self) -> None:
        """Do what wakes the worker and gives it nothing to do."""
        await self.choose("helpers_channel", self.moderators)

    def member(self, name: str, locale: str = "en-US") -> Member:
        """Return a new member."""
        return self.discord.add_member(self.guild, name, locale=locale)

    async def promised(self, name: str, locale: str = "en-US") -> Member:
        """Return a new member who has given the first-time promise."""
        person = self.member(name, locale)
        await self.form(person)
        return person

    async def command(self, person: Member, command: str, **options: str | int | Member) -> Interaction:
        """Use a command, and wait for what is to be seen."""
        return await self._promising(person, self.discord.slash(person, self.moderators, command, **options))

    async def form(self, person: Member) -> Interaction:
        """Open the form of an introduction."""
        return await self.command(person, "intro write")

    async def press(self, person: Member, on: Interaction | Message, button: str) -> Interaction:
        """Press a button of an answer or a message, and wait for what is to be seen."""
        message = on.message if isinstance(on, Interaction) else on
        assert message is not None
        return await self._promising(person, self.discord.press(person, message, button))

    async def _promising(self, person: Member, act: Interaction) -> Interaction:
        """Wait for what is to be seen; if that is the question for the first-time promise, give it and go on."""
        await act.answered(PATIENCE)
        ways = () if act.message is None else [name.split(":")[2] for name in act.message.custom_ids]
        asked = next((way for way in ways if way.startswith("promise_") or way == "send_promised"), None)
        return act if asked is None else await self.press(person, act, asked)

    async def submit(self, person: Member, opened: Interaction, **fields: str | Sequence[str | Member]) -> Interaction:
        """Send a form, and wait for what is to be seen."""
        assert opened.modal is not None
        act = self.discord.submit(person, opened.modal, dict(fields))
        await act.answered(PATIENCE)
        return act

    async def write(self, person: Member, now: str, **fields: str | Sequence[str]) -> Interaction:
        """Write an introduction, from the command to the answer."""
        return await self.submit(person, await self.form(person), now=now, **fields)

    async def written(self, person: Member, now: str) -> Message:
        """Write an introduction, and return its card when it has a thread."""
        assert told(await self.write(person, now), "introductions.written", locale_of(person.user.locale))
        return await self.card(person)

    async def hello(self, person: Member, card: Message, words: str) -> Interaction:
        """Say hello by a card's button."""
        return await self.submit(person, await self.open_hello(person, card), words=words)

    async def open_hello(self, person: Member, card: Message) -> Interaction:
        """Press a card's hello button."""
        return await self.press(person, card, "hello")

    def cards(self, person: Member) -> list[Message]:
        """Return all cards that introduce somebody."""
        title = WORDS("en", "introductions.card_title", name=f"<@{person.id}>")
        title_ja = WORDS("ja", "introductions.card_title", name=f"<@{person.id}>")
        shown = self.discord.bot_messages(self.introductions)
        return [card for card in shown if title in card.text or title_ja in card.text]

    async def card(self, person: Member) -> Message:
        """Wait for somebody's card and its thread."""
        shown = await self.discord.wait_for(
            lambda: [card for card in self.cards(person) if card.thread is not None],
            PATIENCE,
            f"card and thread of {person.name}",
        )
        return shown[-1]

    def hellos(self, card: Message) -> list[str]:
        """Return what the bot wrote in a card's thread."""
        assert card.thread is not None
        return [message.text for message in self.discord.bot_messages(card.thread)]

    def check_once(self, *people: Member) -> None:
        """Check that each of them has exactly one card, with one thread."""
        for person in people:
            cards = self.cards(person)
            assert len(cards) == 1, f"{person.name} has {len(cards)} cards"
            assert cards[0].thread is not None, f"{person.name}'s card has no thread"
        threads = [each for each in self.discord.world.channels.values() if each.parent is self.introductions]
        assert len(threads) == sum(card.thread is not None for card in self.introductions.messages.values())


def told(act: Interaction, key: str, locale: Locale = "en", **values: object) -> bool:
    """Whether the answer holds the sentence `key` in that language."""
    sentence = WORDS(locale, key, **values)
    return act.message is not None and any(sentence in text for text in (act.message.text, *_followed(act)))


def _followed(act: Interaction) -> list[str]:
    return [message.text for message in act.followups]


def check_bodies(discord: Loopback) -> None:
    """Check that no message could have notified a role or everyone."""
    for request in discord.requests:
        for body in _messages(request.path, request.body):
            mentions = body.get("allowed_mentions")
            assert mentions is not None, f"{request.method} {request.path} lets Discord choose whom to notify"
            assert not {"roles", "everyone"} & set(mentions.get("parse", ())), f"{request.path}: {mentions}"
            assert not mentions.get("roles"), f"{request.path}: {mentions}"


def _messages(path: str, body: Any) -> list[Json]:  # noqa: ANN401 - any JSON value
    if not isinstance(body, dict):
        return []
    found = body.get("data") if path.endswith("/callback") and body.get("type") in {4, 7} else body
    found = body.get("message") if path.endswith("/threads") and "message" in body else found  # of a post in a forum
    return [found] if isinstance(found, dict) and ("components" in found or "content" in found) else []


def copied(template: Path, folder: Path) -> Path:
    """Return a database of one's own, whose tables are made already."""
    return Path(shutil.copy(template, folder / "goen.db"))
