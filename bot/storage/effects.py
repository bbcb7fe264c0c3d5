"""Effects: what has to happen in Discord, written in the transaction that makes it due.

An effect names what to do and for which object; what it says is rendered when it is sent. One
effect happens once: it is claimed, carried out, and marked together with the feature's own rows.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol, runtime_checkable

from bot.kernel.clock import from_micros, moment_or_none, to_micros
from bot.kernel.errors import DiscordTrouble
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, MemberId, MessageId, ServerId
from bot.storage.database import Row, Transaction, queries_in, rows

LEASE = timedelta(minutes=5)  # longer than any one attempt may take (worker.ATTEMPT_LIMIT)
LONGEST_RETRY = timedelta(hours=1)  # no pause between two tries is longer
DONE_KEPT = timedelta(days=30)  # for the host to look into; the features' rows know for ever what happened
_LOOKED_AT = 500  # effects that are due, at one claim: bounds its cost when a server has a great many

_QUERIES = Path(__file__).with_name("effects.sql")


class Verb(StrEnum):
    """What an effect does."""

    SEND = "send"  # a message
    DM = "dm"  # a private message to a member
    EDIT = "edit"  # bring a message up to date
    PIN = "pin"  # a message
    THREAD = "thread"  # start a thread from a message
    POST = "post"  # start a post in a forum: a thread, and its first message
    EDIT_THREAD = "edit_thread"  # bring a thread's name and tags up to date, and whether it is open
    CHANNEL = "channel"  # make a text channel or a forum
    JOB = "job"  # work of the feature's own at a certain time


@dataclass(frozen=True, slots=True)
class Effect:
    """One row: what to do, for which object, and how it went so far."""

    effect_id: int
    key: str
    server_id: ServerId | None
    verb: Verb
    feature: str
    card: str
    object_id: int
    due_at: datetime
    wanted: int
    attempts: int
    uncertain_since: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What an effect comes to at the moment of sending.

    Attributes:
        channel_id: where it happens; the thread for :attr:`Verb.EDIT_THREAD`, the server for :attr:`Verb.CHANNEL`; 0
            for :attr:`Verb.DM`, which is opened only when it is sent.
        message_id: the message to edit, pin or start a thread from; None for the other verbs.
        locale: the language of the place.
        subject: the model that the feature's renderer draws.
        pings: the members whom the message may notify; nobody else is.
        closed: for :attr:`Verb.EDIT_THREAD`, whether the thread is to be archived.
        opened: for :attr:`Verb.EDIT_THREAD`, whether an archived thread is opened though nothing else of it changes.
        tags: for :attr:`Verb.POST` and :attr:`Verb.EDIT_THREAD`, the ids of the forum's tags, up to 5, that the post is
            to have; None leaves them as they are.
        own_tags: those of the forum's tags that are the bot's: any other one that a post has, it keeps.
        is_forum: for :attr:`Verb.CHANNEL`, whether to make a forum where the server can have one.
        is_wanted: False when only that is looked for which an interrupted attempt may have made.
        member_id: whom a :attr:`Verb.DM` is for; None for the other verbs.
    """

    channel_id: ChannelId
    message_id: MessageId | None
    locale: Locale
    subject: object = None
    pings: tuple[MemberId, ...] = ()
    closed: bool = False
    opened: bool = False
    tags: tuple[int, ...] | None = None
    own_tags: frozenset[int] = frozenset()
    is_forum: bool = False
    is_wanted: bool = True
    member_id: MemberId | None = None


class Posts(Protocol):
    """What a feature offers to the worker for the effects that carry its name: what to post, and what came of it."""

    async def outgoing(self, effect: Effect) -> Outgoing | None:
        """Return what to send now, or None when there is nothing to do any more."""
        ...

    async def happened(
        self, transaction: Transaction, effect: Effect, outgoing: Outgoing, result_id: int | None
    ) -> None:
        """Note, in the transaction that marks ``effect``, the message, thread or channel that it made."""
        ...

    async def failed(self, transaction: Transaction, effect: Effect, trouble: DiscordTrouble) -> bool:
        """Take note that ``effect`` can't happen as things are.

        Returns:
            Whether the feature has drawn its conclusions and the effect is over; otherwise it is
            put aside and the moderators are told.
        """
        ...


