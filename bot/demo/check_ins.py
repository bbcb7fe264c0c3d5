"""What the people of the demo's server are asked, when, and what they have answered so far."""

from dataclasses import dataclass
from datetime import time
from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.demo.people import DAISUKE, KENTA, MISAKI, NAOTO, PRIYA, SAYAKA, TOM, YUKA, Person, Words, ago, always
from bot.features.check_ins.times import Plan

Mood = Literal["laughing", "tears", "sigh", "calm"]
_TOKYO: Final = ZoneInfo("Asia/Tokyo")
_TUESDAY, _WEDNESDAY, _FRIDAY, _SUNDAY = 1, 2, 4, 6


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered, how many hours after it was asked; some only say how they are."""

    hours: float
    who: Person
    mood: Mood
    words: Words | None = None
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """What the server asks of its own, and what came back."""

    words: Words
    replies: tuple[Reply, ...]


# The story halts every three hours of UTC: what is due in between would come late.
MIDWEEK: Final = Plan(frozenset({_WEDNESDAY}), time(21), _TOKYO)
"""Asks everybody, but not on public holidays."""
WEEKEND: Final = Plan(frozenset({_SUNDAY}), time(9), _TOKYO)
"""Asks everybody."""
HOLIDAYS_OF: Final = "JP"

LETTER: Final = ago(7, 1)
"""Since when the weekly letter comes: one has."""

QUESTIONS: Final = (
    Question(
        {
            "ja": "はじめて聞いたとき、何のことかわからなかった仕事のことばを教えてください。",
            "en": "Which word of your trade made no sense to you when you first heard it?",
        },
        (
            Reply(
                1,
                TOM,
                "laughing",
                always("“Bleed.” First day at the printer's. I thought that somebody had been hurt."),
            ),
            Reply(
                2,
                KENTA,
                "sigh",
                {
                    "ja": "「空き時間」。授業のない時間のことですが、空いていたことがありません。",
                    "en": "“Free period.” I have yet to see one that was free.",
                },
            ),
            Reply(
                9,
                MISAKI,
                "calm",
                {
                    "ja": "「調整中」。だれも何もしていないときのことばだと、三年目に気づきました。",
                    "en": "“Under review.” In my third year I saw that nobody was reviewing anything.",
                },
                is_named=False,
            ),
        ),
    ),
    Question(
        {
            "ja": "だれかに話すほどではないけれど、少しだけ困っていることは何ですか。",
            "en": "What bothers you a little, though not enough to tell anybody?",
        },
        (
            Reply(
                1,
                SAYAKA,
                "sigh",
                {
                    "ja": "オーブンの扉が、最後の1センチだけ閉まりません。毎朝、腰で押しています。",
                    "en": "The oven door stops one centimetre short. I shut it with my hip, every morning.",
                },
            ),
            Reply(3, NAOTO, "laughing", always("庁舎の自動ドアが、わたしにだけ開きません。")),
            Reply(
                10,
                DAISUKE,
                "tears",
                {
                    "ja": "お昼をひとりで食べたい日に、ひとりになれる場所がありません。",
                    "en": "On days when I would like to eat alone, there is nowhere to be alone.",
                },
                is_named=False,
            ),
        ),
    ),
    Question(
        {
            "ja": "この一週間で、いちばんよかった「ひと休み」はどれでしたか。",
            "en": "Which was the best break of your week?",
        },
        (
            Reply(2, PRIYA, "calm", always("Forty minutes in the parked car. She slept, I did nothing at all. ☕")),
            Reply(
                4,
                MISAKI,
                "calm",
                {
                    "ja": "申し送りのあと、非常階段で飲んだ缶コーヒー。3分でした。",
                    "en": "A can of coffee on the fire stairs, after handing over. It took three minutes.",
                },
            ),
            Reply(9, DAISUKE, "sigh"),
        ),
    ),
    Question(
        {
            "ja": "「助けて」と言うかわりに、ついしてしまうことは何ですか。",
            "en": "What do you do instead of saying “help”?",
        },
        (
            Reply(
                1,
                SAYAKA,
                "laughing",
                {
                    "ja": "店の床をみがきます。ぴかぴかの週は、だいたい困っています。",
                    "en": "I polish the shop floor. When it shines, I am in trouble.",
                },
            ),
            Reply(
                2,
                KENTA,
                "sigh",
                {
                    "ja": "「大丈夫です」を、一日に三回は言っています。",
                    "en": "I say “I'm fine”. Three times a day, at least.",
                },
                is_named=False,
            ),
            Reply(4, TOM, "laughing", always("I make a spreadsheet about it. 色もつけます。")),
            Reply(9, YUKA, "sigh"),
        ),
    ),
)
"""In the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Own:
    """Who is asked alone, and how they were, time after time; None where they did not answer."""

    who: Person
    plan: Plan
    moods: tuple[Mood | None, ...]


OWN_SINCE: Final = ago(70)
OWN: Final = Own(
    DAISUKE,
    Plan(frozenset({_TUESDAY, _FRIDAY}), time(21), _TOKYO),
    (
        *("sigh", "tears", "sigh", None, "tears", "laughing", "sigh", "sigh", None, "calm"),
        *("sigh", "laughing", "calm", None, "calm", "tears", "laughing", "calm", "laughing", "calm"),
    ),
)
