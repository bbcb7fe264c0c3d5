"""What goes wrong around an ask has its words and its mend, and the ask goes on."""

from datetime import timedelta

import pytest
import simcord

from bot.features.peer_help.model import Ask, State
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
    resolve,
    say,
    state_of,
    tags_of,
    thread_of,
)
from tests.flows.gratitude import leave
from tests.flows.messages import controls, words
from tests.flows.people import Answer, Person
from tests.flows.village import Village

KINDS = pytest.mark.parametrize("forum", [True, False], ids=["forum", "text"])


async def choose(village: Village, channel: simcord.ChannelHandle) -> None:
    """Let moderators point to another channel for asks."""
    await village.env.settle()
    await village.choose("help_channel", channel)
    await village.pass_time(SOON)
    await village.later()


async def check(village: Village) -> Answer:
    return await village.moderator.slash("setup check")


async def set_thread(village: Village, asked: Ask, **metadata: bool) -> None:
    """Let a moderator lock or unlock, close or open a thread."""
    village.env.backend.edit_channel(thread_of(village, asked).id, {}, thread_metadata=metadata)
    await village.env.settle()
    await village.pass_time(SOON)


async def delete(village: Village, channel_id: int | None, message_id: int | None = None) -> None:
    """Let a moderator delete a channel, a thread or a message."""
    assert channel_id is not None
    if message_id is None:
        village.env.backend.delete_channel(channel_id)
    else:
        village.env.backend.delete_message(channel_id, message_id)
    await village.env.settle()
    await village.pass_time(SOON)


@KINDS
async def test_where_the_channel_was_deleted_open_asks_are_posted_anew(
    village: Village, aki: Person, *, forum: bool
) -> None:
    channel = await open_help(village, forum=forum)
    beni = await helper(village, "Beni")
    await ask(village, aki, "終わった話")
    await resolve(aki, await newest(village, aki))
    await ask(village, aki)
    await delete(village, channel.id)
    await village.later()
    checked = await check(village)
    assert village.moderator.text("setup.help_channel") in checked.text
    assert (await newest(village, aki)).state is State.WAITING
    other = village.guild.create_forum_channel("tsugi") if not forum else village.guild.create_text_channel("tsugi")
    await choose(village, other)
    (thread,) = other.threads
    assert thread.name == TITLE
    asked = await newest(village, aki)
    await beni.press(card_of(village, asked), "here")
    await say(village, beni, asked)
    assert (await newest(village, aki)).state is State.TALKING


async def test_where_another_kind_of_channel_is_chosen_asks_stay_where_they_are(village: Village, aki: Person) -> None:
    forum = await open_help(village)
    await ask(village, aki)
    asked = await newest(village, aki)
    text = village.guild.create_text_channel("heya")
    await choose(village, text)
    await ask(village, aki, "つぎの相談")
    assert [thread.name for thread in forum.threads] == [TITLE]
    assert [thread.name for thread in text.threads] == ["つぎの相談"]
    await say(village, village.move_in("Beni"), asked)
    assert state_of(village, asked) == village.text("peer_help.state_talking")
    assert tags_of(village, asked) >= {village.text("peer_help.tag_talking")}


async def test_where_a_forums_tags_are_full_moderators_hear_of_it_and_asks_go_on(village: Village, aki: Person) -> None:
    channel = village.guild.create_forum_channel("ippai")
    empty = {"moderated": False, "emoji_id": None, "emoji_name": None}
    tags = [{"id": str(number), "name": f"t{number}"} | empty for number in range(1, 21)]
    village.env.backend.edit_channel(channel.id, {"available_tags": tags})
    await open_help(village, forum=False)
    await choose(village, channel)
    await ask(village, aki)
    (thread,) = channel.threads
    assert thread.name == TITLE
    told = village.moderator.text("peer_help.check_tags_full", mention=f"<#{channel.id}>")
    assert told in (await check(village)).text
    asked = await newest(village, aki)
    assert tags_of(village, asked) == set()
    await resolve(aki, asked)
    assert state_of(village, asked) == village.text("peer_help.state_resolved")


