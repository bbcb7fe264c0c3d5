"""Hellos: who greets whom in a card's thread, of their own accord or because they were asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.features.introductions.model import HELLO_LIMIT, READY_HELLOS, Introduction
from bot.features.introductions.posts import FEATURE, HELLO
from bot.features.introductions.store import IntroductionStore
from bot.features.introductions.teller import GREET
from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.model import Notice
from bot.features.members.reach import Kind
from bot.features.reputation.model import REASON_LIMIT, Cause, CauseKind, Thanks, Wish
from bot.features.reputation.service import Reputation
from bot.features.safety.service import Safety
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.people import Person
from bot.kernel.text import is_visible
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb

__all__ = ["REASON_LIMIT", "Hellos", "Thankable"]


@dataclass(frozen=True, slots=True)
class Thankable:
    """Whom the button of a card thanks: its owner, or, where ``greeters`` are named, those who said hello.

    ``left`` are those of them whom nobody has thanked for it yet.
    """

    introduction: Introduction
    greeters: tuple[MemberId, ...]
    left: tuple[MemberId, ...]


class Hellos:
    """One method for each thing that can be said to whoever introduced themselves."""

    def __init__(
        self, database: Database, choices: Choices, inbox: Inbox, safety: Safety, reputation: Reputation
    ) -> None:
        self._database = database
        self._choices = choices
        self._inbox = inbox
        self._safety = safety
        self._reputation = reputation

    async def greetable(
        self, server_id: ServerId, member_id: MemberId, introduction_id: int, message_id: int | None = None
    ) -> Introduction:
        """Return the introduction that a member is about to greet, by a button of the message ``message_id`` if any.

        Raises:
            Refusal: it is gone, the member's own, greeted by them before, or its thread was deleted.
        """
        async with self._database.read() as transaction:
            store = IntroductionStore(transaction, server_id)
            introduction = await _greetable(store, member_id, introduction_id)
            if message_id is not None and introduction.message_id not in {None, message_id}:
                raise Refusal("introductions.gone")  # an old card, whose number somebody else has after a restore
            if await store.hello_interaction(introduction_id, member_id) is not None:
                raise Refusal("introductions.greeted_before")
            return introduction

    async def asked_for(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Introduction:
        """Return the introduction that a member was asked to greet by a notice of theirs.

        Raises:
            Refusal: the notice is gone or somebody else's, or there is nothing to greet (see :meth:`greetable`).
        """
        notice = await self._wanted(server_id, member_id, notice_id)
        return await self.greetable(server_id, member_id, notice.object_id)

    async def say_hello(
        self,
        server_id: ServerId,
        member_id: MemberId,
        introduction_id: int,
        ready: str,
        words: str,
        interaction_id: InteractionId,
    ) -> Introduction:
        """Say hello in a card's thread, with a ready-made greeting, own words, or both.

        Args:
            server_id: the server.
            member_id: who greets.
            introduction_id: whose card.
            ready: one of :data:`READY_HELLOS`, or empty.
            words: own words, or empty.
            interaction_id: the submission; repeated, it changes nothing.

        Raises:
            Refusal: nothing was said, it may not be posted, or it can't be said there (see :meth:`greetable`).
        """
        return await self._say(server_id, member_id, introduction_id, _said(ready, words), interaction_id)

    async def say_hello_asked(
        self,
        server_id: ServerId,
        member_id: MemberId,
        notice_id: int,
        ready: str,
        words: str,
        interaction_id: InteractionId,
    ) -> Introduction:
        """Say hello as a notice asked for it, like :meth:`say_hello`; that takes the notice up.

        Raises:
            Refusal: the notice is gone or somebody else's, or the hello can't be said.
        """
        said = _said(ready, words)
        notice = await self._wanted(server_id, member_id, notice_id)
        return await self._say(server_id, member_id, notice.object_id, said, interaction_id, notice)

    async def thankable(self, server_id: ServerId, member_id: MemberId, introduction_id: int) -> Thankable:
        """Return whom the button of a card thanks: its owner, or on the own one those who said hello.

        Raises:
            Refusal: the card is gone, nobody is left to be thanked for the own one, or its owner can't be thanked now.
        """
        async with self._database.read() as transaction:
            store = IntroductionStore(transaction, server_id)
            introduction = await store.find(introduction_id)
            if introduction is None or not introduction.is_published:
                raise Refusal("introductions.gone")
            is_own = introduction.member_id == member_id
            greeters = await store.greeters(introduction_id) if is_own else []
        if not is_own:
            await self._reputation.demand_receivable(server_id, member_id, MemberId(introduction.member_id))
            return Thankable(introduction, (), ())
        if not greeters:
            raise Refusal("introductions.nobody_greeted")
        thanked = await self._reputation.thanked_for(server_id, Cause(CauseKind.INTRO, introduction_id))
        return Thankable(introduction, tuple(greeters), tuple(each for each in greeters if each not in thanked))

    async def greeter(self, server_id: ServerId, member_id: MemberId, named: Person | None) -> Person:
        """Return somebody whom a member would like to thank, as Discord ``named`` them with the request or knows them.

        Raises:
            Refusal: they are not in the server any more, or a bot.
        """
        return await self._reputation.receiver(server_id, member_id, named)

    async def can_thank_publicly(self, server_id: ServerId) -> bool:
        """Return whether there is a channel in which thanks can be posted."""
        return await self._reputation.can_be_public(server_id)

    async def thank_greeters(
        self,
        server_id: ServerId,
        member_id: MemberId,
        introduction_id: int,
        wish: tuple[Sequence[Person], str, bool],
        interaction_id: InteractionId,
    ) -> list[Thanks]:
        """Thank some of those who said hello to the own introduction, all or none, and each of them once.

        Args:
            server_id: the server.
            member_id: whose introduction it is.
            introduction_id: the introduction.
            wish: whom, why, and whether it may be public.
            interaction_id: the submission; repeated, it changes nothing.

        Raises:
            Refusal: it is not their introduction, somebody did not say hello, or it can't be recorded.
        """
        people, reason, is_public = wish
        receivers = [MemberId(person.member_id) for person in people]
        thankable = await self.thankable(server_id, member_id, introduction_id)
        if not receivers or not set(receivers) <= set(thankable.greeters):
            raise Refusal("introductions.did_not_greet")
        cause = Cause(CauseKind.INTRO, introduction_id)
        wishes = [Wish(member_id, each.member_id, reason, each.names, is_public, cause) for each in people]
        return await self._reputation.thank_all(server_id, wishes, interaction_id)

    async def spoken(self, server_id: ServerId, thread_id: int, member_id: MemberId) -> None:
        """Note that somebody wrote in a thread: in a card's, by anybody whom its owner hears of, that is an answer."""
        async with self._database.read() as transaction:
            introduction = await IntroductionStore(transaction, server_id).by_thread(thread_id)
        if not _is_answered_by(introduction, member_id):
            return  # as nearly always: most threads are none of ours, and most cards were answered
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            introduction = await store.by_thread(thread_id)
            if introduction is not None and _is_answered_by(introduction, member_id):
                await self._answered(transaction, store, introduction, member_id)

    async def _wanted(self, server_id: ServerId, member_id: MemberId, notice_id: int) -> Notice:
        """Return a member's own notice, which asks for a hello."""
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        if (notice.feature, notice.card) != (FEATURE, GREET):
            raise Refusal("members.notice_gone")
        return notice

    async def _say(
        self,
        server_id: ServerId,
        member_id: MemberId,
        introduction_id: int,
        said: tuple[str, str],
        interaction_id: InteractionId,
        notice: Notice | None = None,
    ) -> Introduction:
        screened = await self._safety.screened(server_id, said[1:], links=0)
        async with self._database.write() as transaction:
            await self._safety.check(transaction, server_id, member_id, screened)
            store = IntroductionStore(transaction, server_id)
            introduction = await _greetable(store, member_id, introduction_id)
            hello_id = await store.say_hello(introduction_id, member_id, *said, interaction_id)
            if hello_id is not None:
                await self._follow(transaction, store, introduction, member_id, hello_id)
            elif await store.hello_interaction(introduction_id, member_id) != interaction_id:
                raise Refusal("introductions.greeted_before")
            if notice is not None:
                await self._inbox.take(transaction, notice)
            return introduction

    async def _follow(
        self,
        transaction: Transaction,
        store: IntroductionStore,
        introduction: Introduction,
        member_id: MemberId,
        hello_id: int,
    ) -> None:
        """Post a hello, tell the card's owner of it, and note the first one."""
        server_id, owner_id = ServerId(introduction.server_id), MemberId(introduction.member_id)
        if introduction.thread_id is not None:
            await Effects(transaction).put(Verb.SEND, FEATURE, HELLO, hello_id, server_id=server_id)
        if introduction.answered_at is None:
            await self._answered(transaction, store, introduction, member_id)
        subject = (FEATURE, HELLO, hello_id)
        await self._inbox.tell(transaction, server_id, owner_id, Kind.ANSWERS, subject, person_id=member_id)

    async def _answered(
        self, transaction: Transaction, store: IntroductionStore, introduction: Introduction, member_id: MemberId
    ) -> None:
        """Note the first answer to a card; across a distance its owner hears of none, and goes on waiting for one."""
        server_id, owner_id = ServerId(introduction.server_id), MemberId(introduction.member_id)
        if not await self._choices.keeps_apart(transaction, server_id, owner_id, member_id):
            await store.keep(replace(introduction, answered_at=transaction.now))


def _said(ready: str, words: str) -> tuple[str, str]:
    """Return a greeting as it is kept.

    Raises:
        Refusal: it says nothing, or too much.
    """
    ready, words = ready if ready in READY_HELLOS else "", words.strip()
    if not ready and not is_visible(words):
        raise Refusal("introductions.hello_empty")
    if len(words) > HELLO_LIMIT:
        raise Refusal("introductions.too_long")
    return ready, words


async def _greetable(store: IntroductionStore, member_id: MemberId, introduction_id: int) -> Introduction:
    introduction = await store.find(introduction_id)
    if introduction is None or not introduction.is_published:
        raise Refusal("introductions.gone")
    if introduction.member_id == member_id:
        raise Refusal("introductions.own_card")
    if introduction.thread_gone:
        raise Refusal("introductions.thread_gone")
    return introduction


def _is_answered_by(introduction: Introduction | None, member_id: MemberId) -> bool:
    return introduction is not None and introduction.waits_for_hello and introduction.member_id != member_id
