"""Check-ins and all that hangs on them are one server's, and who was forgotten is in none of it."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.features.check_ins.answer_store import AnswerStore
from bot.features.check_ins.columns import PERSONAL_COLUMNS
from bot.features.check_ins.holder import CheckInHolder
from bot.features.check_ins.letter_store import DAY, HOUR, Letter, LetterStore
from bot.features.check_ins.model import Mood, Schedule, Shows, Written
from bot.features.check_ins.shipped import SHIPPED
from bot.features.check_ins.store import CheckInStore
from bot.features.check_ins.times import Due
from bot.features.members.store import MemberStore
from bot.features.setup.store import SetupStore
from bot.kernel.ids import InteractionId, MessageId, ServerId
from bot.storage.database import Database
from bot.storage.effects import Effects, Verb
from tests.storage.circle import MODERATOR
from tests.storage.house import AKI, BENI, ONE, START, TWO, HandClock, dump
from tests.storage.table_house import TABLE_CHANNEL, Settled, settle_check_ins

THREE = ServerId(100000000000000003)  # known, and nothing in it
NOTHING: tuple[object, ...] = (None, [], 0, False)
WORDS = "the words of aki"
FAR = START + timedelta(days=9999)
NOW = START.replace(tzinfo=None)
LONG_AGO = START - timedelta(days=9999)
TABLES = ("prompts", "schedules", "check_ins", "check_in_answers", "letter_plans", "weekly_letters")
OWN = Written("own words", Shows.NAME)
NEXT_LETTER = Letter(2, 0, FAR, None, None)
Call = Callable[[Any, Settled], Awaitable[object]]


async def _astray(store: CheckInStore, own: Schedule) -> object:
    await store.keep_schedule(replace(own, next_at=None))
    return await store.own_astray()


CHECK_INS: dict[str, Call] = {
    "prompts": lambda store, _: store.prompts(),
    "prompt": lambda store, _: store.prompt(1),
    "own_prompts": lambda store, _: store.own_prompts(),
    "word_prompt": lambda store, _: store.word_prompt(1, {"ja": "somebody else's"}),
    "retire_prompt": lambda store, _: store.retire_prompt(1, is_retired=True),
    "use_prompt": lambda store, _: store.use_prompt(1),
    "schedule_of": lambda store, _: store.schedule_of(InteractionId(1210)),
    "schedule": lambda store, settled: store.schedule(settled.schedule.schedule_id),
    "own_schedule": lambda store, _: store.own_schedule(AKI),
    "asked_alone": lambda store, _: store.asked_alone(),
    "latest_own": lambda store, _: store.latest_own(AKI),
    "latest_asked_alone": lambda store, _: store.latest_asked_alone(AKI),
    "own_astray": lambda store, settled: _astray(store, settled.own),
    "forget_own": lambda store, _: store.forget_own(AKI),
    "least_asked": lambda store, settled: store.least_asked(settled.schedule.schedule_id),
    "schedules": lambda store, _: store.schedules(),
    "keep_schedule": lambda store, settled: store.keep_schedule(replace(settled.schedule, is_removed=True)),
    "occur": lambda store, settled: store.occur(settled.schedule.schedule_id, Due(NOW, START), 1),
    "came_to": lambda store, settled: store.came_to(settled.schedule.schedule_id),
    "unnote": lambda store, settled: store.unnote(settled.schedule.schedule_id),
    "check_in": lambda store, settled: store.check_in(settled.asked.check_in_id),
    "of_threads": lambda store, settled: store.of_threads([settled.asked.thread_id]),
    "in_channel": lambda store, settled: store.in_channel(settled.asked.channel_id),
    "latest": lambda store, _: store.latest(LONG_AGO),
    "missed": lambda store, _: store.missed(LONG_AGO, FAR),
    "newly_missed": lambda store, _: store.newly_missed(LONG_AGO, FAR),
    "keep_check_in": lambda store, settled: store.keep_check_in(replace(settled.asked, thread_id=9)),
}
ANSWERS: dict[str, Call] = {
    "by_interaction": lambda store, _: store.by_interaction(InteractionId(1240)),
    "find": lambda store, settled: store.find(settled.named.answer_id),
    "of": lambda store, settled: store.of(settled.nameless.check_in_id, AKI),
    "all_of": lambda store, _: store.all_of(AKI),
    "among": lambda store, settled: store.among({settled.named.message_id}),
    "waiting": lambda store, settled: store.waiting(settled.asked.check_in_id),
    "forget": lambda store, settled: store.forget(settled.named.answer_id),
}
LETTERS: dict[str, Call] = {
    "letter": lambda store, settled: store.letter(settled.letter_id),
    "unnote": lambda store, _: store.unnote(),
    "before": lambda store, _: store.before(NEXT_LETTER),
    "posted": lambda store, settled: store.posted(settled.letter_id, TABLE_CHANNEL, MessageId(9)),
}
# These make something of this server's own, say what holds where nothing was chosen, or return what they are handed;
# see the tests below.
MAKERS: dict[type[object], set[str]] = {
    CheckInStore: {"ship", "add_prompt", "add_schedule"},
    AnswerStore: {"begin", "change", "keep"},
    LetterStore: {"plan", "choose", "looked", "occur"},
}
CALLS: dict[type[object], dict[str, Call]] = {CheckInStore: CHECK_INS, AnswerStore: ANSWERS, LetterStore: LETTERS}
EACH = [(kind, name) for kind, calls in CALLS.items() for name in calls]


@pytest.fixture
async def settled(database: Database) -> Settled:
    """Aki and a moderator answer in two servers; a third one has nothing. Returns the first one's."""
    async with database.write() as transaction:
        found = []
        for serial, server_id in enumerate((ONE, TWO)):
            await SetupStore(transaction, server_id).ensure("ja")
            for member_id in (AKI, BENI, MODERATOR):
                await MemberStore(transaction, server_id).see(member_id, "ja")
            found.append(await settle_check_ins(transaction, server_id, AKI, WORDS, serial))
        await SetupStore(transaction, THREE).ensure("ja")
        for member_id in (AKI, BENI):
            await MemberStore(transaction, THREE).see(member_id, "ja")
    return found[0]


