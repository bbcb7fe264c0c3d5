"""Seeded hostility: texts, choices and custom ids that somebody might try."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.features.members.service import Members
from bot.kernel.ids import MemberId
from bot.kernel.text import storable
from tests.flows.people import Answer, Person
from tests.flows.village import Village

EACH = 40  # a form, language and seed
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(1, 7))]  # in all, 500 a field and more

Fields = dict[str, str | Sequence[str]]

FRAGMENTS = (
    *("@everyone", "@here", "<@&{role}>", "<@{member}>", "<@!{member}>", "<#{channel}>", "</intro write:1>", "<t:0:R>"),
    *("[x](https://evil.example)", "[https://a.b](https://evil.example)", "<https://a.b>", "https://a.b/_*~|", "a:\\b"),
    *("**", "__", "~~", "||", "`", "```\n", "> ", ">>> ", "# ", "-# ", "- ", "1. ", "\\", "*" * 300, "_" * 300),
    *(
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u061c",
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\ud800",
        "\udfff",
    ),
    *(
        "👩‍👩‍👧‍👦",
        "🏳️‍🌈",
        "e" + "\u0301" * 60,
        "﷽",
        "ﷺ",
        "𝕳𝖊𝖑𝖑𝖔",
        "İ",
        "ß",
        "ǅ",
        "ｶﾞ",
        "が",
        "か\u3099",
        "　",
        "「」",
        "“",
    ),
    *(
        "\n",
        "\r\n",
        "\r",
        "\u2028",
        "\u0085",
        "\t",
        " ",
        "{now}",
        "{}",
        "{0.__class__}",
        "%s",
        "%(x)s",
        "${x}",
        "'",
        '"',
    ),
    *(
        "'; DROP TABLE introductions;--",
        "NEAR(a b)",
        "AND",
        "OR NOT",
        "*",
        "tokens:x",
        "^a",
        "転職",
        "Python",
        "あ" * 120,
    ),
    *(
        "v1:introductions:hello:1",
        "https://discord.gg/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://127.0.0.1",
    ),
    *(
        "https://[::1]/",
        "https://a.b:99999999/",
        "https://a@b.example",
        "https://例え.jp/道",
        "https://b.example/" + "a" * 280,
    ),
)
CHOICES = ("parenting", "job_change", "engineering", "welcome", "", "no_such", "\x00", "\ud800", "x" * 100, "転職", "1")
ZONES = (
    "Asia/Tokyo",
    "UTC",
    "../../../etc/passwd",
    "/etc/localtime",
    "Asia",
    "\x00",
    "a" * 5000,
    "Asia/Tokyo\x00",
    "GMT0",
)
IDS = (0, 1, 2, 7, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, 10**19 - 1, 10**40)


class Attacker:
    """Seeded hostility."""

    def __init__(self, village: Village, seed: str) -> None:
        self.draw = random.Random(seed)
        self._names = {
            "role": str(village.guild.id),
            "member": str(village.moderator.id),
            "channel": str(village.hall.id),
        }

    def text(self, limit: int) -> str:
        """A text, mostly of at most ``limit`` characters, at times of the most that Discord sends."""
        most = 4000 if self.draw.random() < 0.1 else limit
        text = "".join(self.draw.choice(FRAGMENTS) for _ in range(self.draw.choice((0, 1, 2, 5, 12))))
        for name, value in self._names.items():
            text = text.replace("{" + name + "}", value)
        if most == 4000:
            text = (text or "あ") * 4000
        return text[:most]

    def chosen(self) -> list[str]:
        return [self.draw.choice(CHOICES) for _ in range(self.draw.choice((0, 1, 1, 2, 30)))]

    def custom_id(self, known: Sequence[str]) -> str:
        """A custom id that is nearly one of ours, or nothing like it."""
        name, number = self.draw.choice(known), str(self.draw.choice(IDS))
        return self.draw.choice(
            (
                f"{name}:{number}",
                f"{name}:{number}:{self.draw.choice(IDS)}",
                f"{name}:{number}:",
                f"{name}:-{number}",
                f"{name}:１",
                f"{name}",
                name.replace("v1", "v2") + ":1",
                name.replace(":form-", ":") + ":1",
                name[:-1] + ":1",
                f"v1:no_such:{number}:1",
                self.text(100),
                "",
            )
        )[:100]


async def kept(village: Village, person: Person) -> Mapping[str, str | tuple[str, ...]]:
    """Return the newest draft's fields."""
    members = village.bot.service(Members)
    (waiting, *_) = await members.waiting(village.server_id, MemberId(person.id))
    assert waiting.action == "draft"
    draft = await members.draft(village.server_id, MemberId(person.id), waiting.object_id)
    return draft.fields


def as_kept(fields: Fields) -> dict[str, str | tuple[str, ...]]:
    """Return what can be stored of what was typed."""
    return {
        name: storable(value) if isinstance(value, str) else tuple(storable(each) for each in value)
        for name, value in fields.items()
    }


async def attack(village: Village, person: Person, custom_id: str, fields: Fields) -> Answer:
    """Send a form; if it is not taken, all of it must be in a draft."""
    answer = await person.forge_form(custom_id, fields)
    assert not village.complaints.found, (fields, village.complaints.found)
    if answer.has("draft"):
        assert await kept(village, person) == as_kept(fields)
    return answer


def taken(answers: Sequence[Answer]) -> int:
    """Return how many of the answers say that a form was taken."""
    return sum(not answer.has("draft") for answer in answers)


async def handed_back(village: Village, answer: Answer) -> str:
    """Return what stands in the file that came with an answer."""
    (followup,) = answer.result.followups
    (file,) = followup.attachments
    return (await file.read()).decode()


def said(text: str | Sequence[str]) -> str:
    """Return what is kept of a text that is taken."""
    assert isinstance(text, str)
    return storable(text).strip()


async def rows(village: Village, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Return what a statement finds in the database, or changes there."""
    async with village.bot.database.write() as transaction:
        return [tuple(row) for row in await transaction.connection.execute_fetchall(statement, values)]
