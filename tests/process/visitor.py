"""Somebody in front of the demo's page, and demos for them to visit.

Set DEMO_PICTURES to a folder to keep the pictures that are taken on the way.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

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
PATIENCE = 60  # seconds for whatever a visitor waits for, on a busy machine


def demo(*options: str) -> list[str]:
    """The command that plays a demo."""
    return [sys.executable, "-m", "bot", "demo", "--no-browser", *options]


@contextmanager
def playing(language: str) -> Iterator[str]:
    """A demo of one's own; yields its address, and holds it to end cleanly when it is told to."""
    command = demo("--port", "0", "--language", language)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        hung = threading.Timer(PATIENCE, process.kill)
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
        self.channels().get_by_role("button", name=re.compile(channel)).first.click()
        expect(self.page.get_by_role("heading", level=2).filter(has_text=channel)).to_be_visible()

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
        self.page.get_by_role("button", name="コマンド", exact=True).click()
        self.page.get_by_role("group", name="コマンド").get_by_role("button", name=f"/{name}").click()

    def form(self) -> Locator:
        return self.page.get_by_role("dialog")

    def choose(self, label: str, *options: str) -> None:
        menu = self.form().get_by_role("combobox", name=label)
        menu.click()
        for option in options:
            self.form().get_by_role("listbox", name=label).get_by_role("option", name=option, exact=True).click()
        if menu.get_attribute("aria-expanded") == "true":
            self.form().get_by_role("button", name="決定").click()

    def send_form(self) -> None:
        self.form().get_by_role("button", name="送信").click()
        expect(self.form()).to_have_count(0)


@contextmanager
def visiting(browser: Browser, address: str, pictures: Path) -> Iterator[Visitor]:
    """Opens the page anew, and holds it to be free of errors."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP")
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    yield Visitor(page, Path(os.environ.get("DEMO_PICTURES") or pictures))
    context.close()
    assert not faults
