"""Asks and all that hangs on them are one server's, and who was forgotten is in none of it."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.features.members.inbox import Inbox
from bot.features.members.store import MemberStore
from bot.features.peer_help.columns import PERSONAL_COLUMNS
from bot.features.peer_help.help_store import HelpChannel, HelpStore
from bot.features.peer_help.holder import HAND_POSTS_KEPT, PeerHelpHolder
from bot.features.peer_help.model import PREVIEW_KEPT, SEARCH_KEPT, Ask, State, Wants, Written
from bot.features.peer_help.store import AskStore
from bot.features.setup.service import Setup
from bot.features.setup.store import SetupStore
from bot.kernel.ids import ChannelId, MessageId, ServerId
from bot.storage.database import Database
from bot.storage.effects import Effects, Verb
from tests.storage.circle import MODERATOR
from tests.storage.help_house import settle_help
from tests.storage.house import AKI, BENI, ONE, START, TWO, HandClock, dump

THREE = ServerId(100000000000000003)  # known, and nothing in it
NOTHING: tuple[object, ...] = (None, [], 0, False, {}, "")
WORDS = "the words of aki"
FAR = START + timedelta(days=9999)
TABLES = (
    *("asks", "ask_search", "ask_helpers", "ask_me_too", "ask_replies", "hand_posts", "help_channels", "ask_tags"),
    *("ask_searches", "unmaskings"),
)
Asked = tuple[Ask, Ask, Ask]
Call = Callable[[Any, Asked], Awaitable[object]]

ASKS: dict[str, Call] = {
    "find": lambda store, asked: store.find(asked[0].ask_id),
    "by_key": lambda store, _: store.by_key("named 0"),
    "by_thread": lambda store, asked: store.by_thread(asked[0].thread_id),
    "cards_among": lambda store, asked: store.cards_among({asked[0].message_id}),
    "in_channel": lambda store, _: store.in_channel(950),
    "unposted": lambda store, _: store.unposted(),
    "of_member": lambda store, _: store.of_member(AKI),
    "anonymous_of": lambda store, _: store.anonymous_of(AKI),
    "anonymous": lambda store, _: store.anonymous(),
    "open_asks": lambda store, _: store.open_asks(10),
    "keep": lambda store, asked: store.keep(replace(asked[0], title="somebody else's words")),
    "declined": lambda store, asked: store.declined(asked[0]),
    "drop": lambda store, asked: store.drop(asked[2].ask_id),
    "unseal": lambda store, asked: store.unseal(asked[1]),
    "forget_previews": lambda store, _: store.forget_previews(FAR),
    "pseudonym_used": lambda store, _: store.pseudonym_used("Quiet Owl 0"),
    "shown_members": lambda store, _: store.shown_members(),
    "all_of_member": lambda store, _: store.all_of_member(AKI),
    "forget": lambda store, asked: store.forget(asked[0]),
    "listed": lambda store, _: store.listed(),
    "answered_between": lambda store, _: store.answered_between(
        START - timedelta(days=1), START + timedelta(days=9999)
    ),
    "waits": lambda store, _: store.waits(START - timedelta(days=1), FAR),
    "rename_topic": lambda store, _: store.rename_topic("parenting", "育児"),
    "index": lambda store, asked: store.index(asked[0].ask_id, "somebody else's words"),
    "matching": lambda store, _: store.matching(WORDS, 10),
}
HELP: dict[str, Call] = {
    "helpers": lambda store, asked: store.helpers(asked[0].ask_id),
    "helper": lambda store, _: store.helper(1),
    "helps_with": lambda store, _: store.helps_with(AKI),
    "let_go": lambda store, asked: store.let_go(asked[0].ask_id),
    "me_too": lambda store, asked: store.me_too(asked[0].ask_id, BENI),
    "reply": lambda store, asked: store.reply(asked[0].ask_id, "words", "own key", is_after=False),
    "find_reply": lambda store, _: store.find_reply(1),
    "replied": lambda store, _: store.replied(2, MessageId(9)),
    "waiting_replies": lambda store, asked: store.waiting_replies(asked[0].ask_id),
    "empty_replies": lambda store, asked: store.empty_replies(asked[0].ask_id),
    "hand_post": lambda store, _: store.hand_post(1),
    "offered": lambda store, _: store.offered(1, MessageId(9)),
    "drop_hand_post": lambda store, _: store.drop_hand_post(940),
    "help_channel": lambda store, _: store.help_channel(),
    "keep_help_channel": lambda store, _: store.keep_help_channel(None),
    "tags": lambda store, _: store.tags(950),
    "keep_tags": lambda store, _: store.keep_tags(950, {}),
    "searched": lambda store, _: store.searched(1, AKI),
    "forget_expired": lambda store, _: store.forget_expired(FAR),
    "want_unmasking": lambda store, asked: store.want_unmasking(asked[0].ask_id, BENI, "why"),
    "unmasking": lambda store, _: store.unmasking(1),
    "unmasking_of": lambda store, asked: store.unmasking_of(asked[1].ask_id),
    "unmask": lambda store, _: store.unmask(1, BENI),
    "unmasking_posted": lambda store, _: store.unmasking_posted(1, ChannelId(1), MessageId(2)),
    "forget": lambda store, _: store.forget(AKI),
}
# These make something of this server's own, or are handed what was found there; see the tests below.
MAKERS: dict[type[object], set[str]] = {
    AskStore: {"begin"},
    HelpStore: {"part_of", "keep", "opened_by_hand", "keep_search"},
}
CALLS: dict[type[object], dict[str, Call]] = {AskStore: ASKS, HelpStore: HELP}
EACH = [(kind, name) for kind, calls in CALLS.items() for name in calls]


@pytest.fixture
async def asked(database: Database) -> Asked:
    """Aki and a moderator ask and help each other in two servers; a third one has nothing. Returns the first one's."""
    async with database.write() as transaction:
        found = []
        for serial, server_id in enumerate((ONE, TWO)):
            await SetupStore(transaction, server_id).ensure("ja")
            for member_id in (AKI, BENI, MODERATOR):
                await MemberStore(transaction, server_id).see(member_id, "ja")
            found.append(await settle_help(transaction, server_id, AKI, WORDS, serial))
        await SetupStore(transaction, THREE).ensure("ja")
        for member_id in (AKI, BENI):
            await MemberStore(transaction, THREE).see(member_id, "ja")
    return found[0]


