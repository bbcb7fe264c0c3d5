"""How long a two-character word is searched for among very many introductions, as `/find` does it."""

import contextlib
import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, Series
from benchmarks.processes import migrated
from bot.features.introductions.finding import Finding
from bot.features.members.choices import Choices
from bot.features.members.topics import Topics
from bot.features.setup.service import Setup
from bot.kernel.clock import SystemClock
from bot.kernel.i18n import Texts
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.text import search_tokens
from bot.storage.database import Database

SERVER = ServerId(1)
SEARCHES = 25  # of each word
ONE_IN = {"転職": 10, "育児": 1000, "量子": 20_000}
BEGINNINGS = ("はじめまして、", "こんにちは。", "Hello, ")
MIDDLES = ("バックエンドを書いています。", "夜に開発しています。", "デザインも好きです。", "I write Rust at night. ")
ENDINGS = ("よろしくお願いします。", "お話ししましょう。", "気軽に声をかけてください。", "Say hi any time.")

_INTRODUCTION = """
INSERT INTO introductions (introduction_id, server_id, member_id, state, now, channel_id, published_at)
VALUES (?, ?, ?, 'published', ?, 1, ?)
"""


async def measure(folder: Path, count: int) -> list[Figure]:
    """Search in a server of ``count`` introductions."""
    path = await migrated(folder)
    _fill(path, count)
    database = Database(path, SystemClock())
    await database.open()
    setup = Setup(database)
    finding = Finding(database, setup, Topics(database, Texts()), Choices(database, setup))
    try:
        return [await _searched(finding, word, count) for word in ONE_IN]
    finally:
        await database.close()


async def _searched(finding: Finding, word: str, count: int) -> Figure:
    times, total, more = [], 0, False
    for _ in range(SEARCHES):
        began = time.perf_counter()
        page = await finding.search(SERVER, MemberId(1), "", "", word)
        times.append((time.perf_counter() - began) * 1000)
        total, more = page.total, page.has_more
    assert total, f"{word} was not found"
    hits = f"more than {total}" if more else str(total)
    what = f"search of {word} ({hits} found) in {count:,} introductions"
    return Figure(what, Series.of(times).shown("ms", 1))


def _fill(path: Path, count: int) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO servers (server_id, joined_at) VALUES (?, 1)", (SERVER,))
        connection.executemany(
            "INSERT INTO members (server_id, member_id, language, seen_at) VALUES (?, ?, 'ja', 1)",
            ((SERVER, number) for number in range(1, count + 1)),
        )
        connection.executemany(
            _INTRODUCTION, ((number, SERVER, number, text, number) for number, text in _texts(count))
        )
        connection.executemany(
            "INSERT INTO introduction_search (rowid, tokens) VALUES (?, ?)",
            ((number, search_tokens(text)) for number, text in _texts(count)),
        )


def _texts(count: int) -> Iterator[tuple[int, str]]:
    chance = random.Random(7)
    for number in range(1, count + 1):
        words = "".join(f"{word}の話をしたい。" for word, one_in in ONE_IN.items() if number % one_in == 0)
        yield number, chance.choice(BEGINNINGS) + chance.choice(MIDDLES) + words + chance.choice(ENDINGS)
