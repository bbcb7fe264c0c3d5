"""What members do with their own introduction: write, show, withdraw; and what happens to its card."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import replace

from bot.features.introductions.finding import findable
from bot.features.introductions.model import (
    LADDER,
    TRADE_LINE_LIMIT,
    TRADES_LIMIT,
    Introduction,
    Outlook,
    Side,
    State,
    Written,
    complaint_about,
)
from bot.features.introductions.posts import follow, lose_card, lose_thread, want_welcome, withdraw
from bot.features.introductions.store import IntroductionStore
from bot.features.members.choices import Choices
from bot.features.members.model import TRADES
from bot.features.members.reach import Kind
from bot.features.members.service import Members
from bot.features.members.topics import Topics
from bot.features.safety.service import Safety
from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.i18n import Texts
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import is_visible
from bot.kernel.waits import USUAL_SINCE, usual_wait
from bot.storage.database import Database, Transaction

ShownWord = Callable[[ServerId, MemberId], Awaitable[str | None]]


class Introductions:
    """One method for each thing that a member can do with their introduction."""

    def __init__(
        self,
        database: Database,
        texts: Texts,
        setup: Setup,
        members: Members,
        topics: Topics,
        choices: Choices,
        safety: Safety,
    ) -> None:
        self._database = database
        self._texts = texts
        self._setup = setup
        self._members = members
        self._topics = topics
        self._choices = choices
        self._safety = safety
        self._shown_word: ShownWord = _no_word

    def attach(self, shown_word: ShownWord) -> None:
        """Hand in who knows which word for their ties somebody lets others see."""
        self._shown_word = shown_word

    async def topics(self, server_id: ServerId) -> tuple[str, ...]:
        """Return the topics to choose from, in the moderators' order."""
        return await self._topics.of(server_id)

    @property
    def trades(self) -> tuple[str, ...]:
        """The trades to choose from."""
        return TRADES

    async def begin(self, server_id: ServerId, member_id: MemberId) -> Introduction:
        """Return a member's introduction, an empty one if there is none yet.

        Raises:
            Refusal: the server has no channel for introductions yet.
        """
        if (await self._setup.server(server_id)).introductions_channel_id is None:
            raise Refusal("introductions.not_set_up")
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            await store.begin(member_id)
            return (await _own(store, member_id)).ordered(await self._topics.of(server_id))

    async def write(
        self, server_id: ServerId, member_id: MemberId, name: str, written: Written, interaction_id: InteractionId
    ) -> Introduction:
        """Publish what a member wrote, or bring their card up to date with it.

        Args:
            server_id: the server.
            member_id: who writes.
            name: their display name, for the card's thread.
            written: the form.
            interaction_id: the submission; repeated, it changes nothing.

        Raises:
            Refusal: the form can't be taken or posted as it is, or the server has no channel for it.
        """
        complaint = complaint_about(written) if is_visible(written.now) else "introductions.now_missing"
        if complaint is not None:
            raise Refusal(complaint)
        server, topics = await self._setup.server(server_id), await self._topics.of(server_id)
        if server.introductions_channel_id is None:
            raise Refusal("introductions.not_set_up")
        now, note, link = written.now.strip(), written.note.strip(), written.link.strip()
        screened = await self._safety.screened(server_id, (now, note, link), links=1)
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            await store.begin(member_id)
            before = await _own(store, member_id)
            if (before.interaction_id or 0) >= interaction_id:  # told again by Discord, or overtaken by a newer one
                return before.ordered(topics)
            after = replace(
                before,
                revision=before.revision + 1,
                name=name,
                now=now,
                note=note,
                link=link,
                choices=before.chosen(_known(written, topics)),
                interaction_id=interaction_id,
            )
            await self._safety.check(transaction, server_id, member_id, screened)
            if not before.is_published:
                after = _published(after, transaction, server.introductions_channel_id)
                await want_welcome(transaction, after, server)
            return await self._keep(transaction, store, after)

    async def choose_trades(
        self, server_id: ServerId, member_id: MemberId, trades: Iterable[str], line: str
    ) -> Introduction:
        """Choose up to five trades, and one free line about them.

        Raises:
            Refusal: too many or too long, the line may not be posted, or there is no introduction.
        """
        wanted, line = set(trades), line.strip()
        chosen = tuple(trade for trade in TRADES if trade in wanted)
        if len(chosen) > TRADES_LIMIT or len(line) > TRADE_LINE_LIMIT:
            raise Refusal("introductions.too_long")
        # A card has one link of one's own, and the form for the card itself has a field for it.
        screened = await self._safety.screened(server_id, (line,), links=0)
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            before = await _written(store, member_id)
            await self._safety.refuse_held(transaction, server_id, member_id)
            if line != before.trade_line:
                await self._safety.check(transaction, server_id, member_id, screened)
            after = replace(before, revision=before.revision + 1, trades=chosen, trade_line=line)
            return await self._keep(transaction, store, after)

    async def choose_discreet(
        self, server_id: ServerId, member_id: MemberId, topics: Mapping[Side, Collection[str]]
    ) -> Introduction:
        """Keep the named ``topics`` of each side off the card, for matching only, and show all others.

        A topic that moderators took off the list, which no form offers, stays as it was.

        Raises:
            Refusal: there is no introduction, or a member on hold would show more.
        """
        offered = await self._topics.of(server_id)
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            before = await _written(store, member_id)
            choices = tuple(
                replace(
                    choice,
                    on_card=choice.topic not in topics.get(choice.side, ())
                    and (choice.on_card or choice.topic in offered),
                )
                for choice in before.choices
            )
            if any(after.on_card and not choice.on_card for choice, after in zip(before.choices, choices, strict=True)):
                await self._safety.refuse_held(transaction, server_id, member_id)  # who hides something always may
            return await self._keep(transaction, store, replace(before, revision=before.revision + 1, choices=choices))

    async def choose_listing(self, server_id: ServerId, member_id: MemberId, *, unlisted: bool) -> Introduction:
        """Choose whether to be left out of what others find.

        Raises:
            Refusal: there is no introduction.
        """
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            after = replace(await _written(store, member_id), unlisted=unlisted)
            await store.keep(after)
        return after.ordered(await self._topics.of(server_id))

    async def outlook(self, server_id: ServerId, member_id: MemberId) -> Outlook:
        """Return what a member can be told who waits for a first hello: who is asked, from when, and the usual."""
        hours = (await self._setup.server(server_id)).hours
        async with self._database.read() as transaction:
            now = transaction.now
            waits = await IntroductionStore(transaction, server_id).waits(now - USUAL_SINCE, now - LADDER)
        first = hours.first_awake(now)
        return Outlook(
            asked_from=first if first is not None and first > now else None,
            usual=usual_wait(waits),
            has_welcomers=await self._choices.has_agreed(server_id, Kind.GREET, member_id),
        )

    async def wants_consent(self, before: Introduction | None, after: Introduction) -> bool:
        """Return whether to ask, now that ``before`` became ``after``, if others' questions may be brought to somebody.

        It means something to whoever publishes topics that they offer. Nobody is asked at every change.
        """
        offered_before = before is not None and before.is_published and before.topics(Side.OFFER)
        if offered_before or not after.topics(Side.OFFER):
            return False
        server_id, member_id = ServerId(after.server_id), MemberId(after.member_id)
        return await self._choices.way(server_id, member_id, Kind.HELP) is None

    async def show(self, server_id: ServerId, member_id: MemberId) -> Introduction | None:
        """Return a member's introduction, published or not, or None if nothing was written."""
        async with self._database.read() as transaction:
            introduction = await IntroductionStore(transaction, server_id).of_member(member_id)
        if introduction is None or not introduction.now:
            return None
        return introduction.ordered(await self._topics.of(server_id))

    async def show_to(self, server_id: ServerId, viewer_id: MemberId, member_id: MemberId) -> Introduction | None:
        """Return somebody else's published introduction, as ``viewer_id`` sees it; None if there is none."""
        introduction = await self.show(server_id, member_id)
        if introduction is None or not introduction.is_published:
            return None
        async with self._database.read() as transaction:
            askable = await self._choices.askable(transaction, server_id, viewer_id, [member_id])
            can_ask = Place.HELP in (await self._setup.server_in(transaction, server_id)).places
        return replace(introduction, is_askable=can_ask and member_id in askable)

    async def shown_word(self, server_id: ServerId, member_id: MemberId) -> str | None:
        """Return the word for a member's ties, if they have one and let others see it."""
        return await self._shown_word(server_id, member_id)

    async def withdraw(self, server_id: ServerId, member_id: MemberId) -> Introduction:
        """Take a member's card back: its text goes, its thread closes.

        Raises:
            Refusal: nothing is published.
        """
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            introduction = await store.of_member(member_id)
            if introduction is None or not introduction.is_published:
                raise Refusal("introductions.none_published")
            withdrawn = await withdraw(transaction, store, introduction)
        return withdrawn.ordered(await self._topics.of(server_id))

    async def messages_deleted(self, server_id: ServerId, message_ids: Collection[int]) -> None:
        """Note that messages were deleted; a card among them is not published any more."""
        async with self._database.read() as transaction:
            lost = await IntroductionStore(transaction, server_id).cards_among(message_ids)
        for message_id in lost:
            async with self._database.write() as transaction:
                store = IntroductionStore(transaction, server_id)
                introduction = await store.by_message(message_id)
                if introduction is not None:
                    await lose_card(store, introduction)

    async def thread_deleted(self, server_id: ServerId, thread_id: int) -> None:
        """Note that a thread was deleted; a card that it hung on can't be greeted any more."""
        async with self._database.read() as transaction:
            if await IntroductionStore(transaction, server_id).by_thread(thread_id) is None:
                return  # as for most threads of a server, which are none of ours
        async with self._database.write() as transaction:
            store = IntroductionStore(transaction, server_id)
            introduction = await store.by_thread(thread_id)
            if introduction is not None:
                await lose_thread(transaction, store, introduction)

    async def channel_deleted(self, server_id: ServerId, channel_id: int) -> None:
        """Note that a channel was deleted, and all cards in it."""
        async with self._database.read() as transaction:
            lost = await IntroductionStore(transaction, server_id).cards_in(channel_id)
        await self.messages_deleted(server_id, lost)

    async def _keep(self, transaction: Transaction, store: IntroductionStore, after: Introduction) -> Introduction:
        await store.keep(after)
        await store.keep_choices(after)
        words = findable(after, self._texts, self._topics) if after.is_published else None
        await store.index(after.introduction_id, words)
        await follow(transaction, after)
        return after.ordered(await self._topics.of(ServerId(after.server_id)))


def _published(introduction: Introduction, transaction: Transaction, channel_id: int) -> Introduction:
    return replace(
        introduction,
        state=State.PUBLISHED,
        published_revision=introduction.published_revision or introduction.revision,
        published_at=transaction.now,
        channel_id=introduction.channel_id or channel_id,
        thread_gone=False,  # written again, the card gets a new thread
    )


def _known(written: Written, topics: Collection[str]) -> Written:
    return replace(
        written,
        offer_topics=tuple(topic for topic in topics if topic in written.offer_topics),
        seek_topics=tuple(topic for topic in topics if topic in written.seek_topics),
    )


async def _own(store: IntroductionStore, member_id: MemberId) -> Introduction:
    introduction = await store.of_member(member_id)
    if introduction is None:
        raise Refusal("introductions.none_written")
    return introduction


async def _written(store: IntroductionStore, member_id: MemberId) -> Introduction:
    introduction = await _own(store, member_id)
    if not introduction.now:
        raise Refusal("introductions.none_written")
    return introduction


async def _no_word(_server_id: ServerId, _member_id: MemberId) -> str | None:
    return None
