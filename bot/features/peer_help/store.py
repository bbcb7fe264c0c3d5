"""Asks of one server, in one transaction."""

import json
import secrets
from collections.abc import Collection
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.features.peer_help.columns import PERSONAL_COLUMNS
from bot.features.peer_help.ladder import Climb
from bot.features.peer_help.model import Ask, End, State, Turn, Wants, Written
from bot.kernel.clock import from_micros, micros_or_none, moment_or_none, to_micros
from bot.kernel.ids import MemberId, ServerId
from bot.kernel.text import search_query, search_tokens
from bot.storage.database import Row, Transaction, queries_in, rows

__all__ = ["PERSONAL_COLUMNS", "AskStore"]

_MOMENTS = (
    *("asked_at", "posts_at", "posted_at", "answered_at", "turn_since", "checked_at", "ended_at", "after_at"),
    *("begun_at", "round_at", "called_at", "listed_at", "step_at"),
)
_FLAGS = ("is_findable", "is_by_hand", "is_in_forum", "names_one", "hurries")
_ID_BITS = 53  # so many that one is hardly ever drawn twice
_CODES = {"state": State, "turn": Turn, "wants": Wants, "ending": End}
_FIXED = {"asker_id", "climb", "me_too"}  # never changed with an ask, or counted


class AskStore:
    """The asks of one server. Who asked under a pseudonym is opened here, and shown nowhere else."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._transaction = transaction
        self._connection = transaction.connection
        self._moment = transaction.now
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def begin(
        self,
        asker_id: MemberId,
        written: Written,
        key: str,
        *,
        pseudonym: str = "",
        first_id: MemberId | None = None,
        by_hand_in: tuple[int, int] | None = None,
    ) -> int | None:
        """Keep a new ask; return its id, or None where the same request has made one before.

        Ids are drawn by lot: in an order, they would tell when each was begun, between which others.

        Args:
            asker_id: who asks.
            written: the form.
            key: names the request.
            pseudonym: the name that stands in the place of theirs; it waits for a last look, then.
            first_id: whom they would like to ask first.
            by_hand_in: the channel and the thread that they opened by hand.
        """
        channel_id, thread_id = by_hand_in or (None, None)
        ask_id: int | None = await self._queries.begin(
            self._connection,
            ask_id=secrets.randbits(_ID_BITS) or 1,
            server_id=self._server_id,
            member_id=None if pseudonym else asker_id,
            pseudonym=pseudonym,
            key=key,
            state=State.PREVIEW if pseudonym else State.WAITING,
            topic=written.topic,
            wants=written.wants,
            title=written.title,
            details=written.details,
            first_id=first_id,
            is_by_hand=by_hand_in is not None,
            channel_id=channel_id,
            thread_id=thread_id,
            posts_at=self._now,
            now=self._now,
        )
        if ask_id is not None and pseudonym:
            sealed = self._transaction.seals.seal(asker_id, _sealed_for(ask_id))
            await self._queries.seal(self._connection, **self._of(ask_id), sealed=sealed)
        return ask_id

    async def find(self, ask_id: int) -> Ask | None:
        """Return the ask, or None when it is not in this server."""
        return self._maybe(await self._queries.find(self._connection, **self._of(ask_id)))

    async def by_key(self, key: str) -> Ask | None:
        """Return the ask that a request made, or None."""
        return self._maybe(await self._queries.by_key(self._connection, server_id=self._server_id, key=key))

    async def by_thread(self, thread_id: int) -> Ask | None:
        """Return the ask whose thread it is, or None."""
        found = self._queries.by_thread(self._connection, server_id=self._server_id, thread_id=thread_id)
        return self._maybe(await found)

    async def cards_among(self, message_ids: Collection[int]) -> list[int]:
        """Return the asks whose cards are among some messages."""
        listed = json.dumps(sorted(message_ids))
        found = self._queries.cards_among(self._connection, server_id=self._server_id, message_ids=listed)
        return [row["ask_id"] for row in await rows(found)]

    async def in_channel(self, channel_id: int) -> list[int]:
        """Return the asks that stand in a channel."""
        found = self._queries.in_channel(self._connection, server_id=self._server_id, channel_id=channel_id)
        return [row["ask_id"] for row in await rows(found)]

    async def unposted(self) -> list[Ask]:
        """Return the open asks that don't stand in Discord, the oldest first."""
        found = await rows(self._queries.unposted(self._connection, server_id=self._server_id))
        asks = [await self.find(row["ask_id"]) for row in found]
        return [ask for ask in asks if ask is not None]

    async def of_member(self, member_id: MemberId) -> list[Ask]:
        """Return a member's own asks, those under a pseudonym among them, newest first."""
        named = await rows(self._queries.of_member(self._connection, server_id=self._server_id, member_id=member_id))
        found = [*map(self._ask, named), *await self.anonymous_of(member_id)]
        return sorted(found, key=lambda ask: (ask.asked_at, ask.ask_id), reverse=True)

    async def anonymous_of(self, member_id: MemberId) -> list[Ask]:
        """Return what a member asks under pseudonyms. No column says so: all are opened to see."""
        return [ask for ask in await self._sealed_for(member_id) if ask.state is not State.WITHDRAWN]

    async def anonymous(self) -> list[Ask]:
        """Return all asks under a pseudonym whose askers are still kept."""
        return [self._ask(row) for row in await rows(self._queries.sealed(self._connection, server_id=self._server_id))]

    async def open_asks(self, most: int, hidden: Collection[int] = ()) -> list[Ask]:
        """Return up to ``most`` open asks, who waits longest for a helper first; none by name of ``hidden`` people."""
        listed = json.dumps(sorted(hidden))
        found = self._queries.open_asks(self._connection, server_id=self._server_id, most=most, hidden=listed)
        return [self._ask(row) for row in await rows(found)]

    async def keep(self, ask: Ask) -> None:
        """Keep all of an ask but who asked."""
        values = {each.name: getattr(ask, each.name) for each in fields(Ask)}
        values |= {each.name: getattr(ask.climb, each.name) for each in fields(Climb)}
        values |= {name: micros_or_none(values[name]) for name in _MOMENTS}
        values["server_id"] = self._server_id
        await self._queries.keep(self._connection, **{name: values[name] for name in values if name not in _FIXED})

    async def declined(self, ask: Ask) -> Ask:
        """Note that one of those who were asked passes, and let somebody else be found at once."""
        climb = replace(ask.climb, declined=ask.climb.declined + 1)
        now = replace(ask, climb=climb, step_at=self._moment)
        await self.keep(now)
        return now

    async def drop(self, ask_id: int) -> None:
        """Remove an ask of which nothing was posted."""
        await self._queries.drop(self._connection, **self._of(ask_id))

    async def unseal(self, ask: Ask) -> Ask:
        """Forget who asked under a pseudonym."""
        await self._queries.unseal(self._connection, **self._of(ask.ask_id))
        return replace(ask, asker_id=None)

    async def forget_previews(self, before: datetime) -> None:
        """Remove what was looked at, and never posted, since ``before``."""
        await self._queries.forget_previews(self._connection, server_id=self._server_id, moment=to_micros(before))

    async def pseudonym_used(self, pseudonym: str) -> bool:
        """Return whether a pseudonym stands, or stood, for anybody in this server."""
        found = self._queries.pseudonym_used(self._connection, server_id=self._server_id, pseudonym=pseudonym)
        return bool(await found)

    async def shown_members(self) -> list[MemberId]:
        """Return who has asked something by name, or said that they can answer, by id."""
        found = self._queries.shown_members(self._connection, server_id=self._server_id)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def all_of_member(self, member_id: MemberId) -> list[Ask]:
        """Return all that a member asked, withdrawn or not."""
        named = await rows(
            self._queries.all_of_member(self._connection, server_id=self._server_id, member_id=member_id)
        )
        return [*map(self._ask, named), *await self._sealed_for(member_id)]

    async def forget(self, ask: Ask) -> None:
        """Let nobody be able to tell who asked, or what."""
        await self.index(ask.ask_id, None)
        await self._queries.forget(self._connection, **self._of(ask.ask_id))
        await self._queries.forget_why(self._connection, **self._of(ask.ask_id))

    async def listed(self) -> list[Ask]:
        """Return the asks that nobody has answered for so long that moderators should look, the oldest first."""
        return [self._ask(row) for row in await rows(self._queries.listed(self._connection, server_id=self._server_id))]

    async def waits(self, since: datetime, until: datetime) -> list[timedelta | None]:
        """Return how long each ask posted since ``since`` waited for its first answer.

        None stands for one that was posted by ``until`` and has none yet; a later one says nothing so far.
        """
        found = self._queries.waits(
            self._connection, server_id=self._server_id, since=to_micros(since), until=to_micros(until)
        )
        return [
            None if row["answered_at"] is None else from_micros(row["answered_at"]) - from_micros(row["posted_at"])
            for row in await rows(found)
        ]

    async def answered_between(self, since: datetime, until: datetime) -> int:
        """Return how many asks had their first answer later than ``since``, up to ``until``."""
        count: int = await self._queries.answered_between(
            self._connection, server_id=self._server_id, since=to_micros(since), until=to_micros(until)
        )
        return count

    async def rename_topic(self, old: str, new: str) -> None:
        """Let what was asked about ``old`` be about ``new``."""
        await self._queries.rename_topic(self._connection, server_id=self._server_id, old=old, new=new)

    async def index(self, ask_id: int, text: str | None) -> None:
        """Let an ask be found by ``text``, or by nothing."""
        await self._queries.drop_index(self._connection, **self._of(ask_id))
        if text is not None:
            await self._queries.add_index(self._connection, **self._of(ask_id), tokens=search_tokens(text))

    async def matching(self, words: str, most: int, hidden: Collection[int] = ()) -> list[Ask]:
        """Return up to ``most`` asks that hold all ``words``, newest first; none by name of ``hidden`` people."""
        query = search_query(words)
        if query is None:
            return []
        found = self._queries.matching(
            self._connection,
            server_id=self._server_id,
            words=query,
            most=most,
            hidden=json.dumps(sorted(hidden)),
        )
        return [self._ask(row) for row in await rows(found)]

    async def _sealed_for(self, member_id: MemberId) -> list[Ask]:
        """Return what was asked by a member under pseudonyms: nothing but the seals is read of what is others'."""
        seals = await rows(self._queries.seals(self._connection, server_id=self._server_id))
        opened = [
            (row["ask_id"], self._transaction.seals.open(row["sealed"], _sealed_for(row["ask_id"]))) for row in seals
        ]
        found = [await self.find(ask_id) for ask_id, asker_id in opened if asker_id == member_id]
        return [ask for ask in found if ask is not None]

    def _maybe(self, row: Row | None) -> Ask | None:
        return None if row is None else self._ask(row)

    def _ask(self, row: Row) -> Ask:
        values: dict[str, Any] = dict(row)
        values |= {name: moment_or_none(values[name]) for name in _MOMENTS}
        values |= {name: bool(values[name]) for name in _FLAGS}
        values |= {name: None if values[name] is None else kind(values[name]) for name, kind in _CODES.items()}
        asker_id = values["member_id"]
        if values["sealed"] is not None:
            asker_id = self._transaction.seals.open(values["sealed"], _sealed_for(values["ask_id"]))
        values |= {"asker_id": asker_id, "first_id": values["first_member_id"]}
        values["climb"] = Climb(**{each.name: values[each.name] for each in fields(Climb)})
        return Ask(**{each.name: values[each.name] for each in fields(Ask)})

    def _of(self, ask_id: int) -> dict[str, int]:
        return {"server_id": self._server_id, "ask_id": ask_id}


def _sealed_for(ask_id: int) -> str:
    return f"ask:{ask_id}"
