"""A notice offers one thing first, and all else quietly."""

from datetime import UTC, datetime

import discord

from bot.features.members.model import Notice, Told
from bot.features.members.reach import Kind, Way
from bot.kernel.i18n import Texts
from cogs.members.render import Render

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_of_several_ways_the_first_is_offered_before_the_others() -> None:
    notice = Notice(1, 2, 3, Kind.READING, "blog_reviews", "remind", 4, Way.DM, "open", NOW, None)
    told = Told("blog_reviews.told_remind", ("deliver_asked", "redate_asked", "release_asked"), ends_at=NOW)
    card = Render(Texts()).notice((notice, told), "en", 1)
    buttons = [each for each in card.walk_children() if isinstance(each, discord.ui.Button)]
    assert [each.label for each in buttons if each.style is discord.ButtonStyle.primary] == ["Give feedback"]
