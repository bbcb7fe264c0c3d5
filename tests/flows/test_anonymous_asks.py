"""Asking under a pseudonym: the last look, private answers, thanks; and what moderators can do about one."""

import re
from datetime import timedelta

import pytest

from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind, Way
from bot.features.peer_help.holder import PeerHelpHolder
from bot.features.peer_help.model import Ask, State, Turn
from bot.kernel.ids import MemberId
from tests.flows.asking import SOON, TITLE, ask, ask_anonymously, card_of, manage, newest, open_help, say, thread_of
from tests.flows.messages import words
from tests.flows.office import another_moderator, open_office
from tests.flows.people import Answer, Person
from tests.flows.village import Village

DAY = timedelta(days=1)
REASON = "夜遅くまで一緒に考えてくれました"
WHY = "ほかの人の名前が出ていて、本人と話す必要があります"


async def reply(person: Person, asked: Ask, text: str) -> Answer:
    """Let an anonymous asker say something in their thread."""
    return await person.submit(await person.press(await manage(person, asked), "reply"), reply=text)


async def resolve(person: Person, asked: Ask, *thanked: Person, **values: object) -> Answer:
    form = await person.press(await manage(person, asked), "resolve")
    answer = await person.submit(form, thanked=list(thanked), **values)
    await person.village.pass_time(SOON)
    return answer


async def listed(moderator: Person) -> Answer:
    """Return the asks under a pseudonym, as a moderator comes to see them."""
    return await moderator.press(await moderator.slash("cases list"), "anonymous")


async def want_to_know(moderator: Person) -> Answer:
    return await moderator.submit(await moderator.press(await listed(moderator), "unmask"), unmask_reason=WHY)


async def forget(village: Village, person: Person) -> bool:
    """Let all be forgotten that somebody asked; return whether it was."""
    holder = PeerHelpHolder(village.bot.database, village.bot.service(Inbox))
    async with village.bot.database.write() as transaction:
        return await holder.forget_member(transaction, village.server_id, MemberId(person.id))


async def test_it_is_looked_at_changed_and_posted_after_a_while_by_lot(village: Village, aki: Person) -> None:
    channel = await open_help(village)
    looked_at = await ask(village, aki, details="会社の話です", anonymous=True)
    pseudonym = (await newest(village, aki)).pseudonym
    assert aki.text("peer_help.preview", name=pseudonym) in looked_at.text
    assert aki.text("peer_help.preview_look") in looked_at.text
    form = await aki.press(looked_at, "edit")
    looked_at = await aki.submit(form, title="上司に話すとき", topic=["job_change"], wants=["listen"], details="")
    assert "上司に話すとき" in looked_at.text
    assert looked_at.has("post_now")
    posted = await aki.press(looked_at, "post_now")
    assert aki.text("peer_help.asked_anonymously", name=pseudonym) in posted.text
    await village.pass_time(timedelta(seconds=59))
    assert not channel.threads
    await village.pass_time(timedelta(minutes=9, seconds=2))
    (thread,) = channel.threads
    card = card_of(village, await newest(village, aki))
    assert pseudonym in words(card)
    assert "上司に話すとき" in (thread.name or "")
    assert not re.search(r"<@\d", words(card))


async def test_it_can_be_left_and_nothing_is_kept(village: Village, aki: Person) -> None:
    channel = await open_help(village)
    looked_at = await ask(village, aki, anonymous=True)
    assert (await aki.slash("guide")).text.count(aki.text("peer_help.waiting_preview")) == 1
    asked = await newest(village, aki)
    await aki.press(looked_at, "leave")
    assert not await village.rows("asks")
    gone = await aki.forge(f"v1:peer_help:post_now:{asked.ask_id}")
    assert gone.text == aki.text("peer_help.gone")
    await village.pass_time(timedelta(minutes=11))
    assert not channel.threads


