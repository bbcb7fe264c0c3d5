"""Prompts on a schedule, and what members answer: what moderators and members see of it."""

from datetime import timedelta

import pytest

from bot.features.check_ins.model import Shows
from cogs.check_ins.render import country
from tests.flows.messages import controls, words
from tests.flows.people import Person
from tests.flows.prompting import EVERY_DAY, SOON, a_day, asked, asked_alone, planned, prompt_card
from tests.flows.village import Village


async def test_moderators_plan_change_and_remove(village: Village) -> None:
    await village.set_up()
    moderator = village.moderator
    form = await moderator.slash("schedule add", zone="berlin", country="DE")
    assert form.filled["zone"] == "Europe/Berlin"
    assert form.filled["country"] == "DE"
    saved = await moderator.submit(form, channel=[village.door], days=["0", "3"], at="２０時３０分")
    assert moderator.text("check_ins.saved") in saved.text
    assert "20:30" in saved.text
    assert saved.text.count("\n- ") == 5
    form = await moderator.press(saved, "schedule_edit")
    assert form.filled["days"] == ["0", "3"]
    assert form.filled["at"] == "20:30"
    changed = await moderator.submit(form, channel=[village.door], days=["1"], at="21:00", zone="")
    assert "21:00" in changed.text
    assert "Berlin" not in changed.text
    listed = await moderator.slash("schedule list")
    assert "21:00" in listed.text
    (row,) = await village.rows("schedules")
    again = await moderator.slash("schedule preview", schedule=row["schedule_id"])
    assert again.text.count("\n- ") == 5
    asked_again = await moderator.slash("schedule remove", schedule=row["schedule_id"])
    gone = await moderator.press(asked_again, "schedule_remove_confirm")
    assert moderator.text("check_ins.schedules_none") in gone.text


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"at": "夜"}, "check_ins.no_time"),
        ({"zone": "Atlantis"}, "setup.no_zone"),
        ({"country": "QQ"}, "check_ins.no_country"),
    ],
)
async def test_what_can_not_be_read_is_kept(village: Village, values: dict[str, str], key: str) -> None:
    await village.set_up()
    refused = await planned(village, ["0", "3"], **values)
    named = {"name": "Atlantis", "country": "QQ"}
    assert village.moderator.text(key, **named) in refused.text
    again = await village.moderator.press(refused, "draft")
    assert {name: again.filled[name] for name in values} == values
    assert again.filled["days"] == ["0", "3"]


async def test_what_is_typed_in_full_width_letters_is_read(village: Village) -> None:
    await village.set_up()
    saved = await planned(village, at="２０：３０", zone="ｔｏｋｙｏ", country="ｊｐ")
    assert "20:30" in saved.text
    assert "Asia/Tokyo" in saved.text
    assert village.moderator.text("check_ins.without_holidays", country=country("JP", village.locale)) in saved.text


async def test_a_channel_in_which_the_bot_may_not_post_is_refused_at_once(village: Village) -> None:
    moderator = village.moderator
    saved = await planned(village)
    for name in ("send_messages", "create_public_threads"):
        village.forbid(name, village.hall)
        sentence = moderator.text("check_ins.channel_refused", missing=moderator.text(f"permission.{name}"))
        edited = await moderator.press(saved, "schedule_edit")
        for refused in (
            await planned(village, channel=[village.hall]),
            await moderator.submit(edited, channel=[village.hall], days=["1"], at="21:00"),
        ):
            assert sentence in refused.text
            assert (await moderator.press(refused, "draft")).filled["at"] in {"20:30", "21:00"}
        village.clear(village.hall)
    assert [each["channel_id"] for each in await village.rows("schedules")] == [village.door.id]


async def test_more_than_twice_a_week_is_warned_about(village: Village) -> None:
    await village.set_up()
    warned = await planned(village, EVERY_DAY)
    assert village.moderator.text("check_ins.too_often", most=2) in warned.text
    saved = await village.moderator.press(warned, "often")
    assert village.moderator.text("check_ins.saved") in saved.text


