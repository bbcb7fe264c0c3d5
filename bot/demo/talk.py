"""Where the people of the demo's server meet, and what they have said to each other so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.demo.people import (
    DAISUKE,
    HARU,
    KENTA,
    MISAKI,
    NAOTO,
    PRIYA,
    SAYAKA,
    TOM,
    YUKA,
    Language,
    Person,
    Villager,
    Words,
    ago,
    always,
)


@dataclass(frozen=True, slots=True)
class Hello:
    """A first word from one member to another (own words, or the code of a ready-made one), and what came back."""

    before: timedelta
    giver: Person
    receiver: Villager
    words: Words | None = None
    reply: Words | None = None
    ready: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said in the channel for chatting."""

    before: timedelta
    who: Person
    words: Words


@dataclass(frozen=True, slots=True)
class Rooms:
    """The server: its name, its channels' names, and channels with their topics by category; `asking` is a forum."""

    server: str
    keepers: str
    door: str
    introductions: str
    chatting: str
    check_ins: str
    asking: str
    helpers: str
    reviews: str
    thanks: str
    letter: str
    moderators: str
    plan: Mapping[str, Mapping[str, str]]


ROOMS: Final[Mapping[Language, Rooms]] = {
    "ja": Rooms(
        server="三十路の縁側",
        keepers="世話人",
        door="はじめに",
        introductions="自己紹介",
        chatting="雑談",
        check_ins="近況",
        asking="相談",
        helpers="聞ける人の部屋",
        reviews="記事を読みあう",
        thanks="ありがとう",
        letter="縁だより",
        moderators="運営",
        plan={
            "玄関": {
                "はじめに": "ようこそ。まずはここから。",
                "自己紹介": "ひとり一枚のカード。気軽に声をかけてください。",
            },
            "縁側": {
                "雑談": "オチのない話も歓迎です。",
                "近況": "週に二度の問いかけです。答えても、読むだけでも。",
                "相談": "困ったとき、聞いてほしいときに。/ask new でも、手で書いても。",
                "聞ける人の部屋": "話を聞けるときに、のぞいてみてください。",
                "記事を読みあう": "書いたものを読んでほしいとき、だれかの記事を読みたいときに。",
                "ありがとう": "ふたりともそう望んだものだけが、ここにも載ります。",
                "縁だより": "日曜の夕方に届く、一週間のおたよりです。",
            },
            "奥の間": {"運営": "世話人だけの部屋です。"},
        },
    ),
    "en": Rooms(
        server="Thirties on the Engawa",
        keepers="Keepers",
        door="start-here",
        introductions="introductions",
        chatting="chatting",
        check_ins="check-ins",
        asking="asks",
        helpers="listeners",
        reviews="reviews",
        thanks="thanks",
        letter="weekly-letter",
        moderators="moderators",
        plan={
            "The door": {
                "start-here": "Welcome. Begin here.",
                "introductions": "One card each. Do say hello.",
            },
            "The veranda": {
                "chatting": "No punchline needed.",
                "check-ins": "Two questions a week. Answer, or just read.",
                "asks": "When you are stuck, or want to be heard. By /ask new, or by hand.",
                "listeners": "Look in when you have time to listen.",
                "reviews": "When you wrote something, or would like to read something.",
                "thanks": "Only those that both like to show.",
                "weekly-letter": "What the week brought, on Sunday evenings.",
            },
            "The back room": {"moderators": "For moderators only."},
        },
    ),
}

WELCOME: Final[Words] = {
    "ja": (
        "**三十路の縁側へようこそ。** 働くこと、暮らすこと、迷っていること。同じくらいの年の人と、"
        "無理のない速さで話す場所です。読むだけの参加も歓迎します。返事は、できるときで大丈夫です。\n"
        "-# Reading only is fine, and so is English."
    ),
    "en": (
        "**Welcome to the engawa, the veranda of a house.** Work, home, and what we are unsure about: a place to talk"
        " with people of about your age, at your own pace. Reading only is fine. Answers may wait.\n"
        "-# 日本語でもどうぞ。"
    ),
}

WELCOMERS: Final = (MISAKI, KENTA, TOM)
"""Who likes to say hello to newcomers, and is asked by private message."""

