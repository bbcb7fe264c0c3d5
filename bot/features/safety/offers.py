"""Offers: things for sale, schemes to gain by, places to fill; and plain wishes for more money."""

import re

from bot.features.safety import lexicon
from bot.features.safety.readings import Reading, first
from bot.features.safety.word_lists import Searched

_SUM = re.compile(r"月に?[0-9一二三四五六七八九十]{1,4}万|[0-9一二三四五六七八九十]{1,4}万円?/月")
_WORK_ASIDE = ("副業", "収入", "稼", "複業")
_CURRENCIES = "$€£¥"
_TOLD = 2  # words of an offer that one word of somebody who tells of offers outweighs; a question outweighs one
# "怪しい話ではありません", "not a scam": so speak those who offer.
_DENIED = re.compile(
    r"(?:怪し|あやし|勧誘|詐欺|マルチ|ねずみ講|しつこ)[^。、!\n]{0,8}?"
    r"(?:では|じゃ|は|も|等|など|とか|一切)+(?:あ?りません|ない|なし|ございません|しません|一切)|"
    r"(?:not|isn't|no|never|ain't) (?:a |an |any |another )?(?:scam|mlm|pyramid|fraud|pitch)"
)
_WANTED = re.compile(
    rf"""
    (?:{"|".join(word for word in lexicon.JOBS.words if not word.isascii())}) [^。\n]{{0,10}}
      (?:募集|探して|さがして|急募|求めて|足りな|足りてい)
    | (?:we|i|company|team|agency|studio|clinic|school|startup|employer|client) (?:'re|[ ]are|'m|[ ]am|[ ]is|s)? [ ]
      (?:(?:currently|actively|always|now|also)[ ])?
      (?:hiring|recruiting|looking[ ](?:for|to[ ]hire)|seeking|needs?) [ ]
      [^.\n]{{0,40}}? (?:{"|".join(filter(str.isascii, lexicon.JOBS.words))})
    """,
    re.VERBOSE,
)


def pitch(reading: Reading) -> str:
    """Return what is offered, where a text calls on people to take it up."""
    text = reading.words
    calls = lexicon.CALL.count_in(text)
    if not calls:
        return ""
    trades, promises = list(lexicon.TRADE.found_in(text)), list(lexicon.PROMISE.found_in(text))
    if not trades and not promises[1:] and not (promises and _is_about_gain(text)):
        return ""
    rest = Searched(_DENIED.sub(" ", text))
    told = _TOLD * lexicon.TELLS_OF_IT.count_in(rest) + lexicon.ASKS_ABOUT_IT.count_in(rest)
    return (*trades, *promises)[0] if calls + len(trades) + len(promises) > told else ""


def _is_about_gain(text: Searched) -> bool:
    return bool(lexicon.GAIN.first_in(text)) or any(sign in text for sign in _CURRENCIES)


def recruiting(reading: Reading) -> str:
    """Return what says that people are wanted for work, where a text calls on them to apply."""
    text = reading.words
    found = lexicon.HIRING.first_in(text) or (first(_WANTED, text) if lexicon.JOBS.first_in(text) else "")
    if not found:
        return ""
    applies = lexicon.APPLY.count_in(text)
    return found if applies and applies >= _TOLD * lexicon.HIRED.count_in(text) else ""


def money(reading: Reading) -> str:
    """Return mere words about wanting more money, unless they are about fraud."""
    if lexicon.FRAUD.first_in(reading.words):
        return ""
    found = lexicon.MONEY.first_in(reading.words)
    return found or (first(_SUM, reading.words) if any(word in reading.words for word in _WORK_ASIDE) else "")
