"""Telling moderators: private, never lost, and never shown to whom it is about."""

import pytest

from bot.features.safety.model import LOUD_REPORTS
from bot.kernel.i18n import Texts
from tests.flows.messages import controls, words
from tests.flows.office import another_moderator, case_about, inbox, numbers, open_office, report, show
from tests.flows.people import Answer, Person
from tests.flows.village import Village

TELL = Texts()("en", "safety.menu_tell")  # commands go by their English names


def named(form: Answer) -> str:
    """Return the custom id of an opened form."""
    assert form.form is not None
    return str(form.form["custom_id"])


async def test_report_by_command_reaches_moderators_alone(village: Village, aki: Person, beni: Person) -> None:
    office = await open_office(village)
    answer = await report(village, aki, beni, "三度断りました", "pressure")
    assert answer.text == aki.text("safety.reported")
    assert answer.has("distance_from")
    number = await case_about(village, beni)
    (post,) = village.cards(office)
    assert f"#{number}" in words(post)
    for name in (str(aki.id), str(beni.id), "三度"):
        assert name not in words(post)
    case = await village.moderator.press(post, "case")
    for shown in ("三度断りました", aki.actor.mention, beni.actor.mention, village.text("safety.reason_pressure")):
        assert shown in case.text
    assert village.text("members.inbox_empty") in (await inbox(beni)).text
    assert not village.cards()


async def test_distance_can_be_kept_at_once(village: Village, aki: Person, beni: Person) -> None:
    kept = await aki.press(await report(village, aki, beni), "distance_from")
    assert beni.actor.mention in kept.text or kept.text


async def test_report_by_button_asks_whom_it_is_about(village: Village, aki: Person, beni: Person) -> None:
    form = await aki.press(await aki.slash("guide"), "report")
    answer = await aki.submit(form, member=[beni], reason=["names"], details="知り合いの名前を出された")
    assert answer.text == aki.text("safety.reported")
    case = await show(village.moderator, await case_about(village, beni))
    assert "知り合いの名前を出された" in case.text


async def test_message_is_kept_as_evidence_until_the_case_is_closed(
    village: Village, aki: Person, beni: Person
) -> None:
    message = await beni.actor.send(village.hall, "**必ず**儲かります @everyone")
    form = await aki.message_menu(TELL, message)
    answer = await aki.submit(form, reason=["selling"], details="困ります")
    assert answer.text == aki.text("safety.reported")
    number = await case_about(village, beni)
    case = await show(village.moderator, number)
    assert r"\*\*必ず\*\*儲かります" in case.text
    assert f"/{village.hall.id}/{message.id}" in case.text
    closed = await village.moderator.submit(await village.moderator.press(case, "close"), told=["acted"])
    assert "儲かります" not in closed.text
    assert "困ります" in closed.text
    async with village.bot.database.read() as transaction:
        rows = await transaction.connection.execute_fetchall("SELECT evidence FROM reports")
        begun = await transaction.connection.execute_fetchall("SELECT evidence FROM begun_reports")
    assert ([row[0] for row in rows], list(begun)) == ([""], [])


async def test_message_of_a_bot_asks_whom_it_is_about(village: Village, aki: Person, beni: Person) -> None:
    await beni.write("いまだけ特別にご案内します")
    form = await aki.message_menu(TELL, village.cards()[0])
    await aki.submit(form, member=[beni], reason=["selling"])
    case = await show(village.moderator, await case_about(village, beni))
    assert "いまだけ特別にご案内します" in case.text


async def test_form_that_was_refused_keeps_its_message(village: Village, aki: Person, beni: Person) -> None:
    message = await beni.actor.send(village.hall, "証拠の文章")
    form = await aki.message_menu(TELL, message)
    refused = await aki.forge_form(named(form), {"reason": ["selling"], "details": "あ" * 3000})
    assert aki.text("safety.too_long") in refused.text
    again = await aki.press(refused, "draft")
    await aki.submit(again, reason=["selling"], details="短く")
    assert "証拠の文章" in (await show(village.moderator, await case_about(village, beni))).text


async def test_evidence_is_nobody_elses_to_send(village: Village, aki: Person, beni: Person) -> None:
    message = await beni.actor.send(village.hall, "証拠の文章")
    form = await aki.message_menu(TELL, message)
    other = village.move_in("Chika")
    refused = await other.forge_form(named(form), {"reason": ["selling"], "details": "", "evidence": "作り話"})
    assert other.text("safety.message_gone") in refused.text


async def test_nobody_reports_themselves_or_a_bot(village: Village, aki: Person) -> None:
    assert (await report(village, aki, aki)).text == aki.text("safety.report_oneself")
    message = await aki.actor.send(village.hall, "自分の文章")
    mine = await aki.message_menu(TELL, message)
    assert mine.text == aki.text("safety.report_oneself")
    form = await aki.press(await aki.slash("guide"), "report")
    refused = await aki.forge_form(named(form), {"member": ["x"], "reason": ["selling"]})
    assert aki.text("safety.report_nobody") in refused.text


