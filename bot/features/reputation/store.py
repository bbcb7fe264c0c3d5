"""Accounts, thanks and what is kept beside them, of one server, in one transaction."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from bot.features.reputation.columns import PERSONAL_COLUMNS
from bot.features.reputation.model import (
    FLAGS_KEPT,
    Cause,
    Flag,
    Publication,
    PublicationState,
    Record,
    Source,
    Thanks,
    Tie,
)
from bot.kernel.clock import from_micros, moment_or_none, to_micros
from bot.kernel.ids import AccountId, ChannelId, MemberId, MessageId, ServerId, snowflake_at
from bot.storage.database import Row, Transaction, queries_in, rows

__all__ = ["PERSONAL_COLUMNS", "QUERIES", "ReputationStore"]
QUERIES = Path(__file__).with_name("queries.sql")


class ReputationStore:
    """What the ledger says of one server's members, and what stands in public of it."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._connection = transaction.connection
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(QUERIES)

    async def open_account(self, member_id: MemberId) -> AccountId:
        """Return a member's account, made if there is none."""
        account_id = await self.account(member_id)
        if account_id is None:
            await self._queries.open_account(self._connection, server_id=self._server_id, member_id=member_id)
            account_id = await self.account(member_id)
        assert account_id is not None  # noqa: S101 - just made
        return account_id

    async def open_pseudonym(self, pseudonym: str) -> AccountId:
        """Return a new account that is nobody's, shown by its pseudonym."""
        opened: int = await self._queries.open_pseudonym(
            self._connection, server_id=self._server_id, pseudonym=pseudonym
        )
        return AccountId(opened)

    async def account(self, member_id: MemberId) -> AccountId | None:
        """Return a member's account, or None."""
        found = await self._queries.account(self._connection, server_id=self._server_id, member_id=member_id)
        return None if found is None else AccountId(found)

    async def members_of(self, account_ids: Iterable[int]) -> dict[int, int | None]:
        """Return which members some accounts are; None for those that were forgotten."""
        wanted = json.dumps(sorted(set(account_ids)))
        found = self._queries.members_of(self._connection, server_id=self._server_id, account_ids=wanted)
        return {row["account_id"]: row["member_id"] for row in await rows(found)}

    async def here(self) -> list[MemberId]:
        """Return everybody with an account who has not left."""
        found = self._queries.here(self._connection, server_id=self._server_id)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def free_given(self, account_id: AccountId, since: datetime) -> list[tuple[datetime, int]]:
        """Return an account's free thanks after ``since``, reversed ones too: when, and to which account."""
        found = self._queries.free_given(
            self._connection, server_id=self._server_id, account_id=account_id, since=to_micros(since)
        )
        return [(from_micros(row["entered_at"]), row["receiver_id"]) for row in await rows(found)]

    async def thanked_for(self, cause: Cause) -> set[int]:
        """Return the accounts that were thanked for one cause."""
        found = self._queries.thanked_for(self._connection, server_id=self._server_id, cause=str(cause))
        return {row["receiver_id"] for row in await rows(found)}

    async def keep_reason(self, sequence: int, words: str) -> None:
        """Keep why an entry came about."""
        await self._queries.keep_reason(self._connection, server_id=self._server_id, sequence=sequence, words=words)

    async def thanks(self, sequence: int) -> Thanks | None:
        """Return the thanks of that number, or None."""
        row = await self._queries.thanks(self._connection, server_id=self._server_id, sequence=sequence)
        return None if row is None else _thanks(row)

    async def thanks_among(self, sequences: Collection[int]) -> list[Thanks]:
        """Return the thanks of those numbers, newest first."""
        wanted = json.dumps(sorted(sequences))
        found = self._queries.thanks_among(self._connection, server_id=self._server_id, sequences=wanted)
        return [_thanks(row) for row in await rows(found)]

    async def given_with(self, account_id: AccountId, sequence: int) -> list[Thanks]:
        """Return all thanks that an account gave by the same form as the one of that number."""
        found = self._queries.given_with(
            self._connection, server_id=self._server_id, account_id=account_id, sequence=sequence
        )
        return await self.thanks_among([row["sequence"] for row in await rows(found)])

    async def ties(self, account_id: AccountId) -> list[Tie]:
        """Return all thanks that stand, from and to an account, oldest first."""
        found = self._queries.ties(self._connection, server_id=self._server_id, account_id=account_id)
        return [
            Tie(sequence, bool(received), other_id, cause.partition(":")[0], from_micros(given_at))
            for sequence, received, other_id, cause, given_at in await rows(found)
        ]

    async def history(self, account_id: AccountId, most: int, skipped: int) -> list[Record]:
        """Return up to ``most`` entries that name an account, newest first, after ``skipped`` newer ones."""
        found = self._queries.history(
            self._connection, server_id=self._server_id, account_id=account_id, most=most, skipped=skipped
        )
        return [_record(row) for row in await rows(found)]

    async def history_count(self, account_id: AccountId) -> int:
        """Return how many entries name an account."""
        count: int = await self._queries.history_count(
            self._connection, server_id=self._server_id, account_id=account_id
        )
        return count

    async def sources(self) -> list[Source]:
        """Return who is a source, or was one and was not annulled, in the order in which they were named."""
        found = self._queries.sources(self._connection, server_id=self._server_id)
        return [_source(row) for row in await rows(found)]

    async def publish(self, sequence: int, state: PublicationState) -> int | None:
        """Note that a thanks is to be public; return the publication's id, None where that was known."""
        publication_id: int | None = await self._queries.publish(
            self._connection, server_id=self._server_id, sequence=sequence, state=state
        )
        return publication_id

    async def publication(self, publication_id: int) -> Publication | None:
        """Return the publication, or None."""
        row = await self._queries.publication(
            self._connection, server_id=self._server_id, publication_id=publication_id
        )
        return None if row is None else _publication(row)

    async def publication_of(self, sequence: int) -> Publication | None:
        """Return what is public of a thanks, or is to be; None for nothing."""
        row = await self._queries.publication_of(self._connection, server_id=self._server_id, sequence=sequence)
        return None if row is None else _publication(row)

    async def publications_of(self, account_id: AccountId) -> list[Publication]:
        """Return what is public, or is to be, of thanks from and to an account."""
        found = self._queries.publications_of(self._connection, server_id=self._server_id, account_id=account_id)
        return [_publication(row) for row in await rows(found)]

    async def set_publication(self, publication_id: int, state: PublicationState) -> None:
        """Note whether a thanks is public."""
        await self._queries.set_publication(
            self._connection, server_id=self._server_id, publication_id=publication_id, state=state
        )

    async def place_publication(
        self, publication_id: int, channel_id: ChannelId | None, message_id: MessageId | None
    ) -> None:
        """Note where a thanks stands in public."""
        await self._queries.place_publication(
            self._connection,
            server_id=self._server_id,
            publication_id=publication_id,
            channel_id=channel_id,
            message_id=message_id,
        )

    async def published_between(self, since: datetime, until: datetime) -> int:
        """Return how many thanks that stand in public were posted from ``since`` on and before ``until``."""
        count: int = await self._queries.published_between(
            self._connection, server_id=self._server_id, from_id=snowflake_at(since), until_id=snowflake_at(until)
        )
        return count

    async def are_published(self, message_ids: Collection[int]) -> bool:
        """Return whether a thanks stands in any of some messages."""
        wanted = json.dumps(sorted(message_ids))
        found = self._queries.published_among(self._connection, server_id=self._server_id, message_ids=wanted)
        return bool(await found)

    async def lose_messages(self, message_ids: Collection[int]) -> None:
        """Note that messages are gone: what stood in them is not public any more."""
        wanted = json.dumps(sorted(message_ids))
        await self._queries.lose_messages(self._connection, server_id=self._server_id, message_ids=wanted)

    async def entries_between(self, giver_id: int, receiver_id: int, until: int) -> list[tuple[int, datetime]]:
        """Return the thanks that stand from one account to another, up to the entry ``until``: number and time."""
        found = self._queries.entries_between(
            self._connection, server_id=self._server_id, giver_id=giver_id, receiver_id=receiver_id, until=until
        )
        return [(row["sequence"], from_micros(row["entered_at"])) for row in await rows(found)]

    async def span(self, cut: Iterable[int], accounts: Iterable[int], until: int) -> tuple[datetime, datetime]:
        """Return when a set of accounts was first and last thanked, from a cut and from inside, up to ``until``."""
        row = await self._queries.span(
            self._connection,
            server_id=self._server_id,
            cut=json.dumps(list(cut)),
            accounts=json.dumps(list(accounts)),
            until=until,
        )
        return from_micros(row["first_at"]), from_micros(row["last_at"])

    async def keep_flag(self, flag: Flag) -> int:
        """Keep a set of accounts as it was found just now; return its id. ``flag_id`` is ignored."""
        flag_id: int = await self._queries.keep_flag(
            self._connection,
            server_id=self._server_id,
            cut=json.dumps(flag.cut),
            accounts=json.dumps(flag.accounts),
            entries=json.dumps(flag.entries),
            inside=flag.inside,
            given=flag.given,
            first_at=to_micros(flag.first_at),
            last_at=to_micros(flag.last_at),
            now=self._now,
        )
        return flag_id

    async def flag(self, flag_id: int) -> Flag | None:
        """Return a set of accounts as it was found, or None where that is too long ago."""
        since = self._now - FLAGS_KEPT // timedelta(microseconds=1)
        row = await self._queries.flag(self._connection, server_id=self._server_id, flag_id=flag_id, since=since)
        return None if row is None else _flag(row)

    async def forget_flags(self, before: datetime) -> None:
        """Forget the sets that were found at ``before`` or earlier."""
        await self._queries.forget_flags(self._connection, server_id=self._server_id, before=to_micros(before))

    async def forget(self, member_id: MemberId) -> None:
        """Empty a member's account, and the words that they wrote or that were written about them."""
        account_id = await self.account(member_id)
        if account_id is not None:
            await self._queries.empty_reasons(self._connection, server_id=self._server_id, account_id=account_id)
            await self._queries.empty_account(self._connection, server_id=self._server_id, member_id=member_id)


