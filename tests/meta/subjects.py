"""Everything that the faces can be asked to draw, from the emptiest to the longest."""

import ast
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.features.check_ins.model import SCHEDULES_LIMIT
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
    Outlook,
    Page,
    Search,
    Side,
    State,
)
from bot.features.members.choices import Chosen
from bot.features.members.inbox import InboxPage
from bot.features.members.model import (
    NOTICES_PAGE,
    TOPIC_LENGTH,
    TOPICS,
    TOPICS_LIMIT,
    TRADES,
    Newcomer,
    Notice,
    Told,
    Waiting,
)
from bot.features.members.reach import Kind, Part, Preferences, Way
from bot.features.reputation.model import Word
from bot.features.setup.model import MADE, NEEDED, Finding, Place, PlaceFacts, Problem, Server, examine
from bot.kernel.i18n import Texts
from bot.kernel.ids import MemberId
from cogs.blog_reviews.listing import ListRender as ReviewLists
from cogs.blog_reviews.render import Render as Reviews
from cogs.check_ins.letter import LetterRender
from cogs.check_ins.own_render import OwnRender
from cogs.check_ins.render import Render as CheckIns
from cogs.introductions.render import Render as Introductions
from cogs.members.preferences import PreferencesRender
from cogs.members.render import Render as Members
from cogs.peer_help.listing import ListRender as AskLists
from cogs.peer_help.render import Render as Asks
from cogs.reputation.desk_render import DeskRender
from cogs.reputation.render import Render as ThanksRender
from cogs.safety.help_render import HelpRender
from cogs.safety.render import Render as Safety
from cogs.setup.render import Render as Setup
from tests.meta import blog_reviews_subjects, check_ins_subjects, peer_help_subjects
from tests.meta.drawing import HIGHEST, MARK, MOMENT, Draw, long_text
from tests.meta.house import FEATURES, parsed, sources
from tests.meta.reputation_subjects import reputation
from tests.meta.safety_subjects import safety

_TOLD = re.compile(r"(introductions|reputation|safety)\.[a-z_]+")  # a key of the catalogue, where something is told
_TAGS = ("check_tags_full", "check_tags_forbidden")
OWN_TOPICS = tuple(f"{number}".rjust(TOPIC_LENGTH, "あ") for number in range(TOPICS_LIMIT))  # a server's own


def _introductions() -> Iterator[Introduction]:
    for state, is_long, is_posted, choice in itertools.product(State, (True, False), (True, False), range(3)):
        shown = {0: (), 1: (True,), 2: (True, False)}[choice]
        topics = TOPICS if is_long else OWN_TOPICS
        yield Introduction(
            introduction_id=HIGHEST,
            server_id=HIGHEST,
            member_id=HIGHEST,
            state=state,
            revision=1,
            published_revision=1,
            name=long_text(32) if is_long else "A",
            now=long_text(NOW_LIMIT) if is_long else "",
            note=long_text(NOTE_LIMIT) if is_long else "",
            link="https://example.com/".ljust(LINK_LIMIT, "a") if is_long else "",
            trade_line=long_text(TRADE_LINE_LIMIT) if is_long else "",
            channel_id=HIGHEST if is_posted else None,
            message_id=HIGHEST if is_posted else None,
            thread_id=HIGHEST if is_posted else None,
            thread_gone=choice == 1,
            card_serial=1,
            interaction_id=None,
            published_at=MOMENT,
            unlisted=is_long,
            choices=tuple(
                Choice(side, topic, on_card=shown[number % len(shown)])
                for side in Side
                for number, topic in enumerate(topics)
                if shown
            ),
            trades=TRADES[:TRADES_LIMIT] if is_long else (),
            is_askable=is_posted,
        )


