"""Asks under a pseudonym: looked at, posted, answered privately, relayed; stopped, or unmasked by two moderators."""

from typing import Protocol

from bot.features.members.inbox import Inbox
from bot.features.peer_help import turns
from bot.features.peer_help.follow import FEATURE, UNMASK, close, publish, want_step
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.model import (
    OPEN_LIMIT,
    PAGE,
    REPLY_LIMIT,
    UNMASK_LIMIT,
    Ask,
    End,
    PseudonymPage,
    State,
    Unmasking,
    Written,
)
from bot.features.peer_help.own import demand_room, own, under_pseudonym
from bot.features.peer_help.pseudonyms import new_pseudonym
from bot.features.peer_help.relaying import relay, relayable
from bot.features.peer_help.service import LINKS, Asks
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.telling import ENDED, SPOKE, UNMASKED, tell_asker
from bot.features.safety.service import Safety
from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.kernel.errors import DiscordTrouble, Refusal
from bot.kernel.ids import InteractionId, MemberId, RoleId, ServerId
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb

_TWO = 2


class Directory(Protocol):
    """Who is a moderator of a server, asked of Discord itself."""

    async def is_moderator(self, server_id: ServerId, member_id: MemberId, role_id: RoleId | None) -> bool:
        """Return whether somebody is in the server, and owns it, manages it or holds the role.

        Raises:
            DiscordTrouble: Discord did not say.
        """
        ...