async def test_a_bot_that_may_make_no_tags_says_so_and_asks_go_on(village: Village, aki: Person) -> None:
    channel = village.guild.create_forum_channel("forum")
    await open_help(village, forum=False)
    village.forbid("manage_channels")
    await choose(village, channel)
    await ask(village, aki)
    (thread,) = channel.threads
    assert thread.name == TITLE
    told = village.moderator.text("peer_help.check_tags_forbidden", mention=f"<#{channel.id}>")
    assert told in (await check(village)).text


async def test_a_bot_that_manages_no_threads_goes_on_without_its_tags(village: Village, aki: Person) -> None:
    await open_help(village)
    village.forbid("manage_threads")
    await ask(village, aki)
    asked = await newest(village, aki)
    missing = village.moderator.text("permission.manage_threads")
    assert missing in (await check(village)).text
    await say(village, village.move_in("Beni"), asked)
    assert state_of(village, asked) == village.text("peer_help.state_talking")


@KINDS
async def test_a_thread_that_moderators_lock_ends_its_ask_and_unlocked_it_goes_on(
    village: Village, aki: Person, *, forum: bool
) -> None:
    await open_help(village, forum=forum)
    beni = await helper(village, "Beni")
    await ask(village, aki)
    asked = await newest(village, aki)
    await set_thread(village, asked, locked=True)
    assert state_of(village, asked) == village.text("peer_help.state_closed_locked")
    box = await aki.slash("inbox")
    assert aki.text("peer_help.told_ended_locked", words=TITLE) in box.text
    assert not box.has("reopen_asked")
    own = await manage(aki, asked)
    assert not own.has("reopen")
    assert own.has("withdraw")
    await set_thread(village, asked, locked=False)
    assert state_of(village, asked) == village.text("peer_help.state_waiting")
    assert not is_closed(village, asked)
    await beni.press(card_of(village, asked), "here")
    assert (await newest(village, aki)).state is State.TALKING


@KINDS
async def test_an_archived_thread_is_opened_by_what_goes_on(village: Village, aki: Person, *, forum: bool) -> None:
    await open_help(village, forum=forum)
    beni = await helper(village, "Beni")
    await ask(village, aki)
    asked = await newest(village, aki)
    await set_thread(village, asked, archived=True)
    assert (await newest(village, aki)).state is State.WAITING
    await beni.press(invitations(beni)[0], "here_asked")
    await village.pass_time(SOON)
    assert not is_closed(village, asked)
    assert state_of(village, asked) == village.text("peer_help.state_talking")


@KINDS
async def test_a_deleted_thread_ends_its_ask_which_can_be_posted_anew(
    village: Village, aki: Person, *, forum: bool
) -> None:
    channel = await open_help(village, forum=forum)
    await ask(village, aki)
    await delete(village, (await newest(village, aki)).thread_id)
    box = await aki.slash("inbox")
    assert aki.text("peer_help.told_ended_thread_gone", words=TITLE) in box.text
    assert not [card for card in village.cards(channel) if "here" in str(controls(card))] if not forum else True
    assert aki.text("peer_help.reopened") in (await aki.press(box, "reopen_asked")).text
    await village.pass_time(SOON)
    (thread,) = channel.threads
    assert thread.name == TITLE
    asked = await newest(village, aki)
    assert state_of(village, asked) == village.text("peer_help.state_waiting")
    assert "here" in str(controls(card_of(village, asked)))


async def test_what_stands_beside_a_deleted_thread_can_still_be_withdrawn(village: Village, aki: Person) -> None:
    channel = await open_help(village, forum=False)
    await ask(village, aki)
    asked = await newest(village, aki)
    await delete(village, asked.thread_id)
    sure = await aki.press(await manage(aki, asked), "withdraw")
    await aki.press(sure, "withdraw_confirm")
    await village.pass_time(SOON)
    assert TITLE not in str([words(card) for card in village.cards(channel)])


