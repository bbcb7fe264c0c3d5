"""Members and drafts of one server, in one transaction."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from bot.features.members.model import DRAFT_KEPT, NOTICES_KEPT, Draft, Member, Newcomer, Sweep
from bot.kernel.clock import from_micros, moment_or_none, to_micros
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, InteractionId, MemberId, MessageId, ServerId
from bot.storage.columns import OnDeletion, PersonalColumn
from bot.storage.database import Row, Transaction, queries_in, rows

_MEMBERSHIP = "12 months after leaving, or after the last use if nothing is published"
_A_DAY = "24 hours"

PERSONAL_COLUMNS = (
    *(
        PersonalColumn("members", column, what, why, _MEMBERSHIP, f"membership.{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "the Discord id", "to know whose settings these are"),
            ("language", "the language last used", "to speak it in what the bot sends unasked"),
            ("seen_at", "when the bot was last used", "to know that somebody is still here"),
            ("promised_at", "when the first-time promise was given", "to ask for it only once"),
            ("missing_at", "when a look-up did not find the member", "to confirm it by the whole sweep"),
            ("left_at", "when the member was found to have left", "to forget them 12 months later"),
            ("chosen_language", "the language chosen here", "to speak it"),
            ("zone", "the time zone", "to know their day"),
            ("quiet_from", "when their quiet hours begin", "to leave them in peace"),
            ("quiet_to", "when their quiet hours end", "to leave them in peace"),
            ("days_off", "their days off", "to leave them in peace"),
            ("asked_when", "the part of the day for being asked", "to ask then only"),
            ("weekly_number", "how often a week they may be asked", "to ask no more"),
            ("rests_until", "until when they take a rest", "to ask nothing before"),
            ("dms_refused_at", "when Discord refused us their private messages", "to use the inbox instead"),
            ("inbox_opened_at", "when they last opened their inbox", "to know what is new there"),
        )
    ),
    *(
        PersonalColumn("consents", column, what, why, _MEMBERSHIP, f"consents[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who agreed", "to turn to nobody who did not"),
            ("kind", "to what they agreed", "to send nothing else"),
            ("way", "how it may come", "to send it in no other way"),
            ("given_at", "when they agreed", "to be able to show it"),
        )
    ),
    *(
        PersonalColumn("notices", column, what, why, "90 days", f"notices[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "whom the bot told or asked something", "to show it in their inbox"),
            ("sealed", "whom it told what they do under a pseudonym, readable with the host key alone", "as above"),
            ("kind", "what kind of message it was", "to ask no more than they allow"),
            ("way", "how it came", "to show in the inbox what did not come otherwise"),
            ("state", "what they did about it", "to ask the next person where they passed"),
            ("told_at", "when it was", "to ask no more than they allow"),
        )
    ),
    *(
        PersonalColumn("distances", column, what, why, _MEMBERSHIP, exported, OnDeletion.ROW_GOES)
        for column, what, why, exported in (
            ("member_id", "who keeps a distance", "to keep it", "distances[].member_id"),
            ("other_id", "from whom", "to keep it", "distances[].other_id, in the export of who keeps it alone"),
            ("since", "since when", "to show the latest first", "distances[].since"),
        )
    ),
    *(
        PersonalColumn("newcomers", column, what, why, "12 months", f"newcomer.{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "the Discord id of somebody who joined", "to greet them once"),
            ("joined_at", "when they joined", "to forget it after 12 months"),
        )
    ),
    PersonalColumn(
        "sweeps",
        "after_member_id",
        "the last member looked up",
        "to go on after a restart",
        "until the sweep's end, a day at most",
        "not exported: a position in a list",
        OnDeletion.EMPTIED,
    ),
    *(
        PersonalColumn("drafts", column, what, why, _A_DAY, f"drafts[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who typed it", "to offer it to nobody else"),
            ("form", "which form it was, by former releases", "to open the same one again"),
            ("fields", "what was typed, by former releases", "so that nothing typed is lost"),
            ("sealed", "form and text, readable with the host key alone", "so that nothing typed is lost"),
            ("expires_at", "until when it is kept", "to let it go then"),
        )
    ),
)


class MemberStore:
    """What is kept about the members of one server."""

    def __init__(self, transaction: Transaction, server_id: ServerId) -> None:
        self._transaction = transaction
        self._connection = transaction.connection
        self._moment = transaction.now
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._queries = queries_in(Path(__file__).with_name("queries.sql"))

    async def see(self, member_id: MemberId, language: Locale) -> None:
        """Note that the member was here now, and in which language."""
        await self._queries.see(self._connection, **self._of(member_id), language=language, now=self._now)

    async def meet(self, member_id: MemberId, language: Locale) -> None:
        """Make a member known who was found to be here; of one who is known, nothing else changes."""
        await self._queries.meet(self._connection, **self._of(member_id), language=language, now=self._now)

    async def find(self, member_id: MemberId) -> Member | None:
        """Return the member, or None when nothing is kept about them."""
        row = await self._queries.find(self._connection, **self._of(member_id))
        return None if row is None else _member(row)

    async def promise(self, member_id: MemberId) -> None:
        """Note the member's first-time promise."""
        await self._queries.promise(self._connection, **self._of(member_id), now=self._now)

    async def leave(self, member_id: MemberId) -> None:
        """Note that the member was found to have left."""
        await self._queries.leave(self._connection, **self._of(member_id), now=self._now)

    async def miss(self, member_id: MemberId) -> None:
        """Note that a look-up did not find the member."""
        await self._queries.miss(self._connection, **self._of(member_id), now=self._now)

    async def missing(self) -> list[MemberId]:
        """Return who was not found by the sweep under way."""
        found = self._queries.missing(self._connection, server_id=self._server_id)
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def forget_missing(self) -> None:
        """Take back all notes of the sweep under way."""
        await self._queries.forget_missing(self._connection, server_id=self._server_id)

    async def sweep(self) -> Sweep:
        """Return how far the sweep under way has come."""
        row = await self._queries.sweep(self._connection, server_id=self._server_id)
        return Sweep() if row is None else Sweep(row["looked_up"], row["after_member_id"])

    async def keep_sweep(self, sweep: Sweep) -> None:
        """Keep how far the sweep under way has come."""
        await self._queries.keep_sweep(
            self._connection,
            server_id=self._server_id,
            looked_up=sweep.looked_up,
            after_member_id=sweep.after_member_id,
        )

    async def welcome(self, member_id: MemberId, channel_id: ChannelId) -> int:
        """Note a newcomer, once; return the note's id."""
        newcomer_id: int = await self._queries.welcome(
            self._connection, **self._of(member_id), channel_id=channel_id, now=self._now
        )
        return newcomer_id

    async def newcomer(self, newcomer_id: int) -> Newcomer | None:
        """Return the noted newcomer, or None."""
        row = await self._queries.newcomer(self._connection, server_id=self._server_id, newcomer_id=newcomer_id)
        return None if row is None else Newcomer(**dict(row))

    async def not_seen_since(self, moment: datetime) -> list[MemberId]:
        """Return who left, or used the bot for the last time, before ``moment``."""
        found = self._queries.not_seen_since(self._connection, server_id=self._server_id, moment=to_micros(moment))
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def forget_newcomers(self, moment: datetime) -> None:
        """Remove the notes of all who joined before ``moment``."""
        await self._queries.forget_newcomers(self._connection, server_id=self._server_id, moment=to_micros(moment))

    async def welcomed(self, newcomer_id: int, message_id: MessageId) -> None:
        """Note the message that greets a newcomer."""
        await self._queries.welcomed(
            self._connection, server_id=self._server_id, newcomer_id=newcomer_id, message_id=message_id
        )

    async def forget(self, member_id: MemberId) -> None:
        """Remove all that this feature keeps about the member."""
        for statement in (
            self._queries.forget_newcomer,
            self._queries.forget_drafts,
            self._queries.forget_consents,
            self._queries.forget_notices,
            self._queries.forget_distances,
            self._queries.forget,
        ):
            await statement(self._connection, **self._of(member_id))

    async def keep_draft(
        self,
        member_id: MemberId,
        form: str,
        fields: Mapping[str, str | tuple[str, ...]],
        interaction_id: InteractionId,
    ) -> int:
        """Keep what was typed, once for each interaction: as it was last. Return the draft's id."""
        await self._queries.keep_draft(
            self._connection,
            **self._of(member_id),
            sealed=self._transaction.seals.seal_text(
                json.dumps([form, fields], ensure_ascii=False), _sealed_for(interaction_id)
            ),
            interaction_id=interaction_id,
            expires_at=to_micros(self._moment + DRAFT_KEPT),
        )
        draft_id: int = await self._queries.draft_of_interaction(
            self._connection, server_id=self._server_id, interaction_id=interaction_id
        )
        return draft_id

    async def draft(self, draft_id: int) -> Draft | None:
        """Return the draft, also one whose time is over, or None."""
        row = await self._queries.draft(self._connection, server_id=self._server_id, draft_id=draft_id)
        return None if row is None else _draft(self._transaction, row)

    async def drafts(self, member_id: MemberId) -> list[Draft]:
        """Return the member's open drafts, newest first."""
        found = self._queries.drafts(self._connection, **self._of(member_id), now=self._now)
        return [_draft(self._transaction, row) for row in await rows(found)]

    async def extend_draft(self, draft_id: int, until: datetime) -> None:
        """Keep a draft until ``until`` at least."""
        await self._queries.extend_draft(
            self._connection, server_id=self._server_id, draft_id=draft_id, until=to_micros(until)
        )

    async def drop_draft(self, draft_id: int) -> None:
        """Remove a draft, after its form went through."""
        await self._queries.drop_draft(self._connection, server_id=self._server_id, draft_id=draft_id)

    async def drop_expired_drafts(self) -> None:
        """Remove all drafts whose time is over."""
        await self._queries.drop_expired_drafts(self._connection, server_id=self._server_id, now=self._now)

    async def forget_old_notices(self) -> None:
        """Remove all notices whose time is over."""
        moment = to_micros(self._moment - NOTICES_KEPT)
        await self._queries.forget_old_notices(self._connection, server_id=self._server_id, moment=moment)

    async def topics(self) -> list[str]:
        """Return the server's own list of topics, in order; empty where it has the shipped one."""
        found = await rows(self._queries.topics(self._connection, server_id=self._server_id))
        return [row["topic"] for row in found]

    async def keep_topics(self, topics: Iterable[str]) -> None:
        """Keep a server's own list of topics, in order."""
        await self._queries.drop_topics(self._connection, server_id=self._server_id)
        for position, topic in enumerate(topics):
            await self._queries.add_topic(self._connection, server_id=self._server_id, topic=topic, position=position)

    def _of(self, member_id: MemberId) -> dict[str, int]:
        return {"server_id": self._server_id, "member_id": member_id}


