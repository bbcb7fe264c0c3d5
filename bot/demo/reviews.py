"""What the people of the demo's server have asked each other to read so far, and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.demo.people import DAISUKE, KENTA, MISAKI, NAOTO, PRIYA, SAYAKA, TOM, YUKA, Person, Words, ago, always


@dataclass(frozen=True, slots=True)
class Reader:
    """Who said that they would read something, and what they wrote; all hours are since it was asked.

    ``by`` is the code of the day that they chose, ``words`` go by field. Who has not written ``at`` any time has it
    still to read, or their day has gone by.
    """

    hours: float
    who: Person
    by: str
    at: float | None = None
    words: Mapping[str, Words] | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """A first reaction, without a word given before."""

    hours: float
    who: Person
    words: Words


@dataclass(frozen=True, slots=True)
class Gratitude:
    """What the author thanked their reader for; most close it then."""

    hours: float
    reason: Words
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody asked to be read; the wish is a code."""

    before: timedelta
    who: Person
    url: str
    title: Words
    wants: str
    question: Words
    reader: Reader | None = None
    gratitude: Gratitude | None = None
    reactions: tuple[Reaction, ...] = ()


READERS: Final = (KENTA, YUKA, SAYAKA, DAISUKE)
"""Who agreed to be asked to read what has waited for a day, by private message."""

