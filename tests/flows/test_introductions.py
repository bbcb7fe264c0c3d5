"""Writing an introduction, what others see of it, and taking it back."""

from datetime import timedelta

from simcord.components import walk_components

from bot.features.introductions.service import Introductions
from bot.features.members.choices import Choices
from bot.features.members.reach import Kind, Way
from bot.features.members.topics import Topics
from bot.features.setup.service import Setup
from bot.kernel.ids import MemberId
from bot.kernel.waits import USUAL_LEAST
from tests.flows.messages import controls, form_data, words
from tests.flows.people import Person
from tests.flows.village import Village


async def test_promise_comes_before_any_form_and_only_once(village: Village, aki: Person) -> None:
    aki.promises = False
    asked = await aki.slash("intro write")
    assert asked.form is None
    assert aki.text("members.promise_asked") in asked.text
    form = await aki.press(asked, "promise_write")
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


async def test_being_left_out_of_what_others_find_is_a_switch(village: Village, aki: Person) -> None:
    answer = await aki.write()
    off = await aki.press(answer, "unlisted")
    assert aki.text("introductions.unlisted_on") in off.text
    assert (await village.introduction(aki)).unlisted
    assert aki.text("introductions.mine_unlisted") in (await aki.slash("intro show")).text
    on = await aki.press(off, "listed")
    assert aki.text("introductions.unlisted_off") in on.text
    assert on.has("unlisted")
    assert not (await village.introduction(aki)).unlisted


async def test_whoever_offers_topics_is_asked_at_once_if_they_may_be_asked_about_them(
    village: Village, aki: Person, beni: Person
) -> None:
    nothing_offered = await beni.write(seek_topics=["health"])
    assert not nothing_offered.has("consent_help")
    written = await aki.write(offer_topics=["health"])
    assert aki.text("introductions.consent_asked") in written.text
    assert not (await aki.slash("intro show")).has("consent_help")
    again = await aki.submit(await aki.slash("intro write"), now="もう一度", offer_topics=["health"])
    assert not again.has("consent_help")  # whoever let it be is not asked at every change
    first_offer = await beni.submit(await beni.slash("intro write"), now="話せます", offer_topics=["hobbies"])
    await beni.press(await beni.press(first_offer, "consent_help"), "inbox_help")
    await beni.press(await beni.slash("intro withdraw"), "withdraw_confirm")
    republished = await beni.submit(await beni.slash("intro write"), now="また話せます", offer_topics=["hobbies"])
    assert not republished.has("consent_help")


async def let_the_moderator_greet(village: Village) -> None:
    """Let there be somebody who is asked to greet newcomers."""
    choices, moderator_id = village.bot.service(Choices), MemberId(village.moderator.id)
    await choices.consent(village.server_id, moderator_id, Kind.GREET, Way.INBOX)


async def test_where_nobody_likes_to_greet_no_greeting_is_promised(village: Village, aki: Person) -> None:
    assert aki.text("introductions.asked_nobody") in (await aki.write()).text


async def test_whoever_publishes_is_told_the_truth_about_when_a_hello_comes(village: Village, aki: Person) -> None:
    await let_the_moderator_greet(village)
    outlook = await village.bot.service(Introductions).outlook(village.server_id, MemberId(aki.id))
    written = await aki.write()
    assert aki.text("introductions.usual_unknown") in written.text
    if outlook.asked_from is None:
        assert aki.text("introductions.asked_now") in written.text
    else:
        when = f"<t:{int(outlook.asked_from.timestamp())}:f>"
        assert aki.text("introductions.asked_from", when=when) in written.text
    changed = await aki.submit(await aki.slash("intro write"), now="もう一度")
    assert aki.text("introductions.usual_unknown") not in changed.text


async def test_by_night_others_are_asked_from_the_morning_on_and_the_usual_wait_is_named(
    village: Village, aki: Person
) -> None:
    hour = village.env.now().astimezone((await village.bot.service(Setup).server(village.server_id)).zone).hour
    awake_from = (hour + 3) % 24
    by = MemberId(village.moderator.id)
    await village.bot.service(Setup).choose_hours(village.server_id, by, awake_from, awake_from + 1)
    for number in range(USUAL_LEAST):
        await village.move_in(f"P{number}").write()
        await village.pass_time(timedelta(minutes=10))
        await village.moderator.actor.send(village.hall.threads[-1], "ようこそ")
        await village.env.settle()
    await let_the_moderator_greet(village)
    outlook = await village.bot.service(Introductions).outlook(village.server_id, MemberId(aki.id))
    assert outlook.asked_from is not None
    assert outlook.usual is not None
    written = await aki.write()
    when = f"<t:{int(outlook.asked_from.timestamp())}:f>"
    assert aki.text("introductions.asked_from", when=when) in written.text
    span = village.texts.duration(aki.locale, outlook.usual)
    assert aki.text("introductions.usual", span=span) in written.text


