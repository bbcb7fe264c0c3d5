"""What members read of answers that somebody deleted, and in threads that moderators lock."""

from simcord.backend import serializers

from tests.flows.messages import words
from tests.flows.people import Person
from tests.flows.prompting import SOON, asked, prompt_card
from tests.flows.village import Village


async def test_a_deleted_answer_is_not_called_posted(village: Village, aki: Person) -> None:
    thread = await asked(village)
    await aki.submit(await aki.press(prompt_card(village), "answer"), words="保育園の熱です", shows=["name"])
    await village.pass_time(SOON)
    village.env.backend.delete_message(thread.id, village.cards(thread)[-1].id)
    await village.env.settle()
    mine = await aki.slash("checkin answer")
    assert aki.text("check_ins.answer_lost") in mine.text
    assert "保育園の熱です" in mine.text
    form = await aki.press(mine, "change")
    assert form.filled["shows"] == ["me"]
    assert aki.text("check_ins.kept_for_you") in (await aki.submit(form, words="保育園の熱でした", shows=["me"])).text
    before = len(village.cards(thread))
    again = await aki.submit(await aki.press(mine, "change"), words="また載せます", shows=["name"])
    assert aki.text("check_ins.answered") in again.text
    await village.pass_time(SOON)
    assert "また載せます" in words(village.cards(thread)[before])


async def test_in_a_locked_thread_nothing_is_said_that_is_not_so(village: Village, aki: Person, beni: Person) -> None:
    thread = await asked(village)
    card = prompt_card(village)
    said = await aki.submit(await aki.press(card, "answer"), words="言いすぎました", shows=["name"])
    await village.pass_time(SOON)
    village.env.backend.edit_channel(thread.id, {}, thread_metadata={"locked": True})
    await village.env.settle()
    before = len(village.cards(thread))
    waiting = await beni.submit(await beni.press(card, "answer"), words="ここにいます", shows=["name"])
    assert beni.text("check_ins.answered_locked") in waiting.text
    taken = await aki.press(said, "take_back")
    assert aki.text("check_ins.thread_locked") in taken.text
    await village.pass_time(SOON)
    assert len(village.cards(thread)) == before
    village.env.backend.edit_channel(thread.id, {}, thread_metadata={"locked": False})
    await village.env.settle()
    await village.pass_time(SOON)
    assert "ここにいます" in words(village.cards(thread)[before])
    assert village.text("check_ins.answer_gone") in words(village.cards(thread)[before - 1])
    assert beni.text("check_ins.thread_locked") not in (await beni.slash("checkin answer")).text


async def test_what_was_locked_while_the_bot_was_away_is_known(village: Village, aki: Person) -> None:
    thread = await asked(village)
    metadata = village.env.backend.get_channel(thread.id).thread_metadata
    assert metadata is not None
    metadata.locked = True
    backend = village.env.backend
    backend.emit("GUILD_CREATE", serializers.guild_create_payload(backend, backend.get_guild(village.guild.id)))
    await village.env.settle()
    assert aki.text("check_ins.thread_locked") in (await aki.slash("checkin answer")).text


async def test_with_the_channel_goes_also_a_thread_that_had_fallen_asleep(village: Village, aki: Person) -> None:
    thread = await asked(village)
    await aki.submit(await aki.press(prompt_card(village), "answer"), words="みんなで", shows=["name"])
    await village.pass_time(SOON)
    village.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
    await village.env.settle()
    village.env.backend.delete_channel(village.door.id)
    await village.env.settle()
    aki.place = village.hall
    (row,) = await village.rows("check_ins")
    chosen = await aki.choose(await aki.slash("checkin me"), "written", [str(row["check_in_id"])])
    assert aki.text("check_ins.place_gone") in chosen.text
