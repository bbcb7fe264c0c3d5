"""Mail addresses and phone numbers, also where their signs and figures were spelled out."""

import re

from bot.features.safety.readings import LINK, Reading, first
from bot.features.safety.spelled import with_figures

_JAPANESE_LENGTHS = (10, 11)
_ABROAD_LENGTHS = range(9, 15)  # ITU-T E.164 allows 15 with its prefix
_CALLED_LENGTHS = range(9, 13)

_MAIL = re.compile(
    r"""
    (?<![a-z0-9@/_%+\-]) (?<![a-z0-9]\.)  # begins there, and nowhere within a name: fast
    (?!git@) [a-z0-9][a-z0-9._%+\-]{0,60}
    @ (?:[a-z0-9\-]{1,40}\.){1,4} (?P<ending>[a-z]{2,10}) (?![a-z0-9:@/])
    """,
    re.VERBOSE,
)
_COMMON_ENDINGS = frozenset(
    {"app", "biz", "cn", "com", "de", "dev", "edu", "example", "fr", "info", "io", "jp", "kr", "me", "net", "org"}
    | {"test", "tw", "uk", "us"}
)
_MAIL_HOSTS = ("mail", "yahoo", "icloud", "outlook", "docomo", "ezweb", "ジーメール", "ヤフー", "at sign")
_MAIL_IN_WORDS = re.compile(
    r"""
    [a-z0-9][a-z0-9._\-]{2,40} [\s\W]{0,3} (?:@|at|アット(?:マーク)?|あっと) [\s\W]{0,3}
      (?:g\ ?mail|yahoo|icloud|outlook|hotmail|docomo|ezweb|ジーメール|ヤフー)
    | (?:g\ ?mail|icloud|outlook|hotmail|ジーメール) [^\n.。]{0,8}? (?:は|:|→|⇒|\ is\ ) [\s\W]{0,3}
      (?=[a-z]{0,20}[0-9._\-]) [a-z][a-z0-9._\-]{4,30}
    | at\ sign [^\n]{0,30}? (?:dot|period) [^\n]{0,10}? (?:com|net|org|jp)(?![a-z])
    """,
    re.VERBOSE,
)

_FIGURES = re.compile(
    r"""
    (?<![a-z0-9\-=\#/.]) (?:\+\ ?)? \(?
    [0-9] (?:[ \-().・/*★☆|_~,、ーの]{0,3}[0-9]){8,24}
    (?![0-9a-z]|[\-.][a-z0-9])
    """,
    re.VERBOSE,
)
_ONE_BY_ONE = re.compile(r"[0-9](?:[^0-9,、]{1,3}[0-9]){8,14}")
_AMERICAN = re.compile(r"(?:\+?1[ .\-]{0,2})?\(?[2-9][0-9]{2}\)?[ .\-]{1,3}[0-9]{3}[ .\-]{1,3}[0-9]{4}")
_SHORT_AMERICAN = re.compile(r"(?:call|text|phone|ring|reach)[^\n.]{0,25}?(?<![0-9])555[ .\-]{0,3}[0-9]{4}(?![0-9])")
_OTHER_NUMBERS = re.compile(
    r"""
    (?:注文|型番|isbn|order|model|追跡|tracking|会員番号|口座|伝票|serial|part|ticket|issue|ver|version|受付|invoice
    |パーツ|製造|品番|jan|コード) [^\n]{0,15} $
    """,
    re.VERBOSE,
)
_DATES_OR_DECIMALS = re.compile(
    r"(?:19|20)[0-9]{2}[\-./][01]?[0-9][\-./][0-3]?[0-9](?![0-9])|.*[0-9]\.[0-9][ ,、]+[0-9]\."
)
_CALLED_BEFORE = re.compile(
    r"(?:tel|phone|call|text|電話|携帯|番号|でんわ|けいたい|mobile|cell|whatsapp|ring)[^\n]{0,20}$"
)
_CALLED_AFTER = re.compile(r" ?(?:に|へ|まで|で)[^\n。]{0,6}(?:電話|でんわ|tel|かけて|ショートメール|sms|連絡)")


def contact(reading: Reading) -> str:
    """Return a mail address or a phone number."""
    return _mail(reading) or _phone(reading)


def _mail(reading: Reading) -> str:
    found = first(_MAIL, reading.plain) if "@" in reading.plain else ""
    if not found and "@" in reading.address:  # signs that were put together: only an ending that is common makes sure
        mails = _MAIL.finditer(reading.address)
        found = next((mail[0] for mail in mails if mail["ending"] in _COMMON_ENDINGS), "")
    if not found and any(host in reading.plain for host in _MAIL_HOSTS):
        found = first(_MAIL_IN_WORDS, reading.plain)
    return found


def _phone(reading: Reading) -> str:
    talk = with_figures(reading.plain)
    if "555" in talk and (found := first(_SHORT_AMERICAN, talk)):
        return found
    if not _FIGURES.search(talk):
        return ""
    runs = _FIGURES.finditer(LINK.sub(" ", talk))
    return next((run[0] for run in runs if _is_phone(run, is_spelled=run[0] not in reading.plain)), "")


def _is_phone(run: re.Match[str], *, is_spelled: bool) -> bool:
    """Return whether a run of figures is a phone number, by its form, and by what is said before and after it."""
    before, after = run.string[max(0, run.start() - 40) : run.start()], run.string[run.end() : run.end() + 20]
    if _OTHER_NUMBERS.search(before) or _DATES_OR_DECIMALS.match(run[0]):
        return False
    figures = "".join(filter(str.isdigit, run[0]))
    is_called = _CALLED_BEFORE.search(before) or _CALLED_AFTER.match(after)
    return bool(
        (figures[0] == "0" != figures[1] and len(figures) in _JAPANESE_LENGTHS)
        or (is_spelled and len(figures) in _JAPANESE_LENGTHS)
        or (run[0].startswith("+") and len(figures) in _ABROAD_LENGTHS)
        or (is_called and len(figures) in _CALLED_LENGTHS)
        or _AMERICAN.fullmatch(run[0])
        or _ONE_BY_ONE.fullmatch(run[0])
    )
