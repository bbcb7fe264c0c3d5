"""Offers: things for sale, schemes to gain by, places to fill; and plain wishes for more money."""

import re

from bot.features.safety import lexicon
from bot.features.safety.readings import Reading, first
from bot.features.safety.word_lists import Searched

_SUM = re.compile(r"月に?[0-9一二三四五六七八九十]{1,4}万|[0-9一二三四五六七八九十]{1,4}万円?/月")
_WORK_ASIDE = ("副業", "収入", "稼", "複業")
_CURRENCIES = "$€£¥"
_TOLD = 2  # words of an offer that one word of somebody who tells of offers outweighs; a question outweighs one
_SIGNS_OF_AN_OFFER = 2  # kinds of a seller's words
# "怪しい話ではありません", "not a scam": so speak those who offer.
_DENIED = re.compile(
    r"(?:怪し|あやし|勧誘|詐欺|マルチ|ねずみ講|しつこ)[^。、!\n]{0,8}?"
    r"(?:では|じゃ|は|も|等|など|とか|一切)+(?:あ?りません|ない|なし|ございません|しません|一切)|"
    r"(?:not|isn't|no|never|ain't) (?:a |an |any |another )?(?:scam|mlm|pyramid|fraud|pitch)"
)
# Schemes that no list of words can hold: what is free and whose service it is, gatherings about money, an easy gain.
_SCHEME = re.compile(
    r"""
    (?:無料|0円|ただ|無償) [^。\n]{0,12}
      (?:相談|診断|見直|面談|鑑定|占|体験|セッション|レッスン|モニター|見ます|お試し|査定|カウンセ|コーチ)
    | (?:お金|投資|資産|保険|副業|起業|稼|不動産|仮想通貨|暗号資産|nisa|fx|fp) [^。\n]{0,8}
      (?:勉強会|セミナー|相談会|説明会|お茶会|サロン|コミュニティ|グループ|案件|塾|の先生|のプロ|のチーム)
    | (?:誰でも|だれでも|簡単に|かんたんに|必ず|確実に|自動で|自動的に|放置で|寝ている間に|勝手に) [^。\n]{0,14}
      (?:稼|儲|もうか|収入|利益|増え|増やせ|入ってき|トレード|お仕事)
    | (?:トレード|売買|投資|シグナル|暗号資産|仮想通貨) [^。\n]{0,10} (?:合図|サイン|配信|指示|どおり|通り|配当)
    | (?<![a-z]) (?:free|complimentary|no-cost) [^.\n]{0,25}
      (?:consult|session|quote|review|strategy|coaching|audit|assessment|call(?![a-z]))
    | (?:session|consultation|call) \ is \ (?:on\ me|free)
    | (?<![a-z]) (?:earn|income|salary|money|work|business|job) [^.\n]{0,25}
      (?:from\ (?:home|anywhere|your\ phone|their\ phone|a\ phone|your\ couch)|in\ your\ spare\ time)
    | (?:crypto|forex|stock|trading|coin) [^.\n]{0,12} (?:picks|signals|group|calls|tips)
    """,
    re.VERBOSE,
)
_ROLES = "|".join(filter(str.isascii, lexicon.JOBS.words))
# A role is wanted by somebody who can employ; but what is named after a role, such as a project manager tool, is none.
_WANTED = re.compile(
    rf"""
    (?:{"|".join(word for word in lexicon.JOBS.words if not word.isascii())}) [^。\n]{{0,10}}
      (?:募集|急募|求めて|採用)
    | (?:we|i|company|team|agency|studio|clinic|school|startup|employer|client) (?:'re|[ ]are|'m|[ ]am|[ ]is|s)? [ ]
      (?:(?:currently|actively|always|now|also)[ ])?
      (?:hiring|recruit|recruiting|looking[ ](?:for|to[ ]hire)|seeking|needs?) [ ]
      [^.\n]{{0,40}}? (?:{_ROLES}) (?![ ](?:tool|app|software|job|book|game))
    | opening [ ] for [ ] [^.\n]{{0,30}} (?:{_ROLES})
    """,
    re.VERBOSE,
)
# The firm is the writer's, or that of somebody the writer speaks for.
_OWN_FIRM = re.compile(
    r"(?:弊社|当社|自社|うちの(?:会社|店|職場|チーム)|(?:私|友人|知人|知り合い|夫|妻|兄|姉)の会社)[^。\n]{0,25}"
    r"(?:採用|募集|求めて|探して|増員|人が足り|人手)"
)
_FIRMS = ("弊社", "当社", "自社", "うちの", "の会社")
# Company: those who are wanted to talk, to play, to eat with. Nobody is to be employed for that.
_COMPANY = re.compile(
    r"(?:話|語|遊|飲|食べ|歩|走|読|観|励まし|愚痴|言い合|仲良く|楽し)[^。\n]{0,10}"
    r"(?:方|人|相手|仲間|友達|友だち|メンバー)[^。\n]{0,3}(?:募集|探)"
)