async def test_a_preview_that_is_forgotten_goes_after_a_day(village: Village, aki: Person) -> None:
    await open_help(village)
    looked_at = await ask(village, aki, anonymous=True)
    await village.pass_time(DAY + SOON)
    await village.pass_time(DAY + SOON)  # the daily look at what is too old
    assert not await village.rows("asks")
    assert (await aki.press(looked_at, "post_now")).text == aki.text("peer_help.gone")


@pytest.mark.parametrize("way", [Way.DM, Way.INBOX])
async def test_answers_come_privately_and_replies_stand_under_the_pseudonym(
    village: Village, aki: Person, beni: Person, way: Way
) -> None:
    await open_help(village)
    asked = await ask_anonymously(village, aki)
    await village.bot.service(Choices).consent(village.server_id, MemberId(aki.id), Kind.ANSWERS, way)
    await village.bot.service(Choices).choose_quiet(village.server_id, MemberId(aki.id), 0, 0)
    await beni.press(card_of(village, asked), "here")
    await say(village, beni, asked)
    told = aki.text("peer_help.told_spoke", words=TITLE)
    messages = [each for each in aki.dms() if told in words(each)]
    assert len(messages) == (way is Way.DM)
    if way is Way.INBOX:
        assert not aki.dms()
        assert await village.bot.service(Inbox).has_whispers(village.server_id, MemberId(aki.id))
        assert aki.text("errors.news") in (await aki.slash("guide")).text
        assert aki.text("errors.news") not in (await beni.slash("guide")).text
    box = await aki.slash("inbox")
    assert told in box.text
    assert aki.text("peer_help.told_here", name=f"<@{beni.id}>", words=TITLE) in box.text
    assert told not in (await beni.slash("inbox")).text

    answer = await aki.submit(await aki.press(messages[0] if messages else box, "reply_asked"), reply="助かります")
    assert aki.text("peer_help.relayed") in answer.text
    await village.pass_time(SOON)
    said = words(village.cards(thread_of(village, asked))[-1])
    assert village.text("peer_help.reply_said", name=asked.pseudonym) in said
    assert "助かります" in said
    assert (await newest(village, aki)).turn is Turn.HELPER
    assert aki.text("errors.news") not in (await aki.slash("guide")).text


