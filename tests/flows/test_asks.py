"""Asking, being answered, and what an asker can change: what members see of it."""

from datetime import timedelta

import pytest

from bot.features.members.choices import Choices
from bot.features.members.reach import Kind, Way
from bot.features.peer_help.model import OPEN_LIMIT
from bot.features.setup.service import Setup
from bot.kernel.ids import MemberId
from tests.flows.asking import (
    SOON,
    TITLE,
    ask,
    card_of,
    helper,
    invitations,
    is_closed,
    manage,
    newest,
    open_by_hand,
    open_help,
    say,
    state_of,
    tags_of,
    thread_of,
)
from tests.flows.messages import controls, words
from tests.flows.office import INVITE
from tests.flows.people import Person
from tests.flows.village import Village


@pytest.mark.parametrize("forum", [True, False], ids=["forum", "text"])
async def test_somebody_asks_is_answered_and_thanks(village: Village, aki: Person, *, forum: bool) -> None:
    channel = await open_help(village, forum=forum)
    beni = await helper(village, "Beni")
    answer = await ask(village, aki, details="年度末がいいのか、迷っています")
    assert aki.text("peer_help.asked") in answer.text
    assert aki.text("peer_help.asked_now") in answer.text
    asked = await newest(village, aki)
    (thread,) = channel.threads
    assert thread.name == TITLE
    assert "年度末がいいのか" in words(card_of(village, asked))
    assert state_of(village, asked) == village.text("peer_help.state_waiting")

    (message,) = invitations(beni)
    assert TITLE in words(message)
    here = await beni.press(message, "here_asked")
    assert beni.text("peer_help.you_are_here_either") in here.text
    await village.pass_time(SOON)
    assert village.text("peer_help.came_either", helper=f"<@{beni.id}>") in words(village.cards(thread)[-1])
    assert not (await beni.slash("inbox")).has("here_asked")
    await say(village, beni, asked)
    assert aki.text("peer_help.told_spoke", words=TITLE) in (await aki.slash("inbox")).text
    assert (await newest(village, aki)).turn == "asker"
    await say(village, aki, asked, "ありがとう")
    assert (await newest(village, aki)).turn == "helper"

    form = await aki.press(await manage(aki, asked), "resolve")
    assert form.filled["thanked"] == [beni.id]
    ended = await aki.submit(form, thanked=[beni], reason="年度の話がとても助かりました", helped="上司に早めに相談する")
    assert aki.text("peer_help.resolved_thanked") in ended.text
    await village.pass_time(SOON)
    assert state_of(village, asked) == village.text("peer_help.state_resolved")
    assert not controls(card_of(village, asked))
    told = await beni.slash("inbox")
    assert "年度の話がとても助かりました" in told.text
    assert "上司に早めに相談する" in told.text
    assert is_closed(village, asked)


async def test_tags_of_a_forum_say_what_it_is_about_and_how_it_stands(village: Village, aki: Person) -> None:
    await open_help(village)
    beni = await helper(village, "Beni")
    await ask(village, aki)
    asked, topic = await newest(village, aki), village.text("topic.job_change")
    assert tags_of(village, asked) == {topic, village.text("peer_help.tag_waiting")}
    await say(village, beni, asked)
    assert tags_of(village, asked) == {topic, village.text("peer_help.tag_talking")}
    edited = await aki.press(await manage(aki, asked), "edit")
    filled = {"topic": ["everyday"], "wants": ["listen"], "title": "ただ聞いてください"}
    assert aki.text("peer_help.changed") in (await aki.submit(edited, **filled)).text
    await village.pass_time(SOON)
    assert tags_of(village, asked) == {village.text("peer_help.tag_other"), village.text("peer_help.tag_talking")}


@pytest.mark.parametrize("forum", [True, False], ids=["forum", "text"])
async def test_an_edit_changes_card_and_thread(village: Village, aki: Person, *, forum: bool) -> None:
    await open_help(village, forum=forum)
    await ask(village, aki, details="はじめの文")
    asked = await newest(village, aki)
    form = await aki.press(await manage(aki, asked), "edit")
    before = {"topic": ["job_change"], "wants": ["either"], "title": TITLE, "details": "はじめの文"}
    assert form.filled == before
    await aki.submit(form, **(before | {"title": "言いなおします", "details": "あとの文"}))
    await village.pass_time(SOON)
    card = words(card_of(village, asked))
    assert "言いなおします" in card
    assert "あとの文" in card
    assert "はじめの文" not in card
    assert thread_of(village, asked).name == "言いなおします"


