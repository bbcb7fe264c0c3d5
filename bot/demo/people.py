"""Who lives in the demo's server. All of them are made up, and write in the server's language or in their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

Language = Literal["ja", "en"]
Words = Mapping[Language, str]
"""A text by the language of the server in which it is said."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What somebody wrote into the forms, and how long before the visitor's evening. Topics and trades are codes."""

    before: timedelta
    now: Words
    offers: tuple[str, ...]
    seeks: tuple[str, ...]
    trades: tuple[str, ...]
    trade_line: Words
    note: Words
    link: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """The display name, and a caption for the page's member switch."""

    name: Words
    caption: Words


@dataclass(frozen=True, slots=True)
class Villager(Person):
    """A member who has introduced themselves."""

    introduction: Introduction


def ago(days: int, hours: float = 0) -> timedelta:
    """Return how long before the visitor's evening something happened."""
    return timedelta(days=days, hours=hours)


def always(text: str) -> Words:
    """Return what somebody says in their own language, whatever the server's is."""
    return {"ja": text, "en": text}


HARU: Final = Person({"ja": "ハル", "en": "Haru"}, {"ja": "世話人", "en": "moderator"})
AOI: Final = Person({"ja": "あおい", "en": "Aoi"}, {"ja": "来たばかり", "en": "newcomer"})

MISAKI: Final = Villager(
    {"ja": "みさき", "en": "Misaki"},
    {"ja": "看護師", "en": "nurse"},
    Introduction(
        ago(74),
        {
            "ja": "病棟の看護師、11年目です。夜勤明けのコーヒーがいちばんおいしいです。",
            "en": "Ward nurse, eleventh year. The coffee after a night shift is the best there is.",
        },
        ("health", "listening"),
        ("job_change", "hobbies"),
        ("medical",),
        {"ja": "病棟の看護師", "en": "Ward nurse"},
        {
            "ja": "そろそろ日勤だけの働き方も考えています。"
            "病院の外の世界をほとんど知らないので、いろいろ聞かせてください。",
            "en": "I have begun to think about working days only. I know next to nothing outside hospitals, so do tell"
            " me what it is like where you are.",
        },
    ),
)
DAISUKE: Final = Villager(
    {"ja": "ダイスケ", "en": "Daisuke"},
    {"ja": "バックエンドエンジニア", "en": "backend engineer"},
    Introduction(
        ago(73, 2),
        {
            "ja": "決済まわりのバックエンドを書いています。去年、父になりました。",
            "en": "I write backends for payments. Became a father last year.",
        },
        ("programming", "blogging"),
        ("parenting", "workplace"),
        ("engineering",),
        {"ja": "決済サービスの開発", "en": "Payment services"},
        {
            "ja": "この春からチームリーダーになり、コードより面談の時間が増えました。うまくいかない話も歓迎です。",
            "en": "Team lead since spring, and more one-on-ones than code. Stories of what did not work are welcome.",
        },
        "https://blog.example.com/daisuke",
    ),
)
YUKA: Final = Villager(
    always("由佳"),
    {"ja": "翻訳者", "en": "translator"},
    Introduction(
        ago(72, 5),
        always("英日の実務翻訳をしています。フリーになって6年目です。"),
        ("freelance", "learning"),
        ("household_money", "everyday"),
        ("languages", "writing"),
        always("実務翻訳（英日）。前は出版社"),
        always(
            "会社を離れると、ほめてくれる人も止めてくれる人もいません。ひとりで働く方と、ゆるくつながれたらうれしいです。"
        ),
    ),
)
KENTA: Final = Villager(
    {"ja": "けんた", "en": "Kenta"},
    {"ja": "中学校の先生", "en": "teacher"},
    Introduction(
        ago(71, 1),
        {
            "ja": "中学校で理科を教えています。部活は卓球部です。",
            "en": "I teach science at a junior high school, and look after the table tennis club.",
        },
        ("education", "everyday"),
        ("programming", "job_change"),
        ("teaching",),
        {"ja": "中学校の理科", "en": "Junior high school science"},
        {
            "ja": "学校の外で働いたことがありません。"
            "プログラミングの授業を任されたので、書ける方に聞いてみたいことがたくさんあります。",
            "en": "I have never worked outside schools. Now I am to teach programming, and have many questions for"
            " people who can.",
        },
    ),
)
SAYAKA: Final = Villager(
    {"ja": "さやか", "en": "Sayaka"},
    {"ja": "焼き菓子店の店主", "en": "shop owner"},
    Introduction(
        ago(62, 3),
        {
            "ja": "商店街で、小さな焼き菓子の店をやっています。3年目です。",
            "en": "I run a small bakery for cakes and biscuits in a shopping street. Third year.",
        },
        ("independent", "household_money"),
        ("photography", "blogging"),
        ("food", "accounting"),
        {"ja": "焼き菓子の店。前は会社の経理", "en": "Bakery; company accounts before that"},
        {
            "ja": "開業のときの失敗なら、いくらでもお話しできます。お店の写真と文章が苦手で、練習中です。",
            "en": "Ask me about anything that went wrong when I opened. Pictures of the shop, and writing about it, I"
            " am still learning.",
        },
    ),
)
TOM: Final = Villager(
    always("Tom"),
    {"ja": "プロダクトデザイナー", "en": "product designer"},
    Introduction(
        ago(47, 4),
        always("Product designer from Leeds, seven years in Fukuoka."),
        ("photography", "job_change"),
        ("everyday", "learning"),
        ("design",),
        always("Product design; print before that"),
        always(
            "My Japanese is fine for meetings and hopeless for small talk, so corrections are welcome. On Sundays I"
            " take pictures of old shopping streets."
        ),
    ),
)
NAOTO: Final = Villager(
    always("直人"),
    {"ja": "市役所の職員", "en": "city hall officer"},
    Introduction(
        ago(33, 6),
        always("市役所の子育て支援課にいます。窓口も書類も担当です。"),
        ("parenting", "household_money"),
        ("health", "hobbies"),
        ("public_service",),
        always("市役所の子育て支援課"),
        always(
            "ややこしい制度を、ふだんの言葉に直すのが仕事だと思っています。"
            "役所の外の友だちが少ないことに、最近気づきました。"
        ),
    ),
)
PRIYA: Final = Villager(
    always("Priya"),
    {"ja": "データ分析・育休中", "en": "analyst on parental leave"},
    Introduction(
        ago(12, 2),
        always("Data analyst, on parental leave with a five-month-old."),
        ("programming", "listening"),
        ("job_change", "parenting"),
        ("research", "retail"),
        always("Data analysis for a supermarket chain"),
        always(
            "I go back to work in April and am not sure that I want the same job. Happy to read your SQL at nap time."
        ),
    ),
)

MEMBERS: Final = (MISAKI, DAISUKE, YUKA, KENTA, SAYAKA, TOM, NAOTO, PRIYA)
