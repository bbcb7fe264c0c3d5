"""Other messengers: an id there, a wish to talk there, an invitation to a group there."""

import re
from collections.abc import Iterable

from bot.features.safety import lexicon
from bot.features.safety.messenger_names import names_in
from bot.features.safety.readings import Reading, first
from bot.features.safety.word_lists import Searched

_BEFORE, _AFTER = 60, 70  # letters around a name that are looked at
_GROUP_AFTER = 25  # and those in which a group is named

# Ids: any name; one that can't be a word; one that can't be anything else.
_NAME = r"@?(?=[a-z0-9._\-:]{0,30}[a-z])[a-z0-9][a-z0-9._\-:]{3,30}"
_ODD = r"""
    (?<![a-z0-9._\-/])
    (?: @[a-z][a-z0-9._\-]{2,30} | [a-z0-9._]{2,32}\#[0-9]{4}
    | (?=[a-z0-9._\-:]{0,30}[a-z]) (?=[a-z0-9._\-:]{0,30}[0-9_]) [a-z0-9.][a-z0-9._\-:]{3,30} )
    (?![a-z0-9@_]|\([)'"a-z0-9_])"""  # a call in a program is no id
_ID = r"""
    (?: i\W?d(?![a-z]) | アイデ | あいで | 号 | アカウント | 垢 | ユーザー名 | ハンドル
    | handle | user\ ?name | account | name )"""
_SURE_ID = re.compile(
    r"""
    (?<![a-z0-9._\-/@])
    (?:@[a-z][a-z0-9._\-]{3,30}
    |(?=[a-z0-9.]{0,30}[._:][a-z0-9.]{0,30}[0-9_])[a-z][a-z0-9._\-:]{4,30}
    |(?=[0-9._\-]{0,30}[a-z])[a-z0-9.\-]{1,30}_[a-z0-9._\-]{1,30})
    (?![a-z0-9@(])""",
    re.VERBOSE,
)
_ID_AFTER = re.compile(
    rf"""
    [^\n]{{0,8}}? {_ID} [\s\S]{{0,6}}? (?:は|:|=|→|⇒|>|「|\ is\ ) [\s\W]{{0,4}} {_NAME}
    | [^\n]{{0,45}}? {_ID} [\s\S]{{0,6}}? (?:は|:|=|→|⇒|>|「|\ is\ ) [\s\W]{{0,4}} {_ODD}
    | [^\n]{{0,8}}? {_ID} [\s\W]{{1,3}} {_ODD}
    | \ ?(?:は|:|=|→|⇒|-+>|is\ |@|「|\n|▶) [\s\W]{{0,4}} (?:私は|わたしは|im\ |i'm\ )? {_ODD}
    | [\s\W]{{1,3}} {_ODD}
    | [もはを]? (?:やって|使って|あり|ある|入れて|登録して) [^\n]{{0,12}}? {_ODD}
    | [\s\W]{{0,3}} (?:as|is|i'm|im|mine's|mine\ is|search\ for|look\ for|user) [\s\W]{{1,3}} {_ODD}
    """,
    re.VERBOSE,
)
_ID_BEFORE = re.compile(
    rf"""
    {_ODD} [\s\W]{{0,4}} (?:on|at|で)? \ ?[(（]? $
    | {_ID} [\s\W]{{0,3}} (?:は|:|=|is)? [\s\W]{{0,3}} {_ODD} [\s\S]{{0,25}} $
    """,
    re.VERBOSE,
)
_CONTACT_ME = re.compile(
    r"""
    (?: (?:add|find|text|message|msg|ping|reach|contact|hit|dm|write|follow|catch|get) (?:[ ]to)?
      [ ](?:me|us) (?:[ ]up)? [ ](?:on|via|over|at|through|by) [ ](?:my[ ])?
    | (?:let's|can[ ]we|could[ ]we|shall[ ]we|wanna|prefer[ ]to|happy[ ]to|rather) [ ](?:just[ ])?
      (?: (?:swap|exchange)[ ] (?:our[ ])?
        | (?:talk|chat|continue|move|connect|speak|take[ ]this) [^.\n]{0,20} [ ](?:on|over|via|to|through|by)[ ] ) ) $
    """,
    re.VERBOSE,
)
_ASKED = re.compile(
    r"""
    [^。\n]{0,6}?
    (?: 交換(?:し|お願|でき|希望) | (?:友だち|友達)?(?:追加|登録)(?:して(?!い)|お願|よろ)
    | (?:id)?(?:を|の)?教え(?:て(?:くだ|もら|ね|ほし)|ますね|ますので)
    | で (?:連絡|やりとり|やり取り|お?話|おしゃべり|つなが|繋が) (?:を|し|り|そ|ろ)?
      (?:ください|してください|しませんか|ませんか|ましょ|お願い|待って|う)
    | (?:やって|使って)い?(?:ます|る)か?[?!、。]{0,2} [^\n]{0,10} (?:交換|追加|つなが|繋が|id)
    | の?qr(?:コード)?(?:は|を|から|載|貼|:|→)
    | me\ instead | \ me(?:$|[.!,:]) )
    (?!と) (?!か(?:迷|悩))  # told of by somebody
    """,
    re.VERBOSE,
)
# The usual company of the English word: "on the line", "deadline"; but "add me on line" is none of it.
_LINE_OF_TEXT = re.compile(
    r"""
    (?<![a-z]) (?:on|the|a|this|one|in|first|next|each|last|of|per|command|dead|that|finish|bottom|tree|production
    |assembly|every|any|same|train|bus|for) [ ] $
    """,
    re.VERBOSE,
)
_SOFTWARE = re.compile(r"[' ]{0,2}(?:s )?(?:bots?|ボット|api|sdk|webhooks?|developers?|clone|client)(?![a-z])|[.(]")