async def test_what_is_held_back_is_not_posted_and_not_lost(village: Village, aki: Person, beni: Person) -> None:
    held = await aki.write("こんにちは", note="こちらへ！ discord.gg/abcdef")
    assert held.has("draft")
    assert village.cards() == []
    mine = await aki.submit(await aki.press(held, "draft"), now="こんにちは", note="")
    line = await aki.submit(await aki.press(mine, "trades"), trades=["care"], trade_line="discord.gg/abcdef")
    assert line.has("draft")
    hello = await beni.greet(village.cards()[0], words="discord.gg/abcdef")
    assert hello.has("draft")
    assert "discord.gg" not in str([words(card) for card in village.cards()])
    assert village.cards(village.thread()) == []
    assert (await aki.write("こんにちは", link="https://aki.example.com/blog")).has("withdraw")


async def test_topics_of_the_servers_own(village: Village, aki: Person) -> None:
    topics, by = village.bot.service(Topics), MemberId(village.moderator.id)
    await topics.add(village.server_id, by, "灯台 *めぐり*", 1)
    form = await aki.slash("intro write")
    assert form.form is not None
    menus = [part["options"] for part in walk_components(form.form["components"]) if part.get("options")]
    assert [menu[0]["label"] for menu in menus] == ["灯台 *めぐり*"] * 2
    mine = await aki.submit(
        form, now="こんにちは", offer_topics=["health", "灯台 *めぐり*"], seek_topics=["灯台 *めぐり*"]
    )
    shown = village.texts.listing(village.locale, ["灯台 \\*めぐり\\*", village.text("topic.health")])
    assert village.text("introductions.card_offer", topics=shown) in words(village.cards()[0])
    assert aki.text("introductions.discreet_are", topics="灯台 \\*めぐり\\*") in mine.text


async def test_a_topic_that_gets_another_name_is_renamed_on_cards_and_found_by_it(
    village: Village, aki: Person, beni: Person
) -> None:
    await aki.write(offer_topics=["health"])
    topics, by = village.bot.service(Topics), MemberId(village.moderator.id)
    await topics.edit(village.server_id, by, "health", "からだの話", None)
    await village.pass_time(timedelta(seconds=1))
    assert "からだの話" in words(village.cards()[0])
    assert (await aki.slash("intro write")).filled["offer_topics"] == ["からだの話"]
    assert f"<@{aki.id}>" in (await beni.slash("find", text="からだの話")).text
    assert f"<@{aki.id}>" not in (await beni.slash("find", text=beni.text("topic.health"))).text


async def test_a_topic_taken_off_the_list_stays_until_the_card_is_written_again(village: Village, aki: Person) -> None:
    mine = await aki.write(offer_topics=["health", "parenting"], seek_topics=["health"])
    topics, by = village.bot.service(Topics), MemberId(village.moderator.id)
    await topics.remove(village.server_id, by, "health")
    await village.pass_time(timedelta(seconds=1))  # which waits for the worker, whoever woke it
    changed = await aki.submit(await aki.press(mine, "discreet"), discreet_offer=["parenting"])
    assert village.text("topic.health") in words(village.cards()[0])
    both = village.texts.listing(aki.locale, [aki.text("topic.parenting"), aki.text("topic.health")])
    assert aki.text("introductions.discreet_are", topics=both) in changed.text
    await topics.remove(village.server_id, by, "parenting")
    await village.pass_time(timedelta(seconds=1))
    assert (await aki.press(changed, "discreet")).text == aki.text("introductions.no_topics")
    await aki.submit(await aki.slash("intro write"), now="もう一度")
    assert village.text("topic.health") not in words(village.cards()[0])


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
        await person.slash("intro write")
    form = "v1:introductions:form-write:1:0"
    for person, now in ((aki, "あき"), (beni, "べに")):
        send_raw(village, person, form, now)
    await village.env.settle()
    assert (await village.introduction(aki)).now == "あき"
    assert (await village.introduction(beni)).now == "べに"
    assert len(village.cards()) == 2


async def test_publishing_twice_at_once_makes_one_card(village: Village, aki: Person) -> None:
    await aki.slash("intro write")
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
    await aki.slash("intro write")
    _, written = village.interaction(aki, 5, form_data("v1:introductions:form-write:1:0", {"now": "一度だけ"}))
    for _ in range(2):
        village.env.backend.emit("INTERACTION_CREATE", written)
        await village.env.settle()
    assert (await village.introduction(aki)).revision == 1
    await beni.open_hello(village.cards()[0])
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