def but_of_three(database: Database) -> dict[str, list[tuple[object, ...]]]:
    everything = dump(database.path)
    return {name: [row for row in everything[name] if THREE not in row] for name in TABLES}


def test_every_public_method_is_called() -> None:
    for kind, calls in CALLS.items():
        named = {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}
        assert named == calls.keys() | MAKERS[kind]


@pytest.mark.parametrize(("kind", "name"), EACH, ids=str)
async def test_another_servers_rows_are_neither_returned_nor_changed(
    kind: Any,  # noqa: ANN401 - one of the stores
    name: str,
    database: Database,
    settled: Settled,
    clock: HandClock,
) -> None:
    clock.push(timedelta(minutes=1))
    before = dump(database.path)
    async with database.write() as transaction:
        returned = await CALLS[kind][name](kind(transaction, THREE), settled)
    assert returned in NOTHING
    assert dump(database.path) == before


@pytest.mark.parametrize(("kind", "name"), EACH, ids=str)
async def test_the_same_call_finds_or_changes_something_where_it_is(
    kind: Any,  # noqa: ANN401 - one of the stores
    name: str,
    database: Database,
    settled: Settled,
    clock: HandClock,
) -> None:
    """Else the test above would ask for what is nowhere."""
    clock.push(timedelta(minutes=1))
    before = dump(database.path)
    async with database.write() as transaction:
        returned = await CALLS[kind][name](kind(transaction, ONE), settled)
    assert returned not in NOTHING or dump(database.path) != before


async def test_what_is_made_in_one_server_is_not_the_others(database: Database, settled: Settled) -> None:
    before = but_of_three(database)
    async with database.write() as transaction:
        store, answers = CheckInStore(transaction, THREE), AnswerStore(transaction, THREE)
        letters = LetterStore(transaction, THREE)
        await store.ship()
        assert [each.code for each in await store.prompts()] == list(SHIPPED)
        await store.add_prompt({"ja": "another's key"}, InteractionId(1200))
        assert await store.own_prompts() == 0
        planned = settled.schedule.planned
        assert await store.add_schedule(planned, None, InteractionId(1210)) is None
        assert await store.add_schedule(planned, None, InteractionId(8)) is not None
        with pytest.raises(TypeError):  # there is no such check-in here, and so no answer
            await answers.begin(settled.asked.check_in_id, BENI, OWN, InteractionId(9), START)
        await answers.change(settled.named, OWN)
        await answers.keep(replace(settled.nameless, words="", mood=None))
        plan = await letters.plan()
        assert (plan.day, plan.hour, plan.looked_at) == (DAY, HOUR, START)
        await letters.choose(4, 12)
        await letters.looked(FAR)
        assert await letters.occur(Due(settled.asked.local, START), None) is not None
    assert but_of_three(database) == before


async def test_the_stores_return_what_they_were_given(database: Database, settled: Settled) -> None:
    async with database.read() as transaction:
        store, answers = CheckInStore(transaction, ONE), AnswerStore(transaction, ONE)
        own = await store.own_schedule(AKI)
        assert own == settled.own
        assert (settled.own.member_id, settled.own.unreached) == (AKI, 2)
        assert settled.own.paused_until == START + timedelta(days=1)
        assert await store.schedules() == [settled.schedule]
        assert await store.check_in(settled.asked.check_in_id) == settled.asked
        assert [each.local.day for each in await store.missed(LONG_AGO, FAR)] == [30]
        assert await answers.find(settled.named.answer_id) == settled.named
        assert (settled.named.member_id, settled.named.shown_member_id) == (AKI, AKI)
        assert await answers.of(settled.nameless.check_in_id, AKI) == settled.nameless
        assert (settled.nameless.member_id, settled.nameless.shown_member_id) == (AKI, None)
        assert await answers.of(settled.nameless.check_in_id, BENI) is None
        assert {each.answer_id for each in await answers.all_of(AKI)} == {
            each.answer_id for each in (settled.named, settled.nameless, settled.kept)
        }
        assert len(await answers.all_of(AKI, START)) == 3
        assert not await answers.all_of(AKI, START + timedelta(seconds=1))
        assert (settled.kept.words, settled.kept.mood, settled.kept.shows) == (WORDS, Mood.SIGH, Shows.ME)
        assert [each.member_id for each in await answers.waiting(settled.asked.check_in_id)] == [MODERATOR]
        letter = await LetterStore(transaction, ONE).letter(settled.letter_id)
        assert letter is not None
        assert (letter.channel_id, letter.message_id) == (TABLE_CHANNEL, 1500)
        plan = await LetterStore(transaction, ONE).plan()
        assert (plan.day, plan.hour) == (2, 9)


