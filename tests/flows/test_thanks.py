"""Saying thanks: by command, menu or button; every refusal in words, and nothing that was typed is lost."""

from datetime import timedelta

import pytest

from bot.features.members.reach import Kind, Way
from bot.features.reputation.model import DAILY, PAIR_PAUSE, TAKE_BACK, WEEKLY
from bot.kernel.i18n import Texts
from tests.flows.gratitude import REASON, crowd, leave, said_time, thank, thanked, wait_until
from tests.flows.messages import controls, words
from tests.flows.office import INVITE, MONEY, case_about, inbox, open_office, show
from tests.flows.people import Person
from tests.flows.test_inbox import agree
from tests.flows.village import Village

SAY_THANKS = Texts()("en", "reputation.menu_thank")  # commands go by their English names


# ── By the command ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_thanks_by_command_wait_in_the_receivers_inbox_and_nowhere_else(
    village: Village, aki: Person, beni: Person
) -> None:
    answer = await thank(aki, beni)
    assert aki.text("reputation.recorded", name=f"<@{beni.id}>") in answer.text
    assert said_time(answer) == (village.env.now() + TAKE_BACK).replace(microsecond=0)
    assert aki.text("reputation.recorded_public") not in answer.text
    assert answer.has("take_back")
    assert beni.text("errors.news") in (await beni.slash("guide")).text
    assert thanked(beni, aki) in (await inbox(beni)).text
    assert (aki.dms(), beni.dms(), village.cards(), village.cards(village.door)) == ([], [], [], [])


async def test_who_agreed_gets_a_private_message_with_why_and_can_stop_it(
    village: Village, aki: Person, beni: Person
) -> None:
    await village.noon()
    overview = await beni.press(await beni.slash("preferences"), "consents")
    question = await beni.press(overview, "consent_thanks")
    assert beni.text("members.consent_thanks") in question.text
    await beni.press(question, "dm_thanks")
    await thank(aki, beni)
    (message,) = beni.dms()
    assert thanked(beni, aki) in words(message)
    assert beni.text("members.kind_thanks") in words(message)
    stopped = await beni.press(message, "stop")
    assert beni.text("members.stopped_telling", kind=beni.text("members.kind_thanks")) in stopped.text
    await thank(village.move_in("Chie"), beni)
    assert len(beni.dms()) == 1


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("感謝", "reason_too_short"),
        ("  ok  ", "reason_too_short"),
        ("https://example.com/a", "reason_only_link"),
        ("Beniさん", "reason_only_name"),
        ("やまびこ様！", "reason_only_name"),
        ("ああああああ", "reason_says_nothing"),
        ("😊😊😊😊😊！", "reason_says_nothing"),
    ],
)
async def test_a_reason_that_says_nothing_is_refused_and_can_be_mended(
    village: Village, aki: Person, beni: Person, reason: str, why: str
) -> None:
    village.env.backend.edit_member(village.guild.id, beni.id, {"nick": "やまびこ"})
    refused = await thank(aki, beni, reason)
    assert aki.text(f"reputation.{why}") in refused.text
    form = await aki.press(refused, "draft")
    assert form.filled == {"member": [beni.id], "reason": reason}
    await aki.submit(form, member=[beni], reason=REASON)
    assert thanked(beni, aki) in (await inbox(beni)).text


async def test_nobody_thanks_themselves_or_a_bot(village: Village, aki: Person) -> None:
    robot = village.guild.add_member(village.env.create_user("robot", bot=True))
    for whom, why in ((aki, "thank_oneself"), (robot, "thank_bot")):
        refused = await aki.slash("thanks", member=whom, reason=REASON)
        assert aki.text(f"reputation.{why}") in refused.text


async def test_who_left_is_not_thanked_and_the_words_are_kept(village: Village, aki: Person, beni: Person) -> None:
    await leave(village, beni)
    refused = await aki.slash("thanks", member=beni.actor.user, reason=REASON)
    assert aki.text("reputation.not_here") in refused.text
    assert (await aki.press(refused, "draft")).filled["reason"] == REASON


async def test_the_same_person_again_is_possible_from_the_time_that_is_said(
    village: Village, aki: Person, beni: Person
) -> None:
    given_at = village.env.now()
    await thank(aki, beni)
    assert aki.text("reputation.recorded", name=f"<@{aki.id}>") in (await thank(beni, aki)).text
    refused = await thank(aki, beni, "また助けてもらいました")
    possible_at = said_time(refused)
    assert aki.text("reputation.thanked_lately", when=int(possible_at.timestamp())) in refused.text
    assert timedelta() < possible_at - (given_at + PAIR_PAUSE) <= timedelta(seconds=1)
    form = await aki.press(refused, "draft")
    assert form.filled == {"member": [beni.id], "reason": "また助けてもらいました"}
    await wait_until(village, possible_at)
    assert aki.text("reputation.recorded", name=f"<@{beni.id}>") in (await thank(aki, beni)).text


