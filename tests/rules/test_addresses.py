"""Addresses of pages: hostile ones are none, honest ones are read, and one page has one key."""

import json
import time
from pathlib import Path
from string import ascii_letters, digits

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.kernel.addresses import ADDRESS_LIMIT, Address, BadAddress, read_address

HERE = Path(__file__).parent
WHY = {"too_long", "scheme", "broken", "user", "private", "look_alike"}


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def hostile() -> dict[str, str]:
    return {json.loads(address): why for why, address in rows("hostile_addresses.tsv")}


def honest() -> list[tuple[str, str]]:
    return [(row[0], row[-1]) for row in rows("honest_addresses.tsv")]


def read_if_any(text: str) -> Address | str:
    """Return the address, or why it is none."""
    try:
        return read_address(text)
    except BadAddress as bad:
        return bad.why


def test_no_hostile_address_is_read_and_each_is_told_why() -> None:
    wanted = hostile()
    assert len(wanted) > 650
    assert set(wanted.values()) < WHY
    assert {text: read_if_any(text) for text in wanted} == wanted


def test_spaces_around_a_hostile_address_change_nothing() -> None:
    wanted = hostile()
    assert {text: read_if_any(f" \u3000{text}\n") for text in wanted} == wanted


def test_a_hostile_name_stays_one_with_a_path_behind_it() -> None:
    names = {text for text in hostile() if "//" in text and text.count("/") == 2 and not set("?#") & set(text)}
    assert len(names) > 400
    assert not {text for text in names if read_if_any(f"{text}/a/b?c=d#e") not in WHY}


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "https://" * 1250,
        f"https://example.com/{'x' * 9_980}",
        f"https://{'a.' * 4_994}com",
        f"https://example.com/?{'a=b&' * 2_494}",
        f"https://example.com/#{'あ' * 9_979}",
        f"https://{'a' * 9_979}@example.com",
        f"https://{'１' * 9_980}",
        "https://example.com:" + "0" * 9_980,
        f"https://xn--{'a' * 9_980}.com",
        "e\u0301" * 5_000,
        "．" * 10_000,
        f"https://example.com/{'x' * (ADDRESS_LIMIT - 19)}",
        f"https://example.com/{'あ' * 60}",  # 540 characters as it is shown
    ],
    ids=range(14),
)
def test_an_address_of_10_000_characters_or_of_501_is_too_long(text: str) -> None:
    assert read_if_any(text) == "too_long"


def test_an_address_that_fits_exactly_is_read() -> None:
    assert len(read_address(f"https://example.com/{'x' * (ADDRESS_LIMIT - 20)}").url) == ADDRESS_LIMIT


# ── Honest ones ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "url"), honest(), ids=ascii)
def test_an_honest_address_is_read_as_it_was_meant(text: str, url: str) -> None:
    assert read_address(text).url == url


@pytest.mark.parametrize(
    "text",
    [" https://example.com \n", "\u3000https://example.com\u3000", "\texample.com", "\u3000ｅｘａｍｐｌｅ．ｃｏｍ "],
)
def test_spaces_around_an_honest_address_do_not_count(text: str) -> None:
    assert read_address(text).url == "https://example.com"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://EXAMPLE.com./a", "example.com"),
        ("https://example.com:8080", "example.com"),
        ("https://www.example.com", "www.example.com"),
        ("https://xn--wgv71a119e.jp/", "日本語.jp"),
        ("https://日本語.jp/", "日本語.jp"),
        ("https://Пример.рф", "пример.рф"),
    ],
)
def test_a_host_is_told_as_people_read_it(text: str, host: str) -> None:
    assert read_address(text).host == host


# ── What is posted, and what leads to the same page ────────────────────────────────────────────────────────────────

TRACKING = (
    *("utm_source=x", "utm_medium=social&utm_campaign=a%20b", "UTM_Content=1", "utm_brand_new", "fbclid=IwAR0"),
    *("gclid=1", "gbraid=1", "wbraid=1", "dclid=1", "msclkid=1", "yclid=1", "twclid=1", "igsh=MQ==", "igshid=1"),
    *("mc_cid=1&mc_eid=2", "_hsenc=1&_hsmi=2", "_ga=2.1", "_gl=1*x", "mkt_tok=1", "ref_src=twsrc%5Etfw", "srsltid=1"),
)
OTHERS = ("id=1", "q=utm_source", "ref=top", "utm=1", "xutm_source=1", "fbclids=1", "si=1", "sk=1", "ga=1", "_gb=1")
WORDS = st.text(alphabet=ascii_letters + digits + "-._~!$'()*+,;:@/?%", max_size=20)
NAMES = st.sampled_from(
    ["example.com", "www.example.com", "a-b.c_d.example.net", "日本語.jp", "münchen.de", "пример.рф", "한국어.com"]
)
TAILS = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Z"]), max_size=30)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    scheme, port = draw(st.sampled_from(["https://", "http://", "HTTPS://", ""])), ""
    if scheme:
        port = draw(st.sampled_from(["", ":80", ":443", ":8080", ":65535"]))
    return f"{scheme}{draw(NAMES)}{port}{draw(st.sampled_from(['', '/', '?', '#', '/#/', '/a?']))}{draw(TAILS)}"


ANY = st.one_of(addresses(), *(st.text().map(each.format) for each in ("{}", "https://{}", "https://example.com/{}")))


@given(ANY)
def test_whatever_is_read_is_plain_short_and_read_again_as_the_same(text: str) -> None:
    page = read_if_any(text)
    assume(isinstance(page, Address))
    assert isinstance(page, Address)
    assert page.url.isascii()
    assert page.url.isprintable()
    assert not set(page.url) & set('<>|`\\"^{} ')
    assert "](" not in page.url
    assert page.url.startswith(("https://", "http://"))
    assert len(page.url) <= ADDRESS_LIMIT
    assert "." in page.host
    assert read_address(page.url) == page