def _pages() -> Iterator[Page]:
    everything = Search(HIGHEST, 0, "", "", "")
    yield Page(everything, (), 0, 1, 0)
    for introduction in _introductions():
        yield Page(everything, (introduction,), 0, 1, 1)
        total = PAGE * PAGES_LIMIT
        several = tuple(replace(introduction, member_id=HIGHEST - number) for number in range(PAGE))
        yield Page(everything, several, PAGES_LIMIT - 1, PAGES_LIMIT, total, has_more=True)
    yield from (Page(Search(1, 0, topic, "", long_text(WORDS_LIMIT)), (), 0, 1, 0) for topic in TOPICS)
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
            waking_from=0 if chosen else 23,
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
    changes = ("written", "changed", "kept", "unlisted_on", "unlisted_off")
    news = ("", *(f"introductions.{change}" for change in changes))
    outlooks = [Outlook(moment, usual) for moment in (None, MOMENT) for usual in (None, timedelta(hours=3))]
    outlooks.append(Outlook(None, None, has_welcomers=False))
    hellos = [Hello(1, 2, HIGHEST, HIGHEST, ready, long_text(HELLO_LIMIT), HIGHEST) for ready in ("", *READY_HELLOS)]
    return {
        "card": lambda locale: (render.card(one, locale, MARK) for one in _introductions()),
        "thread": lambda locale: (render.thread(one, locale) for one in _introductions()),
        "hello": lambda locale: (render.hello(hello, locale, MARK) for hello in hellos),
        "mine": lambda locale: itertools.chain(
            (render.mine(one, locale, key) for one in _introductions() for key in news),
            (  # the card was published just now
                render.mine(one, locale, "introductions.written", outlook=outlook, asks_consent=True)
                for one in _introductions()
                if one.is_published and not one.thread_gone
                for outlook in outlooks
            ),
            (
                render.mine(one, locale, "introductions.changed", asks_consent=True)
                for one in _introductions()
                if one.is_published
            ),
        ),
        "of_another": lambda locale: (
            render.of_another(one, locale, word) for one in _introductions() for word in (None, *Word)
        ),
        "thanked": lambda locale: (render.thanked(range(count), locale) for count in (1, 10)),
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
        "notice": lambda locale: (render.notice(notice, locale, MARK) for notice in _notices()),
        "inbox": lambda locale: (
            render.inbox(HIGHEST, InboxPage(tuple(_numbered(some)), 0, pages), locale)
            for notice in _notices()
            for some, pages in (([], 1), ([notice], 1), ([notice] * NOTICES_PAGE, 25))
        ),
        "resting": lambda locale: iter([render.resting(HIGHEST, locale)]),
        "told": lambda locale: (
            render.told(locale, f"members.{key}", kind)
            for key in ("passed", "stopped_asking", "stopped_telling")
            for kind in Kind
        ),
        **_preferences(PreferencesRender(texts)),
    }


def _preferences(render: PreferencesRender) -> dict[str, Draw]:
    zone = ZoneInfo("America/Argentina/ComodRivadavia")
    everything = dict(zip(Kind, itertools.cycle(Way), strict=False))
    choices = [
        Chosen(Preferences(zone), {}, takes_dms=True, distances=(), rests=False),
        Chosen(
            Preferences(zone, True, "en", 22, 22, frozenset(range(7)), Part.EVENING, 7, MOMENT),
            everything,
            takes_dms=False,
            distances=(MemberId(HIGHEST),),
            rests=True,
        ),
    ]
    saved = ("", "members.saved")
    return {
        "preferences": lambda locale: (
            render.preferences(HIGHEST, chosen, locale, news)
            for chosen in choices
            for news in (*saved, "members.rests", "members.rests_no_more")
        ),
        "consents": lambda locale: (render.consents(HIGHEST, chosen, locale) for chosen in choices),
        "consent": lambda locale: (
            render.consent(HIGHEST, chosen, kind, locale, news) for chosen in choices for kind in Kind for news in saved
        ),
        "rested": lambda locale: (render.rested(chosen, locale, "members.rests") for chosen in choices),
        "distances": lambda locale: (
            render.distances(HIGHEST, chosen, locale, news) for chosen in choices for news in saved
        ),
        "apart": lambda locale: iter([render.apart(HIGHEST, locale)]),
        "near": lambda locale: iter([render.near(locale)]),
        "hours": lambda locale: (label for _, label in render.hours(locale)),
    }


def _notices() -> Iterator[tuple[Notice, Told]]:
    """Yield each thing that the code tells members, as a notice of each kind and state."""
    ways = {
        "introductions": ("greet_asked",),
        "reputation": ("agree", "hide"),
        "safety": ("answer", "post_it", "change"),
    }
    for feature, key in _told():
        for control, kind, way in itertools.product((None, *ways[feature]), Kind, Way):
            told = Told(
                key, () if control is None else (control,), HIGHEST, long_text(1000), MOMENT, "https://a.example"
            )
            for state in ("open", "taken", "passed"):
                yield (
                    Notice(HIGHEST, HIGHEST, HIGHEST, kind, feature, "", 1, way, state, MOMENT, HIGHEST),
                    told,
                )
    yield from blog_reviews_subjects.notices()
    yield from check_ins_subjects.notices()
    yield from peer_help_subjects.notices()


