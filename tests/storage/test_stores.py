"""A store knows one server: what is another's it neither returns nor changes, whatever ids it is handed."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.features.introductions.model import Introduction, Search
from bot.features.introductions.search_store import SearchStore
from bot.features.introductions.store import IntroductionStore
from bot.features.members.model import Sweep
from bot.features.members.reach import Kind, Preferences
from bot.features.members.reach_store import ReachStore
from bot.features.members.store import MemberStore
from bot.features.setup.model import Place
from bot.features.setup.store import SetupStore
from bot.kernel.ids import ChannelId, InteractionId, MessageId, RoleId, ServerId
from bot.storage.database import Database
from tests.storage.house import AKI, BENI, ONE, START, TWO, WORDS, HandClock, dump, settle, settled

EMPTY: tuple[object, ...] = (None, [], {}, 0, False, Sweep())
UTC = ZoneInfo("UTC")
THREE = ServerId(100000000000000003)  # known, and nothing in it
Call = Callable[[Any, Introduction], Awaitable[object]]

# Each public method of each store, called in a server where nothing is, with ids that are another server's.
SETUP: dict[str, Call] = {
    "ensure": lambda store, _: store.ensure("en"),
    "resume": lambda store, _: store.resume(),
    "pause": lambda store, _: store.pause(),
    "set_language": lambda store, _: store.set_language("en"),
    "set_zone": lambda store, _: store.set_zone(ZoneInfo("UTC")),
    "set_hours": lambda store, _: store.set_hours(8, 20),
    "set_place": lambda store, _: store.set_place(Place.HELPERS, ChannelId(1)),
    "set_moderators_role": lambda store, _: store.set_moderators_role(RoleId(1)),
    "set_hint_channel": lambda store, _: store.set_hint_channel(ChannelId(1)),
    "set_panel": lambda store, _: store.set_panel(ChannelId(1), MessageId(2), 3),
    "lose_panel": lambda store, _: store.lose_panel(),
    "hint_posted": lambda store, _: store.hint_posted(MessageId(9)),
    "problem_posted": lambda store, _: store.problem_posted(1, MessageId(9)),
    "problem": lambda store, _: store.problem(1),
    "problems": lambda store, _: store.problems(),
    "forget_problems": lambda store, _: store.forget_problems(),
}
MEMBERS: dict[str, Call] = {
    "find": lambda store, _: store.find(AKI),
    "promise": lambda store, _: store.promise(AKI),
    "leave": lambda store, _: store.leave(AKI),
    "miss": lambda store, _: store.miss(AKI),
    "missing": lambda store, _: store.missing(),
    "forget_missing": lambda store, _: store.forget_missing(),
    "sweep": lambda store, _: store.sweep(),
    "keep_sweep": lambda store, _: store.keep_sweep(Sweep(9, 9)),
    "newcomer": lambda store, _: store.newcomer(1),
    "not_seen_since": lambda store, _: store.not_seen_since(START),
    "forget_newcomers": lambda store, _: store.forget_newcomers(START + timedelta(days=9999)),
    "welcomed": lambda store, _: store.welcomed(1, MessageId(9)),
    "forget": lambda store, _: store.forget(AKI),
    "draft": lambda store, _: store.draft(1),
    "drafts": lambda store, _: store.drafts(AKI),
    "drop_draft": lambda store, _: store.drop_draft(1),
    "drop_expired_drafts": lambda store, _: store.drop_expired_drafts(),
    "extend_draft": lambda store, _: store.extend_draft(1, START + timedelta(days=9999)),
    "forget_old_notices": lambda store, _: store.forget_old_notices(),
    "topics": lambda store, _: store.topics(),
}
REACH: dict[str, Call] = {
    "candidates": lambda store, _: store.candidates([AKI], Kind.HELP),
    "keep": lambda store, _: store.keep(AKI, Preferences(UTC)),
    "dms_refused": lambda store, _: store.dms_refused(AKI),
    "dms_accepted": lambda store, _: store.dms_accepted(AKI),
    "inbox_opened": lambda store, _: store.inbox_opened(AKI),
    "distances": lambda store, _: store.distances(AKI),
    "kept_from": lambda store, _: store.kept_from(BENI),
    "has_agreed": lambda store, _: store.has_agreed(Kind.HELP, BENI),
    "willing": lambda store, _: store.willing(Kind.HELP),
    "are_apart": lambda store, _: store.are_apart(AKI, BENI),
    "asked_about": lambda store, _: store.asked_about("introductions", "greet", 1),
    "still_asked": lambda store, _: store.still_asked("introductions", "greet", 1, None),
    "asked_since": lambda store, _: store.asked_since(1),
    "notice": lambda store, _: store.notice(1),
    "notice_about": lambda store, _: store.notice_about(AKI, ("introductions", "greet", 1)),
    "notices": lambda store, _: store.notices(AKI),
    "has_whispers": lambda store, _: store.has_whispers(AKI),
    "forget_whispers": lambda store, _: store.forget_whispers(AKI),
    "settle": lambda store, _: store.settle(1, "passed"),
    "into_inbox": lambda store, _: store.into_inbox(1),
    "delivered": lambda store, _: store.delivered(1, MessageId(9)),
}
INTRODUCTIONS: dict[str, Call] = {
    "of_member": lambda store, _: store.of_member(AKI),
    "published_between": lambda store, _: store.published_between(
        START - timedelta(days=1), START + timedelta(days=9999)
    ),
    "find": lambda store, found: store.find(found.introduction_id),
    "by_message": lambda store, found: store.by_message(found.message_id),
    "by_thread": lambda store, found: store.by_thread(found.thread_id),
    "cards_among": lambda store, found: store.cards_among({found.message_id}),
    "cards_in": lambda store, found: store.cards_in(found.channel_id),
    "keep": lambda store, found: store.keep(replace(found, now="somebody else's words")),
    "keep_choices": lambda store, found: store.keep_choices(replace(found, choices=(), trades=("legal",))),
    "index": lambda store, found: store.index(found.introduction_id, "somebody else's words"),
    "shown_members": lambda store, _: store.shown_members(),
    "say_hello": lambda store, found: store.say_hello(found.introduction_id, BENI, "", "hello", InteractionId(9)),
    "hello_interaction": lambda store, found: store.hello_interaction(found.introduction_id, AKI),
    "hello": lambda store, _: store.hello(1),
    "greeters": lambda store, found: store.greeters(found.introduction_id),
    "hello_posted": lambda store, _: store.hello_posted(1, MessageId(9)),
    "waiting_hellos": lambda store, found: store.waiting_hellos(found.introduction_id),
    "sharing": lambda store, found: store.sharing(found.introduction_id),
    "offering": lambda store, _: store.offering("parenting"),
    "unanswered": lambda store, _: store.unanswered(START, START),
    "waits": lambda store, _: store.waits(START, START),
    "with_topic": lambda store, _: store.with_topic("parenting"),
    "rename_topic": lambda store, _: store.rename_topic("parenting", "育児"),
    "forget": lambda store, _: store.forget(AKI),
}
SEARCHES: dict[str, Call] = {
    "drop_expired_searches": lambda store, _: store.drop_expired_searches(),
    "search": lambda store, _: store.search(1, AKI),
    "matching": lambda store, _: store.matching(Search(1, 0, "", "", WORDS["now"]), 10),
}
# These make something of this server's own, and can't be told from it by what they return; see the tests below.
MAKERS = {
    SetupStore: {"find", "note_problem"},
    MemberStore: {"see", "meet", "welcome", "keep_draft", "keep_topics"},
    ReachStore: {"preferences", "consents", "consent", "keep_apart", "tell", "whisper"},
    IntroductionStore: {"begin"},
    SearchStore: {"keep_search"},
}
CALLS: dict[type[object], dict[str, Call]] = {
    SetupStore: SETUP,
    MemberStore: MEMBERS,
    ReachStore: REACH,
    IntroductionStore: INTRODUCTIONS,
    SearchStore: SEARCHES,
}


def public(kind: type[object]) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}


@pytest.mark.parametrize("kind", CALLS, ids=lambda kind: kind.__name__)
def test_no_method_of_a_store_is_left_out_here(kind: type[object]) -> None:
    assert public(kind) == CALLS[kind].keys() | MAKERS[kind]


def of_server(everything: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows but those of the third server."""
    return {name: [row for row in rows if THREE not in row] for name, rows in everything.items()}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, calls in CALLS.items() for name in calls], ids=str)
