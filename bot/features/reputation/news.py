"""What of thanks stands in a server's weekly letter."""

from datetime import datetime

from bot.features.members.model import News
from bot.features.reputation.store import ReputationStore
from bot.kernel.ids import ServerId
from bot.storage.database import Database


class ThanksNews:
    """Tells how many thanks were posted: those that both wish to be public, and no others."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def news(self, server_id: ServerId, since: datetime, until: datetime) -> list[News]:
        """Return what happened from ``since`` on, up to ``until``; nobody waits for thanks."""
        async with self._database.read() as transaction:
            count = await ReputationStore(transaction, server_id).published_between(since, until)
        return [News("reputation.news_thanks", count)] if count else []
