"""What is answered to prompts: checked where others see it, kept where nobody can, and nobody's without a name."""

from datetime import timedelta

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from tests.flows.leaks import all_rows, belonging, leaves, links, listening_closely
from tests.flows.messages import words
from tests.flows.office import INVITE, open_office
from tests.flows.people import Person
from tests.flows.prompting import SOON, a_day, asked, asked_alone, prompt_card
from tests.flows.sent import body_of
from tests.flows.village import Village

CRY = "もう死にたい"


async def test_what_others_see_is_checked(village: Village, aki: Person) -> None:
    thread = await asked(village)
    form = await aki.press(prompt_card(village), "answer")
    held = await aki.submit(form, words=INVITE, shows=["name"])
    assert held.has("ask_moderators")
    nameless = await aki.submit(await aki.press(held, "draft"), words=INVITE, shows=["nameless"])
    assert not nameless.has("ask_moderators")
    draft = (await village.rows("drafts"))[-1]
    refused = await aki.forge(f"v1:safety:ask_moderators:{draft['draft_id']}")
    assert refused.text == aki.text("safety.not_held")  # a case would name who wrote it
    kept = await aki.submit(await aki.press(nameless, "draft"), words=INVITE, shows=["me"])
    assert aki.text("check_ins.kept_for_you") in kept.text
    await village.pass_time(SOON)
    assert not village.cards(thread)
    assert not await village.rows("cases")


@pytest.mark.parametrize("shows", ["name", "nameless", "me"])
async def test_crisis_words(village: Village, aki: Person, shows: str) -> None:
    await open_office(village)
    thread = await asked(village)
    before = len(village.cards(thread))
    shown = await aki.submit(await aki.press(prompt_card(village), "answer"), words=CRY, shows=[shows])
    if shows == "me":
        assert aki.text("check_ins.kept_for_you") in shown.text
        assert aki.text("check_ins.help_now") in shown.text
        assert aki.text("safety.help_open") in shown.text
        await village.pass_time(SOON)
        assert not await village.rows("cases")
        assert aki.text("check_ins.help_now") not in (await aki.slash("checkin answer")).text
        return
    assert aki.text("safety.crisis") in shown.text
    assert shown.has("crisis_whisper" if shows == "nameless" else "crisis_write")
    posted = await aki.press(shown, "crisis_post")
    assert aki.text("check_ins.answered") in posted.text
    await village.pass_time(SOON)
    assert CRY in words(village.cards(thread)[before])
    (case,) = await village.rows("cases")
    assert case["about_id"] == (aki.id if shows == "name" else None)


