"""How an ask comes to a good end: who is thanked and for what, what helped, and how it went on."""

from dataclasses import dataclass, replace

from bot.features.members.inbox import Inbox
from bot.features.members.model import Notice
from bot.features.members.reach import Kind
from bot.features.peer_help import turns
from bot.features.peer_help.follow import FEATURE, follow
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.model import AFTER_LIMIT, HELPED_LIMIT, THANKED_LIMIT, Ask, End, State
from bot.features.peer_help.own import own
from bot.features.peer_help.relaying import relay, relayable
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.telling import AFTER, OUTCOME
from bot.features.reputation.model import REASON_LIMIT, Cause, CauseKind, Wish, complaint_about
from bot.features.reputation.service import Reputation
from bot.features.safety.service import Safety, Screened
from bot.kernel.errors import Refusal
from bot.kernel.ids import AccountId, InteractionId, MemberId, ServerId
from bot.kernel.people import Person
from bot.kernel.text import is_visible
from bot.storage.database import Database, Transaction

__all__ = ["REASON_LIMIT", "Endings", "Gratitude"]

LINKS = 1  # to what helped


@dataclass(frozen=True, slots=True)
class Gratitude:
    """Whom an asker would like to thank, why, and whether it may be public; nobody where ``people`` is empty."""

    people: tuple[Person, ...] = ()
    reason: str = ""
    is_public: bool = False


