"""Who lives in the demo's server, and what they have said so far. All of them are made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Introduction:
    """What somebody wrote into the forms, and how long before the visitor's evening. Topics and trades are codes."""

    before: timedelta
    now: str
    offers: tuple[str, ...]
    seeks: tuple[str, ...]
    trades: tuple[str, ...]
    trade_line: str
    note: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """The display name, the language of their Discord, and a caption for the page's member switch."""

    name: str
    locale: str
    caption: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Villager(Person):
    """A member who has introduced themselves."""

    introduction: Introduction


@dataclass(frozen=True, slots=True)
class Hello:
    """A first word from one member to another (own words, or the code of a ready-made one), and what came back."""

    before: timedelta
    giver: str
    receiver: str
    words: str = ""
    reply: str = ""
    ready: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said in the channel for chatting."""

    before: timedelta
    who: str
    words: str


def _ago(days: int, hours: float = 0) -> timedelta:
    return timedelta(days=days, hours=hours)


HARU: Final = Person("ハル", "ja", {"ja": "世話人", "en": "moderator"})
AOI: Final = Person("あおい", "ja", {"ja": "来たばかり", "en": "newcomer"})

MEMBERS: Final = (
    Villager(
        "みさき",
        "ja",
        {"ja": "看護師", "en": "nurse"},
        Introduction(
            _ago(11),
            "病棟の看護師、11年目です。夜勤明けのコーヒーがいちばんおいしいです。",
            ("health", "listening"),
            ("job_change", "hobbies"),
            ("medical",),
            "病棟の看護師",
            "そろそろ日勤だけの働き方も考えています。病院の外の世界をほとんど知らないので、いろいろ聞かせてください。",
        ),
    ),
    Villager(
        "ダイスケ",
        "ja",
        {"ja": "バックエンドエンジニア", "en": "backend engineer"},
        Introduction(
            _ago(10, 2),
            "決済まわりのバックエンドを書いています。去年、父になりました。",
            ("programming", "blogging"),
            ("parenting", "workplace"),
            ("engineering",),
            "決済サービスの開発",
            "この春からチームリーダーになり、コードより面談の時間が増えました。うまくいかない話も歓迎です。",
            "https://blog.example.com/daisuke",
        ),
    ),
    Villager(
        "由佳",
        "ja",
        {"ja": "翻訳者", "en": "translator"},
        Introduction(
            _ago(9, 5),
            "英日の実務翻訳をしています。フリーになって6年目です。",
            ("freelance", "learning"),
            ("household_money", "everyday"),
            ("languages", "writing"),
            "実務翻訳（英日）。前は出版社",
            "会社を離れると、ほめてくれる人も止めてくれる人もいません。ひとりで働く方と、ゆるくつながれたらうれしいです。",
        ),
    ),
    Villager(
        "けんた",
        "ja",
        {"ja": "中学校の先生", "en": "teacher"},
        Introduction(
            _ago(8, 1),
            "中学校で理科を教えています。部活は卓球部です。",
            ("education", "everyday"),
            ("programming", "job_change"),
            ("teaching",),
            "中学校の理科",
            "学校の外で働いたことがありません。プログラミングの授業を任されたので、書ける方に聞いてみたいことがたくさんあります。",
        ),
    ),
    Villager(
        "さやか",
        "ja",
        {"ja": "焼き菓子店の店主", "en": "shop owner"},
        Introduction(
            _ago(6, 3),
            "商店街で、小さな焼き菓子の店をやっています。3年目です。",
            ("independent", "household_money"),
            ("photography", "blogging"),
            ("food", "accounting"),
            "焼き菓子の店。前は会社の経理",
            "開業のときの失敗なら、いくらでもお話しできます。お店の写真と文章が苦手で、練習中です。",
        ),
    ),
    Villager(
        "Tom",
        "en-GB",
        {"ja": "プロダクトデザイナー", "en": "product designer"},
        Introduction(
            _ago(5, 4),
            "Product designer from Leeds, seven years in Fukuoka.",
            ("photography", "job_change"),
            ("everyday", "learning"),
            ("design",),
            "Product design; print before that",
            "My Japanese is fine for meetings and hopeless for small talk, so corrections are welcome. On Sundays I"
            " take pictures of old shopping streets.",
        ),
    ),
    Villager(
        "直人",
        "ja",
        {"ja": "市役所の職員", "en": "city hall officer"},
        Introduction(
            _ago(3, 6),
            "市役所の子育て支援課にいます。窓口も書類も担当です。",
            ("parenting", "household_money"),
            ("health", "hobbies"),
            ("public_service",),
            "市役所の子育て支援課",
            "ややこしい制度を、ふだんの言葉に直すのが仕事だと思っています。役所の外の友だちが少ないことに、最近気づきました。",
        ),
    ),
    Villager(
        "Priya",
        "en-US",
        {"ja": "データ分析・育休中", "en": "analyst on parental leave"},
        Introduction(
            _ago(2, 2),
            "Data analyst, on parental leave with a five-month-old.",
            ("programming", "listening"),
            ("job_change", "parenting"),
            ("research", "retail"),
            "Data analysis for a supermarket chain",
            "I go back to work in April and am not sure that I want the same job. Happy to read your SQL at nap time.",
        ),
    ),
)

HELLOS: Final = (
    Hello(
        _ago(9, 22),
        "ダイスケ",
        "みさき",
        "夜勤、おつかれさまです。子どもが熱を出すたびに、看護師さんのすごさを感じています。",
        "ありがとうございます。熱のときは、まず水分です。ダイスケさんも寝てくださいね。",
    ),
    Hello(
        _ago(8),
        "けんた",
        "ダイスケ",
        "授業でScratchの次に何をやるか、ずっと悩んでいます。今度ぜひ聞かせてください。",
        "それ、考えるのが楽しい悩みですね。生徒さんが普段どんなものを作っているか、教えてください。",
    ),
    Hello(
        _ago(6),
        "由佳",
        "さやか",
        "ひとりで決める毎日、わかります。今度、焼きたての時間を教えてください。",
        "11時です！ 決めることに疲れた日こそ、お待ちしています。",
    ),
    Hello(
        _ago(4, 23),
        "さやか",
        "Tom",
        "古い商店街、うちの通りもまさにそうです。写真を見てみたいです。",
        "ありがとうございます！ Next Sunday I will bring the good camera.",
    ),
    Hello(_ago(3), "みさき", "直人", "窓口のお仕事、病棟と似ている気がします。どうぞよろしくお願いします。"),
    Hello(_ago(1, 23), "ハル", "Priya", ready="welcome"),
    Hello(
        _ago(1, 22),
        "直人",
        "Priya",
        "復帰前の手続きで分からないことがあれば、聞いてください。窓口より気楽にどうぞ。",
        "Thank you, I will! ありがとうございます。The forms are harder than SQL.",
    ),
)

CHAT: Final = (
    Remark(_ago(4, 8), "由佳", "納品しました。今日はもう、何も訳しません。"),
    Remark(_ago(4, 7.9), "さやか", "おつかれさまでした！ フィナンシェの端っこを心の中でお送りします。"),
    Remark(_ago(1, 1), "けんた", "卓球部、県大会に行けることになりました。"),
    Remark(_ago(1, 0.9), "Tom", "おめでとうございます！ That is huge."),
    Remark(_ago(1, 0.5), "ダイスケ", "おめでとうございます。先生もちゃんと休んでください。"),
    Remark(_ago(0, 2), "Priya", "She slept for two hours. I read a whole chapter of a book. 📖"),
)

WELCOME: Final = (
    "**三十路の縁側へようこそ。** 働くこと、暮らすこと、迷っていること。同じくらいの年の人と、"
    "無理のない速さで話す場所です。読むだけの参加も歓迎します。返事は、できるときで大丈夫です。\n"
    "-# Welcome to the engawa, the veranda of a house: a place to sit and talk at your own pace. Reading only is fine,"
    " and so is English."
)