async def test_nothing_links_an_answer_without_a_name_with_its_writer(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    aki, beni = village.move_in("Akimori"), village.move_in("Benizawa")
    thread = await asked(village)
    card, begun = prompt_card(village), len(village.env.http_requests)
    text, later = "夜泣きで三回起きました", "四回目もありました"
    with listening_closely(village, monkeypatch) as ear:
        held = await aki.submit(await aki.press(card, "answer"), words=f"{text} {INVITE}", shows=["nameless"])
        answered = await aki.submit(await aki.press(held, "draft"), words=text, mood=["sigh"], shows=["nameless"])
        await beni.submit(await beni.press(card, "answer"), words="ここは静かです", shows=["name"])
        await village.pass_time(SOON)
        await aki.submit(await aki.press(answered, "change"), words=later, mood=["sigh"], shows=["nameless"])
        await village.pass_time(SOON)
    first, second = (words(each) for each in village.cards(thread)[-2:])
    assert later in first
    assert f"<@{beni.id}>" in second
    marks = {aki.id, "Akimori"}

    def tells(what: object) -> bool:
        return any(str(mark) in str(what) for mark in marks)

    hers = {name for name, member_id in ear.senders.items() if member_id == aki.id}
    sent = [entry for entry in village.env.http_requests[begun:] if not hers & set(entry.path.split("/"))]
    assert not [entry for entry in sent if tells(entry.path) or tells(list(leaves(body_of(entry))))]
    assert not [line for line in ear.lines if tells(line) and any(each in line for each in (text, later))]
    rows = all_rows(village.bot.database.path)
    (answer,) = [row.held for row in rows if row.table == "check_in_answers" and row.held["shows"] == "nameless"]
    of_answer = belonging(rows, {answer["answer_id"], answer["message_id"], later})
    theirs = [row for row in rows if row.mentions(marks)]
    assert {"check_in_answers", "effects"} <= {row.table for row in of_answer}
    assert not [row for row in of_answer if row in theirs]
    rest = [row for row in rows if row not in {*of_answer, *theirs}]
    assert not links(of_answer) & links(theirs) - links(rest)


async def test_where_the_thread_is_gone_answers_are_kept_for_who_wrote_them(
    village: Village, aki: Person, beni: Person
) -> None:
    thread = await asked(village)
    card = prompt_card(village)
    village.env.backend.delete_channel(thread.id)
    await aki.submit(await aki.press(card, "answer"), words="間にあわなかった")
    await village.pass_time(SOON)
    (row,) = await village.rows("check_ins")
    mine = await aki.forge(f"v1:check_ins:take_back:{row['check_in_id'] + 1}")
    assert mine.text == aki.text("check_ins.gone")
    kept = await beni.submit(await beni.press(card, "answer"), words="ここにいます")
    assert beni.text("check_ins.kept_for_you") in kept.text
    assert beni.text("check_ins.place_gone") in kept.text
    again = await aki.submit(await aki.press(card, "answer"), words="また書きました")
    assert aki.text("check_ins.place_gone") in again.text
    assert aki.text("check_ins.taken_back") in (await aki.press(again, "take_back")).text
    assert aki.text("check_ins.nothing_asked") in (await aki.slash("checkin answer")).text
    assert {each["words"] for each in await village.rows("check_in_answers")} == {"", "ここにいます"}


async def test_where_the_channel_is_gone_moderators_see_what_is_missed(village: Village) -> None:
    await asked(village)
    village.env.backend.delete_channel(village.door.id)
    await village.env.settle()
    village.moderator.place = village.hall
    await a_day(village, 2)
    listed = await village.moderator.slash("schedule list")
    assert village.texts.plural(village.locale, "check_ins.missed", 2) in listed.text
    assert listed.text.count(f"<#{village.door.id}>　{village.text('check_ins.why_gone')}") == 2


async def test_todays_list_says_where_a_prompt_was_missed_and_why(village: Village) -> None:
    office = await open_office(village)
    await asked(village)
    village.forbid("send_messages", village.door)
    await a_day(village, 2)
    found = [text for card in village.cards(office) if village.text("check_ins.waits_missed") in (text := words(card))]
    why = village.text("check_ins.why_refused")
    expected = village.text("safety.daily_why", what=village.text("check_ins.waits_missed"), why=why)
    assert expected in found[-1]
    assert f"/{village.guild.id}/{village.door.id})" in found[-1]


async def test_a_card_that_was_deleted_leaves_the_thread(village: Village, aki: Person) -> None:
    thread = await asked(village)
    village.env.backend.delete_message(village.door.id, prompt_card(village).id)
    mine = await aki.slash("checkin answer")
    await aki.submit(await aki.press(mine, "answer"), words="カードはなくても", shows=["name"])
    await village.pass_time(SOON)
    assert "カードはなくても" in words(village.cards(thread)[-1])


async def test_an_old_prompt_opens_no_form_that_would_be_refused(village: Village, aki: Person, beni: Person) -> None:
    await asked(village)
    card = prompt_card(village)
    await aki.submit(await aki.press(card, "answer"), words="間にあいました", shows=["name"])
    village.env.backend.advance_clock(timedelta(days=32).total_seconds())
    late = await beni.press(card, "answer")
    assert late.form is None
    assert late.text == beni.text("check_ins.too_late")
    again = await aki.press(card, "answer")  # what stands there can be changed at any time
    assert again.filled["words"] == "間にあいました"


async def test_a_prompt_in_a_channel_that_a_member_does_not_see_is_not_theirs(village: Village, aki: Person) -> None:
    await asked(village)
    assert aki.text("check_ins.nothing_asked") not in (await aki.slash("checkin answer")).text
    hidden = Overwrite(village.guild.id, OverwriteType.ROLE, deny=discord.Permissions(view_channel=True).value)
    village.env.backend.set_overwrite(village.door.id, hidden)
    await village.env.settle()
    aki.place = village.hall
    assert aki.text("check_ins.nothing_asked") in (await aki.slash("checkin answer")).text


async def test_closed_messages_lead_to_one_question(village: Village, aki: Person) -> None:
    await asked_alone(village, aki)
    aki.close_dms()
    await a_day(village, 4)
    inbox = await aki.slash("inbox")
    assert aki.text("check_ins.told_goes_on") in inbox.text
    await a_day(village, 3)
    told = [each for each in await village.rows("notices") if each["card"] == "goes_on"]
    assert len(told) == 1  # and nothing is asked until they answer
    before = len(await village.rows("check_ins"))
    mine = await aki.slash("checkin me")  # where it is told, too, once the question is gone
    assert aki.text("check_ins.told_goes_on") in mine.text
    assert mine.has("own_resume")
    going = await aki.press(inbox, "go_on")
    assert aki.text("check_ins.goes_on") in going.text
    assert aki.text("check_ins.by_inbox") in going.text
    await a_day(village)
    assert len(await village.rows("check_ins")) == before + 1


async def test_pausing_with_anything_typed(village: Village, aki: Person) -> None:
    assert aki.text("check_ins.not_asked_alone") in (await aki.slash("checkin pause", until="12/6")).text
    await asked_alone(village, aki)
    for typed in ("きのう", "0/0", "2/30", "9999/12/31", "-1", "明日" * 100, "12/6\u202e", "１３／４０", "' OR 1=1"):
        answer = await aki.slash("checkin pause", until=typed)
        assert aki.text("check_ins.no_such_day") in answer.text or answer.has("own_resume"), typed
    long = village.env.now() + timedelta(days=400)
    assert aki.text("check_ins.no_such_day") in (await aki.slash("checkin pause", until=f"{long:%Y/%m/%d}")).text
    day = village.env.now() + timedelta(days=5)
    assert (await aki.slash("checkin pause", until=f"{day:%m/%d}")).has("own_resume")
