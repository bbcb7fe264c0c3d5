"""Addresses of pages: whether one is public and honest, as it may be shown, and which ones lead to the same page."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

ADDRESS_LIMIT = 500  # characters, of the 512 that Discord takes as the address of a button

# What no address holds as it is. On a card, some of it would be markup; browsers take the backslash for a slash.
_NEVER = re.compile(r"""[<>"\\^`{|}]|\]\(""")
_ALL_WIDE = re.compile("[！-～。ぁ-ヿ一-鿿]+")  # as keyboards of phones type in Japanese, the signs too
_BEGINS = re.compile(r"https?://(?P<place>[^/?#]+)", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"[^\s/?#:@]+\.[^\s/?#:@]+(?:[/?#].*)?")  # as people copy it from the top of a screen
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NAME_LIMIT = 253  # characters of a host's name (RFC 1035)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
# Names that never lead to a public page (RFC 6761, RFC 6762, RFC 7686, RFC 8375, and what home networks use).
_PRIVATE_NAMES = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "test", "invalid"}
    | {"onion", "arpa"}
)
# Public names that lead to whatever numbers stand in them, or to one's own machine.
_LEADING_HOME = (
    *(".nip.io", ".sslip.io", ".xip.io", ".xip.name", ".traefik.me", ".backname.io", ".rbndr.us", ".localtest.me"),
    *(".lvh.me", ".vcap.me", ".fuf.me", ".lacolhost.com", ".localho.st", ".localhost.direct", ".localhost.tv"),
    *(".lcl.host", ".ddev.site", ".127-0-0-1.org.uk"),
)
# Ask nothing of the page, and tell only who sent its reader: what campaigns, networks and mail programs add.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igsh(?:id)?|mc_[ce]id"
    r"|_hs(?:enc|mi)|hsctatracking|vero_(?:id|conv)|oly_(?:anon|enc)_id|_g[al]|mkt_tok|ref_src|ref_url|s_cid|wickedid"
    r"|rb_clickid|srsltid|__twitter_impression|_openstat|spm|share_source|share_medium"
)
_TO_A_TEXT = ":~:"  # begins what a browser looks for in the page
_UNRESERVED = "!$%&'()*+,-./:;=?@_~[]#"
_OTHER_DOTS = re.compile("[．｡]")  # that browsers take for dots, beside the one of Japanese keyboards
_LATIN, _EASTERN = "latin", "eastern"
_EASTERN_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "IDEOGRAPHIC", "BOPOMOFO")
# Scripts with endings of their own, such as .рф and .ไทย: a name can be all in one of these.
_WITH_ENDINGS = frozenset(
    {"CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC", "DEVANAGARI", "BENGALI", "GUJARATI", "GURMUKHI"}
    | {"ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "THAI", "LAO"}
)
_EVERYDAY_LATIN = range(0xC0, 0x180)  # accents of European words; what comes later looks like plain letters
_DOTLESS = "\u0131\u0138\u017f"  # of those, too
# Between Latin letters, these pass for a slash, a hyphen or an o.
_LIKE_SIGNS = re.compile("[ノソゾンーエ一丶丿〇ヘへニ二]")


class BadAddress(ValueError):
    """Why an address is not taken: ``too_long``, ``scheme``, ``broken``, ``user``, ``private`` or ``look_alike``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a public page.

    Attributes:
        url: as it is shown and opened, in plain ASCII: a name in another script shows what it is spelled like.
        host: the page's host, as a person reads it.
        key: the same for all spellings of one page.
    """

    url: str
    host: str
    key: str


def read_address(text: str) -> Address:
    """Return the address that a member typed, without what only tells who came from where.

    An address at a number, in any spelling, is taken for a private one: pages for readers have names.

    Raises:
        BadAddress: it is none of a public page, or its name looks like another one.
    """
    text = _typed(text)
    begins = _BEGINS.match(text)
    if begins is None:
        raise BadAddress("scheme")
    if "@" in begins["place"]:
        raise BadAddress("user")
    if "[" in begins["place"]:
        raise BadAddress("private")
    try:
        parts = urlsplit(text)
        is_open = parts.port != 0
    except ValueError as error:
        raise BadAddress("broken") from error
    if not is_open:
        raise BadAddress("broken")
    return _address(parts, _public_name(begins["place"].partition(":")[0]))


def _typed(text: str) -> str:
    """Return an address as it was meant, with its scheme."""
    text = text.strip()
    if len(text) > ADDRESS_LIMIT:
        raise BadAddress("too_long")
    if _ALL_WIDE.fullmatch(text):
        text = unicodedata.normalize("NFKC", text).replace("。", ".")
    if _NEVER.search(text) or any(each.isspace() or not each.isprintable() for each in text):
        raise BadAddress("broken")
    return f"https://{text}" if _WITHOUT_SCHEME.fullmatch(text) else text


def _address(parts: SplitResult, name: str) -> Address:
    query = "&".join(each for each in parts.query.split("&") if not _TRACKING.fullmatch(each.split("=")[0].casefold()))
    fragment = parts.fragment.split(_TO_A_TEXT)[0]
    path, query, fragment = (quote(each, safe=_UNRESERVED) for each in (parts.path, query, fragment))
    netloc = name if parts.port in {None, _PORTS[parts.scheme]} else f"{name}:{parts.port}"
    url = urlunsplit((parts.scheme, netloc, path, query, fragment))
    if len(url) > ADDRESS_LIMIT:
        raise BadAddress("too_long")
    place = (name if parts.port in {None, *_PORTS.values()} else netloc).removeprefix("www.")
    page = fragment if fragment.startswith(("/", "!")) else ""  # of a page that is put together in the browser
    key = urlunsplit(("", place, path.rstrip("/"), query, page))
    return Address(url, _spoken(name), _ESCAPE.sub(lambda escape: escape[0].upper(), key))


def _public_name(host: str) -> str:
    """Return a host's name in ASCII, as a browser would look it up.

    Raises:
        BadAddress: it is none, leads to no public place, or looks like another one.
    """
    typed = host.replace("。", ".")
    labels = [_label(each) for each in _OTHER_DOTS.sub(".", typed).removesuffix(".").split(".")]
    if _NUMBER.fullmatch(labels[-1]) or len(labels) == 1 or labels[-1] in _PRIVATE_NAMES:
        raise BadAddress("private")
    name = ".".join(labels)
    if f".{name}".endswith(_LEADING_HOME) or len(name) > _NAME_LIMIT:
        raise BadAddress("private")
    spoken = _spoken(name)
    if not _is_as_typed(typed.removesuffix("."), spoken):
        raise BadAddress("look_alike")
    _demand_honest(spoken.removeprefix("www.").split("."))
    return name


def _is_as_typed(typed: str, spoken: str) -> bool:
    """Return whether a browser reads in a name what people see there: not signs made plain, or passed over."""
    if typed.isascii():
        return True
    return unicodedata.is_normalized("NFKC", typed) and typed.casefold() == spoken.casefold()


def _label(label: str) -> str:
    """Return one part of a name in ASCII, mapped by the rules of browsers (UTS 46)."""
    if label.isascii():
        label = label.lower()
    else:
        import idna  # noqa: PLC0415 - its tables are large, and names like this are few

        try:
            label = idna.encode(label, uts46=True).decode()
        except idna.IDNAError as error:
            raise BadAddress("look_alike") from error
    if not _LABEL.fullmatch(label):
        raise BadAddress("broken")
    return label


def _spoken(name: str) -> str:
    """Return a name in ASCII as a person reads it."""
    if "xn--" not in name:
        return name
    import idna  # noqa: PLC0415 - see above

    try:
        return idna.decode(name)
    except idna.IDNAError as error:
        raise BadAddress("look_alike") from error


def _demand_honest(labels: list[str]) -> None:
    """Let a name be, unless it can be taken for another one.

    Letters of one script stand together: Latin ones, or those of East Asia. Of any other script, the whole name is: a
    single Cyrillic or Greek letter, or a name of nothing else below an everyday ending, is there to be mistaken.
    """
    kinds = [{_kind(each) for each in label if each.isalpha() or not each.isascii()} for label in labels]
    every = set().union(*kinds)
    others = every - {_LATIN, _EASTERN}
    if "" in every or (others and len(every) > 1):
        raise BadAddress("look_alike")
    if any(len(kind) > 1 for kind in kinds) or any(map(_is_like_a_sign, labels)):
        raise BadAddress("look_alike")


def _kind(letter: str) -> str:
    """Return which letters this one stands beside; empty where it stands beside none."""
    if letter.isascii():
        return _LATIN
    script = unicodedata.name(letter, "").partition(" ")[0]
    if script == "LATIN":
        return _LATIN if ord(letter) in _EVERYDAY_LATIN and letter not in _DOTLESS else ""
    if script in _EASTERN_SCRIPTS:
        return _EASTERN
    return script if script in _WITH_ENDINGS and not letter.isdecimal() else ""


def _is_like_a_sign(label: str) -> bool:
    """Return whether a label of East Asia is nothing but signs that pass for others."""
    return bool(label) and not _LIKE_SIGNS.sub("", label)
