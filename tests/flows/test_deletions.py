"""Cards, threads and channels that are deleted behind the bot's back."""

from bot.features.introductions.model import State
from tests.flows.messages import controls, words
from tests.flows.people import Person
from tests.flows.village import Village


async def test_deleted_card_can_be_posted_anew(village: Village, aki: Person) -> None:
    await aki.write("一枚目")
    await delete(village)
    assert (await village.introduction(aki)).state is State.DRAFT
    shown = await aki.slash("intro show")
    assert aki.text("introductions.mine_draft") in shown.text
    assert "一枚目" in shown.text
    await aki.submit(await aki.press(shown, "write"), now="二枚目")
    (card,) = village.cards()
    assert "二枚目" in words(card)


async def delete(village: Village) -> None:
    """Let a moderator delete the one card."""
    village.env.backend.delete_message(village.hall.id, village.cards()[0].id)
    await village.env.settle()


async def test_cards_deleted_in_bulk_are_noticed(village: Village, aki: Person, beni: Person) -> None:
    for person in (aki, beni):
        await person.write()
    ids = [str(card.id) for card in village.cards()]
    deleted = {"ids": ids, "channel_id": str(village.hall.id), "guild_id": str(village.guild.id)}
    village.env.backend.emit("MESSAGE_DELETE_BULK", deleted)
    await village.env.settle()
    for person in (aki, beni):
        assert person.text("introductions.mine_draft") in (await person.slash("intro show")).text


async def test_deleted_thread_takes_the_hello_button_away(village: Village, aki: Person, beni: Person) -> None:
    await aki.write()
    (card,) = village.cards()
    village.env.backend.delete_channel(village.thread().id)
    await village.env.settle()
    assert not controls(village.cards()[0])
    assert aki.text("introductions.mine_thread_gone") in (await aki.slash("intro show")).text
    introduction_id = (await village.introduction(aki)).introduction_id
    refused = await beni.forge(f"v1:introductions:hello:{introduction_id}")
    assert beni.text("introductions.thread_gone") in refused.text
    await aki.press(await aki.slash("intro withdraw"), "withdraw_confirm")
    await aki.submit(await aki.slash("intro write"), now="新しいカード")
    (fresh,) = village.cards()
    assert fresh.id == card.id
    assert "新しいカード" in words(fresh)
    assert controls(fresh)
    assert len(village.hall.threads) == 1


async def test_deleted_channel_loses_no_text(village: Village, aki: Person) -> None:
    await aki.write("残る文章")
    village.env.backend.delete_channel(village.hall.id)
    await village.env.settle()
    shown = await aki.slash("intro show")
    assert "残る文章" in shown.text
    assert aki.text("introductions.mine_draft") in shown.text
    new = village.guild.create_text_channel("new")
    await village.env.settle()
    await village.choose("introductions_channel", new)
    await aki.submit(await aki.press(shown, "write"), now="引っこしました")
    (card,) = village.cards(new)
    assert "引っこしました" in words(card)


async def test_card_waits_for_a_channel_when_the_chosen_one_is_gone_unseen(village: Village, aki: Person) -> None:
    village.env.inject_error("POST", f"/channels/{village.hall.id}/messages", status=404, code=10003, times=None)
    await aki.write("待っている文章")
    assert not village.cards()
    new = village.guild.create_text_channel("new")
    await village.env.settle()
    await village.choose("introductions_channel", new)
    (card,) = village.cards(new)
    assert "待っている文章" in words(card)
