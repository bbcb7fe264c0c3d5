"""What members do with prompts: answer, change what they said, take it back, and look at their own months."""

from collections.abc import Callable
from dataclasses import replace

from bot.features.check_ins.answer_store import AnswerStore
from bot.features.check_ins.follow import follow_answer
from bot.features.check_ins.model import (
    ANSWERABLE,
    LISTED,
    SEALED_LISTED,
    WORDS_LIMIT,
    Answer,
    CheckIn,
    Prompt,
    Shows,
    Written,
)
from bot.features.check_ins.store import CheckInStore
from bot.features.safety.help_lines import HelpNow
from bot.features.safety.service import Safety, Screened
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import is_visible
from bot.storage.database import Database, Transaction

LINKS = 1  # that an answer may hold


class Answering:
    """One method for each thing that a member can do."""

    def __init__(self, database: Database, safety: Safety) -> None:
        self._database = database
        self._safety = safety

    async def today(self, server_id: ServerId, is_seen: Callable[[int], bool] = lambda _: True) -> CheckIn:
        """Return the prompt that was posted last, of those in channels that a member sees.

        Raises:
            Refusal: none was lately.
        """
        async with self._database.read() as transaction:
            found = await CheckInStore(transaction, server_id).latest(transaction.now - ANSWERABLE)
        for check_in in found:
            if check_in.channel_id is not None and is_seen(check_in.channel_id):
                return check_in
        raise Refusal("check_ins.nothing_asked")

    async def asked(
        self, server_id: ServerId, member_id: MemberId, check_in_id: int
    ) -> tuple[CheckIn, Prompt, Answer | None]:
        """Return a prompt, when it was asked, and what a member answered.

        Raises:
            Refusal: it is gone.
        """
        async with self._database.read() as transaction:
            check_in = await _found(transaction, server_id, member_id, check_in_id)
            prompt = await CheckInStore(transaction, server_id).prompt(check_in.prompt_id)
            answer = await AnswerStore(transaction, server_id).of(check_in_id, member_id)
        if prompt is None:
            raise Refusal("check_ins.gone")
        return check_in, prompt, answer

    async def mine(self, server_id: ServerId, member_id: MemberId) -> list[tuple[CheckIn, Prompt, Answer]]:
        """Return what a member answered lately, and to which prompts, the newest first: also what only they see."""
        async with self._database.read() as transaction:
            store, found = CheckInStore(transaction, server_id), []
            sealed_since = transaction.now - SEALED_LISTED
            answers = await AnswerStore(transaction, server_id).all_of(member_id, sealed_since=sealed_since)
            for answer in reversed(answers[-LISTED:]):
                check_in = await store.check_in(answer.check_in_id)
                prompt = None if check_in is None else await store.prompt(check_in.prompt_id)
                if check_in is not None and prompt is not None:
                    found.append((check_in, prompt, answer))
        return found

    async def to_answer(
        self, server_id: ServerId, member_id: MemberId, check_in_id: int
    ) -> tuple[CheckIn, Prompt, Answer | None]:
        """Return a prompt, when it was asked, and what a member answered: they can change that, or answer it anew.

        Raises:
            Refusal: it is gone, or takes no new answers any more: better said before somebody has written one.
        """
        check_in, prompt, answer = await self.asked(server_id, member_id, check_in_id)
        if answer is None:
            async with self._database.read() as transaction:
                _demand_open(transaction, check_in)
        return check_in, prompt, answer

    async def answer(
        self,
        server_id: ServerId,
        member_id: MemberId,
        check_in_id: int,
        written: Written,
        interaction_id: InteractionId,
    ) -> Answer:
        """Answer a prompt, or answer it anew; once for each interaction.

        Raises:
            Refusal: it is gone or long past, or the answer says nothing, too much, or may not be posted.
        """
        typed, words = written.words, written.words.strip()
        if not is_visible(words) and written.mood is None:
            raise Refusal("check_ins.says_nothing")
        if len(words) > WORDS_LIMIT:
            raise Refusal("check_ins.too_long")
        written = replace(written, words=words if is_visible(words) else "")
        screened = await self._safety.screened(server_id, (typed,), links=LINKS)
        async with self._database.write() as transaction:
            answers = AnswerStore(transaction, server_id)
            told_before = await answers.by_interaction(interaction_id)
            if told_before is not None:
                return told_before
            check_in = await _found(transaction, server_id, member_id, check_in_id)
            if check_in.channel_id is None:
                written = replace(written, shows=Shows.ME)
            if written.shows is not Shows.ME:  # what only its writer sees is nobody else's business
                await self._check(transaction, server_id, member_id, screened, written.shows)
            before = await answers.of(check_in_id, member_id)
            if before is not None and before.can_become(written.shows):
                answer = await answers.change(before, written)
            else:
                answered_at = transaction.now
                if before is None:
                    _demand_open(transaction, check_in)
                else:  # where it stands, whoever saw it before would know whose it is
                    await _taken_back(transaction, check_in, before)
                    answered_at = before.answered_at
                answer = await answers.begin(check_in_id, member_id, written, interaction_id, answered_at)
            await follow_answer(transaction, check_in, answer)
            return answer

    async def help_for(self, server_id: ServerId, answer: Answer | None) -> HelpNow | None:
        """Return whom to talk to, where an answer that only its writer sees holds crisis words; None elsewhere.

        What others see was shown them before it was posted. What is kept for oneself is kept, and nobody is told.
        """
        if answer is None or answer.shows is not Shows.ME:
            return None
        return await self._safety.help_for(server_id, answer.words)

    async def _check(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId, screened: Screened, shows: Shows
    ) -> None:
        is_nameless = shows is Shows.NAMELESS
        await self._safety.check(transaction, server_id, member_id, screened, anonymous=is_nameless)
        if is_nameless:
            await self._safety.forget_clearance(transaction, server_id, member_id, screened)

    async def take_back(self, server_id: ServerId, member_id: MemberId, check_in_id: int) -> None:
        """Take an answer back: nothing of it is left. A second press changes nothing.

        Raises:
            Refusal: the prompt is gone.
        """
        async with self._database.write() as transaction:
            check_in = await _found(transaction, server_id, member_id, check_in_id)
            answer = await AnswerStore(transaction, server_id).of(check_in_id, member_id)
            if answer is not None:
                await _taken_back(transaction, check_in, answer)


async def _taken_back(transaction: Transaction, check_in: CheckIn, answer: Answer) -> None:
    answers = AnswerStore(transaction, ServerId(answer.server_id))
    emptied = await answers.keep(replace(answer, words="", mood=None))
    await follow_answer(transaction, check_in, emptied)
    await answers.forget(answer.answer_id)


def _demand_open(transaction: Transaction, check_in: CheckIn) -> None:
    if transaction.now - check_in.due_at > ANSWERABLE:
        raise Refusal("check_ins.too_late")


async def _found(transaction: Transaction, server_id: ServerId, member_id: MemberId, check_in_id: int) -> CheckIn:
    """Return what was asked: of everybody, or of this member alone."""
    store = CheckInStore(transaction, server_id)
    check_in = await store.check_in(check_in_id)
    if check_in is not None and check_in.prompt_id is not None:
        schedule = await store.schedule(check_in.schedule_id)
        if schedule is not None and schedule.member_id in {None, member_id}:
            return check_in
    raise Refusal("check_ins.gone")
