"""Reviews in the demo, in both languages: a newcomer is read, and a word that goes by hurts nobody."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.process.guest import Guest
from tests.process.visitor import needs_chromium, playing, visiting

# In the order of the languages: what is said.
WORDS = {
    "title": ("ひとり情シスの、静かな一日", "A quiet day of the only IT person"),
    "question": ("専門のことばが多すぎないでしょうか。", "Are there too many words of my trade?"),
    "sentence": (
        "「電話が鳴らない日が、いちばんうまくいった日」。ここで笑って、少し泣きました。",
        "“A day without calls is the day that went best.” Here I laughed, and then cried a little. ",
    ),
    "stopped": ("三段落目の略語だけ、調べました。", "I had to look up the letters in the third paragraph."),
    "reason": ("わからなかったところを、そのまま教えてくれました。", "You told me where exactly you got lost."),
    "lapsing": ("夜勤明けのコーヒーと、十一年", "Eleven years of coffee after night shifts"),
}
ADDRESS = "https://aoi.example.com/quiet-day?utm_source=chat"
LONGEST = 4000  # characters of one field of feedback


class Author(Guest):
    """Somebody who asks to be read, and reads."""

    def card(self, name: str) -> Locator:
        """The newest card of this title, in the channel that is open."""
        return self.visitor.message(self[name]).filter(has=self.visitor.page.get_by_role("link")).last

    def open_thread(self, name: str) -> None:
        """Open the thread that hangs on a card."""
        self.open("reviews")
        self.visitor.channels().get_by_role("button", name=self[name]).click()
        expect(self.visitor.page.locator("#heading")).to_contain_text(self[name])


@pytest.fixture(params=["ja", "en"])
def author(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Author]:
    """Somebody in front of a demo of their own."""
    with playing(request.param) as address, visiting(browser, address, tmp_path) as visitor:
        yield Author(visitor, request.param, "blog_reviews", WORDS)


@needs_chromium
def test_a_newcomer_is_read_by_the_day_that_a_reader_chose(author: Author) -> None:
    _somebody_asks_to_be_read(author)
    _somebody_gives_their_word(author)
    words = _they_are_reminded_and_write(author)
    _all_of_it_arrives(author, words)
    _it_comes_to_a_close(author)


def _somebody_asks_to_be_read(author: Author) -> None:
    visitor = author.visitor
    author.become("newcomer")
    author.open("reviews")
    author.take_picture("reviews")
    visitor.start_command("review request")
    author.press("members.promise")
    author.fill("url", ADDRESS)
    author.fill("title", "title")
    author.choose("wants", "blog_reviews.wants_clarity")
    author.fill("question", "question")
    author.take_picture("review-form")
    visitor.send_form()
    expect(author.sees("blog_reviews.asked")).to_contain_text(author.told("blog_reviews.queue"))
    author.take_picture("review-asked")
    expect(author.card("title")).to_contain_text("aoi.example.com")
    visitor.start_command("review queue")
    author.sees("blog_reviews.queue_title")
    author.take_picture("review-queue")


def _somebody_gives_their_word(author: Author) -> None:
    author.become("shopkeeper")
    author.open("reviews")
    author.press("blog_reviews.claim", author.card("title"))
    author.take_picture("review-day")
    author.visitor.send_form()
    author.sees("blog_reviews.redate")
    expect(author.card("title")).to_contain_text(author["shopkeeper"])
    author.take_picture("review-claimed")


def _they_are_reminded_and_write(author: Author) -> list[str]:
    """Return what they write: as much as the form takes, and a little more."""
    visitor = author.visitor
    author.wait(*["day"] * 6)
    visitor.open_dms()
    reminder = visitor.message(author["title"]).filter(has=visitor.page.get_by_role("button")).last
    author.take_picture("review-reminder")
    author.press("blog_reviews.deliver_asked", reminder)
    words = [(author["sentence"] * LONGEST)[:LONGEST].strip(), author["stopped"]]
    author.fill("worked", words[0])
    author.fill("stopped", words[1])
    author.take_picture("review-feedback-form")
    visitor.send_form()
    author.sees("blog_reviews.delivered")
    author.take_picture("review-delivered")
    return words


def _all_of_it_arrives(author: Author, words: list[str]) -> None:
    """In the author's inbox as a line, in the thread as a whole and in order."""
    visitor = author.visitor
    author.become("newcomer")
    author.open("reviews")
    visitor.start_command("inbox")
    author.sees("blog_reviews.told_given", name=f"@{author['shopkeeper']}", words="")
    author.take_picture("review-inbox")
    author.open_thread("title")
    expect(visitor.message(words[1])).to_have_count(1)
    written = visitor.messages().locator(".container > *").all_inner_texts()
    headings = {author.told(f"blog_reviews.{key}") for key in ("goes_on", "field_worked", "field_stopped")}
    begins = written.index(author.told("blog_reviews.feedback_from", reader=f"@{author['shopkeeper']}")) + 1
    assert _joined(each for each in written[begins:] if each not in headings) == _joined(words)
    author.take_picture("review-thread")


def _joined(texts: Iterable[str]) -> str:
    """What is written, without the gaps at which the page breaks lines and the bot goes on in the next message."""
    return re.sub(r"\s", "", "".join(texts))


def _it_comes_to_a_close(author: Author) -> None:
    """With thanks to who read."""
    visitor = author.visitor
    author.open("reviews")
    author.press("blog_reviews.manage", author.card("title"))
    author.take_picture("review-mine")
    author.press("blog_reviews.thank")
    author.fill("reason", "reason")
    author.take_picture("review-thanks")
    visitor.send_form()
    author.sees("blog_reviews.thanked")
    author.press("blog_reviews.manage", author.card("title"))
    author.press("blog_reviews.close")
    author.sees("blog_reviews.close_asked")
    author.press("blog_reviews.close_confirm")
    author.sees("blog_reviews.is_closed")
    expect(author.card("title").get_by_role("button")).to_have_count(0)
    author.take_picture("review-closed")


@needs_chromium
def test_who_finds_no_time_is_not_blamed_and_others_are_asked(author: Author) -> None:
    visitor = author.visitor
    author.become("teacher")
    author.open("reviews")
    expect(author.card("lapsing")).to_contain_text(author["teacher"])
    author.wait("week")
    visitor.open_dms()
    expect(visitor.message(author["lapsing"]).last).to_contain_text(author.told("blog_reviews.told_missed", words=""))
    author.take_picture("review-missed")
    author.become("nurse")
    author.open("chatting")
    visitor.start_command("inbox")
    author.sees("blog_reviews.told_back_lapsed", words="")
    author.take_picture("review-back")
    author.become("shopkeeper")
    visitor.open_dms()
    asked = author.told("blog_reviews.told_invite", name=f"@{author['nurse']}", words="")
    expect(visitor.message(author["lapsing"]).last).to_contain_text(asked)
    author.take_picture("review-invitation")
    author.open("reviews")
    visitor.start_command("review queue")
    expect(author.sees("blog_reviews.queue_title")).to_contain_text(author.told("blog_reviews.comes_first"))
    author.take_picture("review-queue-lapsed")
