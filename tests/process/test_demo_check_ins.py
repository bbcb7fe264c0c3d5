"""Check-ins in the demo, in both languages: a newcomer answers and takes it back, and a week brings what it should."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.process.guest import Guest
from tests.process.visitor import needs_chromium, playing, visiting

# In the order of the languages: what is said.
WORDS = {
    "question": ("「助けて」と言うかわりに", "instead of saying “help”"),
    "words": ("ログを読みはじめます。だいたい朝になります。", "I start to read logs. By then it is morning."),
    "again": ("ログを読みます。お茶をいれてから。", "I read logs. After a cup of tea."),
    "country": ("日本", "Japan"),
}
CALM = 6  # times: five in the story, and once more
LONGEST = 7  # days between two prompts: public holidays are left out, Sundays are not


class Neighbour(Guest):
    """Somebody who is asked how they are."""

    def prompts(self) -> Locator:
        """The cards of prompts, in the channel that is open."""
        answer = self.visitor.page.get_by_role("button", name=self.button("check_ins.answer"))
        return self.visitor.messages().filter(has=answer)

    def answers(self, name: str) -> Locator:
        """What the thread that is open shows of these words."""
        return self.visitor.message(self[name])

    def to_thread(self) -> None:
        """Go where the answers to a prompt are, by the private reply."""
        self.visitor.messages().get_by_role("button", name=self.told("check_ins.to_thread")).last.click()
        expect(self.prompts()).to_have_count(1)


@pytest.fixture(params=["ja", "en"])
def neighbour(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Neighbour]:
    """Somebody in front of a demo of their own."""
    with playing(request.param) as address, visiting(browser, address, tmp_path) as visitor:
        yield Neighbour(visitor, request.param, "check_ins", WORDS)


@needs_chromium
def test_a_newcomer_answers_and_time_brings_what_it_should(neighbour: Neighbour) -> None:
    _moderators_have_planned(neighbour)
    _a_newcomer_answers_without_a_name(neighbour)
    _it_is_changed_and_taken_back(neighbour)
    _days_bring_the_next_prompt(neighbour)
    _a_week_brings_a_letter(neighbour)
    _somebody_is_asked_alone(neighbour)


def _moderators_have_planned(neighbour: Neighbour) -> None:
    neighbour.become("moderator")
    neighbour.open("moderators")
    neighbour.visitor.start_command("schedule list")
    listed = neighbour.sees("check_ins.schedules_title")
    expect(listed).to_contain_text(neighbour.told("check_ins.without_holidays", country=neighbour["country"]))
    neighbour.take_picture("schedules")


def _a_newcomer_answers_without_a_name(neighbour: Neighbour) -> None:
    neighbour.become("newcomer")
    neighbour.open("check_ins")
    expect(neighbour.prompts().last).to_contain_text(neighbour["question"])
    neighbour.take_picture("check-ins")
    neighbour.press("check_ins.answer")
    neighbour.press("members.promise")
    expect(neighbour.visitor.page.get_by_placeholder(neighbour["question"])).to_be_visible()
    neighbour.take_picture("check-in-question")
    neighbour.fill("words", "words")
    neighbour.choose("mood", "check_ins.mood_sigh")
    neighbour.choose("shows", "check_ins.shows_nameless")
    neighbour.take_picture("check-in-form")
    neighbour.visitor.send_form()
    neighbour.sees("check_ins.answered")
    neighbour.take_picture("check-in-answered")
    neighbour.to_thread()
    expect(neighbour.answers("words")).to_contain_text(neighbour.told("check_ins.somebody"))
    expect(neighbour.answers("words")).to_contain_text(neighbour.told("check_ins.mood_sigh"))
    expect(neighbour.answers("words")).not_to_contain_text(neighbour["newcomer"])
    neighbour.take_picture("check-in-thread")


def _it_is_changed_and_taken_back(neighbour: Neighbour) -> None:
    visitor = neighbour.visitor
    visitor.start_command("checkin answer")
    neighbour.press("check_ins.change")
    neighbour.fill("words", "again")
    neighbour.choose("shows", "check_ins.shows_name")
    visitor.send_form()
    named = neighbour.answers("again").filter(has_text=f"@{neighbour['newcomer']}")
    expect(named).to_have_count(1)
    neighbour.press("check_ins.take_back")
    neighbour.sees("check_ins.taken_back")
    neighbour.sees("check_ins.answer_gone")
    expect(named).to_have_count(0)
    neighbour.take_picture("check-in-taken-back")


def _days_bring_the_next_prompt(neighbour: Neighbour) -> None:
    neighbour.open("check_ins")
    newest = neighbour.prompts().last
    expect(newest).to_contain_text(neighbour["question"])
    for _ in range(LONGEST):
        neighbour.wait("day")
        if neighbour["question"] not in newest.inner_text():
            break
    expect(newest).not_to_contain_text(neighbour["question"])
    neighbour.take_picture("check-in-next")


def _a_week_brings_a_letter(neighbour: Neighbour) -> None:
    """With a way to all that waits."""
    neighbour.open("letter")
    letters = neighbour.visitor.message(neighbour.told("check_ins.letter_title"))
    expect(letters).not_to_have_count(0)
    before = letters.count()
    neighbour.take_picture("letter")
    neighbour.wait("week")
    expect(letters).to_have_count(before + 1)
    expect(letters.last).to_contain_text(neighbour.told("check_ins.letter_waits"))
    neighbour.take_picture("letter-next")
    waiting = letters.last.locator(".section").filter(has_text=neighbour.told("blog_reviews.news_waits", when=""))
    waiting.first.get_by_role("button", name=neighbour.told("check_ins.letter_look")).click()
    expect(neighbour.visitor.page.locator("#heading")).to_contain_text(neighbour["reviews"])


def _somebody_is_asked_alone(neighbour: Neighbour) -> None:
    """In private; what they choose comes into the picture that only they see."""
    visitor = neighbour.visitor
    neighbour.become("father")
    visitor.open_dms()
    neighbour.press("check_ins.own_answer")
    neighbour.choose("mood", "check_ins.mood_calm")
    visitor.send_form()
    neighbour.sees("check_ins.kept_for_you")
    neighbour.take_picture("check-in-dm")
    neighbour.open("chatting")
    visitor.start_command("checkin me")
    calm = neighbour.told("check_ins.mood_calm").split()[-1]
    counted = re.compile(re.escape(neighbour.told("check_ins.picture_mood", mood=calm, count=CALM)))
    picture = neighbour.sees("check_ins.me_title").get_by_role("img", name=counted)
    expect(picture).to_be_visible()
    visitor.page.wait_for_function("picture => picture.naturalWidth > 0", arg=picture.element_handle())
    expect(neighbour.sees("check_ins.me_title")).to_contain_text(neighbour.told("check_ins.only_you"))
    picture.scroll_into_view_if_needed()
    neighbour.take_picture("moods")