def holder(database: Database) -> PeerHelpHolder:
    return PeerHelpHolder(database, Inbox(database, Setup(database)))


def test_every_public_method_is_called() -> None:
    for kind, calls in CALLS.items():
        named = {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}
        assert named == calls.keys() | MAKERS[kind]


@pytest.mark.parametrize(("kind", "name"), EACH, ids=str)
async def test_another_servers_rows_are_neither_returned_nor_changed(
    kind: Any,  # noqa: ANN401 - one of the stores
    name: str,
    database: Database,
    asked: Asked,
    clock: HandClock,
) -> None:
    clock.push(timedelta(minutes=1))
    before = dump(database.path)
    async with database.write() as transaction:
        returned = await CALLS[kind][name](kind(transaction, THREE), asked)
    assert returned in NOTHING or name in {"declined", "unseal"}  # these return what they were handed
    assert dump(database.path) == before


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, name in EACH if name not in {"unposted", "forget_previews"}],
    ids=str,
)
async def test_the_same_call_finds_or_changes_something_where_it_is(
    kind: Any,  # noqa: ANN401 - one of the stores
    name: str,
    database: Database,
    asked: Asked,
) -> None:
    """Else the test above would ask for what is nowhere."""
    before = dump(database.path)
    async with database.write() as transaction:
        returned = await CALLS[kind][name](kind(transaction, ONE), asked)
    assert returned not in NOTHING or dump(database.path) != before


