"""What of reviews stands in a server's weekly letter."""

from datetime import datetime

from bot.features.blog_reviews.store import ReviewStore
from bot.features.members.model import News
from bot.kernel.ids import ServerId
from bot.storage.database import Database


class ReviewNews:
    """Tells to how many requests feedback came, and which still wait for a reader."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def news(self, server_id: ServerId, since: datetime, until: datetime) -> list[News]:
        """Return what happened later than ``since``, up to ``until``, and what still waits."""
        async with self._database.read() as transaction:
            store = ReviewStore(transaction, server_id)
            answered, waiting = await store.answered_between(since, until), await store.waiting()
        found = [News("blog_reviews.news_read", answered)] if answered else []
        waits = [News("blog_reviews.news_waits", since=each.requested_at, url=each.card_url) for each in waiting]
        return [*found, *waits]
