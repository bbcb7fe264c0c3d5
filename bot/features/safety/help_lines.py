"""Help lines: who answers, when they are open, and which of them to name first.

What ships was written down on the day that stands below. Numbers of the best known lines were compared with stored
copies of public pages, the hours only in part: they change, and moderators are asked to check all of it before they
rely on it (docs/moderators.md). A server's own list takes the place of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60  # minutes
WEEK = 7
_TOKYO = ZoneInfo("Asia/Tokyo")
_CHECKED = date(2026, 11, 26)


@dataclass(frozen=True, slots=True)
class Opening:
    """When a line opens and closes: on ``days`` of the week, 0 for Monday, in minutes of that day.

    What ends after midnight ends at more than a day's minutes.
    """

    days: frozenset[int]
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One help line.

    Attributes:
        names: in Japanese and in English.
        reach: its phone number, or its page.
        openings: when somebody answers; none where that hangs on the place.
        zone: in which zone's hours.
        source: where this is from; empty for what moderators added.
        checked: the day on which it was last looked after: written down by us, or saved by moderators.
    """

    names: tuple[str, str]
    reach: str
    openings: tuple[Opening, ...]
    zone: ZoneInfo
    source: str
    checked: date

    @property
    def is_always_open(self) -> bool:
        """Whether somebody answers day and night."""
        return ALWAYS in self.openings

    @property
    def page(self) -> str:
        """The address that it can be reached by, or read about; empty where there is none."""
        return self.source or (self.reach if self.reach.startswith("http") else "")

    def opens_at(self, now: datetime) -> datetime | None:
        """Return when the line opens next, or opened if it is open at ``now`` (aware); None if no hours are known."""
        spans = (begin for begin, end in self._spans(now) if now < end)
        return min(spans, default=None)

    def is_open(self, now: datetime) -> bool:
        """Return whether somebody answers at ``now`` (aware)."""
        opens_at = self.opens_at(now)
        return opens_at is not None and opens_at <= now

    def _spans(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield when it opens and closes, from yesterday for a week."""
        today = now.astimezone(self.zone).date()
        for day in (today + timedelta(days=number) for number in range(-1, WEEK + 1)):
            midnight = datetime.combine(day, time(), self.zone)  # what is added to it is time on the clock
            for opening in self.openings:
                if day.weekday() in opening.days:
                    begin, end = (midnight + timedelta(minutes=each) for each in (opening.begin, opening.end))
                    yield begin.astimezone(UTC), end.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class HelpNow:
    """The help lines of a server, as they are to be named at ``now``."""

    lines: tuple[HelpLine, ...]
    now: datetime


def by_opening(lines: Iterable[HelpLine], now: datetime) -> list[HelpLine]:
    """Return ``lines`` as they are named at ``now``: those that are open, then the next to open, then the others."""

    def wait(line: HelpLine) -> timedelta:
        opens_at = line.opens_at(now)
        return timedelta.max if opens_at is None else max(opens_at - now, timedelta(0))

    return sorted(lines, key=wait)


_DAILY = frozenset(range(WEEK))
ALWAYS = Opening(_DAILY, 0, DAY)


def _shipped(names: tuple[str, str], reach: str, source: str, *openings: Opening, zone: ZoneInfo = _TOKYO) -> HelpLine:
    return HelpLine(names, reach, openings, zone, source, _CHECKED)


def _daily(begin: int, end: int) -> Opening:
    return Opening(_DAILY, begin * 60, end * 60)


def _on(days: str, begin: int, end: int) -> Opening:
    return Opening(frozenset(map(int, days)), begin * 60, end * 60)


# For those in Japan, and a directory for everybody else. Lines for children are left out: nobody here is one.
SHIPPED = (
    _shipped(
        ("よりそいホットライン", "Yorisoi Hotline (press 2 for other languages)"),
        "0120-279-338",
        "https://www.since2011.net/yorisoi/",
        ALWAYS,
    ),
    _shipped(
        ("#いのちSOS", "#Inochi SOS (Japanese)"),
        "0120-061-338",
        "https://www.lifelink.or.jp/inochisos/",
        _on("034", 0, 24),
        _on("1256", 6, 24),
    ),
    _shipped(
        ("いのちの電話（無料）", "Inochi no Denwa, free (Japanese)"),
        "0120-783-556",
        "https://www.inochinodenwa.org/",
        _daily(16, 21),
    ),
    _shipped(
        ("いのちの電話（ナビダイヤル）", "Inochi no Denwa (Japanese)"),
        "0570-783-556",
        "https://www.inochinodenwa.org/",
        _daily(10, 22),
    ),
    _shipped(
        ("こころの健康相談統一ダイヤル", "Mental health line of your prefecture (Japanese)"),
        "0570-064-556",
        "https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/hukushi_kaigo/seikatsuhogo/jisatsu/kokoro_dial.html",
    ),
    _shipped(
        ("DV相談＋（家庭での暴力）", "DV Soudan Plus (violence at home)"),
        "0120-279-889",
        "https://soudanplus.jp/",
        ALWAYS,
    ),
    _shipped(
        ("あなたのいばしょ（チャット）", "Anata no Ibasho (chat, Japanese)"),
        "https://talkme.jp/",
        "https://talkme.jp/",
        ALWAYS,
    ),
    _shipped(
        ("TELL Lifeline（英語）", "TELL Lifeline (English)"),
        "03-5774-0992",
        "https://telljp.com/lifeline/",
        _on("0123", 9, 23),
        _on("4", 9, 24),
        _on("5", 0, 24),
        _on("6", 0, 23),
    ),
    _shipped(
        ("Find A Helpline（世界の相談窓口）", "Find A Helpline (all countries)"),
        "https://findahelpline.com/",
        "https://findahelpline.com/",
        ALWAYS,
    ),
)
