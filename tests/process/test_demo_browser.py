"""`python -m bot demo` in a headless browser: what a visitor sees, presses and fills in, all in Japanese.

Set DEMO_PICTURES to a folder to keep the pictures that are taken on the way.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

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
PATIENCE = 15_000  # milliseconds for whatever a visitor waits for, on a busy machine
NOW = "社内の情報システム担当です。ひとりで全部見ています。"
HELLO = "ようこそ。ひとりで全部は、たいへんですね。いつでも話しに来てください。"

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on the PATH, and CHROMIUM names none")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a demo of its own is served."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = None
        for line in process.stdout:
            if found := re.search(r"http://\S+", line):
                break
        assert found, "the demo ended without an address"
        yield found[0]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """Somebody in front of the page."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self._pictures = pictures

    def take_picture(self, name: str) -> None:
        self.page.screenshot(path=self._pictures / f"{name}.png")

    def become(self, name: str) -> None:
        people = self.page.get_by_label("だれとして見るか")
        labels = people.locator("option").all_text_contents()
        people.select_option(index=next(at for at, label in enumerate(labels) if label.startswith(name)))

    def channels(self) -> Locator:
        return self.page.get_by_role("navigation", name="チャンネル")

    def open(self, channel: str) -> None:
        self.channels().get_by_role("button", name=re.compile(channel)).first.click()
        expect(self.page.get_by_role("heading", level=2).filter(has_text=channel)).to_be_visible()

    def messages(self) -> Locator:
        return self.page.get_by_role("log").get_by_role("article")

    def message(self, text: str) -> Locator:
        return self.messages().filter(has_text=text)

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


@pytest.fixture
def visitor(browser: Browser, address: str, tmp_path: Path) -> Iterator[Visitor]:
    """Opens the page anew, and holds it to be free of errors."""
    pictures = Path(os.environ.get("DEMO_PICTURES") or tmp_path)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP")
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    yield Visitor(page, pictures)
    context.close()
    assert not faults


def test_a_newcomer_introduces_herself_is_greeted_and_found(visitor: Visitor) -> None:
    page = visitor.page
    visitor.become("あおい")
    expect(visitor.message("あおい さんがサーバーに参加しました。")).to_be_visible()
    visitor.take_picture("welcome")

    visitor.open("自己紹介")
    visitor.start_command("intro write")
    visitor.messages().get_by_role("button", name="約束して書きはじめる").click()
    visitor.form().get_by_label("いまの自分をひとことで").fill(NOW)
    visitor.choose("話せること", "写真", "趣味")
    visitor.take_picture("form")
    visitor.send_form()
    card = visitor.message(NOW).filter(has=page.get_by_role("button", name="挨拶する"))
    expect(card).to_contain_text("写真")

    visitor.become("みさき")
    expect(card).to_contain_text("あおい")
    card.get_by_role("button", name="挨拶する").click()
    visitor.form().get_by_label("自分のことばで").fill(HELLO)
    visitor.send_form()
    visitor.take_picture("introductions")
    visitor.channels().get_by_role("button", name="あおい").click()
    expect(visitor.message(HELLO)).to_contain_text("みさき")
    visitor.take_picture("hello")

    visitor.start_command("find")
    page.get_by_label("話題", exact=True).select_option(label="写真")
    page.get_by_role("button", name="実行").click()
    found = visitor.message("写真：2人")
    expect(found).to_contain_text("あおい")
    expect(found).to_contain_text("Tom")
    expect(found).not_to_contain_text("直人")
    visitor.take_picture("find")


def test_a_private_reply_is_seen_by_nobody_else(visitor: Visitor) -> None:
    visitor.become("けんた")
    visitor.open("雑談")
    visitor.start_command("guide")
    private = visitor.message("これらはあなただけに表示されています")
    expect(private).to_have_count(1)
    visitor.become("由佳")
    visitor.open("雑談")
    expect(private).to_have_count(0)
    visitor.become("けんた")
    expect(private).to_have_count(1)
    private.get_by_role("button", name="このメッセージを削除").click()
    expect(private).to_have_count(0)


def test_a_commands_words_are_in_the_members_language(visitor: Visitor) -> None:
    described = visitor.page.get_by_role("group", name="コマンド").get_by_role("button", name="/find")
    for name, letters in (("Tom", "[a-z]{4}"), ("さやか", "[ぁ-ん]{2}")):
        visitor.become(name)
        visitor.page.get_by_role("button", name="コマンド", exact=True).click()
        expect(described).to_have_text(re.compile(f"/find.*{letters}"))


def test_the_moderators_room_and_commands_are_the_moderators(visitor: Visitor) -> None:
    room = visitor.channels().get_by_role("button", name="運営")
    setup = visitor.page.get_by_role("group", name="コマンド").get_by_role("button", name="/setup panel")
    for name, allowed in (("直人", 0), ("ハル", 1)):
        visitor.become(name)
        expect(room).to_have_count(allowed)
        visitor.page.get_by_role("button", name="コマンド", exact=True).click()
        expect(setup).to_have_count(allowed)


def test_a_message_reaches_the_others_as_unread(visitor: Visitor) -> None:
    visitor.become("由佳")
    visitor.open("雑談")
    box = visitor.page.get_by_role("textbox", name="にメッセージを送る")
    box.fill("**お茶**にします。<img src=x>")
    box.press("Enter")
    said = visitor.message("お茶にします。<img src=x>")
    expect(said.locator("strong", has_text="お茶")).to_be_visible()
    expect(said.locator("img")).to_have_count(0)
    visitor.become("さやか")
    visitor.open("はじめに")
    visitor.become("直人")
    chatting = visitor.channels().get_by_role("button", name="雑談")
    expect(chatting).to_have_attribute("class", "unread")
    visitor.open("雑談")
    expect(chatting).not_to_have_attribute("class", "unread")


def test_time_runs_and_can_be_moved_on(visitor: Visitor) -> None:
    clock = visitor.page.get_by_role("group", name="デモの時計")
    face = clock.locator("time")
    before = face.text_content() or ""
    half_written = visitor.page.get_by_role("textbox", name="にメッセージを送る")
    half_written.fill("書きかけ")
    expect(face).not_to_have_text(before)
    expect(half_written).to_have_value("書きかけ")
    moment = face.get_attribute("datetime") or ""
    clock.get_by_role("button", name="1日進める").click()
    clock.get_by_role("button", name="1時間進める").click()
    # A day and an hour, and the seconds of the test itself.
    visitor.page.wait_for_function(
        "start => (new Date(document.querySelector('#clock').dateTime) - new Date(start)) / 3600e3 >= 25", arg=moment
    )


def test_the_page_itself_is_in_both_languages(visitor: Visitor) -> None:
    page = visitor.page
    assert page.evaluate("missingWords()") == []
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Seen as")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_label("Seen as")).to_be_visible()
    visitor.take_picture("english")


def test_a_phone_shows_all_of_it(visitor: Visitor) -> None:
    page = visitor.page
    page.set_viewport_size({"width": 390, "height": 844})
    visitor.become("由佳")
    for channel in ("自己紹介", "雑談", "Goen"):
        page.get_by_role("button", name="チャンネル一覧を開く").click()
        visitor.open(channel)
        expect(visitor.channels()).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="チャンネル一覧を開く").click()
    visitor.open("自己紹介")
    expect(visitor.channels()).to_be_hidden()
    visitor.take_picture("phone")
