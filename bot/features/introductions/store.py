"""Introductions and hellos of one server, in one transaction."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from bot.features.introductions.model import Choice, Hello, Introduction, Side, State
from bot.features.members.model import TRADES
from bot.kernel.clock import from_micros, micros_or_none, moment_or_none, to_micros
from bot.kernel.ids import InteractionId, MemberId, MessageId, ServerId
from bot.kernel.text import search_tokens
from bot.storage.columns import OnDeletion, PersonalColumn
from bot.storage.database import Row, Transaction, queries_in, rows

_KEPT = "until deleted on request, or 12 months after leaving"

PERSONAL_COLUMNS = (
    *(
        PersonalColumn("introductions", column, what, why, _KEPT, f"introduction.{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "whose introduction it is", "to let nobody else change it"),
            ("name", "the display name when it was written", "to name the card's thread"),
            ("now", "the line about the present", "to show it on the card"),
            ("note", "more about oneself", "to show it on the card"),
            ("link", "an own blog or profile", "to show it on the card"),
            ("trade_line", "the free line about trades", "to show it on the card"),
            ("unlisted", "whether it is left out of what others find", "to show it to nobody who searches"),
            ("published_at", "when it was published", "to show newest first"),
            ("answered_at", "when somebody else first said something in return", "to ask nobody for it any more"),
        )
    ),
    PersonalColumn(
        *("introduction_topics", "topic", "a topic offered or sought", "to show it, or to match by it", _KEPT),
        *("introduction.topics[]", OnDeletion.ROW_GOES),
    ),
    PersonalColumn(
        *("introduction_trades", "trade", "a trade, present or former", "to show it and to be found by it", _KEPT),
        *("introduction.trades[]", OnDeletion.ROW_GOES),
    ),
    PersonalColumn(
        *("introduction_search", "tokens", "the words of the card, cut up", "to be found by them", _KEPT),
        *("not exported: made from the introduction", OnDeletion.ROW_GOES),
    ),
    *(
        PersonalColumn("hellos", column, what, why, _KEPT, f"hellos[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who said hello", "to post it in their name, once"),
            ("ready", "the ready-made greeting", "to post it"),
            ("words", "the own words", "to post them"),
            ("said_at", "when it was said", "to tell when, on export"),
        )
    ),
    *(
        PersonalColumn("searches", column, what, why, "24 hours", f"searches[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who searched", "to turn pages for nobody else"),
            ("topic", "the topic searched for", "to turn pages"),
            ("trade", "the trade searched for", "to turn pages"),
            ("words", "the words searched for", "to turn pages"),
        )
    ),
)


class IntroductionStore:
    """The introductions of one server."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._connection = transaction.connection
        self._moment = transaction.now
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def begin(self, member_id: MemberId) -> None:
        """Make an empty introduction for a member who has none."""
        await self._queries.begin(self._connection, server_id=self._server_id, member_id=member_id)

    async def of_member(self, member_id: MemberId) -> Introduction | None:
        """Return a member's introduction, or None."""
        found = self._queries.of_member(self._connection, server_id=self._server_id, member_id=member_id)
        return await self._whole(await found)

    async def find(self, introduction_id: int) -> Introduction | None:
        """Return the introduction, or None when it is not in this server."""
        found = self._queries.find(self._connection, server_id=self._server_id, introduction_id=introduction_id)
        return await self._whole(await found)

    async def by_message(self, message_id: int) -> Introduction | None:
        """Return the introduction whose card the message is, or None."""
        found = self._queries.by_message(self._connection, server_id=self._server_id, message_id=message_id)
        return await self._whole(await found)

    async def by_thread(self, thread_id: int) -> Introduction | None:
        """Return the introduction whose thread it is, or None."""
        found = self._queries.by_thread(self._connection, server_id=self._server_id, thread_id=thread_id)
        return await self._whole(await found)

    async def cards_among(self, message_ids: Collection[int]) -> list[int]:
        """Return which of some messages are cards."""
        found = self._queries.cards_among(
            self._connection, server_id=self._server_id, message_ids=json.dumps(sorted(message_ids))
        )
        return [row["message_id"] for row in await rows(found)]

    async def cards_in(self, channel_id: int) -> list[int]:
        """Return the messages that are cards in a channel."""
        found = self._queries.cards_in(self._connection, server_id=self._server_id, channel_id=channel_id)
        return [row["message_id"] for row in await rows(found)]

    async def keep(self, introduction: Introduction) -> None:
        """Keep all of an introduction but its topics, trades and words to be found by."""
        await self._queries.keep(
            self._connection,
            server_id=self._server_id,
            introduction_id=introduction.introduction_id,
            state=introduction.state,
            revision=introduction.revision,
            published_revision=introduction.published_revision,
            name=introduction.name,
            text_now=introduction.now,
            note=introduction.note,
            link=introduction.link,
            trade_line=introduction.trade_line,
            unlisted=introduction.unlisted,
            channel_id=introduction.channel_id,
            message_id=introduction.message_id,
            thread_id=introduction.thread_id,
            thread_gone=introduction.thread_gone,
            card_serial=introduction.card_serial,
            interaction_id=introduction.interaction_id,
            published_at=micros_or_none(introduction.published_at),
            answered_at=micros_or_none(introduction.answered_at),
        )

    async def keep_choices(self, introduction: Introduction) -> None:
        """Keep an introduction's topics and trades."""
        of_it = self._of(introduction.introduction_id)
        await self._queries.drop_topics(self._connection, **of_it)
        for choice in introduction.choices:
            await self._queries.add_topic(
                self._connection, **of_it, side=choice.side, topic=choice.topic, on_card=choice.on_card
            )
        await self._queries.drop_trades(self._connection, **of_it)
        for trade in introduction.trades:
            await self._queries.add_trade(self._connection, **of_it, trade=trade)

    async def index(self, introduction_id: int, text: str | None) -> None:
        """Let an introduction be found by ``text``, or by nothing."""
        of_it = self._of(introduction_id)
        await self._queries.drop_index(self._connection, **of_it)
        if text is not None:
            await self._queries.add_index(self._connection, **of_it, tokens=search_tokens(text))

    async def shown_members(self) -> list[MemberId]:
        """Return the members who have a card, by id."""
        found = self._queries.shown_members(self._connection, server_id=self._server_id)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def say_hello(
        self, introduction_id: int, member_id: MemberId, ready: str, words: str, interaction_id: InteractionId
    ) -> int | None:
        """Keep a hello; return its id, or None when this member has said hello here before."""
        hello_id: int | None = await self._queries.say_hello(
            self._connection,
            **self._of(introduction_id),
            member_id=member_id,
            ready=ready,
            words=words,
            interaction_id=interaction_id,
            now=self._now,
        )
        return hello_id

    async def hello_interaction(self, introduction_id: int, member_id: MemberId) -> int | None:
        """Return the interaction by which the member said hello here, or None if they have not."""
        row = await self._queries.hello_of(self._connection, **self._of(introduction_id), member_id=member_id)
        return None if row is None else row["interaction_id"]

    async def hello(self, hello_id: int) -> Hello | None:
        """Return the hello, or None."""
        row = await self._queries.hello(self._connection, server_id=self._server_id, hello_id=hello_id)
        return None if row is None else Hello(**dict(row))

    async def hello_posted(self, hello_id: int, message_id: MessageId) -> None:
        """Note the message in which a hello stands."""
        await self._queries.hello_posted(
            self._connection, server_id=self._server_id, hello_id=hello_id, message_id=message_id
        )

    async def greeters(self, introduction_id: int) -> list[MemberId]:
        """Return who said hello to an introduction, in that order."""
        found = self._queries.greeters(self._connection, server_id=self._server_id, introduction_id=introduction_id)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def waiting_hellos(self, introduction_id: int) -> list[int]:
        """Return the hellos for an introduction that were not posted yet, in the order in which they were said."""
        found = self._queries.waiting_hellos(
            self._connection, server_id=self._server_id, introduction_id=introduction_id
        )
        return [row["hello_id"] for row in await rows(found)]

    async def forget(self, member_id: MemberId) -> None:
        """Remove all that this feature keeps about a member."""
        introduction = await self.of_member(member_id)
        if introduction is not None:
            await self.index(introduction.introduction_id, None)
        for statement in (self._queries.forget_hellos, self._queries.forget_searches, self._queries.forget):
            await statement(self._connection, server_id=self._server_id, member_id=member_id)

    async def sharing(self, introduction_id: int) -> list[MemberId]:
        """Return the others with a card who have a topic, on whichever side and shown or not, or a trade in common."""
        found = self._queries.sharing(self._connection, **self._of(introduction_id))
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def offering(self, topic: str) -> list[MemberId]:
        """Return who can speak about a topic, whether their card shows it or not."""
        found = self._queries.offering(self._connection, server_id=self._server_id, topic=topic)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def unanswered(self, since: datetime, until: datetime) -> list[Introduction]:
        """Return the cards published from ``since`` to ``until`` that nobody has answered, the oldest first."""
        found = self._queries.unanswered(
            self._connection, server_id=self._server_id, since=to_micros(since), until=to_micros(until)
        )
        return [_introduction(row, (), ()) for row in await rows(found)]

    async def published_between(self, since: datetime, until: datetime) -> int:
        """Return how many cards were published later than ``since``, up to ``until``."""
        count: int = await self._queries.published_between(
            self._connection, server_id=self._server_id, since=to_micros(since), until=to_micros(until)
        )
        return count

    async def waits(self, since: datetime, until: datetime) -> list[timedelta | None]:
        """Return how long each card published since ``since`` waited for its first answer.

        None stands for one that was published by ``until`` and has none yet; a later one says nothing so far.
        """
        found = self._queries.waits(
            self._connection, server_id=self._server_id, since=to_micros(since), until=to_micros(until)
        )
        return [
            None if row["answered_at"] is None else from_micros(row["answered_at"]) - from_micros(row["published_at"])
            for row in await rows(found)
        ]

    async def with_topic(self, topic: str) -> list[int]:
        """Return the introductions that chose a topic, on whichever side."""
        found = self._queries.with_topic(self._connection, server_id=self._server_id, topic=topic)
        return [row["introduction_id"] for row in await rows(found)]

    async def rename_topic(self, old: str, new: str) -> None:
        """Let what was chosen and searched for as ``old`` be ``new``."""
        names = {"server_id": self._server_id, "old": old, "new": new}
        for statement in (self._queries.rename_topic, self._queries.drop_topic, self._queries.rename_searched):
            await statement(self._connection, **names)

    async def _whole(self, row: Row | None) -> Introduction | None:
        if row is None:
            return None
        of_it = self._of(row["introduction_id"])
        topics = await rows(self._queries.topics(self._connection, **of_it))
        trades = await rows(self._queries.trades(self._connection, **of_it))
        choices = [Choice(Side(topic["side"]), topic["topic"], bool(topic["on_card"])) for topic in topics]
        choices.sort(key=lambda choice: (choice.side, choice.topic))
        done = sorted((trade["trade"] for trade in trades), key=_rank)
        return _introduction(row, tuple(choices), tuple(done))

    def _of(self, introduction_id: int) -> dict[str, int]:
        return {"server_id": self._server_id, "introduction_id": introduction_id}


def _rank(trade: str) -> int:
    """Return where ``trade`` stands in the list that members choose from; at the end if it was taken off it."""
    return TRADES.index(trade) if trade in TRADES else len(TRADES)


def _introduction(row: Row, choices: tuple[Choice, ...], trades: tuple[str, ...]) -> Introduction:
    return Introduction(
        introduction_id=row["introduction_id"],
        server_id=row["server_id"],
        member_id=row["member_id"],
        state=State(row["state"]),
        revision=row["revision"],
        published_revision=row["published_revision"],
        name=row["name"],
        now=row["now"],
        note=row["note"],
        link=row["link"],
        trade_line=row["trade_line"],
        channel_id=row["channel_id"],
        message_id=row["message_id"],
        thread_id=row["thread_id"],
        thread_gone=bool(row["thread_gone"]),
        card_serial=row["card_serial"],
        interaction_id=row["interaction_id"],
        published_at=moment_or_none(row["published_at"]),
        unlisted=bool(row["unlisted"]),
        answered_at=moment_or_none(row["answered_at"]),
        choices=choices,
        trades=trades,
    )