@pytest.mark.parametrize("forum", [True, False], ids=["forum", "text"])
async def test_what_is_withdrawn_is_gone_at_once(village: Village, aki: Person, *, forum: bool) -> None:
    await open_help(village, forum=forum)
    beni = await helper(village, "Beni")
    await ask(village, aki, details="消したい文")
    asked = await newest(village, aki)
    await say(village, beni, asked, "答えは残ります")
    sure = await aki.press(await manage(aki, asked), "withdraw")
    assert aki.text("peer_help.withdraw_asked") in sure.text
    assert aki.text("peer_help.withdrawn") in (await aki.press(sure, "withdraw_confirm")).text
    await village.pass_time(SOON)
    card, thread = card_of(village, asked), thread_of(village, asked)
    assert words(card) == village.text("peer_help.card_withdrawn")
    assert not controls(card)
    assert thread.name == village.text("peer_help.thread_withdrawn")
    assert is_closed(village, asked)
    assert "答えは残ります" in {message.content for message in thread.history()}
    assert TITLE not in (await beni.slash("inbox")).text
    assert not (await aki.slash("ask mine")).has("mine_one")
    assert (await beni.forge(f"v1:peer_help:here:{asked.ask_id}")).text == beni.text("peer_help.gone")


async def test_without_a_place_for_it_nobody_is_handed_a_form(village: Village, aki: Person) -> None:
    assert (await aki.slash("ask new")).text == aki.text("peer_help.not_set_up")


async def test_what_is_refused_is_kept_and_handed_out_again(village: Village, aki: Person) -> None:
    channel = await open_help(village)
    refused = await ask(village, aki, "外で話しませんか", details=INVITE)
    assert not channel.threads
    form = await aki.press(refused, "draft")
    assert form.filled["details"] == INVITE
    assert form.filled["title"] == "外で話しませんか"
    taken = await aki.submit(form, **(form.filled | {"details": "ここで話したいです"}))
    assert aki.text("peer_help.asked") in taken.text
    await village.pass_time(SOON)
    (thread,) = channel.threads
    assert thread.name == "外で話しませんか"


async def test_what_is_only_blank_is_no_title(village: Village, aki: Person) -> None:
    channel = await open_help(village)
    refused = await ask(village, aki, "\u3164 \u200b")
    assert aki.text("peer_help.title_missing") in refused.text
    assert refused.has("draft")
    assert not channel.threads


async def test_a_topic_that_was_removed_meanwhile_is_said_to_be_gone(village: Village, aki: Person) -> None:
    await open_help(village)
    await ask(village, aki)
    form = await aki.slash("ask new")
    await village.moderator.slash("topics remove", topic="job_change")
    filled = {"topic": ["job_change"], "wants": ["either"], "title": "もう一度", "anonymous": ["no"]}
    refused = await aki.submit(form, **filled)
    assert aki.text("peer_help.topic_gone") in refused.text
    assert refused.has("draft")


async def test_nobody_has_more_than_some_open_asks(village: Village, aki: Person) -> None:
    await open_help(village)
    for number in range(OPEN_LIMIT):
        await ask(village, aki, f"{number}つめ")
    assert (await aki.slash("ask new")).text == aki.text("peer_help.enough_open", most=OPEN_LIMIT)


async def test_an_ask_at_night_says_when_others_are_asked(village: Village, aki: Person) -> None:
    await open_help(village)
    await village.bot.service(Setup).choose_hours(village.server_id, MemberId(village.moderator.id), 7, 24)
    beni = await helper(village, "Beni")
    await village.noon()
    await village.pass_time(timedelta(hours=14))
    answer = await ask(village, aki)
    morning = village.env.now() + timedelta(hours=5) - SOON
    assert aki.text("peer_help.asked_from", when=f"<t:{int(morning.timestamp())}:f>") in answer.text
    assert not invitations(beni)
    await village.pass_time(timedelta(hours=5))
    assert len(invitations(beni)) == 1


async def test_where_nobody_offers_the_topic_the_truth_is_told(village: Village, aki: Person) -> None:
    await open_help(village)
    await helper(village, "Beni", "health")
    answer = await ask(village, aki)
    assert aki.text("peer_help.asked_nobody") in answer.text


