"""What the people of the demo's server have asked each other so far, and how it stands."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.demo.people import (
    DAISUKE,
    KENTA,
    MEMBERS,
    MISAKI,
    NAOTO,
    PRIYA,
    TOM,
    YUKA,
    Person,
    Villager,
    Words,
    ago,
    always,
)


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says in the thread of an ask, and how many hours after it was asked.

    Whoever says something there for the first time has said before that they can help.
    """

    hours: float
    who: Person
    words: Words


@dataclass(frozen=True, slots=True)
class Ending:
    """How an ask came to a good close, and how many hours after it was asked."""

    hours: float
    thanked: Person
    reason: Words
    helped: Words


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asked; topic and wish are codes. ``first`` is whom they asked by name."""

    before: timedelta
    who: Person
    topic: str
    wants: str
    title: Words
    details: Words
    talk: tuple[Word, ...] = ()
    ending: Ending | None = None
    first: Villager | None = None
    is_anonymous: bool = False
    me_too: tuple[Person, ...] = ()

    def is_invited(self, helper: Person) -> bool:
        """Whether the bot asks this one for help by private message, not by the call to all."""
        offers = helper.introduction.offers if isinstance(helper, Villager) else ()
        return helper is self.first or self.topic in offers


HELPERS: Final = MEMBERS
"""Who agreed to be asked about what they can talk about, by private message."""

ASKABLE: Final = (DAISUKE, YUKA)
"""Who may also be asked by name."""

ASKS: Final = (
    Ask(  # closed: its asker has not come back to it
        ago(24, 10),
        DAISUKE,
        "parenting",
        "either",
        {"ja": "一歳の子が、保育園の朝だけ泣きます", "en": "Our one-year-old cries at day care, in the morning only"},
        {
            "ja": "離れるときだけで、迎えに行くと笑っています。心配しすぎでしょうか。",
            "en": "Only when I leave. In the afternoon there is nothing but laughter. Do I worry too much?",
        },
        talk=(
            Word(
                2,
                NAOTO,
                always(
                    "窓口でも、とても多いご相談です。迎えのときに笑っているなら、園でちゃんと過ごせています。"
                    "連絡帳に「別れぎわだけ泣きます」と書くと、そのあとの様子を教えてもらえますよ。"
                ),
            ),
        ),
    ),
    Ask(  # resolved, with what helped
        ago(9, 9),
        KENTA,
        "programming",
        "advice",
        {
            "ja": "生徒のプログラムが、わたしの画面でだけ文字化けします",
            "en": "My pupils' programs come out garbled, on my screen only",
        },
        {
            "ja": "家で書いてきたPythonのファイルです。本人のパソコンでは、ちゃんと読めるそうです。",
            "en": "They write Python at home, where it reads fine.",
        },
        talk=(
            Word(
                2,
                PRIYA,
                always("Some editors still save in an older encoding. “Save as”, then choose UTF-8, and try again?"),
            ),
            Word(
                5,
                KENTA,
                {
                    "ja": "全員ぶん、直りました！ 明日の授業に間に合います。",
                    "en": "All of them work now! Just in time for tomorrow.",
                },
            ),
        ),
        ending=Ending(
            26,
            PRIYA,
            {
                "ja": "授業の前の日に、ひとことで原因を見つけてくれました。生徒の作品を全部、みんなに見せられました。",
                "en": "You found the cause in one line, the day before class. I could show every single program.",
            },
            {"ja": "ファイルをUTF-8で保存しなおしました。", "en": "Saving the files again, as UTF-8."},
        ),
        me_too=(TOM,),
    ),
    Ask(  # by name
        ago(6, 3),
        TOM,
        "learning",
        "either",
        always("A book in Japanese that I could finish?"),
        always("I read the news with a dictionary. By spring I would like to have read one whole book."),
        talk=(
            Word(
                15,
                YUKA,
                always(
                    "短編集はどうでしょう。一編が10ページくらいなら、一日でひとつ読みおえられます。"
                    "英語で読んだことのある作家なら、なお楽です。"
                ),
            ),
            Word(17, TOM, always("That I can do. First story tonight. ありがとうございます！")),
        ),
        ending=Ending(
            50,
            YUKA,
            always("You gave me a plan, not a list. I have finished two stories already."),
            always("Short stories, by somebody whom I had read in English."),
        ),
        first=YUKA,
    ),
    Ask(  # somebody to listen: two came, and the next word is the asker's
        ago(2, 1),
        NAOTO,
        "listening",
        "listen",
        always("長くいた窓口を離れることになりました"),
        always("職場では、さみしいと言いにくくて。答えはいらないので、少し聞いてもらえたらうれしいです。"),
        talk=(
            Word(
                1,
                MISAKI,
                {
                    "ja": "毎日会っていた方たちの顔、浮かびますよね。急がなくていいので、聞かせてください。",
                    "en": "You must be seeing all their faces. 急がなくていいので、聞かせてください。",
                },
            ),
            Word(3, PRIYA, always("I am up half the night anyway. ここにいますよ。")),
            Word(
                15,
                NAOTO,
                always("書いてみたら、少し息がつけました。最後の日に何を言おうか、そればかり考えています。"),
            ),
            Word(
                16,
                MISAKI,
                {
                    "ja": "いちばん会えなくなってさみしいのは、どんな方ですか。よかったら。",
                    "en": "Whom will you miss most? よかったら、聞かせてください。",
                },
            ),
        ),
    ),
    Ask(  # anonymous, and nobody offers this topic: somebody came by the helpers' channel, and the next word is theirs
        ago(1, 8),
        MISAKI,
        "workplace",
        "advice",
        {"ja": "後輩に、耳の痛いことを言えません", "en": "I can't bring myself to say hard things to a junior"},
        {
            "ja": "遠回しに言って、伝わらないまま終わります。ふだんどう切り出しているか、教えてください。",
            "en": "I go round in circles, and nothing gets across. How do you begin?",
        },
        talk=(
            Word(
                6,
                KENTA,
                {
                    "ja": "三者面談の前に、見たことだけをメモに書きます。そして「自分ではどう思う？」と先に聞きます。"
                    "本人から言ってくれることも多いです。",
                    "en": "Before I see parents, I write down only what I saw. And I ask “how do you see it?” first;"
                    " often they say it themselves.",
                },
            ),
            Word(
                8,
                MISAKI,
                {
                    "ja": "先に聞く、は考えたことがありませんでした。今度やってみます。"
                    "話す時間は、どのくらいとっていますか。",
                    "en": "Asking first had not crossed my mind. I will try it next week. How long do you take for"
                    " each?",
                },
            ),
        ),
        is_anonymous=True,
        me_too=(TOM,),
    ),
    Ask(  # still waiting: two have been asked
        ago(0, 1.5),
        YUKA,
        "household_money",
        "advice",
        always("国民年金の付加年金、つけたほうがいいですか"),
        always("月に400円だそうです。つけている方、やめた方、どちらのお話も聞きたいです。"),
        me_too=(PRIYA,),
    ),
)
