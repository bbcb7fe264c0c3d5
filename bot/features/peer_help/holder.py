"""What asks hold of members: who is shown, what ends when they leave, what is forgotten, what waits for them."""

from datetime import timedelta

from bot.features.members.inbox import Inbox
from bot.features.members.model import ServerWaiting, Waiting
from bot.features.peer_help.follow import ASK, FEATURE, close
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.helping import step_back
from bot.features.peer_help.model import PREVIEW_KEPT, End, State, Turn
from bot.features.peer_help.own import withdraw
from bot.features.peer_help.store import AskStore
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects

HAND_POSTS_KEPT = timedelta(days=30)


class PeerHelpHolder:
    """Answers for asks when members are looked after as such."""

    def __init__(self, database: Database, inbox: Inbox) -> None:
        self._database = database
        self._inbox = inbox

    async def shown_members(self, server_id: ServerId) -> list[MemberId]:
        """Return who has asked something by name, or is counted on to answer."""
        async with self._database.read() as transaction:
            return await AskStore(transaction, server_id).shown_members()

    async def member_left(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """End what somebody who left has asked, and let others be asked in their place where they were to answer.

        What they asked under a pseudonym goes on, and ends in their silence: ended now, it would say whose it was.
        """
        asks, helping = AskStore(transaction, server_id), HelpStore(transaction, server_id)
        for ask in await asks.of_member(member_id):
            if ask.state.is_open and not ask.is_anonymous:
                await close(transaction, ask, End.LEFT)
        for ask_id in await helping.helps_with(member_id):
            helped = await asks.find(ask_id)
            for helper in await helping.helpers(ask_id):
                if helped is not None and helper.member_id == member_id:
                    await step_back(transaction, helped, helper)

    async def forget_member(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> bool:
        """Remove all that somebody asked, and take them out of others' asks; not while a card may still show it."""
        asks, effects = AskStore(transaction, server_id), Effects(transaction)
        is_settled = True
        for ask in await asks.of_member(member_id):
            await withdraw(transaction, asks, ask, with_others=True)
        for ask in await asks.all_of_member(member_id):
            if await effects.is_settled(FEATURE, ASK, ask.ask_id, ask.serial):
                await asks.forget(ask)
            else:
                is_settled = False
        if is_settled:
            await HelpStore(transaction, server_id).forget(member_id)
            await self._inbox.forget_whispers(transaction, server_id, member_id)
        return is_settled

    async def forget_expired(self, transaction: Transaction, server_id: ServerId) -> None:
        """Remove searches, what was looked at and never posted, and threads opened by hand that nobody took up."""
        now = transaction.now
        await AskStore(transaction, server_id).forget_previews(now - PREVIEW_KEPT)
        await HelpStore(transaction, server_id).forget_expired(now - HAND_POSTS_KEPT)

    async def waiting(self, server_id: ServerId, member_id: MemberId) -> list[Waiting]:
        """Return a member's own asks at which the next word is theirs, and those that wait to be looked at."""
        async with self._database.read() as transaction:
            asks = await AskStore(transaction, server_id).of_member(member_id)
        previews = [ask for ask in asks if ask.state is State.PREVIEW]
        found = [Waiting("peer_help.waiting_preview", FEATURE, "manage", ask.ask_id) for ask in previews[:1]]
        if any(ask.state is State.TALKING and ask.turn is Turn.ASKER for ask in asks):
            found.append(Waiting("peer_help.waiting_turn", FEATURE, "mine", server_id))
        return found

    async def server_waiting(self, server_id: ServerId) -> list[ServerWaiting]:
        """Return the asks that nobody has answered for a day."""
        async with self._database.read() as transaction:
            asks = await AskStore(transaction, server_id).listed()
        return [ServerWaiting("peer_help.waits_for_helper", ask.climb.begun_at, ask.url) for ask in asks]

    async def topic_renamed(self, transaction: Transaction, server_id: ServerId, old: str, new: str) -> None:
        """Let asks be about a topic by its new name."""
        await AskStore(transaction, server_id).rename_topic(old, new)
