"""Somebody in front of the demo's page, and demos for them to visit.

Set DEMO_PICTURES to a folder to keep the pictures that are taken on the way, and DEMO_DELAY to milliseconds by which
all that the page asks for comes late: whatever a test does not wait for shows. `python -m tests.process.visitor` plays
the sampler: a bot with one of everything that Discord has.
"""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands, ui
from playwright.sync_api import Browser, Locator, Page, expect

from bot.demo.clock import DemoEnv
from bot.demo.locales import spoken_by
from bot.demo.play import listening, shown, told_to_stop
from bot.demo.world import World

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on the PATH, and CHROMIUM names none")
PATIENCE = 60  # seconds for whatever a visitor waits for, on a busy machine
_LATE = """delay => {
  const fetch = window.fetch;
  window.fetch = (...asked) => new Promise((go) => setTimeout(go, delay)).then(() => fetch(...asked));
}"""


def demo(*options: str) -> list[str]:
    """The command that plays a demo."""
    return [sys.executable, "-m", "bot", "demo", "--no-browser", *options]


def playing(language: str) -> AbstractContextManager[str]:
    """A demo of one's own; yields its address."""
    return _served_by(demo("--port", "0", "--language", language))


def sampling() -> AbstractContextManager[str]:
    """The sampler, in Japanese; yields its address."""
    return _served_by([sys.executable, "-m", "tests.process.visitor"])


@contextmanager
def _served_by(command: list[str]) -> Iterator[str]:
    """What the command says that it serves; it is held to end cleanly when it is told to."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        hung = threading.Timer(3 * PATIENCE, process.kill)  # months of history go by first
        hung.start()
        found = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)), None)
        hung.cancel()
        try:
            assert found, "the demo ended without an address"
            yield found[0]
        finally:
            process.send_signal(signal.SIGTERM)
            ended = process.wait(timeout=PATIENCE)
        assert ended == 0


class Visitor:
    """Somebody in front of the page."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self._pictures = pictures

    def take_picture(self, name: str) -> None:
        self.page.screenshot(path=self._pictures / f"{name}.png")

    def become(self, name: str) -> None:
        people = self.page.get_by_label(re.compile("だれとして見るか|Seen as"))
        member = people.locator("option").filter(has_text=re.compile(rf"^{name}[ （]")).get_attribute("value")
        assert member
        people.select_option(value=member)
        expect(self.messages_box()).to_have_attribute("data-room", re.compile(f"^{member},"))

    def channels(self) -> Locator:
        return self.page.get_by_role("navigation", name=re.compile("チャンネル|Channels"))

    def open(self, channel: str) -> None:
        self._enter(self.channels().get_by_role("button", name=re.compile(channel)).first)

    def open_dms(self) -> None:
        """Open the private conversation with the bot."""
        self._enter(self.dms())

    def _enter(self, entry: Locator) -> None:
        """Press an entry of the list, and wait until its room is drawn: names don't tell (`#近況` and `7日の近況`)."""
        room = entry.get_attribute("data-key")
        entry.click()
        expect(self.messages_box()).to_have_attribute("data-room", re.compile(f",{room},"))

    def dms(self) -> Locator:
        """The entry of the private conversation with the bot; it holds the count of what is unread."""
        return self.channels().locator("li.dm").get_by_role("button")

    def post(self, title: str) -> Locator:
        """The entry of a post in the forum that is open."""
        return self.messages_box().get_by_role("button").filter(has_text=title)

    def on_message(self, message: Locator, command: str) -> None:
        """Choose in the menu of a message."""
        message.hover()
        message.get_by_role("button", name=re.compile("メッセージのメニュー|Menu of the message")).click()
        self.page.get_by_role("menuitem", name=command, exact=True).click()

    def on_member(self, within: Locator, name: str, command: str) -> None:
        """Choose in the menu of the member whose name, or whose mention (`@…`), stands in `within`."""
        within.get_by_role("button", name=name, exact=True).first.click()
        self.page.get_by_role("menuitem", name=command, exact=True).click()

    def messages_box(self) -> Locator:
        return self.page.get_by_role("log")

    def messages(self) -> Locator:
        return self.messages_box().get_by_role("article")

    def message(self, text: str) -> Locator:
        return self.messages().filter(has_text=text)

    def press(self, label: str) -> None:
        """Press the newest button of this name."""
        self.messages().get_by_role("button", name=label, exact=True).last.click()

    def start_command(self, name: str) -> None:
        commands = re.compile("^(コマンド|Commands)$")
        self.page.get_by_role("button", name=commands).click()
        self.page.get_by_role("group", name=commands).get_by_role("button", name=f"/{name}").click()

    def option(self, name: str) -> Locator:
        """The field of an option of the command that is being filled in."""
        label = self.page.locator("label").filter(has_text=re.compile(rf"^{name}\*?$"))
        return self.page.locator(".options-form .field").filter(has=label)

    def suggested(self, option: str, typed: str, wanted: str) -> None:
        """Type into an option, and pick what the bot suggests."""
        self.option(option).get_by_role("textbox").fill(typed)
        self.option(option).get_by_role("button", name=wanted, exact=True).click()

    def run(self) -> None:
        """Run the command whose options are filled in."""
        self.page.get_by_role("button", name=re.compile("^(実行|Run)$")).click()

    def wait(self, button: str, hours: int = 1) -> None:
        """Move the clock on by so many hours, by the button of this name (`1日進める`); all has happened on return."""
        clock = self.page.locator("#clock")
        moment = datetime.fromisoformat(clock.get_attribute("datetime") or "") + timedelta(hours=hours)
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_function(
            "moment => new Date(document.querySelector('#clock').dateTime) >= new Date(moment)", arg=moment.isoformat()
        )

    def form(self) -> Locator:
        return self.page.get_by_role("dialog")

    def choose(self, label: str, *options: str) -> None:
        menu = self.form().get_by_role("combobox", name=label)
        menu.click()
        for option in options:
            self.form().get_by_role("listbox", name=label).get_by_role("option", name=option, exact=True).click()
        if menu.get_attribute("aria-expanded") == "true":
            self.form().get_by_role("button", name=re.compile("^(決定|Done)$")).click()

    def send_form(self) -> None:
        self.form().get_by_role("button", name=re.compile("^(送信|Submit)$")).click()
        expect(self.form()).to_have_count(0)


