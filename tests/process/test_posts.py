"""Posts in forums, and threads that are brought up to date, over sockets and without any feature."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord as dpy
import pytest
from discord.http import Route

from bot.features.setup.service import Setup
from bot.kernel.clock import SystemClock
from bot.kernel.errors import DiscordTrouble, PlaceGone, Rejected, TryLater
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, ServerId, component_id
from bot.kernel.metrics import Metrics
from bot.outbound import Outbound, Renderers
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb
from bot.worker import Worker

from .loopback import BOT_USUALLY, Channel, Guild, Loopback, Member, Permission
from .loopback.server import Ordered
from .running import PATIENCE, check_bodies, copied

pytestmark = pytest.mark.traced

Json = dict[str, Any]

FEATURE, CARD, NAME = "asks", "ask", "How do you sleep?"
KEY = f"post:{FEATURE}:{CARD}:1:0"
NOW = datetime.now(UTC)
WEEK = 10080  # minutes
HELD = 60.0  # seconds that a held request hangs: longer than any test
START = "/channels/*/threads"


def draw(subject: str, _locale: Locale, mark: int) -> dpy.ui.LayoutView:
    view = dpy.ui.LayoutView()
    view.add_item(dpy.ui.Container(dpy.ui.TextDisplay(f"About {subject}"), id=mark))
    return view


@pytest.fixture
def guild(discord: Loopback) -> Guild:
    return discord.create_guild("Goen")


@pytest.fixture
def forum(discord: Loopback, guild: Guild) -> Channel:
    """A forum with two tags that all may set, and one that only who manages threads may."""
    made = discord.create_forum(guild, "asks", "health", "work")
    discord.set_tags(made, [*made.available_tags, {"name": "answered", "moderated": True}])
    return made


@pytest.fixture
def aki(discord: Loopback, guild: Guild) -> Member:
    return discord.add_member(guild, "aki")


@pytest.fixture
async def outbound(discord: Loopback, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Outbound]:
    """The bot's own, with a client that has never been at the gateway: it may know nothing by cache."""
    monkeypatch.setattr(Route, "BASE", discord.url)
    renderers = Renderers()
    renderers.card(FEATURE, CARD, draw)
    renderers.name(FEATURE, CARD, lambda subject, _: subject)
    async with dpy.Client(intents=dpy.Intents.none(), max_ratelimit_timeout=30) as client:
        await client.login(discord.settings.token)
        yield Outbound(client, renderers)
        check_bodies(discord)


def post(forum: Channel, *, in_doubt: bool = False, object_id: int = 1) -> Effect:
    """Return the effect that starts a post, also as it is after an attempt of which nobody knows what came."""
    assert forum.guild is not None
    since = NOW if in_doubt else None
    key = f"post:{FEATURE}:{CARD}:{object_id}:0"
    return Effect(1, key, ServerId(forum.guild.id), Verb.POST, FEATURE, CARD, object_id, NOW, 1, 1, since, "")


def into(forum: Channel, *tags: str, name: str = NAME) -> Outgoing:
    """Return a post in a forum, with the tags of these names."""
    own = frozenset(int(tag["id"]) for tag in forum.available_tags)
    return Outgoing(ChannelId(forum.id), None, "en", name, tags=tag_ids(forum, *tags), own_tags=own)


def tag_ids(forum: Channel, *names: str) -> tuple[int, ...]:
    ids = {tag["name"]: int(tag["id"]) for tag in forum.available_tags}
    return tuple(ids[name] for name in names)


def posts(discord: Loopback, forum: Channel) -> list[Channel]:
    return [each for each in discord.world.channels.values() if each.parent is forum]


def asked(discord: Loopback, method: str, ending: str) -> list[Json]:
    """Return the bodies of requests so far."""
    found = [each for each in discord.requests if each.method == method and each.path.endswith(ending)]
    return [each.body for each in found]


async def test_a_post_is_a_thread_with_the_card_as_its_first_message(
    discord: Loopback, forum: Channel, outbound: Outbound
) -> None:
    made = await outbound.perform(post(forum), into(forum, "health", "answered", "health"))
    (thread,) = posts(discord, forum)
    (first,) = discord.bot_messages(thread)
    assert made == thread.id == first.id
    assert (thread.name, thread.archive_after_minutes, thread.tag_names) == (NAME, WEEK, ["health", "answered"])
    assert (first.text, first.components[0]["id"]) == (f"About {NAME}", component_id(KEY))
    await outbound.perform(post(forum, object_id=2), replace(into(forum), tags=None))
    assert posts(discord, forum)[-1].tag_names == []


