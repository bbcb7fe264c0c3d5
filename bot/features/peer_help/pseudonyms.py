"""Names for one thread each, of words that say nothing about anybody."""

import secrets
from collections.abc import Awaitable, Callable

from bot.kernel.i18n import Locale

_FIRST = {
    "ja": (
        *(
            "朝霧の",
            "夕凪の",
            "木もれ日の",
            "雨あがりの",
            "月夜の",
            "星空の",
            "春風の",
            "小春日和の",
            "夏至の",
            "秋晴れの",
        ),
        *(
            "初雪の",
            "ゆきどけの",
            "川べりの",
            "丘の上の",
            "港町の",
            "森の奥の",
            "窓辺の",
            "縁側の",
            "回り道の",
            "寄り道の",
        ),
        *(
            "夜明けの",
            "昼下がりの",
            "たそがれの",
            "三日月の",
            "潮風の",
            "さざなみの",
            "青葉の",
            "すすきの野の",
            "渡り廊下の",
        ),
        *("始発列車の", "図書室の", "坂道の"),
    ),
    "en": (
        *("Misty", "Quiet", "Sunlit", "Rainy", "Moonlit", "Starry", "Breezy", "Mellow", "Amber", "Clear", "Snowy"),
        *("Thawing", "Riverside", "Hilltop", "Harbour", "Woodland", "Window", "Porch", "Roundabout", "Wandering"),
        *("Early", "Noonday", "Dusky", "Crescent", "Seaside", "Rippling", "Leafy", "Silver", "Cobalt", "Lantern"),
        *("Library", "Meadow"),
    ),
}
_SECOND = {
    "ja": (
        *(
            "カモメ",
            "ツバメ",
            "メジロ",
            "フクロウ",
            "カワセミ",
            "シジュウカラ",
            "ヒバリ",
            "モズ",
            "ウグイス",
            "セキレイ",
        ),
        *("キツネ", "タヌキ", "リス", "ウサギ", "カワウソ", "ハリネズミ", "ヤマネ", "モモンガ", "シカ", "ムササビ"),
        *("ホタル", "トンボ", "カタツムリ", "ヤドカリ", "イルカ", "アザラシ", "カメ", "クジラ", "サンショウウオ"),
        *("クスノキ", "ミズナラ", "コブシ"),
    ),
    "en": (
        *("Gull", "Swallow", "Wren", "Owl", "Kingfisher", "Titmouse", "Lark", "Shrike", "Warbler", "Wagtail", "Fox"),
        *("Badger", "Squirrel", "Hare", "Otter", "Hedgehog", "Dormouse", "Marten", "Deer", "Beaver", "Firefly"),
        *("Dragonfly", "Snail", "Crab", "Dolphin", "Seal", "Turtle", "Whale", "Newt", "Camphor", "Oak", "Magnolia"),
    ),
}
_TRIES = 20  # of about a thousand names; after so many, a number tells apart


async def new_pseudonym(language: Locale, is_used: Callable[[str], Awaitable[bool]]) -> str:
    """Return a name, drawn by lot, that has stood for nobody: two threads of one person have nothing in common."""
    name = ""
    for attempt in range(_TRIES * 2):
        first, second = secrets.choice(_FIRST[language]), secrets.choice(_SECOND[language])
        name = f"{first}{second}" if language == "ja" else f"{first} {second}"
        if attempt >= _TRIES:
            name = f"{name} {secrets.randbelow(9000) + 1000}"
        if not await is_used(name):
            break
    return name