@KINDS
async def test_a_deleted_card_ends_its_ask_which_goes_on_in_the_same_thread(
    village: Village, aki: Person, *, forum: bool
) -> None:
    channel = await open_help(village, forum=forum)
    await ask(village, aki)
    asked = await newest(village, aki)
    await delete(village, asked.place_id, asked.message_id)
    assert is_closed(village, asked)
    box = await aki.slash("inbox")
    assert aki.text("peer_help.told_ended_thread_gone", words=TITLE) in box.text
    await aki.press(box, "reopen_asked")
    await village.pass_time(SOON)
    (thread,) = channel.threads
    assert not is_closed(village, asked)
    now = await newest(village, aki)
    card = card_of(village, now)
    assert card.channel.id == thread.id
    assert "here" in str(controls(card))
    await say(village, village.move_in("Beni"), now)
    assert state_of(village, now) == village.text("peer_help.state_talking")
    sure = await aki.press(await manage(aki, now), "withdraw")
    await aki.press(sure, "withdraw_confirm")
    await village.pass_time(SOON)
    assert thread.name == village.text("peer_help.thread_withdrawn")
    assert words(card_of(village, now)) == village.text("peer_help.card_withdrawn")


async def test_a_thread_opened_by_hand_and_deleted_can_be_asked_anew(village: Village, aki: Person) -> None:
    channel = await open_help(village)
    thread = await open_by_hand(village, aki, channel)
    form = await aki.press(village.cards(thread)[0], "let_helpers_know")
    await aki.submit(form, topic=["job_change"], wants=["either"])
    await village.pass_time(SOON)
    await delete(village, thread.id)
    await aki.press(await aki.slash("inbox"), "reopen_asked")
    await village.pass_time(SOON)
    (thread,) = channel.threads
    assert thread.name == TITLE
    assert state_of(village, await newest(village, aki)) == village.text("peer_help.state_waiting")


@KINDS
async def test_a_thread_deleted_while_nobody_listened_is_noticed_and_told(
    village: Village, aki: Person, *, forum: bool
) -> None:
    await open_help(village, forum=forum)
    await ask(village, aki)
    asked = await newest(village, aki)
    backend = village.env.backend
    del backend.channels[asked.thread_id or 0]
    backend.get_guild(village.guild.id).thread_ids.remove(asked.thread_id or 0)
    form = await aki.press(await manage(aki, asked), "edit")
    await aki.submit(form, topic=["job_change"], wants=["either"], title="言いなおします")
    await village.pass_time(SOON)
    await village.later()
    assert aki.text("peer_help.told_ended_thread_gone", words="言いなおします") in (await aki.slash("inbox")).text
    assert (await newest(village, aki)).state is State.CLOSED


async def test_a_helper_who_leaves_is_replaced(village: Village, aki: Person) -> None:
    await open_help(village)
    beni = await helper(village, "Beni")
    await ask(village, aki)
    await beni.press(invitations(beni)[0], "here_asked")
    chie = await helper(village, "Chie")
    await leave(village, beni)
    for _ in range(2):
        await village.noon()
    await village.pass_time(SOON)
    assert len(invitations(chie)) == 1


async def test_an_ask_whose_asker_leaves_ends(village: Village, aki: Person) -> None:
    await open_help(village)
    beni = await helper(village, "Beni")
    await ask(village, aki)
    asked = await newest(village, aki)
    await leave(village, aki)
    await village.pass_time(timedelta(hours=2, minutes=1))
    await village.pass_time(SOON)
    assert state_of(village, asked) == village.text("peer_help.state_closed_left")
    assert is_closed(village, asked)
    refused = await beni.press(invitations(beni)[0], "here_asked") if invitations(beni) else None
    assert refused is None or beni.text("peer_help.ended") in refused.text
    assert not (await beni.slash("inbox")).has("here_asked")


async def test_who_comes_back_finds_what_they_asked(village: Village, aki: Person) -> None:
    await open_help(village)
    await ask(village, aki)
    asked = await newest(village, aki)
    await leave(village, aki)
    await village.pass_time(timedelta(days=1))
    village.guild.add_member(aki.actor.user)
    await village.env.settle()
    own = await manage(aki, asked)
    assert aki.text("peer_help.state_closed_left") in own.text
    await aki.press(own, "reopen")
    await village.pass_time(SOON)
    assert state_of(village, asked) == village.text("peer_help.state_waiting")
    assert (await newest(village, aki)).asker_id == MemberId(aki.id)
