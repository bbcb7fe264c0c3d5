"""How people behave, as ranges, each with its source or the word that it is an assumption."""

import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Rates:
    """One choice out of all ranges; what each is stands in ``RANGES``. Shares are those of 1."""

    asks: float
    hard: float
    helpers: float
    agreed: float
    by_dm: float
    keep_two: float
    never: float
    reads: float
    lag: float
    answers: float
    passes: float
    silent: float
    off_topic: float
    diffused: float
    muted: float
    unasked: float
    called: float
    tolerance: float
    stops: float
    tires: float


class Range(NamedTuple):
    low: float
    high: float
    what: str
    source: str

    def at(self, place: float) -> float:
        """Return what is at a ``place`` between 0 and 1 along it."""
        return self.low + place * (self.high - self.low)


_GITHUB = "[GitHub](https://arxiv.org/abs/1806.08457)"
_REVIEWERS = (
    "[reviewers](https://peerreviewcongress.org/abstract/trends-in-and-reasons-for-peer-reviewers-declining-"
    "invitations-to-review-at-diseases-of-the-colon-rectum-2016-2021/)"
)

RANGES = {
    "asks": Range(0.7, 3, "asks a day", "assumption"),
    "hard": Range(
        0.08,
        0.15,
        "of the asks, about which hardly anybody knows anything",
        "unanswered: 8 % on [Stack Overflow](https://doi.org/10.1145/1978942.1979366), 12 % on "
        "[Aardvark](https://prlib.ru/en/events/660336)",
    ),
    "helpers": Range(
        0.12,
        0.33,
        "of the members, who offer topics; a role holds all of them",
        "a [tenth](https://www.nngroup.com/articles/participation-inequality/) take part in large communities; "
        "upper end assumed",
    ),
    "agreed": Range(0.4, 0.8, "of these, who agreed that the bot asks them", "assumption"),
    "by_dm": Range(0.5, 0.9, "of these, by private message and not in the inbox alone", "assumption"),
    "keep_two": Range(0.7, 0.95, "of the helpers, who leave the weekly number at 2", "assumption"),
    "never": Range(
        0.2,
        0.56,
        "of the helpers, who never answer when asked",
        f"19 % of mentions on {_GITHUB} are answered, 43 % without people who never do; lower end assumed",
    ),
    "reads": Range(0.6, 0.9, "of pings and invitations, which are read", "assumption"),
    "lag": Range(
        0.25,
        3,
        "median hours awake until they are",
        "[minutes](http://docplayer.net/11899385-An-in-situ-study-of-mobile-phone-notifications.html) on phones; "
        "upper end assumed",
    ),
    "answers": Range(
        0.3,
        0.7,
        "of other readers, who say that they answer, about their topic",
        f"with the rates above, 8 to 50 % of all asked; [17 to 47 %](https://mhealth.jmir.org/2023/1/e41551) of "
        f"volunteers who are alerted, 19 % on {_GITHUB}, "
        "[41 to 47 %](https://link.springer.com/article/10.1186/s41073-016-0022-7) of reviewers",
    ),
    "passes": Range(
        0.1, 0.6, "of those who don't, who say so", f"9 % of {_REVIEWERS} decline, 14 % say nothing; lower end assumed"
    ),
    "silent": Range(
        0.04,
        0.25,
        "of those who said so, who then write nothing",
        f"5 % of {_REVIEWERS}; upper end assumed",
    ),
    "off_topic": Range(0.05, 0.4, "times as likely one answers about a topic of others", "assumption"),
    "diffused": Range(
        0.4,
        1,
        "times as likely one answers when all were pinged at once",
        "fewer answer a mail to [many](https://docslib.org/doc/2926955/electronic-helping-behavior-the-virtual-presence)"
        ", or [no fewer](https://paperexplained.cn/articles/paper/detail/dc8266b1f7d1dd5fbe3840a5571552aadf63947e); "
        "lower end assumed",
    ),
    "muted": Range(
        0.13,
        0.38,
        "of a role, who never get its pings",
        "the chat of a hobby, and of friends, [muted](https://staging.irishtimes.com/business/2023/12/13/"
        "survey-finds-four-fifths-of-adults-have-pressed-mute-on-family-friends-or-work-group-chat)",
    ),
    "unasked": Range(0.2, 1.2, "who write to an ask unasked, on average", "assumption"),
    "called": Range(0.1, 0.6, "more of them, once the helpers' channel heard of it", "assumption"),
    "tolerance": Range(
        1,
        3,
        "times as many pings as users of apps say are too many",
        "1 a week for 10 %, 2 to 5 for 37 %, 6 to 10 for 33 % ([survey](https://marketingprofs.com/charts/2018/33486/"
        "how-many-mobile-push-notifications-are-too-many)); upper end assumed",
    ),
    "stops": Range(
        0.001,
        0.005,
        "chance that a ping is the last one",
        "[0.2 to 0.5 %](https://onesignal.com/glossary/unsubscribe-rate) of mails; lower end assumed",
    ),
    "tires": Range(
        0.005,
        0.15,
        "chance of the same, of one too many",
        "[0.5 to 2 %](https://onesignal.com/glossary/unsubscribe-rate) of text messages; upper end assumed",
    ),
}

# Corners are those of seven bundles of rates that pull the same way. One with a minus is at the other end of its range.
BUNDLES = {
    "busy": ("asks", "hard"),
    "many helpers": ("helpers", "agreed", "by_dm", "-keep_two"),
    "attentive": ("reads", "-lag"),
    "willing": ("answers", "-never", "-silent", "passes"),
    "lively": ("unasked", "called"),
    "role heeded": ("diffused", "-muted", "off_topic"),
    "patient": ("tolerance", "-stops", "-tires"),
}


def corners() -> Iterator[tuple[frozenset[str], Rates]]:
    """Yield all corners, each with the bundles that are at their upper end."""
    for ends in itertools.product((0, 1), repeat=len(BUNDLES)):
        places: dict[str, float] = {}
        for names, end in zip(BUNDLES.values(), ends, strict=True):
            places |= {name.removeprefix("-"): 1 - end if name.startswith("-") else end for name in names}
        yield frozenset(itertools.compress(BUNDLES, ends)), _at(places)


def sample(points: int) -> Iterator[Rates]:
    """Yield a latin hypercube: along each range by itself, one point in each of as many equal parts."""
    chance = random.Random(points)
    columns = {name: [(part + chance.random()) / points for part in range(points)] for name in RANGES}
    for column in columns.values():
        chance.shuffle(column)
    for point in range(points):
        yield _at({name: column[point] for name, column in columns.items()})


def _at(places: Mapping[str, float]) -> Rates:
    return Rates(*(RANGES[field.name].at(places[field.name]) for field in fields(Rates)))