async def test_a_prompt_is_answered_as_one_likes(village: Village, aki: Person, beni: Person) -> None:
    await village.set_up()
    thread = await asked(village)
    (card,) = [each for each in village.cards(village.door) if "answer" in " ".join(controls(each))]
    form = await aki.press(card, "answer")
    shown = await aki.submit(form, words="保育園の熱で、三日ぶりの外です", mood=["sigh"], shows=["name"])
    assert aki.text("check_ins.answered") in shown.text
    await beni.submit(await beni.press(card, "answer"), words="", mood=["laughing"], shows=["nameless"])
    await village.pass_time(SOON)
    first, second = village.cards(thread)[-2:]
    assert f"<@{aki.id}>" in words(first)
    assert "三日ぶり" in words(first)
    assert village.text("check_ins.mood_laughing") in words(second)
    assert str(beni.id) not in words(second)

    mine = await beni.slash("checkin answer")
    assert beni.text("check_ins.shows_nameless") in mine.text
    form = await beni.press(mine, "change")
    assert form.filled["shows"] == [Shows.NAMELESS]
    kept = await beni.submit(form, words="夜泣き、三回", shows=["me"])
    assert beni.text("check_ins.kept_for_you") in kept.text
    assert kept.message.id == mine.message.id  # no card is left that shows what was there before
    await village.pass_time(SOON)
    assert village.text("check_ins.answer_gone") in words(village.cards(thread)[-1])

    taken = await aki.press(shown, "take_back")
    assert aki.text("check_ins.taken_back") in taken.text
    await village.pass_time(SOON)
    assert village.text("check_ins.answer_gone") in words(village.cards(thread)[-2])


async def test_a_hand_opens_an_ask(village: Village, aki: Person) -> None:
    await village.set_up()
    await asked(village)
    refused = await aki.press(await aki.slash("checkin answer"), "hand")
    assert aki.text("peer_help.not_set_up") in refused.text


async def test_prompts_of_their_own(village: Village) -> None:
    await village.set_up()
    moderator = village.moderator
    listed = await moderator.submit(await moderator.slash("prompts add"), prompt_ja="朝の習慣は？", prompt_en="")
    assert moderator.text("check_ins.saved") in listed.text
    assert "朝の習慣は？" in listed.text  # on the first page: it is asked next, before all that came with the bot
    (own,) = [each for each in await village.rows("prompts") if not each["code"]]
    form = await moderator.slash("prompts edit", prompt=own["prompt_id"])
    changed = await moderator.submit(form, prompt_en="Your mornings?")
    assert "Your mornings?" in changed.text
    retired = await moderator.slash("prompts retire", prompt=own["prompt_id"])
    assert moderator.text("check_ins.is_retired") in retired.text
    back = await moderator.press(retired, "prompt_return")
    assert moderator.text("check_ins.never_asked") in back.text


async def test_nothing_is_asked_yet(village: Village, aki: Person) -> None:
    await village.set_up()
    assert aki.text("check_ins.nothing_asked") in (await aki.slash("checkin answer")).text