async def test_what_is_open_about_somebody_takes_up_further_reports(
    village: Village, aki: Person, beni: Person
) -> None:
    office, chika = await open_office(village), village.move_in("Chika")
    for reporter, details in ((aki, "一度目"), (aki, "二度目"), (chika, "わたしにも")):
        assert (await report(village, reporter, beni, details)).text == reporter.text("safety.reported")
    (post,) = village.cards(office)
    assert village.texts.plural(village.locale, "safety.case_report", 3) in words(post)
    case = await village.moderator.press(post, "case")
    for details in ("一度目", "二度目", "わたしにも"):
        assert details in case.text


async def test_flood_of_reports_is_kept_and_told_of_a_few_times_only(village: Village, aki: Person) -> None:
    office = await open_office(village)
    others = [village.move_in(f"Person{number}") for number in range(LOUD_REPORTS + 3)]
    for other in others:
        assert (await report(village, aki, other)).text == aki.text("safety.reported")
    assert len(village.cards(office)) == LOUD_REPORTS
    beni = village.move_in("Beni")
    await report(village, beni, others[-1])
    assert len(village.cards(office)) == LOUD_REPORTS + 1
    listed = await village.moderator.slash("cases list")
    assert village.texts.plural(village.locale, "safety.cases_title", len(others)) in listed.text


async def test_moderators_are_told_in_their_inbox_where_no_channel_is_chosen(
    village: Village, aki: Person, beni: Person
) -> None:
    await report(village, aki, beni)
    number = await case_about(village, beni)
    told = await inbox(village.moderator)
    assert village.moderator.text("safety.notice_case", words=number) in told.text
    assert aki.actor.mention not in told.text
    assert beni.actor.mention not in told.text


async def test_report_about_a_moderator_is_shown_to_the_others_only(village: Village, aki: Person) -> None:
    office, mio = await open_office(village), await another_moderator(village)
    await report(village, aki, mio, "えらそうにされました")
    number = await case_about(village, mio)
    assert not village.cards(office)
    told = await inbox(village.moderator)
    assert village.text("safety.notice_case", words=number) in told.text
    assert village.text("members.inbox_empty") in (await inbox(mio)).text
    case = await show(village.moderator, number)
    assert "えらそうにされました" in case.text
    assert village.text("safety.is_discreet") in case.text
    await village.moderator.submit(await village.moderator.press(case, "note"), note="本人と話す前に相談")

    gone = mio.text("safety.no_case")
    assert (await show(mio, number)).text == gone
    listed = await mio.slash("cases list")
    assert f"#{number}" not in listed.text
    assert mio.text("safety.cases_none") in listed.text
    trail = await mio.press(listed, "acts")
    assert "相談" not in trail.text
    assert "相談" in (await village.moderator.press(await village.moderator.slash("cases list"), "acts")).text
    for action in ("case", "take", "note", "close", "let_through", "keep_back", "hold", "lift"):
        assert (await mio.forge(f"v1:safety:{action}:{number}")).text == gone
    for action in ("open", "case_page"):
        assert (await mio.forge(f"v1:safety:{action}:{number}", [str(number)])).text == gone
    fields = {"note": "x", "told": ["acted"], "days": ["3"], "hold_reason": "x"}
    for form in ("note", "close", "keep_back", "hold"):
        assert gone in (await mio.forge_form(f"v1:safety:form-{form}:{number}:1", fields)).text
    await village.moderator.press(await show(village.moderator, number), "take")
    assert not village.cards(office)


def own(village: Village, person: Person) -> None:
    """Let somebody own the server; the one whom the simulated Discord makes up never used the bot."""
    village.env.backend.get_guild(village.guild.id).owner_id = person.id


async def test_the_owner_is_told_also_without_having_used_the_bot(village: Village, aki: Person) -> None:
    nao = village.move_in("Nao")
    own(village, nao)
    await open_office(village)
    await report(village, aki, village.moderator, "運営のことです")
    assert nao.text("safety.notice_case", words=await case_about(village, village.moderator)) in (await inbox(nao)).text
    assert aki.text("safety.notice_nobody") not in (await inbox(aki)).text


async def test_with_nobody_else_left_the_reporter_is_told_so(village: Village, aki: Person) -> None:
    await open_office(village)
    own(village, village.moderator)
    await report(village, aki, village.moderator, "運営のことです")
    told = await inbox(aki)
    assert aki.text("safety.notice_nobody") in told.text
    assert village.text("members.inbox_empty") in (await inbox(village.moderator)).text


async def test_a_moderator_who_is_none_any_more_is_not_told(village: Village, aki: Person) -> None:
    mio = await another_moderator(village)
    village.env.backend.remove_member(village.guild.id, mio.id)
    own(village, village.moderator)
    await village.env.settle()
    await report(village, aki, village.moderator)
    assert aki.text("safety.notice_nobody") in (await inbox(aki)).text


