"""The server's list of topics: the shipped one, until moderators make it their own."""

from collections.abc import Awaitable, Callable, Sequence

from bot.features.members.model import TOPIC_LENGTH, TOPICS, TOPICS_LIMIT
from bot.features.members.store import MemberStore
from bot.kernel.errors import Refusal
from bot.kernel.i18n import LOCALES, Locale, Texts
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.text import fold, is_visible, storable
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction

Changed = Callable[[Transaction, ServerId], Awaitable[None]]
Renamed = Callable[[Transaction, ServerId, str, str], Awaitable[None]]


class Topics:
    """One method for each thing that moderators do to the list.

    A topic that a server made itself *is* its name, in both languages; a shipped one is a code with words in the
    catalogue.
    """

    def __init__(self, database: Database, texts: Texts) -> None:
        self._database = database
        self._texts = texts
        self._renamed: Sequence[Renamed] = ()
        self._changed: Changed = _nobody

    def attach(self, renamed: Sequence[Renamed], changed: Changed | None = None) -> None:
        """Hand in what has to follow when a topic gets another name, and when the list is another one."""
        self._renamed = renamed
        self._changed = changed or _nobody

    async def of(self, server_id: ServerId) -> tuple[str, ...]:
        """Return a server's topics, in the moderators' order."""
        async with self._database.read() as transaction:
            return await self._of(transaction, server_id)

    async def like(self, server_id: ServerId, typed: str, locale: Locale) -> list[tuple[str, str]]:
        """Return the server's topics whose label holds what was ``typed`` so far: each with its label."""
        labelled = [(topic, self.label(locale, topic)) for topic in await self.of(server_id)]
        return [(topic, label) for topic, label in labelled if fold(storable(typed)) in fold(label)]

    async def add(self, server_id: ServerId, by: MemberId, name: str, place: int | None) -> tuple[str, ...]:
        """Add a topic called ``name``, at the ``place`` counted from 1, or at the end.

        Raises:
            Refusal: the name can't be one, it is there already, or the list is full.
        """
        topic = self._named(name)
        async with self._database.write() as transaction:
            topics = await self._of(transaction, server_id)
            if self._same(topic, topics):
                raise Refusal("members.topic_there", topic=self._label(topic))
            if len(topics) >= TOPICS_LIMIT:
                raise Refusal("members.topics_full")
            after = _placed(topics, topic, place)
            return await self._keep(transaction, server_id, by, "topics.add", after, self._label(topic))

    async def edit(
        self, server_id: ServerId, by: MemberId, topic: str, name: str, place: int | None
    ) -> tuple[str, ...]:
        """Give a topic another name, another place, or both; an empty ``name`` leaves it as it is.

        Raises:
            Refusal: there is no such topic, or the name can't be one or is there already.
        """
        async with self._database.write() as transaction:
            topics = await self._of(transaction, server_id)
            old = self._found(topic, topics)
            new = self._named(name) if name.strip() else old
            others = tuple(each for each in topics if each != old)
            if self._same(new, others):
                raise Refusal("members.topic_there", topic=self._label(new))
            after = _placed(others, new, topics.index(old) + 1 if place is None else place)
            if new != old:
                for renamed in self._renamed:
                    await renamed(transaction, server_id, old, new)
            words = " → ".join(dict.fromkeys((self._label(old), self._label(new))))
            return await self._keep(transaction, server_id, by, "topics.edit", after, words)

    async def remove(self, server_id: ServerId, by: MemberId, topic: str) -> tuple[str, ...]:
        """Take a topic off the list; whoever chose it keeps it on their card until they write again.

        Raises:
            Refusal: there is no such topic, or it is the last one.
        """
        async with self._database.write() as transaction:
            topics = await self._of(transaction, server_id)
            gone = self._found(topic, topics)
            if len(topics) == 1:
                raise Refusal("members.last_topic")
            after = tuple(each for each in topics if each != gone)
            return await self._keep(transaction, server_id, by, "topics.remove", after, self._label(gone))

    def meant(self, typed: str, topics: Sequence[str]) -> str | None:
        """Return which of ``topics`` is meant by its code, or by its label in either language; None if none is."""
        wanted = fold(typed)
        return next((topic for topic in topics if wanted in self._names(topic)), None)

    def label(self, locale: Locale, topic: str) -> str:
        """Return what a topic is called."""
        return self._texts(locale, f"topic.{topic}") if topic in TOPICS else topic

    def _found(self, typed: str, topics: Sequence[str]) -> str:
        topic = self.meant(typed, topics)
        if topic is None:
            raise Refusal("members.no_topic", topic=storable(typed)[:TOPIC_LENGTH])
        return topic

    def _named(self, name: str) -> str:
        topic = " ".join(storable(name).split())
        if not is_visible(topic) or len(topic) > TOPIC_LENGTH:
            raise Refusal("members.topic_name", limit=TOPIC_LENGTH)
        return self.meant(topic, TOPICS) or topic  # a shipped one that was removed comes back as what it was

    def _same(self, topic: str, topics: Sequence[str]) -> bool:
        return any(self._names(topic) & self._names(each) for each in topics)

    def _names(self, topic: str) -> set[str]:
        labels = [self.label(locale, topic) for locale in LOCALES]
        return {fold(name) for name in (topic, *labels)}

    def _label(self, topic: str) -> str:
        return " / ".join(dict.fromkeys(self.label(locale, topic) for locale in LOCALES))

    @staticmethod
    async def _of(transaction: Transaction, server_id: ServerId) -> tuple[str, ...]:
        return tuple(await MemberStore(transaction, server_id).topics()) or TOPICS

    async def _keep(
        self, transaction: Transaction, server_id: ServerId, by: MemberId, act: str, topics: tuple[str, ...], words: str
    ) -> tuple[str, ...]:
        if topics != await Topics._of(transaction, server_id):
            await MemberStore(transaction, server_id).keep_topics(topics)
            await Acts(transaction).note(server_id, by, act, words=words)
            await self._changed(transaction, server_id)
        return topics


async def _nobody(_transaction: Transaction, _server_id: ServerId) -> None:
    """Nobody follows."""


def _placed(topics: tuple[str, ...], topic: str, place: int | None) -> tuple[str, ...]:
    at = len(topics) if place is None else min(max(place - 1, 0), len(topics))
    return (*topics[:at], topic, *topics[at:])