class Endings:
    """One method for each thing that an asker does when an ask has helped."""

    def __init__(self, database: Database, inbox: Inbox, safety: Safety, reputation: Reputation) -> None:
        self._database = database
        self._inbox = inbox
        self._safety = safety
        self._reputation = reputation

    async def can_thank_publicly(self, server_id: ServerId) -> bool:
        """Return whether there is a channel in which thanks can be posted."""
        return await self._reputation.can_be_public(server_id)

    async def thankable(
        self, server_id: ServerId, member_id: MemberId, ask_id: int
    ) -> tuple[Ask, tuple[MemberId, ...]]:
        """Return an own ask, and whom of those who took part nobody has thanked for it yet, as far as there is room.

        Raises:
            Refusal: it is gone, somebody else's, or nothing was posted of it.
        """
        async with self._database.read() as transaction:
            ask = await own(AskStore(transaction, server_id), member_id, ask_id)
            took_part = await _took_part(transaction, ask)
        if ask.state is State.PREVIEW:
            raise Refusal("peer_help.gone")
        thanked = await self._reputation.thanked_for(server_id, _cause(ask))
        left = [each for each in took_part if each not in thanked and ask.ending is not End.STOPPED]
        return ask, tuple(left[: max(0, THANKED_LIMIT - len(thanked))])

    async def person(self, server_id: ServerId, member_id: MemberId, named: Person | None) -> Person:
        """Return somebody whom an asker would like to thank, as Discord ``named`` them with the request or knows them.

        Raises:
            Refusal: they are not in the server any more, or a bot.
        """
        return await self._reputation.receiver(server_id, member_id, named)

    async def resolve(
        self,
        server_id: ServerId,
        member_id: MemberId,
        ask_id: int,
        gratitude: Gratitude,
        helped: tuple[str, bool],
        interaction_id: InteractionId,
    ) -> Ask:
        """Bring an ask to a good end, thank those who helped, and let all who took part hear how it ended.

        Args:
            server_id: the server.
            member_id: who asked.
            ask_id: the ask.
            gratitude: whom to thank, and why; all are thanked or, if one can't be, nothing happens.
            helped: what helped, in own words or empty, and whether others may find the ask by it.
            interaction_id: the submission; repeated, it changes nothing.

        Raises:
            Refusal: it is gone, somebody else's or closed, or a text or a thanks can't be taken.
        """
        words, is_findable = helped[0].strip(), helped[1]
        if len(words) > HELPED_LIMIT:
            raise Refusal("peer_help.too_long")
        _check_reason(gratitude)
        texts = (gratitude.reason, words)
        screened = await self._safety.screened(server_id, texts, links=LINKS + 1)
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            ask = await own(store, member_id, ask_id)
            if not (ask.state.is_open or ask.state is State.RESOLVED):
                raise Refusal("peer_help.ended")
            await self._safety.check(transaction, server_id, member_id, screened, anonymous=ask.is_anonymous)
            ask = await self._thank(transaction, ask, gratitude, interaction_id)
            if not ask.state.is_open:  # told again by Discord, or sent from a second form
                await store.keep(ask)
                await self._forget(transaction, ask, screened)
                return ask
            resolved = turns.ended(ask, State.RESOLVED, transaction.now)
            resolved = replace(resolved, helped=words, is_findable=is_findable and bool(words))
            await store.keep(resolved)
            await store.index(ask_id, resolved.found_by)
            await follow(transaction, resolved)
            # An anonymous asker who wrote in the thread under their own name hears of it, too: as anybody who did.
            for helper in await HelpStore(transaction, server_id).helpers(ask_id):
                whom, subject = MemberId(helper.member_id), (FEATURE, OUTCOME, ask_id)
                asker_id = None if resolved.is_anonymous else member_id
                await self._inbox.tell(
                    transaction, server_id, whom, Kind.HELPING, subject, person_id=asker_id, again=True
                )
            await self._forget(transaction, resolved, screened)
            return resolved

    async def thank(
        self,
        server_id: ServerId,
        member_id: MemberId,
        ask_id: int,
        gratitude: Gratitude,
        interaction_id: InteractionId,
    ) -> Ask:
        """Thank some of those who took part, also days after it ended, all or none, and each of them once.

        Raises:
            Refusal: it is gone or somebody else's, nobody is named, or one can't be thanked.
        """
        if not gratitude.people:
            raise Refusal("peer_help.nobody_named")
        _check_reason(gratitude)
        screened = await self._safety.screened(server_id, (gratitude.reason,), links=LINKS)
        async with self._database.write() as transaction:
            ask = await own(AskStore(transaction, server_id), member_id, ask_id)
            if ask.ending is End.STOPPED:
                raise Refusal("peer_help.ended")
            await self._safety.check(transaction, server_id, member_id, screened, anonymous=ask.is_anonymous)
            ask = await self._thank(transaction, ask, gratitude, interaction_id)
            await AskStore(transaction, server_id).keep(ask)
            await self._forget(transaction, ask, screened)
            return ask

    async def after(
        self, server_id: ServerId, member_id: MemberId, ask_id: int, words: str, interaction_id: InteractionId
    ) -> Ask:
        """Tell in an ask's thread how it went on; once for each interaction.

        Raises:
            Refusal: it is gone or somebody else's, was not resolved, or the words can't be posted.
        """
        words = relayable(words, AFTER_LIMIT)
        screened = await self._safety.screened(server_id, (words,), links=LINKS)
        async with self._database.write() as transaction:
            ask = await own(AskStore(transaction, server_id), member_id, ask_id)
            if ask.state is not State.RESOLVED or ask.thread_id is None:
                raise Refusal("peer_help.no_thread")
            await self._safety.check(transaction, server_id, member_id, screened, anonymous=ask.is_anonymous)
            await relay(transaction, ask, words, interaction_id, is_after=True)
            await self._forget(transaction, ask, screened)
            return ask

    async def afterwards(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Notice:
        """Return a member's own notice, which invites them to tell how it went on.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        if (notice.feature, notice.card) != (FEATURE, AFTER):
            raise Refusal("members.notice_gone")
        return notice

    async def _thank(
        self, transaction: Transaction, ask: Ask, gratitude: Gratitude, interaction_id: InteractionId
    ) -> Ask:
        """Record all thanks, from the account of the pseudonym where there is one; return the ask that knows it."""
        if not gratitude.people:
            return ask
        server_id, asker_id = ServerId(ask.server_id), ask.asker_id or 0
        took_part = set(await _took_part(transaction, ask))
        if not {MemberId(person.member_id) for person in gratitude.people} <= took_part:
            raise Refusal("peer_help.did_not_take_part")
        account_id = None if ask.account_id is None else AccountId(ask.account_id)
        if ask.is_anonymous and account_id is None:
            account_id = await self._reputation.open_pseudonym(transaction, server_id, ask.pseudonym)
        is_public = gratitude.is_public and not ask.is_anonymous
        for person in gratitude.people:
            about = person.names, is_public, _cause(ask), account_id
            wish = Wish(asker_id, person.member_id, gratitude.reason, *about)
            await self._reputation.record(transaction, server_id, wish, interaction_id)
        return replace(ask, account_id=account_id)

    async def _forget(self, transaction: Transaction, ask: Ask, screened: Screened) -> None:
        """Let nothing beside an anonymous asker's id tell what they wrote."""
        if ask.is_anonymous and ask.asker_id is not None:
            whom = ServerId(ask.server_id), MemberId(ask.asker_id)
            await self._safety.forget_clearance(transaction, *whom, screened)


def _check_reason(gratitude: Gratitude) -> None:
    for person in gratitude.people:
        complaint = complaint_about(gratitude.reason, person.names)
        if complaint is None and not is_visible(gratitude.reason):
            complaint = "reputation.reason_says_nothing"
        if complaint is not None:
            raise Refusal(complaint)


def _cause(ask: Ask) -> Cause:
    return Cause(CauseKind.ASK, ask.ask_id)


async def _took_part(transaction: Transaction, ask: Ask) -> list[MemberId]:
    """Return the others who came, or wrote in the thread."""
    helpers = await HelpStore(transaction, ServerId(ask.server_id)).helpers(ask.ask_id)
    return [MemberId(helper.member_id) for helper in helpers if helper.member_id != ask.asker_id]
