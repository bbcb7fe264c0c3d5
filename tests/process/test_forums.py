"""What the bot keeps of forums, against the loopback: which channels are any, and their tags."""

from collections.abc import AsyncIterator, Sequence

import discord as dpy
import pytest
from discord.http import Route

from bot.forums import Forums
from bot.kernel.errors import DiscordTrouble, PlaceGone, TryLater
from bot.kernel.ids import ChannelId
from bot.kernel.tags import MOST_TAGS, Tag

from .loopback import BOT_USUALLY, Channel, Guild, Loopback, Permission
from .loopback.server import Ordered

HEALTH, ANSWERED = Tag("health", is_moderated=False, emoji="🌿"), Tag("answered", is_moderated=True)


@pytest.fixture
def guild(discord: Loopback) -> Guild:
    return discord.create_guild("Goen")


@pytest.fixture
def forum(discord: Loopback, guild: Guild) -> Channel:
    """A forum with tags of the moderators' own."""
    return discord.create_forum(guild, "asks", "rules", "work")


@pytest.fixture
async def forums(discord: Loopback, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Forums]:
    """The bot's own, with a client that has never been at the gateway: it may know nothing by cache."""
    monkeypatch.setattr(Route, "BASE", discord.url)
    async with dpy.Client(intents=dpy.Intents.none(), max_ratelimit_timeout=30) as client:
        await client.login(discord.settings.token)
        yield Forums(client)


async def kept(forums: Forums, forum: Channel, *wanted: Tag) -> list[str | None]:
    """Keep tags; return the names of those that were wanted, None where there was no room."""
    ids = await forums.keep_tags(ChannelId(forum.id), wanted)
    names = {int(tag["id"]): tag["name"] for tag in forum.available_tags}
    return [None if tag_id is None else names[tag_id] for tag_id in ids]


def changes(discord: Loopback) -> int:
    return sum(request.method == "PATCH" for request in discord.requests)


def known(forum: Channel, wanted: Sequence[Tag]) -> list[Tag]:
    """Return what is wanted, with the ids of the forum's last tags."""
    ids = [int(tag["id"]) for tag in forum.available_tags[-len(wanted) :]]
    return [Tag(tag.name, tag.is_moderated, tag_id) for tag, tag_id in zip(wanted, ids, strict=True)]


async def test_which_channel_is_a_forum(discord: Loopback, guild: Guild, forum: Channel, forums: Forums) -> None:
    text = discord.create_channel(guild, "talk")
    assert [await forums.is_forum(ChannelId(each.id)) for each in (forum, text)] == [True, False]
    assert await forums.keep_tags(ChannelId(text.id), [HEALTH, ANSWERED]) == [None, None]
    discord.delete_channel(forum)
    with pytest.raises(PlaceGone):
        await forums.is_forum(ChannelId(forum.id))


async def test_tags_are_added_once_behind_the_moderators_own(discord: Loopback, forum: Channel, forums: Forums) -> None:
    own = list(forum.available_tags)
    for _ in range(2):
        assert await kept(forums, forum, HEALTH, ANSWERED) == ["health", "answered"]
        assert forum.tag_names == ["rules", "work", "health", "answered"]
    assert changes(discord) == 1
    assert forum.available_tags[:2] == own
    made = [(tag["moderated"], tag["emoji_name"]) for tag in forum.available_tags[2:]]
    assert made == [(False, "🌿"), (True, None)]


async def test_a_known_tag_is_renamed_and_keeps_its_posts(discord: Loopback, forum: Channel, forums: Forums) -> None:
    await kept(forums, forum, HEALTH, ANSWERED)
    before = [tag["id"] for tag in forum.available_tags]
    health, answered = known(forum, [HEALTH, ANSWERED])
    renamed = Tag("body and mind", is_moderated=False, tag_id=health.tag_id)
    assert await kept(forums, forum, answered, renamed) == ["answered", "body and mind"]
    assert [tag["id"] for tag in forum.available_tags] == before
    assert forum.available_tags[2]["emoji_name"] == "🌿"
    discord.set_tags(forum, forum.available_tags[:2])  # a moderator removes both
    assert await kept(forums, forum, answered, renamed) == ["answered", "body and mind"]
    assert forum.tag_names == ["rules", "work", "answered", "body and mind"]


async def test_a_tag_of_the_same_name_is_taken(discord: Loopback, forum: Channel, forums: Forums) -> None:
    before = [tag["id"] for tag in forum.available_tags]
    assert await kept(forums, forum, Tag("Work", is_moderated=True)) == ["Work"]
    assert [tag["id"] for tag in forum.available_tags] == before
    assert forum.available_tags[1]["moderated"]
    (health,) = known(forum, [HEALTH])  # whose id is that of Work: a name that another one has can't be had
    assert await kept(forums, forum, Tag("rules", is_moderated=False, tag_id=health.tag_id)) == ["rules"]
    assert forum.tag_names == ["rules", "Work"]


async def test_what_does_not_fit_is_left_out_and_fits_later(discord: Loopback, forum: Channel, forums: Forums) -> None:
    wanted = [Tag(f"topic {number}", is_moderated=False) for number in range(MOST_TAGS - 1)]
    names: list[str | None] = [tag.name for tag in wanted]
    assert await kept(forums, forum, *wanted) == [*names[:-1], None]
    assert await kept(forums, forum, *wanted) == [*names[:-1], None]
    assert changes(discord) == 1
    discord.set_tags(forum, forum.available_tags[1:])
    assert await kept(forums, forum, *wanted) == names
    assert forum.tag_names == ["work", *names]


@pytest.mark.parametrize("name", ["仕事と家庭のあいだで迷っていることについて", "between work and family"])
async def test_a_long_name_is_cut_once(name: str, discord: Loopback, forum: Channel, forums: Forums) -> None:
    tag = Tag(name, is_moderated=False)
    for _ in range(2):
        assert await kept(forums, forum, tag) == [f"{name[:19]}…"]
    assert changes(discord) == 1


async def test_without_the_permission_nothing_changes_and_what_is_there_is_known(
    discord: Loopback, forum: Channel, forums: Forums
) -> None:
    discord.set_bot_permissions(forum, BOT_USUALLY & ~Permission.MANAGE_CHANNELS)
    assert await kept(forums, forum, Tag("work", is_moderated=False)) == ["work"]
    with pytest.raises(PlaceGone) as caught:
        await kept(forums, forum, HEALTH)
    assert caught.value.code == 50013
    assert forum.tag_names == ["rules", "work"]


@pytest.mark.parametrize("fault", [{"status": 503}, {"cut": True}, {"status": 400, "code": 40061}], ids=str)
@pytest.mark.parametrize("after_doing", [False, True], ids=["before", "done"])
async def test_a_fault_is_told_and_once_more_does_no_harm(
    fault: Ordered, after_doing: bool, discord: Loopback, forum: Channel, forums: Forums
) -> None:
    ordered = discord.fail("PATCH", f"/channels/{forum.id}", **fault)
    ordered.after_doing, ordered.times = after_doing, None
    with pytest.raises(DiscordTrouble) as caught:
        await kept(forums, forum, HEALTH)
    assert isinstance(caught.value, TryLater) is ("code" not in fault)
    ordered.times = 0
    assert await kept(forums, forum, HEALTH) == ["health"]
    assert forum.tag_names == ["rules", "work", "health"]
