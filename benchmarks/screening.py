"""How long the rules for held texts and crisis words take on the longest texts, whatever they are made of."""

import time

from benchmarks.figures import Figure
from bot.features.safety.crisis import is_crisis
from bot.features.safety.own_rules import OwnRules
from bot.features.safety.readings import Reading
from bot.features.safety.screening import judge

LENGTH = 10_000  # characters; more than all fields of a form that people fill
LOOKS = 5  # at each text, of which the fastest counts: the others were disturbed
MOST = 5  # milliseconds
MOST_AT_WORST = 10  # milliseconds: in a thread, and far below the 50 for which nothing may hold the loop
OWN = OwnRules.kept("gift card\nポイント\n/副業.{0,5}万/\n/\\bfree (?:gift|money)\\b/")
JAPANESE = (
    "10年勤めた会社を辞めるか迷っています。仕事が嫌いなわけではなくて、上司にも同僚にも恵まれているほうだと思います。"
    "同期は3人とも先に辞めて、ひとりは地元で豆腐屋を継ぎ、ひとりは看護学校に入り直し、もうひとりとは連絡が途絶えました。"
)
ENGLISH = (
    "My mother was diagnosed in March, three weeks after I started a new job that I had wanted for years. I live four "
    "hours away, and my brother does nearly everything. He never complains, and that makes it worse. "
)
PROSE = (JAPANESE, ENGLISH)
UNITS = (
    JAPANESE + ENGLISH,
    *("a", "1", " ", "@", ".", "-", "稼", "é", "か\u3099", "🅰", "\u200b", "😀", "ﷺ", "Ⅷ", "\n"),
    *(
        "あいうえお、",
        "аbс",
        "ゼロ",
        "one two ",
        "l ",
        "L I N E x",
        "0 ",
        "090-",
        "a1 ",
        "m0ney ",
        "a.b",
        "a@",
        "a@b.c1 ",
    ),
    *("https://a.jp ", "discord.gg ", "bit.ly ", "amazon.co.jp/?", "(dot) ", "at sign ", "?ref=", "tag=", "t.co"),
    *(
        "line ",
        "line id ",
        "ライン交換 ",
        "ライングループ",
        "ラ◯ン",
        "telegram a_1 ",
        "tg @",
        "id ",
        "call 555",
        "電話1",
    ),
    "2倍になり万販売して還元しつこa@b.c1 ",
    "leave the不安ですi'll show収入をもうサロン" + ENGLISH,
    "@" + ENGLISH + "稼",
    *("死にたくない", "映画の主人公が死にたい場面。", "kms x", "i used to want to die. ", "xkms ", "overdose on 死に"),
    *("dm ", "dm募集 誰でも", "副業で", "募集 ビジネス", "we are looking for ", "エンジニア", "not a scam ", "収入月1"),
)


def measure() -> list[Figure]:
    """Judge what people write, and then texts of one thing repeated, of which the one that took longest is named."""
    prose = max(_judged(_long(unit)) for unit in PROSE)
    what = f"screening {LENGTH:,} characters of prose, the slower of {len(PROSE)} languages"
    took, unit = max((_judged(_long(unit)), unit) for unit in UNITS)
    slowest = f"screening {LENGTH:,} characters, slowest of {len(UNITS)} texts made to be slow ({unit[:10]!r} …)"
    return [
        Figure(what, f"{prose:.1f} ms", prose, MOST, "ms"),
        Figure(slowest, f"{took:.1f} ms", took, MOST_AT_WORST, "ms"),
    ]


def _long(unit: str) -> str:
    return (unit * (LENGTH // len(unit) + 1))[:LENGTH]


def _judged(text: str) -> float:
    times = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        reading = Reading(text)
        judge(reading, links=1, own=OWN)
        is_crisis(reading)
        times.append((time.perf_counter() - began) * 1000)
    return min(times)
