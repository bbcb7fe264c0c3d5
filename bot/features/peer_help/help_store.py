"""What belongs to the asks of one server: helpers, replies, tags, searches, and what moderators want to know."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.features.peer_help.model import SEARCH_KEPT, HandPost, Helper, Reply, Unmasking
from bot.kernel.clock import micros_or_none, moment_or_none, to_micros
from bot.kernel.ids import ChannelId, MemberId, MessageId, ServerId
from bot.storage.database import Row, Transaction, queries_in, rows


@dataclass(frozen=True, slots=True)
class HelpChannel:
    """The channel for asks, as it was found; ``trouble`` is why its tags can't be kept, empty where they can."""

    channel_id: ChannelId
    is_forum: bool
    trouble: str = ""


class HelpStore:
    """Who takes part in the asks of one server, and all else that hangs on them."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._connection = transaction.connection
        self._moment = transaction.now
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def helpers(self, ask_id: int) -> list[Helper]:
        """Return who takes part in an ask, in the order in which they began to."""
        found = self._queries.helpers(self._connection, **self._ask(ask_id))
        return [_helper(row) for row in await rows(found)]

    async def helper(self, helper_id: int) -> Helper | None:
        """Return the helper, or None."""
        row = await self._queries.helper(self._connection, server_id=self._server_id, helper_id=helper_id)
        return None if row is None else _helper(row)

    async def part_of(self, ask_id: int, member_id: MemberId) -> Helper:
        """Return the part that a member takes in an ask; if they took none, they do from now on."""
        await self._queries.take_part(self._connection, **self._ask(ask_id), member_id=member_id)
        return next(helper for helper in await self.helpers(ask_id) if helper.member_id == member_id)

    async def helps_with(self, member_id: MemberId) -> list[int]:
        """Return the asks for which a member is here."""
        found = self._queries.helps_with(self._connection, server_id=self._server_id, member_id=member_id)
        return [row["ask_id"] for row in await rows(found)]

    async def keep(self, helper: Helper) -> None:
        """Keep the part that somebody takes."""
        await self._queries.keep_helper(
            self._connection,
            server_id=self._server_id,
            helper_id=helper.helper_id,
            message_id=helper.message_id,
            **{name: micros_or_none(getattr(helper, name)) for name in ("came_at", "left_at", "spoke_at", "nudged_at")},
        )

    async def let_go(self, ask_id: int) -> None:
        """Count on none of those who said that they can answer any more."""
        await self._queries.let_go(self._connection, **self._ask(ask_id), now=self._now)

    async def me_too(self, ask_id: int, member_id: MemberId) -> None:
        """Count that a member knows the same; once."""
        await self._queries.me_too(self._connection, **self._ask(ask_id), member_id=member_id)

    async def reply(self, ask_id: int, words: str, key: str, *, is_after: bool) -> int | None:
        """Keep what an asker wants to be posted; return its id, or None where the same request has kept it before."""
        reply_id: int | None = await self._queries.reply(
            self._connection, **self._ask(ask_id), words=words, is_after=is_after, key=key
        )
        return reply_id

    async def find_reply(self, reply_id: int) -> Reply | None:
        """Return the reply, or None."""
        row = await self._queries.find_reply(self._connection, server_id=self._server_id, reply_id=reply_id)
        return None if row is None else _reply(row)

    async def replied(self, reply_id: int, message_id: MessageId) -> None:
        """Note the message in which a reply stands."""
        await self._queries.replied(
            self._connection, server_id=self._server_id, reply_id=reply_id, message_id=message_id
        )

    async def waiting_replies(self, ask_id: int) -> list[int]:
        """Return the replies that were not posted yet, in their order."""
        found = self._queries.waiting_replies(self._connection, **self._ask(ask_id))
        return [row["reply_id"] for row in await rows(found)]

    async def empty_replies(self, ask_id: int) -> list[Reply]:
        """Remove the words of all replies of an ask; return those that stand in its thread."""
        await self._queries.empty_replies(self._connection, **self._ask(ask_id))
        return [_reply(row) for row in await rows(self._queries.replied_in(self._connection, **self._ask(ask_id)))]

    async def opened_by_hand(self, thread_id: int, member_id: MemberId, title: str) -> int | None:
        """Keep that a member opened a thread by hand; return its id, or None where that is known."""
        post_id: int | None = await self._queries.opened_by_hand(
            self._connection,
            server_id=self._server_id,
            thread_id=thread_id,
            member_id=member_id,
            title=title,
            now=self._now,
        )
        return post_id

    async def hand_post(self, post_id: int) -> HandPost | None:
        """Return the thread that was opened by hand, or None."""
        row = await self._queries.hand_post(self._connection, server_id=self._server_id, post_id=post_id)
        return None if row is None else HandPost(**dict(row))

    async def offered(self, post_id: int, message_id: MessageId) -> None:
        """Note the message which offers to let helpers know."""
        await self._queries.offered(self._connection, server_id=self._server_id, post_id=post_id, message_id=message_id)

    async def drop_hand_post(self, thread_id: int) -> None:
        """Forget a thread that is gone."""
        await self._queries.drop_hand_post(self._connection, server_id=self._server_id, thread_id=thread_id)

    async def help_channel(self) -> HelpChannel | None:
        """Return the channel for asks as it was found; None before it was looked at."""
        row = await self._queries.help_channel(self._connection, server_id=self._server_id)
        return None if row is None else HelpChannel(row["channel_id"], bool(row["is_forum"]), row["trouble"])

    async def keep_help_channel(self, channel: HelpChannel | None) -> None:
        """Keep what the channel for asks is; None lets it be looked at again."""
        if channel is None:
            await self._queries.drop_help_channel(self._connection, server_id=self._server_id)
        else:
            await self._queries.keep_help_channel(
                self._connection,
                server_id=self._server_id,
                channel_id=channel.channel_id,
                is_forum=channel.is_forum,
                trouble=channel.trouble,
            )

    async def tags(self, channel_id: int) -> dict[str, int]:
        """Return which tags of a forum are the bot's, by their codes."""
        found = self._queries.tags(self._connection, server_id=self._server_id, channel_id=channel_id)
        return {row["code"]: row["tag_id"] for row in await rows(found)}

    async def keep_tags(self, channel_id: int, tags: dict[str, int]) -> None:
        """Keep which tags of a forum are the bot's."""
        of_it = {"server_id": self._server_id, "channel_id": channel_id}
        await self._queries.drop_tags(self._connection, **of_it)
        for code, tag_id in tags.items():
            await self._queries.add_tag(self._connection, **of_it, code=code, tag_id=tag_id)

    async def keep_search(self, member_id: MemberId, words: str) -> int:
        """Keep what a member looks for, so that its pages can be turned; return its id."""
        expires_at = to_micros(self._moment + SEARCH_KEPT)
        search_id: int = await self._queries.keep_search(
            self._connection, server_id=self._server_id, member_id=member_id, words=words, expires_at=expires_at
        )
        return search_id

    async def searched(self, search_id: int, member_id: MemberId) -> str | None:
        """Return the words of a member's own search, or None when it is too old."""
        row = await self._queries.search(
            self._connection, server_id=self._server_id, search_id=search_id, member_id=member_id, now=self._now
        )
        return None if row is None else str(row["words"])

    async def forget_expired(self, hand_posts_before: datetime) -> None:
        """Remove searches whose time is over, and threads opened by hand that were left as they are."""
        await self._queries.drop_expired_searches(self._connection, server_id=self._server_id, now=self._now)
        moment = to_micros(hand_posts_before)
        await self._queries.forget_hand_posts(self._connection, server_id=self._server_id, moment=moment)

    async def want_unmasking(
        self, ask_id: int, by: MemberId, reason: str, no_moderator_id: MemberId | None = None
    ) -> int | None:
        """Keep that a moderator wants to know who asked; return its id, or None where one did before, and still is one.

        ``no_moderator_id`` is who wanted to know, and is no moderator any more.
        """
        unmasking_id: int | None = await self._queries.want_unmasking(
            self._connection,
            **self._ask(ask_id),
            member_id=by,
            reason=reason,
            now=self._now,
            no_moderator_id=no_moderator_id,
        )
        return unmasking_id

    async def unmasking(self, unmasking_id: int) -> Unmasking | None:
        """Return what moderators want to know, or None."""
        row = await self._queries.unmasking(self._connection, server_id=self._server_id, unmasking_id=unmasking_id)
        return None if row is None else _unmasking(row)

    async def unmasking_of(self, ask_id: int) -> Unmasking | None:
        """Return whether moderators want to know who asked, or None."""
        row = await self._queries.unmasking_of(self._connection, **self._ask(ask_id))
        return None if row is None else _unmasking(row)

    async def unmask(self, unmasking_id: int, by: MemberId) -> None:
        """Note the moderator who agrees to know who asked."""
        await self._queries.unmask(
            self._connection, server_id=self._server_id, unmasking_id=unmasking_id, member_id=by, now=self._now
        )

    async def unmasking_posted(self, unmasking_id: int, channel_id: ChannelId, message_id: MessageId) -> None:
        """Note where moderators are asked whether they agree."""
        await self._queries.unmasking_posted(
            self._connection,
            server_id=self._server_id,
            unmasking_id=unmasking_id,
            channel_id=channel_id,
            message_id=message_id,
        )

    async def forget(self, member_id: MemberId) -> None:
        """Take a member out of the asks of others."""
        for statement in (
            self._queries.forget_helper,
            self._queries.forget_me_too,
            self._queries.forget_searches,
            self._queries.forget_opened,
            self._queries.forget_named,
            self._queries.forget_unmasker,
        ):
            await statement(self._connection, server_id=self._server_id, member_id=member_id)

    def _ask(self, ask_id: int) -> dict[str, int]:
        return {"server_id": self._server_id, "ask_id": ask_id}


def _helper(row: Row) -> Helper:
    values: dict[str, Any] = dict(row)
    moments = {name: moment_or_none(values[name]) for name in ("came_at", "left_at", "spoke_at", "nudged_at")}
    return Helper(**values | moments)


def _reply(row: Row) -> Reply:
    values: dict[str, Any] = dict(row)
    return Reply(**values | {"is_after": bool(values["is_after"])})


def _unmasking(row: Row) -> Unmasking:
    values: dict[str, Any] = dict(row)
    return Unmasking(
        unmasking_id=values["unmasking_id"],
        server_id=values["server_id"],
        ask_id=values["ask_id"],
        asked_by_id=values["asked_by_member_id"],
        reason=values["reason"],
        agreed_by_id=values["agreed_by_member_id"],
        agreed_at=moment_or_none(values["agreed_at"]),
        channel_id=values["channel_id"],
        message_id=values["message_id"],
    )
