"""Crisis words in a form: help lines first, then whatever their writer likes; moderators write, and are answered."""

from datetime import timedelta

import pytest

from bot.features.safety.model import is_anonymous
from tests.flows.asking import ask, ask_anonymously, open_help
from tests.flows.everything import asked_to_greet
from tests.flows.hostility import rows
from tests.flows.messages import controls, words
from tests.flows.office import CRY, INVITE, another_moderator, by_dm, inbox, numbers, open_list, open_office, show
from tests.flows.people import Answer, Person
from tests.flows.village import Village

WAYS = ("crisis_post", "crisis_write", "crisis_leave")


async def cases(village: Village) -> list[int]:
    return [number for (number,) in await rows(village, "SELECT case_id FROM cases ORDER BY case_id")]


async def cry_out(village: Village, person: Person, text: str = CRY) -> Answer:
    """Let somebody write crisis words, and ask moderators to write to them."""
    asked = await person.press(await person.write(text), "crisis_write")
    await village.env.settle()
    return asked


async def write_to(village: Village, number: int, text: str = "読みました。ここにいます。") -> Answer:
    form = await village.moderator.press(await show(village.moderator, number), "write")
    return await village.moderator.submit(form, letter=text)


async def test_help_lines_come_first_and_nothing_is_posted(village: Village, aki: Person) -> None:
    office = await open_office(village)
    shown = await aki.write(CRY)
    assert aki.text("safety.crisis") in shown.text
    assert "0120-279-338" in shown.text
    assert "https://findahelpline.com/" in shown.text
    assert shown.text.index(aki.text("safety.help_open")) < shown.text.index("0120-279-338")
    assert all(shown.has(way) for way in (*WAYS, "draft"))
    await village.env.settle()
    assert not village.cards()
    assert not village.cards(office)
    assert await cases(village) == []


async def test_lines_that_are_closed_follow_with_their_hours(village: Village, aki: Person) -> None:
    await village.noon()
    shown = await aki.write(CRY)
    open_now, _, later = shown.text.partition(aki.text("safety.help_later"))
    assert "0570-783-556" in open_now  # from 10 to 22, in Tokyo as here
    assert "0120-783-556" in later  # from 16 on
    assert "16:00–21:00" in later
    assert "<t:" in later
    assert "0570-064-556" in later


async def test_it_is_posted_by_one_press_and_moderators_see_it_by_number(village: Village, aki: Person) -> None:
    office = await open_office(village)
    shown = await aki.write(CRY, offer_topics=["health"])
    posted = await aki.press(shown, "crisis_post")
    assert aki.text("introductions.written") in posted.text
    assert CRY in words(village.cards()[0])
    await village.env.settle()
    (post,) = village.cards(office)
    assert village.text("safety.case_posted") in words(post)
    assert str(aki.id) not in words(post)
    assert CRY not in words(post)
    case = await village.moderator.press(post, "case")
    assert CRY in case.text
    assert all(case.has(action) for action in ("take", "note", "write", "end"))
    assert not any(case.has(action) for action in ("hold", "close", "let_through"))
    again = await aki.press(shown, "crisis_post")  # the draft is gone, as it went through
    assert again.text == aki.text("safety.crisis_gone")
    assert aki.text("introductions.changed") in (await aki.write(CRY)).text  # read for a day
    assert len(await cases(village)) == 1


async def test_pressed_twice_it_is_posted_and_seen_once(village: Village, aki: Person, beni: Person) -> None:
    await aki.write()
    card = village.cards()[0]
    shown = await beni.greet(card, words=CRY)
    posted = await beni.press(shown, "crisis_post")
    assert posted.text == beni.text("introductions.greeted")
    assert (await beni.press(shown, "crisis_post")).text == beni.text("safety.crisis_gone")
    introduction_id = (await village.introduction(aki)).introduction_id
    again = await beni.forge_form(f"v1:introductions:form-hello:{introduction_id}:0", {"words": CRY})
    assert beni.text("introductions.greeted_before") in again.text
    assert len(await cases(village)) == 1
    assert sum(CRY in words(card) for card in village.cards(village.thread())) == 1