REVIEWS: Final = (
    Review(
        ago(38, 4),
        SAYAKA,
        "https://note.example.com/sayaka/first-oven",
        {"ja": "はじめて書いた、店のはなし", "en": "My first post: how the shop began"},
        "impression",
        {"ja": "最後まで読んでもらえる長さでしょうか。", "en": "Is it too long to read to the end?"},
        Reader(
            3,
            DAISUKE,
            "week",
            30,
            {
                "worked": {
                    "ja": "「オーブンが届いた日、床が少し沈みました。」この一文で、お店に立っている気がしました。",
                    "en": "“The day the oven came, the floor sank a little.” With that line I stood in your shop.",
                },
                "stopped": {
                    "ja": "仕入れ先の名前がつづくところで、少し目がすべりました。",
                    "en": "At the list of suppliers my eyes slid over a few lines.",
                },
                "try": {
                    "ja": "床の一文を、いちばん最初にもってくるのはどうでしょう。",
                    "en": "How about beginning with the floor?",
                },
            },
        ),
        Gratitude(
            74,
            {
                "ja": "ブログの下書きを読んで、いちばんいい一文を見つけてくれました。はじめて最後まで書けました。",
                "en": "You read my draft and found the best sentence in it. It is the first post that I ever finished.",
            },
        ),
    ),
    Review(
        ago(31, 9),
        DAISUKE,
        "https://blog.example.com/daisuke/one-on-ones",
        {"ja": "うまくいかなかった、最初の面談", "en": "My first one-on-one, and how it went wrong"},
        "clarity",
        {
            "ja": "エンジニアではない方にも伝わりますか。",
            "en": "Does it make sense to people who are no engineers?",
        },
        Reader(
            14,
            MISAKI,
            "week",
            61,
            {
                "worked": {
                    "ja": "沈黙がこわくて話しつづけてしまった、というところ。病室でのわたしと同じでした。",
                    "en": "That you kept talking because the silence scared you. That is me, in a patient's room.",
                },
                "question": {
                    "ja": "そのあと、後輩の方とはどうなりましたか。つづきを読みたいです。",
                    "en": "How did it go on with them? I would read the next part at once.",
                },
            },
        ),
        Gratitude(
            84,
            {
                "ja": "ちがう仕事の方に「同じでした」と言ってもらえて、書いてよかったと思えました。",
                "en": "To hear “that is me” from a trade so far away made it worth writing.",
            },
        ),
    ),
    Review(
        ago(25, 5),
        KENTA,
        "https://kenta.example.net/volcano",
        {"ja": "理科室で、火山をつくる", "en": "A volcano in the science room"},
        "clarity",
        {
            "ja": "家で親子で試せる書き方になっているでしょうか。",
            "en": "Could a family try this at home, from what I wrote?",
        },
        Reader(
            20,
            TOM,
            "two_weeks",
            74,
            {
                "worked": always("The photo of the mess afterwards. It says “you may fail here” better than words."),
                "stopped": always("Step 4: I did not know which of the two bottles was meant."),
                "try": always("Number the bottles in the picture, too."),
            },
        ),
        Gratitude(
            98,
            {
                "ja": "迷ったところを、そのまま教えてくれました。写真に番号を入れたら、生徒が家で作ってきました。",
                "en": "You told me where exactly you got lost. With numbers in the picture, pupils made it at home.",
            },
        ),
    ),
    Review(
        ago(19, 3),
        TOM,
        "https://tom.example.org/portfolio",
        always("Portfolio: shopping streets before they close"),
        "impression",
        always("Two years of Sundays. 日本語の説明文が、かたすぎないか知りたいです。"),
        Reader(
            22,
            YUKA,
            "two_weeks",
            125,
            {
                "worked": always("シャッターの前の椅子の写真。説明がなくても、毎朝だれかが座っていたとわかります。"),
                "stopped": always("「昭和の残滓」は、少し冷たく聞こえました。"),
                "try": always("「残りもの」くらいやわらかくても、Tomさんの写真なら伝わると思います。"),
            },
        ),
        Gratitude(
            140,
            always("You heard a coldness in one word that I could not hear. It is a kinder page now."),
        ),
    ),
    Review(  # read and thanked for, and still open
        ago(13, 6),
        YUKA,
        "https://yuka.example.com/essays/raise",
        always("値上げのメールを送った日"),
        "wording",
        always("愚痴に聞こえるところがあれば、教えてください。"),
        Reader(
            9,
            SAYAKA,
            "week",
            52,
            {
                "worked": {
                    "ja": "送信を押すまでの三十分。レジの前で値札を貼りかえた朝を思い出しました。",
                    "en": "The half hour before you press “send”. 値札を貼りかえた朝を思い出しました。",
                },
                "stopped": {
                    "ja": "愚痴には聞こえませんでした。ただ、二段落目の「どうせ」だけ、もったいない気がします。",
                    "en": "愚痴には聞こえませんでした。Only the “どうせ” in the second paragraph is a pity.",
                },
            },
        ),
        Gratitude(70, always("「どうせ」を消したら、文章も気持ちも軽くなりました。"), closes=False),
    ),
    Review(  # its reader's day went by: it is first in the queue
        ago(10, 4),
        PRIYA,
        "https://notes.example.org/priya/nap-time",
        always("What I learned in nap-time, forty minutes at a time"),
        "anything",
        always("It may be three posts in one. Tell me where you would cut. 日本語の感想も歓迎です。"),
        Reader(1, NAOTO, "week"),
    ),
    Review(  # being read, until a few days after the visitor's evening
        ago(5, 2),
        MISAKI,
        "https://misaki.example.com/coffee-after-night-shift",
        {"ja": "夜勤明けのコーヒーと、十一年", "en": "Eleven years of coffee after night shifts"},
        "impression",
        {
            "ja": "病院の外の方に、どんなふうに読めるか知りたいです。",
            "en": "I would like to know how it reads outside a hospital.",
        },
        Reader(20, KENTA, "week"),
    ),
    Review(  # waiting, with a first reaction
        ago(0, 20),
        NAOTO,
        "https://naoto.example.net/forms-in-plain-words",
        always("保育園の書類を、ふだんの言葉で"),
        "clarity",
        always("窓口で言えないことも書きました。言いすぎていないか、見てもらえますか。"),
        reactions=(
            Reaction(
                5,
                PRIYA,
                always("Now I know what form 4 wants from me! もっと早く読みたかったです。"),
            ),
        ),
    ),
)