HELLOS: Final = (
    Hello(
        ago(72, 22),
        DAISUKE,
        MISAKI,
        {
            "ja": "夜勤、おつかれさまです。子どもが熱を出すたびに、看護師さんのすごさを感じています。",
            "en": "Respect for the night shifts. Every time our little one has a fever I think of nurses.",
        },
        {
            "ja": "ありがとうございます。熱のときは、まず水分です。ダイスケさんも寝てくださいね。",
            "en": "Thank you! With a fever: fluids first. And do get some sleep yourself.",
        },
    ),
    Hello(ago(71, 23), HARU, YUKA, ready="welcome"),
    Hello(
        ago(71),
        KENTA,
        DAISUKE,
        {
            "ja": "授業でScratchの次に何をやるか、ずっと悩んでいます。今度ぜひ聞かせてください。",
            "en": "I can't decide what should come after Scratch in class. I would love to hear what you think.",
        },
        {
            "ja": "それ、考えるのが楽しい悩みですね。生徒さんが普段どんなものを作っているか、教えてください。",
            "en": "Now that is a nice problem to have. Tell me what your pupils make when nobody tells them to.",
        },
    ),
    Hello(
        ago(70, 23),
        MISAKI,
        KENTA,
        {
            "ja": "中学校の理科、いちばん好きな授業でした。実験の話を聞かせてください。",
            "en": "Science was my favourite at school. Do tell me about your experiments.",
        },
        {
            "ja": "うれしいです。今週はカエルの心臓と、火山のつくり方です。",
            "en": "That makes my day. This week it is frogs' hearts, and how to build a volcano.",
        },
    ),
    Hello(
        ago(62),
        YUKA,
        SAYAKA,
        always("ひとりで決める毎日、わかります。今度、焼きたての時間を教えてください。"),
        {
            "ja": "11時です！ 決めることに疲れた日こそ、お待ちしています。",
            "en": "11時です！ Come on a day when you are tired of deciding.",
        },
    ),
    Hello(
        ago(46, 23),
        SAYAKA,
        TOM,
        {
            "ja": "古い商店街、うちの通りもまさにそうです。写真を見てみたいです。",
            "en": "Old shopping streets: mine is one of them. I would like to see your pictures.",
        },
        {
            "ja": "ありがとうございます！ Next Sunday I will bring the good camera.",
            "en": "Thank you! Next Sunday I will bring the good camera.",
        },
    ),
    Hello(
        ago(33),
        MISAKI,
        NAOTO,
        {
            "ja": "窓口のお仕事、病棟と似ている気がします。どうぞよろしくお願いします。",
            "en": "A counter at city hall sounds a lot like a ward. よろしくお願いします。",
        },
    ),
    Hello(ago(11, 23), HARU, PRIYA, ready="welcome"),
    Hello(
        ago(11, 22),
        NAOTO,
        PRIYA,
        always("復帰前の手続きで分からないことがあれば、聞いてください。窓口より気楽にどうぞ。"),
        always("Thank you, I will! ありがとうございます。The forms are harder than SQL."),
    ),
)

CHAT: Final = (
    Remark(ago(4, 8), YUKA, always("納品しました。今日はもう、何も訳しません。")),
    Remark(
        ago(4, 7.9),
        SAYAKA,
        {
            "ja": "おつかれさまでした！ フィナンシェの端っこを心の中でお送りします。",
            "en": "おつかれさまでした！ Sending you the edge of a financier, in spirit.",
        },
    ),
    Remark(
        ago(1, 1),
        KENTA,
        {
            "ja": "卓球部、県大会に行けることになりました。",
            "en": "The table tennis club made it to the prefectural finals.",
        },
    ),
    Remark(ago(1, 0.9), TOM, {"ja": "おめでとうございます！ That is huge.", "en": "Congratulations! That is huge."}),
    Remark(
        ago(1, 0.5),
        DAISUKE,
        {
            "ja": "おめでとうございます。先生もちゃんと休んでください。",
            "en": "Well done. Now give their teacher a rest, too.",
        },
    ),
    Remark(ago(0, 2), PRIYA, always("She slept for two hours. I read a whole chapter of a book. 📖")),
)
