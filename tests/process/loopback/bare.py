"""A bare discord.py bot and a scene for it: what holds the loopback to Discord's behaviour."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
from discord import app_commands, ui
from discord.ext import commands
from discord.http import Route

from .changes import Changes
from .entities import Channel, Guild, Member
from .server import Loopback

Json = dict[str, Any]
V2 = 1 << 15
Act = discord.Interaction["Bare"]


class Form(ui.Modal, title="About you"):
    now: ui.Label[Any] = ui.Label(
        text="Now", description="One line", component=ui.TextInput(custom_id="now", max_length=20, default="nothing")
    )
    topics: ui.Label[Any] = ui.Label(
        text="Topics",
        component=ui.Select(
            custom_id="topics",
            required=False,
            max_values=2,
            options=[discord.SelectOption(label=name, value=name) for name in ("blog", "code", "kids")],
        ),
    )
    friend: ui.Label[Any] = ui.Label(text="Friend", component=ui.UserSelect(custom_id="friend", required=False))

    async def on_submit(self, act: discord.Interaction) -> None:
        now, topics, friend = self.now.component, self.topics.component, self.friend.component
        assert isinstance(now, ui.TextInput)
        assert isinstance(topics, ui.Select)
        assert isinstance(friend, ui.UserSelect)
        names = [user.name for user in friend.values]
        await act.response.send_message(f"{now.value} {sorted(topics.values)} {names}", ephemeral=True)


class Panel(ui.LayoutView):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Container(ui.TextDisplay("Hello there"), id=4711))
        row: ui.ActionRow[Panel] = ui.ActionRow()
        for action in ("form", "update", "later", "nothing"):
            row.add_item(Press(action))
        self.add_item(row)
        self.add_item(ui.ActionRow(Choice()))


class Press(ui.Button[Panel]):
    def __init__(self, action: str) -> None:
        super().__init__(label=action, custom_id=f"v1:test:{action}:1")
        self.action = action

    async def callback(self, act: discord.Interaction) -> None:
        if self.action == "form":
            await act.response.send_modal(Form(custom_id="v1:test:form-write:1:0"))
        elif self.action == "update":
            view = ui.LayoutView()
            view.add_item(ui.TextDisplay("Updated"))
            await act.response.edit_message(view=view)
        elif self.action == "later":
            await act.response.defer()
            await act.followup.send("Here it is", ephemeral=True)


class Choice(ui.Select[Panel]):
    def __init__(self) -> None:
        options = [discord.SelectOption(label=name) for name in ("a", "b")]
        super().__init__(custom_id="v1:test:pick:1", options=options)

    async def callback(self, act: discord.Interaction) -> None:
        await act.response.send_message(f"picked {self.values}", ephemeral=True)


async def complete(act: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    names = ("blog", "code", "cooking")
    return [app_commands.Choice(name=name, value=name) for name in names if name.startswith(typed)]


class Bare(commands.AutoShardedBot):
    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True)
        super().__init__(command_prefix=[], intents=intents, help_command=None)
        self.heard: list[tuple[str, Any]] = []
        self.changes = Changes()
        self.say = app_commands.Group(name="say", description="Says things")
        self.say.command(name="hello", description="Greets")(self.hello)
        self.say.command(name="later", description="Greets later")(self.later)
        self.say.command(name="topic", description="Names a topic")(self.topic)
        self.tree.add_command(self.say)
        self.tree.add_command(app_commands.ContextMenu(name="Read", callback=read))
        look_here = app_commands.guild_only(look)
        self.tree.add_command(app_commands.ContextMenu(name="Look", callback=look_here))

    async def setup_hook(self) -> None:
        self.add_view(Panel())
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The usual five seconds between IDENTIFYs would only cost time here."""

    @app_commands.describe(to="Whom", times="How often")
    async def hello(self, act: Act, to: discord.Member, times: app_commands.Range[int, 1, 3] = 1) -> None:
        assert act.permissions.send_messages
        text = f"Hello {to.name} ×{times} {act.locale} {act.guild_locale} {act.context.guild}"
        await act.response.send_message(text)

    async def later(self, act: Act) -> None:
        await act.response.defer(ephemeral=True)
        await act.edit_original_response(content="later")
        await act.followup.send("and more")

    @app_commands.autocomplete(topic=complete)
    async def topic(self, act: Act, topic: str, to: discord.Member) -> None:
        await act.response.send_message(f"{to.name} likes {topic}")

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 — discord.py's signature
        self.heard.append((event, args))
        self.changes.tell()
        super().dispatch(event, *args, **kwargs)

    def names(self) -> list[str]:
        return [name for name, _ in self.heard]

    async def raw(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 — any JSON value
        if body is None:
            return await self.http.request(Route(method, path))
        return await self.http.request(Route(method, path), json=body)


async def read(act: discord.Interaction, message: discord.Message) -> None:
    await act.response.send_message(f"it says {message.content}", ephemeral=True)


async def look(act: discord.Interaction, member: discord.Member) -> None:
    await act.response.send_message(f"it is {member.name}", ephemeral=True)


class Scene:
    """A server with one channel and one Japanese member."""

    def __init__(self, server: Loopback) -> None:
        self.server = server
        self.guild: Guild = server.create_guild("Goen", locale="ja")
        self.channel: Channel = server.create_channel(self.guild, "introductions")
        self.aki: Member = server.add_member(self.guild, "aki", locale="ja")


@asynccontextmanager
async def started(server: Loopback) -> AsyncIterator[Bare]:
    bot = Bare()
    async with asyncio.TaskGroup() as running:
        running.create_task(bot.start(server.settings.token))
        await server.identified()
        await heard(bot, "shard_connect")
        try:
            yield bot
        finally:
            await bot.close()


async def heard(bot: Bare, event: str, times: int = 1) -> Any:  # noqa: ANN401 — whatever the event carries
    """Wait until an event came so often; return what the last one carried."""
    await bot.changes.wait_for(lambda: bot.names().count(event) >= times, 5, event)
    return [args for name, args in bot.heard if name == event][-1]


async def refused(call: Coroutine[Any, Any, Any]) -> int:
    with pytest.raises(discord.HTTPException) as caught:
        await call
    return caught.value.code


def path(channel: Channel, rest: str = "/messages") -> str:
    return f"/channels/{channel.id}{rest}"


async def posted_panel(bot: Bare, server: Loopback, channel: Channel) -> Any:  # noqa: ANN401 — a loopback message
    target = bot.get_partial_messageable(channel.id)
    sent = await target.send(view=Panel())
    return channel.messages[sent.id]
