"""Saying hello to somebody, in their card's thread."""

from bot.features.introductions.model import READY_HELLOS
from tests.flows.messages import words
from tests.flows.people import Person
from tests.flows.village import Village


async def test_ready_made_hellos(village: Village, aki: Person) -> None:
    await aki.write()
    for ready in READY_HELLOS:
        giver = village.move_in(ready)
        answer = await giver.greet(village.cards()[0], ready=[ready])
        assert giver.text("introductions.greeted") in answer.text
        assert str(village.thread().id) in str(answer.message.components)
        hello = village.cards(village.thread())[-1]
        assert village.text(f"introductions.hello_{ready}") in words(hello)
        assert f"<@{aki.id}>" in words(hello)
        assert f"<@{giver.id}>" in words(hello)


async def test_own_words_alone_and_with_a_ready_made_one(village: Village, aki: Person, beni: Person) -> None:
    await aki.write()
    await beni.greet(village.cards()[0], words="わたしも看護師です")
    chika = village.move_in("Chika")
    await chika.greet(village.cards()[0], ready=["welcome"], words="よろしく")
    first, second = village.cards(village.thread())
    assert "わたしも看護師です" in words(first)
    assert village.text("introductions.hello_welcome") in words(second)
    assert "よろしく" in words(second)


async def test_hello_pings_its_owner_and_nobody_else(village: Village, aki: Person, beni: Person) -> None:
    await aki.write()
    await beni.greet(village.cards()[0], words=f"@everyone @here <@&{village.guild.id}> <@{village.moderator.id}>")
    body = village.sent(ending=f"/channels/{village.thread().id}/messages")[-1]
    assert body["allowed_mentions"]["users"] == [aki.id] or body["allowed_mentions"]["users"] == [str(aki.id)]
    assert body["allowed_mentions"]["parse"] == []


async def test_card_itself_pings_nobody(village: Village, aki: Person) -> None:
    await aki.write("@everyone")
    body = village.sent(ending=f"/channels/{village.hall.id}/messages")[-1]
    assert body["allowed_mentions"].get("users", []) == []


async def test_empty_hello_is_offered_again(village: Village, aki: Person, beni: Person) -> None:
    await aki.write()
    refused = await beni.greet(village.cards()[0], words="   ")
    assert beni.text("introductions.hello_empty") in refused.text
    await beni.submit(await beni.press(refused, "draft"), words="こんにちは")
    (hello,) = village.cards(village.thread())
    assert "こんにちは" in words(hello)


async def test_second_hello_is_refused_before_and_after_the_form(village: Village, aki: Person, beni: Person) -> None:
    await aki.write()
    card = village.cards()[0]
    open_form = await beni.open_hello(card)
    await beni.greet(card, ready=["welcome"])
    refused = await beni.open_hello(card)
    assert beni.text("introductions.greeted_before") in refused.text
    late = await beni.submit(open_form, words="もう一度")
    assert beni.text("introductions.greeted_before") in late.text
    assert (await beni.press(late, "draft")).filled["words"] == "もう一度"
    assert len(village.cards(village.thread())) == 1


async def test_own_card_needs_no_hello(village: Village, aki: Person) -> None:
    await aki.write()
    refused = await aki.press(village.cards()[0], "hello")
    assert aki.text("introductions.own_card") in refused.text


async def test_withdrawn_while_the_form_was_open(village: Village, aki: Person, beni: Person) -> None:
    await aki.write()
    form = await beni.open_hello(village.cards()[0])
    await aki.press(await aki.slash("intro withdraw"), "withdraw_confirm")
    refused = await beni.submit(form, words="はじめまして")
    assert beni.text("introductions.gone") in refused.text
    assert not village.cards(village.thread())
    assert (await beni.press(refused, "draft")).filled["words"] == "はじめまして"


async def test_thread_deleted_while_the_form_was_open(village: Village, aki: Person, beni: Person) -> None:
    await aki.write()
    form = await beni.open_hello(village.cards()[0])
    village.env.backend.delete_channel(village.thread().id)
    await village.env.settle()
    refused = await beni.submit(form, words="はじめまして")
    assert beni.text("introductions.thread_gone") in refused.text


async def test_hello_said_before_the_thread_is_there_follows(village: Village, aki: Person, beni: Person) -> None:
    village.env.inject_error("POST", "/channels/*/messages/*/threads", status=503)
    await aki.write()
    assert not village.hall.threads
    await beni.greet(village.cards()[0], ready=["welcome"])
    await village.later()
    (hello,) = village.cards(village.thread())
    assert village.text("introductions.hello_welcome") in words(hello)