async def test_enough_for_a_day_says_from_when_on_there_is_room(village: Village, aki: Person) -> None:
    people = crowd(village, DAILY + 1)
    for each in people[:DAILY]:
        assert (await thank(aki, each)).has("take_back")
        await village.pass_time(timedelta(minutes=5))
    refused = await thank(aki, people[DAILY])
    possible_at = said_time(refused)
    assert aki.text("reputation.enough_today", when=int(possible_at.timestamp())) in refused.text
    await wait_until(village, possible_at - timedelta(seconds=2))
    assert (await thank(aki, people[DAILY])).has("draft")
    await wait_until(village, possible_at)
    assert (await thank(aki, people[DAILY])).has("take_back")


async def test_enough_for_a_week_says_from_when_on_there_is_room(village: Village, aki: Person) -> None:
    people = crowd(village, WEEKLY + 1)
    for number, each in enumerate(people[:WEEKLY]):
        if number % DAILY == 0:
            await village.pass_time(timedelta(days=1, minutes=1))
        assert (await thank(aki, each)).has("take_back")
    await village.pass_time(timedelta(days=1, minutes=1))
    refused = await thank(aki, people[WEEKLY])
    possible_at = said_time(refused)
    assert aki.text("reputation.enough_this_week", when=int(possible_at.timestamp())) in refused.text
    await wait_until(village, possible_at)
    assert (await thank(aki, people[WEEKLY])).has("take_back")


async def test_what_fails_for_our_fault_keeps_the_words(
    village: Village, aki: Person, beni: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object) -> None:
        raise RuntimeError("made up")

    with monkeypatch.context() as patch:
        patch.setattr("bot.features.reputation.service.Reputation.thank", fail)
        answer = await thank(aki, beni)
    village.complaints.take()
    assert "made up" not in answer.text
    assert (await aki.press(answer, "draft")).filled == {"member": [beni.id], "reason": REASON}


async def test_a_thanks_to_somebody_else_takes_no_draft_away(village: Village, aki: Person, beni: Person) -> None:
    by_command = await thank(aki, beni, "感謝")
    by_form = await aki.submit(await aki.press(await aki.slash("guide"), "thank"), member=[beni], reason="！！！！！！")
    assert (await thank(aki, village.move_in("Chie"))).has("take_back")
    form = await aki.press(by_form, "draft")
    assert form.filled == {"member": [beni.id], "reason": "！！！！！！"}
    assert (await aki.press(by_command, "draft")).filled == {"member": [beni.id], "reason": "感謝"}
    assert (await aki.submit(form, member=[beni], reason=REASON)).has("take_back")
    assert (await aki.press(by_form, "draft")).text == aki.text("members.draft_gone")


async def test_a_draft_opens_as_it_was_typed_after_a_restart(village: Village, aki: Person, beni: Person) -> None:
    refused = await thank(aki, beni, "https://example.com/a")
    await village.restart()
    form = await aki.press(refused, "draft")
    assert form.filled == {"member": [beni.id], "reason": "https://example.com/a"}
    await aki.submit(form, member=[beni], reason="https://example.com/a を教えてくれました")
    assert "を教えてくれました" in (await inbox(beni)).text


# ── What a rule holds back ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_reason_that_is_held_back_goes_to_moderators_and_then_to_its_receiver(
    village: Village, aki: Person, beni: Person
) -> None:
    office, moderator = await open_office(village), village.moderator
    refused = await thank(aki, beni, INVITE)
    assert (await aki.press(refused, "draft")).filled == {"member": [beni.id], "reason": INVITE}
    asked = await aki.press(refused, "ask_moderators")
    assert asked.text == aki.text("safety.asked")
    await village.env.settle()
    (post,) = village.cards(office)
    case = await moderator.press(post, "case")
    assert "discord.gg" in case.text
    assert moderator.text("reputation.field_reason") in case.text
    await moderator.press(case, "let_through")
    assert beni.text("members.inbox_empty") in (await inbox(beni)).text
    told = await inbox(aki)
    assert aki.text("reputation.recorded", name=f"<@{beni.id}>") in (await aki.press(told, "post_it")).text
    assert "discord.gg" in (await inbox(beni)).text


async def test_a_reason_that_is_kept_back_can_be_changed(village: Village, aki: Person, beni: Person) -> None:
    await open_office(village)
    await aki.press(await thank(aki, beni, INVITE), "ask_moderators")
    case = await show(village.moderator, await case_about(village, aki))
    await village.moderator.submit(await village.moderator.press(case, "keep_back"))
    form = await aki.press(await inbox(aki), "change")
    assert form.filled == {"member": [beni.id], "reason": INVITE}
    assert (await aki.submit(form, member=[beni], reason=REASON)).has("take_back")
    assert thanked(beni, aki) in (await inbox(beni)).text


async def test_a_warning_is_read_and_the_thanks_recorded_by_one_press(
    village: Village, aki: Person, beni: Person
) -> None:
    warned = await thank(aki, beni, MONEY)
    assert warned.has("draft")
    assert not warned.has("ask_moderators")
    assert (await aki.press(warned, "anyway")).has("take_back")
    assert "月5万円" in (await inbox(beni)).text


