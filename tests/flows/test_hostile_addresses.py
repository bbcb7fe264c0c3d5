"""Hostile addresses by the form in which members ask to be read: none becomes a link, each has its words."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.kernel.addresses import ADDRESS_LIMIT
from bot.kernel.text import storable
from tests.flows.asking import SOON
from tests.flows.hostility import Fields, as_kept, kept
from tests.flows.messages import components, controls
from tests.flows.office import case_about, show
from tests.flows.people import Answer, Person
from tests.flows.reviewing import TITLE, open_shelf
from tests.flows.sent import body_of
from tests.flows.village import Village

pytestmark = pytest.mark.untraced

LIST = Path(__file__).parents[1] / "rules" / "hostile_addresses.tsv"
EVERY = 3  # of that list, which is tried as a whole where it costs less

# Of each kind a few that are tried in any case, one a line.
HOSTILE = {
    "private": """
http://127.0.0.1
http://0177.0.0.1/
http://0x7f000001
http://2130706433
127.1
http://[::1]/
http://[::ffff:127.0.0.1]
http://localhost/
http://192.168.0.1/admin
http://10.0.0.7
http://169.254.169.254/latest/meta-data/
http://printer.local
http://127.0.0.1.nip.io/
""",
    "scheme": """
まだ決めていません
javascript:alert(1)
JaVaScRiPt://example.com/%0aalert(1)
data:text/html,x
file:///etc/passwd
ftp://example.com/
mailto:a@example.com
discord://-/channels/1
//example.com/x
""",
    "user": """
https://admin:secret@example.com/
https://example.com@evil.example.net/
http://@example.com
""",
    "look_alike": """
https://аpple.com/
https://gооgle.com
https://раураl.com
https://xn--80ak6aa92e.com/
""",
    "broken": """
https://example.com/a b
https://example.com/<@1>
https://example.com/`x`
https://example.com\\@evil.net
https://example.com/\u202egnp.exe
https://example.com/\u0007
https://example.com/)[x](https://evil.net>
https://example.com:port/
https://a..b.com
https://-a.com
""",
    "too_long": f"https://example.com/{'あ' * 200}",
}
# What hides where it leads, invites, or pays whoever sends people there, also where it is disguised.
NEVER = {
    "shortener": """
https://bit.ly/abc
HTTPS://BIT.LY/abc
bit.ly/abc
https://bit.ly./abc
https://bit.ly:443/abc
https://t.co/abc
https://tinyurl.com/abc
https://x.gd/abc
https://amzn.to/abc
https://www.google.com/url?q=https://bit.ly/abc
https://l.facebook.com/l.php?u=https%3A%2F%2Fbit.ly%2Fabc
""",
    "invite": """
https://discord.gg/abc
https://DISCORD.gg/abc
discord.gg/abc
https://discord.com/invite/abc
https://discord.com/%69nvite/abc
https://ptb.discord.com/invite/abc
https://disboard.org/server/123
https://line.me/ti/p/abc
https://lin.ee/abc
https://t.me/joinchat/abc
https://chat.whatsapp.com/abc
https://example.com/go?to=https%3A%2F%2Fdiscord.gg%2Fabc
""",
    "affiliate": """
https://www.amazon.co.jp/dp/B00X?tag=me-22
https://www.amazon.co.jp/dp/B00X?ref=x&TAG=me-22
https://www.amazon.co.jp/dp/B00X?%74ag=me-22
https://px.a8.net/svt/ejp?a8mat=1
https://hb.afl.rakuten.co.jp/hgc/1/?pc=x
https://af.moshimo.com/af/c/click?a_id=1
""",
}
FILLED: Fields = {"title": TITLE, "wants": ["anything"], "question": "どうでしょうか", "wish_by": ""}


def told(lists: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield addresses with why they are not taken."""
    yield from ((url, why) for why, urls in lists.items() for url in urls.strip("\n").split("\n"))


