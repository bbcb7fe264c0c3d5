"""What of members stands in Discord: the line that greets a newcomer."""

from bot.features.members.store import MemberStore
from bot.features.setup.service import Setup
from bot.kernel.errors import DiscordTrouble, PlaceGone
from bot.kernel.ids import ChannelId, MemberId, MessageId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Outgoing


class MemberPosts:
    """Tells the worker what to post now, and notes what was posted."""

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._setup = setup

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return the public line that greets a newcomer, unless it was posted."""
        server_id = _server_of(effect)
        async with self._database.read() as transaction:
            newcomer = await MemberStore(transaction, server_id).newcomer(effect.object_id)
        if newcomer is None or newcomer.message_id is not None:
            return None
        server = await self._setup.server(server_id)
        pings = (MemberId(newcomer.member_id),)
        return Outgoing(ChannelId(newcomer.channel_id), None, server.language, newcomer, pings)

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note the greeting, so that nobody is greeted twice."""
        if result_id is not None:
            store = MemberStore(transaction, _server_of(effect))
            await store.welcomed(effect.object_id, MessageId(result_id))

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Let a greeting that can't be posted go: a later one would greet nobody new. Moderators are told why."""
        if isinstance(trouble, PlaceGone) and trouble.channel_id is not None:
            channel_id = ChannelId(trouble.channel_id)
            await self._setup.report(transaction, _server_of(effect), effect.feature, channel_id, trouble.code)
        return True


def _server_of(effect: Effect) -> ServerId:
    assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
    return effect.server_id
