"""Texts that are held back or warned about: why, and every way on."""

from datetime import timedelta

import pytest

from tests.flows.everything import asked_to_greet
from tests.flows.messages import controls, words
from tests.flows.office import INVITE, MONEY, another_moderator, by_dm, case_about, inbox, open_list, open_office, show
from tests.flows.people import Answer, Person
from tests.flows.village import Village


async def hold_back(village: Village, person: Person, text: str = INVITE) -> Answer:
    """Let somebody write what is held back, and ask moderators about it."""
    refused = await person.write(text, note="よろしくお願いします", offer_topics=["health"])
    assert refused.has("ask_moderators")
    asked = await person.press(refused, "ask_moderators")
    await village.env.settle()
    return asked


async def test_warning_is_read_and_the_text_posted_by_one_press(village: Village, aki: Person) -> None:
    warned = await aki.write(MONEY, offer_topics=["side_work"])
    assert not village.cards()
    assert warned.has("draft")
    assert not warned.has("ask_moderators")
    posted = await aki.press(warned, "anyway")
    assert aki.text("introductions.written") in posted.text
    assert "月5万円" in words(village.cards()[0])
    assert village.text("topic.side_work") in words(village.cards()[0])
    again = await aki.write(MONEY)
    assert aki.text("introductions.changed") in again.text
    assert (await aki.write(MONEY + "です")).has("anyway")


async def test_held_text_is_posted_nowhere_and_can_be_changed_at_once(village: Village, aki: Person) -> None:
    refused = await aki.write(INVITE)
    assert not village.cards()
    assert not refused.has("anyway")
    form = await aki.press(refused, "draft")
    assert form.filled["now"] == INVITE
    assert aki.text("introductions.written") in (await aki.submit(form, now="育休中です")).text
    assert INVITE not in words(village.cards()[0])


async def test_text_that_moderators_let_through_is_posted_as_it_was(village: Village, aki: Person) -> None:
    office = await open_office(village)
    asked = await hold_back(village, aki)
    assert asked.text == aki.text("safety.asked")
    (post,) = village.cards(office)
    assert "discord" not in words(post)
    assert str(aki.id) not in words(post)
    case = await village.moderator.press(post, "case")
    assert "discord.gg" in case.text
    assert village.moderator.text("introductions.field_now") in case.text
    assert not case.has("close")
    decided = await village.moderator.press(case, "let_through")
    assert village.moderator.text("safety.decided") in decided.text
    assert not village.cards()
    told = await inbox(aki)
    assert aki.text("safety.notice_let_through") in told.text
    posted = await aki.press(told, "post_it")
    assert aki.text("introductions.written") in posted.text
    card = words(village.cards()[0])
    for shown in ("discord.gg", "よろしくお願いします", village.text("topic.health")):
        assert shown in card
    twice = await aki.press(told, "post_it")
    assert twice.text == aki.text("safety.text_gone")
    assert not (await inbox(aki)).has("post_it")


async def test_text_that_was_kept_back_can_be_changed(village: Village, aki: Person) -> None:
    await open_office(village)
    await hold_back(village, aki)
    moderator, number = village.moderator, await case_about(village, aki)
    form = await moderator.press(await show(moderator, number), "keep_back")
    await moderator.submit(form, told_words="リンクを外してくださいね")
    told = await inbox(aki)
    assert aki.text("safety.notice_keep_back", words="リンクを外してくださいね") in told.text
    form = await aki.press(told, "change")
    assert form.filled["now"] == INVITE
    assert aki.text("introductions.written") in (await aki.submit(form, now="育休中です")).text
    refused = await aki.write(INVITE, note="よろしくお願いします")
    assert (await aki.press(refused, "ask_moderators")).text == aki.text("safety.decided_before")


async def test_moderators_are_asked_once_about_a_text(village: Village, aki: Person) -> None:
    office = await open_office(village)
    refused = await aki.write(INVITE)
    for _ in range(2):
        assert (await aki.press(refused, "ask_moderators")).text == aki.text("safety.asked")
        refused = await aki.write(INVITE)
    await village.env.settle()
    assert len(village.cards(office)) == 1


async def test_draft_is_kept_as_long_as_moderators_may_take(village: Village, aki: Person) -> None:
    refused = await aki.write(INVITE)
    await aki.press(refused, "ask_moderators")
    await village.pass_time(timedelta(days=5))
    assert (await aki.press(await aki.slash("guide"), "draft")).filled["now"] == INVITE


async def test_a_moderator_does_not_decide_about_their_own_text(village: Village, aki: Person) -> None:
    office, mio = await open_office(village), await another_moderator(village)
    await hold_back(village, mio)
    number = await case_about(village, mio)
    (post,) = village.cards(office)
    assert (await mio.press(post, "case")).text == mio.text("safety.no_case")
    assert (await mio.forge(f"v1:safety:let_through:{number}")).text == mio.text("safety.no_case")
    assert (await village.moderator.press(await show(village.moderator, number), "let_through")).text
    assert mio.text("safety.notice_let_through") in (await inbox(mio)).text


