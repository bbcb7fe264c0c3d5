"""Asks in the demo, in both languages: a visitor asks, moves time on, is answered, and brings it to a close."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.process.guest import Guest
from tests.process.visitor import needs_chromium, playing, visiting

# In the order of the languages: what is said.
WORDS = {
    "title": ("夕方の教室を、明るく撮るには？", "How do I take a bright picture of a dim room?"),
    "answer": (
        "窓を背にして、壁の近くに立ってもらうと明るくなります。",
        "Put the window behind you, and people near a wall.",
    ),
    "reason": (
        "その日のうちに試せて、みんなの顔が写りました。",
        "I could try it the same day, and all the faces came out.",
    ),
    "helped": ("窓を背にして撮る。", "The window behind the camera."),
    "after": ("文化祭の写真も、うまく撮れました。", "The pictures of the school festival came out well, too."),
    "secret": ("店を休む日の決め方がわかりません", "I can't decide when to close for a day"),
    "reply": ("ひとりでやっているので、代わりがいないのです。", "I work alone, and there is nobody to step in."),
}


class Asker(Guest):
    """Somebody who asks and answers, in a forum."""

    def open_post(self, name: str) -> None:
        self.open("asks")
        self.visitor.post(self[name]).click()
        expect(self.visitor.page.locator("#heading")).to_contain_text(self[name])

    def is_tagged(self, *keys: str) -> None:
        """The post that is open has these tags, and no others."""
        expect(self.visitor.page.locator("#heading .tags .chip")).to_have_text([self.told(key) for key in keys])


@pytest.fixture(params=["ja", "en"])
def asker(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Asker]:
    """Somebody in front of a demo of their own."""
    with playing(request.param) as address, visiting(browser, address, tmp_path) as visitor:
        yield Asker(visitor, request.param, "peer_help", WORDS)


@needs_chromium
def test_a_newcomer_asks_and_time_moves_on_until_it_has_come_to_a_close(asker: Asker) -> None:
    _somebody_asks(asker)
    _nobody_is_left_alone(asker)
    _somebody_answers(asker)
    _it_comes_to_a_close(asker)
    _a_month_goes_by(asker)


def _somebody_asks(asker: Asker) -> None:
    visitor = asker.visitor
    asker.become("newcomer")
    asker.open("chatting")
    visitor.start_command("ask new")
    asker.press("members.promise")
    asker.choose("topic", "topic.photography")
    asker.fill("title", "title")
    asker.take_picture("ask-form")
    visitor.send_form()
    expect(asker.sees("peer_help.asked")).to_contain_text(asker.told("peer_help.asked_now"))
    asker.take_picture("asked")


def _nobody_is_left_alone(asker: Asker) -> None:
    """Who can speak about it is asked at once; when nothing comes, all helpers hear of it, then the moderators."""
    visitor = asker.visitor
    asker.become("photographer")
    visitor.open_dms()
    expect(visitor.message(asker["title"])).to_have_count(1)
    asker.take_picture("ask-invitation")
    asker.open("helpers")
    expect(visitor.message(asker["title"])).to_have_count(0)
    asker.wait("hour", "hour")
    expect(visitor.message(asker["title"])).to_contain_text(asker.told("peer_help.call"))
    asker.take_picture("ask-call")
    asker.become("moderator")
    asker.open("moderators")
    asker.wait("day", "day")
    asker.sees("peer_help.waits_for_helper")


def _somebody_answers(asker: Asker) -> None:
    """Days later the asker is asked whether it goes on, and it does."""
    visitor = asker.visitor
    asker.become("teacher")
    asker.open_post("title")
    asker.is_tagged("peer_help.tag_other", "peer_help.tag_waiting")
    asker.press("peer_help.here")
    asker.sees("peer_help.you_are_here_either")
    visitor.page.get_by_role("textbox").last.fill(asker["answer"])
    visitor.page.keyboard.press("Enter")
    expect(visitor.message(asker["answer"])).to_have_count(1)
    asker.is_tagged("peer_help.tag_other", "peer_help.tag_talking")
    asker.take_picture("ask-answered")
    asker.wait("week")
    asker.become("newcomer")
    asker.open("chatting")
    visitor.start_command("inbox")
    asker.sees("peer_help.told_still_open", words="")
    asker.take_picture("ask-still-open")
    asker.press("peer_help.still_open")
    asker.sees("peer_help.stays_open")


def _it_comes_to_a_close(asker: Asker) -> None:
    """With thanks, and what helped."""
    visitor = asker.visitor
    asker.open_post("title")
    asker.press("peer_help.manage")
    asker.press("peer_help.resolve")
    thanked = visitor.form().get_by_role("combobox", name=asker.told("peer_help.field_thanked"))
    expect(thanked).to_have_text(re.compile(asker["teacher"]))
    asker.fill("reason", "reason")
    asker.fill("helped", "helped")
    asker.choose("findable", "peer_help.findable_yes")
    asker.take_picture("ask-closing")
    visitor.send_form()
    asker.sees("peer_help.resolved_thanked")
    asker.is_tagged("peer_help.tag_other", "peer_help.tag_resolved")
    asker.take_picture("ask-closed")


def _a_month_goes_by(asker: Asker) -> None:
    """The asker tells how it went on; others find what helped, and who answered has been thanked."""
    visitor = asker.visitor
    asker.wait("week", "week", "week", "week", "day", "day")
    asker.open("chatting")
    visitor.start_command("inbox")
    asker.sees("peer_help.told_after", words="")
    asker.press("peer_help.after_asked")
    asker.fill("after", "after")
    visitor.send_form()
    asker.open_post("title")
    expect(visitor.message(asker["after"])).to_contain_text(
        asker.told("peer_help.after_said", name=f"@{asker['newcomer']}")
    )
    visitor.start_command("ask search")
    visitor.page.locator(".options-form").get_by_role("textbox").fill(asker["helped"])
    visitor.run()
    expect(visitor.message(asker["helped"]).last).to_contain_text(asker["title"])
    asker.become("teacher")
    asker.open("chatting")
    visitor.start_command("inbox")
    expect(visitor.message(asker["reason"])).to_have_count(1)


@needs_chromium
def test_an_anonymous_ask_is_answered_without_telling_who_asked(asker: Asker) -> None:
    visitor = asker.visitor
    asker.become("shopkeeper")
    asker.open("chatting")
    visitor.start_command("ask new")
    asker.choose("topic", "topic.photography")
    asker.choose("wants", "peer_help.wants_listen")
    asker.choose("anonymous", "peer_help.anonymous_yes")
    asker.fill("title", "secret")
    visitor.send_form()
    expect(asker.sees("peer_help.preview_look")).to_contain_text(asker.told("peer_help.preview_who"))
    asker.take_picture("anonymous-preview")
    asker.press("peer_help.post_now")
    expect(asker.sees("peer_help.asked")).to_contain_text(asker.told("peer_help.asked_once_posted"))
    asker.take_picture("anonymous-asked")
    asker.open("asks")
    expect(visitor.post(asker["secret"])).to_have_count(0)
    asker.wait("hour")

    asker.become("photographer")
    visitor.open_dms()
    visitor.message(asker["secret"]).get_by_role("button", name=asker.told("peer_help.here_asked")).click()
    asker.sees("peer_help.you_are_here_listen")
    asker.take_picture("anonymous-helper")
    asker.become("shopkeeper")
    asker.open("chatting")
    visitor.start_command("inbox")
    asker.sees("peer_help.told_here", name=f"@{asker['photographer']}", words="")
    asker.open_post("secret")
    asker.press("peer_help.manage")
    asker.press("peer_help.reply")
    asker.fill("reply", "reply")
    visitor.send_form()
    asker.sees("peer_help.relayed")

    asker.become("photographer")
    asker.open_post("secret")
    expect(visitor.message(asker["reply"])).to_have_count(1)
    expect(visitor.messages_box()).not_to_contain_text(asker["shopkeeper"])
    asker.take_picture("anonymous-thread")
