"""Writing an introduction, what others see of it, and taking it back."""

from simcord.components import walk_components

from tests.flows.messages import controls, form_data, words
from tests.flows.people import Person
from tests.flows.village import Village


async def test_promise_comes_before_any_form_and_only_once(village: Village, aki: Person) -> None:
    asked = await aki.slash("intro write")
    assert asked.form is None
    assert aki.text("introductions.promise_asked") in asked.text
    form = await aki.press(asked, "promise")
    assert form.form is not None
    await aki.submit(form, now="育休中の看護師です")
    assert (await aki.slash("intro write")).form is not None


async def test_one_line_is_enough_for_card_and_thread(village: Village, aki: Person) -> None:
    answer = await aki.write("育休中の看護師です")
    assert aki.text("introductions.written") in answer.text
    assert "育休中の看護師です" in answer.text
    (card,) = village.cards()
    assert "育休中の看護師です" in words(card)
    assert f"<@{aki.id}>" in words(card)
    assert village.thread().name == village.text("introductions.thread", name="Aki")


async def test_card_speaks_the_server_and_reply_the_member(village: Village) -> None:
    other = village.move_in("Chika", "en" if village.locale == "ja" else "ja")
    answer = await other.write("Hi", offer_topics=["parenting"])
    assert other.text("topic.parenting") in answer.text
    (card,) = village.cards()
    assert village.text("topic.parenting") in words(card)
    assert other.text("introductions.card_offer", topics="") not in words(card)


async def test_second_write_edits_the_same_message(village: Village, aki: Person) -> None:
    await aki.write("一行目", offer_topics=["parenting"], note="くわしく", link="https://example.com/aki")
    (before,) = village.cards()
    form = await aki.slash("intro write")
    assert form.filled == {
        "now": "一行目",
        "offer_topics": ["parenting"],
        "seek_topics": [],
        "note": "くわしく",
        "link": "https://example.com/aki",
    }
    answer = await aki.submit(form, now="書きなおし", offer_topics=[])
    assert aki.text("introductions.changed") in answer.text
    (after,) = village.cards()
    assert after.id == before.id
    assert "書きなおし" in words(after)
    assert village.text("topic.parenting") not in words(after)
    assert len(village.hall.threads) == 1


async def test_delicate_wishes_stay_off_the_card_until_put_there(village: Village, aki: Person) -> None:
    wanted = ["job_change", "photography"]
    answer = await aki.write(offer_topics=["blogging"], seek_topics=wanted)
    (card,) = village.cards()
    assert village.text("topic.photography") in words(card)
    assert village.text("topic.job_change") not in words(card)
    shown = aki.text("introductions.discreet_are", topics=aki.text("topic.job_change"))
    assert shown in answer.text
    form = await aki.press(answer, "discreet")
    assert form.filled == {"discreet_offer": [], "discreet_seek": ["job_change"]}
    changed = await aki.submit(form, discreet_offer=["blogging"], discreet_seek=[])
    assert aki.text("introductions.changed") in changed.text
    (card,) = village.cards()
    assert village.text("topic.job_change") in words(card)
    assert village.text("topic.blogging") not in words(card)


async def test_a_topic_keeps_its_place_when_the_card_is_written_again(village: Village, aki: Person) -> None:
    answer = await aki.write(seek_topics=["job_change"])
    await aki.submit(await aki.press(answer, "discreet"), discreet_seek=[])
    await aki.submit(await aki.slash("intro write"), now="もう一度", seek_topics=["job_change", "health"])
    (card,) = village.cards()
    assert village.text("topic.job_change") in words(card)
    assert village.text("topic.health") not in words(card)


async def test_topics_stand_in_the_order_of_the_list_everywhere(village: Village, aki: Person) -> None:
    answer = await aki.write(offer_topics=["photography", "health", "job_change"])
    names = [village.text(f"topic.{topic}") for topic in ("job_change", "health", "photography")]
    shown = village.text("introductions.card_offer", topics=village.texts.listing(village.locale, names))
    assert shown in words(village.cards()[0])
    assert shown in answer.text


async def test_only_chosen_topics_are_offered_to_keep_off(village: Village, aki: Person) -> None:
    none = await aki.write("ひとことだけ")
    assert not none.has("discreet")
    introduction_id = (await village.introduction(aki)).introduction_id
    forged = await aki.forge(f"v1:introductions:discreet:{introduction_id}")
    assert forged.text == aki.text("introductions.no_topics")
    form = await aki.press(await aki.write(offer_topics=["health", "parenting"]), "discreet")
    assert form.form is not None
    offered = [part for part in walk_components(form.form["components"]) if part.get("options")]
    assert [[option["value"] for option in part["options"]] for part in offered] == [["parenting", "health"]]


async def test_changes_to_a_withdrawn_card_promise_nothing(village: Village, aki: Person) -> None:
    mine = await aki.write()
    await aki.press(await aki.slash("intro withdraw"), "withdraw_confirm")
    answer = await aki.submit(await aki.press(mine, "trades"), trades=["care"])
    assert aki.text("introductions.kept") in answer.text


async def test_trades_by_list_and_by_line(village: Village, aki: Person) -> None:
    answer = await aki.write()
    form = await aki.press(answer, "trades")
    assert form.filled == {"trades": [], "trade_line": ""}
    await aki.submit(form, trades=["medical", "teaching"], trade_line="元・灯台守")
    (card,) = village.cards()
    for shown in (village.text("trade.medical"), village.text("trade.teaching"), "元・灯台守"):
        assert shown in words(card)
    again = await aki.press(await aki.slash("intro show"), "trades")
    assert again.filled == {"trades": ["medical", "teaching"], "trade_line": "元・灯台守"}