async def test_what_is_made_in_one_server_is_not_the_others(database: Database, asked: Asked) -> None:
    before = {name: [row for row in rows if THREE not in row] for name, rows in dump(database.path).items()}
    async with database.write() as transaction:
        asks, helping = AskStore(transaction, THREE), HelpStore(transaction, THREE)
        written = Written("health", Wants.ADVICE, "own", "")
        assert await asks.begin(BENI, written, "named 0") is None  # another request's, wherever it was made
        assert await asks.begin(AKI, written, "own key") is not None
        own = await asks.by_key("own key")
        assert own is not None
        part = await helping.part_of(own.ask_id, BENI)
        await helping.keep(replace(part, came_at=START))
        (theirs,) = await HelpStore(transaction, ONE).helpers(asked[0].ask_id)
        await helping.keep(replace(theirs, came_at=None))
        assert await helping.opened_by_hand(940, AKI, "known elsewhere") is None
        assert await helping.keep_search(AKI, "own words") > 2
        await helping.keep_help_channel(HelpChannel(ChannelId(5), is_forum=False))
        assert [each.ask_id for each in await asks.unposted()] == [own.ask_id]
    after = {name: [row for row in rows if THREE not in row] for name, rows in dump(database.path).items()}
    assert {name: after[name] for name in TABLES if name != "ask_search"} == {
        name: before[name] for name in TABLES if name != "ask_search"
    }


async def test_the_stores_return_what_they_were_given(database: Database, asked: Asked) -> None:
    mine, sealed, other = asked
    async with database.read() as transaction:
        asks, helping = AskStore(transaction, ONE), HelpStore(transaction, ONE)
        found = await asks.find(mine.ask_id)
        assert found == replace(mine, me_too=0)
        assert (found.asker_id, found.shown_asker_id, found.climb) == (AKI, AKI, mine.climb)
        anonymous = await asks.find(sealed.ask_id)
        assert anonymous is not None
        assert (anonymous.asker_id, anonymous.shown_asker_id, anonymous.pseudonym) == (AKI, None, "Quiet Owl 0")
        theirs = await asks.find(other.ask_id)
        assert theirs is not None
        assert (theirs.asker_id, theirs.first_id, theirs.climb.names_one, theirs.me_too) == (MODERATOR, AKI, True, 1)
        assert {each.ask_id for each in await asks.of_member(AKI)} == {mine.ask_id, sealed.ask_id}
        assert await asks.shown_members() == sorted([AKI, MODERATOR])
        (part,) = await helping.helpers(other.ask_id)
        assert (part.member_id, part.came_at, part.spoke_at, part.left_at, part.is_here) == (
            AKI,
            START,
            START,
            None,
            True,
        )
        assert await helping.help_channel() == HelpChannel(ChannelId(950), is_forum=True, trouble="full")
        assert await helping.tags(950) == {"other": 960}
        assert await asks.waits(START - timedelta(days=1), START) == [timedelta(0)] * 3


async def test_a_second_press_of_the_same_adds_nothing(database: Database, asked: Asked) -> None:
    mine, _, other = asked
    async with database.write() as transaction:
        asks, helping = AskStore(transaction, ONE), HelpStore(transaction, ONE)
        assert await asks.begin(BENI, Written("health", Wants.ADVICE, "again", ""), "named 0") is None
        assert await helping.reply(mine.ask_id, "again", f"reply {mine.ask_id}", is_after=False) is None
        await helping.me_too(other.ask_id, AKI)
        assert await helping.want_unmasking(other.ask_id, BENI, "again") is None
        after = await asks.find(other.ask_id)
        assert after is not None
        assert after.me_too == 1


async def test_nobody_reads_in_the_file_who_asked_under_a_pseudonym(database: Database, asked: Asked) -> None:
    rows = dump(database.path)["asks"]
    (sealed,) = (row for row in rows if row[0] == asked[1].ask_id)
    assert str(AKI) not in str(sealed)
    assert AKI.to_bytes(8, "big") not in b"".join(value for value in sealed if isinstance(value, bytes))


