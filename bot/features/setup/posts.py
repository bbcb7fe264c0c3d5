"""What of set-up stands in Discord: the members' panel, the hint, reported problems, the channels that were made."""

from bot.features.setup.model import FORUMS, MADE, Place, Server
from bot.features.setup.service import FEATURE, Setup
from bot.features.setup.store import SetupStore
from bot.kernel.errors import DiscordTrouble, ObjectGone
from bot.kernel.ids import ChannelId, MessageId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb


class SetupPosts:
    """Tells the worker what to post now, and notes what was posted."""

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._setup = setup

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return what ``effect`` comes to now."""
        async with self._database.read() as transaction:
            store = SetupStore(transaction, _server_of(effect))
            server = await store.find()
            problem = await store.problem(effect.object_id) if effect.card == "problem" else None
        if server is None:
            return None
        if effect.card == "problem":
            if problem is None or problem.message_id is not None:
                return None
            return _to(server, server.places.get(Place.MODERATORS), problem)
        if effect.card == "hint":
            return None if server.hint_message_id else _to(server, server.hint_channel_id, server)
        if effect.verb is Verb.CHANNEL:
            return _channel(_made_by(effect), server)
        return _panel(effect.verb, server)

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note what was posted or made; let the panel be pinned."""
        store = SetupStore(transaction, _server_of(effect))
        server = await store.find()
        if result_id is None or server is None:
            return
        if effect.verb is Verb.CHANNEL:
            await self._setup.place_made(transaction, _server_of(effect), _made_by(effect), ChannelId(result_id))
        elif effect.card == "hint":
            await store.hint_posted(MessageId(result_id))
        elif effect.card == "problem":
            await store.problem_posted(effect.object_id, MessageId(result_id))
        elif outgoing.channel_id == server.panel_channel_id:  # else it belongs to another channel now
            await store.set_panel(outgoing.channel_id, MessageId(result_id), server.panel_serial)
            await Effects(transaction).put(
                Verb.PIN, FEATURE, "panel", effect.object_id, server_id=_server_of(effect), serial=server.panel_serial
            )

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Note a panel that is gone; all else the moderators have to mend."""
        if not isinstance(trouble, ObjectGone):
            return False
        store = SetupStore(transaction, _server_of(effect))
        server = await store.find()
        if server is not None and server.panel_message_id == trouble.message_id:  # else it is another panel by now
            await store.lose_panel()
        return True


def _server_of(effect: Effect) -> ServerId:
    assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
    return effect.server_id


def _made_by(effect: Effect) -> Place:
    return next(place for place, card in MADE.items() if card == effect.card)


def _channel(place: Place, server: Server) -> Outgoing | None:
    if place in server.places:
        return None
    return Outgoing(ChannelId(server.server_id), None, server.language, server, is_forum=place in FORUMS)


def _to(server: Server, channel_id: int | None, subject: object) -> Outgoing | None:
    return None if channel_id is None else Outgoing(ChannelId(channel_id), None, server.language, subject)


def _panel(verb: Verb, server: Server) -> Outgoing | None:
    if verb is Verb.SEND:
        is_wanted = server.panel_message_id is None and server.panel_channel_id == server.introductions_channel_id
        return _to(server, server.panel_channel_id, server) if is_wanted else None
    if server.panel_channel_id is None or server.panel_message_id is None:
        return None
    message_id = MessageId(server.panel_message_id)
    return Outgoing(ChannelId(server.panel_channel_id), message_id, server.language, server)
