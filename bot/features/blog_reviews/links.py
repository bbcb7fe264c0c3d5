"""Links to drafts: those that only who was given the link can open, or only their owner.

Posting one on a card makes a draft readable to all who see the card, for as long as it stands there; or its readers
find a locked door. So its author is told, and may post it all the same. How a page was shared shows in no link for
certain: an unlisted video, a secret gist or a page of a closed Scrapbox looks like a public one and passes without a
word, while a warning too many costs one press.
"""

import re
from urllib.parse import urlsplit

# Of a host's name the first part, of a path any one.
_PLACES = frozenset({"draft", "drafts", "_drafts", "preview", "previews", "post-preview", "wp-admin"})
_DESK = "edit"  # at the end of a path: opens for whoever may change it
_ASKED = frozenset(
    {"preview", "preview_id", "preview_nonce", "_ppp", "shareadraft"}  # WordPress and its plugins; dev.to
    | {"prev_access_key", "preview_key", "preview_token", "previewtoken"}  # note, and what many others call it
    | {"draft", "draft_id", "both", "edit"}  # the last two: HackMD and HedgeDoc
)
_UNASKED = frozenset({"0", "false", "no", "off"})
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OF_A_FRIEND = re.compile(rf"[0-9a-f]{{32}}|v2(?:/|%2F){_UUID}", re.IGNORECASE)  # Medium: for who pays nothing there
_UNPUBLISHED = re.compile(rf"(?:^|/)p/{_UUID}(?:/|$)|-temp-slug-\d+(?:/|$)")  # Ghost and Substack; dev.to
_NOTION = r"(?:.*[-/])?[0-9a-f]{32}$"
# Sites, with all below them, that keep what is shared by its link: where on them, behind the first slash.
_SHARED = {
    # Desks, at which the owner writes.
    "editor.note.com": "",
    "blog.ameba.jp": "",
    "blogcms.jp": "",
    "blogger.com": r"blog/",
    "wordpress.com": r"(?:post|page)/[^/]+\.[^/]+/\d",
    "substack.com": r"publish/",
    "medium.com": r"new-story|me/",
    "qiita.com": r"(?:[^/]+/)?private/",
    # Documents and files. What Google publishes to the web lies below d/e/.
    "docs.google.com": r"(?:[^/]+/)*d/(?!e/)",
    "drive.google.com": "",
    "colab.research.google.com": r"drive/",
    "dropbox.com": r"(?:s|sh|scl|t|l|home|paper|transfer)/",
    "dropboxusercontent.com": "",
    "1drv.ms": "",
    "onedrive.live.com": "",
    "sharepoint.com": "",
    "icloud.com": r"(?:iclouddrive|pages|numbers|keynote|notes|photos|sharedalbum|attachment|freeform)/",
    "share.icloud.com": "",
    "box.com": r"(?:s|v|file|folder|notes)/",
    "evernote.com": r"(?:shard|client)/",
    "overleaf.com": r"(?:read|project)/",
    # Pages and pictures that are worked on together.
    "notion.so": _NOTION,
    "notion.com": _NOTION,
    "figma.com": r"(?:file|design|proto|board|slides|deck|make|buzz|site)/",
    "canva.com": r"design/",
    "miro.com": r"app/",
    "coda.io": r"d/",
    "s.craft.me": "",
    "docs.craft.do": "",
    "hackmd.io": r"[\w-]{22}(?:/|$)",
}
_OPEN = frozenset({"github.com", "githubusercontent.com", "gitlab.com", "codeberg.org"})  # files have any name there
_PASSED_ON = re.compile(r"https?(?::|%3a)(?:/|%2f){2}", re.IGNORECASE)


def is_draft_link(url: str) -> bool:
    """Return whether only who has this link, or only its owner, can open what it leads to.

    Args:
        url: as ``read_address`` returns it.
    """
    parts = urlsplit(url)
    host, path = parts.hostname or "", parts.path.strip("/")
    places = [host.partition(".")[0], *path.split("/")]
    sites = _sites(host)
    if not _OPEN.isdisjoint(sites):
        return False
    return (
        not _PLACES.isdisjoint(places)
        or places[-1] == _DESK
        or _UNPUBLISHED.search(path) is not None
        or any(re.match(_SHARED[site], path) for site in sites if site in _SHARED)
        or any(_asks_for_a_draft(each) for each in parts.query.split("&"))
    )


def _sites(host: str) -> list[str]:
    """Return a host's name, and all names that it is below."""
    labels = host.split(".")
    return [".".join(labels[begin:]) for begin in range(len(labels))]


def _asks_for_a_draft(pair: str) -> bool:
    name, _, value = pair.casefold().partition("=")
    if name == "sk":
        return _OF_A_FRIEND.fullmatch(value) is not None
    return name in _ASKED and value not in _UNASKED


def is_redirect(url: str) -> bool:
    """Return whether an address only passes on to another one that stands in it: it says no more than a short link."""
    values = (each.partition("=")[2] for each in urlsplit(url).query.split("&"))
    return any(_PASSED_ON.match(value) for value in values)