async def test_something_is_left_in_every_declared_column(database: Database, asked: Asked) -> None:
    """Else a column could be forgotten by the test instead of by the bot."""
    async with database.read() as transaction:
        for column in PERSONAL_COLUMNS:
            if (column.table, column.column) == ("ask_helpers", "left_at"):
                continue  # of who helps just now
            query = f"SELECT count(*) FROM {column.table} WHERE {column.column} NOT IN ('', 0)"
            async with transaction.connection.execute(query) as cursor:
                row = await cursor.fetchone()
            assert row is not None
            assert row[0], f"{column.table}.{column.column}"


async def test_who_is_forgotten_is_in_nothing_but_the_sums_of_others(database: Database, asked: Asked) -> None:
    async with database.write() as transaction:
        assert await holder(database).forget_member(transaction, ONE, AKI) is False  # cards have to be emptied first
        await transaction.connection.execute("UPDATE effects SET state = 'done'")
        assert await holder(database).forget_member(transaction, ONE, AKI)
    left = {name: [row for row in rows if TWO not in row] for name, rows in dump(database.path).items()}
    # The full-text index is not any server's: what is left of it is the other one's and the moderator's.
    tables = set(TABLES) - {"ask_search"}
    assert [name for name in sorted(tables) if str(AKI) in str(left[name]) or WORDS in str(left[name])] == []
    async with database.read() as transaction:
        here, there = AskStore(transaction, ONE), AskStore(transaction, TWO)
        assert await here.all_of_member(AKI) == []
        assert await here.matching("aki", 10) == []
        other = await here.find(asked[2].ask_id)
        assert other is not None
        assert (other.title, other.asker_id, other.first_id) == ("another's", MODERATOR, None)
        assert len(await there.all_of_member(AKI)) == 2
        assert len(await there.matching("aki", 10)) == 2
        assert await HelpStore(transaction, TWO).helps_with(AKI) != []


async def test_who_leaves_is_asked_for_nothing_and_leaves_nobody_alone(database: Database, asked: Asked) -> None:
    mine, sealed, other = asked
    async with database.write() as transaction:
        asks, helping = AskStore(transaction, ONE), HelpStore(transaction, ONE)
        await asks.keep(replace(other, state=State.TALKING))
        await holder(database).member_left(transaction, ONE, AKI)
        ended, alone = await asks.find(mine.ask_id), await asks.find(other.ask_id)
        assert ended is not None
        assert alone is not None
        assert (ended.state, ended.ending) == (State.CLOSED, "left")
        assert (alone.state, alone.step_at) == (State.WAITING, START)
        assert await helping.helps_with(AKI) == []
        anonymous = await asks.find(sealed.ask_id)
        assert anonymous is not None
        assert anonymous.state.is_open  # one that ended now would say whose it was
        effects = Effects(transaction)
        assert await effects.is_under_way(Verb.JOB, "peer_help", "step", other.ask_id)
        assert await effects.is_under_way(Verb.EDIT, "peer_help", "ask", mine.ask_id)


async def test_times_of_keeping_end(database: Database, asked: Asked, clock: HandClock) -> None:
    async with database.write() as transaction:
        preview = Written("health", Wants.ADVICE, "never posted", "")
        await AskStore(transaction, ONE).begin(AKI, preview, "preview", pseudonym="Misty Gull")
    clock.push(max(PREVIEW_KEPT, SEARCH_KEPT) + timedelta(seconds=1))
    async with database.write() as transaction:
        await holder(database).forget_expired(transaction, ONE)
        assert await AskStore(transaction, ONE).by_key("preview") is None
        assert await HelpStore(transaction, ONE).hand_post(1) is not None
    left = dump(database.path)
    assert {row[1] for row in left["ask_searches"]} == {TWO}
    clock.push(HAND_POSTS_KEPT)
    async with database.write() as transaction:
        await holder(database).forget_expired(transaction, ONE)
    assert {row[1] for row in dump(database.path)["hand_posts"]} == {TWO}