@given(st.text(alphabet=st.characters()))  # lone surrogates too
def test_any_text_is_read_or_told_why_not(text: str) -> None:
    for each in (text, f"https://{text}", f"https://{text}.com", f"https://example.com/{text}", f"https://a@{text}"):
        found = read_if_any(each)
        assert isinstance(found, Address) or found in WHY


@pytest.mark.parametrize(
    "piece", [*"a./%@:[#あ。ａ \u3000", "a.", "xn--", "https://", "&a=", "e\u0301", "\u0301\u0323"]
)
def test_a_text_of_any_length_takes_no_time(piece: str) -> None:
    began = time.process_time()
    read_if_any(piece * (1_000_000 // len(piece)))
    read_if_any(f"https://{piece * ((ADDRESS_LIMIT - 12) // len(piece))}.com")
    assert time.process_time() - began < 2  # seconds of its own, where it takes hundredths


@pytest.mark.parametrize("tracking", TRACKING)
@pytest.mark.parametrize("other", ["", "a=b"])
def test_what_only_tells_who_came_from_where_is_left_out(tracking: str, other: str) -> None:
    plain = f"https://example.com/a?{other}#b" if other else "https://example.com/a#b"
    for query in (f"{other}&{tracking}", f"{tracking}&{other}", tracking + (f"&{other}&{tracking}" if other else "")):
        assert read_address(f"https://example.com/a?{query.strip('&')}#b").url == plain


def test_what_a_browser_looks_for_in_the_page_is_left_out() -> None:
    assert read_address("https://example.com/a#:~:text=縁").url == "https://example.com/a"
    assert read_address("https://example.com/a#b:~:text=c,d").url == "https://example.com/a#b"


@pytest.mark.parametrize("other", OTHERS)
def test_what_looks_like_it_stays(other: str) -> None:
    assert read_address(f"https://example.com/?{other}").url == f"https://example.com/?{other}"


@given(
    st.lists(st.one_of(st.sampled_from(OTHERS + TRACKING), st.tuples(WORDS, WORDS).map("=".join), WORDS), max_size=8)
)
def test_nothing_else_of_a_query_is_changed(pairs: list[str]) -> None:
    text = f"https://example.com/a?{'&'.join(pairs)}"
    assume(len(text) <= ADDRESS_LIMIT)
    tracked = {each for both in TRACKING for each in both.split("&")}
    kept = "&".join(pair for each in pairs for pair in each.split("&") if pair not in tracked)
    assert read_address(text).url == (f"https://example.com/a?{kept}" if kept else "https://example.com/a")


@given(st.text(alphabet="ab=&あé縁☕", max_size=30))
def test_a_query_in_other_letters_is_spelled_out_and_no_more(query: str) -> None:
    spelled = "".join(each if each.isascii() else "".join(f"%{byte:02X}" for byte in each.encode()) for each in query)
    assert read_address(f"https://example.com/?{query}").url.partition("?")[2] == spelled


@pytest.mark.parametrize(
    "text",
    [
        "http://example.com/a?b=c",
        "https://www.example.com/a?b=c",
        "HTTP://WWW.EXAMPLE.COM/a?b=c",
        "example.com/a?b=c",
        "https://example.com./a?b=c",
        "https://example.com:443/a?b=c",
        "http://example.com:80/a?b=c",
        "https://example.com/a/?b=c",
        "https://example.com/a?b=c&utm_source=d",
        "https://example.com/a?fbclid=d&b=c",
        "https://example.com/a?b=c#d",
        "https://example.com/a?b=c#:~:text=d",
        "ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｃｏｍ／ａ？ｂ＝ｃ",
    ],
)
def test_one_page_has_one_key(text: str) -> None:
    assert read_address(text).key == read_address("https://example.com/a?b=c").key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://日本語.jp/記事", "https://xn--wgv71a119e.jp/%e8%a8%98%e4%ba%8b"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com?a=b", "https://example.com/?a=b"),
        ("https://example.com/#/a", "http://www.example.com/#/a"),
        ("https://example.com/?", "https://example.com/#"),
    ],
)
def test_two_spellings_of_a_page_have_one_key(one: str, other: str) -> None:
    assert read_address(one).key == read_address(other).key


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/",
        "https://example.com/A?b=c",
        "https://example.com/a?b=C",
        "https://example.com/a",
        "https://example.com/a?b=c&d",
        "https://example.com/a/b?b=c",
        "https://blog.example.com/a?b=c",
        "https://example.net/a?b=c",
        "https://example.com:8080/a?b=c",
        "https://example.com/a?b=c#/d",
        "https://example.com/a?b=c#!d",
        "https://wwwexample.com/a?b=c",
    ],
)
def test_another_page_has_another_key(text: str) -> None:
    assert read_address(text).key != read_address("https://example.com/a?b=c").key


@given(st.sampled_from(["#/", "#!"]), st.sets(st.text(alphabet="abAB/?&=", max_size=9), min_size=2, max_size=4))
def test_pages_that_a_browser_puts_together_are_told_apart(begins: str, routes: set[str]) -> None:
    assert len({read_address(f"https://example.com/{begins}{route}").key for route in routes}) == len(routes)


@given(addresses())
def test_a_key_needs_neither_scheme_nor_www_nor_the_place_in_the_page(text: str) -> None:
    page = read_if_any(text)
    assume(isinstance(page, Address))
    assert isinstance(page, Address)
    scheme, _, rest = page.url.partition("://")
    other = f"{'http' if scheme == 'https' else 'https'}://www.{rest.removeprefix('www.')}"
    assert read_address(other).key == page.key