async def test_wish_to_greet_is_a_switch(village: Village, aki: Person) -> None:
    answer = await aki.write()
    on = await aki.press(answer, "greets")
    assert aki.text("introductions.greets_on") in on.text
    assert (await village.introduction(aki)).greets
    off = await aki.press(on, "greets_no")
    assert aki.text("introductions.greets_off") in off.text
    assert off.has("greets")
    assert not (await village.introduction(aki)).greets


async def test_show_own_anothers_and_nobodys(village: Village, aki: Person, beni: Person) -> None:
    none = await aki.slash("intro show")
    assert aki.text("introductions.none_written") in none.text
    assert none.has("write")
    await aki.write("育休中です", seek_topics=["health"])
    assert (await aki.slash("intro show")).has("withdraw")
    seen = await beni.slash("intro show", member=aki.actor)
    assert "育休中です" in seen.text
    assert beni.text("topic.health") not in seen.text
    assert not seen.has("write")
    nobody = await aki.slash("intro show", member=beni.actor)
    assert aki.text("introductions.nothing_shown") in nobody.text


async def test_withdrawing_is_asked_then_takes_text_and_thread(village: Village, aki: Person) -> None:
    await aki.write("消える文章")
    asked = await aki.slash("intro withdraw")
    assert aki.text("introductions.withdraw_asked") in asked.text
    assert "消える文章" in words(village.cards()[0])
    done = await aki.press(asked, "withdraw_confirm")
    assert aki.text("introductions.mine_withdrawn") in done.text
    (card,) = village.cards()
    assert words(card) == village.text("introductions.card_withdrawn")
    assert not controls(card)
    thread = village.thread()
    assert thread.name == village.text("introductions.thread_withdrawn")
    assert archived(village)
    again = await aki.slash("intro withdraw")
    assert aki.text("introductions.none_published") in again.text


async def test_writing_again_after_withdrawing_uses_the_same_message(village: Village, aki: Person) -> None:
    await aki.write("はじめ")
    before = village.cards()[0].id
    await aki.press(await aki.slash("intro withdraw"), "withdraw_confirm")
    await aki.submit(await aki.slash("intro write"), now="また来ました")
    (card,) = village.cards()
    assert card.id == before
    assert "また来ました" in words(card)
    assert village.thread().name == village.text("introductions.thread", name="Aki")
    assert not archived(village)


async def test_form_of_somebody_elses_introduction_writes_ones_own(village: Village, aki: Person, beni: Person) -> None:
    await aki.write("あきの文章")
    await beni.write("べにの文章")
    aki_id = (await village.introduction(aki)).introduction_id
    await beni.forge_form(f"v1:introductions:form-write:{aki_id}:1", {"now": "のっとり"})
    await beni.forge_form(f"v1:introductions:form-trades:{aki_id}:1", {"trades": ["legal"], "trade_line": "のっとり"})
    assert (await village.introduction(aki)).now == "あきの文章"
    assert (await village.introduction(aki)).trade_line == ""
    assert (await village.introduction(beni)).now == "のっとり"


async def test_two_forms_sent_at_once_keep_each_their_own_text(village: Village, aki: Person, beni: Person) -> None:
    for person in (aki, beni):
        await person.press(await person.slash("intro write"), "promise")
    form = "v1:introductions:form-write:1:0"
    for person, now in ((aki, "あき"), (beni, "べに")):
        send_raw(village, person, form, now)
    await village.env.settle()
    assert (await village.introduction(aki)).now == "あき"
    assert (await village.introduction(beni)).now == "べに"
    assert len(village.cards()) == 2


async def test_publishing_twice_at_once_makes_one_card(village: Village, aki: Person) -> None:
    await aki.press(await aki.slash("intro write"), "promise")
    for now in ("一", "二"):
        send_raw(village, aki, "v1:introductions:form-write:1:0", now)
    await village.env.settle()
    (card,) = village.cards()
    assert (await village.introduction(aki)).now in words(card)
    assert len(village.hall.threads) == 1


def send_raw(village: Village, person: Person, form: str, now: str) -> None:
    """Let the gateway bring a form, without waiting for what comes of it."""
    _, payload = village.interaction(person, 5, form_data(form, {"now": now}))
    village.env.backend.emit("INTERACTION_CREATE", payload)


async def test_interaction_that_comes_twice_is_one(village: Village, aki: Person, beni: Person) -> None:
    await aki.press(await aki.slash("intro write"), "promise")
    _, written = village.interaction(aki, 5, form_data("v1:introductions:form-write:1:0", {"now": "一度だけ"}))
    for _ in range(2):
        village.env.backend.emit("INTERACTION_CREATE", written)
        await village.env.settle()
    assert (await village.introduction(aki)).revision == 1
    _, said = village.interaction(beni, 5, form_data("v1:introductions:form-hello:1:0", {"words": "やあ"}))
    for _ in range(2):
        village.env.backend.emit("INTERACTION_CREATE", said)
        await village.env.settle()
    assert len(village.cards()) == 1
    assert len(village.cards(village.thread())) == 1


async def test_before_set_up_the_way_is_told(bare: Village) -> None:
    aki = bare.move_in("Aki")
    answer = await aki.slash("intro write")
    assert answer.text == aki.text("introductions.not_set_up")


def archived(village: Village) -> bool:
    """Return whether the one thread is closed."""
    metadata = village.thread()._channel.thread_metadata
    return metadata is not None and metadata.archived
