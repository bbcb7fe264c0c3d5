"""Welcomers: who is asked to say hello to somebody whose card nobody has answered, one after another."""

from datetime import datetime, timedelta

from bot.features.introductions.model import LADDER, NEXT_AFTER, Introduction
from bot.features.introductions.posts import FEATURE, want_step
from bot.features.introductions.store import IntroductionStore
from bot.features.introductions.teller import GREET
from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind
from bot.features.members.sweep import Directory
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect

_SHORTEST_STEP = timedelta(minutes=1)  # whoever may be asked "now" and was not shall not keep the worker spinning


class WelcomeLadder:
    """Takes one step for a card whenever it is due.

    A step's time is all that is kept of the ladder. Each step that asks somebody puts the next one in the same
    transaction, so that one that is repeated finds itself ahead of its time and asks nobody; one whose time lies
    beyond the ladder's end does nothing. One that comes late, because the bot was away, is taken nevertheless.
    """

    def __init__(self, database: Database, choices: Choices, inbox: Inbox, directory: Directory) -> None:
        self._database = database
        self._choices = choices
        self._inbox = inbox
        self._directory = directory

    async def run(self, effect: Effect) -> None:
        """Ask who is next, as long as the card waits and its owner is still there.

        Raises:
            DiscordTrouble: Discord did not say whether the owner is.
        """
        assert effect.server_id is not None  # noqa: S101 - a card is a server's
        async with self._database.read() as transaction:
            introduction = await IntroductionStore(transaction, effect.server_id).find(effect.object_id)
        if introduction is None or _is_over(introduction, effect.due_at):
            return
        if not await self._directory.is_member(effect.server_id, MemberId(introduction.member_id)):
            return  # the daily sweep takes the card back
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, effect.server_id)
            introduction = await store.find(effect.object_id)
            if introduction is None or _is_over(introduction, effect.due_at):
                return  # answered while Discord was asked
            next_at = effect.due_at
            if effect.due_at <= transaction.now:
                next_at = await self._ask(transaction, store, introduction)
            await want_step(transaction, introduction, next_at)

    async def _ask(self, transaction: Transaction, store: IntroductionStore, introduction: Introduction) -> datetime:
        """Ask the next welcomer; return when to look again."""
        server_id, owner_id = ServerId(introduction.server_id), MemberId(introduction.member_id)
        among = await self._among(store, introduction)
        subject = (FEATURE, GREET, introduction.introduction_id)
        asked = await self._inbox.ask(transaction, server_id, Kind.GREET, subject, owner_id, among, most=1)
        latest = transaction.now + NEXT_AFTER  # somebody may have agreed to be asked by then
        for member_id in asked.members:
            hours = (await self._choices.of(server_id, member_id)).preferences.hours
            return hours.after(transaction.now, NEXT_AFTER) or latest
        soonest = transaction.now + _SHORTEST_STEP
        return latest if asked.again_at is None else max(soonest, min(asked.again_at, latest))

    @staticmethod
    async def _among(store: IntroductionStore, introduction: Introduction) -> list[MemberId]:
        """Return who has something in common with the newcomer; everybody with a card where they named nothing."""
        if introduction.choices or introduction.trades:
            return await store.sharing(introduction.introduction_id)
        return [member_id for member_id in await store.shown_members() if member_id != introduction.member_id]


def _is_over(introduction: Introduction, step_at: datetime) -> bool:
    published_at = introduction.published_at
    return not introduction.waits_for_hello or published_at is None or step_at >= published_at + LADDER