async def test_held_text_is_looked_for_after_crisis_words(village: Village, aki: Person) -> None:
    shown = await aki.write(f"{CRY} {INVITE}")
    assert aki.text("safety.crisis") in shown.text
    held = await aki.press(shown, "crisis_post")
    assert held.has("ask_moderators")
    assert not village.cards()
    assert await cases(village) == []  # nothing is posted yet
    await aki.press(held, "ask_moderators")
    assert len(await cases(village)) == 1


async def test_it_can_be_left(village: Village, aki: Person) -> None:
    shown = await aki.write(CRY)
    names = [name for name in controls(shown.message) if name.split(":")[2] in WAYS]
    left = await aki.press(shown, "crisis_leave")
    assert aki.text("safety.crisis_left") in left.text
    assert "0120-279-338" in left.text
    assert not controls(left.message)
    for name in names:
        assert (await aki.forge(name)).text == aki.text("safety.crisis_gone")
    assert not (await aki.slash("guide")).has("draft")
    assert await cases(village) == []


async def test_moderators_write_and_are_answered(village: Village, aki: Person) -> None:
    office = await open_office(village)
    asked = await cry_out(village, aki)
    assert aki.text("safety.crisis_asked") in asked.text
    assert "0120-279-338" in asked.text
    assert not village.cards()
    (number,) = numbers(office, village)
    assert village.text("safety.case_asked") in words(village.cards(office)[0])
    sent = await write_to(village, number)
    assert village.moderator.text("safety.letter_sent") in sent.text
    assert village.moderator.text("act.case_write") in sent.text
    told = await inbox(aki)
    assert aki.text("safety.notice_letter", words="読みました。ここにいます。") in told.text
    form = await aki.press(told, "answer")
    assert (await aki.submit(form, answer="ありがとう、少し落ち着きました")).text == aki.text("safety.answered")
    await village.env.settle()
    assert village.text("safety.post_letter_answer", number=number) in words(village.cards(office)[-1])
    case = await village.moderator.press(village.cards(office)[-1], "case")
    assert "少し落ち着きました" in case.text
    assert not (await inbox(aki)).has("answer")
    twice = await aki.forge_form(str(form.form and form.form["custom_id"]), {"answer": "もう一度"})
    assert aki.text("safety.answered_before") in twice.text
    ended = await village.moderator.submit(await village.moderator.press(case, "end"), outcome="見守ります")
    assert village.moderator.text("safety.ended") in ended.text
    assert "見守ります" in ended.text
    assert not any(ended.has(action) for action in ("write", "end", "take"))
    assert village.text("safety.state_closed") in words(village.cards(office)[0])


async def test_an_answer_opens_the_case_again(village: Village, aki: Person) -> None:
    office = await open_office(village)
    await cry_out(village, aki)
    (number,) = numbers(office, village)
    await write_to(village, number)
    await village.moderator.submit(await village.moderator.press(await show(village.moderator, number), "end"))
    await aki.submit(await aki.press(await inbox(aki), "answer"), answer="まだ話したいです")
    await village.env.settle()
    case = await show(village.moderator, number)
    assert case.has("write")
    assert village.text("safety.state_open") in words(village.cards(office)[0])


async def test_asked_twice_there_is_one_case_and_the_text_can_still_be_posted(village: Village, aki: Person) -> None:
    office = await open_office(village)
    await cry_out(village, aki)
    await cry_out(village, aki)
    assert len(village.cards(office)) == 1
    form = await aki.press(await aki.slash("guide"), "draft")
    assert form.filled["now"] == CRY
    await aki.press(await aki.submit(form, now=CRY), "crisis_post")
    await village.env.settle()
    assert len(village.cards(office)) == 1
    assert CRY in words(village.cards()[0])


async def test_everything_works_after_a_restart(village: Village, aki: Person, beni: Person) -> None:
    await open_office(village)
    shown, asking = await aki.write(CRY), await beni.write(CRY + "。")
    await village.restart()
    assert aki.text("introductions.written") in (await aki.press(shown, "crisis_post")).text
    assert beni.text("safety.crisis_asked") in (await beni.press(asking, "crisis_write")).text
    await village.env.settle()
    number = (await cases(village))[-1]
    form = await village.moderator.press(await show(village.moderator, number), "write")
    await village.restart()
    await village.moderator.submit(form, letter="読みました")
    assert "読みました" in (await inbox(beni)).text


