"""What safety holds of members: what is forgotten of them, and what waits for moderators."""

from bot.features.members.inbox import Inbox
from bot.features.members.model import ServerWaiting, Waiting
from bot.features.members.reach import Kind
from bot.features.safety.crisis_store import CrisisStore
from bot.features.safety.model import latest_of_each
from bot.features.safety.posts import FEATURE, follow
from bot.features.safety.store import SafetyStore
from bot.features.safety.telling import CLOSED
from bot.kernel.ids import MemberId, ServerId
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction


class SafetyHolder:
    """Answers for safety when members are looked after as such."""

    def __init__(self, database: Database, inbox: Inbox) -> None:
        self._database = database
        self._inbox = inbox

    async def shown_members(self, server_id: ServerId) -> list[MemberId]:
        """Return nobody: nothing of this feature is shown to other members."""
        return []

    async def member_left(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """Leave everything as it is: a case about somebody who left may have to be decided, and a hold may not end."""

    async def forget_member(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> bool:
        """Take somebody out of reports, cases and the trail; that there were some stays, for those of the others.

        What is open about them ends: who reported it hears so, and its post shows it.
        """
        store = SafetyStore(transaction, server_id)
        ended = [*await store.open_about(member_id), *await CrisisStore(transaction, server_id).forget(member_id)]
        await store.forget(member_id)
        for case_id in ended:
            case = await store.case(case_id)
            if case is not None:
                await follow(transaction, case)
            for report in latest_of_each(await store.reports(case_id)):
                reporter_id, subject = MemberId(report.member_id or 0), (FEATURE, CLOSED, report.report_id)
                await self._inbox.tell(transaction, server_id, reporter_id, Kind.MODERATORS, subject)
        await Acts(transaction).forget_member(server_id, member_id)
        return True

    async def forget_expired(self, transaction: Transaction, server_id: ServerId) -> None:
        """Remove what was kept for a while only."""
        await CrisisStore(transaction, server_id).forget_expired()
        await SafetyStore(transaction, server_id).forget_expired()

    async def waiting(self, server_id: ServerId, member_id: MemberId) -> list[Waiting]:
        """Return nothing: what moderators decided comes to a member's inbox."""
        return []

    async def server_waiting(self, server_id: ServerId) -> list[ServerWaiting]:
        """Return how many cases wait for moderators, and since when."""
        async with self._database.read() as transaction:
            found = await SafetyStore(transaction, server_id).waiting()
        return [] if found is None else [ServerWaiting("safety.waiting_cases", found[1], count=found[0])]

    async def topic_renamed(self, transaction: Transaction, server_id: ServerId, old: str, new: str) -> None:
        """Do nothing: nothing here knows topics."""