async def test_a_second_press_of_the_same_adds_nothing(database: Database, settled: Settled) -> None:
    before = but_of_three(database)
    async with database.write() as transaction:
        store, answers = CheckInStore(transaction, ONE), AnswerStore(transaction, ONE)
        asked = settled.asked
        assert await store.occur(asked.schedule_id, Due(asked.local, FAR), asked.prompt_id) is None
        await store.add_prompt({"ja": "again"}, InteractionId(1200))
        assert await store.add_schedule(settled.schedule.planned, None, InteractionId(1210)) is None
        assert await answers.begin(asked.check_in_id, BENI, OWN, InteractionId(1240), START) == settled.named
        assert await LetterStore(transaction, ONE).occur(Due(asked.local.replace(day=29), FAR), None) is None
    assert but_of_three(database) == before


async def test_one_answer_to_one_prompt(database: Database, settled: Settled) -> None:
    """Also where two writers overlook each other: the database takes no second one by name."""
    async with database.write() as transaction:
        with pytest.raises(Exception, match="UNIQUE"):
            await AnswerStore(transaction, ONE).begin(settled.asked.check_in_id, AKI, OWN, InteractionId(9), START)


async def test_nobody_reads_in_the_file_who_answered_without_a_name(database: Database, settled: Settled) -> None:
    (sealed,) = (row for row in dump(database.path)["check_in_answers"] if row[0] == settled.nameless.answer_id)
    assert WORDS in sealed
    assert str(AKI) not in str(sealed)
    assert "1250" not in str(sealed)  # the interaction, which could lead to its sender
    assert AKI.to_bytes(8, "big") not in b"".join(value for value in sealed if isinstance(value, bytes))


async def test_something_is_left_in_every_declared_column(database: Database, settled: Settled) -> None:
    """Else a column could be forgotten by the test instead of by the bot."""
    async with database.read() as transaction:
        for column in PERSONAL_COLUMNS:
            query = f"SELECT count(*) FROM {column.table} WHERE {column.column} NOT IN ('', 0)"
            async with transaction.connection.execute(query) as cursor:
                row = await cursor.fetchone()
            assert row is not None
            assert row[0], f"{column.table}.{column.column}"


async def test_who_is_forgotten_is_in_nothing_of_check_ins(database: Database, settled: Settled) -> None:
    holder = CheckInHolder(database)
    async with database.write() as transaction:
        assert await holder.forget_member(transaction, ONE, AKI) is False  # what is shown has to be emptied first
        effects = Effects(transaction)
        for answer in (settled.named, settled.nameless):
            assert await effects.is_under_way(Verb.EDIT, "check_ins", "answer", answer.answer_id)
        await transaction.connection.execute("UPDATE effects SET state = 'done'")
        assert await holder.forget_member(transaction, ONE, AKI)
    left = {name: [row for row in rows if TWO not in row] for name, rows in dump(database.path).items()}
    assert [name for name in TABLES if str(AKI) in str(left[name]) or WORDS in str(left[name])] == []
    async with database.read() as transaction:
        emptied = "SELECT member_id, sealed, words, mood, shows, answered_at FROM check_in_answers WHERE answer_id = ?"
        for answer in (settled.named, settled.nameless):
            async with transaction.connection.execute(emptied, (answer.answer_id,)) as cursor:
                assert [tuple(row) for row in await cursor.fetchall()] == [(None, None, "", None, "me", 0)]
        here, there = (AnswerStore(transaction, server_id) for server_id in (ONE, TWO))
        assert await here.all_of(AKI) == []
        assert [each.words for each in await here.all_of(MODERATOR)] == ["another's"]
        assert len(await there.all_of(AKI)) == 3
        assert await CheckInStore(transaction, ONE).own_schedule(AKI) is None
        assert await CheckInStore(transaction, TWO).own_schedule(AKI) is not None
        assert await CheckInStore(transaction, ONE).check_in(settled.asked_alone.check_in_id) is None
        assert await CheckInStore(transaction, ONE).check_in(settled.asked.check_in_id) == settled.asked


async def test_who_leaves_is_asked_nothing_more(database: Database, settled: Settled) -> None:
    async with database.write() as transaction:
        await CheckInHolder(database).member_left(transaction, ONE, AKI)
        own = await CheckInStore(transaction, ONE).own_schedule(AKI)
        assert own == replace(settled.own, is_removed=True, next_at=None)
        assert len(await AnswerStore(transaction, ONE).all_of(AKI)) == 3