async def test_a_letter_is_told_once(village: Village, aki: Person) -> None:
    await open_office(village)
    await cry_out(village, aki)
    (number,) = await cases(village)
    empty = await village.moderator.forge_form(f"v1:safety:form-write:{number}:1", {"letter": "\u3164"})
    assert village.moderator.text("safety.says_nothing") in empty.text
    await write_to(village, number, "ひとつめ")
    await write_to(village, number, "ふたつめ")
    told = await inbox(aki)
    assert (told.text.count("ひとつめ"), told.text.count("ふたつめ")) == (1, 1)


async def test_it_works_in_private_messages(village: Village) -> None:
    await open_office(village)
    dai, _ = await asked_to_greet(village)
    await by_dm(dai)
    (asking,) = dai.dms()
    shown = await dai.submit(await dai.press(asking, "greet_asked"), words=CRY)
    assert dai.text("safety.crisis") in shown.text
    await dai.press(shown, "crisis_write")
    await village.env.settle()
    (number,) = await cases(village)
    await write_to(village, number)
    await village.env.settle()
    letter = dai.dms()[-1]
    form = await dai.press(letter, "answer")
    assert (await dai.submit(form, answer="はい")).text == dai.text("safety.answered")


async def test_a_moderators_own_is_none_of_theirs(village: Village) -> None:
    office, mio = await open_office(village), await another_moderator(village)
    await cry_out(village, mio)
    (number,) = await cases(village)
    assert not village.cards(office)  # nothing that concerns a moderator shows there
    assert (await mio.slash("cases show", number=number)).text == mio.text("safety.no_case")
    refused = await mio.forge_form(f"v1:safety:form-write:{number}:1", {"letter": "自分に"})
    assert mio.text("safety.no_case") in refused.text
    assert village.moderator.text("safety.notice_case", words=str(number)) in (await inbox(village.moderator)).text
    await write_to(village, number)
    assert "ここにいます" in (await inbox(mio)).text


async def test_whom_nobody_is_there_for_hears_so(village: Village) -> None:
    owner = village.moderator
    village.env.backend.get_guild(village.guild.id).owner_id = owner.id
    await cry_out(village, owner)
    assert owner.text("safety.notice_unheard") in (await inbox(owner)).text


async def test_daily_list_counts_it(village: Village, aki: Person) -> None:
    office = await open_office(village)
    await cry_out(village, aki)
    for _ in range(2):
        await village.noon()
    daily = [card for card in village.cards(office) if "v1:safety:list" in str(controls(card))]
    assert village.texts.plural(village.locale, "safety.waiting_cases", 1) in words(daily[-1])


async def test_a_report_does_not_come_into_the_case_of_who_cries(village: Village, aki: Person, beni: Person) -> None:
    await open_office(village)
    await cry_out(village, aki)
    await beni.slash("report", member=aki, reason="other")
    assert len(await cases(village)) == 2


async def test_nobody_goes_on_with_what_is_anothers(village: Village, aki: Person, beni: Person) -> None:
    shown = await aki.write(CRY)
    for way in WAYS:
        name = next(each for each in controls(shown.message) if each.split(":")[2] == way)
        assert (await beni.forge(name)).text == beni.text("safety.crisis_gone")
    refused = await aki.forge_form(
        "v1:safety:form-report:0:1", {"member": [str(beni.id)], "reason": ["selling"], "details": CRY * 400}
    )
    draft = next(name for name in controls(refused.message) if ":draft:" in name).rpartition(":")[2]
    for way in WAYS:
        assert (await aki.forge(f"v1:safety:{way}:{draft}")).text == aki.text("safety.not_held")


# ── Without a name ─────────────────────────────────────────────────────────────────────────────────────────────────


