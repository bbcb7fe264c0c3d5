"""Finding people by what they can talk about, their trade, and their words."""

from datetime import timedelta

from bot.features.introductions.model import SEARCH_KEPT
from bot.features.members.choices import Choices
from bot.features.members.topics import Topics
from bot.kernel.ids import MemberId
from tests.flows.messages import controls
from tests.flows.people import Answer, Person
from tests.flows.village import Village


def found(answer: Answer) -> set[int]:
    """Return the ids of the people on the shown page."""
    return {int(part.split(">")[0]) for part in answer.text.split("<@")[1:]}


async def test_by_topic_finds_who_offers_it_on_the_card(village: Village, aki: Person, beni: Person) -> None:
    await aki.write(offer_topics=["parenting"])
    await beni.write(seek_topics=["parenting"])
    chika = village.move_in("Chika")
    hidden = await chika.write(offer_topics=["parenting"])
    await chika.submit(await chika.press(hidden, "discreet"), discreet_offer=["parenting"])
    answer = await beni.slash("find", topic="parenting")
    assert found(answer) == {aki.id}


async def test_topics_off_the_card_are_found_by_no_word_either(village: Village, aki: Person, beni: Person) -> None:
    await aki.write(seek_topics=["job_change"])
    for word in (aki.text("topic.job_change"), "転職", "changing"):
        answer = await beni.slash("find", text=word)
        assert not found(answer)
        assert beni.text("introductions.found_none") in answer.text


async def test_by_trade(village: Village, aki: Person, beni: Person) -> None:
    await aki.submit(await aki.press(await aki.write(), "trades"), trades=["care"], trade_line="")
    assert found(await beni.slash("find", trade="care")) == {aki.id}
    assert not found(await beni.slash("find", trade="legal"))


WORDS = [
    ("転職して三年です", "転職"),
    ("育児の合間に", "育児"),
    ("Python と C++ を書きます", "python"),
    ("Python と C++ を書きます", "C++"),
    ("Python と C++ を書きます", "ＰＹＴＨＯＮ"),
    ("週末は café めぐり", "「café」"),
    ("週末は café めぐり", "cafe"),
    ("育児の合間に Python", "育児　Python"),
    ("猫と暮らしています", "猫"),
    ("カメラが好き", "ｶﾒﾗ"),
]


async def test_by_words(village: Village, beni: Person) -> None:
    people = {now: village.move_in(f"P{number}") for number, (now, _) in enumerate(dict(WORDS).items())}
    for now, person in people.items():
        await person.write(now)
    for now, words in WORDS:
        assert people[now].id in found(await beni.slash("find", text=words)), words
    lone = {now: words for now, words in WORDS if words in {"「café」", "猫", "ｶﾒﾗ", "C++"}}
    for now, words in lone.items():
        assert found(await beni.slash("find", text=words)) == {people[now].id}, words


async def test_line_about_trades_is_shown_and_not_searched(village: Village, aki: Person, beni: Person) -> None:
    await aki.submit(await aki.press(await aki.write(), "trades"), trades=[], trade_line="灯台守")
    assert not found(await beni.slash("find", text="灯台守"))


async def test_all_words_are_wanted_and_sounds_differ(village: Village, aki: Person, beni: Person) -> None:
    await aki.write("パンを焼きます")
    assert not found(await beni.slash("find", text="パン 写真"))
    assert not found(await beni.slash("find", text="バン"))


async def test_nothing_found_offers_another_search(village: Village, aki: Person) -> None:
    answer = await aki.slash("find", text="だれもいない")
    assert aki.text("introductions.found_none") in answer.text
    assert (await aki.press(answer, "search")).form is not None


async def test_withdrawn_cards_are_not_found(village: Village, aki: Person, beni: Person) -> None:
    await aki.write("転職しました")
    await aki.press(await aki.slash("intro withdraw"), "withdraw_confirm")
    assert not found(await beni.slash("find", text="転職"))


