"""A visitor of a demo in one language, who reads both the page's names and what the bot says."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from bot.kernel.i18n import Locale, Texts
from tests.process.visitor import Visitor

# In the order of the languages: who, where, and what the page calls moving on.
_NAMES = {
    "newcomer": ("あおい", "Aoi"),
    "photographer": ("Tom", "Tom"),
    "teacher": ("けんた", "Kenta"),
    "nurse": ("みさき", "Misaki"),
    "shopkeeper": ("さやか", "Sayaka"),
    "father": ("ダイスケ", "Daisuke"),
    "moderator": ("ハル", "Haru"),
    "chatting": ("雑談", "chatting"),
    "check_ins": ("近況", "check-ins"),
    "asks": ("相談", "asks"),
    "helpers": ("聞ける人の部屋", "listeners"),
    "reviews": ("記事を読みあう", "reviews"),
    "letter": ("縁だより", "weekly-letter"),
    "moderators": ("運営", "moderators"),
    "hour": ("1時間進める", "Move on 1 hour"),
    "day": ("1日進める", "Move on 1 day"),
    "week": ("1週間進める", "Move on 1 week"),
}
_HOURS = {"hour": 1, "day": 24, "week": 7 * 24}
Names = Mapping[str, tuple[str, str]]


class Guest:
    """Uses one feature. What they say goes by name, ``names`` in the order of the languages; what they see, by key."""

    def __init__(self, visitor: Visitor, language: Locale, feature: str, names: Names) -> None:
        self.visitor = visitor
        self._language: Locale = language
        self._feature = feature
        self._names = {**_NAMES, **names}
        self._texts = Texts()

    def __getitem__(self, name: str) -> str:
        return self._names[name][self._language == "en"]

    def told(self, key: str, **values: object) -> str:
        """The first line of what the bot says for ``key`` on the page, where marks of mentions are not seen."""
        return self._texts(self._language, key, **values).split("\n")[0].replace("*", "").lstrip("# ")

    def become(self, name: str) -> None:
        self.visitor.become(self[name])

    def open(self, channel: str) -> None:
        self.visitor.open(self[channel])

    def button(self, key: str) -> re.Pattern[str]:
        """The name of a button that says so, after its picture if it has one."""
        return re.compile(rf"{re.escape(self.told(key))}$")

    def press(self, key: str, within: Locator | None = None) -> None:
        """Press the newest button that says so."""
        (within or self.visitor.messages()).get_by_role("button", name=self.button(key)).last.click()

    def choose(self, field: str, option: str) -> None:
        self.visitor.choose(self.told(f"{self._feature}.field_{field}"), self.told(option))

    def fill(self, field: str, text: str) -> None:
        """Fill in a text, or that of this name."""
        text = self[text] if text in self._names else text
        label = re.compile(rf"^{re.escape(self.told(f'{self._feature}.field_{field}'))}")
        self.visitor.form().get_by_label(label).fill(text)

    def wait(self, *spans: str) -> None:
        for span in spans:
            self.visitor.wait(self[span], _HOURS[span])

    def sees(self, key: str, **values: object) -> Locator:
        found = self.visitor.message(self.told(key, **values))
        expect(found).not_to_have_count(0)
        return found.last

    def take_picture(self, name: str) -> None:
        self.visitor.take_picture(f"{name}-{self._language}")
