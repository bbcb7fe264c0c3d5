"""Moderators' hold on a member: the reason is told, it ends by itself, and there is a way to answer."""

from datetime import timedelta

import pytest

from bot.features.safety.service import Safety
from tests.flows.messages import controls, words
from tests.flows.office import another_moderator, by_dm, case_about, inbox, open_office, report, show
from tests.flows.people import Answer, Person
from tests.flows.village import Village

REASON = "勧誘が続いたためです"


async def put_on_hold(village: Village, member: Person, days: int = 3, reason: str = REASON) -> Answer:
    return await village.moderator.slash("cases hold", member=member, days=days, reason=reason)


async def held(village: Village) -> set[int]:
    async with village.bot.database.read() as transaction:
        return set(await village.bot.service(Safety).held_members(transaction, village.server_id))


async def test_member_on_hold_hears_why_and_posts_nothing_until_it_ends(
    village: Village, aki: Person, beni: Person
) -> None:
    await aki.write("はじめまして")
    await beni.write("いまの話")
    answer = await put_on_hold(village, aki)
    assert village.moderator.text("safety.held") in answer.text
    assert REASON in (await inbox(aki)).text
    refused = await aki.write("つぎの話")
    assert REASON in refused.text
    assert refused.has("draft")
    assert REASON in (await aki.greet(village.cards()[1], ready=["welcome"])).text
    assert "つぎの話" not in words(village.cards()[0])
    assert aki.text("introductions.found_none") not in (await aki.slash("find")).text
    assert await held(village) == {aki.id}
    await village.pass_time(timedelta(days=3))
    assert await held(village) == set()
    assert REASON not in (await inbox(aki)).text
    assert aki.text("introductions.changed") in (await aki.write("つぎの話")).text


async def test_member_on_hold_shows_nothing_more_but_may_hide_what_is_shown(village: Village, aki: Person) -> None:
    mine = await aki.write("はじめまして", offer_topics=["health"])
    await put_on_hold(village, aki)
    refused = await aki.submit(await aki.press(mine, "trades"), trades=["design"], trade_line="")
    assert REASON in refused.text
    kept_off = await aki.submit(await aki.press(mine, "discreet"), discreet_offer=["health"])
    assert REASON not in kept_off.text
    shown = await aki.submit(await aki.press(mine, "discreet"), discreet_offer=[])
    assert REASON in shown.text
    assert aki.text("topic.health") not in words(village.cards()[0])


async def test_hold_can_be_lifted_and_both_sides_hear_so(village: Village, aki: Person) -> None:
    case = await put_on_hold(village, aki)
    lifted = await village.moderator.press(case, "lift")
    assert village.moderator.text("safety.lifted") in lifted.text
    assert not lifted.has("lift")
    told = await inbox(aki)
    assert aki.text("safety.notice_lifted") in told.text
    assert REASON not in told.text
    assert aki.text("introductions.written") in (await aki.write("ただいま")).text


async def test_answer_comes_to_moderators_with_the_case(village: Village, aki: Person) -> None:
    office = await open_office(village)
    number = _number(await put_on_hold(village, aki))
    assert not village.cards(office)
    form = await aki.press(await inbox(aki), "answer")
    answered = await aki.submit(form, answer="誤解だと思います")
    assert answered.text == aki.text("safety.answered")
    await village.env.settle()
    (post,) = village.cards(office)
    assert words(post) == village.text("safety.post_answer", number=number)
    case = await village.moderator.press(post, "case")
    assert "誤解だと思います" in case.text
    assert village.moderator.text("safety.state_open") in case.text
    assert not (await inbox(aki)).has("answer")
    twice = await aki.forge_form(str(form.form and form.form["custom_id"]), {"answer": "もう一度"})
    assert aki.text("safety.answered_before") in twice.text


async def test_answer_is_told_in_the_inbox_where_no_channel_is_chosen(village: Village, aki: Person) -> None:
    number = _number(await put_on_hold(village, aki))
    await aki.submit(await aki.press(await inbox(aki), "answer"), answer="誤解だと思います")
    await village.env.settle()
    told = await inbox(village.moderator)
    assert village.moderator.text("safety.notice_answer", words=number) in told.text
    assert "誤解" not in told.text


async def test_answer_can_be_given_from_a_private_message(village: Village, aki: Person) -> None:
    await by_dm(aki)
    await put_on_hold(village, aki)
    await village.pass_time(timedelta(hours=12))
    (dm,) = aki.dms()
    assert REASON in words(dm)
    answered = await aki.submit(await aki.press(dm, "answer"), answer="誤解だと思います")
    assert answered.text == aki.text("safety.answered")


async def test_hold_belongs_to_the_case_that_is_open(village: Village, aki: Person, beni: Person) -> None:
    await report(village, aki, beni)
    number = await case_about(village, beni)
    form = await village.moderator.press(await show(village.moderator, number), "hold")
    case = await village.moderator.submit(form, days=["7"], hold_reason=REASON)
    assert f"#{number}" in case.text
    assert case.has("lift")
    assert not case.has("hold")
    assert REASON in (await inbox(beni)).text
    again = await put_on_hold(village, beni)
    assert village.moderator.text("safety.on_hold_already") in again.text


async def test_some_can_not_be_put_on_hold(village: Village, aki: Person) -> None:
    moderator, mio = village.moderator, await another_moderator(village)
    assert (await put_on_hold(village, moderator)).text == moderator.text("safety.hold_oneself")
    assert (await put_on_hold(village, mio)).text == moderator.text("safety.hold_moderator")
    owner = village.env.backend.get_guild(village.guild.id).owner_id
    refused = await moderator.forge_form("v1:safety:form-hold:1:1", {"days": ["3"], "hold_reason": "x"})
    assert moderator.text("safety.no_case") in refused.text
    assert owner is not None
    assert await held(village) == set()


@pytest.mark.parametrize("days", ["0", "31", "x", "9" * 30])
async def test_odd_numbers_of_days_are_refused(village: Village, aki: Person, beni: Person, days: str) -> None:
    await report(village, aki, beni)
    number = await case_about(village, beni)
    fields = {"days": [days], "hold_reason": REASON}
    refused = await village.moderator.forge_form(f"v1:safety:form-hold:{number}:1", fields)
    assert village.moderator.text("safety.hold_days", longest=30) in refused.text


async def test_discord_that_does_not_say_who_somebody_is_puts_nobody_on_hold(village: Village, aki: Person) -> None:
    path = f"/guilds/{village.guild.id}/members/{aki.id}"
    village.env.inject_error("GET", path, status=403, code=50001, times=1)
    assert (await put_on_hold(village, aki)).text == village.moderator.text("safety.discord_silent")
    assert await held(village) == set()


async def test_what_was_held_stays_in_the_trail(village: Village, aki: Person) -> None:
    case = await put_on_hold(village, aki)
    trail = await village.moderator.press(await village.moderator.press(case, "list"), "acts")
    assert village.moderator.text("act.hold_begin") in trail.text
    assert REASON in trail.text
    assert controls(trail.message)


def _number(case: Answer) -> int:
    """Return the number of the case that an answer shows."""
    name = next(name for name in controls(case.message) if ":note:" in name)
    return int(name.rsplit(":", 1)[1])