def hostile() -> Iterator[tuple[str, str]]:
    """Yield addresses that are no public page's, with why."""
    yield from told(HOSTILE)
    if LIST.exists():
        lines = [line for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        listed = ((json.loads(text), why) for why, _, text in (line.partition("\t") for line in lines[::EVERY]))
        # Characters that no database holds are gone before anybody reads it.
        yield from ((text, why) for text, why in listed if storable(text) == text)


async def typed(person: Person, url: str) -> Answer:
    """Ask to be read at an address; the form that is open takes no more than some characters, forged ones do."""
    fields = FILLED | {"url": url}
    form = await person.slash("review request")
    if len(url) <= ADDRESS_LIMIT:
        answer = await person.submit(form, **fields)
    else:
        assert form.form is not None
        answer = await person.forge_form(form.form["custom_id"], fields)
    assert await kept(person.village, person) == as_kept(fields)
    return answer


def demand_no_link(village: Village, answer: Answer, seen: int) -> None:
    """Hold what was answered, and all that was sent since, to lead nowhere and to be private."""
    assert not [part for part in components(answer.message) if part.get("url")]
    sent = village.env.http_requests[seen:]
    assert not [entry.path for entry in sent if entry.path.endswith("/messages") and body_of(entry)]
    assert not village.complaints.found, village.complaints.found


@pytest.fixture
async def promised(village: Village, aki: Person) -> Person:
    """Somebody who may ask to be read."""
    await open_shelf(village)
    await aki.slash("review request")
    return aki


async def test_no_hostile_address_becomes_a_link_and_each_has_its_words(village: Village, promised: Person) -> None:
    tried = dict(hostile())
    assert len(tried) >= 40
    assert not LIST.exists() or len(tried) >= 200
    seen = len(village.env.http_requests)
    for url, why in tried.items():
        answer = await typed(promised, url)
        assert (url, answer.text) == (url, promised.text(f"blog_reviews.address_{why}"))
        assert [name.split(":")[2] for name in controls(answer.message)] == ["draft"]
        demand_no_link(village, answer, seen)
    await village.pass_time(SOON)
    assert not await village.rows("reviews")
    form = await promised.press(await typed(promised, "まだ決めていません"), "draft")
    assert form.filled == FILLED | {"url": "まだ決めていません"}


async def test_what_hides_invites_or_pays_has_no_way_to_be_posted(village: Village, promised: Person) -> None:
    seen = len(village.env.http_requests)
    for url, why in told(NEVER):
        answer = await typed(promised, url)
        assert (url, answer.text) == (url, promised.text(f"blog_reviews.address_{why}"))
        demand_no_link(village, answer, seen)
        (draft,) = controls(answer.message)
        for way in ("safety:anyway", "safety:ask_moderators", "blog_reviews:show_draft"):
            forged = await promised.forge(draft.replace("members:draft", way))
            demand_no_link(village, forged, seen)
    case = await show(village.moderator, await case_about(village, promised))  # a forged one
    await village.moderator.press(case, "let_through")
    let_through = await promised.press(await promised.slash("inbox"), "post_it")
    assert promised.text("blog_reviews.address_affiliate") in let_through.text
    await village.pass_time(SOON)
    assert not await village.rows("reviews")


@pytest.mark.parametrize("url", ["https://example.com/".ljust(10_000, "x"), "あ" * 10_000, "http://127.0.0.1/" * 600])
async def test_an_address_of_10_000_characters_is_said_to_be_too_long(
    village: Village, promised: Person, url: str
) -> None:
    seen = len(village.env.http_requests)
    answer = await typed(promised, url)
    assert promised.text("blog_reviews.address_too_long") in answer.text
    demand_no_link(village, answer, seen)
    assert not await village.rows("reviews")


async def test_an_edit_lets_no_address_in_either(village: Village, promised: Person) -> None:
    await typed_well(promised)
    await village.pass_time(SOON)
    (before,) = await village.rows("reviews")
    for url in ("http://127.0.0.1/", "https://bit.ly/abc", "javascript:alert(1)", "https://discord.com/%69nvite/abc"):
        form = await promised.forge(f"v1:blog_reviews:edit:{before['review_id']}")
        refused = await promised.submit(form, **(form.filled | {"url": url}))
        assert refused.has("draft")
    assert (await village.rows("reviews")) == [before]


async def typed_well(person: Person) -> None:
    form = await person.slash("review request")
    await person.submit(form, url="https://note.com/aki/n/n1", title=TITLE, wants=["anything"])
