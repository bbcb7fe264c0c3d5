"""What notices about check-ins say: to members who wish to be asked alone."""

from bot.features.check_ins.answer_store import AnswerStore
from bot.features.check_ins.store import CheckInStore
from bot.features.members.model import Notice, Told
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction

OWN = "own"  # a prompt, at a time of one's own; its object is what it is asked as
GOES_ON = "goes_on"  # whether to go on, where private messages did not arrive; its object is the time at which they are


class CheckInTeller:
    """Says what a notice says now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tell(self, notice: Notice) -> Told | None:
        """Return what ``notice`` says now; None when there is nothing to be told of it any more."""
        async with self._database.read() as transaction:
            server_id, member_id = ServerId(notice.server_id), MemberId(notice.member_id)
            store = CheckInStore(transaction, server_id)
            schedule = await store.own_schedule(member_id)
            schedule = None if schedule is None or schedule.is_removed else schedule
            if notice.card == GOES_ON:
                # Of one question there is one notice: who went on once is asked anew the next time it comes to that.
                is_newest = notice.object_id == await store.latest_own(member_id)
                is_asked = schedule is not None and schedule.is_in_doubt and is_newest
                return Told("check_ins.told_goes_on", ("go_on", "own_stop")) if is_asked else None
            check_in = await store.check_in(notice.object_id)
            prompt = None if check_in is None else await store.prompt(check_in.prompt_id or 0)
            # A newer prompt takes the place of one that was not answered: nobody finds a heap of them.
            is_newest = notice.object_id == await store.latest_asked_alone(member_id)
            answer = await AnswerStore(transaction, server_id).of(notice.object_id, member_id)
            # Stopped, or paused, while it was on its way: what was asked before can still be answered.
            is_quiet = schedule is None or schedule.is_paused(transaction.now)
        if prompt is None or answer is not None or not is_newest:
            return None
        ways = ("own_answer", "own_stop") if schedule is not None else ("own_answer",)
        if prompt.code:
            return Told(f"prompt.{prompt.code}", ways, is_quiet=is_quiet)
        words = next(iter(prompt.words.values()), "")
        return Told("check_ins.told_own", ways, words=words, by_language=prompt.words, is_quiet=is_quiet)

    async def passed(self, transaction: Transaction, notice: Notice, *, was_last: bool) -> None:
        """Nobody else is asked."""
