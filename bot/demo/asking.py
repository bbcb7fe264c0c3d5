"""How asks went in the demo's server: by command and form, by the helpers' buttons, and by what is said in threads."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from bot.demo.asks import ASKS, Ask, Ending, Word
from bot.demo.people import Person
from bot.demo.scene import SOON_AFTER, Event, Scene


class Asking:
    """Tells what became of each ask."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._language = scene.language

    def events(self) -> Iterator[Event]:
        """What happens to the asks, from the moments when they are asked."""
        for ask in ASKS:
            yield ask.before, partial(self._ask, ask)
            for who in ask.me_too:
                yield ask.before - 2 * SOON_AFTER, partial(self._know_it_too, ask, who)
            for word in ask.talk:
                yield ask.before - timedelta(hours=word.hours), partial(self._talk, ask, word)
            if ask.ending is not None:
                yield ask.before - timedelta(hours=ask.ending.hours), partial(self._close, ask, ask.ending)

    async def _ask(self, ask: Ask) -> None:
        scene = self._scene
        words = {"title": ask.title[self._language], "details": ask.details[self._language]}
        if ask.first is not None:
            hand = scene.hand(ask.who, scene.rooms.introductions)
            opened = await hand.press(scene.cards[scene.name(ask.first)], "peer_help:ask_me")
            await hand.fill(opened, {"topic": [ask.topic], "wants": [ask.wants], **words})
            return
        hand = scene.hand(ask.who, scene.rooms.chatting)
        name = ["yes" if ask.is_anonymous else "no"]
        asked = await hand.fill(
            await hand.run("ask new"), {"topic": [ask.topic], "wants": [ask.wants], "anonymous": name, **words}
        )
        if ask.is_anonymous:
            await hand.press(asked.messages[0], "peer_help:post_now")

    async def _know_it_too(self, ask: Ask, who: Person) -> None:
        hand = self._scene.hand_in(who, self._thread(ask))
        await hand.press(hand.newest("peer_help:me_too"), "peer_help:me_too")

    async def _talk(self, ask: Ask, word: Word) -> None:
        """Say something in an ask's thread; whose first word it is there says before that they can help."""
        hand, words = self._scene.hand_in(word.who, self._thread(ask)), word.words[self._language]
        if word.who is ask.who and ask.is_anonymous:
            mine = await hand.press(hand.newest("peer_help:manage"), "peer_help:manage")
            await hand.fill(await hand.press(mine.messages[0], "peer_help:reply"), {"reply": words})
            return
        if word.who is not ask.who and word is next(each for each in ask.talk if each.who is word.who):
            await self._say_that_one_can_help(ask, word.who)
        await hand.say(words)

    async def _say_that_one_can_help(self, ask: Ask, helper: Person) -> None:
        if ask.is_invited(helper):
            hand, control = self._scene.hand_in_private(helper), "peer_help:here_asked"
        else:
            hand, control = self._scene.hand(helper, self._scene.rooms.helpers), "peer_help:here"
        await hand.press(hand.newest(control), control)

    async def _close(self, ask: Ask, ending: Ending) -> None:
        hand = self._scene.hand_in(ask.who, self._thread(ask))
        mine = await hand.press(hand.newest("peer_help:manage"), "peer_help:manage")
        thanked, reason = [self._scene.member(ending.thanked)], ending.reason[self._language]
        thanks = {"thanked": thanked, "reason": reason, "sharing": ["private"]}
        helped = {"helped": ending.helped[self._language], "findable": ["yes"]}
        await hand.fill(await hand.press(mine.messages[0], "peer_help:resolve"), thanks | helped)

    def _thread(self, ask: Ask) -> int:
        """The thread of an ask: it is called as the ask is."""
        return self._scene.thread(ask.title[self._language])