async def test_pages_are_turned_by_a_menu_and_reach_everybody(village: Village, aki: Person) -> None:
    people = [village.move_in(f"P{number}") for number in range(12)]
    for person in people:
        await person.write("写真が好き")
    answer = await aki.slash("find", text="写真")
    seen = found(answer)
    assert seen == {person.id for person in people[-5:]}
    for page in ("1", "2"):
        answer = await aki.choose(answer, "find", [page])
        seen |= found(answer)
    assert seen == {person.id for person in people}
    assert aki.text("paging.page", number=3, pages=3) in str(answer.message.components)


async def test_pages_are_for_who_searched_and_for_a_day(village: Village, aki: Person, beni: Person) -> None:
    for number in range(6):
        await village.move_in(f"P{number}").write("写真が好き")
    answer = await aki.slash("find", text="写真")
    (menu,) = [name for name in controls(answer.message) if ":find:" in name]
    other = await beni.forge(menu, ["1"])
    assert other.text == beni.text("introductions.search_gone")
    await village.pass_time(SEARCH_KEPT + timedelta(minutes=1))
    late = await aki.choose(answer, "find", ["1"])
    assert aki.text("introductions.search_gone") in late.text


async def test_search_form_does_the_same_as_the_command(village: Village, aki: Person, beni: Person) -> None:
    await aki.write("写真が好き", offer_topics=["photography"])
    guide = await beni.slash("guide")
    form = await beni.press(guide, "search")
    assert found(await beni.submit(form, topic=["photography"], text="写真")) == {aki.id}
    assert not found(await beni.submit(await beni.press(guide, "search"), topic=["health"]))


async def test_searching_again_starts_from_the_last_search(village: Village, aki: Person) -> None:
    answer = await aki.slash("find", topic="health", text="睡眠")
    assert (await aki.press(answer, "search")).filled == {"topic": ["health"], "trade": [], "text": "睡眠"}


async def test_too_long_a_text_is_refused_in_words(village: Village, aki: Person) -> None:
    refused = await aki.slash("find", text="あ" * 101)
    assert refused.text == aki.text("introductions.too_long")


async def test_another_server_is_never_searched(village: Village, aki: Person) -> None:
    await aki.write("転職しました")
    answer = await (await village.stranger()).slash("find", text="転職")
    assert not found(answer)


async def test_whoever_wants_to_be_left_out_is_not_found(village: Village, aki: Person, beni: Person) -> None:
    hidden = await aki.press(await aki.write("転職しました", offer_topics=["health"]), "unlisted")
    for options in ({"text": "転職"}, {"topic": "health"}, {}):
        assert not found(await beni.slash("find", **options))
    await aki.press(hidden, "listed")
    assert found(await beni.slash("find", text="転職")) == {aki.id}


async def test_a_distance_hides_people_from_who_keeps_it_and_not_the_other_way(
    village: Village, aki: Person, beni: Person
) -> None:
    await aki.write()
    await beni.write()
    await village.bot.service(Choices).keep_distance(village.server_id, MemberId(aki.id), MemberId(beni.id))
    assert not found(await aki.slash("find"))
    assert found(await beni.slash("find")) == {aki.id}


async def test_topics_come_up_as_they_are_typed_in_the_language_of_who_types(village: Village, aki: Person) -> None:
    await village.bot.service(Topics).add(village.server_id, MemberId(village.moderator.id), "灯台", None)
    every = await aki.complete("find", "topic", "")
    assert len(every) == 17
    label = aki.text("topic.blogging")
    assert await aki.complete("find", "topic", label[:3]) == [{"name": label, "value": "blogging"}]
    assert await aki.complete("find", "topic", "灯") == [{"name": "灯台", "value": "灯台"}]
    assert await aki.complete("find", "topic", "だれも知らない") == []


async def test_a_topic_may_be_typed_as_it_is_called(village: Village, aki: Person, beni: Person) -> None:
    await village.bot.service(Topics).add(village.server_id, MemberId(village.moderator.id), "灯台", None)
    await aki.write(offer_topics=["health", "灯台"])
    for typed in (beni.text("topic.health"), "健康", "HEALTH", " 灯台 "):
        assert found(await beni.slash("find", topic=typed)) == {aki.id}, typed
    unknown = await beni.slash("find", topic="宇宙 *旅行*")
    assert unknown.text == beni.text("introductions.no_topic_called", topic="宇宙 \\*旅行\\*")
