"""What of asks stands in a server's weekly letter."""

from datetime import datetime

from bot.features.members.model import News
from bot.features.peer_help.model import State
from bot.features.peer_help.store import AskStore
from bot.kernel.ids import ServerId
from bot.storage.database import Database

_LOOKED_AT = 20  # open asks: more than a letter has room for


class AskNews:
    """Tells how many asks were answered, and which still wait for a helper."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def news(self, server_id: ServerId, since: datetime, until: datetime) -> list[News]:
        """Return what happened later than ``since``, up to ``until``, and what still waits."""
        async with self._database.read() as transaction:
            store = AskStore(transaction, server_id)
            answered = await store.answered_between(since, until)
            asks = [ask for ask in await store.open_asks(_LOOKED_AT) if ask.state is State.WAITING]
        found = [News("peer_help.news_answered", answered)] if answered else []
        return [*found, *(News("peer_help.news_waits", since=ask.asked_at, url=ask.url) for ask in asks)]
