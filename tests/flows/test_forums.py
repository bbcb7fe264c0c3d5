"""Posts in a forum, their threads and the forum's tags: the same calls as over sockets, in the simulated Discord."""

from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest
import simcord

from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId
from bot.kernel.tags import Tag
from bot.storage.effects import Effect, Outgoing, Verb
from tests.flows.messages import words
from tests.flows.village import Village

NAME = {"ja": "夜、どうやって休んでいますか", "en": "How do you rest at night?"}


def draw(subject: str, _locale: Locale, mark: int) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.Container(discord.ui.TextDisplay(subject), id=mark))
    return view


@pytest.fixture
async def forum(village: Village) -> simcord.ChannelHandle:
    """A forum; the bot knows how a card of ours looks."""
    village.bot.renderers.card("stage", "ask", draw)
    village.bot.renderers.name("stage", "ask", lambda subject, _: subject)
    made = village.guild.create_forum_channel("asks")
    await village.env.settle()
    return made


def ask(village: Village, *, in_doubt: bool = False) -> Effect:
    now = datetime.now(UTC)
    since = village.env.now() if in_doubt else None
    return Effect(1, "post:stage:ask:1:0", village.server_id, Verb.POST, "stage", "ask", 1, now, 1, 1, since, "")


async def test_a_post_is_tagged_closed_and_opened_again(village: Village, forum: simcord.ChannelHandle) -> None:
    forums, perform, name = village.bot.forums, village.bot.outbound.perform, NAME[village.locale]
    channel_id = ChannelId(forum.id)
    assert [await forums.is_forum(ChannelId(each)) for each in (forum.id, village.door.id)] == [True, False]
    wanted = [Tag(village.text("topic.health"), is_moderated=False, emoji="🌿"), Tag("✓", is_moderated=True)]
    tags = await forums.keep_tags(channel_id, wanted)
    assert await forums.keep_tags(channel_id, wanted) == tags
    health, answered = (tag_id or 0 for tag_id in tags)
    posted = Outgoing(channel_id, None, village.locale, name, tags=(health,))
    made = await perform(ask(village), posted)
    assert await perform(ask(village, in_doubt=True), posted) == made
    await village.env.settle()
    (thread,) = forum.threads
    (first,) = village.cards(thread)
    assert (thread.id, first.id, words(first)) == (made, made, name)
    edit = replace(ask(village), key="edit_thread:stage:ask:1:0", verb=Verb.EDIT_THREAD)
    ours = frozenset({health, answered})
    for wanted_now, closed in (((answered,), True), ((health, answered), False)):
        where = ChannelId(thread.id), None, village.locale
        now = Outgoing(*where, name, tags=wanted_now, own_tags=ours, closed=closed)
        await perform(edit, now)
        kept = village.env.backend.get_channel(thread.id)
        assert kept.thread_metadata is not None
        assert (kept.thread_metadata.archived, tuple(kept.applied_tags)) == (closed, wanted_now)
