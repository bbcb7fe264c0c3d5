"""The forms of check-ins: what each consists of, how it is filled, and what was chosen in it."""

from datetime import time

import babel.dates

from bot.features.check_ins.model import PROMPT_LIMIT, WORDS_LIMIT, Answer, Mood, Planned, Prompt, Shows
from bot.kernel.dates import typed_time
from bot.kernel.errors import Refusal
from bot.kernel.i18n import Locale, Texts
from cogs._ui.forms import ChannelField, FormPlan, MenuField, Options, TextField, fixed
from cogs._ui.host import Fields
from cogs._ui.request import Request

FEATURE = "check_ins"
_TIME_LIMIT = 12  # characters
_DAY_LIMIT = 50  # characters: more than any spelling of a day has
_ZONE_LIMIT = 64  # characters; the longest name in the IANA list has 32
_COUNTRY_LIMIT = 2  # characters of an ISO code
_WEEK = 7


class Forms:
    """Says what each form consists of."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def schedule(self, action: str) -> FormPlan:
        """When prompts are posted, and where."""
        fields = ChannelField("channel", required=True), *self._times(), TextField("country", _COUNTRY_LIMIT)
        return FormPlan(FEATURE, action, fields)

    def own_plan(self) -> FormPlan:
        """When a member is asked alone."""
        return FormPlan(FEATURE, "own_plan", self._times())

    def own_pause(self) -> FormPlan:
        """Until when a member who is asked alone wishes a break."""
        return FormPlan(FEATURE, "own_pause", (TextField("until", _DAY_LIMIT, required=True),))

    def prompt(self, action: str) -> FormPlan:
        """A prompt of the server's own, in one language or both."""
        fields = tuple(TextField(each, PROMPT_LIMIT, long=True) for each in ("prompt_ja", "prompt_en"))
        return FormPlan(FEATURE, action, fields)

    def answer(self) -> FormPlan:
        """What somebody answers, how they are, and who sees it."""
        return FormPlan(FEATURE, "answer", (*self._said(), MenuField("shows", fixed(self._shows), required=True)))

    def own_answer(self) -> FormPlan:
        """What somebody answers who is asked alone, and how they are."""
        return FormPlan(FEATURE, "own_answer", self._said())

    def _times(self) -> tuple[MenuField | TextField, ...]:
        return (
            MenuField("days", fixed(day_names), most=_WEEK, required=True),
            TextField("at", _TIME_LIMIT, required=True),
            TextField("zone", _ZONE_LIMIT),
        )

    def _said(self) -> tuple[TextField, MenuField]:
        return TextField("words", WORDS_LIMIT, long=True), MenuField("mood", fixed(self._moods))

    def _moods(self, locale: Locale) -> Options:
        return [(mood, self._texts(locale, f"{FEATURE}.mood_{mood}")) for mood in Mood]

    def _shows(self, locale: Locale) -> Options:
        return [(each, self._texts(locale, f"{FEATURE}.shows_{each}")) for each in Shows]


def day_names(locale: Locale) -> Options:
    """Return the days of the week, from Monday on, for a menu."""
    return [(str(day), name) for day, name in babel.dates.get_day_names("wide", locale=locale).items()]


def filled_schedule(planned: Planned) -> Fields:
    """Return the form of a schedule as it is filled in."""
    return {
        "channel": () if planned.channel_id is None else (str(planned.channel_id),),
        "days": tuple(str(day) for day in sorted(planned.days)),
        "at": f"{planned.at:%H:%M}",
        "zone": planned.zone.key,
        "country": planned.country,
    }


def filled_prompt(prompt: Prompt) -> Fields:
    """Return the form of a prompt as it is filled in."""
    return {f"prompt_{language}": words for language, words in prompt.words.items()}


def filled_answer(answer: Answer | None) -> Fields:
    """Return the form of an answer as it is filled in."""
    if answer is None:
        return {"shows": (Shows.NAME,)}
    return {"words": answer.words, "shows": (answer.shows,), "mood": () if answer.mood is None else (answer.mood,)}


def days_in(request: Request) -> frozenset[int]:
    """Return the days of the week that were chosen, 0 for Monday."""
    return frozenset(day for day in range(_WEEK) if str(day) in request.chosen("days"))


def time_in(request: Request) -> time:
    """Return the time of day that was typed.

    Raises:
        Refusal: it can't be read.
    """
    at = typed_time(request.text("at"))
    if at is None:
        raise Refusal("check_ins.no_time")
    return at


def mood_in(request: Request) -> Mood | None:
    """Return the mood that was chosen, if any."""
    return next((each for each in Mood if (each.value,) == request.chosen("mood")), None)