def pitch(reading: Reading) -> str:
    """Return what is offered, where a text calls on people to take it up."""
    text = reading.words
    sells, asks = list(lexicon.SELL.found_in(text)), list(lexicon.DIRECT.found_in(text))
    calls = len(sells) + len(asks) + lexicon.CALL.count_in(text)
    if not calls:
        return ""
    schemes = [*filter(None, [first(_SCHEME, text)]), *lexicon.SCHEME.found_in(text)]
    trades, promises = list(lexicon.TRADE.found_in(text)), list(lexicon.PROMISE.found_in(text))
    subjects = trades or _gains(text)  # one kind: who works in a trade speaks of what it earns, too
    if not schemes and not _is_offer(sells, asks, subjects, promises=promises):
        return ""
    rest = Searched(_DENIED.sub(" ", text))
    told = _TOLD * lexicon.TELLS_OF_IT.count_in(rest) + lexicon.ASKS_ABOUT_IT.count_in(rest)
    offered = [*schemes, *trades, *promises]
    return [*offered, *subjects, *sells][0] if calls + len(offered) > told else ""


def _gains(text: Searched) -> list[str]:
    return [*lexicon.GAIN.found_in(text), *(sign for sign in _CURRENCIES if sign in text)]


def _is_offer(*kinds: list[str], promises: list[str]) -> bool:
    """Return whether everyday words come to an offer, by how many kinds of a seller's words there are."""
    return max(sum(map(bool, (*kinds, promises))), len(promises)) >= _SIGNS_OF_AN_OFFER


def recruiting(reading: Reading) -> str:
    """Return what says that people are wanted for work, where a text calls on them to apply."""
    text = reading.words
    applies = lexicon.APPLY.count_in(text)
    if not applies or applies < _TOLD * lexicon.HIRED.count_in(text):
        return ""
    return lexicon.HIRING.first_in(text) or _firm(text) or _role(text) or _wanted(text)


def _firm(text: Searched) -> str:
    return first(_OWN_FIRM, text) if any(firm in text for firm in _FIRMS) else ""


def _role(text: Searched) -> str:
    return first(_WANTED, text) if lexicon.JOBS.first_in(text) else ""


def _wanted(text: Searched) -> str:
    """Return words that are said of players and of workers alike, where others tell that work is meant."""
    found = lexicon.WANTED.first_in(text)
    return found if found and lexicon.WORK.first_in(text) and not _COMPANY.search(text) else ""


def money(reading: Reading) -> str:
    """Return mere words about wanting more money, unless they are about fraud."""
    if lexicon.FRAUD.first_in(reading.words):
        return ""
    found = lexicon.MONEY.first_in(reading.words)
    return found or (first(_SUM, reading.words) if any(word in reading.words for word in _WORK_ASIDE) else "")