async def traces(village: Village, person: Person) -> dict[str, list[str]]:
    """Return the rows that show somebody, of tables which a text or a case of theirs could have led to."""
    tables = ("cases", "letters", "acts", "clearances", "effects", "reports", "asks", "ask_replies")
    found = {name: [str(row) for row in await rows(village, f"SELECT * FROM {name}")] for name in tables}
    return {name: shown for name, some in found.items() if (shown := [row for row in some if str(person.id) in row])}


async def test_an_anonymous_cry_names_nobody_and_is_answered_all_the_same(village: Village, aki: Person) -> None:
    await open_help(village)
    office = await open_office(village)
    shown = await ask(village, aki, anonymous=True, details=CRY)
    assert aki.text("safety.crisis") in shown.text
    assert not shown.has("crisis_write")
    asked = await aki.press(shown, "crisis_whisper")
    assert aki.text("safety.crisis_asked") in asked.text
    await village.env.settle()
    number = numbers(office, village)[-1]
    case = await show(village.moderator, number)
    assert village.moderator.text("safety.is_sealed") in case.text
    assert CRY in case.text
    sent = await write_to(village, number)
    told = await inbox(aki)
    assert "ここにいます" in told.text
    await aki.submit(await aki.press(told, "answer"), answer="読みました")
    await village.env.settle()
    assert "読みました" in (await show(village.moderator, number)).text
    trail = await village.moderator.press(await village.moderator.slash("cases list"), "acts")
    for text in (case.text, sent.text, trail.text, *map(words, village.cards(office))):
        assert str(aki.id) not in text
    assert await traces(village, aki) == {}
    assert await rows(village, "SELECT * FROM drafts") == []


async def test_an_anonymous_ask_is_a_case_of_nobodys_once_it_is_posted(village: Village, aki: Person) -> None:
    await open_help(village)
    office = await open_office(village)
    preview = await aki.press(await ask(village, aki, anonymous=True, details=CRY), "crisis_post")
    assert await cases(village) == []  # looked at, and posted nowhere yet
    await aki.press(preview, "post_now")
    await village.pass_time(timedelta(minutes=11))
    (number,) = await cases(village)
    assert number in numbers(office, village)
    case = await show(village.moderator, number)
    assert village.moderator.text("safety.is_nameless") in case.text
    assert CRY in case.text
    assert not case.has("write")
    forged = await village.moderator.forge_form(f"v1:safety:form-write:{number}:1", {"letter": "だれかな"})
    assert village.moderator.text("safety.nobody_to_write") in forged.text
    assert await traces(village, aki) == {}


async def test_what_is_relayed_under_a_pseudonym_is_whispered_about_too(village: Village, aki: Person) -> None:
    await open_help(village)
    await open_office(village)
    asked = await ask_anonymously(village, aki)
    shown = await aki.forge_form(f"v1:peer_help:form-reply:{asked.ask_id}:1", {"reply": CRY})
    assert shown.has("crisis_whisper")
    assert not shown.has("crisis_write")
    await aki.press(shown, "crisis_post")
    assert await rows(village, "SELECT about_id, sealed, digest, interaction_id FROM cases") == [(None, None, "", None)]
    assert await traces(village, aki) == {}


async def test_nobody_can_be_asked_about_an_anonymous_text_that_is_held_back(village: Village, aki: Person) -> None:
    await open_help(village)
    held = await ask(village, aki, anonymous=True, details=INVITE)
    assert not held.has("ask_moderators")
    assert aki.text("safety.held_anonymous", found="discord.gg/abcdef") in held.text
    forged = next(name for name in controls(held.message) if ":draft:" in name).replace(
        "members:draft", "safety:ask_moderators"
    )
    assert (await aki.forge(forged)).text == aki.text("safety.not_held")
    assert await cases(village) == []


def test_a_form_is_anonymous_where_that_was_chosen() -> None:
    assert is_anonymous({"anonymous": ("yes",)})
    assert not any(
        is_anonymous(fields) for fields in ({}, {"anonymous": ()}, {"anonymous": "yes"}, {"anonymous": ("no",)})
    )


# ── What a server chose ────────────────────────────────────────────────────────────────────────────────────────────