def _told() -> Iterator[tuple[str, str]]:
    """Yield the key of each sentence that a feature tells members, with the feature."""
    for path in sources("bot"):
        for node in ast.walk(parsed(path)) if path.name in {"teller.py", "telling.py"} else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _TOLD.fullmatch(node.value):
                yield path.parent.name, node.value


def _numbered(notices: list[tuple[Notice, Told]]) -> Iterator[tuple[Notice, Told]]:
    for number, (notice, told) in enumerate(notices):
        yield replace(notice, notice_id=HIGHEST - number), told


def setup(texts: Texts) -> dict[str, Draw]:
    render = Setup(texts)
    servers = list(_servers())
    problems = [Problem(1, feature, HIGHEST, 50013, HIGHEST) for feature in FEATURES]
    facts = [
        {},
        {place: PlaceFacts(exists=False) for place in Place},
        {place: PlaceFacts(exists=True) for place in Place},
        {place: PlaceFacts(exists=True, missing=NEEDED[place]) for place in Place},
        {place: PlaceFacts(exists=True, lacks_tags=True, requires_tag=True) for place in Place},
    ]
    findings = [
        (server, examine(server, fact, role_exists=exists, parked=parked))
        for server in servers
        for fact in facts
        for exists in (True, False)
        for parked in (0, 1, 1000)
    ]
    others = ["no_sources", *(f"role_{each}" for each in ("gone", "managed", "powers", "permission", "order"))]
    further = [Finding(good=False, text=f"reputation.check_{others[0]}")]
    further += [Finding(good=False, text=f"reputation.{each}", mention=f"<@&{HIGHEST}>") for each in others[1:]]
    further += [Finding(good=False, text=f"peer_help.{each}", mention=f"<#{HIGHEST}>") for each in _TAGS]
    further += [Finding(good=True, text="reputation.check_sources", count=count) for count in (5, 25)]
    further += [Finding(good=False, text="reputation.check_few_sources", count=count) for count in (1, 4)]
    everywhere = " ".join([f"<#{HIGHEST}>"] * SCHEDULES_LIMIT)
    further += [
        Finding(good=False, text=f"check_ins.{each}", missing=NEEDED[Place.REVIEWS], mention=everywhere)
        for each in ("check_gone", "check_missing")
    ]
    findings += [(server, further) for server in servers]
    return {
        "panel": lambda locale: (
            render.panel(server, locale, key) for server in servers for key in ("", "setup.saved")
        ),
        "channels": lambda locale: (
            render.channels(server, locale, key) for server in servers for key in ("", "setup.saved")
        ),
        "checked": lambda locale: (
            render.checked(server, found, some, locale) for server, found in findings for some in ([], problems)
        ),
        "coming": lambda locale: (render.coming(server, place, locale) for server in servers for place in MADE),
        "told": lambda locale: iter([render.told(locale, "setup.trying_again")]),
        "members_panel": lambda locale: (render.members_panel(server, locale, MARK) for server in servers),
        "hint": lambda locale: (render.hint(server, locale, MARK) for server in servers),
        "problem": lambda locale: (render.problem(problem, locale, MARK) for problem in problems),
        "channel_name": lambda locale: (render.channel_name(server, locale) for server in servers),
        "help_channel_name": lambda locale: (render.help_channel_name(server, locale) for server in servers),
        "reviews_channel_name": lambda locale: (render.reviews_channel_name(server, locale) for server in servers),
    }


# A feature's classes that draw, and what they are to draw.
FACES: dict[str, tuple[tuple[type[object], ...], Callable[[Texts], dict[str, Draw]]]] = {
    "blog_reviews": ((Reviews, ReviewLists), blog_reviews_subjects.blog_reviews),
    "check_ins": ((CheckIns, OwnRender, LetterRender), check_ins_subjects.check_ins),
    "introductions": ((Introductions,), introductions),
    "members": ((Members, PreferencesRender), members),
    "peer_help": ((Asks, AskLists), peer_help_subjects.peer_help),
    "reputation": ((ThanksRender, DeskRender), reputation),
    "safety": ((Safety, HelpRender), safety),
    "setup": ((Setup,), setup),
}
