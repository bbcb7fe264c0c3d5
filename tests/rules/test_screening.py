"""Held texts: how well labelled lists are judged, in whatever letters, and that nothing a member types is too much."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.safety.disguises import plain
from bot.features.safety.screening import Finding, Reason, screen

HERE = Path(__file__).parent
LISTS = ("held_texts.tsv", "held_texts_unseen.tsv")
BLIND = "held_texts_blind.tsv"  # whoever writes rules does not read it, so that it goes on saying what they are worth
LINKS = {"introduction": 1, "hello": 1, "ask": 20, "review": 20}


class Labelled(NamedTuple):
    label: str
    place: str
    language: str
    text: str

    def judged(self, text: str | None = None) -> str:
        finding = screen([self.text if text is None else text], links=LINKS[self.place])
        return "fine" if finding is None else "held" if finding.is_held else "warned"


def labelled(name: str) -> Iterator[Labelled]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, place, language, text = line.split("\t")
            text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
            yield Labelled(label, place, language, text.replace(r"\n", "\n"))


ALL = [text for name in LISTS for text in labelled(name)]


def misses(texts: Iterable[Labelled]) -> str:
    wrong = [(text.label, text.judged(), text.text) for text in texts if text.judged() != text.label]
    return "\n".join(f"{label}, but was judged {judged}: {text}" for label, judged, text in wrong)


@pytest.mark.parametrize("language", ["ja", "en", "both"])
@pytest.mark.parametrize("names", [LISTS[:1], LISTS[1:], LISTS], ids=["first", "second", "together"])
def test_what_is_held_is_what_should_be(names: tuple[str, ...], language: str) -> None:
    texts = [text for name in names for text in labelled(name) if language in {text.language, "both"}]
    held = {text for text in texts if text.judged() == "held"}
    wanted = {text for text in texts if text.label == "held"}
    assert len(held & wanted) / len(held) >= 0.95, misses(texts)
    assert len(held & wanted) / len(wanted) >= 0.95, misses(texts)


def test_texts_that_nobody_has_seen_are_mostly_told_apart() -> None:
    """Measured on 2026-11-26: precision 1.00, recall 0.88 (0.80 at the first run). It names no text, and should not."""
    texts = list(labelled(BLIND))
    held = {text for text in texts if text.judged() == "held"}
    wanted = {text for text in texts if text.label == "held"}
    assert len(held & wanted) / len(held) >= 0.95
    assert len(held & wanted) / len(wanted) >= 0.85


def test_words_about_money_are_warned_about_and_little_else() -> None:
    warned = [text for text in ALL if text.label == "warned"]
    assert sum(text.judged() == "warned" for text in warned) / len(warned) >= 0.9, misses(warned)
    fine = [text for text in ALL if text.label == "fine"]
    assert sum(text.judged() == "fine" for text in fine) / len(fine) >= 0.95, misses(fine)


# ── In whatever letters ────────────────────────────────────────────────────────────────────────────────────────────

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
BOXED = {code: 0x1F130 + code % 32 - 1 for code in (*range(0x41, 0x5B), *range(0x61, 0x7B))}
IDS = ("my LINE ID is sam_example00", "カカオのID: hallyu_0000", "discord.gg/example0000", "sam@example.com")
DISGUISES: dict[str, Callable[[str], str]] = {
    "unseen letters": "\u200b".join,
    "full width": lambda text: text.translate(WIDE),
    "boxes": lambda text: text.translate(BOXED),
    "upper case": str.upper,
    "bold letters": lambda text: text.translate({code: 0x1D400 + code - 0x41 for code in range(0x41, 0x5B)}),
    "accents": lambda text: "".join(f"{letter}\u0332" if letter.isalpha() else letter for letter in text),
    "cyrillic": lambda text: text.translate(str.maketrans("aeiocpx", "аеіосрх")),
}
disguises = pytest.mark.parametrize("disguised", DISGUISES.values(), ids=DISGUISES)


@disguises
@pytest.mark.parametrize("text", IDS)
def test_an_id_is_known_in_any_letters(text: str, disguised: Callable[[str], str]) -> None:
    finding = screen([disguised(text)], links=20)
    assert finding is not None
    assert finding.is_held


@pytest.mark.parametrize(
    "text",
    [
        "L I N E ID: sam_example00",
        "l.i.n.e → sam_example00",
        "L🔥I🔥N🔥E🔥 ID: sam_example00",
        "d i s c o r d . g g / example0000",
        "s a m @ e x a m p l e . c o m",
        "🄻🄸🄽🄴 ID: sam_example00",
        "⒧⒤⒩⒠ ID: sam_example00",
        "L1NE ID: sam_example00",
        "L◯NE ID: sam_example00",
        "ラ○ンのIDは sam_example00 です",
        "らぃん: sam_example00",
        "sam ★ example.com (★を@に)",
        "sam(アット)example(ドット)com",
        "zero nine zero, one two three four, five six seven eight",
        "〇九〇 一二三四 五六七八",
    ],
)
def test_an_id_is_known_however_it_is_spelled(text: str) -> None:
    finding = screen([text], links=20)
    assert finding is not None
    assert finding.reason in {Reason.INVITE, Reason.MESSENGER, Reason.CONTACT}


@given(st.data())
def test_an_id_is_known_with_any_letters_that_are_not_seen_in_any_places(data: st.DataObject) -> None:
    unseen = st.text("\u200b\u200c\u200d\u2060\ufeff\u00ad", max_size=3)
    text = data.draw(st.sampled_from(IDS))
    spread = "".join(letter + data.draw(unseen) for letter in text)
    assert screen([spread], links=20) == screen([text], links=20)


@given(st.data())
def test_an_id_is_known_when_any_of_its_letters_are_in_disguise(data: st.DataObject) -> None:
    ways = [lambda letter: letter, str.upper, DISGUISES["full width"], DISGUISES["boxes"]]
    text = data.draw(st.sampled_from(IDS))
    mixed = "".join(data.draw(st.sampled_from(ways))(letter) for letter in text)
    assert screen([mixed], links=20) == screen([text], links=20)


@pytest.mark.parametrize("disguised", ["full width", "upper case"])
def test_what_is_judged_does_not_hang_on_width_and_case(disguised: str) -> None:
    changed = [text for text in ALL if text.judged(DISGUISES[disguised](text.text)) != text.judged()]
    assert not [text.text for text in changed]


@given(st.text())
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    once = plain(text)
    assert plain(once) == once


# ── Whatever is typed ──────────────────────────────────────────────────────────────────────────────────────────────

PIECES = st.sampled_from(
    [
        *(
            "line ",
            "ライン",
            "discord.gg/",
            "@",
            ".",
            "://",
            "https://a.jp",
            "稼げ",
            "dm",
            "募集",
            "090",
            "0 ",
            "ゼロ",
            "(at)",
        ),
        *("id", "_", " ", "\u200b", "\ud800", "\x00", "\n", "🄰", "㍿", "ﷺ", "é", "◯"),
    ]
)


@given(st.lists(st.text(st.characters()) | PIECES), st.integers(0, 3))
def test_what_is_found_can_be_shown(texts: list[str], links: int) -> None:
    finding = screen(["".join(texts), *texts], links=links)
    assert finding is None or 0 < len(finding.found.strip()) <= 60
    assert finding is None or "\n" not in finding.found


@pytest.mark.parametrize(
    "unit",
    ["a", "稼", "line ", "@", "a@", "1", "0 ", "\x00", "\ud800", "\u200b", "ﷺ", "L I ", "https://a.jp ", "é", "\n"],
)
def test_a_long_text_is_judged(unit: str) -> None:
    finding = screen([unit * (10_000 // len(unit))] * 2, links=1)
    assert finding is None or finding.found


def test_an_empty_form_is_fine() -> None:
    assert screen([], links=0) is None
    assert screen(["", " \n\u200b"], links=0) is None


@pytest.mark.parametrize(("links", "reason"), [(0, Reason.LINKS), (1, Reason.LINKS), (2, None), (20, None)])
def test_links_are_counted_over_all_fields_each_once(links: int, reason: Reason | None) -> None:
    finding = screen(["https://a.example/1 と https://a.example/1", "https://b.example/2"], links=links)
    assert (finding and finding.reason) == reason
    assert finding is None or finding.found == "https://b.example/2"


def test_the_weightiest_thing_is_named() -> None:
    finding = screen(["稼げる話", "discord.gg/example0000", "sam@example.com"], links=0)
    assert finding == Finding(Reason.INVITE, "discord.gg/example0000")


@pytest.mark.parametrize(
    "text",
    [
        "オンラインでお話ししませんか",
        "ガイドラインを教えてください",
        "ラインナップを教えてください",
        "オンライングループで話すのが好きです。入りたい方いますか",
        "インスタント麺の @home な食べ方",
    ],
)
def test_a_name_within_a_longer_word_is_none(text: str) -> None:
    assert screen([text], links=1) is None


@pytest.mark.parametrize(
    "text", ["らいんで話しませんか", "ライングループに招待します", "インスタグラム: sam_example00"]
)
def test_a_name_in_kana_is_known_by_itself_and_in_its_longer_forms(text: str) -> None:
    finding = screen([text], links=1)
    assert finding is not None
    assert finding.reason in {Reason.INVITE, Reason.MESSENGER}


@pytest.mark.parametrize(
    "text",
    ["I want to learn more about sourdough.", "Here to learn some Japanese.", "Definitely an owl. Let's chat!"],
)
def test_a_word_within_another_says_nothing(text: str) -> None:
    assert screen([text], links=1) is None


@pytest.mark.parametrize(
    "text",
    [
        "読書仲間を募集中です!月に一度、感想を話せる方お待ちしています",
        "小説の勉強会を開いています。気軽に声をかけてください",
        "今度お茶会しませんか",
        "My company sells essential oils, I only fix its printers. Let's talk about printers!",
        "Our team is looking for a better project manager tool, let me know what you use.",
    ],
)
def test_company_and_everyday_trades_are_no_offers(text: str) -> None:
    assert screen([text], links=1) is None


@pytest.mark.parametrize(
    "text",
    [
        "弊社では経理の担当者を募集しています。ご応募ください",
        "初回無料でカウンセリングを提供しています。ご希望の方はDMください",
        "投資の勉強会を開いています。一度お話ししませんか",
        "My essential oils are 20% off this week, dm me",
    ],
)
def test_the_same_words_are_an_offer_from_who_sells_or_employs(text: str) -> None:
    finding = screen([text], links=1)
    assert finding is not None
    assert finding.reason in {Reason.PITCH, Reason.RECRUITING}


@pytest.mark.parametrize(
    "text",
    [
        "ママ友のLINEグループに入っています。抜けるときの言い方を教えてください。",
        "人手不足で有休が取れません。同じような方いませんか。",
        "I was added to a WhatsApp group of 80 parents. How do I leave without being rude?",
        "What is wrong with my code? for line in lines: line.strip_2()",
        "2020、2021、2022、2023年と四年続けて同じ目標です。",
        "Timer says 0.5 0.3 0.2 0.1 0.6 and I have no idea what unit that is.",
        "怪しい投資セミナーに誘われました。断ってもいいでしょうか。",
        "pipeline " * 200,
    ],
)
def test_who_speaks_of_such_things_is_no_seller(text: str) -> None:
    assert screen([text], links=1) is None