async def test_nobody_takes_up_what_is_anothers(village: Village, aki: Person, beni: Person) -> None:
    await open_office(village)
    refused = await aki.write(INVITE)
    draft = next(name for name in controls(refused.message) if ":ask_moderators:" in name)
    for action in ("anyway", "ask_moderators"):
        forged = await beni.forge(draft.replace("ask_moderators", action))
        assert forged.text == beni.text("members.draft_gone")
    await hold_back(village, aki)
    await village.moderator.press(await show(village.moderator, await case_about(village, aki)), "let_through")
    notice = next(name for name in controls((await inbox(aki)).message) if ":post_it:" in name)
    for action in ("post_it", "change", "answer"):
        forged = await beni.forge(notice.replace("post_it", action))
        assert forged.text == beni.text("members.notice_gone")


async def test_own_words_of_a_server_hold_back_too(village: Village, aki: Person) -> None:
    moderator = village.moderator
    form = await open_list(village, "rules")
    kept = await moderator.submit(form, rules="ひみつの副読本\n/gift ?card/")
    assert kept.text == moderator.text("safety.rules_kept")
    for text in ("ひみつの副読本を配っています", "a giftcard for you"):
        assert (await aki.write(text)).has("ask_moderators")
    again = await open_list(village, "rules")
    assert again.filled == {"rules": "ひみつの副読本\n/gift ?card/"}
    await moderator.submit(again, rules="")
    assert aki.text("introductions.written") in (await aki.write("ひみつの副読本を配っています")).text
    trail = await moderator.press(await moderator.slash("cases list"), "acts")
    assert trail.text.count(moderator.text("act.rules_change")) == 2


async def test_rule_that_can_not_be_used_is_told_with_its_line(village: Village) -> None:
    moderator = village.moderator
    form = await open_list(village, "rules")
    refused = await moderator.submit(form, rules="よいことば\n/(/")
    assert "2" in refused.text
    again = await moderator.press(refused, "draft")
    assert again.filled == {"rules": "よいことば\n/(/"}


@pytest.mark.parametrize("wanted", ["let_through", "keep_back"])
async def test_decision_can_be_taken_up_from_a_private_message(village: Village, aki: Person, wanted: str) -> None:
    await open_office(village)
    await by_dm(aki)
    await hold_back(village, aki)
    case = await show(village.moderator, await case_about(village, aki))
    if wanted == "let_through":
        await village.moderator.press(case, "let_through")
    else:
        await village.moderator.submit(await village.moderator.press(case, "keep_back"))
    await village.pass_time(timedelta(hours=12))  # they are awake by then, in either zone
    (dm,) = aki.dms()
    if wanted == "let_through":
        assert aki.text("introductions.written") in (await aki.press(dm, "post_it")).text
        assert "discord.gg" in words(village.cards()[0])
    else:
        assert (await aki.press(dm, "change")).text == aki.text("safety.change_elsewhere")
        form = await aki.press(await aki.slash("guide"), "draft")
        assert form.filled["now"] == INVITE


async def test_a_kept_back_hello_is_changed_where_it_was_written(village: Village) -> None:
    await open_office(village)
    dai, _ = await asked_to_greet(village)
    await by_dm(dai)
    (asking,) = dai.dms()
    refused = await dai.submit(await dai.press(asking, "greet_asked"), words=INVITE)
    await dai.press(refused, "ask_moderators")
    case = await show(village.moderator, await case_about(village, dai))
    await village.moderator.submit(await village.moderator.press(case, "keep_back"))
    await village.env.settle()
    (told,) = [dm for dm in dai.dms() if any(":change:" in each for each in controls(dm))]
    form = await dai.press(told, "change")
    assert form.filled["words"] == INVITE
    sent = await dai.submit(form, words="ようこそ")
    assert sent.text == dai.text("introductions.greeted")


async def test_a_newer_introduction_is_not_replaced_by_what_was_let_through(village: Village, aki: Person) -> None:
    await open_office(village)
    held = await aki.write(INVITE)
    await aki.press(held, "ask_moderators")
    await village.env.settle()
    number = await case_about(village, aki)
    await village.moderator.press(await show(village.moderator, number), "let_through")
    await aki.write("新しい文章")
    answer = await aki.press(await inbox(aki), "post_it")
    assert aki.text("introductions.newer_written") in answer.text
    assert (await village.introduction(aki)).now == "新しい文章"
    assert (await aki.press(answer, "draft")).filled["now"] == INVITE


async def test_a_text_posted_from_a_private_message_keeps_the_name_in_the_server(village: Village, aki: Person) -> None:
    await open_office(village)
    await village.noon()
    await by_dm(aki)
    village.env.backend.edit_member(village.guild.id, aki.id, {"nick": "やまびこ"})
    await aki.press(await aki.write(INVITE), "ask_moderators")
    await village.env.settle()
    await village.moderator.press(await show(village.moderator, await case_about(village, aki)), "let_through")
    await village.env.settle()
    await aki.press(aki.dms()[-1], "post_it")
    assert (await village.introduction(aki)).name == "やまびこ"


async def test_a_report_is_no_text_that_moderators_let_through(village: Village, aki: Person, beni: Person) -> None:
    await open_office(village)
    refused = await aki.forge_form(
        "v1:safety:form-report:0:1", {"member": [str(beni.id)], "reason": ["selling"], "details": INVITE * 40}
    )
    draft = next(name for name in controls(refused.message) if ":draft:" in name).rpartition(":")[2]
    for action in ("ask_moderators", "anyway"):
        assert (await aki.forge(f"v1:safety:{action}:{draft}")).text == aki.text("safety.not_held")