async def test_words_are_added_and_taken_off(village: Village, aki: Person) -> None:
    moderator = village.moderator
    form = await open_list(village, "crisis_words")
    assert "消えたい" in form.filled["crisis_ja"].splitlines()
    assert "kms" in form.filled["crisis_en"].splitlines()
    without = form.filled["crisis_ja"].replace("消えたい\n", "")
    kept = await moderator.submit(
        form, crisis_ja=without, crisis_en=form.filled["crisis_en"], crisis_own="海に沈みたい"
    )
    assert kept.text == moderator.text("safety.crisis_words_kept")
    assert not (await aki.write(CRY)).has("crisis_post")
    assert (await aki.write("海に沈みたい夜です")).has("crisis_post")
    again = await open_list(village, "crisis_words")
    assert again.filled["crisis_own"] == "海に沈みたい"
    assert "消えたい" not in again.filled["crisis_ja"].splitlines()
    await moderator.submit(again, crisis_ja="", crisis_en="", crisis_own="")
    assert (await aki.write(CRY)).has("crisis_post")
    assert not (await aki.write("海に沈みたい夜です")).has("crisis_post")
    trail = await moderator.press(await moderator.slash("cases list"), "acts")
    assert trail.text.count(moderator.text("act.crisis_words")) == 2


@pytest.mark.parametrize("word", ["あ", "長" * 61, "\u200b\u200bx"])
async def test_a_word_that_can_not_be_used_is_told(village: Village, word: str) -> None:
    moderator = village.moderator
    form = await open_list(village, "crisis_words")
    refused = await moderator.submit(form, crisis_own=f"海に沈みたい\n{word}")
    assert moderator.text("safety.bad_crisis_word", word="x", longest=60).partition("x")[2] in refused.text
    assert (await moderator.press(refused, "draft")).filled["crisis_own"].startswith("海に沈みたい")


async def test_too_many_words_are_told(village: Village) -> None:
    moderator = village.moderator
    form = await open_list(village, "crisis_words")
    refused = await moderator.submit(form, crisis_own="\n".join(f"ことば{number}" for number in range(101)))
    assert moderator.text("safety.bad_crisis_words", most=100) in refused.text


async def test_lines_are_changed_and_shown_as_they_are(village: Village, aki: Person) -> None:
    moderator = village.moderator
    form = await open_list(village, "crisis_lines")
    typed = form.filled["help_lines"]
    assert "0120-279-338 | 24h" in typed
    own = "まちの相談室 / Town line | 03-0000-0000 | 月-金 9:00-17:00\n[*x*](y) | https://a.example/help | 24時間"
    kept = await moderator.submit(form, help_lines=own)
    assert moderator.text("safety.crisis_lines_kept") in kept.text
    shown = await aki.write(CRY)
    for text in ("03-0000-0000", "まちの相談室" if aki.locale == "ja" else "Town line", r"\[\*x\*\](y)", "9:00–17:00"):
        assert text in shown.text
    assert "0120-279-338" not in shown.text
    again = await open_list(village, "crisis_lines")
    assert "mon-fri 09:00-17:00" in again.filled["help_lines"]
    await moderator.submit(again, help_lines="")
    assert "0120-279-338" in (await aki.write(CRY)).text
    trail = await moderator.press(await moderator.slash("cases list"), "acts")
    assert trail.text.count(moderator.text("act.crisis_lines")) == 2


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("よい | 110 | 24h\nだめ | 110", "safety.bad_help_line"),
        ("\n".join(f"{number} | 110 | 24h" for number in range(11)), "safety.too_many_help_lines"),
    ],
)
async def test_a_line_that_can_not_be_read_is_told_with_its_number(village: Village, typed: str, key: str) -> None:
    moderator = village.moderator
    form = await open_list(village, "crisis_lines")
    refused = await moderator.submit(form, help_lines=typed)
    assert moderator.text(key, line=2 if "だめ" in typed else 11, most=10) in refused.text
    assert (await moderator.press(refused, "draft")).filled["help_lines"] == typed


async def test_time_of_a_reading_ends(village: Village, aki: Person) -> None:
    await aki.press(await aki.write(CRY), "crisis_post")
    await village.pass_time(timedelta(days=1))
    assert (await aki.write(CRY)).has("crisis_post")
