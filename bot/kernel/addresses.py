"""Addresses of pages: whether one is public and honest, as it may be shown, and which ones lead to the same page."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

ADDRESS_LIMIT = 500  # characters, of the 512 that Discord takes as the address of a button

# What no address holds as it is. On a card, some of it would be markup; browsers take the backslash for a slash.
_NEVER = frozenset('<>"\\^`{|}')
_BEGINS = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"[^\s/?#:@]+\.[^\s/?#:@]+(?:[/?#].*)?")  # as people copy it from the top of a screen
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NAME_LIMIT = 253  # characters of a host's name (RFC 1035)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Names that never lead to a public page (RFC 6761, RFC 6762, RFC 7686, RFC 8375, and what home networks use).
_PRIVATE_NAMES = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "test", "invalid"}
    | {"example", "onion", "arpa"}
)
# Public names that lead to whatever numbers stand in them, or to one's own machine.
_LEADING_HOME = (".nip.io", ".sslip.io", ".xip.io", ".localtest.me", ".lvh.me", ".vcap.me", ".lacolhost.com")
# Ask nothing of the page, and tell only who sent its reader: what campaigns, networks and mail programs add.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igsh(?:id)?|mc_[ce]id"
    r"|_hs(?:enc|mi)|hsctatracking|vero_(?:id|conv)|oly_(?:anon|enc)_id|_g[al]|mkt_tok|ref_src|ref_url|s_cid|wickedid"
    r"|rb_clickid|srsltid|__twitter_impression|_openstat|spm|share_source|share_medium"
)
_TO_A_TEXT = ":~:"  # begins what a browser looks for in the page
_UNRESERVED = "!$%&'()*+,-./:;=?@_~[]#"
_LATIN, _EASTERN = "latin", "eastern"
_EASTERN_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "IDEOGRAPHIC", "BOPOMOFO")
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
    text = text.strip()
    if len(text) > ADDRESS_LIMIT:
        raise BadAddress("too_long")
    if _WITHOUT_SCHEME.fullmatch(text):
        text = f"https://{text}"
    if any(each.isspace() or not each.isprintable() or each in _NEVER for each in text):
        raise BadAddress("broken")
    if not _BEGINS.match(text):
        raise BadAddress("scheme")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadAddress("broken") from error
    if "@" in parts.netloc:
        raise BadAddress("user")
    if "[" in parts.netloc or ":" in host:
        raise BadAddress("private")
    name = _public_name(host)
    netloc = name if port in {None, 80, 443} else f"{name}:{port}"
    return _address(parts, netloc, _spoken(name))


def _address(parts: SplitResult, netloc: str, host: str) -> Address:
    query = "&".join(each for each in parts.query.split("&") if not _TRACKING.fullmatch(each.split("=")[0].casefold()))
    fragment = parts.fragment.split(_TO_A_TEXT)[0]
    path, query, fragment = (quote(each, safe=_UNRESERVED) for each in (parts.path, query, fragment))
    url = urlunsplit((parts.scheme.lower(), netloc, path, query, fragment))
    if len(url) > ADDRESS_LIMIT:
        raise BadAddress("too_long")
    page = fragment if fragment.startswith(("/", "!")) else ""  # of a page that is put together in the browser
    key = urlunsplit(("", netloc.removeprefix("www."), path.rstrip("/"), query, page))
    return Address(url, host, key)


def _public_name(host: str) -> str:
    """Return a host's name in ASCII, as a browser would look it up.

    Raises:
        BadAddress: it is none, leads to no public place, or looks like another one.
    """
    # As a browser reads it: full-width letters and dots are plain ones, and a last dot says nothing.
    plain = unicodedata.normalize("NFKC", host).lower().replace("。", ".").removesuffix(".")
    labels = [_label(each) for each in plain.split(".")]
    if _NUMBER.fullmatch(labels[-1]) or len(labels) == 1 or labels[-1] in _PRIVATE_NAMES:
        raise BadAddress("private")
    name = ".".join(labels)
    if f".{name}".endswith(_LEADING_HOME) or len(name) > _NAME_LIMIT:
        raise BadAddress("private")
    _demand_honest(_spoken(name).split("."))
    return name


def _label(label: str) -> str:
    """Return one part of a name in ASCII."""
    if not label.isascii():
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
    if others and (len(every) > 1 or "" in every):
        raise BadAddress("look_alike")
    if any(len(kind) > 1 for kind in kinds) or any(map(_is_like_a_sign, labels)):
        raise BadAddress("look_alike")


def _kind(letter: str) -> str:
    """Return which letters this one stands beside; empty where it stands beside none."""
    if letter.isascii():
        return _LATIN
    script = unicodedata.name(letter, "").split()[0:1]
    if script == ["LATIN"]:
        return _LATIN if ord(letter) in _EVERYDAY_LATIN and letter not in _DOTLESS else ""
    if script and script[0] in _EASTERN_SCRIPTS:
        return _EASTERN
    return script[0] if script else ""


def _is_like_a_sign(label: str) -> bool:
    """Return whether a label of East Asia is nothing but signs that pass for others."""
    return bool(label) and not _LIKE_SIGNS.sub("", label)
