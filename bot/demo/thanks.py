"""For what the people of the demo's server have thanked each other so far, and who founded it."""

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
    Person,
    Words,
    ago,
    always,
)


@dataclass(frozen=True, slots=True)
class Thanks:
    """What one member thanked another for: anything, or a hello to the giver's own card.

    Whoever receives one that its giver likes to be public agrees to it.
    """

    before: timedelta
    giver: Person
    receiver: Person
    words: Words
    is_public: bool = False
    is_for_hello: bool = False


FOUNDERS: Final = (HARU, MISAKI, DAISUKE, YUKA, KENTA)
"""At whom chains of thanks begin."""

THANKS: Final = (
    Thanks(
        ago(72, 1),
        MISAKI,
        DAISUKE,
        {
            "ja": "最初の挨拶、ありがとうございました。画面の向こうに人がいるんだと、ほっとしました。",
            "en": "Thank you for the first hello. I was so glad that there is somebody behind the screen.",
        },
        is_for_hello=True,
    ),
    Thanks(
        ago(66, 1),
        DAISUKE,
        MISAKI,
        {
            "ja": "子どもの熱が下がらない夜に、何を見ていればいいかを教えてくれました。落ちついて朝を待てました。",
            "en": "The night our little one's fever would not go down, you told me what to watch for. I could wait for"
            " the morning calmly.",
        },
    ),
    Thanks(
        ago(61, 6),
        SAYAKA,
        YUKA,
        {
            "ja": "「ひとりで決める毎日、わかります」。あの日いちばん助けられたことばでした。",
            "en": "“Deciding alone, every day: I know.” No other words helped me so much that day.",
        },
        is_for_hello=True,
    ),
    Thanks(
        ago(58, 3),
        KENTA,
        DAISUKE,
        {
            "ja": "プログラミングの授業の題材を、一緒に考えてくれました。生徒が休み時間まで作りつづけていました。",
            "en": "You thought up a project for my programming class with me. They went on with it right through the"
            " break.",
        },
    ),
    Thanks(
        ago(55, 2),
        YUKA,
        SAYAKA,
        always(
            "確定申告の仕分けで固まっていたら、ご自分の一年目の失敗ごと教えてくれました。今年は泣かずにすみそうです。"
        ),
    ),
    Thanks(
        ago(46, 2),
        TOM,
        SAYAKA,
        always("You made the first hello easy, and let me answer in two languages at once."),
        is_for_hello=True,
    ),
    Thanks(
        ago(43, 4),
        SAYAKA,
        TOM,
        {
            "ja": "写真の撮り方を、光の向きから教えてくれました。焼き色が、やっと焼き色に写ります。",
            "en": "You taught me to look at the light before the cake. At last, golden brown comes out golden brown.",
        },
        is_public=True,
    ),
    Thanks(
        ago(38, 1),
        MISAKI,
        SAYAKA,
        {
            "ja": "辞めたいとしか考えられない夜に、家計の計算につきあってくれました。"
            "まだ決めなくていいとわかって、眠れました。",
            "en": "On a night when all I could think of was quitting, you did the sums with me. I saw that I need not"
            " decide yet, and slept.",
        },
    ),
    Thanks(
        ago(29, 5),
        TOM,
        NAOTO,
        always(
            "You put the residence form into words that I could follow, and told me which desk to go to. It took ten"
            " minutes."
        ),
    ),
    Thanks(
        ago(27, 2),
        KENTA,
        TOM,
        {
            "ja": "文化祭のポスターを見て、どこで目が止まるかを教えてくれました。理科室に行列ができました。",
            "en": "You looked at our school festival poster and showed me where the eye stops. There was a queue"
            " outside the science room.",
        },
        is_public=True,
    ),
    Thanks(
        ago(24, 3),
        HARU,
        NAOTO,
        {
            "ja": "「はじめに」の文章を、ふだんの言葉に直してくれました。読んでくれる人が増えています。",
            "en": "You put our start-here page into everyday words. More people read it now.",
        },
    ),
    Thanks(
        ago(21, 1),
        DAISUKE,
        SAYAKA,
        {
            "ja": "二度目の育休をとるか迷っていたとき、家計の表を一緒に作ってくれました。家で話しやすくなりました。",
            "en": "When I was torn about taking leave again, you built a household sheet with me. It made talking at"
            " home easier.",
        },
    ),
    Thanks(
        ago(16, 4),
        MISAKI,
        KENTA,
        {
            "ja": "転職の話を最後まで聞いて、「続けられそうですか」とたずねてくれました。"
            "いちばん考えたかったことでした。",
            "en": "You listened to all of it, and then asked whether I could keep it up. That was what I had to think"
            " about.",
        },
    ),
    Thanks(
        ago(13, 2),
        TOM,
        SAYAKA,
        always(
            "You answered everything about opening a business here, even what I was too shy to ask at the bank. I owe"
            " you a portrait of the shop."
        ),
    ),
    Thanks(
        ago(10, 1),
        PRIYA,
        NAOTO,
        always("The day care form made no sense to me until you explained it. We got our place!"),
        is_public=True,
    ),
    Thanks(
        ago(8, 6),
        NAOTO,
        SAYAKA,
        always(
            "窓口で言われた言葉を引きずっていた日に、ただ最後まで聞いてくれました。次の朝は、いつもの顔で座れました。"
        ),
    ),
    Thanks(
        ago(6, 2),
        NAOTO,
        PRIYA,
        always("集計が合わずに困っていたら、SQLを三行に直してくれました。課のみんなが感心しています。"),
    ),
    Thanks(
        ago(5, 1),
        PRIYA,
        MISAKI,
        always("You were awake at three, too, and said that it gets better. It did."),
    ),
    Thanks(
        ago(3, 5),
        YUKA,
        PRIYA,
        always("訳語に迷っていた統計の用語を、たとえ話で教えてくれました。自信をもって納品できました。"),
        is_public=True,
    ),
    Thanks(
        ago(2, 3),
        SAYAKA,
        YUKA,
        {
            "ja": "店の英語のメニューを見てくれました。海外のお客さんが、指ささずに注文してくれます。",
            "en": "You went over our English menu. Guests from abroad order without pointing now.",
        },
    ),
)