async def test_who_asks_is_offered_answers_as_private_messages(village: Village, aki: Person) -> None:
    await open_help(village)
    beni = await helper(village, "Beni")
    answer = await ask(village, aki)
    question = await aki.press(answer, "consent_answers")
    await aki.press(question, "dm_answers")
    await village.bot.service(Choices).choose_quiet(village.server_id, MemberId(aki.id), 0, 0)
    await say(village, beni, await newest(village, aki))
    assert any(aki.text("peer_help.told_spoke", words=TITLE) in words(message) for message in aki.dms())
    again = await ask(village, aki, "もうひとつ")
    assert not again.has("consent_answers")


async def test_still_waiting_is_answered_with_the_truth(village: Village, aki: Person) -> None:
    await open_help(village)
    beni, chie = await helper(village, "Beni"), await helper(village, "Chie")
    await ask(village, aki)
    asked = await newest(village, aki)
    waits = await aki.press(await manage(aki, asked), "still_waiting")
    assert aki.text("peer_help.waits_already") in waits.text
    await beni.press(invitations(beni)[0], "here_asked")
    dai = await helper(village, "Dai")
    begins = await aki.press(await manage(aki, asked), "still_waiting")
    assert aki.text("peer_help.asked_again") in begins.text
    await village.pass_time(SOON)
    assert [len(invitations(each)) for each in (chie, dai)] == [1, 1]


async def test_what_was_posted_meanwhile_is_not_left_without_a_question(village: Village, aki: Person) -> None:
    await open_help(village)
    preview = await ask(village, aki, anonymous=True)
    asked = await newest(village, aki)
    again = await manage(aki, asked)
    await aki.press(preview, "post_now")
    sure = await aki.press(again, "leave")
    assert aki.text("peer_help.withdraw_asked") in sure.text
    assert (await newest(village, aki)).title == TITLE


async def test_somebody_elses_menu_is_not_opened(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    await ask(village, aki)
    card = card_of(village, await newest(village, aki))
    assert (await beni.press(card, "manage")).text == beni.text("peer_help.asker_only")
    assert (await aki.press(card, "manage")).has("withdraw")


async def test_me_too_is_counted_once_and_without_names(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    await ask(village, aki)
    asked = await newest(village, aki)
    card = card_of(village, asked)
    for _ in range(2):
        assert beni.text("peer_help.counted") in (await beni.press(card, "me_too")).text
    assert (await aki.press(card, "me_too")).text == aki.text("peer_help.own")
    await village.move_in("Chie").press(card, "me_too")
    await village.pass_time(SOON)
    shown = words(card_of(village, asked))
    assert village.texts.plural(village.locale, "peer_help.me_too_count", 2) in shown
    assert str(beni.id) not in shown


async def test_a_post_opened_by_hand_becomes_an_ask_by_its_opener(village: Village, aki: Person, beni: Person) -> None:
    channel = await open_help(village)
    chie = await helper(village, "Chie", "parenting")
    thread = await open_by_hand(village, aki, channel, "夜泣きが続いています")
    (offer,) = village.cards(thread)
    assert (await beni.press(offer, "let_helpers_know")).text == beni.text("peer_help.opener_only")
    form, second = [await aki.press(offer, "let_helpers_know") for _ in range(2)]
    answer = await aki.submit(form, topic=["parenting"], wants=["listen"])
    assert aki.text("peer_help.asked") in answer.text
    await village.pass_time(SOON)
    asked = await newest(village, aki)
    assert asked.thread_id == thread.id
    assert "夜泣きが続いています" in words(card_of(village, asked))
    assert (await aki.press(offer, "let_helpers_know")).text == aki.text("peer_help.known_already")
    again = await aki.submit(second, topic=["parenting"], wants=["listen"])
    assert aki.text("peer_help.known_already") in again.text
    assert len(village.cards(thread)) == 2
    await chie.press(invitations(chie)[0], "here_asked")
    await village.pass_time(SOON)
    assert village.text("peer_help.came_listen", helper=f"<@{chie.id}>") in words(village.cards(thread)[-1])


async def test_a_thread_elsewhere_is_nobodys_business(village: Village, aki: Person) -> None:
    await open_help(village)
    thread = await open_by_hand(village, aki, village.hall)
    assert not village.cards(thread)


async def test_who_agrees_to_help_by_inbox_is_asked_there(village: Village, aki: Person) -> None:
    await open_help(village)
    beni = await helper(village, "Beni", way=Way.INBOX, kind=Kind.HELP)
    await beni.slash("inbox")
    await ask(village, aki)
    assert not invitations(beni)
    box = await beni.slash("inbox")
    here = await beni.press(box, "here_asked")
    assert beni.text("peer_help.you_are_here_either") in here.text
    assert (await newest(village, aki)).state == "talking"
