"""Asking, being asked, answering, and coming to a good end."""

from datetime import timedelta

import pytest

from bot.features.peer_help.model import State, Turn
from tests.flows.asking import TITLE, ask, card_of, helper, invitations, manage, newest, open_help, say
from tests.flows.messages import words
from tests.flows.people import Person
from tests.flows.village import Village


@pytest.mark.parametrize("forum", [True, False], ids=["forum", "text"])
async def test_somebody_asks_is_answered_and_thanks(village: Village, aki: Person, *, forum: bool) -> None:
    channel = await open_help(village, forum=forum)
    beni = await helper(village, "Beni")
    answer = await ask(village, aki, details="年度末がいいのか、迷っています")
    assert aki.text("peer_help.asked") in answer.text
    asked = await newest(village, aki)
    (thread,) = channel.threads
    assert thread.name == TITLE
    card = card_of(village, asked)
    assert "年度末がいいのか" in words(card)
    assert village.text("peer_help.state_waiting") in words(card)

    (message,) = invitations(beni)
    here = await beni.press(message, "here_asked")
    assert beni.text("peer_help.you_are_here_either") in here.text
    await village.pass_time(timedelta(seconds=2))
    assert village.text("peer_help.came_either", helper=f"<@{beni.id}>") in words(village.cards(thread)[-1])
    await say(village, beni, asked)
    asked = await newest(village, aki)
    assert (asked.state, asked.turn) == (State.TALKING, Turn.ASKER)
    await say(village, aki, asked, "ありがとう")
    assert (await newest(village, aki)).turn is Turn.HELPER

    form = await aki.press(await manage(aki, asked), "resolve")
    ended = await aki.submit(form, thanked=[beni], reason="年度の話がとても助かりました", helped="上司に早めに相談する")
    assert aki.text("peer_help.resolved_thanked") in ended.text
    await village.pass_time(timedelta(seconds=2))
    assert village.text("peer_help.state_resolved") in words(card_of(village, asked))
    told = await beni.slash("inbox")
    assert "年度の話がとても助かりました" in told.text
    assert "上司に早めに相談する" in told.text
    metadata = village.env.backend.get_channel(thread.id).thread_metadata
    assert metadata is not None
    assert metadata.archived