def _thanks(row: Row) -> Thanks:
    return Thanks(
        server_id=row["server_id"],
        sequence=row["sequence"],
        giver_id=row["giver_id"],
        receiver_id=row["receiver_id"],
        cause=row["cause"],
        reason=row["reason"],
        given_at=from_micros(row["given_at"]),
        reversed_at=moment_or_none(row["reversed_at"]),
        reversed_by=row["reversed_by"],
        reversed_why=row["reversed_why"],
        giver_pseudonym=row["giver_pseudonym"],
    )


def _record(row: Row) -> Record:
    values = dict(row)
    return Record(
        **values | {"entered_at": from_micros(values["entered_at"]), "is_reversed": bool(values["is_reversed"])}
    )


def _source(row: Row) -> Source:
    return Source(
        server_id=row["server_id"],
        grant=row["sequence"],
        account_id=row["account_id"],
        member_id=row["member_id"],
        granted_at=from_micros(row["granted_at"]),
        ended_at=moment_or_none(row["ended_at"]),
    )


def _publication(row: Row) -> Publication:
    values = dict(row)
    return Publication(**values | {"state": PublicationState(values["state"])})


def _flag(row: Row) -> Flag:
    return Flag(
        flag_id=row["flag_id"],
        server_id=row["server_id"],
        cut=tuple(json.loads(row["cut"])),
        accounts=tuple(json.loads(row["accounts"])),
        entries=tuple(json.loads(row["entries"])),
        inside=row["inside"],
        given=row["given"],
        first_at=from_micros(row["first_at"]),
        last_at=from_micros(row["last_at"]),
    )