@pytest.mark.parametrize("archived", [False, True], ids=["active", "archived"])
@pytest.mark.parametrize("is_wanted", [True, False])
async def test_what_may_have_been_posted_is_looked_for(
    archived: bool, is_wanted: bool, discord: Loopback, forum: Channel, aki: Member, outbound: Outbound
) -> None:
    made = await outbound.perform(post(forum), into(forum, "health"))
    (thread,) = posts(discord, forum)
    thread.name = "renamed by a moderator"
    discord.set_thread(thread, archived=archived)
    for number in range(120):  # more than one page of what is archived
        discord.set_thread(discord.open_post(aki, forum, f"ask {number}", "?"), archived=True)
    for object_id in (2, 3):
        await outbound.perform(post(forum, object_id=object_id), into(forum))
    before = len(posts(discord, forum))
    assert await outbound.perform(post(forum, in_doubt=True), replace(into(forum), is_wanted=is_wanted)) == made
    assert len(posts(discord, forum)) == before


async def test_what_was_not_posted_after_all_is_posted_if_it_is_still_wanted(
    discord: Loopback, guild: Guild, forum: Channel, aki: Member, outbound: Outbound
) -> None:
    other = discord.create_forum(guild, "elsewhere")
    discord.open_post(aki, forum, NAME, f"About {NAME}")
    await outbound.perform(post(forum), into(other))
    await outbound.perform(post(forum, object_id=2), into(forum))
    emptied = await outbound.perform(post(forum), into(forum))
    assert emptied is not None
    discord.delete_message(discord.world.channels[emptied].messages[emptied])
    before = len(posts(discord, forum))
    assert await outbound.perform(post(forum, in_doubt=True), replace(into(forum), is_wanted=False)) is None
    assert await outbound.perform(post(forum), replace(into(forum), is_wanted=False)) is None
    assert len(posts(discord, forum)) == before
    made = await outbound.perform(post(forum, in_doubt=True), into(forum))
    assert [thread.id for thread in posts(discord, forum)][before:] == [made]


@pytest.mark.parametrize("archived", [False, True], ids=["active", "archived"])
async def test_a_post_is_found_though_our_clock_was_wrong(
    archived: bool, discord: Loopback, forum: Channel, outbound: Outbound
) -> None:
    made = await outbound.perform(post(forum), into(forum))
    discord.set_thread(posts(discord, forum)[0], archived=archived)
    doubted = replace(post(forum), uncertain_since=NOW + timedelta(days=1))
    assert await outbound.perform(doubted, into(forum)) == made
    assert len(posts(discord, forum)) == 1


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 502}, {"status": 503}, {"cut": True}], ids=str)
@pytest.mark.parametrize("after_doing", [False, True], ids=["before", "done"])
async def test_a_post_whose_answer_was_lost_is_not_repeated(
    fault: Ordered, after_doing: bool, discord: Loopback, forum: Channel, outbound: Outbound
) -> None:
    ordered = discord.fail("POST", START, **fault)
    ordered.after_doing, ordered.times = after_doing, None
    with pytest.raises(TryLater) as caught:
        await outbound.perform(post(forum), into(forum, "health"))
    assert caught.value.uncertain
    assert len(ordered.hits) == 1
    ordered.times = 0
    made = await outbound.perform(post(forum, in_doubt=True), into(forum, "health"))
    assert [thread.id for thread in posts(discord, forum)] == [made]


@pytest.mark.parametrize("path", ["/guilds/*/threads/active", "/channels/*/threads/archived/public"])
async def test_nothing_is_posted_while_it_can_not_be_looked_for(
    path: str, discord: Loopback, forum: Channel, outbound: Outbound
) -> None:
    discord.fail("GET", path, status=403, code=50013, times=None)
    with pytest.raises(PlaceGone):
        await outbound.perform(post(forum, in_doubt=True), into(forum))
    assert posts(discord, forum) == []