async def test_another_servers_rows_are_neither_returned_nor_changed(
    kind: Any,  # noqa: ANN401 - one of the stores
    name: str,
    database: Database,
    clock: HandClock,
) -> None:
    introductions = await settled(database)
    async with database.write() as transaction:
        await SetupStore(transaction, ONE).pause()
        await MemberStore(transaction, ONE).leave(AKI)
        await MemberStore(transaction, ONE).miss(AKI)
        await MemberStore(transaction, ONE).keep_sweep(Sweep(3, AKI))
        await SetupStore(transaction, THREE).ensure("ja")
        await MemberStore(transaction, THREE).see(BENI, "ja")
    before = of_server(dump(database.path))
    clock.push(timedelta(days=2))
    async with database.write() as transaction:
        zone = (UTC,) if kind is ReachStore else ()
        returned = await CALLS[kind][name](kind(transaction, THREE, *zone), introductions[ONE])
    assert returned in EMPTY
    assert of_server(dump(database.path)) == before


async def test_what_is_made_in_one_server_is_not_the_others(database: Database) -> None:
    async with database.write() as transaction:
        one = await settle(transaction, ONE, AKI, 0)
        await SetupStore(transaction, TWO).ensure("en")
        other = IntroductionStore(transaction, TWO)
        await MemberStore(transaction, TWO).see(AKI, "en")
        await other.begin(AKI)
        own = await other.of_member(AKI)
        assert own is not None
        assert (own.introduction_id != one.introduction_id, own.now) == (True, "")
        assert await SetupStore(transaction, TWO).note_problem("introductions", ChannelId(330), 50013) is not None
        assert await SetupStore(transaction, ONE).note_problem("introductions", ChannelId(330), 50013) is None
        welcomed = await MemberStore(transaction, TWO).welcome(AKI, ChannelId(300))
        assert welcomed != await MemberStore(transaction, ONE).welcome(AKI, ChannelId(300))
        draft_id = await MemberStore(transaction, TWO).keep_draft(AKI, "v1:x:form-y:1:0", {}, InteractionId(777))
        assert draft_id == await MemberStore(transaction, TWO).keep_draft(AKI, "v1:z", {}, InteractionId(777))
        searches = SearchStore(transaction, TWO)
        assert await searches.matching(await searches.keep_search(AKI, "", "", ""), 10) == []
        two = await SetupStore(transaction, TWO).find()
        assert two is not None
        assert (two.language, two.places) == ("en", {})