@contextmanager
def visiting(browser: Browser, address: str, pictures: Path) -> Iterator[Visitor]:
    """Opens the page anew, and holds it to be free of errors."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP")
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    if delay := os.environ.get("DEMO_DELAY"):
        context.add_init_script(f"({_LATE})({int(delay)})")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    yield Visitor(page, Path(os.environ.get("DEMO_PICTURES") or pictures))
    context.close()
    assert not faults


class _Sampler(discord.Client):
    """A bot with one of everything: a letter in private, menus on members and messages, options, a form, a morning."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        self.tree.add_command(_letter)
        self.tree.add_command(_note)
        for menu in _MENUS:
            self.tree.add_command(menu)
        await self.tree.set_translator(_Translator())
        await self.tree.sync()

    async def say_good_morning(self, now: datetime) -> None:
        """What is due at nine o'clock sharp, in Japan."""
        if (now.hour, now.minute, now.second, now.microsecond) == (0, 0, 0, 0):
            for channel in self.guilds[0].text_channels:
                await channel.send("おはようございます。")


class _Translator(app_commands.Translator):
    async def translate(self, string: app_commands.locale_str, locale: discord.Locale, _: object) -> str | None:
        return string.extras.get("ja") if locale is discord.Locale.japanese else None


class _Letter(ui.LayoutView):
    """Stands in private; says where and in which language it was pressed."""

    row = ui.ActionRow[ui.LayoutView]()
    people = ui.ActionRow[ui.LayoutView]()

    @row.button(label="読む")
    async def read(self, interaction: discord.Interaction, _: object) -> None:
        await interaction.response.send_message(f"{interaction.locale} {interaction.guild_id}", ephemeral=True)

    @row.button(label="書く")
    async def write(self, interaction: discord.Interaction, _: object) -> None:
        await interaction.response.send_modal(_Form())

    @people.select(cls=ui.UserSelect, placeholder="だれか")
    async def choose(self, interaction: discord.Interaction, chosen: ui.UserSelect[ui.LayoutView]) -> None:
        await interaction.response.send_message(f"選: {chosen.values[0].mention}", ephemeral=True)


