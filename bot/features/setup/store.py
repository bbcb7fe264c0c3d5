"""The choices and problems of one server, in one transaction."""

from pathlib import Path
from zoneinfo import ZoneInfo

from bot.features.setup.model import Language, Place, Problem, Server
from bot.kernel.clock import moment_or_none, to_micros
from bot.kernel.ids import ChannelId, MessageId, RoleId, ServerId
from bot.kernel.zones import zone_kept
from bot.storage.database import Row, Transaction, queries_in, rows

DEFAULT_ZONE = {"ja": "Asia/Tokyo", "en": "UTC"}


class SetupStore:
    """What is kept about one server as such."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._connection = transaction.connection
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def ensure(self, language: Language) -> None:
        """Make the server known; ``language`` and its zone are first guesses."""
        await self._queries.ensure(
            self._connection,
            server_id=self._server_id,
            language=language,
            zone=DEFAULT_ZONE[language],
            now=self._now,
        )

    async def find(self) -> Server | None:
        """Return the server, or None when the bot has never been there."""
        row = await self._queries.find(self._connection, server_id=self._server_id)
        return None if row is None else _server(row)

    async def resume(self) -> bool:
        """End a pause; return whether there was one."""
        return bool(await self._queries.resume(self._connection, server_id=self._server_id))

    async def pause(self) -> None:
        """Let nothing happen in the server until the bot is back in it."""
        await self._queries.pause(self._connection, server_id=self._server_id, now=self._now)

    async def set_language(self, language: Language) -> None:
        """Choose the language of public posts."""
        await self._queries.set_language(self._connection, server_id=self._server_id, value=language)

    async def set_zone(self, zone: ZoneInfo) -> None:
        """Choose the time zone of the server."""
        await self._queries.set_zone(self._connection, server_id=self._server_id, value=zone.key)

    async def set_hours(self, begin: int, end: int) -> None:
        """Choose the hours in which the server is awake."""
        await self._queries.set_hours(self._connection, server_id=self._server_id, waking_from=begin, waking_to=end)

    async def set_place(self, place: Place, channel_id: ChannelId | None) -> None:
        """Choose a channel for a place, or none."""
        statement = {
            Place.INTRODUCTIONS: self._queries.set_introductions_channel,
            Place.HELP: self._queries.set_help_channel,
            Place.HELPERS: self._queries.set_helpers_channel,
            Place.REVIEWS: self._queries.set_reviews_channel,
            Place.THANKS: self._queries.set_thanks_channel,
            Place.LETTER: self._queries.set_letter_channel,
            Place.MODERATORS: self._queries.set_moderators_channel,
        }[place]
        await statement(self._connection, server_id=self._server_id, value=channel_id)

    async def set_moderators_role(self, role_id: RoleId | None) -> None:
        """Choose the role that makes a moderator besides Manage Server, or none."""
        await self._queries.set_moderators_role(self._connection, server_id=self._server_id, value=role_id)

    async def set_hint_channel(self, channel_id: ChannelId) -> None:
        """Note where the hint for beginners is to be posted."""
        await self._queries.set_hint_channel(self._connection, server_id=self._server_id, value=channel_id)

    async def set_panel(self, channel_id: ChannelId | None, message_id: MessageId | None, serial: int) -> None:
        """Note where the members' panel stands, and the how-manieth it is."""
        await self._queries.set_panel(
            self._connection,
            server_id=self._server_id,
            channel_id=channel_id,
            message_id=message_id,
            serial=serial,
        )

    async def lose_panel(self) -> None:
        """Note that the members' panel is gone; the next one is another message."""
        await self._queries.lose_panel(self._connection, server_id=self._server_id)

    async def hint_posted(self, message_id: MessageId) -> None:
        """Note the message that says where to begin."""
        await self._queries.hint_posted(self._connection, server_id=self._server_id, value=message_id)

    async def problem_posted(self, problem_id: int, message_id: MessageId) -> None:
        """Note the message that tells moderators of a problem."""
        await self._queries.problem_posted(
            self._connection, server_id=self._server_id, problem_id=problem_id, message_id=message_id
        )

    async def note_problem(self, feature: str, channel_id: ChannelId, code: int) -> int | None:
        """Note a problem; return its id, or None when it is known already."""
        problem_id: int | None = await self._queries.note_problem(
            self._connection,
            server_id=self._server_id,
            feature=feature,
            channel_id=channel_id,
            code=code,
        )
        return problem_id

    async def problem(self, problem_id: int) -> Problem | None:
        """Return the problem, or None when it is mended."""
        row = await self._queries.problem(self._connection, server_id=self._server_id, problem_id=problem_id)
        return None if row is None else _problem(row)

    async def problems(self) -> list[Problem]:
        """Return all problems that are not known to be mended."""
        return [
            _problem(row) for row in await rows(self._queries.problems(self._connection, server_id=self._server_id))
        ]

    async def forget_problems(self) -> int:
        """Take all problems for mended; those that are not will be noticed again. Return how many there were."""
        count: int = await self._queries.forget_problems(self._connection, server_id=self._server_id)
        return count


def _server(row: Row) -> Server:
    return Server(
        server_id=row["server_id"],
        language=row["language"],
        zone=zone_kept(row["zone"]),
        places={place: row[f"{place}_id"] for place in Place if row[f"{place}_id"] is not None},
        moderators_role_id=row["moderators_role_id"],
        panel_channel_id=row["panel_channel_id"],
        panel_message_id=row["panel_message_id"],
        panel_serial=row["panel_serial"],
        hint_channel_id=row["hint_channel_id"],
        hint_message_id=row["hint_message_id"],
        paused_at=moment_or_none(row["paused_at"]),
        waking_from=row["waking_from"],
        waking_to=row["waking_to"],
    )


def _problem(row: Row) -> Problem:
    return Problem(**dict(row))
