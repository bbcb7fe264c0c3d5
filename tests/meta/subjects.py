"""Everything that the faces can be asked to draw, from the emptiest to the longest."""

import ast
import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import discord

from bot.features.introductions.model import (
    HELLO_LIMIT,
    LINK_LIMIT,
    NOTE_LIMIT,
    NOW_LIMIT,
    PAGE,
    PAGES_LIMIT,
    READY_HELLOS,
    TRADE_LINE_LIMIT,
    TRADES_LIMIT,
    WORDS_LIMIT,
    Choice,
    Hello,
    Introduction,
    Page,
    Search,
    Side,
    State,
)
from bot.features.members.model import TOPICS, TRADES, Newcomer, Waiting
from bot.features.setup.model import NEEDED, Place, PlaceFacts, Problem, Server, examine
from bot.kernel.i18n import Locale, Texts
from cogs.introductions.render import Render as Introductions
from cogs.members.render import Render as Members
from cogs.setup.render import Render as Setup
from tests.meta.house import FEATURES, parsed, sources

Drawing = discord.ui.LayoutView | str
Draw = Callable[[Locale], Iterator[Drawing]]

HIGHEST = 2**63 - 1
MARK = 2**31 - 1
MARKUP = "*_`"  # each is escaped, and so becomes two characters


def _long(limit: int) -> str:
    return (MARKUP * limit)[:limit]


def _introductions() -> Iterator[Introduction]:
    for state, is_long, is_posted, choice in itertools.product(State, (True, False), (True, False), range(3)):
        shown = {0: (), 1: (True,), 2: (True, False)}[choice]
        yield Introduction(
            introduction_id=HIGHEST,
            server_id=HIGHEST,
            member_id=HIGHEST,
            state=state,
            revision=1,
            published_revision=1,
            name=_long(32) if is_long else "A",
            now=_long(NOW_LIMIT) if is_long else "",
            note=_long(NOTE_LIMIT) if is_long else "",
            link="https://example.com/".ljust(LINK_LIMIT, "a") if is_long else "",
            trade_line=_long(TRADE_LINE_LIMIT) if is_long else "",
            greets=is_long,
            channel_id=HIGHEST if is_posted else None,
            message_id=HIGHEST if is_posted else None,
            thread_id=HIGHEST if is_posted else None,
            thread_gone=choice == 1,
            card_serial=1,
            interaction_id=None,
            published_at=datetime(2026, 11, 23, tzinfo=UTC),
            choices=tuple(
                Choice(side, topic, on_card=shown[number % len(shown)])
                for side in Side
                for number, topic in enumerate(TOPICS)
                if shown
            ),
            trades=TRADES[:TRADES_LIMIT] if is_long else (),
        )


def _pages() -> Iterator[Page]:
    everything = Search(HIGHEST, 0, "", "", "")
    yield Page(everything, (), 0, 1, 0)
    for introduction in _introductions():
        yield Page(everything, (introduction,), 0, 1, 1)
        total = PAGE * PAGES_LIMIT
        yield Page(everything, (introduction,) * PAGE, PAGES_LIMIT - 1, PAGES_LIMIT, total, has_more=True)
    yield from (Page(Search(1, 0, topic, "", _long(WORDS_LIMIT)), (), 0, 1, 0) for topic in TOPICS)
    yield from (Page(Search(1, 0, "", trade, ""), (), 0, 1, 0) for trade in TRADES)