# ── By menus and buttons ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_menu_on_a_member_opens_the_form_with_them_in_it(village: Village, aki: Person, beni: Person) -> None:
    form = await aki.user_menu(SAY_THANKS, beni)
    assert form.filled == {"member": [beni.id], "reason": ""}
    await aki.submit(form, member=[beni], reason=REASON)
    assert thanked(beni, aki) in (await inbox(beni)).text
    again = await aki.user_menu(SAY_THANKS, beni)
    assert aki.text("reputation.thanked_lately", when=int(said_time(again).timestamp())) in again.text
    assert (await aki.user_menu(SAY_THANKS, aki)).text == aki.text("reputation.thank_oneself")


async def test_the_menu_on_a_message_thanks_who_wrote_it(village: Village, aki: Person, beni: Person) -> None:
    message = await beni.actor.send(village.hall, "この本がおすすめです")
    form = await aki.message_menu(SAY_THANKS, message)
    assert form.filled == {"member": [beni.id], "reason": ""}
    await aki.submit(form, member=[beni], reason="本を教えてくれました")
    assert "本を教えてくれました" in (await inbox(beni)).text
    mine = await aki.actor.send(village.hall, "読みます")
    assert (await aki.message_menu(SAY_THANKS, mine)).text == aki.text("reputation.thank_oneself")
    await leave(village, beni)
    gone = await village.move_in("Chie").message_menu(SAY_THANKS, message)
    assert gone.text == aki.text("reputation.not_here")


async def test_a_message_of_the_bots_is_not_thanked(village: Village, aki: Person, beni: Person) -> None:
    await beni.write()
    refused = await aki.message_menu(SAY_THANKS, village.cards()[0])
    assert refused.text == aki.text("reputation.thank_bot")


async def test_whoever_is_chosen_instead_is_the_one_who_is_thanked(village: Village, aki: Person, beni: Person) -> None:
    chie = village.move_in("Chie")
    form = await aki.user_menu(SAY_THANKS, beni)
    await aki.submit(form, member=[chie], reason=REASON)
    assert thanked(chie, aki) in (await inbox(chie)).text
    assert beni.text("members.inbox_empty") in (await inbox(beni)).text


async def test_the_guide_and_the_panel_open_an_empty_form(village: Village, aki: Person, beni: Person) -> None:
    await village.moderator.press(await village.moderator.slash("setup panel"), "post_panel")
    for place in (await aki.slash("guide"), village.cards()[0]):
        assert (await aki.press(place, "thank")).filled == {"member": [], "reason": ""}
    form = await aki.press(village.cards()[0], "thank")
    robot = village.guild.add_member(village.env.create_user("robot", bot=True))
    refused = await aki.submit(form, member=[robot], reason=REASON)
    assert aki.text("reputation.thank_bot") in refused.text
    assert (await aki.submit(await aki.press(refused, "draft"), member=[beni], reason=REASON)).has("take_back")


async def test_an_introduction_that_is_shown_has_a_way_to_thank(village: Village, aki: Person, beni: Person) -> None:
    await beni.write()
    form = await aki.press(await aki.slash("intro show", member=beni), "thank_member")
    assert form.filled == {"member": [beni.id], "reason": ""}


# ── Taking it back ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_was_a_mistake_is_taken_back_and_nobody_hears_of_it(
    village: Village, aki: Person, beni: Person
) -> None:
    recorded = await thank(aki, beni)
    await village.pass_time(TAKE_BACK - timedelta(seconds=1))
    assert (await aki.press(recorded, "take_back")).text == aki.text("reputation.took_back")
    assert beni.text("members.inbox_empty") in (await inbox(beni)).text
    assert (await thank(aki, beni)).has("draft")  # it counts all the same


async def test_who_had_read_of_it_is_told_that_it_was_a_mistake(village: Village, aki: Person, beni: Person) -> None:
    await village.noon()
    await agree(village, beni, Kind.THANKS, Way.DM)
    recorded = await thank(aki, beni)
    await aki.press(recorded, "take_back")
    await village.env.settle()
    first, second = beni.dms()
    assert beni.text("reputation.taken_back", name=f"<@{aki.id}>") in words(second)
    assert REASON not in (await inbox(beni)).text
    assert words(first)


async def test_after_ten_minutes_it_stays_and_moderators_can_help(village: Village, aki: Person, beni: Person) -> None:
    recorded = await thank(aki, beni)
    await village.pass_time(TAKE_BACK)
    late = await aki.press(recorded, "take_back")
    assert late.text == aki.text("reputation.too_late")
    assert thanked(beni, aki) in (await inbox(beni)).text


async def test_nobody_takes_back_what_is_anothers(village: Village, aki: Person, beni: Person) -> None:
    (take_back,) = controls((await thank(aki, beni)).message)
    for person in (beni, village.moderator):
        assert person.text("reputation.thanks_gone") in (await person.forge(take_back)).text
    assert thanked(beni, aki) in (await inbox(beni)).text