# ── Of one's own ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_asked_alone_answered_paused_and_stopped(village: Village, aki: Person) -> None:
    await village.set_up()
    form = await aki.press(await aki.slash("checkin me"), "own_plan")
    saved = await aki.submit(form, days=EVERY_DAY, at="6:15", zone="Asia/Tokyo")
    assert aki.text("check_ins.saved") in saved.text
    for _ in range(24):
        await village.pass_time(timedelta(hours=1))
    (message,) = aki.dms()
    kept = await aki.submit(await aki.press(message, "own_answer"), words="夜泣き、三回", mood=["tears"])
    assert aki.text("check_ins.kept_for_you") in kept.text
    me = await aki.slash("checkin me")
    assert aki.text("check_ins.only_you") in words(me.message)
    (row,) = await village.rows("check_ins")
    mine = await aki.choose(me, "written", [str(row["check_in_id"])])
    assert "夜泣き、三回" in mine.text
    form = await aki.press(mine, "change")
    assert "shows" not in form.filled  # nobody else could see it
    changed = await aki.submit(form, words="夜泣き、四回")
    assert "夜泣き、四回" in changed.text
    assert aki.text("check_ins.kept_for_you") in changed.text
    again = await aki.press(aki.dms()[-1], "own_answer")  # what stands there leads on, too
    assert again.filled["words"] == "夜泣き、四回"
    helped = await aki.submit(again, words="もう死にたい")
    assert aki.text("check_ins.help_now") in words(helped.message)
    assert aki.text("check_ins.taken_back") in (await aki.press(changed, "take_back")).text
    assert {each["words"] for each in await village.rows("check_in_answers")} == {""}
    assert not (await aki.slash("checkin me")).has("written")
    for _ in range(24):
        await village.pass_time(timedelta(hours=1))
    assert len(aki.dms()) == 2
    refused = await aki.slash("checkin pause", until="きのう")
    assert aki.text("check_ins.no_such_day") in refused.text
    tomorrow = village.env.now() + timedelta(days=3)
    paused = await aki.slash("checkin pause", until=f"{tomorrow:%m/%d}")
    assert paused.has("own_resume")
    for _ in range(24):
        await village.pass_time(timedelta(hours=1))
    assert len(aki.dms()) == 2
    resumed = await aki.press(paused, "own_resume")
    stopped = await aki.press(resumed, "own_stop")
    assert aki.text("check_ins.own_stopped") in stopped.text
    for _ in range(24):
        await village.pass_time(timedelta(hours=1))
    assert len(aki.dms()) == 2


async def test_whoever_plans_sees_in_which_zone_the_time_counts(village: Village, aki: Person) -> None:
    form = await aki.press(await aki.slash("checkin me"), "own_plan")
    servers = {"ja": "Asia/Tokyo", "en": "UTC"}
    assert form.filled["zone"] == servers[aki.locale]  # as they have chosen none of their own
    preferences = await aki.press(await aki.slash("preferences"), "zone")
    await aki.submit(preferences, zone="Europe/Berlin")
    form = await aki.press(await aki.slash("checkin me"), "own_plan")
    assert form.filled["zone"] == "Europe/Berlin"


async def test_a_break_is_taken_by_button_or_command_and_nothing_typed_is_lost(village: Village, aki: Person) -> None:
    mine = await asked_alone(village, aki)
    day = (village.env.now() + timedelta(days=3)).date()
    wrong = "きのう"
    for is_typed in (False, True):
        if is_typed:
            refused = await aki.slash("checkin pause", until=wrong)
        else:
            refused = await aki.submit(await aki.press(mine, "own_pause"), until=wrong)
        assert aki.text("check_ins.no_such_day") in refused.text
        again = await aki.press(refused, "draft")
        assert again.filled["until"] == wrong
        paused = await aki.submit(again, until=f"{day:%m/%d}")
        # As it was typed: on a phone in another zone, a moment would be shown as the day before.
        told = village.texts.day(aki.locale, day)
        assert aki.text("check_ins.paused_until", day=told) in paused.text
        assert not paused.has("own_pause")
        mine = await aki.press(paused, "own_resume")
        assert mine.has("own_pause")


async def test_a_break_from_what_was_stopped_is_refused_before_a_day_is_typed(village: Village, aki: Person) -> None:
    mine = await asked_alone(village, aki)
    await aki.press(await aki.slash("checkin me"), "own_stop")
    refused = await aki.press(mine, "own_pause")
    assert aki.text("check_ins.not_asked_alone") in refused.text


async def test_asked_alone_one_hears_ones_own_language(village: Village, aki: Person) -> None:
    both = {"ja": "朝の習慣は？", "en": "Your mornings?"}
    await village.moderator.submit(
        await village.moderator.slash("prompts add"), prompt_ja=both["ja"], prompt_en=both["en"]
    )
    await asked_alone(village, aki)
    await a_day(village)
    mine = both.pop(aki.locale)
    for shown in (words(aki.dms()[-1]), (await aki.slash("inbox")).text):
        assert mine in shown
        assert not [other for other in both.values() if other in shown]


