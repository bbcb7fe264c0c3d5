"""What of thanks stands in Discord: those that both wish to be public, in the channel for thanks."""

from dataclasses import dataclass

from bot.features.reputation.model import Publication, PublicationState, Thanks
from bot.features.reputation.store import ReputationStore
from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from bot.kernel.errors import UNKNOWN_CHANNEL, DiscordTrouble, ObjectGone, PlaceGone
from bot.kernel.ids import ChannelId, MessageId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Outgoing, Verb

FEATURE = "reputation"
POST = "post"


@dataclass(frozen=True, slots=True)
class PublicThanks:
    """A thanks as the channel shows it; ``is_shown`` is False once it is public no more."""

    thanks: Thanks
    is_shown: bool


async def publish(transaction: Transaction, publication: Publication, server: Server) -> None:
    """Let a thanks that both wish to be public be posted, or its post show it again."""
    server_id = ServerId(publication.server_id)
    if publication.message_id is not None:
        await _want(transaction, Verb.EDIT, publication)
        return
    channel_id = publication.channel_id or server.places.get(Place.THANKS)
    if channel_id is not None:
        store = ReputationStore(transaction, server_id)
        await store.place_publication(publication.publication_id, ChannelId(channel_id), None)
    await _want(transaction, Verb.SEND, publication)


async def follow(transaction: Transaction, publication: Publication) -> None:
    """Let the post of a thanks come to what is kept of it."""
    if publication.message_id is not None:
        await _want(transaction, Verb.EDIT, publication)


def is_removed(publication: Publication) -> bool:
    """Return whether the post of a thanks was removed, or hidden before it came: it does not come back."""
    return publication.state is PublicationState.HIDDEN and publication.message_id is None


class ReputationPosts:
    """Tells the worker what to post now, and notes what was posted."""

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._setup = setup

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return what ``effect`` comes to now.

        Raises:
            PlaceGone: there is no channel for thanks any more.
        """
        server = await self._setup.server(_server_of(effect))
        async with self._database.read() as transaction:
            store = ReputationStore(transaction, _server_of(effect))
            publication = await store.publication(effect.object_id)
            thanks = None if publication is None else await store.thanks(publication.sequence)
        if publication is None or thanks is None:
            return None
        subject = PublicThanks(thanks, _is_shown(publication, thanks))
        if effect.verb is Verb.EDIT:
            if publication.channel_id is None or publication.message_id is None:
                return None
            place = ChannelId(publication.channel_id), MessageId(publication.message_id)
            return Outgoing(*place, server.language, subject)
        # What an interrupted attempt may have posted is looked for, also when it is not wanted any more.
        if publication.message_id is not None or not (subject.is_shown or effect.uncertain_since is not None):
            return None
        channel_id = publication.channel_id or server.places.get(Place.THANKS)
        if channel_id is None:
            raise PlaceGone("trouble.refused", UNKNOWN_CHANNEL, "no channel for thanks")
        return Outgoing(ChannelId(channel_id), None, server.language, subject, is_wanted=subject.is_shown)

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note where a thanks was posted; one that changed meanwhile is brought up to date."""
        if effect.verb is not Verb.SEND or result_id is None:
            return
        store = ReputationStore(transaction, _server_of(effect))
        await store.place_publication(effect.object_id, outgoing.channel_id, MessageId(result_id))
        publication = await store.publication(effect.object_id)
        thanks = None if publication is None else await store.thanks(publication.sequence)
        if publication is None or thanks is None:
            return
        is_stale = effect.uncertain_since is not None or outgoing.subject != PublicThanks(
            thanks, _is_shown(publication, thanks)
        )
        if is_stale:
            await _want(transaction, Verb.EDIT, publication)

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Note a post that is gone; let one that can't be posted go where moderators point."""
        store = ReputationStore(transaction, _server_of(effect))
        publication = await store.publication(effect.object_id)
        if publication is None:
            return True
        is_gone = isinstance(trouble, ObjectGone) or trouble.code == UNKNOWN_CHANNEL
        if effect.verb is Verb.EDIT:
            if is_gone and publication.message_id == trouble.message_id and publication.message_id is not None:
                await store.lose_messages({publication.message_id})
            return is_gone
        if effect.uncertain_since is not None and not is_gone:
            return False  # it may stand there already: to post it elsewhere would double it
        await store.place_publication(publication.publication_id, None, None)
        server = await self._setup.server(_server_of(effect))
        chosen = server.places.get(Place.THANKS)
        if chosen is None or chosen == trouble.channel_id or trouble.channel_id is None:
            return False
        await _want(transaction, Verb.SEND, publication)
        return True


def _is_shown(publication: Publication, thanks: Thanks) -> bool:
    is_whole = thanks.giver_id is not None and thanks.receiver_id is not None
    return publication.state is PublicationState.AGREED and thanks.reversed_at is None and is_whole


async def _want(transaction: Transaction, verb: Verb, publication: Publication) -> None:
    server_id = ServerId(publication.server_id)
    await Effects(transaction).put(verb, FEATURE, POST, publication.publication_id, server_id=server_id)


def _server_of(effect: Effect) -> ServerId:
    assert effect.server_id is not None  # noqa: S101 - every effect of this feature is a server's
    return effect.server_id