async def test_a_member_without_the_right_sees_no_case(village: Village, aki: Person, beni: Person) -> None:
    office = await open_office(village)
    await report(village, aki, beni, "ひみつ")
    (post,) = village.cards(office)
    for person in (aki, beni):
        refused = await person.press(post, "case")
        assert refused.text == person.text("errors.moderators_only")


@pytest.mark.parametrize("outcome", ["acted", "watched", "nothing"])
async def test_reporters_hear_that_it_was_closed(village: Village, aki: Person, beni: Person, outcome: str) -> None:
    office = await open_office(village)
    await report(village, aki, beni)
    (post,) = village.cards(office)
    number = await case_about(village, beni)
    form = await village.moderator.press(await village.moderator.press(post, "case"), "close")
    fields = {"told": [outcome], "told_words": "お待たせしました", "outcome": "本人に注意した"}
    closed = await village.moderator.submit(form, **fields)
    assert village.text("safety.closed") in closed.text
    told = (await inbox(aki)).text
    assert aki.text(f"safety.told_{outcome}", words="お待たせしました") in told
    assert "注意" not in told
    assert beni.actor.mention not in told
    (post,) = village.cards(office)
    assert controls(post) == []
    assert numbers(office, village) == [number]
    again = await village.moderator.forge_form(f"v1:safety:form-close:{number}:9", {"told": ["acted"]})
    assert village.text("safety.case_closed") in again.text


async def test_who_reported_often_is_told_once(village: Village, aki: Person, beni: Person) -> None:
    await open_office(village)
    for number in range(4):
        await report(village, aki, beni, f"もう一度 {number}")
    number = await case_about(village, beni)
    form = await village.moderator.press(await show(village.moderator, number), "close")
    await village.moderator.submit(form, told=["acted"])
    assert (await inbox(aki)).text.count(aki.text("safety.told_acted", words="").strip()[:12]) == 1


async def test_a_reopened_case_waits_again_and_is_not_called_settled(
    village: Village, aki: Person, beni: Person
) -> None:
    office = await open_office(village)
    await report(village, aki, beni)
    number = await case_about(village, beni)
    moderator = village.moderator
    await moderator.submit(await moderator.press(await show(moderator, number), "hold"), days=["3"], hold_reason="休憩")
    await moderator.submit(await moderator.press(await show(moderator, number), "close"), told=["acted"])
    await village.env.settle()
    await beni.submit(await beni.press(await inbox(beni), "answer"), answer="誤解です")
    await village.env.settle()
    settled = moderator.text("safety.ended_acted")
    assert settled not in (await show(moderator, number)).text
    assert settled not in (await moderator.slash("cases list")).text
    post = village.cards(office)[0]
    assert village.text("safety.ended_acted") not in words(post)
    assert any(":case:" in name for name in controls(post))


async def test_nobody_removes_the_message_that_another_is_about_to_report(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_office(village)
    message = await beni.actor.send(village.door, "買ってください")
    form = await aki.message_menu("Tell the moderators", message)
    assert form.form is not None
    begun = form.form["custom_id"].split(":")[3]
    await beni.forge_form(f"v1:safety:form-tell:{begun}:1", {"reason": ["selling"]})
    await beni.forge_form(
        f"v1:safety:form-report:{begun}:1", {"member": [str(village.moderator.id)], "reason": ["selling"]}
    )
    answer = await aki.submit(form, reason=["selling"])
    assert aki.text("safety.message_gone") not in answer.text
    case = await show(village.moderator, await case_about(village, beni))
    assert "買ってください" in case.text


async def test_without_a_place_for_its_post_moderators_find_a_case_in_their_inboxes(
    village: Village, aki: Person, beni: Person
) -> None:
    office = await open_office(village)
    village.env.backend.delete_channel(office.id)
    await report(village, aki, beni)
    await village.later()
    number = await case_about(village, beni)
    assert village.text("safety.notice_case", words=number) in (await inbox(village.moderator)).text


async def test_what_was_typed_into_the_command_is_given_back_when_it_fails(
    village: Village, aki: Person, beni: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object, **_others: object) -> None:
        raise RuntimeError("made up")

    with monkeypatch.context() as patch:
        patch.setattr("bot.features.safety.store.SafetyStore.add_report", fail)
        answer = await aki.slash("report", member=beni, reason="selling", details="大事な話")
    village.complaints.take()
    (followup,) = answer.result.followups
    assert "大事な話" in (await followup.attachments[0].read()).decode()


async def test_line_ends_of_any_kind_stay_within_a_quotation(village: Village, aki: Person, beni: Person) -> None:
    await open_office(village)
    await report(village, aki, beni, "a\u2028# BIG\u2029- list")
    case = await show(village.moderator, await case_about(village, beni))
    assert "> # BIG" not in case.text
    assert "> \\# BIG" in case.text
