"""The weekly letters of one server, in one transaction."""

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.features.check_ins.times import Due, Plan
from bot.kernel.clock import from_micros, moment_or_none, to_micros
from bot.kernel.ids import ChannelId, MessageId, ServerId
from bot.storage.database import Transaction, queries_in

DAY, HOUR = 6, 18  # Sunday at six in the evening, unless moderators chose otherwise


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """The day of the week, 0 for Monday, and the hour at which letters come; ``looked_at`` is up to when they did."""

    day: int
    hour: int
    looked_at: datetime

    def plan(self, zone: ZoneInfo) -> Plan:
        """Return day and hour as they are in the server's ``zone``."""
        return Plan(frozenset({self.day}), time(self.hour), zone)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter that came due."""

    weekly_letter_id: int
    server_id: int
    due_at: datetime
    channel_id: int | None
    message_id: int | None


class LetterStore:
    """When letters come, and each that did."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._transaction = transaction
        self._connection = transaction.connection
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("letters.sql"))

    async def plan(self) -> LetterPlan:
        """Return when letters come; where nobody has looked yet, from now on."""
        row = await self._queries.plan(self._connection, server_id=self._server_id)
        if row is None:
            return LetterPlan(DAY, HOUR, self._transaction.now)
        return LetterPlan(row["day"], row["hour"], from_micros(row["looked_at"]))

    async def choose(self, day: int, hour: int) -> None:
        """Choose when letters come, from now on."""
        await self._queries.choose(self._connection, server_id=self._server_id, day=day, hour=hour, now=self._now)

    async def looked(self, moment: datetime) -> None:
        """Note up to when it was seen which letters came due."""
        await self._queries.begin(self._connection, server_id=self._server_id, now=to_micros(moment))
        await self._queries.looked(self._connection, server_id=self._server_id, looked_at=to_micros(moment))

    async def occur(self, due: Due, channel_id: int | None) -> int | None:
        """Keep that a letter came due for a channel, if there is one; return its id, or None where that is known."""
        letter_id: int | None = await self._queries.occur(
            self._connection,
            server_id=self._server_id,
            local=due.local.isoformat(timespec="minutes"),
            due_at=to_micros(due.due_at),
            channel_id=channel_id,
        )
        return letter_id

    async def unnote(self) -> None:
        """Forget the letters of times to come that were not posted: the clock was wrong by which they were due."""
        await self._queries.unnote(self._connection, server_id=self._server_id, now=self._now)

    async def letter(self, letter_id: int) -> Letter | None:
        """Return the letter, or None."""
        row = await self._queries.letter(self._connection, server_id=self._server_id, weekly_letter_id=letter_id)
        return None if row is None else Letter(**dict(row) | {"due_at": from_micros(row["due_at"])})

    async def before(self, letter: Letter) -> datetime | None:
        """Return when the last letter before a ``letter`` was due that was posted; None where none was."""
        due_at: int | None = await self._queries.before(
            self._connection, server_id=self._server_id, due_at=to_micros(letter.due_at)
        )
        return moment_or_none(due_at)

    async def posted(self, letter_id: int, channel_id: ChannelId, message_id: MessageId) -> None:
        """Note where a letter stands."""
        await self._queries.posted(
            self._connection,
            server_id=self._server_id,
            weekly_letter_id=letter_id,
            channel_id=channel_id,
            message_id=message_id,
        )
