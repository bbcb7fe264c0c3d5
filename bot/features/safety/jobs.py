"""What is done for moderators by itself: they are told of what waits, at once and once a day, but not of themselves."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind
from bot.features.members.service import Members
from bot.features.safety.cases import Directory
from bot.features.safety.crisis_store import CrisisStore
from bot.features.safety.model import Case, CaseKind, CaseState, CryReason, latest_of_each, list_day, next_list_at
from bot.features.safety.posts import (
    ANSWER,
    ASIDE,
    CASE,
    DAILY,
    FEATURE,
    LETTER_ANSWER,
    announce,
    look_after,
    set_discreet,
)
from bot.features.safety.store import SafetyStore
from bot.features.safety.telling import NOBODY, UNHEARD, tell_writer
from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from bot.kernel.ids import ChannelId, MemberId, RoleId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Effects, Verb


async def zone_changed(transaction: Transaction, server: Server) -> None:
    """Let a server's next daily list come when its clock next shows the hour, as part of a ``transaction``."""
    server_id, day = ServerId(server.server_id), list_day(transaction.now, server.zone)
    if day is not None:
        await SafetyStore(transaction, server_id).begin_list(day)
    await Effects(transaction).put(Verb.JOB, FEATURE, DAILY, server_id, server_id=server_id)


