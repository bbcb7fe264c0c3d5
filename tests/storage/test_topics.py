"""A server's own list of topics: at most 25, in the moderators' order, each once under any of its names."""

import pytest

from bot.features.members.model import TOPIC_LENGTH, TOPICS, TOPICS_LIMIT
from bot.features.members.topics import Topics
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.i18n import Texts
from bot.kernel.ids import ServerId
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction
from tests.storage.house import AKI, BENI, ONE, TWO


@pytest.fixture
async def topics(database: Database) -> Topics:
    for server_id in (ONE, TWO):
        await Setup(database).server(server_id, "ja")
    return Topics(database, Texts())


async def test_a_server_begins_with_the_shipped_list(topics: Topics) -> None:
    assert await topics.of(ONE) == TOPICS


async def test_a_topic_goes_where_it_is_put(topics: Topics) -> None:
    assert await topics.add(ONE, AKI, "  釣り\n・Fishing ", None) == (*TOPICS, "釣り ・Fishing")
    assert (await topics.add(ONE, AKI, "防災", 1))[0] == "防災"
    assert (await topics.add(ONE, AKI, "Boats", 99))[-1] == "Boats"
    assert (await topics.edit(ONE, AKI, "boats", "", 2))[1] == "Boats"
    assert await topics.of(TWO) == TOPICS


@pytest.mark.parametrize("name", ["転職", "job change", "ＪＯＢ ＣＨＡＮＧＥ", "job_change", "Ｈｏｂｂｉｅｓ"])
async def test_no_topic_is_there_twice_under_another_of_its_names(topics: Topics, name: str) -> None:
    with pytest.raises(Refusal, match="topic_there"):
        await topics.add(ONE, AKI, name, None)
    assert await topics.of(ONE) == TOPICS


async def test_a_shipped_topic_that_was_removed_comes_back_as_itself(topics: Topics) -> None:
    assert "job_change" not in await topics.remove(ONE, AKI, "転職")
    assert "job_change" in await topics.add(ONE, AKI, "Job change", None)


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\x00", "あ" * (TOPIC_LENGTH + 1)])
async def test_a_name_shows_something_and_fits_into_menus(topics: Topics, name: str) -> None:
    with pytest.raises(Refusal, match="topic_name"):
        await topics.add(ONE, AKI, name, None)


async def test_the_list_holds_as_many_as_a_menu_and_never_none(topics: Topics) -> None:
    for number in range(TOPICS_LIMIT - len(TOPICS)):
        await topics.add(ONE, AKI, f"own {number}", None)
    with pytest.raises(Refusal, match="topics_full"):
        await topics.add(ONE, AKI, "one more", None)
    for topic in (await topics.of(ONE))[1:]:
        await topics.remove(ONE, AKI, topic)
    with pytest.raises(Refusal, match="last_topic"):
        await topics.remove(ONE, AKI, TOPICS[0])


async def test_what_follows_a_new_name_is_told_in_the_same_transaction(topics: Topics, database: Database) -> None:
    told = []

    async def follow(transaction: Transaction, server_id: ServerId, old: str, new: str) -> None:
        told.append((server_id, old, new))
        if new == "no":
            raise Refusal("members.no_topic", topic=new)

    topics.attach([follow])
    await topics.edit(ONE, AKI, "転職", "キャリア", None)
    await topics.edit(ONE, AKI, "キャリア", "", 3)
    assert told == [(ONE, "job_change", "キャリア")]
    with pytest.raises(Refusal):
        await topics.edit(ONE, AKI, "キャリア", "no", None)
    assert (await topics.of(ONE))[2] == "キャリア"


async def test_unknown_topics_are_named_in_the_refusal(topics: Topics) -> None:
    for change in (topics.remove(ONE, AKI, "無い"), topics.edit(ONE, AKI, "無い", "有る", None)):
        with pytest.raises(Refusal, match="no_topic"):
            await change


async def test_each_change_is_noted_with_who_made_it(topics: Topics, database: Database) -> None:
    await topics.add(ONE, AKI, "釣り", None)
    await topics.edit(ONE, AKI, "釣り", "海釣り", None)
    await topics.remove(ONE, BENI, "海釣り")
    async with database.read() as transaction:
        acts = await Acts(transaction).latest(ONE, BENI, 10)
    assert [(act.actor_id, act.act, act.words) for act in acts] == [
        (BENI, "topics.remove", "海釣り"),
        (AKI, "topics.edit", "釣り → 海釣り"),
        (AKI, "topics.add", "釣り"),
    ]


async def test_what_no_database_holds_is_left_out_of_a_name(topics: Topics) -> None:
    assert "a�b" in await topics.add(ONE, AKI, "a\x00\ud800b", None)
    with pytest.raises(Refusal, match="no_topic"):
        await topics.remove(ONE, AKI, "\ud800")