class _Form(ui.Modal):
    """Says what was filled in, beside whom or what it was opened for."""

    def __init__(self, about: str = "") -> None:
        super().__init__(title="見本")
        self._about = about
        options = ("い", "ろ", "は")
        self.fields: dict[str, ui.Item[Any]] = {
            "文": ui.TextInput(),
            "札": ui.Select(options=[discord.SelectOption(label=each) for each in options], required=False),
            "人": ui.UserSelect(max_values=2, required=False),
            "丸": ui.RadioGroup(options=[discord.RadioGroupOption(label=each) for each in options], required=False),
            "角": ui.FileUpload(required=False),
        }
        for name, item in self.fields.items():
            self.add_item(ui.Label(text=name, component=item))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        told = [f"{name}={_told(item)}" for name, item in self.fields.items()]
        await interaction.response.send_message(" ".join((self._about, *told)), ephemeral=True)


def _told(item: ui.Item[Any]) -> str:
    values = getattr(item, "values", None) or [getattr(item, "value", None) or ""]
    return "・".join(getattr(each, "mention", getattr(each, "filename", each)) for each in values)


def _named(english: str, japanese: str) -> app_commands.locale_str:
    return app_commands.locale_str(english, ja=japanese)


@app_commands.command(name="letter", description="a letter in private")
@app_commands.guild_only()
async def _letter(interaction: discord.Interaction) -> None:
    await interaction.user.send(view=_Letter())
    await interaction.response.send_message("送りました。", ephemeral=True)


@app_commands.command(name="note", description="options")
@app_commands.rename(topic=_named("topic", "話題"), who=_named("who", "相手"), days=_named("days", "日数"))
@app_commands.rename(quiet=_named("quietly", "そっと"), why=_named("why", "理由"))
@app_commands.choices(why=[app_commands.Choice(name=_named("Advertising", "宣伝"), value=7)])
async def _note(
    interaction: discord.Interaction,
    topic: int,
    who: discord.User,
    days: app_commands.Range[int, 1, 30],
    quiet: bool = False,
    why: int = 0,
) -> None:
    said = f"{topic} {who.mention} {days} {quiet} {why} {interaction.guild_id is None}"
    await interaction.response.send_message(said, ephemeral=True)


@_note.autocomplete("topic")
async def _topics(_: discord.Interaction, typed: str) -> list[app_commands.Choice[int]]:
    topics = {"写真": 1, "写経": 2, "料理": 3}
    return [app_commands.Choice(name=name, value=value) for name, value in topics.items() if typed in name]


async def _tell(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_modal(_Form(f"{message.author.mention}「{message.content}」"))


async def _keep(interaction: discord.Interaction, user: discord.User) -> None:
    await interaction.response.send_message(f"距離: {user.mention}", ephemeral=True)


_MENUS = (
    app_commands.ContextMenu(name=_named("Tell the keepers", "世話人に知らせる"), callback=_tell),
    app_commands.ContextMenu(name=_named("Keep a distance", "距離をおく"), callback=_keep),
)


async def _sample() -> None:
    stop = told_to_stop()
    locales: dict[int, str] = {}
    client = _Sampler()
    env = DemoEnv(client, check_errors=False)
    env.backend.bot_user.name = "Goen"

    with spoken_by(locales), listening(0) as door:
        await env.start()
        try:
            world = World(env, client.say_good_morning, locales, "見本市", "ja")
            world.guild.create_text_channel("広間")
            visitor, other = [await world.move_in(name, {"ja": name, "en": name}) for name in ("あおい", "みさき")]
            await other.actor.send(world.guild.channels["広間"], "こんにちは。")
            async with shown(world, visitor.actor.id, "ja", door) as address:
                sys.stdout.write(f"{address}\n")
                sys.stdout.flush()
                await stop.wait()
        finally:
            await env.shutdown()


if __name__ == "__main__":
    asyncio.run(_sample())
