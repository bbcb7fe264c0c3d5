"""How check-ins went in the demo's server: planned by command and form, answered by the buttons of cards and DMs."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import holidays

from bot.demo.check_ins import (
    HOLIDAYS_OF,
    LETTER,
    MIDWEEK,
    OWN,
    OWN_SINCE,
    QUESTIONS,
    WEEKEND,
    Mood,
    Reply,
)
from bot.demo.people import HARU
from bot.demo.scene import SOON_AFTER, Event, Scene
from bot.features.check_ins.times import Plan, Skips, coming

_LONG_AGO: Final = timedelta(weeks=len(QUESTIONS))  # in which enough is asked, even if every midweek is a holiday


class CheckingIn:
    """Tells what was asked, and who answered."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._language = scene.language

    def events(self, evening: datetime) -> Iterator[Event]:
        """What happens to check-ins before the visitor's ``evening``: on which days lies with its day of the week."""
        times = _asked(evening)
        yield evening - times[0] + SOON_AFTER, self._plan
        for asked, question in zip(times, QUESTIONS, strict=True):
            for reply in question.replies:
                yield evening - asked - timedelta(hours=reply.hours), partial(self._reply, reply)
        yield LETTER, self._let_letters_come
        yield OWN_SINCE, self._plan_own
        for asked, mood in zip(_until(evening, OWN_SINCE, OWN.plan), OWN.moods, strict=True):
            if mood is not None:
                yield evening - asked - SOON_AFTER, partial(self._reply_alone, mood)

    async def _plan(self) -> None:
        """Let moderators write what is asked, and choose when."""
        rooms = self._scene.rooms
        hand = self._scene.hand(HARU, rooms.moderators)
        for question in QUESTIONS:
            words = {f"prompt_{language}": text for language, text in question.words.items()}
            await hand.fill(await hand.run("prompts add"), words)
        where = {"channel": [str(self._scene.channels[rooms.check_ins])]}
        for plan, country in (MIDWEEK, HOLIDAYS_OF), (WEEKEND, ""):
            filled = where | _filled(plan) | {"country": country}
            hand.demand(await hand.fill(await hand.run("schedule add"), filled), "check_ins:schedule_edit")

    async def _reply(self, reply: Reply) -> None:
        hand = self._scene.hand(reply.who, self._scene.rooms.check_ins)
        opened = await hand.press(hand.newest("check_ins:answer"), "check_ins:answer")
        shows = ["name" if reply.is_named else "nameless"]
        words = reply.words[self._language] if reply.words else ""
        answered = await hand.fill(opened, {"words": words, "mood": [reply.mood], "shows": shows})
        hand.demand(answered, "check_ins:change")

    async def _let_letters_come(self) -> None:
        """Let moderators choose where."""
        rooms = self._scene.rooms
        hand = self._scene.hand(HARU, rooms.moderators)
        panel = (await hand.run("setup panel")).messages[0]
        await hand.press(panel, "setup:channels")
        await hand.choose(panel, "setup:letter_channel", str(self._scene.channels[rooms.letter]))

    async def _plan_own(self) -> None:
        hand = self._scene.hand(OWN.who, self._scene.rooms.chatting)
        mine = (await hand.run("checkin me")).messages[0]
        await hand.fill(await hand.press(mine, "check_ins:own_plan"), _filled(OWN.plan))

    async def _reply_alone(self, mood: Mood) -> None:
        hand = self._scene.hand_in_private(OWN.who)
        opened = await hand.press(hand.newest("check_ins:own_answer"), "check_ins:own_answer")
        await hand.fill(opened, {"mood": [mood]})


def _asked(evening: datetime) -> Sequence[datetime]:
    """Return when everybody was asked, in order: on as many of the last days as there are questions."""
    days = holidays.country_holidays(HOLIDAYS_OF)
    midweek = _until(evening, _LONG_AGO, MIDWEEK, lambda day: day in days)
    return sorted([*midweek, *_until(evening, _LONG_AGO, WEEKEND)])[-len(QUESTIONS) :]


def _until(evening: datetime, since: timedelta, plan: Plan, skips: Skips = lambda _: False) -> Iterator[datetime]:
    """Return what a plan has come to by then, from ``since`` before on."""
    for due in coming(plan, evening - since, skips):
        if due.due_at >= evening:
            return
        yield due.due_at


def _filled(plan: Plan) -> dict[str, str | Sequence[str]]:
    return {"days": [str(day) for day in sorted(plan.days)], "at": f"{plan.at:%H:%M}"}
