"""How reviews went in the demo's server: by command and form, and by the buttons of cards."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from bot.demo.hand import Hand
from bot.demo.people import Person
from bot.demo.reviews import REVIEWS, Gratitude, Reaction, Reader, Review
from bot.demo.scene import Event, Scene
from bot.demo.world import Answer


class Reading:
    """Tells what became of each request to be read."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._language = scene.language

    def events(self) -> Iterator[Event]:
        """What happens to the requests, from the moments when they are made."""
        for review in REVIEWS:
            yield review.before, partial(self._request, review)
            for reaction in review.reactions:
                yield review.before - timedelta(hours=reaction.hours), partial(self._react, review, reaction)
            reader, gratitude = review.reader, review.gratitude
            if reader is not None:
                yield review.before - timedelta(hours=reader.hours), partial(self._claim, review, reader)
            if reader is not None and reader.at is not None:
                yield review.before - timedelta(hours=reader.at), partial(self._deliver, review, reader)
            if reader is not None and gratitude is not None:
                thank = partial(self._thank, review, reader, gratitude)
                yield review.before - timedelta(hours=gratitude.hours), thank

    async def _request(self, review: Review) -> None:
        hand = self._hand(review.who)
        opened = await hand.run("review request")
        title, question = review.title[self._language], review.question[self._language]
        await hand.fill(opened, {"url": review.url, "title": title, "wants": [review.wants], "question": question})

    async def _claim(self, review: Review, reader: Reader) -> None:
        opened = await self._press(review, reader.who, "claim")
        await self._hand(reader.who).fill(opened, {"by": [reader.by]})

    async def _react(self, review: Review, reaction: Reaction) -> None:
        opened = await self._press(review, reaction.who, "quick")
        await self._hand(reaction.who).fill(opened, {"quick": reaction.words[self._language]})

    async def _deliver(self, review: Review, reader: Reader) -> None:
        opened = await self._manage(review, reader.who, "deliver")
        words = {field: text[self._language] for field, text in (reader.words or {}).items()}
        await self._hand(reader.who).fill(opened, words)

    async def _thank(self, review: Review, reader: Reader, gratitude: Gratitude) -> None:
        opened = await self._manage(review, review.who, "thank")
        thanked, reason = [self._scene.member(reader.who)], gratitude.reason[self._language]
        await self._hand(review.who).fill(opened, {"thanked": thanked, "reason": reason, "sharing": ["private"]})
        if gratitude.closes:
            asked = await self._manage(review, review.who, "close")
            await self._hand(review.who).press(asked.messages[0], "blog_reviews:close_confirm")

    async def _manage(self, review: Review, who: Person, action: str) -> Answer:
        """Press a button of the menu that author and reader open from the card."""
        menu = await self._press(review, who, "manage")
        return await self._hand(who).press(menu.messages[0], f"blog_reviews:{action}")

    async def _press(self, review: Review, who: Person, action: str) -> Answer:
        """Press a button of the card, on which its thread hangs: that has the card's id."""
        scene = self._scene
        card_id = scene.thread(review.title[self._language])
        card = scene.world.message(scene.channels[scene.rooms.reviews], card_id)
        return await self._hand(who).press(card, f"blog_reviews:{action}")

    def _hand(self, who: Person) -> Hand:
        return self._scene.hand(who, self._scene.rooms.reviews)