def _waiting() -> list[Waiting]:
    """Return one of each kind of thing that the code lets wait for a member."""
    found = []
    for path in sources("bot"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Waiting":
                text, _feature, action = node.args[:3]
                assert isinstance(text, ast.Constant)
                assert isinstance(action, ast.Constant)
                found.append(Waiting(str(text.value), path.parent.name, str(action.value), HIGHEST))
    return found


def _servers() -> Iterator[Server]:
    for chosen, role, posted in itertools.product((True, False), (HIGHEST, None), (True, False)):
        places = dict.fromkeys(Place, HIGHEST) if chosen else {}
        panel = HIGHEST if posted else None
        yield Server(
            server_id=HIGHEST,
            language="ja",
            zone=ZoneInfo("Asia/Katmandu"),
            places=places,
            moderators_role_id=role,
            panel_channel_id=panel,
            panel_message_id=panel,
            panel_serial=1,
            hint_channel_id=HIGHEST,
            hint_message_id=HIGHEST,
            paused_at=None,
        )


def introductions(texts: Texts) -> dict[str, Draw]:
    render = Introductions(texts)
    news = ("", "introductions.written", "introductions.changed", "introductions.greets_on", "introductions.greets_off")
    hellos = [Hello(1, 2, HIGHEST, HIGHEST, ready, _long(HELLO_LIMIT), HIGHEST) for ready in ("", *READY_HELLOS)]
    return {
        "card": lambda locale: (render.card(one, locale, MARK) for one in _introductions()),
        "thread": lambda locale: (render.thread(one, locale) for one in _introductions()),
        "hello": lambda locale: (render.hello(hello, locale, MARK) for hello in hellos),
        "promise": lambda locale: (render.promise(each, HIGHEST, locale) for each in ("promise", "promise_hello")),
        "mine": lambda locale: (render.mine(one, locale, key) for one in _introductions() for key in news),
        "of_another": lambda locale: (render.of_another(one, locale) for one in _introductions()),
        "none_yet": lambda locale: iter([render.none_yet(HIGHEST, locale)]),
        "withdrawal": lambda locale: (render.withdrawal(one, locale) for one in _introductions()),
        "told": lambda locale: (render.told(one, locale, "introductions.greeted") for one in _introductions()),
        "found": lambda locale: (render.found(page, locale) for page in _pages()),
    }


def members(texts: Texts) -> dict[str, Draw]:
    render = Members(texts)
    waiting = _waiting()
    assert waiting
    return {
        "welcome": lambda locale: iter([render.welcome(Newcomer(HIGHEST, HIGHEST, HIGHEST, HIGHEST), locale, MARK)]),
        "guide": lambda locale: (
            render.guide(HIGHEST, some, locale) for some in ([], waiting, *([one] for one in waiting))
        ),
    }


def setup(texts: Texts) -> dict[str, Draw]:
    render = Setup(texts)
    servers = list(_servers())
    problems = [Problem(1, feature, HIGHEST, 50013, HIGHEST) for feature in FEATURES]
    facts = [
        {},
        {place: PlaceFacts(exists=False) for place in Place},
        {place: PlaceFacts(exists=True) for place in Place},
        {place: PlaceFacts(exists=True, missing=NEEDED[place]) for place in Place},
    ]
    findings = [
        (server, examine(server, fact, role_exists=exists, parked=parked))
        for server in servers
        for fact in facts
        for exists in (True, False)
        for parked in (0, 1, 1000)
    ]
    return {
        "panel": lambda locale: (
            render.panel(server, locale, key) for server in servers for key in ("", "setup.saved")
        ),
        "checked": lambda locale: (
            render.checked(server, found, some, locale) for server, found in findings for some in ([], problems)
        ),
        "coming": lambda locale: (render.coming(server, locale) for server in servers),
        "told": lambda locale: iter([render.told(locale, "setup.trying_again")]),
        "members_panel": lambda locale: (render.members_panel(server, locale, MARK) for server in servers),
        "hint": lambda locale: (render.hint(server, locale, MARK) for server in servers),
        "problem": lambda locale: (render.problem(problem, locale, MARK) for problem in problems),
        "channel_name": lambda locale: (render.channel_name(server, locale) for server in servers),
    }


FACES: dict[str, tuple[type[object], Callable[[Texts], dict[str, Draw]]]] = {
    "introductions": (Introductions, introductions),
    "members": (Members, members),
    "setup": (Setup, setup),
}
