"""Preferences, consents, notices and distances of one server, in one transaction."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.features.members.model import NOTICES_KEPT, Notice
from bot.features.members.reach import Candidate, Kind, Part, Preferences, Way
from bot.kernel.clock import from_micros, micros_or_none, moment_or_none, to_micros
from bot.kernel.ids import MemberId, MessageId, ServerId
from bot.kernel.zones import zone_kept
from bot.storage.database import Row, Transaction, queries_in, rows

_DAYS = range(7)


class ReachStore:
    """What decides whether, when and how the bot turns to the members of one server."""

    def __init__(self, transaction: Transaction, server_id: ServerId, zone: ZoneInfo) -> None:
        """See a server through a ``transaction``; ``zone`` is the server's, for whoever chose none."""
        self._transaction = transaction
        self._connection = transaction.connection
        self._moment = transaction.now
        self._now = to_micros(transaction.now)
        self._server_id = server_id
        self._zone = zone
        self._queries = queries_in(Path(__file__).with_name("reach.sql"))

    async def candidates(self, member_ids: Collection[MemberId], kind: Kind) -> list[Candidate]:
        """Return whoever of some members is known here and has not left, with all that decides about asking them."""
        wanted = {"server_id": self._server_id, "member_ids": json.dumps(sorted(member_ids))}
        consents: dict[int, dict[Kind, Way]] = {}
        for row in await rows(self._queries.consenting(self._connection, **wanted)):
            consents.setdefault(row["member_id"], {})[Kind(row["kind"])] = Way(row["way"])
        asking = json.dumps([each for each in Kind if each.asks])
        asked: dict[int, list[datetime]] = {}
        for row in await rows(self._queries.asked_among(self._connection, **wanted, kinds=asking)):
            asked.setdefault(row["member_id"], []).append(from_micros(row["told_at"]))
        distant: dict[int, set[int]] = {}
        for row in await rows(self._queries.distances_among(self._connection, **wanted)):
            distant.setdefault(row["member_id"], set()).add(row["other_id"])
        return [
            Candidate(
                member_id=row["member_id"],
                preferences=self._preferences(row),
                way=kind.way(consents.get(row["member_id"], {})),
                takes_dms=row["dms_refused_at"] is None,
                inbox_opened_at=moment_or_none(row["inbox_opened_at"]),
                asked_at=tuple(asked.get(row["member_id"], ())),
                distant=frozenset(distant.get(row["member_id"], ())),
            )
            for row in await rows(self._queries.choices(self._connection, **wanted))
            if row["left_at"] is None
        ]

    async def preferences(self, member_id: MemberId) -> Preferences:
        """Return what a member chose; what everybody starts with, of somebody unknown."""
        wanted = {"server_id": self._server_id, "member_ids": json.dumps([member_id])}
        found = await rows(self._queries.choices(self._connection, **wanted))
        return self._preferences(found[0]) if found else Preferences(self._zone)

    async def keep(self, member_id: MemberId, preferences: Preferences) -> None:
        """Keep what a member chose."""
        await self._queries.keep_choices(
            self._connection,
            **self._of(member_id),
            language=preferences.language,
            zone=preferences.zone.key if preferences.has_own_zone else None,
            quiet_from=preferences.quiet_from,
            quiet_to=preferences.quiet_to,
            days_off=sum(1 << day for day in preferences.days_off),
            asked_when=preferences.asked_when,
            weekly_number=preferences.weekly_number,
            rests_until=micros_or_none(preferences.rests_until),
        )

    async def dms_refused(self, member_id: MemberId) -> None:
        """Note that Discord refused us a member's private messages."""
        await self._queries.refuse_dms(self._connection, **self._of(member_id), now=self._now)

    async def dms_accepted(self, member_id: MemberId) -> None:
        """Note that a member's private messages are open to us, or shall be tried again."""
        await self._queries.accept_dms(self._connection, **self._of(member_id))

    async def inbox_opened(self, member_id: MemberId) -> None:
        """Note that a member looks into their inbox."""
        await self._queries.open_inbox(self._connection, **self._of(member_id), now=self._now)

    async def consents(self, member_id: MemberId) -> dict[Kind, Way]:
        """Return to which kinds of messages a member agreed, and how they may come."""
        found = await rows(self._queries.consents(self._connection, **self._of(member_id)))
        return {Kind(row["kind"]): Way(row["way"]) for row in found}

    async def has_agreed(self, kind: Kind, but_id: MemberId) -> bool:
        """Return whether anybody but one member agreed to messages of a kind."""
        return bool(await self._queries.agreed(self._connection, server_id=self._server_id, kind=kind, but_id=but_id))

    async def willing(self, kind: Kind) -> list[MemberId]:
        """Return who agreed to messages of a kind, and has not left."""
        found = await rows(self._queries.willing(self._connection, server_id=self._server_id, kind=kind))
        return [MemberId(row["member_id"]) for row in found]

    async def consent(self, member_id: MemberId, kind: Kind, way: Way | None) -> None:
        """Keep that a member agreed to messages of a kind; None takes it back."""
        if way is None:
            await self._queries.withdraw_consent(self._connection, **self._of(member_id), kind=kind)
        else:
            await self._queries.consent(self._connection, **self._of(member_id), kind=kind, way=way, now=self._now)

    async def distances(self, member_id: MemberId) -> list[MemberId]:
        """Return from whom a member keeps a distance, the latest first."""
        found = await rows(self._queries.distances(self._connection, **self._of(member_id)))
        return [MemberId(row["other_id"]) for row in found]

    async def keep_apart(self, member_id: MemberId, other_id: MemberId, *, apart: bool) -> None:
        """Let a member keep a distance from another, or not any more."""
        statement = self._queries.keep_distance if apart else self._queries.end_distance
        values = {**self._of(member_id), "other_id": other_id}
        await (statement(self._connection, **values, now=self._now) if apart else statement(self._connection, **values))

    async def are_apart(self, one_id: MemberId, other_id: MemberId) -> bool:
        """Return whether either of two members keeps a distance from the other."""
        count: int = await self._queries.apart(self._connection, **self._of(one_id), other_id=other_id)
        return count > 0

    async def asked_about(self, feature: str, card: str, object_id: int) -> list[MemberId]:
        """Return who was told or asked about ``card`` of an object."""
        found = self._queries.asked_about(
            self._connection, server_id=self._server_id, feature=feature, card=card, object_id=object_id
        )
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def still_asked(self, feature: str, card: str, object_id: int, since: datetime | None) -> list[MemberId]:
        """Return who was asked about ``card`` of an object since a moment, and has not passed."""
        found = self._queries.still_asked(
            self._connection,
            server_id=self._server_id,
            feature=feature,
            card=card,
            object_id=object_id,
            since=0 if since is None else to_micros(since),
        )
        return [MemberId(row["member_id"]) for row in await rows(found)]

    async def tell(
        self, member_id: MemberId, kind: Kind, subject: tuple[str, str, int], way: Way, *, again: bool = False
    ) -> int | None:
        """Keep a notice about ``subject``: feature, card, object; return its id, None where it was told before.

        Told ``again``, one that is open is as new.
        """
        feature, card, object_id = subject
        notice_id: int | None = await self._queries.tell(
            self._connection,
            **self._of(member_id),
            kind=kind,
            feature=feature,
            card=card,
            object_id=object_id,
            way=way,
            now=self._now,
            again=again,
        )
        return notice_id

    async def whisper(
        self, member_id: MemberId, kind: Kind, subject: tuple[str, str, int], way: Way, *, again: bool = False
    ) -> int | None:
        """Keep a notice like :meth:`tell`, of which no column says whom it is for."""
        feature, card, object_id = subject
        notice_id: int | None = await self._queries.whisper(
            self._connection,
            server_id=self._server_id,
            sealed=self._transaction.seals.seal(member_id, _sealed_for(feature, card, object_id)),
            kind=kind,
            feature=feature,
            card=card,
            object_id=object_id,
            way=way,
            now=self._now,
            again=again,
        )
        return notice_id

    async def has_whispers(self, member_id: MemberId) -> bool:
        """Return whether a sealed notice waits in a member's inbox that came in no other way."""
        since = to_micros(self._moment - NOTICES_KEPT)  # older ones the inbox does not show
        found = self._queries.sealed_news(self._connection, **self._of(member_id), since=since)
        return any(self._notice(row).member_id == member_id for row in await rows(found))

    async def forget_whispers(self, member_id: MemberId) -> None:
        """Remove the sealed notices to a member."""
        found = self._queries.sealed_notices(self._connection, server_id=self._server_id, since=0)
        for row in await rows(found):
            if self._notice(row).member_id == member_id:
                await self._queries.forget_sealed(
                    self._connection, server_id=self._server_id, notice_id=row["notice_id"]
                )

    async def notice(self, notice_id: int) -> Notice | None:
        """Return the notice, or None."""
        row = await self._queries.notice(self._connection, server_id=self._server_id, notice_id=notice_id)
        return None if row is None else self._notice(row)

    async def kept_from(self, member_id: MemberId) -> dict[int, datetime]:
        """Return who keeps a distance from a member, and since when."""
        found = self._queries.kept_from(self._connection, **self._of(member_id))
        return {row["member_id"]: from_micros(row["since"]) for row in await rows(found)}

    async def notice_about(self, member_id: MemberId, subject: tuple[str, str, int]) -> Notice | None:
        """Return what a member was told about ``subject``: feature, card, object; None if nothing was."""
        feature, card, object_id = subject
        row = await self._queries.notice_about(
            self._connection, **self._of(member_id), feature=feature, card=card, object_id=object_id
        )
        return None if row is None else self._notice(row)

    async def notices(self, member_id: MemberId) -> list[Notice]:
        """Return what a member was told within the time for which that is kept, newest first."""
        since = to_micros(self._moment - NOTICES_KEPT)
        named = await rows(self._queries.notices(self._connection, **self._of(member_id), since=since))
        sealed = await rows(self._queries.sealed_notices(self._connection, server_id=self._server_id, since=since))
        whispered = [notice for notice in map(self._notice, sealed) if notice.member_id == member_id]
        found = [*map(self._notice, named), *whispered]
        return sorted(found, key=lambda notice: (notice.told_at, notice.notice_id), reverse=True)

    async def asked_since(self, notice_id: int) -> bool:
        """Return whether anybody was asked about the same after a notice."""
        found = self._queries.asked_since(self._connection, server_id=self._server_id, notice_id=notice_id)
        return bool(await found)

    async def settle(self, notice_id: int, state: str) -> None:
        """Note that something was done about an open notice: ``taken`` or ``passed``."""
        await self._queries.settle(self._connection, server_id=self._server_id, notice_id=notice_id, state=state)

    async def into_inbox(self, notice_id: int) -> None:
        """Let a notice that did not come as a private message wait in the inbox."""
        await self._queries.into_inbox(self._connection, server_id=self._server_id, notice_id=notice_id)

    async def delivered(self, notice_id: int, message_id: MessageId) -> None:
        """Note the private message in which a notice came."""
        await self._queries.delivered(
            self._connection, server_id=self._server_id, notice_id=notice_id, message_id=message_id
        )

    def _notice(self, row: Row) -> Notice:
        return _notice(self._transaction, row)

    def _of(self, member_id: MemberId) -> dict[str, int]:
        return {"server_id": self._server_id, "member_id": member_id}

    def _preferences(self, row: Row) -> Preferences:
        chosen = Preferences(
            zone=self._zone,
            language=row["chosen_language"],
            quiet_from=row["quiet_from"],
            quiet_to=row["quiet_to"],
            days_off=frozenset(day for day in _DAYS if row["days_off"] >> day & 1),
            asked_when=Part(row["asked_when"]),
            weekly_number=row["weekly_number"],
            rests_until=moment_or_none(row["rests_until"]),
        )
        return replace(chosen, zone=zone_kept(row["zone"]), has_own_zone=True) if row["zone"] else chosen


def _notice(transaction: Transaction, row: Row) -> Notice:
    values = dict(row)
    sealed = values.pop("sealed")
    if sealed is not None:
        subject = _sealed_for(row["feature"], row["card"], row["object_id"])
        values["member_id"] = transaction.seals.open(sealed, subject) or 0
    return Notice(**values | {"told_at": from_micros(values["told_at"]), "is_sealed": sealed is not None})


def _sealed_for(feature: str, card: str, object_id: int) -> str:
    return f"notice:{feature}:{card}:{object_id}"


async def server_of_notice(transaction: Transaction, notice_id: int, member_id: MemberId) -> ServerId | None:
    """Return the server of a member's own notice, or None. Ids are unique over all servers."""
    queries = queries_in(Path(__file__).with_name("reach.sql"))
    row = await queries.any_notice(transaction.connection, notice_id=notice_id)
    is_theirs = row is not None and _notice(transaction, row).member_id == member_id
    return ServerId(row["server_id"]) if is_theirs else None