async def test_the_form_for_an_answer_shows_the_question(village: Village, aki: Person) -> None:
    long = {"ja": "朝の習慣は？" * 30, "en": "Your mornings? " * 13}
    await village.moderator.submit(
        await village.moderator.slash("prompts add"), prompt_ja=long["ja"], prompt_en=long["en"]
    )
    await village.set_up()
    await asked_alone(village, aki)
    await a_day(village)
    alone = (await aki.press(aki.dms()[-1], "own_answer")).hints["words"]
    assert len(alone) == 100  # the most that Discord takes
    assert long[aki.locale].startswith(alone[:-1])
    await asked(village)
    for shown in (prompt_card(village), await aki.slash("checkin answer")):
        form = await aki.press(shown, "answer")
        assert form.hints["words"][:-1] in words(prompt_card(village))


async def test_answered_the_private_message_still_says_what_was_asked(village: Village, aki: Person) -> None:
    await village.set_up()
    await asked_alone(village, aki)
    await a_day(village)
    asked_as = words(aki.dms()[-1]).splitlines()[0]
    kept = await aki.submit(await aki.press(aki.dms()[-1], "own_answer"), words="夜泣き、三回")
    (message,) = aki.dms()
    for part in (asked_as, "夜泣き、三回", aki.text("check_ins.kept_for_you")):
        assert part in words(message)
    assert kept.has("own_answer")
    mine = await aki.slash("checkin me")
    day = village.env.now() + timedelta(days=3)
    paused = await aki.submit(await aki.press(mine, "own_pause"), until=f"{day:%m/%d}")
    assert mine.has("written")
    assert paused.has("written")  # what was answered can still be changed from there


async def test_asked_alone_one_can_stop_it_right_there(village: Village, aki: Person) -> None:
    await village.set_up()
    await asked_alone(village, aki)
    await a_day(village, 2)
    stopped = await aki.press(aki.dms()[-1], "own_stop")
    assert aki.text("check_ins.own_stopped") in stopped.text
    assert not controls(stopped.message)  # none of those in /checkin me works in a private message
    await a_day(village)
    assert len(aki.dms()) == 2
    inbox = await aki.slash("inbox")
    assert inbox.has("own_answer")
    assert not inbox.has("own_stop")  # nothing is left to be stopped


async def test_what_is_asked_of_one_is_nobody_elses(village: Village, aki: Person, beni: Person) -> None:
    await village.set_up()
    form = await aki.press(await aki.slash("checkin me"), "own_plan")
    await aki.submit(form, days=EVERY_DAY, at="6:15", zone="Asia/Tokyo")
    for _ in range(24):
        await village.pass_time(timedelta(hours=1))
    (check_in,) = await village.rows("check_ins")
    refused = await beni.forge(f"v1:check_ins:answer:{check_in['check_in_id']}")
    assert refused.text == beni.text("check_ins.gone")


# ── The weekly letter ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_letter_tells_what_happened_and_what_waits(village: Village, aki: Person) -> None:
    await village.set_up()
    await village.choose("letter_channel", village.door)
    await aki.write("育休中です")
    await village.pass_time(SOON)
    moderator = village.moderator
    form = await moderator.press(await moderator.slash("setup panel"), "letter")
    assert form.filled == {"letter_day": ["6"], "letter_hour": ["18"]}
    chosen = await moderator.submit(form, letter_day=["6"], letter_hour=["18"])
    assert "18" in chosen.text
    before = len(village.cards(village.door))
    for _ in range(7 * 24):
        await village.pass_time(timedelta(hours=1))
        if len(village.cards(village.door)) > before:
            break
    letter = village.cards(village.door)[-1]
    assert village.text("check_ins.letter_title") in words(letter)
    assert village.text("introductions.news_waits", when="") in words(letter)
    assert "育休中です" not in words(letter)