async def test_a_post_goes_out_without_tags_that_discord_refuses(
    discord: Loopback, forum: Channel, outbound: Outbound
) -> None:
    tagged = into(forum, "health", "answered")
    discord.set_bot_permissions(forum, BOT_USUALLY & ~Permission.MANAGE_THREADS)
    await outbound.perform(post(forum), tagged)
    discord.set_bot_permissions(forum, BOT_USUALLY)
    discord.set_tags(forum, [tag for tag in forum.available_tags if tag["name"] != "health"])
    await outbound.perform(post(forum, object_id=2), tagged)
    discord.fail("POST", START, status=400, code=40066)
    await outbound.perform(post(forum, object_id=3), tagged)
    assert [thread.tag_names for thread in posts(discord, forum)] == [[], [], []]
    assert [body.get("applied_tags") for body in asked(discord, "POST", "/threads")] == [
        [str(tag_id) for tag_id in tagged.tags or ()],
        None,
    ] * 3


async def test_a_forum_that_requires_a_tag_takes_a_post_once_one_can_be_set(
    discord: Loopback, forum: Channel, outbound: Outbound
) -> None:
    forum.requires_tag = True
    tagged = into(forum, "answered")
    discord.set_bot_permissions(forum, BOT_USUALLY & ~Permission.MANAGE_THREADS)
    for refused in (tagged, into(forum)):
        with pytest.raises(PlaceGone) as caught:
            await outbound.perform(post(forum), refused)
        assert (caught.value.code, caught.value.channel_id) == (40067, forum.id)
    assert posts(discord, forum) == []
    discord.set_bot_permissions(forum, BOT_USUALLY)
    await outbound.perform(post(forum), tagged)
    assert [thread.tag_names for thread in posts(discord, forum)] == [["answered"]]


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        ({"status": 404, "code": 10003}, PlaceGone),
        ({"status": 403, "code": 50013}, PlaceGone),
        ({"status": 400, "code": 160006}, Rejected),  # a thousand active threads
        ({"status": 429, "retry_after": 60}, TryLater),
    ],
    ids=str,
)
async def test_a_refused_post_says_what_is_the_matter(
    fault: Ordered, meaning: type[DiscordTrouble], discord: Loopback, forum: Channel, outbound: Outbound
) -> None:
    ordered = discord.fail("POST", START, **fault)
    ordered.times = None
    with pytest.raises(meaning):
        await outbound.perform(post(forum), into(forum, "health"))
    assert posts(discord, forum) == []


# ── Threads that are brought up to date ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def thread(discord: Loopback, forum: Channel, outbound: Outbound) -> Channel:
    """A post that was tagged before."""
    await outbound.perform(post(forum), into(forum, "health"))
    return posts(discord, forum)[0]


def edit(thread: Channel) -> Effect:
    assert thread.parent is not None
    return replace(post(thread.parent), key=f"edit_thread:{FEATURE}:{CARD}:1:0", verb=Verb.EDIT_THREAD)


def to(thread: Channel, *tags: str, name: str = NAME, closed: bool = False) -> Outgoing:
    assert thread.parent is not None
    return replace(into(thread.parent, *tags, name=name), channel_id=ChannelId(thread.id), closed=closed)


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("closed", [False, True])
async def test_a_thread_gets_its_name_and_tags_and_is_closed_or_open(
    closed: bool, archived: bool, locked: bool, discord: Loopback, thread: Channel, outbound: Outbound
) -> None:
    discord.set_thread(thread, archived=archived, locked=locked)
    wanted = to(thread, "work", "answered", name="I sleep now", closed=closed)
    await outbound.perform(edit(thread), wanted)
    assert (thread.name, thread.tag_names, thread.archived) == ("I sleep now", ["work", "answered"], closed)
    assert thread.locked is locked
    times = len(asked(discord, "PATCH", f"/{thread.id}"))
    await outbound.perform(edit(thread), replace(wanted, tags=tuple(reversed(wanted.tags or ()))))
    assert len(asked(discord, "PATCH", f"/{thread.id}")) == times


async def test_tags_that_are_not_the_bots_stay(discord: Loopback, thread: Channel, outbound: Outbound) -> None:
    assert thread.parent is not None
    own = frozenset(tag_ids(thread.parent, "work", "answered"))
    await outbound.perform(edit(thread), replace(to(thread, "answered"), own_tags=own))
    assert thread.tag_names == ["answered", "health"]
    await outbound.perform(edit(thread), replace(to(thread, "work"), own_tags=own))
    assert thread.tag_names == ["work", "health"]