def _member(row: Row) -> Member:
    return Member(
        member_id=row["member_id"],
        language=row["language"],
        seen_at=from_micros(row["seen_at"]),
        promised_at=moment_or_none(row["promised_at"]),
        left_at=moment_or_none(row["left_at"]),
        chosen_language=row["chosen_language"],
        has_news=bool(row["has_news"]),
    )


async def server_of_draft(transaction: Transaction, draft_id: int, member_id: MemberId) -> ServerId | None:
    """Return the server of a member's own draft, or None. Ids are unique over all servers."""
    queries = queries_in(Path(__file__).with_name("queries.sql"))
    found = await queries.server_of_draft(transaction.connection, draft_id=draft_id, member_id=member_id)
    return None if found is None else ServerId(found)


def _draft(transaction: Transaction, row: Row) -> Draft:
    form, fields = row["form"], json.loads(row["fields"])
    if row["sealed"] is not None:
        form, fields = json.loads(transaction.seals.open_text(row["sealed"], _sealed_for(row["interaction_id"])) or "")
    return Draft(
        draft_id=row["draft_id"],
        member_id=row["member_id"],
        form=form,
        fields={name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()},
        expires_at=from_micros(row["expires_at"]),
        interaction_id=row["interaction_id"],
    )


def _sealed_for(interaction_id: int) -> str:
    return f"draft:{interaction_id}"
