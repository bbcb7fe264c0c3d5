"""Whoever left long ago is forgotten: the whole database is searched for them."""

from datetime import timedelta
from typing import Any, cast

import pytest

from bot.features.introductions import store as introduction_store
from bot.features.introductions.holder import IntroductionHolder
from bot.features.introductions.store import IntroductionStore
from bot.features.members import store as member_store
from bot.features.members.model import LEFT_KEPT, Sweep
from bot.features.members.service import Members
from bot.features.members.store import MemberStore
from bot.features.members.sweep import MemberSweep
from bot.features.members.topics import Topics
from bot.features.setup.service import Setup
from bot.kernel.i18n import Texts
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import search_tokens
from bot.storage.columns import PersonalColumn
from bot.storage.database import Database
from bot.storage.effects import Effect, Effects, Verb
from tests.storage.house import AKI, BENI, ONE, START, TWO, WORDS, HandClock, dump, settle, words_of

DECLARED: tuple[PersonalColumn, ...] = (*member_store.PERSONAL_COLUMNS, *introduction_store.PERSONAL_COLUMNS)
OF_AKI = (AKI, *WORDS.values(), "hello-words-of-aki", search_tokens("link-of-aki").rpartition(" ")[0])
SWEEP = Effect(0, "", ONE, Verb.JOB, "members", "tend", ONE, START, 1, 1, None, "")


class Nobody:
    """A directory of servers that only Beni is in."""

    async def is_member(self, server_id: ServerId, member_id: MemberId) -> bool:
        return member_id == BENI


@pytest.fixture
async def members(database: Database) -> Members:
    return Members(database, Setup(database))


@pytest.fixture
async def sweep(database: Database) -> MemberSweep:
    texts = Texts()
    holder = IntroductionHolder(database, texts, Topics(database, texts))
    return MemberSweep(database, (holder,), Nobody())


async def post(database: Database) -> None:
    """Let all that is due in Discord be done."""
    async with database.write() as transaction:
        effects = Effects(transaction)
        for effect in await effects.claim(transaction.now, 100, 100):
            await effects.mark_done(effect, None)


async def live_together(database: Database) -> None:
    """Let Aki and Beni leave something in every table of one server, and greet each other."""
    async with database.write() as transaction:
        aki = await settle(transaction, ONE, AKI, 0)
        beni = await settle(transaction, ONE, BENI, 2)
        store = IntroductionStore(transaction, ONE)
        await store.say_hello(beni.introduction_id, AKI, "welcome", "hello-words-of-aki", InteractionId(801))
        await store.say_hello(aki.introduction_id, BENI, "welcome", "hello-words-of-beni", InteractionId(802))
        columns = "server_id, member_id, form, fields, interaction_id, expires_at"
        former = f"INSERT INTO drafts ({columns}) VALUES (?, ?, ?, ?, 9, 9)"
        await transaction.connection.execute(former, (ONE, AKI, "v1:x:form-y:1:0", '{"now": "draft-of-aki"}'))
        await MemberStore(transaction, ONE).miss(AKI)
        await MemberStore(transaction, ONE).keep_sweep(Sweep(1, AKI))


def found_in(everything: dict[str, list[tuple[object, ...]]], *wanted: object) -> set[str]:
    """Return the tables that hold any of the wanted ids or texts, also within longer texts."""
    shown = [str(one) for one in wanted]
    return {
        name
        for name, rows in everything.items()
        if any(text in str(value) for row in rows for value in row if not isinstance(value, bytes) for text in shown)
    }


async def test_the_community_leaves_something_in_every_declared_column(database: Database) -> None:
    """Else a column could be forgotten by the test instead of by the bot."""
    await live_together(database)
    async with database.write() as transaction:
        await MemberStore(transaction, ONE).leave(AKI)
        store = IntroductionStore(transaction, ONE)
        aki = await store.of_member(AKI)
        assert aki is not None
        for column in DECLARED:
            query = f"SELECT count(*) FROM {column.table} WHERE {column.column} <> ''"
            async with transaction.connection.execute(query) as cursor:
                (count,) = cast("Any", await cursor.fetchone())
            assert count, f"{column.table}.{column.column}"