async def test_a_store_returns_what_it_was_given(database: Database) -> None:
    written = (await settled(database))[ONE]
    async with database.read() as transaction:
        store = IntroductionStore(transaction, ONE)
        assert await store.find(written.introduction_id) == written
        assert await store.by_message(610) == written
        assert await store.by_thread(620) == written
        assert await store.cards_among({610, 611}) == [610]
        assert await store.cards_in(600) == [610]
        assert len(await store.waiting_hellos(written.introduction_id)) == 1
        assert await store.shown_members() == [AKI]
        for words in ("aki", "WORDS-of", "ｎｏｗ"):
            wanted = Search(1, 0, "parenting", "design", words)
            assert await SearchStore(transaction, ONE).matching(wanted, 10) == [written.introduction_id]
        for nothing in (Search(1, 0, "health", "", ""), Search(1, 0, "", "legal", ""), Search(1, 0, "", "", "nobody")):
            assert await SearchStore(transaction, ONE).matching(nothing, 10) == []
        draft = await MemberStore(transaction, ONE).draft(1)
        assert draft is not None
        assert (draft.member_id, draft.fields) == (AKI, {"now": WORDS["now"]})
        server = await SetupStore(transaction, ONE).find()
        assert server is not None
        assert (server.places, server.moderators_role_id, server.panel_message_id) == (
            dict.fromkeys(Place, 300),
            310,
            320,
        )


async def test_drafts_and_searches_end_after_a_day(database: Database, clock: HandClock) -> None:
    await settled(database)
    clock.push(timedelta(hours=24))
    async with database.write() as transaction:
        assert await MemberStore(transaction, ONE).drafts(AKI) == []
        assert await SearchStore(transaction, ONE).search(1, AKI) is None
        await MemberStore(transaction, ONE).drop_expired_drafts()
        await SearchStore(transaction, ONE).drop_expired_searches()
        await SearchStore(transaction, ONE).keep_search(AKI, "", "", "")
    left = dump(database.path)
    assert [row[1] for row in left["drafts"]] == [TWO]
    assert [row[0] for row in left["searches"]] == [2, 3]


async def test_a_second_hello_to_one_card_is_none(database: Database) -> None:
    introduction = (await settled(database))[ONE]
    async with database.write() as transaction:
        store = IntroductionStore(transaction, ONE)
        first = await store.say_hello(introduction.introduction_id, BENI, "welcome", "", InteractionId(8))
        assert first is not None
        assert await store.say_hello(introduction.introduction_id, BENI, "", "again", InteractionId(9)) is None
        assert await store.hello_interaction(introduction.introduction_id, BENI) == 8
        hello = await store.hello(first)
        assert hello is not None
        assert (hello.owner_id, hello.member_id, hello.ready, hello.words) == (AKI, BENI, "welcome", "")