async def test_what_does_not_change_is_not_sent(discord: Loopback, thread: Channel, outbound: Outbound) -> None:
    """A name can be changed twice in ten minutes only."""
    await outbound.perform(edit(thread), to(thread, "work"))
    await outbound.perform(edit(thread), replace(to(thread, closed=True), tags=None))
    assert asked(discord, "PATCH", f"/{thread.id}") == [
        {"archived": False, "applied_tags": [thread.parent.available_tags[1]["id"] if thread.parent else ""]},
        {"archived": True},
    ]
    assert thread.tag_names == ["work"]
    discord.set_thread(thread, archived=False)
    await outbound.perform(edit(thread), to(thread))
    assert thread.tag_names == []


@pytest.mark.parametrize("archived", [False, True])
async def test_a_thread_is_brought_up_to_date_without_tags_that_discord_refuses(
    archived: bool, discord: Loopback, thread: Channel, outbound: Outbound
) -> None:
    assert thread.parent is not None
    wanted = to(thread, "answered", name="I sleep now", closed=True)
    discord.set_bot_permissions(thread.parent, BOT_USUALLY & ~Permission.MANAGE_THREADS)
    discord.set_thread(thread, archived=archived)
    await outbound.perform(edit(thread), wanted)
    assert (thread.name, thread.tag_names, thread.archived) == ("I sleep now", ["health"], True)
    discord.set_bot_permissions(thread.parent, BOT_USUALLY)
    await outbound.perform(edit(thread), wanted)
    assert (thread.tag_names, thread.archived) == (["answered"], True)


async def test_a_locked_thread_wants_manage_threads(discord: Loopback, thread: Channel, outbound: Outbound) -> None:
    assert thread.parent is not None
    discord.set_bot_permissions(thread.parent, BOT_USUALLY & ~Permission.MANAGE_THREADS)
    for archived in (False, True):
        discord.set_thread(thread, archived=archived, locked=True)
        with pytest.raises(PlaceGone) as caught:
            await outbound.perform(edit(thread), to(thread, "work", closed=True))
        assert caught.value.code == 50013
        assert (thread.tag_names, thread.archived) == (["health"], archived)


async def test_a_deleted_thread_is_gone(discord: Loopback, thread: Channel, outbound: Outbound) -> None:
    discord.delete_channel(thread)
    with pytest.raises(PlaceGone) as caught:
        await outbound.perform(edit(thread), to(thread, "work"))
    assert (caught.value.code, caught.value.channel_id) == (10003, thread.id)


# ── Killed on the way ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Asks:
    """A feature that has one post to make, and notes what came of it."""

    outgoing_now: Outgoing
    made: list[int | None] = field(default_factory=list)

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        return self.outgoing_now

    async def happened(self, _transaction: Transaction, _effect: Effect, _out: Outgoing, result_id: int | None) -> None:
        self.made.append(result_id)

    async def failed(self, _transaction: Transaction, _effect: Effect, _trouble: DiscordTrouble) -> bool:
        return False


@pytest.mark.parametrize("moment", ["claimed", "sent", "sent and archived"])
async def test_a_post_is_made_once_wherever_the_worker_is_killed(
    moment: str, discord: Loopback, guild: Guild, forum: Channel, outbound: Outbound, template: Path, tmp_path: Path
) -> None:
    database = Database(copied(template, tmp_path), SystemClock())
    await database.open()
    setup, asks, server_id = Setup(database), Asks(into(forum, "health")), ServerId(guild.id)
    await setup.server(server_id)
    async with database.write() as transaction:
        await Effects(transaction).put(Verb.POST, FEATURE, CARD, 1, server_id=server_id)

    async def started() -> Worker:
        """A worker as it is after a start, which nothing wakes but the test."""
        worker = Worker(database, SystemClock(), outbound, setup, {FEATURE: asks}, {}, Metrics())
        await worker.start()
        return worker

    held = discord.fail("POST", START, latency=HELD, after_doing=moment != "claimed", cut=True)
    first = await started()
    await discord.wait_for(lambda: held.hits if moment == "claimed" else posts(discord, forum), PATIENCE, "request")
    await asyncio.wait_for(_killed(first), PATIENCE)
    for thread in posts(discord, forum):
        discord.set_thread(thread, archived="archived" in moment)
    second = await started()
    await second.run_due(datetime.now(UTC))
    (thread,) = posts(discord, forum)
    assert (asks.made, thread.tag_names) == ([thread.id], ["health"])
    await second.stop()
    await database.close()


async def _killed(worker: Worker) -> None:
    """Let a worker end as with its process: in the middle, and without another word."""
    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0)
    stopping.cancel()
    await asyncio.gather(stopping, return_exceptions=True)