class SafetyJobs:
    """Looks up who the moderators are, and lets those be told whom it may be told to."""

    def __init__(self, database: Database, setup: Setup, members: Members, inbox: Inbox, directory: Directory) -> None:
        self._database = database
        self._setup = setup
        self._members = members
        self._inbox = inbox
        self._directory = directory
        self._works: dict[str, Callable[[Server, int], Awaitable[None]]] = {
            CASE: self._tell_of_case,
            ASIDE: self._tell_aside,
            ANSWER: self._tell_of_answer,
            LETTER_ANSWER: self._tell_of_letter_answer,
            DAILY: self._begin_list,
        }

    async def run(self, effect: Effect) -> None:
        """Do the work that ``effect`` names; done twice, it comes to the same."""
        assert effect.server_id is not None  # noqa: S101 - each of these works is a server's
        await self._works[effect.card](await self._setup.server(effect.server_id), effect.object_id)

    async def tend(self, server_id: ServerId) -> None:
        """See to it that a server's daily lists go on."""
        async with self._database.read() as transaction:
            goes_on = await Effects(transaction).is_under_way(Verb.JOB, FEATURE, DAILY, server_id)
        if goes_on:
            return  # all servers come at once at start: presses shall not queue behind writes for nothing
        server = await self._setup.server(server_id)
        async with self._database.write() as transaction:
            await _list_again(transaction, server)

    async def _tell_of_case(self, server: Server, case_id: int) -> None:
        server_id = ServerId(server.server_id)
        async with self._database.read() as transaction:
            case = await SafetyStore(transaction, server_id).case(case_id)
        if case is None or case.is_closed:
            return
        is_discreet = case.kind is not CaseKind.HELD and await self._is_moderator(server, case.about_id)
        desk = None if is_discreet else server.places.get(Place.MODERATORS)
        others = await self._moderators(server, case) if desk is None else []
        async with self._database.write() as transaction:
            store = SafetyStore(transaction, server_id)
            before = await store.case(case_id)
            if before is None:
                return
            await set_discreet(transaction, before, is_discreet=is_discreet)
            case = replace(before, is_discreet=is_discreet)
            if desk is not None:
                if case.message_id or await store.is_loud(case):
                    await announce(transaction, case, ChannelId(desk))
                return
            for other_id in others:
                await self._tell(transaction, server, other_id, (FEATURE, CASE, case_id))
            if not others:
                await self._tell_unheard(transaction, case)

    async def _tell_aside(self, server: Server, case_id: int) -> None:
        """Tell moderators in their inboxes of a case whose post found no place; it is posted once there is one, too."""
        server_id = ServerId(server.server_id)
        async with self._database.read() as transaction:
            case = await SafetyStore(transaction, server_id).case(case_id)
        others = [] if case is None or case.is_closed or case.message_id else await self._moderators(server, case)
        async with self._database.write() as transaction:
            for other_id in others:
                await self._tell(transaction, server, other_id, (FEATURE, CASE, case_id))

    async def _tell_of_answer(self, server: Server, hold_id: int) -> None:
        async with self._database.read() as transaction:
            hold = await SafetyStore(transaction, ServerId(server.server_id)).hold(hold_id)
        if hold is not None:
            await self._tell_of(server, hold.case_id, ANSWER, hold_id)

    async def _tell_of_letter_answer(self, server: Server, letter_id: int) -> None:
        async with self._database.read() as transaction:
            letter = await CrisisStore(transaction, ServerId(server.server_id)).letter(letter_id)
        if letter is not None:
            await self._tell_of(server, letter.case_id, LETTER_ANSWER, letter_id)

    async def _tell_of(self, server: Server, case_id: int, card: str, object_id: int) -> None:
        """Tell moderators of an answer: in their channel, or each by themselves where that is not the place for it."""
        server_id = ServerId(server.server_id)
        async with self._database.read() as transaction:
            case = await SafetyStore(transaction, server_id).case(case_id)
        if case is None:
            return
        has_desk = Place.MODERATORS in server.places and not case.is_discreet
        others = [] if has_desk else await self._moderators(server, case)
        async with self._database.write() as transaction:
            effects = Effects(transaction)
            if has_desk and await effects.state(Verb.SEND, FEATURE, card, object_id) is None:
                await effects.put(Verb.SEND, FEATURE, card, object_id, server_id=server_id)
            for other_id in others:
                await self._tell(transaction, server, other_id, (FEATURE, card, object_id))

    async def _begin_list(self, server: Server, _server_id: int) -> None:
        """Let today's list be posted, if its hour has come and there is a place for it; look again tomorrow.

        What concerns a moderator is in no list: the others are told of it again, each day, until somebody takes it.
        """
        server_id = ServerId(server.server_id)
        async with self._database.read() as transaction:
            cases = await SafetyStore(transaction, server_id).reported()
        others = {
            case.case_id: await self._moderators(server, case)
            for case in cases
            if await self._is_moderator(server, case.about_id)
        }
        async with self._database.write() as transaction:
            store, day = SafetyStore(transaction, server_id), list_day(transaction.now, server.zone)
            if day is not None and day != await store.list_day():
                await store.begin_list(day)
                for case in cases:
                    await self._review(transaction, server, case, others.get(case.case_id))
                if Place.MODERATORS in server.places:
                    await Effects(transaction).put(
                        Verb.SEND, FEATURE, DAILY, server_id, server_id=server_id, serial=day
                    )
            await _list_again(transaction, server)

    async def _review(
        self, transaction: Transaction, server: Server, case: Case, others: list[MemberId] | None
    ) -> None:
        """Keep to what Discord said today: only who concerns a moderator has ``others``, who are to be told."""
        if others is None:
            if case.is_discreet:
                await look_after(transaction, ServerId(server.server_id), case.case_id)
            return
        await set_discreet(transaction, case, is_discreet=True)
        for other_id in others if case.state is CaseState.OPEN else ():
            await self._tell(transaction, server, other_id, (FEATURE, CASE, case.case_id), again=True)

    async def _moderators(self, server: Server, case: Case) -> list[MemberId]:
        """Return the owner and who is known as a moderator, and is one still, but whom the case concerns."""
        server_id = ServerId(server.server_id)
        async with self._database.read() as transaction:
            known = await SafetyStore(transaction, server_id).moderators()
        known = list(dict.fromkeys((*known, await self._directory.owner(server_id))))
        return [each for each in known if each != case.about_id and await self._is_moderator(server, each)]

    async def _tell(
        self,
        transaction: Transaction,
        server: Server,
        member_id: MemberId,
        subject: tuple[str, str, int],
        *,
        again: bool = False,
    ) -> None:
        """Tell a moderator something, also one who has never used the bot."""
        server_id = ServerId(server.server_id)
        await self._members.meet(transaction, server_id, member_id, server.language)
        await self._inbox.tell(transaction, server_id, member_id, Kind.MODERATORS, subject, again=again)

    async def _is_moderator(self, server: Server, member_id: int | None) -> bool:
        if member_id is None:
            return False
        role_id = None if server.moderators_role_id is None else RoleId(server.moderators_role_id)
        return await self._directory.is_moderator(ServerId(server.server_id), MemberId(member_id), role_id)

    async def _tell_unheard(self, transaction: Transaction, case: Case) -> None:
        """Tell who reported, or asked moderators to write, that nobody is there to look at it, and where else to go."""
        if case.reason == CryReason.ASKED:
            await tell_writer(self._inbox, transaction, case, UNHEARD, case.case_id)
        server_id = ServerId(case.server_id)
        for report in latest_of_each(await SafetyStore(transaction, server_id).reports(case.case_id)):
            subject = FEATURE, NOBODY, report.report_id
            member_id = MemberId(report.member_id or 0)
            await self._inbox.tell(transaction, server_id, member_id, Kind.MODERATORS, subject)


async def _list_again(transaction: Transaction, server: Server) -> None:
    server_id, due_at = ServerId(server.server_id), next_list_at(transaction.now, server.zone)
    await Effects(transaction).put(Verb.JOB, FEATURE, DAILY, server_id, server_id=server_id, due_at=due_at)
