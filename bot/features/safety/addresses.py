"""Addresses that invite to another place, hide where they lead, or pay whoever sends people there."""

import re
from functools import cache

from bot.features.safety import lexicon
from bot.features.safety.readings import Reading, first
from bot.features.safety.word_lists import Searched, WordList

_LONG_HOST = 9  # letters: nothing else comes out as one of these when spaces go
_LONG_INVITING = tuple(host for host in lexicon.INVITING.words if len(host) > _LONG_HOST and "." in host)
_GG = re.compile(r"discord[^\n]{0,12}?(?<![a-z])gg[/ ]?[\w\-]{2,40}")
_REFERRAL = re.compile(
    r"""
    amazon\.[a-z.]{2,6}/ [^\s]{0,300}? [?&]tag=[\w\-]{2,40}
    | [?&] (?:aff\w{0,12}|referral\w{0,5}|ref_?(?:id|code)|invite_?code|partner_?id|a_aid) = [\w\-]{2,40}
    | [?&] ref= [a-z]{0,20}[0-9]{2,20}
    """,
    re.VERBOSE,
)


def invite(reading: Reading) -> str:
    """Return an address that invites to another server, group or chat."""
    found = _hosted(lexicon.INVITING, reading.address)
    if not found and "." in reading.address:  # also with a space in the middle of a name
        tight = reading.address.replace(" ", "").replace("\n", "")
        found = next((host for host in _LONG_INVITING if host in tight), "")
    return found or first(_GG, reading.address) or first(_GG, reading.words)


def shortener(reading: Reading) -> str:
    """Return an address that doesn't say where it leads."""
    return _hosted(lexicon.SHORTENING, reading.address, with_path=True)


def affiliate(reading: Reading) -> str:
    """Return an address that pays its writer, or words that go with a code of that kind."""
    found = _hosted(lexicon.PAYING, reading.address, with_subdomains=True)
    if not found and "=" in reading.address:
        found = first(_REFERRAL, reading.address)
    return found or lexicon.CODES.first_in(reading.words)


def _hosted(hosts: WordList, text: Searched, *, with_path: bool = False, with_subdomains: bool = False) -> str:
    """Return the first address at one of the ``hosts``, where it is no part of a longer name.

    Args:
        hosts: names; one that ends in a slash stands for whatever follows it.
        text: a text with its addresses as they are meant.
        with_path: whether a bare name is no address.
        with_subdomains: whether names below that of a host are its own, too.
    """
    if "." not in text and "/" not in text:
        return ""
    shapes = (_shape_of(host, with_path, with_subdomains) for host in hosts.found_in(text))
    return next(filter(None, (first(shape, text) for shape in shapes)), "")


@cache
def _shape_of(host: str, with_path: bool, with_subdomains: bool) -> re.Pattern[str]:  # noqa: FBT001 - keys of the cache
    begins = r"(?<![a-z0-9\-_])" if with_subdomains else r"(?<![a-z0-9\-_])(?<![a-z0-9]\.)(?:www\.)?"
    ends = "" if host.endswith("/") else "(?=/)" if with_path else r"(?![a-z0-9\-]|\.[a-z0-9])"
    return re.compile(rf"{begins}{re.escape(host)}{ends}[\w\-/?=+.]{{0,40}}")