async def test_after_a_year_away_nothing_is_left_of_a_member(
    database: Database, sweep: MemberSweep, clock: HandClock
) -> None:
    await live_together(database)
    before = dump(database.path)
    choices = {"introduction_topics", "introduction_trades", "introduction_search"}  # name nobody by themselves
    assert found_in(before, *OF_AKI) >= {column.table for column in DECLARED} - choices

    await sweep.run(SWEEP)  # finds that Aki is gone
    assert "members" in found_in(dump(database.path), *OF_AKI)
    clock.push(LEFT_KEPT + timedelta(seconds=1))
    await sweep.run(SWEEP)
    assert "introductions" in found_in(
        dump(database.path), *OF_AKI
    )  # the card still stands: who would take it back then?
    await post(database)
    await sweep.run(SWEEP)

    left = dump(database.path)
    assert found_in(left, *OF_AKI) == set()
    (beni,) = [row[0] for row in left["introductions"]]
    for table in ("introduction_topics", "introduction_trades", "introduction_search", "introduction_search_content"):
        assert len(before[table]) > len(left[table]) > 0
    assert {row[0] for row in left["introduction_topics"] + left["introduction_trades"]} == {beni}
    assert [row[0] for row in left["introduction_search_content"]] == [beni]
    assert {row[1] for row in left["hellos"]} == {beni}


async def test_what_others_have_is_left_as_it_was(database: Database, sweep: MemberSweep, clock: HandClock) -> None:
    await live_together(database)
    async with database.write() as transaction:
        await settle(transaction, TWO, AKI, 1)
    await sweep.run(SWEEP)
    await post(database)
    clock.push(LEFT_KEPT + timedelta(seconds=1))
    await sweep.run(SWEEP)
    async with database.read() as transaction:
        beni = await IntroductionStore(transaction, ONE).of_member(BENI)
        elsewhere = await IntroductionStore(transaction, TWO).of_member(AKI)
        assert beni is not None
        assert elsewhere is not None
        assert (beni.now, elsewhere.now) == (words_of(BENI)["now"], words_of(AKI)["now"])
        assert await MemberStore(transaction, ONE).find(BENI) is not None
        assert await MemberStore(transaction, TWO).find(AKI) is not None


async def test_who_left_lately_is_still_known_but_not_shown(
    database: Database, sweep: MemberSweep, clock: HandClock
) -> None:
    await live_together(database)
    await sweep.run(SWEEP)
    clock.push(LEFT_KEPT - timedelta(seconds=1))
    await sweep.run(SWEEP)
    async with database.read() as transaction:
        assert await MemberStore(transaction, ONE).find(AKI) is not None
        assert await IntroductionStore(transaction, ONE).shown_members() == [BENI]


async def test_who_came_back_is_not_forgotten(
    database: Database, members: Members, sweep: MemberSweep, clock: HandClock
) -> None:
    await live_together(database)
    await sweep.run(SWEEP)
    await post(database)
    clock.push(timedelta(days=30))
    await members.seen(ONE, AKI, "ja")
    clock.push(LEFT_KEPT)
    await sweep.run(SWEEP)
    async with database.read() as transaction:
        assert await MemberStore(transaction, ONE).find(AKI) is not None


async def test_who_is_forgotten_at_once_leaves_nothing_that_time_would_have_to_remove(database: Database) -> None:
    await live_together(database)
    async with database.write() as transaction:
        await IntroductionStore(transaction, ONE).forget(AKI)
        await MemberStore(transaction, ONE).keep_sweep(Sweep())
        await MemberStore(transaction, ONE).forget(AKI)
    left = dump(database.path)
    assert found_in(left, *OF_AKI) == set()
    assert [len(left[table]) for table in ("drafts", "searches", "newcomers", "introductions")] == [1, 1, 1, 1]
