"""Requests to be read of one server, in one transaction."""

import json
from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.features.blog_reviews.columns import PERSONAL_COLUMNS
from bot.features.blog_reviews.model import Claim, End, Review, State, Wants, Written
from bot.kernel.clock import from_micros, micros_or_none, moment_or_none, to_micros
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.storage.database import Row, Transaction, queries_in, rows

__all__ = ["PERSONAL_COLUMNS", "ReviewStore"]

_MOMENTS = ("requested_at", "posted_at", "begun_at", "invited_at", "answered_at", "ended_at", "step_at")
_FIXED = {"author_id", "requested_at", "claim", "quick_count", "read_count"}  # never changed with a request, or counted


class ReviewStore:
    """The requests of one server, each with who reads it now."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._connection = transaction.connection
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def begin(self, author_id: MemberId, written: Written, interaction_id: InteractionId) -> int | None:
        """Keep a new request; return its id, or None where the same interaction has made one before."""
        review_id: int | None = await self._queries.begin(
            self._connection,
            server_id=self._server_id,
            member_id=author_id,
            interaction_id=interaction_id,
            url=written.url,
            host=written.host,
            address=written.address,
            title=written.title,
            wants=written.wants,
            question=written.question,
            wish_on=_day_kept(written.wish_on),
            now=self._now,
        )
        return review_id

    async def find(self, review_id: int) -> Review | None:
        """Return the request, or None when it is not in this server."""
        return _maybe(await self._queries.find(self._connection, **self._of(review_id)))

    async def by_interaction(self, interaction_id: InteractionId) -> Review | None:
        """Return the request that an interaction made, or None."""
        found = self._queries.by_interaction(self._connection, server_id=self._server_id, interaction_id=interaction_id)
        return _maybe(await found)

    async def by_thread(self, thread_id: int) -> Review | None:
        """Return the request whose thread it is, or None."""
        found = self._queries.by_thread(self._connection, server_id=self._server_id, thread_id=thread_id)
        return _maybe(await found)

    async def unread_at(self, address: str, but_id: int = 0) -> Review | None:
        """Return the request, if there is another than ``but_id``, that waits to be read at ``address``."""
        found = self._queries.unread_at(self._connection, server_id=self._server_id, address=address, but_id=but_id)
        return _maybe(await found)

    async def cards_among(self, message_ids: Collection[int]) -> list[int]:
        """Return the requests whose cards are among some messages."""
        listed = json.dumps(sorted(message_ids))
        found = self._queries.cards_among(self._connection, server_id=self._server_id, message_ids=listed)
        return [row["review_id"] for row in await rows(found)]

    async def in_channel(self, channel_id: int) -> list[int]:
        """Return the requests that stand in a channel."""
        found = self._queries.in_channel(self._connection, server_id=self._server_id, channel_id=channel_id)
        return [row["review_id"] for row in await rows(found)]

    async def of_member(self, member_id: MemberId) -> list[Review]:
        """Return a member's own requests, newest first."""
        found = self._queries.of_member(self._connection, server_id=self._server_id, member_id=member_id)
        return [_review(row) for row in await rows(found)]

    async def requested_since(self, member_id: MemberId, since: datetime) -> int:
        """Return how often a member asked to be read later than ``since``, whatever became of it."""
        count: int = await self._queries.requested_since(
            self._connection, server_id=self._server_id, member_id=member_id, since=to_micros(since)
        )
        return count

    async def all_of_member(self, member_id: MemberId) -> list[Review]:
        """Return all that a member asked to be read, withdrawn or not."""
        found = self._queries.all_of_member(self._connection, server_id=self._server_id, member_id=member_id)
        return [_review(row) for row in await rows(found)]

    async def read_by(self, member_id: MemberId) -> list[Review]:
        """Return what a member has to read, what is due first before the others."""
        found = self._queries.read_by(self._connection, server_id=self._server_id, member_id=member_id)
        return [_review(row) for row in await rows(found)]

    async def waiting(self, hidden: Collection[int] = ()) -> list[Review]:
        """Return what waits for a reader, in its order (see ``queue.in_line``); nothing of ``hidden`` people."""
        listed = json.dumps(sorted(hidden))
        found = self._queries.waiting(self._connection, server_id=self._server_id, hidden=listed)
        return [_review(row) for row in await rows(found)]

    async def listed(self, long_ago: datetime, yesterday: datetime) -> list[Review]:
        """Return what has waited for a reader since ``long_ago``, or for a channel since ``yesterday``."""
        moments = {"long_ago": to_micros(long_ago), "yesterday": to_micros(yesterday)}
        found = self._queries.listed(self._connection, server_id=self._server_id, **moments)
        return [_review(row) for row in await rows(found)]

    async def waits(self, since: datetime, until: datetime) -> list[timedelta | None]:
        """Return how long each request posted since ``since`` waited for its first feedback.

        None stands for one that was posted by ``until`` and has none; a later one says nothing so far.
        """
        found = self._queries.waits(
            self._connection, server_id=self._server_id, since=to_micros(since), until=to_micros(until)
        )
        return [
            None if row["answered_at"] is None else from_micros(row["answered_at"]) - from_micros(row["posted_at"])
            for row in await rows(found)
        ]

    async def answered_between(self, since: datetime, until: datetime) -> int:
        """Return to how many requests the first feedback came later than ``since``, up to ``until``."""
        count: int = await self._queries.answered_between(
            self._connection, server_id=self._server_id, since=to_micros(since), until=to_micros(until)
        )
        return count

    async def keep(self, review: Review) -> None:
        """Keep all of a request but whose it is and who reads it."""
        values = {each.name: getattr(review, each.name) for each in fields(Review)}
        values |= {name: micros_or_none(values[name]) for name in _MOMENTS}
        values |= {"wish_on": _day_kept(review.wish_on), "server_id": self._server_id}
        await self._queries.keep(self._connection, **{name: values[name] for name in values if name not in _FIXED})

    async def shown_members(self) -> list[MemberId]:
        """Return who asks to be read, or reads, by id."""
        found = self._queries.shown_members(self._connection, server_id=self._server_id)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def forget(self, review_id: int) -> None:
        """Let nobody be able to tell whose a request was, or what it was about."""
        await self._queries.forget(self._connection, **self._of(review_id))

    def _of(self, review_id: int) -> dict[str, int]:
        return {"server_id": self._server_id, "review_id": review_id}


def _day_kept(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _maybe(row: Row | None) -> Review | None:
    return None if row is None else _review(row)


def _review(row: Row) -> Review:
    values: dict[str, Any] = dict(row)
    values |= {name: moment_or_none(values[name]) for name in _MOMENTS}
    values |= {
        "author_id": values["member_id"],
        "state": State(values["state"]),
        "wants": Wants(values["wants"]),
        "ending": None if values["ending"] is None else End(values["ending"]),
        "wish_on": None if values["wish_on"] is None else date.fromisoformat(values["wish_on"]),
        "is_lapsed": bool(values["is_lapsed"]),
        "claim": None if values["claim_id"] is None else _present(values),
    }
    return Review(**{each.name: values[each.name] for each in fields(Review)})


def _present(values: dict[str, Any]) -> Claim:
    return Claim(
        claim_id=values["claim_id"],
        review_id=values["review_id"],
        member_id=values["reader_member_id"],
        claimed_at=from_micros(values["claimed_at"]),
        due_at=from_micros(values["due_at"]),
        reminded_at=moment_or_none(values["reminded_at"]),
    )