async def test_thanks_come_from_the_pseudonym_and_are_part_of_nothing(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_help(village)
    asked = await ask_anonymously(village, aki)
    await say(village, beni, asked)
    await say(village, aki, asked, "わたしも知りたいです")
    refused = await resolve(aki, asked, aki, reason=REASON, helped="")
    assert refused.text.startswith(aki.text("peer_help.did_not_take_part"))
    ended = await resolve(aki, asked, beni, reason=REASON, helped="早めに話す", findable=["yes"])
    assert aki.text("peer_help.resolved_thanked") in ended.text
    mark = beni.text("reputation.thanked_you", name=asked.pseudonym, words=REASON)
    assert mark in (await beni.slash("inbox")).text
    standing = await beni.slash("standing")
    assert asked.pseudonym in standing.text
    history = await village.moderator.slash("ledger history", member=beni)
    assert asked.pseudonym in history.text
    for text in (standing.text, history.text):
        assert str(aki.id) not in text
    assert str(beni.id) not in (await village.moderator.slash("ledger history", member=aki)).text


async def test_thanks_under_a_pseudonym_leave_all_limits_as_they_are(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_help(village)
    asked = await ask_anonymously(village, aki)
    await say(village, beni, asked)
    await resolve(aki, asked, beni, reason=REASON, helped="")
    before = len(await village.rows("entries"))
    await aki.slash("thanks", member=beni, reason="いつも朝の挨拶をありがとう")
    assert len(await village.rows("entries")) == before + 1
    again = await ask_anonymously(village, aki, "もうひとつ")
    await say(village, beni, again)
    ended = await resolve(aki, again, beni, reason=REASON, helped="")
    assert aki.text("peer_help.resolved_thanked") in ended.text
    accounts = [row for row in await village.rows("accounts") if row["pseudonym"]]
    assert {row["member_id"] for row in accounts} == {None}
    assert {row["pseudonym"] for row in accounts} == {asked.pseudonym, again.pseudonym}


async def test_it_is_resolved_opened_again_and_told_how_it_went_on(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    asked = await ask_anonymously(village, aki)
    await say(village, beni, asked)
    ended = await resolve(aki, asked, reason="", helped="")
    assert aki.text("peer_help.resolved") in ended.text
    await aki.press(ended, "reopen")
    await village.pass_time(SOON)
    assert village.text("peer_help.state_waiting") in words(card_of(village, asked))
    await say(village, beni, asked)
    await resolve(aki, asked, reason="", helped="")
    for _ in range(31):
        await village.pass_time(DAY)
    box = await aki.slash("inbox")
    assert aki.text("peer_help.told_after", words=TITLE) in box.text
    await aki.submit(await aki.press(box, "after_asked"), after="新しい職場に慣れました")
    await village.pass_time(SOON)
    said = words(village.cards(thread_of(village, asked))[-1])
    assert village.text("peer_help.after_said", name=asked.pseudonym) in said
    assert "新しい職場に慣れました" in said


async def test_who_asked_is_forgotten_sixty_days_after_the_end(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    await another_moderator(village)
    await open_office(village)
    asked = await ask_anonymously(village, aki)
    await say(village, beni, asked)
    await resolve(aki, asked, beni, reason=REASON, helped="")
    for _ in range(59):
        await village.pass_time(DAY)
    assert (await manage(aki, asked)).has("after")
    for _ in range(2):
        await village.pass_time(DAY)
    assert {row["sealed"] for row in await village.rows("asks")} == {None}
    assert aki.text("peer_help.mine_none") in (await aki.slash("ask mine")).text
    assert village.moderator.text("peer_help.anonymous_none") in (await listed(village.moderator)).text
    for press in (f"v1:peer_help:stop_confirm:{asked.ask_id}", f"v1:peer_help:unmask_agree:{asked.ask_id}"):
        assert (await village.moderator.forge(press)).text == village.moderator.text("peer_help.gone")
    assert asked.pseudonym in (await beni.slash("standing")).text


async def test_a_pseudonym_is_stopped_and_its_asker_stays_unknown(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    asked = await ask_anonymously(village, aki)
    await say(village, beni, asked)
    moderator = village.moderator
    card = await listed(moderator)
    assert asked.pseudonym in card.text
    assert str(aki.id) not in str(card.message.components)
    sure = await moderator.press(card, "stop")
    assert sure.text == moderator.text("peer_help.stop_asked")
    assert (await moderator.press(sure, "stop_confirm")).text == moderator.text("peer_help.stopped")
    await village.pass_time(SOON)
    assert village.text("peer_help.state_closed_stopped") in words(card_of(village, asked))
    assert aki.text("peer_help.told_ended_stopped", words=TITLE) in (await aki.slash("inbox")).text
    refused = await aki.forge(f"v1:peer_help:reply:{asked.ask_id}")
    assert refused.text == aki.text("peer_help.ended")
    assert (await aki.forge(f"v1:peer_help:reopen:{asked.ask_id}")).text == aki.text("peer_help.not_again")
    trail = await moderator.press(await moderator.slash("cases list"), "acts")
    assert moderator.text("act.ask_stop") in trail.text
    assert asked.pseudonym in trail.text
    await moderator.forge(f"v1:peer_help:stop_confirm:{asked.ask_id}")
    assert len([act for act in await village.rows("acts") if act["act"] == "ask.stop"]) == 1


async def test_two_moderators_learn_who_asked_and_the_asker_hears_of_it(village: Village, aki: Person) -> None:
    office = await open_office(village)
    await open_help(village)
    first, second = village.moderator, await another_moderator(village)
    third = await another_moderator(village, "Nao")
    asked = await ask_anonymously(village, aki)
    wanted = await want_to_know(first)
    assert wanted.text == first.text("peer_help.unmasking_wanted")
    await village.pass_time(SOON)
    post = village.cards(office)[-1]
    assert village.text("peer_help.unmask_wanted", moderator=f"<@{first.id}>", name=asked.pseudonym) in words(post)
    assert WHY in words(post)
    refused = await first.press(post, "unmask_agree")
    assert refused.text == first.text("peer_help.another_moderator")
    assert not [row for row in await village.rows("notices") if row["card"] == "unmasked"]
    secret = aki.text("peer_help.told_unmasked", words=WHY)
    assert secret not in (await aki.slash("inbox")).text

    known = await second.press(post, "unmask_agree")
    assert known.text == second.text("peer_help.unmasked", name=asked.pseudonym, member=f"<@{aki.id}>")
    await village.pass_time(SOON)
    assert str(aki.id) not in str(village.cards(office)[-1].components)
    assert village.text("peer_help.unmask_agreed", name=asked.pseudonym) in words(village.cards(office)[-1])
    for one in (first, second):
        assert f"<@{aki.id}>" in (await one.press(post, "unmask_agree")).text
    late = await third.press(post, "unmask_agree")
    assert late.text == third.text("peer_help.two_know")
    assert secret in (await aki.slash("inbox")).text
    acts = [(act["act"], act["actor_id"]) for act in await village.rows("acts") if act["act"].startswith("ask.")]
    assert acts == [("ask.want_unmasking", first.id), ("ask.unmask", second.id)]


async def test_with_one_moderator_nobody_is_ever_unmasked(village: Village, aki: Person) -> None:
    await open_office(village)
    await open_help(village)
    asked = await ask_anonymously(village, aki)
    card = await listed(village.moderator)
    assert not card.has("unmask")
    assert village.moderator.text("peer_help.one_moderator") in card.text
    fields = {"unmask_reason": WHY}
    forged = await village.moderator.forge_form(f"v1:peer_help:form-unmask:{asked.ask_id}:1", fields)
    assert forged.text.startswith(village.moderator.text("peer_help.one_moderator"))
    assert not await village.rows("unmaskings")


@pytest.mark.parametrize("loser", ["first", "second"])
async def test_who_is_no_moderator_any_more_counts_for_nobody(village: Village, aki: Person, loser: str) -> None:
    office = await open_office(village)
    await open_help(village)
    second = await another_moderator(village)
    await ask_anonymously(village, aki)
    await want_to_know(village.moderator)
    await village.pass_time(SOON)
    role = village.guild.roles["Mods" if loser == "first" else "Keepers"]
    village.env.backend.delete_role(village.guild.id, role.id)
    await village.env.settle()
    refused = await second.press(village.cards(office)[-1], "unmask_agree")
    key = "peer_help.one_moderator" if loser == "first" else "errors.moderators_only"
    assert refused.text.startswith(second.text(key))
    assert str(aki.id) not in refused.text


async def test_moderators_turn_pages_of_pseudonyms(village: Village) -> None:
    await open_help(village)
    names = {(await ask_anonymously(village, village.move_in(f"Asker{n}"), f"相談{n}")).pseudonym for n in range(6)}
    first = await listed(village.moderator)
    shown = {name for name in names if name in first.text}
    second = await village.moderator.choose(first, "anonymous_page", ["1"])
    assert len(shown) == 5
    assert {name for name in names if name in second.text} == names - shown


async def test_who_is_forgotten_leaves_nothing_of_an_anonymous_ask(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    asked = await ask_anonymously(village, aki, details="ほかでは言えないこと")
    await say(village, beni, asked)
    await reply(aki, asked, "実はもうひとつあります")
    await village.pass_time(SOON)
    assert not await forget(village, aki)  # not while its card may still show what was asked
    await village.pass_time(timedelta(minutes=10))
    assert await forget(village, aki)
    assert words(card_of(village, asked)) == village.text("peer_help.card_withdrawn")
    assert village.text("peer_help.reply_withdrawn") in {
        words(card) for card in village.cards(thread_of(village, asked))
    }
    (row,) = await village.rows("asks")
    assert (row["sealed"], row["title"], row["details"], row["state"]) == (None, "", "", State.WITHDRAWN)
    assert not [each for each in await village.rows("notices") if each["sealed"] is not None]
    assert {each["words"] for each in await village.rows("ask_replies")} == {""}