_OFFERED = re.compile(
    "招待|参加(?:し|く|お)|入(?:って|り|れ)|来て|きてね|おいで|検索|追加|リンク|どうぞ|待って|お待ち|募集|作り|作った|やって|"
    "よろしく|join|invite|add you|welcome|code"
)
_OPEN_CHAT = re.compile("オープンチャット|オプチャ")
_INVITATION = re.compile(
    r"(?:招待|invite|invitation) ?(?:コード|リンク|url|link|code)[^。\n]{0,20}"
    r"(?:送|貼|どうぞ|dm|こちら|:|here|below|in my)"
)


def messenger(reading: Reading) -> str:
    """Return an id at another messenger, or a wish to go on there."""
    found = _ways_to(reading.words, reading.names)
    if not found and reading.talk != reading.words:  # figures in an id may have been read as letters
        found = _ways_to(reading.talk, names_in(reading.talk))
    return found


def group(reading: Reading) -> str:
    """Return an invitation to a group elsewhere that gives no address."""
    text = reading.words
    if lexicon.IN_A_GROUP.first_in(text):
        return ""
    for name in reading.names:
        near = Searched(text[max(0, name.start() - _BEFORE) : name.end() + _BEFORE])
        if lexicon.GROUPS.first_in(
            Searched(text[name.start() : name.end() + _GROUP_AFTER])
        ) and lexicon.COMING.first_in(near):
            return near if _OFFERED.search(near) else ""
    found = first(_OPEN_CHAT, text)
    return found if found and lexicon.COMING.first_in(text) else first(_INVITATION, text)


def _ways_to(text: str, names: Iterable[re.Match[str]]) -> str:
    return next(filter(None, (_way_to(text, name) for name in names)), "")


def _way_to(text: str, name: re.Match[str]) -> str:
    """Return what says, around the name of a messenger, how to reach somebody there."""
    before, after = text[max(0, name.start() - _BEFORE) : name.start()], text[name.end() : name.end() + _AFTER]
    called = text[name.start() : name.end()]
    asked = first(_CONTACT_ME, before)
    if called == "line" and not asked and _LINE_OF_TEXT.search(before):
        return ""
    following = _ID_AFTER.match(after) or _ASKED.match(after)
    if following is not None:
        return called + following[0]
    found = first(_ID_BEFORE, before) or asked
    if not found and called not in {"line", "discord"} and not _SOFTWARE.match(after):
        found = first(_SURE_ID, after) or first(_SURE_ID, before)
    return found and (found + called if found == asked else found)
