"""The ledger: entries that are only ever added to, each sealed together with the one before it.

A change behind the bot's back shows, because each entry's mac needs the host key, covers all that stands in the row,
and goes on from the mac of the server's entry before. The last one is kept apart as well, sealed: so it shows when the
end is cut off. Which member an account is, and what they wrote, stands elsewhere and can be removed (docs/adr/0026).
"""

import hmac
import struct
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bot.kernel.clock import from_micros, to_micros
from bot.kernel.ids import AccountId, ServerId
from bot.storage.database import Row, Transaction, queries_in, rows

BEGINNING = bytes(32)  # stands for the mac before a server's first entry
_FORMAT = 1  # of the bytes below
_NUMBERS = struct.Struct(">B?6q")
_QUERIES = Path(__file__).with_name("ledger.sql")


class EntryKind(StrEnum):
    """What an entry records."""

    THANKS = "thanks"
    REVERSAL = "reversal"
    SOURCE_GRANTED = "source_granted"
    SOURCE_ENDED = "source_ended"
    SOURCE_ANNULLED = "source_annulled"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger.

    Attributes:
        server_id: whose ledger it is in.
        sequence: its number there, from 1, without gaps.
        kind: what it records.
        giver_id: the account that gives: of a reversal, the one that gave what it reverses; of what concerns a source,
            the one that decided.
        receiver_id: the account that receives, or the source.
        cause: what it is for, such as ``free`` or ``intro:7``.
        about: the sequence of the entry that it reverses, ends or annuls; None for the other kinds.
        entered_at: when.
        key: what it came from; nothing comes twice.
    """

    server_id: int
    sequence: int
    kind: EntryKind
    giver_id: int
    receiver_id: int
    cause: str
    about: int | None
    entered_at: datetime
    key: str


class Ledger:
    """One server's ledger, seen through one transaction."""

    def __init__(self, transaction: Transaction, server_id: ServerId, host_key: bytes = b"") -> None:
        """See a ledger through a ``transaction``; only who hands in the ``host_key`` can add to it."""
        self._connection = transaction.connection
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._host_key = host_key
        self._queries = queries_in(_QUERIES)

    async def add(
        self,
        kind: EntryKind,
        giver_id: AccountId,
        receiver_id: AccountId,
        cause: str,
        key: str,
        about: int | None = None,
    ) -> Entry:
        """Add an entry at the end and return it; ``key`` must be new (see :meth:`by_key`)."""
        assert self._host_key  # noqa: S101 - without it nothing can be sealed
        head = await self._queries.head(self._connection, server_id=self._server_id)
        sequence, before = (0, BEGINNING) if head is None else (head["sequence"], head["mac"])
        values = (self._server_id, sequence + 1, kind.value, giver_id, receiver_id, cause, about, self._now, key)
        mac = mac_of(self._host_key, before, values)
        names = ("server_id", "sequence", "kind", "giver_id", "receiver_id", "cause", "about", "entered_at", "key")
        await self._queries.add(self._connection, **dict(zip(names, values, strict=True)), mac=mac)
        seal = seal_of(self._host_key, self._server_id, sequence + 1, mac)
        await self._queries.set_head(
            self._connection, server_id=self._server_id, sequence=sequence + 1, mac=mac, seal=seal
        )
        found = await self.find(sequence + 1)
        assert found is not None  # noqa: S101 - just added
        return found

    async def find(self, sequence: int) -> Entry | None:
        """Return the entry of that number, or None."""
        row = await self._queries.find(self._connection, server_id=self._server_id, sequence=sequence)
        return None if row is None else _entry(row)

    async def by_key(self, key: str) -> Entry | None:
        """Return the entry that came from ``key``, or None when nothing did yet."""
        row = await self._queries.by_key(self._connection, server_id=self._server_id, key=key)
        return None if row is None else _entry(row)

    async def about(self, sequence: int) -> list[Entry]:
        """Return the entries that reverse, end or annul the one of that number."""
        found = self._queries.about(self._connection, server_id=self._server_id, about=sequence)
        return [_entry(row) for row in await rows(found)]

    async def head(self) -> int:
        """Return the number of the last entry; 0 where there is none."""
        head = await self._queries.head(self._connection, server_id=self._server_id)
        return 0 if head is None else int(head["sequence"])

    async def moves(self, after: int, most: int) -> list[Row]:
        """Return what up to ``most`` entries that come ``after`` that number do to the graph of thanks, in order.

        Each as sequence, kind, giver_id, receiver_id, about, and UTC microseconds: of a reversal, those of what it
        reverses.
        """
        found = self._queries.moves(self._connection, server_id=self._server_id, after=after, most=most)
        return await rows(found)


def mac_of(host_key: bytes, before: bytes, values: tuple[int, int, str, int, int, str, int | None, int, str]) -> bytes:
    """Return the mac of an entry, 32 bytes.

    Args:
        host_key: the key of this installation.
        before: the mac of the server's entry before, or :data:`BEGINNING`.
        values: server_id, sequence, kind, giver_id, receiver_id, cause, about, UTC microseconds, key.
    """
    server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key = values
    other = 0 if about is None else about
    numbers = _NUMBERS.pack(_FORMAT, about is None, server_id, sequence, giver_id, receiver_id, other, entered_at)
    return hmac.digest(host_key, before + numbers + f"{kind}\0{cause}\0{key}".encode(), "sha256")


def seal_of(host_key: bytes, server_id: int, sequence: int, mac: bytes) -> bytes:
    """Return the seal of a ledger's head, 32 bytes: nobody without the key can name an earlier entry the last one."""
    return hmac.digest(host_key, b"head" + struct.pack(">2q", server_id, sequence) + mac, "sha256")


def _entry(row: Row) -> Entry:
    return Entry(
        server_id=row["server_id"],
        sequence=row["sequence"],
        kind=EntryKind(row["kind"]),
        giver_id=row["giver_id"],
        receiver_id=row["receiver_id"],
        cause=row["cause"],
        about=row["about"],
        entered_at=from_micros(row["entered_at"]),
        key=row["key"],
    )
