"""What storage tests share: a clock in the hand, and the little community that they look at."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.features.introductions.model import Introduction, Side, State, Written
from bot.features.introductions.search_store import SearchStore
from bot.features.introductions.store import IntroductionStore
from bot.features.members.reach import Kind, Part, Preferences, Way
from bot.features.members.reach_store import ReachStore
from bot.features.members.store import MemberStore
from bot.features.setup.model import Place
from bot.features.setup.store import SetupStore
from bot.kernel.ids import ChannelId, InteractionId, MemberId, MessageId, RoleId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb

START = datetime(2026, 11, 23, 0, tzinfo=UTC)
ONE, TWO = ServerId(100000000000000001), ServerId(100000000000000002)
AKI, BENI = MemberId(200000000000000001), MemberId(200000000000000002)
WORDS = {
    "name": "Aki-of-the-test",
    "now": "now-words-of-aki",
    "note": "note-words-of-aki",
    "link": "https://aki.example.com/link-of-aki",
    "trade_line": "trade-words-of-aki",
}


def words_of(member_id: MemberId) -> dict[str, str]:
    """Return what a member wrote; nobody else's words hold any of it."""
    return WORDS if member_id == AKI else {name: text.replace("ki", "eni") for name, text in WORDS.items()}


class HandClock:
    """A clock that goes only when it is pushed."""

    def __init__(self) -> None:
        self.present = START

    def now(self) -> datetime:
        return self.present

    def push(self, span: timedelta) -> None:
        self.present += span


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables, those behind the full-text index included."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in sorted(names)}


def schema_of(path: Path) -> list[str]:
    """Return the statements that made the tables and indexes, with single spaces."""
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return [" ".join(row[0].split()) for row in made]


async def settle(transaction: Transaction, server_id: ServerId, member_id: MemberId, serial: int) -> Introduction:
    """Let a member of a server leave something in every table; ``serial`` keeps two of them apart."""
    setup = SetupStore(transaction, server_id)
    await setup.ensure("ja")
    for place in Place:
        await setup.set_place(place, ChannelId(300 + serial))
    await setup.set_moderators_role(RoleId(310 + serial))
    await setup.set_panel(ChannelId(300 + serial), MessageId(320 + serial), 1)
    await setup.note_problem("introductions", ChannelId(330 + serial), 50013)
    members = MemberStore(transaction, server_id)
    await members.see(member_id, "ja")
    await members.promise(member_id)
    await members.welcome(member_id, ChannelId(300 + serial))
    words = words_of(member_id)
    await members.keep_draft(member_id, "v1:x:form-y:1:0", {"now": words["now"]}, InteractionId(400 + serial))
    await _choose(transaction, server_id, member_id)
    store = IntroductionStore(transaction, server_id)
    await store.begin(member_id)
    introduction = await _published(store, member_id, transaction, serial)
    await store.say_hello(
        introduction.introduction_id, member_id, "welcome", words["note"], InteractionId(500 + serial)
    )
    await SearchStore(transaction, server_id).keep_search(member_id, "health", "design", words["now"])
    await Effects(transaction).put(
        Verb.SEND, "introductions", "card", introduction.introduction_id, server_id=server_id
    )
    return introduction


async def _choose(transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
    """Let a member choose whatever there is to choose, be told something, and open their inbox."""
    store = ReachStore(transaction, server_id, ZoneInfo("UTC"))
    rests_until = transaction.now + timedelta(days=7)
    wishes = Preferences(ZoneInfo("Europe/Berlin"), True, "en", 22, 6, frozenset({6}), Part.LUNCH, 3, rests_until)
    await store.keep(member_id, wishes)
    await store.consent(member_id, Kind.HELP, Way.DM)
    await store.tell(member_id, Kind.HELP, ("introductions", "greet", 1), Way.DM)
    await store.whisper(member_id, Kind.ANSWERS, ("introductions", "hello", 1), Way.INBOX)
    await store.keep_apart(member_id, BENI if member_id == AKI else AKI, apart=True)
    await store.dms_refused(member_id)
    await store.inbox_opened(member_id)
    await MemberStore(transaction, server_id).keep_topics(["parenting", "health"])


async def _published(
    store: IntroductionStore, member_id: MemberId, transaction: Transaction, serial: int
) -> Introduction:
    empty = await store.of_member(member_id)
    assert empty is not None
    words = words_of(member_id)
    chosen = empty.chosen(Written(words["now"], ("parenting",), ("health",)))
    values = {field: getattr(empty, field) for field in Introduction.__dataclass_fields__}
    values |= words | {
        "state": State.PUBLISHED,
        "revision": 1,
        "channel_id": 600 + serial,
        "message_id": 610 + serial,
        "thread_id": 620 + serial,
        "published_at": transaction.now,
        "answered_at": transaction.now,
        "choices": chosen,
        "trades": ("design",),
    }
    introduction = Introduction(**values)
    assert introduction.topics(Side.OFFER) == ("parenting",)
    await store.keep(introduction)
    await store.keep_choices(introduction)
    await store.index(introduction.introduction_id, " ".join(words.values()))
    return introduction


async def settled(database: Database) -> dict[ServerId, Introduction]:
    """Let Aki leave something in every table of both servers."""
    async with database.write() as transaction:
        return {
            server_id: await settle(transaction, server_id, AKI, serial) for serial, server_id in enumerate((ONE, TWO))
        }