class Anonymity:
    """One method for each thing that an anonymous asker does, and for what moderators may do about them."""

    def __init__(self, database: Database, setup: Setup, inbox: Inbox, safety: Safety, asks: Asks) -> None:
        self._database = database
        self._setup = setup
        self._inbox = inbox
        self._safety = safety
        self._asks = asks
        self._directory: Directory | None = None

    def attach(self, directory: Directory) -> None:
        """Hand in who knows the moderators; until then nobody is unmasked."""
        self._directory = directory

    async def preview(
        self, server_id: ServerId, member_id: MemberId, written: Written, interaction_id: InteractionId
    ) -> Ask:
        """Keep what somebody would like to ask under a pseudonym, for a last look; once for each interaction.

        Raises:
            Refusal: the form can't be taken or posted as it is, or nobody can ask now.
        """
        written = await self._asks.checked(server_id, written)
        await self._asks.demand_room(server_id, member_id)
        screened = await self._safety.screened(server_id, (written.title, written.details), links=LINKS)
        language = (await self._setup.server(server_id)).language
        async with self._database.write() as transaction:
            store, key = AskStore(transaction, server_id), transaction.seals.digest(f"ask:{interaction_id}")
            before = await store.by_key(key)
            if before is None:
                await self._safety.check(transaction, server_id, member_id, screened, anonymous=True, posts=False)
                looked_at = [ask for ask in await store.of_member(member_id) if ask.state is State.PREVIEW]
                for ask in looked_at[OPEN_LIMIT - 1 :]:  # the oldest: they would pile up, sealed, for a day
                    await store.drop(ask.ask_id)
                pseudonym = await new_pseudonym(language, store.pseudonym_used)
                await store.begin(member_id, written, key, pseudonym=pseudonym)
                await self._safety.forget_clearance(transaction, server_id, member_id, screened)
                before = await store.by_key(key)
            assert before is not None  # noqa: S101 - just begun
            return before

    async def post(self, server_id: ServerId, member_id: MemberId, ask_id: int) -> Ask:
        """Let an ask that was looked at be posted, after a time drawn by lot; a second press changes nothing.

        Raises:
            Refusal: it is gone or somebody else's, or its asker may post nothing now.
        """
        looked_at = await self._asks.own(server_id, member_id, ask_id)
        screened = await self._safety.screened(server_id, (looked_at.title, looked_at.details), links=LINKS)
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            ask = await own(store, member_id, ask_id)
            if ask.state is not State.PREVIEW:
                return ask
            await self._safety.refuse_held(transaction, server_id, member_id)
            await self._safety.posted_anonymously(transaction, server_id, screened)
            await demand_room(store, member_id)
            waiting = under_pseudonym(ask, transaction.now)
            await store.keep(waiting)
            await store.index(ask_id, waiting.title)
            await publish(transaction, waiting)
            await want_step(transaction, waiting)
            return waiting

    async def reply(
        self, server_id: ServerId, member_id: MemberId, ask_id: int, words: str, interaction_id: InteractionId
    ) -> Ask:
        """Say something in the own thread under its pseudonym; once for each interaction.

        Raises:
            Refusal: it is gone, somebody else's or has ended, its thread is not there, or the words can't be posted.
        """
        words = relayable(words, REPLY_LIMIT)
        screened = await self._safety.screened(server_id, (words,), links=LINKS)
        async with self._database.write() as transaction:
            store = AskStore(transaction, server_id)
            ask = await own(store, member_id, ask_id)
            if not ask.is_anonymous:
                raise Refusal("peer_help.write_there")
            if not ask.state.is_open:
                raise Refusal("peer_help.ended")
            if ask.thread_id is None:
                raise Refusal("peer_help.not_yet")
            await self._safety.check(transaction, server_id, member_id, screened, anonymous=True)
            if await relay(transaction, ask, words, interaction_id, is_after=False):
                ask = turns.asker_spoke(ask, transaction.now)
                await store.keep(ask)
                await want_step(transaction, ask)
            await self._safety.forget_clearance(transaction, server_id, member_id, screened)
            return ask

    async def answered(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Ask:
        """Return the own ask of which a notice of a member's says that somebody wrote.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        if (notice.feature, notice.card) != (FEATURE, SPOKE):
            raise Refusal("members.notice_gone")
        return await self._asks.own(server_id, member_id, notice.object_id)

    async def page(self, server_id: ServerId, number: int = 0) -> PseudonymPage:
        """Return page ``number``, from 0, of the asks under a pseudonym whose askers are still kept, newest first."""
        async with self._database.read() as transaction:
            helping = HelpStore(transaction, server_id)
            found = [ask for ask in await AskStore(transaction, server_id).anonymous() if ask.is_posted]
            pages = max(1, -(-len(found) // PAGE))
            number = min(max(number, 0), pages - 1)
            listed = found[number * PAGE :][:PAGE]
            shown = tuple([(ask, await helping.unmasking_of(ask.ask_id)) for ask in listed])
        return PseudonymPage(server_id, shown, number, pages)

    async def stop(self, server_id: ServerId, by: MemberId, ask_id: int) -> Ask:
        """Stop a pseudonym: nothing is relayed any more, and nobody learns who it was. A second press changes nothing.

        Raises:
            Refusal: there is no such ask.
        """
        async with self._database.write() as transaction:
            ask = await _anonymous(transaction, server_id, ask_id)
            if ask.state is State.WITHDRAWN:
                raise Refusal("peer_help.gone")
            if ask.ending is End.STOPPED:
                return ask
            stopped = await close(transaction, ask, End.STOPPED)
            await tell_asker(self._inbox, transaction, stopped, ENDED, again=True)
            await Acts(transaction).note(server_id, by, "ask.stop", words=ask.pseudonym)
            return stopped

    async def want_unmasking(self, server_id: ServerId, by: MemberId, ask_id: int, reason: str) -> Unmasking:
        """Let another moderator be asked whether two of them may know who asked; asked again, nothing changes.

        Raises:
            Refusal: there is no such ask, no reason, or no second moderator.
        """
        reason = relayable(reason, UNMASK_LIMIT)
        await self._demand_two(server_id, by)
        former_id = await self._no_moderator(server_id, ask_id)
        async with self._database.write() as transaction:
            ask = await _anonymous(transaction, server_id, ask_id)
            helping = HelpStore(transaction, server_id)
            unmasking_id = await helping.want_unmasking(ask_id, by, reason, former_id)
            if unmasking_id is not None:
                await Acts(transaction).note(server_id, by, "ask.want_unmasking", words=f"{ask.pseudonym}: {reason}")
                for verb in (Verb.SEND, Verb.EDIT):  # one of which has nothing to do
                    await Effects(transaction).put(verb, FEATURE, UNMASK, unmasking_id, server_id=server_id)
            wanted = await helping.unmasking_of(ask_id)
            assert wanted is not None  # noqa: S101 - just wanted, by whomever
            return wanted

    async def unmask(self, server_id: ServerId, by: MemberId, unmasking_id: int) -> tuple[Ask, Unmasking]:
        """Agree, as the second moderator, to know who asked; or see it again, as one of the two. The asker hears so.

        Raises:
            Refusal: there is nothing of the kind, or who presses is the one who asked for it, or a third.
        """
        async with self._database.read() as transaction:
            wanted = await HelpStore(transaction, server_id).unmasking(unmasking_id)
        if wanted is None:
            raise Refusal("peer_help.gone")
        if wanted.agreed_at is None:
            if wanted.asked_by_id == by:
                raise Refusal("peer_help.another_moderator")
            await self._demand_moderators(server_id, MemberId(wanted.asked_by_id or 0), by)
        elif by not in {wanted.asked_by_id, wanted.agreed_by_id}:
            raise Refusal("peer_help.two_know")
        async with self._database.write() as transaction:
            helping = HelpStore(transaction, server_id)
            ask = await _anonymous(transaction, server_id, wanted.ask_id)
            now = await helping.unmasking(unmasking_id)
            if now is not None and now.agreed_at is None:
                await helping.unmask(unmasking_id, by)
                await Acts(transaction).note(server_id, by, "ask.unmask", words=ask.pseudonym)
                await tell_asker(self._inbox, transaction, ask, UNMASKED)
                await Effects(transaction).put(Verb.EDIT, FEATURE, UNMASK, unmasking_id, server_id=server_id)
            now = await helping.unmasking(unmasking_id)
        if now is None or by not in {now.asked_by_id, now.agreed_by_id}:
            raise Refusal("peer_help.two_know")  # somebody else agreed in the same moment
        return ask, now

    async def can_unmask(self, server_id: ServerId) -> bool:
        """Return whether there are two moderators: with fewer, nobody is ever unmasked."""
        return len(await self._moderators(server_id)) >= _TWO

    async def _demand_two(self, server_id: ServerId, by: MemberId) -> None:
        if Place.MODERATORS not in (await self._setup.server(server_id)).places:
            raise Refusal("peer_help.no_moderators_channel")
        if len({*await self._moderators(server_id), by}) < _TWO:
            raise Refusal("peer_help.one_moderator")

    async def _demand_moderators(self, server_id: ServerId, *members: MemberId) -> None:
        """Let two moderators know: both are, at this moment.

        Raises:
            Refusal: one is not, any more.
        """
        role_id = (await self._setup.server(server_id)).moderators_role_id
        for member_id in members:
            if not await self._is_moderator(server_id, member_id, role_id):
                raise Refusal("peer_help.one_moderator")

    async def _no_moderator(self, server_id: ServerId, ask_id: int) -> MemberId | None:
        """Return who wanted to know who asked, if they are no moderator any more."""
        async with self._database.read() as transaction:
            wanted = await HelpStore(transaction, server_id).unmasking_of(ask_id)
        if wanted is None or wanted.asked_by_id is None:
            return None
        role_id = (await self._setup.server(server_id)).moderators_role_id
        asked_by = MemberId(wanted.asked_by_id)
        return None if await self._is_moderator(server_id, asked_by, role_id) else asked_by

    async def _moderators(self, server_id: ServerId) -> set[MemberId]:
        """Return those who were seen as moderators and are, asked of Discord: no more than it takes."""
        role_id = (await self._setup.server(server_id)).moderators_role_id
        found: set[MemberId] = set()
        for member_id in await self._safety.moderators(server_id):
            if len(found) < _TWO and await self._is_moderator(server_id, member_id, role_id):
                found.add(member_id)
        return found

    async def _is_moderator(self, server_id: ServerId, member_id: MemberId, role_id: int | None) -> bool:
        assert self._directory is not None  # noqa: S101 - handed in before the first request
        try:
            return await self._directory.is_moderator(
                server_id, member_id, None if role_id is None else RoleId(role_id)
            )
        except DiscordTrouble as trouble:
            raise Refusal("safety.discord_silent") from trouble


async def _anonymous(transaction: Transaction, server_id: ServerId, ask_id: int) -> Ask:
    ask = await AskStore(transaction, server_id).find(ask_id)
    if ask is None or not ask.is_anonymous or ask.asker_id is None or ask.state is State.PREVIEW:
        raise Refusal("peer_help.gone")
    return ask
