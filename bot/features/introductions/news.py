"""What of introductions stands in a server's weekly letter."""

from datetime import datetime

from bot.features.introductions.model import LISTED_FOR
from bot.features.introductions.store import IntroductionStore
from bot.features.members.model import News
from bot.kernel.ids import ServerId
from bot.storage.database import Database


class IntroductionNews:
    """Tells who came, and who waits for a first hello."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def news(self, server_id: ServerId, since: datetime, until: datetime) -> list[News]:
        """Return what happened later than ``since``, up to ``until``, and what still waits."""
        async with self._database.read() as transaction:
            store = IntroductionStore(transaction, server_id)
            came = await store.published_between(since, until)
            cards = await store.unanswered(transaction.now - LISTED_FOR, transaction.now)
        found = [News("introductions.news_came", came)] if came else []
        waits = [News("introductions.news_waits", since=each.published_at, url=each.card_url) for each in cards]
        return [*found, *waits]