class Jobs(Protocol):
    """What a feature offers to the worker for its :attr:`Verb.JOB`."""

    async def run(self, effect: Effect) -> None:
        """Do the work. It is repeated until it returns, so each of its steps is kept."""
        ...


@runtime_checkable
class Tended(Protocol):
    """Work that goes on for ever in each server, such as what is done once a day."""

    async def tend(self, server_id: ServerId) -> None:
        """See to it that the work goes on in a server; called whenever the bot finds itself there."""
        ...


class Effects:
    """The effects, seen through one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._queries = queries_in(_QUERIES)
        self._transaction = transaction

    async def put(
        self,
        verb: Verb,
        feature: str,
        card: str,
        object_id: int,
        *,
        server_id: ServerId | None,
        serial: int = 0,
        due_at: datetime | None = None,
    ) -> None:
        """Write that ``verb`` is to happen to ``card`` of ``object_id``, at once or at ``due_at``.

        Wanted several times before it is done, it is done once; wanted again later, it comes up
        again, and its feature says whether anything is left to do. ``serial`` tells a further card
        of one object apart.
        """
        await self._queries.put(
            self._transaction.connection,
            key=_key(verb, feature, card, object_id, serial),
            server_id=server_id,
            verb=verb,
            feature=feature,
            card=card,
            object_id=object_id,
            due_at=to_micros(due_at or self._transaction.now),
        )
        self._transaction.has_new_effects = True

    async def state(self, verb: Verb, feature: str, card: str, object_id: int) -> str | None:
        """Return ``waiting``, ``claimed``, ``parked`` or ``done``; None if the effect was not wanted lately."""
        state: str | None = await self._queries.state(
            self._transaction.connection, key=_key(verb, feature, card, object_id)
        )
        return state

    async def is_under_way(self, verb: Verb, feature: str, card: str, object_id: int, *, serial: int = 0) -> bool:
        """Return whether an effect is still to happen; one that was put aside is not."""
        key = _key(verb, feature, card, object_id, serial)
        state = await self._queries.state(self._transaction.connection, key=key)
        return state in {"waiting", "claimed"}

    async def waits_until(self, verb: Verb, feature: str, card: str, object_id: int) -> datetime | None:
        """Return when an effect that waits is due; None where none does."""
        key = _key(verb, feature, card, object_id)
        micros: int | None = await self._queries.waits_until(self._transaction.connection, key=key)
        return moment_or_none(micros)

    async def is_settled(self, feature: str, card: str, object_id: int, serial: int) -> bool:
        """Return whether a card and its thread have come to their last state, and none was made unknown to us."""
        keys = [_key(verb, feature, card, object_id, each) for verb in Verb for each in (0, serial)]
        count: int = await self._queries.unsettled_count(self._transaction.connection, keys=json.dumps(keys))
        return count == 0

    async def recover(self, *, claims_before: datetime) -> None:
        """Take back all claims whose lease ends before ``claims_before``."""
        await self._queries.recover(self._transaction.connection, lease_before=to_micros(claims_before))

    async def claim(self, now: datetime, most: int, each: int, passed: Collection[int] = ()) -> list[Effect]:
        """Claim up to ``most`` effects due at ``now``, in the order in which they fell due.

        No more than ``each`` of one server are claimed at a time, those claimed before among them. Of
        the ids in ``passed`` none is claimed whose time has not come by the clock.
        """
        connection = self._transaction.connection
        due = {
            "now": to_micros(now),
            "lease_until": to_micros(now + LEASE),
            "present": to_micros(self._transaction.now),
            "passed": json.dumps(sorted(passed)),
            "each": each,
        }
        found = self._queries.claim(connection, **due, too_far=self._too_far(), looked_at=_LOOKED_AT, most=most)
        effects = [_effect(row) for row in await rows(found)]
        has_more = await self._queries.due_count(connection, now=due["now"], most=_LOOKED_AT) == _LOOKED_AT
        if has_more and len(effects) < most:
            elsewhere = self._queries.claim_elsewhere(connection, **due, most=most - len(effects))
            effects += [_effect(row) for row in await rows(elsewhere)]
        return sorted(effects, key=lambda effect: (effect.due_at, effect.effect_id))

    async def mark_done(self, effect: Effect, result_id: int | None, remark: str = "") -> None:
        """Mark a claimed effect as done; one that was wanted again meanwhile waits anew."""
        await self._queries.mark_done(
            self._transaction.connection,
            effect_id=effect.effect_id,
            wanted=effect.wanted,
            result_id=result_id,
            trouble=remark,
            now=to_micros(self._transaction.now),
        )

    async def release(self, effect: Effect, due_at: datetime, trouble: DiscordTrouble, *, uncertain: bool) -> None:
        """Let a claimed effect be tried again at ``due_at``; ``uncertain`` if it may have happened."""
        await self._queries.release(
            self._transaction.connection,
            effect_id=effect.effect_id,
            due_at=to_micros(due_at),
            trouble=_words(trouble),
            uncertain=uncertain,
        )

    async def park(self, effect: Effect, trouble: DiscordTrouble, *, uncertain: bool) -> None:
        """Put a claimed effect aside until somebody mends what stopped it."""
        await self._queries.park(
            self._transaction.connection, effect_id=effect.effect_id, trouble=_words(trouble), uncertain=uncertain
        )

    async def unpark(self, server_id: ServerId) -> int:
        """Let all parked effects of a server be tried again now; return how many."""
        count: int = await self._queries.unpark(
            self._transaction.connection, server_id=server_id, now=to_micros(self._transaction.now)
        )
        self._transaction.has_new_effects = True
        return count

    async def parked(self, server_id: ServerId) -> list[Effect]:
        """Return the effects of a server that wait for somebody to mend something."""
        found = self._queries.parked(self._transaction.connection, server_id=server_id)
        return [_effect(row) for row in await rows(found)]

    async def parked_count(self) -> int:
        """Return how many effects are parked in all servers."""
        count: int = await self._queries.parked_count(self._transaction.connection)
        return count

    async def next_due(self) -> datetime | None:
        """Return when the next effect is due, or the next claim runs out; None when there is neither."""
        micros: int | None = await self._queries.next_due(self._transaction.connection, too_far=self._too_far())
        return moment_or_none(micros)

    async def oldest_wanted(self) -> datetime | None:
        """Return when the oldest effect that is neither done nor parked was to happen, or None."""
        micros: int | None = await self._queries.oldest_wanted(self._transaction.connection)
        return moment_or_none(micros)

    def _too_far(self) -> int:
        return to_micros(self._transaction.now + LONGEST_RETRY)

    async def forget_done(self, *, before: datetime) -> None:
        """Forget the effects that were done before ``before``."""
        await self._queries.forget_done(self._transaction.connection, done_before=to_micros(before))


def _key(verb: Verb, feature: str, card: str, object_id: int, serial: int = 0) -> str:
    return f"{verb}:{feature}:{card}:{object_id}:{serial}"


def _words(trouble: DiscordTrouble) -> str:
    return f"{trouble.code} {trouble.detail}".strip()


def _effect(row: Row) -> Effect:
    return Effect(
        effect_id=row["effect_id"],
        key=row["key"],
        server_id=None if row["server_id"] is None else ServerId(row["server_id"]),
        verb=Verb(row["verb"]),
        feature=row["feature"],
        card=row["card"],
        object_id=row["object_id"],
        due_at=from_micros(row["due_at"]),
        wanted=row["wanted"],
        attempts=row["attempts"],
        uncertain_since=moment_or_none(row["uncertain_since"]),
        trouble=row["trouble"],
    )
