"""Moderators keep the list of topics; forms, cards and searches follow."""

from tests.flows.people import Person
from tests.flows.village import Village


async def test_a_topic_of_the_servers_own_is_offered_shown_and_found(
    village: Village, aki: Person, beni: Person
) -> None:
    listed = await village.moderator.slash("topics add", name="釣り / Fishing", place=1)
    assert "1\\. 釣り / Fishing" in listed.text
    await aki.write("海の近くです", offer_topics=["釣り / Fishing"])
    (card,) = village.cards()
    assert "釣り / Fishing" in str(card.components)
    (choice,) = await beni.complete("find", "topic", "釣り")
    found = await beni.slash("find", topic=choice["value"])
    assert f"<@{aki.id}>" in found.text


async def test_a_renamed_topic_is_renamed_on_the_cards(village: Village, aki: Person, beni: Person) -> None:
    await aki.write("まえむきに", offer_topics=["health"])
    (choice,) = await village.moderator.complete("topics edit", "topic", aki.text("topic.health"))
    await village.moderator.slash("topics edit", topic=choice["value"], name="からだ")
    await village.env.settle()
    (card,) = village.cards()
    assert "からだ" in str(card.components)
    assert aki.text("topic.health") not in str(card.components)
    assert f"<@{aki.id}>" in (await beni.slash("find", topic="からだ")).text


async def test_a_removed_topic_is_not_offered_and_stays_on_cards_until_they_are_written_again(
    village: Village, aki: Person
) -> None:
    await aki.write("まえむきに", offer_topics=["health", "hobbies"])
    answer = await village.moderator.slash("topics remove", topic="health")
    assert village.moderator.text("members.topics_removed") in answer.text
    (card,) = village.cards()
    assert village.text("topic.health") in str(card.components)
    form = await aki.slash("intro write")
    assert "health" not in str(form.form)
    await aki.submit(form, now="まえむきに")
    await village.env.settle()
    assert village.text("topic.health") not in str(village.cards()[0].components)


async def test_markup_in_a_topic_is_only_text(village: Village, aki: Person) -> None:
    await village.moderator.slash("topics add", name="**@everyone** <@1>")
    await aki.write("こんにちは", offer_topics=["**@everyone** <@1>"])
    (card,) = village.cards()
    assert "**@everyone**" not in str(card.components)


async def test_a_full_list_says_so(village: Village) -> None:
    moderator = village.moderator
    for number in range(9):
        await moderator.slash("topics add", name=f"own {number}")
    assert (await moderator.slash("topics add", name="one more")).text == moderator.text("members.topics_full")
